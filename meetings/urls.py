"""Addresses of meetings, conclusions, tasks and reminders."""

from django.urls import path

from meetings.views import agenda, assignments, attendance, calls, conclusions, meetings, papers, reminders

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
    path("reminders/seen/", reminders.seen, name="reminders_seen"),
]
