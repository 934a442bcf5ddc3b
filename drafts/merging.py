"""Three-way merge of texts: paragraphs first, then the words of paragraphs that both sides touched.

Nothing is lost: every word that one side wrote stands in the merged text or in a conflict for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from merge3 import Merge3

from drafts import wording
from drafts.outline import label_at, outline

# A paragraph with the line break before it: a paragraph added at the end changes no other one.
_PARAGRAPH = re.compile(r"\n?[^\n]*")
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"\w+")


class Choice(StrEnum):
    """How a person decides a conflict; ``BOTH`` is mine, then theirs."""

    MINE = "mine"
    THEIRS = "theirs"
    BASE = "base"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Same:
    """Text that neither side changed."""

    text: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """``base`` became ``text`` on one side or, alike, on both; ``by`` says which."""

    base: str
    text: str
    by: Choice


@dataclass(frozen=True, slots=True)
class Conflict:
    """The two sides changed the same place differently."""

    base: str
    mine: str
    theirs: str

    def chosen(self, choice: Choice | str) -> str:
        match Choice(choice):
            case Choice.MINE:
                return self.mine
            case Choice.THEIRS:
                return self.theirs
            case Choice.BASE:
                return self.base
            case Choice.BOTH:
                return self.mine + _gap_between(self.mine, self.theirs) + self.theirs


Piece = Same | Resolved | Conflict


@dataclass(frozen=True, slots=True)
class Change:
    """A change that needs no decision: the place of its piece among them all, which side made it, and where it stands
    as one cites it ("điểm đ khoản 2"; empty before the first clause).
    """

    place: int
    by: Choice
    label: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The outcome of a merge, piece by piece in the order of the text."""

    pieces: tuple[Piece, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Conflict))

    @property
    def is_clean(self) -> bool:
        return not self.conflicts

    @property
    def text(self) -> str:
        """The merged text; ``ValueError`` while there are conflicts."""
        return self.text_with([])

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was taken from one side or, alike, from both. What was only deleted stands where it stood."""
        before = outline("".join(piece.text if isinstance(piece, Same) else piece.base for piece in self.pieces))
        after = outline(self.text_with([Choice.MINE] * len(self.conflicts)))
        found, in_base, in_text = [], 0, 0
        for place, piece in enumerate(self.pieces):
            base = piece.text if isinstance(piece, Same) else piece.base
            text = piece.mine if isinstance(piece, Conflict) else piece.text
            if isinstance(piece, Resolved):
                lines, words, start = (after, text, in_text) if text.strip() else (before, base, in_base)
                found.append(Change(place, piece.by, label_at(lines, start + _first_word(words))))
            in_base += len(base)
            in_text += len(text)
        return tuple(found)

    def text_with(self, choices: Sequence[Choice | str]) -> str:
        """The merged text with one choice for each conflict, in order."""
        if len(choices) != len(self.conflicts):
            raise ValueError(f"{len(self.conflicts)} choices needed")
        waiting = iter(choices)
        return "".join(
            piece.chosen(next(waiting)) if isinstance(piece, Conflict) else piece.text for piece in self.pieces
        )


def merge(base: str, *, mine: str, theirs: str) -> Merge:
    """What both sides made of ``base``: changes of one side are taken, like changes once, others are conflicts."""
    pieces: list[Piece] = []
    for piece in _merged(_paragraphs(base), _paragraphs(mine), _paragraphs(theirs), matcher=_Matcher):
        if isinstance(piece, Conflict):
            sides = (wording.tokens(side) for side in (piece.base, piece.mine, piece.theirs))
            pieces += _merged(*sides, matcher=_WordMatcher)
        else:
            pieces.append(piece)
    return Merge(tuple(_joined(pieces)))


def _first_word(text: str) -> int:
    """Behind the line break, and the end of the sentence before it, that came along; 0 where there is no word."""
    found = _WORD.search(text)
    return found.start() if found else 0


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in _PARAGRAPH.findall(text) if paragraph]


class _Matcher:
    """What merge3 asks of ``difflib.SequenceMatcher``, done many times faster."""

    def __init__(self, is_junk: None, a: Sequence[str], b: Sequence[str]) -> None:
        self._a, self._b = a, b

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        blocks = [*self.find_blocks(), (len(self._a), len(self._b), 0)]
        return _leftmost(blocks, self._a, self._b)

    def find_blocks(self) -> list[tuple[int, int, int]]:
        return wording.matching_blocks(self._a, self._b)


class _WordMatcher(_Matcher):
    """Matches only what a reader would call unchanged: words of two sentences are not mixed for a common "và"."""

    def find_blocks(self) -> list[tuple[int, int, int]]:
        return wording.readable_blocks(self._a, self._b)


def _leftmost(blocks: list[tuple[int, int, int]], a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """What was only inserted or only deleted, moved as far to the left as it says the same.

    " X" before a blank and "X " behind it are one insertion: found at two places by the two sides, it would be taken
    twice.
    """
    blocks = list(blocks)
    for place in range(len(blocks) - 1):
        (a_at, b_at, length), (a_next, b_next, following) = blocks[place : place + 2]
        inserted, deleted = b_next - b_at - length, a_next - a_at - length
        if bool(inserted) == bool(deleted):
            continue
        side, start, end = (b, b_at, b_next) if inserted else (a, a_at, a_next)
        moved = 0
        while moved < length and side[start + length - moved - 1] == side[end - moved - 1]:
            moved += 1
        blocks[place] = (a_at, b_at, length - moved)
        blocks[place + 1] = (a_next - moved, b_next - moved, following + moved)
    return [*(block for block in blocks if block[2]), (len(a), len(b), 0)]


def _merged(base: list[str], mine: list[str], theirs: list[str], *, matcher: Any) -> Iterator[Piece]:
    regions = list(Merge3(base, mine, theirs, sequence_matcher=matcher).merge_regions())
    unchanged_from = [region[1] for region in regions if region[0] == "unchanged"]
    base_at = 0
    for region in regions:
        if region[0] == "unchanged":
            yield from _resolved("".join(base[base_at : region[1]]), "", Choice.BOTH)
            yield Same("".join(base[region[1] : region[2]]))
            base_at = region[2]
            del unchanged_from[0]
            continue
        base_end = unchanged_from[0] if unchanged_from else len(base)
        replaced = "".join(base[base_at:base_end])
        base_at = base_end
        match region:
            case ("a", start, end):
                yield from _resolved(replaced, "".join(mine[start:end]), Choice.MINE)
            case ("b", start, end):
                yield from _resolved(replaced, "".join(theirs[start:end]), Choice.THEIRS)
            case ("same", start, end):
                yield from _resolved(replaced, "".join(mine[start:end]), Choice.BOTH)
            case ("conflict", _, _, my_start, my_end, their_start, their_end):
                yield Conflict(replaced, "".join(mine[my_start:my_end]), "".join(theirs[their_start:their_end]))
    yield from _resolved("".join(base[base_at:]), "", Choice.BOTH)


def _resolved(base: str, text: str, by: Choice) -> Iterator[Piece]:
    if base or text:
        yield Resolved(base, text, by)


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbouring unchanged pieces as one; conflicts with nothing but a space or a comma between them as one."""
    done: list[Piece] = []
    for piece in pieces:
        done.append(piece)
        match done:
            case [*_, Same(before), Same(after)]:
                done[-2:] = [Same(before + after)]
            case [*_, Conflict() as before, Same(between), Conflict() as after] if not _WORD.search(between):
                done[-3:] = [_one(before, between, after)]
            case [*_, Conflict() as before, Conflict() as after]:
                done[-2:] = [_one(before, "", after)]
            case [*_, Resolved() as before, Same(between), Resolved() as after] if _is_doubled(before, between, after):
                done[-3:] = [_one(_as_conflict(before), between, _as_conflict(after))]
            case [*_, Resolved() as before, Resolved() as after] if _is_doubled(before, "", after):
                done[-2:] = [_one(_as_conflict(before), "", _as_conflict(after))]
    return iter(done)


def _is_doubled(before: Resolved, between: str, after: Resolved) -> bool:
    """Two sides wrote side by side, and words of the one are words of the other: perhaps the same, set twice."""
    if {before.by, after.by} != {Choice.MINE, Choice.THEIRS} or _WORD.search(between):
        return False
    return bool(_new_words(before) & _new_words(after))


def _new_words(piece: Resolved) -> set[str]:
    return set(_WORDS.findall(piece.text)) - set(_WORDS.findall(piece.base))


def _as_conflict(piece: Resolved) -> Conflict:
    if piece.by is Choice.MINE:
        return Conflict(piece.base, mine=piece.text, theirs=piece.base)
    return Conflict(piece.base, mine=piece.base, theirs=piece.text)


def _one(before: Conflict, between: str, after: Conflict) -> Conflict:
    return Conflict(
        before.base + between + after.base,
        before.mine + between + after.mine,
        before.theirs + between + after.theirs,
    )


def _gap_between(before: str, after: str) -> str:
    """A space where two texts would grow together."""
    needs_one = before and after and not before[-1].isspace() and not after[0].isspace()
    return " " if needs_one else ""
