"""The list of meetings, one meeting, and its arrangements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts.access import Denied
from meetings import calling, queries, services, task_queries
from meetings.access import get_meeting_for, may_create_meetings
from meetings.forms import MeetingForm, meeting_as_typed
from meetings.views.pages import meeting_address, meeting_page

PAGE = 30
VIEWS = ("coming", "held", "kept")


def convener(request: PersonRequest) -> User:
    """The person, if they may convene meetings; else 403 with the reason."""
    verdict = may_create_meetings(request.user)
    if isinstance(verdict, Denied):
        raise PermissionDenied(verdict.reason)
    return request.user


@require_safe
def meeting_list(request: PersonRequest) -> HttpResponse:
    """The person's meetings: those to come, those held, those the person chairs or keeps."""
    user, now = request.user, timezone.now()
    mine = queries.meetings_of(user)
    kept = mine.filter(task_queries.kept_by(user)).order_by("-starts_at", "-pk")
    views = {"coming": queries.coming(mine, now=now), "held": queries.held(mine, now=now), "kept": kept}
    chosen = request.GET.get("view", "")
    if chosen not in VIEWS:
        chosen = "coming" if views["coming"].exists() else "held"
    labels = {"coming": _("To come"), "held": _("Held"), "kept": _("I chair or keep")}
    return render(
        request,
        "meetings/meeting_list.html",
        {
            "page": Paginator(views[chosen], PAGE).get_page(request.GET.get("page")),
            "view": chosen,
            "tabs": [
                {"text": labels[name], "href": f"?view={name}", "is_current": name == chosen, "count": None}
                for name in VIEWS
            ],
            "may_convene": bool(may_create_meetings(user)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Convene a meeting."""
    user = convener(request)
    if request.method != "POST":
        return _form_page(request, MeetingForm(initial={"secretary": user.pk, "day": None}))
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    meeting = services.convene(by=user, **form.fields_for_service())
    messages.success(request, _("The meeting is set up. Put the matters on its agenda and ask people to it."))
    return redirect("meetings:meeting", pk=meeting.pk)


@require_safe
def meeting(request: PersonRequest, pk: int) -> HttpResponse:
    """Agenda, attendees, conclusions."""
    return meeting_page(request, get_meeting_for(request.user, "read", pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def arrangements(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what, when, where, who."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    if request.method != "POST":
        return _form_page(request, MeetingForm(initial=meeting_as_typed(meeting), meeting=meeting), meeting=meeting)
    form = MeetingForm(request.POST, meeting=meeting)
    if form.is_valid():
        try:
            calling.rearrange(meeting, by=request.user, **form.fields_for_service())
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("meetings:list" if _has_left(request.user, form) else meeting_address(meeting.pk))
    return _form_page(request, form, meeting=meeting, status=422)


def _has_left(user: User, form: MeetingForm) -> bool:
    """Who hands over chair and record may no longer see the meeting."""
    return user not in (form.cleaned_data["chair"], form.cleaned_data["secretary"])


def _form_page(request: PersonRequest, form: MeetingForm, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "meetings/meeting_form.html", {"form": form, **context}, status=status)
