"""Celery's part in drafts: the clock says "sweep now", the database decides what is old."""

from __future__ import annotations

from celery import shared_task

from drafts import sources


@shared_task
def drop_unclaimed_files() -> int:
    """Delete uploaded files nobody made a draft from; returns how many."""
    return sources.drop_unclaimed()
