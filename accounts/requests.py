"""The request as views meet it: signed in (the middleware sees to that), and perhaps sent by htmx."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PersonRequest(HttpRequest):
    """For annotations only: what LoginRequiredMiddleware and HtmxMiddleware promise."""

    user: User
    htmx: HtmxDetails
