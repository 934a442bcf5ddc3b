"""What moves on drafts when a post-holder changes or a unit is merged."""

from __future__ import annotations

from accounts.models import Unit, User
from drafts import diary
from drafts.models import Document, Operation, Seat, SeatQuerySet

# Whoever ends up with two seats on one document keeps the one further right.
_BY_WEIGHT = [
    Seat.Role.READER,
    Seat.Role.COMMENTER,
    Seat.Role.DRAFTER,
    Seat.Role.CHAIR,
    Seat.Role.SECRETARY,
    Seat.Role.LEAD_DRAFTER,
]


def move_seats_of_person(operation: Operation, old: User, new: User) -> None:
    _move(operation, Seat.objects.filter(user=old), Seat.objects.filter(user=new), user=new)


def move_seats_of_unit(operation: Operation, old: Unit, new: Unit) -> None:
    """Seats of the unit, and the drafts it is preparing."""
    _move(operation, Seat.objects.filter(unit=old), Seat.objects.filter(unit=new), unit=new)
    in_hand = Document.objects.filter(drafting_unit=old).exclude(stage=Document.Stage.ISSUED)
    diary.change_many(operation, in_hand, drafting_unit=new)


def _move(operation: Operation, seats: SeatQuerySet, held: SeatQuerySet, **holder: User | Unit) -> None:
    has = {seat.document_id: seat for seat in held}
    for seat in seats:
        other = has.get(seat.document_id)
        if other is None:
            diary.change(operation, seat, **holder)
            continue
        diary.remove(operation, [seat])
        if _weight(seat) > _weight(other):
            diary.change(operation, other, role=seat.role)


def _weight(seat: Seat) -> int:
    return _BY_WEIGHT.index(Seat.Role(seat.role))
