"""Rows of tables as the text writes them ("| a | < |") and as Word has them: cells that reach over columns and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from drafts.wording import Span

MAX_COLUMNS = 60
_BETWEEN = " │ "
_NOTATION = re.compile(r"\\(?P<escaped>.)|(?P<bar>(?:\s*\|\s*[<^])*\s*\|\s*)")


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` may hold line ends. `span` counts columns; a cell that `continues` belongs to the one above it."""

    text: str
    span: int = 1
    continues: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]

    @property
    def width(self) -> int:
        return sum(cell.span for cell in self.cells)

    @property
    def columns(self) -> list[int]:
        """The column each cell begins in."""
        return list(accumulate((cell.span for cell in self.cells), initial=0))[:-1]


def is_row(line: str) -> bool:
    """The rule of `drafts.outline`, for tables Word can hold."""
    if len(line) < 2 or not line.startswith("|") or not line.endswith("|"):
        return False
    return not line.endswith("\\|") and line.count("|") <= MAX_COLUMNS


def parse_row(line: str) -> Row:
    """A row by itself; whether a cell has others below that continue it is not known yet (`parse_rows`)."""
    cells: list[Cell] = []
    for raw in _split(line.strip()[1:-1]):
        if raw == "<" and cells:
            last = cells[-1]
            cells[-1] = Cell(last.text, last.span + 1, last.continues)
        elif raw == "^":
            cells.append(Cell("", 1, continues=True))
        else:
            cells.append(Cell(_unescaped(raw)))
    return Row(tuple(cells))


def parse_rows(lines: Iterable[str]) -> list[Row]:
    return with_beginnings([parse_row(line) for line in lines])


def with_beginnings(rows: list[Row]) -> list[Row]:
    """The rows, with cells marked that are continued in the row below."""
    marked = []
    for row, below in zip(rows, [*rows[1:], Row(())], strict=True):
        continued = {column for column, cell in zip(below.columns, below.cells, strict=True) if cell.continues}
        cells = [
            Cell(cell.text, cell.span, cell.continues, begins=column in continued and not cell.continues)
            for column, cell in zip(row.columns, row.cells, strict=True)
        ]
        marked.append(Row(tuple(cells)))
    return marked


def written(row: Row) -> str:
    """The row in the notation, each cell set off by one blank."""
    cells: list[str] = []
    for cell in row.cells:
        cells += ["^" if cell.continues else _escaped(cell.text), *["<"] * (cell.span - 1)]
    return " ".join(f"| {' | '.join(cells)} |".split(" "))


def side_by_side(spans: Sequence[Span]) -> list[Span]:
    """The spans of a row without the notation, for where a table has no room: cells beside each other, a bar between
    them, what differs still marked. Other lines as they are."""
    text = "".join(span.text for span in spans)
    if not is_row(text):
        return list(spans)
    owners = [span for span in spans for _ in span.text]
    pieces: list[Span] = []
    at = 0
    for match in [*_NOTATION.finditer(text), None]:
        start = match.start() if match else len(text)
        pieces += [Span(owners[place].kind, text[place]) for place in range(at, start)]
        if match is None:
            break
        at = match.end()
        if match["bar"] is None:
            pieces.append(Span(owners[start].kind, " " if match["escaped"] == "n" else match["escaped"]))
        elif start > 0 and at < len(text):
            pieces.append(Span(owners[start].kind, _BETWEEN))
    return [Span(kind, "".join(piece.text for piece in run)) for kind, run in groupby(pieces, key=lambda one: one.kind)]


def canonical(line: str) -> str:
    """The same row with its blanks as an import sets them; other lines as they are."""
    return " ".join(written(parse_row(line)).split()) if is_row(line) else line


def _split(inner: str) -> list[str]:
    cells = [""]
    escaped = False
    for character in inner:
        if character == "|" and not escaped:
            cells.append("")
            continue
        cells[-1] += character
        escaped = character == "\\" and not escaped
    return [cell.strip() for cell in cells]


def _unescaped(raw: str) -> str:
    text, escaped = "", False
    for character in raw:
        if escaped:
            text += "\n" if character == "n" else character
            escaped = False
        elif character == "\\":
            escaped = True
        else:
            text += character
    return text + ("\\" if escaped else "")


def _escaped(text: str) -> str:
    if text in ("<", "^"):
        return f"\\{text}"
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")
