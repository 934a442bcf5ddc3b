"""What moves in consultations when a post-holder changes or a unit is merged: questions not answered yet."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Unit, User
from comments.models import Invitation
from drafts import diary
from drafts.models import Operation


def move_invitations_of_person(operation: Operation, old: User, new: User) -> None:
    _move(operation, _waiting().filter(user=old), Invitation.objects.filter(user=new), user=new)


def move_invitations_of_unit(operation: Operation, old: Unit, new: Unit) -> None:
    _move(operation, _waiting().filter(unit=old), Invitation.objects.filter(unit=new), unit=new)


def _waiting() -> QuerySet[Invitation]:
    return Invitation.objects.filter(answered_at=None, consultation__closes_at__gt=timezone.now())


def _move(
    operation: Operation, invitations: QuerySet[Invitation], held: QuerySet[Invitation], **holder: User | Unit
) -> None:
    asked = set(held.values_list("consultation", flat=True))
    for invitation in invitations:
        if invitation.consultation_id in asked:
            diary.remove(operation, [invitation])
        else:
            diary.change(operation, invitation, **holder)
