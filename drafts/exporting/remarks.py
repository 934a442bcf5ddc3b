"""Comments as plain values, and the parts of a Word file that hold them with their replies."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from drafts.exporting.markup import NAMESPACES, attribute, run, words


@dataclass(frozen=True, slots=True)
class Reply:
    author: str
    at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment where it stands: characters `start` to `end` of the provision's text.

    Without `start` it stands on the provision as a whole, without `wid` on the text as a whole. `is_done`: answered.
    """

    author: str
    at: dt.datetime
    text: str
    wid: uuid.UUID | None = None
    start: int | None = None
    end: int | None = None
    replies: tuple[Reply, ...] = ()
    is_done: bool = False


def comments_part(remarks: Sequence[Remark]) -> str:
    """All comments, each followed by its replies: so are they numbered, from 0."""
    comments = (_comment(place, author, at, text) for place, (author, at, text) in enumerate(_flat(remarks)))
    return f"<w:comments {NAMESPACES}>{''.join(comments)}</w:comments>"


def threads_part(remarks: Sequence[Remark]) -> str:
    """Which comment replies to which, and which are done."""
    lines, place = [], 0
    for remark in remarks:
        first = place
        done = int(remark.is_done)
        lines.append(f'<w15:commentEx w15:paraId="{_paragraph(place)}" w15:done="{done}"/>')
        for _ in remark.replies:
            place += 1
            lines.append(
                f'<w15:commentEx w15:paraId="{_paragraph(place)}" w15:paraIdParent="{_paragraph(first)}" '
                f'w15:done="{done}"/>'
            )
        place += 1
    return f"<w15:commentsEx {NAMESPACES}>{''.join(lines)}</w15:commentsEx>"


def numbers(remarks: Sequence[Remark]) -> list[list[int]]:
    """The numbers of each remark's comments: its own and those of its replies."""
    found, place = [], 0
    for remark in remarks:
        count = 1 + len(remark.replies)
        found.append(list(range(place, place + count)))
        place += count
    return found


def _flat(remarks: Sequence[Remark]) -> list[tuple[str, dt.datetime, str]]:
    flat = []
    for remark in remarks:
        flat.append((remark.author, remark.at, remark.text))
        flat += [(reply.author, reply.at, reply.text) for reply in remark.replies]
    return flat


def _comment(place: int, author: str, at: dt.datetime, text: str) -> str:
    lines = text.splitlines() or [""]
    paragraphs = []
    for number, line in enumerate(lines):
        is_last = number == len(lines) - 1
        identity = f' w14:paraId="{_paragraph(place)}"' if is_last else ""
        mark = run("<w:annotationRef/>", '<w:rStyle w:val="CommentReference"/>') if number == 0 else ""
        said = run(words(line)) if line else ""
        paragraphs.append(f'<w:p{identity}><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{mark}{said}</w:p>')
    return (
        f'<w:comment w:id="{place}" w:author={attribute(author)} w:date="{stamp(at)}" '
        f"w:initials={attribute(initials(author))}>{''.join(paragraphs)}</w:comment>"
    )


def initials(name: str) -> str:
    """ "Nguyễn Văn An" → "NVA"."""
    return "".join(word[0] for word in name.split() if word[0].isalnum())[:4].upper() or "?"


def stamp(at: dt.datetime) -> str:
    """Local time of the office: Word shows what stands there as it stands."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _paragraph(place: int) -> str:
    """Eight hexadecimal digits below 0x80000000, as the format wants them."""
    return f"{0x10000000 + place:08X}"
