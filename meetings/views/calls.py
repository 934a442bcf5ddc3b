"""Calling people to the meeting, calling it off, their answers, and the entry for their calendars."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from meetings import calling, replying
from meetings.access import get_meeting_for, may_meeting
from meetings.arrangement_forms import CancellationForm, ReplyForm
from meetings.calendar_file import NAME
from meetings.models import Attendance
from meetings.views.pages import meeting_address


@require_POST
def calls(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the invitation to all who have not got it yet."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    count = calling.call(meeting, by=request.user)
    if count:
        text = ngettext("The invitation was sent to %(n)s place.", "The invitation was sent to %(n)s places.", count)
        messages.success(request, text % {"n": count})
    else:
        messages.info(request, _("Everybody with an account has the invitation already."))
    return redirect("meetings:who_comes", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request: PersonRequest, pk: int) -> HttpResponse:
    """Call the meeting off, with the reason."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    form = CancellationForm(request.POST or None)
    if form.is_valid():
        try:
            calling.cancel(meeting, by=request.user, **form.cleaned_data)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is called off; everybody who was called gets a mail."))
            return redirect(meeting_address(pk))
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/cancellation.html", context, status=422 if form.is_bound else 200)


@require_safe
def calendar_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The meeting as an entry for a calendar."""
    meeting = get_meeting_for(request.user, "read", pk=pk)
    response = HttpResponse(calling.calendar_of(meeting), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


@require_safe
def who_comes(request: PersonRequest, pk: int) -> HttpResponse:
    """The secretary's list: everybody asked, in the order of protocol, with what they answered."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    rows = meeting.attendances.select_related("user__unit", "unit", "substitute_user__unit", "replied_by")
    places = list(rows.order_by("rank", "pk"))
    context = {
        "meeting": meeting,
        "places": places,
        "counts": replying.reply_counts(places),
        "waiting": len(calling.to_call(places)),
        "is_over": calling.is_over(meeting),
    }
    return render(request, "meetings/who_comes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: PersonRequest, pk: int, attendance_pk: int) -> HttpResponse:
    """Confirm, send a substitute or excuse oneself; the secretary and the chair note what others said."""
    meeting = get_meeting_for(request.user, "read", pk=pk)
    places = meeting.attendances.select_related("user__unit", "unit", "substitute_user")
    place = get_object_or_404(places, pk=attendance_pk)
    place.meeting = meeting
    if not replying.may_reply(request.user, place):
        raise PermissionDenied(_("Only who was asked, the secretary and the chair answer the invitation."))
    colleagues = replying.colleagues(place)
    form = ReplyForm(request.POST or None, colleagues=colleagues, initial=_as_answered(place))
    if form.is_valid():
        try:
            replying.reply(place, by=request.user, **form.cleaned_data)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The answer is noted."))
            is_own = bool(replying.places_of(request.user, [place]))
            is_keeper = bool(may_meeting(request.user, "keep", meeting))
            return redirect("meetings:who_comes" if is_keeper and not is_own else "meetings:meeting", pk=pk)
    context = {"meeting": meeting, "place": place, "form": form, "is_over": calling.is_over(meeting)}
    return render(request, "meetings/reply.html", context, status=422 if form.is_bound else 200)


def _as_answered(place: Attendance) -> dict[str, object]:
    return {
        "answer": place.reply if place.reply != Attendance.Reply.NONE else Attendance.Reply.COMING,
        "substitute": place.substitute,
        "substitute_user": place.substitute_user_id,
        "note": place.reply_note,
    }
