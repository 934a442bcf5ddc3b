"""A new Word version of a draft: what it changes, and the draft as it would stand with it. No Django.

Three texts meet. ``base`` is the one the Word file was made from, ``current`` the working text, and ``nodes`` what the
file says. What only the file changed is taken over, what only the working text changed stays, what both changed is
merged word by word (`drafts.reconciling`). Provisions keep their ``wid``, so that comments and history follow.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from drafts.changes import Change, Fate, changes
from drafts.importing import Node
from drafts.merging import Conflict
from drafts.reconciling import Reconciliation
from drafts.rematching import Match, match
from drafts.texts import HEADED, Sheet, Text, clean

SentOut = tuple[str, str]
"""Heading and text."""

_LABEL_END = " .:-–"
_NEW = uuid.UUID("7d7f3a52-6f0c-4a51-9d0e-2f6c6a3c8b11")


@dataclass(frozen=True)
class Choices:
    """What a person decided. ``matches``: node by key to wid (None: a new provision). ``taken``: whether the change of
    a row is taken over, by the row's key; without a word changes are, removals are not. ``answers``: how the places
    that both sides changed are decided, by wid, with the question they answer."""

    matches: Mapping[str, uuid.UUID | None] = field(default_factory=dict)
    taken: Mapping[str, bool] = field(default_factory=dict)
    answers: Mapping[uuid.UUID, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """``choices`` ("mine", "theirs", "both", "base", "" not decided yet) for the conflicts with that fingerprint."""

    of: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Heading and text of one provision on all sides; ``both`` is the merge, ``answer`` how its conflicts end."""

    both: Reconciliation
    answer: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Conflict, ...]:
        return self.both.questions

    @property
    def is_settled(self) -> bool:
        return len(self.answer) == len(self.questions) and all(self.answer)

    @property
    def settled(self) -> tuple[str, str]:
        """Heading and text; where a question is open, as the file has them."""
        answer = self.answer or [""] * len(self.questions)
        return self.both.merged([choice or "mine" for choice in answer])

    @cached_property
    def fingerprint(self) -> str:
        """Of the questions: an answer to others is none."""
        said = "\0".join(f"{c.base}\1{c.mine}\1{c.theirs}" for c in self.questions)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Row:
    """One change for a person to look at; unchanged provisions have a row too."""

    key: str
    change: Change
    node: int | None
    is_taken: bool
    confidence: float
    words: Words | None = None
    part_of: Sheet | None = None
    """The provision of which a new one was split off, or the one into which a removed one was merged."""
    is_back: bool = False
    """Removed from the working text, but still written in the file."""

    @property
    def fate(self) -> Fate:
        return self.change.fate

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.is_taken and self.words is not None and not self.words.is_settled

    @property
    def is_guess(self) -> bool:
        return self.node is not None and self.change.old is not None and self.confidence < SURE_ENOUGH


SURE_ENOUGH = 0.8


class Plan:
    """What a new version does to a draft, as decided so far."""

    def __init__(
        self,
        *,
        base: Text,
        current: Text,
        nodes: Sequence[Node],
        choices: Choices,
        sent_out: Mapping[uuid.UUID, SentOut] | None = None,
    ) -> None:
        """``sent_out``: what provisions were when a file of our own took them out, where that is known."""
        self.base, self.current, self.nodes, self.choices = base, current, nodes, choices
        self.sent_out = sent_out or {}
        self.keys = _keys(nodes)
        self._base, self._current = base.by_wid(), current.by_wid()
        places = {key: index for index, key in enumerate(self.keys)}
        said = {places[key]: wid for key, wid in choices.matches.items() if key in places}
        self.match: Match = match(self._known, nodes, said=said)
        self.nodes_of = {wid: index for index, wid in self.match.wids.items()}

    @cached_property
    def _known(self) -> list[Sheet]:
        """All provisions a node can be: those of the base in its words, and those added to the draft since."""
        added = [sheet for sheet in self.current if sheet.wid not in self._base]
        return [*self.base, *added]

    @cached_property
    def rows(self) -> list[Row]:
        """Every provision of the draft and of the file, in the order of the file."""
        return list(self._rows())

    @cached_property
    def result(self) -> Text:
        """The text as it would stand with what is taken over. New provisions have wids of their own and pk 0."""
        left = {row.key for row in self.rows if not row.is_taken}
        return self._text(left)

    @property
    def is_changing(self) -> bool:
        return self.result.sheets != self.current.sheets

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    # Rows

    def _rows(self) -> Iterator[Row]:
        wholly = self._text(set(), removing=True)
        nodes = {self._wid_of(index): index for index in range(len(self.nodes))}
        for change in changes(self.current, wholly):
            yield self._row(change, nodes.get(change.sheet.wid))
        for index in range(len(self.nodes)):
            if self._is_back(index):
                yield self._row_of_return(index)

    def _row(self, change: Change, node: int | None) -> Row:
        wid = change.sheet.wid
        key = self.keys[node] if node is not None else _removal_key(wid)
        is_removal = change.new is None
        return Row(
            key=key,
            change=change,
            node=node,
            is_taken=self.choices.taken.get(key, not is_removal),
            confidence=self.match.confidence.get(node, 1.0) if node is not None else 1.0,
            words=self._words.get(wid),
            part_of=self._part_of(wid, node),
        )

    def _row_of_return(self, index: int) -> Row:
        sheet = self._as_written(index, self._base[self.match.wids[index]])
        key = self.keys[index]
        return Row(key, Change(None, sheet), index, self.choices.taken.get(key, False), 1.0, is_back=True)

    def _part_of(self, wid: uuid.UUID, node: int | None) -> Sheet | None:
        if node is not None:
            return self._current.get(self.match.split_from.get(node, _NEW))
        into = self.match.merged_into.get(wid)
        return self._current.get(self.match.wids.get(into, _NEW)) if into is not None else None

    # Words

    @cached_property
    def _words(self) -> dict[uuid.UUID, Words]:
        """The merge of every provision that stands on all sides."""
        found = {}
        for wid, index in self.nodes_of.items():
            current = self._current.get(wid)
            if current is None:
                continue
            node, base = self.nodes[index], self._base.get(wid, current)
            both = Reconciliation.between(
                base=self.sent_out.get(wid, (base.heading, base.text)),
                mine=(node.heading, node.text),
                theirs=(current.heading, current.text),
            )
            words = Words(both)
            answer = self.choices.answers.get(wid)
            if answer and answer.of == words.fingerprint and len(answer.choices) == len(words.questions):
                words = Words(both, answer.choices)
            found[wid] = words
        return found

    def _is_back(self, index: int) -> bool:
        """Matched with a provision that is no longer in the working text."""
        wid = self.match.wids.get(index)
        return wid is not None and wid not in self._current

    def _wid_of(self, index: int) -> uuid.UUID:
        """The wid of a node's provision; a new one has one made of its place, for as long as it is looked at."""
        wid = self.match.wids.get(index)
        return wid if wid is not None else uuid.uuid5(_NEW, self.keys[index])

    # The text

    def _text(self, left: AbstractSet[str], *, removing: bool = False) -> Text:
        """The draft without the changes ``left`` out; ``removing``: with every removal, whether taken or not."""
        shelf = _Shelf()
        staying = [sheet for sheet in self.current if not self._goes(sheet.wid, removing=removing)]
        nodes = [index for index in range(len(self.nodes)) if self._stands(index, left, removing=removing)]
        if self._is_reordered(left):
            kept = [sheet for sheet in staying if self._is_left(sheet.wid, left) and sheet.kind in HEADED]
            self._put_sheets(shelf, kept)
            self._put_nodes(shelf, nodes, left)
            self._put_sheets(shelf, staying)
        else:
            self._put_sheets(shelf, staying)
            self._put_nodes(shelf, nodes, left)
        sheets = {sheet.wid: sheet for sheet in staying}
        sheets |= {self._wid_of(index): self._as_taken(index) for index in nodes if self.keys[index] not in left}
        return Text(self.current.title, tuple(shelf.sheets(sheets)))

    def _goes(self, wid: uuid.UUID, *, removing: bool) -> bool:
        return self._is_removed(wid) and (removing or self.choices.taken.get(_removal_key(wid), False))

    def _is_left(self, wid: uuid.UUID, left: AbstractSet[str]) -> bool:
        index = self.nodes_of.get(wid)
        return index is not None and self.keys[index] in left

    def _stands(self, index: int, left: AbstractSet[str], *, removing: bool) -> bool:
        """Whether the node's provision is in the text: not a new one that is left out, nor one removed meanwhile."""
        if self._is_back(index):
            return not removing and self.keys[index] not in left
        return self._wid_of(index) in self._current or self.keys[index] not in left

    def _is_removed(self, wid: uuid.UUID) -> bool:
        """In the base and in the working text, but not in the file."""
        return wid in self._base and wid not in self.nodes_of

    def _is_reordered(self, left: AbstractSet[str]) -> bool:
        """Whether the file has the provisions of its base in another order or under other headings."""
        in_file = [
            (wid, self._parent_in_file(index, left))
            for index, wid in sorted(self.match.wids.items())
            if wid in self._base and self.keys[index] not in left
        ]
        wanted = {wid for wid, _ in in_file}
        return in_file != [
            (sheet.wid, self._parent_in_base(sheet, wanted)) for sheet in self.base if sheet.wid in wanted
        ]

    def _parent_in_file(self, index: int, left: AbstractSet[str]) -> uuid.UUID | None:
        """Under which heading the node stands, new ones that are left out aside."""
        parent = self.nodes[index].parent
        while parent is not None and parent not in self.match.wids and self.keys[parent] in left:
            parent = self.nodes[parent].parent
        return self._wid_of(parent) if parent is not None else None

    def _parent_in_base(self, sheet: Sheet, wanted: AbstractSet[uuid.UUID]) -> uuid.UUID | None:
        """Under which heading that the file has too; one it left out may stay, with what stands in it."""
        parent = sheet.parent
        while parent is not None and parent not in wanted and parent not in self.nodes_of:
            parent = self._base[parent].parent
        return parent

    def _put_nodes(self, shelf: _Shelf, indexes: Sequence[int], left: AbstractSet[str]) -> None:
        """In the order of the file; what the shelf has already stays where it is."""
        before: dict[uuid.UUID | None, uuid.UUID] = {}
        for index in indexes:
            wid, above = self._wid_of(index), self._parent_in_file(index, left)
            while above is not None and above not in shelf and above in self._current:
                above = self._current[above].parent
            if wid in shelf or self.keys[index] not in left:
                shelf.put(wid, parent=above, after=before.get(above))
                before[shelf.parent_of(wid)] = wid

    def _put_sheets(self, shelf: _Shelf, sheets: Sequence[Sheet]) -> None:
        """In the order of the working text; what the shelf has already stays where it is."""
        before: dict[uuid.UUID | None, uuid.UUID] = {}
        for sheet in sheets:
            above = sheet.parent
            while above is not None and above not in shelf and above in self._current:
                above = self._current[above].parent
            shelf.put(sheet.wid, parent=above, after=before.get(above))
            before[shelf.parent_of(sheet.wid)] = sheet.wid

    def _as_taken(self, index: int) -> Sheet:
        """The node's provision with the file's words, number and label where the file changed them."""
        wid = self._wid_of(index)
        current = self._current.get(wid)
        if current is None:
            return self._as_written(index, self._base.get(wid))
        base = self._base.get(wid, current)
        node = self.nodes[index]
        heading, text = self._words[wid].settled
        label = node.label.strip(_LABEL_END)
        is_renumbered = (node.number, label) != (base.number, base.label)
        return replace(
            current,
            heading=heading,
            text=text,
            number=node.number if is_renumbered else current.number,
            label=label if is_renumbered else current.label,
        )

    def _as_written(self, index: int, known: Sheet | None) -> Sheet:
        """A provision as the file has it; a known one, removed meanwhile, keeps its row."""
        node = self.nodes[index]
        return Sheet(
            pk=known.pk if known else 0,
            wid=self._wid_of(index),
            kind=str(node.kind),
            number=node.number,
            label=node.label.strip(_LABEL_END),
            heading=" ".join(clean(node.heading).split()),
            text=clean(node.text),
            parent=None,
        )


class _Shelf:
    """A tree in the making: children in order, found again by wid."""

    def __init__(self) -> None:
        self._children: dict[uuid.UUID | None, list[uuid.UUID]] = {None: []}
        self._parents: dict[uuid.UUID, uuid.UUID | None] = {}

    def __contains__(self, wid: uuid.UUID) -> bool:
        return wid in self._parents

    def parent_of(self, wid: uuid.UUID) -> uuid.UUID | None:
        return self._parents[wid]

    def put(self, wid: uuid.UUID, *, parent: uuid.UUID | None, after: uuid.UUID | None) -> None:
        """Under the parent, behind its sibling ``after`` where that stands there too, else in front of the others."""
        if wid in self._parents:
            return
        if parent not in self._parents:
            parent = None
        siblings = self._children.setdefault(parent, [])
        siblings.insert(siblings.index(after) + 1 if after in siblings else 0, wid)
        self._parents[wid] = parent

    def sheets(self, known: Mapping[uuid.UUID, Sheet]) -> Iterator[Sheet]:
        """In the order of the text, parents before children."""
        waiting = [iter(self._children[None])]
        while waiting:
            wid = next(waiting[-1], None)
            if wid is None:
                waiting.pop()
                continue
            yield replace(known[wid], parent=self._parents[wid])
            waiting.append(iter(self._children.get(wid, ())))


def closest(texts: Sequence[Text], nodes: Sequence[Node]) -> int:
    """Which of the texts the file was most likely made from: the first of those that have most of its provisions."""
    written = Counter((node.number, " ".join(node.heading.split()), clean(node.text)) for node in nodes)
    agreeing = [
        sum((written & Counter((sheet.number, sheet.heading, sheet.text) for sheet in text)).values()) for text in texts
    ]
    return agreeing.index(max(agreeing))


def _removal_key(wid: uuid.UUID) -> str:
    return f"old-{wid.hex}"


def _keys(nodes: Sequence[Node]) -> list[str]:
    """A name for each node that outlives a correction elsewhere in the file."""
    met: Counter[str] = Counter()
    keys = []
    for node in nodes:
        said = f"{node.kind}\0{node.number}\0{node.heading}\0{node.text}"
        name = f"{node.kind}-{node.number or 'x'}-{hashlib.sha256(said.encode()).hexdigest()[:10]}"
        met[name] += 1
        keys.append(name if met[name] == 1 else f"{name}-{met[name]}")
    return keys
