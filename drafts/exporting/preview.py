"""The first page of a paper as a picture: where its lines stand and how they are set, in millimetres.

An impression for the person who arranges the layout, not a typesetter: widths of letters are estimated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafts.exporting.furniture import Facts, furnished
from drafts.exporting.layout import Layout
from drafts.exporting.notes import NoteBook
from drafts.exporting.passages import Passage, clean_passages
from drafts.exporting.styles import Look, looks, rule_length
from drafts.exporting.writing import LEFT_COLUMN, PAGE_WIDTH
from drafts.texts import Text

PAGE_HEIGHT = 297.0
_POINT = 25.4 / 72
_NARROW = 0.46  # of the size of the type: the mean width of a letter of Times
_WIDE = 0.64  # and of a capital


@dataclass(frozen=True, slots=True)
class Line:
    """`x` is the left edge, the middle or the right edge, as `anchor` says (start, middle, end); `y` the base line.

    `length` is what the letters take in Times: drawn in that width, a wider type does not run off the page.
    """

    x: float
    y: float
    text: str
    size: float
    anchor: str = "start"
    weight: str = "normal"
    slant: str = "normal"
    decoration: str = "none"
    length: float = 0


@dataclass(frozen=True, slots=True)
class Picture:
    lines: tuple[Line, ...]
    left: float
    top: float
    width: float
    height: float
    rules: tuple[tuple[float, float, float], ...] = ()


def first_page(text: Text, *, facts: Facts, layout: Layout) -> Picture:
    """The lines of the first page."""
    passages = furnished(list(clean_passages(text, NoteBook())), text=text, facts=facts, layout=layout)
    setter = _Setter(layout)
    for is_columns, group in _blocks(passages):
        if is_columns:
            setter.columns(group)
        else:
            setter.paragraph(group[0])
    bottom = PAGE_HEIGHT - layout.bottom
    return Picture(
        tuple(line for line in setter.lines if line.y <= bottom),
        layout.left,
        layout.top,
        max(PAGE_WIDTH - layout.left - layout.right, 1),
        max(bottom - layout.top, 1),
        tuple(rule for rule in setter.rules if rule[1] <= bottom),
    )


def _blocks(passages: list[Passage]) -> Iterator[tuple[bool, list[Passage]]]:
    group: list[Passage] = []
    kind = ""
    for passage in passages:
        now = "head" if passage.role.is_head else "end" if passage.role.is_end else ""
        if group and now != kind:
            yield True, group
            group = []
        kind = now
        if now:
            group.append(passage)
        else:
            yield False, [passage]
    if group:
        yield True, group


class _Setter:
    def __init__(self, layout: Layout) -> None:
        self.lines: list[Line] = []
        self.rules: list[tuple[float, float, float]] = []
        self._layout = layout
        self._looks = looks(layout)
        self._y = layout.top
        self._width = max(PAGE_WIDTH - layout.left - layout.right, 20)

    def paragraph(self, passage: Passage) -> None:
        look = self._looks[passage.role]
        self._y = self._set(passage, look, self._layout.left, self._width, self._y)

    def columns(self, passages: list[Passage]) -> None:
        left = self._width * LEFT_COLUMN
        ends = []
        for is_right in (False, True):
            x, width = (self._layout.left + left, self._width - left) if is_right else (self._layout.left, left)
            y = self._y
            for passage in passages:
                if passage.role.is_right is is_right and not passage.is_hidden:
                    y = self._set(passage, self._looks[passage.role], x, width, y)
            ends.append(y)
        self._y = max(ends)

    def _set(self, passage: Passage, look: Look, x: float, width: float, y: float) -> float:
        size = look.size or self._layout.body_size
        height = size * 1.15 * _POINT
        if look.indent:
            exact = self._layout.line_points
            height = (exact or size * 1.15 * self._layout.line_multiple) * _POINT
        y += look.before * _POINT
        if look.rule:
            length = min(rule_length(self._layout), width)
            self.rules.append((x + (width - length) / 2, y, max(length, 2)))
            return y + height
        first = self._layout.first_line if look.indent else 0
        words = passage.new.upper() if look.caps else passage.new
        style = Line(0, 0, "", size * _POINT, weight="bold" if look.bold else "normal")
        style = replace(style, slant="italic" if look.italic else "normal")
        style = replace(style, decoration="underline" if look.underline else "none")
        for place, line in enumerate(_broken(words, size, width, first)):
            y += height
            shift = first if place == 0 else 0
            at, anchor = (x + width / 2, "middle") if look.align == "center" else (x + shift, "start")
            length, base = round(_length(line, size), 1), round(y - height * 0.22, 1)
            self.lines.append(replace(style, x=round(at, 1), y=base, text=line, anchor=anchor, length=length))
        return y + look.after * _POINT


def _broken(words: str, size: float, width: float, first: float) -> list[str]:
    lines, line = [], ""
    room = width - first
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if line and _length(longer, size) > room:
            lines.append(line)
            line, room = word, width
        else:
            line = longer
    return [*lines, line]


def _length(words: str, size: float) -> float:
    wide = sum(letter.isupper() for letter in words)
    return (wide * _WIDE + (len(words) - wide) * _NARROW) * size * _POINT
