"""How things go wrong: one way for a service to refuse, and the pages people see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class RuleBrokenError(Exception):
    """A rule of the work was broken; the message is shown to the user as it is."""


class RuleBrokenMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RuleBrokenError):
            return None
        template = "components/_notice.html" if request.htmx else "409.html"
        return render(request, template, {"message": str(exception)}, status=409)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"reason": ""}, status=403)
