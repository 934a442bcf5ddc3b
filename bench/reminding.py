"""Finding which reminders are due. One case a benchmark: each measures the whole register, which has one size."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.utils import timezone

from accounts.models import Unit, UnitContact
from bench import corpus
from bench.measuring import Act, benchmark
from meetings import reminders
from meetings import services as meetings
from meetings.models import Assignment, Reminder
from meetings.reminding import open_book, wanting

DUE = 1_000
UNITS = 40


@benchmark(cases=(1_000,))
def what_is_due_alone(tasks: int) -> Act:
    """a thousand overdue tasks, everybody reminded already: what every sweep reads"""
    return _finding(finished=0, later=0)


@benchmark(cases=(100_000,))
def what_is_due_among_finished_tasks(tasks: int) -> Act:
    """the same thousand among ninety-nine thousand finished ones"""
    return _finding(finished=tasks - DUE, later=0)


@benchmark(cases=(100_000,))
def what_is_due_among_tasks_of_later(tasks: int) -> Act:
    """the same thousand among ninety-nine thousand open ones that are due in half a year"""
    return _finding(finished=0, later=tasks - DUE)


def _finding(*, finished: int, later: int) -> Act:
    now = timezone.localtime().replace(hour=12)
    today = now.date()
    rows = Reminder.objects.all()
    rows._raw_delete(rows.db)
    tasks = Assignment.objects.all()
    tasks._raw_delete(tasks.db)
    _give(DUE, last_day=today - dt.timedelta(days=1), state=Assignment.State.NEW)
    assert reminders.remind(now=now) == DUE
    _give(finished, last_day=today - dt.timedelta(days=1), state=Assignment.State.ACCEPTED)
    _give(later, last_day=today + dt.timedelta(days=183), state=Assignment.State.NEW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE meetings_assignment, meetings_reminder")

    def find() -> None:
        assert not wanting(open_book(today), today=today, hour=12)

    return find


def _give(count: int, *, last_day: dt.date, state: str) -> None:
    """Tasks of many units with one contact each, in bulk and without history: only the register is measured."""
    secretary = corpus.member(0)
    meeting = meetings.convene(by=secretary, title="Hội nghị", starts_at=timezone.now(), chair=secretary)
    conclusion = meetings.add_conclusion(meeting, by=secretary, text="Giao nhiệm vụ.")
    units = [Unit.objects.get_or_create(name=f"Cơ quan {number}")[0] for number in range(UNITS)]
    for number, unit in enumerate(units):
        UnitContact.objects.get_or_create(unit=unit, user=corpus.member(number))
    Assignment.objects.bulk_create(
        (
            Assignment(
                conclusion=conclusion,
                lead_unit=units[number % UNITS],
                task=f"Nhiệm vụ {number}",
                due_on=last_day,
                limit=Assignment.Limit.BY,
                last_day=last_day,
                given_on=last_day - dt.timedelta(days=20),
                state=state,
            )
            for number in range(count)
        ),
        batch_size=5_000,
    )
