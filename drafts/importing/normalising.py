"""Normalise: Source → [SourceLine]. One spelling for what looks alike; nothing else is touched.

Declared changes, all of them: Unicode NFC; every kind of blank and tab → one space, none at the ends; blank lines
dropped; zero-width and control characters dropped; Ð ð (eth) → Đ đ; hyphens and dashes U+2010–2015 and Word's own →
"-"; a soft hyphen → "-" beside capitals, digits and blanks ("QĐ-UBND"), dropped inside a word; bullets of Symbol
fonts → "•". A lone "Điều", "Chương" … is joined with the number on the next line (`rejoin_heads`); in a text with hard
line ends the lines of a paragraph are joined (`unwrap`).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from drafts.importing.identifying import is_bare_group, looks_like_head
from drafts.importing.lines import Paragraph, Source, SourceLine

_BLANKS = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DROPPED = [
    *(code for code in range(0x20) if chr(code) not in "\t\n\x0b\x0c\r\x1e"),
    *range(0x7F, 0x85), *range(0x86, 0xA0),
    0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFE, 0xFFFF,
    *range(0xD800, 0xE000),
]  # fmt: skip
_SPELLING: dict[int, str | None] = (
    dict.fromkeys(_DROPPED)
    | {ord(blank): " " for blank in _BLANKS}
    | dict.fromkeys(range(0x2010, 0x2016), "-")
    | {0x1E: "-", 0xD0: "Đ", 0xF0: "đ", 0xF0B7: "•", 0xF0A7: "▪", 0xF02D: "-"}
    | dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n")
)
_RUN_OF_BLANKS = re.compile(r" {2,}")
_SOFT_HYPHENS = re.compile("\u00ad+")
_WITH_HARD_LINE_ENDS = ("txt", "md")
_TERMINAL = tuple('.;:!?…”"')
_LIST_MARKER = re.compile(
    r"\d{1,3}[a-zđ]?\s*[.)/](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\.|[a-zđ]\d?\s*\)|[-+*•▪]\s|[IVXLC]+\s*[.\-)]\s|\("
)
_LONE_HEAD_WORD = re.compile(r"Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Tiểu mục|TIỂU MỤC")
_NUMBER_AT_START = re.compile(r"\d{1,4}[a-zđ]?\s*(?:[.:]|$)|[IVXLC]+\s*(?:[.:\-]|$)")
_POINT_MARKER = re.compile(r"[a-zđ]\d?\s*[.)]")


def normalise(source: Source) -> list[SourceLine]:
    """Reads paragraphs, writes lines; joins the lines of hard-wrapped text."""
    lines = rejoin_heads(list(_lines(source)))
    return unwrap(lines) if source.format in _WITH_HARD_LINE_ENDS else lines


def normalise_text(text: str) -> str:
    """The declared changes applied to any text; line ends stay, blank lines go. Idempotent."""
    text = text.replace("\r\n", "\n").translate(_SPELLING)
    if "\u00ad" in text:
        text = _SOFT_HYPHENS.sub(_hyphen, text)
    text = unicodedata.normalize("NFC", text)
    text = _RUN_OF_BLANKS.sub(" ", text)
    return "\n".join(line for line in (line.strip(" ") for line in text.split("\n")) if line)


def _hyphen(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    inside_word = text[max(start - 1, 0) : start].islower() and text[end : end + 1].islower()
    return "" if inside_word else "-"


def _lines(source: Source) -> Iterator[SourceLine]:
    after_blank = False
    for paragraph in source.paragraphs:
        text = normalise_text(paragraph.text)
        if not text:
            after_blank = True
            continue
        texts = text.split("\n")
        bold = _bold_letters(paragraph, texts)
        for at, line in enumerate(texts):
            is_last = at == len(texts) - 1
            notes = tuple(note for note in map(_one_line, paragraph.notes) if note) if is_last else ()
            yield SourceLine(line, paragraph.line, notes, after_blank, bold[at], paragraph.level if at == 0 else 0)
            after_blank = False


def _bold_letters(paragraph: Paragraph, texts: list[str]) -> list[int]:
    """How many letters at the beginning of each line of a paragraph are bold."""
    if not paragraph.bold:
        return [0] * len(texts)
    begun = normalise_text(paragraph.text[: paragraph.bold]).split("\n")
    return [min(len(begun[at]), len(text)) if at < len(begun) else 0 for at, text in enumerate(texts)]


def _one_line(note: str) -> str:
    return normalise_text(note).replace("\n", " ")


def rejoin_heads(lines: list[SourceLine]) -> list[SourceLine]:
    """Put a head word that stands alone on its line ("Điều") before the number that follows it ("1. Phạm vi")."""
    joined: list[SourceLine] = []
    for line in lines:
        if joined and _LONE_HEAD_WORD.fullmatch(joined[-1].text) and _NUMBER_AT_START.match(line.text):
            word = joined.pop()
            bold = word.bold + 1 + line.bold if word.bold == len(word.text) else 0
            line = replace(word, text=f"{word.text} {line.text}", notes=word.notes + line.notes, bold=bold)
        joined.append(line)
    return joined


def unwrap(lines: list[SourceLine]) -> list[SourceLine]:
    """Join lines that a converter or scanner broke at the page's width; other texts come back as they are."""
    width = _wrapped_width(lines)
    if not width:
        return lines
    joined: list[SourceLine] = []
    parts: list[SourceLine] = []
    for line in lines:
        if parts and _continues(parts[-1].text, line, width=width, is_head=len(parts) == 1):
            parts.append(line)
            continue
        joined += _one_paragraph(parts)
        parts = [line]
    return joined + _one_paragraph(parts)


def _one_paragraph(parts: list[SourceLine]) -> list[SourceLine]:
    """The lines of one paragraph as one; it is bold as far as its lines are from the first on."""
    if len(parts) < 2:
        return parts
    bold = 0
    for part in parts:
        bold += part.bold + 1
        if part.bold < len(part.text):
            break
    first = parts[0]
    notes = tuple(note for part in parts for note in part.notes)
    return [replace(first, text=" ".join(part.text for part in parts), notes=notes, bold=bold - 1 if first.bold else 0)]


def _wrapped_width(lines: list[SourceLine]) -> int:
    """The usual length of a full line, or 0 for text with one paragraph a line."""
    pairs = going_on = 0
    for before, line in pairwise(lines):
        if before.text.startswith("|") or line.text.startswith("|"):
            continue
        pairs += 1
        going_on += (
            line.text[0].islower() and not _POINT_MARKER.match(line.text) and not before.text.endswith(_TERMINAL)
        )
    if pairs < 5 or going_on < 0.2 * pairs:
        return 0
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.85)]
    return width if width <= 140 else 0


def _continues(before: str, line: SourceLine, *, width: int, is_head: bool) -> bool:
    text = line.text
    if before.endswith(_TERMINAL) or text.startswith("|") or before.startswith("|") or _LIST_MARKER.match(text):
        return False
    if is_head and is_bare_group(before):
        return False
    if text[0].islower():
        return not line.after_blank or len(before) >= 0.5 * width
    if line.after_blank or len(before) < 0.75 * width or text.isupper() or before.isupper():
        return False
    return not (is_head and looks_like_head(before)) and not looks_like_head(text)
