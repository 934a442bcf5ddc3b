"""The layouts of papers: who may change them, which are offered, and changing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.access import Denied
from drafts.exporting import PRESETS, Layout, Profile
from drafts.models import Operation, PaperLayout


@dataclass(frozen=True)
class Offer:
    """A layout one may choose; `key` names it in an address: "7" is stored, "party_2026" a preset."""

    key: str
    name: str
    layout: Layout


def may_arrange_papers(user: User | AnonymousUser) -> bool | Denied:
    """Administrators arrange all papers, others with the right those of their own unit."""
    if user.is_superuser or user.has_perm("drafts.arrange_papers"):
        return True
    return Denied(_("Only administrators and those they name arrange the layout of papers."))


def arranger(user: User | AnonymousUser) -> User:
    """The person, if they may arrange papers; else 403 with the reason."""
    verdict = may_arrange_papers(user)
    if isinstance(verdict, Denied) or not isinstance(user, User):
        raise PermissionDenied(verdict.reason if isinstance(verdict, Denied) else "")
    return user


def layouts_of(user: User) -> list[PaperLayout]:
    """What the person may change: all, or those of the own unit. One query."""
    layouts = PaperLayout.objects.standing().select_related("unit")
    return list(layouts if user.is_superuser else layouts.filter(unit=user.unit_id, unit__isnull=False))


def get_layout_for(user: User | AnonymousUser, *, pk: int) -> PaperLayout:
    """The door: 403 without the right, 404 for what is not theirs or was withdrawn."""
    person = arranger(user)
    found = next((layout for layout in layouts_of(person) if layout.pk == pk), None)
    if found is None:
        raise Http404
    return found


def offers(*units: Unit | None) -> list[Offer]:
    """What may be chosen, the units' own first (in the order given), then the site's, then the presets. One query."""
    order = {unit.pk: place for place, unit in enumerate(units) if unit is not None}
    stored = sorted(PaperLayout.objects.offered_to(*units), key=lambda row: order.get(row.unit_id or 0, len(order)))
    own = [Offer(str(row.pk), row.name, row.layout()) for row in stored]
    return [*own, *(Offer(profile.value, PRESETS[profile].name, PRESETS[profile]) for profile in Profile)]


@transaction.atomic
def save_layout(row: PaperLayout, *, by: User, columns: Mapping[str, object]) -> Operation | None:
    """Store a new layout or change a stored one; None when nothing differs."""
    if row.pk is None:
        operation = diary.start(Operation.Kind.ARRANGED_PAPERS, by=by)
        for name, value in columns.items():
            setattr(row, name, value)
        row.pk = diary.add(operation, [row])[0].pk
        return operation
    stored = PaperLayout.objects.select_for_update().get(pk=row.pk)
    if stored.is_withdrawn:
        raise RuleBrokenError(_("This layout has been withdrawn meanwhile."))
    changed = {name: value for name, value in columns.items() if getattr(stored, name) != value}
    if not changed:
        return None
    operation = diary.start(Operation.Kind.ARRANGED_PAPERS, by=by)
    diary.change(operation, stored, **changed)
    return operation


@transaction.atomic
def withdraw_layout(row: PaperLayout, *, by: User) -> None:
    """Offer it no more; papers made with it stay as they are."""
    stored = PaperLayout.objects.select_for_update().get(pk=row.pk)
    if stored.is_withdrawn:
        return
    operation = diary.start(Operation.Kind.ARRANGED_PAPERS, by=by)
    diary.change(operation, stored, is_withdrawn=True)
