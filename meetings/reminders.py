"""Reminders of tasks. The database decides what is due: running this twice, or at once, writes nothing twice."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts import outbox
from accounts.models import OutgoingMail, User, is_by_day
from meetings import deadlines
from meetings.models import Assignment, Reminder
from meetings.reminding import Wanted, open_book, wanting

log = logging.getLogger(__name__)

MAIL = "reminders:"


def remind(*, now: dt.datetime | None = None) -> int:
    """Write the reminders due now, one mail for each person with all of theirs; return how many were new.

    Only between the hours at which reminders may be sent. After days on which everything was down, whoever missed
    several reminders of a task gets the newest one alone, marked as late. Each person is one transaction: the
    reminders and their mail stand or fall together, and one that fails is tried again at the next sweep without holding
    up the others.
    """
    now = now or timezone.now()
    bring_up_to_date(now)
    if not is_by_day(now):
        return 0
    local = timezone.localtime(now)
    book = open_book(local.date())
    written = 0
    for person, wanted in wanting(book, today=local.date(), hour=local.hour).items():
        try:
            written += _write(person, wanted, now)
        except DatabaseError:
            log.exception("Person %s could not be reminded; the next sweep tries again", person.pk)
    return written


@transaction.atomic
def _write(person: User, wanted: Sequence[Wanted], now: dt.datetime) -> int:
    # One worker at a time has the person; whoever comes second finds the row locked, or the reminders written. The
    # tasks are read again under a lock: one reported or postponed a moment ago recalls nobody.
    found = User.objects.active().select_for_update(skip_locked=True, no_key=True).filter(pk=person.pk).first()
    if found is None:
        return 0
    tasks = (
        Assignment.objects.open()
        .select_for_update(no_key=True, of=("self",))
        .filter(pk__in=[one.assignment for one in wanted])
        .select_related("lead_unit", "conclusion__notice__meeting")
        .prefetch_related("supporting_units")
        .order_by("pk")
    )
    open_ = {task.pk: task for task in tasks}
    told = set(
        Reminder.objects.filter(recipient=found, assignment__in=open_).values_list("assignment", "last_day", "occasion")
    )
    due = [
        (open_[one.assignment], one.occasion)
        for one in wanted
        if one.assignment in open_
        and open_[one.assignment].last_day == one.last_day
        and open_[one.assignment].lead_unit_id == one.lead_unit
        and (one.assignment, one.last_day, one.occasion.key) not in told
    ]
    if not due:
        return 0
    rows = Reminder.objects.bulk_create(
        Reminder(
            assignment=task,
            recipient=found,
            last_day=task.last_day,
            occasion=occasion.key,
            due_on=occasion.on,
            at=now,
        )
        for task, occasion in due
    )
    mail = outbox.post(
        key=f"{MAIL}{rows[0].pk}",
        recipient=found,
        subject=_words("subject", found, rows, now),
        body=_words("body", found, rows, now),
        only_by_day=True,
    )
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(mail=mail)
    return len(rows)


@transaction.atomic
def bring_up_to_date(now: dt.datetime) -> None:
    """Mail that still waits says nothing of tasks that were done, postponed or given to others meanwhile.

    One with nothing left to say is not sent. What the mail server may have seen already stays as it is or goes
    altogether: the same Message-ID never has other words.
    """
    since = Assignment.history.filter(  # changed after the mail was written
        id=OuterRef("assignment"), history_date__gte=OuterRef(OuterRef("created_at"))
    )
    touched = Reminder.objects.filter(Exists(since), mail=OuterRef("pk"))
    waiting = OutgoingMail.objects.unsent().filter(Q(leased_until=None) | Q(leased_until__lt=now))
    for mail in (
        waiting.filter(Exists(touched), key__startswith=MAIL)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .prefetch_related(
            "reminders__assignment__lead_unit",
            "reminders__assignment__conclusion__notice__meeting",
            "reminders__assignment__supporting_units",
        )
    ):
        rows = list(mail.reminders.all())
        theirs = set(
            Assignment.objects.open()
            .visible_to(mail.recipient)
            .filter(pk__in=[row.assignment_id for row in rows])
            .values_list("pk", flat=True)
        )
        left = [row for row in rows if row.assignment_id in theirs and row.last_day == row.assignment.last_day]
        if not left:
            mail.given_up_at, mail.last_error = now, "what it reminded of is settled"
            mail.save(update_fields=["given_up_at", "last_error"])
        elif len(left) < len(rows) and mail.attempts == 0:
            Reminder.objects.filter(pk__in={row.pk for row in rows} - {row.pk for row in left}).update(mail=None)
            mail.subject = " ".join(_words("subject", mail.recipient, left, now).split())[:250]
            mail.body = _words("body", mail.recipient, left, now)
            mail.save(update_fields=["subject", "body"])


@transaction.atomic
def send_again(mail: OutgoingMail, *, by: User) -> OutgoingMail | None:
    """A new mail with the same words, for one that failed or was lost; None when it leads to no task any more.

    The old one stays on the record. Pressed twice it is sent once: the second time the copy is still on its way.
    """
    mail = OutgoingMail.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=mail.pk)
    theirs = Assignment.objects.visible_to(mail.recipient)
    if not mail.reminders.filter(assignment__in=theirs.values("pk")).exists():
        return None
    if mail.sent_at is None and mail.given_up_at is None:
        return mail
    copy = outbox.post(
        key=f"{mail.key}:again:{by.pk}:{mail.pk}",
        recipient=mail.recipient,
        subject=mail.subject,
        body=mail.body,
        only_by_day=True,
    )
    mail.reminders.update(mail=copy)
    return copy


def _words(part: str, person: User, rows: Sequence[Reminder], now: dt.datetime) -> str:
    """A part of the mail, in Vietnamese whatever the language of whoever's clock this is."""
    today = timezone.localdate(now)
    lines = sorted((_line(row, today) for row in rows), key=lambda line: (line["left"], line["assignment"].pk))
    with translation.override("vi"):
        return render_to_string(
            f"meetings/mail/reminder_{part}.txt",
            {
                "person": person,
                "lines": lines,
                "first": lines[0],
                "overdue": sum(line["left"] < 0 for line in lines),
                "today": deadlines.numeric_date(today),
                "register": settings.SITE_URL + reverse("meetings:assignments"),
            },
        )


def _line(row: Reminder, today: dt.date) -> dict[str, Any]:
    task = row.assignment
    meeting = task.conclusion.notice.meeting
    left = deadlines.days_left(task.last_day, today)
    return {
        "assignment": task,
        "conclusion": task.conclusion,
        "meeting": meeting,
        "held_on": deadlines.numeric_date(timezone.localdate(meeting.starts_at)),
        "supporting": ", ".join(unit.name for unit in task.supporting_units.all()),
        "phrase": deadlines.phrase(task.limit, task.due_on, at=task.due_time),
        "last_day": deadlines.numeric_date(task.last_day),
        "left": left,
        "overdue": -left,
        "late_since": deadlines.numeric_date(row.due_on) if row.is_late and row.due_on else "",
        "address": settings.SITE_URL + reverse("meetings:assignment", args=[task.pk]),
    }
