"""The comparison page: the table between two texts, and beside each row what the reasons may be taken from.

The chain is unbroken: from a row one goes to the opinions taken in, to their answers, and to the version that carried
them out. A fixed number of queries, whatever the number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.utils.translation import gettext, pgettext_lazy

from accounts.models import User
from comments.access import visible_comments
from comments.consolidation import attach_carried_out
from comments.models import Comment, Response
from drafts.alignment import Kind
from drafts.columns import Part
from drafts.comparison import ComparisonTable, TableRow, comparison_table, public_table
from drafts.likeness import name_of_sheet
from drafts.models import Comparison, Operation, Provision
from drafts.texts import Sheet

KIND_NAMES = {
    Kind.KEPT: pgettext_lazy("comparison", "kept"),
    Kind.AMENDED: pgettext_lazy("comparison", "amended"),
    Kind.NEW: pgettext_lazy("comparison", "new"),
    Kind.DROPPED: pgettext_lazy("comparison", "dropped"),
    Kind.SPLIT: pgettext_lazy("comparison", "split"),
    Kind.MERGED: pgettext_lazy("comparison", "merged"),
    Kind.MOVED: pgettext_lazy("comparison", "moved"),
    Kind.CITED: pgettext_lazy("comparison", "citations only"),
}
CHANGED, MISSING, UNSURE, REBUILT = "changed", "missing", "unsure", "rebuilt"
_TAKEN_IN = (Response.Outcome.ACCEPTED, Response.Outcome.PARTLY)
_ACTS_ON_TEXT = (
    Operation.Kind.REVISED,
    Operation.Kind.INSERTED,
    Operation.Kind.SPLIT,
    Operation.Kind.MERGED,
    Operation.Kind.MOVED,
    Operation.Kind.REMOVED,
    Operation.Kind.REIMPORTED,
)


@dataclass(frozen=True)
class Act:
    """Why an article was last changed, in the words of whoever did it."""

    wid: object
    version: int
    reason: str


@dataclass(frozen=True)
class SidePart:
    """One article in its column, with the provision one may put elsewhere."""

    part: Part
    sheet: Sheet

    @property
    def name(self) -> str:
        return name_of_sheet(self.sheet)


@dataclass
class PageRow:
    """A row of the table with the opinions taken in and the acts on its articles."""

    line: TableRow
    comments: list[Comment] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[self.line.kind])

    @property
    def name(self) -> str:
        return self.line.name

    @property
    def old(self) -> list[SidePart]:
        return [SidePart(*pair) for pair in zip(self.line.old_parts, self.line.old_sheets, strict=True)]

    @property
    def new(self) -> list[SidePart]:
        return [SidePart(*pair) for pair in zip(self.line.new_parts, self.line.new_sheets, strict=True)]

    @property
    def confidence(self) -> int | None:
        """In percent; None where a person has spoken."""
        row = self.line.row
        return round(row.confidence * 100) if row and row.confidence is not None and not row.is_decided else None

    @property
    def suggestion(self) -> str:
        """What a reason may begin with: the answers to the opinions taken in, then the reasons of the acts."""
        answers = (comment.response.explanation or _taken_in(comment) for comment in self.comments)
        return "\n".join(dict.fromkeys(chain(answers, (act.reason for act in self.acts))))


class ComparisonPage:
    """Everything the page shows, read once. Needs a comparison that came through the door.

    Who sees the working text sees its table; others see the table of the latest edition, or nothing before the first.
    """

    def __init__(self, comparison: Comparison, *, user: User, show: str = "") -> None:
        self.comparison = comparison
        self.document = comparison.document
        self.user = user
        self.show = show if show in self.filters_known else ""
        self.is_working = "read_working" in self.document.abilities
        self.may_draft = "draft" in self.document.abilities

    filters_known = (CHANGED, MISSING, UNSURE, REBUILT, Kind.NEW, Kind.DROPPED, Kind.MOVED, Kind.CITED, Kind.KEPT)

    @cached_property
    def table(self) -> ComparisonTable | None:
        if self.is_working:
            return comparison_table(self.comparison)
        edition = self.document.editions.standing().first()
        return public_table(self.comparison, edition=edition) if edition else None

    @cached_property
    def others(self) -> list[Comparison]:
        """All comparisons of the document, this one among them. One query."""
        return list(self.document.comparisons.select_related("against"))

    @property
    def calls_for_replacement(self) -> bool:
        """Whether too much changes for an amendment; a text that is only consulted has no say in that."""
        is_main = self.comparison == main_comparison(self.others)
        return is_main and self.table is not None and self.table.is_replacement

    @cached_property
    def rows(self) -> list[PageRow]:
        return [self._row(line) for line in self._lines if self._is_shown(line)]

    def row(self, pk: int) -> PageRow | None:
        line = self.table.find(pk) if self.table else None
        return self._row(line) if line else None

    @property
    def missing(self) -> list[TableRow]:
        """Rows that still need a reason or a fate, in the order of the table."""
        return [line for line in self._lines if line.needs_reason or line.needs_fate]

    @property
    def changed_count(self) -> int:
        return sum(line.asks_for_reason for line in self._lines)

    @property
    def reasoned_count(self) -> int:
        return self.changed_count - sum(line.needs_reason for line in self._lines)

    @property
    def old_count(self) -> int:
        return sum(len(line.old) for line in self._lines if not line.is_opening)

    @property
    def settled_count(self) -> int:
        return self.old_count - sum(len(line.old) for line in self._lines if line.needs_fate)

    @property
    def unplaced_count(self) -> int:
        return sum(line.row is None for line in self._lines)

    @property
    def filters(self) -> list[tuple[str, str, str, int]]:
        """Name in the address, words, sign, how many rows; only those that have any."""
        choices = [
            ("", gettext("All"), "list"),
            (CHANGED, gettext("Changed"), "amend"),
            (MISSING, gettext("Something missing"), "alert"),
            (UNSURE, gettext("Matching unsure"), "help"),
            (Kind.NEW.value, gettext("New"), "plus"),
            (Kind.DROPPED.value, gettext("Dropped"), "minus"),
            (REBUILT, gettext("Split or merged"), "split"),
            (Kind.MOVED.value, gettext("Moved"), "move"),
            (Kind.CITED.value, gettext("Citations only"), "list"),
            (Kind.KEPT.value, gettext("Kept"), "equal"),
        ]
        counted = [
            (name, words, sign, sum(self._passes(line, name) for line in self._lines)) for name, words, sign in choices
        ]
        return [choice for choice in counted if choice[3] or choice[0] in ("", self.show)]

    @property
    def _lines(self) -> list[TableRow]:
        return self.table.rows if self.table else []

    def _is_shown(self, line: TableRow) -> bool:
        return self._passes(line, self.show)

    def _passes(self, line: TableRow, show: str) -> bool:
        if show == CHANGED:
            return line.is_changed
        if show == MISSING:
            return self.is_working and (line.needs_reason or line.needs_fate)
        if show == UNSURE:
            return line.is_unsure
        if show == REBUILT:
            return line.kind in (Kind.SPLIT, Kind.MERGED)
        return not show or line.kind == show

    def _row(self, line: TableRow) -> PageRow:
        provisions = {sheet.pk for sheet in line.new_sheets}
        if line.row is not None:
            provisions |= {side.provision_id for side in line.row.sides.all()}
        comments = [comment for pk in sorted(provisions) for comment in self._comments.get(pk, ())]
        acts = [self._acts[pk] for pk in sorted(provisions) if pk in self._acts] if line.is_changed else []
        return PageRow(line, comments, acts)

    @cached_property
    def _comments(self) -> dict[int, list[Comment]]:
        """Opinions taken in, by the provision they are about; as far as the person may see them. Two queries."""
        comments = list(
            visible_comments(self.user, self.document)
            .standing()
            .filter(provision__isnull=False, response__outcome__in=_TAKEN_IN)
            .select_related("response", "author", "on_behalf_of", "provision")
        )
        attach_carried_out(comments)
        by_provision: dict[int, list[Comment]] = defaultdict(list)
        for comment in comments:
            by_provision[comment.provision_id or 0].append(comment)
        return by_provision

    @cached_property
    def _acts(self) -> dict[int, Act]:
        """The newest reason given for each provision of the draft, for those who see its history. One query."""
        if not self.is_working:
            return {}
        entries = (
            Provision.history.filter(document=self.document, operation__kind__in=_ACTS_ON_TEXT)
            .exclude(history_change_reason="")
            .order_by("id", "-history_id")
            .distinct("id")
            .values_list("id", "wid", "version", "history_change_reason")
        )
        return {pk: Act(wid, version, reason) for pk, wid, version, reason in entries}


def main_comparison(comparisons: list[Comparison]) -> Comparison | None:
    """The one with the text the draft replaces, else the first."""
    return next((one for one in comparisons if one.is_with_predecessor), comparisons[0] if comparisons else None)


def _taken_in(comment: Comment) -> str:
    """Words of the paper, not of the interface."""
    return f"Tiếp thu ý kiến của {comment.on_behalf_of or comment.author}: {comment.text}"
