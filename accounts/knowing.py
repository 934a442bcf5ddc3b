"""Who may know of what: each app registers the gate of its kind of things; ``accounts`` asks without knowing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection

Gate = Callable[[Collection[int], Collection[int]], set[tuple[int, int]]]
"""From numbers of things and of people to the pairs (thing, person) that may know of each other."""

_gates: dict[str, Gate] = {}


def register_gate(name: str, gate: Gate) -> None:
    """Who may know of things called "name:12"."""
    _gates[name] = gate


def may_know(abouts: Collection[str], people: Collection[int]) -> set[tuple[str, int]]:
    """The pairs ("draft:12", person) that may know of each other, as things stand. The gate's queries for each kind."""
    by_gate: dict[str, set[int]] = defaultdict(set)
    for about in abouts:
        name, _colon, number = about.partition(":")
        if name in _gates and number.isdecimal():
            by_gate[name].add(int(number))
    return {
        (f"{name}:{thing}", person)
        for name, things in by_gate.items()
        for thing, person in _gates[name](things, people)
    }
