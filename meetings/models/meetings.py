"""Meetings: who is asked, and what is on the agenda."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from drafts.models import Document, Edition
from drafts.recording import records


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
