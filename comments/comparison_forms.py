"""Forms of the comparison page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from drafts.comparison import ComparisonTable, name_of
from drafts.models import ComparisonRow, Document, Edition, Seat

LONGEST = 10_000
OWN_ROW = "own"


class WordsForm(forms.Form):
    """What is said about a row; ``base_version`` is the version it was written on."""

    assessment = forms.CharField(
        label=_("How the old one worked"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    base_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: ComparisonRow, *, suggestion: str = "") -> WordsForm:
        """The form as the row stands; an empty reason begins with the suggestion."""
        initial = {
            "assessment": row.assessment,
            "reason": row.reason or suggestion,
            "legal_basis": row.legal_basis,
            "base_version": row.version,
        }
        return cls(initial=initial, prefix=f"row-{row.pk}")


class PlaceForm(forms.Form):
    """Which row an article belongs to."""

    row = forms.ChoiceField(label=_("Put it into"), widget=forms.Select)

    def __init__(self, *args: Any, table: ComparisonTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(line.row.pk), _named(line.old_sheets, line.new_sheets)) for line in table.rows if line.row]
        self.fields["row"].choices = [(OWN_ROW, _("A row of its own")), *rows]  # type: ignore[attr-defined]


class GivingUpForm(forms.Form):
    """Why a table is removed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        help_text=_("It stands in the history of the draft."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AgainstForm(forms.Form):
    """The text to compare with: what the person may read, and has not been compared yet."""

    against = forms.ModelChoiceField(label=_("Compare with"), queryset=Document.objects.none())

    def __init__(self, *args: Any, document: Document, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        compared = document.comparisons.values("against")
        working = Seat.objects.held_by(user).exclude(role__in=[Seat.Role.READER, Seat.Role.COMMENTER])
        readable = Q(editions__in=Edition.objects.standing()) | Q(pk__in=working.values("document"))
        texts = Document.objects.visible_to(user).filter(readable).exclude(pk=document.pk).exclude(pk__in=compared)
        field = self.fields["against"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = texts.distinct()
        predecessor = document.predecessor_id
        if predecessor and field.queryset.filter(pk=predecessor).exists():
            field.initial = predecessor


def _named(old: Any, new: Any) -> str:
    names = f"{name_of(old) or '–'} → {name_of(new) or '–'}"
    heading = (new or old)[0].heading
    return (f"{names}: {heading}" if heading else names)[:120]
