"""The one page of a meeting, which several actions answer with when something typed has to be put right."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.requests import PersonRequest
from meetings import calling, queries, replying, signing
from meetings.access import may_meeting
from meetings.due_matters import due_tasks
from meetings.forms import AgendaItemForm, ConclusionForm, GivingBackForm, InvitationForm, SignatureForm
from meetings.models import Attendance, Meeting


def meeting_address(pk: int, part: str = "") -> str:
    """The meeting's page, at one of its parts."""
    return reverse("meetings:meeting", args=[pk]) + (f"#{part}" if part else "")


def meeting_page(
    request: PersonRequest,
    meeting: Meeting,
    *,
    status: int = 200,
    template: str = "meetings/meeting.html",
    symbol: str = "",
    **extra: Any,
) -> HttpResponse:
    """Render the meeting; ``extra`` holds bound forms, by name; ``symbol`` is what the chair typed already."""
    # Before the conclusions are read: a change between the two makes the signature fail instead of covering it.
    digest = signing.open_digest(meeting) if may_meeting(request.user, "keep", meeting) else ""
    page = queries.meeting_page(meeting, user=request.user)
    context: dict[str, Any] = {"meeting": meeting, "page": page, "today": timezone.localdate()}
    context["states"] = [
        (value, label) for value, label in Attendance.State.choices if value != Attendance.State.INVITED
    ]
    if page.may_keep:
        drafts = queries.drafts_of_meeting(meeting, user=request.user)
        context |= {
            "agenda_form": AgendaItemForm(user=request.user, prefix="agenda"),
            "invitation_form": InvitationForm(meeting=meeting, prefix="invitation"),
            "conclusion_form": ConclusionForm(drafts=drafts, user=request.user),
            "suggested": queries.suggested_matters(page, user=request.user) if page.may_record else [],
            "due_tasks": due_tasks(meeting, user=request.user) if page.may_record else [],
            "waiting": len(calling.to_call(page.attendances)),
        }
    context["is_over"] = calling.is_over(meeting)
    context["own_places"] = replying.places_of(request.user, page.attendances)
    if page.may_keep and page.open_notice is not None:
        context["digest"] = digest
        context["is_changed_since"] = page.open_notice.agreed_digest not in ("", digest)
        if page.may_conclude:
            context["giving_back_form"] = GivingBackForm()
            if page.open_notice.agreed_digest == digest:
                context["signature_form"] = SignatureForm(initial={"seen": digest, "symbol": symbol})
    return render(request, template, {**context, **extra}, status=status)
