"""Rows of tables as the text writes them ("| a | < |") and as Word has them: cells that reach over columns and rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

MAX_COLUMNS = 60


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
