"""Voting on a matter: one vote for each place at the table, shown only after closing, with how many were present."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from drafts.texts import clean
from meetings.leading import lock_screen, refresh
from meetings.models import Attendance, Ballot, Choice, Meeting, Poll
from meetings.replying import places_of

Kind = Operation.Kind
HANDS = ("hands_agree", "hands_disagree", "hands_other")


@dataclass(frozen=True)
class Outcome:
    """What came out of a closed poll."""

    agree: int
    disagree: int
    other: int
    present: int

    @property
    def cast(self) -> int:
        return self.agree + self.disagree + self.other

    @property
    def silent(self) -> int:
        """Present and not voting."""
        return max(self.present - self.cast, 0)

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        return [(choice.value, str(choice.label), getattr(self, choice.value)) for choice in Choice]


@transaction.atomic
def open_poll(meeting: Meeting, *, by: User, question: str) -> Poll:
    """Ask those present; the same question asked twice is asked once. One poll at a time."""
    item = lock_screen(meeting).item
    question = clean(question).replace("\n", " ")[:500]
    if item is None:
        raise RuleBrokenError(_("No matter is under discussion; take one up first."))
    if not question:
        raise RuleBrokenError(_("Say what is voted on."))
    already = item.polls.filter(closed_at=None).first()
    if already is not None:
        if already.question == question:
            return already
        raise RuleBrokenError(_("A vote on this matter is open; close it first."))
    operation = diary.start(Kind.LED, by=by)
    poll = diary.add(operation, [Poll(item=item, question=question, opened_at=operation.at)])[0]
    refresh(meeting.pk)
    return poll


@transaction.atomic
def cast(poll: Poll, *, by: User, attendance: Attendance, choice: str) -> Ballot:
    """Vote for a place at the table, or vote otherwise as long as the poll is open."""
    poll = _locked(poll)
    if not poll.is_open:
        raise RuleBrokenError(_("The vote is closed."))
    if attendance.meeting_id != poll.item.meeting_id or not voting_places(by, [attendance]):
        raise RuleBrokenError(_("You do not vote here."))
    if attendance.state != Attendance.State.PRESENT:
        raise RuleBrokenError(_("Only who is present votes; ask the secretary to tick your name."))
    if choice not in Choice.values:
        raise RuleBrokenError(_("There is no such answer."))
    ballot = poll.ballots.filter(attendance=attendance).first()
    if ballot is None:
        operation = diary.start(Kind.VOTED, by=by)
        return diary.add(operation, [Ballot(poll=poll, attendance=attendance, choice=choice, by=by)])[0]
    if ballot.choice != choice:
        diary.change(diary.start(Kind.VOTED, by=by), ballot, choice=choice, by=by)
    return ballot


@transaction.atomic
def close(poll: Poll, *, by: User, hands: tuple[int, int, int] = (0, 0, 0)) -> Poll:
    """Close the poll and count: ballots, hands counted in the room, and those present. Twice is once."""
    poll = _locked(poll)
    if not poll.is_open:
        return poll
    present = poll.item.meeting.attendances.filter(state=Attendance.State.PRESENT).count()
    if sum(hands) + poll.ballots.count() > present:
        raise RuleBrokenError(
            _("More votes than people present (%(present)s): correct the hands counted, or the attendance.")
            % {"present": present}
        )
    operation = diary.start(Kind.LED, by=by)
    diary.change(operation, poll, closed_at=operation.at, present=present, **dict(zip(HANDS, hands, strict=True)))
    refresh(poll.item.meeting_id)
    return poll


def outcome(poll: Poll) -> Outcome | None:
    """The count of a closed poll; None while it is open: nobody learns how it stands. One query."""
    if poll.is_open:
        return None
    counts = Counter(ballot.choice for ballot in poll.ballots.all())
    return Outcome(
        agree=counts[Choice.AGREE] + poll.hands_agree,
        disagree=counts[Choice.DISAGREE] + poll.hands_disagree,
        other=counts[Choice.OTHER] + poll.hands_other,
        present=poll.present or 0,
    )


def votes_of(user: User, poll: Poll, places: list[Attendance]) -> list[tuple[Attendance, str]]:
    """The places the person votes for, each with what was voted so far ("" nothing yet). At most five queries."""
    mine = [place for place in voting_places(user, places) if place.state == Attendance.State.PRESENT]
    chosen = dict(poll.ballots.filter(attendance__in=mine).values_list("attendance", "choice"))
    return [(place, chosen.get(place.pk, "")) for place in mine]


def voting_places(user: User, places: list[Attendance]) -> list[Attendance]:
    """Their own place, that of a unit they act for, and that of whom they stand in for."""
    own = set(places_of(user, [place for place in places if place.substitute_user_id is None]))
    return [place for place in places if place in own or place.substitute_user_id == user.pk]


def _locked(poll: Poll) -> Poll:
    lock_screen(Meeting.objects.get(agenda__polls=poll.pk))
    return Poll.objects.select_related("item__meeting").get(pk=poll.pk)
