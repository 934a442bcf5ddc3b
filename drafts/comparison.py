"""The comparison table as plain values, for the page, for paper and for the gate. A fixed number of queries.

What became of an article is told anew from the texts each time, so the table never shows a kept article that somebody
has changed since.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Case, F, Q, QuerySet, When

from drafts.alignment import HIGH, Kind, Pair, in_order, kind_of, out_of_order
from drafts.changes import cite_the_same
from drafts.citations import Places
from drafts.columns import Part, columns
from drafts.exporting.arranging import said_in_opening
from drafts.likeness import Article, article_of_sheet, name_of_sheet
from drafts.models import Comparison, ComparisonRow, ComparisonSide, Document, Edition, Provision
from drafts.pairing import COMPARED
from drafts.photographs import edition_text, working_text
from drafts.texts import HEADED, Sheet, Text


@dataclass(frozen=True)
class TableRow:
    """One row as it stands between two texts; ``old`` and ``new`` are places in them.

    ``row`` is None for an article that is not in the table yet, since it came into the text after the last matching.
    """

    row: ComparisonRow | None
    old: tuple[int, ...]
    new: tuple[int, ...]
    old_sheets: tuple[Sheet, ...]
    new_sheets: tuple[Sheet, ...]
    kind: Kind
    is_same: bool
    shows_words: bool = True

    @property
    def old_parts(self) -> tuple[Part, ...]:
        """The articles of the old side, deleted words marked."""
        return columns(_articles(self.old_sheets), _articles(self.new_sheets))[0]

    @property
    def new_parts(self) -> tuple[Part, ...]:
        """The articles of the new side, inserted words marked."""
        return columns(_articles(self.old_sheets), _articles(self.new_sheets))[1]

    @property
    def assessment(self) -> str:
        return self.row.assessment if self.row and self.shows_words else ""

    @property
    def reason(self) -> str:
        return self.row.reason if self.row and self.shows_words else ""

    @property
    def legal_basis(self) -> str:
        return self.row.legal_basis if self.row and self.shows_words else ""

    @property
    def has_words(self) -> bool:
        return bool(self.assessment or self.reason or self.legal_basis)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self.old_sheets + self.new_sheets

    @property
    def name(self) -> str:
        """``Điều 4 → Điều 4 và Điều 5``; one name where both sides have the same; ``Điều 9 cũ`` of a dropped one."""
        old, new = name_of(self.old_sheets), name_of(self.new_sheets)
        if not new:
            return f"{old} cũ"
        return f"{old} → {new}" if old and old != new else new

    @property
    def is_changed(self) -> bool:
        return self.kind is not Kind.KEPT

    @property
    def is_opening(self) -> bool:
        """What stands before the first article: it rules nothing, so nobody has to give reasons for it."""
        return all(sheet.kind == "preamble" for sheet in self.sheets)

    @property
    def asks_for_reason(self) -> bool:
        """Numbers of citations follow by themselves from what else changed: they need none of their own."""
        return self.is_changed and self.kind is not Kind.CITED and not self.is_opening

    @property
    def needs_reason(self) -> bool:
        return self.asks_for_reason and not (self.row and self.row.reason.strip())

    @property
    def needs_fate(self) -> bool:
        """An old article that nothing of the draft continues, and nobody has said that it is dropped."""
        return not self.new and not self.is_opening and (self.row is None or self.row.confirmed_at is None)

    @property
    def is_confirmed(self) -> bool:
        return self.row is not None and self.row.confirmed_at is not None

    @property
    def is_unsure(self) -> bool:
        """Found by likeness alone and not for certain; nobody has looked yet."""
        return (
            self.row is not None
            and not self.row.is_decided
            and self.row.confidence is not None
            and self.row.confidence < HIGH
        )

    @property
    def anchor(self) -> str:
        """The id of the row on the page."""
        return f"row-{self.row.pk}" if self.row else f"unplaced-{self.sheets[0].pk}"


class ComparisonTable:
    """The rows between an old and a new text, in the order of the new one: openings, articles, appendices."""

    def __init__(self, comparison: Comparison, *, old: Text, new: Text, edition: Edition | None) -> None:
        self.comparison = comparison
        self.edition = edition
        self.old_text, self.new_text = old, new
        self.old, self.new = compared_sheets(old), compared_sheets(new)
        self._old_places = {sheet.pk: place for place, sheet in enumerate(self.old)}
        self._new_places = {sheet.pk: place for place, sheet in enumerate(self.new)}

    @cached_property
    def rows(self) -> list[TableRow]:
        rows: list[tuple[ComparisonRow | None, tuple[int, ...], tuple[int, ...]]] = []
        for row in rows_with_sides(self.comparison):
            old, new = self._places(row, self._old_places), self._places(row, self._new_places)
            if old or new:
                rows.append((row, old, new))
        placed_old, placed_new = {p for _, old, _ in rows for p in old}, {p for _, _, new in rows for p in new}
        rows += [(None, (place,), ()) for place in range(len(self.old)) if place not in placed_old]
        rows += [(None, (), (place,)) for place in range(len(self.new)) if place not in placed_new]
        pairs = sorted((old[0], new[0]) for _, old, new in rows if old and new)
        strayed = out_of_order(pairs)
        names = {self.old[old].wid: self.new[new].wid for old, new in pairs} | self._heads
        found = (self._row(row, old, new, strayed) for row, old, new in rows)
        return in_order(self._cited_anew(row, names) for row in found)

    def find(self, row_pk: int) -> TableRow | None:
        return next((row for row in self.rows if row.row is not None and row.row.pk == row_pk), None)

    @cached_property
    def counts(self) -> Counter[Kind]:
        return Counter(row.kind for row in self.rows)

    @property
    def changed(self) -> list[TableRow]:
        return [row for row in self.rows if row.is_changed]

    @property
    def without_reason(self) -> list[TableRow]:
        return [row for row in self.rows if row.needs_reason]

    @property
    def without_fate(self) -> list[TableRow]:
        return [row for row in self.rows if row.needs_fate]

    @property
    def unplaced(self) -> list[TableRow]:
        """Articles that came into the text after the last matching."""
        return [row for row in self.rows if row.row is None]

    @property
    def unsure(self) -> list[TableRow]:
        return [row for row in self.rows if row.is_unsure]

    @property
    def is_replacement(self) -> bool:
        """More than half of the old articles change in words or go: a new text replaces the old one, it does not amend
        it (Law 64/2025, Article 8(4)(b))."""
        articles = {sheet.pk for sheet in self.old_text.articles()}
        touched = sum(sheet.pk in articles for row in self.rows if not row.is_same for sheet in row.old_sheets)
        return touched * 2 > len(articles)

    @staticmethod
    def _places(row: ComparisonRow, places: dict[int, int]) -> tuple[int, ...]:
        return tuple(sorted(places[side.provision_id] for side in row.sides.all() if side.provision_id in places))

    def _row(
        self, row: ComparisonRow | None, old: tuple[int, ...], new: tuple[int, ...], strayed: set[Pair]
    ) -> TableRow:
        old_sheets, new_sheets = tuple(self.old[place] for place in old), tuple(self.new[place] for place in new)
        old_articles, new_articles = _articles(old_sheets), _articles(new_sheets)
        is_strayed = bool(old and new) and (old[0], new[0]) in strayed
        return TableRow(
            row=row,
            old=old,
            new=new,
            old_sheets=old_sheets,
            new_sheets=new_sheets,
            kind=kind_of(old_articles, new_articles, is_moved=is_strayed),
            is_same=kind_of(old_articles, new_articles, is_moved=False) is Kind.KEPT,
            shows_words=self._shows_words(row, new_sheets),
        )

    def _cited_anew(self, row: TableRow, names: Mapping[uuid.UUID, uuid.UUID]) -> TableRow:
        """The row told as such, where the words differ in the numbers of citations only."""
        if row.is_same or len(row.old) != 1 or len(row.new) != 1:
            return row
        before, after = self._citing
        if not cite_the_same(row.old_sheets[0], row.new_sheets[0], before=before, after=after, names=names):
            return row
        return replace(row, is_same=True, kind=Kind.CITED if row.kind is Kind.AMENDED else row.kind)

    @cached_property
    def _citing(self) -> tuple[Places, Places]:
        return Places(self.old_text), Places(self.new_text)

    @cached_property
    def _heads(self) -> dict[uuid.UUID, uuid.UUID]:
        """Parts, chapters and appendices are one where they have one heading."""
        heads = {(sheet.kind, sheet.heading): sheet.wid for sheet in self.new_text if sheet.heading}
        return {
            sheet.wid: heads[sheet.kind, sheet.heading]
            for sheet in self.old_text
            if sheet.kind in HEADED and (sheet.kind, sheet.heading) in heads
        }

    def _shows_words(self, row: ComparisonRow | None, new_sheets: tuple[Sheet, ...]) -> bool:
        return True


class PublicTable(ComparisonTable):
    """The table of the latest edition, for those who do not see the working text.

    What is said about a change may tell what the change is: words written since the edition about an article that has
    changed since are shown with the next edition only.
    """

    def __init__(self, comparison: Comparison, *, old: Text, new: Text, edition: Edition, working: Text) -> None:
        super().__init__(comparison, old=old, new=new, edition=edition)
        self._working = {sheet.pk: (sheet.heading, sheet.text) for sheet in compared_sheets(working)}

    def _shows_words(self, row: ComparisonRow | None, new_sheets: tuple[Sheet, ...]) -> bool:
        if row is None or row.written_at is None or self.edition is None or row.written_at <= self.edition.issued_at:
            return True
        stands = {sheet.pk for sheet in new_sheets} >= {
            side.provision_id for side in row.sides.all() if side.provision_id in self._working
        }
        return stands and all(self._working.get(s.pk) == (s.heading, s.text) for s in new_sheets)


def compared_sheets(text: Text) -> list[Sheet]:
    """What stands in rows of the table; of a preamble what it says, without letterhead and title."""
    sheets = (_opening(sheet) if sheet.kind == "preamble" else sheet for sheet in text if sheet.kind in COMPARED)
    return [sheet for sheet in sheets if sheet is not None]


def _opening(sheet: Sheet) -> Sheet | None:
    said = said_in_opening(sheet.text.split("\n"))
    return replace(sheet, text="\n".join(said)) if said else None


def comparison_table(comparison: Comparison, *, edition: Edition | None = None) -> ComparisonTable:
    """The table of the working text, or of an edition. Six queries at most, the first time its rows are asked for."""
    new = edition_text(edition) if edition else working_text(comparison.document)
    return ComparisonTable(comparison, old=text_compared_with(comparison.against), new=new, edition=edition)


def public_table(comparison: Comparison, *, edition: Edition) -> PublicTable:
    """What readers and commenters see."""
    return PublicTable(
        comparison,
        old=text_compared_with(comparison.against),
        new=edition_text(edition),
        edition=edition,
        working=working_text(comparison.document),
    )


def text_compared_with(document: Document) -> Text:
    """A text to compare with stands as last circulated; one that never was, as it is."""
    edition = document.editions.standing().first()
    return edition_text(edition) if edition else working_text(document)


def rows_with_sides(comparison: Comparison) -> QuerySet[ComparisonRow]:
    """Two queries."""
    return comparison.rows.select_related("confirmed_by").prefetch_related("sides").order_by("pk")


def row_about(provision: Provision) -> ComparisonRow | None:
    """The row of a provision of the draft in the table with the text that is replaced, else in any. One query."""
    sides = ComparisonSide.objects.filter(provision=provision, comparison__document=provision.document_id)
    is_main = Q(comparison__against=F("comparison__document__predecessor"))
    side = sides.select_related("row").order_by(Case(When(is_main, then=0), default=1), "comparison").first()
    return side.row if side else None


def name_of(sheets: tuple[Sheet, ...]) -> str:
    """``Điều 4`` and ``Điều 5`` as one cites them: "Điều 4 và Điều 5"."""
    labels = [name_of_sheet(sheet) for sheet in sheets]
    return ", ".join(labels[:-1]) + " và " + labels[-1] if len(labels) > 1 else "".join(labels)


def _articles(sheets: tuple[Sheet, ...]) -> tuple[Article, ...]:
    return tuple(map(article_of_sheet, sheets))
