"""How a person reads the consolidated page: filters kept under a name, and when they last looked."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from drafts.models import Document


class SavedFilter(models.Model):
    """Filters of the consolidated page under a name; ``query`` is the part of its address after the question mark."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "document", "name"], name="one_saved_filter_per_name")]

    def __str__(self) -> str:
        return self.name


class LastLook(models.Model):
    """When a person last looked at a document's consolidated page, and the time before that."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "document"], name="one_last_look")]

    def __str__(self) -> str:
        return f"{self.user}: {self.at}"
