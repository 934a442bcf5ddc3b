"""The old provisions that a provision of a draft replaces, for whoever is writing it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from accounts.models import User
from drafts.access import abilities_of, get_edition_for
from drafts.alignment import Row
from drafts.models import ComparisonSide, Document, Provision
from drafts.pairing import pair_up
from drafts.photographs import edition_text, working_text
from drafts.texts import Sheet, Text


@dataclass(frozen=True)
class Counterparts:
    """What stands in the text in force; ``sheets`` is empty when nothing there corresponds."""

    document: Document
    sheets: tuple[Sheet, ...]
    is_confirmed: bool = False


def counterparts_of(provision: Provision, *, user: User) -> Counterparts | None:
    """The provision's counterparts in the predecessor; None where there is none that the person may read.

    As the comparison table says, where it has been drawn up; else by likeness. Five queries at most, and one alignment
    of the two texts until one of them changes.
    """
    predecessor = provision.document.predecessor
    text = readable_text(predecessor, user=user) if predecessor else None
    if predecessor is None or text is None:
        return None
    side = _side_of(provision, against=predecessor)
    if side is None:
        return Counterparts(predecessor, _by_likeness(provision, old=text, new=working_text(provision.document)))
    return Counterparts(predecessor, _beside(side, old=text), is_confirmed=side.row.is_decided)


def readable_text(document: Document, *, user: User) -> Text | None:
    """The newest edition that counts; before the first one the working text, for those who may read it."""
    abilities = abilities_of(user, document)
    edition = get_edition_for(document, None) if abilities else None
    if edition is not None:
        return edition_text(edition)
    return working_text(document) if "read_working" in abilities else None


def _side_of(provision: Provision, *, against: Document) -> ComparisonSide | None:
    sides = ComparisonSide.objects.filter(comparison__document=provision.document, comparison__against=against)
    return sides.select_related("row").filter(provision=provision).first()


def _beside(side: ComparisonSide, *, old: Text) -> tuple[Sheet, ...]:
    """What of the old text stands in the same row."""
    members = set(ComparisonSide.objects.filter(row=side.row_id).values_list("provision", flat=True))
    return tuple(sheet for sheet in old if sheet.pk in members)


def _by_likeness(provision: Provision, *, old: Text, new: Text) -> tuple[Sheet, ...]:
    place = next((place for place, sheet in enumerate(new) if sheet.wid == provision.wid), None)
    row = next((row for row in _paired(old.sheets, new.sheets) if place in row.new), None)
    return tuple(old.sheets[number] for number in row.old) if row else ()


@lru_cache(maxsize=16)
def _paired(old: tuple[Sheet, ...], new: tuple[Sheet, ...]) -> tuple[Row, ...]:
    return tuple(pair_up(old, new))
