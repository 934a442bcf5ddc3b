"""Which old article became which new one, told by words, titles and order.

How alike two articles must be depends on how alike the texts are: where a regulation of the next term keeps most of
its words, two articles that share a quarter of theirs are two articles; between a decree and its successor of twenty
years later they are one. The same texts always give the same answer.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from statistics import median
from typing import Protocol, TypeVar

from drafts.likeness import TITLE, Article, Likeness, Pair
from drafts.wording import same_wording


class Kind(StrEnum):
    KEPT = "kept"
    AMENDED = "amended"
    NEW = "new"
    DROPPED = "dropped"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    CITED = "cited"  # said by the table, which knows the whole texts; the alignment never says so


@dataclass(frozen=True, slots=True)
class Row:
    """Places in the old and the new list that belong together, ascending; one side may be empty.

    ``confidence`` runs from 0 to 1; of a new or dropped article it says how sure it is that it has no partner.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    kind: Kind
    confidence: float


class HasPlaces(Protocol):
    @property
    def old(self) -> tuple[int, ...]: ...

    @property
    def new(self) -> tuple[int, ...]: ...


Placed = TypeVar("Placed", bound=HasPlaces)

HIGH = 0.8
"""From here on a row may be taken as right at a glance."""
LOW = 0.5
"""Below this a row is a guess."""

# A pair is believed from this share of the texts' usual likeness on, but within these bounds.
_SHARE_OF_USUAL = 0.5
_LEAST, _MOST = 0.15, 0.42
# How far below that a pair may lie that stands alone between neighbours, where the texts are not much alike.
_BETWEEN = 0.4
# What a pair out of order is worth beside one in order.
_OUT_OF_ORDER = 0.6
# How much of its words an article must share with another's partner to be a part of it.
_SHARE_OF_PART = 0.6
_LEAST_PART, _MOST_PART = 0.22, 0.34


def align(old: Sequence[Article], new: Sequence[Article]) -> list[Row]:
    """Rows in the order of the new text, each dropped article behind what stood before it; every place in one row."""
    return _Alignment(old, new).rows()


def kind_of(old: Sequence[Article], new: Sequence[Article], *, is_moved: bool) -> Kind:
    """What became of the old articles of a row, by the number of its sides and their words."""
    if not old:
        return Kind.NEW
    if not new:
        return Kind.DROPPED
    if len(new) > len(old):
        return Kind.SPLIT
    if len(old) > 1:
        return Kind.MERGED
    if is_moved:
        return Kind.MOVED
    return Kind.KEPT if is_same(old[0], new[0]) else Kind.AMENDED


def is_same(old: Article, new: Article) -> bool:
    """Whether heading and text say the same words; numbers of paragraphs may differ."""
    return old.heading == new.heading and (old.text == new.text or same_wording(old.text, new.text))


def out_of_order(pairs: Sequence[Pair]) -> set[Pair]:
    """Those of the pairs, given by ascending old place, that do not stand in the order of the others."""
    return set(pairs) - set(_longest_rising(pairs))


def in_order(rows: Iterable[Placed]) -> list[Placed]:
    """By the first new place; what has none behind the row of the old place before it."""
    rows = list(rows)
    first_new = {place: row.new[0] for row in rows if row.new for place in row.old}

    def key(row: Placed) -> tuple[int, int]:
        if row.new:
            return row.new[0], -1
        before = next((first_new[k] for k in range(row.old[0] - 1, -1, -1) if k in first_new), -1)
        return before, row.old[0]

    return sorted(rows, key=key)


class _Alignment:
    """Pairs first, the surest before the others; then what is left over as parts of them."""

    def __init__(self, old: Sequence[Article], new: Sequence[Article]) -> None:
        self.old, self.new = old, new
        self.likeness = Likeness(old, new)
        self.by_score = sorted(self.likeness.scores.items(), key=lambda item: (-item[1], item[0]))
        self.new_of: dict[int, int] = {}
        self.old_of: dict[int, int] = {}
        self.confidence: dict[Pair, float] = {}
        self.old_parts: dict[int, int] = {}
        self.new_parts: dict[int, int] = {}

    def rows(self) -> list[Row]:
        self.pair_the_identical()
        self.pair_the_alike()
        self.attach_parts()
        self.pair_what_stands_between()
        return in_order([*self.rows_of_pairs(), *self.rows_of_single_ones()])

    # How alike is alike

    @cached_property
    def usual(self) -> float:
        """How alike an article of the shorter text and its best partner usually are."""
        side = 0 if len(self.old) <= len(self.new) else 1
        best: dict[int, float] = {}
        for pair, score in self.by_score:
            best.setdefault(pair[side], score)
        count = min(len(self.old), len(self.new))
        return median([*best.values(), *[0.0] * (count - len(best))]) if count else 0.0

    @cached_property
    def threshold(self) -> float:
        return min(_MOST, max(_LEAST, _SHARE_OF_USUAL * self.usual))

    def apart(self, pair: Pair) -> float:
        """How far from each other the two stand in their texts, 0 to 1."""
        return abs(pair[0] / len(self.old) - pair[1] / len(self.new))

    # Pairs

    def pair_the_identical(self) -> None:
        places = {article.identity: place for place, article in enumerate(self.new) if article.identity}
        for i, article in enumerate(self.old):
            if article.identity in places:
                self.pair((i, places[article.identity]), 1.0)

    def pair_the_alike(self) -> None:
        """The best first; an unsure pair out of order with surer ones must be so much the better."""
        waiting = []
        for pair, score in self._from(self.threshold):
            if self.is_free(pair):
                if score >= _MOST or self.stands_in_order(pair):
                    self.pair(pair, self.confidence_of(pair, score))
                else:
                    waiting.append((pair, score * _OUT_OF_ORDER))
        for pair, score in waiting:
            if score >= self.threshold and self.is_free(pair):
                self.pair(pair, self.confidence_of(pair, score))

    def pair_what_stands_between(self) -> None:
        """Less alike, but alone between the same neighbours."""
        for pair, score in self._from(self.threshold - _BETWEEN * (_MOST - self.threshold)):
            if self.is_free(pair) and self.stands_in_order(pair) and self.has_neighbour(pair):
                self.pair(pair, min(LOW, self.confidence_of(pair, score)))

    def _from(self, threshold: float) -> Iterator[tuple[Pair, float]]:
        for pair, score in self.by_score:
            if score < threshold:
                return
            yield pair, score

    def pair(self, pair: Pair, confidence: float) -> None:
        self.new_of[pair[0]], self.old_of[pair[1]] = pair[1], pair[0]
        self.confidence[pair] = confidence

    def is_free(self, pair: Pair) -> bool:
        i, j = pair
        return not (i in self.new_of or j in self.old_of or i in self.old_parts or j in self.new_parts)

    def stands_in_order(self, pair: Pair) -> bool:
        """With the nearest pairs on both sides: more of them would let one moved article spoil the order."""
        i, j = pair
        before = next((self.new_of[k] for k in range(i - 1, -1, -1) if k in self.new_of), -1)
        after = next((self.new_of[k] for k in range(i + 1, len(self.old)) if k in self.new_of), len(self.new))
        return before < j < after

    def has_neighbour(self, pair: Pair) -> bool:
        """Whether the articles beside it on one side are a pair, or both texts begin or end there."""
        i, j = pair
        begins, ends = i == j == 0, i + 1 == len(self.old) and j + 1 == len(self.new)
        return begins or ends or self.new_of.get(i - 1) == j - 1 or self.new_of.get(i + 1) == j + 1

    def confidence_of(self, pair: Pair, score: float) -> float:
        """High for what is much alike and has no rival."""
        rivals = (self.likeness.scores[other] for other in self.likeness.rivals(pair) if self.is_free(other))
        rival = min(1.0, max(rivals, default=0.0) / score)
        return (1 - math.exp(-4.2 * score)) * (1 - 0.4 * rival**2)

    # Parts

    def attach_parts(self) -> None:
        """What is left over and shares much with a pair becomes part of it: a merger or a split."""
        left_old = [i for i in range(len(self.old)) if i not in self.new_of]
        left_new = [j for j in range(len(self.new)) if j not in self.old_of]
        for i in left_old:
            shares = {pair: self.share_of_old(pair) for pair in self.likeness.of_old(i) if pair[1] in self.old_of}
            if pair := self.best_part(shares):
                self.old_parts[i] = pair[1]
        for j in left_new:
            shares = {pair: self.share_of_new(pair) for pair in self.likeness.of_new(j) if pair[0] in self.new_of}
            if pair := self.best_part(shares):
                self.new_parts[j] = pair[0]

    def best_part(self, shares: dict[Pair, float]) -> Pair | None:
        best = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:2]
        least = min(_MOST_PART, max(_LEAST_PART, _SHARE_OF_PART * self.usual))
        if not best or best[0][1] < least:
            return None
        pair, share = best[0]
        rival = best[1][1] / share if len(best) > 1 else 0.0
        self.confidence[pair] = min(0.9, 0.35 + share) * (1 - 0.4 * rival**2)
        return pair

    def share_of_old(self, pair: Pair) -> float:
        """How much of the old article stands in the new one; less believed the farther apart they are."""
        return self._believed(pair, self.likeness.part_of_old(*pair))

    def share_of_new(self, pair: Pair) -> float:
        return self._believed(pair, self.likeness.part_of_new(*pair))

    def _believed(self, pair: Pair, share: float) -> float:
        """Titles count where words were rewritten."""
        title = (1 - self.usual) * TITLE * self.likeness.title(*pair) ** 2
        return (1 - (1 - share) * (1 - title)) * max(0.0, 1 - 1.5 * self.apart(pair))

    # Rows

    def rows_of_pairs(self) -> list[Row]:
        more_old: dict[int, list[int]] = defaultdict(list)
        more_new: dict[int, list[int]] = defaultdict(list)
        for i, j in self.old_parts.items():
            more_old[j].append(i)
        for j, i in self.new_parts.items():
            more_new[i].append(j)
        pairs = sorted(self.new_of.items())
        strayed = out_of_order(pairs)
        rows = []
        for i, j in pairs:
            old, new = tuple(sorted([i, *more_old[j]])), tuple(sorted([j, *more_new[i]]))
            all_pairs = [(i, j), *((part, j) for part in more_old[j]), *((i, part) for part in more_new[i])]
            kind = kind_of([self.old[k] for k in old], [self.new[k] for k in new], is_moved=(i, j) in strayed)
            rows.append(Row(old, new, kind, round(min(self.confidence[pair] for pair in all_pairs), 2)))
        return rows

    def rows_of_single_ones(self) -> Iterator[Row]:
        for i in range(len(self.old)):
            if i not in self.new_of and i not in self.old_parts:
                yield Row((i,), (), Kind.DROPPED, self.confidence_alone(self.likeness.of_old(i)))
        for j in range(len(self.new)):
            if j not in self.old_of and j not in self.new_parts:
                yield Row((), (j,), Kind.NEW, self.confidence_alone(self.likeness.of_new(j)))

    def confidence_alone(self, pairs: list[Pair]) -> float:
        """That nothing comes near what would have been believed."""
        nearest = max((self.likeness.scores[pair] for pair in pairs), default=0.0)
        return round(max(0.05, 1 - 0.5 * nearest / self.threshold), 2)


def _longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The most pairs whose new places rise with the old ones."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else None)
        ends[length:] = [j, *ends[length + 1 :]]
        last[length:] = [index, *last[length + 1 :]]
    chain: list[Pair] = []
    at = last[-1] if last else None
    while at is not None:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
