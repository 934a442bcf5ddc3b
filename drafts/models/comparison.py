"""The comparison table: which provision of an older text became which of the draft, and why."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from drafts.models.documents import Document
from drafts.models.provisions import Provision
from drafts.recording import records


class Comparison(models.Model):
    """A draft set against one other text: the one it replaces, a central model regulation, another province's."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="comparisons")
    against = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("compared with"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "against"], name="a_text_is_compared_once"),
            models.CheckConstraint(
                condition=~models.Q(document=models.F("against")), name="a_text_is_compared_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ↔ {self.against}"

    @property
    def is_with_predecessor(self) -> bool:
        """Whether this is the table that must give a reason for every change. Needs ``document``."""
        return self.document.predecessor_id == self.against_id


class ComparisonRow(models.Model):
    """Provisions of both texts that belong together, and what is said about them.

    Whether they were kept, amended or split is not stored: it follows from the texts, and the working text may differ
    from the edition. ``version`` counts changes of the three texts. ``confidence`` is how sure the matching was; None
    once a person arranged the row (``is_by_hand``) and so took over from it.
    """

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="rows")
    assessment = models.TextField(_("how the old one worked"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(null=True, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    is_by_hand = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="a_confirmation_says_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def has_words(self) -> bool:
        return bool(self.assessment or self.reason or self.legal_basis)

    @property
    def is_decided(self) -> bool:
        """Whether a person has said anything about it; the matching then leaves it alone."""
        return self.is_by_hand or self.confirmed_at is not None or self.has_words


class ComparisonSide(models.Model):
    """One provision in one row of one comparison; which side it is on, its document says."""

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="sides")
    row = models.ForeignKey(ComparisonRow, models.PROTECT, related_name="sides")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="+")

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "provision"], name="a_provision_stands_in_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.provision} in {self.row}"
