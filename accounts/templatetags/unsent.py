"""Whose unsent text a browser keeps: ``{% load unsent %}{% unsent_owner as owner %}``."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils.crypto import salted_hmac

register = template.Library()


@dataclass(frozen=True)
class Owner:
    """``name`` stands in the browser's storage and tells nothing of the person; ``key`` (64 hex digits) never does."""

    name: str
    key: str


@register.simple_tag(takes_context=True)
def unsent_owner(context: template.Context) -> Owner:
    """Both follow from the person and the site's secret: the same on every visit, unknown to every other person."""
    person = str(context["user"].pk)
    name = salted_hmac("accounts.unsent.name", person, algorithm="sha256").hexdigest()[:20]
    return Owner(name=name, key=salted_hmac("accounts.unsent.key", person, algorithm="sha256").hexdigest())
