"""Taking a draft away: as Word, PDF, XML or JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from comments.downloading import WORKING, DownloadForm, Paper, Shelf, make_paper
from drafts import papers, pdf
from drafts.access import get_document_for
from drafts.models import Document


@require_safe
def download(request: PersonRequest, pk: int) -> HttpResponse:
    """What may be taken away, and in which form; opened from a text, that text is chosen."""
    document = get_document_for(request.user, "read", pk=pk)
    shelf = Shelf(document, user=request.user)
    if not shelf.texts():
        return render(request, "comments/no_edition.html", {"document": document})
    return _show(request, document, DownloadForm(initial=_text_asked_for(request), shelf=shelf))


@require_safe
def download_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The file itself. More than the latest edition, clean, is for those who see the working text."""
    document = get_document_for(request.user, "read", pk=pk)
    shelf = Shelf(document, user=request.user)
    if _asks_for_more(request, shelf):
        document = get_document_for(request.user, "read_working", pk=pk)
    form = DownloadForm(request.GET, shelf=shelf)
    if not form.is_valid():
        return _show(request, document, form, status=422)
    return file_response(make_paper(shelf, form.cleaned_data))


def file_response(paper: Paper) -> HttpResponse:
    """The file to keep, not to open here; no copy stays in a cache on the way."""
    response = HttpResponse(paper.data, content_type=paper.content_type)
    response["Content-Disposition"] = content_disposition_header(True, paper.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response


def _asks_for_more(request: PersonRequest, shelf: Shelf) -> bool:
    asked = request.GET.get("text", "")
    is_other = asked == WORKING or (asked.isdecimal() and asked not in dict(shelf.texts()))
    return is_other or bool(request.GET.get("against") or request.GET.get("comments"))


def _text_asked_for(request: PersonRequest) -> dict[str, Any]:
    asked = request.GET.get("edition") or request.GET.get("text")
    return {"text": asked} if asked else {}


def _show(request: PersonRequest, document: Document, form: DownloadForm, *, status: int = 200) -> HttpResponse:
    context = {
        "document": document,
        "form": form,
        "has_pdf": pdf.can_make_pdf(),
        "may_arrange": bool(papers.may_arrange_papers(request.user)),
    }
    return render(request, "comments/download.html", context, status=status)
