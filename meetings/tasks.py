"""Celery's part in reminding: the clock says "sweep now", the database decides what is due."""

from __future__ import annotations

from celery import shared_task

from accounts import outbox
from meetings import reminders


@shared_task
def remind() -> int:
    """Write the reminders due today and send their mails; returns how many were new."""
    written = reminders.remind()
    outbox.deliver()
    return written
