"""The secret addresses of people's calendars."""

from __future__ import annotations

from django.db import models

from accounts.models import User


class CalendarFeed(models.Model):
    """How often a person renewed the address of the calendar of tasks: an address of an earlier turn opens nothing."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    turn = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.turn}"
