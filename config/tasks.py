"""The worker's sign of life."""

from __future__ import annotations

from celery import shared_task


@shared_task(name="config.tasks.heartbeat")
def heartbeat() -> None:
    """Taken from the queue, so the whole way clock → broker → worker is alive."""
