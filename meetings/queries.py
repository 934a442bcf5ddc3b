"""Reading for the pages of meetings: each function says how many queries it costs. Those of tasks: ``task_queries``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Unit, User
from comments.access import comments_visible_in
from comments.flagging import Matter, matters_for_the_meeting
from drafts.access import ABILITIES
from drafts.models import Document, Edition, Seat
from drafts.photographs import edition_text
from drafts.searching import Scope, scope_of
from meetings.access import may_meeting
from meetings.citing import KnownDraft
from meetings.dictation import KnownUnit
from meetings.models import (
    AgendaItem,
    Assignment,
    Attendance,
    Conclusion,
    ConclusionNotice,
    Meeting,
    units_acted_for,
)
from meetings.on_the_table import DraftOnTable, drafts_on_table


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
    def may_record(self) -> bool:
        """Whether the person changes agenda, list and conclusions; nobody does once the meeting is called off."""
        return self.may_keep and not self.meeting.is_cancelled

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
    mine = set() if may_keep else set(units_acted_for(user).values_list("pk", flat=True))
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


def conclusions_waiting(user: User) -> list[ConclusionNotice]:
    """For the home page: those the chair is to agree to or sign, those the secretary got back. One query."""
    waits = Q(meeting__chair=user) & (Q(submitted_at__isnull=False) | Q(agreed_at__isnull=False))
    returned = Q(meeting__secretary=user, submitted_at=None, agreed_at=None) & ~Q(returned="")
    notices = ConclusionNotice.objects.filter(waits | returned, signed_at=None, meeting__cancellation=None)
    return list(notices.select_related("meeting")[:20])


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
