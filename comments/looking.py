"""When a person last looked at a consolidated page: what came since then is new to them."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.utils import timezone

from accounts.models import User
from comments.models import LastLook
from drafts.models import Document

ONE_LOOK = dt.timedelta(minutes=30)
"""Somebody who comes back sooner is still looking: reloading, filtering and paging do not use up what is new."""


def look(document: Document, *, by: User) -> dt.datetime | None:
    """Note that the person looks, and answer until when they had seen everything; None the first time. One query."""
    now = timezone.now()
    table = LastLook._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {table} (user_id, document_id, at, before) VALUES (%s, %s, %s, NULL)
            ON CONFLICT (user_id, document_id) DO UPDATE SET at = excluded.at,
                before = CASE WHEN excluded.at - {table}.at >= make_interval(secs => %s)
                              THEN {table}.at ELSE {table}.before END
            RETURNING before
            """,
            [by.pk, document.pk, now, ONE_LOOK.total_seconds()],
        )
        before: dt.datetime | None = cursor.fetchone()[0]
    return before
