"""Putting reminders aside."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from meetings import services


@require_POST
def seen(request: PersonRequest) -> HttpResponse:
    """Put aside the person's reminders of one task, or all of them; ``next`` is the page to go back to."""
    assignment = request.POST.get("assignment", "")
    if assignment.isdecimal():
        services.see_reminders_of(request.user, assignment_pk=int(assignment))
    elif not assignment:
        services.see_reminders(request.user)
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if is_ours else "home")
