"""Numbered, frozen issues of a draft."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from reversion.models import Revision

from drafts.models.documents import Document
from drafts.models.operations import Operation


class Edition(models.Model):
    """A numbered, frozen issue of a draft. Its text is read through ``drafts.photographs`` only."""

    append_only = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=120)
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="edition")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="edition_numbers_run")]

    def __str__(self) -> str:
        return self.label
