"""The history of a whole draft, act by act: who, when, why, and what became of each provision touched.

Renumbering is told as renumbering and moving as moving. Everything for a page of acts costs a fixed number of queries,
and texts are not read: their fingerprints say whether words changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from drafts.changes import out_of_order
from drafts.models import Document, Operation, Provision, Seat
from drafts.undoing import may_be_undone

ACTS_AT_ONCE = 25
_COLUMNS = (
    "id",
    "operation_id",
    "wid",
    "kind",
    "number",
    "label",
    "heading",
    "position",
    "parent_id",
    "version",
    "is_removed",
    "sha256",
    "history_type",
)


class Effect(StrEnum):
    """What an act did to one provision, the weightiest first."""

    INSERTED = "inserted"
    REMOVED = "removed"
    REINSTATED = "reinstated"
    REWORDED = "reworded"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    SHIFTED = "shifted"  # only its place in the row, because something else came or went


@dataclass(frozen=True)
class Touch:
    """One provision as an act left it; ``before`` is how it stood, None for a new one."""

    row: Any
    before: Any | None
    is_moved: bool = False

    @property
    def effects(self) -> list[Effect]:
        row, before = self.row, self.before
        if before is None:
            return [Effect.INSERTED]
        if before.is_removed != row.is_removed:
            return [Effect.REMOVED if row.is_removed else Effect.REINSTATED]
        found = []
        if before.sha256 != row.sha256:
            found.append(Effect.REWORDED)
        if self.is_moved:
            found.append(Effect.MOVED)
        if (before.number, before.label) != (row.number, row.label):
            found.append(Effect.RENUMBERED)
        return found or [Effect.SHIFTED]


@dataclass(frozen=True)
class Deed:
    """One act with all it touched."""

    operation: Operation
    touches: list[Touch] = field(default_factory=list)
    seats: list[Any] = field(default_factory=list)
    undone_by: Operation | None = None

    @property
    def counts(self) -> list[tuple[Effect, int]]:
        """How many provisions of each effect; those only shifted do not count."""
        found = Counter(effect for touch in self.touches for effect in touch.effects)
        return [(effect, found[effect]) for effect in Effect if found[effect] and effect is not Effect.SHIFTED]

    @property
    def main(self) -> list[Touch]:
        """The provisions the act was about: those that came, went or moved, else those reworded.

        Where something came, went or moved, other words changed only because citations followed; but of a split or a
        merge the article before it is the other half.
        """
        weighty = {Effect.INSERTED, Effect.REMOVED, Effect.REINSTATED, Effect.MOVED}
        arranged = [touch for touch in self.touches if weighty & set(touch.effects)]
        reworded = [touch for touch in self.touches if Effect.REWORDED in touch.effects]
        if len(arranged) == 1 and {Operation.Kind.SPLIT, Operation.Kind.MERGED} & self._kinds:
            before = [touch for touch in reworded if touch.row.position < arranged[0].row.position]
            return before[-1:] + arranged
        return arranged or reworded

    @property
    def _kinds(self) -> set[str]:
        """What the act is, and what it undoes."""
        return {self.operation.kind, self.operation.taken_back[0].kind}

    @property
    def is_undoable(self) -> bool:
        return self.undone_by is None and bool(self.touches) and may_be_undone(self.operation)


@dataclass(frozen=True)
class Choice:
    """What the reader of the history asked for."""

    who: int | None = None
    kind: str = ""
    provision: Provision | None = None
    before: int | None = None


def acts_of(document: Document, choice: Choice) -> QuerySet[Operation]:
    """The acts asked for, newest first."""
    told_of = ("by__unit", "edition", "recall__edition", "undoes__undoes")
    acts = document.operations.select_related(*told_of).order_by("-id")
    if choice.who is not None:
        acts = acts.filter(by=choice.who)
    if choice.kind:
        acts = acts.filter(kind=choice.kind)
    if choice.provision is not None:
        acts = acts.filter(pk__in=Provision.history.filter(id=choice.provision.pk).values("operation_id"))
    if choice.before is not None:
        acts = acts.filter(pk__lt=choice.before)
    return acts


def deeds(operations: Iterable[Operation]) -> list[Deed]:
    """The acts with all they touched. Four queries, whatever they touched."""
    operations = list(operations)
    keys = [operation.pk for operation in operations]
    touches = _touches(keys)
    undone = {undoing.undoes_id: undoing for undoing in Operation.objects.filter(undoes__in=keys).select_related("by")}
    seats: dict[int, list[Any]] = {}
    seated = [operation.pk for operation in operations if operation.kind == Operation.Kind.SEATED]
    for row in Seat.history.filter(operation__in=seated).select_related("user", "unit").order_by("history_id"):
        seats.setdefault(row.operation_id, []).append(row)
    return [Deed(one, touches.get(one.pk, []), seats.get(one.pk, []), undone.get(one.pk)) for one in operations]


def people_of(document: Document) -> list[User]:
    """Who ever did something to the document, in Vietnamese order. One query."""
    doers = document.operations.order_by().values("by").distinct()
    return list(User.objects.filter(pk__in=doers).order_by("name_key", "pk"))


def kinds_of(document: Document) -> list[tuple[str, str]]:
    """What was ever done to it, in the order kinds are named. One query."""
    present = set(document.operations.order_by().values_list("kind", flat=True).distinct())
    return [(value, str(label)) for value, label in Operation.Kind.choices if value in present]


def _touches(operations: list[int]) -> dict[int, list[Touch]]:
    history = Provision.history
    earlier = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    rows = list(
        history.filter(operation__in=operations)
        .only(*_COLUMNS)
        .annotate(earlier=Subquery(earlier.values("history_id")[:1]))
        .order_by("position", "history_id")
    )
    before = history.only(*_COLUMNS).in_bulk({row.earlier for row in rows if row.earlier is not None})
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.operation_id, []).append(row)
    return {
        operation: [
            Touch(row, before.get(row.earlier), is_moved=row.id in moved)
            for moved in [_moved(entries, before)]
            for row in entries
        ]
        for operation, entries in found.items()
    }


def _moved(rows: list[Any], before: dict[int, Any]) -> set[int]:
    """Of the rows of one act those put elsewhere; what travels with its chapter is not moved itself."""
    known = [row for row in rows if row.earlier in before and not row.is_removed and not before[row.earlier].is_removed]
    elsewhere = {row.id for row in known if row.parent_id != before[row.earlier].parent_id}
    staying = [row for row in known if row.id not in elsewhere]
    displaced = {staying[place].id for place in out_of_order([before[row.earlier].position for row in staying])}
    carried = {row.id for row in staying if row.parent_id in displaced}
    return elsewhere | (displaced - carried)
