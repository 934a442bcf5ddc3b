"""The worker's sign of life."""

from __future__ import annotations

from celery import shared_task

from config import health


@shared_task
def heartbeat() -> None:
    """Comes from the clock by way of the broker."""
    health.beat()
