"""Agreeing with a comment instead of repeating it, and pointing out in time what has been said already."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments.access import visible_comments
from comments.contributions import document_to_record
from comments.grouping import likest
from comments.meaning import Opinion
from comments.models import Agreement, Comment
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Operation
from drafts.texts import Sheet

SAID_ALREADY = 3
"""So many comments that say the same are pointed out."""
_LOOKED_AT = 500
_EXACT = 0.999


def agree(comment: Comment, *, by: User) -> Agreement:
    """The person agrees; twice is once."""
    already = Agreement.objects.filter(comment=comment, user=by).first()
    if already is not None:
        return already
    if comment.is_withdrawn:
        raise RuleBrokenError(_("This comment was withdrawn."))
    try:
        with transaction.atomic():
            operation = diary.start(Operation.Kind.AGREED, by=by, document=document_to_record(comment))
            return diary.add(operation, [Agreement(comment=comment, user=by, at=operation.at)])[0]
    except IntegrityError:  # pressed twice at the same moment
        return Agreement.objects.get(comment=comment, user=by)


@transaction.atomic
def disagree(comment: Comment, *, by: User) -> None:
    """The person takes the agreement back; twice is once."""
    agreement = Agreement.objects.select_for_update().filter(comment=comment, user=by).first()
    if agreement is None:
        return
    reason = _("Took the agreement back.")
    operation = diary.start(Operation.Kind.AGREED, by=by, document=document_to_record(comment), reason=reason)
    diary.remove(operation, [agreement])


def said_already(
    document: Document, *, by: User, sheet: Sheet | None, text: str, quote: str = "", proposed_text: str = ""
) -> list[Comment]:
    """Comments on the same article that say the same, the person's own among them, the likest first. Two queries."""
    comments = visible_comments(by, document).standing().filter(provision=sheet.pk if sheet else None)
    columns = ("pk", "text", "quote", "proposed_text", "clause_label")
    place = str(sheet.pk) if sheet else ""
    newest = comments.order_by("-pk").values_list(*columns)[:_LOOKED_AT]
    there = [Opinion(pk, document.pk, place, *words) for pk, *words in newest]
    if not there:
        return []
    mine = Opinion(0, document.pk, place, text, quote, proposed_text)
    same = {other.key: _EXACT for other in there if _said(other) == _said(mine)}
    found = {key: score for score, key in likest(mine, there)} | same
    keys = sorted(found, key=lambda key: (-found[key], -key))[:SAID_ALREADY]
    said = {one.pk: one for one in comments.filter(pk__in=keys).select_related("author__unit", "on_behalf_of")}
    return [said[key] for key in keys]


def _said(opinion: Opinion) -> tuple[str, ...]:
    return tuple(" ".join(words.casefold().split()) for words in (opinion.text, opinion.quote, opinion.proposed))
