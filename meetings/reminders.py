"""Reminders of tasks. The database decides what is due: running this twice, or at once, writes nothing twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import outbox
from accounts.models import Unit, User
from meetings import deadlines
from meetings.models import Assignment, Reminder


def remind(*, today: dt.date | None = None) -> int:
    """Write the reminders due today with their mails; return how many were new.

    After days on which everything was down, whoever missed several reminders gets the newest one alone. Each assignment is one transaction: its reminders and their mails stand or fall together.
    """
    today = today or timezone.localdate()
    horizon = today + dt.timedelta(days=3)
    due = (
        Assignment.objects.open()
        .filter(last_day__lte=horizon)
        .select_related("lead_unit", "conclusion__notice__meeting")
        .prefetch_related("supporting_units")
    )
    recipients = _recipients(due)
    return sum(_remind_of(assignment, recipients[assignment.pk], today) for assignment in due)


@transaction.atomic
def _remind_of(assignment: Assignment, recipients: Iterable[User], today: dt.date) -> int:
    occasion = deadlines.latest_occasion(assignment.last_day, since=assignment.given_on, today=today)
    if occasion is None:
        return 0
    reminders = [
        Reminder(assignment=assignment, recipient=person, last_day=assignment.last_day, occasion=occasion.key)
        for person in recipients
    ]
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True)
    # A row without a mail is new, ours or another worker's: whoever holds its lock writes the mail.
    fresh = list(
        Reminder.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .filter(assignment=assignment, last_day=assignment.last_day, occasion=occasion.key, mail=None)
    )
    for reminder in fresh:
        reminder.mail = outbox.post(
            key=f"reminder:{reminder.pk}",
            recipient=reminder.recipient,
            subject=_subject(assignment, today),
            body=_body(assignment, today),
        )
        reminder.save(update_fields=["mail"])
    return len(fresh)


def _recipients(assignments: Iterable[Assignment]) -> dict[int, list[User]]:
    """Contacts of the lead unit, or all its members when it has none. Two queries for any number of assignments."""
    units = {assignment.lead_unit_id for assignment in assignments}
    contacts: dict[int, list[User]] = defaultdict(list)
    members: dict[int, list[User]] = defaultdict(list)
    for person in User.objects.active().filter(contact_for__unit__in=units).prefetch_related("contact_for"):
        for contact in person.contact_for.all():
            contacts[contact.unit_id].append(person)
    for person in User.objects.active().filter(unit__in=units):
        if person.unit_id is not None:
            members[person.unit_id].append(person)
    return {
        assignment.pk: contacts[assignment.lead_unit_id] or members[assignment.lead_unit_id]
        for assignment in assignments
    }


def _subject(assignment: Assignment, today: dt.date) -> str:
    with translation.override("vi"):
        return _("%(state)s: %(task)s") % {"state": _standing(assignment, today), "task": assignment.task}


def _body(assignment: Assignment, today: dt.date) -> str:
    with translation.override("vi"):
        meeting = assignment.conclusion.notice.meeting
        address = settings.SITE_URL + reverse("meetings:assignment", args=[assignment.pk])
        supporting = ", ".join(unit.name for unit in assignment.supporting_units.all())
        lines = [
            _("%(state)s.") % {"state": _standing(assignment, today)},
            "",
            _("Task: %(task)s") % {"task": assignment.task},
            _("Lead unit: %(unit)s") % {"unit": assignment.lead_unit.name},
            _("Supporting units: %(units)s") % {"units": supporting} if supporting else "",
            _("Deadline: %(phrase)s; the last day is %(day)s")
            % {
                "phrase": deadlines.phrase(assignment.limit, assignment.due_on),
                "day": deadlines.numeric_date(assignment.last_day),
            },
            _("From conclusion %(number)s of the meeting “%(meeting)s”, %(day)s")
            % {
                "number": assignment.conclusion.number,
                "meeting": meeting.title,
                "day": deadlines.numeric_date(timezone.localdate(meeting.starts_at)),
            },
            "",
            _("See the task and report on it: %(address)s") % {"address": address},
        ]
        return "\n".join(lines)


def _standing(assignment: Assignment, today: dt.date) -> str:
    """ "3 days left", "today is the last day", "2 days overdue"."""
    left = deadlines.days_left(assignment.last_day, today)
    if left > 0:
        return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    if left == 0:
        return _("Today is the last day")
    return ngettext("%(count)s day overdue", "%(count)s days overdue", -left) % {"count": -left}
