"""The calendar of working days, as the administrators keep it."""

from __future__ import annotations

from meetings.deadlines import WorkCalendar
from meetings.models import SpecialDay


def work_calendar() -> WorkCalendar:
    """Monday to Friday, without the public holidays, with the weekend days worked in exchange. One query."""
    days = list(SpecialDay.objects.values_list("day", "kind"))
    return WorkCalendar(
        days_off=frozenset(day for day, kind in days if kind == SpecialDay.Kind.OFF),
        days_swapped_in=frozenset(day for day, kind in days if kind == SpecialDay.Kind.WORKED),
    )
