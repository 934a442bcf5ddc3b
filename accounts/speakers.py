"""Who acts for a unit: its contacts, or all its members when it has none; for one that was merged, its successor's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import Unit, UnitContact, User


def speakers_of(units: Collection[int | None]) -> dict[int | None, list[User]]:
    """For every unit (its pk) the people to turn to, in a settled order. Three queries, whatever their number; another
    where a unit has nobody, and four for each merger that is followed.
    """
    contacts: dict[int | None, list[User]] = defaultdict(list)
    members: dict[int | None, list[User]] = defaultdict(list)
    active = User.objects.active().order_by("pk")
    for person in active.filter(contact_for__unit__in=units).distinct().prefetch_related("contact_for"):
        for contact in person.contact_for.all():
            contacts[contact.unit_id].append(person)
    for person in active.filter(unit__in=units):
        members[person.unit_id].append(person)
    found: dict[int | None, list[User]] = {unit: contacts[unit] or members[unit] for unit in units}
    left = [unit for unit, people in found.items() if unit and not people]
    successors = dict(Unit.objects.filter(pk__in=left, successor__isnull=False).values_list("pk", "successor"))
    if successors:
        people_now = speakers_of(set(successors.values()))
        found |= {unit: people_now[successor] for unit, successor in successors.items()}
    return found


def speaks_for(user: User, unit_pk: int | None) -> bool:
    """Whether the person may act for the unit now. Three queries, and as many as ``speakers_of`` after a merger."""
    return unit_pk is not None and user in speakers_of([unit_pk])[unit_pk]


def units_behind(units: Collection[int | None] | QuerySet[UnitContact, int]) -> QuerySet[Unit]:
    """The units and those merged into them, to stand inside another query: what those said is theirs to stand by.

    Three mergers deep, which is more than a draft lives to see.
    """
    mergers = ("pk", "successor", "successor__successor", "successor__successor__successor")
    wanted = Q()
    for path in mergers:
        wanted |= Q(**{f"{path}__in": units})
    return Unit.objects.filter(wanted)
