"""Where something is done with a comment: addresses that are empty where there is nothing to do."""

from __future__ import annotations

from django.urls import reverse

from comments.at_hand import is_waiting
from comments.models import Comment


def application_url(comment: Comment) -> str:
    """The page that puts the comment's proposed wording into its article, for whoever may answer it."""
    is_placed = comment.quote and comment.proposed_text and comment.provision and not comment.provision.is_removed
    if not is_placed or comment.is_withdrawn or "answer" not in comment.document.abilities:
        return ""
    if comment.is_answered and not is_waiting(comment.response):
        return ""
    return reverse("comments:application", args=[comment.pk])
