"""How it stands with each draft of a meeting: comments taken in, still open, articles changed since it was held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from comments.access import comments_visible_in
from comments.models import Response
from drafts.models import Document, Provision
from drafts.searching import Scope
from drafts.texts import COMMENTABLE

TAKEN_IN = (Response.Outcome.ACCEPTED, Response.Outcome.PARTLY)


@dataclass(frozen=True)
class DraftOnTable:
    """A draft and its counts, of what the person may see. ``changed`` is None where they see no working text."""

    document: Document
    comments: int = 0
    taken_in: int = 0
    still_open: int = 0
    changed: int | None = None
    is_consolidated: bool = False


def drafts_on_table(documents: Collection[Document], *, scope: Scope, since: dt.datetime) -> list[DraftOnTable]:
    """The drafts in their order. Three queries at most, whatever their number."""
    wanted = [document.pk for document in documents if document.pk in scope.abilities]
    if not wanted:
        return []
    said = comments_visible_in(scope).standing().sent().filter(document__in=wanted).order_by()
    counts: dict[int, tuple[int, int, int]] = {
        document: (comments, taken_in, still_open)
        for document, comments, taken_in, still_open in said.values("document")
        .annotate(
            comments=Count("pk"),
            taken_in=Count("pk", filter=Q(response__outcome__in=TAKEN_IN)),
            still_open=Count("pk", filter=Q(response=None)),
        )
        .values_list("document", "comments", "taken_in", "still_open")
    }
    working = scope.documents_to("read_working") & set(wanted)
    changed = _changed_since(since, working) if working else {}
    consolidated = scope.documents_to("consolidate")
    return [
        DraftOnTable(
            document,
            *counts.get(document.pk, (0, 0, 0)),
            changed=changed.get(document.pk, 0) if document.pk in working else None,
            is_consolidated=document.pk in consolidated,
        )
        for document in documents
        if document.pk in scope.abilities
    ]


def _changed_since(moment: dt.datetime, documents: Collection[int]) -> dict[int, int]:
    """How many provisions read otherwise than then, came or went; moving and renumbering are no change. One query."""
    as_now = Provision.history.filter(
        id=OuterRef("pk"), history_date__lte=moment, version=OuterRef("version"), is_removed=OuterRef("is_removed")
    )
    rows = Provision.objects.filter(~Exists(as_now), document__in=documents, kind__in=COMMENTABLE).order_by()
    return dict(rows.values("document").annotate(count=Count("pk")).values_list("document", "count"))
