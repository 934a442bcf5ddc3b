"""Forms of the consolidated page: filtering opinions and answering them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.models import User
from comments.consolidation import ANSWERED, GENERAL, NEW, OPEN, ConsolidatedPage, Filters
from comments.forms import LONGEST
from comments.helping import answerers_on
from comments.leaves import title_of
from comments.models import Comment, Reopening, Response
from drafts.forms import DAY_FORMATS
from drafts.models import Document, Operation


class FilterForm(forms.Form):
    """What to show. Anything unreadable in the address counts as not asked for."""

    state = forms.ChoiceField(required=False, choices=[(OPEN, ""), *Response.Outcome.choices])
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    kind = forms.ChoiceField(required=False, choices=Comment.Kind.choices)
    article = forms.CharField(required=False, max_length=36)
    words = forms.CharField(required=False, max_length=200)
    topic = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    flagged = forms.ChoiceField(required=False, choices=[("1", "")])
    changed = forms.ChoiceField(required=False, choices=[(NEW, ""), (ANSWERED, "")])

    def clean_article(self) -> str:
        value: str = self.cleaned_data["article"]
        return value if value in ("", GENERAL) else str(forms.UUIDField().clean(value))

    def filters(self) -> Filters:
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})


class FilterFields(forms.Form):
    """The same filters as fields to choose from, offering only what the document has."""

    words = forms.CharField(
        label=_("Words in the comments"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    article = forms.ChoiceField(label=_("Article"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of comment"), required=False, choices=[("", _("All kinds")), *Comment.Kind.choices]
    )

    def __init__(self, *args: Any, page: ConsolidatedPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        articles = [("", _("The whole draft")), *((str(sheet.wid), title_of(sheet)) for sheet in page.articles)]
        if page.general:
            articles.append((GENERAL, _("General comments")))
        self.fields["article"].choices = articles  # type: ignore[attr-defined]
        units = [("", _("All units")), *((str(unit.pk), unit.name) for unit in page.units)]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


def seen_of(sent: QueryDict, rows: Iterable[models.Model]) -> dict[int, str]:
    """Which wording of each row its page showed: the stamps it sends back in hidden fields ``seen-<pk>``."""
    return {row.pk: sent.get(f"seen-{row.pk}", "") for row in rows}


class ResponseForm(forms.Form):
    """The drafting unit's answer; ``revisions`` are the acts that may have carried it out."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(outcome.value, capfirst(outcome.label)) for outcome in Response.Outcome],
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Required unless the comment is accepted."),
    )
    explanation.is_conditional = True  # type: ignore[attr-defined]  # the hint says when; the label not "optional"
    carried_out_by = forms.ModelChoiceField(
        label=_("Carried out by this revision"), queryset=Operation.objects.none(), required=False
    )

    def __init__(self, *args: Any, revisions: list[Operation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["carried_out_by"]
        assert isinstance(field, forms.ModelChoiceField)
        if revisions:
            field.queryset = Operation.objects.filter(pk__in=[revision.pk for revision in revisions])
            field.empty_label = str(_("No revision yet"))
            field.label_from_instance = _revision_label  # type: ignore[assignment,method-assign]
        else:
            del self.fields["carried_out_by"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") not in (None, Response.Outcome.ACCEPTED) and not cleaned.get("explanation"):
            self.add_error("explanation", _("Explain why the comment is not simply accepted."))
        return cleaned


def _revision_label(operation: Operation) -> str:
    when = timezone.localtime(operation.at).strftime("%H:%M %d/%m/%Y")
    return f"{when}, {operation.by}: {operation.reason or operation.get_kind_display()}"


class ReasonForm(forms.Form):
    """Why: for giving a proposal back, or contesting an answer."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class RulingForm(forms.Form):
    """The chair's word on a contested answer."""

    ruling = forms.ChoiceField(
        label=_("Ruling"),
        choices=[(value, capfirst(label)) for value, label in Reopening.Ruling.choices],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason.is_conditional = True  # type: ignore[attr-defined]  # needed when the answer stands


class NoteForm(forms.Form):
    """An internal note."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Internal note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class AllotmentForm(forms.Form):
    """Who is to answer by when."""

    answerer = PersonField(label=_("To be answered by"), queryset=User.objects.none(), required=False)
    answer_by = forms.DateField(
        label=_("Until"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(pk__in=[person.pk for person in answerers_on(document)])
        field = self.fields["answerer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people.select_related("unit").in_protocol_order()
        field.empty_label = str(_("Nobody in particular"))


class PhraseForm(forms.Form):
    """Words the office re-uses."""

    name = forms.CharField(label=_("Short name"), max_length=80)
    text = forms.CharField(label=_("Phrase"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
