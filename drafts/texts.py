"""A whole text at one moment, as plain values: the working text or an edition, read the same way."""

from __future__ import annotations

import hashlib
import json
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEADED = ("part", "chapter", "section", "subsection", "appendix")
COMMENTABLE = ("preamble", "article", "item", "appendix")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One provision as it stands in a text. ``parent`` is the parent's ``wid``; ``pk`` names the living row."""

    pk: int
    wid: uuid.UUID
    kind: str
    number: str
    label: str
    heading: str
    text: str
    parent: uuid.UUID | None

    @property
    def title(self) -> str:
        """``Điều 5. Tên điều``; for what has no number, its heading or nothing."""
        return ". ".join(part for part in (self.label, self.heading) if part)

    @property
    def anchor(self) -> str:
        """The id of the place on the page: ``dieu-12`` for articles, the wid for everything else."""
        return f"dieu-{self.number}" if self.kind == "article" and self.number else f"muc-{self.wid}"


@dataclass(frozen=True)
class Text:
    """All sheets of a text in their order."""

    title: str
    sheets: tuple[Sheet, ...]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)

    def articles(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.kind in ("article", "item")]

    def by_wid(self) -> dict[uuid.UUID, Sheet]:
        return {sheet.wid: sheet for sheet in self.sheets}

    def find(self, wid: uuid.UUID) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.wid == wid), None)

    def article(self, number: str) -> Sheet | None:
        """The article with that number: the door for deep links, never an identity."""
        return next((sheet for sheet in self.sheets if sheet.kind == "article" and sheet.number == number), None)


def fingerprint(title: str, sheets: Iterable[Sheet]) -> str:
    """SHA-256 over everything a reader of the text can see, in its order."""
    body = [[str(s.wid), s.kind, s.number, s.label, s.heading, s.text, str(s.parent or "")] for s in sheets]
    return hashlib.sha256(json.dumps([title, body], ensure_ascii=False).encode()).hexdigest()


def clean(text: str) -> str:
    """How text is stored: NFC, one paragraph a line, no blank lines, no blanks at the ends."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def typed(text: str) -> str:
    """What a person typed: NFC, one kind of line end, no blanks at the ends. Their blank lines stay."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
