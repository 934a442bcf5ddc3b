"""From the secretary's draft to the chair's signature: submitted, agreed or given back with a reason, then signed.

What is signed is never edited, only supplemented. An agreement and a signature hold for the words that were read:
what is changed afterwards has to be agreed to again.
"""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from meetings import telling
from meetings.holding import check_is_on
from meetings.models import Assignment, Conclusion, ConclusionNotice, Meeting

Kind = Operation.Kind


def notice_digest(notice: ConclusionNotice) -> str:
    """Changes whenever anything a signature would cover does: the chair signs what the chair has read. Four queries.

    How far a unit has got with its task is not covered; that a task was cancelled is.
    """
    conclusions = notice.conclusions.order_by("number")
    tasks = Assignment.objects.filter(conclusion__notice=notice).order_by("pk")
    is_cancelled = ExpressionWrapper(Q(state=Assignment.State.CANCELLED), output_field=BooleanField())
    covered = [
        conclusions.order_by("number", "documents__pk").values_list("number", "text", "gives_no_task", "documents__pk"),
        conclusions.order_by("number", "articles__pk", "comments__pk").values_list(
            "number", "articles__pk", "comments__pk"
        ),
        tasks.values_list("pk", "lead_unit", "task", "product", "due_on", "due_time", "limit", is_cancelled),
        tasks.order_by("pk", "supporting_units__pk").values_list("pk", "supporting_units__pk"),
    ]
    return hashlib.sha256(repr([list(rows) for rows in covered]).encode()).hexdigest()


def open_digest(meeting: Meeting) -> str:
    """The digest of the notice that is not signed yet; empty when there is none."""
    notice = meeting.notices.filter(signed_at=None).first()
    return notice_digest(notice) if notice else ""


@transaction.atomic
def submit(notice: ConclusionNotice, *, by: User) -> ConclusionNotice:
    """Lay the draft before the chair, who is told. What the chair has before them already is not laid there again."""
    notice = unsigned(notice)
    if notice.state == ConclusionNotice.State.SUBMITTED:
        return notice
    _check_complete(notice)
    operation = diary.start(Kind.SUBMITTED, by=by)
    diary.change(
        operation,
        notice,
        submitted_at=operation.at,
        returned="",
        agreed_at=None,
        agreed_by=None,
        agreed_digest="",
    )
    telling.of_submission(notice, operation)
    return notice


@transaction.atomic
def agree(notice: ConclusionNotice, *, by: User, seen: str) -> ConclusionNotice:
    """The chair agrees to what was on screen, whose ``notice_digest`` is ``seen``; the secretary is told."""
    notice = unsigned(notice)
    _check_complete(notice)
    _check_seen(notice, seen)
    if notice.agreed_digest == seen:
        return notice
    operation = diary.start(Kind.AGREED_CONCLUSIONS, by=by)
    diary.change(operation, notice, agreed_at=operation.at, agreed_by=by, agreed_digest=seen, returned="")
    telling.of_agreement(notice, operation)
    return notice


@transaction.atomic
def give_back(notice: ConclusionNotice, *, by: User, reason: str) -> ConclusionNotice:
    """The chair wants it otherwise; the secretary is told why."""
    notice, reason = unsigned(notice), reason.strip()
    if not reason:
        raise RuleBrokenError(_("Say what is to be changed."))
    if notice.state == ConclusionNotice.State.RETURNED and notice.returned == reason:
        return notice
    operation = diary.start(Kind.GAVE_BACK_CONCLUSIONS, by=by, reason=reason)
    diary.change(
        operation, notice, submitted_at=None, agreed_at=None, agreed_by=None, agreed_digest="", returned=reason
    )
    telling.of_giving_back(notice, operation)
    return notice


@transaction.atomic
def sign(notice: ConclusionNotice, *, by: User, symbol: str = "", seen: str | None = None) -> ConclusionNotice:
    """Sign what was agreed to: from then on it is never edited, only supplemented by another notice.

    ``seen`` is the ``notice_digest`` of what the chair had on screen; anything else is not signed.
    """
    notice = unsigned(notice)
    _check_complete(notice)
    digest = notice_digest(notice)
    if seen is not None:
        _check_seen(notice, seen)
    if not notice.agreed_digest:
        raise RuleBrokenError(_("The chair has not agreed to the conclusions yet."))
    if notice.agreed_digest != digest:
        raise RuleBrokenError(_("The conclusions have changed since the chair agreed; they are to be agreed to again."))
    operation = diary.start(Kind.SIGNED, by=by)
    return diary.change(operation, notice, symbol=symbol.strip(), signed_at=operation.at, signed_by=by)


def unsigned(notice: ConclusionNotice) -> ConclusionNotice:
    """The notice, for one writer at a time; refused once it is signed, or the meeting is called off."""
    notice = ConclusionNotice.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=notice.pk)
    if notice.is_signed:
        raise RuleBrokenError(_("The notice of conclusions is signed; it can be supplemented, not changed."))
    check_is_on(notice.meeting)
    return notice


def open_notice(meeting: Meeting) -> ConclusionNotice | None:
    """The notice that may still be added to, for one writer at a time: it is not signed while somebody adds to it.

    For who holds the meeting: the meeting is locked before its notice.
    """
    return meeting.notices.select_for_update().filter(signed_at=None).first()


def standing_tasks(conclusion: Conclusion) -> list[Assignment]:
    return [task for task in conclusion.assignments.all() if task.state != Assignment.State.CANCELLED]


def _check_complete(notice: ConclusionNotice) -> None:
    """Each conclusion has a task, or says that it gives rise to none."""
    conclusions = list(notice.conclusions.prefetch_related("assignments"))
    if not conclusions:
        raise RuleBrokenError(_("There is no conclusion to sign yet."))
    undecided = [c.number for c in conclusions if not c.gives_no_task and not standing_tasks(c)]
    if undecided:
        raise RuleBrokenError(
            _("Conclusion %(numbers)s has no task; add one, or say that it gives rise to none.")
            % {"numbers": ", ".join(map(str, undecided))}
        )


def _check_seen(notice: ConclusionNotice, seen: str) -> None:
    if seen != notice_digest(notice):
        raise RuleBrokenError(_("The conclusions have changed since you opened the page. Read them again first."))
