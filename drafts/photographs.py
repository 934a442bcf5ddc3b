"""Editions: photographs of a document, kept as django-reversion revisions.

The stored JSON is read here and nowhere else, by the names written down in ``_provision``: reversion reads a renamed
field as empty, and ``revert`` would then write that. When a field is renamed, the old name stays readable here.
"""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from typing import Any

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db.models import Model
from reversion.models import Revision, Version

from drafts.models import CirculatedSheet, Document, Edition, Operation, Provision
from drafts.texts import Sheet, Text, fingerprint

_STORED: dict[type[Model], list[str]] = {
    Document: ["title", "kind", "issuing_body", "term"],
    Provision: ["document", "parent", "wid", "kind", "number", "label", "heading", "text", "position"],
}
for _model, _fields in _STORED.items():
    reversion.register(_model, fields=_fields)


def take(document: Document, *, operation: Operation, number: int, label: str) -> Edition:
    """Freeze the document as it stands. Needs the caller's transaction and lock on the document."""
    provisions = list(document.provisions.standing())
    revision = Revision.objects.create(date_created=operation.at, user=operation.by, comment=label)
    Version.objects.bulk_create([_version(revision, document), *(_version(revision, row) for row in provisions)])
    edition = Edition.objects.create(
        document=document,
        number=number,
        label=label,
        operation=operation,
        revision=revision,
        sha256=fingerprint(document.title, sheets_of(provisions)),
        issued_at=operation.at,
    )
    CirculatedSheet.objects.bulk_create(_circulated(edition, row) for row in provisions)
    return edition


def edition_text(edition: Edition) -> Text:
    """The text as circulated. One query, then from memory: an edition never changes."""
    return _read(edition.revision_id, edition.sha256)


def working_text(document: Document) -> Text:
    """The text as it stands now. One query."""
    return Text(title=document.title, sheets=tuple(sheets_of(list(document.provisions.standing()))))


def is_intact(edition: Edition) -> bool:
    """Whether the stored photograph still has the fingerprint it was taken with."""
    text = _load(edition.revision_id)
    return fingerprint(text.title, text.sheets) == edition.sha256


@lru_cache(maxsize=64)
def _read(revision_pk: int, sha256: str) -> Text:
    return _load(revision_pk)


def _load(revision_pk: int) -> Text:
    models = {ContentType.objects.get_for_model(model).pk: model for model in _STORED}
    title, rows = "", []
    for content_type, data in Version.objects.filter(revision=revision_pk).values_list(
        "content_type", "serialized_data"
    ):
        record = json.loads(data)[0]
        if models[content_type] is Document:
            title = record["fields"]["title"]
        else:
            rows.append(_provision(record))
    rows.sort(key=lambda row: row["position"])
    wids = {row["pk"]: row["wid"] for row in rows}
    return Text(title=title, sheets=tuple(_sheet(row, wids) for row in rows))


def _provision(record: dict[str, Any]) -> dict[str, Any]:
    """Every key ever stored for a provision, by name."""
    fields = record["fields"]
    return {
        "pk": record["pk"],
        "wid": uuid.UUID(fields["wid"]),
        "kind": fields["kind"],
        "number": fields["number"],
        "label": fields["label"],
        "heading": fields["heading"],
        "text": fields["text"],
        "parent": fields["parent"],
        "position": fields["position"],
    }


def _sheet(row: dict[str, Any], wids: dict[int, uuid.UUID]) -> Sheet:
    return Sheet(
        pk=row["pk"],
        wid=row["wid"],
        kind=row["kind"],
        number=row["number"],
        label=row["label"],
        heading=row["heading"],
        text=row["text"],
        parent=wids.get(row["parent"]),
    )


def sheets_of(provisions: list[Provision]) -> list[Sheet]:
    """Rows as plain values; a parent that is not among them is none."""
    wids = {row.pk: row.wid for row in provisions}
    return [
        Sheet(
            pk=row.pk,
            wid=row.wid,
            kind=row.kind,
            number=row.number,
            label=row.label,
            heading=row.heading,
            text=row.text,
            parent=wids.get(row.parent_id) if row.parent_id else None,
        )
        for row in provisions
    ]


def _version(revision: Revision, row: Document | Provision) -> Version:
    return Version(
        revision=revision,
        object_id=str(row.pk),
        content_type=ContentType.objects.get_for_model(type(row)),
        db="default",
        format="json",
        serialized_data=serializers.serialize("json", [row], fields=_STORED[type(row)]),
        object_repr=str(row)[:200],
    )


def _circulated(edition: Edition, row: Provision) -> CirculatedSheet:
    """The words of the photograph where they can be searched."""
    return CirculatedSheet(
        document_id=edition.document_id,
        edition=edition,
        provision=row,
        wid=row.wid,
        kind=row.kind,
        number=row.number,
        label=row.label,
        heading=row.heading,
        text=row.text,
        position=row.position,
    )
