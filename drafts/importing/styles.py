"""What a Word file's styles say about text: the font it was typed in, whether it is bold, whether it is a heading.

Only what the importer needs of ECMA-376 part 1, 17.7: properties of a run over those of its character style, over those
of the paragraph's style and what that is based on, over the defaults of the document.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from drafts.importing.archive import attribute, children, local_name, value_of

_MAX_STYLES = 20  # how far "based on" is followed
_HEADING = re.compile(r"(?:heading|tiêu đề|đầu đề|đề mục) ?([1-9])\Z")
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Shape:
    """How letters look; None where nothing is said."""

    font: str | None = None
    bold: bool | None = None

    def over(self, other: "Shape") -> "Shape":
        """This one, and the other's where this says nothing."""
        if self.font is not None and self.bold is not None:
            return self
        return Shape(other.font if self.font is None else self.font, other.bold if self.bold is None else self.bold)


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    shape: Shape = Shape()
    level: int | None = None
    is_default: bool = field(default=False)


NO_SHAPE = Shape()


class Styles:
    """The styles of a file by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._defaults = NO_SHAPE
        self._default_style = ""
        self._known: dict[str, Shape] = {}
        for element in () if root is None else children(root):
            if local_name(element) == "style":
                self._read(element)
            elif local_name(element) == "docDefaults":
                for properties in element.iter("{*}rPr"):
                    self._defaults = run_shape(properties)

    def of_paragraph(self, properties: etree._Element | None) -> Shape:
        """How the letters of a paragraph look where its runs say nothing."""
        return self._shape(_style_id(properties, "pStyle") or self._default_style)

    def of_run(self, properties: etree._Element | None, paragraph: Shape) -> Shape:
        """How the letters of a run in such a paragraph look."""
        if properties is None or not len(properties):
            return paragraph
        own = run_shape(properties)
        style = _style_id(properties, "rStyle")
        if style:
            own = own.over(self._of_chain(style))
        return own.over(paragraph)

    def level(self, properties: etree._Element | None) -> int:
        """The level of a heading, from 1; 0 for what is none."""
        own = _outline_level(properties)
        style = _style_id(properties, "pStyle")
        for _ in range(_MAX_STYLES):
            if own is not None or style not in self._styles:
                break
            found = self._styles[style]
            named = _HEADING.match(found.name)
            own = int(named[1]) if named else found.level
            style = found.based_on
        return own or 0

    def _read(self, element: etree._Element) -> None:
        style = _Style()
        identity = attribute(element, "styleId") or ""
        for child in children(element):
            match local_name(child):
                case "name":
                    style.name = (value_of(child) or "").lower()
                case "basedOn":
                    style.based_on = value_of(child) or ""
                case "rPr":
                    style.shape = run_shape(child)
                case "pPr":
                    style.level = _outline_level(child)
        if attribute(element, "default") in ("1", "true") and attribute(element, "type") == "paragraph":
            self._default_style = identity
        self._styles[identity] = style

    def _shape(self, identity: str) -> Shape:
        if identity not in self._known:
            self._known[identity] = self._of_chain(identity).over(self._defaults)
        return self._known[identity]

    def _of_chain(self, identity: str) -> Shape:
        shape = NO_SHAPE
        for _ in range(_MAX_STYLES):
            if identity not in self._styles:
                break
            shape = shape.over(self._styles[identity].shape)
            identity = self._styles[identity].based_on
        return shape


def run_shape(properties: etree._Element) -> Shape:
    """What run properties say by themselves."""
    font: str | None = None
    bold: bool | None = None
    for child in children(properties):
        match local_name(child):
            case "rFonts":
                font = attribute(child, "hAnsi") or attribute(child, "ascii") or font
            case "b":
                bold = (value_of(child) or "1") not in _OFF
    return Shape(font, bold)


def _style_id(properties: etree._Element | None, name: str) -> str:
    for child in () if properties is None else children(properties):
        if local_name(child) == name:
            return value_of(child) or ""
    return ""


def _outline_level(properties: etree._Element | None) -> int | None:
    """1 to 9 for a heading, 0 for body text, None when nothing is said."""
    for child in () if properties is None else children(properties):
        if local_name(child) == "outlineLvl":
            said = value_of(child) or ""
            return (int(said) + 1) % 10 if said.isdecimal() and len(said) == 1 else None
    return None
