"""The comments on one provision, at hand while its text is being written.

Each says what became of its words in the text as it is typed, and what its proposed wording comes to there. A bounded
number of queries, whatever the number of comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from accounts.models import User
from comments import proposing
from comments.access import visible_comments
from comments.anchoring import Anchor, Fate
from comments.fates import anchor_of_clause
from comments.models import Comment, Response
from comments.proposing import Outlook, Proposal, Rival, State
from drafts.models import Provision
from drafts.outline import outline
from drafts.photographs import edition_text
from drafts.texts import clean

WAITING = (Response.Outcome.ACCEPTED, Response.Outcome.PARTLY)
"""Answers that promise a change of the text."""


@dataclass
class Opinion:
    """One comment beside the text being written."""

    comment: Comment
    fate: Fate
    outlook: Outlook | None
    rivals: Sequence[Rival] = ()

    @property
    def state(self) -> str:
        """What became of its words; empty where it quotes none."""
        return self.fate.state.value if self.comment.quote else ""

    @property
    def start(self) -> int:
        return self.fate.placement.start if self.fate.placement else -1

    @property
    def is_applicable(self) -> bool:
        return self.outlook is not None and self.outlook.state is State.APPLICABLE

    @property
    def is_open(self) -> bool:
        return not self.comment.is_answered

    @property
    def is_waiting(self) -> bool:
        """Its answer promises a change that stands nowhere yet."""
        return not self.is_open and is_waiting(self.comment.response)


class AtHand:
    """The comments on a provision, read once; ``text`` is what stands in the editor, else the provision's own."""

    def __init__(self, provision: Provision, *, user: User, text: str | None = None) -> None:
        self.provision = provision
        self.user = user
        self.text = provision.text if text is None else text

    @cached_property
    def comments(self) -> list[Comment]:
        """Two queries."""
        comments = visible_comments(self.user, self.provision.document).standing().filter(provision=self.provision)
        comments = comments.select_related("author__unit", "on_behalf_of", "recorded_by", "edition", "response__by")
        comments = comments.select_related("response__carried_out_by__undone_by__undone_by", "proposal__by")
        return list(comments.annotate(reply_count=Count("replies")).prefetch_related("attachments").order_by("pk"))

    @cached_property
    def opinions(self) -> list[Opinion]:
        """In the order of the text; what has no place in it comes first."""
        anchors = [(anchor_of(comment, self._texts[comment.pk]), self._texts[comment.pk]) for comment in self.comments]
        fates = proposing.fates_of(anchors, self.text)
        looks = {look.key: look for look in self.outlooks(self.text)}
        rivals = proposing.rivals(look for pk, look in looks.items() if pk in self.undecided)
        opinions = [
            Opinion(comment, fate, looks.get(comment.pk), rivals.get(comment.pk, ()))
            for comment, fate in zip(self.comments, fates, strict=True)
        ]
        return sorted(opinions, key=lambda opinion: opinion.start)

    @property
    def to_decide(self) -> list[Opinion]:
        """Those a revision may take in: without an answer, or with one that is not carried out yet."""
        return [opinion for opinion in self.opinions if opinion.is_open or opinion.is_waiting]

    @property
    def settled(self) -> list[Opinion]:
        return [opinion for opinion in self.opinions if not (opinion.is_open or opinion.is_waiting)]

    @property
    def open_count(self) -> int:
        return sum(opinion.is_open for opinion in self.opinions)

    @property
    def marks(self) -> list[tuple[int, int, int, bool]]:
        """Quoted words of what is to be decided: where they stand in the text, whose they are, and whether the wording
        proposed for them can be put there word for word.
        """
        return [
            (opinion.fate.placement.start, opinion.fate.placement.end, opinion.comment.pk, opinion.is_applicable)
            for opinion in self.to_decide
            if opinion.comment.quote and opinion.fate.placement
        ]

    @property
    def counts_by_line(self) -> Counter[int]:
        """How many of those to be decided are about each line of the text, counted from 1."""
        starts = [line.offset for line in outline(self.text)]
        places = (opinion.start for opinion in self.to_decide if opinion.start >= 0)
        return Counter(sum(start <= place for start in starts) for place in places)

    def outlook(self, comment: Comment) -> Outlook | None:
        """What the comment's proposed wording comes to in the text; None when it proposes none."""
        return next((look for look in self.outlooks(self.text) if look.key == comment.pk), None)

    def outlooks(self, text: str) -> list[Outlook]:
        """What every proposed wording comes to in a text."""
        return proposing.outlooks(self._proposals, text)

    @cached_property
    def _proposals(self) -> list[Proposal]:
        return [
            Proposal(
                comment.pk,
                Anchor(comment.quote, comment.prefix, comment.suffix),
                clean(comment.proposed_text),
                self._texts[comment.pk],
            )
            for comment in self.comments
            if comment.proposed_text
        ]

    @cached_property
    def undecided(self) -> set[int]:
        """The primary keys of those a revision may take in."""
        return {c.pk for c in self.comments if not c.is_answered or is_waiting(c.response)}

    @cached_property
    def _texts(self) -> dict[int, tuple[str, ...]]:
        """By comment: the provision in its edition and every later one. One query for each edition, once."""
        editions = list(self.provision.document.editions.order_by("number"))
        sheets = [(edition.number, edition_text(edition).find(self.provision.wid)) for edition in editions]
        texts = {}
        for comment in self.comments:
            since = [sheet for number, sheet in sheets if number >= comment.edition.number]
            texts[comment.pk] = tuple(sheet.text for sheet in since if sheet) if all(since) else ()
        return texts


def anchor_of(comment: Comment, texts: Sequence[str]) -> Anchor:
    """The quoted words, or the clause the comment is about; an anchor without words for the whole article."""
    if comment.quote:
        return Anchor(comment.quote, comment.prefix, comment.suffix)
    found = anchor_of_clause(texts[0], comment.clause_label) if texts and comment.clause_label else None
    return found or Anchor("")


def is_waiting(response: Response) -> bool:
    """Whether the answer promises a change of the text that stands nowhere, or was undone (and that not redone)."""
    carried_out = response.carried_out_by
    undone = getattr(carried_out, "undone_by", None)
    stands = carried_out is not None and (undone is None or hasattr(undone, "undone_by"))
    return response.outcome in WAITING and not stands
