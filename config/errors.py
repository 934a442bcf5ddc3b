"""How things go wrong: one way for a service to refuse, and the pages people see."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

log = logging.getLogger(__name__)


class RuleBrokenError(Exception):
    """A rule of the work was broken; the message is shown to the user as it is."""


class RuleBrokenMiddleware:
    """Answers for a view that could not: a broken rule 409, a value no column can hold 400, no database 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RuleBrokenError):
            return rule_broken(request, message=str(exception))
        if isinstance(exception, DataError):
            log.warning("Refused a value the database cannot hold at %s", request.resolver_match)
            return bad_request(request, exception)
        if isinstance(exception, (OperationalError, InterfaceError)):
            log.error("No database for %s: %s", request.resolver_match, type(exception).__name__)
            return unavailable()
        return None


def rule_broken(request: HttpRequest, *, message: str) -> HttpResponse:
    """409 with the reason: a notice where htmx asked for a part of a page, else a page."""
    is_part = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"
    template = "components/_notice.html" if is_part else "409.html"
    return render(request, template, {"message": message}, status=409)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason that was given: ``PermissionDenied("Only the secretary …")``."""
    return render(request, "403.html", {"exception": str(exception)}, status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what does not exist and for what is none of this person's business."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, without anything that may be broken itself: no database, no session."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def unavailable() -> HttpResponse:
    """503 while the database does not answer; nothing was stored, and the browser may ask again."""
    return HttpResponse(loader.get_template("500.html").render(), status=503, headers={"Retry-After": "5"})


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
