"""The part of a text in which the words somebody looks for stand, with those words marked. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafts.inquiry import Inquiry, places

_WIDTH = 260
_BEFORE = 60
_MOST_AHEAD = 40


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_found: bool = False


@dataclass(frozen=True)
class Snippet:
    """Pieces of one line of running text; ``place`` is where the first word found stands in the text, or None."""

    pieces: tuple[Piece, ...]
    place: int | None


def snippet(text: str, inquiry: Inquiry, *, width: int = _WIDTH) -> Snippet:
    """The stretch with most of the different words looked for; the opening where none stands in the text."""
    found = places(text, inquiry)
    if not found:
        return Snippet(_pieces(text, [], 0, _word_end(text, width)), None)
    first = _densest(found, width - _BEFORE)
    start = _word_start(text, found[first][0]) if len(text) > width else 0
    end = _word_end(text, start + width)
    return Snippet(_pieces(text, found, start, end), found[first][0])


def marked(text: str, inquiry: Inquiry) -> tuple[Piece, ...]:
    """The whole of a short text, a title."""
    return _pieces(text, places(text, inquiry), 0, len(text))


def _densest(found: Sequence[tuple[int, int, str]], width: int) -> int:
    """The index from which most different words follow within the width, the closest together, the first of equals."""
    best, most = 0, (0, 0)
    for index, (start, _, _) in enumerate(found):
        seen: set[str] = set()
        last = start
        for _, ends, word in found[index : index + _MOST_AHEAD]:
            if ends > start + width:
                break
            if word not in seen:
                seen.add(word)
                last = ends
        if (len(seen), start - last) > most:
            best, most = index, (len(seen), start - last)
    return best


def _word_start(text: str, place: int) -> int:
    """Somewhat before the place: at the start of its line when that is near, else between two words."""
    line = text.rfind("\n", 0, place) + 1
    if place - line <= _BEFORE:
        return line
    blank = text.find(" ", place - _BEFORE)
    return blank + 1 if 0 <= blank < place else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", 0, place)
    return blank if blank > place - 40 else place


def _pieces(text: str, found: Sequence[tuple[int, int, str]], start: int, end: int) -> tuple[Piece, ...]:
    pieces = [Piece("… ")] if start else []
    at = start
    for begins, ends, _ in found:
        if begins < at or ends > end:
            continue
        pieces += [Piece(_line(text[at:begins])), Piece(text[begins:ends], is_found=True)]
        at = ends
    pieces += [Piece(_line(text[at:end])), Piece(" …" if end < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _line(text: str) -> str:
    return text.replace("\n", " ")
