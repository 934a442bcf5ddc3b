"""Offer: which corrections would mend a line, or a finding. Guesses for a person to choose from; nothing is changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from drafts.importing.checking import GAPS, LOOSE_TITLE, STYLED_TITLE
from drafts.importing.correcting import HEADS, MAX_LEVEL, OPENING, Correction, Role, head_sign
from drafts.importing.dividing import KEPT_AS_TEXT
from drafts.importing.findings import Finding
from drafts.importing.identifying import sign_of
from drafts.importing.structure import Component, Kind, Row
from drafts.numbering import next_number

_MOST = 3  # lines offered for one missing number
_LADDER = (Role.PART, Role.CHAPTER, Role.SECTION, Role.SUBSECTION, Role.ARTICLE, Role.ITEM)
_NUMBERED_KINDS = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE, Kind.APPENDIX)
_FIRST_NUMBER = re.compile(r"\W{0,3}(?:[^\W\d_]{1,7}\s?){0,3}(\d{1,4}[a-zđ]?|[IVXLC]{1,7})(?!\w)")
_FIRST_CLAUSE = re.compile(r"\s*1[.)]\s")
_LONGEST_HEAD = 200
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Offer:
    """One correction somebody may want; `does` names it: "head", "text", "title", "higher", "lower", "untitled",
    "titled", "closing", "same"."""

    does: str
    correction: Correction


def offers_for(component: Component, row: Row) -> list[Offer]:
    """What a person may want to say of a line, the likeliest first."""
    role = Role(row.role)
    if role in HEADS:
        return list(_of_head(component, row, role))
    if role is Role.TITLE:
        return [Offer("text", _said(row, Role.TEXT))]
    if role is Role.DOCUMENT:
        return [Offer("same", _said(row, Role.SAME)), *_as_head(component, row)]
    if role is Role.CLOSING:
        return [Offer("text", _said(row, Role.TEXT)), *_as_head(component, row)]
    return [*_as_head(component, row), *_as_title(component, row), Offer("closing", _said(row, Role.CLOSING))]


def mends(component: Component, finding: Finding) -> list[tuple[Row, Offer]]:
    """Lines whose correction would do away with a finding: the lost head of a missing number, a head kept as text."""
    number = str(finding.params.get("number", ""))
    if finding.message == KEPT_AS_TEXT:
        row = next((row for row in component.rows if row.line == finding.line and row.role == Role.TEXT), None)
        return [(row, Offer("head", _said(row, Role.ARTICLE, number=number)))] if row else []
    if finding.message == LOOSE_TITLE:
        row = next((row for row in component.rows if row.line == finding.line and row.role == Role.TEXT), None)
        roles = (Role.CHAPTER, Role.SECTION) if component.sections else (Role.CHAPTER,)
        return [(row, _numbered(component, row, role)) for role in roles] if row else []
    if finding.message == STYLED_TITLE:
        row = next((row for row in component.rows if row.line == finding.line and row.role == Role.TEXT), None)
        guess = str(finding.params.get("kind", ""))
        roles = (Role(guess),) if guess else (Role.CHAPTER, Role.ARTICLE)
        return [(row, _numbered(component, row, role)) for role in roles] if row else []
    kind = GAPS.get(finding.message)
    before = str(finding.params.get("before", ""))
    if kind is None or not before:
        return []
    try:
        missing = next_number(before)
    except ValueError:
        return []
    return list(islice(_lost_heads(component, kind, missing=missing, before_line=finding.line), _MOST))


def _numbered(component: Component, row: Row, role: Role) -> Offer:
    return Offer("head", _said(row, role, number=expected_number(component, row, role)))


def _lost_heads(component: Component, kind: Kind, *, missing: str, before_line: int) -> Iterator[tuple[Row, Offer]]:
    """Lines of text before the head that made the gap which could be the head of the missing number."""
    ends = [index for index, node in enumerate(component.nodes) if node.kind is kind and node.line == before_line]
    if not ends:
        return
    starts = [index for index, node in enumerate(component.nodes[: ends[0]]) if node.kind is kind]
    first = starts[-1] if starts else 0
    role = Role(kind.value)
    between = [row for row in component.rows if first <= row.node < ends[0] and row.role == Role.TEXT]
    named = [row for row in between if _may_head(row.text, missing, role)]
    for row in named or _bare_titles(between):
        yield row, Offer("head", _said(row, role, number=missing))


def _bare_titles(rows: list[Row]) -> Iterator[Row]:
    """Lines like a title that lost its number: short, without an end, and clauses begin anew behind them."""
    for row, behind in pairwise(rows):
        text = row.text.strip()
        is_short = text[:1].isupper() and len(text) <= _LONGEST_TITLE and text[-1] not in ".;:,"
        if is_short and sign_of(text) is None and _FIRST_CLAUSE.match(behind.text):
            yield row


def _may_head(text: str, number: str, role: Role) -> bool:
    if len(text) > _LONGEST_HEAD:
        return False
    sign = head_sign(text, Correction(0, role))
    if sign.number == number and sign_of(text) is None:
        return True
    match = _FIRST_NUMBER.match(text)
    return match is not None and match[1] == number and match.start(1) > 0


def _of_head(component: Component, row: Row, role: Role) -> Iterator[Offer]:
    node = component.nodes[row.node]
    yield Offer("text", _said(row, Role.TEXT))
    level = _item_level(component, row.node)
    for does, place in zip(("higher", "lower"), _beside(component, role, level), strict=True):
        if place is not None:
            yield Offer(does, _said(row, place[0], number=node.number, level=place[1]))
    if not head_sign(row.text, _said(row, role)).title:
        return
    if node.heading:
        yield Offer("untitled", _said(row, role, number=node.number, level=level, is_titled=False))
    else:
        yield Offer("titled", _said(row, role, number=node.number, level=level, is_titled=True))


def _beside(component: Component, role: Role, level: int) -> list[tuple[Role, int] | None]:
    """The places one level above and one below a head, in the ladder of its component."""
    ladder = [(step, 1) for step in _LADDER if step is not Role.ARTICLE or component.articles]
    ladder += [(Role.ITEM, deeper) for deeper in range(2, MAX_LEVEL + 1)]
    if (role, level) not in ladder:
        return [None, None]
    at = ladder.index((role, level))
    return [ladder[at - 1] if at else None, ladder[at + 1] if at + 1 < len(ladder) else None]


def _item_level(component: Component, index: int) -> int:
    """How deep an item stands among items: 1 for the outermost."""
    level, node = 1, component.nodes[index]
    while node.kind is Kind.ITEM and node.parent is not None:
        node = component.nodes[node.parent]
        level += node.kind is Kind.ITEM
    return min(level, MAX_LEVEL)


def _as_head(component: Component, row: Row) -> Iterator[Offer]:
    """The line as a head: what it calls itself, else the next article or item."""
    sign = sign_of(row.text)
    named = Role(sign.kind.value) if sign and sign.kind.value in [role.value for role in HEADS] else None
    if named is not None and named is not Role.ITEM and sign is not None:
        yield Offer("head", _said(row, named, number=sign.number))
    usual = Role.ARTICLE if component.articles or not component.items else Role.ITEM
    number = expected_number(component, row, usual)
    if (named, sign and sign.number) != (usual, number):
        yield Offer("head", _said(row, usual, number=number))


def expected_number(component: Component, row: Row, role: Role) -> str:
    """The number a head of this kind would have at this place: the next of the one before, else the first."""
    if role is Role.ITEM or role not in [Role(kind.value) for kind in _NUMBERED_KINDS]:
        sign = sign_of(row.text)
        return sign.number if sign else ""
    before = [node.number for node in component.nodes[: row.node + 1] if node.kind.value == role.value and node.number]
    if row.role == role.value:
        return component.nodes[row.node].number
    if not before:
        return "I" if role in (Role.PART, Role.CHAPTER) else "1"
    try:
        return next_number(before[-1])
    except ValueError:
        return ""


def _as_title(component: Component, row: Row) -> Iterator[Offer]:
    """The line as the end of the title above it, when it stands right behind a head."""
    above = next((other for other in component.rows if other.index == row.index - 1), None)
    if above is not None and above.node == row.node and above.role in (*HEADS, Role.TITLE):
        yield Offer("title", _said(row, Role.TITLE))


def _said(row: Row, role: Role, *, number: str = "", level: int = 1, is_titled: bool | None = None) -> Correction:
    return Correction(row.index, role, number, level, is_titled, row.text[:OPENING])
