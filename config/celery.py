"""The Celery application: ``celery -A config.celery worker``."""

from __future__ import annotations

import gc
import os

from celery import Celery, Task
from celery.signals import worker_ready

from config.stack import with_room

gc.disable()  # until every app is loaded: config.apps
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class RoomyTask(Task):
    """Works where calls are quick, like a request (config.middleware.room_for_calls)."""

    abstract = True
    __call__ = with_room(Task.__call__)


app = Celery("gopy", task_cls=RoomyTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def beat_at_once(sender: object, **rest: object) -> None:
    """Nobody waits for the clock's first tick to learn that the worker is there."""
    app.send_task("config.tasks.heartbeat")
