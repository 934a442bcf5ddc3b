"""The secretary's screen while the meeting sits: made for speed and keyboard. Each part answers with itself to htmx."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from accounts.requests import PersonRequest
from comments import recording
from comments.recording_forms import RecordingForm
from config.errors import RuleBrokenError
from config.parameters import number_in
from meetings import leading, polling, queries, services, speaking
from meetings.access import get_meeting_for
from meetings.models import Attendance, Meeting, Poll, Turn
from meetings.session_forms import HandsForm, PlaceOnScreenForm, PollForm, SpokenConclusionForm, TurnForm
from meetings.sitting import Sitting, sitting_of


@require_safe
def live(request: PersonRequest, pk: int) -> HttpResponse:
    """Agenda, ticks, speakers, opinions, conclusions and votes on one page."""
    return _page(request, get_meeting_for(request.user, "keep", pk=pk))


@require_POST
def beginning(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take up a matter; the one before ends."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    item = get_object_or_404(meeting.agenda, pk=item_pk)
    return _led(request, meeting, lambda: leading.begin(item, by=request.user))


@require_POST
def ending(request: PersonRequest, pk: int) -> HttpResponse:
    """End the matter under discussion."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    return _led(request, meeting, lambda: leading.end(meeting, by=request.user))


@require_POST
def on_screen(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the screens show the place typed; empty: the matter as a whole."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    sitting = sitting_of(meeting, user=request.user)
    if sitting.text is None:
        return _page(request, meeting, status=409, refusal=_("No text is on the table for this matter."))
    form = PlaceOnScreenForm(request.POST, text=sitting.text)
    if not form.is_valid():
        typed = _recording_form(sitting, data=request.POST)
        typed.errors.clear()
        typed.add_error("place", form.errors["place"])
        return _part(request, meeting, "recording", sitting=sitting, status=422, recording_form=typed)
    sheet, clause = form.cleaned_data["place"]
    leading.show(meeting, wid=sheet.wid if sheet else None, clause=clause)
    if not request.htmx:
        return _to_live(pk, "recording")
    shown = sitting_of(meeting, user=request.user)
    return render(request, "meetings/_live_shown.html", {"meeting": meeting, "sitting": shown})


@require_POST
def opinions(request: PersonRequest, pk: int) -> HttpResponse:
    """Record what somebody says onto article and clause; the screens follow."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    sitting = sitting_of(meeting, user=request.user)
    if not sitting.may_record or sitting.edition is None:
        return _page(request, meeting, status=409, refusal=_("On this matter no opinions can be recorded by you."))
    form = _recording_form(sitting, data=request.POST)
    if form.is_valid():
        data = form.cleaned_data
        (sheet, clause), speaker = data.pop("place"), data.pop("who")
        try:
            recording.record_opinion(
                sitting.edition, by=request.user, sheet=sheet, clause=clause, speaker=speaker, **data
            )
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            if sheet is not None:
                leading.show(meeting, wid=sheet.wid, clause=clause)
            else:
                leading.refresh(meeting.pk)
            if not request.htmx:
                return _to_live(pk, "recording")
            response = _part(request, meeting, "recording", who=speaker.name)
            return trigger_client_event(response, "app:sent")
    return _part(request, meeting, "recording", sitting=sitting, status=422, recording_form=form)


@require_POST
def turns(request: PersonRequest, pk: int) -> HttpResponse:
    """Put somebody on the list of speakers: one of those asked, or a name."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    form = TurnForm(request.POST)
    if not form.is_valid():
        return _part(request, meeting, "turns", status=422, turn_form=form)
    name = " ".join(form.cleaned_data["name"].split())
    place = _place_called(meeting, name)
    return _spoken(request, meeting, lambda: speaking.ask(meeting, by=request.user, attendance=place, name=name))


@require_safe
def turn_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Who waits to speak now: asked for again and again, since delegates ask on their own screens."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    return render(request, "meetings/_live_turn_list.html", _context(request, meeting))


@require_POST
def next_turn(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is speaking ends; the next one, or the one named, begins."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    turn_pk = number_in(request.POST.get("turn", ""))
    return _spoken(request, meeting, lambda: speaking.call_next(meeting, by=request.user, turn_pk=turn_pk))


@require_POST
def turn_removal(request: PersonRequest, pk: int, turn_pk: int) -> HttpResponse:
    """Take somebody off the list of speakers."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    turn = Turn.objects.select_related("item__meeting").filter(item__meeting=meeting, pk=turn_pk).first()
    return _spoken(request, meeting, lambda: speaking.withdraw(turn, by=request.user) if turn else None)


@require_POST
def turn_place(request: PersonRequest, pk: int, turn_pk: int) -> HttpResponse:
    """Let somebody speak before the others who wait."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    turn = get_object_or_404(Turn.objects.select_related("item__meeting"), item__meeting=meeting, pk=turn_pk)
    return _spoken(request, meeting, lambda: speaking.put_first(turn, by=request.user))


@require_POST
def spoken_conclusion(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down a conclusion; the screens show the place it concerns. Its tasks are given out afterwards."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    sitting = sitting_of(meeting, user=request.user)
    form = SpokenConclusionForm(request.POST, on_table=sitting.text)
    if form.is_valid():
        data = form.cleaned_data
        place = data.pop("concerns", None)
        try:
            services.add_conclusion(
                meeting,
                by=request.user,
                documents=[sitting.draft] if sitting.draft else [],
                articles=sitting.provisions(place[0].wid if place else sitting.screen.wid),
                **data,
            )
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            if place:
                leading.show(meeting, wid=place[0].wid, clause=place[1])
            if not request.htmx:
                return _to_live(pk, "conclusions")
            return trigger_client_event(_part(request, meeting, "conclusions", is_shown=bool(place)), "app:sent")
    return _part(request, meeting, "conclusions", status=422, conclusion_form=form)


@require_POST
def polls(request: PersonRequest, pk: int) -> HttpResponse:
    """Open a vote on the matter under discussion."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    form = PollForm(request.POST)
    if form.is_valid():
        try:
            polling.open_poll(meeting, by=request.user, **form.cleaned_data)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _part(request, meeting, "poll") if request.htmx else _to_live(pk, "poll")
    return _part(request, meeting, "poll", status=422, poll_form=form)


@require_POST
def poll_closing(request: PersonRequest, pk: int, poll_pk: int) -> HttpResponse:
    """Close the vote and count."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    poll = get_object_or_404(Poll, item__meeting=meeting, pk=poll_pk)
    form = HandsForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            polling.close(poll, by=request.user, hands=(data["agree"], data["disagree"], data["other"]))
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _part(request, meeting, "poll") if request.htmx else _to_live(pk, "poll")
    return _part(request, meeting, "poll", status=422, hands_form=form)


def _place_called(meeting: Meeting, name: str) -> Attendance | None:
    """The place at the table whose name was typed or chosen."""
    places = list(meeting.attendances.select_related("user", "unit"))
    same = [place for place in places if name in (str(place), place.unit.name if place.unit else "")]
    return same[0] if len(same) == 1 else None


def _recording_form(sitting: Sitting, *, data: Any = None, who: str = "") -> RecordingForm:
    assert sitting.text is not None
    start = {"who": who or (sitting.speaking.name if sitting.speaking else ""), "key": uuid.uuid4()}
    form = RecordingForm(data, text=sitting.text, speakers=sitting.speakers, initial=start)
    form.fields["place"].widget.attrs["autofocus"] = True
    return form


def _led(request: PersonRequest, meeting: Meeting, act: Any) -> HttpResponse:
    try:
        act()
    except RuleBrokenError as refusal:
        return _page(request, meeting, status=409, refusal=str(refusal))
    return _to_live(meeting.pk, "")


def _spoken(request: PersonRequest, meeting: Meeting, act: Any) -> HttpResponse:
    try:
        act()
    except RuleBrokenError as refusal:
        return _part(request, meeting, "turns", status=409, turn_refusal=str(refusal))
    return _part(request, meeting, "turns") if request.htmx else _to_live(meeting.pk, "turns")


def _to_live(pk: int, part: str) -> HttpResponse:
    return redirect(reverse("meetings:live", args=[pk]) + (f"#{part}" if part else ""))


def _context(
    request: PersonRequest, meeting: Meeting, *, sitting: Sitting | None = None, who: str = "", **extra: Any
) -> dict[str, Any]:
    sitting = sitting or sitting_of(meeting, user=request.user)
    context: dict[str, Any] = {
        "meeting": meeting,
        "sitting": sitting,
        "turn_form": TurnForm(),
        "conclusion_form": SpokenConclusionForm(on_table=sitting.text),
        "poll_form": PollForm(),
        "hands_form": HandsForm(),
        "counts": queries.attendance_counts(sitting.attendances),
        "states": [(value, label) for value, label in Attendance.State.choices if value != Attendance.State.INVITED],
    }
    if sitting.may_record:
        context["recording_form"] = _recording_form(sitting, who=who)
    return context | extra


def _part(request: PersonRequest, meeting: Meeting, part: str, *, status: int = 200, **extra: Any) -> HttpResponse:
    """One part for htmx, with all of it the whole page."""
    if not request.htmx:
        return _page(request, meeting, status=status, **extra)
    return render(request, f"meetings/_live_{part}.html", _context(request, meeting, **extra), status=status)


def _page(request: PersonRequest, meeting: Meeting, *, status: int = 200, **extra: Any) -> HttpResponse:
    return render(request, "meetings/live.html", _context(request, meeting, **extra), status=status)
