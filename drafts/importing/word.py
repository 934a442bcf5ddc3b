"""Read Word files (.docx): bytes → Source, as the file reads with all tracked changes accepted.

Paragraphs with their automatic numbers written out, soft breaks as line ends, tables and notes in the notation of
`drafts.importing`; old fonts and picture fonts converted run by run. Pictures and the table of contents Word makes are
left out, page headers and footers are named in a finding; text boxes stand behind the paragraph they are fastened to.
Parsing is bounded by `archive` and by MAX_PARAGRAPHS.
"""

import re
from collections.abc import Iterator

from lxml import etree

from drafts.importing.archive import Archive, attribute, children, local_name
from drafts.importing.decoding import Conversions
from drafts.importing.findings import Finding, UnreadableFile, gettext_noop
from drafts.importing.lines import Paragraph, Remark, Source
from drafts.importing.listing import Lists
from drafts.importing.margin import Margin
from drafts.importing.returning import (
    ADDED_STYLE,
    BARE_TABLE_STYLE,
    COLUMNS_STYLE,
    LINE_BOOKMARK,
    TABLE_STYLE,
    marks_in,
    wid_in,
)
from drafts.importing.runs import Piece, RunningText
from drafts.importing.styles import Shape, Styles

MAX_PARAGRAPHS = 50_000
MAX_NESTED_TABLES = 3
"""Tables deeper inside tables give their text only: their notation would double with every level."""

_LISTS_OF_PROVISIONS = tuple(f"customXml/item{number}.xml" for number in range(1, 6))
_OWN_TABLES = (TABLE_STYLE, BARE_TABLE_STYLE)
_DELETED = frozenset({"del", "moveFrom"})
_PROPERTIES = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "instrText"})
_BORDERS = {"commentRangeStart": True, "commentRangeEnd": False}
_BULLET_IN_PRIVATE_USE = re.compile(r"^[\ue000-\uf8ff]$")
_CONTENTS = re.compile(r"toc \d")
_HEADER_OR_FOOTER = re.compile(r"(?:header|footer)\d*\.xml")
_PAGE_NUMBER = re.compile(r"(?:trang|page|of|/|[-–—.\s\d])*", re.IGNORECASE)
_LINE_END = "\n"
_MOST_NAMES = 3
_MOST_PAGE_WORDS = 3
_LONGEST_PAGE_WORDS = 300


def read_word(data: bytes) -> Source:
    """Read a .docx; raise UnreadableFile when it is none, is damaged, protected, or built to do harm."""
    archive = Archive(data)
    main = archive.main_part()
    root = archive.xml(main)
    if root is None:
        raise UnreadableFile(gettext_noop("This archive is not a Word file: please import a .docx."))
    folder = main.rpartition("/")[0]
    styles = archive.xml(f"{folder}/styles.xml")
    reader = _Reader(
        lists=Lists(archive.xml(f"{folder}/numbering.xml"), styles),
        styles=Styles(styles),
        footnotes=_notes(archive.xml(f"{folder}/footnotes.xml")),
        endnotes=_notes(archive.xml(f"{folder}/endnotes.xml")),
    )
    paragraphs = reader.read(root)
    marks = next(filter(None, (marks_in(archive.xml(name)) for name in _LISTS_OF_PROVISIONS)), {})
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise UnreadableFile(gettext_noop("The Word file has no text."))
    remarks = reader.remarks(archive.xml(f"{folder}/comments.xml"))
    findings = [*reader.findings(), *_page_findings(reader, archive, folder)]
    if remarks:
        message = gettext_noop(
            "The file has comments in its margin (%(count)s): take them over once an edition is issued."
        )
        findings.append(Finding(1, message, {"count": len(remarks)}))
    title = _title(archive) if marks else ""
    conversions = reader.conversions.result()
    return Source("docx", tuple(paragraphs), tuple(findings), marks, conversions, remarks, title)


class _Reader:
    """Walks the body once, counting paragraphs, lists and notes as it goes."""

    def __init__(
        self,
        *,
        lists: Lists,
        styles: Styles,
        footnotes: dict[str, etree._Element],
        endnotes: dict[str, etree._Element],
    ) -> None:
        self.conversions = Conversions()
        self.margin = Margin()
        self._lists = lists
        self._styles = styles
        self._footnotes = footnotes
        self._endnotes = endnotes
        self._note_count = {"footnoteReference": 0, "endnoteReference": 0}
        self._line = 0
        self._tables = 0
        self._in_note = False
        self._carried: RunningText | None = None
        self._wid = ""
        self._waiting: list[tuple[str, bool]] = []  # borders of comments between two paragraphs
        self._changes = self._contents = 0
        self._change_line = self._contents_line = 0
        self._changed_by: dict[str, None] = {}

    def read(self, root: etree._Element) -> list[Paragraph]:
        body = next((child for child in children(root) if local_name(child) == "body"), root)
        return [*self._blocks(body), *self._left_over()]

    def words(self, root: etree._Element) -> str:
        """The text of what stands outside the body: a note, a comment, a page header."""
        in_note, carried, waiting = self._in_note, self._carried, self._waiting
        self._in_note, self._carried, self._waiting = True, None, []
        paragraphs = [*self._blocks(root), *self._left_over()]
        self._in_note, self._carried, self._waiting = in_note, carried, waiting
        return "\n".join(paragraph.text.strip() for paragraph in paragraphs).strip()

    def remarks(self, root: etree._Element | None) -> tuple[Remark, ...]:
        """The comments of the file, in its order, about the words they were found on."""
        found = () if root is None else children(root)
        return self.margin.remarks((comment, self.words(comment)) for comment in found)

    def findings(self) -> Iterator[Finding]:
        if self._changes:
            yield Finding(self._change_line, *self._change_message())
        if self._contents:
            message = gettext_noop("The table of contents was left out: it is made anew from the headings.")
            yield Finding(self._contents_line, message)

    def _change_message(self) -> tuple[str, dict[str, str | int]]:
        names = list(self._changed_by)
        if not names:
            message = gettext_noop("The file has tracked changes (%(count)s): they were all taken as accepted.")
            return message, {"count": self._changes}
        message = gettext_noop(
            "The file has tracked changes (%(count)s, by %(names)s): they were all taken as accepted."
        )
        shown = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
        return message, {"count": self._changes, "names": shown}

    # Blocks

    def _blocks(self, parent: etree._Element) -> Iterator[Paragraph]:
        for child in children(parent):
            match local_name(child):
                case "p":
                    yield from self._paragraph(child)
                case "tbl" if self._table_style(child) == COLUMNS_STYLE:
                    yield from self._columns(child)
                case "tbl":
                    yield from self._table(child)
                case "bookmarkStart":
                    self._wid = wid_in(attribute(child, "name")) or self._wid
                case "AlternateContent":
                    yield from self._blocks(_chosen(child))
                case name if name in _DELETED:
                    self._note_change(child)
                case name if name in _BORDERS:
                    self._waiting.append((attribute(child, "id") or "", _BORDERS[name]))
                case name if name not in _PROPERTIES:
                    yield from self._blocks(child)

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph]:
        self._next_line()
        if not len(element) and self._carried is None:
            yield Paragraph("", self._line)
            return
        properties = next((child for child in children(element) if local_name(child) == "pPr"), None)
        style = self._lists.style_name(properties)
        if style == ADDED_STYLE:
            return
        if _CONTENTS.match(style):
            self._contents += 1
            self._contents_line = self._contents_line or self._line
            return
        text = self._carried or RunningText()
        self._carried = None
        shape = self._styles.of_paragraph(properties)
        mark = _deletion_of_mark(properties)
        if mark is None:
            text.pieces.insert(0, Piece(self._marker(properties), Shape(bold=True)))
            text.level = self._styles.level(properties)
        for identity, begins in self._waiting:
            text.mark(identity, begins=begins)
        self._waiting = []
        self._inline(element, text, shape)
        if mark is not None:
            self._note_change(mark)
            self._carried = text
            return
        yield from self._finished(text)

    def _left_over(self) -> Iterator[Paragraph]:
        """What stands before a deleted paragraph mark with nothing behind it."""
        text, self._carried = self._carried, None
        if text is not None:
            yield from self._finished(text)

    def _finished(self, text: RunningText) -> Iterator[Paragraph]:
        line = self._line
        written = text.written(self.conversions)
        self.margin.take(written, line=max(line, 1))
        wid, self._wid = text.wid or self._wid, ""
        is_escaped = written.text.startswith("|")
        yield Paragraph(
            f"\\{written.text}" if is_escaped else written.text,
            line,
            tuple(text.notes),
            wid,
            bold=written.bold + is_escaped if written.bold else 0,
            level=text.level,
        )
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
        is_frame = len(rows) == 1 and len(cells[0]) == 1 and self._table_style(table) not in _OWN_TABLES
        if is_frame or self._tables == MAX_NESTED_TABLES:
            for cell in (cell for row in cells for cell in row):
                yield from self._blocks(cell)
                yield from self._left_over()
            return
        self._tables += 1
        for row in cells:
            first = self._line + 1
            wid, self._wid = self._wid, ""
            written: list[str] = []
            notes: list[str] = []
            for cell in row:
                written += self._cell(cell, notes)
            if written:
                yield Paragraph(f"| {' | '.join(written)} |", first, tuple(notes), wid)
        self._tables -= 1

    def _columns(self, table: etree._Element) -> Iterator[Paragraph]:
        """Lines of a text that were set side by side, in the order they have in the text."""
        place = 0
        lines: list[tuple[int, Paragraph]] = []
        for row in _inside(table, "tr"):
            for cell in _inside(row, "tc"):
                for child in children(cell):
                    place = _place_of_line(child) or place
                    lines += ((place, paragraph) for paragraph in self._paragraph(child) if local_name(child) == "p")
        yield from (paragraph for _, paragraph in sorted(lines, key=lambda line: line[0]))

    def _table_style(self, table: etree._Element) -> str:
        properties = next((child for child in children(table) if local_name(child) == "tblPr"), ())
        style = next((child for child in properties if local_name(child) == "tblStyle"), None)
        return "" if style is None else self._lists.style_names.get(attribute(style, "val") or "", "")

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
            if local_name(properties) in ("trPr", "tcPr"):
                for child in children(properties):
                    if local_name(child) in ("del", "cellDel"):
                        self._note_change(child)
                        return True
        return False

    # Inside a paragraph

    def _inline(self, parent: etree._Element, text: RunningText, shape: Shape) -> None:
        for child in children(parent):
            name = local_name(child)
            match name:
                case "t":
                    text.add(child.text or "", shape)
                case "r":
                    if len(child):
                        self._inline(child, text, self._run_shape(child, shape))
                case "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml" | "dir" | "bdo":
                    self._inline(child, text, shape)
                case "tab" | "ptab":
                    text.add("\t", shape)
                case "br":
                    text.add("" if attribute(child, "type") in ("page", "column") else "\n", shape)
                case "cr":
                    text.add("\n", shape)
                case "noBreakHyphen":
                    text.add("-", shape)
                case "softHyphen":
                    text.add("\u00ad", shape)
                case "sym":
                    text.add(_symbol(attribute(child, "char")), Shape(attribute(child, "font"), shape.bold))
                case "footnoteReference" | "endnoteReference":
                    self._note(name, attribute(child, "id") or "", text, shape)
                case "commentReference":
                    self.margin.met(attribute(child, "id") or "", line=max(self._line, 1))
                case "commentRangeStart" | "commentRangeEnd":
                    text.mark(attribute(child, "id") or "", begins=_BORDERS[name])
                case "bookmarkStart" if not text.has_letters():
                    text.wid = wid_in(attribute(child, "name")) or text.wid
                case "txbxContent":
                    text.boxes.append(child)
                case "AlternateContent":
                    self._inline(_chosen(child), text, shape)
                case "ins" | "moveTo":
                    self._note_change(child)
                    self._inline(child, text, shape)
                case "del" | "moveFrom":
                    self._note_change(child)
                case _ if name not in _PROPERTIES and name != "delText":
                    self._inline(child, text, shape)

    def _run_shape(self, run: etree._Element, paragraph: Shape) -> Shape:
        first = run[0]
        properties = first if isinstance(first.tag, str) and local_name(first) == "rPr" else None
        return self._styles.of_run(properties, paragraph)

    def _note(self, kind: str, identity: str, text: RunningText, shape: Shape) -> None:
        known = self._footnotes if kind == "footnoteReference" else self._endnotes
        note = known.get(identity)
        if note is None or self._in_note:
            return
        self._note_count[kind] += 1
        mark = f"[^{'' if kind == 'footnoteReference' else 'e'}{self._note_count[kind]}]"
        text.add(mark, Shape(bold=shape.bold))
        text.notes.append(f"{mark}: {self.words(note).replace(_LINE_END, ' ')}")

    def _note_change(self, change: etree._Element) -> None:
        self._changes += 1
        self._change_line = self._change_line or max(self._line, 1)
        if (author := attribute(change, "author")) and len(self._changed_by) <= _MOST_NAMES:
            self._changed_by[author.strip()] = None


def escaped(text: str) -> str:
    """A cell's text in the table notation."""
    if text in ("<", "^"):
        return f"\\{text}"
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _title(archive: Archive) -> str:
    """What the file's properties say it is called."""
    properties = archive.xml("docProps/core.xml")
    said = () if properties is None else children(properties)
    return next((" ".join((child.text or "").split()) for child in said if local_name(child) == "title"), "")


def _page_findings(reader: _Reader, archive: Archive, folder: str) -> Iterator[Finding]:
    """What page headers and footers say besides page numbers: it is no text of the draft, but nobody shall miss it."""
    said: dict[str, None] = {}
    for name in sorted(archive.names()):
        place, _, part = name.rpartition("/")
        if place == folder and _HEADER_OR_FOOTER.fullmatch(part):
            root = archive.xml(name)
            words = "" if root is None else " ".join(reader.words(root).split())
            if not _PAGE_NUMBER.fullmatch(words):
                said[words[:_LONGEST_PAGE_WORDS]] = None
    for words in list(said)[:_MOST_PAGE_WORDS]:
        message = gettext_noop("The page header or footer says “%(words)s”: it was not taken into the text.")
        yield Finding(1, message, {"words": words})


def _notes(root: etree._Element | None) -> dict[str, etree._Element]:
    notes = () if root is None else children(root)
    return {attribute(note, "id") or "": note for note in notes if attribute(note, "type") in (None, "normal")}


def _deletion_of_mark(properties: etree._Element | None) -> etree._Element | None:
    """The tracked deletion of the end of the paragraph: the next paragraph goes on in its line."""
    for child in () if properties is None else children(properties):
        if local_name(child) == "rPr":
            return next((mark for mark in children(child) if local_name(mark) in _DELETED), None)
    return None


def _cell_shape(cell: etree._Element) -> tuple[int, str]:
    """How many columns a cell takes, and "^" or "<" when it only continues another."""
    span, merge = 1, ""
    for properties in children(cell):
        if local_name(properties) != "tcPr":
            continue
        for child in children(properties):
            value = attribute(child, "val")
            match local_name(child):
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
        local = local_name(child)
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
        name = (attribute(child, "name") or "") if local_name(child) == "bookmarkStart" else ""
        if name.startswith(LINE_BOOKMARK) and name[len(LINE_BOOKMARK) :].isdecimal():
            return int(name[len(LINE_BOOKMARK) :])
    return 0


def _symbol(code: str | None) -> str:
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return chr(value) if 0x20 <= value < 0xD800 or 0xE000 <= value <= 0xFFFD else ""
