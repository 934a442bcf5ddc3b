"""The first page: what waits for the person who opens it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Notice
from accounts.notices import shown_to
from accounts.requests import PersonRequest
from comments import waiting as comments
from comments.helping import allotted_to
from comments.recording import recorded_for
from meetings import queries as meetings
from meetings import task_queries as tasks

NOTICES = 5


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    user = request.user
    context = {
        "today": timezone.localdate(),
        "reminders": tasks.reminders_for(user),
        "notices": shown_to(user, list(Notice.objects.filter(recipient=user).unseen()[:NOTICES])),
        "rounds": comments.rounds_open_for(user),
        "unread": list(comments.documents_to_read(user)),
        "followed": list(comments.documents_to_follow(user)),
        "tasks": tasks.due_this_week(user),
        "reported": tasks.waiting_for_decision(user),
        "conclusions": meetings.conclusions_waiting(user),
        "answers": comments.answers_to(user),
        "allotted": list(allotted_to(user)[:10]),
        "recorded": recorded_for(user).count(),
        "contested": list(comments.contested_for(user)),
        "proposed": list(comments.proposals_for(user)),
        "meetings": meetings.coming_meetings(user),
    }
    return render(request, "config/home.html", context)
