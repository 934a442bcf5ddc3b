"""Annotate: what each line of a component was taken for, so that a person can look at it and correct it."""

from collections.abc import Iterator

from drafts.importing.correcting import Role
from drafts.importing.dividing import Division
from drafts.importing.lines import SourceLine
from drafts.importing.nesting import NodeDraft, title_lines
from drafts.importing.planning import Place
from drafts.importing.structure import Kind, Row


def annotate(
    division: Division, places: list[Place], drafts: list[NodeDraft], lines: list[SourceLine]
) -> Iterator[Row]:
    """Reads a component and its nodes, writes a row for each of its lines."""
    heads = {place.index: place for place in places}
    starts = _starts(division, places)
    ends = [*starts, division.end][1:]
    for node, (draft, start, end) in enumerate(zip(drafts, starts, ends, strict=True)):
        roles = _roles(heads.get(start), draft, lines[start + 1 : end])
        for index, role in zip(range(start, end), roles, strict=False):
            if index == division.start and index and role is Role.TEXT:
                role = Role.DOCUMENT
            yield Row(index, lines[index].line, lines[index].text, role.value, node)


def _starts(division: Division, places: list[Place]) -> list[int]:
    """Where the nodes begin: at the heads, at the closing, and before the first of these if something stands there."""
    starts = {place.index for place in places}
    if division.closing is not None:
        starts.add(division.closing)
    if division.end > division.start:
        starts.add(division.start)
    return sorted(starts)


def _roles(place: Place | None, draft: NodeDraft, body: list[SourceLine]) -> Iterator[Role]:
    """The role of a node's first line and of those behind it."""
    taken = 0
    if place is None:
        yield Role.CLOSING if draft.kind is Kind.CLOSING else Role.TEXT
    else:
        yield Role(place.kind.value)
        judged = title_lines(place.kind, place.sign, body) if place.title_lines is None else place.title_lines - 1
        taken = judged if draft.heading else 0
    for at in range(len(body)):
        yield Role.TITLE if at < taken else Role.TEXT
