"""Comments put forward for the meeting: what must be talked over goes on its agenda."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments.models import Comment
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Operation

Kind = Operation.Kind


@transaction.atomic
def flag(document: Document, *, by: User, pks: Collection[int]) -> Operation | None:
    """Put comments forward for the meeting; None when all of them are already."""
    chosen = [comment for comment in _locked(document, pks) if comment.flagged_at is None]
    if not chosen:
        return None
    operation = diary.start(Kind.FLAGGED, by=by, document=document)
    diary.change_many(operation, chosen, flagged_at=operation.at)
    return operation


@transaction.atomic
def unflag(document: Document, *, by: User, pks: Collection[int]) -> Operation | None:
    """They need not be talked over after all; None when none of them was to be."""
    chosen = [comment for comment in _locked(document, pks) if comment.flagged_at is not None]
    if not chosen:
        return None
    operation = diary.start(Kind.FLAGGED, by=by, document=document, reason=str(_("not for the meeting after all")))
    diary.change_many(operation, chosen, flagged_at=None)
    return operation


@dataclass(frozen=True)
class Matter:
    """A draft with comments for the meeting: how many, and on which articles, in the draft's order."""

    document: Document
    count: int
    articles: list[str]
    has_general: bool

    @property
    def title(self) -> str:
        """As a matter of the agenda, in the language of papers: "Quy chế …: ý kiến về Điều 3, Điều 5"."""
        places = ", ".join([*self.articles, *(["góp ý chung"] if self.has_general else [])])
        return f"{self.document.title[:180]}: ý kiến về {places}"[:300]


def matters_for_the_meeting(documents: Collection[Document]) -> list[Matter]:
    """The drafts among these that have comments put forward for the meeting. One query."""
    rows = (
        Comment.objects.filter(document__in=documents, flagged_at__isnull=False)
        .standing()
        .sent()
        .order_by("provision__position")
        .values_list("document", "provision__label")
    )
    found: dict[int, list[str | None]] = {}
    for document, label in rows:
        found.setdefault(document, []).append(label)
    return [
        Matter(
            document,
            len(found[document.pk]),
            list(dict.fromkeys(label for label in found[document.pk] if label)),
            None in found[document.pk],
        )
        for document in documents
        if document.pk in found
    ]


def _locked(document: Document, pks: Collection[int]) -> list[Comment]:
    rows = Comment.objects.filter(document=document, pk__in=pks).standing().sent().select_for_update(of=("self",))
    chosen = list(rows.order_by("pk"))
    if not chosen:
        raise RuleBrokenError(_("Choose comments first."))
    return chosen
