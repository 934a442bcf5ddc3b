"""Word-level difference of two texts, as a redline shows it.

Paragraphs (lines) are matched first, so that an inserted clause is one insertion; then the words inside
matched paragraphs. A line whose number alone changed ("2." became "3.") is renumbered, not rewritten.
Nothing is normalised: the spans of either side, joined, give exactly that side's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count, groupby

from rapidfuzz.distance import Indel

# Dates, amounts and symbols ("10/11/2026", "12-NQ/TU") are one token; so is a run of spaces or a line break.
TOKEN = re.compile(r"\d+(?:[.,]\d+)+(?!\w)|[\w\u0300-\u036f]+(?:[/-][\w\u0300-\u036f]+)*|[^\S\n]+|\n|[^\w\s]")
_WORD = re.compile(r"\w+")
_LABEL = re.compile(
    r"\s*(?:Điều\s+\d+[a-zđ]?\.|\d+(?:\.\d+)*[a-zđ]?[.)]|\d+(?:\.\d+)+|[a-zđ]{1,2}[.)]|[IVXLC]+\.)(?=\s|$)"
)
# Above the surrogates, which no string for rapidfuzz may hold.
_FIRST_CHARACTER = 0x10000
# Paragraphs less alike than this are shown as one dropped and one new.
_ALIKE = 0.4
# Where one paragraph stands against one, its place speaks for it.
_ALIKE_IN_PLACE = 0.25
# Beyond so many pairs of unlike paragraphs in one place none is matched: the place was rewritten as a whole.
_MOST_PAIRS = 40_000


class Kind(StrEnum):
    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


class LineKind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text on both sides or on one. ``is_number`` marks the number of a renumbered paragraph."""

    kind: Kind
    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the difference, without its line break."""

    kind: LineKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How much changed, in words; renumbered paragraphs apart."""

    inserted_words: int
    deleted_words: int
    renumbered_lines: int

    @property
    def is_same_wording(self) -> bool:
        return not self.inserted_words and not self.deleted_words


def tokens(text: str) -> list[str]:
    """Words, numbers, spaces and punctuation marks; joined they give the text back."""
    return TOKEN.findall(text)


def matching_blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The longest common subsequence as runs (place in old, place in new, length), in order."""
    old_key, new_key = _interned(old, new)
    return [
        (code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in Indel.opcodes(old_key, new_key)
        if code.tag == "equal"
    ]


def readable_blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The matching runs of tokens that a redline shows: without tiny islands amid rewritten words."""
    blocks = []
    old_at = new_at = 0
    for change in _readable(_changes(list(old), list(new))):
        old_at, new_at = old_at + len(change.deleted), new_at + len(change.inserted)
        blocks.append((old_at, new_at, len(change.same)))
        old_at, new_at = old_at + len(change.same), new_at + len(change.same)
    return blocks


def difference(old: str, new: str) -> list[Span]:
    """The whole text as one run of spans; of a replacement the deleted words come first."""
    return _joined(_flattened(difference_lines(old, new)))


def difference_lines(old: str, new: str) -> list[Line]:
    """The difference paragraph by paragraph, in the order of the text."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    return [
        _line(
            None if old_place is None else old_lines[old_place],
            None if new_place is None else new_lines[new_place],
        )
        for old_place, new_place in _paired_lines(old_lines, new_lines)
    ]


def change_summary(old: str, new: str) -> Summary:
    """Counts of inserted and deleted words and of renumbered paragraphs."""
    lines = difference_lines(old, new)
    words = dict.fromkeys(Kind, 0)
    for span in (span for line in lines for span in line.spans if not span.is_number):
        words[span.kind] += _word_count(tokens(span.text))
    renumbered = sum(any(span.is_number for span in line.spans) for line in lines)
    return Summary(words[Kind.INSERTED], words[Kind.DELETED], renumbered)


def same_wording(old: str, new: str) -> bool:
    """Whether the paragraphs say the same words, whatever their numbers and blanks."""
    return _bodies(old) == _bodies(new)


def old_side(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans if span.kind is not Kind.INSERTED)


def new_side(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans if span.kind is not Kind.DELETED)


# Paragraphs


def _paired_lines(old: list[str], new: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Places of paragraphs that belong together; None where one has no partner."""
    old_bodies, new_bodies = [_split_label(line)[1] for line in old], [_split_label(line)[1] for line in new]
    old_at = new_at = 0
    for old_start, new_start, length in [*matching_blocks(old_bodies, new_bodies), (len(old), len(new), 0)]:
        gap = _paired_by_likeness(old_bodies[old_at:old_start], new_bodies[new_at:new_start])
        for old_place, new_place in gap:
            yield (
                None if old_place is None else old_at + old_place,
                None if new_place is None else new_at + new_place,
            )
        yield from ((old_start + step, new_start + step) for step in range(length))
        old_at, new_at = old_start + length, new_start + length


def _paired_by_likeness(old: list[str], new: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pairs in order, such that the sum of likenesses is greatest."""
    pairs = _best_pairs(old, new) if 0 < len(old) * len(new) <= _MOST_PAIRS else []
    old_at = new_at = 0
    for old_place, new_place in [*pairs, (len(old), len(new))]:
        yield from ((place, None) for place in range(old_at, old_place))
        yield from ((None, place) for place in range(new_at, new_place))
        if old_place < len(old):
            yield old_place, new_place
        old_at, new_at = old_place + 1, new_place + 1


def _best_pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    keys = _interned(*(_WORD.findall(line) for line in old + new))
    old_keys, new_keys = keys[: len(old)], keys[len(old) :]
    alike = _ALIKE_IN_PLACE if len(old) == len(new) == 1 else _ALIKE
    likeness = [[Indel.normalized_similarity(a, b, score_cutoff=alike) for b in new_keys] for a in old_keys]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + likeness[i][j])
    pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _split_label(line: str) -> tuple[str, str]:
    """("2.", " Nhiệm vụ …") for "2. Nhiệm vụ …"."""
    match = _LABEL.match(line)
    return (match[0], line[match.end() :]) if match else ("", line)


def _bodies(text: str) -> list[list[str]]:
    return [_split_label(line)[1].split() for line in text.split("\n")]


def _line(old: str | None, new: str | None) -> Line:
    if old is None:
        return Line(LineKind.INSERTED, _some(Kind.INSERTED, new or ""))
    if new is None:
        return Line(LineKind.DELETED, _some(Kind.DELETED, old))
    if old == new:
        return Line(LineKind.SAME, _some(Kind.SAME, old))
    old_label, old_body = _split_label(old)
    new_label, new_body = _split_label(new)
    if old_label == new_label or not old_label or not new_label:
        return Line(LineKind.CHANGED, tuple(_word_difference(old, new)))
    number = (Span(Kind.DELETED, old_label, is_number=True), Span(Kind.INSERTED, new_label, is_number=True))
    if old_body == new_body:
        return Line(LineKind.RENUMBERED, number + _some(Kind.SAME, old_body))
    return Line(LineKind.CHANGED, number + tuple(_word_difference(old_body, new_body)))


def _flattened(lines: list[Line]) -> Iterator[Span]:
    """The spans of all lines with the line breaks between them, each on the sides that have it."""
    in_old = in_new = False
    for line in lines:
        on_old, on_new = line.kind is not LineKind.INSERTED, line.kind is not LineKind.DELETED
        if in_old and on_old and in_new and on_new:
            yield Span(Kind.SAME, "\n")
        elif in_old and on_old:
            yield Span(Kind.DELETED, "\n")
        elif in_new and on_new:
            yield Span(Kind.INSERTED, "\n")
        yield from line.spans
        in_old, in_new = in_old or on_old, in_new or on_new


# Words


@dataclass(slots=True)
class _Change:
    """A place where the tokens ``deleted`` became ``inserted``; ``same`` are the unchanged ones behind it."""

    deleted: list[str]
    inserted: list[str]
    same: list[str]

    @property
    def size(self) -> int:
        return max(_word_count(self.deleted), _word_count(self.inserted))

    @property
    def is_replacement(self) -> bool:
        return bool(self.deleted and self.inserted)


def _word_difference(old: str, new: str) -> Iterator[Span]:
    for change in _readable(_changes(tokens(old), tokens(new))):
        yield from _some(Kind.DELETED, "".join(change.deleted))
        yield from _some(Kind.INSERTED, "".join(change.inserted))
        yield from _some(Kind.SAME, "".join(change.same))


def _changes(old: list[str], new: list[str]) -> Iterator[_Change]:
    old_at = new_at = 0
    for old_start, new_start, length in [*matching_blocks(old, new), (len(old), len(new), 0)]:
        yield _Change(old[old_at:old_start], new[new_at:new_start], old[old_start : old_start + length])
        old_at, new_at = old_start + length, new_start + length


def _readable(changes: Iterator[_Change]) -> Iterator[_Change]:
    return _bridged(_bridged(changes, _is_wordless_island), _is_tiny_island)


def _bridged(changes: Iterator[_Change], is_island: Callable[[_Change, _Change], bool]) -> Iterator[_Change]:
    """The changes, two of them made one where the unchanged words between them are an island."""
    current = next(changes)
    for following in changes:
        if is_island(current, following):
            current.deleted += current.same + following.deleted
            current.inserted += current.same + following.inserted
            current.same = following.same
        else:
            yield current
            current = following
    yield current


def _is_wordless_island(before: _Change, after: _Change) -> bool:
    """A lone space or comma beside a replacement; an insertion after a comma leaves the comma alone."""
    if any(item[0].isalnum() for item in before.same) or not (before.is_replacement or after.is_replacement):
        return False
    return bool(before.size and after.size) or all(item.isspace() for item in before.same)


def _is_tiny_island(before: _Change, after: _Change) -> bool:
    """ "và" amid rewritten words."""
    most = min(before.size, after.size) // 2
    return most > 0 and 0 < _word_count(before.same) <= most


# Small things


def _some(kind: Kind, text: str) -> tuple[Span, ...]:
    return (Span(kind, text),) if text else ()


def _joined(spans: Iterator[Span]) -> list[Span]:
    """Neighbours of one kind as one span."""
    runs = groupby(spans, key=lambda span: (span.kind, span.is_number))
    return [Span(kind, "".join(s.text for s in run), is_number) for (kind, is_number), run in runs]


def _word_count(items: Iterable[str]) -> int:
    return sum([item[0].isalnum() for item in items])


def _interned(*sequences: Sequence[str]) -> list[str]:
    """Each sequence as a string with one character per distinct item: rapidfuzz is fastest on strings."""
    distinct = dict.fromkeys(chain.from_iterable(sequences))
    characters = dict(zip(distinct, map(chr, count(_FIRST_CHARACTER)), strict=False))
    return ["".join(map(characters.__getitem__, items)) for items in sequences]
