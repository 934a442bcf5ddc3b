"""Correct: what a person says about single lines, taken into the stages behind `identify`.

    correct_signs      before `divide`   a corrected line has the sign it was given, or none
    correct_divisions  behind `divide`   documents, closings and heads stand where a person put them
    correct_places     behind `plan`     ranks and titles as a person said

All else is judged anew by the stages themselves, as if the file had been written that way from the start; without
corrections each function gives back what it was given. A correction knows its line by its place and its first words,
so that it never meets another line.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from drafts.importing.dividing import Division, Head
from drafts.importing.identifying import Sign, SignKind, sign_of
from drafts.importing.lines import SourceLine
from drafts.importing.nesting import title_lines
from drafts.importing.planning import ITEM_RANK, RANKS, Place
from drafts.importing.structure import Kind
from drafts.numbering import label_like


class Role(StrEnum):
    """What a line is; the heads have the values of their kinds."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    ITEM = "item"
    APPENDIX = "appendix"
    TITLE = "title"  # goes on with the title above
    TEXT = "text"
    CLOSING = "closing"  # the first line of signature and recipients
    DOCUMENT = "document"  # the first line of a document of its own
    SAME = "same"  # no document of its own begins here


HEADS = (Role.PART, Role.CHAPTER, Role.SECTION, Role.SUBSECTION, Role.ARTICLE, Role.ITEM, Role.APPENDIX)
MAX_LEVEL = 4
OPENING = 60
"""So many characters of a line are its first words."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The line at `index` of the normalised lines is `role`.

    Of heads: `number` ("" as written), `level` of items (1 to 4), `is_titled` whether the words behind the number are
    a title (None: judged).
    """

    index: int
    role: Role
    number: str = ""
    level: int = 1
    is_titled: bool | None = None
    opening: str = ""

    def fits(self, lines: Sequence[SourceLine]) -> bool:
        return self.index < len(lines) and lines[self.index].text.startswith(self.opening)


Corrections = Mapping[int, Correction]

_TITLE_BLOCK = 30  # without its first line, the beginning of a document may be found so much later
_NEUTRAL = "-"  # what the divider sees where a person has decided
_LABELS = {
    Role.PART: "Phần",
    Role.CHAPTER: "Chương",
    Role.SECTION: "Mục",
    Role.SUBSECTION: "Tiểu mục",
    Role.ARTICLE: "Điều",
    Role.APPENDIX: "Phụ lục",
}
_WORDS = {
    Role.PART: ("phan",),
    Role.CHAPTER: ("chuong",),
    Role.SECTION: ("muc",),
    Role.SUBSECTION: ("tieumuc",),
    Role.ARTICLE: ("dieu", "dleu", "diu"),
    Role.APPENDIX: ("phuluc",),
}
_LOOSE_HEAD = re.compile(
    r"\W{0,3}(?P<word>(?:[^\W\d_]{1,7}\s?){1,3}?)\s*(?P<number>\d{1,4}[a-zđ]?|[IVXLC]{1,7}[a-zđ]?)(?!\w)"
    r"\s*[.:,;)\-/]*\s*(?P<title>.*)"
)


def fitting(corrections: Sequence[Correction], lines: Sequence[SourceLine]) -> dict[int, Correction]:
    """The corrections that meet their lines, by line; of several for one line the last."""
    return {correction.index: correction for correction in corrections if correction.fits(lines)}


def correct_signs(
    lines: list[SourceLine], signs: list[Sign | None], corrections: Corrections
) -> tuple[list[SourceLine], list[Sign | None]]:
    """Reads lines and signs, writes what `divide` is to see of them."""
    if not corrections:
        return lines, signs
    lines, signs = list(lines), list(signs)
    for index, correction in corrections.items():
        is_judged = correction.role in HEADS and correction.role is not Role.ITEM  # items are put in behind `plan`
        signs[index] = head_sign(lines[index].text, correction) if is_judged else None
        lines[index] = replace(lines[index], text=_NEUTRAL)
    return lines, signs


def correct_divisions(divisions: list[Division], signs: list[Sign | None], corrections: Corrections) -> list[Division]:
    """Reads the components as judged, writes them with the borders and heads a person gave them."""
    for correction in sorted(corrections.values(), key=lambda correction: correction.index):
        divisions = _with_border(divisions, correction)
    for division in divisions:
        here = [found for index, found in corrections.items() if division.start <= index < division.end]
        _correct_division(division, signs, here)
    return divisions


def correct_places(
    places: list[Place], division: Division, lines: list[SourceLine], corrections: Corrections
) -> list[Place]:
    """Reads a component's places as planned, writes them with the heads and titles a person gave them."""
    if not corrections:
        return places
    ranks = _STANDARD | {place.kind: place.rank for place in places}
    kept = [place for place in places if place.index not in corrections]
    given = [
        _given_place(correction, head_sign(lines[index].text, correction, beside=kept), ranks)
        for index, correction in corrections.items()
        if division.start <= index < division.end and correction.role in HEADS
    ]
    places = sorted(kept + given, key=lambda place: place.index)
    ends = [*(place.index for place in places), division.end][1:]
    return [
        _with_title(place, lines[place.index + 1 : _end(division, place, end)], corrections)
        for place, end in zip(places, ends, strict=True)
    ]


class Headed(Protocol):
    """A head as it was read elsewhere in the file."""

    @property
    def kind(self) -> Kind: ...
    @property
    def number(self) -> str: ...
    @property
    def label(self) -> str: ...


def head_sign(text: str, correction: Correction, *, beside: Iterable[Headed] = ()) -> Sign:
    """The line as the head a person calls it: number, label and title told apart as well as they can be.

    A label that is not written in the line is written as those of its kind `beside` it are: "CHƯƠNG II" where the file
    has "CHƯƠNG I".
    """
    role = correction.role
    number, label, title = _split_head(text, role)
    if correction.number and correction.number != number:
        number, label = correction.number, _label(role, correction.number, beside)
    elif number and (not label or (role is Role.ARTICLE and not label.startswith(("Điều ", "ĐIỀU ")))):
        label = _label(role, number, beside)
    return Sign(SignKind(role.value), number, label, title)


def _split_head(text: str, role: Role) -> tuple[str, str, str]:
    """Number, label and title of a line; without a number it is all title."""
    sign = sign_of(text)
    if sign is not None:
        return sign.number, sign.label, sign.title
    match = _LOOSE_HEAD.match(text)
    if match and _folded(match["word"]) in _WORDS.get(role, ()):
        return match["number"], text[: match.start("title")].strip(), match["title"]
    return "", "", text


def _label(role: Role, number: str, beside: Iterable[Headed]) -> str:
    """Items of several levels are marked in several ways, and a misread "Đ i ề u 1" is no example."""
    for head in beside:
        if head.kind.value != role.value or role is Role.ITEM:
            continue
        if role is Role.ARTICLE and not head.label.startswith(("Điều ", "ĐIỀU ")):
            continue
        if label := label_like(head.label, head.number, number):
            return label
    return f"{_LABELS[role]} {number}." if role in _LABELS else f"{number}."


def _folded(word: str) -> str:
    """Letters only, lower case, without diacritics: "Đ iều" → "dieu"."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if letter.isalpha() and not unicodedata.combining(letter))


# Divisions


def _with_border(divisions: list[Division], correction: Correction) -> list[Division]:
    place = next(at for at, division in enumerate(divisions) if correction.index < division.end)
    division = divisions[place]
    if correction.role is Role.DOCUMENT and correction.index > division.start:
        return [*divisions[:place], *_split(division, correction.index), *divisions[place + 1 :]]
    if correction.role is not Role.SAME:
        return divisions
    if not place or not _opens(division, correction.index):
        place += 1
    if place == len(divisions) or divisions[place].start > correction.index + _TITLE_BLOCK:
        return divisions
    return [*divisions[: place - 1], _joined(divisions[place - 1], divisions[place]), *divisions[place + 1 :]]


def _opens(division: Division, index: int) -> bool:
    """Whether the line stands in the component's title, above all heads."""
    return index < min((head.index for head in division.heads), default=division.end)


def _split(division: Division, at: int) -> tuple[Division, Division]:
    """The two documents a component is cut into before the line `at`."""
    closing = division.closing
    return (
        Division(
            division.start,
            at,
            [head for head in division.heads if head.index < at],
            closing if closing is not None and closing < at else None,
            {index for index in division.quoted if index < at},
            division.findings,
        ),
        Division(
            at,
            division.end,
            [head for head in division.heads if head.index >= at],
            closing if closing is not None and closing >= at else None,
            {index for index in division.quoted if index >= at},
        ),
    )


def _joined(first: Division, second: Division) -> Division:
    """Two components as one; of two closings the last one stays."""
    return Division(
        first.start,
        second.end,
        first.heads + second.heads,
        first.closing if second.closing is None else second.closing,
        first.quoted | second.quoted,
        first.findings + second.findings,
    )


def _correct_division(division: Division, signs: list[Sign | None], corrections: list[Correction]) -> None:
    said = {correction.index: correction.role for correction in corrections}
    if division.closing in said:
        division.closing = None
    division.closing = next((index for index, role in said.items() if role is Role.CLOSING), division.closing)
    division.quoted -= set(said)
    heads = [head for head in division.heads if head.index not in said]
    for index in said:
        sign = signs[index]
        if sign is not None:
            heads.append(Head(index, sign))
    division.heads = sorted(heads, key=lambda head: head.index)


# Places


_STANDARD = dict(RANKS.values()) | {Kind.ITEM: ITEM_RANK}


def _given_place(correction: Correction, sign: Sign, ranks: Mapping[Kind, int]) -> Place:
    """A head where a person put it; its rank is the one its kind has elsewhere in the component."""
    kind = Kind(correction.role.value)
    rank = ITEM_RANK + correction.level - 1 if kind is Kind.ITEM else ranks[kind]
    return Place(correction.index, kind, rank, sign)


def _end(division: Division, place: Place, end: int) -> int:
    closing = division.closing
    return closing if closing is not None and place.index < closing < end else end


def _with_title(place: Place, body: list[SourceLine], corrections: Corrections) -> Place:
    """The place with the lines of its title, where a person said something about one of them."""
    judged = title_lines(place.kind, place.sign, body)
    taken = next((at for at in range(judged) if _role(corrections, place.index + 1 + at) is Role.TEXT), judged)
    while taken < len(body) and _role(corrections, place.index + 1 + taken) is Role.TITLE:
        taken += 1
    said = corrections.get(place.index)
    is_titled = said.is_titled if said else None
    if is_titled is False:
        return replace(place, title_lines=0)
    return replace(place, title_lines=1 + taken) if is_titled or taken != judged else place


def _role(corrections: Corrections, index: int) -> Role | None:
    return corrections[index].role if index in corrections else None
