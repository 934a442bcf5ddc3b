"""The table of opinions and answers (bản tổng hợp ý kiến, tiếp thu, giải trình) as a Word file, on A4 landscape.

It is no draft and has no number; what the office's layout does not say is left to be filled in by hand. The first cell
is merged over all opinions on the same place. Columns and opening words: the forms in use under the law of 2025 on
legal documents; an office edits titles and heads in its layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from drafts.exporting.furniture import Facts, added, end_of, head_of_unit
from drafts.exporting.layout import Layout, Profile, filled
from drafts.exporting.markup import run, words
from drafts.exporting.notes import NoteBook
from drafts.exporting.package import Contents, packed
from drafts.exporting.passages import Passage
from drafts.exporting.roles import Role
from drafts.exporting.ruled import BOLD, ITALIC, PAGE_WIDTH, band_row, cell, head_row, paragraph, ruled, shares_of
from drafts.exporting.writing import Writer

_SHARES = (0.16, 0.16, 0.34, 0.34)


@dataclass(frozen=True, slots=True)
class Said:
    """One opinion: who, on which words, what, in which other wording; and the answer."""

    who: tuple[str, ...]
    quote: str
    text: str
    proposed: str
    notes: tuple[str, ...]
    outcome: str
    answer: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the opinions of a group stand: "Điều 5. Nguyên tắc", "Khoản 2 Điều 5", a topic, "Ý kiến chung".

    ``section``: the draft it belongs to, in a table about several.
    """

    name: str
    said: tuple[Said, ...]
    section: str = ""


def opinions_paper(
    places: Sequence[Place],
    *,
    title: str,
    subject: str,
    opening: Iterable[str],
    facts: Facts,
    layout: Layout,
    symbol: str = "",
    signed_by: str = "",
) -> bytes:
    """The office's head, the title, the opening words, the table, and who signs. Without opinions there is no table.

    ``symbol``: of the kind of paper, "TB", where it gets a number. ``signed_by``: who signs where the layout names
    nobody.
    """
    writer = Writer(layout=layout, book=NoteBook(), page_width=PAGE_WIDTH)
    said = {"new": facts.title}
    passages = [
        added(Role.KIND_NAME, filled(title, **said)),
        *(added(Role.SUBJECT, line) for line in filled(subject, **said).split("\n") if line.strip()),
        *([added(Role.HYPHENS, "-----")] if layout.profile is Profile.PARTY_2026 else []),
        *(added(Role.TEXT, line) for line in opening),
    ]
    body = writer.write([*_head(facts, layout, symbol), *passages]) + writer.gap()
    if places:
        widths = shares_of(layout, _SHARES)
        heads = (layout.opinions_place, layout.opinions_who, layout.opinions_said, layout.opinions_answer)
        rows = [head_row([filled(head, **said) for head in heads], widths)]
        for section, members in groupby(places, key=lambda place: place.section):
            rows += [band_row(section, sum(widths), columns=len(widths))] if section else []
            for place in members:
                rows += _rows(place, widths)
        body += ruled(rows, widths) + writer.gap()
    body += writer.write(end_of(layout) or _end(signed_by))
    return packed(Contents(body, is_landscape=True), layout=layout, facts=facts)


def _head(facts: Facts, layout: Layout, symbol: str) -> list[Passage]:
    """Who makes the paper, with the number it will have."""
    number = filled(layout.number_form, kind=symbol, body=layout.body_symbol) if symbol and layout.body_symbol else ""
    return head_of_unit(facts, layout, number=number)


def _end(signed_by: str) -> list[Passage]:
    return [added(Role.AUTHORITY, signed_by), added(Role.SEAL, "(Ký tên, đóng dấu)")] if signed_by else []


def _rows(place: Place, widths: Sequence[int]) -> Iterable[str]:
    for number, said in enumerate(place.said):
        name = paragraph(run(words(place.name), BOLD), align="left") if number == 0 else paragraph("")
        merge = ("restart" if number == 0 else "continue") if len(place.said) > 1 else ""
        cells = [
            cell(name, widths[0], merge=merge),
            cell("".join(paragraph(run(words(line)), align="left") for line in said.who), widths[1]),
            cell("".join(_opinion(said)), widths[2]),
            cell("".join(_answer(said)), widths[3]),
        ]
        yield f"<w:tr>{''.join(cells)}</w:tr>"


def _opinion(said: Said) -> Iterable[str]:
    if said.quote:
        yield paragraph(run(words(f"“{said.quote}”"), ITALIC))
    for line in said.text.splitlines():
        yield paragraph(run(words(line)))
    if said.proposed:
        yield paragraph(run(words("Đề nghị sửa thành: "), BOLD) + run(words(f"“{said.proposed}”")))
    for note in said.notes:
        yield paragraph(run(words(note), ITALIC))


def _answer(said: Said) -> Iterable[str]:
    """The outcome in bold, unless the answer says it itself: then those words of it."""
    first, *more = said.answer.splitlines() or [""]
    outcome = said.outcome
    if first.lower().startswith(outcome.lower()):
        outcome, first = first[: len(outcome)], first[len(outcome) :]
    else:
        outcome, first = f"{outcome}.", f" {first}" if first else ""
    yield paragraph(run(words(outcome), BOLD) + run(words(first)))
    for line in more:
        yield paragraph(run(words(line)))
    for line in said.after:
        yield paragraph(run(words(line), ITALIC))
