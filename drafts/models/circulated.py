"""What editions say, as rows that can be searched."""

from __future__ import annotations

from django.db import models

from drafts.models.documents import Document
from drafts.models.editions import Edition
from drafts.models.provisions import Provision


class CirculatedSheet(models.Model):
    """One provision as an edition circulated it, written with the edition: what searching reads.

    The edition itself is read through ``drafts.photographs`` only, which proves that its words are the same.
    """

    append_only = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sheets")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="+")
    wid = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Provision.Kind.choices)
    number = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=80, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="one_circulated_sheet_per_place"),
        ]

    def __str__(self) -> str:
        return self.label or self.heading or self.get_kind_display()
