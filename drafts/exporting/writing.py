"""Passages → the body of a Word file: paragraphs, tables, columns, tracked changes, notes, comments."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby

from drafts.exporting.arranging import is_loud
from drafts.exporting.layout import Layout
from drafts.exporting.markup import attribute, run, twips, words
from drafts.exporting.notes import CHARACTERS, Coded, NoteBook
from drafts.exporting.passages import Passage
from drafts.exporting.remarks import Remark, numbers, stamp
from drafts.exporting.roles import Role
from drafts.exporting.styles import ADDED, BARE_TABLE, COLUMNS, TABLE, Look, looks
from drafts.exporting.tables import Cell, Row, parse_row, with_beginnings
from drafts.importing.returning import BOOKMARK, LINE_BOOKMARK
from drafts.wording import Kind, Span, difference, new_side, old_side

PAGE_WIDTH = 210.0
# "Số -QC/TU" of a text whose number is still to come gets room to write it; one blank comes back from it.
_NO_NUMBER_YET, _ROOM = re.compile(r"(?<=Số|ố:) (?=[-/])"), " " * 6
LEFT_COLUMN = 0.42  # of the width: the State's name fits into the rest
_TRACKS = {
    (Kind.INSERTED, False): "ins",
    (Kind.DELETED, False): "del",
    (Kind.INSERTED, True): "moveTo",
    (Kind.DELETED, True): "moveFrom",
}


@dataclass(slots=True)
class _Pins:
    """Where comments begin and end in one passage: (place in its new side, comment numbers)."""

    begins: list[tuple[int, list[int]]] = field(default_factory=list)
    ends: list[tuple[int, list[int]]] = field(default_factory=list)

    def places(self) -> set[int]:
        return {place for place, _ in self.begins + self.ends}


class Writer:
    """Writes one body; afterwards `footnotes` and `endnotes` hold the notes in the order of their numbers."""

    def __init__(
        self,
        *,
        layout: Layout,
        book: NoteBook,
        by: str = "",
        at: dt.datetime | None = None,
        remarks: Sequence[Remark] = (),
        codes: Mapping[uuid.UUID, Coded] | None = None,
        page_width: float = PAGE_WIDTH,
    ) -> None:
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self._layout = layout
        self._looks = looks(layout)
        self._book = book
        self._remarks = remarks
        self._codes = codes or {}
        self._who = f'w:author={attribute(by)} w:date="{stamp(at)}"' if at else ""
        self._identities = count(sum(1 + len(remark.replies) for remark in remarks) + 1)
        self._lines = count(1)
        self._pins: dict[int, _Pins] = {}
        self._page_width = page_width

    def write(self, passages: Sequence[Passage]) -> str:
        self._pins = self._pinned(passages)
        parts: list[str] = []
        was_table = False
        for zone, group in _zones(passages):
            places = list(group)
            is_table = zone != "paragraph"
            if is_table and was_table:
                parts.append(self.gap())
            match zone:
                case "columns":
                    parts.append(self._columns(passages, places))
                case "table":
                    parts.append(self._table(passages, places))
                case _:
                    parts += self._paragraphs(passages, places)
            was_table = is_table
        if was_table:
            parts.append(self.gap())
        return "".join(parts)

    # Paragraphs

    def _paragraphs(self, passages: Sequence[Passage], places: Sequence[int]) -> Iterator[str]:
        for move, group in groupby(places, key=lambda place: (passages[place].moved, passages[place].state)):
            name, state = move
            paragraphs = "".join(self._paragraph(passages[place], self._pins.get(place)) for place in group)
            yield self._move(name, state, paragraphs) if name else paragraphs

    def _move(self, name: str, state: Kind, paragraphs: str) -> str:
        tag = _TRACKS[state, True]
        number = next(self._identities)
        return (
            f'<w:{tag}RangeStart w:id="{number}" {self._who} w:name="{name}"/>'
            f'{paragraphs}<w:{tag}RangeEnd w:id="{number}"/>'
        )

    def _paragraph(self, passage: Passage, pins: _Pins | None, *, marks: str = "") -> str:
        look = self._looks[passage.role]
        runs = self._runs(passage, look, pins or _Pins())
        properties = self._properties(passage, look)
        return f"<w:p><w:pPr>{properties}</w:pPr>{marks}{self._begin(passage.wid)}{runs}</w:p>"

    def _properties(self, passage: Passage, look: Look) -> str:
        style = ADDED if passage.is_added else look.style
        column = round(self._width() * (1 - LEFT_COLUMN))
        direct = look.paragraph_properties(self._layout, column=column) if passage.is_added else ""
        mark = ""
        if passage.state is not Kind.SAME:
            mark = f"<w:rPr>{self._tracked(passage.state, bool(passage.moved))}</w:rPr>"
        elif passage.is_hidden:
            mark = "<w:rPr><w:vanish/></w:rPr>"
        return f'<w:pStyle w:val="{style}"/>{direct}{mark}'

    def _tracked(self, state: Kind, is_move: bool = False, *, tag: str = "") -> str:
        return f'<w:{tag or _TRACKS[state, is_move]} w:id="{next(self._identities)}" {self._who}/>'

    def _begin(self, wid: uuid.UUID | None) -> str:
        return self._bookmark(f"{BOOKMARK}{wid.hex}") if wid else ""

    def _bookmark(self, name: str) -> str:
        number = next(self._identities)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'

    def gap(self) -> str:
        """A low empty paragraph, which a table needs behind it."""
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{ADDED}"/><w:spacing w:before="0" w:after="0" w:line="120" '
            'w:lineRule="exact"/></w:pPr></w:p>'
        )

    # Runs

    def _runs(self, passage: Passage, look: Look, pins: _Pins) -> str:
        parts: list[str] = []
        place = 0
        begins, ends = sorted(pins.begins), sorted(pins.ends)
        cuts = sorted(pins.places() | ({passage.label} if passage.label else set()))
        for span in passage.spans:
            if span.kind is Kind.DELETED:
                is_label = span.is_number or place < passage.label
                parts.append(self._piece(span.text, span.kind, passage, look, is_label=is_label))
                continue
            start, end = place, place + len(span.text)
            for piece_end in [*(cut for cut in cuts if start < cut < end), end]:
                parts += _taken(begins, place, _opened)
                piece = span.text[place - start : piece_end - start]
                parts.append(self._piece(piece, span.kind, passage, look, is_label=place < passage.label))
                place = piece_end
                parts += _taken(ends, place, _closed)
        parts += _taken(begins, place + 1, _opened)
        parts += _taken(ends, place + len(passage.spans) + 10**9, _closed)
        return "".join(parts)

    def _piece(self, text: str, kind: Kind, passage: Passage, look: Look, *, is_label: bool) -> str:
        if passage.role is Role.NUMBER:
            text = _NO_NUMBER_YET.sub(_ROOM, text)
        properties = look.run_properties(self._layout) if passage.is_added else ""
        if passage.is_hidden:
            properties = "<w:vanish/>"
        elif is_label and not passage.is_added and passage.role in (Role.TEXT, Role.BARE_ROW):
            properties = "<w:b/><w:bCs/>"
        runs = self._text_runs(text, properties, deleted=kind is Kind.DELETED and not passage.moved)
        if kind is Kind.SAME or not runs:
            return runs
        tag = _TRACKS[kind, bool(passage.moved)]
        return f'<w:{tag} w:id="{next(self._identities)}" {self._who}>{runs}</w:{tag}>'

    def _text_runs(self, text: str, properties: str, *, deleted: bool) -> str:
        parts, at = [], 0
        for match in CHARACTERS.finditer(text):
            if match.start() > at:
                parts.append(run(words(text[at : match.start()], deleted=deleted), properties))
            parts.append(self._note(match[0]))
            at = match.end()
        if at < len(text):
            parts.append(run(words(text[at:], deleted=deleted), properties))
        return "".join(parts)

    def _note(self, character: str) -> str:
        note = self._book.note(character)
        notes, name = (self.endnotes, "endnote") if note.is_endnote else (self.footnotes, "footnote")
        notes.append(note.text)
        style = f'<w:rStyle w:val="{name.capitalize()}Reference"/>'
        return run(f'<w:{name}Reference w:id="{len(notes)}"/>', style)

    # Columns and tables

    def _columns(self, passages: Sequence[Passage], places: Sequence[int]) -> str:
        """Lines side by side; a bookmark on each line of the text keeps its place in the text."""
        left = self._column(passages, [place for place in places if not passages[place].role.is_right])
        right = self._column(passages, [place for place in places if passages[place].role.is_right])
        width = self._width()
        widths = (round(width * LEFT_COLUMN), width - round(width * LEFT_COLUMN))
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
            for wide, content in zip(widths, (left, right), strict=True)
        )
        grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{COLUMNS}"/><w:tblW w:w="{width}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
        )

    def _column(self, passages: Sequence[Passage], places: Sequence[int]) -> str:
        lines = []
        for place in places:
            passage = passages[place]
            marks = "" if passage.is_added else self._bookmark(f"{LINE_BOOKMARK}{place + 1}")
            lines.append(self._paragraph(passage, self._pins.get(place), marks=marks))
        if not places or passages[places[-1]].state is not Kind.SAME:
            lines.append(self.gap())
        return "".join(lines)

    def _table(self, passages: Sequence[Passage], places: Sequence[int]) -> str:
        group = [passages[place] for place in places]
        rows = with_beginnings([parse_row(_either_side(passage)) for passage in group])
        columns = max(row.width for row in rows)
        width = self._width()
        widths = _widths(rows, columns, width)
        body = "".join(
            self._row(passage, row, widths, self._pins.get(place))
            for place, passage, row in zip(places, group, rows, strict=True)
        )
        style = TABLE if group[0].role is Role.ROW else BARE_TABLE
        grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
        return (
            f'{self._begin(group[0].wid)}<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" '
            f'w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
        )

    def _row(self, passage: Passage, row: Row, widths: Sequence[int], pins: _Pins | None) -> str:
        missing = len(widths) - row.width
        properties = f'<w:gridAfter w:val="{missing}"/>' if missing else ""
        properties += "<w:cantSplit/>"
        if passage.state is not Kind.SAME:
            properties += self._tracked(passage.state, tag=_TRACKS[passage.state, False])
        olds = parse_row(old_side(passage.spans)).cells if passage.state is Kind.SAME else row.cells
        cells = []
        for at, (cell, column, old) in enumerate(zip(row.cells, row.columns, olds, strict=True)):
            wide = sum(widths[column : column + cell.span])
            cells.append(self._cell(passage, cell, old, wide, pins if at == 0 else None))
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, passage: Passage, cell: Cell, old: Cell, wide: int, pins: _Pins | None) -> str:
        properties = f'<w:tcW w:w="{wide}" w:type="dxa"/>'
        properties += f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        if cell.begins or cell.continues:
            properties += '<w:vMerge w:val="restart"/>' if cell.begins else "<w:vMerge/>"
        lines = cell.text.split("\n")
        before = old.text.split("\n") if passage.state is Kind.SAME else lines
        paragraphs = []
        for place, (line, earlier) in enumerate(zip(lines, before, strict=True)):
            loud = len(line) if passage.role is Role.BARE_ROW and is_loud(line) else 0
            piece = Passage(passage.role, _cell_spans(earlier, line, passage.state), passage.state, label=loud)
            whole = _Pins([(0, n) for _, n in pins.begins], [(10**6, n) for _, n in pins.ends]) if pins else None
            paragraphs.append(self._paragraph(piece, whole if place == 0 else None))
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"

    def _width(self) -> int:
        return twips(self._page_width - self._layout.left - self._layout.right)

    # Comments

    def _pinned(self, passages: Sequence[Passage]) -> dict[int, _Pins]:
        """For each passage the comments that begin or end in it."""
        pins: dict[int, _Pins] = {}
        of_source: dict[uuid.UUID, list[int]] = {}
        for place, passage in enumerate(passages):
            if passage.source is not None:
                of_source.setdefault(passage.source, []).append(place)
        anywhere = [place for places in of_source.values() for place in places]
        for remark, comments in zip(self._remarks, numbers(self._remarks), strict=True):
            places = of_source.get(remark.wid, []) if remark.wid else anywhere[:1]
            places = places or anywhere[:1]
            if not places:
                continue
            begin, end = self._range(remark, passages, places)
            pins.setdefault(begin[0], _Pins()).begins.append((begin[1], comments))
            pins.setdefault(end[0], _Pins()).ends.append((end[1], comments))
        return pins

    def _range(
        self, remark: Remark, passages: Sequence[Passage], places: Sequence[int]
    ) -> tuple[tuple[int, int], tuple[int, int]]:
        """(passage, place in its new side) where the comment begins, and where it ends."""
        first = places[0]
        whole = ((first, 0), (first, len(passages[first].new)))
        code = self._codes.get(remark.wid) if remark.wid else None
        if code is None or remark.start is None or remark.end is None or remark.end <= remark.start:
            return whole
        start, end = code.place(remark.start), code.place(remark.end)
        begin = _at(passages, places, start)
        finish = _at(passages, places, max(end - 1, start))
        if begin is None or finish is None:
            return whole
        return begin, (finish[0], finish[1] + 1)


_HEADS = (Role.GROUP, Role.GROUP_NAME, Role.ARTICLE, Role.ITEM)


def _zones(passages: Sequence[Passage]) -> Iterator[tuple[str, list[int]]]:
    """Runs of places that are set together; a row where a provision begins begins a table of its own."""
    current: list[int] = []
    kind = ""
    for place, passage in enumerate(passages):
        zone = _zone(passage)
        begins = zone == "table" and (passage.wid is not None or passage.role is not passages[place - 1].role)
        if current and (zone != kind or begins):
            yield kind.split(" ")[0], current
            current = []
        kind = zone
        current.append(place)
    if current:
        yield kind.split(" ")[0], current


def _zone(passage: Passage) -> str:
    if passage.role.is_row:
        return "table"
    if passage.role.is_head:
        return "columns head"
    return "columns end" if passage.role.is_end else "paragraph"


def _cell_spans(old: str, new: str, state: Kind) -> tuple[Span, ...]:
    if not old and not new:
        return ()
    return (Span(state, new),) if old == new else tuple(difference(old, new))


def _either_side(passage: Passage) -> str:
    return old_side(passage.spans) if passage.state is Kind.DELETED else new_side(passage.spans)


def _widths(rows: Sequence[Row], columns: int, width: int) -> list[int]:
    """Columns as wide as their words need, none below a third of an equal share."""
    needs = [0.0] * columns
    for row in rows:
        for column, cell in zip(row.columns, row.cells, strict=True):
            longest = max((len(line) for line in cell.text.split("\n")), default=0)
            for at in range(column, column + cell.span):
                needs[at] = max(needs[at], min(longest / cell.span, 60) ** 0.8)
    least = max(needs) / 6 + 2
    needs = [max(need, least) for need in needs]
    widths = [int(width * need / sum(needs)) for need in needs]
    widths[-1] += width - sum(widths)
    return widths


def _at(passages: Sequence[Passage], places: Sequence[int], offset: int) -> tuple[int, int] | None:
    for place in places:
        within = offset - passages[place].offset
        if passages[place].role not in _HEADS and 0 <= within < len(passages[place].new):
            return place, within
    return None


def _taken(pins: list[tuple[int, list[int]]], place: int, written: Callable[[int], str]) -> Iterator[str]:
    """Take what stands at `place` or before it off the list."""
    while pins and pins[0][0] <= place:
        _, comments = pins.pop(0)
        yield from map(written, comments)


def _opened(comment: int) -> str:
    return f'<w:commentRangeStart w:id="{comment}"/>'


def _closed(comment: int) -> str:
    reference = run(f'<w:commentReference w:id="{comment}"/>', '<w:rStyle w:val="CommentReference"/>')
    return f'<w:commentRangeEnd w:id="{comment}"/>{reference}'
