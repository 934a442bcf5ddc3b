"""Two ways of placing the tone in one text: "ủy" and "uỷ", "hòa" and "hoà". Which one is right, an office decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from drafts.checks.draft import Draft, Finding, Kind
from drafts.importing.findings import gettext_noop

_MIXED = gettext_noop("“%(word)s” beside “%(usual)s”, which this text writes more often.")
_WRITE = gettext_noop("Write “%(usual)s”.")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PAIRS = ("oa", "oe", "uy")
_FIRST = {unicodedata.normalize("NFC", pair[0] + tone + pair[1]): (pair, tone) for pair in _PAIRS for tone in _TONES}
_SECOND = {unicodedata.normalize("NFC", pair[0] + pair[1] + tone): (pair, tone) for pair in _PAIRS for tone in _TONES}
_WORD = re.compile(rf"\b(?P<head>\w*?)(?P<end>{'|'.join([*_FIRST, *_SECOND])})\b", re.IGNORECASE)


def mixed_spelling(draft: Draft) -> Iterator[Finding]:
    """Words written in the manner the text uses less."""
    found = [
        (passage, match)
        for passage in draft.passages
        for match in _WORD.finditer(passage.line.raw)
        if match["head"].lower()[-1:] != "q"
    ]
    first = sum(match["end"].lower() in _FIRST for _passage, match in found)
    if not first or first == len(found):
        return
    rare = _SECOND if first * 2 >= len(found) else _FIRST
    for passage, match in found:
        if match["end"].lower() in rare:
            usual = match["head"] + _turned(match["end"])
            params = {"word": match[0], "usual": usual}
            yield Finding(
                Kind.SPELLING, passage.place(match.start(), match.end()), _MIXED, params, _WRITE, replacement=usual
            )


def _turned(end: str) -> str:
    """ "uỷ" → "ủy" and back, capitals kept."""
    letters = unicodedata.normalize("NFD", end)
    tone = next(letter for letter in letters if letter in _TONES)
    first, second = (letter for letter in letters if letter not in _TONES)
    is_first = end.lower() in _FIRST
    return unicodedata.normalize("NFC", first + second + tone if is_first else first + tone + second)
