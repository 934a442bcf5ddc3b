"""The choice of colours, without JavaScript."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from config.parameters import page_of_ours

THEMES = ("light", "dark")
THEME_SECONDS = 365 * 24 * 3600


@require_POST
@login_not_required
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie; anything else means "as the computer says"."""
    response = redirect(page_of_ours(request, request.POST.get("next", "")) or "/")
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=THEME_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
