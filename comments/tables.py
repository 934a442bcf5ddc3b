"""One row of a table in the importer's notation, ``| a cell | another |``, taken apart for the page.

Nothing is lost: the pieces of all cells, joined, are the row as it is stored, so that words selected on the page are
the words of the text. What only serves the notation is marked as such, for the page to hide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comments.marking import Key, Segment

_ESCAPED = {"|", "\\", "n"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters: words, notation to hide, or a line end inside the cell (hidden, and broken after)."""

    text: str
    keys: tuple[Key, ...] = ()
    is_notation: bool = False
    is_break: bool = False


@dataclass(frozen=True)
class Cell:
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> str:
        """What a reader sees."""
        return "".join("\n" if p.is_break else p.text for p in self.pieces if p.is_break or not p.is_notation)


def cells(segments: Sequence[Segment]) -> list[Cell]:
    """The cells of a row whose marked segments are given; the last bar belongs to the last cell."""
    row = "".join(segment.text for segment in segments)
    bounds = list(_bars(row))
    if len(bounds) < 2:
        return [Cell(tuple(Piece(segment.text, tuple(segment.keys)) for segment in segments))]
    starts = bounds[:-1]
    ends = [*bounds[1:-1], len(row)]
    keys = [tuple(segment.keys) for segment in segments for _char in segment.text]
    return [Cell(tuple(_pieces(row, keys, start, end))) for start, end in zip(starts, ends, strict=True)]


def _bars(row: str) -> Iterator[int]:
    place = 0
    while place < len(row):
        if row[place] == "\\":
            place += 2
            continue
        if row[place] == "|":
            yield place
        place += 1


def _pieces(row: str, keys: list[tuple[Key, ...]], start: int, end: int) -> Iterator[Piece]:
    run = ""
    run_keys: tuple[Key, ...] = ()
    first = start + 1 + (row[start + 1 : start + 2] == " ")
    last = _last_word(row, first, end)
    yield Piece(row[start:first], is_notation=True)
    place = first
    while place < last:
        is_escape = row[place] == "\\" and row[place + 1 : place + 2] in _ESCAPED
        if run and (is_escape or keys[place] != run_keys):
            yield Piece(run, run_keys)
            run = ""
        if not is_escape:
            run, run_keys = run + row[place], keys[place]
            place += 1
        elif row[place + 1] == "n":
            yield Piece("\\n", is_notation=True, is_break=True)
            place += 2
        else:
            yield Piece("\\", is_notation=True)
            run, run_keys = row[place + 1], keys[place + 1]
            place += 2
    if run:
        yield Piece(run, run_keys)
    if last < end:
        yield Piece(row[last:end], is_notation=True)


def _last_word(row: str, first: int, end: int) -> int:
    """Where the words of a cell end: before its closing blank, and before the last bar of the row."""
    last = end
    if end == len(row) and row.rstrip().endswith("|"):
        last = len(row.rstrip()) - 1
    if last > first and row[last - 1] == " ":
        last -= 1
    return max(last, first)
