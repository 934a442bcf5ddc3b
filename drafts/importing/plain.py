"""Read text files: bytes → Source. UTF-8 (with or without mark) and UTF-16 with its mark; nothing is guessed.

Legacy Vietnamese encodings (TCVN3, VNI) are to be converted here, before any clean-up, when the time comes.
"""

from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.lines import Paragraph, Source

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\x0b\x0c\r\x1e\x1f\x07\x1b")


def read_text(data: bytes) -> Source:
    """Decode a text file; raise UnreadableFile when it is not text."""
    text = _decode(data)
    if not text.strip():
        raise UnreadableFile(gettext_noop("The file is empty."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Source("txt", tuple(Paragraph(line, number) for number, line in enumerate(lines, start=1)))


def _decode(data: bytes) -> str:
    encoding, start = next(((name, len(mark)) for mark, name in _BOMS if data.startswith(mark)), ("utf-8", 0))
    if encoding == "utf-8" and len(data.translate(None, _CONTROLS)) < len(data) - len(data) // 1000:
        raise UnreadableFile(gettext_noop("The file is not text: please save it as .docx or as UTF-8 text."))
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError:
        message = gettext_noop("The text is not in UTF-8: please save it as .docx or as text with encoding UTF-8.")
        raise UnreadableFile(message) from None
