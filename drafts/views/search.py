"""The search box: words in everything one may read, and "đ5 k2" straight to the place in the open document."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from config.parameters import number_in
from drafts.access import get_document_for
from drafts.finders import landing_in, landings
from drafts.inquiry import inquire
from drafts.jumping import read_jump
from drafts.models import Document
from drafts.searching import Found, find, finders, scope_of

FEW = 5
"""Hits of each kind while all kinds are shown."""
MANY = 20
"""Hits on a page of one kind."""


@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """Find the words ``?q=``; ``kind`` and ``document`` narrow it, ``after`` leads on, ``at`` is the open document,
    ``edition`` the number of its edition when that is what is read.

    A place typed as one cites it leads straight there in the open document; without one the documents that have such
    an article are listed. What was asked for is kept nowhere.
    """
    asked = request.GET
    inquiry = inquire(asked.get("q", ""))
    scope = scope_of(request.user)
    jump = read_jump(inquiry.typed)
    opened = number_in(asked.get("at", "")) or 0
    landed = landings(jump, scope=scope) if jump else []
    edition = number_in(asked.get("edition", "")) or 0
    here = landing_in(jump, document=opened, edition=edition, scope=scope) if jump else None
    if here is not None and here.is_whole:
        return redirect(here.url)
    within = _within(request)
    kind = asked.get("kind", "")
    kind = kind if kind in finders else ""
    found = []
    if inquiry:
        found = find(
            inquiry,
            scope=scope,
            kinds=[kind] if kind else [],
            document=within,
            after=asked.get("after", "") if kind else "",
            limit=MANY if kind else FEW,
        )
    context = {
        "q": inquiry.typed,
        "at": opened,
        "edition": edition,
        "jump": jump,
        "here": here,
        "landings": landed,
        "kinds": [(finder.kind, finder.name) for finder in finders.values()],
        "kind": kind,
        "within": within,
        "found": [(part, _address(request, part, kind)) for part in found if part.hits],
        "documents": Document.objects.filter(pk__in=scope.documents).order_by("-pk").values("pk", "title")[:200],
    }
    return render(request, "drafts/search.html", context)


def _address(request: PersonRequest, part: Found, kind: str) -> str:
    """The rest of a kind: its own page while all kinds are shown, else the next page; empty where there is no more."""
    if not part.next:
        return ""
    asked = request.GET.copy()
    asked["kind"] = part.finder.kind
    asked.pop("after", None)
    if kind:
        asked["after"] = part.next
    return f"?{asked.urlencode()}"


def _within(request: PersonRequest) -> Document | None:
    """The document to search in; 404 when the person may not read it."""
    number = request.GET.get("document", "")
    return get_document_for(request.user, "read", pk=number_in(number) or 0) if number else None
