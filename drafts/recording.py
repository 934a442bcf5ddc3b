"""What makes a model recorded: its history rows name an ``Operation`` and carry a fingerprint."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


class RecordedChange(models.Model):
    """What every history row carries besides the columns of its model."""

    operation = models.ForeignKey("drafts.Operation", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True


def records() -> HistoricalRecords:
    """The diary of one model, written by ``drafts.diary`` only: ``history = records()``."""
    return HistoricalRecords(bases=[RecordedChange], history_change_reason_field=models.TextField(blank=True))


def fingerprint(columns: dict[str, Any]) -> str:
    """SHA-256 of heading and text where the row has them, else of all its columns in name order."""
    if "heading" in columns and "text" in columns:
        body = f"{columns['heading']}\n{columns['text']}"
    else:
        body = json.dumps(columns, default=str, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()
