"""Papers of a meeting to take away: minutes, notice of conclusions, register of tasks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from comments.views.downloading import file_response
from drafts.papers import may_arrange_papers
from meetings.access import get_meeting_for
from meetings.record import PaperForm, Shelf


@require_safe
def record(request: PersonRequest, pk: int) -> HttpResponse:
    """Which paper, in which layout, as what."""
    shelf = Shelf(get_meeting_for(request.user, "read", pk=pk), user=request.user)
    return _show(request, shelf, PaperForm(shelf=shelf))


@require_safe
def record_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The file itself."""
    shelf = Shelf(get_meeting_for(request.user, "read", pk=pk), user=request.user)
    form = PaperForm(request.GET, shelf=shelf)
    if not form.is_valid():
        return _show(request, shelf, form, status=422)
    return file_response(shelf.paper(form))


def _show(request: PersonRequest, shelf: Shelf, form: PaperForm, *, status: int = 200) -> HttpResponse:
    context = {"meeting": shelf.meeting, "form": form, "may_arrange": bool(may_arrange_papers(request.user))}
    return render(request, "meetings/record.html", context, status=status)
