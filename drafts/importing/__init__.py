"""Word files, web pages and texts in, a tree of provisions out, in named stages; the order is the documentation.

    read       bytes                → Source         `reading`: paragraphs as the file has them, by `word` (.docx),
                                                     `web` (.html), `plain`, `markdown`; .doc, .rtf: `converting` first
    decode     Source               → Source         `decoding`: TCVN3 and VNI (`legacy`) become Unicode
    normalise  Source               → [SourceLine]   `normalising`: one spelling of blanks, hyphens, Đ; lines joined
    identify   [SourceLine]         → [Sign | None]  `identifying`: what each line could be the head of
    divide     lines, signs         → [Division]     `dividing`: components; which signs hold; closing, appendices
    plan       Division             → [Place]        `planning`: ranks; Roman parts and items of programmes
    nest       Division, places     → [NodeDraft]    `nesting`: parents, titles, texts
    check      [NodeDraft]          → [Finding]      `checking`: gaps, doubles, letters out of row

A file that this program exported says itself where its provisions begin: `returning` then takes the place of the
stages from normalise to nest.

Each stage is a pure function of what it is given, and its cost is linear in the length of the text. No Django here.

Tables and footnotes of Word files become text in one fixed notation, which an exporter can read back:

    | a cell | another |    a row of a table; in cells "|" is written "\\|", a line end "\\n", a backslash "\\\\"
    | a | < |               "<" alone: the cell left of it reaches over this place; "^" alone: the cell above does
                            (a cell whose text is "<" or "^" is written "\\<", "\\^")
    word[^1]                the mark of footnote 1 (endnotes: [^e1])
    [^1]: Its text          the note, as a line at the end of the provision that refers to it
    \\|                      a Word paragraph that itself begins with "|"
"""

from drafts.importing.checking import MAX_FINDINGS, check
from drafts.importing.decoding import decode
from drafts.importing.dividing import Division, divide
from drafts.importing.findings import Finding, UnreadableFile
from drafts.importing.identifying import Sign, identify
from drafts.importing.lines import Conversion, Remark, Source, SourceLine
from drafts.importing.nesting import nest, title_of
from drafts.importing.normalising import normalise
from drafts.importing.planning import plan
from drafts.importing.reading import read
from drafts.importing.returning import is_returning, returned
from drafts.importing.structure import Component, ImportedFile, Kind, Node


def read_document(data: bytes, *, name: str) -> ImportedFile:
    """Read a file of any kind we know; raise UnreadableFile with one clear sentence when that is impossible."""
    return imported(read(data), name=name)


def imported(source: Source, *, name: str) -> ImportedFile:
    """All stages behind reading."""
    source = decode(source)
    return ImportedFile(name, source.format, structure(source, name=name), source.conversions, source.remarks)


def structure(source: Source, *, name: str) -> tuple[Component, ...]:
    """The components of a source; always at least one."""
    if is_returning(source):
        return (_returned(source, name=name),)
    lines = normalise(source)
    signs = identify(lines)
    divisions = divide(lines, signs)
    return tuple(_component(division, lines, signs, name=name, source=source) for division in divisions)


def _returned(source: Source, *, name: str) -> Component:
    drafts = returned(source)
    nodes = tuple(draft.finished() for draft in drafts)
    findings = sorted((*source.findings, *check(drafts)), key=lambda finding: finding.line)
    return Component(name.rpartition(".")[0] or name, nodes, tuple(findings[:MAX_FINDINGS]))


def _component(
    division: Division, lines: list[SourceLine], signs: list[Sign | None], *, name: str, source: Source
) -> Component:
    places = plan(division, signs)
    drafts = nest(division, places, lines)
    title = title_of(division, places, lines, name=name.rpartition(".")[0] or name)
    nodes = tuple(draft.finished() for draft in drafts)
    findings = sorted((*source.findings, *division.findings, *check(drafts)), key=lambda finding: finding.line)
    return Component(title, nodes, tuple(findings[:MAX_FINDINGS]))


__all__ = [
    "Component",
    "Conversion",
    "Finding",
    "ImportedFile",
    "Kind",
    "Node",
    "Remark",
    "UnreadableFile",
    "imported",
    "read_document",
    "structure",
]
