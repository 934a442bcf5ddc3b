"""The screens that follow the meeting: the wall for all in the room, and each delegate's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from meetings import polling, screens, speaking
from meetings.access import get_meeting_for
from meetings.models import Attendance, Meeting, Poll
from meetings.session_forms import BallotForm


@require_safe
def wall(request: PersonRequest, pk: int) -> HttpResponse:
    """The article under discussion in large type, with its difference and comments; needs no mouse."""
    return _screen(request, get_meeting_for(request.user, "read", pk=pk), screens.WALL)


@require_safe
def wall_now(request: PersonRequest, pk: int) -> HttpResponse:
    """What the wall shows now; 304 when that is what it shows already."""
    return _now(request, get_meeting_for(request.user, "read", pk=pk), screens.WALL)


@require_safe
def delegate(request: PersonRequest, pk: int) -> HttpResponse:
    """A delegate's own screen: follows the matter, asks to speak, votes."""
    return _screen(request, get_meeting_for(request.user, "read", pk=pk), screens.DELEGATE)


@require_safe
def delegate_now(request: PersonRequest, pk: int) -> HttpResponse:
    """What a delegate's screen shows now; 304 when that is what it shows already."""
    return _now(request, get_meeting_for(request.user, "read", pk=pk), screens.DELEGATE)


@require_POST
def asking(request: PersonRequest, pk: int) -> HttpResponse:
    """A delegate asks to speak, for the place at the table they answer for."""
    meeting = get_meeting_for(request.user, "read", pk=pk)
    places = list(meeting.attendances.select_related("user", "unit"))
    mine = polling.voting_places(request.user, places)
    wanted = request.POST.get("place", "")
    place = next((one for one in mine if str(one.pk) == wanted), None)
    if place is None:
        return _screen(request, meeting, screens.DELEGATE, status=422, refusal=_("Choose for whom you speak."))
    try:
        speaking.ask(meeting, by=request.user, attendance=place)
    except RuleBrokenError as refusal:
        return _screen(request, meeting, screens.DELEGATE, status=409, refusal=str(refusal))
    return redirect("meetings:delegate", pk=pk)


@require_POST
def asking_withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """A delegate who waits does not want to speak any more."""
    meeting = get_meeting_for(request.user, "read", pk=pk)
    item = screens.screen_of(meeting).item
    if item is not None:
        mine = polling.voting_places(request.user, list(meeting.attendances.select_related("user", "unit")))
        for turn in item.turns.filter(began_at=None, attendance__in=mine).select_related("item__meeting"):
            speaking.withdraw(turn, by=request.user)
    return redirect("meetings:delegate", pk=pk)


@require_POST
def ballots(request: PersonRequest, pk: int, poll_pk: int) -> HttpResponse:
    """Vote for a place at the table."""
    meeting = get_meeting_for(request.user, "read", pk=pk)
    poll = get_object_or_404(Poll, item__meeting=meeting, pk=poll_pk)
    form = BallotForm(request.POST)
    if not form.is_valid():
        return _screen(request, meeting, screens.DELEGATE, status=422, refusal=_("There is no such answer."))
    place = get_object_or_404(Attendance, meeting=meeting, pk=form.cleaned_data["place"])
    try:
        polling.cast(poll, by=request.user, attendance=place, choice=form.cleaned_data["choice"])
    except RuleBrokenError as refusal:
        return _screen(request, meeting, screens.DELEGATE, status=409, refusal=str(refusal))
    return redirect("meetings:delegate", pk=pk)


def _now(request: PersonRequest, meeting: Meeting, kind: str) -> HttpResponse:
    state = f'"{screens.state_of(screens.screen_of(meeting), user=request.user, kind=kind)}"'
    if request.headers.get("If-None-Match") == state:
        return HttpResponseNotModified(headers={"ETag": state})
    response = render(request, f"meetings/_{kind}.html", _context(request, meeting, kind))
    response["ETag"] = state
    return response


def _screen(request: PersonRequest, meeting: Meeting, kind: str, *, status: int = 200, **extra: Any) -> HttpResponse:
    state = screens.state_of(screens.screen_of(meeting), user=request.user, kind=kind)
    context = _context(request, meeting, kind) | {"state": f'"{state}"'} | extra
    return render(request, f"meetings/{kind}.html", context, status=status)


def _context(request: PersonRequest, meeting: Meeting, kind: str) -> dict[str, Any]:
    picture = screens.picture_of(meeting, user=request.user, kind=kind)
    context: dict[str, Any] = {"meeting": meeting, "picture": picture, "choices": polling.Choice.choices}
    if kind == screens.DELEGATE:
        places = list(meeting.attendances.select_related("user", "unit"))
        mine = polling.voting_places(request.user, places)
        asked = {turn.attendance_id for turn in picture.turns}
        context["own"] = [(place, place.pk in asked) for place in mine]
    return context
