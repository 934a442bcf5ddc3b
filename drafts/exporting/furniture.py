"""What a paper has beside its text: letterhead, number, date, draft mark, title, signature, recipients.

The text's own words come first: only what it lacks is added. What is added is marked as such (`is_added`), so that
it is left out when the file comes back.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafts.exporting.arranging import DRAFT_MARK, NATION
from drafts.exporting.dates import to_be_dated
from drafts.exporting.layout import Layout, Profile
from drafts.exporting.passages import Passage
from drafts.exporting.roles import Role
from drafts.texts import Text
from drafts.wording import Kind, Span

RECALLED = " (đã thu hồi)"
_TO_FILL_IN = "…………"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the paper says of the text: `edition` is its number, None for the working text; `kind` a `Document.Kind`.

    `author` is the unit that drafts it, `issuing_body` who will issue it; both "" where nobody has said.
    """

    title: str
    kind: str
    edition: int | None
    label: str
    at: dt.datetime
    sha256: str
    author: str = ""
    is_recalled: bool = False
    issuing_body: str = ""

    def mark(self, layout: Layout) -> str:
        """The draft mark; an edition that was called back says so."""
        return f"{layout.mark(self.edition)}{RECALLED if self.is_recalled else ''}"


def furnished(passages: Sequence[Passage], *, text: Text, facts: Facts, layout: Layout) -> list[Passage]:
    """The passages with what the text lacks of a paper."""
    mark = facts.mark(layout)
    begins = _preamble_end(passages, text)
    opening = [passage for passage in passages[:begins] if passage.state is not Kind.DELETED]
    head: list[Passage] = []
    if not _has_head(opening):
        head = head_of(facts, layout)
    body = list(passages)
    if not head:
        body = _with_date(_with_rule(_with_draft_mark(body, mark, until=begins)), facts, layout)
    if not any(passage.role is Role.KIND_NAME for passage in opening):
        after = 0
        while after < len(body) and (body[after].role.is_head or body[after].role is Role.BARE_ROW):
            after += 1
        body[after:after] = _title(facts, layout)
    if not any(sheet.kind == "closing" for sheet in text):
        at = _appendix_start(body, text)
        body[at:at] = end_of(layout)
    return [*head, *body]


def _preamble_end(passages: Sequence[Passage], text: Text) -> int:
    """The index of the first passage that stands behind the preamble."""
    preamble = {sheet.wid for sheet in text if sheet.kind == "preamble"}
    for at, passage in enumerate(passages):
        if passage.source is not None and passage.source not in preamble:
            return at
    return len(passages)


def _has_head(opening: Sequence[Passage]) -> bool:
    rows = (passage.new for passage in opening if passage.role is Role.BARE_ROW)
    return any(passage.role is Role.NATION for passage in opening) or any(NATION.search(row) for row in rows)


def head_of(facts: Facts, layout: Layout) -> list[Passage]:
    """The letterhead of the office, else of who issues the text, with number, draft mark and date."""
    return letterhead(
        replace(layout, issuing_body=layout.issuing_body or facts.issuing_body.upper()),
        number=layout.symbol_line(facts.kind),
        mark=facts.mark(layout),
        date=to_be_dated(facts.at.date()),
    )


def head_of_unit(facts: Facts, layout: Layout, *, number: str = "", mark: str = "") -> list[Passage]:
    """The letterhead of the unit that makes a paper about the text, and the day it will have: a dotted line where the
    layout names no place."""
    named = replace(layout, issuing_body=layout.issuing_body or facts.author.upper(), place=layout.place or _TO_FILL_IN)
    return letterhead(named, number=number, mark=mark, date=to_be_dated(facts.at.date()))


def letterhead(layout: Layout, *, number: str, mark: str, date: str) -> list[Passage]:
    """The office on the left with number and draft mark, the nation or the Party on the right with place and date."""
    star = "*" if layout.profile.is_party else "_______"
    lines = [
        (Role.UPPER_BODY, layout.upper_body),
        (Role.BODY, layout.issuing_body),
        (Role.STAR, star if layout.issuing_body or layout.upper_body else ""),
        (Role.NUMBER, number),
        (Role.DRAFT_MARK, mark),
        (Role.NATION, layout.nation),
        (Role.MOTTO, layout.motto),
        (Role.RULE_RIGHT, " "),
        (Role.DATE, _place_and_date(layout, date)),
    ]
    return [added(role, line) for role, line in lines if line]


def _place_and_date(layout: Layout, date: str) -> str:
    return f"{layout.place}, {date}" if layout.place else ""


def _with_draft_mark(passages: list[Passage], mark: str, *, until: int) -> list[Passage]:
    """The true draft mark in the text's own head; another one there is hidden ("Dự thảo lần 1" in edition 2)."""
    head = [at for at, passage in enumerate(passages[:until]) if passage.role.is_head or passage.role is Role.BARE_ROW]
    marks = [at for at in head if passages[at].role is Role.DRAFT_MARK and DRAFT_MARK.fullmatch(passages[at].new)]
    if not mark or any(passages[at].new.casefold() == mark.casefold() for at in marks):
        return passages
    found = [replace(passage, is_hidden=at in marks) for at, passage in enumerate(passages)]
    left = [at for at in head if not passages[at].role.is_right]
    place = (marks or left or [-1])[-1] + 1
    found.insert(place, added(Role.DRAFT_MARK, mark))
    return found


def _with_rule(passages: list[Passage]) -> list[Passage]:
    """The line under the nation's or the Party's name, where the text has not drawn one."""
    names = [at for at, passage in enumerate(passages) if passage.role in (Role.NATION, Role.MOTTO)]
    if not names or any(passage.role is Role.RULE_RIGHT for passage in passages):
        return passages
    return [*passages[: names[-1] + 1], added(Role.RULE_RIGHT, " "), *passages[names[-1] + 1 :]]


def _with_date(passages: list[Passage], facts: Facts, layout: Layout) -> list[Passage]:
    """Place and date under that line, where the text names no day and the office has said its place."""
    rules = [at for at, passage in enumerate(passages) if passage.role is Role.RULE_RIGHT]
    line = _place_and_date(layout, to_be_dated(facts.at.date()))
    if not line or not rules or any(passage.role is Role.DATE for passage in passages):
        return passages
    return [*passages[: rules[0] + 1], added(Role.DATE, line), *passages[rules[0] + 1 :]]


def _title(facts: Facts, layout: Layout) -> list[Passage]:
    """ "QUY CHẾ" / "làm việc của Tỉnh ủy" for "Quy chế làm việc của Tỉnh ủy"."""
    name = layout.kind_names.get(facts.kind, "")
    title = facts.title
    if name and title.casefold().startswith(name.casefold()):
        subject = title[len(name) :].strip()
        lines = [added(Role.KIND_NAME, name), *([added(Role.SUBJECT, subject)] if subject else [])]
    elif name:
        lines = [added(Role.KIND_NAME, name), added(Role.SUBJECT, title)]
    else:
        lines = [added(Role.KIND_NAME, title.upper())]
    return [*lines, added(Role.HYPHENS, "-----")] if layout.profile is Profile.PARTY_2026 else lines


def end_of(layout: Layout) -> list[Passage]:
    """Recipients on the left, who signs on the right; nothing when the office has written nothing of it."""
    if not (layout.authority or layout.position or layout.recipients):
        return []
    recipients = [added(Role.RECIPIENTS, layout.recipients_head)] if layout.recipients else []
    recipients += [added(Role.RECIPIENT, line) for line in layout.recipients]
    signature = [added(Role.AUTHORITY, line) for line in layout.authority.split("\n") if line]
    signature += [added(Role.POSITION, line) for line in layout.position.split("\n") if line]
    return [*recipients, *signature, *([added(Role.SIGNER, layout.signer)] if layout.signer else [])]


def _appendix_start(passages: Sequence[Passage], text: Text) -> int:
    appendices: set[uuid.UUID] = {sheet.wid for sheet in text if sheet.kind == "appendix"}
    return next((at for at, passage in enumerate(passages) if passage.source in appendices), len(passages))


def added(role: Role, text: str) -> Passage:
    return Passage(role, (Span(Kind.SAME, text),), is_added=True)
