"""Everything that changes meetings, conclusions and assignments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from comments.models import Comment
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Edition, Operation, Provision
from drafts.texts import clean
from meetings import calling, deadlines, links, telling
from meetings.guests import Guest, read_guest
from meetings.holding import hold
from meetings.leading import refresh
from meetings.models import AgendaItem, Assignment, Attendance, Conclusion, ConclusionNotice, Meeting, Reminder
from meetings.signing import open_notice, unsigned

Kind = Operation.Kind
State = Assignment.State
Row = TypeVar("Row")


@transaction.atomic
def convene(
    *,
    by: User,
    title: str,
    starts_at: dt.datetime,
    chair: User,
    secretary: User | None = None,
    place: str = "",
    body: Unit | None = None,
    ends_at: dt.datetime | None = None,
) -> Meeting:
    """Set up a meeting; whoever convenes it keeps its record unless another secretary is named.

    The very same meeting is convened once: a form sent twice, even at the same moment, gives the one already there.
    """
    arrangements = {
        "title": clean(title),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "chair": chair,
        "secretary": secretary or by,
        "place": place.strip(),
        "body": body,
    }
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one at a time
    already = Meeting.objects.filter(**arrangements).first()
    if already is not None:
        return already
    return diary.add(diary.start(Kind.CONVENED, by=by), [Meeting(**arrangements)])[0]


@transaction.atomic
def add_agenda_item(
    meeting: Meeting,
    *,
    by: User,
    title: str = "",
    document: Document | None = None,
    edition: Edition | None = None,
    presenter: str = "",
    minutes: int | None = None,
    assignment: Assignment | None = None,
) -> AgendaItem:
    """Put a matter at the end of the agenda; a draft lends it its title, a task that falls due stays linked.

    The very same matter stands there once: a form sent twice gives the one already there.
    """
    meeting = hold(meeting)
    title = clean(title) or (document.title if document else "")
    if not title:
        raise RuleBrokenError(_("Name the matter or choose a draft."))
    matter = {
        "title": title[:300],
        "document": document,
        "edition": edition or (document.editions.standing().first() if document else None),
        "presenter": presenter.strip(),
        "minutes": minutes,
        "assignment": assignment,
    }
    already = meeting.agenda.filter(**matter).first()
    if already is not None:
        return already
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(meeting=meeting, position=last + 1, **matter)
    return diary.add(diary.start(Kind.ARRANGED, by=by), [item])[0]


@transaction.atomic
def drop_agenda_item(item: AgendaItem, *, by: User) -> None:
    """Take a matter off the agenda; the others close up."""
    meeting = hold(item.meeting)
    item = _still_there(meeting.agenda.filter(pk=item.pk).first())
    if item.began_at is not None:
        raise RuleBrokenError(_("This matter was discussed; it belongs to the minutes and stays."))
    operation = diary.start(Kind.ARRANGED, by=by)
    later = list(meeting.agenda.filter(position__gt=item.position))
    diary.remove(operation, item.papers.all())
    diary.remove(operation, [item])
    for other in later:
        other.position -= 1
    diary.keep(operation, later, ["position"])


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, by: User, steps: int) -> AgendaItem:
    """Move a matter up (-1) or down (+1) the agenda; at either end it stays where it is."""
    meeting = hold(item.meeting)
    item = _still_there(meeting.agenda.filter(pk=item.pk).first())
    other = meeting.agenda.filter(position=item.position + steps).first()
    if other is None:
        return item
    item.position, other.position = other.position, item.position
    diary.keep(diary.start(Kind.ARRANGED, by=by), [item, other], ["position"])
    return item


def invite(
    meeting: Meeting, *, by: User, user: User | None = None, unit: Unit | None = None, guest: str = ""
) -> Attendance:
    """Ask a person, a unit or a guest to the meeting, once."""
    asked = read_guest(guest)
    if not (user or unit or asked.post):
        raise RuleBrokenError(_("Choose people or units, or write down a guest."))
    invite_all(
        meeting, by=by, users=[user] if user else [], units=[unit] if unit else [], guests=[guest] if guest else []
    )
    return meeting.attendances.get(user=user, unit=unit, guest=asked.post, guest_name=asked.name)


@transaction.atomic
def invite_all(
    meeting: Meeting, *, by: User, users: Iterable[User] = (), units: Iterable[Unit] = (), guests: Iterable[str] = ()
) -> list[Attendance]:
    """Ask people, units and guests to the meeting in one act; those asked already are left as they are.

    A guest is a post, or a name and a post: "Nguyễn Văn A; Vụ trưởng".
    """
    meeting = hold(meeting)
    asked = list(meeting.attendances.all())
    people, bodies = {row.user_id for row in asked}, {row.unit_id for row in asked}
    known = {Guest(row.guest, row.guest_name) for row in asked}
    new = [Attendance(meeting=meeting, user=user, rank=user.rank) for user in users if user.pk not in people]
    new += [Attendance(meeting=meeting, unit=unit, rank=unit.rank) for unit in units if unit.pk not in bodies]
    for guest in map(read_guest, guests):
        if guest.post and guest not in known:
            known.add(guest)
            new.append(Attendance(meeting=meeting, guest=guest.post, guest_name=guest.name))
    return diary.add(diary.start(Kind.ARRANGED, by=by), new) if new else []


@transaction.atomic
def uninvite(attendance: Attendance, *, by: User) -> None:
    """Take somebody off the list, as long as nobody has recorded whether they came; who was called is told."""
    meeting = hold(attendance.meeting)
    attendance = _still_there(meeting.attendances.filter(pk=attendance.pk).first())
    if attendance.state != Attendance.State.INVITED or attendance.turns.exists() or attendance.ballots.exists():
        raise RuleBrokenError(_("Whether they came has been recorded; this belongs to the minutes and stays."))
    operation = diary.start(Kind.ARRANGED, by=by)
    diary.remove(operation, [attendance])
    calling.take_off(meeting, attendance, operation)


@transaction.atomic
def record_attendance(meeting: Meeting, *, by: User, states: dict[int, str]) -> int:
    """Set who came: attendance pk → state. Returns how many changed."""
    changed = []
    for attendance in hold(meeting).attendances.filter(pk__in=states):
        if attendance.state != states[attendance.pk]:
            attendance.state = states[attendance.pk]
            changed.append(attendance)
    if changed:
        diary.keep(diary.start(Kind.ATTENDED, by=by), changed, ["state"])
        refresh(meeting.pk)
    return len(changed)


@transaction.atomic
def add_conclusion(
    meeting: Meeting,
    *,
    by: User,
    text: str,
    documents: Sequence[Document] = (),
    articles: Sequence[Provision] = (),
    comments: Sequence[Comment] = (),
    gives_no_task: bool = False,
) -> Conclusion:
    """Record the next numbered point of the chair's conclusion, in the notice that is not signed yet.

    The very same conclusion is recorded once: a form sent twice gives the one already there, and said of further
    articles or comments it concerns those too.
    """
    meeting, text = hold(meeting), _said(text)
    notice = open_notice(meeting)
    for already in notice.conclusions.filter(text=text, gives_no_task=gives_no_task) if notice else ():
        if set(already.documents.all()) == set(documents):
            _concern_too(already, by=by, articles=articles, comments=comments)
            return already
    operation = diary.start(Kind.CONCLUDED, by=by)
    if notice is None:
        notice = diary.add(operation, [ConclusionNotice(meeting=meeting)])[0]
    number = Conclusion.objects.filter(notice__meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    conclusion = Conclusion(notice=notice, number=number + 1, text=text, gives_no_task=gives_no_task)
    diary.add(operation, [conclusion])
    links.set_documents(operation, conclusion, documents)
    links.set_articles(operation, conclusion, articles)
    links.set_comments(operation, conclusion, comments)
    refresh(meeting.pk)
    return conclusion


def _concern_too(
    conclusion: Conclusion, *, by: User, articles: Sequence[Provision], comments: Sequence[Comment]
) -> None:
    """Link the conclusion to these as well; what it concerns already is left as it is."""
    about, settles = set(conclusion.articles.all()), set(conclusion.comments.all())
    if about.issuperset(articles) and settles.issuperset(comments):
        return
    operation = diary.start(Kind.CONCLUDED, by=by)
    links.set_articles(operation, conclusion, about.union(articles))
    links.set_comments(operation, conclusion, settles.union(comments))
    refresh(conclusion.notice.meeting_id)


@transaction.atomic
def edit_conclusion(
    conclusion: Conclusion,
    *,
    by: User,
    text: str,
    gives_no_task: bool,
    documents: Sequence[Document] | None = None,
    articles: Sequence[Provision] | None = None,
    comments: Sequence[Comment] | None = None,
    seen_text: str | None = None,
    seen: links.Seen | None = None,
) -> Conclusion:
    """Reword a conclusion that is not signed yet. What it concerns is left as it is where None is given.

    ``seen_text`` is the wording the editor started from: if somebody changed it since, the edit is refused. ``seen``
    are the links the editor started from: what somebody linked or unlinked since stays so. Without it all are replaced.
    """
    unsigned(conclusion.notice)
    conclusion = Conclusion.objects.select_related("notice").get(pk=conclusion.pk)
    if seen_text is not None and clean(seen_text) != conclusion.text:
        raise RuleBrokenError(
            _("Somebody has just reworded this: “%(text)s”. Yours is still below; save it again to replace theirs.")
            % {"text": conclusion.text}
        )
    if gives_no_task and conclusion.assignments.exclude(state=State.CANCELLED).exists():
        raise RuleBrokenError(_("This conclusion has tasks; cancel them before saying that it gives rise to none."))
    operation = diary.start(Kind.CONCLUDED, by=by)
    diary.change(operation, conclusion, text=_said(text), gives_no_task=gives_no_task)
    if documents is not None:
        links.set_documents(operation, conclusion, documents, seen=seen)
    if articles is not None:
        links.set_articles(operation, conclusion, articles, seen=seen)
    if comments is not None:
        links.set_comments(operation, conclusion, comments, seen=seen)
    refresh(conclusion.notice.meeting_id)
    return conclusion


@transaction.atomic
def assign(
    conclusion: Conclusion,
    *,
    by: User,
    lead_unit: Unit,
    task: str,
    due_on: dt.date,
    limit: str,
    supporting_units: Sequence[Unit] = (),
    document: Document | None = None,
    product: str = "",
    due_time: dt.time | None = None,
    people: Sequence[User] = (),
    asks_for_edition: bool = False,
) -> Assignment:
    """Give a unit a task with a deadline: "before" the date leaves the day before as the last day.

    Before an hour of a day is still on that day.

    The very same task is given once: a form sent twice gives the one already there.
    """
    unsigned(conclusion.notice)
    conclusion = Conclusion.objects.select_related("notice").get(pk=conclusion.pk)
    if conclusion.gives_no_task:
        raise RuleBrokenError(_("This conclusion says that it gives rise to no task."))
    supporting = {unit for unit in supporting_units if unit != lead_unit}
    limit = deadlines.Limit.BY if due_time else limit
    same = conclusion.assignments.exclude(state=State.CANCELLED).filter(
        lead_unit=lead_unit, task=clean(task), product=product.strip(), document=document, due_on=due_on, limit=limit
    )
    for already in same.filter(due_time=due_time):
        if set(already.supporting_units.all()) == supporting:
            return already
    operation = diary.start(Kind.ASSIGNED, by=by, document=document)
    assignment = Assignment(
        conclusion=conclusion,
        document=document,
        lead_unit=lead_unit,
        task=clean(task),
        product=product.strip(),
        due_on=due_on,
        limit=limit,
        due_time=due_time,
        last_day=deadlines.last_day(due_on, deadlines.Limit(limit)),
        given_on=timezone.localdate(operation.at),
        asks_for_edition=asks_for_edition and document is not None,
    )
    diary.add(operation, [assignment])
    links.set_supporting_units(operation, assignment, supporting)
    links.set_people(operation, assignment, people)
    return assignment


_STEPS: dict[str, tuple[str, ...]] = {
    State.ACKNOWLEDGED: (State.NEW,),
    State.IN_PROGRESS: (State.NEW, State.ACKNOWLEDGED, State.RETURNED),
    State.REPORTED: (State.NEW, State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED),
    State.ACCEPTED: (State.REPORTED,),
    State.RETURNED: (State.REPORTED, State.ACCEPTED),
    State.CANCELLED: (State.NEW, State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED, State.REPORTED),
}


@transaction.atomic
def move_assignment(
    assignment: Assignment, *, by: User, state: str, note: str = "", edition: Edition | None = None
) -> Assignment:
    """Take the task to its next state. Returning and cancelling need a reason, reporting needs a result.

    ``edition`` is the one that fulfils the task; one that asks for an edition is not accepted without it.
    """
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.state not in _STEPS.get(state, ()):
        raise RuleBrokenError(
            _("The task is “%(state)s”; this step is not possible from there.")
            % {"state": assignment.get_state_display()}
        )
    note = note.strip()
    if not note and state in (State.RETURNED, State.CANCELLED):
        raise RuleBrokenError(_("Give the reason."))
    if not note and state == State.REPORTED:
        raise RuleBrokenError(_("Say what was done."))
    # Without the document: a report is for those who deal with the task, not for all who read the draft.
    operation = diary.start(Kind.PROGRESSED, by=by, reason=note)
    fields: dict[str, object] = {"state": state}
    if state == State.REPORTED:
        # Whether it was done in time does not depend on when the chair gets round to accepting it.
        fields |= {"result": note, "done_at": operation.at}
    if state in (State.RETURNED, State.CANCELLED):
        fields |= {"done_at": None, "fulfilled_by": None}
    if edition is not None and state in (State.REPORTED, State.ACCEPTED):
        if edition.document_id != assignment.document_id or edition.is_recalled:
            raise RuleBrokenError(_("Choose a standing edition of the draft the task is about."))
        fields["fulfilled_by"] = edition
    if state == State.ACCEPTED and assignment.asks_for_edition and not (edition or assignment.fulfilled_by_id):
        raise RuleBrokenError(_("The task is done with a new edition of the draft: choose the edition."))
    moved = diary.change(operation, assignment, **fields)
    if state in (State.ACCEPTED, State.CANCELLED):
        _end_requests(operation, moved)
    telling.of_step(moved, operation)
    return moved


def _end_requests(operation: Operation, assignment: Assignment) -> None:
    """What is done or cancelled needs no more time. For who holds the task: it is locked before its requests."""
    waiting = assignment.extensions.select_for_update().filter(decided_at=None)
    diary.change_many(operation, waiting, decided_by=operation.by, decided_at=operation.at, is_granted=False)


def _still_there(row: Row | None) -> Row:
    if row is None:
        raise RuleBrokenError(_("Somebody has just removed this."))
    return row


def _said(text: str) -> str:
    text = clean(text)
    if not text:
        raise RuleBrokenError(_("Write down the conclusion."))
    return text


def next_states(assignment: Assignment) -> list[str]:
    """Where the task can go from here."""
    return [state for state, sources in _STEPS.items() if assignment.state in sources]


def see_reminders(user: User) -> int:
    """Put all the person's reminders aside; the next occasion recalls the task again. Returns how many there were."""
    return Reminder.objects.filter(recipient=user, seen_at=None).update(seen_at=timezone.now())


def see_reminders_of(user: User, *, assignment_pk: int) -> int:
    """Put the person's reminders of one task aside."""
    unseen = Reminder.objects.filter(recipient=user, seen_at=None, assignment=assignment_pk)
    return unseen.update(seen_at=timezone.now())
