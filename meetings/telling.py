"""Who is told what about conclusions and tasks: their keepers and those who do them. Vietnamese, whoever acts."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from accounts.models import NoticeKind, User
from accounts.notices import notify
from accounts.speakers import speakers_of
from drafts.models import Operation
from meetings.deadlines import phrase
from meetings.models import Assignment, ConclusionNotice, Extension, Meeting

State = Assignment.State
_TO_DOERS = {
    State.ACCEPTED: "Nhiệm vụ được công nhận hoàn thành",
    State.RETURNED: "Nhiệm vụ bị trả lại",
    State.CANCELLED: "Nhiệm vụ được hủy",
}


def may_know(tasks: Collection[int], people: Collection[int]) -> set[tuple[int, int]]:
    """Those who may read the task now. A query for each person."""
    return {
        (task, person.pk)
        for person in User.objects.active().filter(pk__in=people)
        for task in Assignment.objects.visible_to(person).filter(pk__in=tasks).values_list("pk", flat=True)
    }


def may_know_meetings(meetings: Collection[int], people: Collection[int]) -> set[tuple[int, int]]:
    """Those who may open the meeting now. A query for each person."""
    return {
        (meeting, person.pk)
        for person in User.objects.active().filter(pk__in=people)
        for meeting in Meeting.objects.visible_to(person).filter(pk__in=meetings).values_list("pk", flat=True)
    }


def of_submission(notice: ConclusionNotice, operation: Operation) -> None:
    _tell_of_conclusions(notice, notice.meeting.chair, operation, "Kết luận trình đồng chí xem, cho ý kiến")


def of_agreement(notice: ConclusionNotice, operation: Operation) -> None:
    _tell_of_conclusions(notice, notice.meeting.secretary, operation, "Chủ trì đã nhất trí dự thảo kết luận")


def of_giving_back(notice: ConclusionNotice, operation: Operation) -> None:
    _tell_of_conclusions(notice, notice.meeting.secretary, operation, "Chủ trì trả lại dự thảo kết luận")


def _tell_of_conclusions(notice: ConclusionNotice, person: User, operation: Operation, words: str) -> None:
    notify(
        [person],
        kind=NoticeKind.CONCLUSION,
        key=f"conclusions:{operation.pk}",
        subject=f"{words}: {notice.meeting.title}",
        text=operation.reason,
        path=reverse("meetings:meeting", args=[notice.meeting_id]) + "#conclusions",
        about=f"meeting:{notice.meeting_id}",
        by=operation.by,
    )


def of_step(assignment: Assignment, operation: Operation) -> None:
    """A report goes to the meeting's chair and secretary, their decision to those who do it."""
    if assignment.state == State.REPORTED:
        _tell(_keepers(assignment), assignment, operation, "Nhiệm vụ đã báo cáo hoàn thành")
    elif words := _TO_DOERS.get(State(assignment.state)):
        _tell(_doers(assignment), assignment, operation, words)


def of_request(extension: Extension, operation: Operation) -> None:
    wanted = phrase(extension.limit, extension.due_on, at=extension.due_time)
    assignment = extension.assignment
    _tell(_keepers(assignment), assignment, operation, f"Đề nghị gia hạn đến {wanted}")


def of_decision(extension: Extension, operation: Operation) -> None:
    wanted = phrase(extension.limit, extension.due_on, at=extension.due_time)
    words = "Đã đồng ý gia hạn" if extension.is_granted else "Không đồng ý gia hạn"
    assignment = extension.assignment
    _tell([*_doers(assignment), extension.asked_by], assignment, operation, f"{words}: {wanted}")


def of_hands(assignment: Assignment, operation: Operation) -> None:
    _tell(_doers(assignment), assignment, operation, "Được giao nhiệm vụ")


def _tell(people: list[User], assignment: Assignment, operation: Operation, words: str) -> None:
    notify(
        people,
        kind=NoticeKind.TASK,
        key=f"task:{operation.pk}",
        subject=f"{words}: {assignment.task}",
        text=operation.reason,
        path=reverse("meetings:assignment", args=[assignment.pk]),
        about=f"task:{assignment.pk}",
        by=operation.by,
    )


def _keepers(assignment: Assignment) -> list[User]:
    meeting = assignment.conclusion.notice.meeting
    return [meeting.chair, meeting.secretary]


def _doers(assignment: Assignment) -> list[User]:
    named = User.objects.filter(responsible_for__assignment=assignment)
    return [*speakers_of([assignment.lead_unit_id])[assignment.lead_unit_id], *named]
