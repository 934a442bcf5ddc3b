"""Bring the rows of a document to a text as it shall stand: inserting, moving, renumbering, removing, in one stroke."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from drafts import diary
from drafts.models import Operation, Provision
from drafts.services import next_keys
from drafts.texts import Text

_FIELDS = ["parent", "number", "label", "heading", "text", "position", "version", "is_removed"]


def write(operation: Operation, rows: Sequence[Provision], text: Text) -> None:
    """Store the text on the document's rows (all of them, in their order, locked), and record every row touched."""
    known = {row.wid: row for row in rows}
    before = {row.wid: _state(row) for row in rows}
    new = [sheet for sheet in text if sheet.wid not in known]
    created = [
        Provision(pk=pk, document=operation.document, wid=sheet.wid, kind=sheet.kind)
        for pk, sheet in zip(next_keys(len(new)), new, strict=True)
    ]
    known |= {row.wid: row for row in created}
    for sheet in text:
        row = known[sheet.wid]
        if sheet.wid in before and (row.heading, row.text) != (sheet.heading, sheet.text):
            row.version += 1
        row.number, row.label, row.heading, row.text = sheet.number, sheet.label, sheet.heading, sheet.text
        row.parent_id = known[sheet.parent].pk if sheet.parent is not None else None
    standing = [sheet.wid for sheet in text]
    for row in rows:
        row.is_removed = row.wid not in set(standing)
    for position, wid in enumerate(_with_removed(standing, [row.wid for row in rows]), start=1):
        known[wid].position = position
    diary.add(operation, created)
    diary.keep(operation, [row for row in rows if _state(row) != before[row.wid]], _FIELDS)


def _with_removed(standing: Sequence[uuid.UUID], all_before: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """The order of all rows: what is removed stays behind what it stood behind."""
    is_standing = set(standing)
    behind: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    last: uuid.UUID | None = None
    for wid in all_before:
        if wid in is_standing:
            last = wid
        else:
            behind.setdefault(last, []).append(wid)
    order = list(behind.get(None, ()))
    for wid in standing:
        order += [wid, *behind.get(wid, ())]
    return order


def _state(row: Provision) -> tuple[object, ...]:
    return (row.parent_id, row.number, row.label, row.heading, row.text, row.position, row.is_removed)
