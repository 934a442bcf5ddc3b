"""Taking the consolidated opinions away: the official Word table, PDF, Excel, and a letter to each unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from comments.answer_forms import FilterForm
from comments.synthesis import Synthesis, SynthesisForm
from comments.views.downloading import file_response
from drafts import papers
from drafts.access import get_document_for


@require_safe
def feedback_download(request: PersonRequest, pk: int) -> HttpResponse:
    """Which comments, with or without names, as what; the filters of the page come along in the address."""
    return _show(request, _synthesis(request, pk))


@require_safe
def feedback_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The file itself."""
    synthesis = _synthesis(request, pk)
    form = SynthesisForm(request.GET, synthesis=synthesis, prefix="paper")
    if not form.is_valid():
        return _show(request, synthesis, form, status=422)
    return file_response(synthesis.paper(form))


def _synthesis(request: PersonRequest, pk: int) -> Synthesis:
    document = get_document_for(request.user, "consolidate", pk=pk)
    return Synthesis(document, user=request.user, filters=FilterForm(request.GET).filters())


def _show(
    request: PersonRequest, synthesis: Synthesis, form: SynthesisForm | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "document": synthesis.document,
        "form": form or SynthesisForm(synthesis=synthesis, prefix="paper"),
        "filters": synthesis.filters,
        "may_arrange": bool(papers.may_arrange_papers(request.user)),
    }
    return render(request, "comments/feedback_download.html", context, status=status)
