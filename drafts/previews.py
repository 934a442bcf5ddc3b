"""An imported text as a tree to look at before a document is made from it. No Django here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drafts.importing import Kind, Node
from drafts.outline import LineKind, outline

_GROUPS = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
_OPENING = 90


@dataclass
class Branch:
    """A node with what hangs under it; ``clauses`` and ``points`` are counted in its own text."""

    node: Node
    clauses: int = 0
    points: int = 0
    children: list[Branch] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.node.kind in _GROUPS

    @property
    def label(self) -> str:
        return self.node.label.strip(" .:-–")

    @property
    def opening(self) -> str:
        """The first words of what has no heading."""
        first = self.node.text.split("\n", 1)[0]
        return first if len(first) <= _OPENING else f"{first[:_OPENING].rsplit(' ', 1)[0]}…"

    @property
    def articles(self) -> int:
        """How many articles and items stand under it."""
        return sum((child.node.kind in (Kind.ARTICLE, Kind.ITEM)) + child.articles for child in self.children)


def tree(nodes: Sequence[Node]) -> list[Branch]:
    """The branches at the top, in the order of the text."""
    branches = [_branch(node) for node in nodes]
    for branch in branches:
        if branch.node.parent is not None:
            branches[branch.node.parent].children.append(branch)
    return [branch for branch in branches if branch.node.parent is None]


def _branch(node: Node) -> Branch:
    kinds = [line.kind for line in outline(node.text)] if node.text else []
    return Branch(node, clauses=kinds.count(LineKind.CLAUSE), points=kinds.count(LineKind.POINT))
