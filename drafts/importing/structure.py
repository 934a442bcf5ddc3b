"""What an import yields: the file's components, each a flat tree of nodes in document order.

Promises. Every line of the source stands in exactly one node, as (part of) its `label`, `heading` or `text`. `text`
is NFC, one paragraph a line, without blank lines. `parent` is the index of the parent in the same component's
`nodes` (always smaller than the node's own index) or None.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from drafts.importing.findings import Finding
from drafts.importing.lines import Conversion, Remark


class Kind(StrEnum):
    """The kinds of node; the same values as `Provision.Kind`."""

    PREAMBLE = "preamble"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    ITEM = "item"
    APPENDIX = "appendix"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Node:
    """One provision to be.

    `number` is bare and normalised ("5a", "II", "1.2"; "" for preamble, closing, an unnumbered appendix), at most 20
    characters. `label` is the head's words as the source had them ("Điều 5a.", "CHƯƠNG II", "I-", "Phần thứ hai"),
    which an exporter may want; heading is one line, text many. `line` is the 1-based source line (text) or paragraph
    (Word) of the head. `wid` is the identity (32 hexadecimal digits of a UUID) that a file of this program carries,
    "" in all others. `sha256` is that of heading and text as they left this program in such a file.
    """

    kind: Kind
    number: str
    heading: str
    text: str
    parent: int | None
    depth: int
    line: int
    label: str = ""
    wid: str = ""
    sha256: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file as it was understood.

    `index` counts the lines from 0 and names the line in a correction; `line` is its place in the source. `role` is
    one of `correcting.Role`, `node` the index of the node it stands in.
    """

    index: int
    line: int
    text: str
    role: str
    node: int


@dataclass(frozen=True, slots=True)
class Component:
    """One document in the file: the issuing decision, or a regulation attached to it, or all there is.

    `title` has 300 characters at most; `rows` are the lines the component was made of.
    """

    title: str
    nodes: tuple[Node, ...]
    findings: tuple[Finding, ...] = ()
    rows: tuple[Row, ...] = field(default=(), compare=False, repr=False)

    def node_at(self, line: int) -> Node | None:
        """The node a line or paragraph of the source stands in; None before the first."""
        return next((node for node in reversed(self.nodes) if node.line <= line), None)

    def count(self, kind: Kind) -> int:
        return sum(node.kind is kind for node in self.nodes)

    @property
    def parts(self) -> int:
        return self.count(Kind.PART)

    @property
    def chapters(self) -> int:
        return self.count(Kind.CHAPTER)

    @property
    def sections(self) -> int:
        return self.count(Kind.SECTION)

    @property
    def articles(self) -> int:
        return self.count(Kind.ARTICLE)

    @property
    def items(self) -> int:
        return self.count(Kind.ITEM)


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file as the importer understood it; there is always at least one component.

    `conversions` say which text was converted from which old encoding, `remarks` are the comments in its margin.
    """

    name: str
    format: str
    components: tuple[Component, ...]
    conversions: tuple[Conversion, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def main(self) -> int:
        """The component a reader most likely wants: the first of the longest by articles and items."""
        sizes = [component.articles + component.items for component in self.components]
        return sizes.index(max(sizes))
