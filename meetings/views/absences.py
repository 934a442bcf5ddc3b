"""Standing in: who deals with a person's tasks while the person is away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from meetings import following
from meetings.following_forms import StandInForm
from meetings.models import Absence


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: PersonRequest) -> HttpResponse:
    """Whom I asked to stand in for me, and for whom I stand in."""
    status = 200
    form = StandInForm(request.POST or None, person=request.user, initial={"starts_on": timezone.localdate()})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                following.name_stand_in(request.user, **form.cleaned_data)
            except RuleBrokenError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("On these days your tasks and their reminders go to your stand-in."))
                return redirect("meetings:absences")
    context = {"form": form, "absences": following.absences_of(request.user), "today": timezone.localdate()}
    return render(request, "meetings/absences.html", context, status=status)


@require_POST
def ending(request: PersonRequest, pk: int) -> HttpResponse:
    """Back sooner than planned."""
    absence = get_object_or_404(Absence, pk=pk, person=request.user)
    following.end_absence(absence, by=request.user)
    return redirect("meetings:absences")
