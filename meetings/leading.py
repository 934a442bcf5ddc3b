"""Leading the meeting through its agenda: which matter is under discussion, and which provision the screens show."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from meetings.models import AgendaItem, Meeting, Screen, Turn

Kind = Operation.Kind


@transaction.atomic
def begin(item: AgendaItem, *, by: User) -> AgendaItem:
    """Take up a matter; the one before ends. Taking up what is under discussion changes nothing."""
    screen = lock_screen(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    if screen.item_id == item.pk:
        return item
    if item.meeting.is_cancelled:
        raise RuleBrokenError(_("The meeting is called off."))
    operation = diary.start(Kind.LED, by=by)
    _end(operation, screen)
    diary.change(operation, item, began_at=item.began_at or operation.at, ended_at=None)
    _show(screen, item=item)
    return item


@transaction.atomic
def end(meeting: Meeting, *, by: User) -> None:
    """End the matter under discussion, if there is one."""
    screen = lock_screen(meeting)
    if screen.item_id is not None:
        _end(diary.start(Kind.LED, by=by), screen)
        _show(screen, item=None)


@transaction.atomic
def show(meeting: Meeting, *, wid: uuid.UUID | None, clause: str = "") -> None:
    """Let the screens show a provision of the draft under discussion, or the matter as a whole (None)."""
    screen = lock_screen(meeting)
    if (screen.wid, screen.clause) != (wid, clause):
        _show(screen, item=screen.item, wid=wid, clause=clause)


def lock_screen(meeting: Meeting) -> Screen:
    """The screens of the meeting, for one writer at a time."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    screen, _created = Screen.objects.select_related("item").get_or_create(meeting_id=meeting.pk)
    return screen


def refresh(meeting_pk: int) -> None:
    """Something the screens show has changed."""
    Screen.objects.filter(meeting=meeting_pk).update(version=F("version") + 1)


def _show(screen: Screen, *, item: AgendaItem | None, wid: uuid.UUID | None = None, clause: str = "") -> None:
    screen.item, screen.wid, screen.clause, screen.version = item, wid, clause, screen.version + 1
    screen.save(update_fields=["item", "wid", "clause", "version"])


def _end(operation: Operation, screen: Screen) -> None:
    """The matter ends with whoever is speaking on it; who still waits is not heard any more."""
    item = screen.item
    if item is None:
        return
    if item.polls.filter(closed_at=None).exists():
        raise RuleBrokenError(_("A vote on this matter is open; close it first."))
    diary.change_many(
        operation, Turn.objects.filter(item=item, began_at__isnull=False, ended_at=None), ended_at=operation.at
    )
    diary.remove(operation, Turn.objects.filter(item=item, began_at=None))
    diary.change(operation, item, ended_at=operation.at)
