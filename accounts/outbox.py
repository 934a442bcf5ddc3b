"""The outbox: mail is a row written in the same transaction as its cause, and marked after the server said yes.

Taking a row leases it (``FOR UPDATE SKIP LOCKED``), so two workers never send the same one, and a worker that dies
gives it back when the lease ends. A server that accepted the mail and died before answering gets it once more, with
the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from accounts.models import OutgoingMail, User

LEASE = dt.timedelta(minutes=2)
GIVE_UP_AFTER = dt.timedelta(hours=24)
_BACKOFF_MINUTES = (1, 2, 5, 10, 30, 60)


def post(
    *, key: str, recipient: User, subject: str, body: str, due_at: dt.datetime | None = None
) -> OutgoingMail:
    """Write a mail into the outbox, once per key. Call it inside the transaction of its cause."""
    mail, _created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "subject": " ".join(subject.split())[:250],
            "body": body,
            "due_at": due_at or timezone.now(),
        },
    )
    return mail


def deliver(*, limit: int = 100) -> int:
    """Send what is due, one mail at a time; return how many were sent."""
    sent = 0
    with get_connection() as connection:
        for _attempt in range(limit):
            mail = _take()
            if mail is None:
                break
            sent += _send(mail, connection)
    return sent


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt at the same mail."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{mail.message_id}@{domain}>"


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
        mail.save(update_fields=["leased_until", "attempts"])
    return mail


def _send(mail: OutgoingMail, connection: object) -> bool:
    if not mail.recipient.is_active or not mail.recipient.email:
        _give_up(mail, "the recipient has no address or is no longer active")
        return False
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.recipient.email],
        connection=connection,
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        _postpone(mail, error)
        return False
    mail.sent_at, mail.leased_until, mail.last_error = timezone.now(), None, ""
    mail.save(update_fields=["sent_at", "leased_until", "last_error"])
    return True


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    now = timezone.now()
    if now - mail.created_at > GIVE_UP_AFTER:
        _give_up(mail, repr(error))
        return
    wait = _BACKOFF_MINUTES[min(mail.attempts, len(_BACKOFF_MINUTES)) - 1]
    mail.last_error = repr(error)[:500]
    mail.leased_until = None
    mail.due_at = now + dt.timedelta(minutes=wait)
    mail.save(update_fields=["last_error", "leased_until", "due_at"])


def _give_up(mail: OutgoingMail, why: str) -> None:
    mail.given_up_at, mail.leased_until, mail.last_error = timezone.now(), None, why[:500]
    mail.save(update_fields=["given_up_at", "leased_until", "last_error"])
