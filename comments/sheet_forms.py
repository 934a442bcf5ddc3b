"""Forms of opinion sheets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comments.models import OpinionSheet, ReturnedSheet, SheetAnswer

LONGEST = 10_000


class SheetForm(forms.Form):
    """Title, opening words, questions."""

    title = forms.CharField(label=_("Title"), max_length=300)
    introduction = forms.CharField(
        label=_("Opening words"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    questions = forms.CharField(
        label=_("Questions"),
        max_length=LONGEST,
        help_text=_("One a line. Each is answered by agree, disagree or another opinion."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ReturnForm(forms.Form):
    """The answers to all questions; on paper, whether it is signed."""

    is_signed = forms.BooleanField(label=_("The paper is signed"), required=False, initial=True)

    def __init__(self, *args: Any, sheet: OpinionSheet, on_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_paper:
            del self.fields["is_signed"]
        self.questions = list(sheet.questions.all())
        choices = [(value, capfirst(label)) for value, label in SheetAnswer.Choice.choices]
        for question in self.questions:
            self.fields[f"choice_{question.pk}"] = forms.ChoiceField(
                label=f"{question.number}. {question.text}",
                choices=choices,
                widget=forms.RadioSelect(attrs={"class": "pills"}),
            )
            words = forms.CharField(
                label=_("Other opinion"),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            words.is_conditional = True  # type: ignore[attr-defined]  # needed with "other opinion"
            self.fields[f"text_{question.pk}"] = words

    @property
    def question_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"choice_{one.pk}"], self[f"text_{one.pk}"]) for one in self.questions]

    def answers(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {one.pk: (data[f"choice_{one.pk}"], data[f"text_{one.pk}"]) for one in self.questions}


class AsideForm(forms.Form):
    """Why a sheet is not counted."""

    why = forms.ChoiceField(
        label=_("Set aside"),
        choices=[("", _("Count it")), *((value, capfirst(label)) for value, label in ReturnedSheet.SetAside.choices)],
        required=False,
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)
