"""Where a document and its articles are read: pages of the reading room, named by address only."""

from __future__ import annotations

from django.urls import reverse

from drafts.models import Document, Operation, Provision


def reading_place(document: Document) -> str:
    return reverse("comments:reader", args=[document.pk])


def working_place(provision: Provision) -> str:
    """The provision in the working text."""
    anchor = f"dieu-{provision.number}" if provision.kind == "article" and provision.number else f"muc-{provision.wid}"
    return f"{reading_place(provision.document)}?text=working#{anchor}"


def undoing_place(operation: Operation) -> str:
    """Where an act is taken back; as ``extra_tags`` of a message it becomes its button."""
    return reverse("drafts:undoing", args=[operation.document_id, operation.pk])
