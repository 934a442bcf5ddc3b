"""What there is to read for the meeting, and one matter of its agenda with its files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from comments.files import PDF
from config.errors import RuleBrokenError
from drafts.models import Document
from meetings import papers as services
from meetings.access import get_meeting_for
from meetings.arrangement_forms import MatterForm
from meetings.views.pages import meeting_address

INLINE = ("image/png", "image/jpeg", "image/webp", PDF)


@require_safe
def papers(request: PersonRequest, pk: int) -> HttpResponse:
    """All there is to read, in the order of the agenda, as one page: on a phone and on paper."""
    meeting = get_meeting_for(request.user, "read", pk=pk)
    context = {"meeting": meeting, "matters": services.matters_to_read(meeting, user=request.user)}
    return render(request, "meetings/papers.html", context)


@require_safe
def paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file: pictures and PDF open in the browser, everything else is downloaded. It runs nothing here."""
    found = services.get_paper_for(request.user, pk=pk)
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    is_shown = found.content_type in INLINE
    response = FileResponse(file, content_type=found.content_type, as_attachment=not is_shown, filename=found.name)
    # A browser's own PDF viewer does not start in a sandbox, and runs nothing of the file's with our rights.
    is_pdf = found.content_type == PDF
    response["Content-Security-Policy"] = "frame-ancestors 'none'" if is_pdf else "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_POST
def paper_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a file off its matter."""
    found = services.get_paper_for(request.user, pk=pk)
    meeting = get_meeting_for(request.user, "keep", pk=found.item.meeting_id)
    services.remove_paper(found, by=request.user)
    return redirect("meetings:agenda_item", pk=meeting.pk, item_pk=found.item_id)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """One matter: its words, the edition on the table, presenter, minutes, files."""
    meeting = get_meeting_for(request.user, "keep", pk=pk)
    item = get_object_or_404(meeting.agenda.select_related("edition"), pk=item_pk)
    draft = Document.objects.visible_to(request.user).filter(pk=item.document_id).first() if item.document_id else None
    start = {"title": item.title, "presenter": item.presenter, "minutes": item.minutes, "edition": item.edition_id}
    if request.method == "POST":
        form = MatterForm(request.POST, request.FILES, item=item, draft=draft)
    else:
        form = MatterForm(item=item, draft=draft, initial=start)
    if form.is_valid():
        try:
            # An edition this person cannot see stays on the table: it was not on the form.
            services.edit_agenda_item(item, by=request.user, **{"edition": item.edition, **form.cleaned_data})
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(meeting_address(pk, f"agendaitem-{item.pk}"))
    is_closed = item.document_id is not None and draft is None
    context = {
        "meeting": meeting,
        "item": item,
        "draft": draft,
        "papers": [] if is_closed else list(item.papers.all()),
        "form": form,
    }
    return render(request, "meetings/agenda_item.html", context, status=422 if form.is_bound else 200)
