"""From a proposed answer to a published one: the head of the drafting unit approves, gives back, publishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from comments.models import Comment, Proposal
from comments.services import publish_answer
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Operation
from drafts.texts import typed

Kind = Operation.Kind


class StaleProposalError(RuleBrokenError):
    """Proposals were rewritten after the page was read on which they are approved, published or given back."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        numbers = ", ".join(str(proposal.comment_id) for proposal in proposals)
        words = _("Proposed anew meanwhile: the answer to comment %(numbers)s. Read it as it stands now, then decide.")
        super().__init__(words % {"numbers": numbers})


def proposals_on(document: Document) -> QuerySet[Proposal]:
    """All that wait, in the draft's order. One query, with what a line of the list shows."""
    return (
        Proposal.objects.filter(comment__document=document, comment__withdrawn_at=None)
        .select_related("comment__author__unit", "comment__on_behalf_of", "comment__provision", "by", "approved_by")
        .order_by("comment__provision__position", "comment")
    )


def check_waiting(proposal: Proposal) -> None:
    """Refuse one that is no proposal any more."""
    if not Proposal.objects.filter(pk=proposal.pk).exists():
        raise RuleBrokenError(_("This proposal has been published or replaced meanwhile."))


@transaction.atomic
def approve(proposals: Iterable[Proposal], *, by: User, seen: Mapping[int, str] | None = None) -> int:
    """The head agrees; they are published later. Returns how many. ``seen`` as for ``publish``."""
    waiting = [proposal for proposal in _locked(proposals, seen) if proposal.approved_at is None]
    if waiting:
        operation = diary.start(Kind.APPROVED, by=by, document=waiting[0].comment.document)
        diary.change_many(operation, waiting, approved_by=by, approved_at=operation.at, returned="")
    return len(waiting)


@transaction.atomic
def publish(proposals: Iterable[Proposal], *, by: User, seen: Mapping[int, str] | None = None) -> int:
    """Make them the answers that everybody sees, approved or not: publishing approves. Returns how many.

    ``seen`` has by proposal the stamp of what was on the page: StaleProposalError where other words stand now.
    """
    locked = _locked(proposals, seen)
    if not locked:
        return 0
    operation = diary.start(Kind.ANSWERED, by=by, document=locked[0].comment.document)
    for proposal in locked:
        fields = {
            "outcome": proposal.outcome,
            "explanation": proposal.explanation,
            "by": proposal.by,
            "at": operation.at,
        }
        if proposal.carried_out_by_id:
            fields["carried_out_by"] = proposal.carried_out_by
        publish_answer(operation, proposal.comment, fields)
    diary.remove(operation, locked)
    return len(locked)


@transaction.atomic
def give_back(proposal: Proposal, *, by: User, reason: str, seen: Mapping[int, str] | None = None) -> Proposal:
    """It needs more work: say what. ``seen`` as for ``publish``."""
    locked = _locked([proposal], seen)
    if not locked:
        raise RuleBrokenError(_("This proposal has been published or replaced meanwhile."))
    if not typed(reason):
        raise RuleBrokenError(_("Say what is to be changed in it."))
    operation = diary.start(Kind.GAVE_BACK, by=by, document=locked[0].comment.document, reason=typed(reason))
    return diary.change(operation, locked[0], returned=typed(reason), approved_by=None, approved_at=None)


def _locked(proposals: Iterable[Proposal], seen: Mapping[int, str] | None) -> list[Proposal]:
    """Those that still wait. The comments are held first, as answering does; then what was withdrawn is known."""
    pks = [proposal.pk for proposal in proposals]
    comments = Comment.objects.select_for_update(of=("self",)).filter(proposal__in=pks).order_by("pk")
    standing = [comment.pk for comment in comments if not comment.is_withdrawn]
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("comment__document", "carried_out_by", "by")
    found = list(rows.filter(pk__in=pks, comment__in=standing).order_by("pk"))
    if seen is not None and (stale := [row for row in found if row.stamp != seen.get(row.pk)]):
        raise StaleProposalError(stale)
    return found
