"""Opinions, where they stand, what is said under them and what came with them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from comments.models.consultations import CALLED_OFF, Consultation, Invitation
from drafts.models import Document, Edition, Operation, Provision
from drafts.recording import records

if TYPE_CHECKING:
    from comments.models.answers import Proposal, Response


def sent(prefix: str = "") -> models.Q:
    """Not what a unit is still gathering for its answer, or left out of it: that is the unit's own affair."""
    return models.Q(**{f"{prefix}contribution": None}) | models.Q(
        **{f"{prefix}contribution__answered_at__isnull": False, f"{prefix}left_out_at": None}
    )


class CommentQuerySet(models.QuerySet["Comment"]):
    def standing(self) -> CommentQuerySet:
        """Comments that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def sent(self) -> CommentQuerySet:
        """Without what is a unit's own affair."""
        return self.filter(sent())

    def unanswered(self) -> CommentQuerySet:
        return self.filter(response=None)

    def with_lateness(self) -> CommentQuerySet:
        """Each with ``is_late``: it was made when every round on its edition was over.

        A round called off before it opened never was. When what was recorded for others had been said is not known.
        """
        was_open = models.Q(closes_at__gt=models.F("opens_at") + CALLED_OFF)
        rounds = Consultation.objects.filter(was_open, edition=models.OuterRef("edition"))
        goes_on = models.Exists(rounds.filter(closes_at__gt=models.OuterRef("created_at")))
        return self.annotate(is_late=models.Q(models.Exists(rounds), ~goes_on, recorded_by=None))

    def with_agreements(self) -> CommentQuerySet:
        """Each with ``agreement_count``."""
        agreements = Agreement.objects.filter(comment=models.OuterRef("pk")).order_by()
        count = agreements.values("comment").annotate(count=models.Count("pk")).values("count")
        return self.annotate(agreement_count=Coalesce(models.Subquery(count), 0))

    def with_agreements_for(self, user: User) -> CommentQuerySet:
        """Each with ``agreement_count``, and ``is_agreed`` where the person is among those."""
        own = Agreement.objects.filter(comment=models.OuterRef("pk"), user=user)
        return self.with_agreements().annotate(is_agreed=models.Exists(own))


class Comment(models.Model):
    """One opinion (ý kiến góp ý): on words of an article, on an article, or on the whole draft.

    It belongs to the edition it was read in and keeps its words (``quote``) with the words around them. One with a
    ``contribution`` is gathered for a unit's answer: only the unit sees it before that is sent, and never when it was
    left out. One with ``recorded_by`` was said or written on paper; its author may confirm it. ``flagged_at``: it is
    for the meeting. ``same_as``: it repeats that one on another draft.
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
    confirmed_at = models.DateTimeField(null=True, blank=True)
    contribution = models.ForeignKey(Invitation, models.PROTECT, null=True, blank=True, related_name="gathered")
    left_out_at = models.DateTimeField(null=True, blank=True)
    topic = models.ForeignKey("Topic", models.PROTECT, null=True, blank=True, related_name="comments")
    answerer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer_by = models.DateField(_("to be answered by"), null=True, blank=True)
    flagged_at = models.DateTimeField(null=True, blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeats")
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
            models.CheckConstraint(
                condition=models.Q(left_out_at=None) | models.Q(contribution__isnull=False),
                name="only_what_was_gathered_is_left_out",
            ),
        ]
        indexes = [models.Index(fields=["document", "provision", "id"], name="comments_by_article")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_with_unit(self) -> bool:
        """Its unit has not sent it, or left it out: nobody else sees it. Lists: ``select_related("contribution")``."""
        return self.contribution is not None and (not self.contribution.is_answered or self.left_out_at is not None)

    @property
    def is_answered(self) -> bool:
        """Needs ``select_related("response")`` in lists."""
        return hasattr(self, "response")

    @property
    def is_proposed(self) -> bool:
        """An answer is on its way. Needs ``select_related("proposal")`` in lists."""
        return hasattr(self, "proposal")

    @property
    def latest_answer(self) -> Response | Proposal | None:
        """What is proposed, else what was answered. Needs ``select_related("response", "proposal")`` in lists."""
        return getattr(self, "proposal", None) or getattr(self, "response", None)

    @property
    def answer_stamp(self) -> str:
        """What a page sends back to say which answer it showed; empty when there was none."""
        return self.latest_answer.stamp if self.latest_answer else ""

    @property
    def stamp(self) -> str:
        """What a page sends back to say which wording it showed; empty for the first one."""
        return self.edited_at.isoformat() if self.edited_at else ""

    @property
    def speaker(self) -> str:
        """Whose opinion it is, for the eye: the unit's, or the person's."""
        return self.on_behalf_of.name if self.on_behalf_of else str(self.author)


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


class Agreement(models.Model):
    """Somebody agrees with a comment instead of repeating it."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="agreements")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="one_agrees_once")]

    def __str__(self) -> str:
        return f"{self.comment}: {self.user}"


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

    @property
    def look(self) -> str:
        """How it opens without leaving the page: "picture", "pdf", or "" for what is downloaded."""
        if self.content_type.startswith("image/"):
            return "picture"
        return "pdf" if self.content_type == "application/pdf" else ""
