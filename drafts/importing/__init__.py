"""Word and text files in, a tree of provisions out, in named stages; the order is the documentation.

    read       bytes        → Source       (`reading`, `word`, `plain`): paragraphs as the file has them
    normalise  Source       → [Line]       (`normalising`): NFC, one spelling of blanks, hyphens and Đ
    identify   [Line]       → [Line+Head]  (`identifying`): which lines are heads of what
    nest       [Line+Head]  → [Component]  (`nesting`): components, titles, parents, texts
    check      Component    → [Finding]    (`checking`): gaps, doubles, letters out of row

Each stage is a pure function of what it is given. No Django here.
"""

from drafts.importing.findings import Finding, UnreadableFile
from drafts.importing.structure import Component, ImportedFile, Kind, Node


def read_document(data: bytes, *, name: str) -> ImportedFile:
    """Read a .docx or UTF-8 text file; raise UnreadableFile with one clear sentence when that is impossible."""
    raise NotImplementedError


__all__ = ["Component", "Finding", "ImportedFile", "Kind", "Node", "UnreadableFile", "read_document"]
