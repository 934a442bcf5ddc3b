"""A provision as it is read in a meeting: line by line, tables as tables, without what one does with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from comments.leaves import classes
from comments.marking import Segment
from comments.tables import cells
from drafts.outline import Line, LineKind, outline
from drafts.texts import HEADED, Sheet


@dataclass(frozen=True)
class Block:
    """One paragraph, or the rows of a table."""

    css: str = "plain"
    marker: str = ""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Page:
    """A provision and its blocks."""

    sheet: Sheet
    blocks: tuple[Block, ...]

    @property
    def is_heading(self) -> bool:
        return self.sheet.kind in HEADED and not self.blocks


def pages_of(sheets: Iterable[Sheet]) -> list[Page]:
    return [page_of(sheet) for sheet in sheets]


def page_of(sheet: Sheet) -> Page:
    lines = outline(sheet.text)
    blocks: list[Block] = []
    for is_table, group in groupby(zip(lines, classes(sheet, lines), strict=True), key=_is_table):
        if is_table:
            blocks.append(Block(rows=tuple(_cells(line) for line, _css in group)))
        else:
            blocks += [Block(css=css, marker=line.marker, text=line.text) for line, css in group]
    return Page(sheet, tuple(blocks))


def part_of(sheet: Sheet, clause: str) -> Sheet:
    """The provision with the lines of one clause alone ("khoản 2", its points too); whole when it has no such lines."""
    kept = [
        line.raw
        for line in outline(sheet.text)
        if clause and (line.label == clause or line.label.endswith(f" {clause}"))
    ]
    return replace(sheet, text="\n".join(kept)) if kept else sheet


def _is_table(pair: tuple[Line, str]) -> bool:
    return pair[0].kind is LineKind.TABLE


def _cells(line: Line) -> tuple[str, ...]:
    return tuple(cell.words for cell in cells([Segment(line.raw)]))
