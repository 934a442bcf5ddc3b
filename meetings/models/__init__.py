"""Meetings, the chair's conclusions, the tasks they give out, and the reminders that follow them."""

from meetings.models.assignments import Assignment, AssignmentQuerySet, SupportingUnit
from meetings.models.conclusions import Conclusion, ConclusionDocument, ConclusionNotice
from meetings.models.meetings import AgendaItem, AgendaPaper, Attendance, Cancellation, Meeting, MeetingQuerySet
from meetings.models.reminders import Reminder
from meetings.models.working_days import SpecialDay

__all__ = [
    "AgendaItem",
    "AgendaPaper",
    "Assignment",
    "AssignmentQuerySet",
    "Attendance",
    "Cancellation",
    "Conclusion",
    "ConclusionDocument",
    "ConclusionNotice",
    "Meeting",
    "MeetingQuerySet",
    "Reminder",
    "SpecialDay",
    "SupportingUnit",
]
