"""A table as an Excel workbook. Nothing a person wrote becomes a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Value = str | int | dt.date | None

_LONGEST = 32_767
"""The most letters a cell can hold."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDE = 40
_TOP = Alignment(wrap_text=True, vertical="top")


def workbook(heads: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str) -> bytes:
    """One sheet, its head row fixed and filtered. Words stay words, also those that begin with = + - or @."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE if len(head) > 12 else 16
    sheet.append([_cell(sheet, head, font=Font(bold=True)) for head in heads])
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _cell(sheet: object, value: Value, *, font: Font | None = None) -> WriteOnlyCell:
    written = _UNPRINTABLE.sub("", value)[:_LONGEST] if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=written)
    if isinstance(written, str):
        cell.data_type = "s"
        cell.quotePrefix = written[:1] in ("=", "+", "-", "@", "\t", "\r")
    elif isinstance(written, dt.date):
        cell.number_format = "DD/MM/YYYY"
    cell.alignment = _TOP
    if font is not None:
        cell.font = font
    return cell
