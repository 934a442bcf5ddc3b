"""The tasks that conclusions give out."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from drafts.models import Document, Edition
from drafts.recording import records
from meetings import deadlines
from meetings.models.absences import acted_for, units_acted_for
from meetings.models.conclusions import Conclusion
from meetings.models.meetings import Meeting


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    OPEN_STATES = ("new", "acknowledged", "in_progress", "returned")

    def open(self) -> AssignmentQuerySet:
        """Tasks on which the lead unit still has something to do."""
        return self.filter(state__in=self.OPEN_STATES)

    def overdue(self, on: dt.date) -> AssignmentQuerySet:
        return self.open().filter(last_day__lt=on)

    def late_at(self, moment: dt.datetime) -> AssignmentQuerySet:
        """Open past the last day, or past the hour on the last day."""
        return self.open().filter(is_late_at(moment))

    def visible_to(self, user: User) -> AssignmentQuerySet:
        """Tasks given to the person, to a unit the person acts for, and of meetings the person chairs or keeps.

        Whoever stands in for somebody sees the tasks given to them and to their units.
        """
        if not user.is_active:
            return self.none()
        units = units_acted_for(user).values("pk")
        named = self.model.objects.filter(person_links__user__in=acted_for(user)).values("pk")
        meetings = Meeting.objects.filter(models.Q(chair=user) | models.Q(secretary=user)).values("pk")
        supported = SupportingUnit.objects.filter(unit__in=units).values("assignment")
        return self.filter(
            models.Q(lead_unit__in=units)
            | models.Q(pk__in=supported)
            | models.Q(pk__in=named)
            | models.Q(conclusion__notice__meeting__in=meetings)
        )


def is_late_at(moment: dt.datetime) -> models.Q:
    """Past the last day, or past the hour of the last day."""
    local = timezone.localtime(moment)
    return models.Q(last_day__lt=local.date()) | models.Q(last_day=local.date(), due_time__lt=local.time())


def done_in_time() -> models.Q:
    """Reported done by the end of the last day, or by its hour."""
    day, hour = models.F("last_day"), models.F("due_time")
    on_the_day = models.Q(done_at__date=day) & (models.Q(due_time=None) | models.Q(done_at__time__lte=hour))
    return models.Q(done_at__date__lt=day) | on_the_day


class Assignment(models.Model):
    """A task from a conclusion: lead unit, supporting units, deadline. ``last_day`` is computed when it is set."""

    class Limit(models.TextChoices):
        BEFORE = deadlines.Limit.BEFORE.value, _("before the date")
        BY = deadlines.Limit.BY.value, _("by the date")

    class State(models.TextChoices):
        NEW = "new", _("new")
        ACKNOWLEDGED = "acknowledged", _("acknowledged")
        IN_PROGRESS = "in_progress", _("in progress")
        REPORTED = "reported", _("reported done")
        ACCEPTED = "accepted", _("accepted as done")
        RETURNED = "returned", _("returned")
        CANCELLED = "cancelled", _("cancelled")

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="assignments")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("draft")
    )
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="led", verbose_name=_("lead unit"))
    supporting_units = models.ManyToManyField(
        Unit,
        through="SupportingUnit",
        blank=True,
        related_name="supported",
        verbose_name=_("supporting units"),
    )
    task = models.TextField(_("task"))
    product = models.CharField(_("expected product"), max_length=300, blank=True)
    due_on = models.DateField(_("deadline"))
    limit = models.CharField(_("kind of limit"), max_length=6, choices=Limit.choices)
    due_time = models.TimeField(_("hour"), null=True, blank=True)
    last_day = models.DateField(_("last day"))
    given_on = models.DateField(_("given on"), default=timezone.localdate)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NEW)
    asks_for_edition = models.BooleanField(_("is done with a new edition of the draft"), default=False)
    fulfilled_by = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="fulfils", verbose_name=_("edition")
    )
    result = models.TextField(_("result"), blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    history = records()
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["last_day", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(task=""), name="an_assignment_says_what_to_do"),
            models.CheckConstraint(
                condition=models.Q(limit="by", last_day=models.F("due_on"))
                | models.Q(limit="before", last_day__lt=models.F("due_on")),
                name="before_means_the_day_before",
            ),
            models.CheckConstraint(
                condition=models.Q(due_time=None) | models.Q(limit="by"), name="an_hour_is_of_the_last_day"
            ),
            models.CheckConstraint(
                condition=models.Q(document__isnull=False) | models.Q(asks_for_edition=False, fulfilled_by=None),
                name="only_a_task_about_a_draft_is_done_with_an_edition",
            ),
        ]
        indexes = [
            models.Index(
                fields=["last_day"],
                condition=models.Q(state__in=AssignmentQuerySet.OPEN_STATES),
                name="open_assignments_by_last_day",
            )
        ]

    def __str__(self) -> str:
        return self.task[:80]

    @property
    def is_open(self) -> bool:
        return self.state in AssignmentQuerySet.OPEN_STATES


class SupportingUnit(models.Model):
    """A unit supports a task. A row of its own, so that linking and unlinking stand in the diary."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="support_links")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="support_links")

    history = records()

    class Meta:
        db_table = "meetings_assignment_supporting_units"
        unique_together = [("assignment", "unit")]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.unit_id}"
