"""Opinions that say the same find each other: by their words, within an article and elsewhere.

Two opinions are alike when the words that carry their meaning are (``comments.meaning``). Words count by how rare they
are among the opinions looked at.

No pair is looked at that shares no telling word, so the cost follows what opinions have in common.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from comments.meaning import Meaning, Opinion, are_apart

ENOUGH = 0.58
"""Two opinions on the same article that are less alike do not say the same; found on the labelled ones."""
ENOUGH_ELSEWHERE = 0.7
"""Beyond the article the place no longer speaks for it, so the words must say more."""
_WORDS, _ORDER = 0.85, 0.15
_CONTAINED = 0.3  # of the likeness of words: how far the longer opinion holds the shorter one
_TELLING = 1.6  # an opinion whose words weigh less says little by itself: then the quoted words decide
_COMMONEST, _COMMONEST_ELSEWHERE = 250, 60  # a word of so many opinions brings nobody together
_WORTH_A_LOOK, _WORTH_A_LOOK_ELSEWHERE = 0.3, 0.5
_LOOSEST = 0.85  # of ENOUGH: what a group may come to on the mean of all its pairs
_MOST_ELSEWHERE = 5

Progress = Callable[[int, int], None]
"""Is told now and then how many of how many are done; may raise to stop it."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Opinions on one article that say the same, the oldest first; ``elsewhere`` say it of other places.

    ``likeness``: the mean over its pairs, 0 to 1; of a single one, how alike the nearest elsewhere is.
    """

    keys: tuple[int, ...]
    likeness: float
    elsewhere: tuple[int, ...] = ()


def group(opinions: Sequence[Opinion], *, document: int, progress: Progress = lambda done, total: None) -> list[Alike]:
    """Groups of the document's opinions, the largest first; opinions of other documents only stand ``elsewhere``.

    An opinion is in one group at most. A remark that stands on one article once and on another (or in another document)
    too makes a group of one with its ``elsewhere``.
    """
    total = len(opinions)
    progress(0, total)
    means = [Meaning.of(opinion) for opinion in opinions]
    weights = _Weights(means)
    progress(total // 10, total)
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index, opinion in enumerate(opinions):
        if opinion.document == document:
            places[opinion.place].append(index)
    own = [index for indexes in places.values() for index in indexes]
    clusters: list[tuple[tuple[int, ...], float]] = []
    done = 0
    for indexes in places.values():
        clusters += _clusters([means[index] for index in indexes], indexes, weights)
        done += len(indexes)
        progress(total // 10 + total * 6 * done // (10 * len(own)), total)
    elsewhere = _elsewhere(opinions, means, own, weights, lambda part: progress(int(total * (0.7 + 0.3 * part)), total))
    progress(total, total)
    return _answers(opinions, sorted(clusters, key=lambda one: (-len(one[0]), -one[1], one[0])), elsewhere)


def _answers(
    opinions: Sequence[Opinion],
    clusters: Iterable[tuple[tuple[int, ...], float]],
    elsewhere: dict[int, dict[int, float]],
) -> list[Alike]:
    answers = []
    spoken_for: set[int] = set()
    for members, likeness in clusters:
        best: dict[int, float] = {}
        for member in members:
            for other, score in elsewhere.get(member, {}).items():
                best[other] = max(score, best.get(other, 0.0))
        if len(members) == 1 and (not best or members[0] in spoken_for or spoken_for & set(best)):
            continue
        spoken_for |= {*members, *(best if len(members) == 1 else ())}
        nearest = sorted(best, key=lambda other: (-best[other], other))[:_MOST_ELSEWHERE]
        keys = tuple(sorted(opinions[member].key for member in members))
        alike = likeness if len(members) > 1 else max(best.values())
        answers.append(Alike(keys, round(alike, 3), tuple(sorted(opinions[other].key for other in nearest))))
    return answers


def likest(opinion: Opinion, others: Sequence[Opinion], *, enough: float = ENOUGH) -> list[tuple[float, int]]:
    """Those of ``others`` that say the same as one that is being written, the likest first: (likeness, key)."""
    mean, means = Meaning.of(opinion), [Meaning.of(other) for other in others]
    weights = _Weights([mean, *means])
    found = [(_alike(mean, theirs, weights), other.key) for theirs, other in zip(means, others, strict=True)]
    return sorted((pair for pair in found if pair[0] >= enough), reverse=True)


class _Weights:
    """How much each word tells: the fewer remarks have it, the more."""

    def __init__(self, means: Sequence[Meaning]) -> None:
        counts = Counter(word for mean in means for word in mean.words)
        total = math.log(len(means) + 2)
        self._weights = {
            word: 0.25 + math.log((len(means) + 1) / count) / total if len(means) > count else 0.25
            for word, count in counts.items()
        }

    def __getitem__(self, word: str) -> float:
        return self._weights[word]

    def of(self, words: Iterable[str]) -> float:
        return sum(self._weights[word] for word in words)

    def of_squares(self, words: Iterable[str]) -> float:
        return sum(self._weights[word] ** 2 for word in words)


def _alike(one: Meaning, other: Meaning, weights: _Weights) -> float:
    """The likeness of two remarks, 0 when something keeps them apart."""
    if are_apart(one, other):
        return 0.0
    common = one.words & other.words
    if not common:
        return 0.0
    shared, own, theirs = (weights.of_squares(words) for words in (common, one.words, other.words))
    words = (1 - _CONTAINED) * shared / math.sqrt(own * theirs) + _CONTAINED * shared / min(own, theirs)
    score = _WORDS * words + _ORDER * Indel.normalized_similarity(one.order, other.order)
    return score * _quoted_alike(one, other, telling=weights.of(common))


def _quoted_alike(one: Meaning, other: Meaning, *, telling: float) -> float:
    """A factor: remarks that say little by themselves are about the words they quote."""
    says_little = telling < _TELLING
    if one.quote and other.quote:
        overlap = len(one.quote & other.quote) / min(len(one.quote), len(other.quote))
        return 1.0 if overlap >= 0.5 else (0.5 if says_little else 0.95)
    if says_little and (one.quote or other.quote):
        return 0.8
    return 1.0


def _clusters(
    means: Sequence[Meaning], indexes: Sequence[int], weights: _Weights
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Groups and single remarks of one place, with the mean likeness in each."""
    same: dict[tuple[Hashable, ...], list[int]] = {}
    for mean, index in zip(means, indexes, strict=True):
        same.setdefault(mean.identity, []).append(index)
    by_index = dict(zip(indexes, means, strict=True))
    members = list(same.values())
    scores = dict(_pairs([by_index[alike[0]] for alike in members], weights))
    homes = {place: [place] for place in range(len(members))}
    for one, other in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        here, there = homes[one], homes[other]
        if here is there or scores[one, other] < ENOUGH:
            continue
        between = [scores.get((min(a, b), max(a, b)), 0.0) for a in here for b in there]
        if sum(between) / len(between) >= ENOUGH * _LOOSEST:
            here += there
            for place in there:
                homes[place] = here
    for home in {id(home): home for home in homes.values()}.values():
        keys = tuple(sorted(index for place in home for index in members[place]))
        yield keys, _mean_of(home, [len(alike) for alike in members], scores)


def _mean_of(home: Sequence[int], sizes: Sequence[int], scores: dict[tuple[int, int], float]) -> float:
    """The mean likeness over all pairs of comments in a group; the same remark said again counts as 1."""
    pairs = total = 0.0
    for place, one in enumerate(home):
        again = sizes[one] * (sizes[one] - 1) / 2
        pairs, total = pairs + again, total + again
        for other in home[place + 1 :]:
            count = sizes[one] * sizes[other]
            pairs, total = pairs + count, total + count * scores.get((min(one, other), max(one, other)), 0.0)
    return total / pairs if pairs else 1.0


def _pairs(means: Sequence[Meaning], weights: _Weights) -> Iterator[tuple[tuple[int, int], float]]:
    """The pairs worth a look and how alike they are, the smaller place first."""
    places = _Postings(weights, commonest=_COMMONEST, worth=_WORTH_A_LOOK)
    for other, mean in enumerate(means):
        for one in places.like(mean):
            score = _alike(means[one], mean, weights)
            if score:
                yield (one, other), score
        places.add(other, mean)


def _elsewhere(
    opinions: Sequence[Opinion],
    means: Sequence[Meaning],
    own: Sequence[int],
    weights: _Weights,
    progress: Callable[[float], None],
) -> dict[int, dict[int, float]]:
    """For each of ``own`` what says the same on another article or document; what says little is not looked for."""
    postings = _Postings(weights, commonest=_COMMONEST_ELSEWHERE, worth=_WORTH_A_LOOK_ELSEWHERE)
    for index, mean in enumerate(means):
        postings.add(index, mean)
    anywhere = [mean.anywhere() for mean in means]
    found: dict[int, dict[int, float]] = {}
    for count, index in enumerate(own):
        if count % 500 == 0:
            progress(count / len(own))
        if weights.of(means[index].words) < 2 * _TELLING:
            continue
        here = (opinions[index].document, opinions[index].place)
        for other in postings.like(means[index]):
            if (opinions[other].document, opinions[other].place) != here:
                score = _alike(anywhere[index], anywhere[other], weights)
                if score >= ENOUGH_ELSEWHERE:
                    found.setdefault(index, {})[other] = score
    return found


class _Postings:
    """Which remarks have which word."""

    def __init__(self, weights: _Weights, *, commonest: int, worth: float) -> None:
        self._weights = weights
        self._commonest = commonest
        self._worth = worth
        self._places: dict[str, list[int]] = defaultdict(list)
        self._norms: dict[int, float] = {}

    def add(self, place: int, mean: Meaning) -> None:
        for word in mean.words:
            self._places[word].append(place)
        self._norms[place] = math.sqrt(self._weights.of_squares(mean.words)) or 1.0

    def like(self, mean: Meaning) -> list[int]:
        """Those that share enough of what tells them from others."""
        shared: dict[int, float] = defaultdict(float)
        for word in mean.words:
            places = self._places.get(word, ())
            if len(places) <= self._commonest:
                square = self._weights[word] ** 2
                for place in places:
                    shared[place] += square
        enough = self._worth * (math.sqrt(self._weights.of_squares(mean.words)) or 1.0)
        return [place for place, weight in shared.items() if weight >= enough * self._norms[place]]
