"""Read: bytes → Source. What a file is, is told by its content, never by its name."""

import re

from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.lines import Source
from drafts.importing.plain import read_text
from drafts.importing.word import read_word

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 5_000_000  # nine times the longest decree we have seen
MAX_LINES = 50_000

_SIGNATURES = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        gettext_noop("This is an old or password-protected Word file: please open it in Word and save it as .docx."),
    ),
    (b"%PDF", gettext_noop("This is a PDF file: please import the Word file (.docx) it was made from.")),
    (b"{\\rtf", gettext_noop("This is an RTF file: please open it in Word and save it as .docx.")),
    (b"\x89PNG", gettext_noop("This is a picture, not a text: please import a Word file (.docx).")),
    (b"\xff\xd8\xff", gettext_noop("This is a picture, not a text: please import a Word file (.docx).")),
)
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml|mime-version:)", re.IGNORECASE)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def read(data: bytes) -> Source:
    """Choose the reader by the first bytes."""
    if not data:
        raise UnreadableFile(gettext_noop("The file is empty."))
    if len(data) > MAX_BYTES:
        message = gettext_noop("The file is larger than %(megabytes)s MB: please remove its pictures.")
        raise UnreadableFile(message, {"megabytes": MAX_BYTES // 1_000_000})
    for signature, message in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFile(message)
    if _PAGE.match(data[:200].removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableFile(
            gettext_noop("This is a web page, not a text: please open it in Word and save it as .docx.")
        )
    source = read_word(data) if data.startswith(_ZIP) else read_text(data)
    if (
        len(source.paragraphs) > MAX_LINES
        or sum(len(paragraph.text) for paragraph in source.paragraphs) > MAX_CHARACTERS
    ):
        raise UnreadableFile(gettext_noop("The text is longer than any regulation: please split the file."))
    return source
