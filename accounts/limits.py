"""Limits of attempts, counted in one statement each, so that parallel attempts cannot slip past one another."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import AttemptCount

_TAKE = """
    INSERT INTO accounts_attemptcount AS known (key, attempts, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
    ON CONFLICT (key) DO UPDATE SET
        attempts = CASE WHEN known.ends_at <= %(now)s THEN 1 ELSE known.attempts + 1 END,
        ends_at = CASE WHEN known.ends_at <= %(now)s THEN excluded.ends_at ELSE known.ends_at END
    RETURNING attempts
"""

_FORGET = """
    DELETE FROM accounts_attemptcount WHERE key IN (
        SELECT key FROM accounts_attemptcount WHERE ends_at <= %s LIMIT 1000 FOR UPDATE SKIP LOCKED
    )
"""


@dataclass(frozen=True)
class Limit:
    """So many attempts in a stretch of time that begins with the first one. Further attempts do not prolong it."""

    name: str
    attempts: int
    within: dt.timedelta

    def take(self, who: str) -> bool:
        """Count an attempt; whether it was still within the limit."""
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, {"key": self._key(who), "now": now, "ends_at": now + self.within})
            return cursor.fetchone()[0] <= self.attempts

    def give_back(self, who: str) -> None:
        """Take back an attempt that turned out to be none."""
        running = AttemptCount.objects.filter(key=self._key(who), attempts__gt=0, ends_at__gt=timezone.now())
        running.update(attempts=F("attempts") - 1)

    def _key(self, who: str) -> str:
        """Of one length, and not telling who tried."""
        return hashlib.sha256(f"{self.name}:{who}".encode()).hexdigest()


def forget_ended() -> None:
    """Drop counts whose time is over; those somebody is dropping already are left to them."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [timezone.now()])
