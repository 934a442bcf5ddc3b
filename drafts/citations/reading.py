"""Citations as they are written: "điểm a và b khoản 2 Điều 54", "các điều 5, 6 và 7", "Mục 2 Chương III". No Django.

A line is read in two steps. Its *units* are found first: a word (điểm, khoản, điều, mục, chương, phần, phụ lục) with
the numbers behind it, or with "này". Units that follow one another are then one citation, and each gets the larger
units it stands in: in "điểm a khoản 1, khoản 2 Điều 5" both clauses are Điều 5's, and the point is of clause 1. A
document named behind ("của Luật Đất đai", "Nghị định số …") takes the whole citation with it; "Quy chế này" does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from drafts.quotation import QuoteReader

LEVELS = ("document", "appendix", "part", "chapter", "section", "subsection", "article", "clause", "point")
_RANK = {level: rank for rank, level in enumerate(LEVELS)}
THIS = "này"
OLD = " [cũ]"  # behind a citation whose number belongs to another place by now; taken out again by hand

Path = tuple[tuple[str, str], ...]


class Scope(StrEnum):
    """Whose text is cited: this document's, another one's, or nobody's because the words are only quoted."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Mention:
    """One number of a citation and where it leads.

    ``path`` goes from the largest unit named to this one: (("article", "5"), ("clause", "2")); the number of "Điều này"
    is THIS. ``start`` and ``end`` hold the number alone ("2"), ``word`` is where the unit's word begins. ``is_alone``:
    no other number shares the word.
    """

    level: str
    number: str
    start: int
    end: int
    word: int
    path: Path
    is_alone: bool = True

    @property
    def is_relative(self) -> bool:
        return self.number == THIS


@dataclass(frozen=True, slots=True)
class Citation:
    """A phrase of the text with everything it cites. ``document`` names whose text it is ("Quy chế này"), if said.

    ``is_old``: marked as going by numbers of before ("Điều 7 [cũ]"); the mark is none of its words.
    """

    start: int
    end: int
    words: str
    mentions: tuple[Mention, ...]
    scope: Scope
    document: str = ""
    is_old: bool = False


def citations(text: str) -> list[Citation]:
    """All citations of a text of any number of lines, in order."""
    found: list[Citation] = []
    quotes = QuoteReader()
    offset = 0
    for line in text.split("\n"):
        is_quoted = quotes.is_quoted(line)
        found += _line_citations(line, offset, is_quoted=is_quoted and not _opens_with_a_name(line))
        offset += len(line) + 1
    return found


def names_this(document: str) -> bool:
    """Whether "Quy chế này" or a bare "Quy chế" was said, rather than the name of another text."""
    return document.endswith(THIS)


# Units

_NOTE = r"\[\^\w+\]"
_GAP = rf"(?:\s|{_NOTE})"
_WORDS = {
    "điểm": "point",
    "khoản": "clause",
    "điều": "article",
    "tiểu mục": "subsection",
    "mục": "section",
    "chương": "chapter",
    "phần": "part",
    "phụ lục": "appendix",
}
_WORD = re.compile(
    r"(?<!\w)(?P<many>[Cc]ác\s+|CÁC\s+)?(?P<word>[Đđ]iểm|ĐIỂM|[Kk]hoản|KHOẢN|[Đđ]iều|ĐIỀU|[Tt]iểu\s+[Mm]ục|TIỂU\s+MỤC|"
    r"[Mm]ục|MỤC|[Cc]hương|CHƯƠNG|[Pp]hần|PHẦN|[Pp]hụ\s+[Ll]ục|PHỤ\s+LỤC)(?!\w)(?P<so>\s+số(?=\s+\d))?"
)
# "tài khoản 1", "thời điểm", "danh mục 2", "mười phần": other words that end alike.
_OTHER_WORDS = re.compile(
    r"(?:tài|điều|bưu|chuyển|thời|địa|quan|đặc|ưu|nhược|trọng|cao|số|tâm|danh|đề|hạng|cổ|thành|học|một|nhiều|bàn"
    r")\s+$",
    re.IGNORECASE,
)
_ORDINAL = r"[Tt]hứ\s+(?:\d{1,3}|\w+(?:\s+mươi)?(?:\s+(?:một|mốt|hai|ba|tư|bốn|năm|lăm|sáu|bảy|tám|chín))?)"
_ROMAN = r"[IVXLC]{1,8}[a-zđ]?"
_NUMBERS = {
    "point": re.compile(r"[a-zđăâêôơư]\d{0,2}(?!\w)(?!\.\w)"),
    "clause": re.compile(r"\d{1,3}(?:\.\d{1,2}){0,3}[a-zđ]?(?!\w)(?![./]\d)"),
    "article": re.compile(r"\d{1,4}[a-zđ]{0,2}(?!\w)(?![./]\d)"),
    "subsection": re.compile(rf"(?:\d{{1,3}}[a-zđ]?|{_ROMAN})(?!\w)(?![./]\d)"),
    "section": re.compile(rf"(?:\d{{1,3}}[a-zđ]?|{_ROMAN})(?!\w)(?![./]\d)"),
    "chapter": re.compile(rf"(?:{_ROMAN}|\d{{1,3}}[a-zđ]?|{_ORDINAL})(?!\w)(?![./]\d)"),
    "part": re.compile(rf"(?:{_ROMAN}|\d{{1,2}}|{_ORDINAL})(?!\w)(?![./]\d)"),
    "appendix": re.compile(rf"(?:{_ROMAN}|\d{{1,2}}[a-zđ]?|[A-H])(?!\w)(?![./]\d)"),
}
_NEXT = re.compile(rf"\)?{_GAP}*(?:,{_GAP}*(?:và\s+|hoặc\s+)?|(?:và|hoặc|hay|đến|tới|[-–]){_GAP}+)", re.IGNORECASE)
_GAPS = re.compile(rf"{_GAP}+")
_NOTES = re.compile(_NOTE)
_THIS = re.compile(rf"{_GAP}+này(?!\w)", re.IGNORECASE)
_CLAUSE_BEFORE = re.compile(r"[Kk]hoản\s+\d[\w., ]*$")
_AMOUNT = re.compile(r"\)?\s*(?:%|(?:triệu|tỷ|tỉ|nghìn|đồng|USD|phần\s+trăm|điểm\s+phần)(?!\w))")
_MEASURE = re.compile(
    r"\s*(?:%|(?:triệu|tỷ|tỉ|nghìn|đồng|ngày|tháng|năm|người|lần|giờ|phút|bản|bộ|m2|km|đồng\s+chí|cán\s+bộ)(?!\w))"
)


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    number: str


@dataclass(frozen=True, slots=True)
class _Unit:
    level: str
    start: int
    word: int
    end: int
    numbers: tuple[_Number, ...]


def _units(line: str) -> Iterator[_Unit]:
    for match in _WORD.finditer(line):
        level = _WORDS[" ".join(match["word"].lower().split())]
        word = match.start("word")
        if not match["many"] and _OTHER_WORDS.search(line, max(0, word - 12), word):
            continue
        numbers = tuple(_numbers(line, match, level))
        if not numbers or (level in ("part", "section") and not _is_meant(line, match, numbers)):
            continue
        if not match["many"] and _is_head(line, match.start(), numbers[-1].end, level):
            continue
        yield _Unit(level, match.start(), word, numbers[-1].end, numbers)


def _numbers(line: str, word: re.Match[str], level: str) -> Iterator[_Number]:
    """The numbers behind a unit's word, or its "này"; nothing when there are none."""
    if this := _THIS.match(line, word.end()):
        # "điều này" in lower case means "this matter", unless a clause of it is named.
        if word["word"] != "điều" or _CLAUSE_BEFORE.search(line, max(0, word.start() - 30), word.start()):
            yield _Number(this.end() - len(THIS), this.end(), THIS)
        return
    gap = _GAPS.match(line, word.end())
    shape = _NUMBERS[level]
    found = shape.match(line, gap.end()) if gap else None
    if found is None or _AMOUNT.match(line, found.end()):
        return
    while found:
        yield _Number(found.start(), found.end(), _normal(found[0]))
        separator = _NEXT.match(line, _behind_notes(line, found.end()))
        found = shape.match(line, separator.end()) if separator else None
        if found and _MEASURE.match(line, found.end()):
            return


def _behind_notes(line: str, at: int) -> int:
    while note := _NOTES.match(line, at):
        at = note.end()
    return at


def _normal(number: str) -> str:
    return " ".join(number.lower().split()) if number[:1] in "Tt" and number[1:3] == "hứ" else number


def _is_meant(line: str, match: re.Match[str], numbers: tuple[_Number, ...]) -> bool:
    """Parts and sections are cited with a capital; "mục 2 Chương III" counts, "mục 2" of a list does not."""
    if match["word"][0].isupper() or match["word"] == "tiểu mục":
        return True
    behind = line[numbers[-1].end :]
    return bool(re.match(rf"{_GAP}+(?:của\s+)?[Cc]hương\s", behind))


def _is_head(line: str, start: int, end: int, level: str) -> bool:
    """A line that begins "Điều 5. …" or "Chương II" and then ends or goes on in capitals is a heading."""
    if level in ("clause", "point") or line[:start].strip(" \t“”\"'«"):
        return False
    rest = line[end:].strip()
    return not rest or rest[0] in ".:" or (rest.isupper() and len(rest) > 3)


# Documents

KINDS = (
    "Luật", "Pháp lệnh", "Nghị định thư", "Nghị định", "Nghị quyết", "Quyết định", "Quy định", "Quy chế",
    "Quy trình", "Thông tư liên tịch", "Thông tư", "Chỉ thị", "Kết luận", "Hướng dẫn", "Hiến pháp", "Điều lệ",
    "Hiệp định", "Công ước", "Thông báo", "Kế hoạch", "Chương trình", "Quy chuẩn", "Tiêu chuẩn", "Đề án", "Tờ trình",
    "Nội quy", "Hợp đồng", "Phụ lục", "Danh mục", "Mẫu", "Công văn",
)  # fmt: skip
_KIND = r"Bộ\s+[Ll]uật|" + "|".join(kind.replace(" ", r"\s+") for kind in sorted(KINDS, key=len, reverse=True))
_BEFORE_KIND = (
    rf"{_GAP}*[,–-]?{_GAP}*(?:(?:của|tại|trong|thuộc|theo|(?:được\s+)?ban\s+hành\s+kèm\s+theo|kèm\s+theo|ở){_GAP}+)?"
)
_DOCUMENT = re.compile(
    rf"{_BEFORE_KIND}[“\"]?(?P<name>(?:(?:[Bb]ản|[Dd]ự\s+thảo)\s+)?(?P<kind>{_KIND})(?!\w)(?P<rest>{_GAP}+này(?!\w))?)"
)
_LOWER_DOCUMENT = re.compile(
    rf"{_BEFORE_KIND}(?P<name>(?:bản\s+)?(?P<kind>{_KIND.lower()})(?!\w){_GAP}+(?P<rest>này|số)(?!\w))"
)
_NAME_ENDS = re.compile(r"[.,;:)”\"\n]|\s(?:và|hoặc|thì|phải|được|có|do|để|khi)\s|$")
_SYMBOL_BEFORE = re.compile(
    r"(?:số\s+)?\d+[-/][\w/-]*\w(?:,?\s+ngày\s+\d[\d/-]*(?:\s+tháng\s+\d+\s+năm\s+\d+)?)?\s*,?\s*$"
)


def _document_behind(line: str, at: int) -> tuple[str, int]:
    """The document named right behind a citation and where the name's first words end; "" when none is.

    A bare kind at the end of a sentence ("Điều 5 Quy chế.") is this document, as if "này" had been said.
    """
    match = _DOCUMENT.match(line, at) or _LOWER_DOCUMENT.match(line, at)
    if match is None:
        return "", at
    kind = " ".join(match["kind"].split())
    if (match["rest"] or "").strip().endswith(THIS):
        return f"{kind} {THIS}", match.end()
    if not re.match(r"\s+\S", line[match.end() :]) and kind not in ("Phụ lục", "Danh mục", "Mẫu"):
        return f"{kind} {THIS}", match.end()
    end = _NAME_ENDS.search(line, match.end("kind"))
    name = line[match.start("name") : end.start() if end else len(line)]
    return " ".join(name.split()[:12]), match.end("kind")


# Citations


class _Link(StrEnum):
    """How a unit is tied to the next one: beside it, after a comma, or joined by "và", "đến", ";"."""

    BESIDE = "beside"
    COMMA = "comma"
    JOINED = "joined"


_BESIDE = re.compile(rf"\)?{_GAP}+(?:(?:của|thuộc|ở|trong){_GAP}+)?$")
_COMMA = re.compile(rf"\)?{_GAP}*,{_GAP}*(?:(?:cả|của|thuộc){_GAP}+)?$")
_JOINED = re.compile(
    rf"\)?{_GAP}*(?:[,;]{_GAP}*)?(?:(?:và|hoặc|hay|đến|tới|cùng|[-–]){_GAP}+)?(?:(?:tại|theo|cả|hết){_GAP}+)?$"
)


def _link(between: str) -> _Link | None:
    if _BESIDE.match(between):
        return _Link.BESIDE
    if _COMMA.match(between):
        return _Link.COMMA
    return _Link.JOINED if between.strip() and _JOINED.match(between) else None


def _line_citations(line: str, offset: int, *, is_quoted: bool) -> Iterator[Citation]:
    quoted = _quoted_spans(line)
    for chain, links in _chains(line):
        document, document_end = _document_behind(line, chain[-1].end)
        start = chain[0].start
        scope = Scope.HERE
        if is_quoted or any(a <= start < b for a, b in quoted):
            scope = Scope.QUOTED
        elif (document and not names_this(document)) or _SYMBOL_BEFORE.search(line, max(0, start - 60), start):
            scope = Scope.ELSEWHERE
        contexts, inverted = _contexts(chain, links)
        for first, last in _phrases(chain, contexts, inverted):
            end = document_end if document and last == len(chain) else chain[last - 1].end
            yield Citation(
                start=offset + chain[first].start,
                end=offset + end,
                words=line[chain[first].start : end],
                mentions=tuple(_mentions(chain[first:last], contexts[first:last], offset)),
                scope=scope,
                document=document,
                is_old=line.startswith(OLD, end),
            )


def _chains(line: str) -> Iterator[tuple[list[_Unit], list[_Link]]]:
    """Units tied to one another, with their links; a document or "này" ends a chain."""
    units = list(_units(line))
    first = 0
    while first < len(units):
        last = first
        links: list[_Link] = []
        while last + 1 < len(units) and not _document_behind(line, units[last].end)[0]:
            link = _link(line[units[last].end : units[last + 1].start])
            if link is None or (link is not _Link.BESIDE and units[last].numbers[-1].number == THIS):
                break
            if (units[last].level == "appendix") != (units[last + 1].level == "appendix"):
                break  # an appendix holds no articles of the text it is attached to
            links.append(link)
            last += 1
        yield units[first : last + 1], links
        first = last + 1


def _phrases(chain: list[_Unit], contexts: list[Path], inverted: set[int]) -> Iterator[tuple[int, int]]:
    """The chain in pieces that say nothing of one another: "khoản 1 Điều 5 và Điều 7" are two citations."""
    first = 0
    for place in range(1, len(chain)):
        before, here = chain[place - 1], chain[place]
        is_within = place in inverted or (here.level, here.numbers[0].number) in contexts[place - 1]
        if _RANK[before.level] <= _RANK["article"] and not is_within:
            yield first, place
            first = place
    yield first, len(chain)


def _contexts(chain: list[_Unit], links: list[_Link]) -> tuple[list[Path], set[int]]:
    """For every unit the larger ones it stands in: read from right to left, each takes over what stands behind it.

    Also the places of units that stand in the one before them ("Điều 5 khoản 2").
    """
    inverted: set[int] = set()
    contexts: list[Path] = [()] * len(chain)
    for place in range(len(chain) - 2, -1, -1):
        if not _is_this_clause(chain[place]):
            contexts[place] = _context(chain, contexts, links[place], place)
    for place in range(1, len(chain)):
        before, here = chain[place - 1], chain[place]
        # "Điều 5 khoản 2": the larger unit stands first; with "và" between, they are two citations.
        is_inverted = links[place - 1] is not _Link.JOINED and _RANK[before.level] < _RANK[here.level]
        if is_inverted and (not contexts[place] or _RANK[contexts[place][-1][0]] < _RANK[before.level]):
            contexts[place] = (*contexts[place - 1], (before.level, before.numbers[0].number))
            inverted.add(place)
    return contexts, inverted


def _mentions(chain: list[_Unit], contexts: list[Path], offset: int) -> Iterator[Mention]:
    for unit, context in zip(chain, contexts, strict=True):
        for number in unit.numbers:
            yield Mention(
                level=unit.level,
                number=number.number,
                start=offset + number.start,
                end=offset + number.end,
                word=offset + unit.word,
                path=(*context, (unit.level, number.number)),
                is_alone=len(unit.numbers) == 1,
            )


def _is_this_clause(unit: _Unit) -> bool:
    """ "khoản này" is the present article's, whatever is named behind it."""
    return unit.level in ("clause", "point") and unit.numbers[0].number == THIS


def _context(chain: list[_Unit], contexts: list[Path], link: _Link, place: int) -> Path:
    here, behind = chain[place], chain[place + 1]
    if link is _Link.JOINED or _RANK[here.level] <= _RANK[behind.level]:
        # Side by side: both stand in what is larger than either.
        limit = min(_RANK[here.level], _RANK[behind.level])
        return tuple(step for step in contexts[place + 1] if _RANK[step[0]] < limit)
    return (*contexts[place + 1], (behind.level, behind.numbers[0].number))


# Quotations within a line


def _quoted_spans(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    straight = -1
    for at, sign in enumerate(line):
        if sign in "“«„":
            opened.append(at)
        elif sign in "”»" and opened:
            spans.append((opened.pop(), at))
        elif sign == '"':
            if straight < 0:
                straight = at
            else:
                spans.append((straight, at))
                straight = -1
    return spans


def _opens_with_a_name(line: str) -> bool:
    """A line that begins with a short quoted term and goes on ("“Ban” quy định tại Điều 5 là …") is no quotation."""
    match = re.match(r"\s*[“\"«„][^”\"»]{1,80}[”\"»]\s*\w", line)
    return match is not None
