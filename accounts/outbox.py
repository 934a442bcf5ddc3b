"""The outbox: mail is a row written in the same transaction as its cause, and marked after the server said yes.

Taking a row leases it (``FOR UPDATE SKIP LOCKED``), so two workers never send the same one, and a worker that dies
gives it back when the lease ends. A server that accepted the mail and died before answering gets it once more, with
the same Message-ID.

What a mail speaks of is asked once more when it leaves: between writing and sending lie an outage, a night, or half an
hour by design, and its recipient may have lost the seat.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
import time
from collections.abc import Iterable, Mapping, Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from accounts.knowing import may_know
from accounts.models import OutgoingMail, User

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
# One mail asks the server four times (from, to, data, text): all of that must fit into the lease.
ANSWER_SECONDS = 12
# A sweep ends well before Celery's soft time limit would cut a conversation in two.
SWEEP_ENDS_AFTER = 120
GIVE_UP_AFTER = dt.timedelta(hours=24)
_BACKOFF_MINUTES = (1, 2, 5, 10, 30, 60)
_REFUSALS = (OSError, smtplib.SMTPException, ValueError)  # ValueError: an address or a subject no header can hold


def post(
    *,
    key: str,
    recipient: User,
    subject: str,
    body: str,
    due_at: dt.datetime | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[tuple[str, str, str]] = (),
    about: Iterable[str] = (),
    only_by_day: bool = False,
) -> OutgoingMail:
    """Write a mail into the outbox, once per key. Call it inside the transaction of its cause.

    ``attachments`` are texts: (name of the file, text, type). ``about`` names what the words tell of ("draft:12"): the
    recipient must be allowed to know of all of it when the mail leaves. ``only_by_day`` mail waits for the hours at
    which reminders may be sent.
    """
    mail, _created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "subject": " ".join(subject.split())[:250],
            "body": body,
            "headers": dict(headers or {}),
            "attachments": [list(attachment) for attachment in attachments],
            "about": sorted(about),
            "only_by_day": only_by_day,
            "due_at": due_at or timezone.now(),
        },
    )
    return mail


def deliver(*, limit: int = 100) -> int:
    """Send what is due, one mail at a time; return how many were sent.

    Nothing is taken while the server does not answer, so an outage uses up no attempts.
    """
    if not OutgoingMail.objects.ready(timezone.now()).exists():
        return 0
    ends_at = time.monotonic() + SWEEP_ENDS_AFTER
    sent, connection = 0, _connect()
    while connection is not None and limit > 0 and time.monotonic() < ends_at:
        limit -= 1
        mail = _take()
        if mail is None:
            break
        if _send(mail, connection):
            sent += 1
        elif mail.last_error:
            # The server may have hung up, or be in the middle of a sentence: the next mail gets a new conversation.
            _hang_up(connection)
            connection = _connect()
    _hang_up(connection)
    return sent


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt at the same mail."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{mail.message_id}@{domain}>"


def _connect() -> BaseEmailBackend | None:
    connection = get_connection(timeout=min(settings.EMAIL_TIMEOUT, ANSWER_SECONDS))
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail server does not answer: %s", type(error).__name__)
        return None
    return connection


def _hang_up(connection: BaseEmailBackend | None) -> None:
    if connection is None:
        return
    try:
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        log.info("The mail server did not say goodbye: %s", type(error).__name__)


@transaction.atomic
def _take() -> OutgoingMail | None:
    now = timezone.now()
    mail = (
        OutgoingMail.objects.ready(now)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .order_by("due_at", "pk")
        .first()
    )
    if mail is not None:
        mail.leased_until = now + LEASE
        mail.attempts += 1
        mail.first_tried_at = mail.first_tried_at or now
        mail.save(update_fields=["leased_until", "attempts", "first_tried_at"])
    return mail


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> bool:
    """Hand one mail to the server. ``mail.last_error`` says why when the answer is no."""
    mail.last_error = ""
    if not mail.recipient.is_active or not mail.recipient.email:
        _mark(mail, given_up_at=timezone.now(), last_error="the recipient has no address or is no longer active")
        return False
    if lost := _may_not_know(mail):
        _withhold(mail, lost)
        return False
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.recipient.email],
        connection=connection,
        headers={**mail.headers, "Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    for name, text, content_type in mail.attachments:
        message.attach(name, text, content_type)
    try:
        message.send()
    except _REFUSALS as error:
        mail.last_error = repr(error)[:500]
        _postpone(mail)
        return False
    _mark(mail, sent_at=timezone.now(), last_error="")
    return True


def _may_not_know(mail: OutgoingMail) -> set[str]:
    """What the mail speaks of and its recipient may not know of now."""
    known = may_know(mail.about, [mail.recipient_id])
    return {about for about in mail.about if (about, mail.recipient_id) not in known}


@transaction.atomic
def _withhold(mail: OutgoingMail, lost: set[str]) -> None:
    """Let it not leave. The other news in it waits for a mail of its own, unless the server may have seen this one."""
    withheld = _mark(
        mail, given_up_at=timezone.now(), last_error="the recipient may not know any more what it is about"
    )
    if withheld and mail.attempts == 1:
        mail.notices.filter(recipient=mail.recipient_id).exclude(about__in=lost).update(mailed_at=None, mail=None)


def _postpone(mail: OutgoingMail) -> None:
    """Try again later, or no more after a day of refusals. A day on which the server did not answer is none."""
    now = timezone.now()
    # A day from the first attempt, and all the pauses: an outage before it, or right after it, costs no mail.
    since = mail.first_tried_at or now
    if now - since > GIVE_UP_AFTER and mail.attempts > len(_BACKOFF_MINUTES):
        log.error("Mail %s was refused for a day and is given up", mail.pk)
        _mark(mail, given_up_at=now, last_error=mail.last_error)
        return
    wait = _BACKOFF_MINUTES[min(mail.attempts, len(_BACKOFF_MINUTES)) - 1]
    _mark(mail, due_at=now + dt.timedelta(minutes=wait), last_error=mail.last_error)


def _mark(mail: OutgoingMail, **outcome: object) -> bool:
    """Write what became of this attempt, unless another worker has taken the mail since: then the outcome is theirs.

    A mail that was sent is marked in any case; the number of the attempt tells the attempts apart. One that went to a
    successor in the post meanwhile was not refused to them: it is tried again when the lease ends.
    """
    rows = OutgoingMail.objects.filter(pk=mail.pk, sent_at=None)
    if "sent_at" not in outcome:
        rows = rows.filter(attempts=mail.attempts, recipient=mail.recipient_id)
    return rows.update(leased_until=None, **outcome) > 0
