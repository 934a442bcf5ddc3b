"""Several comments gathered for a unit's answer made into one: what its people said twice is sent once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments.contributions import hold_unsent
from comments.models import Attachment, Comment, Invitation
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from drafts.texts import typed


def joinable(invitation: Invitation, numbers: Collection[int]) -> list[Comment]:
    """Those of the comments that go with the unit's answer as it stands. One query."""
    rows = Comment.objects.standing().filter(contribution=invitation, left_out_at=None, pk__in=numbers)
    return list(rows.select_related("author", "provision", "document", "contribution").order_by("pk"))


def check_joinable(comments: Sequence[Comment]) -> None:
    """Refuse what cannot be one comment: a comment stands on one article, or on the whole draft."""
    if len({comment.provision_id for comment in comments}) > 1:
        raise RuleBrokenError(_("These comments stand on different articles. Join only what is said on the same one."))


@transaction.atomic
def join(
    invitation: Invitation,
    *,
    by: User,
    numbers: Collection[int],
    into: int,
    kind: str,
    text: str,
    proposed_text: str = "",
) -> Comment:
    """Give one of the comments the words of all, with their files, and leave the others out of the answer.

    The one keeps its author, place and quoted words; the others stay with the unit and can be taken in again.
    """
    invitation = hold_unsent(invitation)
    held = {comment.pk: comment for comment in joinable(invitation, numbers)}
    if into not in held or len(held) < 2:
        raise RuleBrokenError(_("Tick at least two comments that go with the answer."))
    check_joinable(list(held.values()))
    kept = held.pop(into)
    listed = ", ".join(f"{number}" for number in held)
    reason = _("Joined into comment %(number)s: %(others)s.") % {"number": into, "others": listed}
    operation = diary.start(Operation.Kind.REWORDED, by=by, reason=reason)
    words = {"kind": kind, "text": typed(text), "proposed_text": typed(proposed_text)}
    diary.change(operation, kept, **words, edited_at=operation.at)
    diary.change_many(operation, held.values(), left_out_at=operation.at)
    _take_files(kept, held.values())
    return kept


def _take_files(comment: Comment, others: Iterable[Comment]) -> None:
    """Each file once, however many brought it. Two queries."""
    files = list(Attachment.objects.filter(comment__in=[comment, *others]))
    known = {file.sha256 for file in files if file.comment_id == comment.pk}
    new = {file.sha256: file for file in files if file.sha256 not in known}
    for file in new.values():
        file.pk, file.comment = None, comment
    Attachment.objects.bulk_create(new.values())
