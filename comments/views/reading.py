"""Reading a draft: the whole of it, one article, and one provision's comments beside the editor."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from comments import arrivals
from comments.leaves import name_of
from comments.reading import ReadingPage
from comments.rounds import mark_opened
from comments.standing import Standing, earlier_edition, latest_edition, working_state
from config.parameters import number_in
from drafts.access import RecalledError, get_document_for, get_edition_for, get_provision_for
from drafts.anchors import page_name, unique_anchors
from drafts.models import Document
from drafts.texts import Sheet, Text
from drafts.views.editions import show_recalled


@require_safe
def reader(request: PersonRequest, pk: int) -> HttpResponse:
    """The whole draft with the comments on it: the latest edition, ``?edition=1``, or ``?text=working``."""
    try:
        document, standing = text_asked_for(request, pk)
    except RecalledError as recalled:
        return show_recalled(request, recalled.edition)
    if standing is None:
        newest = document.editions.select_related("recall__operation__by__unit").first()
        return render(request, "comments/no_edition.html", {"document": document, "recalled": newest})
    mark = arrivals.mark()
    page = ReadingPage(document, user=request.user, standing=standing, show=request.GET.get("show", ""))
    _note_opening(page)
    return render(
        request, "comments/reader.html", {"page": page, "document": document, "mark": mark, "opened": page.edition}
    )


@require_safe
def article(request: PersonRequest, pk: int, number: str) -> HttpResponse:
    """One article on a page of its own, by its number; what has no number, by its wid."""
    try:
        document, standing = text_asked_for(request, pk)
    except RecalledError as recalled:
        return show_recalled(request, recalled.edition)
    sheet = sheet_named(standing.text, number) if standing else None
    if standing is None or sheet is None:
        raise Http404
    mark = arrivals.mark()
    page = ReadingPage(document, user=request.user, standing=standing, show=request.GET.get("show", ""), only=sheet)
    _note_opening(page)
    context = {"page": page, "document": document, "sheet": sheet, "mark": mark, "opened": page.edition}
    return render(request, "comments/article.html", context | _neighbours(standing.text, sheet))


@require_safe
def provision_comments(request: PersonRequest, pk: int, wid: uuid.UUID) -> HttpResponse:
    """The comments on one provision as its words stand now, for the side of the editor."""
    provision = get_provision_for(request.user, "read_working", document_pk=pk, wid=wid)
    standing = working_state(provision.document)
    sheet = standing.text.find(wid)
    if sheet is None:
        raise Http404
    show = request.GET.get("show", "")
    page = ReadingPage(provision.document, user=request.user, standing=standing, show=show, only=sheet)
    context = {"page": page, "document": provision.document, "sheet": sheet}
    template = "comments/_provision_comments.html" if request.htmx else "comments/provision_comments.html"
    return render(request, template, context)


def _note_opening(page: ReadingPage) -> None:
    if page.round is not None and page.round.is_open():
        mark_opened(page.round, page.user)


def text_asked_for(request: PersonRequest, pk: int) -> tuple[Document, Standing | None]:
    """The document and the text of it that the address asks for and the person may read."""
    if request.GET.get("text") == "working":
        document = get_document_for(request.user, "read_working", pk=pk)
        return document, working_state(document)
    document = get_document_for(request.user, "read", pk=pk)
    if "edition" not in request.GET:
        return document, latest_edition(document)
    number = number_in(request.GET["edition"])
    if number is None:
        raise Http404
    edition = get_edition_for(document, number)
    if edition is None:
        raise Http404
    return document, earlier_edition(document, edition=edition)


def sheet_named(text: Text, number: str) -> Sheet | None:
    article = text.article(number)
    if article is not None:
        return article
    try:
        return text.find(uuid.UUID(number))
    except ValueError:
        return None


def _neighbours(text: Text, sheet: Sheet) -> dict[str, dict[str, str] | None]:
    """The provisions with words of their own before and after this one."""
    anchors = unique_anchors(text)
    readable = [other for other in text if other.text or other == sheet]
    place = readable.index(sheet)

    def named(other: Sheet) -> dict[str, str]:
        return {"label": capfirst(name_of(other)), "page_name": page_name(other, anchors[other.wid])}

    return {
        "previous": named(readable[place - 1]) if place else None,
        "next": named(readable[place + 1]) if place + 1 < len(readable) else None,
    }
