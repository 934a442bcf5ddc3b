"""Finds comments the person may see now: sealed ones are not looked at."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.access import comments_visible_in
from comments.models import Comment
from drafts.inquiry import Inquiry
from drafts.models import Document
from drafts.searching import Hit, Key, Scope, newest_first
from drafts.snippets import Piece, snippet


class Comments:
    """Opinions by their text, their proposed wording and the words they quote."""

    kind = "comments"
    name = gettext_lazy("Comments")

    def find(self, inquiry: Inquiry, *, scope: Scope, document: Document | None, after: Key, limit: int) -> list[Hit]:
        found = newest_first(comments_visible_in(scope).standing(), inquiry, after=after, limit=limit)
        rows = Comment.objects.select_related("author__unit", "on_behalf_of", "document", "provision")
        comments = rows.in_bulk([pk for _, pk in found])
        return [_hit(comments[pk], inquiry, key=(tier, pk)) for tier, pk in found]


def _hit(comment: Comment, inquiry: Inquiry, *, key: Key) -> Hit:
    said = snippet(comment.text, inquiry)
    if said.place is None:
        others = (snippet(text, inquiry) for text in (comment.proposed_text, comment.quote) if text)
        said = next((words for words in others if words.place is not None), said)
    place = str(comment.provision) if comment.provision else _("The whole draft")
    if comment.clause_label:
        place = f"{capfirst(comment.clause_label)} {place}"
    who = comment.on_behalf_of.name if comment.on_behalf_of else str(comment.author)
    return Hit(
        url=reverse("comments:comment", args=[comment.pk]),
        title=(Piece(_("Comment %(number)s") % {"number": comment.pk}), Piece(f", {who}")),
        snippet=said,
        facts=[place, comment.document.title],
        key=key,
    )
