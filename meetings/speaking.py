"""Who asks to speak on the matter under discussion, in which order, and who is speaking."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from drafts.texts import clean
from meetings.leading import lock_screen, refresh
from meetings.models import AgendaItem, Attendance, Meeting, Turn

Kind = Operation.Kind


@transaction.atomic
def ask(meeting: Meeting, *, by: User, attendance: Attendance | None = None, name: str = "") -> Turn:
    """Put somebody at the end of those waiting; who waits or speaks already stays where they are."""
    item = _item(meeting)
    name = _name_of(attendance) if attendance else clean(name).replace("\n", " ")[:400]
    if not name:
        raise RuleBrokenError(_("Say who wants to speak."))
    unfinished = item.turns.filter(ended_at=None)
    already = unfinished.filter(attendance=attendance) if attendance else unfinished.filter(name=name)
    if turn := already.first():
        return turn
    last = item.turns.aggregate(last=Max("position"))["last"] or 0
    turn = Turn(item=item, attendance=attendance, name=name, position=last + 1)
    operation = diary.start(Kind.LED, by=by)
    turn.asked_at = operation.at
    diary.add(operation, [turn])
    refresh(meeting.pk)
    return turn


@transaction.atomic
def call_next(meeting: Meeting, *, by: User, turn_pk: int | None = None) -> Turn | None:
    """Who is speaking ends; the next one begins, or the one named. None when nobody waits any more."""
    item = _item(meeting)
    waiting = item.turns.filter(began_at=None)
    following = waiting.filter(pk=turn_pk).first() if turn_pk else waiting.first()
    if turn_pk and following is None:
        return item.turns.filter(pk=turn_pk).first()  # begun already: pressed twice
    speaking = list(item.turns.filter(began_at__isnull=False, ended_at=None))
    if not speaking and following is None:
        return None
    operation = diary.start(Kind.LED, by=by)
    diary.change_many(operation, speaking, ended_at=operation.at)
    if following is not None:
        diary.change(operation, following, began_at=operation.at)
    refresh(meeting.pk)
    return following


@transaction.atomic
def withdraw(turn: Turn, *, by: User) -> None:
    """Take somebody off those waiting; who has spoken stays."""
    meeting = turn.item.meeting
    lock_screen(meeting)
    waiting = Turn.objects.filter(pk=turn.pk, began_at=None)
    if waiting:
        diary.remove(diary.start(Kind.LED, by=by), waiting)
        refresh(meeting.pk)


@transaction.atomic
def put_first(turn: Turn, *, by: User) -> None:
    """Let somebody speak before all others who wait."""
    meeting = turn.item.meeting
    lock_screen(meeting)
    waiting = list(Turn.objects.filter(item=turn.item_id, began_at=None))
    chosen = next((one for one in waiting if one.pk == turn.pk), None)
    if chosen is None or waiting[0] == chosen:
        return
    places = sorted(one.position for one in waiting)
    ordered = [chosen, *(one for one in waiting if one != chosen)]
    for one, position in zip(ordered, places, strict=True):
        one.position = position
    diary.keep(diary.start(Kind.LED, by=by), ordered, ["position"])
    refresh(meeting.pk)


def _item(meeting: Meeting) -> AgendaItem:
    item = lock_screen(meeting).item
    if item is None:
        raise RuleBrokenError(_("No matter is under discussion; take one up first."))
    return item


def _name_of(attendance: Attendance) -> str:
    """As the recording of opinions knows them: a unit by its full name."""
    return attendance.unit.name if attendance.unit else str(attendance)
