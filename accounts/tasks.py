"""Celery's part in the mail: the clock says "sweep now", the database decides what is due."""

from __future__ import annotations

from celery import shared_task

from accounts import notices, outbox


@shared_task
def deliver_mail() -> int:
    """Send what stands in the outbox; returns how many mails left."""
    return outbox.deliver()


@shared_task
def mail_notices() -> int:
    """Write the mails about notices that are due, and send them; returns how many were written."""
    written = notices.mail_what_waits()
    outbox.deliver()
    return written
