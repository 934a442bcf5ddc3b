"""Keeping citations true when provisions are moved, renumbered, split or merged.

What a citation leads to is looked up in the old text, by identity; where that stands in the new arrangement is written
in its place, in the words and the manner it was written in. What leads nowhere any more is told, never guessed at; and
where its number belongs to another provision then, that is said behind it in the text ("Điều 7 [cũ]"), for nobody could
see it later.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from drafts.arranging import Arrangement
from drafts.citations.reading import OLD, THIS, Mention, Path
from drafts.citations.resolving import Found, Places, Target
from drafts.numbering import in_manner
from drafts.outline import LineKind, outline
from drafts.texts import Sheet, Text

Edit = tuple[int, int, str]
_AROUND = 60


class Loss(StrEnum):
    """Why a citation cannot follow by itself."""

    REMOVED = "removed"  # what it cites is no longer in the text
    BROKEN = "broken"  # it led nowhere before; what of it does lead somewhere follows all the same
    SCATTERED = "scattered"  # what it cites in one breath stands in different articles now
    PARTED = "parted"  # the whole article it cites is two now; it follows the first of them all the same


@dataclass(frozen=True, slots=True)
class Replacement:
    """One citation and how it will read; ``edits`` are places in the heading or text of ``found.sheet``."""

    found: Found
    edits: tuple[Edit, ...]

    @property
    def key(self) -> str:
        return self.found.key

    @property
    def before(self) -> str:
        return self.found.citation.words + (OLD if self.found.citation.is_old else "")

    @property
    def after(self) -> str:
        start = self.found.citation.start
        return rewritten(self.before, [(a - start, b - start, words) for a, b, words in self.edits])

    @property
    def around(self) -> tuple[str, str]:
        """A few words before and behind, to recognise the place."""
        return around(self.found)


@dataclass(frozen=True, slots=True)
class Lost:
    """A citation that nobody can rewrite but a person. ``misleads``: its words lead elsewhere then, and are marked."""

    found: Found
    loss: Loss
    misleads: bool = False

    @property
    def around(self) -> tuple[str, str]:
        return around(self.found)


@dataclass(frozen=True)
class Following:
    """What an arrangement does to the citations of the old text."""

    replacements: tuple[Replacement, ...]
    lost: tuple[Lost, ...]

    @property
    def marks(self) -> list[Replacement]:
        """What is written behind the citations that would mislead."""
        ends = [(one.found, one.found.citation.end) for one in self.lost if one.misleads]
        return [Replacement(found, ((end, end, OLD),)) for found, end in ends]


def follow(old: Text, arrangement: Arrangement) -> Following:
    """How every citation of the text is to read once it is arranged anew."""
    return _follow(Places(old).found(), _Ways(old, arrangement))


def follow_back(then: Text, wids: Collection[uuid.UUID], arrangement: Arrangement) -> Following:
    """How the citations of provisions that come back are to read: they mean what they meant in ``then``, where they
    stood last."""
    return _follow((found for found in Places(then).found() if found.sheet.wid in wids), _Ways(then, arrangement))


def unmark(old: Text, then: Text, arrangement: Arrangement) -> list[Replacement]:
    """The citations marked as old that lead somewhere again: in ``then`` the same words stood there unmarked.

    Where the same words are marked more often than they stood there, nobody knows which of them are meant.
    """
    ways, places, stood = _Ways(then, arrangement), Places(then), then.by_wid()
    marked: dict[tuple[uuid.UUID, str, str], list[Found]] = {}
    for found in Places(old).found():
        if found.citation.is_old and found.sheet.wid in stood:
            marked.setdefault((found.sheet.wid, found.field, found.citation.words), []).append(found)
    replacements = []
    for (wid, field, words), alike in marked.items():
        twins = [
            twin for twin in places.found_in(stood[wid], field) if twin.citation.words == words and not twin.broken
        ]
        for found, twin in zip(alike, twins, strict=False) if len(alike) <= len(twins) else ():
            meant = replace(found, targets=twin.targets)
            end = found.citation.end
            with suppress(_Cannot):
                replacements.append(Replacement(meant, (*ways.edits(meant), (end, end + len(OLD), ""))))
    return replacements


def _follow(citations: Iterable[Found], ways: _Ways) -> Following:
    replacements: list[Replacement] = []
    lost: list[Lost] = []
    for found in citations:
        if not ways.stays(found):
            continue
        try:
            edits = tuple(ways.edits(found))
        except _Cannot as cannot:
            lost.append(Lost(found, cannot.loss, misleads=ways.mislead(found, ())))
        else:
            if found.broken:
                lost.append(Lost(found, Loss.BROKEN, misleads=ways.mislead(found, edits)))
            if ways.parted(found):
                lost.append(Lost(found, Loss.PARTED))
            if edits:
                replacements.append(Replacement(found, edits))
    return Following(tuple(replacements), tuple(lost))


def followed(old: Text, arrangement: Arrangement, replacements: Collection[Replacement]) -> Text:
    """The new text with these citations rewritten, those of provisions that come back too."""
    edits: dict[tuple[uuid.UUID, str], list[Edit]] = {}
    before = old.by_wid()
    for replacement in replacements:
        sheet = replacement.found.sheet
        before.setdefault(sheet.wid, sheet)
        edits.setdefault((sheet.wid, replacement.found.field), []).extend(replacement.edits)
    bodies = {place: rewritten(getattr(before[place[0]], place[1]), found) for place, found in edits.items()}
    return Text(old.title, tuple(_followed(sheet, before, arrangement, bodies) for sheet in arrangement.text))


def rewritten(words: str, edits: Collection[Edit]) -> str:
    """The words with each place replaced; places do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        words = words[:start] + new + words[end:]
    return words


def around(found: Found) -> tuple[str, str]:
    """The words before and behind a citation in its line, cut at a space."""
    body = getattr(found.sheet, found.field)
    start = max(body.rfind("\n", 0, found.citation.start) + 1, 0)
    end = body.find("\n", found.citation.end)
    before = body[start : found.citation.start]
    behind = body[found.citation.end : end if end >= 0 else len(body)]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(behind) > _AROUND:
        behind = behind[:_AROUND].rpartition(" ")[0] + "…"
    return before, behind


def _followed(
    sheet: Sheet, before: dict[uuid.UUID, Sheet], arrangement: Arrangement, bodies: dict[tuple[uuid.UUID, str], str]
) -> Sheet:
    heading = sheet.heading
    if sheet.wid in before and heading == before[sheet.wid].heading:
        heading = bodies.get((sheet.wid, "heading"), heading)
    if sheet.wid not in arrangement.origins:
        return replace(sheet, heading=heading, text=bodies.get((sheet.wid, "text"), sheet.text))
    lines = []
    for origin in arrangement.origins[sheet.wid]:
        body = bodies.get((origin.wid, "text"), before[origin.wid].text)
        lines.append(origin.written(body.split("\n")[origin.line]))
    return replace(sheet, heading=heading, text="\n".join(lines))


class _Cannot(Exception):
    def __init__(self, loss: Loss) -> None:
        self.loss = loss


class _Ways:
    """From the old places to the new ones."""

    def __init__(self, old: Text, arrangement: Arrangement) -> None:
        self._new = arrangement.text.by_wid()
        self._new_places = Places(arrangement.text)
        self._successors = arrangement.successors
        self._homes: dict[tuple[uuid.UUID, int], tuple[uuid.UUID, str]] = {}
        self._moves: dict[Target, Target] = {}
        self._parted = {origin.wid for origins in arrangement.origins.values() for origin in origins}
        self._read(old, arrangement)

    def stays(self, found: Found) -> bool:
        """Whether the line with the citation stands in the new text at all."""
        return self._home(found) in self._new

    def parted(self, found: Found) -> bool:
        """Whether it cites an article as a whole whose lines stand in several now."""
        return any(
            mention.level == "article"
            and target is not None
            and len({home for (wid, _line), (home, _label) in self._homes.items() if wid == target.wid}) > 1
            and not any(_is_inside(other, mention) for other in found.citation.mentions)
            for mention, target in zip(found.citation.mentions, found.targets, strict=True)
        )

    def mislead(self, found: Found, edits: Collection[Edit]) -> bool:
        """Whether the words, once edited, lead to another place than they were meant to; an old mark says so already.

        Where an article is named anew behind them, it says whose clauses they are.
        """
        if found.citation.is_old or any(start == end for start, end, _words in edits):
            return False
        pairs = zip(found.citation.mentions, found.targets, strict=True)
        written = {
            mention.path: words
            for mention in found.citation.mentions
            for start, end, words in edits
            if (start, end) == (mention.start, mention.end)
        }
        return any(self._misleads(found, mention, target, written) for mention, target in pairs)

    def edits(self, found: Found) -> Iterator[Edit]:
        """What to write where; raises _Cannot when no number says it."""
        pairs = list(zip(found.citation.mentions, found.targets, strict=True))
        old = {mention: target for mention, target in pairs if target is not None}
        new = {mention: self._way(target) for mention, target in old.items()}
        for mention, target in new.items():
            if mention.level in ("clause", "point"):
                yield from self._inner_edits(mention, target)
            elif mention.level == "article":
                yield from self._article_edits(found, mention, new, was=old[mention].wid)
            else:
                yield from self._number_edits(mention, self._heading_of(mention, target, new).number)
        yield from self._added_article(found, new)

    def _read(self, old: Text, arrangement: Arrangement) -> None:
        before = old.by_wid()
        outlines = {wid: outline(before[wid].text) for wid in self._parted}
        for wid, origins in arrangement.origins.items():
            lines = outline(self._new[wid].text)
            clause = ""
            for line, origin in zip(lines, origins, strict=True):
                self._homes[origin.wid, origin.line] = wid, line.label
                clause = line.number if line.kind is LineKind.CLAUSE else clause
                old_line = outlines[origin.wid][origin.line]
                if old_line.kind in (LineKind.CLAUSE, LineKind.POINT):
                    self._moves[_place(origin.wid, old_line.label)] = _place(wid, line.label)

    def _misleads(self, found: Found, mention: Mention, target: Target | None, written: dict[Path, str]) -> bool:
        steps = [(level, written.get(mention.path[: at + 1], old)) for at, (level, old) in enumerate(mention.path)]
        read = replace(mention, path=tuple(steps), number=steps[-1][1])
        home, label = self._place_of(found)
        leads = self._new_places.resolve(read, sheet=self._new[home], label=label)
        meant = self._new_place(target) if target is not None else None
        if meant is not None and mention.level not in ("appendix", "article", "clause", "point"):
            return False  # the chapter an article stands in may be another one now
        return leads is not None and leads != meant

    def _place_of(self, found: Found) -> tuple[uuid.UUID, str]:
        """In which provision and clause the citation stands in the new text."""
        wid = found.sheet.wid
        if found.field == "text":
            return self._homes.get((wid, found.line), (wid, found.label))
        return self._successors.get(wid, wid), ""

    def _home(self, found: Found) -> uuid.UUID:
        return self._place_of(found)[0]

    def _new_place(self, target: Target) -> Target | None:
        if target in self._moves:
            return self._moves[target]
        wid = self._successors.get(target.wid, target.wid)
        return Target(wid, target.clause, target.point) if wid in self._new else None

    def _way(self, target: Target) -> Target:
        place = self._new_place(target)
        if place is None:
            raise _Cannot(Loss.REMOVED)
        return place

    def _inner_edits(self, mention: Mention, target: Target) -> Iterator[Edit]:
        if mention.is_relative:
            return
        number = target.clause if mention.level == "clause" else target.point
        if number != mention.number:
            yield mention.start, mention.end, number

    def _heading_of(self, mention: Mention, target: Target, new: dict[Mention, Target]) -> Sheet:
        """The chapter cited; behind "Điều 5" the one that article stands in now."""
        inside = [other for other in new if other is not mention and other.path[: len(mention.path)] == mention.path]
        if not inside:
            return self._new[target.wid]
        sheets = [self._above(new[other].wid, mention.level) for other in inside]
        if len({sheet.wid for sheet in sheets}) > 1:
            raise _Cannot(Loss.SCATTERED)
        return sheets[0]

    def _above(self, wid: uuid.UUID, kind: str) -> Sheet:
        parent = self._new[wid].parent
        if parent is None:
            raise _Cannot(Loss.SCATTERED)
        return self._new[parent] if self._new[parent].kind == kind else self._above(parent, kind)

    def _article_edits(
        self, found: Found, mention: Mention, new: dict[Mention, Target], *, was: uuid.UUID
    ) -> Iterator[Edit]:
        wids = {target.wid for other, target in new.items() if _is_inside(other, mention)} or {new[mention].wid}
        if len(wids) > 1:
            raise _Cannot(Loss.SCATTERED)
        (wid,) = wids
        home = self._home(found)
        if mention.is_relative:
            if wid != home:
                yield mention.start, mention.end, self._new[wid].number
        elif wid == home and was != found.sheet.wid and mention.is_alone and not found.citation.document:
            yield mention.start, mention.end, THIS
        else:
            yield from self._number_edits(mention, self._new[wid].number)

    def _number_edits(self, mention: Mention, number: str) -> Iterator[Edit]:
        if mention.is_relative:
            return
        number = in_manner(number, of=mention.number) if mention.level != "article" else number
        if number.lower() != mention.number.lower():
            yield mention.start, mention.end, number

    def _added_article(self, found: Found, new: dict[Mention, Target]) -> Iterator[Edit]:
        """ "khoản 2" of an article that was split: the article must be named where the clause is no longer at home."""
        bare = [
            (mention, target)
            for mention, target in new.items()
            if mention.level in ("clause", "point")
            and not mention.is_relative
            and not any(level == "article" or number == THIS for level, number in mention.path)
        ]
        wids = {target.wid for _mention, target in bare}
        if not bare or wids == {self._home(found)} or found.sheet.kind != "article":
            return
        if len(wids) > 1:
            raise _Cannot(Loss.SCATTERED)
        (wid,) = wids
        end = max(mention.end for mention, _target in bare)
        yield end, end, f" Điều {self._new[wid].number}"


def _is_inside(other: Mention, mention: Mention) -> bool:
    return other.level in ("clause", "point") and other.path[: len(mention.path)] == mention.path


def _place(wid: uuid.UUID, label: str) -> Target:
    """A line's label as a target: "điểm a khoản 2"."""
    words = label.split()
    named = dict(zip(words[::2], words[1::2], strict=True))
    return Target(wid, named.get("khoản", ""), named.get("điểm", ""))
