"""What administrators keep of meetings: the calendar of working days. Meetings and tasks are not in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from meetings.deadlines import numeric_date
from meetings.forms import weekday
from meetings.models import SpecialDay


@admin.register(SpecialDay)
class SpecialDayAdmin(SimpleHistoryAdmin):
    """Public holidays by year, Tết included, and the days swapped for them."""

    list_display = ["date", "weekday", "name", "kind", "is_settled"]
    list_filter = ["kind", "is_settled"]
    search_fields = ["name"]
    date_hierarchy = "day"
    ordering = ["-day"]

    @admin.display(description=_("day"), ordering="day")
    def date(self, row: SpecialDay) -> str:
        return numeric_date(row.day)

    @admin.display(description=_("weekday"))
    def weekday(self, row: SpecialDay) -> str:
        return weekday(row.day)
