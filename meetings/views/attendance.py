"""Who is asked to the meeting, and who came."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts.texts import clean
from meetings import queries, seating, services
from meetings.access import get_meeting_for
from meetings.arrangement_forms import PlaceForm
from meetings.forms import InvitationForm, attendance_states
from meetings.guests import Guest
from meetings.views.pages import meeting_address, meeting_page


@require_POST
def attendees(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask people, units and guests to the meeting."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    form = InvitationForm(request.POST, meeting=meeting, prefix="invitation")
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, invitation_form=form)
    data = form.cleaned_data
    try:
        services.invite_all(meeting, by=request.user, users=data["people"], units=data["units"], guests=data["guests"])
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        return meeting_page(request, meeting, status=422, invitation_form=form)
    return redirect(meeting_address(meeting.pk, "attendees"))


@require_http_methods(["GET", "HEAD", "POST"])
def attendee(request: PersonRequest, pk: int, attendance_pk: int) -> HttpResponse:
    """One place: its rank in the order of protocol; name and post of a guest."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    place = get_object_or_404(meeting.attendances.select_related("user", "unit"), pk=attendance_pk)
    form = PlaceForm(request.POST or None, place=place)
    if form.is_valid():
        data = form.cleaned_data
        guest = Guest(post=clean(data["post"]), name=clean(data["name"])) if place.guest else None
        try:
            seating.set_place(place, by=request.user, rank=data["rank"], guest=guest)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("meetings:who_comes", pk=pk)
    context = {"meeting": meeting, "place": place, "form": form}
    return render(request, "meetings/attendee_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def removal(request: PersonRequest, pk: int, attendance_pk: int) -> HttpResponse:
    """Take somebody off the list."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    services.uninvite(get_object_or_404(meeting.attendances, pk=attendance_pk), by=request.user)
    return redirect(meeting_address(meeting.pk, "attendees"))


@require_POST
def attendance(request: PersonRequest, pk: int) -> HttpResponse:
    """Save the ticks that were changed; htmx gets the counts."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    states = attendance_states(request.POST, attendances=meeting.attendances.all())
    if states is None:
        if request.htmx:
            return render(request, "components/_notice.html", {"message": _("There is no such state.")}, status=422)
        return meeting_page(request, meeting, status=422, attendance_error=_("There is no such state."))
    try:
        services.record_attendance(meeting, by=request.user, states=states)
    except RuleBrokenError as refusal:
        return meeting_page(request, meeting, status=409, attendance_error=str(refusal))
    if request.htmx:
        counts = queries.attendance_counts(meeting.attendances.all())
        return render(request, "meetings/_attendance_counts.html", {"counts": counts, "is_saved": True})
    return redirect(meeting_address(meeting.pk, "attendees"))
