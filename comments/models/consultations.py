"""Rounds of asking opinions, who is asked, and what they sent."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from drafts.models import Edition, Provision
from drafts.recording import records

CALLED_OFF = dt.timedelta(microseconds=1)
"""So long is a round that was called off before it opened: the shortest the database holds."""


class Stance(models.TextChoices):
    AGREE = "agree", _("agree")
    AGREE_WITH_COMMENTS = "agree_with_comments", _("agree, with comments")
    DISAGREE = "disagree", _("disagree")
    NO_COMMENT = "no_comment", _("no comment")


class Consultation(models.Model):
    """One round of asking opinions on an edition (đợt lấy ý kiến)."""

    class Visibility(models.TextChoices):
        OPEN = "open", _("everyone invited sees all comments")
        SEALED_UNTIL_CLOSE = "sealed_until_close", _("sealed until the round closes")
        SEALED_UNTIL_SENT = "sealed_until_sent", _("sealed until one has sent one's own")
        DRAFTERS = "drafters", _("drafting unit and secretary only")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="consultations")
    opens_at = models.DateTimeField(_("opens at"), default=timezone.now)
    closes_at = models.DateTimeField(_("closes at"))
    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility.choices)
    letter = models.TextField(_("covering letter"), blank=True)

    history = records()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="consultation_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} ({self.get_visibility_display()})"

    def is_open(self, now: dt.datetime | None = None) -> bool:
        return self.opens_at <= (now or timezone.now()) < self.closes_at


class Invitation(models.Model):
    """A unit or person asked for an opinion, and the answer that was sent: when, by whom, with which stance.

    A unit's answer is its contribution: the comments gathered for it (``gathered``) are the unit's own affair until it
    is sent.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    stance = models.CharField(_("stance"), max_length=20, choices=Stance.choices, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    history = records()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, unit__isnull=False) | models.Q(user__isnull=False, unit=None),
                name="an_invitation_is_a_persons_or_a_units",
            ),
            models.UniqueConstraint(
                fields=["consultation", "unit"], condition=models.Q(user=None), name="a_unit_is_invited_once"
            ),
            models.UniqueConstraint(
                fields=["consultation", "user"],
                condition=models.Q(unit=None),
                name="a_person_is_invited_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.unit)

    @property
    def is_answered(self) -> bool:
        """From then on the answer is frozen: neither its stances nor its comments change."""
        return self.answered_at is not None


class ArticleStance(models.Model):
    """The stance on one article, beside the stance on the whole."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="article_stances")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="+")
    stance = models.CharField(_("stance"), max_length=20, choices=Stance.choices)

    history = records()

    class Meta:
        ordering = ["provision__position"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "provision"], name="one_stance_per_article_and_invitation")
        ]

    def __str__(self) -> str:
        return f"{self.provision}: {self.get_stance_display()}"
