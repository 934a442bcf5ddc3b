"""Meetings, the chair's conclusions, the tasks they give out, and the reminders that follow them."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail, Unit, User
from drafts.models import Document, Edition
from drafts.recording import records
from meetings import deadlines


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> MeetingQuerySet:
        """Meetings the person chairs, keeps, or attends, alone or as a member of a unit."""
        if not user.is_active:
            return self.none()
        attended = Attendance.objects.filter(
            models.Q(user=user) | models.Q(unit=user.unit_id, unit__isnull=False)
        ).values("meeting")
        return self.filter(models.Q(chair=user) | models.Q(secretary=user) | models.Q(pk__in=attended))


class Meeting(models.Model):
    """A meeting (cuộc họp, hội nghị): body, time, place, chair, secretary."""

    title = models.CharField(_("title"), max_length=300)
    body = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body that meets")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    chair = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("chair"))
    secretary = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("secretary"))

    history = records()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-id"]
        permissions = [("create_meetings", _("Can create meetings"))]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One matter on the agenda: usually a draft, in the edition that is on the table."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveIntegerField()
    title = models.CharField(_("matter"), max_length=300)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name=_("draft")
    )
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="+")
    presenter = models.CharField(_("presenter"), max_length=200, blank=True)
    minutes = models.PositiveIntegerField(_("minutes planned"), null=True, blank=True)

    history = records()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="one_agenda_item_per_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Somebody asked to the meeting: a person, a unit, or a guest by post; and whether they came."""

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("absent, excused")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="attendances")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="attendances")
    guest = models.CharField(_("guest"), max_length=200, blank=True)
    state = models.CharField(_("attendance"), max_length=8, choices=State.choices, default=State.INVITED)
    rank = models.PositiveIntegerField(_("protocol rank"), default=1000)

    history = records()

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(user__isnull=False, unit=None, guest="")
                    | models.Q(user=None, unit__isnull=False, guest="")
                    | (models.Q(user=None, unit=None) & ~models.Q(guest=""))
                ),
                name="an_attendee_is_a_person_a_unit_or_a_guest",
            ),
            models.UniqueConstraint(fields=["meeting", "user"], name="a_person_attends_once"),
            models.UniqueConstraint(fields=["meeting", "unit"], name="a_unit_attends_once"),
        ]

    def __str__(self) -> str:
        return str(self.user or self.unit or self.guest)


class ConclusionNotice(models.Model):
    """The container of a meeting's conclusions. Once signed, nothing in it changes; a further notice supplements it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notices")
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(signed_at=None), name="one_unsigned_notice_per_meeting"
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None, signed_by=None)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False),
                name="a_signed_notice_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or f"#{self.pk}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class Conclusion(models.Model):
    """A numbered point of the chair's conclusion. It has tasks, or says that it gives rise to none."""

    notice = models.ForeignKey(ConclusionNotice, models.PROTECT, related_name="conclusions")
    number = models.PositiveIntegerField()
    text = models.TextField(_("conclusion"))
    documents = models.ManyToManyField(
        Document,
        through="ConclusionDocument",
        blank=True,
        related_name="conclusions",
        verbose_name=_("drafts"),
    )
    gives_no_task = models.BooleanField(_("gives rise to no task"), default=False)

    history = records()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="conclusions_are_numbered"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_conclusion_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class ConclusionDocument(models.Model):
    """A conclusion concerns a draft. A row of its own, so that linking and unlinking stand in the diary."""

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="document_links")
    document = models.ForeignKey(Document, models.PROTECT, related_name="conclusion_links")

    history = records()

    class Meta:
        db_table = "meetings_conclusion_documents"
        unique_together = [("conclusion", "document")]

    def __str__(self) -> str:
        return f"{self.conclusion_id}: {self.document_id}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    OPEN_STATES = ("new", "acknowledged", "in_progress", "returned")

    def open(self) -> AssignmentQuerySet:
        """Tasks on which the lead unit still has something to do."""
        return self.filter(state__in=self.OPEN_STATES)

    def overdue(self, on: dt.date) -> AssignmentQuerySet:
        return self.open().filter(last_day__lt=on)

    def visible_to(self, user: User) -> AssignmentQuerySet:
        """Tasks of the person's unit or contacts, and of meetings the person chairs or keeps."""
        if not user.is_active:
            return self.none()
        units = Unit.objects.filter(models.Q(pk=user.unit_id) | models.Q(contacts__user=user)).values("pk")
        meetings = Meeting.objects.filter(models.Q(chair=user) | models.Q(secretary=user)).values("pk")
        supported = SupportingUnit.objects.filter(unit__in=units).values("assignment")
        return self.filter(
            models.Q(lead_unit__in=units)
            | models.Q(pk__in=supported)
            | models.Q(conclusion__notice__meeting__in=meetings)
        )


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
    last_day = models.DateField(_("last day"))
    given_on = models.DateField(_("given on"), default=timezone.localdate)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NEW)
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
