"""Drafts, stored article by article; who sits on them; what was done to them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from reversion.models import Revision

from accounts.fields import KeyField
from accounts.models import Unit, User
from accounts.vietnamese import fold
from drafts.recording import records


class Operation(models.Model):
    """One act of one person: what it did is in the history rows that name it. Never changed, never deleted."""

    class Kind(models.TextChoices):
        IMPORTED = "imported", _("imported a draft")
        DESCRIBED = "described", _("changed the document's description")
        REVISED = "revised", _("revised an article")
        RESTORED = "restored", _("restored an earlier version")
        UNDONE = "undone", _("undid an act")
        ISSUED = "issued", _("issued an edition")
        STAGED = "staged", _("moved the document to another stage")
        SEATED = "seated", _("changed who takes part")
        HANDED_OVER = "handed_over", _("handed work over")
        CONSULTED = "consulted", _("opened a consultation")
        COMMENTED = "commented", _("commented")
        REWORDED = "reworded", _("edited a comment")
        WITHDREW = "withdrew", _("withdrew a comment")
        REPLIED = "replied", _("replied to a comment")
        ANSWERED = "answered", _("answered a comment")
        CONVENED = "convened", _("convened a meeting")
        ARRANGED = "arranged", _("changed a meeting's arrangements")
        ATTENDED = "attended", _("recorded attendance")
        CONCLUDED = "concluded", _("recorded a conclusion")
        SIGNED = "signed", _("signed the notice of conclusions")
        ASSIGNED = "assigned", _("assigned a task")
        PROGRESSED = "progressed", _("reported on a task")

    append_only = True

    document = models.ForeignKey("Document", models.PROTECT, null=True, related_name="operations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["document", "-id"], name="operations_of_a_document")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> DocumentQuerySet:
        """Documents on which the person, or the person's unit, has a seat."""
        return self.filter(pk__in=Seat.objects.held_by(user).values("document"))


class Document(models.Model):
    """A draft, the regulation in force, a reference: a text stored as a tree of provisions."""

    class Kind(models.TextChoices):
        REGULATION = "regulation", _("working regulation")
        RULES = "rules", _("rules")
        PROGRAMME = "programme", _("programme")
        RESOLUTION = "resolution", _("resolution")
        DECISION = "decision", _("decision")
        OTHER = "other", _("other document")

    class Stage(models.TextChoices):
        DRAFTING = "drafting", _("drafting")
        CONSULTING = "consulting", _("collecting opinions")
        TAKING_IN = "taking_in", _("taking in opinions")
        APPRAISAL = "appraisal", _("appraisal")
        PERMANENT_MEMBERS = "permanent_members", _("submitted to the permanent members")
        STANDING_COMMITTEE = "standing_committee", _("submitted to the standing committee")
        EXECUTIVE_COMMITTEE = "executive_committee", _("submitted to the executive committee")
        ISSUED = "issued", _("issued")
        RETURNED = "returned", _("returned")

    title = models.CharField(_("title"), max_length=500)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.REGULATION)
    issuing_body = models.CharField(_("issuing body"), max_length=200, blank=True)
    term = models.CharField(_("term"), max_length=60, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, default=Stage.DRAFTING)
    drafting_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="drafted", verbose_name=_("drafting unit")
    )
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("text it replaces"),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    search_key = KeyField(source="title", key=fold)

    abilities: frozenset[str] = frozenset()  # what the present reader may do; filled in by drafts.access

    history = records()
    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-id"]
        permissions = [("create_documents", _("Can create documents"))]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class SeatQuerySet(models.QuerySet["Seat"]):
    def held_by(self, user: User) -> SeatQuerySet:
        """Seats of the person and of the person's unit."""
        if not user.is_active:
            return self.none()
        return self.filter(models.Q(user=user) | models.Q(unit=user.unit_id, unit__isnull=False))


class Seat(models.Model):
    """A person's or a unit's place on one document; the role decides what they may do."""

    class Role(models.TextChoices):
        READER = "reader", _("reader")
        COMMENTER = "commenter", _("commenter")
        DRAFTER = "drafter", _("drafter")
        LEAD_DRAFTER = "lead_drafter", _("lead drafter")
        SECRETARY = "secretary", _("secretary")
        CHAIR = "chair", _("chair")

    document = models.ForeignKey(Document, models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="seats")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="seats")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    history = records()
    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, unit__isnull=False) | models.Q(user__isnull=False, unit=None),
                name="a_seat_is_a_persons_or_a_units",
            ),
            models.UniqueConstraint(
                fields=["document", "user"], condition=models.Q(unit=None), name="one_seat_per_person"
            ),
            models.UniqueConstraint(
                fields=["document", "unit"], condition=models.Q(user=None), name="one_seat_per_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.unit}: {self.get_role_display()}"


class StageChange(models.Model):
    """The document went to another stage: who, when, why stand in its operation."""

    append_only = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="stage_changes")
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Document.Stage.choices)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.get_stage_display()


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


def _source_path(source: SourceFile, name: str) -> str:
    """Stored under a name of ours: what the sender called the file is only a label."""
    return f"sources/{uuid.uuid4().hex}"


class SourceFile(models.Model):
    """A file somebody offered for import, kept as it was; ``document`` is empty until one is made from it."""

    file = models.FileField(upload_to=_source_path)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="sources")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
