"""Taking an act back: what it touched becomes what it was before, unless somebody changed it since.

Fields are taken back one by one: an article that was renumbered by the act and rewritten afterwards gets its number
back and keeps its words. What the act did not touch may be in the way all the same: it bears a number now that would
come back, or is the heading, gone meanwhile, under which an article would. Undoing is an act like any other, so undoing
it again is redoing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.changes import out_of_order
from drafts.models import Operation, Provision
from drafts.restructuring import columns, locked, record

Kind = Operation.Kind
UNDOABLE = (
    Kind.REVISED,
    Kind.RESTORED,
    Kind.UNDONE,
    Kind.REIMPORTED,
    Kind.INSERTED,
    Kind.SPLIT,
    Kind.MERGED,
    Kind.MOVED,
    Kind.REMOVED,
    Kind.REINSTATED,
    Kind.RENUMBERED,
)
_PLACED = ("number", "label", "parent_id", "is_removed")


@dataclass(frozen=True)
class Obstacle:
    """A provision that somebody changed since: ``by`` names the later act. ``is_words``: its words, not its place."""

    provision: Provision
    by: Operation | None
    is_words: bool


class ObstructedError(Exception):
    """The act cannot be undone whole. ``may_skip``: everything but the obstacles could be."""

    def __init__(self, obstacles: Sequence[Obstacle], *, may_skip: bool) -> None:
        super().__init__("somebody changed what the act touched")
        self.obstacles = obstacles
        self.may_skip = may_skip


def may_be_undone(operation: Operation) -> bool:
    """Whether such an act is ever taken back; somebody may have done so already."""
    return operation.kind in UNDOABLE


@transaction.atomic
def undo_operation(operation: Operation, *, by: User) -> Operation:
    """Take the whole act back; raises ObstructedError when somebody changed since what it touched."""
    return _undo(operation, by=by, skipping=False)


@transaction.atomic
def undo_the_rest(operation: Operation, *, by: User) -> Operation:
    """Take back what nobody changed since; texts rewritten in the meantime stay as they are."""
    return _undo(operation, by=by, skipping=True)


def _undo(operation: Operation, *, by: User, skipping: bool) -> Operation:
    if operation.document is None:
        raise RuleBrokenError(_("This act cannot be undone."))
    document, rows = locked(operation.document)
    if not may_be_undone(operation):
        raise RuleBrokenError(_("This act cannot be undone."))
    if Operation.objects.filter(undoes=operation).exists():
        raise RuleBrokenError(_("This has been undone already."))
    past = _Past(operation, rows)
    if not past.after:
        raise RuleBrokenError(_("This act cannot be undone."))
    obstacles = past.obstacles()
    may_skip = all(one.is_words for one in obstacles) and len(obstacles) < len(past.after)
    if obstacles and not (skipping and may_skip):
        raise ObstructedError(obstacles, may_skip=may_skip)
    before = {row.pk: columns(row) for row in rows}
    past.restore(skipped={one.provision.pk for one in obstacles})
    if all(before[row.pk] == columns(row) for row in rows):
        raise RuleBrokenError(_("Everything is as it was before already."))
    undone = diary.start(Kind.UNDONE, by=by, document=document, undoes=operation)
    record(undone, rows, before)
    return undone


class _Past:
    """The rows of a document as they were right before and right after an act, and as they are. Three queries."""

    def __init__(self, operation: Operation, rows: list[Provision]) -> None:
        self._operation = operation
        self._rows = rows
        history = Provision.history.filter(document=operation.document_id)
        latest = history.order_by("id", "-history_id").distinct("id")
        self.after: dict[int, Any] = {entry.id: entry for entry in latest.filter(operation=operation)}
        self._before: dict[int, Any] = {entry.id: entry for entry in latest.filter(operation__lt=operation.pk)}
        self._later: dict[int, list[Any]] = {}
        later = history.filter(operation__gt=operation.pk, id__in=self.after).select_related("operation__by__unit")
        for entry in later.order_by("history_id"):
            self._later.setdefault(entry.id, []).append(entry)

    def obstacles(self) -> list[Obstacle]:
        """What was changed since, words and places apart."""
        moved_since = self._moved_since() & self._moved()
        found = []
        for row in self._rows:
            if row.pk not in self.after:
                continue
            if row.pk in moved_since or self._differs(row, self._placed_fields(row.pk)):
                found.append(Obstacle(row, self._culprit(row, (*_PLACED, "position")), is_words=False))
            elif self._differs(row, self._worded_fields(row.pk)):
                is_words = row.pk in self._before
                found.append(Obstacle(row, self._culprit(row, ("heading", "text")), is_words=is_words))
        # One for each provision: what is wrong with its place weighs more than what is wrong with its words.
        by_pk = {one.provision.pk: one for one in [*found, *self._homeless(), *self._taken_numbers()]}
        return list(by_pk.values())

    def _homeless(self) -> Iterator[Obstacle]:
        """What came since into something that would be taken out again; or what was taken out since and would have
        something standing in it.
        """
        by_pk = {row.pk: row for row in self._rows}
        for row in self._rows:
            parent = by_pk.get(self._would_be(row, "parent_id"))
            if parent is None or self._would_be(row, "is_removed") or not self._would_be(parent, "is_removed"):
                continue
            if not parent.is_removed:
                yield Obstacle(row, _last_change(row, ("parent_id", "is_removed")), is_words=False)
            elif row.pk in self.after:
                yield Obstacle(parent, _last_change(parent, ("is_removed",)), is_words=False)

    def _taken_numbers(self) -> Iterator[Obstacle]:
        """Provisions that have got since the number of one that would come back; numbers that stood twice before may
        do so again.
        """
        bearers: dict[tuple[Any, ...], list[Provision]] = {}
        for row in self._rows:
            if self._would_be(row, "number") and not self._would_be(row, "is_removed"):
                bearers.setdefault(self._would_be_called(row), []).append(row)
        for name, rows in bearers.items():
            if all(_name(row) == name and not row.is_removed for row in rows):
                continue  # as it is now
            for row in rows if len(rows) > 1 else ():
                was = self._before.get(row.pk)
                if was is None or was.is_removed or _name(was) != name:
                    yield Obstacle(row, _last_change(row, ("number", "parent_id", "is_removed")), is_words=False)

    def restore(self, *, skipped: set[int]) -> None:
        """Set the rows to what they were, places included; words of the skipped ones stay."""
        for row in self._rows:
            if row.pk not in self.after:
                continue
            for name in self._placed_fields(row.pk):
                setattr(row, name, self._was(row.pk, name))
            if row.pk in self._before and row.pk not in skipped and self._worded_fields(row.pk):
                was = self._before[row.pk]
                row.heading, row.text, row.version = was.heading, was.text, row.version + 1
        by_pk = {row.pk: row for row in self._rows}
        for position, pk in enumerate(self._order(), start=1):
            by_pk[pk].position = position

    def _placed_fields(self, pk: int) -> list[str]:
        """The fields of number and place that the act changed; of an inserted row only that it stands."""
        if pk not in self._before:
            return ["is_removed"]
        return [name for name in _PLACED if getattr(self._before[pk], name) != getattr(self.after[pk], name)]

    def _worded_fields(self, pk: int) -> list[str]:
        if pk not in self._before:
            return ["heading", "text"]
        return [
            name for name in ("heading", "text") if getattr(self._before[pk], name) != getattr(self.after[pk], name)
        ]

    def _was(self, pk: int, name: str) -> object:
        return getattr(self._before[pk], name) if pk in self._before else True

    def _would_be(self, row: Provision, name: str) -> Any:
        """The field as undoing would leave it."""
        is_taken_back = row.pk in self.after and name in self._placed_fields(row.pk)
        return self._was(row.pk, name) if is_taken_back else getattr(row, name)

    def _would_be_called(self, row: Provision) -> tuple[Any, ...]:
        return _name_of(row.kind, self._would_be(row, "number"), self._would_be(row, "parent_id"))

    def _differs(self, row: Provision, names: Sequence[str]) -> bool:
        return any(getattr(row, name) != getattr(self.after[row.pk], name) for name in names)

    def _culprit(self, row: Provision, names: Sequence[str]) -> Operation | None:
        """The last act that made one of the fields differ from what the act had left."""
        was = self.after[row.pk]
        for entry in reversed(self._later.get(row.pk, [])):
            if any(getattr(entry, name) != getattr(was, name) for name in names):
                return entry.operation
        return None

    # Order

    def _order_after(self) -> list[int]:
        """All rows there were, as the act left them."""
        places = {pk: entry.position for pk, entry in self._before.items()}
        places |= {pk: entry.position for pk, entry in self.after.items()}
        return sorted(places, key=lambda pk: places[pk])

    def _order_before(self) -> list[int]:
        return sorted(self._before, key=lambda pk: self._before[pk].position)

    def _moved(self) -> set[int]:
        return _displaced(self._order_before(), self._order_after())

    def _moved_since(self) -> set[int]:
        return _displaced(self._order_after(), [row.pk for row in self._rows])

    def _order(self) -> list[int]:
        """The present order, with what the act moved back behind what it stood behind."""
        moved = self._moved()
        order = [row.pk for row in self._rows if row.pk not in moved]
        before = self._order_before()
        for place, pk in enumerate(before):
            if pk in moved:
                behind = before[place - 1] if place else None
                order.insert(order.index(behind) + 1 if behind is not None else 0, pk)
        return order


def _name_of(kind: str, number: str, parent: int | None) -> tuple[Any, ...]:
    """What no two provisions may be called: articles count through the document, the others where they stand."""
    return (kind, number) if kind == "article" else (kind, number, parent)


def _name(row: Any) -> tuple[Any, ...]:
    return _name_of(row.kind, row.number, row.parent_id)


def _last_change(row: Provision, names: Sequence[str]) -> Operation:
    """The act that last gave the row one of the fields, whatever was done to it afterwards. One query."""
    entries = list(row.history.select_related("operation__by__unit").order_by("-history_id"))
    for entry, earlier in pairwise(entries):
        if any(getattr(entry, name) != getattr(earlier, name) for name in names):
            return entry.operation
    return entries[-1].operation


def _displaced(old: Sequence[int], new: Sequence[int]) -> set[int]:
    """The fewest that must have moved to come from one order to the other; those only in one are passed over."""
    places = {pk: place for place, pk in enumerate(old)}
    common = [pk for pk in new if pk in places]
    return {common[index] for index in out_of_order([places[pk] for pk in common])}
