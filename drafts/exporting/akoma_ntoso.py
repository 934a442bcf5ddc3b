"""Texts as Akoma Ntoso 3.0 (OASIS LegalDocML): what parliaments and archives exchange.

A provision is a hierarchical element with its number, heading and content; clauses are paragraphs, points are points.
`eId` says where a thing stands, `wId` what it is for ever. What the standard has no place for (the exact label, the
blank between a number and its words) stands in attributes of a namespace of ours, which the standard allows.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from drafts.exporting.addresses import Addresses
from drafts.exporting.furniture import Facts
from drafts.exporting.markup import plain
from drafts.exporting.notes import CHARACTERS, NoteBook
from drafts.exporting.tables import is_row, parse_row, with_beginnings
from drafts.importing.akoma import NAMESPACE, OURS, number_of
from drafts.outline import LineKind, outline
from drafts.texts import Sheet, Text

_ELEMENTS = {
    "part": "part",
    "chapter": "chapter",
    "section": "section",
    "subsection": "subsection",
    "article": "article",
}
_NAMESPACES: dict[str | None, str] = {None: NAMESPACE, "gdt": OURS}
_SUBTYPES = {
    "regulation": "quy-che",
    "rules": "quy-dinh",
    "programme": "chuong-trinh",
    "resolution": "nghi-quyet",
    "decision": "quyet-dinh",
    "other": "van-ban",
}


def akoma_ntoso(text: Text, *, facts: Facts) -> bytes:
    """The text as one XML document in UTF-8."""
    return _Writer(text, facts).write()


@dataclass(slots=True)
class _Unit:
    """A clause, a point, or what stands before them: its lines and what is inside it."""

    kind: str
    number: str = ""
    marker: str = ""
    lines: list[str] = field(default_factory=list)
    units: list[_Unit] = field(default_factory=list)


class _Writer:
    def __init__(self, text: Text, facts: Facts) -> None:
        self._text = text
        self._facts = facts
        self._addresses = Addresses()
        self._book = NoteBook()
        self._children: dict[uuid.UUID | None, list[Sheet]] = {}
        known = {sheet.wid for sheet in text}
        for sheet in text:
            self._children.setdefault(sheet.parent if sheet.parent in known else None, []).append(sheet)
        self._notes = 0
        self._names: list[str] = []

    def write(self) -> bytes:
        root = etree.Element(_name("akomaNtoso"), nsmap=_NAMESPACES)  # type: ignore[arg-type]
        subtype = _SUBTYPES.get(self._facts.kind, "van-ban")
        act = etree.SubElement(root, _name("act"), {"name": subtype, "contains": "singleVersion"})
        act.append(self._meta(self._address(), subtype))
        preface = etree.SubElement(act, _name("preface"), {"eId": "preface", _ours("added"): "1"})
        title = etree.SubElement(
            etree.SubElement(preface, _name("longTitle"), {"eId": "preface__longTitle"}), _name("p")
        )
        etree.SubElement(title, _name("docTitle")).text = plain(self._text.title)
        preamble, body, closing, appendices = _divided(self._children.get(None, []))
        if preamble is not None:
            self._block_part(act, preamble, "preamble")
        body_element = etree.SubElement(act, _name("body"), {"eId": "body"})
        for sheet in body:
            self._hierarchical(body_element, sheet, "")
        if not body:
            self._nothing(body_element)
        if closing is not None:
            self._block_part(act, closing, "conclusions")
        if appendices:
            attachments = etree.SubElement(act, _name("attachments"), {"eId": "atts"})
            for sheet in appendices:
                self._attachment(attachments, sheet)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)

    # Metadata

    def _address(self) -> str:
        number = "working" if self._facts.edition is None else str(self._facts.edition)
        return f"/akn/vn/act/{_SUBTYPES.get(self._facts.kind, 'van-ban')}/{self._facts.at.year}/lan-{number}"

    def _meta(self, address: str, subtype: str, *, component: str = "main") -> etree._Element:
        day = self._facts.at.date().isoformat()
        meta = etree.Element(_name("meta"))
        identification = etree.SubElement(meta, _name("identification"), {"source": "#soanthao"})
        for level, suffix in (("Work", ""), ("Expression", f"/vie@{day}"), ("Manifestation", f"/vie@{day}/akn.xml")):
            part = etree.SubElement(identification, _name(f"FRBR{level}"))
            etree.SubElement(part, _name("FRBRthis"), {"value": f"{address}{suffix}/!{component}"})
            etree.SubElement(part, _name("FRBRuri"), {"value": f"{address}{suffix}"})
            etree.SubElement(part, _name("FRBRdate"), {"date": day, "name": "soanthao"})
            etree.SubElement(part, _name("FRBRauthor"), {"href": "#soanthao"})
            if level == "Work":
                etree.SubElement(part, _name("FRBRcountry"), {"value": "vn"})
                etree.SubElement(part, _name("FRBRsubtype"), {"value": subtype})
                if self._facts.edition is not None:
                    etree.SubElement(part, _name("FRBRnumber"), {"value": str(self._facts.edition)})
                etree.SubElement(part, _name("FRBRname"), {"value": plain(self._text.title)})
            elif level == "Expression":
                etree.SubElement(part, _name("FRBRlanguage"), {"language": "vie"})
            else:
                etree.SubElement(part, _name("FRBRformat"), {"value": "application/akn+xml"})
        references = etree.SubElement(meta, _name("references"), {"source": "#soanthao"})
        author = {"eId": "soanthao", "href": "/akn/ontology/organization/vn/soan-thao"}
        etree.SubElement(references, _name("TLCOrganization"), author | {"showAs": plain(self._facts.author) or "–"})
        proprietary = etree.SubElement(meta, _name("proprietary"), {"source": "#soanthao"})
        said = {"label": plain(self._facts.label), "sha256": self._facts.sha256, "at": self._facts.at.isoformat()}
        etree.SubElement(proprietary, _ours("edition"), said)
        return meta

    # The text

    def _hierarchical(self, parent: etree._Element, sheet: Sheet, above: str) -> None:
        kind = _ELEMENTS.get(sheet.kind)
        identity = self._addresses.of(sheet.kind, sheet.number, parent=above)
        attributes = self._identity(sheet, identity)
        if kind is None:
            attributes["name"] = sheet.kind
        element = etree.SubElement(parent, _name(kind or "hcontainer"), attributes)
        heading, lines = self._coded(sheet)
        if sheet.label:
            etree.SubElement(element, _name("num")).text = plain(sheet.label)
        if heading:
            self._inline(etree.SubElement(element, _name("heading")), heading, identity)
        children = self._children.get(sheet.wid, [])
        units = _units(lines)
        inner = [unit for unit in units if unit.kind]
        self._opening(element, units, identity, is_alone=not inner and not children)
        for unit in inner:
            self._unit(element, unit, identity)
        for child in children:
            self._hierarchical(element, child, identity)

    def _identity(self, sheet: Sheet, identity: str) -> dict[str, str]:
        """The number stands apart only where the label does not tell it, so that who changes the label changes both."""
        apart = {} if number_of(sheet.label) == sheet.number else {_ours("number"): sheet.number}
        return {"eId": identity, "wId": f"wid_{sheet.wid.hex}", **apart}

    def _opening(self, element: etree._Element, units: Sequence[_Unit], identity: str, *, is_alone: bool) -> None:
        """What stands before the first clause; all there is when nothing stands inside."""
        lines = [line for unit in units if not unit.kind for line in unit.lines]
        if is_alone:
            self._blocks(etree.SubElement(element, _name("content"), {"eId": f"{identity}__content"}), lines, identity)
        elif lines:
            self._blocks(etree.SubElement(element, _name("intro"), {"eId": f"{identity}__intro"}), lines, identity)

    def _unit(self, parent: etree._Element, unit: _Unit, above: str) -> None:
        identity = self._addresses.of(unit.kind, unit.number, parent=above)
        tag = "paragraph" if unit.kind == "clause" else "point"
        element = etree.SubElement(parent, _name(tag), {"eId": identity})
        marker = unit.marker.strip()
        space = unit.marker[len(unit.marker.rstrip()) :] if unit.marker.startswith(marker) else None
        number = etree.SubElement(element, _name("num"))
        number.text = plain(marker)
        if space != " ":
            number.set(_ours("marker"), plain(unit.marker))
        self._opening(element, [_Unit("", lines=unit.lines)], identity, is_alone=not unit.units)
        for inner in unit.units:
            self._unit(element, inner, identity)

    def _block_part(self, act: etree._Element, sheet: Sheet, tag: str) -> None:
        identity = self._addresses.unique(tag)
        element = etree.SubElement(act, _name(tag), self._identity(sheet, identity))
        heading, lines = self._coded(sheet)
        element.set(_ours("heading"), "1" if heading else "0")
        self._blocks(element, [*([heading] if heading else []), *lines], identity)

    def _attachment(self, attachments: etree._Element, sheet: Sheet) -> None:
        identity = self._addresses.of("appendix", sheet.number)
        element = etree.SubElement(attachments, _name("attachment"), self._identity(sheet, identity))
        heading, lines = self._coded(sheet)
        if sheet.label:
            etree.SubElement(element, _name("num")).text = plain(sheet.label)
        if heading:
            self._inline(etree.SubElement(element, _name("heading")), heading, identity)
        document = etree.SubElement(element, _name("doc"), {"name": "phu-luc"})
        document.append(self._meta(self._address(), "phu-luc", component=identity))
        body = etree.SubElement(document, _name("mainBody"), {"eId": f"{identity}__mainBody"})
        children = self._children.get(sheet.wid, [])
        if lines or not children:
            self._blocks(body, lines, identity)
        for child in children:
            self._hierarchical(body, child, identity)

    def _nothing(self, body: etree._Element) -> None:
        """A body holds something: an empty container where the text is an opening only."""
        empty = etree.SubElement(body, _name("hcontainer"), {"eId": "none", "name": "none", _ours("added"): "1"})
        etree.SubElement(etree.SubElement(empty, _name("content"), {"eId": "none__content"}), _name("p"))

    # Lines

    def _coded(self, sheet: Sheet) -> tuple[str, list[str]]:
        coded = self._book.code(sheet.heading, sheet.text)
        self._names = list(coded.names)
        return coded.heading, list(coded.lines)

    def _blocks(self, element: etree._Element, lines: Sequence[str], identity: str) -> None:
        rows: list[str] = []
        for line in lines:
            if is_row(line):
                rows.append(line)
                continue
            self._table(element, rows, identity)
            rows = []
            self._inline(etree.SubElement(element, _name("p")), line, identity)
        self._table(element, rows, identity)
        if not lines:
            etree.SubElement(element, _name("p"), {_ours("added"): "1"})

    def _table(self, element: etree._Element, lines: Sequence[str], identity: str) -> None:
        if not lines:
            return
        table = etree.SubElement(element, _name("table"), {"eId": self._addresses.unique(f"{identity}__table_1")})
        rows = with_beginnings([parse_row(line) for line in lines])
        for row in rows:
            row_element = etree.SubElement(table, _name("tr"))
            for cell in row.cells:
                attributes = {"colspan": str(cell.span)} if cell.span > 1 else {}
                if cell.continues:
                    attributes[_ours("continues")] = "1"
                cell_element = etree.SubElement(row_element, _name("td"), attributes)
                for line in cell.text.split("\n"):
                    self._inline(etree.SubElement(cell_element, _name("p")), line, identity)

    def _inline(self, element: etree._Element, words: str, identity: str) -> None:
        """Words with their notes; a note stands where its mark does."""
        last: etree._Element | None = None
        at = 0
        for match in CHARACTERS.finditer(words):
            _append(element, last, words[at : match.start()])
            last = self._note(element, match[0], identity)
            at = match.end()
        _append(element, last, words[at:])

    def _note(self, element: etree._Element, character: str, identity: str) -> etree._Element:
        self._notes += 1
        note = self._book.note(character)
        placement = "end" if note.is_endnote else "bottom"
        attributes = {
            "eId": f"{identity}__authorialNote_{self._notes}",
            "marker": str(self._notes),
            "placement": placement,
            _ours("name"): self._names.pop(0),
        }
        found = etree.SubElement(element, _name("authorialNote"), attributes)
        etree.SubElement(found, _name("p")).text = plain(note.text)
        return found


def _units(lines: Sequence[str]) -> list[_Unit]:
    """The lines of a text as clauses that hold points; the first unit holds what stands before them."""
    opening = _Unit("")
    units = [opening]
    current = opening
    clause: _Unit | None = None
    for line in outline("\n".join(lines)):
        if line.kind is LineKind.CLAUSE:
            current = clause = _Unit("clause", line.number, line.marker, [line.text])
            units.append(clause)
        elif line.kind is LineKind.POINT:
            current = _Unit("point", line.number, line.marker, [line.text])
            (units if clause is None else clause.units).append(current)
        else:
            current.lines.append(line.raw)
    return units


def _divided(sheets: Sequence[Sheet]) -> tuple[Sheet | None, list[Sheet], Sheet | None, list[Sheet]]:
    """Preamble, body, conclusions, attachments; what stands out of this order stays in the body."""
    rest = list(sheets)
    preamble = rest.pop(0) if rest and rest[0].kind == "preamble" else None
    appendices: list[Sheet] = []
    while rest and rest[-1].kind == "appendix":
        appendices.insert(0, rest.pop())
    closing = rest.pop() if rest and rest[-1].kind == "closing" else None
    return preamble, rest, closing, appendices


def _append(element: etree._Element, last: etree._Element | None, words: str) -> None:
    if last is None:
        element.text = (element.text or "") + plain(words)
    else:
        last.tail = (last.tail or "") + plain(words)


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _ours(tag: str) -> str:
    return f"{{{OURS}}}{tag}"
