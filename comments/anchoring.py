"""Find the words of a comment again: in the page they were selected on, and in later versions of the text.

An anchor keeps the words and the words around them. Whatever is not certain is said to be so and left to a
person: a comment is never attached to a look-alike of its words. White space does not matter, because a selection
in a browser may join paragraphs in any way.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from drafts import wording

_WORDS_AROUND = 6
# How many words around count, how many of them must be the same, and how many more than at a look-alike.
_NEAR = 8
LEAST_SUPPORT = 4
LEAST_LEAD = 3
# So many words in a row must be the same to prove that they are the same words.
_LEAST_STRETCH = 4
# Changed words with more than this many times as many words in their place are for a person to judge.
_MOST_GROWTH = 3
# A lone word at an edge of changed words may have been pushed off by so many words.
_NEAR_ENOUGH = 1
# No word of a text is blank.
_OLD_FENCE, _NEW_FENCE = " ", "  "


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words commented on, and the text just before and after them."""

    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Offsets in a text: ``text[start:end]`` are the words."""

    start: int
    end: int


class State(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REMOVED = "removed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the words; ``placement`` is known for unchanged and changed ones only."""

    state: State
    placement: Placement | None = None


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of ``text[start:end]``, with so much of the text around that it has one place in this text."""
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise ValueError("an anchor needs words inside the text")
    end = start + len(text[start:end].rstrip())
    start = end - len(text[start:end].lstrip())
    words_around = _WORDS_AROUND
    while True:
        anchor = Anchor(
            text[start:end],
            _last_words(text[:start], words_around),
            _first_words(text[end:], words_around),
        )
        if locate(anchor, text) or (start, end) == (len(anchor.prefix), len(text) - len(anchor.suffix)):
            return anchor
        words_around *= 2


def locate(anchor: Anchor, text: str) -> Placement | None:
    """Where the words stand in the text they were taken from; None when they do not or it is ambiguous."""
    return find_selection(text, quote=anchor.quote, prefix=anchor.prefix, suffix=anchor.suffix)


def find_selection(text: str, *, quote: str, prefix: str = "", suffix: str = "") -> Placement | None:
    """Where selected words stand, white space aside; the text around decides between several, a tie is None."""
    bare, places = _squeezed_text(text)
    wanted, before, after = (_squeezed(unicodedata.normalize("NFC", part))[0] for part in (quote, prefix, suffix))
    if not wanted:
        return None
    hits = [(hit, hit + len(wanted)) for hit in _occurrences(wanted, bare)]
    if len(hits) > 1:
        hits = _best_supported(hits, bare, before, after)
    if len(hits) != 1:
        return None
    start, end = hits[0]
    return Placement(places[start], places[end - 1] + 1)


def follow(anchor: Anchor, *, old_text: str, new_text: str) -> Fate:
    """What became of the anchored words of the old text in the new one."""
    return follow_all([anchor], old_text=old_text, new_text=new_text)[0]


def follow_all(anchors: Iterable[Anchor], *, old_text: str, new_text: str) -> list[Fate]:
    """What became of each; the two texts are aligned word by word once."""
    alignment = aligned(old_text, new_text)
    placements = (locate(anchor, old_text) for anchor in anchors)
    return [alignment.fate_of(place) if place else Fate(State.UNCERTAIN) for place in placements]


def follow_through(anchor: Anchor, texts: Sequence[str]) -> Fate:
    """What became of words of the first text in the last, step by step through every version between.

    Surer than one step from the first to the last: after many edits at once, a copy of words that were dropped
    cannot always be told from the words themselves.
    """
    return follow_all_through([anchor], texts)[0]


def follow_all_through(anchors: Sequence[Anchor], texts: Sequence[str]) -> list[Fate]:
    """What became of each; every two neighbouring versions are aligned once, and what did not change not at all."""
    places = (locate(anchor, texts[0]) for anchor in anchors)
    fates = [Fate(State.UNCHANGED, place) if place else Fate(State.UNCERTAIN) for place in places]
    changed = [False] * len(fates)
    for old_text, new_text in pairwise(texts):
        if old_text == new_text or not any(fate.placement for fate in fates):
            continue
        alignment = aligned(old_text, new_text)
        for number, fate in enumerate(fates):
            if fate.placement is not None:
                fates[number] = alignment.fate_of(fate.placement)
                changed[number] = changed[number] or fates[number].state is State.CHANGED
    return [
        Fate(State.CHANGED, fate.placement) if was_changed and fate.placement else fate
        for fate, was_changed in zip(fates, changed, strict=True)
    ]


class _Word(NamedTuple):
    text: str
    start: int
    end: int


class Alignment:
    """The words of two texts, and which old word certainly is which new word."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old, self.new = words_of(old_text), words_of(new_text)
        self.old_words, self.new_words = [w.text for w in self.old], [w.text for w in self.new]
        self.old_starts, self.old_ends = [w.start for w in self.old], [w.end for w in self.old]
        self.new_place = _certain_pairs(self.old_words, self.new_words)
        self.new_taken = set(self.new_place.values())

    def fate_of(self, placement: Placement) -> Fate:
        quoted = range(
            bisect_right(self.old_ends, placement.start),
            bisect_left(self.old_starts, placement.end),
        )
        if not any(place in self.new_place for place in quoted):
            return Fate(State.REMOVED)
        if found := self._intact(quoted):
            if self._is_supported(quoted, found):
                return Fate(State.UNCHANGED, self._from_letter_to_letter(placement, quoted, found))
            return Fate(State.UNCERTAIN)
        if found := self._partly_kept(quoted):
            return Fate(State.CHANGED, Placement(self.new[found[0]].start, self.new[found[-1]].end))
        return Fate(State.UNCERTAIN)

    def _intact(self, quoted: range) -> range | None:
        """The place of exactly the quoted words; punctuation that could stand elsewhere too is let pass."""
        shifts = {self.new_place[place] - place for place in quoted if place in self.new_place}
        unsure = [self.old_words[place] for place in quoted if place not in self.new_place]
        if len(shifts) != 1 or any(map(_is_wordlike, unsure)):
            return None
        shift = shifts.pop()
        found = range(quoted.start + shift, quoted.stop + shift)
        quoted_words = self.old_words[quoted.start : quoted.stop]
        if found.start < 0 or self.new_words[found.start : found.stop] != quoted_words:
            return None
        return found

    def _partly_kept(self, quoted: range) -> range | None:
        """The place of the words that stayed, if they are at least half and reach the first or last word."""
        words = [place for place in quoted if _is_wordlike(self.old_words[place])]
        stretches = self._stretches([place for place in words if place in self.new_place])
        while len(stretches) > 1 and len(stretches[0]) == 1 and not self._is_near(stretches[0], stretches[1]):
            del stretches[0]
        while len(stretches) > 1 and len(stretches[-1]) == 1 and not self._is_near(*stretches[-2:]):
            del stretches[-1]
        kept = list(chain.from_iterable(stretches))
        if not kept or 2 * len(kept) < len(words) or not (kept[0] == words[0] or kept[-1] == words[-1]):
            return None
        found = range(self.new_place[kept[0]], self.new_place[kept[-1]] + 1)
        longest = max(stretches, key=len)
        place = self.new_place[longest.start]
        if len(found) > _MOST_GROWTH * len(quoted):
            return None
        return found if self._is_supported(longest, range(place, place + len(longest))) else None

    def _is_near(self, before: range, after: range) -> bool:
        """Whether hardly more words stand between the two than did: a lone word far off may be another one."""
        was = after.start - before.stop
        now = self.new_place[after.start] - self.new_place[before[-1]] - 1
        return now <= was + _NEAR_ENOUGH

    def _stretches(self, kept: list[int]) -> list[range]:
        """Runs of old places that stayed neighbours."""
        runs: list[range] = []
        for place in kept:
            last = runs[-1] if runs else None
            if last and place == last.stop and self.new_place[place] == self.new_place[last[-1]] + 1:
                runs[-1] = range(last.start, place + 1)
            else:
                runs.append(range(place, place + 1))
        return runs

    def _is_supported(self, quoted: range, found: range) -> bool:
        """Whether the words around speak for this place, and clearly more than for any look-alike."""
        old_around, new_around = around(self.old_words, quoted), around(self.new_words, found)
        support = likeness(old_around, new_around)
        if support < min(LEAST_SUPPORT, sum(map(len, old_around))):
            return False
        wanted = self.old_words[quoted.start : quoted.stop]
        rivals_after = (
            likeness(old_around, around(self.new_words, rival))
            for rival in look_alikes(wanted, self.new_words, found)
            if not self.new_taken.issuperset(rival)
        )
        rivals_before = (
            likeness(around(self.old_words, rival), new_around) for rival in look_alikes(wanted, self.old_words, quoted)
        )
        return all(support >= rival + LEAST_LEAD for rival in chain(rivals_after, rivals_before))

    def _from_letter_to_letter(self, placement: Placement, quoted: range, found: range) -> Placement:
        """The same letters in the new text: a selection may begin or end inside a word."""
        return Placement(
            self.new[found[0]].start + placement.start - self.old[quoted[0]].start,
            self.new[found[-1]].end + placement.end - self.old[quoted[-1]].end,
        )


@lru_cache(maxsize=256)
def aligned(old_text: str, new_text: str) -> Alignment:
    """Many comments stand on one article: its texts are aligned once and not for every comment."""
    return Alignment(old_text, new_text)


def words_of(text: str) -> list[_Word]:
    """Words, numbers and punctuation marks with their offsets, without white space."""
    found = wording.TOKEN.finditer(text)
    return [_Word(match[0], *match.span()) for match in found if not match[0].isspace()]


def _is_wordlike(word: str) -> bool:
    return word[0].isalnum()


def _certain_pairs(old: list[str], new: list[str]) -> dict[int, int]:
    """Old place to new place, only where the alignment made from the front and the one from the back agree.

    Where a word could as well be another one, they disagree. A few words alike amid others prove nothing:
    only stretches of some length count, or those at an end of both texts.
    """
    from_the_back = {
        (len(old) - 1 - old_place, len(new) - 1 - new_place) for old_place, new_place in _pairs(old[::-1], new[::-1])
    }
    agreed = sorted(_pairs(old, new) & from_the_back)
    certain: dict[int, int] = {}
    for _, stretch in groupby(enumerate(agreed), key=lambda item: (item[1][0] - item[0], item[1][1] - item[0])):
        pairs = [pair for _, pair in stretch]
        at_an_end = pairs[0] == (0, 0) or pairs[-1] == (len(old) - 1, len(new) - 1)
        if at_an_end or len(pairs) >= _LEAST_STRETCH:
            certain.update(pairs)
    return certain


def _pairs(old: list[str], new: list[str]) -> set[tuple[int, int]]:
    """One longest alignment. The fences keep the engine from matching common beginnings and ends first."""
    blocks = wording.matching_blocks([_OLD_FENCE, *old, _OLD_FENCE], [_NEW_FENCE, *new, _NEW_FENCE])
    return {(old_at + step - 1, new_at + step - 1) for old_at, new_at, length in blocks for step in range(length)}


def around(words: list[str], place: range) -> tuple[list[str], list[str]]:
    return words[max(0, place.start - _NEAR) : place.start], words[place.stop : place.stop + _NEAR]


def likeness(one: tuple[list[str], list[str]], other: tuple[list[str], list[str]]) -> int:
    """How many of the words before and behind two places are the same, in order."""
    return sum(LCSseq.similarity(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def look_alikes(wanted: list[str], words: list[str], but: range) -> Iterator[range]:
    """The places of the same words that do not overlap with the given one."""
    for start in range(len(words) - len(wanted) + 1):
        stop = start + len(wanted)
        if words[start] == wanted[0] and words[start:stop] == wanted and (stop <= but.start or start >= but.stop):
            yield range(start, stop)


def _last_words(text: str, count: int) -> str:
    words = words_of(text)[-count:]
    return text[words[0].start :] if words else text


def _first_words(text: str, count: int) -> str:
    words = words_of(text)[:count]
    return text[: words[-1].end] if words else text


@lru_cache(maxsize=256)
def _squeezed_text(text: str) -> tuple[str, list[int]]:
    """As below, for whole articles: many comments are looked for in one."""
    return _squeezed(text)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The visible characters, and the offset of each in the text."""
    places = [place for place, char in enumerate(text) if not _is_blank(char)]
    return "".join([text[place] for place in places]), places


def _is_blank(char: str) -> bool:
    """White space, and characters without width: soft hyphen, zero-width space."""
    return char.isspace() or unicodedata.category(char) == "Cf"


def _occurrences(wanted: str, text: str) -> list[int]:
    found = []
    place = text.find(wanted)
    while place >= 0:
        found.append(place)
        place = text.find(wanted, place + 1)
    return found


def _best_supported(hits: list[tuple[int, int]], text: str, before: str, after: str) -> list[tuple[int, int]]:
    """Of several places the one that fits the text around; more than one, or none, when that does not decide.

    A place fits when the characters around are the expected ones as far as the text goes.
    """
    support = {}
    for start, end in hits:
        behind = _common_prefix(text[:start][::-1], before[::-1])
        ahead = _common_prefix(text[end:], after)
        if behind == min(start, len(before)) and ahead == min(len(text) - end, len(after)):
            support[start, end] = behind + ahead
    best = max(support.values(), default=0)
    return [hit for hit in support if support[hit] == best and best]


def _common_prefix(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
