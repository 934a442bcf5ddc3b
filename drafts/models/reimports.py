"""New Word versions of drafts that are being looked at, or were taken over."""

from __future__ import annotations

from django.db import models

from drafts.models.documents import Document
from drafts.models.editions import Edition
from drafts.models.operations import Operation
from drafts.models.sources import SourceFile


class Reimport(models.Model):
    """A file offered as the new version of a draft, and what was decided so far; what it did is in ``operation``.

    The file was made from ``edition``, or, when that is empty, from the working text as it stood in ``base_rows``: the
    ids of history rows. ``choices`` is kept as ``drafts.reimports`` reads it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="reimports")
    source = models.OneToOneField(SourceFile, models.CASCADE, related_name="reimport")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")
    base_rows = models.JSONField(default=list, editable=False)
    choices = models.JSONField(default=dict, editable=False)
    operation = models.OneToOneField(Operation, models.PROTECT, null=True, related_name="reimport")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.source)
