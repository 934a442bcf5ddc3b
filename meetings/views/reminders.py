"""Putting reminders aside; what a meeting rules about them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config.parameters import number_in, page_of_ours
from meetings import reminder_rules, services
from meetings.access import get_meeting_for
from meetings.following_forms import RuleForm
from meetings.views.pages import meeting_address


@require_POST
def seen(request: PersonRequest) -> HttpResponse:
    """Put aside the person's reminders of one task, or all of them; ``next`` is the page to go back to."""
    named = request.POST.get("assignment", "")
    assignment = number_in(named)
    if assignment is not None:
        services.see_reminders_of(request.user, assignment_pk=assignment)
    elif not named:
        services.see_reminders(request.user)
    return redirect(page_of_ours(request, request.POST.get("next", "")) or "home")


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: PersonRequest, pk: int) -> HttpResponse:
    """When and whom the tasks of this meeting recall."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    if request.method != "POST":
        held = reminder_rules.rule_of(meeting)
        initial = {name: getattr(held, name) for name in RuleForm.base_fields}
        form = RuleForm(initial=initial | {"days_ahead": ", ".join(map(str, held.days_ahead))})
        return render(request, "meetings/reminder_rule.html", {"form": form, "meeting": meeting})
    form = RuleForm(request.POST)
    if not form.is_valid():
        return render(request, "meetings/reminder_rule.html", {"form": form, "meeting": meeting}, status=422)
    reminder_rules.set_rule(meeting, by=request.user, **form.cleaned_data)
    messages.success(request, _("From now on the tasks of this meeting are recalled like this."))
    return redirect(meeting_address(meeting.pk))
