"""The drafts a person takes part in."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from drafts.access import may_create_documents
from drafts.papers import may_arrange_papers
from drafts.queries import documents_of, stages_of

PAGE = 30


@require_safe
def document_list(request: PersonRequest) -> HttpResponse:
    """List what the person may see, newest change first, by stage and by words of the title."""
    stage, words = request.GET.get("stage", ""), request.GET.get("q", "")[:200]
    stages = stages_of(request.user)
    documents = documents_of(request.user, stage=stage, words=words)
    return render(
        request,
        "drafts/document_list.html",
        {
            "page": Paginator(documents, PAGE).get_page(request.GET.get("page")),
            "stages": stages,
            "stage": stage,
            "words": words,
            "is_filtered": bool(stage or words.strip()),
            "may_import": may_create_documents(request.user),
            "may_arrange": may_arrange_papers(request.user),
        },
    )
