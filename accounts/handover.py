"""What moves when a post-holder changes or a unit is merged, as far as people and units know."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.knowing import may_know
from accounts.models import OutgoingMail, Unit, UnitContact, User
from accounts.services import ACCOUNT_MAIL
from config.errors import RuleBrokenError


def move_contacts(old: User, new: User) -> None:
    """The successor acts for the units the predecessor acted for."""
    for contact in UnitContact.objects.filter(user=old):
        UnitContact.objects.get_or_create(unit=contact.unit, user=new)
        contact.delete()


def readdress_mail(old: User, new: User) -> None:
    """Mail that has not left yet goes to the successor, but for what opens the predecessor's own account.

    What the successor may not know of stays addressed to the predecessor, who is asked about when it leaves. Call it
    last: what the successor may know follows from the seats that were moved.
    """
    waiting = OutgoingMail.objects.unsent().filter(recipient=old).exclude(key__startswith=ACCOUNT_MAIL)
    about = dict(waiting.values_list("pk", "about"))
    known = may_know({one for abouts in about.values() for one in abouts}, [new.pk])
    theirs = [pk for pk, abouts in about.items() if all((one, new.pk) in known for one in abouts)]
    OutgoingMail.objects.unsent().filter(pk__in=theirs, recipient=old).update(recipient=new)


def merge_unit(old: Unit, into: Unit, *, by: User, reason: str) -> None:
    """Dissolve a unit: its members and contacts belong to the successor from today on."""
    if old == into:
        raise RuleBrokenError(_("A unit cannot be merged into itself."))
    # Both rows in one order: of two mergers at once the second one sees what the first one did.
    both = Unit.objects.select_for_update(no_key=True).filter(pk__in=[old.pk, into.pk]).order_by("pk")
    locked = {unit.pk: unit for unit in both}
    old, into = locked[old.pk], locked[into.pk]
    today = timezone.localdate()
    if old.successor_id or into.successor_id:
        raise RuleBrokenError(_("One of the units has been merged already."))
    if not into.stands_on(today):
        raise RuleBrokenError(_("%(unit)s does not exist today.") % {"unit": into})
    for contact in UnitContact.objects.filter(unit=old):
        UnitContact.objects.get_or_create(unit=into, user=contact.user)
        contact.delete()
    for member in old.members.all():
        member.unit = into
        _record(member, ["unit"], by=by, reason=reason)
    old.successor, old.dissolved_on = into, today
    _record(old, ["successor", "dissolved_on"], by=by, reason=reason)


def _record(row: User | Unit, fields: list[str], *, by: User, reason: str) -> None:
    row._history_user = by  # type: ignore[union-attr]
    row._change_reason = reason  # type: ignore[union-attr]
    row.save(update_fields=fields)
