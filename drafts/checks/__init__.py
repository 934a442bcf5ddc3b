"""Checks of a whole draft while it is written: pure functions, each yielding findings with a place and a suggestion.

``CHECKS`` is the registry: a check takes a ``Draft`` and knows nothing of the others. A finding says where, what and,
where it is certain, which words to put there instead. Better one finding too few than one false alarm: what is only
often wrong is not reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from drafts.checks.citing import broken_citations, circular_citations, missing_appendices, wrong_names
from drafts.checks.draft import Draft, Finding, Kind, Place
from drafts.checks.gaps import gaps
from drafts.checks.likeness import duplicates
from drafts.checks.naming import abbreviations, terms, untitled, unused_terms
from drafts.checks.numbers import numbering
from drafts.checks.sentences import long_sentences, point_endings
from drafts.checks.slips import slips
from drafts.checks.spelling import mixed_spelling
from drafts.texts import Text

Check = Callable[[Draft], Iterator[Finding]]

CHECKS: dict[Kind, tuple[Check, ...]] = {
    Kind.CITATION: (broken_citations, circular_citations, missing_appendices, wrong_names),
    Kind.NUMBERING: (numbering,),
    Kind.HEADING: (untitled,),
    Kind.GAP: (gaps,),
    Kind.DUPLICATE: (duplicates,),
    Kind.TERM: (terms, unused_terms),
    Kind.ABBREVIATION: (abbreviations,),
    Kind.SENTENCE: (long_sentences,),
    Kind.PUNCTUATION: (point_endings,),
    Kind.SLIP: (slips,),
    Kind.SPELLING: (mixed_spelling,),
}
USUAL = tuple(kind for kind in Kind if kind is not Kind.SPELLING)
"""What is checked unasked: which spelling an office prefers is its own affair."""


def check(text: Text, *, kinds: Iterable[Kind] = USUAL) -> list[Finding]:
    """All findings of these kinds, in the order of the text."""
    draft = Draft(text)
    found = [finding for kind in kinds for one in CHECKS[kind] for finding in one(draft)]
    order = {sheet.wid: place for place, sheet in enumerate(text)}
    return sorted(found, key=lambda finding: (order[finding.place.wid], finding.place.field, finding.place.start))


__all__ = ["CHECKS", "USUAL", "Check", "Draft", "Finding", "Kind", "Place", "check"]
