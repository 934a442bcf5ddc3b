"""Where a document and its articles are read: pages of the reading room, named by address only."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from drafts.models import Document, Provision


def reading_place(document: Document) -> str:
    """The reading page; the description while there is no reading room."""
    try:
        return reverse("comments:reader", args=[document.pk])
    except NoReverseMatch:
        return reverse("drafts:about", args=[document.pk])


def working_place(provision: Provision) -> str:
    """The provision in the working text."""
    anchor = f"dieu-{provision.number}" if provision.kind == "article" and provision.number else f"muc-{provision.wid}"
    return f"{reading_place(provision.document)}?text=working#{anchor}"
