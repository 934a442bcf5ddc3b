"""Word files, web pages and texts in, a tree of provisions out, in named stages; the order is the documentation.

    read       bytes                → Source         `reading`: paragraphs as the file has them, by `word` (.docx),
                                                     `web` (.html), `plain`, `markdown`; .doc, .rtf: `converting` first
    decode     Source               → Source         `decoding`: TCVN3 and VNI (`legacy`) become Unicode
    normalise  Source               → [SourceLine]   `normalising`: one spelling of blanks, hyphens, Đ; lines joined
    identify   [SourceLine]         → [Sign | None]  `identifying`: what each line could be the head of
    correct    lines, signs         → lines, signs   `correcting`: what a person said of single lines goes before
    divide     lines, signs         → [Division]     `dividing`: components; which signs hold; closing, appendices
    plan       Division             → [Place]        `planning`: ranks; Roman parts and items of programmes
    nest       Division, places     → [NodeDraft]    `nesting`: parents, titles, texts
    check      [NodeDraft]          → [Finding]      `checking`: gaps, doubles, letters out of row
    annotate   all of these         → [Row]          `annotating`: what each line was taken for

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

from collections.abc import Sequence

from drafts.importing.annotating import annotate
from drafts.importing.checking import MAX_FINDINGS, check
from drafts.importing.correcting import (
    Correction,
    Corrections,
    Role,
    correct_divisions,
    correct_places,
    correct_signs,
    fitting,
)
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
from drafts.importing.structure import Component, ImportedFile, Kind, Node, Row


def read_document(data: bytes, *, name: str, corrections: Sequence[Correction] = ()) -> ImportedFile:
    """Read a file of any kind we know; raise UnreadableFile with one clear sentence when that is impossible."""
    return imported(read(data), name=name, corrections=corrections)


def imported(source: Source, *, name: str, corrections: Sequence[Correction] = ()) -> ImportedFile:
    """All stages behind reading."""
    source = decode(source)
    components = structure(source, name=name, corrections=corrections)
    return ImportedFile(name, source.format, components, source.conversions, source.remarks)


def structure(source: Source, *, name: str, corrections: Sequence[Correction] = ()) -> tuple[Component, ...]:
    """The components of a source, with what a person corrected; always at least one."""
    if is_returning(source):
        return (_returned(source, corrections, name=name),)
    lines = normalise(source)
    said = fitting(corrections, lines)
    seen, signs = correct_signs(lines, identify(lines), said)
    divisions = correct_divisions(divide(seen, signs), signs, said)
    return tuple(_component(division, lines, signs, said, name=name, source=source) for division in divisions)


def _returned(source: Source, corrections: Sequence[Correction], *, name: str) -> Component:
    drafts, rows = returned(source, corrections)
    nodes = tuple(draft.finished() for draft in drafts)
    findings = sorted((*source.findings, *check(drafts)), key=lambda finding: finding.line)
    title = (source.title or name.rpartition(".")[0] or name)[:300]
    return Component(title, nodes, tuple(findings[:MAX_FINDINGS]), tuple(rows))


def _component(
    division: Division,
    lines: list[SourceLine],
    signs: list[Sign | None],
    said: Corrections,
    *,
    name: str,
    source: Source,
) -> Component:
    places = correct_places(plan(division, signs), division, lines, said)
    drafts = nest(division, places, lines)
    title = title_of(division, places, lines, name=name.rpartition(".")[0] or name)
    nodes = tuple(draft.finished() for draft in drafts)
    findings = sorted((*source.findings, *division.findings, *check(drafts)), key=lambda finding: finding.line)
    rows = tuple(annotate(division, places, drafts, lines))
    return Component(title, nodes, tuple(findings[:MAX_FINDINGS]), rows)


__all__ = [
    "Component",
    "Conversion",
    "Correction",
    "Finding",
    "ImportedFile",
    "Kind",
    "Node",
    "Remark",
    "Role",
    "Row",
    "UnreadableFile",
    "imported",
    "read_document",
    "structure",
]
