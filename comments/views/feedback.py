"""The consolidated page of a document."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from comments.answer_forms import FilterFields, FilterForm
from comments.consolidation import ConsolidatedPage
from drafts.access import get_document_for


@require_safe
def feedback(request: PersonRequest, pk: int) -> HttpResponse:
    document = get_document_for(request.user, "consolidate", pk=pk)
    filters = FilterForm(request.GET).filters()
    page = ConsolidatedPage(document, user=request.user, filters=filters, page_number=request.GET.get("page", 1))
    context = {
        "document": document,
        "page": page,
        "filters": filters,
        "fields": FilterFields(request.GET or None, page=page),
        "may_answer": "answer" in document.abilities,
    }
    return render(request, "comments/feedback.html", context)
