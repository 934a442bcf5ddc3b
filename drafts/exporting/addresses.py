"""Where things stand, as Akoma Ntoso names it: "chp_2__art_5__para_2__point_dd".

Rules: the naming convention of Akoma Ntoso 1.0 (elements abbreviated, levels joined by "__"); Roman numbers become
Arabic, letters lose their marks in a way that keeps them apart (đ is "dd"). A name that would come twice gets "-2".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from drafts.numbering import from_roman, split_number

_NAMES = {
    "part": "part",
    "chapter": "chp",
    "section": "sec",
    "subsection": "subsec",
    "article": "art",
    "item": "item",
    "appendix": "att",
    "preamble": "preamble",
    "closing": "conclusions",
    "clause": "para",
    "point": "point",
}
_LETTERS = {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}


class Addresses:
    """Gives every element of one document a name of its own."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def of(self, kind: str, number: str, *, parent: str = "") -> str:
        name = "_".join(part for part in (_NAMES.get(kind, kind), plain_number(number)) if part)
        return self.unique(f"{parent}__{name}" if parent else name)

    def unique(self, name: str) -> str:
        self._taken[name] += 1
        return name if self._taken[name] == 1 else self.unique(f"{name}-{self._taken[name]}")


def plain_number(number: str) -> str:
    """ "II" → "2", "IIa" → "2a", "đ" → "dd", "1.2" → "1-2", "5a" → "5a"."""
    stem, suffix = split_number(number)
    value = from_roman(stem)
    written = f"{value}{suffix}" if value is not None else number
    letters = "".join(_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", written.lower()))
    bare = unicodedata.normalize("NFD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^0-9a-z]+", "-", bare).strip("-")
