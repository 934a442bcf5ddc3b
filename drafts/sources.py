"""Files offered for import: kept as they came until a document is made from them, or nobody claims them."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from accounts.vietnamese import fold
from drafts.apart import read_apart
from drafts.importing import ImportedFile
from drafts.models import Document, SourceFile

KEPT_DAYS = 7
"""An uploaded file from which no document was made is dropped after so many days."""

_KINDS = (
    ("quy che", Document.Kind.REGULATION),
    ("chuong trinh", Document.Kind.PROGRAMME),
    ("ke hoach", Document.Kind.PROGRAMME),
    ("nghi quyet", Document.Kind.RESOLUTION),
    ("quyet dinh", Document.Kind.DECISION),
    ("quy dinh", Document.Kind.RULES),
)


def keep(data: bytes, *, name: str, by: User, modern: bytes | None = None) -> SourceFile:
    """Store the file under a name of ours, and the .docx it was converted to, if any."""
    return SourceFile.objects.create(
        file=ContentFile(data, name="source"),
        modern="" if modern is None else ContentFile(modern, name="source"),
        name=name[:255],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        by=by,
    )


def get_source_for(user: User, *, pk: int) -> SourceFile:
    """The file, for the person who uploaded it and nobody else."""
    return get_object_or_404(SourceFile.objects.select_related("document"), pk=pk, by=user)


def read_source(source: SourceFile) -> ImportedFile:
    """The structure of a stored file."""
    stored = source.modern or source.file
    try:
        with stored.open("rb") as file:
            data = file.read()
    except FileNotFoundError as missing:
        raise Http404 from missing
    imported = read_apart(data, name=source.name)
    return replace(imported, format="doc") if source.modern else imported


def earlier_imports(source: SourceFile) -> list[Document]:
    """Documents the same person already made from the same bytes."""
    twins = SourceFile.objects.filter(by=source.by_id, sha256=source.sha256, document__isnull=False)
    return list(Document.objects.filter(sources__in=twins.exclude(pk=source.pk)).distinct())


@transaction.atomic
def drop(source: SourceFile) -> None:
    """Forget a file nobody made a document from."""
    claimed = SourceFile.objects.select_for_update().filter(pk=source.pk, document=None)
    if claimed.exists():
        names, storage = [str(file.name) for file in (source.file, source.modern) if file], source.file.storage
        source.delete()
        for name in names:
            transaction.on_commit(partial(storage.delete, name))


def drop_unclaimed(*, before: dt.datetime | None = None) -> int:
    """Forget all files nobody claimed in time; returns how many."""
    before = before or timezone.now() - dt.timedelta(days=KEPT_DAYS)
    unclaimed = list(SourceFile.objects.filter(document=None, at__lt=before))
    for source in unclaimed:
        drop(source)
    return len(unclaimed)


def likely_kind(title: str) -> Document.Kind:
    """What kind of document has such a title: the first kind named in it."""
    words = fold(title)
    named = [(words.find(name), kind) for name, kind in _KINDS if name in words]
    return min(named)[1] if named else Document.Kind.OTHER
