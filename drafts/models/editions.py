"""Numbered, frozen issues of a draft, and what was circulated by mistake."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from reversion.models import Revision

from drafts.models.documents import Document
from drafts.models.operations import Operation


class EditionQuerySet(models.QuerySet["Edition"]):
    def standing(self) -> EditionQuerySet:
        """Editions that were not recalled."""
        return self.filter(recall=None)


class Edition(models.Model):
    """A numbered, frozen issue of a draft. Its text is read through ``drafts.photographs`` only.

    Who issued it, and the note that says what changed and why, stand in its operation.
    """

    append_only = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=120)
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="edition")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=timezone.now)

    previous: Edition | None = None  # the newest before it that counts; filled in by drafts.editions

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="edition_numbers_run")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_recalled(self) -> bool:
        """Needs ``select_related("recall")`` in lists."""
        return hasattr(self, "recall")


class Recall(models.Model):
    """An edition circulated by mistake was called back; who, when and why stand in the operation.

    It keeps its number, and whoever opens it is told; the newest edition not recalled counts instead.
    """

    append_only = True

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="recall")
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="recall")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.edition)
