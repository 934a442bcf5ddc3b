"""Divide: which signs are believed, where each component begins, where its closing and appendices are.

The line-by-line reading of `identifying` is checked against its surroundings: numbers must go on from one article to
the next; quoted articles of other laws, tables of contents, forms in appendices and wrapped references have numbers or
places that do not fit. A new component begins at the title block of an attached document ("QUY CHẾ … (Ban hành kèm
theo …)"), where the numbers start again. Every line is looked at a bounded number of times.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from drafts.importing.findings import Finding, gettext_noop
from drafts.importing.identifying import Sign, SignKind, is_contents_entry
from drafts.importing.lines import SourceLine
from drafts.numbering import from_roman, sort_key, split_number
from drafts.quotation import QuoteReader


@dataclass(frozen=True, slots=True)
class Head:
    """A believed sign, at the index of its line."""

    index: int
    sign: Sign


@dataclass(slots=True)
class Division:
    """One component: the lines from `start` to `end`; closing lines, if any, run from `closing` to the appendices."""

    start: int
    end: int
    heads: list[Head] = field(default_factory=list)
    closing: int | None = None
    quoted: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @property
    def appendix(self) -> int:
        """The index of the first line that belongs to an appendix."""
        return next((head.index for head in self.heads if head.sign.kind in APPENDICES), self.end)

    @property
    def body_end(self) -> int:
        return min(self.end if self.closing is None else self.closing, self.appendix)


KEPT_AS_TEXT = gettext_noop("This looks like the head of article %(number)s but was kept as text.")
APPENDICES = (SignKind.APPENDIX, SignKind.FORM)
GROUPS = (SignKind.PART, SignKind.CHAPTER, SignKind.SECTION, SignKind.SUBSECTION)
_OUTER = {
    SignKind.PART: (),
    SignKind.CHAPTER: (SignKind.PART,),
    SignKind.SECTION: (SignKind.PART, SignKind.CHAPTER),
    SignKind.SUBSECTION: (SignKind.PART, SignKind.CHAPTER, SignKind.SECTION),
}

_CLOSING = re.compile(
    r"nơi nhận\s*(?::|$)|(?:TM|KT|TL|TUQ)\.|(?:T/M|K/T|T/L)\b|CHỦ TỊCH QUỐC HỘI|XÁC (?:THỰC|NHẬN) VĂN BẢN"
    r"|(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết) này (?:đã )?(?:được|do) .{0,90}thông qua .{0,40}ngày",
    re.IGNORECASE,
)
_OVER = re.compile(r"\./\s*\.?\s*[”\"]?\s*(?:\[\^?\w+\])?$")
_ATTACHED_TYPE = re.compile(
    r"(?:BẢN |DỰ THẢO )?(?:QUY CHẾ|QUI CHẾ|QUY ĐỊNH|QUI ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY TRÌNH|QUY TẮC|QUY ƯỚC"
    r"|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|CHIẾN LƯỢC|HƯỚNG DẪN|PHƯƠNG ÁN|ĐỊNH HƯỚNG|TIÊU CHÍ)(?=$|\s|:)"
)
_ATTACHED_TYPE_IN_WORDS = re.compile(r"(?:Bản )?(?:Quy chế|Qui chế|Quy định|Điều lệ|Nội quy|Quy trình)\b(?!.*[.;]$)")
ATTACHED = re.compile(
    r"\(?\s*(?:được\s+|đã được\s+)?(?:ban hành\s+|phê duyệt\s+)?kèm theo\b|\(\s*ban hành theo\b", re.IGNORECASE
)
_BLANK_TO_FILL = re.compile(r"\.{3,}|…")
_DOCUMENT_NUMBER = re.compile(r"(\d{1,5})\s*[-/]\s*(?:\d{4}\s*/\s*)?[A-ZĐ]")
_AMENDING = ("sửa đổi", "bổ sung", "thay thế", "thay đổi")
_FILLED_NUMBER = re.compile(r"(?:^|\|)\s*(?:Luật )?[Ss]ố\s*:?\s*\d+\s*[-/]")
OFFICE = re.compile(r"(?:PHÓ |CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|TỔNG |TRƯỞNG |CHÁNH )")
_NATION = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_CONTENTS_TITLE = re.compile(r"mục\s+lục\s*:?", re.IGNORECASE)
_TITLE_BLOCK = 8  # lines a title and its "(Ban hành kèm theo …)" may take
_PREAMBLE = 30  # lines of a title block and legal bases above an article 1
_LOOK_AHEAD = 40  # article signs looked at to judge a jump


def divide(lines: list[SourceLine], signs: list[Sign | None]) -> list[Division]:
    """Reads lines and their signs, writes the components with the heads that hold."""
    return _Divider(lines, signs).run()


class _Divider:
    """One pass over the lines; `_zone` is where we stand: "body", "closing" or "appendix"."""

    def __init__(self, lines: list[SourceLine], signs: list[Sign | None]) -> None:
        self._lines = lines
        self._signs = _without_contents(lines, signs)
        self._articles = [i for i, sign in enumerate(self._signs) if sign and sign.kind is SignKind.ARTICLE]
        self._divisions: list[Division] = []
        self._begin(0)
        self._reopened = 0  # closings before this index have proved not to be
        self._quotes = QuoteReader()
        self._quote_start = 0
        self._unquoted = 0  # quotations before this index have proved not to be
        self._quoted_article: str = ""

    def run(self) -> list[Division]:
        index = 0
        while index < len(self._lines):
            index = self._step(index)
            if index == len(self._lines) and self._quotes.is_open:
                index = self._unquote(index)
        self._division.end = len(self._lines)
        return self._divisions

    def _begin(self, start: int) -> int:
        """Begin a component at `start`, which is given back: lines behind it are to be read (again)."""
        if self._divisions:
            last = self._divisions[-1]
            last.end = start
            last.heads = [head for head in last.heads if head.index < start]
            last.quoted = {index for index in last.quoted if index < start}
            last.findings = [found for found in last.findings if found.line < self._lines[start].line]
            if last.closing is not None and last.closing >= start:
                last.closing = None
        self._division = Division(start=start, end=len(self._lines))
        self._divisions.append(self._division)
        self._zone = "body"
        self._last_article = ""
        self._foreign_article = ""
        self._last_article_index = start
        self._last_group: dict[SignKind, str] = {}
        self._appendix_style = ""
        self._quotes = QuoteReader()
        return start

    def _step(self, index: int) -> int:
        """Read one line; the index to go on from (an earlier one when a closing proves to be none)."""
        text, sign = self._lines[index].text, self._signs[index]
        was_open = self._quotes.is_open
        if was_open and sign and self._ends_forgotten_quote(sign):
            return self._unquote(index)
        if index >= self._unquoted and self._quotes.is_quoted(text):
            if not was_open:
                self._quote_start = index
            self._division.quoted.add(index)
            self._remember_quoted(text, sign)
            return index + 1
        if self._begins_component(index):
            return self._begin(self._component_start(index)) + 1
        if sign and sign.kind is SignKind.ARTICLE:
            return self._article(index, sign)
        if sign and sign.kind in APPENDICES and self._appendix(index, sign):
            return index + 1
        if self._zone == "body" and index >= self._reopened and self._begins_closing(index):
            self._zone = "closing"
            self._division.closing = index
        elif (sign and sign.kind in GROUPS and self._zone == "body") or (
            sign and sign.kind is SignKind.SECTION and self._zone == "appendix" and sign.title.isupper()
        ):
            self._group(index, sign)
        return index + 1

    # Articles

    def _article(self, index: int, sign: Sign) -> int:
        goes_on = self._zone != "appendix" and self._goes_on(index, sign)
        restarts = self._restarts(index, sign)
        if restarts and not (goes_on and self._last_article):
            return self._begin(self._restart_block(index)) + 1
        if goes_on and self._zone == "closing":
            return self._reopen(index)
        if goes_on:
            self._take_article(index, sign)
            return index + 1
        self._foreign_article = sign.number
        if self._zone == "body" and not sign.is_weak:
            self._division.findings.append(Finding(self._lines[index].line, KEPT_AS_TEXT, {"number": sign.number}))
        return index + 1

    def _take_article(self, index: int, sign: Sign) -> None:
        self._division.heads.append(Head(index, sign))
        self._last_article = sign.number
        self._last_article_index = index
        self._foreign_article = ""

    def _goes_on(self, index: int, sign: Sign) -> bool:
        """Whether the sign's number is the next one of this component."""
        last = self._last_article
        if self._follows_amendment(index) or self._is_foreign(index, sign):
            return False
        if not last:
            return not sign.is_weak or split_number(sign.number)[0] in ("1", "2")
        if _is_next(last, sign.number):
            return True
        if sign.is_weak or self._zone == "closing":
            return False
        stem, last_stem = _stem(sign.number), _stem(last)
        coming = self._coming_stems(index)
        if stem > last_stem + 1:
            return last_stem + 1 not in coming
        if stem == last_stem:
            return stem > 1 if not coming else coming[0] == stem + 1
        if not coming:
            return False
        return coming[0] == last_stem + 2 and stem + 1 != coming[0] and stem > 1

    def _is_foreign(self, index: int, sign: Sign) -> bool:
        """The next article of a row that is not ours: a form's below the signature, another law's quoted bare."""
        if not (self._foreign_article and _is_next(self._foreign_article, sign.number)):
            return False
        return self._zone == "closing" or _stem(sign.number) in self._coming_stems(index)

    def _coming_stems(self, index: int) -> list[int]:
        """The numbers of the next article signs of this run (up to the next article 1)."""
        place = bisect_right(self._articles, index)
        stems: list[int] = []
        for at in self._articles[place : place + _LOOK_AHEAD]:
            sign = self._signs[at]
            if sign is None or sign.is_weak or self._lines[at].text[0] in '“"':
                continue
            stem = _stem(sign.number)
            if stem == 1:
                break
            stems.append(stem)
        return stems

    def _follows_amendment(self, index: int) -> bool:
        """ "Sửa đổi Điều 5 như sau:" and then the article without quotation marks."""
        if not self._last_article or index == 0:
            return False
        before = self._lines[index - 1].text.lower().rstrip(" :")
        return before.endswith(("như sau", "sau đây")) and any(word in before for word in _AMENDING)

    def _ends_forgotten_quote(self, sign: Sign) -> bool:
        """In an open quotation comes our own next head: somebody forgot the closing mark."""
        if sign.kind is not SignKind.ARTICLE or sign.is_weak:
            return False
        if not (_is_next(self._last_article, sign.number) if self._last_article else sign.number == "1"):
            return False
        return not (self._quoted_article and _is_next(self._quoted_article, sign.number))

    def _unquote(self, index: int) -> int:
        """The quotation open at `index` was none: read again from its second line."""
        self._quotes.close()
        self._unquoted = index
        self._division.quoted -= set(range(self._quote_start + 1, index))
        return self._quote_start + 1

    def _remember_quoted(self, text: str, sign: Sign | None) -> None:
        if sign and sign.kind is SignKind.ARTICLE:
            self._quoted_article = sign.number
        elif match := _QUOTED_ARTICLE.match(text):
            self._quoted_article = match[1]
        elif not self._quotes.is_open:
            self._quoted_article = ""

    def _reopen(self, index: int) -> int:
        """The closing was none: read again from there, believing no closing before this article."""
        closing = self._division.closing
        self._division.closing = None
        self._zone = "body"
        self._foreign_article = ""
        self._reopened = index + 1
        return index if closing is None else closing

    # Components

    def _begins_component(self, index: int) -> bool:
        """A title of an attached document with its "(kèm theo …)" line, after something of this component."""
        if not _ATTACHED_TYPE.match(self._lines[index].text) or self._titles_group(index):
            return False
        if self._zone == "body" and not self._last_article:
            return False
        attached = self._attached_line(index)
        if attached is None:
            return False
        return self._zone != "appendix" or self._is_real_attachment(index, attached)

    def _titles_group(self, index: int) -> bool:
        """Whether the line is the title of a bare head above it ("Chương I", "QUY ĐỊNH CHUNG")."""
        above = self._signs[index - 1] if index else None
        return above is not None and above.kind in GROUPS and not above.title

    def _attached_line(self, index: int) -> str | None:
        for at in range(index, min(index + _TITLE_BLOCK, len(self._lines))):
            text = self._lines[at].text
            sign = self._signs[at]
            if at > index and sign and sign.kind in (*GROUPS, SignKind.ARTICLE, SignKind.APPENDIX):
                return None
            if ATTACHED.match(text) or ((at == index or text.isupper()) and ATTACHED.search(text)):
                return text
        return None

    def _is_real_attachment(self, index: int, attached: str) -> bool:
        """Behind an appendix only what names the same document as the components before, and starts at article 1."""
        if _BLANK_TO_FILL.search(attached):
            return False
        place = bisect_right(self._articles, index)
        if place == len(self._articles):
            return False
        first = self._signs[self._articles[place]]
        if first is None or first.number != "1" or self._articles[place] > index + 60:
            return False
        number = _DOCUMENT_NUMBER.search(attached)
        known = self._known_numbers()
        return not number or not known or number[1].lstrip("0") in known

    def _known_numbers(self) -> set[str]:
        """The numbers named at the beginning of the first and the latest components (own number, "kèm theo" lines)."""
        return {
            found[1].lstrip("0")
            for division in (self._divisions[0], *self._divisions[-3:])
            for line in self._lines[division.start : division.start + 15]
            if (found := _DOCUMENT_NUMBER.search(line.text))
        }

    def _restarts(self, index: int, sign: Sign) -> bool:
        """Article 1 again, under a title of its own."""
        if sign.number != "1" or self._zone == "appendix" or not (self._last_article or self._zone == "closing"):
            return False
        return self._restart_block(index) < index

    def _restart_block(self, index: int) -> int:
        """Where the title block above an article 1 begins; `index` itself if there is none."""
        floor = max(self._last_article_index, self._division.start, index - _PREAMBLE)
        if self._zone == "closing" and self._division.closing is not None:
            floor = max(floor, self._division.closing)
        for at in range(index - 1, floor, -1):
            text, sign = self._lines[at].text, self._signs[at]
            if sign is not None and sign.kind is SignKind.ARTICLE:
                break
            if ATTACHED.match(text):
                return max(self._title_above(at), floor + 1)
            if _ATTACHED_TYPE.match(text) and text.isupper() and not self._titles_group(at):
                return max(self._component_start(at), floor + 1)
            if self._zone == "closing" and _NATION.search(text) and self._is_letterhead(at, index):
                return at
        return index

    def _is_letterhead(self, index: int, end: int) -> bool:
        """Whether the nation's name heads another whole document: a number that is filled in, or the first articles."""
        return not self._last_article or any(
            _FILLED_NUMBER.search(line.text) for line in self._lines[index : min(index + 6, end)]
        )

    def _title_above(self, index: int) -> int:
        """The first line of the title above a "(kèm theo …)" line, the state's or party's head included."""
        for at in range(index - 1, max(index - _TITLE_BLOCK, self._division.start), -1):
            if _ATTACHED_TYPE_IN_WORDS.match(self._lines[at].text):
                return self._component_start(at)
        at = index
        while at - 1 > self._division.start and self._lines[at - 1].text.isupper() and index - at < _TITLE_BLOCK:
            if _is_closing(self._lines[at - 1].text) or OFFICE.match(self._lines[at - 1].text):
                break
            at -= 1
            if _ATTACHED_TYPE.match(self._lines[at].text):
                break
        return self._component_start(at)

    def _component_start(self, index: int) -> int:
        """`index`, or the line of the national (party) head a few lines above, short of the signature."""
        if self._division.closing is None:
            return index
        for at in range(index - 1, max(index - 8, self._division.closing + 1), -1):
            if _NATION.search(self._lines[at].text):
                return at
        return index

    # Groups, closing, appendices

    def _group(self, index: int, sign: Sign) -> None:
        """Believe a part, chapter, section whose number fits; a doubtful one only when it is the next."""
        outer = _OUTER[sign.kind]
        last = self._last_group.get(sign.kind, "")
        fits = sign.number in ("1", "I", "A") or (bool(last) and _is_next(last, sign.number)) or not last
        if sign.is_weak and not fits:
            return
        if not fits and not sign.title and not self._is_head_by_position(index):
            return
        self._division.heads.append(Head(index, sign))
        self._last_group = {kind: number for kind, number in self._last_group.items() if kind in outer} | {
            sign.kind: sign.number
        }

    def _is_head_by_position(self, index: int) -> bool:
        """A bare "Chương V" out of row is a head when a title in capitals follows."""
        return index + 1 < len(self._lines) and self._lines[index + 1].text.isupper()

    def _begins_closing(self, index: int) -> bool:
        if index == self._division.start:
            return False
        return _is_closing(self._lines[index].text) or self._is_over(index)

    def _is_over(self, index: int) -> bool:
        """ "./." ends the text of a document; `index` is the line behind it."""
        return bool(self._last_article) and index > 0 and bool(_OVER.search(self._lines[index - 1].text[-20:]))

    def _appendix(self, index: int, sign: Sign) -> bool:
        """Take an appendix if it is one; whether it was."""
        is_form = sign.kind is SignKind.FORM
        if self._zone == "body" and not (self._is_over(index) if is_form else self._may_end_body(index)):
            return False
        if self._zone == "appendix" and (
            is_form or sign.label[:4] != self._appendix_style or self._belongs_to_form(index, sign)
        ):
            return False
        self._zone = "appendix"
        self._appendix_style = sign.label[:4]
        self._last_group = {}
        self._division.heads.append(Head(index, sign))
        return True

    def _may_end_body(self, index: int) -> bool:
        """In the body an appendix is believed only when our articles do not go on behind it."""
        if not self._last_article:
            return self._division.start < index
        expected = _stem(self._last_article) + 1
        coming = self._coming_stems(index)
        return expected not in coming or self._has_article_one_before(index, expected)

    def _has_article_one_before(self, index: int, expected: int) -> bool:
        place = bisect_right(self._articles, index)
        first = self._signs[self._articles[place]] if place < len(self._articles) else None
        return first is not None and first.number == "1" and expected > 1

    def _belongs_to_form(self, index: int, sign: Sign) -> bool:
        """An unnumbered "Phụ lục" of a form: its "kèm theo" line has blanks to fill in."""
        if sign.number:
            return False
        following = self._lines[index + 1 : index + 4]
        return any(ATTACHED.search(line.text) and _BLANK_TO_FILL.search(line.text) for line in following)


_QUOTED_ARTICLE = re.compile(r"\W*Điều\s+(\d{1,4}[a-zđ]{0,2})\b")


def _is_closing(text: str) -> bool:
    """Whether the line, or a cell of it, begins like a signature block or a list of recipients."""
    return any(_CLOSING.match(cell.strip()) for cell in text.strip("| ").split("|"))


def _without_contents(lines: list[SourceLine], signs: list[Sign | None]) -> list[Sign | None]:
    """Signs of a table of contents taken away: entries with page numbers, and what "MỤC LỤC" lists."""
    signs = [None if sign and is_contents_entry(line.text) else sign for line, sign in zip(lines, signs, strict=True)]
    for index, line in enumerate(lines):
        if _CONTENTS_TITLE.fullmatch(line.text):
            _clear_contents(signs, index)
            break
    return signs


def _clear_contents(signs: list[Sign | None], title: int) -> None:
    """Take the signs behind the title away up to the place where the first of them comes again."""
    first: Sign | None = None
    listed: list[int] = []
    for index in range(title + 1, len(signs)):
        sign = signs[index]
        if sign is None or sign.kind not in (*GROUPS, SignKind.ARTICLE, SignKind.ROMAN):
            continue
        if first and (sign.kind, sign.number) == (first.kind, first.number):
            for at in listed:
                signs[at] = None
            return
        first = first or sign
        listed.append(index)


def _stem(number: str) -> int:
    stem = split_number(number)[0]
    return int(stem) if stem.isdecimal() else from_roman(stem) or 0


def _is_next(last: str, number: str) -> bool:
    """Whether `number` may stand right after `last`: 5 → 6, 5 → 5a, 5a → 5b, 5a → 6; II → III, II → IIa, A → B."""
    if len(last) == 1 and len(number) == 1 and last.isupper() and not (from_roman(last) and from_roman(number)):
        return "ABCDĐEGHIKLM".find(number) == "ABCDĐEGHIKLM".find(last) + 1
    last_stem, stem = _stem(last), _stem(number)
    if not stem:
        return False
    if stem == last_stem:
        return bool(split_number(number)[1]) and sort_key(number) > sort_key(last)
    return stem == last_stem + 1
