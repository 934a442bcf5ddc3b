"""The consolidated page of a document, and the filters a person keeps of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from comments import arrivals
from comments.answer_forms import FilterFields, FilterForm
from comments.chain import links_of
from comments.consolidation import ARRANGEMENTS, ConsolidatedPage
from comments.looking import look
from comments.models import SavedFilter
from comments.saved_filters import filters_of, keep_filter, readable
from drafts.access import get_document_for


@require_safe
def feedback(request: PersonRequest, pk: int) -> HttpResponse:
    document = get_document_for(request.user, "consolidate", pk=pk)
    mark = arrivals.mark()
    filters = FilterForm(request.GET).filters()
    page = ConsolidatedPage(
        document,
        user=request.user,
        filters=filters,
        page_number=request.GET.get("page", 1),
        by=request.GET.get("by", ""),
        since=look(document, by=request.user),
    )
    context = {
        "document": document,
        "page": page,
        "filters": filters,
        "arrangements": ARRANGEMENTS.items(),
        "saved": filters_of(document, user=request.user),
        "query": readable(request.GET.urlencode()),
        "conclusions": [] if filters.are_set else links_of(document, user=request.user),
        "fields": FilterFields(request.GET or None, page=page),
        "mark": mark,
        "may_answer": "answer" in document.abilities,
    }
    return render(request, "comments/feedback.html", context)


@require_POST
def saved_filters(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep the filters of an address under a name."""
    document = get_document_for(request.user, "consolidate", pk=pk)
    saved = keep_filter(
        document, by=request.user, name=request.POST.get("name", ""), query=request.POST.get("query", "")
    )
    messages.success(request, _("The filter “%(name)s” is kept.") % {"name": saved.name})
    return redirect(f"{reverse('comments:feedback', args=[pk])}?{saved.query}#opinions")


@require_POST
def saved_filter_removal(request: PersonRequest, pk: int, filter_pk: int) -> HttpResponse:
    """Keep it no longer; the comments stay."""
    document = get_document_for(request.user, "consolidate", pk=pk)
    get_object_or_404(SavedFilter, pk=filter_pk, user=request.user, document=document).delete()
    return redirect(f"{reverse('comments:feedback', args=[pk])}#opinions")
