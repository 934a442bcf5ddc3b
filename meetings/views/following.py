"""What those who have a task report and ask for, and what the chair and the secretary decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from meetings import following
from meetings.access import get_assignment_for
from meetings.following_forms import DecisionForm, PerformersForm, ProgressForm, TimeForm
from meetings.models import Assignment, Extension, ReportFile
from meetings.views.assignments import assignment_page
from meetings.views.unsent import has_arrived


@require_POST
def reports(request: PersonRequest, pk: int) -> HttpResponse:
    """Say how far the task is."""
    assignment = get_assignment_for(request.user, "report", pk=pk)
    form = ProgressForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            data = form.cleaned_data
            following.report_progress(
                assignment,
                by=request.user,
                key=data["key"],
                text=data["text"],
                links=data["links"],
                files=data["attachments"],
            )
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
            return assignment_page(request, assignment, status=409, progress_form=form)
        has_arrived(request, f"progress:{assignment.pk}")
        return redirect("meetings:assignment", pk=assignment.pk)
    return assignment_page(request, assignment, status=422, progress_form=form)


@require_safe
def report_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file that came with a report, for those who may read the task; always downloaded, never run."""
    found = get_object_or_404(ReportFile.objects.select_related("report"), pk=pk)
    get_assignment_for(request.user, "read", pk=found.report.assignment_id)
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=found.content_type, as_attachment=True, filename=found.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_POST
def extensions(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for more time."""
    assignment = get_assignment_for(request.user, "report", pk=pk)
    form = TimeForm(request.POST)
    if form.is_valid():
        try:
            following.ask_for_time(assignment, by=request.user, **form.cleaned_data)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
            return assignment_page(request, assignment, status=409, time_form=form)
        has_arrived(request, f"time:{assignment.pk}")
        messages.success(request, _("Your request is with the chair and the secretary of the meeting."))
        return redirect("meetings:assignment", pk=assignment.pk)
    return assignment_page(request, assignment, status=422, time_form=form)


@require_POST
def decision(request: PersonRequest, pk: int) -> HttpResponse:
    """Grant more time, or refuse it with the reason."""
    extension = get_object_or_404(Extension, pk=pk)
    assignment = get_assignment_for(request.user, "decide", pk=extension.assignment_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        decide = following.grant if form.cleaned_data["verdict"] == "grant" else following.refuse
        try:
            decide(extension, by=request.user, decision=form.cleaned_data["decision"])
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
            return assignment_page(request, assignment, status=409, decision_form=form)
        has_arrived(request, f"decision:{extension.pk}")
        return redirect("meetings:assignment", pk=assignment.pk)
    return assignment_page(request, assignment, status=422, decision_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def performers(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the task to other units or people, with the reason."""
    assignment = get_assignment_for(request.user, "decide", pk=pk)
    if request.method != "POST":
        form = PerformersForm(
            initial={
                "lead_unit": assignment.lead_unit_id,
                "supporting_units": list(assignment.support_links.values_list("unit", flat=True)),
                "people": list(assignment.person_links.values_list("user", flat=True)),
            }
        )
        return _performers_page(request, assignment, form)
    form = PerformersForm(request.POST)
    if form.is_valid():
        try:
            following.reassign(assignment, by=request.user, **form.cleaned_data)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
            return _performers_page(request, assignment, form, status=409)
        return redirect("meetings:assignment", pk=assignment.pk)
    return _performers_page(request, assignment, form, status=422)


def _performers_page(
    request: PersonRequest, assignment: Assignment, form: PerformersForm, **extra: Any
) -> HttpResponse:
    context = {"form": form, "assignment": assignment}
    return render(request, "meetings/assignment_performers.html", context, **extra)
