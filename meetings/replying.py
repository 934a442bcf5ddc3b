"""Answering an invitation: coming, sending a substitute, or excusing oneself; and the secretary's list of who comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import UnitContact, User
from accounts.speakers import speakers_of, speaks_for
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from drafts.texts import clean
from meetings.calling import call_instead, is_over
from meetings.holding import hold
from meetings.models import Attendance

Reply = Attendance.Reply


def may_reply(user: User, place: Attendance) -> bool:
    """Whoever was asked; for a unit, who acts for it; and for anybody the secretary and the chair. Two queries."""
    meeting = place.meeting
    if user.pk in (place.user_id, meeting.secretary_id, meeting.chair_id):
        return True
    return speaks_for(user, place.unit_id)


def places_of(user: User, places: Iterable[Attendance]) -> list[Attendance]:
    """Of the places at a meeting those the person answers for: their own, and that of a unit they act for.

    One query, and three more for who belongs to a unit that was asked.
    """
    places = list(places)
    near = {user.unit_id, *UnitContact.objects.filter(user=user).values_list("unit", flat=True)} - {None}
    units = {place.unit_id for place in places} & near
    speakers = speakers_of(units) if units else {}
    return [place for place in places if place.user_id == user.pk or user in speakers.get(place.unit_id, ())]


def colleagues(place: Attendance) -> list[User]:
    """Who may come instead with an account of their own: people of the same unit. One query."""
    unit = place.unit_id or (place.user.unit_id if place.user else None)
    if unit is None:
        return []
    people = User.objects.active().filter(unit=unit).exclude(pk=place.user_id)
    return list(people.select_related("unit").in_protocol_order())


@transaction.atomic
def reply(
    place: Attendance,
    *,
    by: User,
    answer: str,
    note: str = "",
    substitute: str = "",
    substitute_user: User | None = None,
) -> Attendance:
    """Store the answer; a new one takes the place of the old. The same answer twice is one.

    Who comes instead is called, when the place is. The meeting is locked before the place: nobody is called meanwhile.
    """
    meeting = hold(place.meeting)
    place = Attendance.objects.select_for_update(of=("self",)).select_related("substitute_user").get(pk=place.pk)
    if is_over(meeting):
        raise RuleBrokenError(_("The meeting is over."))
    note, substitute = clean(note)[:500], clean(substitute)[:200]
    if answer != Reply.SUBSTITUTE:
        substitute, substitute_user = "", None
    elif substitute_user is not None:
        substitute = ""
    elif not substitute:
        raise RuleBrokenError(_("Say who comes instead."))
    if answer == Reply.EXCUSED and not note:
        raise RuleBrokenError(_("Say why you cannot come."))
    fields: dict[str, object] = {
        "reply": answer,
        "reply_note": note,
        "substitute": substitute,
        "substitute_user": substitute_user,
    }
    if all(getattr(place, name) == value for name, value in fields.items()):
        return place
    operation, before = diary.start(Operation.Kind.ATTENDED, by=by), place.substitute_user
    place = diary.change(operation, place, **fields, replied_at=operation.at, replied_by=by)
    call_instead(meeting, place, operation, before=before)
    return place


def reply_counts(places: Iterable[Attendance]) -> dict[str, int]:
    """How many were asked, and how many of them answered what."""
    counts = Counter(place.reply for place in places)
    return {"asked": counts.total(), **{str(reply): counts[reply] for reply in Reply.values}}
