"""Celery's part in opinions: the clock says "sweep now", the database decides what there is to do."""

from __future__ import annotations

from celery import shared_task

from accounts import outbox
from comments import rounds, topics


@shared_task
def remind_of_rounds() -> int:
    """Remind whoever has not answered a round that closes soon; returns how many mails were new."""
    written = rounds.remind_before_closing()
    outbox.deliver()
    return written


@shared_task
def group_comments() -> int:
    """Carry out the searches for like comments that people asked for; returns how many."""
    return topics.carry_out_waiting()
