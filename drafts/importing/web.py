"""Read web pages: bytes → Source. Also what Word saves as a page: its styles name the fonts, its notes are links.

Scripts, styles and what is hidden are dropped; tables, notes and headings are kept as those of Word files are. The
parser is bounded in tags and depth, resolves no entity of a document type and fetches nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from drafts.importing.archive import children, local_name
from drafts.importing.decoding import Conversions
from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.lines import Paragraph, Source
from drafts.importing.plain import decoded
from drafts.importing.runs import RunningText
from drafts.importing.styles import NO_SHAPE, Shape
from drafts.importing.word import MAX_NESTED_TABLES, escaped

MAX_TAGS = 400_000
MAX_DEPTH = 200
MAX_STYLES = 500_000
LONGEST_STYLE = 2_000

_DROPPED = frozenset(
    "script style head title noscript template iframe object embed svg math select option button textarea input del "
    "xml canvas audio video".split()
)
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre section article header footer main nav aside form "
    "fieldset figure figcaption address center table caption hr body html details summary".split()
)
_BOLD = frozenset("b strong th h1 h2 h3 h4 h5 h6".split())
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_OLD_WESTERN = {"windows-1252": "cp1252", "iso-8859-1": "cp1252", "us-ascii": "cp1252"}
_FONT_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;\"',}]{1,80})", re.IGNORECASE)
_FONT_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_NOTE_LINK = re.compile(r"#_?(ftn|edn|fn|sdfootnote)(\d{1,4})(?:sym)?")
_NOTE_PLACE = re.compile(r"_?(ftn|edn|fn|sdfootnote)(\d{1,4})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_NO_PAGE = gettext_noop("The web page has no text.")
_DAMAGED = gettext_noop("The web page is damaged or nested too deeply: please open it in Word and save it as .docx.")


def read_page(data: bytes) -> Source:
    """Read HTML; raise UnreadableFile when it is too large, nested too deeply, or has no text."""
    text = _letters(data)
    if _ENTITY.search(text):
        raise UnreadableFile(gettext_noop("The file declares entities, which no harmless file does."))
    if text.count("<") > MAX_TAGS:
        raise UnreadableFile(gettext_noop("The web page is too large to be read: please split it."))
    root = _parsed(text)
    reader = _Reader(_Sheet(root), dict(_notes(root)))
    paragraphs = reader.read(root)
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise UnreadableFile(_NO_PAGE)
    return Source("html", tuple(paragraphs), conversions=reader.conversions.result())


def _letters(data: bytes) -> str:
    """The page in Unicode: by its mark or as valid UTF-8, else as it says itself, else as the letters tell."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        said = _CHARSET.search(data[:4000]) or _DECLARED.search(data[:400])
        name = said[1].decode("ascii", "replace").lower() if said else ""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            if name and not name.startswith("utf"):
                return _as_said(data, name)
    return decoded(data)


def _as_said(data: bytes, name: str) -> str:
    try:
        return data.decode(_OLD_WESTERN.get(name, name), "replace")
    except LookupError:
        return decoded(data)


def _parsed(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise UnreadableFile(_DAMAGED) from None
    if root is None:
        raise UnreadableFile(_NO_PAGE)
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise UnreadableFile(_DAMAGED)
    return root


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says that matters here."""

    shape: Shape = NO_SHAPE
    is_hidden: bool = False

    def over(self, other: "_Look") -> "_Look":
        return _Look(self.shape.over(other.shape), self.is_hidden or other.is_hidden)


_PLAIN_LOOK = _Look()


class _Sheet:
    """What the page's own style sheet says about fonts, weights and hiding, by tag and class."""

    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[str, _Look] = {}
        self._known: dict[tuple[str, str], _Look] = {}
        written = "".join(style.text or "" for style in root.iter("style"))[:MAX_STYLES]
        for rule in _COMMENT.sub("", written).split("}"):
            selectors, _, body = rule.partition("{")
            look = _look(body[:LONGEST_STYLE])
            if look != _PLAIN_LOOK:
                for selector in selectors.split(","):
                    name = selector.strip().lower()
                    self._rules[name] = look.over(self._rules.get(name, _PLAIN_LOOK))

    def look_of(self, element: etree._Element) -> _Look:
        """How an element looks by its attributes, its classes and its tag, the strongest first."""
        tag, classes = local_name(element).lower(), str(element.get("class", ""))
        known = self._known.get((tag, classes))
        if known is None:
            names = [name for said in classes.lower().split()[:9] for name in (f"{tag}.{said}", f".{said}")]
            known = _PLAIN_LOOK
            for name in (*names, tag):
                known = known.over(self._rules.get(name, _PLAIN_LOOK))
            known = known.over(_Look(Shape(bold=True if tag in _BOLD else None)))
            self._known[tag, classes] = known
        style, face = element.get("style"), element.get("face")
        own = _look(str(style)[:LONGEST_STYLE]) if style else _PLAIN_LOOK
        if face:
            own = own.over(_Look(Shape(font=_first_font(str(face)))))
        if element.get("hidden") is not None:
            own = _Look(own.shape, is_hidden=True)
        return own.over(known)


class _Reader:
    """Walks the page once; every block begins a paragraph, every table gives its rows."""

    def __init__(self, sheet: _Sheet, notes: dict[str, str]) -> None:
        self.conversions = Conversions()
        self._sheet = sheet
        self._notes = notes
        self._marks: dict[str, str] = {}
        self._line = 0
        self._depth = 0
        self._tables = 0

    def read(self, root: etree._Element) -> list[Paragraph]:
        return list(self._block(root, NO_SHAPE))

    def _block(self, element: etree._Element, shape: Shape) -> Iterator[Paragraph]:
        """The paragraphs of a block: its own text, cut where blocks stand in it."""
        tag = local_name(element).lower()
        look = self._sheet.look_of(element)
        if tag in _DROPPED or look.is_hidden or _is_note(element):
            return
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableFile(_DAMAGED)
        if tag == "table":
            yield from self._table(element, shape)
        else:
            shape = look.shape.over(shape)
            level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdecimal() else 0
            text = RunningText(level=level)
            yield from self._flow(element, text, shape)
            yield from self._finished(text)
        self._depth -= 1

    def _flow(self, element: etree._Element, text: RunningText, shape: Shape) -> Iterator[Paragraph]:
        text.add(self._blanks_joined(element, element.text), shape)
        for child in children(element):
            tag = local_name(child).lower()
            if tag in _BLOCKS:
                yield from self._finished(text)
                yield from self._block(child, shape)
            elif tag == "br":
                text.add("\n", shape)
            elif mark := self._note_mark(child, text):
                text.add(mark, Shape(bold=shape.bold))
            elif tag not in _DROPPED:
                yield from self._span(child, text, shape)
            text.add(self._blanks_joined(element, child.tail), shape)

    def _span(self, element: etree._Element, text: RunningText, shape: Shape) -> Iterator[Paragraph]:
        look = self._sheet.look_of(element)
        if look.is_hidden:
            return
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableFile(_DAMAGED)
        yield from self._flow(element, text, look.shape.over(shape))
        self._depth -= 1

    def _finished(self, text: RunningText) -> Iterator[Paragraph]:
        """The paragraph collected so far, unless there is none; the collection begins anew."""
        written = text.written(self.conversions)
        notes = tuple(text.notes)
        text.pieces.clear()
        text.notes.clear()
        if not written.text.strip():
            return
        self._line += 1
        blanks = len(written.text) - len(written.text.lstrip())
        content = written.text.strip()
        content = f"\\{content}" if content.startswith("|") else content
        yield Paragraph(content, self._line, notes, bold=max(written.bold - blanks, 0), level=text.level)

    def _table(self, table: etree._Element, shape: Shape) -> Iterator[Paragraph]:
        rows = [[cell for cell in children(row) if local_name(cell).lower() in ("td", "th")] for row in _rows(table)]
        shape = self._sheet.look_of(table).shape.over(shape)
        for caption in children(table):
            if local_name(caption).lower() == "caption":
                yield from self._block(caption, shape)
        if (len(rows) == 1 and len(rows[0]) == 1) or self._tables == MAX_NESTED_TABLES:
            for cell in (cell for row in rows for cell in row):
                yield from self._block(cell, shape)
            return
        self._tables += 1
        held: dict[int, int] = {}  # column → rows a cell above still reaches over
        for row in rows:
            first = self._line + 1
            written: list[str] = []
            notes: list[str] = []
            for cell in row:
                self._above(written, held)
                text = self._cell(cell, shape, notes)
                across, down = _reach(cell, "colspan"), _reach(cell, "rowspan")
                if down > 1:
                    held[len(written)] = down - 1
                written += [text, *["<"] * (across - 1)]
            self._above(written, held)
            if written:
                self._line = max(self._line, first)
                yield Paragraph(f"| {' | '.join(written)} |", first, tuple(notes))
        self._tables -= 1

    def _above(self, written: list[str], held: dict[int, int]) -> None:
        while held.get(len(written), 0):
            held[len(written)] -= 1
            written.append("^")

    def _cell(self, cell: etree._Element, shape: Shape, notes: list[str]) -> str:
        line = self._line
        paragraphs = list(self._block(cell, shape))
        self._line = max(line, self._line)
        for paragraph in paragraphs:
            notes += paragraph.notes
        return escaped("\n".join(paragraph.text for paragraph in paragraphs))

    def _note_mark(self, element: etree._Element, text: RunningText) -> str:
        """The mark of a footnote where a link leads to one; its text follows as a note."""
        found = _NOTE_LINK.fullmatch(str(element.get("href", "")))
        if found is None or (key := found[1] + found[2]) not in self._notes:
            return ""
        mark = f"[^{'e' if found[1] == 'edn' else ''}{int(found[2])}]"
        if key not in self._marks:
            self._marks[key] = mark
            text.notes.append(f"{mark}: {self._notes[key]}")
        return mark

    def _blanks_joined(self, element: etree._Element, text: str | None) -> str:
        return _BLANKS.sub(" ", text) if text else ""


def _look(said: str) -> _Look:
    """What the declarations of a style say about letters."""
    family, weight = _FONT_FAMILY.search(said), _FONT_WEIGHT.search(said)
    bold = None if weight is None else weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900")
    font = _first_font(family[1]) if family else None
    return _Look(Shape(font, bold), bool(_HIDDEN.search(said)))


def _first_font(names: str) -> str:
    return names.split(",")[0].strip(" '\"")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, not those of tables inside it."""
    for child in children(table):
        tag = local_name(child).lower()
        if tag == "tr":
            yield child
        elif tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _reach(cell: etree._Element, name: str) -> int:
    said = str(cell.get(name, "1")).strip()
    return min(max(int(said), 1), 100) if said.isdecimal() and len(said) < 5 else 1


def _is_note(element: etree._Element) -> bool:
    return bool(_NOTE_PLACE.fullmatch(str(element.get("id", ""))))


def _notes(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The footnotes at the foot of a page Word or LibreOffice saved, without the number that leads back."""
    for element in root.iter("div", "li", "p", "aside"):
        found = _NOTE_PLACE.fullmatch(str(element.get("id", "")))
        if found is None:
            continue
        back = [link for link in element.iter("a") if str(link.get("href", "")).startswith("#")]
        words = _words(element)
        number = _words(back[0]) if back else ""
        yield found[1] + found[2], words.removeprefix(number).strip()


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
