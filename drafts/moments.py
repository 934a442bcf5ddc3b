"""The document as it stood: after any act, at any time, in any edition, or now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from config.parameters import number_in
from drafts.models import Document, Edition, Operation, Provision
from drafts.photographs import edition_text, working_text
from drafts.texts import Sheet, Text

NOW = "now"


@dataclass(frozen=True)
class Moment:
    """A state of the document that has a name in addresses: "now", "edition-2", "act-123"."""

    name: str
    label: str
    text: Text
    operation: Operation | None = None
    edition: Edition | None = None


def moment_of(document: Document, name: str) -> Moment | None:
    """The state with that name; None for one that never was. Two queries at most."""
    if name == NOW:
        return Moment(NOW, _("Working text"), working_text(document))
    kind, _dash, digits = name.partition("-")
    number = number_in(digits)
    if number is None:
        return None
    if kind == "edition":
        edition = document.editions.filter(number=number).first()
        return Moment(name, edition.label, edition_text(edition), edition=edition) if edition else None
    operation = document.operations.select_related("by__unit").filter(pk=number).first() if kind == "act" else None
    return Moment(name, "", text_after(document, operation), operation=operation) if operation else None


def text_after(document: Document, operation: Operation) -> Text:
    """The whole text as that act left it. Two queries."""
    entries = (
        Provision.history.filter(document=document, operation__lte=operation.pk)
        .order_by("id", "-history_id")
        .distinct("id")
    )
    rows = sorted(
        (row for row in entries if not row.is_removed and row.history_type != "-"), key=lambda row: row.position
    )
    wids = {row.id: row.wid for row in rows}
    described = document.history.filter(operation__lte=operation.pk).order_by("-history_id").first()
    sheets = tuple(
        Sheet(
            pk=row.id,
            wid=row.wid,
            kind=row.kind,
            number=row.number,
            label=row.label,
            heading=row.heading,
            text=row.text,
            parent=wids.get(row.parent_id) if row.parent_id else None,
        )
        for row in rows
    )
    return Text(title=described.title if described else document.title, sheets=sheets)


def last_act_before(document: Document, moment: dt.datetime) -> Operation | None:
    """The last act up to that time, its own minute included; None before the document was."""
    return document.operations.filter(at__lt=moment + dt.timedelta(minutes=1)).order_by("-id").first()


def act_before(document: Document, operation: Operation) -> Operation | None:
    """The act right before it."""
    return document.operations.filter(pk__lt=operation.pk).order_by("-id").first()
