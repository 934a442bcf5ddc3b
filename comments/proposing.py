"""What can be done with the wording a comment proposes, now that the article may have changed. No Django here.

The proposed words are to stand where the quoted words stood. While these stand there as they were read, that is
certain. Where they have changed since, what was proposed and what was written meanwhile are brought together, for a
person to look at. Where they are gone or cannot be told from others, a person finds the place: no proposal is ever put
at a look-alike of the words it was made about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from comments.anchoring import Anchor, Fate, Placement, follow_all_through, locate
from comments.anchoring import State as Words
from drafts.merging import Merge, merge
from drafts.wording import tokens

_NEAR = 80
"""Letters in which the next word is found."""


class State(StrEnum):
    APPLICABLE = "applicable"
    """The quoted words stand there as they were read."""
    DONE = "done"
    """The article says already what was proposed."""
    MERGE = "merge"
    """The quoted words have changed since: both changes are to be brought together."""
    GONE = "gone"
    UNCERTAIN = "uncertain"
    """The words may stand there, or only words like them."""
    UNPLACED = "unplaced"
    """The comment quotes no words."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Proposed wording. ``texts``: the article in the edition it was read in and in each one since, oldest first."""

    key: int
    anchor: Anchor
    wording: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Outlook:
    """What one proposal comes to in the present text. ``placement`` is where the words it would replace stand now."""

    proposal: Proposal
    present: str
    state: State
    fate: Fate
    placement: Placement | None = None

    @property
    def key(self) -> int:
        return self.proposal.key

    @property
    def can_be_applied(self) -> bool:
        return self.state in (State.APPLICABLE, State.MERGE)

    @cached_property
    def merge(self) -> Merge:
        """The present text and the proposal, from the words both began with; only where it can be applied."""
        if self.state is State.APPLICABLE:
            assert self.placement is not None
            return merge(
                self.present, mine=replaced(self.present, self.placement, self.proposal.wording), theirs=self.present
            )
        place = locate(self.proposal.anchor, self.proposal.texts[0])
        assert place is not None, "what can be applied was found where it was read"
        return _together(self.proposal, place, self.present)

    @property
    def result(self) -> str | None:
        """The article with the proposal in it; None while it cannot be had without a person's decision."""
        if self.state is State.APPLICABLE and self.placement is not None:
            return replaced(self.present, self.placement, self.proposal.wording)
        return self.merge.text if self.state is State.MERGE and self.merge.is_clean else None


@dataclass(frozen=True, slots=True)
class Rival:
    """Another proposal for the same words; ``is_same`` when it proposes the same."""

    key: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the text did to a proposal that could be applied before, or was."""

    key: int
    before: State
    after: State

    @property
    def is_lost(self) -> bool:
        """It cannot be applied word for word any more: a person has to look at it again."""
        return self.after is not State.DONE


def outlook(proposal: Proposal, present: str) -> Outlook:
    """What the proposal comes to in the present text."""
    return outlooks([proposal], present)[0]


def outlooks(proposals: Sequence[Proposal], present: str) -> list[Outlook]:
    """What each comes to, in the order given; the versions of the article are aligned once."""
    fates = fates_of([(proposal.anchor, proposal.texts) for proposal in proposals], present)
    return [_outlook(proposal, fate, present) for proposal, fate in zip(proposals, fates, strict=True)]


def fates_of(anchors: Sequence[tuple[Anchor, tuple[str, ...]]], present: str) -> list[Fate]:
    """What became of quoted words in the present text, read in the first of the texts that go with them."""
    by_texts: dict[tuple[str, ...], list[int]] = {}
    for place, (_anchor, texts) in enumerate(anchors):
        by_texts.setdefault(texts, []).append(place)
    fates = [Fate(Words.UNCERTAIN)] * len(anchors)
    for texts, places in by_texts.items():
        if texts:
            found = follow_all_through([anchors[place][0] for place in places], [*texts, present])
            for place, fate in zip(places, found, strict=True):
                fates[place] = fate
    return fates


def rivals(looks: Iterable[Outlook]) -> dict[int, list[Rival]]:
    """For each proposal that can be applied, the others that touch the same words: alternatives to it."""
    placed = [(look, look.placement) for look in looks if look.can_be_applied and look.placement]
    found: dict[int, list[Rival]] = {look.key: [] for look, _place in placed}
    for (one, its), (other, others) in combinations(placed, 2):
        if _touch(its, others):
            is_same = its == others and one.proposal.wording == other.proposal.wording
            found[one.key].append(Rival(other.key, is_same))
            found[other.key].append(Rival(one.key, is_same))
    return found


def effects(before: Iterable[Outlook], after: Iterable[Outlook]) -> list[Effect]:
    """Which proposals could be applied before and cannot any more, were made word for word by the change, or stood in
    the text before and do not any more.
    """
    now = {look.key: look.state for look in after}
    return [
        Effect(look.key, look.state, now[look.key])
        for look in before
        if look.key in now and _was_touched(look.state, now[look.key])
    ]


def replaced(text: str, placement: Placement, words: str) -> str:
    return text[: placement.start] + words + text[placement.end :]


def _outlook(proposal: Proposal, fate: Fate, present: str) -> Outlook:
    if not proposal.anchor.quote:
        return Outlook(proposal, present, State.UNPLACED, fate)
    return Outlook(proposal, present, _state(proposal, fate, present), fate, fate.placement)


def _state(proposal: Proposal, fate: Fate, present: str) -> State:
    place = locate(proposal.anchor, proposal.texts[0]) if proposal.texts else None
    if place is None:
        return State.UNCERTAIN
    if _is_done(proposal, place, fate, present):
        return State.DONE
    if fate.state is Words.UNCHANGED and fate.placement is not None:
        return State.MERGE if _is_crowded(proposal, place, present, fate.placement) else State.APPLICABLE
    return {Words.CHANGED: State.MERGE, Words.REMOVED: State.GONE}.get(fate.state, State.UNCERTAIN)


def _is_done(proposal: Proposal, place: Placement, fate: Fate, present: str) -> bool:
    """Somebody made the very change: bringing it together with the present text changes nothing."""
    if fate.state is Words.UNCHANGED and proposal.wording not in present:
        return False  # for most, and known without a merge
    together = _together(proposal, place, present)
    return together.is_clean and together.text == present


def _is_crowded(proposal: Proposal, place: Placement, present: str, now: Placement) -> bool:
    """The quoted words stand, but where the proposal adds to them somebody else has written meanwhile."""
    read = proposal.texts[0]
    quoted = read[place.start : place.end]
    adds_behind, adds_before = proposal.wording.startswith(quoted), proposal.wording.endswith(quoted)
    is_new_behind = _word_behind(read[place.end :]) != _word_behind(present[now.end :])
    is_new_before = _word_before(read[: place.start]) != _word_before(present[: now.start])
    return (adds_behind and is_new_behind) or (adds_before and is_new_before)


def _together(proposal: Proposal, place: Placement, present: str) -> Merge:
    read = proposal.texts[0]
    return merge(read, mine=replaced(read, place, proposal.wording), theirs=present)


def _word_behind(text: str) -> str:
    return next((token for token in tokens(text[:_NEAR]) if not token.isspace()), "")


def _word_before(text: str) -> str:
    return next((token for token in reversed(tokens(text[-_NEAR:])) if not token.isspace()), "")


def _touch(one: Placement, other: Placement) -> bool:
    return one.start < other.end and other.start < one.end


def _was_touched(before: State, after: State) -> bool:
    if before is State.APPLICABLE:
        return after is not State.APPLICABLE
    if before is State.DONE:
        return after is not State.DONE
    return before is State.MERGE and after in (State.DONE, State.GONE, State.UNCERTAIN)
