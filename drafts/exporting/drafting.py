"""The draft as a Word file: clean, or marked up against another text."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from drafts.exporting.furniture import Facts, furnished
from drafts.exporting.layout import Layout
from drafts.exporting.notes import NoteBook
from drafts.exporting.package import Contents, packed
from drafts.exporting.passages import Passage, Written, clean_passages, marked_passages, write
from drafts.exporting.remarks import Remark
from drafts.exporting.writing import Writer
from drafts.importing.lines import Mark
from drafts.importing.returning import fingerprint, is_head
from drafts.texts import Text


def clean_draft(text: Text, *, facts: Facts, layout: Layout, remarks: Sequence[Remark] = ()) -> bytes:
    """The text as a paper of the office; `remarks` become Word comments."""
    book = NoteBook()
    passages = list(clean_passages(text, book))
    return _paper(text, passages, book, facts=facts, layout=layout, remarks=remarks)


def marked_draft(
    old: Text,
    new: Text,
    *,
    facts: Facts,
    layout: Layout,
    by: str,
    at: dt.datetime,
    remarks: Sequence[Remark] = (),
    pairs: Mapping[uuid.UUID, uuid.UUID] | None = None,
) -> bytes:
    """The new text with every change from the old one as a tracked change of `by`.

    Accepting all of them gives the new text, rejecting all the old one. `pairs` as in `marked_passages`.
    """
    book = NoteBook()
    passages = list(marked_passages(old, new, book, pairs=pairs))
    return _paper(new, passages, book, facts=facts, layout=layout, remarks=remarks, by=by, at=at)


def _paper(
    text: Text,
    passages: Sequence[Passage],
    book: NoteBook,
    *,
    facts: Facts,
    layout: Layout,
    remarks: Sequence[Remark],
    by: str = "",
    at: dt.datetime | None = None,
) -> bytes:
    written = [write(sheet, book) for sheet in text]
    codes = {one.sheet.wid: one.coded for one in written}
    writer = Writer(layout=layout, book=book, by=by, at=at, remarks=remarks, codes=codes)
    body = writer.write(furnished(passages, text=text, facts=facts, layout=layout))
    contents = Contents(body, writer.footnotes, writer.endnotes, remarks, marks_of(written))
    return packed(contents, layout=layout, facts=facts)


def marks_of(written: Sequence[Written]) -> list[Mark]:
    """What the file says of its provisions, for the day it comes back."""
    marks = []
    known: set[uuid.UUID] = set()
    for one in written:
        sheet = one.sheet
        parent = sheet.parent.hex if sheet.parent in known and sheet.parent else ""
        known.add(sheet.wid)
        is_quoting = any(is_head(line) for line in one.coded.lines)
        sha256 = fingerprint(sheet.heading, sheet.text)
        marks.append(
            Mark(
                sheet.wid.hex,
                sheet.kind,
                sheet.number,
                sheet.label,
                parent,
                one.form,
                sha256,
                is_quoting=is_quoting,
                notes=one.coded.names,
            )
        )
    return marks
