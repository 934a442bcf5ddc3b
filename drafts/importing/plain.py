"""Read text files: bytes → Source. The encoding is told by the bytes, and refused where they do not tell.

A byte order mark, then UTF-8, then UTF-16 by its zeros, then the eight-bit encodings of Vietnamese offices: TCVN3 and
VNI (kept as they are for `decoding`), windows-1258. Of these the one counts that makes Vietnamese syllables of words.
"""

import unicodedata

from drafts.importing import legacy
from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.lines import Paragraph, Source
from drafts.importing.markdown import is_markdown, read_markdown

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\x0b\x0c\r\x1e\x1f\x07\x1b")
_LEAST_SHARE = 0.8
_LEAST_WORDS = 2
_SAMPLE = 200_000
_NO_TEXT = gettext_noop("The file is not text: please save it as .docx or as UTF-8 text.")
_UNKNOWN = gettext_noop(
    "The encoding of the text is not recognised: please save it as .docx or as text with encoding UTF-8."
)


def read_text(data: bytes) -> Source:
    """Decode a text file; raise UnreadableFile when it is not text."""
    text = decoded(data)
    if not text.strip():
        raise UnreadableFile(gettext_noop("The file is empty."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if is_markdown(lines):
        return read_markdown(lines)
    return Source("txt", tuple(Paragraph(line, number) for number, line in enumerate(lines, start=1)))


def decoded(data: bytes) -> str:
    """The letters of a text; raises UnreadableFile when it is none or its encoding cannot be told."""
    encoding, start = next(((name, len(mark)) for mark, name in _BOMS if data.startswith(mark)), ("", 0))
    encoding = encoding or _utf_16(data)
    if not encoding.startswith("utf-16") and len(data.translate(None, _CONTROLS)) < len(data) - len(data) // 1000:
        raise UnreadableFile(_NO_TEXT)
    encoding = encoding or _utf_8_or_eight_bit(data)
    try:
        return unicodedata.normalize("NFC", data[start:].decode(encoding))
    except UnicodeDecodeError:
        raise UnreadableFile(_UNKNOWN) from None


def _utf_8_or_eight_bit(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data[:_SAMPLE])
    return "utf-8"


def _utf_16(data: bytes) -> str:
    """UTF-16 shows in the zeros of its Latin letters; "" for everything else."""
    sample = data[:2000]
    if len(data) % 2 or not sample:
        return ""
    for name, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if high.count(0) * 3 > len(high) and not low.count(0) and max(high) <= 0x20:
            return name
    return ""


def _eight_bit(data: bytes) -> str:
    """The eight-bit encoding in which most of the words are Vietnamese."""
    shares = {}
    for name in ("latin-1", "cp1258"):
        text = unicodedata.normalize("NFC", data.decode(name, "replace"))
        if name == "latin-1" and (old := legacy.of_text(text)):
            text = legacy.to_unicode(text, old)
        words = [word for word in legacy.words_of(text) if not word.isascii()]
        shares[name] = legacy.vietnamese_share(words) if len(words) >= _LEAST_WORDS else 0
    best = max(shares, key=lambda name: shares[name])
    if shares[best] < _LEAST_SHARE:
        raise UnreadableFile(_UNKNOWN)
    return best
