"""Which reminders belong to a day: read at once for all open tasks, whatever their number and whatever is finished."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings

from accounts.models import User
from accounts.speakers import speakers_of
from meetings import deadlines
from meetings.models import Absence, Assignment, Meeting, Reminder, ReminderRule, ResponsiblePerson, SupportingUnit
from meetings.working_days import work_calendar


class Task(NamedTuple):
    """What must be known of an open task to know whom it recalls when."""

    pk: int
    last_day: dt.date
    given_on: dt.date
    lead_unit: int
    meeting: int
    chair: int
    secretary: int


class Wanted(NamedTuple):
    """One reminder that a person should have, as the task stood when it was looked for."""

    assignment: int
    last_day: dt.date
    lead_unit: int
    occasion: deadlines.Occasion


Key = tuple[int, int, dt.date, str]


@dataclass(frozen=True)
class Book:
    """All open tasks that may recall somebody up to one day, with rules, people and calendar."""

    tasks: list[Task]
    rules: dict[int, ReminderRule]
    calendar: deadlines.WorkCalendar
    speakers: dict[int | None, list[User]]
    named: dict[int, list[User]]
    supporting: dict[int, list[int]]
    keepers: dict[int, User]
    absences: list[Absence]

    def rule_of(self, task: Task) -> ReminderRule:
        return self.rules.get(task.meeting) or ReminderRule(hour=settings.REMINDER_HOURS[0])

    def occasion(self, task: Task, today: dt.date) -> deadlines.Occasion | None:
        """The newest one up to the day; those missed before it are not made up for."""
        return deadlines.latest_occasion(
            task.last_day,
            since=task.given_on,
            today=today,
            calendar=self.calendar,
            days_ahead=self.rule_of(task).days_ahead,
        )

    def recipients(self, task: Task, occasion: deadlines.Occasion) -> list[User]:
        """Lead unit and named persons; by the rule also supporting units and, when overdue enough, secretary and chair.

        Who is away on the day is stood in for. Each person once, in a settled order.
        """
        rule = self.rule_of(task)
        doing = [*self.speakers.get(task.lead_unit, []), *self.named.get(task.pk, [])]
        if rule.tells_supporting:
            doing += [person for unit in self.supporting.get(task.pk, []) for person in self.speakers.get(unit, [])]
        away = (row for row in self.absences if row.starts_on <= occasion.on <= row.ends_on)
        stand_ins = {row.person_id: row.stand_in for row in away}
        found = {person.pk: person for person in (stand_ins.get(one.pk, one) for one in doing)}
        overdue = (occasion.on - task.last_day).days
        for after, keeper in ((rule.secretary_after, task.secretary), (rule.chair_after, task.chair)):
            if after is not None and overdue >= max(after, 1) and keeper in self.keepers:
                found.setdefault(keeper, self.keepers[keeper])
        return list(found.values())


def open_book(until: dt.date) -> Book:
    """Eleven queries at most."""
    rules = {rule.meeting_id: rule for rule in ReminderRule.objects.all()}
    horizon = max([*deadlines.DAYS_AHEAD, *(days for rule in rules.values() for days in rule.days_ahead)])
    rows = (
        Assignment.objects.open()
        .filter(last_day__lte=until + dt.timedelta(days=horizon))
        .order_by("last_day", "pk")
        .values_list(
            "pk",
            "last_day",
            "given_on",
            "lead_unit",
            "conclusion__notice__meeting",
            "conclusion__notice__meeting__chair",
            "conclusion__notice__meeting__secretary",
        )
    )
    tasks = [Task(*row) for row in rows]
    told = [pk for pk, rule in rules.items() if rule.tells_supporting]
    supporting = _supporting(told) if told else {}
    units = {task.lead_unit for task in tasks} | {unit for group in supporting.values() for unit in group}
    kept = [pk for pk, rule in rules.items() if rule.secretary_after is not None or rule.chair_after is not None]
    return Book(
        tasks=tasks,
        rules=rules,
        calendar=work_calendar(),
        speakers=speakers_of(units),
        named=_named(),
        supporting=supporting,
        keepers=_keepers(kept) if kept else {},
        absences=list(Absence.objects.filter(stand_in__is_active=True).select_related("stand_in")),
    )


def _named() -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    links = ResponsiblePerson.objects.filter(
        user__is_active=True, assignment__state__in=Assignment.objects.all().OPEN_STATES
    )
    for link in links.select_related("user").order_by("user"):
        found[link.assignment_id].append(link.user)
    return found


def _supporting(meetings: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    links = SupportingUnit.objects.filter(
        assignment__conclusion__notice__meeting__in=meetings,
        assignment__state__in=Assignment.objects.all().OPEN_STATES,
    )
    for assignment, unit in links.order_by("unit__rank", "unit").values_list("assignment", "unit"):
        found[assignment].append(unit)
    return found


def _keepers(meetings: Collection[int]) -> dict[int, User]:
    pairs = Meeting.objects.filter(pk__in=meetings).order_by().values_list("chair", "secretary")
    return User.objects.active().in_bulk({person for pair in pairs for person in pair})


def wanting(book: Book, *, today: dt.date, hour: int) -> dict[User, list[Wanted]]:
    """Whom to remind of what now: the newest occasion of every task that has not reached them yet. One query.

    A meeting's tasks recall nobody before the hour of its rule.
    """
    found: dict[User, list[Wanted]] = defaultdict(list)
    due = [
        (task, occasion)
        for task in book.tasks
        if book.rule_of(task).hour <= hour and (occasion := book.occasion(task, today)) is not None
    ]
    written = _written({occasion.key for _task, occasion in due}) if due else set()
    for task, occasion in due:
        for person in book.recipients(task, occasion):
            if (task.pk, person.pk, task.last_day, occasion.key) not in written:
                found[person].append(Wanted(task.pk, task.last_day, task.lead_unit, occasion))
    return found


def _written(keys: Collection[str]) -> set[Key]:
    rows = Reminder.objects.filter(
        occasion__in=keys, assignment__state__in=Assignment.objects.all().OPEN_STATES
    ).order_by()
    return set(rows.values_list("assignment", "recipient", "last_day", "occasion"))


def planned(book: Book, *, on: dt.date) -> dict[User, list[Wanted]]:
    """What the day will bring if every task stays as it is."""
    found: dict[User, list[Wanted]] = defaultdict(list)
    for task in book.tasks:
        occasion = deadlines.occasion_on(
            task.last_day, on, calendar=book.calendar, days_ahead=book.rule_of(task).days_ahead
        )
        if occasion is None or on < task.given_on:
            continue
        for person in book.recipients(task, occasion):
            found[person].append(Wanted(task.pk, task.last_day, task.lead_unit, occasion))
    return found
