"""Who acts for a unit: its contacts, or all its members when it has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from accounts.models import User


def speakers_of(units: Collection[int | None]) -> dict[int | None, list[User]]:
    """For every unit (its pk) the people to turn to, in a settled order. Three queries, whatever their number."""
    contacts: dict[int | None, list[User]] = defaultdict(list)
    members: dict[int | None, list[User]] = defaultdict(list)
    active = User.objects.active().order_by("pk")
    for person in active.filter(contact_for__unit__in=units).distinct().prefetch_related("contact_for"):
        for contact in person.contact_for.all():
            contacts[contact.unit_id].append(person)
    for person in active.filter(unit__in=units):
        members[person.unit_id].append(person)
    return {unit: contacts[unit] or members[unit] for unit in units}


def speaks_for(user: User, unit_pk: int | None) -> bool:
    """Whether the person may act for the unit now. Two queries at most."""
    return unit_pk is not None and user in speakers_of([unit_pk])[unit_pk]
