"""Reading for the pages of tasks, the register and the reminders: each function says how many queries it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Unit, UnitContact, User
from drafts.models import Document, Edition
from meetings import deadlines
from meetings.access import may_assignment
from meetings.models import (
    Assignment,
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

State = Assignment.State
A_WEEK = dt.timedelta(days=7)
MOST_REMINDERS = 30


def _units_of(user: User) -> QuerySet[Any]:
    """The units the person belongs to, is a contact of, or stands in for."""
    return units_acted_for(user).values_list("pk", flat=True)


# The register

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
