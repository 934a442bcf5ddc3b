"""The names of places on a page: ``dieu-5``, ``dieu-5-khoan-2-diem-a``. No Django."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence

from drafts.outline import Line, LineKind
from drafts.texts import Sheet, Text


def page_name(sheet: Sheet, anchor: str) -> str:
    """How the address of its own page names it: by number, or by wid where the number does not decide."""
    return sheet.number if anchor.startswith("dieu-") else str(sheet.wid)


def unique_anchors(text: Text) -> dict[uuid.UUID, str]:
    """``dieu-12`` for the first article of that number; a second one is named by its wid."""
    numbers = Counter(sheet.anchor for sheet in text)
    anchors: dict[uuid.UUID, str] = {}
    taken: set[str] = set()
    for sheet in text:
        name = sheet.anchor
        if numbers[name] > 1 and name in taken:
            name = f"muc-{sheet.wid}"
        taken.add(name)
        anchors[sheet.wid] = name
    return anchors


def line_anchors(lines: Sequence[Line], anchor: str) -> list[str]:
    """The ids of the lines: ``dieu-2-khoan-1-diem-a``; empty where a line has no number or the name is taken."""
    names: list[str] = []
    taken: set[str] = set()
    clause = ""
    for line in lines:
        name = ""
        if line.kind is LineKind.CLAUSE:
            name = clause = f"{anchor}-khoan-{line.number.replace('.', '-')}"
        elif line.kind is LineKind.POINT:
            name = f"{clause or anchor}-diem-{line.number}"
        names.append("" if name in taken else name)
        taken.add(name)
    return names
