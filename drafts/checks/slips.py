"""Slips of the hand: words written twice, glued together or torn apart, signs too many, dates no calendar has."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from drafts.checks.draft import Draft, Finding, Kind, Passage
from drafts.importing.findings import gettext_noop

_TWICE = gettext_noop("“%(words)s” stands here twice.")
_GLUED = gettext_noop("“%(words)s” are two words written as one.")
_TORN = gettext_noop("“%(words)s” is one word torn apart.")
_STRANGE = gettext_noop("“%(words)s” can be no Vietnamese word.")
_BLANK_BEFORE = gettext_noop("A blank stands before “%(sign)s”.")
_NO_BLANK = gettext_noop("No blank stands behind “%(sign)s”.")
_SIGNS = gettext_noop("Two signs stand side by side: “%(sign)s”.")
_NO_DATE = gettext_noop("No calendar has the day %(words)s.")
_SAY_ONCE = gettext_noop("Write it once.")
_WRITE = gettext_noop("Write “%(usual)s”.")
_LOOK = gettext_noop("Look what was meant.")

# Words that never stand twice in a row; "hành vi vi phạm" and "thi công công trình" do, and rightly.
_NEVER_TWICE = "các|những|của|cho|với|theo|tại|được|hoặc|trong|trên|dưới|này|phải|để|khi|thì|mà|là|do|bởi|và|không"
_ONE = re.compile(rf"(?<!\w)(?P<first>{_NEVER_TWICE})(?P<again>\s+(?P=first))(?!\w)")
_TWO = re.compile(r"(?<!\w)(?P<first>[^\W\d_]+ [^\W\d_]+)(?P<again> (?P=first))(?!\w)")
_NOUN_AND_VERB = {
    "kiểm tra",
    "quy hoạch",
    "báo cáo",
    "thẩm định",
    "giám sát",
    "quyết định",
    "quy định",
    "tư vấn",
    "đánh giá",
}
_LETTERS = re.compile(r"(?<![\w/-])[^\W\d_]+(?![\w/-])")
_BEFORE_SIGN = re.compile(r"(?<=\w)\s+(?P<sign>[,;])\s*(?P<end>$)?")
_BEHIND_SIGN = re.compile(r"(?<=[^\W\d_]{2})(?P<sign>[,;])(?=[^\W\d_]{2})")
_TWO_SIGNS = re.compile(r"(?<=\w)[,;]\s?[,;]|[,;]\s?\.(?!\.)|(?<!\.)\.\.(?!\.)")
_DATE = re.compile(
    r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\d/])"
    r"|ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>(?:19|20)\d\d)"
)

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|q|r|s|t|v|x|"
_VOWELS = (
    "oai|oay|oeo|uây|uôi|ươi|ươu|iêu|yêu|uya|uyê|uyu|oao|uêu|iê|yê|uô|ươ|ia|ua|ưa|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|"
    "ui|ưi|ưu|oa|oă|oe|uê|uơ|uy|uâ|oo|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})(?:{_VOWELS})(?:ch|ng|nh|c|m|n|p|t|)")
_MARKED_VOWELS = {
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ["", *_TONES]
} - set("aeiouy")
# Words that begin with a vowel: converters of files lose the blank before them.
_BEGIN_WITH_A_VOWEL = set(
    "ái án ảnh ánh áo áp ấn ẩn ấy ích ít ổn ở ốm ống uống úy uỷ ủy ức ứng ước ưu ý yếu yết".split()
)


def slips(draft: Draft) -> Iterator[Finding]:
    """What a hand or a converter did, not a drafter."""
    known = _words_of(draft)
    for passage in draft.passages:
        yield from _twice(passage)
        yield from _apart(passage, known)
        yield from _signs(passage)
        yield from _dates(passage)


@lru_cache(maxsize=8_192)  # a long text has 90,000 words and 2,000 different ones
def is_syllable(word: str) -> bool:
    """Whether a Vietnamese syllable can be spelled so: "nghiệm", not "khôngảnh"."""
    letters = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return bool(_SYLLABLE.fullmatch(bare)) and sum(letter in _TONES for letter in letters) <= 1


def _twice(passage: Passage) -> Iterator[Finding]:
    line = passage.line.raw
    for match in _ONE.finditer(line):
        place = passage.place(*match.span("again"))
        yield Finding(Kind.SLIP, place, _TWICE, {"words": match["first"]}, _SAY_ONCE, replacement="")
    for match in _TWO.finditer(line):
        if match["first"].lower() in _NOUN_AND_VERB:  # "tổ kiểm tra kiểm tra …"
            continue
        yield Finding(Kind.SLIP, passage.place(*match.span()), _TWICE, {"words": match["first"]}, _SAY_ONCE)


def _apart(passage: Passage, known: set[str]) -> Iterator[Finding]:
    line = passage.line.raw
    words = list(_LETTERS.finditer(line, len(passage.line.marker)))
    for before, word in zip([None, *words], words, strict=False):
        if before is not None and (whole := _torn(line, before, word, known)):
            place = passage.place(before.start(), word.end())
            params = {"words": f"{before[0]} {word[0]}", "usual": whole}
            yield Finding(Kind.SLIP, place, _TORN, params, _WRITE, replacement=whole)
        elif _is_strange(word[0]):
            place = passage.place(*word.span())
            parts = _parts(word[0], known)
            if len(parts) == 1:
                params = {"words": word[0], "usual": parts[0]}
                yield Finding(Kind.SLIP, place, _GLUED, params, _WRITE, replacement=parts[0])
            elif parts:
                yield Finding(Kind.SLIP, place, _GLUED, {"words": word[0]}, _LOOK)
            elif not _can_be_foreign(word[0]):
                yield Finding(Kind.SLIP, place, _STRANGE, {"words": word[0]}, _LOOK)


def _torn(line: str, before: re.Match[str], word: re.Match[str], known: set[str]) -> str:
    """ "duy ệt" → "duyệt", where the text writes "duyệt" elsewhere."""
    if word[0][0] not in _MARKED_VOWELS or not word[0].islower() or line[before.end() : word.start()] != " ":
        return ""
    whole = before[0] + word[0]
    return whole if is_syllable(whole) and whole.lower() in known else ""


def _is_strange(word: str) -> bool:
    return len(word) > 1 and word.islower() and not word.isascii() and not is_syllable(word)


def _parts(word: str, known: set[str]) -> list[str]:
    """The ways of cutting it into two words this text knows; else before a word that begins with a vowel."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word)) if is_syllable(word[:at]) and is_syllable(word[at:])]
    parts = [f"{a} {b}" for a, b in cuts if a in known and b in known]
    return parts or [f"{a} {b}" for a, b in cuts if b in _BEGIN_WITH_A_VOWEL]


def _can_be_foreign(word: str) -> bool:
    """Two syllables and more, as loan words have: "catalô", "axít"."""
    return any(_SYLLABLE.match(word[at:]) for at in range(2, len(word) - 1))


def _words_of(draft: Draft) -> set[str]:
    return {
        word.lower()
        for passage in draft.passages
        for word in _LETTERS.findall(passage.line.text)
        if len(word) > 1 and is_syllable(word)
    }


def _signs(passage: Passage) -> Iterator[Finding]:
    line = passage.line.raw
    for match in _BEFORE_SIGN.finditer(line):
        place = passage.place(*match.span())
        written = match["sign"] if match["end"] is not None else match["sign"] + " "
        yield Finding(Kind.SLIP, place, _BLANK_BEFORE, {"sign": match["sign"]}, replacement=written)
    for match in _BEHIND_SIGN.finditer(line):
        place = passage.place(*match.span())
        yield Finding(Kind.SLIP, place, _NO_BLANK, {"sign": match["sign"]}, replacement=match["sign"] + " ")
    for match in _TWO_SIGNS.finditer(line):
        yield Finding(Kind.SLIP, passage.place(*match.span()), _SIGNS, {"sign": match[0]}, _SAY_ONCE)


def _dates(passage: Passage) -> Iterator[Finding]:
    for match in _DATE.finditer(passage.line.raw):
        day, month, year = (int(match[a] or match[b]) for a, b in (("d", "day"), ("m", "month"), ("y", "year")))
        try:
            datetime.date(year, month, day)
        except ValueError:
            params = {"words": f"{day}/{month}/{year}"}
            yield Finding(Kind.SLIP, passage.place(*match.span()), _NO_DATE, params, _LOOK)
