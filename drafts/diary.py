"""The diary: every change leaves one typed history row, bound to the ``Operation`` it belongs to.

Rows are written here and nowhere else: a stray ``save()`` on a recorded model fails, because simple-history then has
no operation to name. A service calls ``start`` once, inside its transaction, then ``add`` and ``change``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts.models import Document, Operation
from drafts.recording import fingerprint

Row = TypeVar("Row", bound=models.Model)
_moment: ContextVar[dt.datetime | None] = ContextVar("moment", default=None)


@contextmanager
def dated(moment: dt.datetime) -> Iterator[None]:
    """Operations started inside carry this moment: for records that are entered later than they happened."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def start(
    kind: Operation.Kind,
    *,
    by: User,
    document: Document | None = None,
    reason: str = "",
    undoes: Operation | None = None,
) -> Operation:
    """Open the one ``Operation`` of a service call and return it."""
    return Operation.objects.create(
        kind=kind, by=by, document=document, reason=reason, undoes=undoes, at=_moment.get() or timezone.now()
    )


def add(operation: Operation, rows: Iterable[Row]) -> list[Row]:
    """Insert rows of one model and their first history rows. Two queries."""
    rows = list(rows)
    if not rows:
        return rows
    created = type(rows[0])._base_manager.bulk_create(rows)
    write(operation, created, "+")
    return created


def change(operation: Operation, row: Row, **fields: object) -> Row:
    """Set the fields on the row, write only them, and record the row as it now stands."""
    return change_many(operation, [row], **fields)[0]


def change_many(operation: Operation, rows: Iterable[Row], **fields: object) -> list[Row]:
    """Set the same fields on rows of one model. Two queries."""
    rows = list(rows)
    for row in rows:
        for name, value in fields.items():
            setattr(row, name, value)
    return keep(operation, rows, list(fields))


def keep(operation: Operation, rows: Iterable[Row], fields: list[str]) -> list[Row]:
    """Write the named fields of rows already changed in memory, and record them. Two queries.

    Refuses when a row is gone: else the diary would tell of a change that no row holds.
    """
    rows = list(rows)
    if rows:
        written = type(rows[0])._base_manager.bulk_update(rows, fields)
        if written < len({row.pk for row in rows}):
            raise RuleBrokenError(_("Somebody removed this meanwhile. Open the page again to see how it stands now."))
        write(operation, rows, "~")
    return rows


def write(operation: Operation, rows: Iterable[models.Model], sign: str) -> None:
    """Insert the history rows of rows that are already stored. ``sign`` is ``+``, ``~`` or ``-``."""
    rows = list(rows)
    history = type(rows[0]).history.model  # type: ignore[attr-defined]
    history.objects.bulk_create(_entry(history, operation, row, sign) for row in rows)


def _entry(history: type[models.Model], operation: Operation, row: models.Model, sign: str) -> models.Model:
    columns = {field.attname: getattr(row, field.attname) for field in history.tracked_fields}  # type: ignore[attr-defined]
    return history(
        **columns,
        operation=operation,
        sha256=fingerprint(columns),
        history_type=sign,
        history_date=operation.at,
        history_user_id=operation.by_id,
        history_change_reason=operation.reason,
    )


def remove(operation: Operation, rows: Iterable[models.Model]) -> None:
    """Delete rows of one model and record that they are gone. Raw, because a delete signal knows no operation."""
    rows = list(rows)
    if rows:
        write(operation, rows, "-")
        doomed = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
        doomed._raw_delete(doomed.db)
