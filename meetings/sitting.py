"""All the secretary's screen shows while the meeting sits."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.models import User
from comments.models import Comment
from comments.recording import Speaker, speakers_on
from drafts.access import abilities_of
from drafts.models import Document, Edition, Provision
from drafts.photographs import edition_text
from drafts.texts import Text
from meetings.models import AgendaItem, Attendance, Conclusion, Meeting, Poll, Screen, Turn
from meetings.polling import Outcome, outcome
from meetings.screens import screen_of

MOST_SAID = 30
MOST_CONCLUSIONS = 5


@dataclass
class Sitting:
    """The meeting as the secretary leads it: the matter under discussion and what belongs to it."""

    meeting: Meeting
    screen: Screen
    agenda: list[AgendaItem]
    attendances: list[Attendance]
    conclusions: list[Conclusion]
    turns: list[Turn] = field(default_factory=list)
    poll: Poll | None = None
    votes_cast: int = 0
    outcomes: list[tuple[Poll, Outcome]] = field(default_factory=list)
    draft: Document | None = None
    edition: Edition | None = None
    text: Text | None = None
    speakers: Sequence[Speaker] = ()
    said: list[Comment] = field(default_factory=list)

    @property
    def item(self) -> AgendaItem | None:
        return self.screen.item

    @property
    def may_record(self) -> bool:
        return self.text is not None and self.draft is not None and "record" in self.draft.abilities

    @property
    def speaking(self) -> Turn | None:
        return next((turn for turn in self.turns if turn.is_speaking), None)

    @property
    def waiting(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.is_waiting]

    @property
    def sent_keys(self) -> str:
        return " ".join(str(comment.key) for comment in self.said)

    @property
    def shown(self) -> str:
        """What the screens show: "khoản 2 Điều 5", or "" for the matter as a whole."""
        sheet = self.text.find(self.screen.wid) if self.text and self.screen.wid else None
        return f"{self.screen.clause} {sheet.label or sheet.heading}".strip() if sheet else ""

    def provisions(self, wid: uuid.UUID | None) -> list[Provision]:
        """The provision of the draft with this identity, if any. One query at most."""
        if self.draft is None or wid is None:
            return []
        return list(self.draft.provisions.filter(wid=wid))


def sitting_of(meeting: Meeting, *, user: User) -> Sitting:
    """At most twenty queries, whatever the number of people, opinions and conclusions."""
    sitting = Sitting(
        meeting=meeting,
        screen=screen_of(meeting),
        agenda=list(meeting.agenda.select_related("edition")),
        attendances=list(meeting.attendances.select_related("user__unit", "unit", "substitute_user")),
        conclusions=list(
            Conclusion.objects.filter(notice__meeting=meeting)
            .select_related("notice")
            .order_by("-number")[:MOST_CONCLUSIONS]
        ),
    )
    item = sitting.item
    if item is None:
        return sitting
    sitting.turns = turns_of(item)
    polls = list(item.polls.order_by("-pk"))
    sitting.poll = next((poll for poll in polls if poll.is_open), None)
    sitting.votes_cast = sitting.poll.ballots.count() if sitting.poll else 0
    sitting.outcomes = [(poll, found) for poll in polls if (found := outcome(poll)) is not None]
    if item.document_id is None:
        return sitting
    sitting.draft = Document.objects.visible_to(user).filter(pk=item.document_id).first()
    if sitting.draft is None:
        return sitting
    sitting.draft.abilities = abilities_of(user, sitting.draft)
    if item.edition_id is not None:
        sitting.edition = sitting.draft.editions.standing().filter(pk=item.edition_id).first()
    if sitting.edition is not None:
        sitting.text = edition_text(sitting.edition)
        sitting.speakers = speakers_on(sitting.draft)
        sitting.said = said_since(sitting.draft, by=user, moment=item.began_at)
    return sitting


def turns_of(item: AgendaItem) -> list[Turn]:
    """Who is speaking and who waits, in their order. One query."""
    return list(item.turns.filter(ended_at=None))


def said_since(document: Document, *, by: User, moment: dt.datetime | None) -> list[Comment]:
    """What the person recorded on the draft since the matter was taken up, the newest first. One query."""
    rows = Comment.objects.filter(document=document, recorded_by=by).standing()
    if moment is not None:
        rows = rows.filter(created_at__gte=moment)
    return list(
        rows.select_related("author__unit", "on_behalf_of", "provision", "response").order_by("-pk")[:MOST_SAID]
    )
