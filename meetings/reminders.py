"""Reminders of tasks. The database decides what is due: running this twice, or at once, writes nothing twice."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts import outbox
from accounts.models import User
from accounts.speakers import speakers_of
from meetings import deadlines
from meetings.models import Assignment, Reminder
from meetings.working_days import work_calendar

log = logging.getLogger(__name__)

HORIZON = dt.timedelta(days=max(deadlines.DAYS_AHEAD))


def remind(*, today: dt.date | None = None) -> int:
    """Write the reminders due today with their mails; return how many were new.

    After days on which everything was down, whoever missed several reminders gets the newest one alone. Each
    assignment is one transaction: its reminders and their mails stand or fall together, and one that fails is
    tried again at the next sweep without holding up the others.
    """
    today = today or timezone.localdate()
    written = 0
    for assignment, occasion, recipients in _wanting(today):
        try:
            written += _write(assignment, occasion, recipients, today)
        except DatabaseError:
            log.exception("Assignment %s could not be reminded of; the next sweep tries again", assignment.pk)
    return written


def recipients_of(assignments: Sequence[Assignment]) -> dict[int, list[User]]:
    """Who is reminded: the contacts of the lead unit, or all its members when it has none. Three queries."""
    speakers = speakers_of({assignment.lead_unit_id for assignment in assignments})
    return {assignment.pk: speakers[assignment.lead_unit_id] for assignment in assignments}


def _wanting(today: dt.date) -> Iterable[tuple[Assignment, deadlines.Occasion, list[User]]]:
    """Assignments whose newest occasion has not reached everybody. Seven queries, whatever was sent already."""
    due = list(
        Assignment.objects.open()
        .filter(last_day__lte=today + HORIZON)
        .select_related("lead_unit", "conclusion__notice__meeting")
        .prefetch_related("supporting_units")
    )
    recipients = recipients_of(due)
    calendar = work_calendar()
    occasions = {
        assignment.pk: deadlines.latest_occasion(
            assignment.last_day, since=assignment.given_on, today=today, calendar=calendar
        )
        for assignment in due
    }
    keys = {occasion.key for occasion in occasions.values() if occasion is not None}
    written = set(
        Reminder.objects.filter(assignment__in=due, occasion__in=keys)
        .order_by()
        .values_list("assignment", "recipient", "last_day", "occasion")
    )
    for assignment in due:
        occasion = occasions[assignment.pk]
        if occasion is None:
            continue
        missing = [
            person
            for person in recipients[assignment.pk]
            if (assignment.pk, person.pk, assignment.last_day, occasion.key) not in written
        ]
        if missing:
            yield assignment, occasion, missing


@transaction.atomic
def _write(assignment: Assignment, occasion: deadlines.Occasion, recipients: list[User], today: dt.date) -> int:
    # One worker at a time has the assignment; whoever comes second finds it locked, or the rows written. It is read
    # again under the lock: a task reported or postponed a moment ago recalls nobody.
    still_due = (
        Assignment.objects.open()
        .select_for_update(skip_locked=True, no_key=True)
        .filter(pk=assignment.pk, last_day=assignment.last_day, lead_unit=assignment.lead_unit_id)
    )
    if not still_due:
        return 0
    told = set(
        Reminder.objects.filter(assignment=assignment, last_day=assignment.last_day, occasion=occasion.key).values_list(
            "recipient", flat=True
        )
    )
    missing = [person for person in recipients if person.pk not in told]
    for person in missing:
        reminder = Reminder.objects.create(
            assignment=assignment, recipient=person, last_day=assignment.last_day, occasion=occasion.key
        )
        reminder.mail = outbox.post(
            key=f"reminder:{reminder.pk}",
            recipient=person,
            subject=_words("subject", assignment, today),
            body=_words("body", assignment, today),
        )
        reminder.save(update_fields=["mail"])
    return len(missing)


def _words(part: str, assignment: Assignment, today: dt.date) -> str:
    """A part of the mail, in Vietnamese whatever the language of whoever's clock this is."""
    left = deadlines.days_left(assignment.last_day, today)
    with translation.override("vi"):
        return render_to_string(
            f"meetings/mail/reminder_{part}.txt",
            {
                "assignment": assignment,
                "conclusion": assignment.conclusion,
                "meeting": assignment.conclusion.notice.meeting,
                "held_on": deadlines.numeric_date(timezone.localdate(assignment.conclusion.notice.meeting.starts_at)),
                "supporting": ", ".join(unit.name for unit in assignment.supporting_units.all()),
                "phrase": deadlines.phrase(assignment.limit, assignment.due_on),
                "last_day": deadlines.numeric_date(assignment.last_day),
                "today": deadlines.numeric_date(today),
                "left": left,
                "overdue": -left,
                "address": settings.SITE_URL + reverse("meetings:assignment", args=[assignment.pk]),
            },
        )
