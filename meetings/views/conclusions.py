"""The chair's conclusions: written down by the secretary, agreed and signed by the chair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from meetings import concerned, queries, services, signing
from meetings.access import get_conclusion_for, get_meeting_for
from meetings.forms import ConclusionForm, GivingBackForm, SignatureForm
from meetings.models import Conclusion, ConclusionNotice, Meeting
from meetings.views.pages import meeting_address, meeting_page
from meetings.views.unsent import has_arrived, take_arrived


@require_http_methods(["GET", "HEAD", "POST"])
def conclusions(request: PersonRequest, pk: int) -> HttpResponse:
    """The secretary's page: write one conclusion after the other. With "assign" its task comes next."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    template = "meetings/conclusions.html"
    unsent = f"conclusion:{meeting.pk}"
    if request.method != "POST" and meeting.is_cancelled:
        return redirect(meeting_address(meeting.pk))
    if request.method != "POST":
        arrived = bool(take_arrived(request, [unsent]))
        return meeting_page(request, meeting, template=template, has_arrived=arrived)
    form = ConclusionForm(request.POST, drafts=queries.drafts_of_meeting(meeting, user=request.user), user=request.user)
    if form.is_valid():
        data = form.cleaned_data
        try:
            conclusion = services.add_conclusion(
                meeting,
                by=request.user,
                text=data["text"],
                documents=data["documents"],
                articles=data["articles"],
                comments=data["comments"],
                gives_no_task=data["gives_no_task"],
            )
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            has_arrived(request, unsent)
            if "assign" in request.POST and not conclusion.gives_no_task:
                return redirect("meetings:new_assignment", pk=conclusion.pk)
            return redirect("meetings:conclusions", pk=meeting.pk)
    return meeting_page(request, meeting, status=422, template=template, conclusion_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def conclusion(request: PersonRequest, pk: int) -> HttpResponse:
    """Reword a conclusion that is not signed yet."""
    conclusion = get_conclusion_for(request.user, "keep", pk=pk)
    meeting = conclusion.notice.meeting
    if request.method != "POST" and conclusion.notice.is_signed:
        return redirect(conclusion_address(conclusion))
    visible = queries.drafts_to_link(conclusion, user=request.user)
    linked = set(conclusion.documents.values_list("pk", flat=True))
    if request.method != "POST":
        form = ConclusionForm(
            initial={
                "text": conclusion.text,
                "seen_text": conclusion.text,
                "gives_no_task": conclusion.gives_no_task,
                "documents": linked,
                **concerned.as_typed(conclusion, visible, user=request.user),
            },
            drafts=visible,
            user=request.user,
        )
        arrived = bool(take_arrived(request, [f"conclusion-text:{conclusion.pk}"]))
        context = {"form": form, "conclusion": conclusion, "meeting": meeting, "has_arrived": arrived}
        return render(request, "meetings/conclusion_form.html", context)
    form = ConclusionForm(request.POST, drafts=visible, user=request.user)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.edit_conclusion(
                conclusion,
                by=request.user,
                text=data["text"],
                gives_no_task=data["gives_no_task"],
                documents=data["documents"],
                articles=data["articles"],
                comments=data["comments"],
                seen_text=data["seen_text"],
                seen=data["seen"],
            )
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
            form.data = {**request.POST.dict(), "seen_text": Conclusion.objects.get(pk=conclusion.pk).text}
            form.data["documents"] = request.POST.getlist("documents")
        else:
            has_arrived(request, f"conclusion-text:{conclusion.pk}")
            return redirect(conclusion_address(conclusion))
    context = {"form": form, "conclusion": conclusion, "meeting": meeting}
    return render(request, "meetings/conclusion_form.html", context, status=422)


@require_POST
def submission(request: PersonRequest, pk: int) -> HttpResponse:
    """The secretary lays the conclusions before the chair."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    return _acted(
        request,
        meeting,
        lambda notice: signing.submit(notice, by=request.user),
        told=_("The conclusions are submitted to the chair."),
    )


@require_POST
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """The chair agrees to the conclusions as they are on screen."""
    meeting = get_meeting_for(request.user, "conclude", pk=pk)
    seen = request.POST.get("seen", "")
    return _acted(
        request,
        meeting,
        lambda notice: signing.agree(notice, by=request.user, seen=seen),
        told=_("You have agreed to the conclusions. They are ready to be signed."),
    )


@require_POST
def giving_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The chair gives the conclusions back to the secretary, with the reason."""
    meeting = get_meeting_for(request.user, "conclude", pk=pk)
    form = GivingBackForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, giving_back_form=form)
    return _acted(
        request,
        meeting,
        lambda notice: signing.give_back(notice, by=request.user, reason=form.cleaned_data["reason"]),
        told=_("The conclusions are given back to the secretary."),
        giving_back_form=form,
    )


@require_POST
def signature(request: PersonRequest, pk: int) -> HttpResponse:
    """The chair signs the conclusions that are not signed yet."""
    meeting = get_meeting_for(request.user, "conclude", pk=pk)
    form = SignatureForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, signature_form=form)
    return _acted(
        request,
        meeting,
        lambda notice: signing.sign(notice, by=request.user, **form.cleaned_data),
        told=_("The notice of conclusions is signed. From now on it can only be supplemented."),
        symbol=form.cleaned_data["symbol"],
    )


def _acted(
    request: PersonRequest, meeting: Meeting, act: Callable[[ConclusionNotice], object], *, told: str, **typed: Any
) -> HttpResponse:
    """Do it to the notice that is not signed yet; refused, the page shows what it now holds, and what was typed."""
    notice = meeting.notices.filter(signed_at=None).first()
    try:
        if notice is None:
            raise RuleBrokenError(_("There is no conclusion to sign yet."))
        act(notice)
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
        return meeting_page(request, meeting, status=409, **typed)
    messages.success(request, told)
    return redirect(meeting_address(meeting.pk, "conclusions"))


def conclusion_address(conclusion: Conclusion) -> str:
    return meeting_address(conclusion.notice.meeting_id, f"conclusion-{conclusion.pk}")
