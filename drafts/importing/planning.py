"""Plan: the heads of a component as ranked places in its tree, Roman parts and numbered items among them.

Roman numbers, letters and plain numbers are heads only where the document is built of them: parts that hold the
articles (party style: "I- QUY ĐỊNH CHUNG"), a programme without articles (parts I II III, items 1 2 3, 1.1), or a
programme that one article of a decision approves. Everywhere else they are the article's own text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from drafts.importing.dividing import GROUPS, Division, Head
from drafts.importing.identifying import Sign, SignKind
from drafts.importing.structure import Kind
from drafts.numbering import from_roman


@dataclass(frozen=True, slots=True)
class Place:
    """A head and its rank: a place belongs to the nearest place before it with a lower rank.

    `title_lines` says how many lines its title takes where a person decided: 0 none, 1 the words behind the number, 2
    the next line too; None: judged by the words.
    """

    index: int
    kind: Kind
    rank: int
    sign: Sign
    title_lines: int | None = None

    @property
    def number(self) -> str:
        return self.sign.number

    @property
    def label(self) -> str:
        return self.sign.label


Mark = tuple[int, Sign]  # a sign and the index of its line

_ARTICLE_RANK = 4
_INSIDE_ARTICLE = 5
ITEM_RANK = 9
_APPENDIX_RANK = 0
RANKS = {
    SignKind.PART: (Kind.PART, 0),
    SignKind.CHAPTER: (Kind.CHAPTER, 1),
    SignKind.SECTION: (Kind.SECTION, 2),
    SignKind.SUBSECTION: (Kind.SUBSECTION, 3),
    SignKind.ARTICLE: (Kind.ARTICLE, _ARTICLE_RANK),
    SignKind.APPENDIX: (Kind.APPENDIX, _APPENDIX_RANK),
    SignKind.FORM: (Kind.APPENDIX, _APPENDIX_RANK),
}
_GROUP_LADDER = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
_MARKS = (SignKind.ROMAN, SignKind.LETTER, SignKind.ITEM)
_ALPHABETS = ("ABCDĐEGHIKLMNOPQRSTUVXY", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")  # offices count letters in either
_TITLE_LINES = 5  # an article follows the head of its part within these


def plan(division: Division, signs: list[Sign | None]) -> list[Place]:
    """Reads a component's believed heads and the signs between them, writes its places in document order."""
    places = [_place(head) for head in division.heads]
    articles = [head.index for head in division.heads if head.sign.kind is SignKind.ARTICLE]
    body = _Body(division, signs)
    if not articles:
        if body.lists_groups():
            places = [place for place in places if place.sign.kind not in GROUPS]
            body.forget_groups()
        places += body.programme(division.start, division.body_end, base=0)
    elif not any(head.sign.kind is SignKind.CHAPTER for head in division.heads):
        places += body.parts_of_articles(articles) or body.programme_in_article(articles)
    return sorted(places, key=lambda place: place.index)


def _place(head: Head) -> Place:
    kind, rank = RANKS[head.sign.kind]
    return Place(head.index, kind, rank, head.sign)


class _Body:
    """The lines of a component before its closing and appendices, with the signs that are not quoted."""

    def __init__(self, division: Division, signs: list[Sign | None]) -> None:
        self._end = end = division.body_end
        self._groups = {
            head.index: head.sign for head in division.heads if head.sign.kind in GROUPS and head.index < end
        }
        self._marks = [
            (index, sign)
            for index in range(division.start, end)
            if index not in division.quoted and (sign := signs[index]) and sign.kind in _MARKS
        ]

    def lists_groups(self) -> bool:
        """Whether chapters are only listed in a text built of Roman parts ("Bố cục: Chương I …")."""
        romans = _chain(self._marks)
        return bool(self._groups and romans) and romans[0][0] < min(self._groups)

    def forget_groups(self) -> None:
        self._groups = {}

    def parts_of_articles(self, articles: list[int]) -> list[Place]:
        """Roman heads that each hold articles; [] when the Roman numbers are something else."""
        heads = [mark for mark in self._marks if _has_one_between(articles, mark[0], mark[0] + _TITLE_LINES)]
        capitals = [mark for mark in heads if mark[1].title.isupper()]
        romans = _chain(capitals) or _chain(heads) or _chain(self._marks)
        if not romans or romans[0][0] > articles[0]:
            return []
        borders = [index for index, _ in romans] + [self._end]
        if not all(_has_one_between(articles, start, end) for start, end in pairwise(borders)):
            return []
        has_parts = any(sign.kind is SignKind.PART for sign in self._groups.values())
        kind, rank = (Kind.SECTION, 2) if has_parts else (Kind.PART, 0)
        return [Place(index, kind, rank, sign) for index, sign in romans]

    def programme_in_article(self, articles: list[int]) -> list[Place]:
        """The parts and items of a programme that one article approves: Roman titles in capitals inside it."""
        all_romans = [mark for mark in self._marks if mark[1].kind is SignKind.ROMAN]
        for start, end in pairwise([*articles, self._end]):
            first = bisect_left(all_romans, start, key=_index)
            romans = _chain(all_romans[first : bisect_left(all_romans, end, key=_index)])
            if len(romans) >= 2 and all(sign.title.isupper() for _, sign in romans):
                return self.programme(start + 1, end, base=_INSIDE_ARTICLE)
        return []

    def programme(self, start: int, end: int, *, base: int) -> list[Place]:
        """Parts and items between two lines; `base` is the rank of the outermost of them."""
        marks = [(index, sign) for index, sign in self._marks if start <= index < end]
        groups = [(index, sign) for index, sign in self._groups.items() if start <= index < end]
        letters = max((_runs(marks, groups, partial(_letter_value, alphabet)) for alphabet in _ALPHABETS), key=len)
        romans = _runs(marks, groups + letters, _roman_value)
        taken = {index for index, _ in romans}
        letters = [(index, sign) for index, sign in letters if index not in taken]
        places = self._ladder(groups, letters, romans, base)
        heads = sorted([place.index for place in places] + [index for index, _ in groups])
        first = heads[0] if heads else start
        return places + _items([mark for mark in marks if mark[0] >= first and mark[0] not in taken], heads)

    def _ladder(self, groups: list[Mark], letters: list[Mark], romans: list[Mark], base: int) -> list[Place]:
        """Letters and Roman numbers below the groups, the one that comes first outside."""
        outermost = 0
        if groups:
            outermost = 1 + max(_GROUP_LADDER.index(RANKS[sign.kind][0]) for _, sign in groups)
        if outermost == 1:
            outermost = 2  # below a part comes a section: "chapter" is for what calls itself so
        places: list[Place] = []
        runs = sorted((run for run in (letters, romans) if run), key=lambda run: run[0][0])
        for level, run in enumerate(runs, start=outermost):
            level = min(level, len(_GROUP_LADDER) - 1)
            kind = _GROUP_LADDER[level if level != 1 else 2]
            places += [Place(index, kind, base + level, sign) for index, sign in run]
        return places


def _roman_value(sign: Sign) -> int | None:
    return from_roman(sign.number) if sign.kind is SignKind.ROMAN else None


def _letter_value(alphabet: str, sign: Sign) -> int | None:
    if sign.kind is SignKind.ITEM or len(sign.number) != 1 or not sign.title.isupper():
        return None
    return alphabet.find(sign.number) + 1 or None


def _index(mark: Mark) -> int:
    return mark[0]


def _has_one_between(indexes: list[int], start: int, end: int) -> bool:
    """Whether one of the ascending `indexes` lies between the two, borders excluded."""
    place = bisect_right(indexes, start)
    return place < len(indexes) and indexes[place] < end


def _chain(marks: list[Mark]) -> list[Mark]:
    """The marks that count I, II, III … from the first I on; [] if there is not even a II."""
    chain: list[Mark] = []
    for index, sign in marks:
        if sign.kind is not SignKind.ITEM and from_roman(sign.number) == len(chain) + 1:
            chain.append((index, sign))
    return chain if len(chain) > 1 else []


def _runs(marks: list[Mark], borders: list[Mark], value_of: Callable[[Sign], int | None]) -> list[Mark]:
    """The marks that count on from one, starting again behind a border; [] unless some run reaches two."""
    at_border = sorted(index for index, _ in borders)
    border = 0
    run: list[Mark] = []
    expected, longest = 1, 0
    for index, sign in marks:
        while border < len(at_border) and at_border[border] < index:
            border, expected = border + 1, 1
        if value_of(sign) == expected:
            run.append((index, sign))
            longest, expected = max(longest, expected), expected + 1
    return run if longest > 1 else []


def _items(marks: list[Mark], heads: list[int]) -> list[Place]:
    """The numbered items: 1, 2, 3 in each part, 1.1 below 1; lists inside an item are its text."""
    row = _ItemRow()
    places: list[Place] = []
    border = 0
    for index, sign in marks:
        while border < len(heads) and heads[border] < index:
            border += 1
            row.restart()
        if index in heads[border : border + 1] or sign.kind is not SignKind.ITEM:
            continue
        if row.takes(sign):
            places.append(Place(index, Kind.ITEM, ITEM_RANK + sign.number.count("."), sign))
    if not heads and sum("." not in place.sign.number for place in places) < 2:
        return []
    return places


class _ItemRow:
    """Counts the items of one part; remembers a list that starts at 1 again inside an item."""

    def __init__(self) -> None:
        self._mark = ""
        self.restart()

    def restart(self) -> None:
        self._path: list[int] = []
        self._inner = 0

    def takes(self, sign: Sign) -> bool:
        """Whether the sign is the next item (True) or text of the item before (False)."""
        numbers = [int(part) for part in sign.number.split(".")]
        mark = sign.label[-1] if not sign.label[-1].isalnum() else "."
        if len(numbers) == 1 and self._mark and mark != self._mark:
            return False
        expected = self._path[len(numbers) - 1] + 1 if len(self._path) >= len(numbers) else 1
        if len(numbers) > 1 and self._path[: len(numbers) - 1] != numbers[:-1]:
            return False
        if numbers[-1] == expected and not (self._inner and numbers[-1] == self._inner + 1 and not _is_titled(sign)):
            self._path = numbers
            self._inner = 0
            self._mark = self._mark or mark
            return True
        if len(numbers) == 1:
            self._inner = numbers[0]
        return False


def _is_titled(sign: Sign) -> bool:
    return len(sign.title) <= 150 and sign.title[-1] not in ".;:,"
