"""What arrives while somebody looks at a page: how much is new, and a stream that says when to ask."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from accounts.requests import PersonRequest
from comments import arrivals
from comments.access import visible_comments
from comments.models import CommentQuerySet
from comments.reading import ReadingPage
from comments.views.reading import sheet_named, text_asked_for
from drafts import streaming
from drafts.access import get_document_for
from drafts.models import Document


@require_safe
def news(request: PersonRequest, pk: int) -> HttpResponse:
    """How much is new since ``?mark=…`` was made, among the comments that the page shows which asks.

    304 when the page says so already; that there is nothing, every page says from the beginning.
    """
    document = get_document_for(request.user, "read", pk=pk)
    acts = arrivals.since(request.GET.get("mark", ""), document, but=request.user)
    new = arrivals.NOTHING
    if acts:
        new = arrivals.news(acts, user=request.user, document=document, shown=_shown(request, document))
    state = f'"{new}"'
    if request.headers.get("If-None-Match") == state:
        return HttpResponseNotModified(headers={"ETag": state})
    response = render(request, "comments/_news.html", {"new": new})
    response["ETag"] = state
    return response


@require_GET
def stream(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A stream of server-sent events, each of which says that it is time to ask; 204 where there is none to be had."""
    document = get_document_for(request.user, "read", pk=pk)
    if not streaming.can_take(request.META):
        return HttpResponse(status=204)
    concerns = partial(arrivals.concerns, user_pk=request.user.pk, document_pk=document.pk)
    body = streaming.hand_over(request.META, arrivals.heard, arrivals.closed_between, concerns)
    return StreamingHttpResponse(body, content_type="text/event-stream")


def _shown(request: PersonRequest, document: Document) -> CommentQuerySet:
    """The comments on the page that asks, by the query of its own address."""
    if not {"text", "edition", "article", "show"} & request.GET.keys():
        return visible_comments(request.user, document).standing()
    document, standing = text_asked_for(request, document.pk)
    if standing is None:
        raise Http404
    only = sheet_named(standing.text, request.GET["article"]) if "article" in request.GET else None
    show = request.GET.get("show", "")
    return ReadingPage(document, user=request.user, standing=standing, show=show, only=only).comments
