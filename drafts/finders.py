"""Finds documents by their titles, and articles by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.anchors import line_anchors
from drafts.inquiry import Inquiry
from drafts.jumping import Jump
from drafts.models import CirculatedSheet, Document, Edition, Provision
from drafts.outline import label_at, outline
from drafts.searching import Hit, Key, Scope, candidate_condition, in_tiers, newest_first, stands_in
from drafts.snippets import Snippet, marked, snippet
from drafts.texts import Sheet


class Documents:
    """Documents by title, issuing body and term."""

    kind = "documents"
    name = gettext_lazy("Documents")

    def find(self, inquiry: Inquiry, *, scope: Scope, document: Document | None, after: Key, limit: int) -> list[Hit]:
        rows = Document.objects.filter(pk__in=scope.documents)
        return [
            Hit(
                url=reverse("comments:reader", args=[row.pk]),
                title=marked(row.title, inquiry),
                snippet=Snippet((), None),
                facts=[capfirst(row.get_kind_display()), capfirst(row.get_stage_display())],
                key=(tier, row.pk),
            )
            for tier, row in newest_first(rows, inquiry, after=after, limit=limit)
        ]


class Articles:
    """Provisions by label, heading and text; those whose heading has the words come first."""

    kind = "articles"
    name = gettext_lazy("Articles and other provisions")

    def find(self, inquiry: Inquiry, *, scope: Scope, document: Document | None, after: Key, limit: int) -> list[Hit]:
        def of_tier(tier: int, behind: Key, count: int) -> list[Ranked]:
            return ranked(inquiry, tier, scope=scope, behind=behind, limit=count)

        found = in_tiers(inquiry, after=after, limit=limit, rows=of_tier)
        rows = _rows([place for _, place in found])
        documents = Document.objects.in_bulk({place.document for _, place in found})
        editions = Edition.objects.in_bulk(
            {row.edition_id for row in rows.values() if isinstance(row, CirculatedSheet)}
        )
        hits = []
        for tier, place in found:
            row = rows[place.model, place.pk]
            if isinstance(row, CirculatedSheet):
                text, query = editions[row.edition_id].label, ""
            else:
                text, query = _("Working text"), "?text=working"
            key = (tier, place.is_later, -place.document, place.position)
            hits.append(_hit(_sheet(row), inquiry, document=documents[place.document], text=text, query=query, key=key))
        return hits


def _hit(sheet: Sheet, inquiry: Inquiry, *, document: Document, text: str, query: str, key: Key) -> Hit:
    words = snippet(sheet.text, inquiry)
    label = anchor = ""
    if words.place is not None:
        lines = outline(sheet.text)
        label = label_at(lines, words.place)
        names = line_anchors(lines, sheet.anchor)
        anchor = next((name for line, name in zip(lines, names, strict=True) if name and line.label == label), "")
    title = sheet.title or str(Provision.Kind(sheet.kind).label)
    address = reverse("comments:article", args=[document.pk, str(sheet.wid)])
    return Hit(
        url=f"{address}{query}#{anchor or sheet.anchor}",
        title=marked(capfirst(title), inquiry),
        snippet=words,
        facts=[part for part in (capfirst(label), document.title, text) if part],
        key=key,
    )


class Ranked(NamedTuple):
    """A provision of the working text or of an edition, and what decides its place among the hits."""

    model: type[Provision | CirculatedSheet]
    pk: int
    document: int
    is_later: int
    position: int


# The words alone, so that nothing but their index can answer; who may read it is asked of what was found. Reading
# the stored vectors of all rows instead takes a hundred times as long, which the planner does not know.
_CANDIDATES = """
{name} AS MATERIALIZED (
    SELECT id, document_id, {edition} AS edition_id, {removed} AS is_removed, position,
           (NOT found_heading @@ to_tsquery('simple', %s))::int AS is_later
    FROM {table} WHERE {found}
)"""
_WITHIN = {
    Provision: "SELECT 0 AS source, * FROM {name} WHERE document_id = ANY(%s) AND NOT is_removed",
    CirculatedSheet: "SELECT 1 AS source, * FROM {name} WHERE edition_id = ANY(%s)",
}
_COLUMNS = {
    Provision: {"edition": "NULL::bigint", "removed": "is_removed"},
    CirculatedSheet: {"edition": "edition_id", "removed": "false"},
}
_MODELS = (Provision, CirculatedSheet)
_FIRST_LOOK = 50


def ranked(inquiry: Inquiry, tier: int, *, scope: Scope, behind: Key, limit: int) -> list[Ranked]:
    """One query over the working texts and the editions of the scope; for a phrase further ones look it up."""
    candidates: list[str] = []
    within: list[str] = []
    words: list[Any] = []
    keys: list[Any] = []
    for model, allowed in ((Provision, scope.working), (CirculatedSheet, scope.editions)):
        if not allowed:
            continue
        table = model._meta.db_table
        found, parameters = candidate_condition(table, inquiry, tier)
        candidates.append(_CANDIDATES.format(name=f"in_{table}", table=table, found=found, **_COLUMNS[model]))
        within.append(_WITHIN[model].format(name=f"in_{table}"))
        words += [inquiry.loose_query, *parameters]
        keys.append(allowed)
    if not candidates:
        return []
    sql = f"WITH {', '.join(candidates)} SELECT * FROM ({' UNION ALL '.join(within)}) found"
    if len(behind) == 3:
        sql += " WHERE (is_later, -document_id, position) > (%s, %s, %s)"
        keys += behind
    sql += " ORDER BY is_later, document_id DESC, position"
    if not inquiry.has_phrase:
        sql += " LIMIT %s"
        keys.append(limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*words, *keys])
        found_rows = [
            Ranked(_MODELS[source], pk, document, is_later, position)
            for source, pk, document, _edition, _removed, position, is_later in cursor.fetchall()
        ]
    return _with_the_phrase(found_rows, inquiry, tier, limit=limit) if inquiry.has_phrase else found_rows


def _with_the_phrase(rows: list[Ranked], inquiry: Inquiry, tier: int, *, limit: int) -> list[Ranked]:
    """Of rows with all the words the first in which they stand as a phrase: looked up in growing portions."""
    found: list[Ranked] = []
    start, size = 0, _FIRST_LOOK
    while start < len(rows) and len(found) < limit:
        portion = rows[start : start + size]
        standing: set[tuple[type, int]] = set()
        for model in _MODELS:
            pks = [row.pk for row in portion if row.model is model]
            if pks:
                chosen = model._base_manager.filter(stands_in(model, inquiry, tier), pk__in=pks)
                standing.update((model, pk) for pk in chosen.values_list("pk", flat=True))
        found += [row for row in portion if (row.model, row.pk) in standing]
        start, size = start + size, size * 4
    return found[:limit]


def _rows(places: list[Ranked]) -> dict[tuple[type, int], Provision | CirculatedSheet]:
    rows: dict[tuple[type, int], Provision | CirculatedSheet] = {}
    for model in _MODELS:
        pks = [place.pk for place in places if place.model is model]
        if pks:
            rows.update({(model, pk): row for pk, row in model._base_manager.in_bulk(pks).items()})
    return rows


@dataclass(frozen=True)
class Landing:
    """Where a typed place is found: the document's title and the address of the very line."""

    document: Document
    url: str
    is_whole: bool
    """Whether the clause and point asked for are there, or the article alone."""


def landings(jump: Jump, *, scope: Scope, limit: int = 20) -> list[Landing]:
    """The documents of the scope that have the article, the newest first. Three queries."""
    found: list[tuple[int, Sheet, str]] = []
    same = {"kind": Provision.Kind.ARTICLE, "number": jump.article}
    working = Provision.objects.standing().filter(document__in=scope.working, **same).order_by("-document", "position")
    found += [(row.document_id, _sheet(row), "?text=working") for row in working[:limit]]
    sheets = CirculatedSheet.objects.filter(edition__in=scope.editions, **same)
    found += [(row.document_id, _sheet(row), "") for row in sheets.order_by("-document")[:limit]]
    first: dict[int, tuple[Sheet, str]] = {}
    for document, sheet, query in found:
        first.setdefault(document, (sheet, query))
    documents = Document.objects.in_bulk(first)
    return [_landing(documents[pk], *first[pk], jump=jump) for pk in sorted(first, reverse=True)[:limit]]


def _landing(document: Document, sheet: Sheet, query: str, *, jump: Jump) -> Landing:
    anchor, is_whole = sheet.anchor, True
    if jump.line_label:
        lines = outline(sheet.text) if sheet.text else []
        names = line_anchors(lines, sheet.anchor)
        labelled = (name for line, name in zip(lines, names, strict=True) if name and line.label == jump.line_label)
        line = next(labelled, "")
        anchor, is_whole = line or anchor, bool(line)
    return Landing(document, f"{reverse('comments:reader', args=[document.pk])}{query}#{anchor}", is_whole)


def _sheet(row: Provision | CirculatedSheet) -> Sheet:
    pk = row.provision_id if isinstance(row, CirculatedSheet) else row.pk
    return Sheet(pk, row.wid, row.kind, row.number, row.label, row.heading, row.text, parent=None)
