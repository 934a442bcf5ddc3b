"""An imported text as a tree to look at before a document is made from it. No Django here."""

from __future__ import annotations

from dataclasses import dataclass, field

from drafts.importing import Component, Kind, Node, Row
from drafts.outline import LineKind, outline

_GROUPS = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
_OPENING = 90
_MOST_UNFOLDED = 60


@dataclass
class Branch:
    """A node with what hangs under it; ``clauses`` and ``points`` are counted in its own text.

    ``first`` is the index of its first line in the file that may be corrected, None without any; ``rows`` are its lines
    when somebody looks at them, and ``is_unfolded`` whether what is under it is to be seen.
    """

    node: Node
    first: int | None = None
    clauses: int = 0
    points: int = 0
    children: list[Branch] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    is_unfolded: bool = True

    @property
    def is_group(self) -> bool:
        return self.node.kind in _GROUPS

    @property
    def label(self) -> str:
        return self.node.label.strip(" .:-–")

    @property
    def name(self) -> str:
        """How one speaks of it: its label, else its heading or its first words."""
        return self.label or self.node.heading or self.opening

    @property
    def opening(self) -> str:
        """The first words of what has no heading."""
        first = self.node.text.split("\n", 1)[0]
        return first if len(first) <= _OPENING else f"{first[:_OPENING].rsplit(' ', 1)[0]}…"

    @property
    def articles(self) -> int:
        """How many articles and items stand under it."""
        return sum((child.node.kind in (Kind.ARTICLE, Kind.ITEM)) + child.articles for child in self.children)


def tree(component: Component, *, at: int | None = None) -> list[Branch]:
    """The branches at the top, in the order of the text; that with the line ``at`` brings its lines.

    A long text is folded, but for the way to that line.
    """
    branches = [_branch(node) for node in component.nodes]
    _place_lines(component, branches, at=at)
    for branch in branches:
        if branch.node.parent is not None:
            branches[branch.node.parent].children.append(branch)
    if len(branches) > _MOST_UNFOLDED:
        _fold(branches)
    return [branch for branch in branches if branch.node.parent is None]


def _place_lines(component: Component, branches: list[Branch], *, at: int | None) -> None:
    opened = next((row.node for row in component.rows if row.index == at), None)
    for row in reversed(component.rows):
        branches[row.node].first = row.index
    if opened is not None:
        branches[opened].rows = [row for row in component.rows if row.node == opened]


def _fold(branches: list[Branch]) -> None:
    for branch in branches:
        branch.is_unfolded = False
    opened = next((branch for branch in branches if branch.rows), None)
    while opened is not None:
        opened.is_unfolded = True
        opened = branches[opened.node.parent] if opened.node.parent is not None else None


def _branch(node: Node) -> Branch:
    kinds = [line.kind for line in outline(node.text)] if node.text else []
    return Branch(node, clauses=kinds.count(LineKind.CLAUSE), points=kinds.count(LineKind.POINT))
