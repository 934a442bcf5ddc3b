"""A merge on the page: its pieces in the order of the text, each place to decide with its question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField

from drafts.merging import Conflict, Piece, Resolved, Same
from drafts.wording import difference


def shown(piece: Piece, questions: Iterator[BoundField]) -> dict[str, Any]:
    """A piece for ``_merged.html``: kind, texts, and its question where both sides changed it."""
    match piece:
        case Same(text):
            return {"kind": "same", "text": text}
        case Resolved(base, text, by):
            return {"kind": "resolved", "spans": difference(base, text), "by": by.value}
        case Conflict(base, mine, theirs):
            return {"kind": "conflict", "base": base, "mine": mine, "theirs": theirs, "question": next(questions)}
