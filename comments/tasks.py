"""Celery's part in opinions: the clock says "sweep now", the database decides what there is to do."""

from __future__ import annotations

from celery import shared_task

from accounts import outbox
from comments import rounds, topics


@shared_task
def remind_of_rounds() -> int:
    """Open rounds whose moment has come; remind whoever has not answered one that closes soon. Returns how many were
    reminded.
    """
    rounds.open_what_has_come()
    written = rounds.remind_before_closing()
    outbox.deliver()
    return written


@shared_task
def group_comments() -> int:
    """Carry out the searches for like comments that people asked for; returns how many."""
    return topics.carry_out_waiting()
