"""Reading for the pages of meetings and tasks: each function says how many queries it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Unit, UnitContact, User
from comments.access import comments_visible_in
from comments.flagging import Matter, matters_for_the_meeting
from drafts.access import ABILITIES
from drafts.models import Document, Edition, Seat
from drafts.photographs import edition_text
from drafts.searching import Scope, scope_of
from meetings import deadlines
from meetings.access import may_assignment, may_meeting
from meetings.citing import KnownDraft
from meetings.dictation import KnownUnit
from meetings.models import (
    AgendaItem,
    Assignment,
    Attendance,
    Conclusion,
    ConclusionNotice,
    Extension,
    Meeting,
    ProgressReport,
    Reminder,
    ResponsiblePerson,
    SupportingUnit,
    acted_for,
    done_in_time,
    is_late_at,
    units_acted_for,
)
from meetings.on_the_table import DraftOnTable, drafts_on_table

State = Assignment.State
A_WEEK = dt.timedelta(days=7)
MOST_REMINDERS = 30


def meetings_of(user: User) -> QuerySet[Meeting]:
    """The person's meetings with ``conclusions_count`` and ``open_tasks``. One query for a page."""
    conclusions = Conclusion.objects.filter(notice__meeting=OuterRef("pk")).order_by()
    tasks = Assignment.objects.open().filter(conclusion__notice__meeting=OuterRef("pk")).order_by()
    return (
        Meeting.objects.visible_to(user)
        .select_related("chair", "secretary", "body", "cancellation")
        .annotate(
            conclusions_count=Subquery(
                conclusions.values("notice__meeting").annotate(count=Count("pk")).values("count")
            ),
            open_tasks=Subquery(
                tasks.values("conclusion__notice__meeting").annotate(count=Count("pk")).values("count")
            ),
        )
    )


def coming(meetings: QuerySet[Meeting], *, now: dt.datetime) -> QuerySet[Meeting]:
    """Those not over yet, the nearest first; a meeting without an end counts until the end of its day."""
    return meetings.filter(_not_over(now)).order_by("starts_at", "pk")


def held(meetings: QuerySet[Meeting], *, now: dt.datetime) -> QuerySet[Meeting]:
    """Those that are over, the newest first."""
    return meetings.exclude(_not_over(now)).order_by("-starts_at", "-pk")


def _not_over(now: dt.datetime) -> Q:
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(ends_at__gte=now) | Q(ends_at=None, starts_at__gte=today)


@dataclass
class MeetingPage:
    """All a meeting's page shows. What a person without a seat on a draft sees of it is the agenda's title."""

    meeting: Meeting
    agenda: list[AgendaItem]
    attendances: list[Attendance]
    notices: list[ConclusionNotice]
    drafts: dict[int, Document]
    on_table: list[DraftOnTable]
    may_keep: bool
    may_conclude: bool
    open_notice: ConclusionNotice | None = field(init=False)

    def __post_init__(self) -> None:
        self.open_notice = next((notice for notice in self.notices if not notice.is_signed), None)

    @property
    def removable(self) -> list[Attendance]:
        return [row for row in self.attendances if row.state == Attendance.State.INVITED]

    @property
    def counts(self) -> dict[str, int]:
        return attendance_counts(self.attendances)


def attendance_counts(attendances: Iterable[Attendance]) -> dict[str, int]:
    """How many were asked, came, are excused, stayed away, and are not recorded yet."""
    counts = {"asked": 0, **{str(state): 0 for state in Attendance.State.values}}
    for attendance in attendances:
        counts["asked"] += 1
        counts[attendance.state] += 1
    return counts


def meeting_page(meeting: Meeting, *, user: User) -> MeetingPage:
    """Twenty queries at most, whatever the number of matters, attendees, conclusions, tasks and comments."""
    may_keep = bool(may_meeting(user, "keep", meeting))
    drafts = {document.pk: document for document in Document.objects.visible_to(user).filter(_concerns(meeting))}
    agenda = list(meeting.agenda.select_related("edition"))
    notices = list(meeting.notices.select_related("signed_by").prefetch_related(_conclusions(user)))
    for item in agenda:
        item.draft = drafts.get(item.document_id) if item.document_id else None  # type: ignore[attr-defined]
    scope = scope_of(user)
    settled = set(_settled(meeting, scope=scope))
    mine = set() if may_keep else set(_units_of(user))
    for notice in notices:
        for conclusion in notice.conclusions.all():
            conclusion.drafts = [drafts[d.pk] for d in conclusion.documents.all() if d.pk in drafts]  # type: ignore[attr-defined]
            conclusion.places = [one for one in conclusion.articles.all() if one.document_id in drafts]  # type: ignore[attr-defined]
            conclusion.settles = [one for one in conclusion.comments.all() if one.pk in settled]  # type: ignore[attr-defined]
            for task in conclusion.assignments.all():
                units = {task.lead_unit_id, *(unit.pk for unit in task.supporting_units.all())}
                task.is_visible = may_keep or bool(units & mine)  # type: ignore[attr-defined]
    return MeetingPage(
        meeting=meeting,
        agenda=agenda,
        attendances=list(
            meeting.attendances.select_related("user__unit", "unit", "substitute_user").order_by("rank", "pk")
        ),
        notices=notices,
        drafts=drafts,
        on_table=drafts_on_table(_in_order(drafts, agenda), scope=scope, since=meeting.starts_at),
        may_keep=may_keep,
        may_conclude=bool(may_meeting(user, "conclude", meeting)),
    )


def _in_order(drafts: dict[int, Document], agenda: Iterable[AgendaItem]) -> list[Document]:
    """As the agenda has them, then those that only conclusions concern."""
    pks = dict.fromkeys([*(item.document_id for item in agenda), *drafts])
    return [drafts[pk] for pk in pks if pk in drafts]


def _settled(meeting: Meeting, *, scope: Scope) -> QuerySet[Any]:
    """The comments that conclusions of the meeting settle and the person may see. Two queries."""
    return (
        comments_visible_in(scope)
        .filter(conclusion_links__conclusion__notice__meeting=meeting)
        .values_list("pk", flat=True)
    )


def _concerns(meeting: Meeting) -> Q:
    return Q(agenda_items__in=meeting.agenda.values("pk")) | Q(conclusions__notice__meeting=meeting)


def _conclusions(user: User) -> Prefetch:
    tasks = Assignment.objects.select_related("lead_unit").prefetch_related("supporting_units").order_by("pk")
    return Prefetch(
        "conclusions",
        Conclusion.objects.order_by("number").prefetch_related(
            Prefetch("assignments", tasks), "documents", "articles", "comments"
        ),
    )


def suggested_matters(page: MeetingPage, *, user: User) -> list[Matter]:
    """Drafts with comments put forward for the meeting that are not on its agenda yet. Two queries.

    Only of drafts whose comments the person may see all of.
    """
    there = {item.document_id for item in page.agenda}
    roles = [role for role, abilities in ABILITIES.items() if "consolidate" in abilities]
    seats = Seat.objects.held_by(user).filter(role__in=roles).values("document")
    documents = Document.objects.filter(pk__in=seats, comments__flagged_at__isnull=False).distinct()
    return matters_for_the_meeting([one for one in documents.order_by("title") if one.pk not in there])


def drafts_of_meeting(meeting: Meeting, *, user: User) -> QuerySet[Document]:
    """The drafts on the agenda that the person has a seat on."""
    return Document.objects.visible_to(user).filter(agenda_items__meeting=meeting).distinct()


def drafts_to_link(conclusion: Conclusion, *, user: User) -> QuerySet[Document]:
    """The drafts on the meeting's agenda or linked to the conclusion already, as far as the person has a seat."""
    meeting = conclusion.notice.meeting
    return (
        Document.objects.visible_to(user)
        .filter(Q(agenda_items__meeting=meeting) | Q(conclusions=conclusion))
        .distinct()
    )


def _units_of(user: User) -> QuerySet[Any]:
    """The units the person belongs to, is a contact of, or stands in for."""
    return units_acted_for(user).values_list("pk", flat=True)


# The register of tasks

SCOPES = ("mine", "unit", "all")


def kept_by(user: User) -> Q:
    """Meetings the person chairs or keeps."""
    return Q(chair=user) | Q(secretary=user)


def keeps_meetings(user: User) -> bool:
    return Meeting.objects.filter(kept_by(user)).exists()


def assignments_in(scope: str, *, user: User) -> QuerySet[Assignment]:
    """``mine``: those I am reminded of; ``unit``: those my units lead or support; ``all``: all I may see."""
    visible = Assignment.objects.visible_to(user)
    if scope == "mine":
        has_contacts = UnitContact.objects.filter(user__is_active=True).values("unit")
        people = acted_for(user).values("pk")
        reminded = Unit.objects.filter(
            Q(contacts__user__in=people) | (Q(members__in=people) & ~Q(pk__in=has_contacts))
        ).values("pk")
        named = ResponsiblePerson.objects.filter(user__in=people).values("assignment")
        return visible.filter(Q(lead_unit__in=reminded) | Q(pk__in=named))
    if scope == "unit":
        units = _units_of(user)
        supported = SupportingUnit.objects.filter(unit__in=units).values("assignment")
        return visible.filter(Q(lead_unit__in=units) | Q(pk__in=supported))
    return visible


def with_state(assignments: QuerySet[Assignment], state: str, *, now: dt.datetime) -> QuerySet[Assignment]:
    """``""``: not finished; ``late``: open past its time; ``every``: all; else one state."""
    if state == "late":
        return assignments.late_at(now)  # type: ignore[attr-defined]
    if state == "every":
        return assignments
    if state in State.values:
        return assignments.filter(state=state)
    return assignments.exclude(state__in=(State.ACCEPTED, State.CANCELLED))


ORDERS: dict[str, tuple[str, ...]] = {
    "deadline": (),
    "unit": ("lead_unit__rank", "lead_unit__name_key"),
    "meeting": ("-conclusion__notice__meeting__starts_at", "conclusion__notice__meeting"),
}


def for_register(assignments: QuerySet[Assignment], *, by: str = "deadline") -> QuerySet[Assignment]:
    """By deadline, by lead unit or by meeting; inside, unfinished ones by their last day, then the finished.

    Two queries for a page.
    """
    return (
        assignments.select_related("lead_unit", "conclusion__notice__meeting")
        .prefetch_related("supporting_units")
        .annotate(is_finished=Q(state__in=(State.ACCEPTED, State.CANCELLED)))
        .order_by(*ORDERS[by], "is_finished", "last_day", "pk")
    )


def standing_counts(now: dt.datetime) -> list[tuple[str, Q]]:
    """What is counted: open, late, due within a week, waiting for a decision, done in time, done late."""
    today = timezone.localdate(now)
    is_open, done = Q(state__in=Assignment.objects.all().OPEN_STATES), Q(state=State.ACCEPTED)
    return [
        ("open", is_open),
        ("late", is_open & is_late_at(now)),
        ("soon", is_open & ~is_late_at(now) & Q(last_day__lte=today + A_WEEK)),
        ("reported", Q(state=State.REPORTED)),
        ("in_time", done & done_in_time()),
        ("done_late", done & ~done_in_time()),
    ]


def standing_of(assignments: QuerySet[Assignment], *, now: dt.datetime) -> dict[str, int]:
    """The counts of all of them. One query."""
    counts = {name: Count("pk", filter=condition) for name, condition in standing_counts(now)}
    return assignments.order_by().aggregate(**counts)


def group_of(assignment: Assignment, *, now: dt.datetime) -> str:
    """Under which heading of the register it stands: done, reported, late, soon or later."""
    local = timezone.localtime(now)
    if assignment.state in (State.ACCEPTED, State.CANCELLED):
        return "done"
    if assignment.state == State.REPORTED:
        return "reported"
    if (assignment.last_day, assignment.due_time or dt.time.max) < (local.date(), local.time()):
        return "late"
    return "soon" if assignment.last_day <= local.date() + A_WEEK else "later"


GROUPS = ("late", "soon", "later", "reported", "done")


def grouped(
    assignments: Iterable[Assignment], *, now: dt.datetime, by: str = "deadline"
) -> list[tuple[str, str, list[Assignment]]]:
    """The rows of a page under their headings: (name of a group of deadlines, or a heading in words, rows)."""
    if by == "unit":
        return [(unit, unit, list(rows)) for unit, rows in groupby(assignments, key=lambda row: row.lead_unit.name)]
    if by == "meeting":
        meetings = groupby(assignments, key=lambda row: row.conclusion.notice.meeting)
        return [(str(meeting.pk), meeting.title, list(rows)) for meeting, rows in meetings]
    groups: dict[str, list[Assignment]] = {name: [] for name in GROUPS}
    for assignment in assignments:
        groups[group_of(assignment, now=now)].append(assignment)
    return [(name, "", rows) for name, rows in groups.items() if rows]


def lead_units(assignments: QuerySet[Assignment]) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=assignments.order_by().values("lead_unit")).in_protocol_order())


def meetings_with(assignments: QuerySet[Assignment]) -> list[Meeting]:
    return list(Meeting.objects.filter(pk__in=assignments.order_by().values("conclusion__notice__meeting")))


# One task


@dataclass(frozen=True)
class Step:
    """One line of a task's history: what it became, who did it, when, why."""

    state: str
    label: str
    by: User
    at: dt.datetime
    note: str
    lead_unit: str


def steps_of(assignment: Assignment) -> list[Step]:
    """The task's diary, oldest first; lines that changed nothing a reader can see are left out. One query."""
    steps: list[Step] = []
    rows = assignment.history.select_related("operation__by__unit", "lead_unit").order_by("history_id")
    for row in rows:
        steps.append(
            Step(
                state=row.state,
                label=_step_name(row, before=steps[-1].state if steps else ""),
                by=row.operation.by,
                at=row.operation.at,
                note=row.operation.reason,
                lead_unit=row.lead_unit.name,
            )
        )
    return steps


def _step_name(row: Any, *, before: str) -> str:
    """The state it came to; when that is the same as before, what was done."""
    return row.get_state_display() if row.state != before else row.operation.get_kind_display()


def reminders_of(assignment: Assignment) -> list[Reminder]:
    """The reminders sent for the task, newest first. One query."""
    return list(assignment.reminders.select_related("recipient__unit", "mail"))


def responsible_for(assignment: Assignment) -> list[User]:
    """Those who answer for the task by name. One query."""
    return list(User.objects.filter(responsible_for__assignment=assignment).select_related("unit").in_protocol_order())


def progress_of(assignment: Assignment) -> list[ProgressReport]:
    """The reports on the task, newest first, with their files. Two queries."""
    return list(assignment.reports.select_related("by__unit").prefetch_related("files").order_by("-pk"))


def extensions_of(assignment: Assignment) -> list[Extension]:
    """What was asked for and decided, newest first. One query."""
    return list(assignment.extensions.select_related("asked_by__unit", "decided_by").order_by("-pk"))


def editions_that_may_fulfil(user: User, assignment: Assignment) -> QuerySet[Edition]:
    """Standing editions of the task's draft, the newest first, for those who have a seat on it."""
    if assignment.document_id is None:
        return Edition.objects.none()
    seen = Document.objects.visible_to(user).filter(pk=assignment.document_id)
    return Edition.objects.standing().filter(document__in=seen).order_by("-number")


def fulfilling_edition(user: User, assignment: Assignment) -> Edition | None:
    """The edition with which the task was done, for those who may read it. One query."""
    if assignment.fulfilled_by_id is None or assignment.document_id is None:
        return None
    seen = Document.objects.visible_to(user).filter(pk=assignment.document_id)
    return Edition.objects.filter(pk=assignment.fulfilled_by_id, document__in=seen).first()


def may_see_draft(user: User, document: Document | None) -> Document | None:
    """The draft, for those with a seat on it; a task alone grants no sight of it."""
    if document is None:
        return None
    return Document.objects.visible_to(user).filter(pk=document.pk).first()


def may_open_meeting(user: User, meeting: Meeting) -> bool:
    """A task does not open the door to its meeting; being asked to it does."""
    return Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()


def may_decide(user: User, assignment: Assignment) -> bool:
    return bool(may_assignment(user, "decide", assignment))


# Reminders in the interface


@dataclass(frozen=True)
class Recall:
    """A reminder as the interface shows it, with how the task stands today (days left, negative when overdue)."""

    reminder: Reminder
    assignment: Assignment
    left: int

    @property
    def overdue(self) -> int:
        return -self.left


def reminders_for(user: User, *, today: dt.date | None = None) -> list[Recall]:
    """What the person is reminded of and has not put aside: one line per open task, the most pressing first.

    One query.
    """
    today = today or timezone.localdate()
    unseen = (
        Reminder.objects.filter(
            recipient=user, seen_at=None, assignment__in=Assignment.objects.open().visible_to(user).values("pk")
        )
        .select_related("assignment__lead_unit", "assignment__conclusion")
        .order_by("-pk")[: MOST_REMINDERS * 4]
    )
    newest: dict[int, Reminder] = {}
    for reminder in unseen:
        newest.setdefault(reminder.assignment_id, reminder)
    recalls = [
        Recall(reminder, reminder.assignment, deadlines.days_left(reminder.assignment.last_day, today))
        for reminder in newest.values()
    ]
    return sorted(recalls, key=lambda recall: (recall.left, recall.assignment.pk))[:MOST_REMINDERS]


def due_this_week(user: User, *, today: dt.date | None = None) -> list[Assignment]:
    """For the home page: the person's own tasks that are late or due within a week. Two queries."""
    today = today or timezone.localdate()
    mine = assignments_in("mine", user=user).open().filter(last_day__lte=today + A_WEEK)  # type: ignore[attr-defined]
    return list(mine.select_related("lead_unit", "conclusion__notice__meeting").order_by("last_day", "pk")[:20])


def waiting_for_decision(user: User) -> list[Assignment]:
    """For the home page: tasks reported done or in want of time, of meetings the person chairs or keeps. One query."""
    asked = Extension.objects.filter(assignment=OuterRef("pk"), decided_at=None)
    return list(
        Assignment.objects.filter(
            Q(conclusion__notice__meeting__chair=user) | Q(conclusion__notice__meeting__secretary=user),
            Q(state=State.REPORTED) | (Q(state__in=Assignment.objects.all().OPEN_STATES) & Exists(asked)),
        ).select_related("lead_unit", "conclusion__notice__meeting")[:20]
    )


def conclusions_waiting(user: User) -> list[ConclusionNotice]:
    """For the home page: those the chair is to agree to or sign, those the secretary got back. One query."""
    waits = Q(meeting__chair=user) & (Q(submitted_at__isnull=False) | Q(agreed_at__isnull=False))
    returned = Q(meeting__secretary=user, submitted_at=None, agreed_at=None) & ~Q(returned="")
    return list(ConclusionNotice.objects.filter(waits | returned, signed_at=None).select_related("meeting")[:20])


def coming_meetings(user: User, *, now: dt.datetime | None = None) -> Sequence[Meeting]:
    """For the home page: the person's next meetings. One query."""
    return list(
        coming(
            Meeting.objects.visible_to(user).select_related("chair").filter(cancellation=None),
            now=now or timezone.now(),
        )[:5]
    )


def known_units(*, on: dt.date) -> list[KnownUnit]:
    """The units of that day, as the words of a conclusion may name them. One query."""
    return [KnownUnit(unit.pk, unit.name, unit.short_name) for unit in Unit.objects.standing(on)]


def known_drafts(meeting: Meeting, documents: Iterable[Document]) -> list[KnownDraft]:
    """The drafts with the texts that are on the table. One query, and one for each text that is not read yet."""
    on_table = Edition.objects.standing().filter(pk__in=meeting.agenda.values("edition")).order_by("number")
    newest = {edition.document_id: edition for edition in on_table}
    found = [(document, newest[document.pk]) for document in documents if document.pk in newest]
    return [KnownDraft(document.pk, document.title, edition_text(edition)) for document, edition in found]
