"""What people fill in while a task is followed: progress, more time, other hands, a stand-in."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PeopleField, PersonField, UnitField, UnitsField
from accounts.models import Unit, User
from comments.forms import AttachmentsField
from meetings.forms import LONGEST_TEXT, DayField, DeadlineField, WithDeadline
from meetings.models import Assignment

MOST_LINKS = 10
MOST_DAYS = 60
_is_a_web_address = URLValidator(schemes=["http", "https"])


class ProgressForm(forms.Form):
    """How far the task is, with links and files."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("How far it is"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say how far the task is.")},
    )
    links = forms.CharField(
        label=_("Links, one a line"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    attachments = AttachmentsField(
        label=_("Files"), required=False, help_text=_("PDF, Word or pictures, up to 20 MB each.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4()

    def clean_links(self) -> list[str]:
        links = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(links) > MOST_LINKS:
            raise ValidationError(_("No more than %(most)s links with one report.") % {"most": MOST_LINKS})
        for link in links:
            try:
                _is_a_web_address(link)
            except ValidationError:
                raise ValidationError(
                    _("“%(link)s” is no address of a page; it begins with https://.") % {"link": link[:80]}
                ) from None
        return links


class TimeForm(WithDeadline):
    """The later deadline one asks for, and why."""

    due_on = DeadlineField(
        label=_("New deadline"),
        help_text=_("Type 10/11, 10/11/2026 or “10 ngày làm việc”, or choose it from the calendar."),
        error_messages={"required": _("Give the deadline.")},
    )
    limit = forms.ChoiceField(
        label=_("Kind of limit"),
        choices=Assignment.Limit.choices,
        initial=Assignment.Limit.BY,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    due_time = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    reason = forms.CharField(
        label=_("Why more time is needed"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason.")},
    )


class DecisionForm(forms.Form):
    """Granted, or refused with the reason."""

    verdict = forms.ChoiceField(choices=[("grant", ""), ("refuse", "")])
    decision = forms.CharField(label=_("Words of the decision"), required=False, max_length=LONGEST_TEXT)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") == "refuse" and not data.get("decision", "").strip():
            self.add_error("decision", _("Give the reason."))
        return data


class PerformersForm(forms.Form):
    """Who does it from now on, and why that changes."""

    lead_unit = UnitField(label=_("Lead unit"), queryset=Unit.objects.none())
    supporting_units = UnitsField(
        label=_("Supporting units"), queryset=Unit.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = PeopleField(
        label=_("Persons responsible"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Why it changes hands"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Give the reason.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.standing().in_protocol_order()
        for name in ("lead_unit", "supporting_units"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]
        people = User.objects.active().select_related("unit").in_protocol_order()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class StandInForm(forms.Form):
    """Who stands in, from when to when."""

    stand_in = PersonField(label=_("Stand-in"), queryset=User.objects.none())
    starts_on = DayField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = DayField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.active().exclude(pk=person.pk).select_related("unit").in_protocol_order()
        self.fields["stand_in"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("An absence ends after it begins."))
        elif ends and ends < timezone.localdate():
            self.add_error("ends_on", _("These days are over."))
        return data


class RuleForm(forms.Form):
    """When and whom the tasks of a meeting recall."""

    days_ahead = forms.CharField(
        label=_("Days before the last day"),
        required=False,
        max_length=60,
        help_text=_(
            "Numbers with commas, like 7, 3, 1. On the last day and while overdue people are reminded in any case."
        ),
    )
    hour = forms.IntegerField(
        label=_("Hour of the day"),
        min_value=7,
        max_value=18,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Reminders leave between 7:00 and 19:00."),
    )
    tells_supporting = forms.BooleanField(label=_("Remind supporting units too"), required=False)
    secretary_after = forms.IntegerField(
        label=_("Tell the secretary when so many days overdue"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("Empty: never."),
    )
    chair_after = forms.IntegerField(
        label=_("Tell the chair when so many days overdue"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("Empty: never."),
    )

    def clean_days_ahead(self) -> list[int]:
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["days_ahead"]) if word]
        if not all(word.isascii() and word.isdecimal() and 1 <= int(word) <= MOST_DAYS for word in words):
            raise ValidationError(_("Write numbers from 1 to %(most)s with commas.") % {"most": MOST_DAYS})
        return [int(word) for word in words]
