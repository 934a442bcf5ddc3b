"""Vietnam's public holidays on working days, and the weekend days worked in exchange: what a new database begins with.

2025 and 2026 as announced; 2027 as the Labour Code gives it (Articles 111 and 112), until it is announced. Later the
administrators keep the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

NEW_YEAR = "Tết Dương lịch"
TET = {2025: "Tết Nguyên đán Ất Tỵ", 2026: "Tết Nguyên đán Bính Ngọ", 2027: "Tết Nguyên đán Đinh Mùi"}
KINGS = "Giỗ Tổ Hùng Vương (10/3 âm lịch)"
VICTORY, LABOUR, NATIONAL = "Ngày Chiến thắng", "Ngày Quốc tế lao động", "Quốc khánh"


class Holiday(NamedTuple):
    """``is_worked``: a weekend day worked in exchange, and not a day off."""

    day: date
    name: str
    is_worked: bool = False


def _row(first: date, last: date, name: str) -> Iterator[Holiday]:
    while first <= last:
        yield Holiday(first, name)
        first += timedelta(days=1)


SETTLED: tuple[Holiday, ...] = (
    Holiday(date(2025, 1, 1), NEW_YEAR),
    *_row(date(2025, 1, 27), date(2025, 1, 31), TET[2025]),
    Holiday(date(2025, 4, 7), KINGS),
    Holiday(date(2025, 4, 26), "Làm bù ngày 02/5/2025", is_worked=True),
    Holiday(date(2025, 4, 30), VICTORY),
    Holiday(date(2025, 5, 1), LABOUR),
    Holiday(date(2025, 5, 2), "Nghỉ hoán đổi với ngày 26/4/2025"),
    *_row(date(2025, 9, 1), date(2025, 9, 2), NATIONAL),
    Holiday(date(2026, 1, 1), NEW_YEAR),
    Holiday(date(2026, 1, 2), "Nghỉ hoán đổi với ngày 10/01/2026"),
    Holiday(date(2026, 1, 10), "Làm bù ngày 02/01/2026", is_worked=True),
    *_row(date(2026, 2, 16), date(2026, 2, 20), TET[2026]),
    Holiday(date(2026, 4, 27), f"Nghỉ bù {KINGS}"),
    Holiday(date(2026, 4, 30), VICTORY),
    Holiday(date(2026, 5, 1), LABOUR),
    Holiday(date(2026, 8, 22), "Làm bù ngày 31/8/2026", is_worked=True),
    Holiday(date(2026, 8, 31), "Nghỉ hoán đổi với ngày 22/8/2026"),
    *_row(date(2026, 9, 1), date(2026, 9, 2), NATIONAL),
)

EXPECTED: tuple[Holiday, ...] = (
    Holiday(date(2027, 1, 1), NEW_YEAR),
    Holiday(date(2027, 2, 5), TET[2027]),
    *_row(date(2027, 2, 8), date(2027, 2, 11), TET[2027]),
    Holiday(date(2027, 4, 16), KINGS),
    Holiday(date(2027, 4, 30), VICTORY),
    Holiday(date(2027, 5, 3), f"Nghỉ bù {LABOUR}"),
    *_row(date(2027, 9, 2), date(2027, 9, 3), NATIONAL),
)
