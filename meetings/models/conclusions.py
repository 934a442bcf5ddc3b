"""The chair's conclusions of a meeting."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.models import Comment
from drafts.models import Document, Provision
from drafts.recording import records
from meetings.models.meetings import Meeting


class ConclusionNotice(models.Model):
    """The container of a meeting's conclusions. Once signed, nothing in it changes; a further notice supplements it.

    ``agreed_digest``: of the very words the chair agreed to; ``returned``: why the chair gave it back.
    """

    class State(StrEnum):
        DRAFTED = "drafted"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        AGREED = "agreed"
        SIGNED = "signed"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notices")
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned = models.TextField(_("reason for giving back"), blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_digest = models.CharField(max_length=64, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(agreed_at=None, agreed_by=None, agreed_digest="")
                | (models.Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~models.Q(agreed_digest="")),
                name="an_agreed_notice_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or f"#{self.pk}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def state(self) -> State:
        if self.is_signed:
            return self.State.SIGNED
        if self.agreed_at is not None:
            return self.State.AGREED
        if self.submitted_at is not None:
            return self.State.SUBMITTED
        return self.State.RETURNED if self.returned else self.State.DRAFTED


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
    articles = models.ManyToManyField(
        Provision, through="ConclusionArticle", blank=True, related_name="conclusions", verbose_name=_("articles")
    )
    comments = models.ManyToManyField(
        Comment, through="ConclusionComment", blank=True, related_name="conclusions", verbose_name=_("comments")
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


class ConclusionArticle(models.Model):
    """A conclusion concerns a provision of a draft."""

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="article_links")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="conclusion_links")

    history = records()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "provision"], name="a_conclusion_names_an_article_once")
        ]

    def __str__(self) -> str:
        return f"{self.conclusion_id}: {self.provision_id}"


class ConclusionComment(models.Model):
    """A conclusion says what becomes of a comment."""

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="comment_links")
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="conclusion_links")

    history = records()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "comment"], name="a_conclusion_names_a_comment_once")
        ]

    def __str__(self) -> str:
        return f"{self.conclusion_id}: {self.comment_id}"
