"""Read Word files (.docx): bytes → Source, as the file reads with all tracked changes accepted.

Paragraphs with their automatic numbers written out, soft breaks as line ends, tables and notes in the notation of
`drafts.importing`. Headers, footers, pictures and the table of contents Word makes are left out; text boxes stand
behind the paragraph they are fastened to. Parsing is bounded by `archive` and by MAX_PARAGRAPHS.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from drafts.importing.archive import Archive, children
from drafts.importing.findings import Finding, UnreadableFile, gettext_noop
from drafts.importing.lines import Paragraph, Source
from drafts.importing.listing import Lists
from drafts.importing.returning import (
    ADDED_STYLE,
    COLUMNS_STYLE,
    LINE_BOOKMARK,
    TABLE_STYLE,
    marks_in,
    wid_in,
)

MAX_PARAGRAPHS = 50_000

_LISTS_OF_PROVISIONS = tuple(f"customXml/item{number}.xml" for number in range(1, 6))
_DELETED = frozenset({"del", "moveFrom"})
_ADDED = frozenset({"ins", "moveTo"})
_PROPERTIES = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "instrText"})
_BULLET_IN_PRIVATE_USE = re.compile(r"^[\ue000-\uf8ff]$")
_LEGACY_FONT = etree.XPath(
    "string(//@*[local-name() = 'ascii' and (starts-with(., '.Vn') or starts-with(., 'VNI-'))][1])"
)


@dataclass(slots=True)
class _Text:
    """The text of a paragraph in the making, with what hangs on it."""

    pieces: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    wid: str = ""


def read_word(data: bytes) -> Source:
    """Read a .docx; raise UnreadableFile when it is none, is damaged, protected, or built to do harm."""
    archive = Archive(data)
    main = archive.main_part()
    root = archive.xml(main)
    if root is None:
        raise UnreadableFile(gettext_noop("This archive is not a Word file: please import a .docx."))
    folder = main.rpartition("/")[0]
    reader = _Reader(
        lists=Lists(archive.xml(f"{folder}/numbering.xml"), archive.xml(f"{folder}/styles.xml")),
        footnotes=_notes(archive.xml(f"{folder}/footnotes.xml")),
        endnotes=_notes(archive.xml(f"{folder}/endnotes.xml")),
    )
    paragraphs = reader.read(root)
    marks = next(filter(None, (marks_in(archive.xml(name)) for name in _LISTS_OF_PROVISIONS)), {})
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise UnreadableFile(gettext_noop("The Word file has no text."))
    return Source("docx", tuple(paragraphs), (*reader.findings(), *_legacy_fonts(root)), marks)


class _Reader:
    """Walks the body once, counting paragraphs, lists and notes as it goes."""

    def __init__(
        self, *, lists: Lists, footnotes: dict[str, etree._Element], endnotes: dict[str, etree._Element]
    ) -> None:
        self._lists = lists
        self._footnotes = footnotes
        self._endnotes = endnotes
        self._note_count = {"footnoteReference": 0, "endnoteReference": 0}
        self._line = 0
        self._in_note = False
        self._carried: _Text | None = None
        self._tracked = self._comments = self._contents = 0
        self._tracked_line = self._contents_line = 0
        self._wid = ""

    def read(self, root: etree._Element) -> list[Paragraph]:
        body = next((child for child in children(root) if _local(child) == "body"), root)
        return [*self._blocks(body), *self._left_over()]

    def findings(self) -> Iterator[Finding]:
        if self._tracked:
            message = gettext_noop("The file has tracked changes: they were all taken as accepted.")
            yield Finding(self._tracked_line, message)
        if self._comments:
            message = gettext_noop("The file has comments in its margin (%(count)s): they were not taken over.")
            yield Finding(1, message, {"count": self._comments})
        if self._contents:
            message = gettext_noop("The table of contents was left out: it is made anew from the headings.")
            yield Finding(self._contents_line, message)

    # Blocks

    def _blocks(self, parent: etree._Element) -> Iterator[Paragraph]:
        for child in children(parent):
            match _local(child):
                case "p":
                    yield from self._paragraph(child)
                case "tbl" if self._table_style(child) == COLUMNS_STYLE:
                    yield from self._columns(child)
                case "tbl":
                    yield from self._table(child)
                case "bookmarkStart":
                    self._wid = wid_in(_attribute(child, "name")) or self._wid
                case "AlternateContent":
                    yield from self._blocks(_chosen(child))
                case name if name in _DELETED:
                    self._note_change()
                case name if name not in _PROPERTIES:
                    yield from self._blocks(child)

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph]:
        self._next_line()
        properties = next((child for child in children(element) if _local(child) == "pPr"), None)
        style = self._lists.style_name(properties)
        if style == ADDED_STYLE:
            return
        if re.match(r"toc \d", style):
            self._contents += 1
            self._contents_line = self._contents_line or self._line
            return
        text = self._carried or _Text()
        self._carried = None
        if not _is_mark_gone(properties):
            text.pieces.insert(0, self._marker(properties))
        self._inline(element, text)
        if _is_mark_gone(properties):
            self._note_change()
            self._carried = text
            return
        yield from self._finished(text)

    def _left_over(self) -> Iterator[Paragraph]:
        """What stands before a deleted paragraph mark with nothing behind it."""
        text, self._carried = self._carried, None
        if text is not None:
            yield from self._finished(text)

    def _finished(self, text: _Text) -> Iterator[Paragraph]:
        line = self._line
        written = "".join(text.pieces)
        wid, self._wid = text.wid or self._wid, ""
        yield Paragraph(f"\\{written}" if written.startswith("|") else written, line, tuple(text.notes), wid)
        for box in text.boxes:
            yield from self._blocks(box)

    def _marker(self, properties: etree._Element | None) -> str:
        marker = self._lists.marker(properties)
        return f"• {marker[1:].strip()}" if marker and _BULLET_IN_PRIVATE_USE.match(marker.strip()) else marker

    def _next_line(self) -> None:
        self._line += not self._in_note
        if self._line > MAX_PARAGRAPHS:
            message = gettext_noop("The Word file has more than %(count)s paragraphs: please split it.")
            raise UnreadableFile(message, {"count": MAX_PARAGRAPHS})

    # Tables

    def _table(self, table: etree._Element) -> Iterator[Paragraph]:
        rows = [row for row in _inside(table, "tr") if not self._is_gone(row)]
        cells = [[cell for cell in _inside(row, "tc") if not self._is_gone(cell)] for row in rows]
        if len(rows) == 1 and len(cells[0]) == 1 and self._table_style(table) != TABLE_STYLE:
            yield from self._blocks(cells[0][0])
            yield from self._left_over()
            return
        for row in cells:
            first = self._line + 1
            wid, self._wid = self._wid, ""
            written: list[str] = []
            notes: list[str] = []
            for cell in row:
                written += self._cell(cell, notes)
            if written:
                yield Paragraph(f"| {' | '.join(written)} |", first, tuple(notes), wid)

    def _columns(self, table: etree._Element) -> Iterator[Paragraph]:
        """Lines of a text that were set side by side, in the order they have in the text."""
        place = 0
        lines: list[tuple[int, Paragraph]] = []
        for row in _inside(table, "tr"):
            for cell in _inside(row, "tc"):
                for child in children(cell):
                    place = _place_of_line(child) or place
                    lines += ((place, paragraph) for paragraph in self._paragraph(child) if _local(child) == "p")
        yield from (paragraph for _, paragraph in sorted(lines, key=lambda line: line[0]))

    def _table_style(self, table: etree._Element) -> str:
        properties = next((child for child in children(table) if _local(child) == "tblPr"), ())
        style = next((child for child in properties if _local(child) == "tblStyle"), None)
        return "" if style is None else self._lists.style_names.get(_attribute(style, "val") or "", "")

    def _cell(self, cell: etree._Element, notes: list[str]) -> list[str]:
        """The cell's text, escaped, and a "<" for every further column it reaches over."""
        span, merge = _cell_shape(cell)
        paragraphs = [*self._blocks(cell), *self._left_over()]
        for paragraph in paragraphs:
            notes += paragraph.notes
        text = "\n".join(paragraph.text.strip() for paragraph in paragraphs).strip("\n")
        return [escaped(text) or merge, *["<"] * (min(span, 100) - 1)]

    def _is_gone(self, element: etree._Element) -> bool:
        """A row or cell whose deletion was tracked."""
        for properties in children(element):
            is_properties = _local(properties) in ("trPr", "tcPr")
            if is_properties and any(_local(child) in ("del", "cellDel") for child in children(properties)):
                self._note_change()
                return True
        return False

    # Inside a paragraph

    def _inline(self, parent: etree._Element, text: _Text) -> None:
        for child in children(parent):
            name = _local(child)
            match name:
                case "t":
                    text.pieces.append(child.text or "")
                case "r" | "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml" | "dir" | "bdo":
                    self._inline(child, text)
                case "tab" | "ptab":
                    text.pieces.append("\t")
                case "br":
                    text.pieces.append("" if _attribute(child, "type") in ("page", "column") else "\n")
                case "cr":
                    text.pieces.append("\n")
                case "noBreakHyphen":
                    text.pieces.append("-")
                case "softHyphen":
                    text.pieces.append("\u00ad")
                case "sym":
                    text.pieces.append(_symbol(_attribute(child, "char")))
                case "footnoteReference" | "endnoteReference":
                    self._note(name, _attribute(child, "id") or "", text)
                case "commentReference":
                    self._comments += 1
                case "bookmarkStart" if not "".join(text.pieces).strip():
                    text.wid = wid_in(_attribute(child, "name")) or text.wid
                case "txbxContent":
                    text.boxes.append(child)
                case "AlternateContent":
                    self._inline(_chosen(child), text)
                case "ins" | "moveTo":
                    self._note_change()
                    self._inline(child, text)
                case "del" | "moveFrom":
                    self._note_change()
                case _ if name not in _PROPERTIES and name != "delText":
                    self._inline(child, text)

    def _note(self, kind: str, identity: str, text: _Text) -> None:
        known = self._footnotes if kind == "footnoteReference" else self._endnotes
        note = known.get(identity)
        if note is None or self._in_note:
            return
        self._note_count[kind] += 1
        mark = f"[^{'' if kind == 'footnoteReference' else 'e'}{self._note_count[kind]}]"
        text.pieces.append(mark)
        self._in_note = True
        carried, self._carried = self._carried, None
        paragraphs = [*self._blocks(note), *self._left_over()]
        words = " ".join(paragraph.text.strip() for paragraph in paragraphs)
        self._in_note, self._carried = False, carried
        text.notes.append(f"{mark}: {words.strip()}")

    def _note_change(self) -> None:
        self._tracked += 1
        self._tracked_line = self._tracked_line or max(self._line, 1)


def escaped(text: str) -> str:
    """A cell's text in the table notation."""
    if text in ("<", "^"):
        return f"\\{text}"
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _legacy_fonts(root: etree._Element) -> Iterator[Finding]:
    """Fonts of the time before Unicode show other letters than the file holds."""
    if font := str(_LEGACY_FONT(root)):
        message = gettext_noop("The file uses the old font %(font)s: its text may have to be converted to Unicode.")
        yield Finding(1, message, {"font": font})


def _notes(root: etree._Element | None) -> dict[str, etree._Element]:
    notes = () if root is None else children(root)
    return {_attribute(note, "id") or "": note for note in notes if _attribute(note, "type") in (None, "normal")}


def _is_mark_gone(properties: etree._Element | None) -> bool:
    """Whether the end of the paragraph was deleted with tracking: the next paragraph goes on in its line."""
    for child in () if properties is None else children(properties):
        if _local(child) == "rPr":
            return any(_local(mark) in _DELETED for mark in children(child))
    return False


def _cell_shape(cell: etree._Element) -> tuple[int, str]:
    """How many columns a cell takes, and "^" or "<" when it only continues another."""
    span, merge = 1, ""
    for properties in children(cell):
        if _local(properties) != "tcPr":
            continue
        for child in children(properties):
            value = _attribute(child, "val")
            match _local(child):
                case "gridSpan":
                    span = int(value) if value and value.isdecimal() and len(value) < 4 else 1
                case "vMerge" if value != "restart":
                    merge = "^"
                case "hMerge" if value != "restart":
                    merge = "<"
    return max(span, 1), merge


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table, the cells of a row, through content controls and tracked insertions."""
    for child in children(parent):
        local = _local(child)
        if local == name:
            yield child
        elif local in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, name)


def _chosen(alternatives: etree._Element) -> etree._Element:
    """One of the ways in which the same content is written; Word writes the modern one first."""
    return next(children(alternatives), alternatives)


def _place_of_line(paragraph: etree._Element) -> int:
    """The place in the text that a line set in columns names; 0 when it names none."""
    for child in children(paragraph):
        name = (_attribute(child, "name") or "") if _local(child) == "bookmarkStart" else ""
        if name.startswith(LINE_BOOKMARK) and name[len(LINE_BOOKMARK) :].isdecimal():
            return int(name[len(LINE_BOOKMARK) :])
    return 0


def _symbol(code: str | None) -> str:
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return chr(value) if 0x20 <= value < 0xD800 or 0xE000 <= value <= 0xFFFD else ""


def _local(element: etree._Element) -> str:
    return _without_namespace(str(element.tag))


@lru_cache(maxsize=500)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: etree._Element, name: str) -> str | None:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
