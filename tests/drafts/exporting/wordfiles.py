"""Looks into Word files: whether they keep to the schema, and what they say when changes are accepted or rejected."""

import io
import posixpath
import re
import zipfile
from collections import Counter

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

# ECMA-376 part 1, the order of the children we write; a child that is not listed here must not be written.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps strike vanish color sz szCs u vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "trPr": "gridAfter cantSplit tblHeader ins del",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg docGrid",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "settings": "zoom mirrorMargins defaultTabStop footnotePr endnotePr compat",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
}
_RANGES = ("bookmark", "moveFromRange", "moveToRange", "commentRange")
_EMPTY_ON_PURPOSE = {"rPr", "pPr"}


class WordFile:
    def __init__(self, data):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.zip.namelist())
        self.roots = {name: etree.fromstring(self.zip.read(name)) for name in self.names if _is_xml(name)}

    @property
    def body(self):
        return self.roots["word/document.xml"].find(f"{W}body")

    def texts(self, part):
        """The paragraphs of a part (footnotes, comments, header) as text."""
        return ["".join(p.itertext(f"{W}t")) for p in self.roots[f"word/{part}.xml"].iter(f"{W}p")]

    def problems(self):
        """Everything a strict reader would object to."""
        return [
            *self._relations(), *self._types(), *self._order(), *self._ranges(), *self._references(),
            *self._tables(), *self._runs(), *self._styles(),
        ]  # fmt: skip

    def _relations(self):
        for name in self.names:
            if not name.endswith(".rels"):
                continue
            folder = posixpath.dirname(posixpath.dirname(name))
            identities = Counter(relation.get("Id") for relation in self.roots[name])
            yield from (f"{name}: {identity} twice" for identity, times in identities.items() if times > 1)
            for relation in self.roots[name]:
                if relation.get("TargetMode") == "External":
                    yield f"{name} leads outside: {relation.get('Target')}"
                    continue
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target"))).lstrip("/")
                if target not in self.names:
                    yield f"{name} leads nowhere: {target}"

    def _types(self):
        root = self.roots["[Content_Types].xml"]
        parts = {element.get("PartName", "").lstrip("/") for element in root}
        defaults = {element.get("Extension") for element in root}
        yield from (f"type of a missing part {part}" for part in parts - self.names - {""})
        for name in self.names - {"[Content_Types].xml"}:
            if name not in parts and name.rpartition(".")[2] not in defaults:
                yield f"no content type for {name}"

    def _order(self):
        for name, root in self.roots.items():
            if not name.startswith("word/") or name.endswith(".rels") or "theme" in name:
                continue
            for element in root.iter(etree.Element):
                allowed = ORDER.get(_local(element))
                if allowed is None:
                    continue
                order = allowed.split()
                children = [_local(child) for child in element]
                yield from (f"{name}: {child} in {_local(element)}" for child in set(children) - set(order))
                ranks = [order.index(child) for child in children if child in order]
                if ranks != sorted(ranks):
                    yield f"{name}: {_local(element)} has {children}"
                single = Counter(child for child in children if child not in ("tr", "tc", "p", "headerReference"))
                if element.tag.endswith("Pr") and any(times > 1 for times in single.values()):
                    yield f"{name}: {_local(element)} has a child twice: {children}"

    def _ranges(self):
        body = self.body
        for kind in _RANGES:
            starts = [element.get(f"{W}id") for element in body.iter(f"{W}{kind}Start")]
            ends = [element.get(f"{W}id") for element in body.iter(f"{W}{kind}End")]
            if sorted(starts) != sorted(ends) or len(set(starts)) < len(starts):
                yield f"{kind}: {starts} and {ends}"
        names = Counter(element.get(f"{W}name") for element in body.iter(f"{W}bookmarkStart"))
        yield from (f"bookmark {name} twice" for name, times in names.items() if times > 1 or len(name) > 40)
        tags = ("ins", "del", "moveFrom", "moveTo", "bookmarkStart")
        annotated = [element for tag in tags for element in body.iter(f"{W}{tag}")]
        identities = Counter(element.get(f"{W}id") for element in annotated)
        yield from (f"annotation {identity} twice" for identity, times in identities.items() if times > 1)
        for element in annotated:
            if _local(element) != "bookmarkStart" and not re.fullmatch(
                r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.get(f"{W}date") or ""
            ):
                yield f"{_local(element)} without a date"
            if _local(element) != "bookmarkStart" and not element.get(f"{W}author"):
                yield f"{_local(element)} without an author"

    def _references(self):
        for kind in ("footnote", "endnote"):
            used = [element.get(f"{W}id") for element in self.body.iter(f"{W}{kind}Reference")]
            there = {note.get(f"{W}id") for note in self.roots[f"word/{kind}s.xml"]} - {"-1", "0"}
            if set(used) != there or len(set(used)) < len(used):
                yield f"{kind}s {used} but {there}"
        referred = [element.get(f"{W}id") for element in self.body.iter(f"{W}commentReference")]
        ranged = [element.get(f"{W}id") for element in self.body.iter(f"{W}commentRangeStart")]
        root = self.roots.get("word/comments.xml")
        comments = [] if root is None else [comment.get(f"{W}id") for comment in root]
        if not sorted(referred) == sorted(ranged) == sorted(comments):
            yield f"comments {comments}, ranges {ranged}, references {referred}"

    def _tables(self):
        for table in self.body.iter(f"{W}tbl"):
            columns = len(table.find(f"{W}tblGrid"))
            for row in table.iter(f"{W}tr"):
                width = sum(int(_value(cell, "tcPr/w:gridSpan") or 1) for cell in row.iter(f"{W}tc"))
                width += int(_value(row, "trPr/w:gridAfter") or 0)
                if width != columns:
                    yield f"a row of {width} in a table of {columns} columns"
            for cell in table.iter(f"{W}tc"):
                if len(cell) == 0 or _local(cell[-1]) != "p":
                    yield "a cell that does not end with a paragraph"
        for before, after in zip(self.body, self.body[1:], strict=False):
            if _local(before) == "tbl" and _local(after) in ("tbl", "sectPr"):
                yield "a table without a paragraph behind it"

    def _runs(self):
        for element in self.body.iter(f"{W}r"):
            if not [child for child in element if _local(child) not in _EMPTY_ON_PURPOSE]:
                yield "an empty run"
            is_deleted = any(_local(parent) == "del" for parent in element.iterancestors())
            wrong = "t" if is_deleted else "delText"
            if element.find(f"{W}{wrong}") is not None:
                yield f"{wrong} where it does not belong"

    def _styles(self):
        known = {style.get(f"{W}styleId") for style in self.roots["word/styles.xml"].iter(f"{W}style")}
        for name, root in self.roots.items():
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
                for element in root.iter(f"{W}{tag}"):
                    if element.get(f"{W}val") not in known:
                        yield f"{name}: style {element.get(f'{W}val')} is not there"


def settled(data, *, accept):
    """The file with all changes accepted or rejected, as Word does it."""
    source = WordFile(data)
    root = source.roots["word/document.xml"]
    settle(root, accept=accept)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.zip.namelist():
            target.writestr(name, etree.tostring(root) if name == "word/document.xml" else source.zip.read(name))
    return stream.getvalue()


def settle(root, *, accept):
    gone = ("del", "moveFrom") if accept else ("ins", "moveTo")
    kept = ("ins", "moveTo") if accept else ("del", "moveFrom")
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        if properties is not None and any(properties.find(f"{W}{tag}") is not None for tag in gone):
            row.getparent().remove(row)
        for tag in kept if properties is not None else ():
            for element in properties.findall(f"{W}{tag}"):
                properties.remove(element)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for paragraph in list(root.iter(f"{W}p")):
        _settle_runs(paragraph, gone, kept)
    for paragraph in list(root.iter(f"{W}p")):
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and any(mark.find(f"{W}{tag}") is not None for tag in gone):
            _merge_with_next(paragraph)
        elif mark is not None:
            for tag in kept:
                for element in mark.findall(f"{W}{tag}"):
                    mark.remove(element)


def _settle_runs(paragraph, gone, kept):
    for tag in gone:
        for element in paragraph.findall(f"{W}{tag}"):
            paragraph.remove(element)
    for tag in kept:
        for element in paragraph.findall(f"{W}{tag}"):
            for child in list(element):
                for text in child.iter(f"{W}delText"):
                    text.tag = f"{W}t"
                element.addprevious(child)
            paragraph.remove(element)


def _merge_with_next(paragraph):
    """Its mark goes: what is left of it stands before the next paragraph."""
    left = [child for child in paragraph if _local(child) not in ("pPr", "bookmarkStart", "bookmarkEnd")]
    runs = [child for child in left if _local(child) == "r" and child.find(f"{W}commentReference") is None]
    following = paragraph.getnext()
    while following is not None and _local(following) != "p":
        following = following.getnext()
    assert not runs or following is not None
    if following is not None:
        at = 1 if following.find(f"{W}pPr") is not None else 0
        for child in reversed(left):
            following.insert(at, child)
    paragraph.getparent().remove(paragraph)


def _is_xml(name):
    return name.endswith((".xml", ".rels"))


def _local(element):
    return etree.QName(element).localname


def _value(element, path):
    found = element.find(f"{W}{path}".replace("/w:", f"/{W}"))
    return None if found is None else found.get(f"{W}val")
