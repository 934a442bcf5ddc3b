"""Which provision of a draft each node of a new Word version is. No Django.

Told, in this order: by what a person said; by the wid that a file of our own carries; by number and title; by likeness
of the words (`drafts.alignment`). Chapters and their like follow the articles that stand in them.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from drafts.alignment import Article, align
from drafts.importing import Node
from drafts.texts import HEADED, Sheet
from drafts.wording import tokens

ARTICLES = ("article", "item")
SURE = 1.0


@dataclass(frozen=True)
class Match:
    """``wids`` says for each node which provision it is, ``confidence`` how sure that is (0 to 1).

    ``split_from`` names the provision of which a new node was a part, ``merged_into`` the node that took a provision
    in whose own node is gone.
    """

    wids: Mapping[int, uuid.UUID]
    confidence: Mapping[int, float]
    split_from: Mapping[int, uuid.UUID] = field(default_factory=dict)
    merged_into: Mapping[uuid.UUID, int] = field(default_factory=dict)


def match(sheets: Sequence[Sheet], nodes: Sequence[Node], *, said: Mapping[int, uuid.UUID | None]) -> Match:
    """Nodes to provisions, each at most once; ``said`` are a person's own matches (None: a new provision)."""
    matching = _Matching(sheets, nodes, said)
    matching.take_what_was_said()
    matching.pair_by_wid()
    matching.pair_by_name()
    matching.pair_articles()
    matching.pair_groups()
    matching.pair_single_ones()
    return Match(matching.wids, matching.confidence, matching.split_from, matching.merged_into)


class _Matching:
    def __init__(self, sheets: Sequence[Sheet], nodes: Sequence[Node], said: Mapping[int, uuid.UUID | None]) -> None:
        self.sheets, self.nodes, self.said = sheets, nodes, said
        self.by_wid = {sheet.wid: sheet for sheet in sheets}
        self.wids: dict[int, uuid.UUID] = {}
        self.confidence: dict[int, float] = {}
        self.split_from: dict[int, uuid.UUID] = {}
        self.merged_into: dict[uuid.UUID, int] = {}
        self.taken: set[uuid.UUID] = set()

    def pair(self, index: int, wid: uuid.UUID, confidence: float) -> None:
        self.wids[index] = wid
        self.confidence[index] = confidence
        self.taken.add(wid)

    def is_free(self, index: int) -> bool:
        return index not in self.wids and index not in self.said

    def free_nodes(self, kinds: Iterable[str]) -> list[int]:
        return [index for index, node in enumerate(self.nodes) if node.kind in kinds and self.is_free(index)]

    def free_sheets(self, kinds: Iterable[str]) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.kind in kinds and sheet.wid not in self.taken]

    def take_what_was_said(self) -> None:
        for index, wid in self.said.items():
            if wid in self.by_wid and wid not in self.taken and index < len(self.nodes):
                self.pair(index, wid, SURE)

    def pair_by_wid(self) -> None:
        for index, node in enumerate(self.nodes):
            wid = uuid.UUID(node.wid) if node.wid else None
            if wid in self.by_wid and wid not in self.taken and self.is_free(index):
                self.pair(index, wid, SURE)

    def pair_by_name(self) -> None:
        """Kind, number and title alike, and no second one called so."""
        names = Counter(_name(sheet) for sheet in self.sheets)
        known = {_name(sheet): sheet.wid for sheet in self.sheets}
        met = Counter(_name(node) for node in self.nodes)
        for index, node in enumerate(self.nodes):
            name = _name(node)
            is_named = name in known and names[name] == met[name] == 1 and bool(node.heading)
            if is_named and self.is_free(index) and known[name] not in self.taken:
                self.pair(index, known[name], SURE)

    def pair_articles(self) -> None:
        """By their words; those already paired help to find the order."""
        if not (self.free_nodes(ARTICLES) or self.free_sheets(ARTICLES)):
            return
        sheets = [sheet for sheet in self.sheets if sheet.kind in ARTICLES]
        places = [
            index
            for index, node in enumerate(self.nodes)
            if node.kind in ARTICLES and (self.is_free(index) or index in self.wids)
        ]
        old = [_article_of_sheet(sheet, self.taken) for sheet in sheets]
        new = [_article_of_node(self.nodes[index], self.wids.get(index)) for index in places]
        for row in align(old, new):
            self._take_row([sheets[place] for place in row.old], [places[place] for place in row.new], row.confidence)

    def _take_row(self, olds: list[Sheet], news: list[int], confidence: float) -> None:
        """Of a split the likest part stays the provision, of a merger the likest provision stays."""
        pairs = [(sheet.wid, index) for sheet in olds for index in news if self.wids.get(index) == sheet.wid]
        if not pairs and olds and news:
            free = [(sheet, index) for sheet in olds for index in news if self.can_be(sheet, index)]
            if not free:
                return
            sheet, index = max(free, key=lambda pair: _likeness(pair[0], self.nodes[pair[1]]))
            self.pair(index, sheet.wid, confidence)
            pairs = [(sheet.wid, index)]
        if not pairs:
            return
        for index in news:
            if self.is_free(index):
                self.split_from[index] = pairs[0][0]
        for sheet in olds:
            if sheet.wid not in self.taken:
                self.merged_into[sheet.wid] = pairs[0][1]

    def can_be(self, sheet: Sheet, index: int) -> bool:
        return self.is_free(index) and sheet.wid not in self.taken

    def pair_groups(self) -> None:
        """Parts, chapters, sections, appendices: by title, by most of what stands in them, by number."""
        self._pair_groups_by(lambda thing: (thing.kind, _folded(thing.heading)) if thing.heading else None)
        self._pair_groups_by_children()
        self._pair_groups_by(lambda thing: (thing.kind, thing.number) if thing.number else None)

    def _pair_groups_by(self, key: object) -> None:
        sheets = self.free_sheets(HEADED)
        nodes = self.free_nodes(HEADED)
        old: dict[object, list[uuid.UUID]] = {}
        for sheet in sheets:
            old.setdefault(key(sheet), []).append(sheet.wid)  # type: ignore[operator]
        new = Counter(key(self.nodes[index]) for index in nodes)  # type: ignore[operator]
        for index in nodes:
            name = key(self.nodes[index])  # type: ignore[operator]
            if name is not None and new[name] == 1 and len(old.get(name, ())) == 1:
                self.pair(index, old[name][0], 0.9)

    def _pair_groups_by_children(self) -> None:
        inside: dict[int, Counter[uuid.UUID]] = {}
        for index, wid in list(self.wids.items()):
            parent, above = self.nodes[index].parent, self.by_wid[wid].parent
            if parent is not None and above is not None:
                inside.setdefault(parent, Counter())[above] += 1
        for index in self.free_nodes(HEADED):
            for wid, _count in inside.get(index, Counter()).most_common():
                sheet = self.by_wid.get(wid)
                if sheet is not None and sheet.kind == self.nodes[index].kind and wid not in self.taken:
                    self.pair(index, wid, 0.8)
                    break

    def pair_single_ones(self) -> None:
        """The opening and the closing, of which there is one, and appendices in their order."""
        for kind in ("preamble", "closing", "appendix"):
            for index, sheet in zip(self.free_nodes([kind]), self.free_sheets([kind]), strict=False):
                self.pair(index, sheet.wid, 0.9)


def _name(thing: Sheet | Node) -> tuple[str, str, str]:
    return str(thing.kind), thing.number, _folded(thing.heading)


def _folded(heading: str) -> str:
    return " ".join(heading.casefold().split())


def _article_of_sheet(sheet: Sheet, taken: set[uuid.UUID]) -> Article:
    return Article(sheet.label, sheet.heading, sheet.text, identity=sheet.wid.hex if sheet.wid in taken else "")


def _article_of_node(node: Node, wid: uuid.UUID | None) -> Article:
    return Article(node.label, node.heading, node.text, identity=wid.hex if wid else "")


def _likeness(sheet: Sheet, node: Node) -> float:
    return Indel.normalized_similarity(tokens(sheet.text), tokens(node.text))
