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
    waiting = Invitation.objects.filter(answered_at=None, consultation__closes_at__gt=timezone.now())
    return waiting.select_for_update(of=("self",)).order_by("pk")


def _move(
    operation: Operation, invitations: QuerySet[Invitation], held: QuerySet[Invitation], **holder: User | Unit
) -> None:
    asked = {one.consultation_id: one for one in held.select_for_update().order_by("pk")}
    for invitation in invitations:
        if invitation.consultation_id in asked:
            _join(operation, invitation, asked[invitation.consultation_id])
        else:
            diary.change(operation, invitation, **holder)


def _join(operation: Operation, invitation: Invitation, other: Invitation) -> None:
    """Both were asked in the same round: what was gathered and prepared goes on in the other's answer.

    Where that was sent already nothing is added to it: gathered comments are left out of it and stay with the unit. Of
    two returned sheets neither is lost: the question stays with the old holder then.
    """
    if invitation.sheets.exists() and other.sheets.exists():
        return
    diary.change_many(operation, invitation.sheets.all(), invitation=other)
    gathered = list(invitation.gathered.all())
    if other.is_answered:
        diary.change_many(operation, [one for one in gathered if not one.left_out_at], left_out_at=operation.at)
    diary.change_many(operation, gathered, contribution=other)
    taken = set(other.article_stances.values_list("provision", flat=True))
    stances = list(invitation.article_stances.all())
    moving = [] if other.is_answered else [one for one in stances if one.provision_id not in taken]
    diary.change_many(operation, moving, invitation=other)
    diary.remove(operation, [one for one in stances if one not in moving])
    if not other.is_answered and not other.stance and invitation.stance:
        diary.change(operation, other, stance=invitation.stance)
    diary.remove(operation, [invitation])
