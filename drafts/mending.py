"""Applying what checks suggest: as one act, on the text that was looked at."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.checks import Finding, Kind, check
from drafts.citations import rewritten
from drafts.models import Document, Operation
from drafts.photographs import sheets_of
from drafts.restructuring import locked, write
from drafts.texts import Text


@transaction.atomic
def mend(document: Document, *, by: User, keys: Collection[str], reason: str = "") -> tuple[Operation, int]:
    """Put the certain suggestions with these keys into the text, all in one ``Operation``; says how many there were.

    Raises RuleBrokenError when none of them is found any more: the text has changed.
    """
    document, rows = locked(document)
    text = Text(document.title, tuple(sheets_of([row for row in rows if not row.is_removed])))
    wanted = [one for one in check(text, kinds=Kind) if one.replacement is not None and one.key in keys]
    if not wanted:
        raise RuleBrokenError(_("The text has changed there: look at the checks again."))
    reason = reason or _("Applied from the checks")
    operation = diary.start(Operation.Kind.REVISED, by=by, document=document, reason=reason)
    write(operation, rows, mended(text, wanted))
    return operation, len(wanted)


def mended(text: Text, findings: Collection[Finding]) -> Text:
    """The text with these suggestions in it; of two that touch the same words the first counts."""
    edits: dict[tuple[uuid.UUID, str], list[tuple[int, int, str]]] = {}
    for one in sorted(findings, key=lambda finding: (finding.place.start, finding.place.end)):
        place = one.place
        before = edits.setdefault((place.wid, place.field), [])
        if not before or before[-1][1] <= place.start:
            before.append((place.start, place.end, one.replacement or ""))
    sheets = []
    for sheet in text:
        for field in ("heading", "text"):
            if found := edits.get((sheet.wid, field)):
                sheet = replace(sheet, **{field: rewritten(getattr(sheet, field), found)})  # type: ignore[arg-type]
        sheets.append(sheet)
    return Text(text.title, tuple(sheets))
