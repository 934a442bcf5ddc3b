"""From words to assignments: the conclusion as spoken is read, corrected where needed, and recorded in one act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from meetings import queries
from meetings.access import get_meeting_for
from meetings.concluding import conclude
from meetings.dictation_forms import Dictation, SpokenForm
from meetings.models import Meeting
from meetings.views.unsent import has_arrived, take_arrived


@require_http_methods(["GET", "HEAD", "POST"])
def dictation(request: PersonRequest, pk: int) -> HttpResponse:
    """Type or paste; "read" shows what was understood; "record" writes it down."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    unsent = f"dictation:{meeting.pk}"
    if request.method != "POST":
        return _page(request, meeting, SpokenForm(), has_arrived=bool(take_arrived(request, [unsent])))
    form = SpokenForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, form, status=422)
    drafts = list(queries.drafts_of_meeting(meeting, user=request.user))
    if "record" not in request.POST:
        return _page(request, meeting, form, dictation=Dictation(form.cleaned_data["text"], meeting, drafts))
    read = Dictation(form.cleaned_data["as_read"], meeting, drafts, data=request.POST)
    if not (form.is_as_read() and read.is_valid()):
        return _page(request, meeting, form, status=422, dictation=read)
    try:
        written = conclude(meeting, by=request.user, points=read.confirmed())
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, meeting, form, status=422, dictation=read)
    has_arrived(request, unsent)
    has_arrived(request, f"conclusion:{meeting.pk}")
    told = ngettext("%(count)s conclusion is recorded.", "%(count)s conclusions are recorded.", len(written))
    messages.success(request, told % {"count": len(written)})
    return redirect("meetings:conclusions", pk=meeting.pk)


def _page(
    request: PersonRequest, meeting: Meeting, form: SpokenForm, *, status: int = 200, **extra: Any
) -> HttpResponse:
    return render(request, "meetings/dictation.html", {"meeting": meeting, "form": form, **extra}, status=status)
