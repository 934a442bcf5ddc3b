"""Revising an article and answering the comments that the revision takes in: one act, one ``Operation``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments import services
from comments.at_hand import is_waiting
from comments.models import Comment, Response
from config.errors import RuleBrokenError
from drafts import diary
from drafts import services as drafts
from drafts.models import Operation, Provision


@dataclass(frozen=True)
class TakenIn:
    """A comment that a revision takes in, and its answer. Of one answered before only the revision is noted.

    ``seen`` is the stamp of the answer, or of the proposal of one, beside the text when the comment was ticked.
    """

    comment: Comment
    outcome: str = Response.Outcome.ACCEPTED
    explanation: str = ""
    seen: str | None = None


@transaction.atomic
def revise_article(
    provision: Provision,
    *,
    by: User,
    base_version: int,
    heading: str,
    text: str,
    reason: str,
    taken_in: Sequence[TakenIn] = (),
) -> Operation | None:
    """Write heading and text on top of ``base_version`` and answer what is taken in; the answers name the act.

    Returns None when nothing differs and nothing is taken in. Raises StaleTextError when another version was saved
    since, StaleAnswerError when an answer was proposed unseen, and RuleBrokenError when a comment was answered or
    withdrawn meanwhile: then nothing at all is written.
    """
    operation = drafts.revise_article(
        provision, by=by, base_version=base_version, heading=heading, text=text, reason=reason
    )
    if operation is None and taken_in:
        raise RuleBrokenError(
            _("The text is as it was, so no change carries out what you ticked: untick it, or answer it by itself.")
        )
    if operation is not None:
        for taken in sorted(taken_in, key=lambda taken: taken.comment.pk):
            _take_in(operation, taken, provision=provision)
    return operation


def _take_in(operation: Operation, taken: TakenIn, *, provision: Provision) -> None:
    comment = services.locked_for_answer(taken.comment)
    if comment.provision_id != provision.pk:
        raise ValueError("a revision takes in comments on its own article")
    response = (
        Response.objects.filter(comment=comment).select_related("carried_out_by__undone_by__undone_by", "by").first()
    )
    if response is None:
        if taken.seen is not None:
            said = {"outcome": taken.outcome, "explanation": taken.explanation}
            services.check_seen([comment], {comment.pk: taken.seen}, by=operation.by, **said)
        services.write_answer(
            operation, comment, outcome=taken.outcome, explanation=taken.explanation, carried_out_by=operation
        )
    elif is_waiting(response):
        diary.change(operation, response, carried_out_by=operation)
    else:
        raise RuleBrokenError(
            _("%(who)s has answered comment %(number)s meanwhile: look at the answer, and untick the comment.")
            % {"who": response.by, "number": comment.pk}
        )
