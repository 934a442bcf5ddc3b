"""People, the units they work in, and the mail that must reach them. Knows nothing of drafts."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.fields import KeyField
from accounts.vietnamese import fold, name_sort_key, sort_key


class UnitQuerySet(models.QuerySet["Unit"]):
    def standing(self, on: dt.date | None = None) -> UnitQuerySet:
        """Units that exist on a day, today if none is given."""
        on = on or timezone.localdate()
        return self.filter(
            models.Q(founded_on=None) | models.Q(founded_on__lte=on),
            models.Q(dissolved_on=None) | models.Q(dissolved_on__gt=on),
        )

    def in_protocol_order(self) -> UnitQuerySet:
        return self.order_by("rank", "name_key")


class Unit(models.Model):
    """A body or office (cơ quan, đơn vị). Units are founded, merged and dissolved: never deleted."""

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    rank = models.PositiveIntegerField(_("protocol rank"), default=1000)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    name_key = KeyField(source="name", key=sort_key)
    search_key = KeyField(source="name", key=fold)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))
    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["rank", "name_key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dissolved_on=None)
                | models.Q(founded_on=None)
                | models.Q(dissolved_on__gte=models.F("founded_on")),
                name="unit_dissolved_after_it_was_founded",
            ),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(dissolved_on=None), name="one_standing_unit_per_name"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def stands_on(self, day: dt.date) -> bool:
        founded = self.founded_on is None or self.founded_on <= day
        return founded and (self.dissolved_on is None or day < self.dissolved_on)


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def in_protocol_order(self) -> UserQuerySet:
        return self.order_by("rank", "name_key")


class PersonRecords(HistoricalRecords):
    """The record of a person: signing in, or choosing another password, changes nothing that is recorded."""

    def post_save(self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        if written is None or not set(written) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, **kwargs)


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's user manager with our adjectives."""


class User(AbstractUser):
    """A person with one full name, never split: Vietnamese sorts by the last word, addresses by the whole."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=150)
    position = models.CharField(_("position"), max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("unit")
    )
    rank = models.PositiveIntegerField(_("protocol rank"), default=1000)
    name_key = KeyField(source="full_name", key=name_sort_key)
    search_key = KeyField(source="full_name", key=fold)

    REQUIRED_FIELDS = ["email", "full_name"]

    history = PersonRecords(
        excluded_fields=["password", "last_login"], history_change_reason_field=models.TextField(null=True)
    )
    objects = PeopleManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name_key"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_person_per_email"),
            models.UniqueConstraint(Lower("username"), name="one_person_per_user_name"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class UnitContact(models.Model):
    """Who acts for a unit: sends its contribution, receives its reminders, acknowledges its tasks."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="contacts", verbose_name=_("unit"))
    user = models.ForeignKey(User, models.CASCADE, related_name="contact_for", verbose_name=_("person"))

    class Meta:
        verbose_name = _("unit contact")
        verbose_name_plural = _("unit contacts")
        constraints = [models.UniqueConstraint(fields=["unit", "user"], name="one_contact_per_unit_and_person")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.user}"


def is_by_day(moment: dt.datetime) -> bool:
    """Whether reminders of tasks may leave at this hour, Hà Nội time."""
    begins, ends = settings.REMINDER_HOURS
    return begins <= timezone.localtime(moment).hour < ends


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def unsent(self) -> OutgoingMailQuerySet:
        return self.filter(sent_at=None, given_up_at=None)

    def ready(self, now: dt.datetime) -> OutgoingMailQuerySet:
        """Not sent, due, and held by no living worker."""
        waiting = self.unsent().filter(models.Q(leased_until=None) | models.Q(leased_until__lt=now), due_at__lte=now)
        return waiting if is_by_day(now) else waiting.filter(only_by_day=False)


class OutgoingMail(models.Model):
    """One mail that must leave the system, written in the same transaction as its cause (the outbox).

    ``attachments`` are small files of text: ``[["hop.ics", "BEGIN:VCALENDAR…", "text/calendar; method=REQUEST"]]``.
    ``about`` (``["draft:12"]``) is asked when it leaves: whoever may not know of all of it any more does not get it.
    """

    key = models.CharField(max_length=200, unique=True)
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="mails", verbose_name=_("recipient"))
    subject = models.CharField(max_length=250)
    body = models.TextField()
    headers = models.JSONField(default=dict, blank=True)
    attachments = models.JSONField(default=list, blank=True)
    about = models.JSONField(default=list, db_default=[], blank=True)
    only_by_day = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="outgoing_mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.key


class NoticeKind(models.TextChoices):
    """What a person may be told of. Invitations and reminders of tasks are mails of their own, never muted."""

    ANSWER = "answer", _("answers to my comments")
    REPLY = "reply", _("replies to my comments")
    COMMENT = "comment", _("new comments on drafts I prepare")
    EDITION = "edition", _("editions issued or recalled")
    STAGE = "stage", _("drafts that move to another stage")
    SEAT = "seat", _("drafts I get a part in")
    CONTEST = "contest", _("contested answers and rulings")
    TASK = "task", _("tasks: reports, more time, decisions")
    CONCLUSION = "conclusion", _("conclusions of meetings submitted, agreed or given back")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unseen(self) -> NoticeQuerySet:
        return self.filter(seen_at=None)

    def unmailed(self) -> NoticeQuerySet:
        return self.filter(mailed_at=None)


class Notice(models.Model):
    """Something a person is told, on the page and by mail; ``about`` ("draft:12") is asked whether they may know."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=300)
    about = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="a_person_is_told_once")]
        indexes = [
            models.Index(fields=["recipient"], condition=models.Q(mailed_at=None), name="notices_to_mail"),
            models.Index(fields=["recipient", "-id"], name="notices_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.subject


class NoticeSettings(models.Model):
    """How often a person gets mail about notices, and of what not."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        HOURLY = "hourly", _("once an hour")
        DAILY = "daily", _("once a day")
        NEVER = "never", _("never: on the page only")

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_settings")
    pace = models.CharField(_("mail"), max_length=7, choices=Pace.choices, default=Pace.HOURLY)
    hour = models.PositiveSmallIntegerField(_("hour of the daily mail"), default=8)
    muted = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(hour__lt=24), name="a_daily_mail_has_an_hour_of_the_day")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.pace}"


class AttemptCount(models.Model):
    """How often something was tried in a stretch of time; counted by ``accounts.limits`` alone."""

    key = models.CharField(max_length=64, primary_key=True)
    attempts = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.attempts} until {self.ends_at}"
