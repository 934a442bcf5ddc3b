"""A text as the paragraphs of a paper, in order: each with its role, what it says on either side, and where it is from.

The clean draft is the same with one side only.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from drafts.exporting.arranging import closing_roles, opening_roles
from drafts.exporting.notes import Coded, NoteBook
from drafts.exporting.roles import Role
from drafts.exporting.tables import is_row, parse_row
from drafts.texts import HEADED, Sheet, Text
from drafts.wording import Kind, LineKind, Span, difference_lines, new_side

RUN_IN = ("article", "item")


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or one row of a table.

    `state` is that of the paragraph itself: inserted or deleted as a whole, or standing on both sides with `spans` that
    differ. `wid` is set where a provision begins. `label` counts the characters of the line that are its label.
    `source` and `offset` say where the line's new side begins in its provision's coded text.
    """

    role: Role
    spans: tuple[Span, ...]
    state: Kind = Kind.SAME
    wid: uuid.UUID | None = None
    label: int = 0
    source: uuid.UUID | None = None
    offset: int = 0
    is_added: bool = False
    is_hidden: bool = False
    moved: str = ""

    @property
    def new(self) -> str:
        return new_side(self.spans)


@dataclass(frozen=True, slots=True)
class _Line:
    role: Role
    text: str
    label: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A provision as lines of a paper. `form` is how its head is written (see `drafts.importing.lines.Mark`)."""

    sheet: Sheet
    form: str
    lines: tuple[_Line, ...]
    coded: Coded


def write(sheet: Sheet, book: NoteBook) -> Written:
    coded = book.code(sheet.heading, sheet.text)
    body = _body(sheet.kind, coded.lines)
    label, heading = sheet.label, coded.heading
    if not label and not heading:
        form, lines = "none", body
    elif sheet.kind in HEADED and label and heading:
        form, lines = "block", [_Line(Role.GROUP, label, len(label)), _Line(Role.GROUP_NAME, heading), *body]
    elif sheet.kind in HEADED:
        role = Role.GROUP if label else Role.GROUP_NAME
        form, lines = "heading", [_Line(role, label or heading, len(label)), *body]
    else:
        role = Role.ARTICLE if sheet.kind == "article" else Role.ITEM
        lead = f"{label}. " if label and (heading or (body and not body[0].role.is_row)) else label
        if heading or not body or body[0].role.is_row:
            form, lines = "heading", [_Line(role, f"{lead}{heading}", len(lead)), *body]
        else:
            first = _Line(Role.TEXT, f"{lead}{body[0].text}", len(lead), -len(lead))
            form, lines = "text", [first, *body[1:]]
    return Written(sheet, form, tuple(lines), coded)


def _body(kind: str, texts: Sequence[str]) -> list[_Line]:
    if kind == "preamble":
        roles = opening_roles(texts)
    elif kind == "closing":
        roles = closing_roles(texts)
    else:
        roles = [Role.ROW if is_row(text) else Role.TEXT for text in texts]
    lines, offset = [], 0
    for role, text in zip(roles, texts, strict=True):
        is_escaped = text.startswith("\\|")  # how the notation writes a paragraph that begins with "|"
        lines.append(_Line(role, text[is_escaped:], 0, offset + is_escaped))
        offset += len(text) + 1
    return lines


def clean_passages(text: Text, book: NoteBook) -> Iterator[Passage]:
    """The paragraphs of one text."""
    for sheet in text:
        yield from _whole(write(sheet, book), Kind.SAME)


def marked_passages(
    old: Text, new: Text, book: NoteBook, *, pairs: Mapping[uuid.UUID, uuid.UUID] | None = None
) -> Iterator[Passage]:
    """The paragraphs of the new text with what the old one said; `pairs` names old provisions by new ones.

    Without `pairs` provisions are the same when their identity (wid) is. A provision that stands elsewhere now with
    the same words was moved; one that stands elsewhere with other words is taken out there and put in here.
    """
    before = {sheet.wid: sheet for sheet in old}
    if pairs is None:
        pairs = {sheet.wid: sheet.wid for sheet in new if sheet.wid in before}
    at_old = {sheet.wid: place for place, sheet in enumerate(old)}
    stays = _in_order([(sheet.wid, at_old[pairs[sheet.wid]]) for sheet in new if pairs.get(sheet.wid) in at_old])
    kept = {pairs[wid] for wid in stays}
    moved = _moved(before, new, pairs, stays, book)
    reached = 0
    old_sheets = list(old)
    for sheet in new:
        if sheet.wid not in stays:
            name = moved.get(sheet.wid, "")
            yield from _whole(write(sheet, book), Kind.INSERTED, moved=name)
            continue
        place = at_old[pairs[sheet.wid]]
        yield from _dropped(old_sheets[reached:place], kept, moved, pairs, book)
        yield from _both(write(old_sheets[place], book), write(sheet, book))
        reached = place + 1
    yield from _dropped(old_sheets[reached:], kept, moved, pairs, book)


def _moved(
    before: Mapping[uuid.UUID, Sheet],
    new: Text,
    pairs: Mapping[uuid.UUID, uuid.UUID],
    stays: set[uuid.UUID],
    book: NoteBook,
) -> dict[uuid.UUID, str]:
    """A name for each move of unchanged words, by new wid."""
    moved: dict[uuid.UUID, str] = {}
    for sheet in new:
        other = before.get(pairs.get(sheet.wid, sheet.wid)) if sheet.wid in pairs else None
        if other is not None and sheet.wid not in stays and write(other, book).lines == write(sheet, book).lines:
            moved[sheet.wid] = f"chuyen{len(moved) + 1}"
    return moved


def _dropped(
    sheets: Sequence[Sheet],
    kept: set[uuid.UUID],
    moved: Mapping[uuid.UUID, str],
    pairs: Mapping[uuid.UUID, uuid.UUID],
    book: NoteBook,
) -> Iterator[Passage]:
    names = {pairs[wid]: name for wid, name in moved.items()}
    for sheet in sheets:
        if sheet.wid not in kept:
            yield from _whole(write(sheet, book), Kind.DELETED, moved=names.get(sheet.wid, ""))


def _whole(written: Written, kind: Kind, *, moved: str = "") -> Iterator[Passage]:
    """A provision that stands on one side, or alike on both."""
    is_new = kind is not Kind.DELETED
    for place, line in enumerate(written.lines):
        yield Passage(
            role=line.role,
            spans=(Span(kind, line.text),) if line.text else (),
            state=kind,
            wid=written.sheet.wid if is_new and place == 0 else None,
            label=line.label,
            source=written.sheet.wid if is_new else None,
            offset=line.offset,
            moved=moved,
        )


def _both(old: Written, new: Written) -> Iterator[Passage]:
    """A provision on both sides: heads against heads, texts against texts, word by word."""
    if old.lines == new.lines:
        yield from _whole(new, Kind.SAME)
        return
    passages: list[Passage] = []
    heads = {"block": 2, "heading": 1}.get(new.form, 0) if old.form == new.form else 0
    for before, after in zip(old.lines[:heads], new.lines[:heads], strict=True):
        passages += _compared([before], [after], new.sheet.wid)
    passages += _compared(old.lines[heads:], new.lines[heads:], new.sheet.wid)
    first = next((at for at, passage in enumerate(passages) if passage.state is not Kind.DELETED), None)
    if first is not None:
        passages[first] = replace(passages[first], wid=new.sheet.wid)
    yield from passages


def _compared(old: Sequence[_Line], new: Sequence[_Line], wid: uuid.UUID) -> Iterator[Passage]:
    if not old or not new:
        yield from (_one_sided(line, Kind.DELETED, wid) for line in old)
        yield from (_one_sided(line, Kind.INSERTED, wid) for line in new)
        return
    before, after = iter(old), iter(new)
    old_text, new_text = "\n".join(line.text for line in old), "\n".join(line.text for line in new)
    for line in difference_lines(old_text, new_text):
        here = next(before) if line.kind is not LineKind.INSERTED else None
        there = next(after) if line.kind is not LineKind.DELETED else None
        if here is None or there is None:
            yield _one_sided(here or there or old[0], Kind.INSERTED if here is None else Kind.DELETED, wid)
        elif here.role.is_row != there.role.is_row or (here.role.is_row and not _same_shape(here.text, there.text)):
            yield _one_sided(here, Kind.DELETED, wid)
            yield _one_sided(there, Kind.INSERTED, wid)
        else:
            yield Passage(there.role, line.spans, Kind.SAME, None, there.label, wid, there.offset)


def _one_sided(line: _Line, kind: Kind, wid: uuid.UUID) -> Passage:
    spans = (Span(kind, line.text),) if line.text else ()
    source = None if kind is Kind.DELETED else wid
    return Passage(line.role, spans, kind, None, line.label, source, line.offset)


def _same_shape(old: str, new: str) -> bool:
    def shape(line: str) -> list[tuple[int, bool, int]]:
        return [(cell.span, cell.continues, cell.text.count("\n")) for cell in parse_row(line).cells]

    return shape(old) == shape(new)


def _in_order(pairs: Sequence[tuple[uuid.UUID, int]]) -> set[uuid.UUID]:
    """The new provisions of the longest row whose old places ascend: those that stay where they are."""
    best: list[int] = []
    before: list[int | None] = []
    ends: list[int] = []
    for at, (_, place) in enumerate(pairs):
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if ends[middle] < place else (low, middle)
        before.append(best[low - 1] if low else None)
        best[low:] = [at, *best[low + 1 :]]
        ends[low:] = [place, *ends[low + 1 :]]
    stays: set[uuid.UUID] = set()
    last: int | None = best[-1] if best else None
    while last is not None:
        stays.add(pairs[last][0])
        last = before[last]
    return stays
