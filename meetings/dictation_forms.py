"""What was read from a spoken conclusion, laid out to be corrected and confirmed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from drafts.citations import citations
from drafts.models import Document, Provision
from meetings.citing import CitedPlace, Unsure
from meetings.concluding import Point, Task
from meetings.deadlines import Limit
from meetings.due_words import Doubt, Due
from meetings.forms import LONGEST_TEXT, AssignmentForm, DeadlineField, WithDeadline
from meetings.models import Assignment, Meeting
from meetings.queries import known_drafts, known_units
from meetings.spoken import Spoken, SpokenPlaces, SpokenTask, take_apart
from meetings.working_days import work_calendar

MOST = 100
DOUBTS = {
    Doubt.PASSED: _("This day lies before the meeting."),
    Doubt.YEAR: _("The year was not said, and more than one is possible."),
    Doubt.MONTH: _("Only the day of the month was said."),
    Doubt.WEEK: _("The end of a week may be its Friday or its Sunday."),
    Doubt.WHICH: _("Which month or which quarter was not said."),
    Doubt.PART: _("A part of a month or of a year has no exact day."),
    Doubt.WEEKDAY: _("The weekday that was said is not that of the date."),
    Doubt.BASE: _("It is counted from a day that is not known."),
    Doubt.EVENT: _("It ends with something whose day is not known."),
    Doubt.END: _("It may mean the beginning or the end of that time."),
    Doubt.REPEATED: _("It comes again and again: give the first day."),
    Doubt.HOURS: _("It was counted in hours."),
    Doubt.BARE: _("A date was said, but not clearly as the deadline."),
    Doubt.UNREAL: _("There is no such day."),
    Doubt.LUNAR: _("It is a day of the lunar calendar: give the date."),
}

UNSURE_PLACES = {
    Unsure.DRAFT: _("“%(words)s”: it was not said of which draft. Choose it."),
    Unsure.OTHER: _("“%(words)s”: another text is named beside it. Tick it if this draft is meant."),
    Unsure.ARTICLE: _("“%(words)s”: there is no such place in the draft on the table."),
    Unsure.CLAUSE: _("“%(words)s”: not all of it stands in the draft on the table."),
}


class SpokenForm(forms.Form):
    """The conclusion as it was spoken."""

    text = forms.CharField(
        label=_("Conclusion as spoken"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Paste or type what was said.")},
    )
    as_read = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return _plain(self.cleaned_data["text"])

    def clean_as_read(self) -> str:
        return _plain(self.cleaned_data["as_read"])

    def is_as_read(self) -> bool:
        """Whether the words are still those that the parts below were read from; refused if not."""
        if self.cleaned_data["text"] == self.cleaned_data["as_read"]:
            return True
        self.add_error("text", gettext("These words were changed after they were read. Read them again first."))
        return False


def _plain(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()


class _Part(forms.Form):
    """A part that may be left out; then nothing in it needs to be right."""

    keep = forms.BooleanField(label=_("Record"), required=False, initial=True)
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("keep"):
            self.errors.clear()
        return data

    @property
    def is_kept(self) -> bool:
        return bool(self["keep"].value())


class PointForm(_Part):
    """One numbered point."""

    text = forms.CharField(
        label=_("Conclusion"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down the conclusion.")},
    )
    documents = forms.TypedMultipleChoiceField(
        label=_("Drafts it concerns"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    articles = forms.MultipleChoiceField(
        label=_("Articles it concerns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    gives_no_task = forms.BooleanField(label=_("Gives rise to no task"), required=False)

    def __init__(
        self, *args: Any, drafts: Sequence[Document], places: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["articles"].choices = list((places or {}).items())  # type: ignore[attr-defined]
        if not places:
            del self.fields["articles"]
        self.fields["documents"].choices = [(draft.pk, draft.title) for draft in drafts]  # type: ignore[attr-defined]
        if not drafts:
            del self.fields["documents"]


class TaskForm(_Part, WithDeadline):
    """One task: who does what by when, and under which point it stands."""

    point = forms.TypedChoiceField(label=_("Under point"), coerce=int)
    lead_unit = forms.TypedChoiceField(
        label=_("Lead unit"), coerce=int, error_messages={"required": _("Choose the lead unit.")}
    )
    supporting_units = forms.TypedMultipleChoiceField(
        label=_("Supporting units"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    task = forms.CharField(
        label=_("Task"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what is to be done.")},
    )
    product = forms.CharField(label=_("Expected product"), max_length=300, required=False)
    limit = forms.ChoiceField(
        label=_("Kind of limit"),
        choices=Assignment.Limit.choices,
        initial=Assignment.Limit.BEFORE,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    due_on = DeadlineField(
        label=_("Deadline"),
        help_text=AssignmentForm.base_fields["due_on"].help_text,
        error_messages={"required": _("Give the deadline.")},
    )
    due_time = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, points: int, units: Mapping[int, Unit], meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(unit.pk, unit.name) for unit in units.values()]
        self.fields["point"].choices = [(place, str(place + 1)) for place in range(points)]  # type: ignore[attr-defined]
        self.fields["lead_unit"].choices = [("", "---------"), *names]  # type: ignore[attr-defined]
        self.fields["supporting_units"].choices = names  # type: ignore[attr-defined]
        self.fields["due_on"].seen_from(timezone.localdate(meeting.starts_at))  # type: ignore[attr-defined]


class Dictation:
    """The spoken text with the forms of what was read from it, bound once ``data`` was sent back.

    Four queries; five more and one for each draft where places are cited.
    """

    def __init__(
        self, text: str, meeting: Meeting, drafts: Sequence[Document], *, data: Mapping[str, Any] | None = None
    ) -> None:
        self.text = text
        self.meeting = meeting
        self.drafts = {draft.pk: draft for draft in drafts}
        self.data = data

    @cached_property
    def spoken(self) -> Spoken:
        held_on = timezone.localdate(self.meeting.starts_at)
        return take_apart(
            self.text,
            meeting=held_on,
            units=known_units(on=held_on),
            drafts=known_drafts(self.meeting, self.drafts.values()) if citations(self.text) else (),
            calendar=work_calendar(),
        )

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """Those that may be meant and still stand, by the names they have in the forms. One query at most."""
        read = [place for places in self.spoken.places for cited in places.read for place in cited.places]
        if not read:
            return {}
        rows = Provision.objects.standing().filter(document__in=self.drafts, wid__in={place.wid for place in read})
        return {f"{row.document_id}-{row.wid}": row for row in rows}

    @cached_property
    def units(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in Unit.objects.standing().in_protocol_order()}

    @cached_property
    def points(self) -> list[PointForm]:
        tasked = {task.point for task in self.spoken.tasks}
        return [
            PointForm(
                self.data,
                prefix=f"point-{number}",
                drafts=list(self.drafts.values()),
                places=self._places(places),
                initial={
                    "text": text,
                    "documents": self._documents(text, places, is_tasked=number in tasked),
                    "articles": [_key(one.places[0]) for one in places.read if one.unsure is None],
                },
            )
            for number, (text, places) in enumerate(self._said())
        ]

    def points_read(self) -> list[tuple[PointForm, SpokenPlaces, list[str]]]:
        """Each point's form, what it cites, and what is doubtful about that."""
        read = zip(self.points, self._said(), strict=True)
        return [(form, places, list(self._unsure(places))) for form, (_text, places) in read]

    def _said(self) -> list[tuple[str, SpokenPlaces]]:
        return list(zip(self.spoken.points, self.spoken.places, strict=True))[:MOST]

    def _places(self, places: SpokenPlaces) -> dict[str, str]:
        """The places to choose from; with several drafts each says whose it is."""
        found: dict[str, str] = {}
        for one in (place for cited in places.read for place in cited.places):
            if _key(one) in self.provisions:
                title = f", {self.drafts[one.draft].title}" if len(self.drafts) > 1 else ""
                found[_key(one)] = f"{one.label}{title}"
        return found

    def _unsure(self, places: SpokenPlaces) -> Iterator[str]:
        for one in places.read:
            if one.unsure is not None:
                yield str(UNSURE_PLACES[one.unsure]) % {"words": one.words}

    @cached_property
    def tasks(self) -> list[tuple[TaskForm, SpokenTask, list[str]]]:
        """Each task's form, what it was read from, and what is doubtful about it."""
        return [
            (
                TaskForm(
                    self.data,
                    prefix=f"task-{place}",
                    points=len(self.points),
                    units=self.units,
                    meeting=self.meeting,
                    initial=self._initial(task),
                ),
                task,
                list(self._doubts(task)),
            )
            for place, task in enumerate(self.spoken.tasks[:MOST])
        ]

    def is_valid(self) -> bool:
        forms_ = [*self.points, *(form for form, _task, _doubts in self.tasks)]
        checked = [form.is_valid() for form in forms_]  # each of them: every mistake is shown at once
        if not all(checked):
            return False
        for form, _task, _doubts in self.tasks:
            if not form.cleaned_data.get("keep"):
                continue
            point = self.points[form.cleaned_data["point"]].cleaned_data
            if not point.get("keep"):
                form.add_error("point", gettext("This point is not being recorded; choose another, or record it too."))
            elif point.get("gives_no_task"):
                form.add_error("point", gettext("This point says that it gives rise to no task."))
        return all(form.is_valid() for form in forms_)

    def confirmed(self) -> list[Point]:
        """The points that are kept, with their tasks. Needs valid forms."""
        kept = [form.cleaned_data for form, _task, _doubts in self.tasks if form.cleaned_data.get("keep")]
        return [
            Point(
                text=said["text"],
                gives_no_task=said["gives_no_task"],
                documents=self._concerned(said),
                articles=tuple(self.provisions[key] for key in said.get("articles", ())),
                tasks=tuple(self._task(one) for one in kept if one["point"] == place),
            )
            for place, said in ((place, form.cleaned_data) for place, form in enumerate(self.points))
            if said.get("keep")
        ]

    def _concerned(self, said: Mapping[str, Any]) -> tuple[Document, ...]:
        """The drafts that are ticked, and those whose articles are."""
        named = {self.provisions[key].document_id for key in said.get("articles", ())}
        return tuple(draft for pk, draft in self.drafts.items() if pk in named or pk in said.get("documents", ()))

    def _task(self, said: Mapping[str, Any]) -> Task:
        return Task(
            lead_unit=self.units[said["lead_unit"]],
            task=said["task"],
            due_on=said["due_on"],
            limit=said["limit"],
            due_time=said["due_time"],
            supporting_units=tuple(self.units[pk] for pk in said["supporting_units"]),
            product=said["product"],
        )

    def _documents(self, text: str, places: SpokenPlaces, *, is_tasked: bool) -> list[int]:
        """The only draft of the meeting, for what gives out a task; of several, those whose title is in the words.

        And those that are cited for certain.
        """
        cited = {one.places[0].draft for one in places.read if one.unsure is None}
        if len(self.drafts) == 1:
            return list(self.drafts) if is_tasked or cited else []
        return [pk for pk, one in self.drafts.items() if pk in cited or one.title.casefold() in text.casefold()]

    def _initial(self, task: SpokenTask) -> dict[str, Any]:
        read, due = task.read, task.read.due
        lead = read.lead.unit.key if read.lead and read.lead.unit else None
        supporting = {named.unit.key for named in read.supporting if named.unit}
        return {
            "point": min(task.point, len(self.points) - 1),
            "lead_unit": lead if lead in self.units else None,
            "supporting_units": [key for key in self.units if key in supporting and key != lead],
            "task": read.task,
            "limit": _limit(due),
            "due_on": due.on if due else None,
            "due_time": due.at if due and due.on and due.last_day == due.on else None,
        }

    def _doubts(self, task: SpokenTask) -> Sequence[str]:
        read, due = task.read, task.read.due
        found = []
        if read.lead is None:
            found.append(gettext("No lead unit was named."))
        elif read.lead.unit is None or read.lead.unit.key not in self.units:
            found.append(gettext("“%(name)s” is not in the list of units: choose one.") % {"name": read.lead.words})
        elif not read.lead_is_sure:
            found.append(gettext("Check the lead unit: the words can be understood in more than one way."))
        unknown = [named.words for named in read.supporting if named.unit is None or named.unit.key not in self.units]
        if unknown:
            names = ", ".join(f"“{name}”" for name in unknown)
            found.append(gettext("Supporting, but not in the list of units: %(names)s.") % {"names": names})
        if due is None:
            found.append(gettext("No deadline was said."))
        elif due.doubt is not None:
            found.append(gettext("Check the deadline.") + f" {DOUBTS[due.doubt]}")
        return found


def _key(place: CitedPlace) -> str:
    return f"{place.draft}-{place.wid}"


def _limit(due: Due | None) -> str:
    """ "Before 17:00 on the 25th" ends on the 25th."""
    if due is None:
        return Limit.BEFORE.value
    return Limit.BY.value if due.on is not None and due.last_day == due.on else due.limit.value
