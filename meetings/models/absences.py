"""Who acts for whom while somebody is away."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from drafts.recording import records


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: dt.date) -> AbsenceQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Absence(models.Model):
    """From one day to another somebody else deals with the person's tasks and gets the reminders of them."""

    person = models.ForeignKey(User, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(User, models.PROTECT, related_name="standing_in", verbose_name=_("stand-in"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    history = records()
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="an_absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("stand_in")), name="nobody_stands_in_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.stand_in_id}"


def acted_for(user: User) -> models.QuerySet[User]:
    """The person, and those for whom the person stands in today."""
    away = Absence.objects.on(timezone.localdate()).filter(stand_in=user)
    return User.objects.filter(models.Q(pk=user.pk) | models.Q(pk__in=away.values("person")))


def units_acted_for(user: User) -> models.QuerySet[Unit]:
    """The units of the person and of those the person stands in for, as members or as contacts."""
    people = acted_for(user).values("pk")
    return Unit.objects.filter(models.Q(members__in=people) | models.Q(contacts__user__in=people)).distinct()
