"""Agreeing with somebody's comment, and taking that back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from comments import agreeing
from comments.access import get_comment_for
from comments.models import Comment


@require_POST
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """Agree with a comment instead of repeating it."""
    comment = get_comment_for(request.user, "agree", pk=pk)
    agreeing.agree(comment, by=request.user)
    return _back(request, comment)


@require_POST
def agreement_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's agreement back."""
    comment = get_comment_for(request.user, "agree", pk=pk)
    agreeing.disagree(comment, by=request.user)
    return _back(request, comment)


def _back(request: PersonRequest, comment: Comment) -> HttpResponse:
    if not request.htmx:
        return redirect(reverse("comments:comment", args=[comment.pk]) + "#agreements")
    document = comment.document
    counted = (
        Comment.objects.with_agreements_for(request.user).select_related("author", "on_behalf_of").get(pk=comment.pk)
    )
    return render(request, "comments/_agreement.html", {"comment": counted, "document": document})
