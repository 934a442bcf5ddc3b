"""What happens while the meeting sits: what the screens show, who asks to speak, what is voted on."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from drafts.recording import records
from meetings.models.meetings import AgendaItem, Attendance, Meeting


class Screen(models.Model):
    """What the screens in the room show now. Not a record: the minutes need none of it.

    ``version`` grows with everything they should show anew.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="screen")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    wid = models.UUIDField(null=True)
    clause = models.CharField(max_length=60, blank=True)
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.version}"


class Turn(models.Model):
    """Somebody asked to speak on a matter: when they asked, began and ended. ``position`` orders those waiting."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="turns")
    attendance = models.ForeignKey(Attendance, models.PROTECT, null=True, related_name="turns")
    name = models.CharField(_("speaker"), max_length=400)
    position = models.PositiveIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    history = records()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(began_at__isnull=False), name="who_ends_has_begun"
            ),
            models.UniqueConstraint(
                fields=["item", "attendance"],
                condition=models.Q(ended_at=None, attendance__isnull=False),
                name="one_waits_to_speak_once",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(ended_at=None, began_at__isnull=False),
                name="one_speaks_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.began_at is None

    @property
    def is_speaking(self) -> bool:
        return self.began_at is not None and self.ended_at is None


class Choice(models.TextChoices):
    AGREE = "agree", _("agree")
    DISAGREE = "disagree", _("disagree")
    OTHER = "other", _("another opinion")


class Poll(models.Model):
    """A vote on a matter. What came out is shown when it is closed, with how many were present then.

    ``hands_…`` are those counted in the room, who did not vote on a screen.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="polls")
    question = models.CharField(_("question"), max_length=500)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    present = models.PositiveIntegerField(null=True)
    hands_agree = models.PositiveIntegerField(default=0)
    hands_disagree = models.PositiveIntegerField(default=0)
    hands_other = models.PositiveIntegerField(default=0)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, present=None)
                | models.Q(closed_at__isnull=False, present__isnull=False),
                name="a_closed_poll_says_how_many_were_present",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(closed_at=None), name="one_open_poll_per_matter"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Ballot(models.Model):
    """One place at the table votes once; changed until the poll is closed. No page shows who voted how."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="ballots")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="ballots")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    history = records()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "attendance"], name="a_place_votes_once")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.attendance_id}"
