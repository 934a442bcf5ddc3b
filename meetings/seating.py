"""Where somebody sits in the order of protocol, and how a guest is called."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from meetings.guests import Guest
from meetings.models import Attendance


@transaction.atomic
def set_place(place: Attendance, *, by: User, rank: int, guest: Guest | None = None) -> Attendance:
    """Give a place its rank, and a guest their post and name."""
    found = Attendance.objects.select_for_update().filter(pk=place.pk).first()
    if found is None:
        raise RuleBrokenError(_("Somebody has just removed this."))
    fields: dict[str, object] = {"rank": rank}
    if guest is not None and found.guest:
        if not guest.post:
            raise RuleBrokenError(_("Say for which post the guest comes."))
        same = Attendance.objects.filter(meeting=found.meeting_id, guest=guest.post, guest_name=guest.name)
        if same.exclude(pk=found.pk).exists():
            raise RuleBrokenError(_("This guest is on the list already."))
        fields |= {"guest": guest.post, "guest_name": guest.name}
    if all(getattr(found, name) == value for name, value in fields.items()):
        return found
    return diary.change(diary.start(Operation.Kind.ARRANGED, by=by), found, **fields)
