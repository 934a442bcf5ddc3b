"""Read: bytes → Source. What a file is, is told by its content, never by its name."""

import re
from dataclasses import dataclass, replace

from drafts.importing import word97
from drafts.importing.akoma import is_akoma, read_akoma
from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.lines import Source
from drafts.importing.plain import read_text
from drafts.importing.web import read_page
from drafts.importing.word import read_word

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 5_000_000  # nine times the longest decree we have seen
MAX_LINES = 50_000
CONVERSION_SECONDS = 45
"""LibreOffice needs 4 s of the clock for most files and 15 for the longest decree, more when the machine is busy."""

_SIGNATURES = (
    (b"%PDF", gettext_noop("This is a PDF file: please import the Word file (.docx) it was made from.")),
    (b"\x89PNG", gettext_noop("This is a picture, not a text: please import a Word file (.docx).")),
    (b"\xff\xd8\xff", gettext_noop("This is a picture, not a text: please import a Word file (.docx).")),
    (b"GIF8", gettext_noop("This is a picture, not a text: please import a Word file (.docx).")),
    (b"II*\0", gettext_noop("This is a picture, not a text: please import a Word file (.docx).")),
    (b"MM\0*", gettext_noop("This is a picture, not a text: please import a Word file (.docx).")),
    (b"Rar!", gettext_noop("This is a compressed archive: please unpack it and import the Word file.")),
    (b"7z\xbc\xaf", gettext_noop("This is a compressed archive: please unpack it and import the Word file.")),
    (b"\x1f\x8b", gettext_noop("This is a compressed archive: please unpack it and import the Word file.")),
    (b"MZ", gettext_noop("This is a program, not a text: please import a Word file (.docx).")),
    (b"\x7fELF", gettext_noop("This is a program, not a text: please import a Word file (.docx).")),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_RTF = b"{\\rtf"
_BOM = b"\xef\xbb\xbf"
_MAIL = re.compile(rb"\s*mime-version:", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,300}>(?:\s|<\?[^>]{0,300}>|<!--.{0,2000}?-->)*<(?!html|!doctype)", re.I | re.S)
_PAGE = re.compile(
    rb"(?:\s|<\?xml[^>]{0,300}>|<!--.{0,2000}?-->)*<(?:!doctype\s+html|(?:html|head|body|meta|title|style|p|div|h[1-6]"
    rb"|table|span|font|ul|ol|b|i|center|br|strong|em)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds; `modern` is the .docx an old Word file was turned into, else None."""

    source: Source
    modern: bytes | None = None


def read(data: bytes) -> Source:
    """The paragraphs of a file; raises UnreadableFile with one clear sentence."""
    return read_keeping_conversion(data).source


def read_keeping_conversion(data: bytes) -> Reading:
    """Choose the reader by the first bytes; old Word files are converted first."""
    if not data:
        raise UnreadableFile(gettext_noop("The file is empty."))
    if len(data) > MAX_BYTES:
        message = gettext_noop("The file is larger than %(megabytes)s MB: please remove its pictures.")
        raise UnreadableFile(message, {"megabytes": MAX_BYTES // 1_000_000})
    for signature, message in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFile(message)
    reading = _read_old_word(data) or Reading(_read_new(data))
    _refuse_endless(reading.source)
    return reading


def _read_new(data: bytes) -> Source:
    if data.startswith(_ZIP):
        return read_word(data)
    if is_akoma(data):
        return read_akoma(data)
    start = data[:4000].removeprefix(_BOM)
    if _MAIL.match(start):
        message = gettext_noop("This is a web page packed as one file: please open it in Word and save it as .docx.")
        raise UnreadableFile(message)
    if _XML.match(start):
        raise UnreadableFile(gettext_noop("This is an XML file: please open it in Word and save it as .docx."))
    if _PAGE.match(_latin(start)):
        return read_page(data)
    return read_text(data)


def _read_old_word(data: bytes) -> Reading | None:
    """Word 97 and RTF through LibreOffice, or without it through antiword; None for other files."""
    if data.startswith(word97.SIGNATURE):
        kind = "doc"
        word97.check(data)
    elif data.startswith(_RTF):
        kind = "rtf"
    else:
        return None
    from drafts.importing import converting  # what starts programs is slow to load, and a .docx needs none

    modern = converting.converted(data, kind=kind, seconds=CONVERSION_SECONDS)
    if modern is not None:
        return Reading(replace(read_word(modern), format=kind), modern)
    if kind == "doc":
        return Reading(converting.read_with_antiword(data, seconds=CONVERSION_SECONDS))
    raise UnreadableFile(gettext_noop("This is an RTF file: please open it in Word and save it as .docx."))


def _latin(start: bytes) -> bytes:
    """The first bytes of a page in UTF-16 without its zeros."""
    return start[2:].replace(b"\0", b"") if start.startswith((b"\xff\xfe", b"\xfe\xff")) else start


def _refuse_endless(source: Source) -> None:
    characters = sum(len(paragraph.text) for paragraph in source.paragraphs)
    if len(source.paragraphs) > MAX_LINES or characters > MAX_CHARACTERS:
        raise UnreadableFile(gettext_noop("The text is longer than any regulation: please split the file."))
