"""What people fill in about meetings, conclusions and tasks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PeopleField, PersonField, UnitField, UnitsField
from accounts.models import Unit, User
from drafts.models import Document, Edition
from meetings import deadlines
from meetings.concerned import ConcernedFields
from meetings.guests import LONGEST_POST, read_guest
from meetings.models import Assignment, Attendance, Conclusion, Meeting
from meetings.working_days import work_calendar

LONGEST_TEXT = 20_000


class DayField(forms.CharField):
    """A day as people type it, 10/11, 10/11/2026 or 10-11-2026, or as a calendar gives it, 2026-11-10.

    Without a year it is the coming such day, seen from ``today`` (the day of the meeting). With ``reads_spans`` it may
    also be "10 ngày làm việc", counted from that day.
    """

    default_error_messages = {
        "unreadable": _("It is not clear which day “%(text)s” is. Write it with its year, like 10/11/2026."),
    }

    def __init__(self, *, today: dt.date | None = None, reads_spans: bool = False, **kwargs: Any) -> None:
        self.today, self.reads_spans = today, reads_spans
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        today = self.today or timezone.localdate()
        day = read_day(text, today=today) if self.reads_spans else deadlines.read_date(text, today=today)
        if day is None or not 1990 <= day.year <= 2200:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable", params={"text": text})
        return day


def read_day(text: str, *, today: dt.date) -> dt.date | None:
    """A day, or the end of so many days or working days from the given one; None unless certain.

    "Trước" or "chậm nhất" may stand before it; what they mean for the limit: ``WithDeadline``.
    """
    text = deadlines.without_limit(text)
    return deadlines.read_date(text, today=today) or deadlines.read_span(text, since=today, calendar=work_calendar())


class DeadlineWidget(forms.MultiWidget):
    """A day to type and, beside it, the browser's calendar; both work without script."""

    template_name = "meetings/widgets/deadline.html"
    use_fieldset = True

    def __init__(self) -> None:
        typed = forms.TextInput(
            attrs={
                "autocomplete": "off",
                "placeholder": "10/11/2026",
                "aria-label": _("Day as typed"),
            }
        )
        picked = forms.DateInput(attrs={"type": "date", "aria-label": _("Day from the calendar")})
        super().__init__({"": typed, "picked": picked})

    def decompress(self, value: Any) -> list[Any]:
        return [value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value, None]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_picked" not in data


class WithDeadline(forms.Form):
    """A form with ``due_on`` and ``limit``: what is typed with the day ("trước ngày 10/11") is the limit chosen."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = deadlines.said_limit(str(self.data.get(self.add_prefix("due_on"), "")))
        if said is not None and "limit" in data:
            data["limit"] = said.value
        return data


class DeadlineField(forms.MultiValueField):
    """A day, typed or picked; the two must not contradict each other."""

    widget = DeadlineWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = (DayField(required=False, reads_spans=True), DayField(required=False))
        super().__init__(fields, require_all_fields=False, **kwargs)

    def seen_from(self, today: dt.date) -> None:
        """Days without a year are the coming ones, seen from this day."""
        for field in self.fields:
            field.today = today  # type: ignore[attr-defined]

    def compress(self, data_list: list[dt.date | None]) -> dt.date | None:
        days = {day for day in data_list if day}
        if len(days) > 1:
            raise forms.ValidationError(_("The day you typed and the day in the calendar are not the same."))
        return days.pop() if days else None


class MeetingForm(forms.Form):
    """What, when, where, who chairs and who keeps the record."""

    title = forms.CharField(
        label=_("Name of the meeting"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
    )
    body = UnitField(label=_("Body that meets"), queryset=Unit.objects.none(), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    day = DayField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(
        label=_("Ends at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    chair = PersonField(label=_("Chair"), queryset=User.objects.none())
    secretary = PersonField(label=_("Secretary"), queryset=User.objects.none())

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [meeting.chair_id, meeting.secretary_id] if meeting else []
        people = User.objects.filter(Q(is_active=True) | Q(pk__in=kept)).select_related("unit").in_protocol_order()
        for name in ("chair", "secretary"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
        units = Unit.objects.standing()
        if meeting and meeting.body_id:
            units = units | Unit.objects.filter(pk=meeting.body_id)
        self.fields["body"].queryset = units.in_protocol_order()  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("A meeting ends after it begins."))
        return data

    def fields_for_service(self) -> dict[str, Any]:
        """Title, place, body, people, and the two moments in local time."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("title", "place", "body", "chair", "secretary")},
            "starts_at": timezone.make_aware(dt.datetime.combine(data["day"], data["begins"])),
            "ends_at": timezone.make_aware(dt.datetime.combine(data["day"], data["ends"])) if data["ends"] else None,
        }


def meeting_as_typed(meeting: Meeting) -> dict[str, Any]:
    """The form's values for a meeting that exists."""
    begins = timezone.localtime(meeting.starts_at)
    return {
        "title": meeting.title,
        "body": meeting.body_id,
        "place": meeting.place,
        "day": begins.date(),
        "begins": begins.time(),
        "ends": timezone.localtime(meeting.ends_at).time() if meeting.ends_at else None,
        "chair": meeting.chair_id,
        "secretary": meeting.secretary_id,
    }


class AgendaItemForm(forms.Form):
    """One matter: a draft, or words of its own."""

    document = forms.ModelChoiceField(
        label=_("Draft"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("No draft"),
        help_text=_("Its latest edition is put on the table."),
    )
    title = forms.CharField(
        label=_("Matter"),
        max_length=300,
        required=False,
        help_text=_("Everybody at the meeting reads it; empty: the title of the draft."),
    )
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    assignment = forms.ModelChoiceField(queryset=Assignment.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = Assignment.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["document"].queryset = Document.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("document") and not data.get("title") and "document" not in self.errors:
            self.add_error("title", _("Name the matter or choose a draft."))
        return data


class InvitationForm(forms.Form):
    """Whom to ask: people, units, guests by post."""

    people = PeopleField(
        label=_("People"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = UnitsField(
        label=_("Units"), queryset=Unit.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = forms.CharField(
        label=_("Guests, one a line"),
        required=False,
        help_text=_("The post, or name and post: Nguyễn Văn A; Vụ trưởng, Ban Tổ chức Trung ương."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = meeting.attendances.values
        people = User.objects.active().exclude(pk__in=asked("user").filter(user__isnull=False))
        units = Unit.objects.standing().exclude(pk__in=asked("unit").filter(unit__isnull=False))
        self.fields["people"].queryset = people.select_related("unit").in_protocol_order()  # type: ignore[attr-defined]
        self.fields["units"].queryset = units.in_protocol_order()  # type: ignore[attr-defined]

    def clean_guests(self) -> list[str]:
        guests = [" ".join(line.split()) for line in self.cleaned_data["guests"].splitlines()]
        if any(len(part) > LONGEST_POST for guest in guests for part in guest.split(";")):
            raise forms.ValidationError(_("The post of a guest has at most 200 characters."))
        return [guest for guest in guests if read_guest(guest).post]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data.get("people") or data.get("units") or data.get("guests")):
            raise forms.ValidationError(_("Choose people or units, or write down a guest."))
        return data


def attendance_states(data: Any, *, attendances: Any) -> dict[int, str] | None:
    """Read the ticks: attendance pk → state, only what was changed on this page; None if a state does not exist.

    ``state-7=present`` with ``was-7=invited`` beside it: a tick somebody else made meanwhile is not taken back.
    """
    states: dict[int, str] = {}
    for attendance in attendances:
        state = data.get(f"state-{attendance.pk}")
        if state is None or state == data.get(f"was-{attendance.pk}"):
            continue
        if state not in Attendance.State.values:
            return None
        states[attendance.pk] = state
    return states


class ConclusionForm(ConcernedFields):
    """A point of the chair's conclusion, in the words spoken."""

    text = forms.CharField(
        label=_("Conclusion"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down the conclusion.")},
    )
    documents = forms.ModelMultipleChoiceField(
        label=_("Drafts it concerns"),
        queryset=Document.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    gives_no_task = forms.BooleanField(label=_("Gives rise to no task"), required=False)
    seen_text = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, drafts: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, drafts=drafts, user=user, **kwargs)
        self.fields["documents"].queryset = drafts  # type: ignore[attr-defined]
        if not self.drafts:
            del self.fields["documents"]


class GivingBackForm(forms.Form):
    """What the chair wants otherwise."""

    reason = forms.CharField(
        label=_("What is to be changed"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what is to be changed.")},
    )


class SignatureForm(forms.Form):
    """The chair's signature under what the chair has read."""

    symbol = forms.CharField(label=_("Number and symbol"), max_length=60, required=False)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class AssignmentForm(WithDeadline):
    """Who does what by when."""

    lead_unit = UnitField(label=_("Lead unit"), queryset=Unit.objects.none())
    supporting_units = UnitsField(
        label=_("Supporting units"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    task = forms.CharField(
        label=_("Task"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is to be done.")},
    )
    product = forms.CharField(
        label=_("Expected product"),
        max_length=300,
        required=False,
        help_text=_("For example: a comparison table, submitted to the permanent members."),
    )
    document = forms.ModelChoiceField(
        label=_("Draft it concerns"), queryset=Document.objects.none(), required=False, empty_label=_("No draft")
    )
    limit = forms.ChoiceField(
        label=_("Kind of limit"),
        choices=Assignment.Limit.choices,
        initial=Assignment.Limit.BEFORE,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    due_on = DeadlineField(
        label=_("Deadline"),
        help_text=_("Type 10/11, 10/11/2026 or “10 ngày làm việc”, or choose it from the calendar."),
        error_messages={"required": _("Give the deadline.")},
    )
    due_time = forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Only when the hour was said: it is an hour of the day given."),
    )
    people = PeopleField(
        label=_("Persons responsible"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    asks_for_edition = forms.BooleanField(
        label=_("It is done with a new edition of the draft"),
        required=False,
        help_text=_("The task is accepted together with the edition that fulfils it."),
    )

    def __init__(self, *args: Any, conclusion: Conclusion, drafts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.standing().in_protocol_order()
        for name in ("lead_unit", "supporting_units"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]
        self.fields["document"].queryset = drafts  # type: ignore[attr-defined]
        if not drafts:
            del self.fields["document"], self.fields["asks_for_edition"]
        people = User.objects.active().select_related("unit").in_protocol_order()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        held_on = timezone.localdate(conclusion.notice.meeting.starts_at)
        self.fields["due_on"].seen_from(held_on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("lead_unit") and data.get("supporting_units"):
            data["supporting_units"] = [u for u in data["supporting_units"] if u != data["lead_unit"]]
        if data.get("asks_for_edition") and not data.get("document"):
            self.add_error("document", _("Say which draft the new edition is of."))
        return data


class StepForm(forms.Form):
    """The next state of a task, and what there is to say about it."""

    state = forms.ChoiceField(choices=Assignment.State.choices, widget=forms.HiddenInput)
    note = forms.CharField(max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    edition = forms.ModelChoiceField(queryset=Edition.objects.none(), required=False)

    def __init__(self, *args: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions  # type: ignore[attr-defined]

    NEEDED = {
        Assignment.State.REPORTED: _("Say what was done."),
        Assignment.State.RETURNED: _("Give the reason."),
        Assignment.State.CANCELLED: _("Give the reason."),
    }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = self.NEEDED.get(data.get("state", ""))
        if needed and not data.get("note", "").strip() and "note" not in self.errors:
            self.add_error("note", needed)
        return data


def weekday(day: dt.date) -> str:
    """ "Monday", for the last day of a deadline."""
    names = (
        gettext("Monday"),
        gettext("Tuesday"),
        gettext("Wednesday"),
        gettext("Thursday"),
        gettext("Friday"),
        gettext("Saturday"),
        gettext("Sunday"),
    )
    return names[day.weekday()]
