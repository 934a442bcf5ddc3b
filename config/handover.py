"""Handing over: when a post-holder changes or a unit is merged, everything of theirs moves in one act.

Here because it reaches through every app, and ``config`` alone knows them all.
"""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import handover as people
from accounts.models import Unit, User
from comments import handover as comments
from config.errors import RuleBrokenError
from drafts import diary
from drafts import handover as drafts
from drafts.models import Operation
from meetings import handover as meetings


@transaction.atomic
def hand_over_person(old: User, *, to: User, by: User, reason: str) -> Operation:
    """Move seats, rights, unit contacts, invitations, unfinished meetings and unsent mail to the successor in the post.

    What the predecessor wrote stays theirs. The predecessor's account is not touched; end it in the administration.
    """
    if old == to:
        raise RuleBrokenError(_("Choose somebody else as the successor."))
    if not to.is_active:
        raise RuleBrokenError(_("%(person)s is not active.") % {"person": to})
    # Of two administrators at once the second one finds nothing left to hand over.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[old.pk, to.pk]).order_by("pk"))
    operation = diary.start(Operation.Kind.HANDED_OVER, by=by, reason=reason)
    drafts.move_seats_of_person(operation, old, to)
    comments.move_invitations_of_person(operation, old, to)
    meetings.move_meetings_of_person(operation, old, to)
    meetings.move_tasks_of_person(operation, old, to)
    people.move_contacts(old, to)
    _move_rights(old, to)
    meetings.move_reminders_of_person(old, to)
    people.readdress_mail(old, to)
    return operation


@transaction.atomic
def merge_unit(old: Unit, *, into: Unit, by: User, reason: str) -> Operation:
    """Dissolve a unit into its successor: members, contacts, seats, drafts in hand, invitations, open tasks."""
    people.merge_unit(old, into, by=by, reason=reason)
    operation = diary.start(Operation.Kind.HANDED_OVER, by=by, reason=reason)
    drafts.move_seats_of_unit(operation, old, into)
    comments.move_invitations_of_unit(operation, old, into)
    meetings.move_work_of_unit(operation, old, into)
    return operation


def _move_rights(old: User, to: User) -> None:
    """To set up drafts, meetings and papers goes with the post. What makes an administrator stays with the person."""
    rights = Permission.objects.filter(user=old, codename__in=["create_documents", "create_meetings", "arrange_papers"])
    moved = list(rights)
    to.user_permissions.add(*moved)
    old.user_permissions.remove(*moved)
