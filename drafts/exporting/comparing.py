"""The comparison table as a Word file: A4 landscape, three columns, the head row on every page.

New words are set in bold italics, dropped ones struck through, as official tables do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from drafts.exporting.furniture import Facts, added, head_of
from drafts.exporting.layout import Layout, filled
from drafts.exporting.markup import run, twips, words
from drafts.exporting.notes import NoteBook
from drafts.exporting.package import Contents, packed
from drafts.exporting.roles import Role
from drafts.exporting.styles import TABLE
from drafts.exporting.tables import is_row, parse_row
from drafts.exporting.writing import Writer
from drafts.wording import Kind, Span

_SHARES = (0.35, 0.35, 0.30)
_PAGE_WIDTH = 297.0
_BOLD, _ITALIC, _BOLD_ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>", "<w:b/><w:bCs/><w:i/><w:iCs/>"
_STRUCK = "<w:strike/>"


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
    """The table with the office's head and titles."""
    writer = Writer(layout=layout, book=NoteBook(), page_width=_PAGE_WIDTH)
    said = {"old": names.old, "new": names.new}
    title = [
        added(Role.KIND_NAME, filled(layout.comparison_title, **said)),
        *(added(Role.SUBJECT, line) for line in filled(layout.comparison_subject, **said).split("\n") if line.strip()),
    ]
    body = writer.write([*head_of(facts, layout), *title])
    width = twips(_PAGE_WIDTH - layout.left - layout.right)
    widths = [round(width * share) for share in _SHARES]
    heads = (layout.comparison_old, layout.comparison_new, layout.comparison_reason)
    table = [_head_row([filled(head, **said) for head in heads], widths)]
    for group, members in groupby(rows, key=lambda row: row.group):
        if group:
            table.append(_group_row(group, sum(widths)))
        table += [_row(row, widths, layout) for row in members]
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    body += writer.gap()  # which keeps nothing with the next, so that the table begins under its title
    body += (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(table)}</w:tbl>{writer.gap()}'
    )
    return packed(Contents(body, is_landscape=True), layout=layout, facts=facts)


def _head_row(heads: Sequence[str], widths: Sequence[int]) -> str:
    cells = "".join(
        _cell(_paragraph(run(words(head), _BOLD), align="center"), wide)
        for head, wide in zip(heads, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _group_row(group: str, width: int) -> str:
    paragraph = _paragraph(run(words(group), _BOLD), align="center", keeps=True)
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="3"/></w:tcPr>{paragraph}</w:tc>'
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _row(row: ComparedRow, widths: Sequence[int], layout: Layout) -> str:
    old = _side(row.old, changed=Kind.DELETED) or _said(layout.comparison_added)
    new = _side(row.new, changed=Kind.INSERTED) or _said(layout.comparison_dropped)
    reasons = "".join(_reasons(row.reasons)) or _paragraph("")
    cells = (_cell(content, wide) for content, wide in zip((old, new, reasons), widths, strict=True))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _side(lines: Sequence[ComparedLine], *, changed: Kind) -> str:
    paragraphs = []
    for line in lines:
        text = "".join(span.text for span in line.spans)
        spans = (Span(line.spans[0].kind, _cells(text)),) if line.spans and is_row(text) else line.spans
        runs = "".join(run(words(span.text), _look(span, line, changed)) for span in spans if span.text)
        paragraphs.append(_paragraph(runs))
    return "".join(paragraphs)


def _cells(row: str) -> str:
    """A row of a table inside a cell of ours: its cells side by side, a bar between them."""
    return " │ ".join(cell.text.replace("\n", " ") for cell in parse_row(row).cells)


def _look(span: Span, line: ComparedLine, changed: Kind) -> str:
    if span.kind is changed:
        return _BOLD_ITALIC if changed is Kind.INSERTED else (_BOLD if line.is_title else "") + _STRUCK
    if line.is_whole and changed is Kind.INSERTED:
        return _BOLD_ITALIC if line.is_title else _ITALIC
    return _BOLD if line.is_title else ""


def _reasons(reasons: Sequence[tuple[str, str]]) -> Iterator[str]:
    for head, text in reasons:
        for number, line in enumerate(text.splitlines() or [""]):
            lead = run(words(f"{head}: "), _BOLD) if head and number == 0 else ""
            yield _paragraph(lead + run(words(line)))


def _said(what: str) -> str:
    return _paragraph(run(words(what), _ITALIC), align="center")


def _paragraph(runs: str, *, align: str = "both", keeps: bool = False) -> str:
    keep = "<w:keepNext/>" if keeps else ""
    spacing = '<w:spacing w:before="40" w:after="40"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="OBang"/>{keep}{spacing}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
