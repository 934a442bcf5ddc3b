"""A conclusion as it was spoken, taken apart for a page: its points, what they cite, their tasks, the words for each.

Nothing here decides: what is doubtful says so, and a person confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from meetings.citing import Cited, KnownDraft, read_citations
from meetings.deadlines import MONDAY_TO_FRIDAY, WorkCalendar
from meetings.dictation import KnownUnit, Proposed, read_conclusion

_NUMBERED = re.compile(r"\s*(?:\(\d{1,2}\)|\d{1,2}[.)](?!\d)|[IVX]{1,4}\.)\s*")
_BELONGS_ABOVE = re.compile(r"\s*(?:[-–+•*]|[a-zđ]\))\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the text; ``part`` says what was read from them: "lead", "support", "due", "place", or nothing."""

    words: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class SpokenTask:
    """A task that was read, the point it belongs to (from 0), and its statement with the telling words apart."""

    point: int
    read: Proposed
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SpokenPlaces:
    """What a point cites, and its words with the citing ones apart."""

    read: tuple[Cited, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """``places`` stand beside the points."""

    points: tuple[str, ...]
    tasks: tuple[SpokenTask, ...]
    places: tuple[SpokenPlaces, ...] = ()


def take_apart(
    text: str,
    *,
    meeting: date,
    units: Sequence[KnownUnit],
    drafts: Sequence[KnownDraft] = (),
    calendar: WorkCalendar = MONDAY_TO_FRIDAY,
) -> Spoken:
    """Points as the numbers of the text divide it, or else its paragraphs; ``text`` in NFC."""
    spans = list(_spans(text))
    points = tuple(_without_number(text[start:end]) for start, end in spans)
    tasks = []
    for read in read_conclusion(text, meeting=meeting, units=units, calendar=calendar):
        point = max((place for place, (start, _end) in enumerate(spans) if start <= read.start), default=0)
        tasks.append(SpokenTask(point, read, tuple(_pieces(text, read))))
    cited = read_citations(text, spans, drafts)
    places = tuple(_places(text, start, end, cited) for start, end in spans)
    return Spoken(points, tuple(tasks), places)


def _places(text: str, start: int, end: int, cited: Sequence[Cited]) -> SpokenPlaces:
    here = tuple(one for one in cited if start <= one.start < end)
    pieces = []
    place = start
    for left, right in sorted({(one.start, one.end) for one in here}):
        pieces += [Piece(text[place:left]), Piece(text[left:right], "place")]
        place = right
    return SpokenPlaces(here, (*pieces, Piece(text[place:end])))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each point begins and ends. Lines with a dash or a letter belong to the point above them."""
    lines = [match for match in re.finditer(r"[^\r\n]+", text) if match[0].strip()]
    is_numbered = any(_NUMBERED.match(line[0]) for line in lines)
    begins = [
        line.start()
        for place, line in enumerate(lines)
        if place == 0 or (_NUMBERED if is_numbered else _OWN).match(line[0])
    ]
    for start, after in pairwise([*begins, len(text)]):
        yield start, start + len(text[start:after].rstrip())


_OWN = re.compile(rf"(?!{_BELONGS_ABOVE.pattern})")


def _without_number(words: str) -> str:
    number = _NUMBERED.match(words)
    return words[number.end() if number else 0 :].strip()


def _pieces(text: str, read: Proposed) -> Iterator[Piece]:
    """The statement cut at the names and the deadline; a lead unit named further up comes first, with dots."""
    named = [(read.lead, "lead")] if read.lead else []
    named += [(unit, "support") for unit in read.supporting]
    marks = [(unit.start, unit.end, part) for unit, part in named]
    if read.due:
        marks.append((read.due.start, read.due.end, "due"))
    for start, end, part in sorted(marks):
        if end <= read.start:
            yield Piece(text[start:end], part)
            yield Piece(" … ")
    place = read.start
    for start, end, part in sorted(marks):
        if start < place or end > read.end:
            continue
        yield Piece(text[place:start])
        yield Piece(text[start:end], part)
        place = end
    yield Piece(text[place : read.end])
    for start, end, part in sorted(marks):
        if start >= read.end:
            yield Piece(" … ")
            yield Piece(text[start:end], part)
