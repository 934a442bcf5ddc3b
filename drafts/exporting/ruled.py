"""Ruled tables on A4 landscape, as official annexes have them: head row on every page, bands, merged first cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from drafts.exporting.layout import Layout
from drafts.exporting.markup import run, twips, words
from drafts.exporting.styles import TABLE

PAGE_WIDTH = 297.0
"""Millimetres."""
BOLD, ITALIC, BOLD_ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>", "<w:b/><w:bCs/><w:i/><w:iCs/>"
STRUCK = "<w:strike/>"


def shares_of(layout: Layout, shares: Sequence[float], *, page_width: float = PAGE_WIDTH) -> list[int]:
    """The widths of the columns, in twips, from their shares of the page between the margins."""
    width = twips(page_width - layout.left - layout.right)
    return [round(width * share) for share in shares]


def ruled(rows: Iterable[str], widths: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def head_row(heads: Sequence[str], widths: Sequence[int]) -> str:
    cells = "".join(
        cell(paragraph(run(words(head), BOLD), align="center"), wide) for head, wide in zip(heads, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def band_row(name: str, width: int, *, columns: int) -> str:
    """A row across all columns: the chapter or the group that follows."""
    inside = paragraph(run(words(name), BOLD), align="center", keeps=True)
    across = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{columns}"/></w:tcPr>'
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{across}{inside}</w:tc></w:tr>"


def paragraph(runs: str, *, align: str = "both", keeps: bool = False) -> str:
    keep = "<w:keepNext/>" if keeps else ""
    spacing = '<w:spacing w:before="40" w:after="40"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="OBang"/>{keep}{spacing}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def cell(content: str, width: int, *, merge: str = "") -> str:
    """``merge``: "restart" begins a cell that goes on over the rows below, "continue" is one of them."""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{content}</w:tc>'
