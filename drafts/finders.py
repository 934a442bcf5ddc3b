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
from drafts.models import CirculatedSheet, Document, Provision
from drafts.outline import label_at, outline
from drafts.searching import FOLDED, SPELLED, Hit, Key, Scope, newest_first
from drafts.snippets import Snippet, marked, snippet
from drafts.texts import Sheet


class Documents:
    """Documents by title, issuing body and term."""

    kind = "documents"
    name = gettext_lazy("Documents")

    def find(self, inquiry: Inquiry, *, scope: Scope, document: Document | None, after: Key, limit: int) -> list[Hit]:
        visible = Document.objects.filter(pk__in=scope.documents)
        found = newest_first(visible, inquiry, after=after, limit=limit)
        rows = Document.objects.in_bulk([pk for _, pk in found])
        return [
            Hit(
                url=reverse("comments:reader", args=[row.pk]),
                title=marked(row.title, inquiry),
                snippet=Snippet((), None),
                facts=[capfirst(row.get_kind_display()), capfirst(row.get_stage_display())],
                key=(tier, row.pk),
            )
            for tier, row in ((tier, rows[pk]) for tier, pk in found)
        ]


class Articles:
    """Provisions by label, heading and text; those whose heading has the words come first.

    One query for what is spelled as typed, and one for what differs in its marks when there is room left.
    """

    kind = "articles"
    name = gettext_lazy("Articles and other provisions")

    def find(self, inquiry: Inquiry, *, scope: Scope, document: Document | None, after: Key, limit: int) -> list[Hit]:
        hits: list[Hit] = []
        first = FOLDED if not inquiry.has_marks else after[0] if after else SPELLED
        for tier in (tier for tier in (SPELLED, FOLDED) if tier >= first):
            behind = after[1:] if after and tier == after[0] else ()
            found = ranked(inquiry, tier, scope=scope, behind=behind, limit=limit - len(hits))
            hits += [_hit(place, inquiry, tier=tier) for place in found]
            if len(hits) >= limit:
                break
        return hits


class Ranked(NamedTuple):
    """A provision as the working text or an edition has it, and what decides its place among the hits."""

    is_later: int
    position: int
    document: int
    document_title: str
    edition: str
    """The edition's label; empty for the working text."""
    sheet: Sheet


def _hit(found: Ranked, inquiry: Inquiry, *, tier: int) -> Hit:
    sheet, words = found.sheet, snippet(found.sheet.text, inquiry)
    label = anchor = ""
    if words.place is not None:
        lines = outline(sheet.text)
        label = label_at(lines, words.place)
        names = line_anchors(lines, sheet.anchor)
        anchor = next((name for line, name in zip(lines, names, strict=True) if name and line.label == label), "")
    title = sheet.title or str(Provision.Kind(sheet.kind).label)
    address = reverse("comments:article", args=[found.document, str(sheet.wid)])
    query = "" if found.edition else "?text=working"
    text = found.edition or _("Working text")
    return Hit(
        url=f"{address}{query}#{anchor or sheet.anchor}",
        title=marked(capfirst(title), inquiry),
        snippet=words,
        facts=[part for part in (capfirst(label), found.document_title, text) if part],
        key=(tier, found.is_later, -found.document, found.position),
    )


# The words alone inside, so that nothing but their index can answer (OFFSET keeps the rest out); who may read it is
# asked of what was found. Reading the stored vectors of all rows instead takes a hundred times as long, which the
# planner does not know.
_WITHIN = """
    SELECT {source} AS source, id, document_id, position,
           (NOT found_heading @@ to_tsquery('simple', %s))::int AS is_later
    FROM (SELECT * FROM {table} WHERE {found} OFFSET 0) candidates WHERE {may_see}"""
_MAY_SEE = {
    Provision: "document_id = ANY(%s) AND NOT is_removed",
    CirculatedSheet: "edition_id = ANY(%s)",
}
_SHEETS = {
    Provision: """
        SELECT page.is_later, page.position, documents.id, documents.title, '',
               sheets.id, wid, sheets.kind, sheets.number, sheets.label, heading, text
        FROM page JOIN drafts_provision sheets USING (id)
        JOIN drafts_document documents ON documents.id = page.document_id WHERE source = {source}""",
    CirculatedSheet: """
        SELECT page.is_later, page.position, documents.id, documents.title, editions.label,
               provision_id, wid, sheets.kind, sheets.number, sheets.label, heading, text
        FROM page JOIN drafts_circulatedsheet sheets USING (id) JOIN drafts_edition editions ON editions.id = edition_id
        JOIN drafts_document documents ON documents.id = page.document_id WHERE source = {source}""",
}
_ORDER = "ORDER BY is_later, document_id DESC, position"


def ranked(inquiry: Inquiry, tier: int, *, scope: Scope, behind: Key, limit: int) -> list[Ranked]:
    """One query over the working texts and the editions of the scope."""
    within: list[str] = []
    standing: list[str] = []
    sheets: list[str] = []
    parameters: list[Any] = []
    phrases: list[str] = []
    for source, (model, allowed) in enumerate(((Provision, scope.working), (CirculatedSheet, scope.editions))):
        if not allowed:
            continue
        table = model._meta.db_table
        found, words = _candidates(table, inquiry, tier)
        within.append(_WITHIN.format(source=source, table=table, found=found, may_see=_MAY_SEE[model]))
        parameters += [inquiry.loose_query, *words, allowed]
        phrase, words = _phrase(inquiry, tier)
        standing.append(f"WHEN {source} THEN (SELECT {phrase} FROM {table} WHERE id = found.id)")
        phrases += words
        sheets.append(_SHEETS[model].format(source=source))
    if not within:
        return []
    page = f"SELECT * FROM ({' UNION ALL '.join(within)}) found"
    if len(behind) == 3:
        page += " WHERE (is_later, -document_id, position) > (%s, %s, %s)"
        parameters += behind
    page += f" {_ORDER}"
    if inquiry.has_phrase:  # asked of one row after the other, until the page is full
        page = f"SELECT * FROM ({page}) found WHERE CASE source {' '.join(standing)} END {_ORDER}"
        parameters += phrases
    sql = f"WITH page AS MATERIALIZED ({page} LIMIT %s) {' UNION ALL '.join(sheets)} ORDER BY 1, 3 DESC, 2"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, limit])
        return [_ranked_row(*row) for row in cursor.fetchall()]


def _ranked_row(is_later: int, position: int, document: int, title: str, edition: str, *sheet: Any) -> Ranked:
    pk, wid, kind, number, label, heading, text = sheet
    return Ranked(
        is_later, position, document, title, edition, Sheet(pk, wid, kind, number, label, heading, text, parent=None)
    )


def _candidates(table: str, inquiry: Inquiry, tier: int) -> tuple[str, list[str]]:
    """SQL and parameters that indexes alone answer. Phrases are taken apart; whether they stand is asked afterwards."""
    if tier == SPELLED:
        return "found_spelled @@ to_tsquery('simple', %s)", [inquiry.loose_spelled_query]
    folded = "found_folded @@ to_tsquery('simple', %s)"
    if not inquiry.has_marks or inquiry.has_phrase:
        return folded, [inquiry.loose_query]
    spelled = f"SELECT id FROM {table} WHERE found_spelled @@ to_tsquery('simple', %s)"
    return f"{folded} AND id NOT IN ({spelled})", [inquiry.loose_query, inquiry.spelled_query]


def _phrase(inquiry: Inquiry, tier: int) -> tuple[str, list[str]]:
    """SQL and parameters that say whether everything stands in a row as it was typed, phrases in one piece."""
    spelled, folded = (f"{column} @@ to_tsquery('simple', %s)" for column in ("found_spelled", "found_folded"))
    if tier == SPELLED:
        return spelled, [inquiry.spelled_query]
    if not inquiry.has_marks:
        return folded, [inquiry.folded_query]
    return f"{folded} AND NOT {spelled}", [inquiry.folded_query, inquiry.spelled_query]


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


def landing_in(jump: Jump, *, document: int, edition: int, scope: Scope) -> Landing | None:
    """The place in the open document: in the edition of that number (0: none is open), else in the working text."""
    if document not in scope.documents:
        return None
    same = {"kind": Provision.Kind.ARTICLE, "number": jump.article}
    sheets = CirculatedSheet.objects.filter(edition__document=document, edition__number=edition, **same)
    if row := sheets.select_related("document").order_by("position").first():
        return _landing(row.document, _sheet(row), f"?edition={edition}", jump=jump)
    return next(iter(landings(jump, scope=scope.within(document))), None)


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
