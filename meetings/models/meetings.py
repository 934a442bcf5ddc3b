"""Meetings: who is asked, and what is on the agenda."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from drafts.models import Document, Edition
from drafts.recording import records


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> MeetingQuerySet:
        """Meetings the person chairs, keeps, or attends: alone, as a member of a unit, or in somebody's place."""
        if not user.is_active:
            return self.none()
        attended = Attendance.objects.filter(
            models.Q(user=user)
            | models.Q(unit=user.unit_id, unit__isnull=False)
            | models.Q(substitute_user=user, reply=Attendance.Reply.SUBSTITUTE)
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
    calls = models.PositiveIntegerField(default=0)
    """How often people were told of its time and place: the SEQUENCE of the calendar file."""

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

    @property
    def is_cancelled(self) -> bool:
        """Needs ``select_related("cancellation")`` in lists."""
        return hasattr(self, "cancellation")


class Cancellation(models.Model):
    """The meeting is called off: by whom, when and why."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="cancellation")
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    history = records()

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.reason[:60]}"


class AgendaItem(models.Model):
    """One matter on the agenda: usually a draft, in the edition that is on the table."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveIntegerField()
    title = models.CharField(_("matter"), max_length=300)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name=_("draft")
    )
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="+")
    assignment = models.ForeignKey("Assignment", models.PROTECT, null=True, blank=True, related_name="agenda_items")
    presenter = models.CharField(_("presenter"), max_length=200, blank=True)
    minutes = models.PositiveIntegerField(_("minutes planned"), null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

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


def _paper_path(paper: AgendaPaper, name: str) -> str:
    """Stored under a name of ours: what the sender called the file is only a label."""
    return f"papers/{uuid.uuid4().hex}"


class AgendaPaper(models.Model):
    """A file to read for a matter; what is taken away stays in the record.

    ``content_type`` was found in the file, ``digest`` is its SHA-256.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers")
    file = models.FileField(upload_to=_paper_path)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "digest"], name="a_paper_is_attached_once")]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """Somebody asked to the meeting: a person, a unit, or a guest; what they answered, and whether they came.

    A guest has a post and, where it is known, a name. A substitute is a colleague with an account, or words.
    """

    class Reply(models.TextChoices):
        NONE = "none", _("no answer yet")
        COMING = "coming", _("coming")
        SUBSTITUTE = "substitute", _("sends a substitute")
        EXCUSED = "excused", _("cannot come")

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("absent, excused")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="attendances")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="attendances")
    guest = models.CharField(_("guest"), max_length=200, blank=True)
    guest_name = models.CharField(_("name of the guest"), max_length=150, blank=True)
    state = models.CharField(_("attendance"), max_length=8, choices=State.choices, default=State.INVITED)
    rank = models.PositiveIntegerField(_("protocol rank"), default=1000)
    called_at = models.DateTimeField(_("invitation sent at"), null=True, blank=True)
    reply = models.CharField(_("answer"), max_length=10, choices=Reply.choices, default=Reply.NONE)
    reply_note = models.CharField(_("reason"), max_length=500, blank=True)
    substitute = models.CharField(_("substitute"), max_length=200, blank=True)
    substitute_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

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
            models.CheckConstraint(
                condition=models.Q(guest_name="") | ~models.Q(guest=""), name="only_guests_have_names_of_their_own"
            ),
            models.CheckConstraint(
                condition=models.Q(reply="substitute") | models.Q(substitute="", substitute_user=None),
                name="only_who_sends_a_substitute_names_one",
            ),
            models.UniqueConstraint(fields=["meeting", "user"], name="a_person_attends_once"),
            models.UniqueConstraint(fields=["meeting", "unit"], name="a_unit_attends_once"),
        ]

    def __str__(self) -> str:
        if self.guest_name:
            return f"{self.guest_name} ({self.guest})"
        return str(self.user or self.unit or self.guest)

    @property
    def who_comes_instead(self) -> str:
        """The substitute, for the eye. Needs ``select_related("substitute_user")`` in lists."""
        return str(self.substitute_user) if self.substitute_user else self.substitute
