"""Where a comment stands in another text than the one it was read in, and what became of its words since."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import lru_cache

from comments.anchoring import Anchor, Fate, Placement, State, follow_through, make_anchor
from drafts.outline import outline
from drafts.texts import Sheet


@dataclass(frozen=True, slots=True)
class Remark:
    """What is needed to place a comment and to count it. Where a person placed it anew, that is where it begins."""

    pk: int
    author: int
    key: uuid.UUID
    provision: int | None
    edition: int
    anchor: Anchor
    clause: str
    has_left: bool = False
    """A person found that its words are no longer in the text."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a comment stands in the text shown: ``sheet`` is None where its article is gone and its words too.

    ``fate`` is None on the very edition it was read in; ``origin`` is what its article was called there.
    """

    sheet: Sheet | None
    fate: Fate | None
    placement: Placement | None
    origin: Sheet | None


def fate_of(anchor: Anchor, *, clause: str, texts: tuple[str, ...]) -> Fate:
    """What became of a comment's words, or of its clause or article where it quotes none, from text to text."""
    if len(texts) == 1:
        start = _only_place(anchor, texts[0])
        if start is not None:
            return Fate(State.UNCHANGED, Placement(start, start + len(anchor.quote)))
    return _followed(anchor, clause=clause, texts=texts)


@lru_cache(maxsize=65_536)
def _followed(anchor: Anchor, *, clause: str, texts: tuple[str, ...]) -> Fate:
    """Knows nothing of persons, and neither anchors nor editions ever change: what was found stays true."""
    if not anchor.quote:
        found = anchor_of_clause(texts[0], clause) if clause else None
        if found is None:
            return Fate(State.UNCHANGED if texts[0] == texts[-1] else State.CHANGED)
        anchor = found
    return follow_through(anchor, texts if len(texts) > 1 else texts * 2)


def _only_place(anchor: Anchor, text: str) -> int | None:
    """Where the words stand, letter by letter, when they or they with the words around them stand there once."""
    for before, words in (("", anchor.quote), (anchor.prefix, anchor.prefix + anchor.quote + anchor.suffix)):
        start = text.find(words) if words else -1
        if start >= 0 and text.find(words, start + 1) < 0:
            return start + len(before)
    return None


def anchor_of_clause(text: str, clause: str) -> Anchor | None:
    """The line of a clause or point ("điểm a khoản 1") as words to follow; None where the text has no such place."""
    line = next((line for line in outline(text) if line.label == clause), None)
    if line is None or not line.raw.strip():
        return None
    return make_anchor(text, line.offset, line.offset + len(line.raw))
