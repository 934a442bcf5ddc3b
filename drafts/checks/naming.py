"""Names: articles without one, terms defined twice or used before, abbreviations never spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.arranging import RANK
from drafts.checks.draft import Draft, Finding, Kind, Passage, Place
from drafts.importing.findings import gettext_noop
from drafts.numbering import from_roman

_UNTITLED = gettext_noop("%(label)s has no heading, though others have.")
_NAME_IT = gettext_noop("Give it a heading.")
_DEFINED_TWICE = gettext_noop("“%(term)s” is defined a second time.")
_USED_BEFORE = gettext_noop("“%(term)s” is used here, before it is defined.")
_DEFINE_ONCE = gettext_noop("Define it once, where it comes first.")
_UNUSED = gettext_noop("“%(term)s” is defined here and never used.")
_LEAVE_OUT = gettext_noop("Leave the definition out, or use the word.")
_UNSPELLED = gettext_noop("“%(term)s” is never spelled out.")
_SPELL = gettext_noop("Spell it out where it comes first, with the abbreviation in brackets.")

_SHORT = re.compile(
    r"\(?\s*(?:sau\s+đây|dưới\s+đây)\s+(?:được\s+)?(?:gọi|viết)\s+(?:tắt\s+|chung\s+|tắt\s+chung\s+)?là\s*:?\s*"
    r"[“\"]?(?P<term>[^)”\";.\n]{2,60}?)[”\"]?\s*(?=[);.,”\"\n]|$)",
    re.IGNORECASE,
)
_DEFINITIONS = re.compile(r"giải\s+thích\s+(?:từ\s+ngữ|thuật\s+ngữ)", re.IGNORECASE)
_DEFINED = re.compile(
    r"(?:\[\^?\w+\]\s*)?[“\"]?(?P<term>[^“”\":;,()\n]{3,60}?)[”\"]?\s+(?:\([^)]*\)\s+)?"
    r"(?:là|gồm|bao gồm|được hiểu là|nghĩa là)(?:\s|:)"
)
_EXAMPLE = re.compile(r"\W*ví dụ\b", re.IGNORECASE)
_CAPITALS = re.compile(r"(?<![\w/.-])[A-ZĐ]{2,8}(?![\w/])(?!-[A-ZĐ\d])")
_VOWEL_OR_MIXED = re.compile(r"[a-zà-ỹđ]")
# Read by everybody in a text of any office; and signs of dossiers that are names, not abbreviations.
_EVERYBODY_KNOWS = {"VIP", "PDF", "USD", "VND", "ISO", "TCVN", "QCVN", "WTO", "EU", "ASEAN", "USB", "COVID", "AI", "OK"}


def untitled(draft: Draft) -> Iterator[Finding]:
    """Chapters and sections without a heading, and articles where most have one."""
    articles = [sheet for sheet in draft.text if sheet.kind == "article"]
    are_titled = sum(bool(sheet.heading) for sheet in articles) * 2 > len(articles)
    for sheet in draft.text:
        is_wanting = sheet.kind in RANK and sheet.kind != "item" and not sheet.heading.strip()
        if is_wanting and (sheet.kind != "article" or are_titled):
            place = Place(sheet.wid, "heading", 0, 0)
            yield Finding(Kind.HEADING, place, _UNTITLED, {"label": sheet.label or sheet.kind}, _NAME_IT)


def terms(draft: Draft) -> Iterator[Finding]:
    """ "(sau đây gọi tắt là …)" said twice of one term, or only after the term was used."""
    defined: dict[str, tuple[int, Place]] = {}
    for number, passage in enumerate(draft.passages):
        for match in _SHORT.finditer(passage.line.raw):
            term = " ".join(match["term"].split())
            place = passage.place(match.start("term"), match.end("term"))
            if term in defined:
                yield Finding(Kind.TERM, place, _DEFINED_TWICE, {"term": term}, _DEFINE_ONCE, other=defined[term][1])
                continue
            defined[term] = (number, place)
            if _is_a_name(term):
                yield from _used_before(draft.passages[:number], term, place)


def unused_terms(draft: Draft) -> Iterator[Finding]:
    """A word explained, or a short name given, that the text then never says."""
    whole = "\n".join(f"{sheet.heading}\n{sheet.text}" for sheet in draft.text).lower()
    for passage in draft.passages:
        explains = _DEFINITIONS.search(passage.sheet.heading)
        found = [*_SHORT.finditer(passage.line.raw)]
        if explains and (defined := _DEFINED.match(passage.line.raw, len(passage.line.marker))):
            found.append(defined)
        for match in found:
            term = " ".join(match["term"].split())
            if len(re.findall(rf"(?<!\w){re.escape(term.lower())}(?!\w)", whole)) < 2:
                place = passage.place(match.start("term"), match.end("term"))
                yield Finding(Kind.TERM, place, _UNUSED, {"term": term}, _LEAVE_OUT)


def abbreviations(draft: Draft) -> Iterator[Finding]:
    """Capitals that stand for words nobody reads anywhere in the text; the first place only. Examples make names up."""
    whole = "\n".join(sheet.heading + "\n" + sheet.text for sheet in draft.text)
    seen: set[str] = set()
    for passage in draft.passages:
        line = passage.line.raw
        if not _VOWEL_OR_MIXED.search(line) or _EXAMPLE.match(line):
            continue
        for match in _CAPITALS.finditer(line):
            term = match[0]
            if term in seen or term in _EVERYBODY_KNOWS or from_roman(term) or _is_in_capitals(line, match):
                continue
            seen.add(term)
            if not _is_spelled_out(term, whole):
                yield Finding(
                    Kind.ABBREVIATION, passage.place(match.start(), match.end()), _UNSPELLED, {"term": term}, _SPELL
                )


def _used_before(passages: list[Passage], term: str, place: Place) -> Iterator[Finding]:
    word = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")
    for passage in passages:
        if match := word.search(passage.line.raw):
            yield Finding(
                Kind.TERM,
                passage.place(match.start(), match.end()),
                _USED_BEFORE,
                {"term": term},
                _DEFINE_ONCE,
                other=place,
            )
            return


def _is_a_name(term: str) -> bool:
    """Coined for this text: it has capitals. "đơn vị" may well be said before "(sau đây gọi là đơn vị)"."""
    return any(letter.isupper() for letter in term)


def _is_in_capitals(line: str, match: re.Match[str]) -> bool:
    """Part of a title in capitals, not an abbreviation."""
    around = line[max(0, match.start() - 14) : match.end() + 14].split()
    return sum(word.isupper() and len(word) > 1 for word in around) > 2


def _is_spelled_out(term: str, whole: str) -> bool:
    """In brackets behind its words, explained in so many words, or before its words in brackets."""
    name = re.escape(term)
    return bool(
        re.search(rf"\(\s*[“\"]?{name}[”\"]?\s*\)", whole)
        or re.search(rf"(?:gọi|viết)\s+(?:tắt\s+|chung\s+)*là\s*:?\s*[“\"]?{name}\b", whole)
        or re.search(rf"\b{name}[”\"]?\s*(?:\(|là\s|:|=|viết\s+tắt)", whole)
    )
