"""Tasks that fall due around a meeting and may be worth a place on its agenda."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from meetings.models import Assignment, Meeting

AFTER = dt.timedelta(days=7)
MOST = 10


def due_tasks(meeting: Meeting, *, user: User) -> list[Assignment]:
    """Open tasks due by a week after the meeting, of meetings the person chairs or keeps. One query.

    Those on this agenda already, and those this very meeting gave out, are left out.
    """
    held_on = timezone.localdate(meeting.starts_at)
    tasks = (
        Assignment.objects.open()
        .visible_to(user)
        .filter(last_day__lte=held_on + AFTER, given_on__lt=held_on)
        .exclude(conclusion__notice__meeting=meeting)
        .exclude(agenda_items__meeting=meeting)
        .select_related("lead_unit", "conclusion__notice__meeting")
        .order_by("last_day", "pk")
    )
    return list(tasks[:MOST])
