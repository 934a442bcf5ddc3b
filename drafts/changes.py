"""What became of every provision from one text to another of the same document, matched by ``wid``. No Django.

A provision whose number alone changed is renumbered and one that stands elsewhere is moved: neither is ever a dropped
one and a new one. Articles that travel with their chapter are not moved, the chapter is.
"""

from __future__ import annotations

import re
import uuid
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter

from drafts.citations.resolving import Places
from drafts.outline import outline
from drafts.texts import Sheet, Text


class Fate(StrEnum):
    """What is said of a provision first; an amended one may have been moved and renumbered too."""

    KEPT = "kept"
    AMENDED = "amended"
    MOVED = "moved"
    CITED = "cited"  # nothing but numbers of citations differ, and they lead where they led
    RENUMBERED = "renumbered"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Change:
    """One provision on both sides, or on one: ``old`` is None for a new one, ``new`` for a dropped one.

    ``part_of``: the article most of a new one's words were taken out of, as it stood before, or most of a dropped one's
    went into, as it stands now.
    """

    old: Sheet | None
    new: Sheet | None
    is_moved: bool = False
    is_cited_anew: bool = False
    part_of: Sheet | None = None

    @property
    def sheet(self) -> Sheet:
        """As it stands in the newer text, or as it last stood."""
        sheet = self.new or self.old
        assert sheet is not None
        return sheet

    @property
    def is_amended(self) -> bool:
        """Heading or text differ."""
        return self._differs("heading", "text")

    @property
    def is_renumbered(self) -> bool:
        return self._differs("number", "label")

    @property
    def fate(self) -> Fate:
        if self.old is None:
            return Fate.NEW
        if self.new is None:
            return Fate.DROPPED
        if self.is_amended and not self.is_cited_anew:
            return Fate.AMENDED
        if self.is_moved:
            return Fate.MOVED
        if self.is_cited_anew:
            return Fate.CITED
        return Fate.RENUMBERED if self.is_renumbered else Fate.KEPT

    def _differs(self, *names: str) -> bool:
        if self.old is None or self.new is None:
            return False
        return any(getattr(self.old, name) != getattr(self.new, name) for name in names)


def changes(old: Text, new: Text) -> list[Change]:
    """Every provision of either text, in the order of the newer one; dropped ones behind what they followed."""
    before = old.by_wid()
    moved = _moved(old, new)
    dropped = _dropped_behind(old, kept={sheet.wid for sheet in new})
    found = list(dropped.get(None, ()))
    for sheet in new:
        found.append(Change(before.get(sheet.wid), sheet, is_moved=sheet.wid in moved))
        found += dropped.get(sheet.wid, ())
    return found


def told(old: Text, new: Text) -> list[Change]:
    """``changes``, set apart where nothing but numbers of citations differ, and with ``part_of`` where words went from
    one article to another."""
    before, after = Places(old), Places(new)
    found = [replace(c, is_cited_anew=True) if _is_cited_anew(c, before, after) else c for c in changes(old, new)]
    amended = [change for change in found if change.fate is Fate.AMENDED and change.sheet.kind == "article"]
    left = [(change.old, _words_only_in(change.old, change.new)) for change in amended]
    come = [(change.new, _words_only_in(change.new, change.old)) for change in amended]
    return [_with_whole(change, left if change.old is None else come) for change in found]


def counts(found: Iterable[Change]) -> Counter[Fate]:
    """How many there are of each fate: "12 amended, 2 new, 1 dropped, 3 moved"."""
    return Counter(change.fate for change in found)


def only_articles(found: Iterable[Change]) -> list[Change]:
    """The changes of articles and items, as people count them."""
    return [change for change in found if change.sheet.kind in ("article", "item")]


_NUMBER = re.compile(r"\d+|(?<!\w)(?:[IVXLC]+|này)(?!\w)")


def _is_cited_anew(change: Change, before: Places, after: Places) -> bool:
    old, new = change.old, change.new
    if old is None or new is None or not change.is_amended:
        return False
    return cite_the_same(old, new, before=before, after=after)


def cite_the_same(
    old: Sheet, new: Sheet, *, before: Places, after: Places, names: Mapping[uuid.UUID, uuid.UUID] | None = None
) -> bool:
    """Whether heading and text are alike but for the numbers of citations, which lead to the same places.

    ``names`` says which provision of the older text is which of the newer one, where they are not one by ``wid``.
    """
    fields = [field for field in ("heading", "text") if getattr(old, field) != getattr(new, field)]
    if any(_NUMBER.sub("#", getattr(old, field)) != _NUMBER.sub("#", getattr(new, field)) for field in fields):
        return False
    return all(before.identified(old, field, names) == after.identified(new, field) for field in fields)


def _words_only_in(sheet: Sheet | None, other: Sheet | None) -> Counter[str]:
    """The lines of one state of an article that the other state lacks."""
    return _lines(sheet) - _lines(other)


def _lines(sheet: Sheet | None) -> Counter[str]:
    """What the article says line by line: without markers and numbers, which a line may change on its way."""
    return Counter(_NUMBER.sub("#", line.text) for line in outline(sheet.text) if line.text) if sheet else Counter()


def _with_whole(change: Change, wholes: Iterable[tuple[Sheet | None, Counter[str]]]) -> Change:
    """An article that stands on one side only, with the one it was part of, or is now: more than half of its words."""
    if change.fate not in (Fate.NEW, Fate.DROPPED) or change.sheet.kind != "article":
        return change
    own = _lines(change.sheet)
    whole, shared = max(
        ((sheet, _length(own & words)) for sheet, words in wholes), key=itemgetter(1), default=(None, 0)
    )
    return replace(change, part_of=whole) if shared * 2 > _length(own) else change


def _length(lines: Counter[str]) -> int:
    return sum(len(line) * times for line, times in lines.items())


def _dropped_behind(old: Text, *, kept: set[uuid.UUID]) -> dict[uuid.UUID | None, list[Change]]:
    """Dropped provisions by the last kept one before them; None for those before all."""
    dropped: dict[uuid.UUID | None, list[Change]] = {}
    behind = None
    for sheet in old:
        if sheet.wid in kept:
            behind = sheet.wid
        else:
            dropped.setdefault(behind, []).append(Change(sheet, None))
    return dropped


def _moved(old: Text, new: Text) -> set[uuid.UUID]:
    """Provisions in both texts that stand under another parent, or out of the order of those beside them."""
    before = {sheet.wid: (place, sheet.parent) for place, sheet in enumerate(old)}
    moved: set[uuid.UUID] = set()
    beside: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    for sheet in new:
        if sheet.wid not in before:
            continue
        if before[sheet.wid][1] != sheet.parent:
            moved.add(sheet.wid)
        else:
            beside.setdefault(sheet.parent, []).append(sheet.wid)
    for wids in beside.values():
        places = [before[wid][0] for wid in wids]
        moved.update(wids[index] for index in out_of_order(places))
    return moved


def out_of_order(places: list[int]) -> Iterator[int]:
    """The fewest entries one must take out so that the others rise; of equal choices the later ones are kept."""
    ends: list[int] = []  # the smallest end of a rising row of each length
    lengths = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    wanted = len(ends) - 1
    limit = float("inf")
    for index in range(len(places) - 1, -1, -1):
        if lengths[index] == wanted and places[index] < limit:
            wanted, limit = wanted - 1, places[index]
        else:
            yield index
