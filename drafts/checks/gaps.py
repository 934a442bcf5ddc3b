"""Something that was begun and is not there: an article that says nothing, a list without rows, a row of one."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.checks.draft import Draft, Finding, Kind, Place
from drafts.importing.findings import gettext_noop
from drafts.outline import Line, LineKind, outline
from drafts.texts import Sheet

_EMPTY = gettext_noop("%(label)s says nothing.")
_NO_ROWS = gettext_noop("A list is announced here, and none follows.")
_ALONE = gettext_noop("%(label)s stands alone: its row has no second.")
_WRITE_IT = gettext_noop("Write it, or leave the article out.")
_ROWS = gettext_noop("Write what is announced, or end with “.”.")
_NO_NUMBER = gettext_noop("Leave its number out, or look whether something is missing here.")


def gaps(draft: Draft) -> Iterator[Finding]:
    for sheet in draft.text:
        if sheet.kind != "article":
            continue
        lines = [line for line in outline(sheet.text) if line.kind is not LineKind.NOTE and line.raw.strip()]
        if not lines:
            place = Place(sheet.wid, "heading", 0, len(sheet.heading))
            yield Finding(Kind.GAP, place, _EMPTY, {"label": sheet.label}, _WRITE_IT)
            continue
        yield from _announced(sheet, lines)
        yield from _alone(sheet, lines)


def _announced(sheet: Sheet, lines: list[Line]) -> Iterator[Finding]:
    """A line that ends with ":" and is the last of its kind: the next one is of the same row or of a higher one."""
    for line, behind in zip(lines, [*lines[1:], None], strict=True):
        if line.kind is LineKind.TABLE or not line.raw.rstrip().endswith(":"):
            continue
        if behind is None or _is_beside(line, behind):
            start = line.offset + max(0, len(line.raw.rstrip()) - 40)
            place = Place(sheet.wid, "text", start, line.offset + len(line.raw), line.label)
            yield Finding(Kind.GAP, place, _NO_ROWS, {}, _ROWS)


def _is_beside(line: Line, behind: Line) -> bool:
    """Point beside point, clause beside clause, or a clause behind a point; "a1" and "2.1" stand below "a" and "2"."""
    if behind.number.startswith(line.number + ".") or (
        behind.number[:1] == line.number and behind.number[1:].isdigit()
    ):
        return False
    if line.kind is LineKind.POINT:
        return behind.kind in (LineKind.POINT, LineKind.CLAUSE)
    return line.kind is LineKind.CLAUSE and behind.kind is LineKind.CLAUSE and behind.number != "1"


def _alone(sheet: Sheet, lines: list[Line]) -> Iterator[Finding]:
    """The only clause of an article, the only point of a clause; one that does not come first is a gap of numbers."""
    rows: dict[str, list[Line]] = {}
    clause = ""
    for line in lines:
        if line.kind is LineKind.CLAUSE:
            clause = line.number
            rows.setdefault("clause", []).append(line)
        elif line.kind is LineKind.POINT:
            rows.setdefault(f"points of {clause}", []).append(line)
    for row in rows.values():
        line = row[0]
        if len(row) == 1 and line.number in ("1", "a"):
            place = Place(sheet.wid, "text", line.offset, line.offset + len(line.marker.rstrip()), line.label)
            yield Finding(Kind.GAP, place, _ALONE, {"label": line.label}, _NO_NUMBER)
