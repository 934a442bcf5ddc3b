"""Rows of numbers with a gap, a repetition, or a missing đ."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from drafts.arranging import RANK
from drafts.checks.draft import Draft, Finding, Kind, Place
from drafts.clauses import checked_lines
from drafts.importing.findings import gettext_noop
from drafts.numbering import inserted_number, next_number, split_number, value_of
from drafts.texts import Sheet

_TWICE = gettext_noop("%(label)s comes a second time.")
_GAP = gettext_noop("%(label)s follows %(before)s.")
_FIRST = gettext_noop("Begins with %(label)s.")
_ANEW = gettext_noop("Number the draft anew, or look whether something is missing here.")
_ROW = gettext_noop("Look whether something is missing here.")


def numbering(draft: Draft) -> Iterator[Finding]:
    """Articles of the whole text, headings in what holds them, clauses and points in their article."""
    yield from _sheets(draft)
    for sheet in draft.text.articles():
        for line in checked_lines(sheet.text):
            for finding in line.findings:
                if "citation" in finding.params:
                    continue
                start = line.line.offset
                place = Place(sheet.wid, "text", start, start + len(line.line.marker.rstrip()), line.line.label)
                yield Finding(Kind.NUMBERING, place, finding.message, dict(finding.params), _ROW)


def _sheets(draft: Draft) -> Iterator[Finding]:
    last: dict[tuple[str, uuid.UUID | None], Sheet] = {}
    for sheet in draft.text:
        if sheet.kind not in RANK or sheet.kind == "item" or value_of(sheet.number) is None:
            continue
        row = (sheet.kind, None if sheet.kind == "article" else sheet.parent)
        before = last.get(row)
        last[row] = sheet
        place = Place(sheet.wid, "heading", 0, len(sheet.heading))
        params = {"label": sheet.label, "before": before.label if before else ""}
        if before is None:
            if sheet.kind != "article" and value_of(sheet.number) != (1, ""):
                yield Finding(Kind.NUMBERING, place, _FIRST, params, _ANEW)
        elif value_of(sheet.number) == value_of(before.number):
            yield Finding(Kind.NUMBERING, place, _TWICE, params, _ANEW)
        elif not _follows(before.number, sheet.number):
            yield Finding(Kind.NUMBERING, place, _GAP, params, _ANEW)


def _follows(before: str, number: str) -> bool:
    """5 → 6, 5 → 5a, 5a → 5b, 5a → 6, however they are written."""
    old, new = value_of(before), value_of(number)
    if old is None or new is None:
        return True
    if new == (old[0] + 1, ""):
        return True
    arabic = f"{old[0]}{old[1]}"
    return f"{new[0]}{new[1]}" in {inserted_number(arabic), next_number(arabic), split_number(arabic)[0]} - {arabic}
