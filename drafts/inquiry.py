"""What somebody typed into the search box, and where its words stand in a text. No Django.

A word is a run of letters and digits. It is *folded* (without marks and capitals, but đ stays đ) to be found, and
*spelled* (with its marks, the tone behind the word, so that "uỷ" and "ủy" are one) to stand first where it is written
so. The functions ``gopy_folded`` and ``gopy_spelled`` of the database do the same to what is searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

LONGEST = 200
_MOST_WORDS = 12
# A word with more of the letter d than this is taken as it was typed.
_MOST_D = 4

_PHRASE = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|[^"“”„«»]+')
_MARKS = re.compile(r"[\u0300-\u036f]+")
_TONE_INSIDE = re.compile(r"([\u0300\u0301\u0303\u0309\u0323])([a-zđ\u0302\u0306\u031b]+)")
_NOT_A_WORD = re.compile(r"[^a-z0-9đ]+")
_WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*")
_STROKED_D = str.maketrans({"Đ": "đ", "Ð": "đ", "ð": "đ"})
_AS_DIGITS = str.maketrans(
    {
        "\u0300": "1",
        "\u0301": "2",
        "\u0303": "3",
        "\u0309": "4",
        "\u0323": "5",
        "\u0302": "6",
        "\u0306": "7",
        "\u031b": "8",
    }
)


@dataclass(frozen=True)
class Term:
    """Words that must stand one behind the other; mostly there is one."""

    folded: tuple[str, ...]
    spelled: tuple[str, ...]


@dataclass(frozen=True)
class Inquiry:
    """All terms must be found, in any order."""

    typed: str
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def has_marks(self) -> bool:
        """Whether the spelling says more than the bare letters: then what is spelled so stands first."""
        return any(term.folded != term.spelled for term in self.terms)

    @cached_property
    def folded_query(self) -> str:
        """For ``to_tsquery``: a typed d may be a đ, a typed đ is no d."""
        return " & ".join(_row(_alternatives(word) for word in term.folded) for term in self.terms)

    @cached_property
    def spelled_query(self) -> str:
        """For ``to_tsquery``: the words exactly as they were typed, tone placement aside."""
        return " & ".join(_row([word] for word in term.spelled) for term in self.terms)

    @property
    def has_phrase(self) -> bool:
        return any(len(term.folded) > 1 for term in self.terms)

    @cached_property
    def loose_query(self) -> str:
        """``folded_query`` with phrases taken apart: what an index answers without a look at the text."""
        words = (word for term in self.terms for word in term.folded)
        return " & ".join(_row(iter([_alternatives(word)])) for word in words)

    @cached_property
    def loose_spelled_query(self) -> str:
        return " & ".join(f"'{word}'" for term in self.terms for word in term.spelled)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Every folded word that counts as found."""
        return frozenset(form for term in self.terms for word in term.folded for form in _alternatives(word))


def inquire(typed: str) -> Inquiry:
    """Words and "phrases in quotes" of what was typed; more than a dozen words are cut."""
    typed = " ".join(unicodedata.normalize("NFC", typed[: 2 * LONGEST]).split())[:LONGEST]
    return Inquiry(typed, tuple(_limited(_terms(typed))))


def bare(text: str) -> str:
    """The text without marks and capitals; đ stays đ."""
    return _MARKS.sub("", _lowered(text))


def folded(text: str) -> list[str]:
    """The words of a text as they are found: "Tiếp thu ở Đ.5" gives tiep, thu, o, đ, 5."""
    return _split(bare(text))


def spelled(text: str) -> list[str]:
    """The words of a text as they are written: digits for marks, the tone's last: "ủy" and "uỷ" give uy4."""
    return _split(_TONE_INSIDE.sub(r"\2\1", _lowered(text)).translate(_AS_DIGITS))


def places(text: str, inquiry: Inquiry) -> list[tuple[int, int, str]]:
    """Start, end and word of everything found; where all words stand as they are spelled, only those.

    Words of a phrase count where the whole phrase stands.
    """
    words = [(match.start(), match.end(), *_forms(match[0])) for match in _WORD.finditer(text)]
    if inquiry.has_phrase:
        standing = _standing(words, inquiry)
        return [(start, end, word) for at, (start, end, word, _) in enumerate(words) if at in standing]
    found = [word for word in words if word[2] in inquiry.wanted]
    exact = {form for term in inquiry.terms for form in term.spelled}
    if inquiry.has_marks and exact <= {form for *_, form in found}:
        found = [place for place in found if place[3] in exact]
    return [(start, end, word) for start, end, word, _ in found]


def _standing(words: list[tuple[int, int, str, str]], inquiry: Inquiry) -> frozenset[int]:
    """Which of a text's words belong to something looked for; as spelled if all of it stands so."""
    spellings, foldings = [form for *_, form in words], [word for *_, word, _ in words]
    runs = [_runs(spellings, [[word] for word in term.spelled]) for term in inquiry.terms]
    if not inquiry.has_marks or not all(runs):
        runs = [_runs(foldings, [_alternatives(word) for word in term.folded]) for term in inquiry.terms]
    return frozenset().union(*runs)


def _runs(words: list[str], forms: list[list[str]]) -> set[int]:
    """The words at which, one behind the other, one of each of the forms stands."""
    firsts = (at for at in range(len(words) - len(forms) + 1) if words[at] in forms[0])
    begun = [at for at in firsts if all(words[at + step] in form for step, form in enumerate(forms))]
    return {at + step for at in begun for step in range(len(forms))}


@lru_cache(maxsize=8_192)
def _forms(word: str) -> tuple[str, str]:
    """One word folded and spelled; a text repeats its few hundred syllables."""
    return "".join(folded(word)), "".join(spelled(word))


def _terms(typed: str) -> Iterator[Term]:
    for match in _PHRASE.finditer(typed):
        part = match[0] if match[1] is None else match[1]
        plain, marked = folded(part), spelled(part)
        if match[1] is not None:
            if plain:
                yield Term(tuple(plain), tuple(marked))
        else:
            yield from (Term((word,), (form,)) for word, form in zip(plain, marked, strict=True))


def _limited(terms: Iterator[Term]) -> Iterator[Term]:
    left = _MOST_WORDS
    for term in terms:
        if left <= 0:
            return
        yield Term(term.folded[:left], term.spelled[:left])
        left -= len(term.folded)


def _lowered(text: str) -> str:
    return unicodedata.normalize("NFD", text).translate(_STROKED_D).lower()


def _split(text: str) -> list[str]:
    return [word for word in _NOT_A_WORD.split(text) if word]


def _alternatives(word: str) -> list[str]:
    if word.count("d") > _MOST_D:
        return [word]
    return ["".join(letters) for letters in product(*("dđ" if letter == "d" else letter for letter in word))]


def _row(words: Iterator[list[str]]) -> str:
    """``('dieu' | 'đieu') <-> '5'``; the words are letters and digits only, so that nothing needs escaping."""
    return "(" + " <-> ".join("(" + " | ".join(f"'{form}'" for form in forms) + ")" for forms in words) + ")"
