"""The Celery application: ``celery -A config.celery worker``."""

from __future__ import annotations

import gc
import os

from celery import Celery
from celery.signals import worker_ready

gc.disable()  # until every app is loaded: config.apps
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("gopy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def beat_at_once(sender: object, **rest: object) -> None:
    """Nobody waits for the clock's first tick to learn that the worker is there."""
    app.send_task("config.tasks.heartbeat")
