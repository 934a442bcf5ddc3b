"""What every part of the demonstration knows: the story, who and what is in it by code, and when each act happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from comments.models import Comment
from drafts import diary
from drafts.models import Document, Edition

Story = dict[str, Any]


class Telling:
    """Parts add what happened in whatever order; it is done in the order of time."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.now = timezone.localtime()
        self.units: dict[str, Unit] = {}
        self.people: dict[str, User] = {}
        self.documents: dict[str, Document] = {}
        self.editions: dict[str, Edition] = {}
        self.comments: dict[str, Comment] = {}
        self.acts: list[tuple[dt.datetime, Callable[[], object]]] = []

    def tell(self, days_ago: int, hour: int, act: Callable[[], object]) -> None:
        """Remember something that happened."""
        self.acts.append((self.day(days_ago, hour), act))

    def day(self, days_ago: int, hour: int, minute: int = 0) -> dt.datetime:
        moment = (self.now - dt.timedelta(days=days_ago)).replace(hour=hour, minute=minute, second=0, microsecond=0)
        return min(moment, self.now)

    def act(self) -> None:
        """Do it all."""
        for moment, act in sorted(self.acts, key=lambda entry: entry[0]):
            with diary.dated(moment):
                act()
