"""Finding words in everything a person may read.

Whoever has something to be found registers a finder when the app is ready: documents and articles are found here,
comments and conclusions in their own apps. A finder is given the scope of the person and never looks outside of it;
what is not in the scope costs nothing, changes no count and no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from drafts.access import ABILITIES, Ability
from drafts.inquiry import Inquiry
from drafts.models import Document, Edition, Seat
from drafts.snippets import Piece, Snippet

Key = tuple[int, ...]
SPELLED, FOLDED = 0, 1


@dataclass(frozen=True)
class Scope:
    """What the person may read: of some documents the working text, of others the newest edition."""

    user: User
    abilities: Mapping[int, frozenset[Ability]]
    """By document; whatever is not in here is not looked at."""
    newest: Mapping[int, int]
    """The newest edition by document, for those whose working text the person does not see."""

    @property
    def documents(self) -> frozenset[int]:
        return frozenset(self.abilities)

    def documents_to(self, ability: Ability) -> frozenset[int]:
        """The documents on which the person may do it."""
        return frozenset(pk for pk, abilities in self.abilities.items() if ability in abilities)

    def within(self, document: int) -> Scope:
        """One document of it alone."""
        return Scope(
            self.user,
            {pk: may for pk, may in self.abilities.items() if pk == document},
            {pk: edition for pk, edition in self.newest.items() if pk == document},
        )

    @property
    def working(self) -> list[int]:
        return sorted(self.documents_to("read_working"))

    @property
    def editions(self) -> list[int]:
        return sorted(self.newest.values())

    def narrowed(self, document: Document) -> Scope:
        """The same for one document alone."""
        return Scope(
            self.user,
            {pk: abilities for pk, abilities in self.abilities.items() if pk == document.pk},
            {pk: edition for pk, edition in self.newest.items() if pk == document.pk},
        )


def scope_of(user: User) -> Scope:
    """Two queries."""
    abilities: dict[int, frozenset[Ability]] = {}
    for document, role in Seat.objects.held_by(user).values_list("document", "role"):
        abilities[document] = abilities.get(document, frozenset()) | ABILITIES[role]
    readers = [pk for pk, may in abilities.items() if "read_working" not in may]
    editions = Edition.objects.standing().filter(document__in=readers).order_by("document", "-number")
    newest = dict(editions.distinct("document").values_list("document", "pk"))
    return Scope(user, abilities, newest)


@dataclass(frozen=True)
class Hit:
    """One thing found: where it is, what it is called, and the words around."""

    url: str
    title: Sequence[Piece]
    snippet: Snippet
    facts: list[str] = field(default_factory=list)
    key: Key = ()


class Finder(Protocol):
    """``kind`` names it in addresses, ``name`` on the page."""

    kind: str
    name: Any

    def find(self, inquiry: Inquiry, *, scope: Scope, document: Document | None, after: Key, limit: int) -> list[Hit]:
        """Hits behind the key ``after`` (empty: from the first), what is spelled as typed first."""
        ...


finders: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    """Called once by ``AppConfig.ready``; the order of the apps is the order on the page."""
    finders[finder.kind] = finder


@dataclass(frozen=True)
class Found:
    """The hits of one kind on this page; ``next`` leads on, empty at the end."""

    finder: Finder
    hits: list[Hit]
    next: str = ""


def find(
    inquiry: Inquiry,
    *,
    scope: Scope,
    kinds: Sequence[str] = (),
    document: Document | None = None,
    after: str = "",
    limit: int,
) -> list[Found]:
    """What is found of every kind asked for, or of all."""
    scope = scope.narrowed(document) if document else scope
    found = []
    with _by_index():
        for kind in kinds or finders:
            hits = finders[kind].find(inquiry, scope=scope, document=document, after=read_key(after), limit=limit + 1)
            is_more = len(hits) > limit
            hits = hits[:limit]
            found.append(Found(finders[kind], hits, next=write_key(hits[-1].key) if is_more else ""))
    return found


@contextmanager
def _by_index() -> Iterator[None]:
    """Inside, PostgreSQL looks words up in their index: what it costs to read all vectors it does not know."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def write_key(key: Key) -> str:
    return ".".join(map(str, key))


def read_key(text: str) -> Key:
    """The key an address carries; empty when it is none."""
    parts = text.split(".") if text else []
    if not all(part.lstrip("-").isdecimal() and len(part) < 12 for part in parts):
        return ()
    return tuple(int(part) for part in parts)


def newest_first(visible: QuerySet[Any], inquiry: Inquiry, *, after: Key, limit: int) -> list[tuple[int, int]]:
    """Tier and primary key of what is found among the visible rows of a searchable model, the newest first; one query.

    What is spelled as typed is always found without its marks too. The keys lead on as they are.
    """
    table = visible.model._meta.db_table
    words = RawSQL(f"{table}.found_folded @@ to_tsquery('simple', %s)", [inquiry.folded_query], BooleanField())
    try:
        found, seen = visible.filter(words).order_by().values(found_id=F("pk")).query.sql_with_params()
    except EmptyResultSet:
        return []
    spelled = "found_spelled @@ to_tsquery('simple', %s)" if inquiry.has_marks else "false"
    sql = f"""
        WITH spelled AS MATERIALIZED (SELECT id FROM {table} WHERE {spelled}),
             found AS MATERIALIZED ({found})
        SELECT tier, found_id FROM (
            SELECT CASE WHEN found_id IN (SELECT id FROM spelled) THEN {SPELLED} ELSE {FOLDED} END AS tier, found_id
            FROM found
        ) found WHERE (tier, -found_id) > (%s, %s) ORDER BY tier, found_id DESC LIMIT %s"""
    typed = [inquiry.spelled_query] if inquiry.has_marks else []
    tier, pk = after[:2] if len(after) > 1 else (-1, 0)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*typed, *seen, tier, -pk, limit])
        return cursor.fetchall()
