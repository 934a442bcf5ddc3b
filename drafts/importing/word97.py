"""Look into the container Word 97 files are, far enough to tell what it holds. Nothing is parsed that could do harm.

The container (MS-CFB) is used by Word, Excel, PowerPoint, and by Office for encrypted new files: its directory, entries
of 128 bytes with names in UTF-16, tells which. The text itself is read by LibreOffice or antiword (`converting`).
"""

import struct

from drafts.importing.findings import UnreadableFile, gettext_noop

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENTRY = 128
_SMALL = 64
_LISTED = 109  # sectors of the allocation table the header has room for: 7 MB, far beyond any small stream
_ENCRYPTED = 0x0100  # fEncrypted of FibBase
_WORD = 0xA5EC  # wIdent of FibBase
_OLDEST = 0x00C1  # nFib of Word 97
_PASSWORD = gettext_noop("The file is protected by a password: please remove it first.")
_MACROS = gettext_noop("The file contains macros: please save it as .docx without macros.")
_DAMAGED = gettext_noop("The Word file is damaged: please open it in Word and save it again.")
_OTHERS = (
    ("Workbook", gettext_noop("This is an Excel file: please import a Word file (.docx).")),
    ("Book", gettext_noop("This is an Excel file: please import a Word file (.docx).")),
    ("PowerPoint Document", gettext_noop("This is a PowerPoint file: please import a Word file (.docx).")),
)


def check(data: bytes) -> None:
    """Refuse with one sentence what is not an open Word 97 document without macros."""
    if _entry(data, "EncryptedPackage") or _entry(data, "EncryptionInfo"):
        raise UnreadableFile(_PASSWORD)
    document = _entry(data, "WordDocument")
    if not document:
        for name, message in _OTHERS:
            if _entry(data, name):
                raise UnreadableFile(message)
        if not _entry(data, "Root Entry"):  # its directory was cut off
            raise UnreadableFile(_DAMAGED)
        raise UnreadableFile(gettext_noop("This is not a Word file: please import a .docx."))
    if _entry(data, "_VBA_PROJECT"):
        raise UnreadableFile(_MACROS)
    identity, version, flags = _beginning(data, document)
    if identity != _WORD:
        raise UnreadableFile(_DAMAGED)
    if version < _OLDEST:
        raise UnreadableFile(gettext_noop("The Word file is older than Word 97: please save it as .docx."))
    if flags & _ENCRYPTED:
        raise UnreadableFile(_PASSWORD)


def _entry(data: bytes, name: str) -> int:
    """Where the directory's entry of a stream or storage stands in the file; 0 when there is none."""
    written = name.encode("utf-16-le") + b"\0\0"
    at = data.find(written)
    while at > 0:
        if at % _ENTRY == 0 and data[at + 64 : at + 66] == struct.pack("<H", len(written)):
            return at
        at = data.find(written, at + 1)
    return 0


def _beginning(data: bytes, entry: int) -> tuple[int, int, int]:
    """wIdent, nFib and flags at the beginning of the stream a directory entry names."""
    try:
        start = _start_of_stream(data, entry)
        identity, version = struct.unpack_from("<HH", data, start)
        (flags,) = struct.unpack_from("<H", data, start + 10)
    except struct.error:
        raise UnreadableFile(_DAMAGED) from None
    return identity, version, flags


def _start_of_stream(data: bytes, entry: int) -> int:
    """The offset of a stream; short ones stand in small sectors inside the stream of the root entry."""
    (shift,) = struct.unpack_from("<H", data, 30)
    (cutoff,) = struct.unpack_from("<I", data, 56)
    sector, size = struct.unpack_from("<II", data, entry + 116)
    if shift not in (9, 12):
        raise UnreadableFile(_DAMAGED)
    if size >= cutoff:
        return int((sector + 1) << shift)
    (directory,) = struct.unpack_from("<I", data, 48)
    (home,) = struct.unpack_from("<I", data, ((directory + 1) << shift) + 116)
    for _ in range(min(sector * _SMALL >> shift, len(data) >> shift)):
        home = _following(data, home, shift)
    return int(((home + 1) << shift) + (sector * _SMALL) % (1 << shift))


def _following(data: bytes, sector: int, shift: int) -> int:
    """The sector that goes on where this one ends, by the table whose own sectors the header lists."""
    in_one = (1 << shift) // 4
    if sector // in_one >= _LISTED:
        raise UnreadableFile(_DAMAGED)
    (table,) = struct.unpack_from("<I", data, 76 + 4 * (sector // in_one))
    (following,) = struct.unpack_from("<I", data, ((table + 1) << shift) + 4 * (sector % in_one))
    return int(following)
