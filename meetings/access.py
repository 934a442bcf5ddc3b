"""The doors to meetings and assignments."""

from __future__ import annotations

from typing import Literal

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from drafts.access import Denied
from meetings.models import Assignment, Conclusion, Meeting, acted_for, units_acted_for

MeetingAbility = Literal["read", "keep", "conclude"]
AssignmentAbility = Literal["read", "report", "decide"]


def get_meeting_for(user: User | AnonymousUser, ability: MeetingAbility, *, pk: int) -> Meeting:
    """The meeting; 404 for those not asked to it, 403 with the reason for those without the right."""
    if not isinstance(user, User):
        raise Http404
    visible = Meeting.objects.visible_to(user).select_related(
        "body", "chair__unit", "secretary__unit", "cancellation__by"
    )
    meeting = get_object_or_404(visible, pk=pk)
    verdict = may_meeting(user, ability, meeting)
    if isinstance(verdict, Denied):
        raise PermissionDenied(verdict.reason)
    return meeting


def may_meeting(user: User, ability: MeetingAbility, meeting: Meeting) -> bool | Denied:
    """``keep`` is the secretary's and the chair's: agenda, attendance, conclusions; ``conclude`` signs, the chair's."""
    if ability == "read":
        return True
    if ability == "keep":
        if user.pk in (meeting.secretary_id, meeting.chair_id):
            return True
        return Denied(_("Only the meeting's secretary and chair change its record."))
    if user.pk == meeting.chair_id:
        return True
    return Denied(_("Only the chair signs the conclusions."))


def get_conclusion_for(user: User | AnonymousUser, ability: MeetingAbility, *, pk: int) -> Conclusion:
    """A conclusion of a meeting the person may so use, with its notice and meeting."""
    conclusion = get_object_or_404(Conclusion.objects.select_related("notice"), pk=pk)
    conclusion.notice.meeting = get_meeting_for(user, ability, pk=conclusion.notice.meeting_id)
    return conclusion


def get_assignment_for(user: User | AnonymousUser, ability: AssignmentAbility, *, pk: int) -> Assignment:
    """The assignment; it grants sight of itself and its conclusion, not of the document or the meeting."""
    if not isinstance(user, User):
        raise Http404
    visible = Assignment.objects.visible_to(user).select_related(
        "lead_unit",
        "document",
        "conclusion__notice__meeting__chair",
        "conclusion__notice__meeting__secretary",
    )
    assignment = get_object_or_404(visible, pk=pk)
    verdict = may_assignment(user, ability, assignment)
    if isinstance(verdict, Denied):
        raise PermissionDenied(verdict.reason)
    return assignment


def may_assignment(user: User, ability: AssignmentAbility, assignment: Assignment) -> bool | Denied:
    """The lead unit reports; the chair and the secretary decide."""
    if ability == "read":
        return True
    if ability == "report":
        if acts_for(user, assignment.lead_unit) or assignment.person_links.filter(user__in=acted_for(user)).exists():
            return True
        return Denied(_("Only the lead unit and those named report on the task."))
    meeting = assignment.conclusion.notice.meeting
    if user.pk in (meeting.chair_id, meeting.secretary_id):
        return True
    return Denied(_("Only the meeting's chair and secretary decide on the task."))


def acts_for(user: User, unit: Unit) -> bool:
    """Whether the person belongs to the unit or is one of its contacts, or stands in today for somebody who is."""
    return user.unit_id == unit.pk or units_acted_for(user).filter(pk=unit.pk).exists()


def may_create_meetings(user: User | AnonymousUser) -> bool | Denied:
    """Convening meetings is a site permission of secretaries."""
    if user.has_perm("meetings.create_meetings"):
        return True
    return Denied(_("Only secretaries convene meetings; ask the administrator for the right to create meetings."))
