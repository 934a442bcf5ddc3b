"""Files offered for import: kept as they came until a document is made from them, or nobody claims them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import lru_cache, partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from accounts.vietnamese import fold
from drafts.apart import read_apart
from drafts.importing import Correction, ImportedFile
from drafts.importing.program import correction_of
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


def keep(data: bytes, *, name: str, by: User, modern: bytes | None = None, remarks: int = 0) -> SourceFile:
    """Store the file under a name of ours, and the .docx it was converted to, if any.

    ``remarks`` is how many comments it has in its margin.
    """
    return SourceFile.objects.create(
        file=ContentFile(data, name="source"),
        modern="" if modern is None else ContentFile(modern, name="source"),
        remarks=remarks,
        name=name[:255],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        by=by,
    )


def find_source_of(user: User, *, pk: int) -> SourceFile | None:
    """The file, if this person uploaded it. One query."""
    return SourceFile.objects.select_related("document", "reimport__document").filter(pk=pk, by=user).first()


def read_source(source: SourceFile) -> ImportedFile:
    """The structure of a stored file, with what was corrected in it."""
    stored = source.modern or source.file
    imported = _read(str(stored.name), source.name, tuple(corrections_of(source)))
    return replace(imported, format="doc") if source.modern else imported


@lru_cache(maxsize=8)
def _read(path: str, name: str, corrections: tuple[Correction, ...]) -> ImportedFile:
    """Kept for a while: a person looks at one file again and again, and what is stored under a path never changes."""
    try:
        with default_storage.open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError as missing:
        raise Http404 from missing
    return read_apart(data, name=name, corrections=corrections)


def corrections_of(source: SourceFile) -> list[Correction]:
    """What was said about lines of the file, in the order in which it was said."""
    return [correction_of(stored) for stored in source.corrections]


def state_of(source: SourceFile) -> str:
    """Changes whenever what was corrected in the file does."""
    return hashlib.sha256(json.dumps(source.corrections, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def correct(source: SourceFile, correction: Correction) -> None:
    """Keep a correction; what was said about the same line before no longer counts."""
    kept = _locked_corrections(source, without=correction.index)
    _keep_corrections(source, [*kept, asdict(correction)])


@transaction.atomic
def take_back(source: SourceFile, *, index: int) -> None:
    """Forget what was said about one line."""
    _keep_corrections(source, _locked_corrections(source, without=index))


def take_all_back(source: SourceFile) -> None:
    """The structure as it was found."""
    _keep_corrections(source, [])


def put_aside(source: SourceFile, *, described: Mapping[str, str]) -> None:
    """Keep what was typed about the draft that is to be made, while its structure is corrected."""
    source.described = dict(described)
    source.save(update_fields=["described"])


def _locked_corrections(source: SourceFile, *, without: int) -> list[dict[str, Any]]:
    stored = SourceFile.objects.select_for_update().get(pk=source.pk).corrections
    return [correction for correction in stored if correction["index"] != without]


def _keep_corrections(source: SourceFile, corrections: list[dict[str, Any]]) -> None:
    source.corrections = corrections
    source.save(update_fields=["corrections"])


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
