"""The clauses and points of one article as they are typed, and what is wrong in their numbering. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from drafts.importing.findings import Finding, gettext_noop
from drafts.numbering import POINT_LETTERS, UNUSUAL_LETTERS, inserted_number, next_number, sort_key, split_number
from drafts.outline import Line, LineKind, outline

_OPENING = 46

_FIRST = gettext_noop("Begins with %(number)s; %(expected)s is expected first.")
_MISSING = gettext_noop("%(expected)s is missing before %(number)s.")
_GAP = gettext_noop("%(number)s follows %(before)s; %(expected)s is expected.")
_TWICE = gettext_noop("%(number)s comes a second time.")
_UNUSUAL = gettext_noop("The letter %(number)s is not used for points; %(expected)s is expected.")
_NOWHERE = gettext_noop("“%(citation)s” leads nowhere: there is no such clause in this article.")

_NAMES = {LineKind.CLAUSE: "khoản {}", LineKind.POINT: "điểm {}"}
_CITED_CLAUSE = re.compile(r"[Kk]hoản\s+(\d{1,3}[a-zđ]?)\s+Điều\s+này")


@dataclass(frozen=True)
class CheckedLine:
    """One line of the text with its findings; ``Finding.line`` counts from 1."""

    line: Line
    number: int
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_point(self) -> bool:
        return self.line.kind is LineKind.POINT

    @property
    def corrected_marker(self) -> str:
        """The number that is expected here, written as the line writes it: "đ)" for "e)"; empty when nothing is."""
        expected = next((str(found.params["expected"]) for found in self.findings if "expected" in found.params), "")
        marker = self.line.marker.strip()
        return marker.replace(self.line.number, expected, 1) if expected and self.line.number else ""

    @property
    def opening(self) -> str:
        """The first words, enough to recognise the line."""
        words = self.line.text.strip()
        return words if len(words) <= _OPENING else f"{words[:_OPENING].rsplit(' ', 1)[0]}…"


def checked_lines(text: str) -> list[CheckedLine]:
    """The lines of the text that say something, each with its findings."""
    lines = outline(text)
    clauses = {line.number for line in lines if line.kind is LineKind.CLAUSE}
    checked = []
    clause = point = ""
    for number, line in enumerate(lines, start=1):
        findings: list[Finding] = []
        if line.kind is LineKind.CLAUSE:
            findings += _in_row(clause, line, first="1", number=number)
            clause, point = line.number, ""
        elif line.kind is LineKind.POINT:
            findings += _in_row(point, line, first="a", number=number)
            point = line.number
        findings += _citations(line, clauses, number=number)
        if line.raw.strip():
            checked.append(CheckedLine(line, number, findings))
    return checked


def _in_row(before: str, line: Line, *, first: str, number: int) -> Iterator[Finding]:
    """Whether the line's number may stand behind ``before`` ("" at the beginning of the row)."""
    current = line.number
    expected = _after(before) if before else first
    if "." in current or "." in before or current == expected or current in _successors(before):
        return
    words = {"number": current, "before": before, "expected": expected}
    if current[0] in UNUSUAL_LETTERS:
        yield Finding(number, _UNUSUAL, words)
    elif current == before:
        yield Finding(number, _TWICE, words | {"number": _NAMES[line.kind].format(current)})
    elif not before:
        yield Finding(number, _FIRST, words)
    elif _skips_one(before, current):
        yield Finding(number, _MISSING, words)
    else:
        yield Finding(number, _GAP, words)


def _after(before: str) -> str:
    """The next of the row, or the last letter again where the row ends."""
    try:
        return next_number(before)
    except ValueError:
        return POINT_LETTERS[-1]


def _successors(before: str) -> set[str]:
    """What may follow: the next of the row (``_after``), an inserted one (5 → 5a), the row again after it (5a → 6)."""
    if not before:
        return set()
    stem, suffix = split_number(before)
    return {inserted_number(before)} | ({_after(stem)} if suffix else set())


def _skips_one(before: str, current: str) -> bool:
    return sort_key(current) > sort_key(before) and _after(_after(before)) == current


def _citations(line: Line, clauses: set[str], *, number: int) -> Iterator[Finding]:
    for match in _CITED_CLAUSE.finditer(line.text):
        if clauses and match[1] not in clauses:
            yield Finding(number, _NOWHERE, {"citation": match[0]})
