"""Forms of rounds: whom to ask until when, and what one answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PeopleField, UnitsField
from accounts.models import Unit, User
from comments.models import Consultation, Invitation, Stance
from drafts.forms import DAY_FORMATS
from drafts.models import Provision
from drafts.texts import Sheet, Text

LONGEST_LETTER = 10_000
USUAL_LENGTH = dt.timedelta(days=10)
BEGIN_OF_DAY, END_OF_DAY = dt.time(8, 0), dt.time(17, 0)


def findable() -> forms.CheckboxSelectMultiple:
    """Many boxes, to be found by the first letters of a name where there is a script."""
    return forms.CheckboxSelectMultiple(attrs={"class": "findable"})


class ClosingFields(forms.Form):
    """Day and hour at which a round closes."""

    closes_on = forms.DateField(
        label=_("Opinions are taken until"),
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 10/11/2026.")},
    )
    closes_at_hour = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=END_OF_DAY
    )

    @property
    def closes_at(self) -> dt.datetime:
        data = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(data["closes_on"], data["closes_at_hour"]))


class OpeningFields(forms.Form):
    """Day and hour at which a round opens by itself; empty: at once."""

    opens_on = forms.DateField(
        label=_("Opens on"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 10/11/2026.")},
    )
    opens_at_hour = forms.TimeField(
        label=_("Opening hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=BEGIN_OF_DAY,
    )

    @property
    def opens_at(self) -> dt.datetime | None:
        day, hour = self.cleaned_data.get("opens_on"), self.cleaned_data.get("opens_at_hour")
        return timezone.make_aware(dt.datetime.combine(day, hour or BEGIN_OF_DAY)) if day else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "opens_on" not in self.errors and (opens_at := self.opens_at) and opens_at <= timezone.now():
            self.add_error("opens_on", _("This moment is over. Choose a later one, or none to open the round at once."))
        return data


class GuestFields(forms.Form):
    """Units and people to ask."""

    units = UnitsField(label=_("Units"), queryset=Unit.objects.none(), required=False, widget=findable())
    people = PeopleField(label=_("People"), queryset=User.objects.none(), required=False, widget=findable())

    units.is_conditional = people.is_conditional = True  # type: ignore[attr-defined]  # one of the two is needed

    def __init__(self, *args: Any, asked: Sequence[Invitation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.standing().exclude(pk__in=[one.unit_id for one in asked if one.unit_id])
        people = User.objects.active().exclude(pk__in=[one.user_id for one in asked if one.user_id])
        self.fields["units"].queryset = units.in_protocol_order()  # type: ignore[attr-defined]
        self.fields["people"].queryset = people.select_related("unit").in_protocol_order()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("units") and not data.get("people"):
            raise forms.ValidationError(_("Choose the units or people to ask."))
        return data


def visibility_field() -> forms.ChoiceField:
    choices = [(value, capfirst(label)) for value, label in Consultation.Visibility.choices]
    order = [Consultation.Visibility.SEALED_UNTIL_CLOSE, Consultation.Visibility.SEALED_UNTIL_SENT]
    order += [Consultation.Visibility.DRAFTERS, Consultation.Visibility.OPEN]
    return forms.ChoiceField(
        label=_("Who sees the comments of others"),
        choices=sorted(choices, key=lambda choice: order.index(Consultation.Visibility(choice[0]))),
        initial=Consultation.Visibility.SEALED_UNTIL_CLOSE,
        widget=forms.RadioSelect,
        help_text=_("What was shown cannot be taken back; it can be opened to more people later."),
    )


class RoundForm(OpeningFields, ClosingFields, GuestFields):
    """A round to open."""

    visibility = visibility_field()
    letter = forms.CharField(
        label=_("Covering letter"),
        required=False,
        max_length=LONGEST_LETTER,
        help_text=_("It stands in the invitation and above the answer: what to look at in particular, and why."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = [
        "units",
        "people",
        "opens_on",
        "opens_at_hour",
        "closes_on",
        "closes_at_hour",
        "visibility",
        "letter",
    ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "closes_on" in data and "closes_at_hour" in data and self.closes_at <= timezone.now():
            self.add_error("closes_on", _("This moment is over. Choose a later one."))
        return data


class ScheduleForm(OpeningFields, ClosingFields):
    """Another end, another letter; another opening until the round has opened."""

    letter = forms.CharField(
        label=_("Covering letter"),
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)
    field_order = ["opens_on", "opens_at_hour", "closes_on", "closes_at_hour", "letter", "reason"]

    def __init__(self, data: Mapping[str, Any] | None, *, consultation: Consultation) -> None:
        begin, end = timezone.localtime(consultation.opens_at), timezone.localtime(consultation.closes_at)
        initial = {"opens_on": begin.date(), "opens_at_hour": begin.time()}
        initial |= {"closes_on": end.date(), "closes_at_hour": end.time(), "letter": consultation.letter}
        super().__init__(data, initial=initial)
        if consultation.opens_at <= timezone.now():
            del self.fields["opens_on"], self.fields["opens_at_hour"]


class ClosingForm(forms.Form):
    """Why a round ends early."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class VisibilityForm(forms.Form):
    """Who sees the comments from now on, and why."""

    visibility = visibility_field()
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    """The stance on the whole and, where one wants to, on single articles."""

    stance = forms.ChoiceField(
        label=_("On the whole"),
        choices=[(value, capfirst(label)) for value, label in Stance.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    stance.is_conditional = True  # type: ignore[attr-defined]  # needed for sending, not for keeping

    def __init__(self, *args: Any, text: Text, invitation: Invitation, **kwargs: Any) -> None:
        held = {row.provision_id: row.stance for row in invitation.article_stances.all()}
        self.sheets = {f"article_{sheet.wid.hex}": sheet for sheet in text.articles() if sheet.pk is not None}
        super().__init__(*args, **kwargs)
        self.initial = {"stance": invitation.stance}
        self.initial |= {name: held.get(sheet.pk, "") for name, sheet in self.sheets.items()}
        choices = [("", _("As on the whole")), *((value, capfirst(label)) for value, label in Stance.choices)]
        for name, sheet in self.sheets.items():
            self.fields[name] = forms.ChoiceField(label=sheet.title, choices=choices, required=False)

    @property
    def article_fields(self) -> list[tuple[Sheet, forms.BoundField]]:
        return [(sheet, self[name]) for name, sheet in self.sheets.items()]

    @property
    def chosen(self) -> int:
        """How many articles have a stance of their own."""
        return sum(bool(self[name].value()) for name in self.sheets)

    def articles(self) -> dict[Provision, str]:
        provisions = Provision.objects.in_bulk([sheet.pk for sheet in self.sheets.values()])
        return {
            provisions[sheet.pk]: self.cleaned_data[name]
            for name, sheet in self.sheets.items()
            if sheet.pk in provisions and self.cleaned_data[name]
        }


def usual_end(now: dt.datetime) -> dt.date:
    """Ten days from now, or the working day after."""
    day = timezone.localdate(now + USUAL_LENGTH)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return day
