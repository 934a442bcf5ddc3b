"""The archive a .docx is: bounded access to its parts. Nothing is unpacked to disk, nothing is believed.

Limits are far above what offices write (580 kB of text, 146 articles: 0.25 million tags) and far below what hurts.
"""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from drafts.importing.findings import UnreadableFile, gettext_noop

MAX_ENTRIES = 5_000
MAX_XML_BYTES = 64_000_000  # of all parts read together
MAX_TAGS = 1_000_000
MAX_RATIO = 150
_RATIO_COUNTS_FROM = 4_000_000  # small parts may compress as well as they like

_DAMAGED = gettext_noop("The Word file is damaged: please open it in Word and save it again.")
_TOO_LARGE = gettext_noop("The Word file is too large to be read: please split it or remove what is not text.")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
    KeyError, IndexError, OverflowError, struct.error,
)  # fmt: skip
_OTHER_PROGRAMS = (
    ("xl/", gettext_noop("This is an Excel file: please import a Word file (.docx).")),
    ("ppt/", gettext_noop("This is a PowerPoint file: please import a Word file (.docx).")),
)


def damaged() -> UnreadableFile:
    return UnreadableFile(_DAMAGED)


class Archive:
    """The parts of a .docx by name. Raises UnreadableFile for everything that is not a sound, harmless Word file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        except _BROKEN:
            raise damaged() from None
        self._bytes_left = MAX_XML_BYTES
        self._tags_left = MAX_TAGS
        self._refuse_hostile()

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part; None when there is no such part."""
        data = self._read(name)
        if data is None:
            return None
        self._tags_left -= data.count(b"<")
        if self._tags_left < 0:
            raise UnreadableFile(_TOO_LARGE)
        return parse(data)

    def main_part(self) -> str:
        """The name of the part with the document's text ("word/document.xml", rarely another)."""
        relations = self.xml("_rels/.rels")
        for relation in () if relations is None else relations:
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                name = str(relation.get("Target", "")).lstrip("/")
                if name in self._entries and name.endswith(".xml"):
                    self._refuse_other_programs(name)
                    return name
        for name in self._entries:
            self._refuse_other_programs(name)
        if "word/document.xml" in self._entries:
            return "word/document.xml"
        raise UnreadableFile(gettext_noop("This archive is not a Word file: please import a .docx."))

    def names(self) -> list[str]:
        return list(self._entries)

    def _refuse_hostile(self) -> None:
        if len(self._entries) > MAX_ENTRIES:
            raise UnreadableFile(_TOO_LARGE)
        if len(self._entries) < len(self._zip.infolist()):
            raise damaged()  # two parts of one name: programs differ in which they read
        for name, entry in self._entries.items():
            if entry.flag_bits & 1:
                raise UnreadableFile(gettext_noop("The file is protected by a password: please remove it first."))
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
                raise UnreadableFile(gettext_noop("The file holds path names that do not belong in a Word file."))
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise UnreadableFile(gettext_noop("The file holds links, which do not belong in a Word file."))
            if name.lower().endswith("vbaproject.bin"):
                raise UnreadableFile(gettext_noop("The file contains macros: please save it as .docx without macros."))

    def _refuse_other_programs(self, name: str) -> None:
        for folder, message in _OTHER_PROGRAMS:
            if name.startswith(folder):
                raise UnreadableFile(message)
        if name == "content.xml":
            message = gettext_noop("This is a LibreOffice file: please open it and save it as .docx.")
            raise UnreadableFile(message)

    def _read(self, name: str) -> bytes | None:
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.file_size > self._bytes_left or _is_bomb(entry.file_size, entry.compress_size):
            raise UnreadableFile(_TOO_LARGE)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(self._bytes_left + 1)
        except _BROKEN:
            raise damaged() from None
        self._bytes_left -= len(data)
        if self._bytes_left < 0 or _is_bomb(len(data), entry.compress_size):
            raise UnreadableFile(_TOO_LARGE)
        return data


def parse(data: bytes) -> etree._Element:
    """The root of well-formed XML without document type; no entity is ever expanded, no address fetched."""
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(encoding) in data or "<!ENTITY".encode(encoding) in data:
            raise UnreadableFile(gettext_noop("The file declares entities, which a Word file never does."))
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged() from None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise damaged()
    return root


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The element children (no entity references or other nodes)."""
    return (child for child in element if isinstance(child.tag, str))


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace, of which Word has two."""
    return _without_namespace(str(element.tag))


@lru_cache(maxsize=500)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by local name, whichever of Word's two namespaces the file uses."""
    for key, value in element.attrib.items():
        if _without_namespace(str(key)) == name:
            return str(value)
    return None


def value_of(element: etree._Element) -> str | None:
    """The attribute in which Word keeps what an element says."""
    return attribute(element, "val")


def _is_bomb(size: int, compressed: int) -> bool:
    return size > _RATIO_COUNTS_FROM and size > MAX_RATIO * max(compressed, 1)
