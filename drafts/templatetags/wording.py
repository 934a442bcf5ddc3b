"""Showing how words changed: ``{% wording_difference old new %}``, or ``{{ spans|redline:"both" }}`` of a line."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from drafts.columns import Part
from drafts.exporting.tables import side_by_side
from drafts.wording import Kind, Span, difference

register = template.Library()


@register.inclusion_tag("drafts/_wording.html")
def wording_difference(old: str, new: str) -> dict[str, object]:
    """Old words struck, new words underlined, in running text."""
    return {"spans": difference(old, new)}


@register.filter
def redline(spans: Iterable[Span], side: str = "both") -> SafeString:
    """The spans without a blank or line end added; ``side`` is "old", "new" or "both"."""
    hidden = {"old": Kind.INSERTED, "new": Kind.DELETED}.get(side)
    return format_html_join("", "{}", ((_marked(span),) for span in spans if span.kind is not hidden))


@register.filter
def paragraphs(part: Part) -> SafeString:
    """The text of an article in its column, a paragraph each; in one go, since a table has thousands of them."""
    return format_html_join("", "<p>{}</p>", ((redline(side_by_side(paragraph)),) for paragraph in part.paragraphs))


def _marked(span: Span) -> SafeString | str:
    if span.kind is Kind.INSERTED:
        return format_html("<ins>{}</ins>", span.text)
    if span.kind is Kind.DELETED:
        return format_html("<del>{}</del>", span.text)
    return span.text
