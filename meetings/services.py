"""Everything that changes meetings, conclusions and assignments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Edition, Operation
from drafts.texts import clean
from meetings import deadlines
from meetings.models import AgendaItem, Assignment, Attendance, Conclusion, ConclusionNotice, Meeting

Kind = Operation.Kind
State = Assignment.State


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
    """Set up a meeting; whoever convenes it keeps its record unless another secretary is named."""
    operation = diary.start(Kind.CONVENED, by=by)
    meeting = Meeting(
        title=clean(title),
        starts_at=starts_at,
        ends_at=ends_at,
        chair=chair,
        secretary=secretary or by,
        place=place.strip(),
        body=body,
    )
    return diary.add(operation, [meeting])[0]


@transaction.atomic
def rearrange(meeting: Meeting, *, by: User, **fields: object) -> Meeting:
    """Change title, time, place, chair, secretary or body."""
    operation = diary.start(Kind.ARRANGED, by=by)
    return diary.change(operation, _locked(meeting), **fields)


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
) -> AgendaItem:
    """Put a matter at the end of the agenda; a draft lends it its title."""
    meeting = _locked(meeting)
    title = clean(title) or (document.title if document else "")
    if not title:
        raise RuleBrokenError(_("Name the matter or choose a draft."))
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    operation = diary.start(Kind.ARRANGED, by=by)
    item = AgendaItem(
        meeting=meeting,
        position=last + 1,
        title=title[:300],
        document=document,
        edition=edition or (document.editions.first() if document else None),
        presenter=presenter.strip(),
        minutes=minutes,
    )
    return diary.add(operation, [item])[0]


@transaction.atomic
def drop_agenda_item(item: AgendaItem, *, by: User) -> None:
    """Take a matter off the agenda; the others close up."""
    meeting = _locked(item.meeting)
    operation = diary.start(Kind.ARRANGED, by=by)
    later = list(meeting.agenda.filter(position__gt=item.position))
    diary.remove(operation, [item])
    for other in later:
        other.position -= 1
    diary.keep(operation, later, ["position"])


@transaction.atomic
def invite(
    meeting: Meeting,
    *,
    by: User,
    user: User | None = None,
    unit: Unit | None = None,
    guest: str = "",
) -> Attendance:
    """Ask a person, a unit or a guest to the meeting, once."""
    meeting = _locked(meeting)
    guest = clean(guest)
    already = meeting.attendances.filter(user=user, unit=unit, guest=guest).first()
    if already is not None:
        return already
    rank = user.rank if user else unit.rank if unit else 1000
    operation = diary.start(Kind.ARRANGED, by=by)
    return diary.add(operation, [Attendance(meeting=meeting, user=user, unit=unit, guest=guest[:200], rank=rank)])[0]


@transaction.atomic
def record_attendance(meeting: Meeting, *, by: User, states: dict[int, str]) -> int:
    """Set who came: attendance pk → state. Returns how many changed."""
    changed = []
    for attendance in _locked(meeting).attendances.filter(pk__in=states):
        if attendance.state != states[attendance.pk]:
            attendance.state = states[attendance.pk]
            changed.append(attendance)
    if changed:
        diary.keep(diary.start(Kind.ATTENDED, by=by), changed, ["state"])
    return len(changed)


@transaction.atomic
def add_conclusion(
    meeting: Meeting, *, by: User, text: str, documents: Sequence[Document] = (), gives_no_task: bool = False
) -> Conclusion:
    """Record the next numbered point of the chair's conclusion, in the notice that is not signed yet."""
    meeting = _locked(meeting)
    operation = diary.start(Kind.CONCLUDED, by=by)
    notice = meeting.notices.filter(signed_at=None).first()
    if notice is None:
        notice = diary.add(operation, [ConclusionNotice(meeting=meeting)])[0]
    number = Conclusion.objects.filter(notice__meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    conclusion = Conclusion(notice=notice, number=number + 1, text=clean(text), gives_no_task=gives_no_task)
    diary.add(operation, [conclusion])
    conclusion.documents.set(documents)
    return conclusion


@transaction.atomic
def edit_conclusion(conclusion: Conclusion, *, by: User, text: str, gives_no_task: bool) -> Conclusion:
    """Reword a conclusion that is not signed yet."""
    notice = _unsigned(conclusion.notice)
    if gives_no_task and conclusion.assignments.exclude(state=State.CANCELLED).exists():
        raise RuleBrokenError(_("This conclusion has tasks; cancel them before saying that it gives rise to none."))
    operation = diary.start(Kind.CONCLUDED, by=by)
    conclusion.notice = notice
    return diary.change(operation, conclusion, text=clean(text), gives_no_task=gives_no_task)


@transaction.atomic
def sign(notice: ConclusionNotice, *, by: User, symbol: str = "") -> ConclusionNotice:
    """Sign the notice: from then on it is never edited, only supplemented by another one."""
    notice = _unsigned(notice)
    conclusions = list(notice.conclusions.prefetch_related("assignments"))
    if not conclusions:
        raise RuleBrokenError(_("There is no conclusion to sign yet."))
    undecided = [c.number for c in conclusions if not c.gives_no_task and not c.assignments.all()]
    if undecided:
        raise RuleBrokenError(
            _("Conclusion %(numbers)s has no task; add one, or say that it gives rise to none.")
            % {"numbers": ", ".join(map(str, undecided))}
        )
    operation = diary.start(Kind.SIGNED, by=by)
    return diary.change(operation, notice, symbol=symbol.strip(), signed_at=operation.at, signed_by=by)


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
) -> Assignment:
    """Give a unit a task with a deadline: "before" the date leaves the day before as the last day."""
    _unsigned(conclusion.notice)
    if conclusion.gives_no_task:
        raise RuleBrokenError(_("This conclusion says that it gives rise to no task."))
    operation = diary.start(Kind.ASSIGNED, by=by, document=document)
    assignment = Assignment(
        conclusion=conclusion,
        document=document,
        lead_unit=lead_unit,
        task=clean(task),
        product=product.strip(),
        due_on=due_on,
        limit=limit,
        last_day=deadlines.last_day(due_on, deadlines.Limit(limit)),
        given_on=timezone.localdate(operation.at),
    )
    diary.add(operation, [assignment])
    assignment.supporting_units.set(unit for unit in supporting_units if unit != lead_unit)
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
def move_assignment(assignment: Assignment, *, by: User, state: str, note: str = "") -> Assignment:
    """Take the task to its next state. Returning and cancelling need a reason, reporting needs a result."""
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
    operation = diary.start(Kind.PROGRESSED, by=by, document=assignment.document, reason=note)
    fields: dict[str, object] = {"state": state}
    if state == State.REPORTED:
        fields["result"] = note
    if state == State.ACCEPTED:
        fields["done_at"] = operation.at
    if state == State.RETURNED:
        fields["done_at"] = None
    return diary.change(operation, assignment, **fields)


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _unsigned(notice: ConclusionNotice) -> ConclusionNotice:
    notice = ConclusionNotice.objects.select_for_update().get(pk=notice.pk)
    if notice.is_signed:
        raise RuleBrokenError(_("The notice of conclusions is signed; it can be supplemented, not changed."))
    return notice
