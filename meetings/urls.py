"""Addresses of meetings, conclusions, tasks and reminders."""

from django.urls import path

from meetings.views import (
    absences,
    agenda,
    assignments,
    attendance,
    calls,
    conclusions,
    following,
    meetings,
    papers,
    reminders,
)

app_name = "meetings"

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/new/", meetings.new, name="new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/arrangements/", meetings.arrangements, name="arrangements"),
    path("meetings/<int:pk>/calls/", calls.calls, name="calls"),
    path("meetings/<int:pk>/cancellation/", calls.cancellation, name="cancellation"),
    path("meetings/<int:pk>/calendar/", calls.calendar_file, name="calendar_file"),
    path("meetings/<int:pk>/papers/", papers.papers, name="papers"),
    path("meetings/papers/<int:pk>/", papers.paper, name="paper"),
    path("meetings/papers/<int:pk>/removal/", papers.paper_removal, name="paper_removal"),
    path("meetings/<int:pk>/reminders/", reminders.rule, name="reminder_rule"),
    path("meetings/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<int:pk>/agenda/<int:item_pk>/", papers.agenda_item, name="agenda_item"),
    path("meetings/<int:pk>/agenda/<int:item_pk>/place/", agenda.place, name="agenda_item_place"),
    path("meetings/<int:pk>/agenda/<int:item_pk>/removal/", agenda.removal, name="agenda_item_removal"),
    path("meetings/<int:pk>/attendees/", attendance.attendees, name="attendees"),
    path("meetings/<int:pk>/attendees/list/", calls.who_comes, name="who_comes"),
    path("meetings/<int:pk>/attendees/<int:attendance_pk>/", attendance.attendee, name="attendee"),
    path("meetings/<int:pk>/attendees/<int:attendance_pk>/reply/", calls.reply, name="reply"),
    path("meetings/<int:pk>/attendees/<int:attendance_pk>/removal/", attendance.removal, name="attendee_removal"),
    path("meetings/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("meetings/<int:pk>/conclusions/", conclusions.conclusions, name="conclusions"),
    path("meetings/<int:pk>/signature/", conclusions.signature, name="signature"),
    path("conclusions/<int:pk>/", conclusions.conclusion, name="conclusion"),
    path("conclusions/<int:pk>/assignments/", assignments.new, name="new_assignment"),
    path("assignments/", assignments.register, name="assignments"),
    path("assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("assignments/<int:pk>/state/", assignments.state, name="assignment_state"),
    path("assignments/<int:pk>/reports/", following.reports, name="assignment_reports"),
    path("assignments/<int:pk>/extensions/", following.extensions, name="assignment_extensions"),
    path("assignments/<int:pk>/performers/", following.performers, name="assignment_performers"),
    path("assignments/extensions/<int:pk>/decision/", following.decision, name="assignment_extension_decision"),
    path("assignments/reports/files/<int:pk>/", following.report_file, name="assignment_report_file"),
    path("stand-ins/", absences.absences, name="absences"),
    path("stand-ins/<int:pk>/end/", absences.ending, name="absence_ending"),
    path("reminders/seen/", reminders.seen, name="reminders_seen"),
]
