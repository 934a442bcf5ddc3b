"""Identify: [SourceLine] → one `Sign` or None per line: what the line could be the head of, judged by itself.

Only the line's own words count here; whether a sign is believed (does its number come next? does it stand in a
quotation, a table of contents, an appendix?) is decided by `dividing`. Rules: forms.md 1.6; after the number must
come a mark, an upper-case word or nothing, and a reference ("Điều 3 của Luật này", "Chương II Luật này") is no head.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from drafts.importing.lines import SourceLine
from drafts.numbering import from_ordinal, from_roman, roman


class SignKind(StrEnum):
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    APPENDIX = "appendix"
    FORM = "form"  # "Mẫu số 01"
    ROMAN = "roman"  # "I. …", "I- …"
    LETTER = "letter"  # "A. …", "A/ …"
    ITEM = "item"  # "1. …", "1.1. …"


@dataclass(frozen=True, slots=True)
class Sign:
    """`label` is the head as written, `title` what follows it, `number` normalised; a weak sign needs proof."""

    kind: SignKind
    number: str
    label: str
    title: str
    is_weak: bool = False


_KINDS = {
    "phần": SignKind.PART,
    "chương": SignKind.CHAPTER,
    "chuơng": SignKind.CHAPTER,
    "chưong": SignKind.CHAPTER,
    "chuong": SignKind.CHAPTER,
    "mục": SignKind.SECTION,
    "tiểu mục": SignKind.SUBSECTION,
}
_ORDINAL_WORD = "nhất|nhì|hai|ba|tư|bốn|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|một"
_GROUP = re.compile(
    r"(?P<word>Phần|Chương|Ch[uư][oơ]ng|Mục|Tiểu\s+mục)\s*(?P<number>"
    rf"\s(?i:thứ)\s+(?:\d{{1,3}}|(?:(?i:{_ORDINAL_WORD})\b\s*){{1,3}})"
    r"|(?-i:[IVXLCDM][IVXLCDMl]*(?=[a-zđ]?(?!\w))|[IVX]+(?=[^\W\d_a-z]{2}))|\d{1,3}|(?-i:[A-HĐ])(?!\w))"
    r"(?P<suffix>(?-i:[a-zđ])(?!\w))?"
    r"(?P<rest>\s*(?P<note>\[\^?\w{1,4}\])?\s*(?P<mark>[.:\-/)]+)?\s*)(?P<title>.*)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?P<word>(?:Đ\s?i\s?ề\s?u|Đ\s?I\s?Ề\s?U|[ĐD]i[ềêểễẻ]u|Đỉều))\s*(?P<ordinal>\b(?:[Tt]hứ|THỨ)\s+)?"
    r"(?P<number>\d{1,4}|[lI]\d{0,2}|\d[lI\d]{0,2})(?P<suffix>\s?[a-zđ]{1,2}(?=\s*[.:]|$)|[a-zđ]{0,2})(?!\w)"
    r"(?P<rest>\s*(?:\[\^?\w{1,4}\]\s*)?(?P<mark>[.:,;)\-/]*)\s*)(?P<title>.*)"
)
_REFERENCE = re.compile(
    r"(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Quy chế|Quy định|Pháp lệnh|Điều lệ|Hiến pháp|Phụ lục"
    r"|Hướng dẫn|Chỉ thị|Kế hoạch|Chương|Phần|Mục|Điều)\b"
)
_REFERENCE_ON = re.compile(r"\b(?:này|số|năm|ban hành|kèm theo|của|[IVX]+|\d+)\b")
_NAMED_LAW = re.compile(r"(?:Luật|Bộ luật|Điều lệ|Hiến pháp)\s+[A-ZĐ]")
_ROMAN = re.compile(r"(?P<number>[IVXLC]+)(?P<rest>\s*(?:\[\^?\w{1,4}\])?\s*[.\-)/:]+\s*)(?P<title>\S.*)")
_LETTER = re.compile(r"(?P<number>[A-ZĐ])(?P<rest>\s*[.\-)/:]+\s*)(?P<title>\S.*)")
_ITEM = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})(?P<rest>\s*(?P<mark>[.\-)/:]?)(?!\d)\s*)(?P<title>.+)")
_APPENDIX = re.compile(
    r"(?P<word>PHỤ\s+LỤC|Phụ\s+lục|Phụ\s+Lục)(?:\s+(?:(?i:số)\s*:?\s*)?(?P<number>[IVXLC]{1,9}[a-zđ]?|\d{1,3}[a-zđ]?|[A-HĐ])(?!\w))?"
    r"(?P<rest>\s*(?:\[\^?\w{1,4}\])?\s*(?P<mark>[.:\-]*)\s*)(?P<title>.*)"
)
_FORM = re.compile(
    r"(?P<word>(?i:Mẫu|Biểu mẫu|Biểu|Danh mục|Bảng))(?:\s+(?:(?i:số)\s*:?\s*)(?P<number>\w{1,6}(?:[-./]\w{1,6})?)"
    r"|\s+(?P<plain>\d{1,3}[a-zđ]?))(?P<rest>\s*[.:\-]*\s*)(?P<title>.*)"
)
_CONTENTS_ENTRY = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,})\s*\d{1,4}$")


def identify(lines: list[SourceLine]) -> list[Sign | None]:
    """Reads lines, writes a sign for each (None: plain text)."""
    return [sign_of(line.text) for line in lines]


def looks_like_head(text: str) -> bool:
    """Whether a line is by itself a strong sign of a part, chapter, section, article or appendix."""
    sign = sign_of(text)
    return sign is not None and not sign.is_weak and sign.kind not in (SignKind.ITEM, SignKind.ROMAN, SignKind.LETTER)


def is_bare_group(text: str) -> bool:
    """Whether a line is "Chương II" or the like and nothing more: its title stands on the next line."""
    sign = sign_of(text)
    return sign is not None and sign.kind in _KINDS.values() and not sign.title


def is_contents_entry(text: str) -> bool:
    """A line of a table of contents: leader dots and a page number at its end."""
    return bool(_CONTENTS_ENTRY.search(text[-40:]))


def sign_of(text: str) -> Sign | None:
    """What `text`, one normalised line, could be the head of."""
    first = text[0]
    if first in "ĐD" and (match := _ARTICLE.match(text)):
        return _article(match)
    if first in "PCMTpcmt" and (match := _GROUP.match(text)):
        return _group(match)
    if first == "P" and (match := _APPENDIX.match(text)):
        return _appendix(match)
    if first.isdecimal():
        return _item(_ITEM.match(text))
    if first in "IVX" and (match := _ROMAN.match(text)):
        return _roman(match)
    if first in "MBDmbd" and (match := _FORM.match(text)):
        return _form(match)
    if match := _ROMAN.match(text):
        return _roman(match) or _letter(_LETTER.match(text))
    return _letter(_LETTER.match(text))


def _article(match: re.Match[str]) -> Sign | None:
    mark, title = match["mark"], match["title"]
    digits = match["number"].replace("l", "1").replace("I", "1")
    number = str(int(digits)) + match["suffix"].strip()
    if (
        not mark
        and title
        and (title[0].islower() or _is_reference(title) or (not title[0].isalpha() and title[0] not in '“"['))
    ):
        return None
    if mark[:1] in (",", ";") and (not title or not title[0].isupper() or title.startswith("Điều")):
        return None
    if mark[:1] in (")", "/", "-") and (not title or not title[0].isupper()):
        return None
    if mark and title and title[0].isdigit() and not match["rest"].endswith(" "):
        return None
    usual = mark[:1] in (".", ":")
    is_weak = not usual or bool(title and title[0].islower()) or match["word"].replace(" ", "") not in ("Điều", "ĐIỀU")
    note, title = _note_in(match["rest"]), title
    return Sign(SignKind.ARTICLE, number, *_label(match, note, title), is_weak)


def _group(match: re.Match[str]) -> Sign | None:
    word, mark, title = match["word"], match["mark"] or "", match["title"]
    if not word[0].isupper():
        return None
    raw = " ".join(match["number"].split())
    value = from_ordinal(raw) if raw.lower().startswith("thứ") else None
    kind = _KINDS[" ".join(word.lower().split())]
    numeral = raw if value is None else roman(value)
    numeral = numeral.replace("l", "I") if from_roman(numeral.replace("l", "I")) else numeral
    if numeral.isdecimal():
        numeral = str(int(numeral))
    elif not from_roman(numeral) and (len(numeral) > 1 or kind is SignKind.CHAPTER):
        return None
    if title and not mark and (not (title[0].isupper() or title[0] in '“"([') or _is_reference(title)):
        return None
    if title and mark and (title[0].islower() or title[0].isdecimal()) and mark[0] != ".":
        return None
    if mark[:1] in (")", "/"):
        return None
    is_weak = bool(title and title[0].islower())
    note = match["note"] or ""
    return Sign(kind, numeral + (match["suffix"] or ""), *_label(match, note, title), is_weak)


def _appendix(match: re.Match[str]) -> Sign | None:
    title, mark = match["title"], match["mark"]
    is_capital = match["word"].isupper()
    if title and not is_capital and (not title[0].isupper() or (not mark and _is_reference(title))):
        return None
    if title[:1] in (",", ";", ")", "."):
        return None
    return Sign(SignKind.APPENDIX, match["number"] or "", *_label(match, _note_in(match["rest"]), title))


def _form(match: re.Match[str]) -> Sign | None:
    title = match["title"]
    if not match["word"][0].isupper() or (title and title[0].islower()):
        return None
    return Sign(SignKind.FORM, match["number"] or match["plain"], *_label(match, "", title))


def _roman(match: re.Match[str]) -> Sign | None:
    title = match["title"]
    if not from_roman(match["number"]) or not (title[0].isupper() or title[0] in '“"('):
        return None
    return Sign(SignKind.ROMAN, match["number"], *_label(match, _note_in(match["rest"]), title))


def _letter(match: re.Match[str] | None) -> Sign | None:
    if match is None or (not match["title"].isupper() and match["rest"].strip() not in (".", "/", "-")):
        return None
    if not match["title"][0].isupper():
        return None
    return Sign(SignKind.LETTER, match["number"], *_label(match, "", match["title"]), not match["title"].isupper())


def _item(match: re.Match[str] | None) -> Sign | None:
    if match is None:
        return None
    number, mark = match["number"], match["mark"]
    if not mark and ("." not in number or not match["title"][0].isupper()):
        return None
    if not match["title"][0].isalpha() and match["title"][0] not in "“\"'([*":
        return None
    number = ".".join(str(int(part)) for part in number.split("."))
    return Sign(SignKind.ITEM, number, *_label(match, "", match["title"]), mark not in (".", ""))


def _label(match: re.Match[str], note: str, title: str) -> tuple[str, str]:
    """The head's own words, and the title with a footnote mark that stood between them put before it."""
    label = match.string[: match.start("title")].strip()
    if note:
        label = label.replace(note, "", 1).strip()
        title = f"{note} {title}" if title else note
    return label, title


def _note_in(rest: str) -> str:
    return rest[rest.index("[") : rest.index("]") + 1] if "[" in rest else ""


def _is_reference(title: str) -> bool:
    return bool((_REFERENCE.match(title) and _REFERENCE_ON.search(title)) or _NAMED_LAW.match(title))
