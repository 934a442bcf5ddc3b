"""Reads a unit's filled-in sheet of opinions: Điều/khoản | nội dung dự thảo | đề nghị sửa thành | lý do. No Django.

Offices word the heads of the columns as they like and add some; what a column is, its head says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drafts.exporting.tables import Row, is_row, parse_rows
from drafts.inquiry import bare
from drafts.jumping import Jump, read_jump

MOST_ROWS = 2_000
PLACE, QUOTE, PROPOSED, REASON = "place", "quote", "proposed", "reason"

# In this order: "đề nghị sửa nội dung dự thảo thành" is no quotation, "lý do đề nghị sửa" no proposal.
_HEADS = (
    (REASON, re.compile(r"ly do|giai trinh|thuyet minh|co so|can cu|ghi chu")),
    (PROPOSED, re.compile(r"sua|thanh|kien nghi|de xuat|phuong an|gop y|y kien|de nghi")),
    (QUOTE, re.compile(r"du thao|hien hanh|noi dung|nguyen van|trich")),
    (PLACE, re.compile(r"đieu|dieu|khoan|vi tri|muc|chuong")),
)
_HEADS_NEEDED = 3
_ARTICLE = re.compile(r"\b[đd]ieu\s*(\d{1,3}[a-zđ]?)\b")
_CLAUSE = re.compile(r"\bkhoan\s*(\d{1,3}[a-zđ]?)\b")
_POINT = re.compile(r"\b[đd]iem\s*([a-zđ]\d{0,2})\b")


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A row in which something is said; ``number`` counts the rows of all tables from 1."""

    number: int
    place: str
    quote: str
    proposed: str
    reason: str


def opinion_rows(lines: Iterable[str]) -> list[OpinionRow]:
    """The rows of all tables whose heads are known, in their order; rows nobody filled in are left out."""
    found: list[OpinionRow] = []
    number = 0
    for table in _tables(lines):
        columns: dict[str, int] = {}
        place = ""
        for row in parse_rows(table):
            number += 1
            heads = columns_of(row)
            if len(heads) >= _HEADS_NEEDED:
                columns, place = heads, ""
                continue
            said = _said(row, columns)
            place = said.get(PLACE) or place
            if columns and (said.get(PROPOSED) or said.get(REASON)) and len(found) < MOST_ROWS:
                words = {name: said.get(name, "") for name in (QUOTE, PROPOSED, REASON)}
                found.append(OpinionRow(number, place, **words))
    return found


def columns_of(row: Row) -> dict[str, int]:
    """What the columns hold, by the words of a row of heads; empty for other rows."""
    columns: dict[str, int] = {}
    for at, cell in zip(row.columns, row.cells, strict=True):
        head = " ".join(bare(cell.text).split())
        if not head or len(head) > 120:
            continue
        kind = next((name for name, pattern in _HEADS if name not in columns and pattern.search(head)), None)
        # "Điều, khoản của dự thảo" is a place although it names the draft.
        if re.match(r"([đd]ieu|khoan|vi tri)\b", head):
            kind = PLACE
        if kind:
            columns.setdefault(kind, at)
    return columns


def read_place(typed: str) -> Jump | None:
    """ "Điều 5 khoản 2", "Đ5 k2", "Khoản 2 Điều 5. Nguyên tắc": the article, the clause and the point named."""
    jump = read_jump(typed)
    if jump is not None:
        return jump
    words = bare(typed)
    article, clause, point = (pattern.search(words) for pattern in (_ARTICLE, _CLAUSE, _POINT))
    if article is None:
        return None
    return Jump(article[1], clause[1] if clause else "", point[1] if point else "")


def _tables(lines: Iterable[str]) -> Iterable[Sequence[str]]:
    table: list[str] = []
    for line in lines:
        if is_row(line):
            table.append(line)
        elif table:
            yield table
            table = []
    if table:
        yield table


def _said(row: Row, columns: dict[str, int]) -> dict[str, str]:
    at = dict(zip(row.columns, row.cells, strict=True))
    return {name: at[column].text.strip() for name, column in columns.items() if column in at}
