"""A body in its Word file, made with python-docx: page, header, styles, notes, comments, marks, properties."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

from drafts.exporting.furniture import Facts
from drafts.exporting.layout import Layout
from drafts.exporting.markup import NAMESPACES, attribute, plain, run, words
from drafts.exporting.remarks import Remark, comments_part, threads_part
from drafts.exporting.styles import styles_part
from drafts.importing.lines import Mark
from drafts.importing.returning import NAMESPACE

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_THREADS = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_A4 = (Mm(210), Mm(297))


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into the file beside its layout and properties."""

    body: str
    footnotes: Sequence[str] = ()
    endnotes: Sequence[str] = ()
    remarks: Sequence[Remark] = ()
    marks: Sequence[Mark] = field(default=())
    is_landscape: bool = False


def packed(contents: Contents, *, layout: Layout, facts: Facts) -> bytes:
    """The whole file."""
    document = docx.Document()
    _drop_what_the_template_brings(document)
    _replace(document.styles.element, styles_part(layout))
    _replace(document.settings.element, _settings(layout))
    _set_page(document, layout, is_landscape=contents.is_landscape)
    _set_properties(document, facts)
    body = document.element.body
    section = body.sectPr
    for child in parse_xml(f"<w:body {NAMESPACES}>{contents.body}</w:body>"):
        section.addprevious(child)
    _add_notes(document, "footnote", contents.footnotes)
    _add_notes(document, "endnote", contents.endnotes)
    if contents.remarks:
        _add(document, "/word/comments.xml", f"{_WORD}.comments+xml", RELATIONSHIP_TYPE.COMMENTS,
             comments_part(contents.remarks))  # fmt: skip
        _add(document, "/word/commentsExtended.xml", f"{_WORD}.commentsExtended+xml", _THREADS,
             threads_part(contents.remarks))  # fmt: skip
    if contents.marks:
        _add(document, "/customXml/item2.xml", "application/xml", f"{_OFFICE}/customXml", _list(contents.marks))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _drop_what_the_template_brings(document: Document) -> None:
    """Numbering, effects, custom XML and the picture of python-docx's own template are no part of our files."""
    kept = ("/styles", "/settings", "/fontTable", "/theme")
    for relations in (document.part.rels, document.part.package.rels):
        for name, relation in list(relations.items()):
            is_ours = relation.reltype.endswith(("/officeDocument", "/core-properties", "/extended-properties", *kept))
            if not is_ours:
                del relations[name]


def _replace(element: object, xml: str) -> None:
    """Give the element the children of another one."""
    for child in list(element):  # type: ignore[call-overload]
        element.remove(child)  # type: ignore[attr-defined]
    for child in list(parse_xml(xml)):
        element.append(child)  # type: ignore[attr-defined]


def _settings(layout: Layout) -> str:
    mirror = "<w:mirrorMargins/>" if layout.mirrors_margins else ""
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/>{mirror}<w:defaultTabStop w:val="567"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:endnotePr><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def _set_page(document: Document, layout: Layout, *, is_landscape: bool) -> None:
    section = document.sections[0]
    width, height = reversed(_A4) if is_landscape else _A4
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
    section.header_distance = section.footer_distance = Mm(10)
    section.gutter = Mm(0)
    section.different_first_page_header_footer = True
    header = section.header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = document.styles["header"]
    page = (
        f"<w:p {NAMESPACES}>{run('<w:fldChar w:fldCharType=' + attribute('begin') + '/>')}"
        f"{run('<w:instrText xml:space=' + attribute('preserve') + '> PAGE </w:instrText>')}"
        f"{run('<w:fldChar w:fldCharType=' + attribute('separate') + '/>')}{run(words('2'))}"
        f"{run('<w:fldChar w:fldCharType=' + attribute('end') + '/>')}</w:p>"
    )
    for child in parse_xml(page):
        paragraph._p.append(child)
    section.first_page_header.is_linked_to_previous = False


def _set_properties(document: Document, facts: Facts) -> None:
    """Which text this is, to be checked years later: edition, moment and fingerprint."""
    properties = document.core_properties
    moment = facts.at.astimezone(dt.UTC).replace(tzinfo=None)
    properties.title = plain(facts.title)[:255]
    properties.subject = plain(facts.label)[:255]
    properties.author = plain(facts.author)[:255]
    properties.last_modified_by = plain(facts.author)[:255]
    properties.identifier = f"sha256:{facts.sha256}"
    properties.version = "" if facts.edition is None else str(facts.edition)
    properties.comments = f"{plain(facts.label)[:120]} · {facts.at:%d/%m/%Y %H:%M:%S} · SHA-256 {facts.sha256}"
    properties.created = properties.modified = moment
    properties.language = "vi-VN"
    properties.keywords = ""
    properties.category = ""
    properties.revision = 1


def _add_notes(document: Document, name: str, notes: Sequence[str]) -> None:
    style = f'<w:pPr><w:pStyle w:val="{name.capitalize()}Text"/></w:pPr>'
    mark = run(f"<w:{name}Ref/>", f'<w:rStyle w:val="{name.capitalize()}Reference"/>')
    separators = (
        f'<w:{name} w:type="separator" w:id="-1"><w:p>{style}{run("<w:separator/>")}</w:p></w:{name}>'
        f'<w:{name} w:type="continuationSeparator" w:id="0"><w:p>{style}{run("<w:continuationSeparator/>")}</w:p>'
        f"</w:{name}>"
    )
    texts = "".join(
        f'<w:{name} w:id="{number}"><w:p>{style}{mark}{run(words(f" {note}"))}</w:p></w:{name}>'
        for number, note in enumerate(notes, start=1)
    )
    relation = f"{_OFFICE}/{name}s"
    xml = f"<w:{name}s {NAMESPACES}>{separators}{texts}</w:{name}s>"
    _add(document, f"/word/{name}s.xml", f"{_WORD}.{name}s+xml", relation, xml)


def _list(marks: Sequence[Mark]) -> str:
    lines = "".join(
        f"<provision wid={attribute(mark.wid)} kind={attribute(mark.kind)} number={attribute(mark.number)} "
        f"label={attribute(mark.label)} parent={attribute(mark.parent)} form={attribute(mark.form)} "
        f'sha256={attribute(mark.sha256)} quoting="{int(mark.is_quoting)}" notes={attribute(" ".join(mark.notes))}/>'
        for mark in marks
    )
    return f"<provisions xmlns={attribute(NAMESPACE)}>{lines}</provisions>"


def _add(document: Document, name: str, content_type: str, relation: str, xml: str) -> None:
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()
    part = Part(PackURI(name), content_type, blob, document.part.package)
    document.part.relate_to(part, relation)
