"""What others said while somebody looks at a page: found from the record, counted for this person alone.

A page carries a mark of the moment at which it was made. What was recorded after it, by somebody else, on comments this
person may see, is what arrives: nothing else leaves the server, not even that there was something. That a round ended,
or that others than before see its comments, arrives at everybody who reads the draft: they know of its rounds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from accounts.speakers import units_behind
from comments.access import visible_comments
from comments.models import Comment, CommentQuerySet, Consultation, Reply, Response
from drafts.access import get_document_for
from drafts.models import Document, Operation

Kind = Operation.Kind

LONGEST_ACT = dt.timedelta(seconds=10)
"""Acts end in another order than they began: one that began before a page was made may be seen only after it."""
MOST_ACTS = 60
"""So many of the newest are looked at for those that may still be under way."""
MARK = re.compile(r"([0-9]{1,18}(?:-[0-9]{1,18}){0,60})(?:\.([0-9]{1,10}))?")

SAID, SENT, REPLIED, ANSWERED, CHANGED = "said", "sent", "replied", "answered", "changed"
CLOSED, UNVEILED = "closed", "unveiled"
"""Of a round: it ended, by itself or by somebody; who sees its comments was changed."""
_ON_COMMENTS: dict[str, str] = {
    Kind.COMMENTED: SAID,
    Kind.SENT: SENT,
    **dict.fromkeys((Kind.REWORDED, Kind.WITHDREW, Kind.CONFIRMED), CHANGED),
}
"""What an act of this kind is for a comment that was there before."""
_ON_ANSWERS: dict[str, str] = {
    **dict.fromkeys((Kind.ANSWERED, Kind.RULED), ANSWERED),
    **dict.fromkeys((Kind.APPROVED, Kind.SATISFIED, Kind.REOPENED, Kind.RESERVED, Kind.REVISED, Kind.UNDONE), CHANGED),
}
_WHERE = ("comment", "comment__document")


class Act(NamedTuple):
    """An operation that may have brought something to read; or a round that closed by itself, by nobody."""

    pk: int
    kind: str
    by: int


@dataclass(frozen=True)
class Touch:
    """Something happened to a comment; or to a round, then ``comment`` is 0."""

    what: str
    comment: int
    document: int
    by: int


@dataclass(frozen=True)
class News:
    """How much of what is new to somebody."""

    said: int
    replied: int
    answered: int
    changed: int
    closed: bool = False
    unveiled: bool = False

    @property
    def is_something(self) -> bool:
        return self != NOTHING

    def __str__(self) -> str:
        """What a page that shows it says it has: "2-1-0-0", "0-0-0-0-closed"."""
        rounds = ("-closed" if self.closed else "") + ("-unveiled" if self.unveiled else "")
        return f"{self.said}-{self.replied}-{self.answered}-{self.changed}{rounds}"


NOTHING = News(0, 0, 0, 0)


def mark() -> str:
    """The present moment, for ``since``: the last act that is surely over, the later ones seen, the time in seconds:
    "1200-1203.1793779200".

    Taken before a page is read, so that what comes meanwhile is told twice rather than never. One query.
    """
    now = timezone.now()
    newest = list(Operation.objects.order_by("-pk").values_list("pk", "at")[:MOST_ACTS])
    over = [pk for pk, at in newest if at < now - LONGEST_ACT]
    last = over[0] if over else newest[-1][0] if newest else 0
    acts = "-".join(str(pk) for pk in [last, *(pk for pk, _ in newest if pk > last)])
    return f"{acts}.{int(now.timestamp())}"


def since(text: str, document: Document, *, but: User) -> list[Act]:
    """The acts of others since the mark, and the rounds that closed since. One query."""
    parts = MARK.fullmatch(text)
    if not parts:
        return []
    last, *seen = map(int, parts[1].split("-"))
    later = Operation.objects.filter(pk__gt=last).exclude(pk__in=seen).exclude(by=but)
    # What a unit gathers for its answer is recorded under no document.
    acts = _telling(later.filter(Q(document=document) | Q(document=None)))
    if parts[2]:
        moment = dt.datetime.fromtimestamp(int(parts[2]), dt.UTC)
        rounds = _closed(moment, timezone.now()).filter(edition__document=document)
        acts = acts.union(rounds.values_list("pk", Value(CLOSED), Value(0)), all=True)
    return [Act(*act) for act in acts]


def heard(operations: Collection[int]) -> list[Touch]:
    """What operations, by primary key, did to comments and rounds. Five queries at most, one when they did nothing."""
    return touched_by([Act(*act) for act in _telling(Operation.objects.filter(pk__in=operations))])


def closed_between(start: dt.datetime, end: dt.datetime) -> list[Touch]:
    """The rounds whose time ran out after ``start`` and until ``end``. One query."""
    documents = _closed(start, end).values_list("edition__document", flat=True)
    return [Touch(CLOSED, 0, document, by=0) for document in documents]


def _telling(operations: QuerySet[Operation]) -> QuerySet[Operation, tuple[int, str, int]]:
    kinds = (*_ON_COMMENTS, Kind.REPLIED, *_ON_ANSWERS, Kind.ROUND_CHANGED)
    return operations.filter(kind__in=kinds).order_by().values_list("pk", "kind", "by")


def _closed(start: dt.datetime, end: dt.datetime) -> QuerySet[Consultation]:
    return Consultation.objects.filter(closes_at__gt=start, closes_at__lte=end, edition__recall=None).order_by()


def news(acts: Collection[Act], *, user: User, document: Document, shown: CommentQuerySet) -> News:
    """What these acts brought to the comments that are ``shown``, which may be fewer than the person may see."""
    touches = _for_person(touched_by(acts), user=user, document=document)
    touched = {touch.comment for touch in touches} - {0}
    there = set(shown.filter(pk__in=touched).values_list("pk", flat=True)) if touched else set()
    gone = touched - there
    if gone:
        withdrawn = visible_comments(user, document).filter(pk__in=gone, withdrawn_at__isnull=False)
        gone = set(withdrawn.values_list("pk", flat=True))
    said = {touch.comment for touch in touches if touch.what == SAID} & there
    answered = {touch.comment for touch in touches if touch.what == ANSWERED} & there
    changed = {touch.comment for touch in touches if touch.what == CHANGED} & (there | gone)
    replied = [touch for touch in touches if touch.what == REPLIED and touch.comment in there]
    closed = any(touch.what == CLOSED for touch in touches) or any(act.kind == CLOSED for act in acts)
    unveiled = any(touch.what == UNVEILED for touch in touches)
    return News(len(said), len(replied), len(answered), len(changed - said - answered), closed, unveiled)


def touched_by(acts: Collection[Act]) -> list[Touch]:
    """What acts did to comments and rounds, from the record. Four queries at most."""
    by_pk, touches = {act.pk: act for act in acts}, []
    if of := [act.pk for act in acts if act.kind in _ON_COMMENTS]:
        rows = Comment.history.filter(operation__in=of).values_list("operation", "history_type", "id", "document")
        for pk, sign, comment, document in rows.order_by("history_id"):
            what = SAID if sign == "+" else _ON_COMMENTS[by_pk[pk].kind]
            touches.append(Touch(what, comment, document, by_pk[pk].by))
    if of := [act.pk for act in acts if act.kind == Kind.REPLIED]:
        rows = Reply.history.filter(operation__in=of, history_type="+")
        for pk, comment, document in rows.order_by("history_id").values_list("operation", *_WHERE):
            touches.append(Touch(REPLIED, comment, document, by_pk[pk].by))
    if of := [act.pk for act in acts if act.kind in _ON_ANSWERS]:
        rows = Response.history.filter(operation__in=of)
        for pk, sign, comment, document in rows.order_by("history_id").values_list(
            "operation", "history_type", *_WHERE
        ):
            what = ANSWERED if sign == "+" else CHANGED if sign == "-" else _ON_ANSWERS[by_pk[pk].kind]
            touches.append(Touch(what, comment, document, by_pk[pk].by))
    if of := [act.pk for act in acts if act.kind == Kind.ROUND_CHANGED]:
        for pk, document, is_over in _rounds_changed(of):
            touches.append(Touch(CLOSED if is_over else UNVEILED, 0, document, by_pk[pk].by))
    return touches


def _rounds_changed(operations: Collection[int]) -> QuerySet[Any, tuple[int, int, bool]]:
    """Operation, document and whether the round is over, where a round was ended or shown to others. One query."""
    rows = Consultation.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    before = Subquery(rows.order_by("-history_id").values("visibility")[:1])
    is_over = Q(closes_at=F("history_date"))
    return (
        Consultation.history.filter(operation__in=operations, history_type="~")
        .annotate(before=before, is_over=ExpressionWrapper(is_over, BooleanField()))
        .filter(is_over | ~Q(visibility=F("before")))
        .order_by("history_id")
        .values_list("operation", "edition__document", "is_over")
    )


def concerns(touches: Collection[Touch], *, user_pk: int, document_pk: int) -> bool:
    """Whether something was touched that the person may see now, or a round. Raises Http404 for who may not look
    any more.

    Nothing is asked of the database when comments on the document were not touched, else six queries at most.
    """
    if all(touch.document != document_pk or touch.by == user_pk for touch in touches):
        return False
    user = get_object_or_404(User, pk=user_pk, is_active=True)
    document = get_document_for(user, "read", pk=document_pk)
    theirs = _for_person(touches, user=user, document=document)
    if any(not touch.comment for touch in theirs):
        return True
    touched = {touch.comment for touch in theirs}
    return visible_comments(user, document).filter(pk__in=touched).exists()


def _for_person(touches: Collection[Touch], *, user: User, document: Document) -> list[Touch]:
    """What others touched on the document. What a unit sent is new to all but its own people."""
    others = [touch for touch in touches if touch.document == document.pk and touch.by != user.pk]
    sent = {touch.comment for touch in others if touch.what == SENT}
    if not sent:
        return others
    theirs = Comment.objects.filter(pk__in=sent, contribution__unit__in=units_behind([user.unit_id]))
    own = set(theirs.values_list("pk", flat=True))
    return [replace(t, what=SAID) if t.what == SENT else t for t in others if t.what != SENT or t.comment not in own]
