"""What is typed while the meeting sits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.leaves import clause_labels
from comments.recording_forms import place_in
from drafts.jumping import read_jump
from drafts.texts import Sheet, Text
from meetings.forms import LONGEST_TEXT
from meetings.models import Choice


class PlaceOnScreenForm(forms.Form):
    """Which provision the screens show; empty: the matter as a whole."""

    place = forms.CharField(required=False, max_length=80)

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._text = text

    def clean_place(self) -> tuple[Sheet | None, str]:
        """A clause that does not stand there is left out."""
        typed = self.cleaned_data["place"].strip()
        if not typed:
            return None, ""
        jump = read_jump(typed)
        sheet = self._text.article(jump.article) if jump else None
        if jump is None or sheet is None:
            raise forms.ValidationError(
                _("There is no “%(place)s” in this draft. Type it as Đ12 k2.")
                % {"place": jump.label if jump else typed}
            )
        return sheet, jump.line_label if jump.line_label in clause_labels(sheet) else ""


class TurnForm(forms.Form):
    """Who wants to speak."""

    name = forms.CharField(
        label=_("Speaker"),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "attendee-names", "lang": "vi"}),
        error_messages={"required": _("Say who wants to speak.")},
    )


class SpokenConclusionForm(forms.Form):
    """A point of the chair's conclusion, written down while it is said. ``on_table`` is the text on the table, if any.

    ``cleaned_data["concerns"]`` is None where no place was typed.
    """

    concerns = forms.CharField(
        label=_("Place it concerns"),
        required=False,
        max_length=80,
        help_text=_("For example: Đ12. Empty: what the screens show."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
    )
    text = forms.CharField(
        label=_("Conclusion"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "vi", "id": "id_conclusion"}),
        error_messages={"required": _("Write down the conclusion.")},
    )
    gives_no_task = forms.BooleanField(label=_("Gives rise to no task"), required=False)

    def __init__(self, *args: Any, on_table: Text | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on_table = on_table
        if on_table is None:
            del self.fields["concerns"]

    def clean_concerns(self) -> tuple[Sheet, str] | None:
        sheet, clause = place_in(self._on_table, self.cleaned_data["concerns"]) if self._on_table else (None, "")
        return (sheet, clause) if sheet else None


class PollForm(forms.Form):
    """What is voted on."""

    question = forms.CharField(
        label=_("Question"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "vi"}),
        error_messages={"required": _("Say what is voted on.")},
    )


class HandsForm(forms.Form):
    """Hands counted in the room, of those who did not vote on a screen."""

    agree = forms.IntegerField(label=Choice.AGREE.label, min_value=0, max_value=100_000, initial=0)
    disagree = forms.IntegerField(label=Choice.DISAGREE.label, min_value=0, max_value=100_000, initial=0)
    other = forms.IntegerField(label=Choice.OTHER.label, min_value=0, max_value=100_000, initial=0)


class BallotForm(forms.Form):
    """One vote for one place at the table."""

    choice = forms.ChoiceField(choices=Choice.choices)
    place = forms.IntegerField()
