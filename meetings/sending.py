"""What is scheduled, what was sent to whom when, and what failed: for administrators, without the words of any task."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import OutgoingMail, User
from meetings.reminders import MAIL
from meetings.reminding import open_book, planned

AHEAD = 7
STATES: dict[str, Q] = {
    "all": Q(),
    "waiting": Q(sent_at=None, given_up_at=None),
    "failed": Q(given_up_at__isnull=False),
    "sent": Q(sent_at__isnull=False),
}


@dataclass(frozen=True)
class Planned:
    """What a person will be reminded of on a day if every task stays as it is."""

    day: dt.date
    person: User
    tasks: int


def mails(state: str) -> QuerySet[OutgoingMail]:
    """Mails about reminders, the newest first, with ``tasks``: how many reminders are in it."""
    rows = OutgoingMail.objects.filter(STATES[state], key__startswith=MAIL)
    return rows.select_related("recipient__unit").annotate(tasks=Count("reminders")).order_by("-pk")


def counts() -> dict[str, int]:
    """How many mails are in every state. One query."""
    rows = OutgoingMail.objects.filter(key__startswith=MAIL)
    return rows.aggregate(**{name: Count("pk", filter=condition) for name, condition in STATES.items()})


def next_days(today: dt.date) -> list[Planned]:
    """The coming week, day by day."""
    days = [today + dt.timedelta(days=number) for number in range(1, AHEAD + 1)]
    book = open_book(days[-1])
    return [
        Planned(day, person, len(wanted))
        for day in days
        for person, wanted in sorted(planned(book, on=day).items(), key=lambda pair: pair[0].name_key)
    ]
