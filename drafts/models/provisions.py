"""The text itself: one row per article, and what holds articles together."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from drafts.models.documents import Document
from drafts.recording import records


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def standing(self) -> ProvisionQuerySet:
        """Provisions that are in the text now, in its order."""
        return self.filter(is_removed=False).order_by("position")


class Provision(models.Model):
    """One node of a text. One article is one row; its clauses and points live in its text, one paragraph a line.

    ``wid`` is its identity for ever; number and place may change. ``version`` counts changes of heading and text.
    ``label`` is how the text names it ("Điều 5", "Chương II", "I-"): the source's words, without a closing dot.
    A removed provision keeps its row and its place, so that comments and history still find it.
    """

    class Kind(models.TextChoices):
        PREAMBLE = "preamble", _("preamble")
        PART = "part", _("part")
        CHAPTER = "chapter", _("chapter")
        SECTION = "section", _("section")
        SUBSECTION = "subsection", _("subsection")
        ARTICLE = "article", _("article")
        ITEM = "item", _("item")
        APPENDIX = "appendix", _("appendix")
        CLOSING = "closing", _("closing part")

    document = models.ForeignKey(Document, models.PROTECT, related_name="provisions")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    wid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=80, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    is_removed = models.BooleanField(default=False)

    history = records()
    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"],
                name="one_provision_per_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.label or self.heading or self.get_kind_display()
