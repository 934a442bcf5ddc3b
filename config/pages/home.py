"""The first page: what waits for the person who opens it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from comments import waiting as comments
from meetings import waiting as meetings

MOST_TASKS = 5


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    user = request.user
    tasks = list(meetings.tasks_of(user)[: MOST_TASKS + 1])
    context = {
        "today": timezone.localdate(),
        "rounds": comments.rounds_open_for(user),
        "followed": list(comments.documents_to_follow(user)),
        "tasks": tasks[:MOST_TASKS],
        "has_more_tasks": len(tasks) > MOST_TASKS,
        "answers": comments.answers_to(user),
        "meetings": meetings.meetings_to_come(user),
    }
    return render(request, "config/home.html", context)
