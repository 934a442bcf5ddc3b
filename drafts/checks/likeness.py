"""Provisions that say the same twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import Indel

from drafts.checks.draft import Draft, Finding, Kind, Passage
from drafts.importing.findings import gettext_noop

_SAME = gettext_noop("Says the same as %(other)s.")
_ALIKE = gettext_noop("Says nearly the same as %(other)s.")
_ONCE = gettext_noop("Say it once and cite it, or say what differs.")
_ALIKE_FROM = 0.92
_FEWEST_WORDS = 20
_MOST = 3_000
_FIRST_CHARACTER = 0x10000  # above the surrogates, which no string for rapidfuzz may hold
# Closing formulas every list of duties ends with.
_FORMULAS = re.compile(r"(?:thực hiện|và)?\s*(?:các\s+)?(?:nhiệm vụ|công việc|nội dung)\s+khác", re.IGNORECASE)


def duplicates(draft: Draft) -> Iterator[Finding]:
    """A line that stands, word for word or nearly, in another article too. Rows of one article are often alike."""
    passages = [passage for passage in draft.passages if _counts(passage)][:_MOST]
    for later, earlier, is_same in sorted(_pairs([_words(passage) for passage in passages], passages)):
        other = passages[earlier]
        name = ", ".join(part for part in (other.line.label, other.sheet.label or other.sheet.heading) if part)
        message = _SAME if is_same else _ALIKE
        yield Finding(Kind.DUPLICATE, passages[later].place(), message, {"other": name}, _ONCE, other=other.place())


def _pairs(words: list[list[str]], passages: list[Passage]) -> Iterator[tuple[int, int, bool]]:
    """Each line that is like an earlier one of another article, with the first such; of like length only."""
    distinct = {word: chr(_FIRST_CHARACTER + number) for number, word in enumerate({w for line in words for w in line})}
    places: dict[str, list[int]] = {}
    for place, line in enumerate(words):
        places.setdefault("".join(distinct[word] for word in line), []).append(place)
    first: dict[int, tuple[int, bool]] = {}

    def take(earlier_ones: list[int], later_ones: list[int], *, is_same: bool) -> None:
        for later in later_ones:
            for earlier in earlier_ones:
                known = first.get(later, (later, False))[0]
                if earlier < known and passages[earlier].sheet is not passages[later].sheet:
                    first[later] = (earlier, is_same)

    for one, other in _alike(sorted(places, key=len)):
        take(places[one], places[other], is_same=False)
        take(places[other], places[one], is_same=False)
    for same in places.values():
        take(same, same, is_same=True)
    for later, (earlier, is_same) in first.items():
        yield later, earlier, is_same


def _alike(keys: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different keys that are alike; sorted by length, only those of like length are compared."""
    lengths = [len(key) for key in keys]
    for at, key in enumerate(keys):
        end = bisect_right(lengths, len(key) * (2 - _ALIKE_FROM) / _ALIKE_FROM)
        rivals = keys[at + 1 : end]
        for other, _score, _place in process.extract_iter(
            key, rivals, scorer=Indel.normalized_similarity, score_cutoff=_ALIKE_FROM
        ):
            yield key, other


def _counts(passage: Passage) -> bool:
    return len(_words(passage)) >= _FEWEST_WORDS and not _FORMULAS.match(passage.line.text)


def _words(passage: Passage) -> list[str]:
    return re.findall(r"\w+", passage.line.text.lower())
