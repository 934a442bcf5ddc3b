"""What others said while somebody looks at a page: found from the record, counted for this person alone.

A page carries a mark of the moment at which it was made. What was recorded after it, by somebody else, on comments this
person may see, is what arrives: nothing else leaves the server, not even that there was something.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from comments.access import visible_comments
from comments.models import Comment, CommentQuerySet, Reply, Response
from drafts.access import get_document_for
from drafts.models import Document, Operation

Kind = Operation.Kind

LONGEST_ACT = dt.timedelta(seconds=10)
"""Acts end in another order than they began: one that began before a page was made may be seen only after it."""
MOST_ACTS = 60
"""So many of the newest are looked at for those that may still be under way."""
MARK = re.compile(r"[0-9]{1,18}(-[0-9]{1,18}){0,60}")

SAID, SENT, REPLIED, ANSWERED, CHANGED = "said", "sent", "replied", "answered", "changed"
_CHANGING = (Kind.REWORDED, Kind.WITHDREW, Kind.CONFIRMED)
_TELLING = (
    *(Kind.COMMENTED, Kind.SENT, Kind.REPLIED, Kind.ANSWERED, Kind.RULED, Kind.REOPENED, Kind.RESERVED),
    *(Kind.SATISFIED, Kind.REVISED, Kind.UNDONE, Kind.APPROVED, *_CHANGING),
)


@dataclass(frozen=True)
class Touch:
    """Something happened to a comment."""

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

    @property
    def is_something(self) -> bool:
        return self != NOTHING

    def __str__(self) -> str:
        """What a page that shows it says it has: "2-1-0-0"."""
        return f"{self.said}-{self.replied}-{self.answered}-{self.changed}"


NOTHING = News(0, 0, 0, 0)


def mark() -> str:
    """The present moment, for ``since``: the last act that is surely over, and the later ones seen: "1200-1203".

    Taken before a page is read, so that what comes meanwhile is told twice rather than never. One query.
    """
    newest = list(Operation.objects.order_by("-pk").values_list("pk", "at")[:MOST_ACTS])
    over = [pk for pk, at in newest if at < timezone.now() - LONGEST_ACT]
    last = over[0] if over else newest[-1][0] if newest else 0
    return "-".join(str(pk) for pk in [last, *(pk for pk, _ in newest if pk > last)])


def since(text: str, document: Document, *, but: User) -> list[int]:
    """The acts of others since the mark that may have brought something to read. One query."""
    if not MARK.fullmatch(text):
        return []
    last, *seen = map(int, text.split("-"))
    acts = Operation.objects.filter(pk__gt=last, kind__in=_TELLING).exclude(pk__in=seen).exclude(by=but)
    # What a unit gathers for its answer is recorded under no document.
    acts = acts.filter(Q(document=document) | Q(document=None))
    return list(acts.order_by("pk").values_list("pk", flat=True))


def news(operations: Collection[int], *, user: User, document: Document, shown: CommentQuerySet) -> News:
    """What these acts brought to the comments that are ``shown``, which may be fewer than the person may see."""
    touches = _for_person(touched_by(operations), user=user, document=document)
    touched = {touch.comment for touch in touches}
    there = set(shown.filter(pk__in=touched).values_list("pk", flat=True)) if touched else set()
    gone = touched - there
    if gone:
        withdrawn = visible_comments(user, document).filter(pk__in=gone, withdrawn_at__isnull=False)
        gone = set(withdrawn.values_list("pk", flat=True))
    said = {touch.comment for touch in touches if touch.what == SAID} & there
    answered = {touch.comment for touch in touches if touch.what == ANSWERED} & there
    changed = {touch.comment for touch in touches if touch.what == CHANGED} & (there | gone)
    replied = [touch for touch in touches if touch.what == REPLIED and touch.comment in there]
    return News(len(said), len(replied), len(answered), len(changed - said - answered))


def touched_by(operations: Collection[int]) -> list[Touch]:
    """What acts did to comments, from the record. Three queries."""
    touches = []
    rows = Comment.history.filter(operation__in=operations)
    for sign, kind, *whom in rows.values_list("history_type", "operation__kind", "id", "document", "operation__by"):
        if sign == "+":
            touches.append(Touch(SAID, *whom))
        elif kind == Kind.SENT:
            touches.append(Touch(SENT, *whom))
        elif kind in _CHANGING:
            touches.append(Touch(CHANGED, *whom))
    replies = Reply.history.filter(operation__in=operations, history_type="+")
    touches += [Touch(REPLIED, *whom) for whom in replies.values_list("comment", "comment__document", "operation__by")]
    answers = Response.history.filter(operation__in=operations)
    columns = ("history_type", "operation__kind", "comment", "comment__document", "operation__by")
    for sign, kind, *whom in answers.values_list(*columns):
        is_answer = sign == "+" or (sign == "~" and kind in (Kind.ANSWERED, Kind.RULED))
        touches.append(Touch(ANSWERED if is_answer else CHANGED, *whom))
    return touches


def concerns(touches: Collection[Touch], *, user_pk: int, document_pk: int) -> bool:
    """Whether something was touched that the person may see now. Raises Http404 for who may not look any more.

    Nothing is asked of the database when comments on the document were not touched, else six queries at most.
    """
    if all(touch.document != document_pk or touch.by == user_pk for touch in touches):
        return False
    user = get_object_or_404(User, pk=user_pk, is_active=True)
    document = get_document_for(user, "read", pk=document_pk)
    touched = {touch.comment for touch in _for_person(touches, user=user, document=document)}
    return visible_comments(user, document).filter(pk__in=touched).exists()


def _for_person(touches: Collection[Touch], *, user: User, document: Document) -> list[Touch]:
    """What others touched on the document. What a unit sent is new to all but its own people."""
    others = [touch for touch in touches if touch.document == document.pk and touch.by != user.pk]
    sent = {touch.comment for touch in others if touch.what == SENT}
    if not sent:
        return others
    own = set(Comment.objects.filter(pk__in=sent, contribution__unit=user.unit_id).values_list("pk", flat=True))
    return [replace(t, what=SAID) if t.what == SENT else t for t in others if t.what != SENT or t.comment not in own]
