"""The comparison table as a Word file: A4 landscape, three columns, the head row on every page.

New words are set in bold italics, dropped ones struck through, as official tables do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from drafts.exporting.furniture import Facts, added, head_of_unit
from drafts.exporting.layout import Layout, Profile, filled
from drafts.exporting.markup import run, words
from drafts.exporting.notes import NoteBook
from drafts.exporting.package import Contents, packed
from drafts.exporting.roles import Role
from drafts.exporting.ruled import (
    BOLD,
    BOLD_ITALIC,
    ITALIC,
    PAGE_WIDTH,
    STRUCK,
    band_row,
    cell,
    head_row,
    paragraph,
    ruled,
    shares_of,
)
from drafts.exporting.tables import side_by_side
from drafts.exporting.writing import Writer
from drafts.wording import Kind, Span

_SHARES = (0.35, 0.35, 0.30)


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A paragraph of one column; `is_whole`: its article has no counterpart."""

    spans: tuple[Span, ...]
    is_title: bool = False
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row; `group` is the chapter it stands under. `reasons` are paragraphs: (head, text), the head may be ""."""

    old: tuple[ComparedLine, ...]
    new: tuple[ComparedLine, ...]
    reasons: tuple[tuple[str, str], ...] = ()
    group: str = ""
    is_changed: bool = True


@dataclass(frozen=True, slots=True)
class Names:
    """What the two texts are called in titles and column heads."""

    old: str
    new: str


def comparison_paper(rows: Sequence[ComparedRow], *, names: Names, facts: Facts, layout: Layout) -> bytes:
    """The table with the head of the unit that makes it, and titles."""
    writer = Writer(layout=layout, book=NoteBook(), page_width=PAGE_WIDTH)
    said = {"old": names.old, "new": names.new}
    title = [
        added(Role.KIND_NAME, filled(layout.comparison_title, **said)),
        *(added(Role.SUBJECT, line) for line in filled(layout.comparison_subject, **said).split("\n") if line.strip()),
        *([added(Role.HYPHENS, "-----")] if layout.profile is Profile.PARTY_2026 else []),
    ]
    body = writer.write([*head_of_unit(facts, layout, mark=facts.mark(layout)), *title])
    widths = shares_of(layout, _SHARES)
    heads = (layout.comparison_old, layout.comparison_new, layout.comparison_reason)
    table = [head_row([filled(head, **said) for head in heads], widths)]
    for group, members in groupby(rows, key=lambda row: row.group):
        if group:
            table.append(band_row(group, sum(widths), columns=3))
        table += [_row(row, widths, layout) for row in members]
    body += writer.gap()  # which keeps nothing with the next, so that the table begins under its title
    body += ruled(table, widths) + writer.gap()
    return packed(Contents(body, is_landscape=True), layout=layout, facts=facts)


def _row(row: ComparedRow, widths: Sequence[int], layout: Layout) -> str:
    old = _side(row.old, changed=Kind.DELETED) or _said(layout.comparison_added)
    new = _side(row.new, changed=Kind.INSERTED) or _said(layout.comparison_dropped)
    reasons = "".join(_reasons(row.reasons)) or paragraph("")
    cells = (cell(content, wide) for content, wide in zip((old, new, reasons), widths, strict=True))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _side(lines: Sequence[ComparedLine], *, changed: Kind) -> str:
    paragraphs = []
    for line in lines:
        spans = side_by_side(line.spans)
        runs = "".join(run(words(span.text), _look(span, line, changed)) for span in spans if span.text)
        paragraphs.append(paragraph(runs))
    return "".join(paragraphs)


def _look(span: Span, line: ComparedLine, changed: Kind) -> str:
    if span.kind is changed:
        return BOLD_ITALIC if changed is Kind.INSERTED else (BOLD if line.is_title else "") + STRUCK
    if line.is_whole and changed is Kind.INSERTED:
        return BOLD_ITALIC if line.is_title else ITALIC
    return BOLD if line.is_title else ""


def _reasons(reasons: Sequence[tuple[str, str]]) -> Iterator[str]:
    for head, text in reasons:
        for number, line in enumerate(text.splitlines() or [""]):
            lead = run(words(f"{head}: "), BOLD) if head and number == 0 else ""
            yield paragraph(lead + run(words(line)))


def _said(what: str) -> str:
    return paragraph(run(words(what), ITALIC), align="center")
