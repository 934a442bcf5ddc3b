"""Taking a comparison table away, as Word or PDF: what the person sees on its page, on A4 landscape."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from comments.comparison import ComparisonPage
from comments.comparison_paper import ComparisonPaperForm, layouts_for, make_comparison_paper
from comments.views.downloading import file_response
from drafts import papers
from drafts.access import get_comparison_for
from drafts.models import Comparison


@require_safe
def comparison_download(request: PersonRequest, pk: int) -> HttpResponse:
    """Layout and format."""
    comparison = get_comparison_for(request.user, "read", pk=pk)
    return _show(request, comparison, ComparisonPaperForm(offers=layouts_for(comparison, request.user)))


@require_safe
def comparison_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The file itself: of the working text for those who see it, of the latest edition for others."""
    comparison = get_comparison_for(request.user, "read", pk=pk)
    page = ComparisonPage(comparison, user=request.user)
    if page.table is None:
        raise Http404
    form = ComparisonPaperForm(request.GET, offers=layouts_for(comparison, request.user))
    if not form.is_valid():
        return _show(request, comparison, form, status=422)
    return file_response(make_comparison_paper(page, page.table, form=form))


def _show(
    request: PersonRequest, comparison: Comparison, form: ComparisonPaperForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "comparison": comparison,
        "document": comparison.document,
        "form": form,
        "may_arrange": bool(papers.may_arrange_papers(request.user)),
    }
    return render(request, "comments/comparison_download.html", context, status=status)
