"""Opinion sheets (phiếu lấy ý kiến) as Word files: the blank sheet that one signs, and the totals of what came back.

A sheet carries no number and is signed by the person; the totals quote other opinions word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafts.exporting.furniture import Facts, added, end_of, head_of
from drafts.exporting.layout import Layout
from drafts.exporting.markup import run, words
from drafts.exporting.notes import NoteBook
from drafts.exporting.package import Contents, packed
from drafts.exporting.roles import Role
from drafts.exporting.ruled import BOLD, PAGE_WIDTH, cell, head_row, paragraph, ruled, shares_of
from drafts.exporting.writing import Writer

_PORTRAIT = 210.0
_BLANK_SHARES = (0.08, 0.44, 0.12, 0.14, 0.22)
_TOTAL_SHARES = (0.05, 0.35, 0.09, 0.11, 0.08, 0.32)
_BLANK_HEADS = ("STT", "Nội dung", "Đồng ý", "Không đồng ý", "Ý kiến khác")
_TOTAL_HEADS = ("STT", "Nội dung", "Đồng ý", "Không đồng ý", "Ý kiến khác", "Nội dung ý kiến khác")
_BOX = "☐"


@dataclass(frozen=True, slots=True)
class Counted:
    """A question with how often each answer was given; ``others``: (who, what) word for word."""

    number: int
    text: str
    agree: int
    disagree: int
    others: tuple[tuple[str, str], ...]


def blank_sheet(
    questions: Sequence[tuple[int, str]],
    *,
    title: str,
    introduction: str,
    until: str,
    facts: Facts,
    layout: Layout,
) -> bytes:
    """What is handed out: every question with its boxes, the day of return, a place to sign."""
    writer = Writer(layout=layout, book=NoteBook(), page_width=_PORTRAIT)
    opening = [*introduction.splitlines(), f"Hạn trả lời: {until}."]
    passages = [
        *head_of(facts, layout),
        added(Role.KIND_NAME, "PHIẾU LẤY Ý KIẾN"),
        added(Role.SUBJECT, title),
        *(added(Role.TEXT, line) for line in opening if line.strip()),
    ]
    widths = shares_of(layout, _BLANK_SHARES, page_width=_PORTRAIT)
    rows = [head_row(_BLANK_HEADS, widths)]
    for number, text in questions:
        cells = [
            cell(paragraph(run(words(str(number))), align="center"), widths[0]),
            cell("".join(paragraph(run(words(line))) for line in text.splitlines()), widths[1]),
            *(cell(paragraph(run(words(_BOX)), align="center"), wide) for wide in widths[2:4]),
            cell(paragraph(""), widths[4]),
        ]
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    body = writer.write(passages) + writer.gap() + ruled(rows, widths) + writer.gap()
    body += writer.write([added(Role.AUTHORITY, "NGƯỜI CHO Ý KIẾN"), added(Role.POSITION, "(Ký, ghi rõ họ tên)")])
    return packed(Contents(body), layout=layout, facts=facts)


def sheet_totals(
    counted: Sequence[Counted], *, title: str, opening: Sequence[str], facts: Facts, layout: Layout
) -> bytes:
    """What came back, question by question, on A4 landscape."""
    writer = Writer(layout=layout, book=NoteBook(), page_width=PAGE_WIDTH)
    passages = [
        *head_of(facts, layout),
        added(Role.KIND_NAME, "TỔNG HỢP PHIẾU LẤY Ý KIẾN"),
        added(Role.SUBJECT, title),
        *(added(Role.TEXT, line) for line in opening),
    ]
    widths = shares_of(layout, _TOTAL_SHARES)
    rows = [head_row(_TOTAL_HEADS, widths)]
    for one in counted:
        others = "".join(paragraph(run(words(f"{who}: "), BOLD) + run(words(f"“{what}”"))) for who, what in one.others)
        numbers = (one.agree, one.disagree, len(one.others))
        cells = [
            cell(paragraph(run(words(str(one.number))), align="center"), widths[0]),
            cell("".join(paragraph(run(words(line))) for line in one.text.splitlines()), widths[1]),
            *(
                cell(paragraph(run(words(str(count))), align="center"), wide)
                for count, wide in zip(numbers, widths[2:5], strict=True)
            ),
            cell(others or paragraph(""), widths[5]),
        ]
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    body = writer.write(passages) + writer.gap() + ruled(rows, widths) + writer.gap() + writer.write(end_of(layout))
    return packed(Contents(body, is_landscape=True), layout=layout, facts=facts)
