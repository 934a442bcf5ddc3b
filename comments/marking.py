"""Cut lines of text into segments, so that overlapping marks can be drawn without overlapping elements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Key = str | int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line and the keys of the marks that cover it, in the order the marks were given."""

    text: str
    keys: tuple[Key, ...] = ()


def mark_lines(lines: Sequence[str], spans: Iterable[tuple[int, int, Key]]) -> list[list[Segment]]:
    """Each line as segments; a span (start, end, key) counts in the lines joined by line breaks.

    An empty line has no segments. Spans that cover nothing, or lie outside the text, mark nothing.
    """
    marks = [(start, end, key) for start, end, key in spans if start < end]
    marked = []
    line_start = 0
    for line in lines:
        marked.append(_segments(line, line_start, marks))
        line_start += len(line) + 1
    return marked


def _segments(line: str, line_start: int, marks: list[tuple[int, int, Key]]) -> list[Segment]:
    line_end = line_start + len(line)
    here = [mark for mark in marks if mark[0] < line_end and mark[1] > line_start]
    inner = {place for start, end, _ in here for place in (start, end) if line_start < place < line_end}
    cuts = sorted({line_start, line_end} | inner)
    return [
        Segment(
            line[start - line_start : end - line_start],
            tuple(dict.fromkeys(key for mark_start, mark_end, key in here if mark_start <= start and mark_end >= end)),
        )
        for start, end in pairwise(cuts)
    ]
