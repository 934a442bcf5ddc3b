"""A provision set line by line, with the notes that stand under its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comments.anchoring import Fate
from comments.marking import Segment
from comments.models import Comment
from comments.tables import Cell, cells
from drafts.anchors import page_name
from drafts.models import Provision
from drafts.outline import Line, LineKind, outline
from drafts.texts import COMMENTABLE, HEADED, Sheet


@dataclass(frozen=True)
class Note:
    """A comment where it stands now."""

    comment: Comment
    sheet: Sheet | None
    fate: Fate | None
    origin: Sheet | None = None
    clause: str | None = None
    """The clause its words stand in here; None where they were not found."""

    @property
    def place(self) -> str:
        """``khoản 3 Điều 8`` as this text calls it; where the words are not found in it, as they were read."""
        if self.clause is not None and self.sheet:
            return f"{self.clause} {name_of(self.sheet)}".strip()
        sheet = (self.comment.clause_label and self.origin) or self.sheet
        return f"{self.comment.clause_label} {name_of(sheet)}".strip() if sheet else ""

    @property
    def moved_to(self) -> str:
        """``Điều 7`` when its words stand under another name than where they were read; else empty."""
        if self.sheet is None or self.origin is None or self.fate is None or self.fate.placement is None:
            return ""
        return name_of(self.sheet) if name_of(self.sheet) != name_of(self.origin) else ""

    @property
    def state(self) -> str:
        """What became of the words since the edition they were read in; empty on that very edition."""
        return self.fate.state.value if self.fate else ""


@dataclass
class Row:
    """One line of the text: its words cut where marks begin and end, and the notes that stand under it.

    ``lead`` is the number of an item without a heading, which hangs before its first line.
    """

    line: Line
    anchor: str
    segments: Sequence[Segment]
    css: str = "plain"
    lead: str = ""
    count: int = 0
    notes: list[Note] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        return self.count - len(self.notes)

    @property
    def is_marked(self) -> bool:
        return any(segment.keys for segment in self.segments)

    @property
    def body(self) -> list[Segment]:
        """The segments without the marker, which the page sets apart."""
        return list(_behind(self.segments, len(self.line.marker)))

    @property
    def head(self) -> list[Segment]:
        """The segments of the marker alone."""
        return list(_up_to(self.segments, len(self.line.marker)))

    @property
    def cells(self) -> list[Cell]:
        return cells(self.segments)


@dataclass
class Block:
    """Lines that are set together: one paragraph, or the rows of one table."""

    is_table: bool
    rows: list[Row]

    @property
    def row(self) -> Row:
        return self.rows[0]


@dataclass
class Leaf:
    """One provision on the page."""

    sheet: Sheet
    anchor: str
    blocks: list[Block]
    count: int = 0
    notes: list[Note] = field(default_factory=list)
    notes_on_the_whole: int = 0

    @property
    def hidden(self) -> int:
        return self.notes_on_the_whole - len(self.notes)

    @property
    def all_notes(self) -> list[Note]:
        return self.notes + [note for block in self.blocks for row in block.rows for note in row.notes]

    @property
    def page_name(self) -> str:
        """How the address of its own page names it: by number, or by wid where the number does not decide."""
        return page_name(self.sheet, self.anchor)

    @property
    def is_heading(self) -> bool:
        return self.sheet.kind in HEADED

    @property
    def is_commentable(self) -> bool:
        return is_commentable(self.sheet)

    @property
    def heading(self) -> str:
        """What stands above the text; an item without words of its own there has its number run in."""
        is_run_in = any(row.lead for block in self.blocks[:1] for row in block.rows)
        return "" if is_run_in else self.sheet.title

    @property
    def words(self) -> str:
        """What the contents call it: the heading, or how the text begins."""
        return self.sheet.heading or self.sheet.text.split("\n")[0] or self.sheet.title

    @property
    def name(self) -> str:
        """What one calls it in a sentence."""
        return name_of(self.sheet)


@dataclass
class Part:
    """A heading of the table of contents with the provisions under it."""

    leaf: Leaf | None
    leaves: list[Leaf]


def name_of(sheet: Sheet) -> str:
    """``Điều 5``; "item 3"; what has no number is called by its kind."""
    if sheet.kind == Provision.Kind.ITEM and sheet.label:
        return _("item %(number)s") % {"number": sheet.label}
    return sheet.label or sheet.heading or str(Provision.Kind(sheet.kind).label)


def title_of(sheet: Sheet) -> str:
    """``Điều 5. Tên điều``; what has neither number nor heading is called by its kind: "Preamble"."""
    return sheet.title or capfirst(name_of(sheet))


def is_commentable(sheet: Sheet) -> bool:
    """Headings alone are commented on with what stands under them; the closing is form, not text."""
    return sheet.kind in COMMENTABLE or (bool(sheet.text) and sheet.kind != "closing")


def clause_labels(sheet: Sheet) -> list[str]:
    """The places of an article one may comment on, in its order: "khoản 1", "điểm a khoản 1"."""
    return list(dict.fromkeys(line.label for line in outline(sheet.text) if line.label)) if sheet.text else []


_OPENING = re.compile(r"[-–+*\s]*Căn cứ\b")
_LETTERHEAD_LINES = 12
_BY_KIND = {LineKind.CLAUSE: "clause", LineKind.POINT: "point", LineKind.NOTE: "plain footnote"}


def classes(sheet: Sheet, lines: Sequence[Line]) -> list[str]:
    """How each line is set. What stands above "Căn cứ" is the letterhead: body, number, title, each on its own line."""
    looks = [_BY_KIND.get(line.kind, "plain") for line in lines]
    if sheet.kind == Provision.Kind.PREAMBLE:
        opening = next((place for place, line in enumerate(lines) if _OPENING.match(line.raw)), 0)
        if opening <= _LETTERHEAD_LINES:
            looks[:opening] = ["plain letterhead"] * opening
    return looks


def is_run_in(sheet: Sheet) -> bool:
    return sheet.kind == Provision.Kind.ITEM and bool(sheet.label) and not sheet.heading


def blocks(rows: Sequence[Row]) -> list[Block]:
    found = []
    for is_table, group in groupby(rows, key=lambda row: row.line.kind is LineKind.TABLE):
        if is_table:
            found.append(Block(is_table=True, rows=list(group)))
        else:
            found += [Block(is_table=False, rows=[row]) for row in group]
    return found


def _up_to(segments: Sequence[Segment], length: int) -> Iterator[Segment]:
    for segment in segments:
        if length <= 0:
            return
        yield Segment(segment.text[:length], segment.keys)
        length -= len(segment.text)


def _behind(segments: Sequence[Segment], length: int) -> Iterator[Segment]:
    for segment in segments:
        rest = segment.text[max(length, 0) :]
        length -= len(segment.text)
        if rest:
            yield Segment(rest, segment.keys)
