"""The reminders that follow tasks until they are done."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import OutgoingMail, User
from meetings.models.assignments import Assignment


class Reminder(models.Model):
    """One reminder for one assignment, one recipient, one occasion: the database lets it be written once."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reminders")
    recipient = models.ForeignKey(User, models.PROTECT, related_name="reminders")
    last_day = models.DateField()
    occasion = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)
    mail = models.ForeignKey(OutgoingMail, models.PROTECT, null=True, related_name="reminders")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "recipient", "last_day", "occasion"], name="a_reminder_is_written_once"
            )
        ]
        indexes = [models.Index(fields=["recipient"], condition=models.Q(seen_at=None), name="reminders_not_seen")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.occasion}"
