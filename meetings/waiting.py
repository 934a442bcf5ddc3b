"""What waits for one person among meetings and tasks: for the home page. A fixed number of queries."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from accounts.models import Unit, User
from meetings.models import Assignment, AssignmentQuerySet, Meeting


def tasks_of(user: User) -> AssignmentQuerySet:
    """Open tasks the person's units lead or support, the most urgent first. One query."""
    units = Unit.objects.filter(Q(pk=user.unit_id) | Q(contacts__user=user)).values("pk")
    supported = Assignment.supporting_units.through.objects.filter(unit__in=units).values("assignment")
    return (
        Assignment.objects.open()
        .filter(Q(lead_unit__in=units) | Q(pk__in=supported))
        .select_related("lead_unit", "conclusion__notice__meeting")
        .order_by("last_day", "pk")
    )


def meetings_to_come(user: User, *, limit: int = 3) -> list[Meeting]:
    """The next meetings the person is asked to. One query."""
    coming = Meeting.objects.visible_to(user).filter(starts_at__gte=timezone.now())
    return list(coming.order_by("starts_at", "pk")[:limit])
