"""The register of tasks seen in other ways: a month, a span of time, unit by unit, a person's calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.core import signing
from django.db.models import Count, Max, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import Unit, User
from meetings import task_queries
from meetings.calendar_file import Event
from meetings.deadlines import WorkCalendar, phrase
from meetings.models import Assignment, CalendarFeed

State = Assignment.State
MOST = 300
WEEKDAYS = [
    pgettext_lazy("narrow weekday", "Mo"),
    pgettext_lazy("narrow weekday", "Tu"),
    pgettext_lazy("narrow weekday", "We"),
    pgettext_lazy("narrow weekday", "Th"),
    pgettext_lazy("narrow weekday", "Fr"),
    pgettext_lazy("narrow weekday", "Sa"),
    pgettext_lazy("narrow weekday", "Su"),
]
_SALT = "meetings.feed"
_LONGEST_SPAN = dt.timedelta(days=366)


@dataclass(frozen=True)
class Day:
    """One day of the month: how many unfinished tasks have their last day on it."""

    day: dt.date
    is_off: bool
    tasks: int
    is_late: bool

    @property
    def name(self) -> str:
        """The weekday as a narrow column can show it."""
        return str(WEEKDAYS[self.day.weekday()])


@dataclass(frozen=True)
class Month:
    first: dt.date
    days: list[Day]
    rows: list[Assignment]

    @property
    def gaps(self) -> range:
        """Empty places before the first day, Monday being the first of a week."""
        return range(self.first.weekday())

    @property
    def before(self) -> dt.date:
        return (self.first - dt.timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> dt.date:
        return self.days[-1].day + dt.timedelta(days=1)


def month_of(assignments: QuerySet[Assignment], first: dt.date, *, today: dt.date, calendar_: WorkCalendar) -> Month:
    """The month's unfinished tasks by their last day. Two queries."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    unfinished = assignments.exclude(state__in=(State.ACCEPTED, State.CANCELLED))
    rows = list(task_queries.for_register(unfinished.filter(last_day__range=(first, last)))[:MOST])
    counts = Counter(row.last_day for row in rows)
    late = {row.last_day for row in rows if row.is_open and row.last_day < today}
    days = [first + dt.timedelta(days=number) for number in range(last.day)]
    return Month(
        first=first,
        days=[Day(day, not calendar_.is_working_day(day), counts[day], day in late) for day in days],
        rows=rows,
    )


@dataclass(frozen=True)
class Bar:
    """A task in the span of time that is shown: where it begins and how long it is, in thousandths of the span."""

    assignment: Assignment
    start: int
    width: int
    state: str


@dataclass(frozen=True)
class Timeline:
    first: dt.date
    last: dt.date
    bars: list[Bar]
    months: list[tuple[dt.date, int]]
    today: int | None


def timeline_of(assignments: QuerySet[Assignment], *, today: dt.date) -> Timeline | None:
    """Unfinished tasks from the day they were given to their last day, at most a year. Three queries; None for none."""
    unfinished = assignments.exclude(state__in=(State.ACCEPTED, State.CANCELLED))
    ends = unfinished.order_by().aggregate(first=Min("given_on"), last=Max("last_day"))
    if ends["first"] is None:
        return None
    last = max(min(ends["last"], today + _LONGEST_SPAN / 2), today)
    first = max(min(ends["first"], today), last - _LONGEST_SPAN)
    length = max((last - first).days + 1, 1)

    def place(day: dt.date) -> int:
        return round(1000 * (min(max(day, first), last + dt.timedelta(days=1)) - first).days / length)

    bars = []
    for task in task_queries.for_register(unfinished)[:MOST]:
        start = place(min(task.given_on, task.last_day))
        end = max(place(task.last_day + dt.timedelta(days=1)), start + 6)
        state = "reported" if not task.is_open else "late" if task.last_day < today else "open"
        bars.append(Bar(task, start, end - start, state))
    return Timeline(
        first=first,
        last=last,
        bars=bars,
        months=[(day, place(day)) for day in _firsts_between(first, last)],
        today=place(today) if first <= today <= last else None,
    )


def _firsts_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first days of the months between the two."""
    found, day = [], (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    while day <= last:
        found.append(day)
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return found


@dataclass(frozen=True)
class UnitStanding:
    """How a lead unit's tasks stand; cancelled ones are not counted."""

    unit: Unit
    open: int
    late: int
    reported: int
    in_time: int
    done_late: int

    @property
    def done(self) -> int:
        return self.in_time + self.done_late

    @property
    def share_in_time(self) -> int | None:
        """Of the finished, in per cent."""
        return round(100 * self.in_time / self.done) if self.done else None


def standing_by_unit(assignments: QuerySet[Assignment], *, now: dt.datetime) -> list[UnitStanding]:
    """One line for each lead unit, in order of protocol. Two queries."""
    counts = task_queries.standing_counts(now)
    rows = assignments.order_by().values("lead_unit").annotate(**{name: Count("pk", filter=q) for name, q in counts})
    found: dict[int, Mapping[str, Any]] = {row["lead_unit"]: cast("Mapping[str, Any]", row) for row in rows}
    units = Unit.objects.filter(pk__in=found).in_protocol_order()
    return [
        UnitStanding(unit, *(found[unit.pk][name] for name in ("open", "late", "reported", "in_time", "done_late")))
        for unit in units
    ]


# A person's calendar


def token_for(user: User) -> str:
    """The secret in the address of the person's calendar; another one after every renewal."""
    feed = CalendarFeed.objects.filter(user=user).first()
    return signing.Signer(salt=_SALT).sign_object({"user": user.pk, "turn": feed.turn if feed else 0})


def owner_of(token: str) -> User | None:
    """Whose calendar it opens; None when it was renewed since, was never given, or the person is not active."""
    try:
        said = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    user = User.objects.active().filter(pk=said["user"]).first()
    feed = CalendarFeed.objects.filter(user=user).first() if user else None
    return user if user and said["turn"] == (feed.turn if feed else 0) else None


def events_of(user: User) -> Sequence[Event]:
    """The last days of the person's unfinished tasks; nothing of the drafts they are about. Two queries."""
    mine = task_queries.assignments_in("mine", user=user).exclude(state__in=(State.ACCEPTED, State.CANCELLED))
    rows = mine.select_related("lead_unit", "conclusion").order_by("last_day", "pk")[:MOST]
    changed = dict(
        Assignment.history.filter(id__in=[row.pk for row in rows])
        .order_by()
        .values_list("id")
        .annotate(at=Max("history_date"))
    )
    site = settings.SITE_URL.partition("//")[2] or "localhost"
    return [
        Event(
            uid=f"assignment-{task.pk}@{site}",
            sequence=0,
            title=_("Due: %(task)s") % {"task": " ".join(task.task.split())[:200]},
            starts_at=_moment_of(task),
            ends_at=None,
            stamp=changed.get(task.pk) or timezone.now(),
            description="\n".join([task.lead_unit.name, phrase(task.limit, task.due_on, at=task.due_time)]),
            address=settings.SITE_URL + reverse("meetings:assignment", args=[task.pk]),
        )
        for task in rows
    ]


def _moment_of(task: Assignment) -> dt.datetime | dt.date:
    if task.due_time is None:
        return task.last_day
    return timezone.make_aware(dt.datetime.combine(task.last_day, task.due_time))
