"""Comments in the margin of a Word file: which words each is about, who wrote it, when, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from drafts.importing.archive import attribute
from drafts.importing.lines import Remark
from drafts.importing.runs import Written

MAX_REMARKS = 2_000
MAX_WORDS = 15_000
_AROUND = 80
_MOST_PARAGRAPHS = 200  # of one comment's words; no pen reaches further
_LONGEST_NAME = 120
_LONGEST_DATE = 30


@dataclass(slots=True)
class _Range:
    """The words of one comment as they are met; ``parts`` one for each paragraph it reaches over."""

    line: int
    prefix: str = ""
    suffix: str = ""
    parts: list[str] = field(default_factory=list)


class Margin:
    """Collects the words between the borders of each comment, in document order."""

    def __init__(self) -> None:
        self._ranges: dict[str, _Range] = {}
        self._open: dict[str, _Range] = {}

    def met(self, identity: str, *, line: int) -> None:
        """The sign of a comment: all there is when it has no borders."""
        self._ranges.setdefault(identity, _Range(line))

    def take(self, written: Written, *, line: int) -> None:
        """The next paragraph."""
        starts = dict.fromkeys(self._open, 0)
        for offset, identity, begins in written.borders:
            if begins and identity not in self._ranges and len(self._ranges) < MAX_REMARKS:
                before = written.text[max(0, offset - _AROUND) : offset]
                self._ranges[identity] = self._open[identity] = _Range(line, prefix=before)
                starts[identity] = offset
            elif not begins and (found := self._open.pop(identity, None)):
                found.parts.append(written.text[starts[identity] : offset])
                found.suffix = written.text[offset : offset + _AROUND]
        for identity, found in list(self._open.items()):
            found.parts.append(written.text[starts[identity] :])
            if len(found.parts) == _MOST_PARAGRAPHS:
                del self._open[identity]

    def remarks(self, comments: Iterable[tuple[etree._Element, str]]) -> tuple[Remark, ...]:
        """The comments that say something, numbered from 1 in the order of the file."""
        remarks: list[Remark] = []
        for comment, words in comments:
            if not words or len(remarks) == MAX_REMARKS:
                continue
            place = self._ranges.get(attribute(comment, "id") or "") or _Range(1)
            remarks.append(
                Remark(
                    number=len(remarks) + 1,
                    line=place.line,
                    quote="\n".join(part for part in place.parts if part.strip())[:MAX_WORDS].strip(),
                    prefix=place.prefix,
                    suffix=place.suffix,
                    author=(attribute(comment, "author") or "").strip()[:_LONGEST_NAME],
                    date=(attribute(comment, "date") or "")[:_LONGEST_DATE],
                    text=words[:MAX_WORDS],
                )
            )
        return tuple(remarks)
