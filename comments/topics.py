"""Comments that say the same: found by likeness, confirmed by a person as a topic, answered once.

Each comment keeps its own line in the table and its own answer; answering a topic writes them all in one act.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comments.grouping import Alike, group
from comments.meaning import Opinion
from comments.models import Comment, CommentQuerySet, Grouping, Separation, Topic
from comments.services import check_explained, check_seen, locked_for_answer, write_answer
from config.errors import RuleBrokenError
from config.parameters import numbers_in
from drafts import diary
from drafts.access import ABILITIES
from drafts.models import Document, Operation, Seat
from drafts.texts import clean

Kind = Operation.Kind

AT_ONCE = 2_000
"""So many comments are compared while the person waits; with more, a worker does it and says how far it is."""
LEASE = dt.timedelta(minutes=2)
LONGEST_TITLE = 200


class CancelledError(Exception):
    """The person who asked for it wants it no more."""


@dataclass(frozen=True)
class Suggestion:
    """Comments of a document that may say the same, and those of other places or documents that say it too."""

    comments: list[Comment]
    elsewhere: list[Comment]
    likeness: float

    @property
    def keys(self) -> str:
        return _keys(comment.pk for comment in self.comments)

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)

    @property
    def title(self) -> str:
        """What the topic may be called: the shortest of them."""
        return min((comment.text.split("\n")[0] for comment in self.comments), key=len)[:LONGEST_TITLE]


def opinions_on(documents: Collection[int]) -> list[Opinion]:
    """What was sent on the documents and stands. One query."""
    rows = (
        Comment.objects.filter(document__in=documents)
        .standing()
        .sent()
        .order_by("pk")
        .values_list("pk", "document", "provision", "text", "quote", "proposed_text", "clause_label")
    )
    return [
        Opinion(pk, document, str(provision or ""), text, quote, proposed, clause)
        for pk, document, provision, text, quote, proposed, clause in rows
    ]


def ask_for_groups(document: Document, *, by: User) -> Grouping:
    """Begin the search; few comments are compared at once. While one search is running there is no second."""
    running = document.groupings.filter(finished_at=None, cancelled_at=None).first()
    if running is not None:
        return running
    total = Comment.objects.filter(document__in=_consolidated(by, document)).standing().sent().count()
    grouping = Grouping.objects.create(document=document, by=by, total=total)
    if total <= AT_ONCE:
        carry_out(grouping)
    return grouping


def cancel(grouping: Grouping) -> None:
    Grouping.objects.filter(pk=grouping.pk, finished_at=None).update(cancelled_at=timezone.now())


def carry_out_waiting() -> int:
    """A worker's part: every search nobody has in hand. Returns how many were done."""
    done = 0
    while grouping := _take():
        carry_out(grouping)
        done += 1
    return done


def carry_out(grouping: Grouping) -> None:
    """Compare, say how far it is, keep what was found; stop when it was cancelled."""
    mine = Grouping.objects.filter(pk=grouping.pk)

    def progress(done: int, total: int) -> None:
        alive = mine.filter(cancelled_at=None).update(done=done, total=total, leased_until=timezone.now() + LEASE)
        if not alive:
            raise CancelledError

    opinions = opinions_on(_consolidated(grouping.by, grouping.document))
    try:
        found = group(opinions, document=grouping.document_id, progress=progress)
    except CancelledError:
        return
    suggestions = [
        {"comments": alike.keys, "likeness": alike.likeness, "elsewhere": alike.elsewhere} for alike in found
    ]
    mine.filter(cancelled_at=None).update(
        suggestions=suggestions, finished_at=timezone.now(), done=len(opinions), total=len(opinions), leased_until=None
    )
    grouping.refresh_from_db()


def suggestions_of(grouping: Grouping, *, limit: int = 50) -> list[Suggestion]:
    """What still waits for a person: comments that stand, without a topic, not turned down. Three queries."""
    turned_down = set(grouping.document.separations.values_list("comments", flat=True))
    wanted = [one for one in grouping.suggestions if _keys(one["comments"]) not in turned_down]
    pks = {pk for one in wanted for pk in (*one["comments"], *one["elsewhere"])}
    comments = (
        Comment.objects.filter(pk__in=pks)
        .standing()
        .sent()
        .select_related("author__unit", "on_behalf_of", "provision", "document", "topic", "response")
        .in_bulk()
    )
    found = []
    for one in wanted:
        mine = [comments[pk] for pk in one["comments"] if pk in comments and comments[pk].topic_id is None]
        elsewhere = [comments[pk] for pk in one["elsewhere"] if pk in comments]
        if len(mine) > 1 or (mine and elsewhere):
            found.append(Suggestion(mine, elsewhere, one["likeness"]))
        if len(found) == limit:
            break
    return found


def topics_of(document: Document) -> QuerySet[Topic]:
    """With ``all_comments`` and ``open`` ones among them. One query."""
    standing = Q(comments__withdrawn_at=None)
    return document.topics.annotate(
        all_comments=Count("comments", filter=standing),
        open=Count("comments", filter=standing & Q(comments__response=None)),
    ).order_by("title")


@transaction.atomic
def make_topic(document: Document, *, by: User, title: str, comments: CommentQuerySet) -> Topic:
    """Put comments of one document together under a title; the same title again adds to that topic."""
    title = clean(title)[:LONGEST_TITLE]
    chosen = list(comments.select_for_update(of=("self",)).filter(document=document))
    if not title:
        raise RuleBrokenError(_("Give the topic a title: it stands in the official table."))
    if not chosen:
        raise RuleBrokenError(_("Choose the comments that belong together."))
    operation = diary.start(Kind.GROUPED, by=by, document=document)
    topic = Topic.objects.filter(document=document, title=title).first()
    if topic is None:
        topic = diary.add(operation, [Topic(document=document, title=title)])[0]
    diary.change_many(operation, chosen, topic=topic)
    return topic


@transaction.atomic
def take_out(comment: Comment, *, by: User) -> None:
    """Take a comment out of its topic; a topic nobody belongs to any more is gone."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("document", "topic").get(pk=comment.pk)
    topic = comment.topic
    if topic is None:
        return
    operation = diary.start(Kind.GROUPED, by=by, document=comment.document)
    diary.change(operation, comment, topic=None)
    if not topic.comments.exists():
        diary.remove(operation, [topic])


@transaction.atomic
def dissolve(topic: Topic, *, by: User) -> None:
    """The comments stay, each by itself again."""
    operation = diary.start(Kind.GROUPED, by=by, document=topic.document)
    diary.change_many(operation, topic.comments.select_for_update(of=("self",)), topic=None)
    diary.remove(operation, [topic])


@transaction.atomic
def turn_down(document: Document, *, by: User, keys: str) -> None:
    """Remember that these comments do not say the same."""
    pks = numbers_in([key.strip() for key in keys.split(",")])
    if Comment.objects.filter(document=document, pk__in=pks).count() != len(pks) or not pks:
        raise RuleBrokenError(_("These comments do not belong to this draft."))
    Separation.objects.get_or_create(document=document, comments=_keys(pks), defaults={"by": by})


@transaction.atomic
def answer_many(
    comments: Sequence[Comment], *, by: User, outcome: str, explanation: str, seen: Mapping[int, str] | None = None
) -> Operation:
    """The same answer for several comments of one draft, in one act. Each has its own, which may be changed alone.

    ``seen`` has by comment the stamp of the answer that was on the page: StaleAnswerError where another stands now.
    """
    check_explained(outcome, explanation)
    locked = [locked_for_answer(comment) for comment in sorted(comments, key=lambda comment: comment.pk)]
    if not locked:
        raise RuleBrokenError(_("Choose the comments to answer."))
    if seen is not None:
        check_seen(locked, seen, by=by, outcome=outcome, explanation=explanation)
    operation = diary.start(Kind.ANSWERED, by=by, document=locked[0].document)
    for comment in locked:
        write_answer(operation, comment, outcome=outcome, explanation=explanation)
    return operation


def answers_of(alike: Alike, opinions: dict[int, Opinion], places: Callable[[Opinion], str]) -> dict[str, object]:
    """A group as the command prints it."""
    first = opinions[alike.keys[0]]
    return {
        "comments": list(alike.keys),
        "article": places(first),
        "likeness": alike.likeness,
        "elsewhere": [
            {"document": opinions[key].document, "comment": key, "article": places(opinions[key])}
            for key in alike.elsewhere
        ],
    }


def _consolidated(user: User, document: Document) -> list[int]:
    """The document first, and the others whose opinions the person may see all of."""
    roles = [role for role, abilities in ABILITIES.items() if "consolidate" in abilities]
    seats = Seat.objects.held_by(user).filter(role__in=roles).values_list("document", flat=True)
    return [document.pk, *sorted(set(seats) - {document.pk})]


@transaction.atomic
def _take() -> Grouping | None:
    now = timezone.now()
    grouping = (
        Grouping.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(Q(leased_until=None) | Q(leased_until__lt=now), finished_at=None, cancelled_at=None)
        .select_related("document", "by")
        .order_by("pk")
        .first()
    )
    if grouping is not None:
        Grouping.objects.filter(pk=grouping.pk).update(leased_until=now + LEASE)
    return grouping


def _keys(pks: Iterable[int]) -> str:
    return ",".join(str(pk) for pk in sorted(set(pks)))
