"""The reminders that follow tasks until they are done, and the rules of each meeting about them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail, User
from drafts.recording import records
from meetings import deadlines
from meetings.models.assignments import Assignment
from meetings.models.meetings import Meeting


def usual_days() -> list[int]:
    return list(deadlines.DAYS_AHEAD)


class ReminderRule(models.Model):
    """When and whom the tasks of one meeting recall; a meeting without a rule has the usual one."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="reminder_rule")
    days_ahead = models.JSONField(_("days before the last day"), default=usual_days, blank=True)
    hour = models.PositiveSmallIntegerField(
        _("hour of the day"), default=7, validators=[MinValueValidator(7), MaxValueValidator(18)]
    )
    tells_supporting = models.BooleanField(_("remind supporting units too"), default=False)
    secretary_after = models.PositiveSmallIntegerField(
        _("tell the secretary when so many days overdue"), null=True, blank=True, validators=[MaxValueValidator(365)]
    )
    chair_after = models.PositiveSmallIntegerField(
        _("tell the chair when so many days overdue"), null=True, blank=True, validators=[MaxValueValidator(365)]
    )

    history = records()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(hour__lt=24), name="a_rule_has_an_hour_of_the_day")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.days_ahead}"


class Reminder(models.Model):
    """One reminder for one assignment, one recipient, one occasion: the database lets it be written once.

    ``due_on`` is the day it belongs to; one written on a later day is late. Several share a mail.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reminders")
    recipient = models.ForeignKey(User, models.PROTECT, related_name="reminders")
    last_day = models.DateField()
    occasion = models.CharField(max_length=30)
    due_on = models.DateField(null=True)
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

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and timezone.localdate(self.at) > self.due_on
