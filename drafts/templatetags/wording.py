"""Showing how words changed: ``{% load wording %}{% wording_difference old new %}``."""

from __future__ import annotations

from django import template

from drafts.wording import difference

register = template.Library()


@register.inclusion_tag("drafts/_wording.html")
def wording_difference(old: str, new: str) -> dict[str, object]:
    """Old words struck, new words underlined, in running text."""
    return {"spans": difference(old, new)}
