"""The agenda: put a matter on it, move it, take it off."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from meetings import services
from meetings.access import get_meeting_for
from meetings.forms import AgendaItemForm
from meetings.views.pages import meeting_address, meeting_page

STEPS = {"up": -1, "down": 1}


@require_POST
def agenda(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a matter at the end of the agenda."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    form = AgendaItemForm(request.POST, user=request.user, prefix="agenda")
    if form.is_valid():
        try:
            services.add_agenda_item(meeting, by=request.user, **form.cleaned_data)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(meeting_address(meeting.pk, "agenda"))
    return meeting_page(request, meeting, status=422, agenda_form=form)


@require_POST
def place(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Move a matter up or down; ``to`` is "up" or "down"."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    item = get_object_or_404(meeting.agenda, pk=item_pk)
    steps = STEPS.get(request.POST.get("to", ""))
    if steps is None:
        return meeting_page(request, meeting, status=422)
    services.move_agenda_item(item, by=request.user, steps=steps)
    return redirect(meeting_address(meeting.pk, f"agendaitem-{item.pk}"))


@require_POST
def removal(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take a matter off the agenda."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    services.drop_agenda_item(get_object_or_404(meeting.agenda, pk=item_pk), by=request.user)
    return redirect(meeting_address(meeting.pk, "agenda"))
