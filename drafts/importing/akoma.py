"""Read Akoma Ntoso 3.0: bytes → Source, with a mark for every provision, so that the tree is the document's own.

Understands what `drafts.exporting` writes letter for letter, and of other systems' documents the hierarchy, numbers,
headings, blocks, lists, tables and notes; markup inside sentences is read as its words. No DTD, no entities; bounded
like Word files are.
"""

import hashlib
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from drafts.importing.archive import MAX_TAGS, children, parse
from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.identifying import sign_of
from drafts.importing.lines import Mark, Paragraph, Source
from drafts.importing.normalising import normalise_text
from drafts.importing.returning import fingerprint
from drafts.importing.word import escaped

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:gop-y-du-thao:akn:1"
MAX_DEPTH = 60

_NAMESPACE = re.compile(rb"docs\.oasis-open\.org/legaldocml/ns/akn/3\.0")
_KINDS = {
    "book": "part",
    "part": "part",
    "title": "part",
    "chapter": "chapter",
    "division": "section",
    "section": "section",
    "subsection": "subsection",
    "subdivision": "subsection",
    "article": "article",
    "rule": "article",
}
_CLAUSES = {
    "paragraph", "subparagraph", "clause", "subclause", "point", "indent", "alinea", "list", "sublist", "level",
    "tome", "proviso", "transitional", "crossHeading",
}  # fmt: skip
_HEADS = {"num", "heading", "subheading"}
_LEFT_OUT = {"meta", "coverPage", "components", "toc", "eol", "remark"}
_OWN_KINDS = {"item", "preamble", "closing", "appendix"}
_DOCUMENTS = ("act", "bill", "doc", "statement", "amendment", "officialGazette", "documentCollection")


def is_akoma(data: bytes) -> bool:
    return bool(_NAMESPACE.search(data[:3000]))


def read_akoma(data: bytes) -> Source:
    """Read an Akoma Ntoso document; raise UnreadableFile when it is damaged or has no text."""
    if data.count(b"<") > MAX_TAGS:
        raise UnreadableFile(gettext_noop("The XML file is too large to be read: please split it."))
    try:
        root = parse(data)
    except UnreadableFile:
        raise UnreadableFile(gettext_noop("The XML file is damaged or declares entities: it cannot be read.")) from None
    document = next((child for child in children(root) if _local(child) in _DOCUMENTS), None)
    if document is None:
        raise UnreadableFile(gettext_noop("The XML file has no document that can be imported."))
    reader = _Reader(is_ours=OURS in str(root.nsmap.values()))
    reader.read_document(document)
    paragraphs, marks = reader.finished()
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise UnreadableFile(gettext_noop("The XML file has no text."))
    return Source("akn", tuple(paragraphs), (), marks, title=_title(document))


@dataclass(slots=True)
class _Provision:
    kind: str
    number: str
    label: str
    heading: str
    wid: str
    parent: str
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, *, is_ours: bool) -> None:
        self._provisions: list[_Provision] = []
        self._spell = str if is_ours else normalise_text
        self._notes = {"": 0, "e": 0}

    def read_document(self, document: etree._Element) -> None:
        for part in children(document):
            name = _local(part)
            if name in _LEFT_OUT or _is_added(part):
                continue
            if name in ("preface", "preamble"):
                self._block_part(part, "preamble")
            elif name == "conclusions":
                self._block_part(part, "closing")
            elif name == "attachments":
                for attachment in children(part):
                    self._attachment(attachment)
            else:
                self._inside(part, None, depth=0)

    def finished(self) -> tuple[list[Paragraph], dict[str, Mark]]:
        """Each head on lines of its own; the fingerprint says that every word is to be believed."""
        paragraphs: list[Paragraph] = []
        marks: dict[str, Mark] = {}
        for one in self._provisions:
            heads = [line for line in (one.label, one.heading) if line]
            form = "block" if len(heads) == 2 else "heading" if heads else "none"
            lines = [*heads, *one.lines] or [""]
            text = "\n".join([*one.lines, *one.notes])
            sha256 = fingerprint(one.heading, text)
            marks[one.wid] = Mark(one.wid, one.kind, one.number, one.label, one.parent, form, sha256)
            for place, line in enumerate(lines):
                is_last = place == len(lines) - 1
                notes = tuple(one.notes) if is_last else ()
                paragraphs.append(Paragraph(line, len(paragraphs) + 1, notes, one.wid if place == 0 else ""))
        return paragraphs, marks

    # Parts

    def _block_part(self, part: etree._Element, kind: str) -> None:
        last = self._provisions[-1] if self._provisions else None
        is_same_opening = last is not None and last.kind == kind == "preamble"
        one = last if last is not None and is_same_opening else self._begin(part, kind, None)
        lines = list(self._lines(part, one))
        if _ours(part, "heading") == "1" and lines:
            one.heading = lines.pop(0)
        one.lines += lines

    def _attachment(self, attachment: etree._Element) -> None:
        one = self._begin(attachment, "appendix", None)
        for document in children(attachment):
            if _local(document) in _HEADS:
                continue
            for part in children(document):
                if _local(part) not in _LEFT_OUT:
                    self._inside(part, one, depth=0)

    def _inside(self, element: etree._Element, one: _Provision | None, *, depth: int) -> None:
        """Provisions in an element, and the lines that belong to the provision `one` itself."""
        if depth > MAX_DEPTH:
            raise UnreadableFile(gettext_noop("The XML file is nested deeper than any regulation."))
        for child in children(element):
            name = _local(child)
            if name in _HEADS or name in _LEFT_OUT or _is_added(child):
                continue
            kind = _KINDS.get(name) or (str(child.get("name") or "") if name == "hcontainer" else "")
            if kind in _KINDS.values() or kind in _OWN_KINDS:
                self._inside(child, self._begin(child, kind, one), depth=depth + 1)
            elif name in ("hcontainer", "wrapUp", "intro", "content", "mainBody") and _holds_provisions(child):
                self._inside(child, one, depth=depth + 1)
            else:
                target = one or self._opening()
                target.lines += self._lines_of(child, target)

    def _opening(self) -> _Provision:
        """What stands in no provision."""
        if not self._provisions:
            self._provisions.append(_Provision("preamble", "", "", "", _identity("opening"), ""))
        return self._provisions[-1]

    def _begin(self, element: etree._Element, kind: str, parent: _Provision | None) -> _Provision:
        wid = str(element.get("wId") or "").removeprefix("wid_")
        if not re.fullmatch(r"[0-9a-f]{32}", wid) or any(wid == one.wid for one in self._provisions[-1:]):
            wid = _identity(f"{element.get('eId')}|{len(self._provisions)}")
        one = _Provision(kind, "", "", "", wid, parent.wid if parent else "")
        self._provisions.append(one)
        label = self._head(element, "num", one)
        heading = " ".join(filter(None, (self._head(element, "heading", one), self._head(element, "subheading", one))))
        one.label = label.strip(" .:-–")[:80]
        one.heading = heading
        number = _ours(element, "number")
        one.number = (number if number is not None else number_of(one.label))[:20]
        return one

    def _head(self, element: etree._Element, name: str, one: _Provision) -> str:
        found = next((child for child in children(element) if _local(child) == name), None)
        return "" if found is None else self._words(found, one)

    # Lines

    def _lines(self, element: etree._Element, one: _Provision) -> Iterator[str]:
        for child in children(element):
            if _local(child) not in _LEFT_OUT and not _is_added(child):
                yield from self._lines_of(child, one)

    def _lines_of(self, element: etree._Element, one: _Provision) -> Iterator[str]:
        name = _local(element)
        if name in _HEADS or _is_added(element):
            return
        if name == "table":
            yield from self._rows(element, one)
        elif name in _CLAUSES or name in ("blockList", "item", "hcontainer", "listIntroduction", "listWrapUp"):
            yield from self._clause(element, one)
        elif _has_blocks(element):
            yield from self._lines(element, one)
        else:
            yield self._words(element, one)

    def _clause(self, element: etree._Element, one: _Provision) -> Iterator[str]:
        """The number runs in with the first line, or with the heading where there is one."""
        number = next((child for child in children(element) if _local(child) == "num"), None)
        marker = ""
        if number is not None:
            exact, words = _ours(number, "marker"), self._words(number, one)
            is_unchanged = exact is not None and exact.strip() == words.strip()
            marker = exact if exact is not None and is_unchanged else f"{words} "
        heading = self._head(element, "heading", one)
        lines = list(self._lines(element, one)) if _has_blocks(element) else [self._words(element, one)]
        if heading:
            lines.insert(0, heading)
        if marker.strip() and not lines:
            lines = [""]
        if lines:
            lines[0] = f"{marker}{lines[0]}" if lines[0] else marker.rstrip()
        yield from lines

    def _rows(self, table: etree._Element, one: _Provision) -> Iterator[str]:
        for row in table.iter(f"{{{NAMESPACE}}}tr"):
            cells: list[str] = []
            for cell in children(row):
                blocks = list(self._lines(cell, one)) if _has_blocks(cell) else [self._words(cell, one)]
                text = escaped("\n".join(blocks).strip("\n"))
                cells.append("^" if _ours(cell, "continues") == "1" else text)
                span = str(cell.get("colspan") or "1")
                cells += ["<"] * (min(int(span), 100) - 1 if span.isdecimal() else 0)
            if cells:
                yield f"| {' | '.join(cells)} |"

    def _words(self, element: etree._Element, one: _Provision) -> str:
        """The words of a block or a head, notes replaced by their marks."""
        pieces: list[str] = []
        self._collect(element, one, pieces, depth=0)
        return self._spell(" ".join("".join(pieces).split())).replace("\n", " ")

    def _collect(self, element: etree._Element, one: _Provision, pieces: list[str], *, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise UnreadableFile(gettext_noop("The XML file is nested deeper than any regulation."))
        pieces.append(element.text or "")
        for child in children(element):
            if _local(child) == "authorialNote":
                self._note(child, one, pieces)
            elif _local(child) not in ("num", "heading") or depth or _local(element) in _HEADS:
                self._collect(child, one, pieces, depth=depth + 1)
            if _local(child) in ("br", "eol"):
                pieces.append(" ")
            pieces.append(child.tail or "")

    def _note(self, note: etree._Element, one: _Provision, pieces: list[str]) -> None:
        prefix = "e" if note.get("placement") == "end" else ""
        self._notes[prefix] += 1
        mark = f"[^{_ours(note, 'name') or f'{prefix}{self._notes[prefix]}'}]"
        pieces.append(mark)
        words = self._spell(" ".join(" ".join(str(text) for text in note.itertext()).split()))
        one.notes.append(f"{mark}: {words}".rstrip())


def _title(document: etree._Element) -> str:
    found = next(document.iter(f"{{{NAMESPACE}}}docTitle"), None)
    if found is None:
        name = next(document.iter(f"{{{NAMESPACE}}}FRBRname"), None)
        return "" if name is None else str(name.get("value") or "")
    return " ".join(" ".join(str(text) for text in found.itertext()).split())


def _holds_provisions(element: etree._Element) -> bool:
    return any(
        _local(found) in _KINDS or (_local(found) == "hcontainer" and found.get("name") in _OWN_KINDS)
        for found in element.iter(etree.Element)
        if found is not element
    )


def _has_blocks(element: etree._Element) -> bool:
    return any(
        _local(child)
        in ("p", "block", "table", "blockList", "content", "intro", "wrapUp", "blockContainer", "container")
        or _local(child) in _CLAUSES
        or _local(child) in ("item", "longTitle", "formula", "recitals", "recital", "citations", "citation", "tblock")
        for child in children(element)
    )


def number_of(label: str) -> str:
    """The number in "Điều 5a" or "Chương II"; a bare number itself."""
    sign = sign_of(normalise_text(label) or " ")
    if sign is not None:
        return sign.number
    return label if len(label) <= 20 and re.fullmatch(r"[\w.]+", label) else ""


def _identity(name: str) -> str:
    """An identity for what has none: the same file gives the same ones, and no stored provision has them."""
    return hashlib.sha256(f"{uuid.NAMESPACE_URL}|{name}".encode()).hexdigest()[:32]


def _is_added(element: etree._Element) -> bool:
    return _ours(element, "added") == "1"


def _ours(element: etree._Element, name: str) -> str | None:
    value = element.get(f"{{{OURS}}}{name}")
    return None if value is None else str(value)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
