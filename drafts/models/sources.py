"""Files offered for import."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from accounts.models import User
from drafts.models.documents import Document


def _source_path(source: SourceFile, name: str) -> str:
    """Stored under a name of ours: what the sender called the file is only a label."""
    return f"sources/{uuid.uuid4().hex}"


class SourceFile(models.Model):
    """A file somebody offered for import, kept as it was; ``document`` is empty until one is made from it.

    ``corrections`` is what that person said about single lines of it, as ``drafts.importing.Correction`` has them;
    ``modern`` is the .docx an old Word file was converted to, so that this is done once; ``remarks`` counts the
    comments in its margin; ``described`` is what was typed about the draft to be made, put aside until it is made.
    """

    file = models.FileField(upload_to=_source_path)
    modern = models.FileField(upload_to=_source_path, blank=True)
    remarks = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="sources")
    corrections = models.JSONField(default=list, editable=False)
    described = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
