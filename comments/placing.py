"""A person finds a comment's words in the present edition, where they could not be followed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments.anchoring import find_selection, make_anchor
from comments.models import Comment, Placing
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Edition, Operation
from drafts.outline import clause_label
from drafts.texts import Sheet


@transaction.atomic
def place_comment(comment: Comment, *, by: User, edition: Edition, sheet: Sheet, words: str) -> Placing:
    """From this edition on the comment stands on these words of the article. Refused where they do not stand once."""
    place = find_selection(sheet.text, quote=words)
    if place is None:
        raise RuleBrokenError(
            _("These words do not stand in %(article)s, or stand there more than once. Take a few words more.")
            % {"article": sheet.label or sheet.heading}
        )
    anchor = make_anchor(sheet.text, place.start, place.end)
    return _decide(
        comment,
        by=by,
        edition=edition,
        placing=Placing(
            provision_id=sheet.pk,
            quote=anchor.quote,
            prefix=anchor.prefix,
            suffix=anchor.suffix,
            clause_label=clause_label(sheet.text, place.start),
        ),
    )


@transaction.atomic
def let_comment_go(comment: Comment, *, by: User, edition: Edition) -> Placing:
    """From this edition on the comment's words are no longer in the text. The comment and its answer stay."""
    return _decide(comment, by=by, edition=edition, placing=Placing())


def _decide(comment: Comment, *, by: User, edition: Edition, placing: Placing) -> Placing:
    comment = Comment.objects.select_for_update(of=("self",)).select_related("document").get(pk=comment.pk)
    newest = Placing.objects.filter(comment=comment, edition=edition).order_by("-pk").first()
    if newest is not None and (newest.provision_id, newest.quote) == (placing.provision_id, placing.quote):
        return newest
    placing.comment, placing.edition = comment, edition
    placing.operation = diary.start(Operation.Kind.PLACED, by=by, document=comment.document)
    placing.save(force_insert=True)
    return placing
