"""What people fill in about a new Word version of a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from drafts.forms import ChoosingForm


class FileChoosingForm(ChoosingForm):
    """A choice for every place that the file and the draft changed differently; any may still be open."""

    CHOICES = [
        ("mine", _("As in the file")),
        ("theirs", _("As in the draft")),
        ("both", _("Both, the file first")),
        ("base", _("As it was before")),
    ]

    def said(self) -> tuple[str, ...]:
        """The choices made so far, "" where none is made; () when the form says nothing of these places."""
        chosen = [self.data.get(self.add_prefix(name), "") for name in self.fields]
        known = dict(self.CHOICES)
        return tuple(choice if choice in known else "" for choice in chosen) if any(chosen) else ()


class ReimportForm(forms.Form):
    """Why a new Word version is taken over, and which state of it was looked at."""

    reason = forms.CharField(
        label=_("Reason for the changes"),
        max_length=4000,
        help_text=_("It stands in the history of every article that changes."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, reason_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = reason_required
