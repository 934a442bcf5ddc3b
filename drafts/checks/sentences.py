"""Sentences nobody can read in one breath; points that end without a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.checks.draft import Draft, Finding, Kind, Passage
from drafts.importing.findings import gettext_noop
from drafts.numbering import next_number
from drafts.outline import LineKind

LONGEST = 90
"""Syllables in one sentence. Few readers hold more in mind; good regulations seldom reach it."""

_LONG = gettext_noop("A sentence of %(count)s syllables.")
_PART = gettext_noop("Part it into sentences, or into clauses and points.")
_OPEN = gettext_noop("%(point)s ends without “;” or “.”.")
_CLOSE = gettext_noop("End it with “%(sign)s”.")

# A full stop ends a sentence unless a number or a small letter goes on ("1.200", "v.v. và").
_END = re.compile(r"[.!?…]+(?=\s+[^\sa-zà-ỹđ\d])|[;:](?=\s)")
_ENDED = re.compile(r"(?:[.;:!?…]|[;,]\s*(?:và|hoặc)|\.\.\.|\./\.)[”\"»)\s]*(?:\[\^\w+\])?\s*$", re.IGNORECASE)
_OPEN_END = re.compile(r"(?P<last>[\w)%”\"]|,)\s*$")


def long_sentences(draft: Draft) -> Iterator[Finding]:
    """Between full stops or semicolons more than LONGEST syllables."""
    for passage in draft.passages:
        line = passage.line.raw
        start = len(passage.line.marker)
        for end in [match.end() for match in _END.finditer(line, start)] + [len(line)]:
            count = len(re.findall(r"\w+", line[start:end]))
            if count > LONGEST:
                yield Finding(Kind.SENTENCE, passage.place(start, end), _LONG, {"count": count}, _PART)
            start = end


def point_endings(draft: Draft) -> Iterator[Finding]:
    """The last line of every point ends with a sign: ";" before the next one, "." at the end of the row."""
    passages = draft.passages
    for at, passage in enumerate(passages):
        behind = passages[at + 1] if at + 1 < len(passages) else None
        if not passage.line.label.startswith("điểm") or not _is_last_line(passage, behind):
            continue
        line = passage.line.raw
        if _ENDED.search(line) or not (found := _OPEN_END.search(line)):
            continue
        sign = ";" if _goes_on(passage, behind) else "."
        last = found["last"].replace(",", "")
        params = {"point": passage.line.label, "sign": sign}
        place = passage.place(found.start("last"), found.end("last"))
        yield Finding(Kind.PUNCTUATION, place, _OPEN, params, _CLOSE, replacement=last + sign)


def _is_last_line(passage: Passage, behind: Passage | None) -> bool:
    """Whether the point ends here; a "clause" out of its row may be a number broken off its line ("giám thị 1")."""
    if behind is None or behind.sheet is not passage.sheet or behind.line.kind is LineKind.POINT:
        return True
    _word, _dash, clause = passage.line.label.partition("khoản ")
    return behind.line.kind is LineKind.CLAUSE and behind.line.number in (next_number(clause or "0"), clause + "a")


def _goes_on(passage: Passage, behind: Passage | None) -> bool:
    """Whether another point of the same clause follows."""
    return behind is not None and behind.sheet is passage.sheet and behind.line.kind is LineKind.POINT
