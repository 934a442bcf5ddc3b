"""How alike the articles of two texts are: all against all, by titles and words.

Regulations repeat their standing phrases in every article, so words count by how rare they are in the two texts, and
pairs of neighbouring words instead of single ones: a Vietnamese word is often two syllables. An index of these
features makes the cost follow what articles have in common, not the number of pairs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drafts.importing.structure import Kind as NodeKind
from drafts.importing.structure import Node
from drafts.texts import Sheet

Pair = tuple[int, int]
"""An old place and a new place."""

_WORD = re.compile(r"\w+")
# Features that stand nearly everywhere tell nothing and cost most.
_MOST_PAIRS_PER_ARTICLE = 8
# Pairs less alike than this are not looked at.
_NOTHING = 0.03
# Words of tables and papers, whatever the interface's language is.
_NAMELESS = {"preamble": "Phần mở đầu", "appendix": "Phụ lục"}
# The weight of the title, and of the fuller containment beside the likeness of the words.
TITLE, _CONTAINED = 0.45, 0.25


@dataclass(frozen=True, slots=True)
class Article:
    """What is compared. ``group`` are the titles around it, the outermost first; equal, non-empty ``identity`` on
    both sides settles that two articles are one."""

    label: str
    heading: str
    text: str
    group: tuple[str, ...] = ()
    identity: str = ""


def articles_of_nodes(nodes: Sequence[Node]) -> list[Article]:
    """The articles and items of an imported text, in its order."""
    groups: list[tuple[str, ...]] = []
    for node in nodes:
        around = groups[node.parent] + (nodes[node.parent].heading,) if node.parent is not None else ()
        groups.append(around)
    return [
        Article(_label(node), node.heading, node.text, group)
        for node, group in zip(nodes, groups, strict=True)
        if node.kind in (NodeKind.ARTICLE, NodeKind.ITEM)
    ]


def _label(node: Node) -> str:
    """ "Điều 5" however the source spelled it; an item keeps its own mark."""
    return f"Điều {node.number}" if node.kind is NodeKind.ARTICLE and node.number else node.label.strip(" .:-–")


def article_of_sheet(sheet: Sheet, *, group: tuple[str, ...] = ()) -> Article:
    """One provision of a stored text; its identity lasts through all versions of that text."""
    heading = sheet.heading if sheet.label else name_of_sheet(sheet)
    return Article(sheet.label, heading, sheet.text, group, str(sheet.wid))


def name_of_sheet(sheet: Sheet) -> str:
    """``Điều 5`` as one cites it; what has neither number nor heading is called by its kind."""
    return sheet.label or sheet.heading or _NAMELESS.get(sheet.kind, "")


class Likeness:
    """``scores`` of all pairs that have anything in common, 0 to 1, by titles and words."""

    def __init__(self, old: Sequence[Article], new: Sequence[Article]) -> None:
        self._words = _Common([_neighbours(a.text) for a in old], [_neighbours(a.text) for a in new])
        self._titles = _Common([_words(a.heading) for a in old], [_words(a.heading) for a in new])
        self.scores: dict[Pair, float] = {}
        self._columns: list[list[int]] = [[] for _ in old]
        self._rows: list[list[int]] = [[] for _ in new]
        old_groups, new_groups = _groups(old), _groups(new)
        new_places = _places([[a.text] if a.text else [] for a in new])  # the same words, however common they are
        for i, article in enumerate(old):
            same = frozenset(new_places.get(article.text, ()))
            texts, titles = self._words.likeness_to_all(i), self._titles.likeness_to_all(i)
            for j, (text, title) in enumerate(zip(texts, titles, strict=True)):
                if j in same:
                    text = 1.0
                # Either is enough: a title kept over other words, or words kept under another title.
                alike = 1 - (1 - TITLE * title * title) * (1 - text)
                if alike < _NOTHING:
                    continue
                apart = abs(i / len(old) - j / len(new))
                hint = 0.02 * (1 - apart) + (0.01 if old_groups[i] == new_groups[j] else 0.0)
                self.scores[i, j] = 0.97 * alike + hint
                self._columns[i].append(j)
                self._rows[j].append(i)

    def of_old(self, i: int) -> list[Pair]:
        """The pairs of an old article with all that is alike to it."""
        return [(i, j) for j in self._columns[i]]

    def of_new(self, j: int) -> list[Pair]:
        return [(i, j) for i in self._rows[j]]

    def rivals(self, pair: Pair) -> Iterator[Pair]:
        """The pairs that either article makes with others."""
        yield from (other for other in (*self.of_old(pair[0]), *self.of_new(pair[1])) if other != pair)

    def title(self, i: int, j: int) -> float:
        """How far the fuller title holds the other."""
        return max(self._titles.share_of_old(i, j), self._titles.share_of_new(i, j))

    def part_of_old(self, i: int, j: int) -> float:
        """How much of the old article's words stand in the new one."""
        return self._words.share_of_old(i, j)

    def part_of_new(self, i: int, j: int) -> float:
        """How much of the new article's words stand in the old one."""
        return self._words.share_of_new(i, j)


class _Common:
    """What the features of every old and every new article have in common, the rare ones counting more."""

    def __init__(self, old: list[list[str]], new: list[list[str]]) -> None:
        self._width = len(new)
        self._shared = [0.0] * (len(old) * len(new))
        self._old_weight, self._new_weight = [0.0] * len(old), [0.0] * len(new)
        total = len(old) + len(new)
        weights = [0.0, *(math.log((total + 1) / count) for count in range(1, total + 1))]
        old_places, new_places = _places(old), _places(new)
        nowhere: list[int] = []
        for feature, in_old in old_places.items():
            in_new = new_places.pop(feature, nowhere)
            if len(in_old) * len(in_new) > _MOST_PAIRS_PER_ARTICLE * total:
                continue
            weight = weights[len(in_old) + len(in_new)]
            for i in in_old:
                self._old_weight[i] += weight
                start = i * self._width
                for j in in_new:
                    self._shared[start + j] += weight
            for j in in_new:
                self._new_weight[j] += weight
        for in_new in new_places.values():
            for j in in_new:
                self._new_weight[j] += weights[len(in_new)]

    def share_of_old(self, i: int, j: int) -> float:
        return self._shared[i * self._width + j] / (self._old_weight[i] or 1.0)

    def share_of_new(self, i: int, j: int) -> float:
        return self._shared[i * self._width + j] / (self._new_weight[j] or 1.0)

    def likeness_to_all(self, i: int) -> list[float]:
        """The cosine with every new article, and a little more where one article holds most of the other."""
        own, start = self._old_weight[i] or 1.0, i * self._width
        cosine, contained = (1 - _CONTAINED) / math.sqrt(own), _CONTAINED / own
        return [
            shared and shared * (cosine / math.sqrt(weight) + max(contained, _CONTAINED / weight))
            for shared, weight in zip(self._shared[start : start + self._width], self._new_weight, strict=True)
        ]


def _places(bags: list[list[str]]) -> dict[str, list[int]]:
    """Where each feature occurs; in the order of the text, since sums of fractions depend on it."""
    places: dict[str, list[int]] = {}
    for place, bag in enumerate(bags):
        for feature in bag:
            if feature in places:
                places[feature].append(place)
            else:
                places[feature] = [place]
    return places


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(text.casefold())))


def _neighbours(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    return list(dict.fromkeys(map(" ".join, pairwise(words)))) or words


def _groups(articles: Sequence[Article]) -> list[str]:
    """One comparable name of what stands around each article."""
    return ["\n".join(article.group).casefold() for article in articles]
