"""Finds documents by their titles, and articles by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

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
from drafts.searching import Hit, Key, Scope, condition, in_tiers, newest_first
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


@dataclass(frozen=True)
class Place:
    """A provision as the person may read it: in the working text when ``edition`` is None."""

    document: int
    edition: int | None
    sheet: Sheet
    is_later: int
    position: int

    def url(self, anchor: str = "") -> str:
        address = reverse("comments:article", args=[self.document, str(self.sheet.wid)])
        working = "" if self.edition else "?text=working"
        return f"{address}{working}#{anchor or self.sheet.anchor}"


class Articles:
    """Provisions by label, heading and text; those whose heading has the words come first."""

    kind = "articles"
    name = gettext_lazy("Articles and other provisions")

    def find(self, inquiry: Inquiry, *, scope: Scope, document: Document | None, after: Key, limit: int) -> list[Hit]:
        def of_tier(tier: int, behind: Key, count: int) -> list[Place]:
            return _places(inquiry, tier, scope=scope, behind=behind, limit=count)

        found = in_tiers(inquiry, after=after, limit=limit, rows=of_tier)
        documents = Document.objects.in_bulk({place.document for _, place in found})
        labels = _labels(found)
        return [
            _hit(place, inquiry, tier=tier, document=documents[place.document], text=labels[place.edition])
            for tier, place in found
        ]


def _hit(place: Place, inquiry: Inquiry, *, tier: int, document: Document, text: str) -> Hit:
    words = snippet(place.sheet.text, inquiry)
    lines = outline(place.sheet.text) if place.sheet.text else []
    label = anchor = ""
    if words.place is not None:
        label = label_at(lines, words.place)
        names = line_anchors(lines, place.sheet.anchor)
        anchor = next((name for line, name in zip(lines, names, strict=True) if name and line.label == label), "")
    title = place.sheet.title or str(Provision.Kind(place.sheet.kind).label)
    return Hit(
        url=place.url(anchor),
        title=marked(capfirst(title), inquiry),
        snippet=words,
        facts=[part for part in (capfirst(label), document.title, text) if part],
        key=(tier, place.is_later, -place.document, place.position),
    )


def _labels(found: list[tuple[int, Place]]) -> dict[int | None, str]:
    """What each text is called."""
    editions = Edition.objects.in_bulk({place.edition for _, place in found if place.edition})
    return {None: _("Working text")} | {pk: edition.label for pk, edition in editions.items()}


_COLUMNS = "id, document_id, {edition}, {provision}, wid, kind, number, label, heading, text, position"
_SOURCES = {
    Provision: ("NULL::bigint AS edition_id", "id AS provision_id", "document_id = ANY(%s) AND NOT is_removed"),
    CirculatedSheet: ("edition_id", "provision_id", "edition_id = ANY(%s)"),
}


def _places(inquiry: Inquiry, tier: int, *, scope: Scope, behind: Key, limit: int) -> list[Place]:
    """One query over the working texts and the editions of the scope."""
    parts: list[str] = []
    parameters: list[Any] = []
    for model, keys in ((Provision, scope.working), (CirculatedSheet, scope.editions)):
        if not keys:
            continue
        table = model._meta.db_table
        edition, provision, in_scope = _SOURCES[model]
        found, words = condition(table, inquiry, tier)
        columns = _COLUMNS.format(edition=edition, provision=provision)
        later = "(NOT found_heading @@ to_tsquery('simple', %s))::int AS is_later"
        parts.append(f"SELECT {columns}, {later} FROM {table} WHERE {in_scope} AND {found}")
        parameters += [inquiry.folded_query, keys, *words]
    if not parts:
        return []
    sql = f"SELECT * FROM ({' UNION ALL '.join(parts)}) found"
    if len(behind) == 3:
        sql += " WHERE (is_later, -document_id, position) > (%s, %s, %s)"
        parameters += behind
    sql += " ORDER BY is_later, document_id DESC, position LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, limit])
        return [_place(*row) for row in cursor.fetchall()]


def _place(
    _id: int,
    document: int,
    edition: int | None,
    provision: int,
    wid: UUID,
    kind: str,
    number: str,
    label: str,
    heading: str,
    text: str,
    position: int,
    is_later: int,
) -> Place:
    sheet = Sheet(provision, wid, kind, number, label, heading, text, parent=None)
    return Place(document, edition, sheet, is_later, position)


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
    found += [(row.document_id, _sheet(row, row.pk), "?text=working") for row in working[:limit]]
    sheets = CirculatedSheet.objects.filter(edition__in=scope.editions, **same)
    found += [(row.document_id, _sheet(row, row.provision_id), "") for row in sheets.order_by("-document")[:limit]]
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


def _sheet(row: Provision | CirculatedSheet, pk: int) -> Sheet:
    return Sheet(pk, row.wid, row.kind, row.number, row.label, row.heading, row.text, parent=None)
