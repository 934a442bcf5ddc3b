"""Follow the words of a comment through the texts of a whole document, into another article where they went there.

An article split, merged or cut takes words to another place. They are found there only when the text says so
without doubt: they are gone from where they stood, stand in one other article where they did not stand before, and the
words around came along. Everything else is left to a person.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from comments.anchoring import (
    LEAST_LEAD,
    LEAST_SUPPORT,
    Anchor,
    Fate,
    Placement,
    State,
    aligned,
    around,
    likeness,
    locate,
    look_alikes,
    words_of,
)

# So many words, its own and those around, must have come along to prove a move.
_LEAST_TOGETHER = 8

Key = TypeVar("Key", bound=Hashable)
"""What an article is for ever."""


@dataclass(frozen=True)
class Trace(Generic[Key]):
    """What became of the words, and in which article they stand or stood last."""

    article: Key
    fate: Fate


def trace(anchor: Anchor, *, article: Key, texts: Sequence[Mapping[Key, str]]) -> Trace[Key]:
    """What became of words of an article of the first text in the last, step by step through those between."""
    placement = locate(anchor, texts[0].get(article, ""))
    if placement is None:
        return Trace(article, Fate(State.UNCERTAIN))
    changed = False
    for old, new in pairwise(texts):
        fate = _step(old, new, article, placement)
        if fate.placement is None:
            moved = _elsewhere(old, new, article, placement)
            if moved is None:
                return Trace(article, fate)
            article, placement = moved
        else:
            placement = fate.placement
            changed = changed or fate.state is State.CHANGED
    return Trace(article, Fate(State.CHANGED if changed else State.UNCHANGED, placement))


def _step(old: Mapping[Key, str], new: Mapping[Key, str], article: Key, placement: Placement) -> Fate:
    if article not in new:
        return Fate(State.REMOVED)
    if old[article] == new[article]:
        return Fate(State.UNCHANGED, placement)
    return aligned(old[article], new[article]).fate_of(placement)


def _elsewhere(
    old: Mapping[Key, str], new: Mapping[Key, str], article: Key, placement: Placement
) -> tuple[Key, Placement] | None:
    """The one other article the words were taken to, or None."""
    home = words_of(old[article])
    quoted = [place for place, word in enumerate(home) if word.end > placement.start and word.start < placement.end]
    home_words = [word.text for word in home]
    wanted = home_words[quoted[0] : quoted[-1] + 1]
    if article in new and _stands(wanted, [word.text for word in words_of(new[article])]):
        return None
    context = around(home_words, range(quoted[0], quoted[-1] + 1))
    found = sorted(_arrivals(wanted, context, old, new, but=article), key=lambda arrival: -arrival[0])
    if not found:
        return None
    support, target, start, end = found[0]
    needed = max(LEAST_SUPPORT, _LEAST_TOGETHER - len(wanted))
    rivals = [other[0] for other in found[1:]]
    there = words_of(new[target])
    arrived = around([word.text for word in there], range(start, end))
    rivals += _other_sources(wanted, arrived, old, but=(article, quoted[0]))
    if support < needed or any(support < rival + LEAST_LEAD for rival in rivals):
        return None
    shift_start = placement.start - home[quoted[0]].start
    shift_end = placement.end - home[quoted[-1]].end
    return target, Placement(there[start].start + shift_start, there[end - 1].end + shift_end)


def _arrivals(
    wanted: list[str], context: tuple[list[str], list[str]], old: Mapping[Key, str], new: Mapping[Key, str], *, but: Key
) -> Iterator[tuple[int, Key, int, int]]:
    """Places in other articles where the words stand and did not before: support, article, first and last word."""
    for target, text in new.items():
        before = old.get(target, "")
        if target == but or text == before:
            continue
        words = [word.text for word in words_of(text)]
        places = list(_places(wanted, words))
        if not places or _stands(wanted, [word.text for word in words_of(before)]):
            continue
        for start in places:
            end = start + len(wanted)
            yield likeness(context, around(words, range(start, end))), target, start, end


def _other_sources(
    wanted: list[str], arrived: tuple[list[str], list[str]], old: Mapping[Key, str], *, but: tuple[Key, int]
) -> Iterator[int]:
    """How well the words around the new place fit other places of the old text the same words may have come from."""
    for source, text in old.items():
        words = [word.text for word in words_of(text)]
        for start in _places(wanted, words):
            if (source, start) != but:
                yield likeness(arrived, around(words, range(start, start + len(wanted))))


def _places(wanted: list[str], words: list[str]) -> Iterator[int]:
    yield from (place.start for place in look_alikes(wanted, words, range(-1, -1)))


def _stands(wanted: list[str], words: list[str]) -> bool:
    return any(True for _ in _places(wanted, words))
