"""The register of tasks: as a list, a month, a span of time, unit by unit, and as a calendar to subscribe to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from config.parameters import number_in
from meetings import following, task_queries
from meetings import register as reading
from meetings.calendar_file import calendar
from meetings.models import Assignment
from meetings.working_days import work_calendar

PAGE = 50
State = Assignment.State


@require_safe
def register(request: PersonRequest) -> HttpResponse:
    """Mine, my unit's, or all I may see; by deadline, unit or meeting; filtered by unit, state, meeting and day."""
    now = timezone.now()
    scope, inside = _inside(request)
    state, by = (request.GET.get(name, "") for name in ("state", "by"))
    unit, meeting = (number_in(request.GET.get(name, "")) for name in ("unit", "meeting"))
    by = by if by in task_queries.ORDERS else "deadline"
    found = task_queries.with_state(inside, state, now=now)
    if unit is not None:
        found = found.filter(lead_unit=unit)
    if meeting is not None:
        found = found.filter(conclusion__notice__meeting=meeting)
    day = _day(request.GET.get("day", ""))
    if day:
        found = found.filter(last_day=day)
    page = Paginator(task_queries.for_register(found, by=by), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "meetings/assignment_list.html",
        {
            "page": page,
            "groups": task_queries.grouped(page.object_list, now=now, by=by),
            "standing": task_queries.standing_of(inside, now=now),
            "units": task_queries.lead_units(inside),
            "meetings": task_queries.meetings_with(inside),
            "states": State.choices,
            "state": state,
            "unit": unit,
            "meeting": meeting,
            "by": by,
            "day": day,
            "is_filtered": bool(state or unit or meeting or day or by != "deadline"),
            **_frame(scope, "register"),
        },
    )


@require_safe
def month(request: PersonRequest) -> HttpResponse:
    """A month of last days."""
    scope, inside = _inside(request)
    today = timezone.localdate()
    first = (_day(f"{request.GET.get('month', '')}-01") or today).replace(day=1)
    found = reading.month_of(inside, first, today=today, calendar_=work_calendar())
    return render(request, "meetings/assignment_month.html", {"month": found, **_frame(scope, "month")})


@require_safe
def timeline(request: PersonRequest) -> HttpResponse:
    """Every unfinished task from the day it was given to its last day."""
    scope, inside = _inside(request)
    found = reading.timeline_of(inside, today=timezone.localdate())
    return render(request, "meetings/assignment_timeline.html", {"timeline": found, **_frame(scope, "timeline")})


@require_safe
def units(request: PersonRequest) -> HttpResponse:
    """How many tasks are on time and late, unit by unit."""
    scope, inside = _inside(request)
    found = reading.standing_by_unit(inside, now=timezone.now())
    return render(request, "meetings/assignment_units.html", {"lines": found, **_frame(scope, "units")})


@require_safe
def feed(request: PersonRequest) -> HttpResponse:
    """The secret address of the person's own calendar of tasks."""
    address = settings.SITE_URL + reverse("meetings:task_feed", args=[reading.token_for(request.user)])
    return render(request, "meetings/assignment_feed.html", {"address": address})


@require_POST
def feed_renewal(request: PersonRequest) -> HttpResponse:
    """Another address; the old one opens nothing any more."""
    following.renew_feed(request.user)
    messages.success(request, _("The address has changed. Enter the new one in your calendar program."))
    return redirect("meetings:assignment_feed")


@login_not_required  # calendar programs cannot sign in: the signed address is the right to read
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The last days of the person's unfinished tasks, for a calendar program."""
    user = reading.owner_of(token)
    if user is None:
        raise Http404
    with translation.override("vi"):
        text = calendar(reading.events_of(user), method="PUBLISH")
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nhiem-vu.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _inside(request: PersonRequest) -> tuple[str, QuerySet[Assignment]]:
    """Whose tasks: as asked for, else all for those who keep meetings and the unit's for the others."""
    scope = request.GET.get("scope", "")
    if scope not in task_queries.SCOPES:
        scope = "all" if task_queries.keeps_meetings(request.user) else "unit"
    return scope, task_queries.assignments_in(scope, user=request.user)


def _frame(scope: str, view: str) -> dict[str, Any]:
    """What stands above every view: whose tasks, and the other views of the same ones."""
    scopes = {"mine": _("Mine"), "unit": _("My unit's"), "all": _("All")}
    views = {
        "register": ("meetings:assignments", _("List")),
        "month": ("meetings:assignment_month", _("Month")),
        "timeline": ("meetings:assignment_timeline", _("Timeline")),
        "units": ("meetings:assignment_units", _("By unit")),
    }
    return {
        "scope": scope,
        "today": timezone.localdate(),
        "tabs": [
            {"text": text, "href": f"?scope={name}", "is_current": name == scope, "count": None}
            for name, text in scopes.items()
        ],
        "views": [
            {"text": text, "href": f"{reverse(name)}?scope={scope}", "is_current": key == view, "count": None}
            for key, (name, text) in views.items()
        ],
    }


def _day(text: str) -> dt.date | None:
    """A day as addresses write it; None for anything else, and beyond the years of this work."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None
