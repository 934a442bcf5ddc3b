"""A revision that met a newer version: heading and text of both brought together. No Django here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafts.merging import Conflict, Merge, merge
from drafts.texts import clean

Words = tuple[str, str]
"""Heading and text."""


@dataclass(frozen=True)
class Reconciliation:
    """Three-way merges of the heading and of the text; their conflicts are numbered through, heading first."""

    heading: Merge
    text: Merge

    @classmethod
    def between(cls, *, base: Words, mine: Words, theirs: Words) -> Reconciliation:
        my_heading, my_text = " ".join(clean(mine[0]).split()), clean(mine[1])
        return cls(
            heading=merge(base[0], mine=my_heading, theirs=theirs[0]),
            text=merge(base[1], mine=my_text, theirs=theirs[1]),
        )

    @property
    def questions(self) -> tuple[Conflict, ...]:
        return self.heading.conflicts + self.text.conflicts

    def merged(self, choices: Sequence[str]) -> Words:
        """Heading and text with one choice ("mine", "theirs", "both", "base") for each question, in order."""
        in_heading = len(self.heading.conflicts)
        return self.heading.text_with(choices[:in_heading]), self.text.text_with(choices[in_heading:])
