"""Documents, who sits on them, and the stages they pass through."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import KeyField
from accounts.models import Unit, User
from accounts.vietnamese import fold
from drafts.models.operations import Operation
from drafts.recording import records


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
    answers_need_approval = models.BooleanField(_("answers are approved before they are published"), default=False)
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True)
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


class StageName(models.Model):
    """What the office calls a stage; one without a row keeps its usual name."""

    stage = models.CharField(_("stage"), max_length=20, choices=Document.Stage.choices, unique=True)
    name = models.CharField(_("name"), max_length=80)

    history = records()

    class Meta:
        verbose_name = _("name of a stage")
        verbose_name_plural = _("names of stages")

    def __str__(self) -> str:
        return self.name


class StageChange(models.Model):
    """The document went to another stage: who, when, why stand in its operation.

    ``missing`` is what was not done when the chair submitted it all the same, one thing a line.
    """

    append_only = True

    document = models.ForeignKey(Document, models.PROTECT, related_name="stage_changes")
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Document.Stage.choices)
    missing = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.get_stage_display()
