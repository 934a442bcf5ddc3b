"""What the screens of a meeting show: the wall for everybody in the room, a delegate's own with what they may see.

A screen asks every second whether there is something new. ``state_of`` answers that with few queries; only then is the
picture made. The wall shows of a draft what everybody with a seat on it may see, and only to whom has a seat.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max

from accounts.models import User
from comments.access import comments_for_the_room, visible_comments
from comments.models import Comment, CommentQuerySet
from drafts.access import abilities_of
from drafts.models import Document, Edition
from drafts.photographs import edition_text
from drafts.texts import Sheet
from drafts.wording import Line, difference_lines
from meetings.models import AgendaItem, Attendance, Conclusion, Meeting, Poll, Screen, Turn
from meetings.polling import Outcome, outcome, votes_of
from meetings.reading import Page, page_of, part_of

MOST_COMMENTS = 12
MOST_CONCLUSIONS = 3
MEDIUM, LONG = 700, 1600
WALL, DELEGATE = "wall", "delegate"


@dataclass
class Picture:
    """Everything a screen shows."""

    screen: Screen
    item: AgendaItem | None
    draft: Document | None = None
    edition: Edition | None = None
    page: Page | None = None
    clause: str = ""
    before: Edition | None = None
    changed: Sequence[Line] = ()
    comments: list[Comment] = field(default_factory=list)
    comment_count: int = 0
    conclusions: list[Conclusion] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    poll: Poll | None = None
    outcome: Outcome | None = None
    votes: list[tuple[Attendance, str]] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """There is a draft, and whoever looks has no seat on it."""
        return self.item is not None and self.item.document_id is not None and self.draft is None

    @property
    def length(self) -> str:
        """How much there is to read: the type on the wall is smaller for more."""
        size = sum(len(block.text) for block in self.page.blocks) if self.page else 0
        return "long" if size > LONG else "medium" if size > MEDIUM else "short"

    @property
    def speaking(self) -> Turn | None:
        return next((turn for turn in self.turns if turn.is_speaking), None)

    @property
    def waiting(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.is_waiting]


def screen_of(meeting: Meeting) -> Screen:
    """What the screens show, or an empty one before anything was shown. One query."""
    found = Screen.objects.select_related("item__edition").filter(meeting=meeting).first()
    return found or Screen(meeting=meeting)


def state_of(screen: Screen, *, user: User, kind: str) -> str:
    """Another one whenever the picture is another: "7-12-5.4-3-40-1762322400.5". At most seven queries.

    After the screen's own version: the draft, its editions that are shown, the comments, the newest of them and when
    one was last reworded. Of a recall and of a rewording nobody tells the screen.
    """
    draft = _draft(screen, user=user)
    if draft is None or screen.item is None:
        return f"{screen.version}-0"
    state = f"{screen.version}-{draft.pk}-{_standing_editions(screen.item)}"
    if screen.wid is None:
        return state
    said = _comments(screen.wid, draft, user=user, kind=kind).aggregate(
        count=Count("pk"), last=Max("pk"), edited_at=Max("edited_at")
    )
    edited_at = said["edited_at"].timestamp() if said["edited_at"] else 0
    return f"{state}-{said['count']}-{said['last'] or 0}-{edited_at}"


def picture_of(meeting: Meeting, *, user: User, kind: str) -> Picture:
    """The whole picture; the number of queries does not depend on how much was said."""
    screen = screen_of(meeting)
    picture = Picture(screen=screen, item=screen.item, clause=screen.clause)
    item = screen.item
    if item is None:
        return picture
    picture.turns = list(item.turns.filter(ended_at=None))
    picture.poll = item.polls.order_by("-pk").first()
    if picture.poll is not None:
        picture.outcome = outcome(picture.poll)
        if kind == DELEGATE and picture.poll.is_open:
            picture.votes = votes_of(user, picture.poll, list(meeting.attendances.select_related("user", "unit")))
    picture.draft = _draft(screen, user=user)
    if not picture.is_closed:
        picture.conclusions = _conclusions(meeting, screen, item)
    picture.edition = _standing_edition(item) if picture.draft else None
    if picture.draft is None or picture.edition is None:
        return picture
    sheet = edition_text(picture.edition).find(screen.wid) if screen.wid else None
    if sheet is not None:
        part = part_of(sheet, screen.clause)
        picture.page = page_of(part)
        picture.before, picture.changed = _changed(picture.edition, part, screen.clause)
        said = _comments(sheet.wid, picture.draft, user=user, kind=kind)
        picture.comment_count = said.count()
        shown = said.select_related("author__unit", "on_behalf_of").order_by("-pk")[:MOST_COMMENTS]
        picture.comments = list(shown)
    return picture


def _draft(screen: Screen, *, user: User) -> Document | None:
    item = screen.item
    if item is None or item.document_id is None:
        return None
    document = Document.objects.visible_to(user).filter(pk=item.document_id).first()
    if document is not None:
        document.abilities = abilities_of(user, document)
    return document


def _conclusions(meeting: Meeting, screen: Screen, item: AgendaItem) -> list[Conclusion]:
    """What was concluded on what is shown: the article, else the draft, else the meeting; the newest first."""
    rows = Conclusion.objects.filter(notice__meeting=meeting)
    if screen.wid is not None:
        rows = rows.filter(articles__wid=screen.wid)
    elif item.document_id is not None:
        rows = rows.filter(documents=item.document_id)
    return list(rows.order_by("-number")[:MOST_CONCLUSIONS])


def _standing_edition(item: AgendaItem) -> Edition | None:
    """The edition on the table, unless it was recalled."""
    if item.edition_id is None:
        return None
    return Edition.objects.standing().filter(pk=item.edition_id).first()


def _standing_editions(item: AgendaItem) -> str:
    """The edition on the table and the one it is compared with: "5.4"; a recalled one is not shown. One query."""
    if item.edition is None:
        return "0"
    shown = Edition.objects.standing().filter(document=item.edition.document_id, number__lte=item.edition.number)
    return ".".join(str(pk) for pk in shown.values_list("pk", flat=True)[:2]) or "0"


def _comments(wid: uuid.UUID, draft: Document, *, user: User, kind: str) -> CommentQuerySet:
    seen = comments_for_the_room(draft) if kind == WALL else visible_comments(user, draft).standing()
    return seen.filter(provision__wid=wid)


def _changed(edition: Edition, sheet: Sheet, clause: str) -> tuple[Edition | None, Sequence[Line]]:
    """The edition before and what it said differently here; nothing when it says the same."""
    before = Edition.objects.standing().filter(document=edition.document_id, number__lt=edition.number).first()
    if before is None:
        return None, ()
    found = edition_text(before).find(sheet.wid)
    old = part_of(found, clause) if found else None
    if old is not None and (old.heading, old.text) == (sheet.heading, sheet.text):
        return before, ()
    return before, difference_lines(_words(old) if old else "", _words(sheet))


def _words(sheet: Sheet) -> str:
    return "\n".join(part for part in (sheet.title, sheet.text) if part)
