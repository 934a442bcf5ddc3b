"""Everything that changes comparison tables. Each call: guard, one transaction, one ``Operation``, its history rows.

The matching proposes, persons decide: what anybody arranged, confirmed or wrote on is never matched anew.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.alignment import LOW
from drafts.comparison import compared_sheets, rows_with_sides, text_compared_with
from drafts.models import Comparison, ComparisonRow, ComparisonSide, Document, Operation, Provision
from drafts.pairing import pair_up
from drafts.photographs import working_text
from drafts.texts import clean

Kind = Operation.Kind
WORDS = ("assessment", "reason", "legal_basis")
BY_HAND: dict[str, object] = {"is_by_hand": True, "confidence": None, "confirmed_by": None, "confirmed_at": None}
"""A row somebody arranged: neither the matching nor an earlier confirmation speaks for it any more."""


class StaleRowError(Exception):
    """Somebody wrote on the row meanwhile; ``row`` is as it stands now. Nothing was written."""

    def __init__(self, row: ComparisonRow) -> None:
        super().__init__(f"row {row.pk} is at version {row.version}")
        self.row = row


@transaction.atomic
def compare(document: Document, *, by: User, against: Document) -> Comparison:
    """Set the draft against another text and match their articles."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document == against:
        raise RuleBrokenError(_("A draft cannot be compared with itself."))
    if document.comparisons.filter(against=against).exists():
        raise RuleBrokenError(_("There is a comparison with this text already."))
    operation = diary.start(Kind.COMPARED, by=by, document=document, reason=against.title)
    comparison = diary.add(operation, [Comparison(document=document, against=against, created_at=operation.at)])[0]
    _Matching(comparison).store(operation)
    return comparison


@transaction.atomic
def match_again(comparison: Comparison, *, by: User) -> Operation | None:
    """Match what nobody has decided on, after either text changed; None when all stands as it stood."""
    comparison = _locked(comparison)
    matching = _Matching(comparison)
    if not matching.differs:
        return None
    operation = diary.start(
        Kind.COMPARED, by=by, document=comparison.document, reason=_("Articles matched again after changes of the text")
    )
    matching.store(operation)
    return operation


@transaction.atomic
def place(comparison: Comparison, provision: Provision, *, by: User, into: ComparisonRow | None) -> ComparisonRow:
    """Put an article into another row, or into one of its own; the row it stands in then.

    A row left without articles goes, and what was written on it goes with the article: no word is lost.
    """
    comparison = _locked(comparison)
    side = _side_of(comparison, provision)
    if into is not None:
        into = _row_of(comparison, into)
        if side is not None and side.row_id == into.pk:
            return into
    elif side is not None and side.row.sides.count() == 1:
        raise RuleBrokenError(_("This article has a row of its own already."))
    operation = diary.start(
        Kind.COMPARED, by=by, document=comparison.document, reason=_("%(article)s moved") % {"article": provision}
    )
    if into is None:
        into = diary.add(operation, [ComparisonRow(comparison=comparison, is_by_hand=True)])[0]
    if side is None:
        diary.add(operation, [ComparisonSide(comparison=comparison, row=into, provision=provision)])
    else:
        left = side.row
        side.row = into
        diary.keep(operation, [side], ["row"])
        _leave(operation, left, into)
    return diary.change(operation, into, **BY_HAND)


@transaction.atomic
def write_words(
    row: ComparisonRow, *, by: User, base_version: int, assessment: str, reason: str, legal_basis: str
) -> Operation | None:
    """Say how the old one worked, why it changes, and on what basis, on top of ``base_version``.

    Giving a reason confirms the row. None when nothing differs; StaleRowError when somebody wrote meanwhile.
    """
    words = {"assessment": clean(assessment), "reason": clean(reason), "legal_basis": clean(legal_basis)}
    current = _locked_row(row)
    if current.version != base_version:
        raise StaleRowError(current)
    if all(getattr(current, name) == text for name, text in words.items()):
        return None
    operation = diary.start(Kind.COMPARED, by=by, document=current.comparison.document, reason=words["reason"])
    changed: dict[str, object] = {**words, "version": base_version + 1, "written_at": operation.at}
    if words["reason"] and current.confirmed_at is None:
        changed |= {"confirmed_by": by, "confirmed_at": operation.at}
    diary.change(operation, current, **changed)
    return operation


@transaction.atomic
def confirm(row: ComparisonRow, *, by: User) -> ComparisonRow:
    """Say that the row is right: these articles belong together, or this old one is dropped on purpose."""
    row = _locked_row(row)
    if row.confirmed_at is not None:
        return row
    operation = diary.start(Kind.COMPARED, by=by, document=row.comparison.document, reason=_("Row confirmed"))
    return diary.change(operation, row, confirmed_by=by, confirmed_at=operation.at)


@transaction.atomic
def withdraw_confirmation(row: ComparisonRow, *, by: User) -> ComparisonRow:
    """Open the row again."""
    row = _locked_row(row)
    if row.confirmed_at is None:
        return row
    operation = diary.start(Kind.COMPARED, by=by, document=row.comparison.document, reason=_("Confirmation withdrawn"))
    return diary.change(operation, row, confirmed_by=None, confirmed_at=None)


@transaction.atomic
def give_up(comparison: Comparison, *, by: User, reason: str) -> Operation:
    """Remove a table that should not have been made, with all that was written on it. The history keeps every word."""
    comparison = _locked(comparison)
    operation = diary.start(
        Kind.COMPARED,
        by=by,
        document=comparison.document,
        reason=_("Comparison with “%(title)s” removed: %(reason)s")
        % {"title": comparison.against.title, "reason": reason},
    )
    diary.remove(operation, comparison.sides.all())
    diary.remove(operation, comparison.rows.all())
    diary.remove(operation, [comparison])
    return operation


class _Matching:
    """What the matching says about the provisions nobody has decided on, against the rows that stand."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.old = compared_sheets(text_compared_with(comparison.against))
        self.new = compared_sheets(working_text(comparison.document))
        self.rows = list(rows_with_sides(comparison))
        self.decided = [row for row in self.rows if row.is_decided]
        self.loose = {row: frozenset(_provisions(row)) for row in self.rows if not row.is_decided}
        self.proposed = self._proposed()

    @property
    def differs(self) -> bool:
        return set(self.loose.values()) != self.proposed.keys()

    def store(self, operation: Operation) -> None:
        """Rows that stay as they were keep their place in history; others go and come."""
        gone = [row for row, provisions in self.loose.items() if provisions not in self.proposed]
        diary.remove(operation, [side for row in gone for side in row.sides.all()])
        diary.remove(operation, gone)
        standing = set(self.loose.values())
        come = {provisions: sure for provisions, sure in self.proposed.items() if provisions not in standing}
        rows = diary.add(
            operation, [ComparisonRow(comparison=self.comparison, confidence=sure) for sure in come.values()]
        )
        diary.add(
            operation,
            [
                ComparisonSide(comparison=self.comparison, row=row, provision_id=provision)
                for row, provisions in zip(rows, come, strict=True)
                for provision in sorted(provisions)
            ],
        )

    def _proposed(self) -> dict[frozenset[int], float]:
        """Provisions that belong together, with the confidence. Of a decided row one pair stands as a landmark."""
        taken = {provision for row in self.decided for provision in _provisions(row)}
        landmarks = self._landmarks()
        old = [sheet for sheet in self.old if sheet.pk not in taken or sheet.pk in landmarks]
        new = [sheet for sheet in self.new if sheet.pk not in taken or sheet.pk in landmarks]
        proposed: dict[frozenset[int], float] = {}
        for row in pair_up(old, new, landmarks=landmarks):
            keys = [old[place].pk for place in row.old] + [new[place].pk for place in row.new]
            free = [key for key in keys if key not in taken]
            if len(free) == len(keys):
                proposed[frozenset(free)] = row.confidence
            else:  # part of a row somebody decided on: that is for persons to say
                proposed |= {frozenset([key]): min(LOW, 1 - row.confidence) for key in free}
        return proposed

    def _landmarks(self) -> dict[int, str]:
        """The first old and the first new provision of every decided row that has both, by one name."""
        old, new = [sheet.pk for sheet in self.old], [sheet.pk for sheet in self.new]
        landmarks: dict[int, str] = {}
        for row in self.decided:
            provisions = _provisions(row)
            first_old = next((pk for pk in old if pk in provisions), None)
            first_new = next((pk for pk in new if pk in provisions), None)
            if first_old is not None and first_new is not None:
                landmarks |= {first_old: f"row {row.pk}", first_new: f"row {row.pk}"}
        return landmarks


def _provisions(row: ComparisonRow) -> set[int]:
    return {side.provision_id for side in row.sides.all()}


def _locked(comparison: Comparison) -> Comparison:
    return (
        Comparison.objects.select_for_update(of=("self",)).select_related("document", "against").get(pk=comparison.pk)
    )


def _locked_row(row: ComparisonRow) -> ComparisonRow:
    rows = ComparisonRow.objects.select_for_update(of=("self",)).select_related("comparison__document")
    current = rows.filter(pk=row.pk).first()
    if current is None:
        raise RuleBrokenError(_("This row is no longer in the table: somebody arranged it anew."))
    return current


def _row_of(comparison: Comparison, row: ComparisonRow) -> ComparisonRow:
    if row.comparison_id != comparison.pk:
        raise RuleBrokenError(_("This row belongs to another table."))
    return _locked_row(row)


def _side_of(comparison: Comparison, provision: Provision) -> ComparisonSide | None:
    """None for a provision of either text that the table does not hold yet."""
    if provision.document_id not in (comparison.document_id, comparison.against_id):
        raise RuleBrokenError(_("This article stands in neither of the two texts."))
    return comparison.sides.select_related("row").filter(provision=provision).first()


def _leave(operation: Operation, left: ComparisonRow, into: ComparisonRow) -> None:
    """The row an article left: it stays as persons arranged it, or goes when it is empty."""
    if left.sides.exists():
        diary.change(operation, left, **BY_HAND)
        return
    if left.has_words:
        joined = {name: "\n".join(filter(None, (getattr(into, name), getattr(left, name)))) for name in WORDS}
        diary.change(operation, into, **joined, version=into.version + 1, written_at=operation.at)
    diary.remove(operation, [left])
