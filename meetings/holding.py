"""One writer at a time for each meeting, and none once it is called off."""

from __future__ import annotations

from django.utils.translation import gettext as _

from config.errors import RuleBrokenError
from meetings.models import Meeting


def lock(meeting: Meeting) -> Meeting:
    """The meeting, for one writer at a time: it is locked before its notices, places and matters."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("secretary", "chair")
    return rows.get(pk=meeting.pk)


def hold(meeting: Meeting) -> Meeting:
    """The same; refused once the meeting is called off."""
    meeting = lock(meeting)
    check_is_on(meeting)
    return meeting


def check_is_on(meeting: Meeting) -> None:
    """For who holds the meeting or its notice, which is locked by who calls the meeting off.

    Asked once the lock is there: what was joined to the locked row may be from before the wait for it.
    """
    if meeting.is_cancelled:
        raise RuleBrokenError(_("The meeting is called off."))
