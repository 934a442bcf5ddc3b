"""A revision that met a newer version: the pieces of both, and what must be chosen. No Django here."""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[str, str]


@dataclass(frozen=True)
class Conflict:
    @classmethod
    def between(cls, *, base: Words, mine: Words, theirs: Words) -> Conflict:
        return cls()
