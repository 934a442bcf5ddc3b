"""What checks read and what they say."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from drafts.citations import Found, Places
from drafts.outline import Line, LineKind, outline
from drafts.texts import Sheet, Text


class Kind(StrEnum):
    CITATION = "citation"
    NUMBERING = "numbering"
    HEADING = "heading"
    GAP = "gap"
    DUPLICATE = "duplicate"
    TERM = "term"
    ABBREVIATION = "abbreviation"
    SENTENCE = "sentence"
    PUNCTUATION = "punctuation"
    SLIP = "slip"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of a provision's heading or text; ``label`` is the clause they stand in, as one cites it."""

    wid: uuid.UUID
    field: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. ``message`` and ``suggestion`` are English msgids with %(name)s places for ``params``.

    ``replacement``, where given, may be put in the place without a second thought. ``other`` is a second place the
    message speaks of.
    """

    kind: Kind
    place: Place
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    suggestion: str = ""
    replacement: str | None = None
    other: Place | None = None

    @property
    def key(self) -> str:
        """Names the finding in one state of the text."""
        return f"{self.kind}-{self.place.wid}-{self.place.field}-{self.place.start}-{self.place.end}"


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of an article."""

    sheet: Sheet
    at: int
    line: Line

    @property
    def start(self) -> int:
        return self.line.offset

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Characters of the line, counted from its beginning."""
        end = len(self.line.raw) if end is None else end
        return Place(self.sheet.wid, "text", self.start + start, self.start + end, self.line.label)


class Draft:
    """A text with its lines read once for all checks."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.by_wid = text.by_wid()

    @cached_property
    def passages(self) -> list[Passage]:
        """The lines of all articles and items; tables and footnotes left out."""
        return [
            Passage(sheet, at, line)
            for sheet in self.text.articles()
            for at, line in enumerate(outline(sheet.text))
            if line.kind not in (LineKind.TABLE, LineKind.NOTE) and line.raw.strip()
        ]

    @cached_property
    def citations(self) -> list[Found]:
        """All citations of this text, with what they lead to."""
        return list(Places(self.text).found())

    def excerpt(self, place: Place) -> str:
        return str(getattr(self.by_wid[place.wid], place.field))[place.start : place.end]
