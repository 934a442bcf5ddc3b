"""Forms for writing down what somebody else said."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.forms import LONGEST
from comments.leaves import clause_labels, is_commentable
from comments.models import Comment
from comments.recording import Speaker, find_speaker
from comments.standing import latest_edition
from config.errors import RuleBrokenError
from drafts.jumping import read_jump
from drafts.models import Document
from drafts.texts import Sheet, Text


class RecordingForm(forms.Form):
    """Where, who, what; made to be filled in without looking at the keys."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=80,
        help_text=_("For example: Đ12 k2. Empty: the whole draft."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
    )
    who = forms.CharField(
        label=_("Whose opinion"),
        max_length=400,
        help_text=_("The first letters of the name, without marks; a person or a unit."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "speakers", "lang": "vi", "data-combobox": ""}),
    )
    text = forms.CharField(
        label=_("What was said"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "vi", "data-enter-sends": ""}),
    )
    proposed_text = forms.CharField(
        label=_("Change the words to"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "vi"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of comment"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Comment.Kind],
        initial=Comment.Kind.OTHER,
    )

    def __init__(self, *args: Any, text: Text, speakers: Sequence[Speaker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = speakers
        self._text = text
        self.initial.setdefault("key", uuid.uuid4())

    def clean_place(self) -> tuple[Sheet | None, str]:
        """The article and the label of the clause in it."""
        return place_in(self._text, self.cleaned_data["place"])

    def clean_who(self) -> Speaker:
        try:
            return find_speaker(self.cleaned_data["who"], self.speakers)
        except RuleBrokenError as error:
            raise forms.ValidationError(str(error)) from error


class ElsewhereForm(forms.Form):
    """On which other draft, and where in it. ``cleaned_data`` gets the ``edition`` the place was found in."""

    document = forms.ModelChoiceField(label=_("Draft"), queryset=Document.objects.none())
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=80,
        help_text=_("For example: Đ12 k2. Empty: the whole draft."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
    )

    def __init__(self, *args: Any, drafts: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = drafts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        standing = latest_edition(data["document"]) if data.get("document") else None
        if standing is not None:
            try:
                data |= {"place": place_in(standing.text, data.get("place", "")), "edition": standing.edition}
            except forms.ValidationError as error:
                self.add_error("place", error)
        return data


def place_in(text: Text, typed: str) -> tuple[Sheet | None, str]:
    """The article and the label of the clause in it; nothing typed is the whole draft."""
    typed = typed.strip()
    if not typed:
        return None, ""
    jump = read_jump(typed)
    sheet = text.article(jump.article) if jump else None
    if jump is None or sheet is None or not is_commentable(sheet):
        raise forms.ValidationError(
            gettext("There is no “%(place)s” in this draft. Type it as Đ12 k2.")
            % {"place": jump.label if jump else typed}
        )
    if jump.line_label and jump.line_label not in clause_labels(sheet):
        raise forms.ValidationError(
            gettext("There is no %(place)s in this draft. Leave the clause out, or correct it.") % {"place": jump.label}
        )
    return sheet, jump.line_label


class DenialForm(forms.Form):
    """Why what was recorded is not so."""

    reason = forms.CharField(
        label=_("What is not right about it?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "vi"}),
    )
