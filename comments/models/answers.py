"""Answers and the way to them: proposals, topics, notes, phrases; and what the author says to the answer."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from comments.models.comments import Comment
from drafts.models import Document, Operation
from drafts.recording import records


class Response(models.Model):
    """The drafting unit's answer to a comment (tiếp thu, giải trình). Its earlier versions stand in its history.

    ``satisfied_at``: the comment's author said that this answer settles it.
    """

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
    satisfied_at = models.DateTimeField(null=True, blank=True)

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

    @property
    def stamp(self) -> str:
        """What a page sends back to say which wording it showed: each has a moment of its own."""
        return self.at.isoformat()


class Proposal(models.Model):
    """An answer on its way: proposed by a colleague, approved by the head of the drafting unit, published.

    Commenters never see it. Publishing writes the ``Response`` and removes the proposal; its versions stand in its
    history. ``returned``: why the head gave it back.
    """

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="proposal")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Response.Outcome.choices)
    explanation = models.TextField(_("explanation"), blank=True)
    carried_out_by = models.ForeignKey(Operation, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    returned = models.TextField(_("reason for giving back"), blank=True)

    history = records()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="accepted") | ~models.Q(explanation=""),
                name="a_proposal_explains_what_is_not_simply_accepted",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="an_approved_proposal_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.comment}"

    @property
    def stamp(self) -> str:
        """What a page sends back to say which wording it showed: each has a moment of its own."""
        return self.at.isoformat()


class Topic(models.Model):
    """Comments that say the same, answered together; each keeps its own line in the table."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="topics")
    title = models.CharField(_("topic"), max_length=200)

    history = records()

    class Meta:
        ordering = ["title", "id"]
        constraints = [models.UniqueConstraint(fields=["document", "title"], name="one_topic_per_title")]

    def __str__(self) -> str:
        return self.title


class Grouping(models.Model):
    """A search for comments that say the same: asked for by a person, done by a worker, which says how far it is.

    ``suggestions``: [{"comments": [pk], "likeness": 0.87, "elsewhere": [pk]}], the likest first.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="groupings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    suggestions = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.done}/{self.total}"

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.cancelled_at is None


class Separation(models.Model):
    """A person said that these comments do not say the same: they are not suggested together again."""

    append_only = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="separations")
    comments = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "comments"], name="one_separation_per_group")]

    def __str__(self) -> str:
        return self.comments


class Note(models.Model):
    """An internal note under a comment, for those who answer it. Commenters never see it."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("internal note"))
    key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="a_note_is_written_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}-{self.pk}"


class Phrase(models.Model):
    """Words an office re-uses in its answers. Of a unit, or of all when it has none."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("short name"), max_length=80)
    text = models.TextField(_("phrase"))

    history = records()

    class Meta:
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="a_phrase_says_something")]

    def __str__(self) -> str:
        return self.name


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    def waiting(self) -> ReopeningQuerySet:
        """What the chair is to rule on: neither ruled on, nor settled by another answer, nor withdrawn."""
        return self.filter(ruling="", comment__withdrawn_at=None, comment__response__satisfied_at=None)


class Reopening(models.Model):
    """The author contests the answer, once, with a reason; then the chair rules.

    An answer that satisfies the author meanwhile settles it; if that is changed again, it waits for the chair again.
    The author may reserve the opinion (bảo lưu) when the ruling goes against it.
    """

    class Ruling(models.TextChoices):
        ANSWER_AGAIN = "answer_again", _("to be answered anew")
        ANSWER_STANDS = "answer_stands", _("the answer stands")

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="reopening")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ruling = models.CharField(_("ruling"), max_length=14, choices=Ruling.choices, blank=True)
    ruling_reason = models.TextField(_("reason of the ruling"), blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)
    reserved_at = models.DateTimeField(null=True, blank=True)

    history = records()
    objects = ReopeningQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_reopening_says_why"),
            models.CheckConstraint(
                condition=models.Q(ruling="", ruled_at=None, ruled_by=None)
                | (~models.Q(ruling="") & models.Q(ruled_at__isnull=False, ruled_by__isnull=False)),
                name="a_ruling_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.reason[:60]}"

    @property
    def is_settled(self) -> bool:
        """The author is satisfied before there was a ruling. Lists: ``select_related("comment__response")``."""
        return not self.ruling and self.comment.is_answered and self.comment.response.satisfied_at is not None

    @property
    def is_answered_since(self) -> bool:
        """Another answer stands there than the contested one. Lists: ``select_related("comment__response")``."""
        return self.comment.is_answered and self.comment.response.at > self.at
