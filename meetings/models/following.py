"""What becomes of a task while it is worked on: who does it, what they report, and more time asked for."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from drafts.recording import records
from meetings.models.assignments import Assignment


class ResponsiblePerson(models.Model):
    """A person by name who answers for a task, beside the lead unit."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="person_links")
    user = models.ForeignKey(User, models.PROTECT, related_name="responsible_for")

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assignment", "user"], name="a_person_answers_for_a_task_once")]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.user_id}"


class ProgressReport(models.Model):
    """What was done about a task so far, with links and files. ``key`` makes a form sent twice one report."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    key = models.UUIDField(unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("progress"))
    links = models.JSONField(_("links"), default=list, blank=True)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="a_report_says_something")]

    def __str__(self) -> str:
        return self.text[:80]


def _report_path(file: ReportFile, name: str) -> str:
    """Stored under a name of ours: what the sender called the file is only a label."""
    return f"reports/{uuid.uuid4().hex}"


class ReportFile(models.Model):
    """A file that came with a report. ``content_type`` was found in the file, not taken from the sender."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="files")
    file = models.FileField(upload_to=_report_path)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Extension(models.Model):
    """More time for a task: asked for with a reason, then granted or refused by the chair or the secretary.

    A refusal has its words; a request that ended with the task has none.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason"))
    former_last_day = models.DateField()
    due_on = models.DateField(_("new deadline"))
    limit = models.CharField(_("kind of limit"), max_length=6, choices=Assignment.Limit.choices)
    due_time = models.TimeField(_("hour"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)
    decision = models.TextField(_("words of the decision"), blank=True)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="more_time_is_asked_for_with_a_reason"),
            models.UniqueConstraint(
                fields=["assignment"], condition=models.Q(decided_at=None), name="one_open_extension_per_assignment"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None, is_granted=None)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False, is_granted__isnull=False),
                name="a_decision_on_more_time_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.due_on}"
