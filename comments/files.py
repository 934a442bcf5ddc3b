"""Attachments are recognised by what is in them, never by their name or by what the sender's browser says."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from config.errors import RuleBrokenError

LIMIT = 20 * 1024 * 1024
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SIGNATURES = (
    (b"%PDF-", PDF, ".pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"RIFF", "image/webp", ".webp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", ".doc"),
)


@dataclass(frozen=True)
class Checked:
    """A file that may be stored."""

    file: UploadedFile
    name: str
    content_type: str
    sha256: str


def check(file: UploadedFile) -> Checked:
    """Accept PDF, Word and pictures up to 20 MB; refuse everything else with a sentence that names the file."""
    name = safe_name(file.name or "")
    if (file.size or 0) > LIMIT:
        raise RuleBrokenError(_("“%(name)s” is larger than 20 MB.") % {"name": name})
    found = _recognise(file)
    if found is None:
        raise RuleBrokenError(_("“%(name)s” is not a PDF, a Word file or a picture.") % {"name": name})
    content_type, extension = found
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    if not name.lower().endswith((extension, ".jpeg")):
        name += extension
    return Checked(file=file, name=name, content_type=content_type, sha256=digest.hexdigest())


def safe_name(name: str) -> str:
    """A file name fit to show and to download: NFC, no path, no control or direction characters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = re.sub(r"\s+", " ", name).strip(" .")
    return name[-150:] or "tep-dinh-kem"


def _recognise(file: UploadedFile) -> tuple[str, str] | None:
    file.seek(0)
    head = file.read(16)
    for signature, content_type, extension in _SIGNATURES:
        if head.startswith(signature):
            if signature == b"RIFF" and head[8:12] != b"WEBP":
                continue
            return content_type, extension
    return (WORD, ".docx") if head.startswith(b"PK\x03\x04") and _is_word(file) else None


def _is_word(file: UploadedFile) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)
