"""Taking back an act on many comments: what it changed becomes what it was, unless somebody changed it since."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments.models import Comment, Proposal, Reopening, Response, Topic
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Operation

Kind = Operation.Kind
UNDOABLE = (Kind.FLAGGED, Kind.GROUPED, Kind.ALLOTTED, Kind.ANSWERED, Kind.PROPOSED)
_ANSWERS: tuple[type[Response], type[Proposal]] = (Response, Proposal)
_FIELDS = ("flagged_at", "topic_id", "answerer_id", "answer_by")


def may_be_undone(operation: Operation, *, by: User) -> bool:
    """One's own act, as long as nobody has undone it. One query."""
    is_own = operation.kind in UNDOABLE and operation.by_id == by.pk
    return is_own and not Operation.objects.filter(undoes=operation).exists()


@transaction.atomic
def undo(operation: Operation, *, by: User) -> Operation:
    """Take the whole act back. Refuses when somebody changed since what it did."""
    Document.objects.select_for_update(no_key=True).get(pk=operation.document_id or 0)  # one at a time
    if not may_be_undone(operation, by=by):
        raise RuleBrokenError(_("This has been undone already."))
    _hold_comments(operation)
    _check_not_contested(operation)
    undone = diary.start(Kind.UNDONE, by=by, document=operation.document, undoes=operation)
    _restore_comments(operation, undone)
    for model in _ANSWERS:
        _restore_answers(model, operation, undone)
    emptied = Topic.history.filter(operation=operation, history_type="+").values("id")
    diary.remove(undone, Topic.objects.filter(pk__in=emptied, comments=None))
    return undone


def _hold_comments(operation: Operation) -> None:
    """Every comment the act was on, before its answers: as answering does, so that nobody answers meanwhile."""
    answered = [set(model.history.filter(operation=operation).values_list("comment", flat=True)) for model in _ANSWERS]
    pks = set(Comment.history.filter(operation=operation).values_list("id", flat=True)).union(*answered)
    list(Comment.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))


def _check_not_contested(operation: Operation) -> None:
    """Refuse when an answer was contested, or the chair ruled on it, since: what that is about would be gone."""
    answered = Response.history.filter(operation=operation).values("comment")
    contested = Reopening.history.filter(comment__in=answered, operation__gt=operation.pk).first()
    if contested is not None:
        raise _changed(contested.comment)


def _restore_comments(operation: Operation, undone: Operation) -> None:
    after = {entry.id: entry for entry in Comment.history.filter(operation=operation)}
    before = _before(Comment, operation, after)
    rows = list(Comment.objects.filter(pk__in=after).order_by("pk"))
    gone = {entry.topic_id for entry in before.values()} - {None}
    if gone and Topic.objects.filter(pk__in=gone).count() != len(gone):
        raise RuleBrokenError(_("It cannot be undone: the topic it had belonged to is gone."))
    for row in rows:
        for name in _FIELDS:
            was, made = getattr(before[row.pk], name), getattr(after[row.pk], name)
            if was == made:
                continue
            if getattr(row, name) != made:
                raise _changed(row)
            setattr(row, name, was)
    diary.keep(undone, rows, [name.removesuffix("_id") for name in _FIELDS])


def _restore_answers(model: type[Response] | type[Proposal], operation: Operation, undone: Operation) -> None:
    entries = list(model.history.filter(operation=operation))
    made = {entry.id: entry for entry in entries if entry.history_type != "-"}
    rows = {
        row.pk: row
        for row in model.objects.filter(pk__in=made).select_related("comment").select_for_update(of=("self",))
    }
    before = _before(model, operation, made)
    names = [
        field.attname for field in model._meta.concrete_fields if not field.primary_key and field.name != "comment"
    ]
    for pk, entry in made.items():
        row = rows.get(pk)
        if row is None or any(getattr(row, name) != getattr(entry, name) for name in names):
            raise _changed(row.comment if row else Comment.objects.get(pk=entry.comment_id))
    diary.remove(undone, [row for pk, row in rows.items() if pk not in before])
    restored = [rows[pk] for pk in before]
    for row in restored:
        for name in names:
            setattr(row, name, getattr(before[row.pk], name))
    diary.keep(undone, restored, [name.removesuffix("_id") for name in names])
    taken = [entry for entry in entries if entry.history_type == "-"]
    newer = model.objects.filter(comment__in=[entry.comment_id for entry in taken]).select_related("comment").first()
    if newer is not None:
        raise _changed(newer.comment)
    diary.add(
        undone, [model(**{"comment_id": entry.comment_id} | {n: getattr(entry, n) for n in names}) for entry in taken]
    )


def _before(model: type[models.Model], operation: Operation, after: dict[int, Any]) -> dict[int, Any]:
    """The rows as they were right before the act; those it made are not among them."""
    history = model.history.filter(id__in=after, operation__lt=operation.pk)  # type: ignore[attr-defined]
    return {entry.id: entry for entry in history.order_by("id", "-history_id").distinct("id")}


def _changed(comment: Comment) -> RuleBrokenError:
    words = _("It cannot be undone as a whole: comment %(number)s was changed since. Change it by itself.")
    return RuleBrokenError(words % {"number": comment.pk})
