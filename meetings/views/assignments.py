"""Tasks: given out under a conclusion, followed in the register, taken from state to state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from meetings import deadlines, queries, services, task_queries
from meetings.access import AssignmentAbility, get_assignment_for, get_conclusion_for, may_assignment
from meetings.following_forms import ProgressForm, TimeForm
from meetings.forms import AssignmentForm, DayField, StepForm, read_day, weekday
from meetings.models import Assignment, Conclusion
from meetings.views.conclusions import conclusion_address
from meetings.views.unsent import has_arrived, take_arrived
from meetings.working_days import work_calendar

State = Assignment.State
DECISIONS = (State.ACCEPTED, State.RETURNED, State.CANCELLED)
# Each step: the button, and the label of its words; "" where there is nothing to say.
STEP_WORDS: dict[str, tuple[Any, Any]] = {
    State.ACKNOWLEDGED: (gettext_lazy("Acknowledge"), ""),
    State.IN_PROGRESS: (gettext_lazy("Begin the work"), ""),
    State.REPORTED: (gettext_lazy("Report it done"), gettext_lazy("What was done")),
    State.ACCEPTED: (gettext_lazy("Accept as done"), ""),
    State.RETURNED: (gettext_lazy("Return the task"), gettext_lazy("Why it is returned")),
    State.CANCELLED: (gettext_lazy("Cancel the task"), gettext_lazy("Why it is cancelled")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a unit a task under a conclusion. htmx asks what the last day of a deadline is."""
    conclusion = get_conclusion_for(request.user, "keep", pk=pk)
    if request.method != "POST":
        if request.htmx:
            return render(request, "meetings/_last_day.html", last_day_of(request.GET, conclusion))
        form = _form(request, conclusion, initial={"limit": deadlines.Limit.BEFORE.value, "task": ""})
        arrived = bool(take_arrived(request, [_unsent(conclusion)]))
        return _form_page(request, form, conclusion, has_arrived=arrived)
    form = _form(request, conclusion, data=request.POST)
    if not form.is_valid():
        return _form_page(request, form, conclusion, status=422)
    try:
        assignment = services.assign(conclusion, by=request.user, **form.cleaned_data)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, conclusion, status=422)
    has_arrived(request, _unsent(conclusion))
    if assignment.last_day < timezone.localdate():
        messages.warning(
            request,
            _("The task is given, but its last day, %(day)s, is already over: check the deadline.")
            % {"day": deadlines.numeric_date(assignment.last_day)},
        )
    else:
        messages.success(
            request,
            _("The task is given. Its last day: %(weekday)s %(day)s.")
            % {"weekday": weekday(assignment.last_day), "day": deadlines.numeric_date(assignment.last_day)},
        )
    if "another" in request.POST:
        return redirect("meetings:new_assignment", pk=conclusion.pk)
    return redirect(conclusion_address(conclusion))


def last_day_of(data: QueryDict, conclusion: Conclusion) -> dict[str, Any]:
    """What the deadline as typed so far means: its last day, the weekday, and whether that day is over."""
    held_on = timezone.localdate(conclusion.notice.meeting.starts_at)
    typed = data.get("due_on", "").strip() or data.get("due_on_picked", "").strip()
    said = deadlines.said_limit(typed)
    limit = said or data.get("limit", "")
    if limit not in Assignment.Limit.values:
        limit = Assignment.Limit.BEFORE
    if data.get("due_time"):
        limit = Assignment.Limit.BY  # before an hour of a day is still on that day
    if not typed:
        return {"last_day": None, "is_unreadable": False}
    due_on = read_day(typed[: DayField().max_length], today=held_on)
    if due_on is None or not 1990 <= due_on.year <= 2200:
        return {"last_day": None, "is_unreadable": True}
    last = deadlines.last_day(due_on, limit)
    return {
        "last_day": last,
        "is_as_typed": said is not None and said != data.get("limit", said),
        "weekday": weekday(last),
        "is_over": last < timezone.localdate(),
        "is_before_meeting": last < held_on,
        "is_day_off": not work_calendar().is_working_day(last),
    }


def _unsent(conclusion: Conclusion) -> str:
    return f"assignment:{conclusion.pk}"


def _form(request: PersonRequest, conclusion: Conclusion, **arguments: Any) -> AssignmentForm:
    drafts = queries.drafts_to_link(conclusion, user=request.user)
    return AssignmentForm(conclusion=conclusion, drafts=drafts, **arguments)


def _form_page(
    request: PersonRequest, form: AssignmentForm, conclusion: Conclusion, *, status: int = 200, **extra: bool
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    context = {"form": form, "conclusion": conclusion, "meeting": conclusion.notice.meeting, **extra}
    context |= last_day_of(asked, conclusion)
    return render(request, "meetings/assignment_form.html", context, status=status)


@require_safe
def assignment(request: PersonRequest, pk: int) -> HttpResponse:
    """One task: where it comes from, how it stands, what was done about it."""
    return assignment_page(request, get_assignment_for(request.user, "read", pk=pk))


@require_POST
def state(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the task to its next state: the lead unit reports, the chair and the secretary decide."""
    ability: AssignmentAbility = "decide" if request.POST.get("state") in DECISIONS else "report"
    assignment = get_assignment_for(request.user, ability, pk=pk)
    form = StepForm(request.POST, editions=task_queries.editions_that_may_fulfil(request.user, assignment))
    if form.is_valid():
        try:
            services.move_assignment(assignment, by=request.user, **form.cleaned_data)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
            assignment.refresh_from_db(fields=["state", "result", "done_at"])
            return assignment_page(request, assignment, status=409, form=form)
        has_arrived(request, f"step:{assignment.pk}:{form.cleaned_data['state']}")
        return redirect("meetings:assignment", pk=assignment.pk)
    return assignment_page(request, assignment, status=422, form=form)


def assignment_page(
    request: PersonRequest,
    assignment: Assignment,
    *,
    status: int = 200,
    form: StepForm | None = None,
    **refused: forms.Form,
) -> HttpResponse:
    """The page of one task; ``refused`` holds bound forms, by name."""
    user = request.user
    may_decide = task_queries.may_decide(user, assignment)
    may_report = bool(may_assignment(user, "report", assignment))
    possible = [
        state for state in services.next_states(assignment) if (may_decide if state in DECISIONS else may_report)
    ]
    meeting = assignment.conclusion.notice.meeting
    extensions = task_queries.extensions_of(assignment)
    is_waiting = any(extension.decided_at is None for extension in extensions)
    return render(
        request,
        "meetings/assignment.html",
        {
            "assignment": assignment,
            "conclusion": assignment.conclusion,
            "meeting": meeting,
            "may_open_meeting": task_queries.may_open_meeting(user, meeting),
            "draft": task_queries.may_see_draft(user, assignment.document),
            "supporting": list(assignment.supporting_units.order_by("rank", "name_key")),
            "steps": task_queries.steps_of(assignment),
            "choices": _choices(request, assignment, possible, form),
            "refused": form,
            "reminders": task_queries.reminders_of(assignment) if may_decide else None,
            "people": task_queries.responsible_for(assignment),
            "reports": task_queries.progress_of(assignment),
            "extensions": extensions,
            "edition": task_queries.fulfilling_edition(user, assignment),
            "may_report": may_report and assignment.is_open,
            "may_ask_for_time": may_report and assignment.is_open and not is_waiting,
            "may_decide": may_decide,
            "progress_form": ProgressForm(),
            "time_form": _time_form(assignment),
            "progress_has_arrived": bool(take_arrived(request, [f"progress:{assignment.pk}"])),
            "time_has_arrived": bool(take_arrived(request, [f"time:{assignment.pk}"])),
            **refused,
            "today": timezone.localdate(),
            "weekday": weekday(assignment.last_day),
        },
        status=status,
    )


def _time_form(assignment: Assignment) -> TimeForm:
    form = TimeForm(initial={"limit": assignment.limit})
    form.fields["due_on"].seen_from(timezone.localdate())  # type: ignore[attr-defined]
    return form


def _choices(
    request: PersonRequest, assignment: Assignment, possible: list[str], form: StepForm | None
) -> list[dict[str, Any]]:
    """What the person may do with the task now: a button each, with a field where words are needed."""
    names = {state: f"step:{assignment.pk}:{state}" for state in possible}
    arrived = take_arrived(request, list(names.values()))
    refused = form["state"].value() if form else None
    editions = task_queries.editions_that_may_fulfil(request.user, assignment)
    return [
        {
            "state": state,
            "text": STEP_WORDS[state][0],
            "label": STEP_WORDS[state][1],
            "form": form if state == refused else None,
            "unsent": names[state],
            "has_arrived": names[state] in arrived,
            "editions": editions if state in (State.REPORTED, State.ACCEPTED) else (),
        }
        for state in possible
    ]
