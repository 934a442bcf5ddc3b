"""Dates as papers write them: days below 10 and the months 1 and 2 with a leading zero, other months without."""

from __future__ import annotations

import datetime as dt


def in_words(day: dt.date) -> str:
    """ "ngày 05 tháng 01 năm 2026", "ngày 29 tháng 6 năm 2019"."""
    return f"ngày {day.day:02d} tháng {month(day)} năm {day.year}"


def numeric(day: dt.date) -> str:
    """ "05/9/2026", "28/02/2026", "16/12/2016"."""
    return f"{day.day:02d}/{month(day)}/{day.year}"


def to_be_dated(day: dt.date) -> str:
    """The line of a paper that is not signed yet: a gap for the day, "ngày      tháng 9 năm 2026"."""
    return f"ngày      tháng {month(day)} năm {day.year}"


def moment(at: dt.datetime) -> str:
    """ "14:05 ngày 05/9/2026"."""
    return f"{at:%H:%M} ngày {numeric(at.date())}"


def month(day: dt.date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)
