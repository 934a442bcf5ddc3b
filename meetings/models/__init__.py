"""Meetings, the chair's conclusions, the tasks they give out, and the reminders that follow them."""

from meetings.models.absences import Absence, acted_for, units_acted_for
from meetings.models.assignments import Assignment, AssignmentQuerySet, SupportingUnit, done_in_time, is_late_at
from meetings.models.conclusions import (
    Conclusion,
    ConclusionArticle,
    ConclusionComment,
    ConclusionDocument,
    ConclusionNotice,
)
from meetings.models.feeds import CalendarFeed
from meetings.models.following import Extension, ProgressReport, ReportFile, ResponsiblePerson
from meetings.models.meetings import AgendaItem, AgendaPaper, Attendance, Cancellation, Meeting, MeetingQuerySet
from meetings.models.reminders import Reminder, ReminderRule
from meetings.models.sessions import Ballot, Choice, Poll, Screen, Turn
from meetings.models.working_days import SpecialDay

__all__ = [
    "Absence",
    "AgendaItem",
    "AgendaPaper",
    "Assignment",
    "AssignmentQuerySet",
    "Attendance",
    "Ballot",
    "CalendarFeed",
    "Cancellation",
    "Choice",
    "Conclusion",
    "ConclusionArticle",
    "ConclusionComment",
    "ConclusionDocument",
    "ConclusionNotice",
    "Extension",
    "Meeting",
    "MeetingQuerySet",
    "Poll",
    "ProgressReport",
    "Reminder",
    "ReminderRule",
    "ReportFile",
    "ResponsiblePerson",
    "Screen",
    "SpecialDay",
    "SupportingUnit",
    "Turn",
    "acted_for",
    "done_in_time",
    "is_late_at",
    "units_acted_for",
]
