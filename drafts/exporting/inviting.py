"""The blank sheet of opinions for a unit: the draft clause by clause, and two columns to fill in. A4 landscape."""

from __future__ import annotations

from collections.abc import Sequence

from drafts.exporting.furniture import Facts, added, head_of
from drafts.exporting.layout import Layout
from drafts.exporting.markup import run, words
from drafts.exporting.notes import NoteBook
from drafts.exporting.package import Contents, packed
from drafts.exporting.roles import Role
from drafts.exporting.ruled import PAGE_WIDTH, cell, head_row, paragraph, ruled, shares_of
from drafts.exporting.writing import Writer

HEADS = ("Điều, khoản", "Nội dung dự thảo", "Đề nghị sửa thành", "Lý do")
TITLE, SUBJECT = "BẢN GÓP Ý", "đối với dự thảo {title}"
_SHARES = (0.13, 0.33, 0.3, 0.24)


def blank_sheet(rows: Sequence[tuple[str, str]], *, facts: Facts, layout: Layout) -> bytes:
    """``rows``: the place as one cites it, and its words."""
    writer = Writer(layout=layout, book=NoteBook(), page_width=PAGE_WIDTH)
    title = [added(Role.KIND_NAME, TITLE), added(Role.SUBJECT, SUBJECT.format(title=facts.title))]
    body = writer.write([*head_of(facts, layout), *title]) + writer.gap()
    widths = shares_of(layout, _SHARES)
    table = [head_row(HEADS, widths)]
    for row in rows:
        contents = [paragraph(run(words(text))) if text else paragraph("") for text in (*row, "", "")]
        cells = (cell(content, wide) for content, wide in zip(contents, widths, strict=True))
        table.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return packed(Contents(body + ruled(table, widths) + writer.gap(), is_landscape=True), layout=layout, facts=facts)
