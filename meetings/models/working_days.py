"""Days on which work rests or, against the rule, does not: what weekends alone do not say."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class SpecialDay(models.Model):
    """A public holiday, or a Saturday or Sunday worked in exchange for one. Kept by the administrators."""

    class Kind(models.TextChoices):
        OFF = "off", _("day off")
        WORKED = "worked", _("worked in exchange")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.OFF)
    name = models.CharField(_("occasion"), max_length=120)
    is_settled = models.BooleanField(
        _("announced"), default=True, help_text=_("Off until the authorities have announced the year's days.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("public holidays and days worked in exchange")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_special_day_says_why"),
            models.CheckConstraint(
                condition=models.Q(kind="off") | models.Q(day__iso_week_day__gte=6),
                name="only_weekends_are_worked_in_exchange",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
