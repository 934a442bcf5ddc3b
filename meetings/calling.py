"""Calling people to a meeting by mail, with a calendar file: once, again when time or place change, and when it is off.

Who has been sent an invitation is told of every change, and when they are not expected any more. A unit is called
through its contacts (all its members when it has none); somebody asked twice, alone and with the unit, gets one mail.
Guests are called on paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import outbox
from accounts.models import User
from accounts.speakers import speakers_of
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from drafts.texts import clean
from meetings.calendar_file import NAME, Event, Method, calendar
from meetings.holding import hold, lock
from meetings.models import Attendance, Cancellation, Meeting

Call = Literal["invitation", "change", "cancellation", "substitution", "withdrawal"]
WHEN_AND_WHERE = ("title", "starts_at", "ends_at", "place")
PRINTED = frozenset({"title", "place", "chair", "body"})
"""What a notice of conclusions says of the meeting, besides its day."""
_METHODS: dict[Call, Method] = {
    "invitation": "REQUEST",
    "change": "REQUEST",
    "cancellation": "CANCEL",
    "substitution": "REQUEST",
    "withdrawal": "CANCEL",
}
_Told = dict[int, tuple[User, Attendance]]


@transaction.atomic
def call(meeting: Meeting, *, by: User) -> int:
    """Send the invitation to all who have not got it yet; returns to how many places at the table it went."""
    meeting = hold(meeting)
    if is_over(meeting):
        raise RuleBrokenError(_("The meeting is over; nobody can be called to it any more."))
    waiting = list(to_call(meeting.attendances.select_related("user", "unit")))
    if not waiting:
        return 0
    operation = diary.start(Operation.Kind.ARRANGED, by=by)
    _mail("invitation", meeting, waiting)
    diary.change_many(operation, waiting, called_at=operation.at)
    return len(waiting)


@transaction.atomic
def rearrange(meeting: Meeting, *, by: User, **fields: object) -> Meeting:
    """Change title, time, place, chair, secretary or body; once conclusions are signed, nothing that a notice prints.

    Who was called is told when name, time or place are others; when it is the time, they are asked anew.
    """
    meeting = hold(meeting)
    changed = {name: value for name, value in fields.items() if getattr(meeting, name) != value}
    if not changed:
        return meeting
    if _is_printed(meeting, changed) and _is_signed(meeting):
        raise RuleBrokenError(
            _(
                "The conclusions of this meeting are signed: its title, day, place, chair and body stand in the notice"
                " and are not changed any more."
            )
        )
    called = _called(meeting) if set(changed) & set(WHEN_AND_WHERE) else []
    if called:
        changed["calls"] = meeting.calls + 1
    operation = diary.start(Operation.Kind.ARRANGED, by=by)
    meeting = diary.change(operation, meeting, **changed)
    if not is_over(meeting):
        _mail("change", meeting, called)
    if "starts_at" in changed:
        # Who could come then may not be able to now.
        diary.change_many(operation, (place for place in called if place.reply != Attendance.Reply.NONE), **NO_REPLY)
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, by: User, reason: str) -> Meeting:
    """Call the meeting off and tell all who were called. Twice is once."""
    meeting = lock(meeting)
    if meeting.is_cancelled:
        return meeting
    reason = clean(reason)
    if not reason:
        raise RuleBrokenError(_("Give the reason."))
    if _is_signed(meeting):
        raise RuleBrokenError(_("The conclusions of this meeting are signed; it was held."))
    operation = diary.start(Operation.Kind.ARRANGED, by=by, reason=reason)
    diary.add(operation, [Cancellation(meeting=meeting, by=by, at=operation.at, reason=reason)])
    diary.change(operation, meeting, calls=meeting.calls + 1)
    called = _called(meeting)
    if not is_over(meeting):
        _mail("cancellation", meeting, called, reason=reason)
    return Meeting.objects.select_related("cancellation").get(pk=meeting.pk)


def call_instead(meeting: Meeting, place: Attendance, operation: Operation, *, before: User | None) -> None:
    """Send the invitation to who comes instead now; who was to come ``before`` is not expected any more.

    Who answers knows it already. As long as the place is not called, nobody is: the substitute is called with it. For
    who holds the meeting.
    """
    now = place.substitute_user
    if place.called_at is None or now == before:
        return
    if now is not None and now.is_active and now.pk != operation.by_id:
        _post("substitution", meeting, now, place, key=f"meeting-substitution:{operation.pk}:{now.pk}")
    if before is not None:
        _withdraw(meeting, {before.pk: (before, place)}, operation)


def take_off(meeting: Meeting, place: Attendance, operation: Operation) -> None:
    """Tell who was called for a place that is not on the list any more. For who holds the meeting."""
    if place.called_at is not None:
        _withdraw(meeting, _reached([place]), operation)


def _withdraw(meeting: Meeting, told: _Told, operation: Operation) -> None:
    """Take the meeting off the calendars of these people, but of those who are called for another place."""
    if is_over(meeting):
        return
    expected = _reached(_called(meeting))
    gone = [(person, place) for person, place in told.values() if person.is_active and person.pk not in expected]
    if not gone:
        return
    # A calendar takes an entry out only when it is told so later than it was told to keep it.
    diary.change(operation, meeting, calls=meeting.calls + 1)
    for person, place in gone:
        _post("withdrawal", meeting, person, place, key=f"meeting-withdrawal:{operation.pk}:{person.pk}")


NO_REPLY: dict[str, object] = {
    "reply": Attendance.Reply.NONE,
    "reply_note": "",
    "substitute": "",
    "substitute_user": None,
    "replied_at": None,
    "replied_by": None,
}


def to_call(attendances: Iterable[Attendance]) -> list[Attendance]:
    """Those who have an account or are a unit, and got no invitation yet."""
    return [place for place in attendances if place.called_at is None and (place.user_id or place.unit_id)]


def is_over(meeting: Meeting) -> bool:
    """Past its end; without one, past the day it began on."""
    if meeting.ends_at is not None:
        return meeting.ends_at < timezone.now()
    return timezone.localdate(meeting.starts_at) < timezone.localdate()


def event_of(meeting: Meeting, *, person: User | None = None) -> Event:
    """The meeting as a calendar entry. The agenda is not in it: calendars are shared, drafts are not."""
    return Event(
        uid=f"meeting-{meeting.pk}@{settings.SITE_URL.rpartition('/')[2]}",
        sequence=meeting.calls,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        stamp=timezone.now(),
        place=meeting.place,
        address=_address(meeting),
        organizer=(str(meeting.secretary), meeting.secretary.email),
        attendee=(str(person), person.email) if person else ("", ""),
    )


def calendar_of(meeting: Meeting) -> str:
    """The file to download: an entry to keep, or its removal."""
    return calendar([event_of(meeting)], method="CANCEL" if meeting.is_cancelled else "PUBLISH")


def _mail(kind: Call, meeting: Meeting, places: Sequence[Attendance], *, reason: str = "") -> None:
    """One mail per person, whatever the number of places the person answers for."""
    for person, place in _reached(places).values():
        key = f"meeting-{kind}:{meeting.pk}:{meeting.calls}:{place.pk}:{person.pk}"
        _post(kind, meeting, person, place, key=key, reason=reason)


def _reached(places: Sequence[Attendance]) -> _Told:
    """Whom a mail about these places goes to, and for which of them: by the person's key."""
    speakers = speakers_of([place.unit_id for place in places if place.unit_id])
    told: _Told = {}
    for place in places:
        people = [place.user] if place.user else speakers.get(place.unit_id, [])
        if place.substitute_user and place.reply == Attendance.Reply.SUBSTITUTE:
            people = [*people, place.substitute_user]
        for person in people:
            if person.is_active:
                told.setdefault(person.pk, (person, place))
    return told


def _post(kind: Call, meeting: Meeting, person: User, place: Attendance, *, key: str, reason: str = "") -> None:
    context: dict[str, object] = {
        "kind": kind,
        "meeting": meeting,
        "person": person,
        "place": place,
        "reason": reason,
        "address": _address(meeting),
        "reply_address": settings.SITE_URL + reverse("meetings:reply", args=[meeting.pk, place.pk]),
    }
    method = _METHODS[kind]
    file = calendar([event_of(meeting, person=person)], method=method)
    outbox.post(
        key=key,
        recipient=person,
        subject=_words("subject", context),
        body=_words("body", context),
        attachments=[(NAME, file, f"text/calendar; method={method}")],
    )


def _called(meeting: Meeting) -> list[Attendance]:
    places = meeting.attendances.filter(called_at__isnull=False)
    return list(places.select_related("user", "unit", "substitute_user"))


def _is_printed(meeting: Meeting, changed: Mapping[str, object]) -> bool:
    """Whether a notice of the meeting's conclusions would read differently: it names the day, not the hour."""
    begins = changed.get("starts_at")
    other_day = isinstance(begins, dt.datetime) and timezone.localdate(begins) != timezone.localdate(meeting.starts_at)
    return other_day or not PRINTED.isdisjoint(changed)


def _is_signed(meeting: Meeting) -> bool:
    """Whether conclusions of it are signed; none are signed meanwhile. The meeting is locked before its notices."""
    return any(notice.is_signed for notice in meeting.notices.select_for_update())


def _address(meeting: Meeting) -> str:
    return settings.SITE_URL + reverse("meetings:meeting", args=[meeting.pk])


def _words(part: str, context: dict[str, object]) -> str:
    """A part of the mail, in Vietnamese whoever writes it."""
    with translation.override("vi"):
        return render_to_string(f"meetings/mail/call_{part}.txt", context)
