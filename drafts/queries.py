"""Reading for the pages of the workshop: each function says how many queries it costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.vietnamese import fold
from drafts.models import Document, Edition, Operation, Provision, Seat

REVISIONS = (Operation.Kind.REVISED, Operation.Kind.RESTORED)
# What rewrites nothing of a provision that stood before and stands after, but its citations.
ARRANGING = (
    Operation.Kind.INSERTED,
    Operation.Kind.MOVED,
    Operation.Kind.REMOVED,
    Operation.Kind.REINSTATED,
    Operation.Kind.RENUMBERED,
)


def documents_of(user: User, *, stage: str = "", words: str = "") -> QuerySet[Document]:
    """What the person takes part in, last changed first.

    Each row has ``latest_number``, ``latest_label``, ``latest_issued_at``, ``changed_at`` and ``my_seats``. Two
    queries for a page, whatever its length.
    """
    latest = Edition.objects.standing().filter(document=OuterRef("pk")).order_by("-number")
    last = Operation.objects.filter(document=OuterRef("pk")).order_by("-id")
    documents = Document.objects.visible_to(user).select_related("drafting_unit")
    if stage:
        documents = documents.filter(stage=stage)
    for word in fold(words).split():
        documents = documents.filter(search_key__contains=word)
    return (
        documents.annotate(
            latest_number=Subquery(latest.values("number")[:1]),
            latest_label=Subquery(latest.values("label")[:1]),
            latest_issued_at=Subquery(latest.values("issued_at")[:1]),
            changed_at=Coalesce(Subquery(last.values("at")[:1]), "created_at"),
        )
        .prefetch_related(
            Prefetch("seats", queryset=Seat.objects.held_by(user).order_by("unit", "id"), to_attr="my_seats")
        )
        .order_by("-changed_at", "-id")
    )


def stages_of(user: User) -> list[tuple[str, str]]:
    """The stages the person's documents are in, in the order documents pass through them. One query."""
    present = set(Document.objects.visible_to(user).order_by().values_list("stage", flat=True).distinct())
    return [(value, str(label)) for value, label in Document.Stage.choices if value in present]


VERSIONS_AT_ONCE = 50


@dataclass(frozen=True)
class Version:
    """One line of an article's history. ``is_text`` is false where only number or place changed; ``was`` is what it was
    called before, if otherwise, and ``is_moved`` says that it came under another heading. ``is_standing``: it stood in
    the text before and does after.
    """

    row: Any
    is_text: bool
    is_current: bool
    was: str = ""
    is_moved: bool = False
    is_standing: bool = False

    @property
    def is_followed(self) -> bool:
        """Whether a new text came of an act that rewrites nothing but citations."""
        return self.is_text and self.is_standing and self.operation.kind in ARRANGING

    @property
    def comes_along(self) -> bool:
        """Whether the act says less of it than what became of it: it was about another provision, or about many."""
        return self.is_followed or (not self.is_text and bool(self.was or self.is_moved))

    @property
    def number(self) -> int:
        return self.row.version

    @property
    def operation(self) -> Operation:
        return self.row.operation


@dataclass(frozen=True)
class Versions:
    """A page of an article's history, newest first; ``older`` names the entry behind which it goes on, or None."""

    shown: list[Version]
    older: int | None
    is_whole: bool


def versions_of(provision: Provision, *, before: int | None = None) -> Versions:
    """What the diary says of the article, but for what only shifted its place. Two queries, however many there are."""
    seen: set[int] = set()
    entries: list[tuple[int, dict[str, Any]]] = []
    last: tuple[Any, ...] = ()
    kept = ("version", "number", "label", "parent_id", "is_removed")
    for pk, *state in provision.history.order_by("history_id").values_list("history_id", *kept):
        if tuple(state) == last:
            continue
        _version, _number, label, parent, is_removed = state
        is_standing = bool(last) and not (last[4] or is_removed)
        told = {
            "is_text": state[0] not in seen,
            "was": last[2] if is_standing and last[2] != label else "",
            "is_moved": is_standing and last[3] != parent,
            "is_standing": is_standing,
        }
        last = tuple(state)
        entries.append((pk, told))
        seen.add(state[0])
    behind = [entry for entry in reversed(entries) if before is None or entry[0] < before]
    page = dict(behind[:VERSIONS_AT_ONCE])
    rows = provision.history.filter(history_id__in=page).select_related("operation__by__unit").defer("text")
    shown = [
        Version(row, is_current=row.version == provision.version, **page[row.history_id])
        for row in rows.order_by("-history_id")
    ]
    older = shown[-1].row.history_id if len(behind) > VERSIONS_AT_ONCE else None
    return Versions(shown, older, is_whole=len(entries) <= VERSIONS_AT_ONCE)


def version_of(provision: Provision, number: int) -> Any | None:
    """The diary's row in which the version was first written, or None. One query."""
    rows = provision.history.filter(version=number)
    return rows.select_related("operation__by__unit").order_by("history_id").first()


@dataclass(frozen=True)
class Act:
    """One line of a document's timeline: an operation, the provisions it rewrote, the seats it changed."""

    operation: Operation
    provisions: list[Any]
    seats: list[Any]


def acts(operations: Iterable[Operation]) -> list[Act]:
    """Operations with what they revised, restored or seated. Two queries besides the operations' own."""
    operations = list(operations)
    revised = _entries(Provision.history, operations, kinds=REVISIONS)
    seated = _entries(Seat.history.select_related("user", "unit"), operations, kinds=(Operation.Kind.SEATED,))
    return [
        Act(operation, provisions=revised.get(operation.pk, []), seats=seated.get(operation.pk, []))
        for operation in operations
    ]


def _entries(diary: Any, operations: list[Operation], *, kinds: Iterable[str]) -> dict[int, list[Any]]:
    """The diary's rows of the operations that are of these kinds, by operation."""
    wanted = [operation.pk for operation in operations if operation.kind in kinds]
    entries: dict[int, list[Any]] = {}
    for row in diary.filter(operation__in=wanted).order_by("history_id"):
        entries.setdefault(row.operation_id, []).append(row)
    return entries


def timeline_of(document: Document) -> QuerySet[Operation]:
    """All acts on the document, newest first, with who did them."""
    return document.operations.select_related("by__unit", "edition", "recall__edition").order_by("-id")


def seats_of(document: Document) -> list[Seat]:
    """Units first, then people, each in Vietnamese order. One query."""
    seats = document.seats.select_related("user__unit", "unit")
    return sorted(seats, key=lambda seat: (seat.user_id is not None, _name_key(seat)))


def _name_key(seat: Seat) -> str:
    if seat.unit is not None:
        return seat.unit.name_key
    return seat.user.name_key if seat.user is not None else ""


def seat_holders() -> list[tuple[str, list[tuple[str, str]]]]:
    """Who may be given a seat, grouped for a select: whole units, then people unit by unit. Two queries."""
    units = list(Unit.objects.standing().in_protocol_order())
    people = User.objects.active().select_related("unit").order_by("unit__rank", "unit__name_key", "name_key")
    by_unit: dict[str, list[tuple[str, str]]] = {}
    for person in people:
        group = person.unit.name if person.unit else _("Without a unit")
        line = f"{person.full_name} ({person.position})" if person.position else str(person)
        by_unit.setdefault(group, []).append((f"user:{person.pk}", line))
    whole_units = [(f"unit:{unit.pk}", unit.name) for unit in units]
    return [(_("Whole units"), whole_units), *by_unit.items()]
