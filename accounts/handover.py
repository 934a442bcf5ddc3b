"""What moves when a post-holder changes or a unit is merged, as far as people and units know."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import OutgoingMail, Unit, UnitContact, User
from config.errors import RuleBrokenError


def move_contacts(old: User, new: User) -> None:
    """The successor acts for the units the predecessor acted for."""
    for contact in UnitContact.objects.filter(user=old):
        UnitContact.objects.get_or_create(unit=contact.unit, user=new)
        contact.delete()


def readdress_mail(old: User, new: User) -> None:
    """Mail that has not left yet goes to the successor."""
    OutgoingMail.objects.unsent().filter(recipient=old).update(recipient=new)


def merge_unit(old: Unit, into: Unit) -> None:
    """Dissolve a unit: its members and contacts belong to the successor from today on."""
    if old == into:
        raise RuleBrokenError(_("A unit cannot be merged into itself."))
    if old.successor_id or into.successor_id:
        raise RuleBrokenError(_("One of the units has been merged already."))
    for contact in UnitContact.objects.filter(unit=old):
        UnitContact.objects.get_or_create(unit=into, user=contact.user)
        contact.delete()
    for member in old.members.all():
        member.unit = into
        member.save(update_fields=["unit"])
    old.successor, old.dissolved_on = into, timezone.localdate()
    old.save(update_fields=["successor", "dissolved_on"])
