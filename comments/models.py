"""Consultations, the opinions they bring in, and the answer every opinion gets."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from drafts.models import Document, Edition, Operation, Provision
from drafts.recording import records


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
    """A unit or person asked for an opinion, and what came of it."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    stance = models.CharField(max_length=20, choices=Stance.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

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


class CommentQuerySet(models.QuerySet["Comment"]):
    def standing(self) -> CommentQuerySet:
        """Comments that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def unanswered(self) -> CommentQuerySet:
        return self.filter(response=None)


class Comment(models.Model):
    """One opinion (ý kiến góp ý): on words of an article, on an article, or on the whole draft.

    It belongs to the edition it was read in and keeps its words (``quote``) with the words around them.
    """

    class Kind(models.TextChoices):
        WORDING = "wording", _("wording")
        SUPPLEMENT = "supplement", _("supplement")
        REMOVE = "remove", _("remove")
        REORDER = "reorder", _("re-order")
        AUTHORITY = "authority", _("authority")
        OTHER = "other", _("other")

    document = models.ForeignKey(Document, models.PROTECT, related_name="comments")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="comments")
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, blank=True, related_name="comments")
    quote = models.TextField(_("quoted words"), blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    clause_label = models.CharField(max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    text = models.TextField(_("comment"))
    proposed_text = models.TextField(_("proposed wording"), blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="comments")
    on_behalf_of = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="comments")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    history = records()
    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="a_comment_is_sent_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_comment_says_something"),
            models.CheckConstraint(
                condition=models.Q(quote="") | models.Q(provision__isnull=False),
                name="quoted_words_stand_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["document", "provision", "id"], name="comments_by_article")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_answered(self) -> bool:
        """Needs ``select_related("response")`` in lists."""
        return hasattr(self, "response")


class Placing(models.Model):
    """A person found a comment's words again where they could not be followed, or that they have left the text.

    It holds from the edition on; the newest one counts. Who decided, and when, stand in the operation.
    """

    append_only = True

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="placings")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, blank=True, related_name="+")
    quote = models.TextField(blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    clause_label = models.CharField(max_length=60, blank=True)
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quote="") | models.Q(provision__isnull=False),
                name="placed_words_stand_somewhere",
            )
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.provision or '–'}"

    @property
    def has_left(self) -> bool:
        return self.provision_id is None


class Reply(models.Model):
    """A remark under a comment: people talk it over. Not the official answer."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="replies")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("reply"))
    key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="a_reply_is_sent_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_reply_says_something"),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}-{self.pk}"


def _attachment_path(attachment: Attachment, name: str) -> str:
    """Stored under a name of ours: what the sender called the file is only a label."""
    return f"attachments/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """A file that came with a comment. ``content_type`` was found in the file, not taken from the sender."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to=_attachment_path)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Response(models.Model):
    """The drafting unit's answer to a comment (tiếp thu, giải trình). Its earlier versions stand in its history."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("partly accepted")
        EXPLAINED = "explained", _("explained")
        NOTED = "noted", _("noted")

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="response")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    explanation = models.TextField(_("explanation"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    carried_out_by = models.ForeignKey(Operation, models.PROTECT, null=True, blank=True, related_name="responses")

    carried_out_version: int | None = None  # the version of the article that carries it out; filled in by consolidation

    history = records()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="accepted") | ~models.Q(explanation=""),
                name="explain_what_is_not_simply_accepted",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.comment}"
