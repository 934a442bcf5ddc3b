"""The text of a Word paragraph in the making: runs with their fonts, and what hangs between their letters."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from drafts.importing import legacy, symbols
from drafts.importing.decoding import Conversions
from drafts.importing.legacy import Encoding
from drafts.importing.styles import NO_SHAPE, Shape


class Border(NamedTuple):
    """Where the words of a margin comment begin or end: an offset in the text."""

    offset: int
    identity: str
    begins: bool


class Piece(NamedTuple):
    """Letters of one look; a border has no letters."""

    text: str
    shape: Shape
    border: tuple[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The letters in Unicode, how many at the beginning are bold, and the borders of comments among them."""

    text: str
    bold: int
    borders: tuple[Border, ...]


@dataclass(slots=True)
class RunningText:
    """Collects the pieces of a paragraph, with its notes and text boxes."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    level: int = 0
    wid: str = ""

    def has_letters(self) -> bool:
        return any(piece.text.strip() for piece in self.pieces)

    def add(self, text: str, shape: Shape = NO_SHAPE) -> None:
        self.pieces.append(Piece(text, shape))

    def mark(self, identity: str, *, begins: bool) -> None:
        self.pieces.append(Piece("", NO_SHAPE, (identity, begins)))

    def written(self, conversions: Conversions) -> Written:
        """Put the pieces together, each legacy one converted with its neighbours of the same font."""
        parts: list[str] = []
        borders: list[Border] = []
        before: list[str] = []
        length = bold = 0
        is_bold, encoding_met = True, None
        for text, shape, border in _joined(self.pieces):
            if border is not None:
                borders.append(Border(length, *border))
                continue
            converted, encoding = _in_unicode(text, shape.font)
            encoding_met = encoding or encoding_met
            before.append(text)
            parts.append(converted)
            length += len(converted)
            is_bold = is_bold and (bool(shape.bold) or not converted.strip())
            if is_bold and shape.bold:
                bold = length
        written = "".join(parts)
        if encoding_met is not None:
            conversions.add(encoding_met, before="".join(before), after=written)
        return Written(written, bold, tuple(borders))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one look as one piece: a letter and its VNI mark may stand in two runs."""
    waiting: Piece | None = None
    for piece in pieces:
        if piece.border is None and not piece.text:
            continue
        if waiting is not None and piece.border is None and waiting.border is None and piece.shape == waiting.shape:
            waiting = Piece(waiting.text + piece.text, piece.shape)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def _in_unicode(text: str, font: str | None) -> tuple[str, Encoding | None]:
    """The letters as their font shows them, and the encoding when that changed something."""
    if font is None or (text.isascii() and not font.casefold().endswith("h")):
        return text, None
    if symbols.is_picture_font(font):
        return symbols.as_unicode(text, font), None
    encoding = _encoding_of_font(font)
    if encoding is None or legacy.is_unicode(text):
        return text, None
    converted = legacy.to_unicode(symbols.low_bytes(text), encoding)
    return converted, None if converted == text else encoding


@lru_cache(maxsize=200)
def _encoding_of_font(font: str) -> Encoding | None:
    return legacy.of_font(font)
