"""The queue of comments whose words could not be followed into the newest edition, and a person's decision on each."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from comments import placing as services
from comments.access import get_comment_for
from comments.forms import PlacingForm
from comments.leaves import Note
from comments.models import Comment
from comments.reading import ReadingPage
from comments.standing import Standing, latest_edition
from config.errors import RuleBrokenError
from drafts.access import get_document_for
from drafts.models import Document, Edition

PAGE_SIZE = 50


@require_safe
def unplaced(request: PersonRequest, pk: int) -> HttpResponse:
    """Every comment about which nobody has decided yet where it belongs now."""
    document = get_document_for(request.user, "consolidate", pk=pk)
    page = _page_of(document, request.user)
    context: dict[str, object] = {"document": document, "page": page}
    if page is not None:
        listed = Paginator(page.unplaced, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"listed": listed, "notes": _notes(page, list(listed.object_list))}
    return render(request, "comments/unplaced.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placing(request: PersonRequest, pk: int) -> HttpResponse:
    """Say on which words of the newest edition the comment stands now."""
    comment = get_comment_for(request.user, "place", pk=pk)
    standing = _standing(comment.document)
    form = PlacingForm(request.POST or None, text=standing.text, comment=comment)
    if request.method == "POST" and form.is_valid():
        try:
            services.place_comment(
                comment, by=request.user, edition=_edition(standing), sheet=form.sheet, words=form.cleaned_data["words"]
            )
        except RuleBrokenError as rule:
            form.add_error("words", str(rule))
        else:
            messages.success(request, _("The comment stands on these words now."))
            return redirect("comments:unplaced", pk=comment.document_id)
    context = {
        "comment": comment,
        "document": comment.document,
        "form": form,
        "edition": standing.edition,
        "sheet": form.present_sheet,
    }
    return render(request, "comments/placing_anew.html", context, status=422 if form.is_bound else 200)


@require_POST
def departure(request: PersonRequest, pk: int) -> HttpResponse:
    """Record that the words are no longer in the text."""
    comment = get_comment_for(request.user, "place", pk=pk)
    services.let_comment_go(comment, by=request.user, edition=_edition(_standing(comment.document)))
    messages.success(request, _("It is recorded that the words are no longer in the text."))
    return redirect("comments:unplaced", pk=comment.document_id)


def _standing(document: Document) -> Standing:
    standing = latest_edition(document)
    if standing is None:
        raise RuleBrokenError(_("There is no edition to place a comment in."))
    return standing


def _edition(standing: Standing) -> Edition:
    assert standing.edition is not None
    return standing.edition


def _page_of(document: Document, user: User) -> ReadingPage | None:
    standing = latest_edition(document)
    return ReadingPage(document, user=user, standing=standing) if standing else None


def _notes(page: ReadingPage, pks: list[int]) -> list[Note]:
    rows = Comment.objects.select_related("author__unit", "on_behalf_of", "edition", "provision", "response")
    comments = rows.in_bulk(pks)
    return [page.note_of(comments[pk]) for pk in pks]
