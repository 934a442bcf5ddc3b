"""Another order of the same provisions: inserting, moving, splitting, merging, removing, renumbering. No Django.

Each function takes a whole text and gives back an ``Arrangement``: the text as it would stand. Provisions keep their
``wid``; of a split the first part keeps it, of a merge the first one. A heading (part, chapter, section) travels with
all that stands in it. ``Misplaced`` is raised for what cannot be, with a sentence for the person.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from drafts.importing.findings import gettext_noop
from drafts.numbering import in_manner, inserted_number, label_like, next_number, value_of
from drafts.outline import Line, LineKind, outline
from drafts.texts import Sheet, Text

RANK = {"part": 1, "chapter": 2, "section": 3, "subsection": 4, "article": 5, "item": 5}
_WORDS = {"part": "Phần", "chapter": "Chương", "section": "Mục", "subsection": "Tiểu mục", "article": "Điều"}

_NO_SUCH_PLACE = gettext_noop("There is no such place in the text any more: load the page again.")
_INTO_ITSELF = gettext_noop("It cannot stand inside itself.")
_FIXED = gettext_noop("The preamble, the appendices and the closing part keep their places.")
_TOO_SMALL = gettext_noop("It cannot stand inside what is smaller than itself.")
_BESIDE_ARTICLES = gettext_noop("It holds articles: put it beside another heading of its kind.")
_NOTHING_BEFORE = gettext_noop("Nothing stands before it to take its number from: renumber instead.")
_NOT_NEIGHBOURS = gettext_noop("Only an article and the one right behind it in the same chapter can be merged.")
_NO_CUT = gettext_noop("The article cannot be split at that line.")


class Misplaced(Exception):
    """What cannot be; ``message`` is one English sentence (a msgid)."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Where(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line of a text put together anew comes from; ``marker`` and notes are what it bears there."""

    wid: uuid.UUID
    line: int
    old_marker: str
    marker: str
    notes: tuple[tuple[str, str], ...] = ()

    def written(self, line: str) -> str:
        """The old line, perhaps rewritten meanwhile, as it reads in its new place."""
        line = self.marker + line[len(self.old_marker) :]
        for old, new in self.notes:
            line = line.replace(f"[^{old}]", f"[^{new}]")
        return line


@dataclass(frozen=True)
class Arrangement:
    """A text as it would stand. ``origins`` tells of texts put together anew where their lines come from;
    ``successors`` into which provision one that is gone went."""

    text: Text
    origins: Mapping[uuid.UUID, tuple[Origin, ...]] = field(default_factory=dict)
    successors: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)


# Acts


def inserted(text: Text, sheet: Sheet, *, beside: uuid.UUID, where: Where) -> Arrangement:
    """With a new provision in that place. A heading put before articles takes those behind it into its care."""
    target = _find(text, beside)
    place, parent = _place(text, sheet.kind, target, where, may_cut=True)
    sheets = list(text)
    new = _in_like_manner(text, replace(sheet, parent=parent))
    behind = list(_behind(sheets[place:], new))
    held = {one.wid for one in behind}
    behind = [one if one.parent in held else replace(one, parent=new.wid) for one in behind]
    return Arrangement(_with(text, [*sheets[:place], new, *behind, *sheets[place + len(behind) :]]))


def reinstated(text: Text, branch: Sequence[Sheet], *, place: int) -> Arrangement:
    """With a removed branch back at its place; without its old heading, in the care of what stands before it."""
    first = branch[0]
    held = {sheet.wid for sheet in branch}
    if first.parent is not None and text.find(first.parent) is not None:
        start = _index(text, first.parent)
        end = start + len(branch_of(text, first.parent))
        place = min(max(place, start + 1), end)
        parent: uuid.UUID | None = first.parent
    else:
        before = text.sheets[place - 1].wid if place else None
        parent = _parent_for(text, first.kind, before)
    block = [sheet if sheet.parent in held else replace(sheet, parent=parent) for sheet in branch]
    return Arrangement(_with(text, [*text.sheets[:place], *block, *text.sheets[place:]]))


def moved(text: Text, wid: uuid.UUID, *, beside: uuid.UUID, where: Where) -> Arrangement:
    """With the provision, and all that stands in it, in another place."""
    sheet, target = _find(text, wid), _find(text, beside)
    branch = branch_of(text, wid)
    if sheet.kind not in RANK:
        raise Misplaced(_FIXED)
    if target.wid in {one.wid for one in branch}:
        raise Misplaced(_INTO_ITSELF)
    rest = _with(text, [one for one in text if one not in branch])
    place, parent = _place(rest, sheet.kind, target, where, may_cut=False)
    sheets = list(rest)
    block = [replace(branch[0], parent=parent), *branch[1:]]
    return Arrangement(_with(text, [*sheets[:place], *block, *sheets[place:]]))


def removed(text: Text, wid: uuid.UUID) -> Arrangement:
    """Without the provision and all that stands in it."""
    gone = branch_of(text, wid)
    if gone[0].kind not in RANK:
        raise Misplaced(_FIXED)
    return Arrangement(_with(text, [one for one in text if one not in gone]))


def dissolved(text: Text, wid: uuid.UUID) -> Arrangement:
    """Without a heading: what stood in it joins what stands before, or the larger unit around."""
    heading = _find(text, wid)
    before = list(text)[: _index(text, wid)]
    beside = next(
        (one for one in reversed(before) if one.kind == heading.kind and one.parent == heading.parent),
        None,
    )
    parent = beside.wid if beside else heading.parent
    rest = [replace(one, parent=parent) if one.parent == wid else one for one in text if one.wid != wid]
    return Arrangement(_with(text, rest))


def split(text: Text, wid: uuid.UUID, *, line: int, new_wid: uuid.UUID, heading: str) -> Arrangement:
    """With the article's lines from ``line`` (0 is the first) on as a new article right behind it.

    The clauses of the new article begin at 1 again, points cut from their clause at a. Footnotes go where their marks
    stand.
    """
    article = _find(text, wid)
    lines = outline(article.text)
    if article.kind != "article" or not 0 < line < len(lines) or not is_cut(lines, line):
        raise Misplaced(_NO_CUT)
    notes = [at for at, one in enumerate(lines) if one.kind is LineKind.NOTE]
    upper = [at for at in range(line) if at not in notes]
    lower = [at for at in range(line, len(lines)) if at not in notes]
    lower_words = "\n".join(lines[at].raw for at in lower)
    lower_notes = [at for at in notes if (mark := _NOTE_MARK.match(lines[at].raw)) and mark[0] in lower_words]
    upper += [at for at in notes if at not in lower_notes]
    origins = {
        wid: tuple(_origin(article, lines, at) for at in upper),
        new_wid: tuple(_renumbered(article, lines, [*lower, *lower_notes])),
    }
    new = replace(article, pk=0, wid=new_wid, number=_free_number(text, article), label="", heading=heading, text="")
    new = relabelled(new, new.number, like=article)
    sheets = [one if one.wid != wid else replace(article, text=_assembled(text, origins[wid])) for one in text]
    new = replace(new, text=_assembled(text, origins[new_wid]))
    sheets.insert(_index(text, wid) + 1, new)
    return Arrangement(_with(text, sheets), origins=origins)


def merged(text: Text, wid: uuid.UUID, *, heading: str) -> Arrangement:
    """With the article behind it taken into the article; clauses run on, a text without clauses becomes one."""
    place = _index(text, wid)
    first, second = text.sheets[place], next(iter(text.sheets[place + 1 :]), None)
    if second is None or {first.kind, second.kind} != {"article"} or first.parent != second.parent:
        raise Misplaced(_NOT_NEIGHBOURS)
    origins = tuple(_joined(first, second))
    whole = replace(first, heading=heading, text=_assembled(text, origins))
    sheets = [whole if one.wid == wid else one for one in text if one.wid != second.wid]
    return Arrangement(_with(text, sheets), origins={wid: origins}, successors={second.wid: wid})


def renumbered(text: Text) -> Text:
    """Articles run through the whole text; chapters begin anew in each part, sections in each chapter, items in what
    holds them. What has no number stays without one."""
    rows: dict[tuple[str, uuid.UUID | None], str] = {}
    numbers: dict[uuid.UUID, str] = {}
    sheets = []
    for sheet in text:
        if sheet.kind not in RANK or not sheet.number:
            sheets.append(sheet)
            continue
        row = (sheet.kind, None if sheet.kind == "article" else sheet.parent)
        number = _next_of_row(sheet, rows.get(row, ""), numbers.get(sheet.parent) if sheet.parent else None)
        rows[row] = numbers[sheet.wid] = number
        sheets.append(relabelled(sheet, number) if number != sheet.number else sheet)
    return _with(text, sheets)


def with_a_free_number(text: Text, wid: uuid.UUID) -> Text:
    """The new provision numbered behind the one it follows: "Điều 5a"; nothing else changes its number."""
    sheet = _find(text, wid)
    before = [
        one
        for one in text.sheets[: _index(text, wid)]
        if one.kind == sheet.kind and one.number and (sheet.kind == "article" or one.parent == sheet.parent)
    ]
    if not before:
        raise Misplaced(_NOTHING_BEFORE)
    number = _free_number(text, before[-1])
    return _with(text, [relabelled(one, number, like=before[-1]) if one.wid == wid else one for one in text])


# Places


def branch_of(text: Text, wid: uuid.UUID) -> list[Sheet]:
    """The provision and all that stands in it."""
    inside = {_find(text, wid).wid}
    branch = []
    for sheet in text:
        if sheet.wid == wid or sheet.parent in inside:
            inside.add(sheet.wid)
            branch.append(sheet)
    return branch


def is_cut(lines: Sequence[Line], line: int) -> bool:
    """Whether a text may be parted before that line: not inside a table, not at a footnote."""
    here, before = lines[line], lines[line - 1]
    if here.kind is LineKind.NOTE:
        return False
    return not (here.kind is LineKind.TABLE and before.kind is LineKind.TABLE)


def _place(text: Text, kind: str, target: Sheet, where: Where, *, may_cut: bool) -> tuple[int, uuid.UUID | None]:
    """The index and the parent of what is put beside or into the target."""
    if where in (Where.FIRST, Where.LAST):
        return _place_inside(text, kind, target, where)
    if target.kind not in RANK:
        return _place_beside_fixed(text, kind, target, where)
    if not may_cut:
        while RANK[target.kind] > RANK[kind] and target.parent is not None:
            target = _find(text, target.parent)
        if RANK[target.kind] > RANK[kind]:
            raise Misplaced(_BESIDE_ARTICLES)
    index = _index(text, target.wid)
    if target.kind == kind:
        end = index + len(branch_of(text, target.wid))
        return (index if where is Where.BEFORE else end), target.parent
    if RANK[target.kind] >= RANK[kind]:
        end = index + len(branch_of(text, target.wid))
        return (index if where is Where.BEFORE else end), _parent_for(text, kind, target.parent)
    if where is Where.AFTER:  # an article "after Chương II" is its last one
        return _place_inside(text, kind, target, Where.LAST)
    previous = text.sheets[index - 1] if index else None
    return index, _parent_for(text, kind, previous.wid if previous else None)


def _place_inside(text: Text, kind: str, target: Sheet, where: Where) -> tuple[int, uuid.UUID | None]:
    nests = kind == target.kind == "item"
    if RANK.get(target.kind, 9) >= RANK[kind] and not nests:
        raise Misplaced(_TOO_SMALL)
    index = _index(text, target.wid)
    if where is Where.FIRST:
        return index + 1, target.wid
    end = index + len(branch_of(text, target.wid))
    if nests:
        return end, target.wid
    return end, _parent_for(text, kind, text.sheets[end - 1].wid)


def _place_beside_fixed(text: Text, kind: str, target: Sheet, where: Where) -> tuple[int, uuid.UUID | None]:
    index = _index(text, target.wid)
    if target.kind == "preamble" and where is Where.AFTER:
        return index + 1, None
    if target.kind != "preamble" and where is Where.BEFORE and not _is_behind_fixed(text, index):
        return index, _parent_for(text, kind, text.sheets[index - 1].wid if index else None)
    raise Misplaced(_FIXED)


def _is_behind_fixed(text: Text, index: int) -> bool:
    return any(sheet.kind in ("appendix", "closing") for sheet in text.sheets[:index])


def _parent_for(text: Text, kind: str, wid: uuid.UUID | None) -> uuid.UUID | None:
    """The nearest heading, from ``wid`` upward, that may hold such a provision."""
    while wid is not None:
        sheet = _find(text, wid)
        if RANK.get(sheet.kind, 9) < RANK[kind]:
            return sheet.wid
        wid = sheet.parent
    return None


def _behind(sheets: Sequence[Sheet], heading: Sheet) -> Iterator[Sheet]:
    """What follows a new heading up to the next one of its size or larger."""
    if heading.kind in ("article", "item"):
        return
    for sheet in sheets:
        if RANK.get(sheet.kind, 0) <= RANK[heading.kind]:
            return
        yield sheet


def _find(text: Text, wid: uuid.UUID) -> Sheet:
    sheet = text.find(wid)
    if sheet is None:
        raise Misplaced(_NO_SUCH_PLACE)
    return sheet


def _index(text: Text, wid: uuid.UUID) -> int:
    for place, sheet in enumerate(text):
        if sheet.wid == wid:
            return place
    raise Misplaced(_NO_SUCH_PLACE)


def _with(text: Text, sheets: Iterable[Sheet]) -> Text:
    return Text(title=text.title, sheets=tuple(sheets))


# Numbers


def relabelled(sheet: Sheet, number: str, *, like: Sheet | None = None) -> Sheet:
    """With another number, its label in the manner it was written in, or in that of a like one."""
    pattern = like or sheet
    label = label_like(pattern.label, pattern.number, number)
    if not label and sheet.kind in _WORDS:
        label = f"{_WORDS[sheet.kind]} {number}"
    return replace(sheet, number=number, label=label)


def _next_of_row(sheet: Sheet, before: str, parent: str | None) -> str:
    """The number that follows in the row; its first one is written in the manner of the sheet's own."""
    if "." in sheet.number and parent:
        return next_number(before) if before else f"{parent}.1"
    parsed = value_of(sheet.number)
    if parsed is None:
        return next_number(before) if before else ("a" if sheet.number[:1].isalpha() else sheet.number)
    return in_manner(str((value_of(before) or (0, ""))[0] + 1), of=sheet.number)


def _in_like_manner(text: Text, sheet: Sheet) -> Sheet:
    """The new provision labelled as those of its kind are, those beside it first; its number is yet to be counted."""
    alike = [one for one in text if one.kind == sheet.kind and one.number]
    beside = [one for one in alike if one.parent == sheet.parent]
    if not alike:
        return relabelled(sheet, "I" if sheet.kind in ("part", "chapter") else "1")
    like = (beside or alike)[0]
    return relabelled(sheet, like.number, like=like)


def _free_number(text: Text, after: Sheet) -> str:
    """5 → 5a, or the next letter that nobody has."""
    taken = {
        one.number for one in text if one.kind == after.kind and (one.kind == "article" or one.parent == after.parent)
    }
    number = inserted_number(after.number)
    while number in taken:
        number = inserted_number(number)
    return number


# Lines


_NOTE_MARK = re.compile(r"\[\^(\w+)\]")


def _origin(sheet: Sheet, lines: Sequence[Line], at: int, marker: str | None = None) -> Origin:
    old = lines[at].marker
    return Origin(sheet.wid, at, old, old if marker is None else marker)


def _renumbered(sheet: Sheet, lines: Sequence[Line], places: Sequence[int]) -> Iterator[Origin]:
    """The lines with their clauses counted from 1, and points without a clause of their own from a."""
    clause = point = ""
    for at in places:
        line = lines[at]
        if line.kind is LineKind.CLAUSE and "." not in line.number:
            clause = next_number(clause) if clause else "1"
            yield _origin(sheet, lines, at, line.marker.replace(line.number, clause, 1))
        elif line.kind is LineKind.POINT and not clause:
            point = next_number(point) if point else "a"
            yield _origin(sheet, lines, at, line.marker.replace(line.number, point, 1))
        else:
            yield _origin(sheet, lines, at)


def _joined(first: Sheet, second: Sheet) -> Iterator[Origin]:
    """Both articles' lines, footnotes last; every footnote keeps a mark of its own."""
    upper, lower = outline(first.text), outline(second.text)
    have_clauses = [any(line.kind is LineKind.CLAUSE for line in lines) for lines in (upper, lower)]
    last = next((line.number for line in reversed(upper) if line.kind is LineKind.CLAUSE), "")
    if have_clauses[1] and not have_clauses[0] and _is_prose(upper):
        last = "1"
    notes = _renamed_notes(upper, lower)
    for at, line in enumerate(upper):
        if line.kind is not LineKind.NOTE:
            starts = at == 0 and not have_clauses[0] and last == "1"
            yield _origin(first, upper, at, "1. " if starts else None)
    for at, line in enumerate(lower):
        if line.kind is LineKind.NOTE:
            continue
        marker = line.marker
        if line.kind is LineKind.CLAUSE and "." not in line.number and last:
            last = next_number(last)
            marker = line.marker.replace(line.number, last, 1)
        elif at == 0 and last and not have_clauses[1] and line.kind is LineKind.PLAIN:
            marker = f"{next_number(last)}. "
        yield Origin(second.wid, at, line.marker, marker, notes)
    yield from (_origin(first, upper, at) for at, line in enumerate(upper) if line.kind is LineKind.NOTE)
    for at, line in enumerate(lower):
        if line.kind is LineKind.NOTE:
            yield Origin(second.wid, at, "", "", notes)


def _is_prose(lines: Sequence[Line]) -> bool:
    """Paragraphs that could be one clause: no table first, no line that announces what follows."""
    return bool(lines) and lines[0].kind is LineKind.PLAIN and not lines[-1].raw.rstrip().endswith(":")


def _renamed_notes(upper: Sequence[Line], lower: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    taken = {mark for line in upper for mark in _NOTE_MARK.findall(line.raw)}
    wanted = [mark for line in lower for mark in _NOTE_MARK.findall(line.raw)]
    renamed = []
    for mark in dict.fromkeys(mark for mark in wanted if mark in taken):
        number = 1
        while str(number) in taken or str(number) in wanted:
            number += 1
        taken.add(str(number))
        renamed.append((mark, str(number)))
    return tuple(renamed)


def _assembled(text: Text, origins: Iterable[Origin]) -> str:
    lines = {sheet.wid: sheet.text.split("\n") for sheet in text if sheet.text}
    return "\n".join(origin.written(lines[origin.wid][origin.line]) for origin in origins)
