"""Celery's part in rounds: the clock says "sweep now", the database decides who is reminded."""

from __future__ import annotations

from celery import shared_task

from accounts import outbox
from comments import rounds


@shared_task
def remind_of_rounds() -> int:
    """Remind whoever has not answered a round that closes soon; returns how many mails were new."""
    written = rounds.remind_before_closing()
    outbox.deliver()
    return written
