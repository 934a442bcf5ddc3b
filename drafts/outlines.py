"""Reading for the page on which a draft is put in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drafts.arranging import RANK
from drafts.models import Document, Operation, Provision
from drafts.restructuring import acts_of_removal


@dataclass(frozen=True)
class Branch:
    """One line of the outline. ``rank`` says what may stand in what; 0 for what keeps its place."""

    provision: Provision
    rank: int
    depth: int
    may_split: bool
    may_merge: bool

    @property
    def is_heading(self) -> bool:
        return 0 < self.rank < RANK["article"]

    @property
    def is_movable(self) -> bool:
        return self.rank > 0


@dataclass(frozen=True)
class Removed:
    """A provision that is no longer in the text, and the act that took it out."""

    provision: Provision
    operation: Operation

    @property
    def is_merged(self) -> bool:
        """Whether its words stand in another article now: put back by itself, it would say them twice."""
        return self.operation.kind == Operation.Kind.MERGED


def branches_of(document: Document) -> list[Branch]:
    """The standing provisions in their order. One query."""
    rows = list(document.provisions.standing())
    depths: dict[int, int] = {}
    branches = []
    for place, row in enumerate(rows):
        depth = depths.get(row.parent_id, -1) + 1 if row.parent_id else 0
        depths[row.pk] = depth
        behind = rows[place + 1] if place + 1 < len(rows) else None
        is_article = row.kind == Provision.Kind.ARTICLE
        branches.append(
            Branch(
                provision=row,
                rank=RANK.get(row.kind, 0),
                depth=depth,
                may_split=is_article and "\n" in row.text,
                may_merge=is_article
                and behind is not None
                and behind.kind == row.kind
                and behind.parent_id == row.parent_id,
            )
        )
    return branches


def removed_of(document: Document) -> list[Removed]:
    """What was taken out of the text, in the order it stood in. Three queries."""
    return removals(document.provisions.filter(is_removed=True).order_by("position"))


def removals(provisions: Iterable[Provision]) -> list[Removed]:
    """The provisions that were taken out, each with the act. Two queries besides the provisions' own."""
    rows = list(provisions)
    acts = acts_of_removal([row.pk for row in rows])
    operations = Operation.objects.select_related("by__unit").in_bulk(set(acts.values()))
    return [Removed(row, operations[acts[row.pk]]) for row in rows if row.pk in acts]
