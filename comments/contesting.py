"""What the author says to the answer: satisfied, or contested once with a reason; the chair rules; an opinion reserved.

For a unit's opinion whoever acts for the unit speaks.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from comments import telling
from comments.models import Comment, Reopening, Response
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Operation
from drafts.texts import typed

Kind = Operation.Kind


@transaction.atomic
def be_satisfied(comment: Comment, *, by: User) -> None:
    """The answer settles it, and what was contested of an earlier one. Said twice, it is said once."""
    response = _answered(comment)
    if response.satisfied_at is None:
        operation = diary.start(Kind.SATISFIED, by=by, document=comment.document)
        diary.change(operation, response, satisfied_at=operation.at)


@transaction.atomic
def contest(comment: Comment, *, by: User, reason: str) -> Reopening:
    """Ask for another answer, once."""
    response = _answered(comment)
    already = Reopening.objects.filter(comment=comment).first()
    if already is not None:
        if already.by_id == by.pk and already.reason == typed(reason):
            return already
        raise RuleBrokenError(_("The answer was contested once already; that is as often as it can be."))
    if not typed(reason):
        raise RuleBrokenError(_("Say why the answer does not settle it: the chair reads it."))
    operation = diary.start(Kind.REOPENED, by=by, document=comment.document, reason=typed(reason))
    if response.satisfied_at is not None:
        diary.change(operation, response, satisfied_at=None)
    reopening = diary.add(operation, [Reopening(comment=comment, reason=typed(reason), by=by, at=operation.at)])[0]
    telling.of_contest(reopening, operation)
    return reopening


@transaction.atomic
def rule(reopening: Reopening, *, by: User, ruling: str, reason: str, seen: str = "") -> Reopening:
    """The chair's word: the comment is to be answered anew, or the answer stands.

    An answer given after it was contested is ruled on only by who has ``seen`` it (its stamp). The comment is held
    first, as answering and contesting do: nobody writes the answer that is taken back here.
    """
    Comment.objects.select_for_update(of=("self",)).get(pk=reopening.comment_id)
    rows = Reopening.objects.select_for_update(of=("self",)).select_related("comment__document", "by")
    reopening = rows.get(pk=reopening.pk)
    if reopening.ruling:
        raise RuleBrokenError(_("It has been ruled on already."))
    if ruling == Reopening.Ruling.ANSWER_STANDS and not typed(reason):
        raise RuleBrokenError(_("Say why the answer stands: its author reads it."))
    response = Response.objects.filter(comment=reopening.comment).first()
    if response is not None and response.satisfied_at is not None:
        raise RuleBrokenError(_("The author is satisfied with the answer meanwhile; there is nothing left to rule on."))
    if response is not None and response.at > reopening.at and response.stamp != seen:
        raise RuleBrokenError(_("The comment was answered anew meanwhile. Read that answer, then rule."))
    operation = diary.start(Kind.RULED, by=by, document=reopening.comment.document, reason=typed(reason))
    if response is not None and ruling == Reopening.Ruling.ANSWER_AGAIN:
        diary.remove(operation, [response])
    diary.change(operation, reopening, ruling=ruling, ruling_reason=typed(reason), ruled_by=by, ruled_at=operation.at)
    telling.of_contest(reopening, operation)
    return reopening


@transaction.atomic
def reserve(reopening: Reopening, *, by: User) -> Reopening:
    """The author keeps to the opinion (bảo lưu ý kiến); it stands in the official table."""
    rows = Reopening.objects.select_for_update(of=("self",)).select_related("comment__document")
    reopening = rows.get(pk=reopening.pk)
    if reopening.ruling != Reopening.Ruling.ANSWER_STANDS:
        raise RuleBrokenError(_("An opinion is reserved when the chair has ruled that the answer stands."))
    if reopening.reserved_at is not None:
        return reopening
    operation = diary.start(Kind.RESERVED, by=by, document=reopening.comment.document)
    return diary.change(operation, reopening, reserved_at=operation.at)


def contested_on(document: Document) -> QuerySet[Reopening]:
    """Those that wait for the chair come first."""
    return (
        Reopening.objects.filter(comment__document=document, comment__withdrawn_at=None)
        .select_related("comment__author__unit", "comment__on_behalf_of", "comment__provision", "by", "ruled_by")
        .select_related("comment__response__by")
        .order_by(Coalesce("ruled_at", "comment__response__satisfied_at").asc(nulls_first=True), "pk")
    )


def contested_answer(reopening: Reopening) -> Any | None:
    """The answer as its author contested it, out of its history; None while it stands there so. One query."""
    if reopening.comment.is_answered and not reopening.is_answered_since:
        return None
    versions = Response.history.filter(comment=reopening.comment_id, at__lte=reopening.at).select_related("by")
    return versions.order_by("-history_id").first()


def _answered(comment: Comment) -> Response:
    Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    response = Response.objects.filter(comment=comment).first()
    if response is None or comment.is_withdrawn:
        raise RuleBrokenError(_("There is no answer yet."))
    return response
