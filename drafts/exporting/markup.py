"""WordprocessingML as strings: the smallest pieces, each well-formed by itself once the namespaces are declared."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'mc:Ignorable="w14 w15"'
)
# What XML 1.0 cannot hold, and what would turn the direction of the text behind it.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without control characters; a line end or tab becomes a blank."""
    return re.sub(r"[\t\r\n]", " ", _NOT_TEXT.sub("", text))


def words(text: str, *, deleted: bool = False) -> str:
    """The text element of a run."""
    name = "w:delText" if deleted else "w:t"
    return f'<{name} xml:space="preserve">{escape(plain(text))}</{name}>'


def attribute(value: object) -> str:
    """The value with its quotation marks."""
    return quoteattr(plain(str(value)))


def run(content: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def half_points(points: float) -> int:
    return round(points * 2)
