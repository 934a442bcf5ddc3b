"""Footnotes while a text is worked on: one private character stands for a mark and the note behind it.

So a difference sees a note as one word, whatever its number is; numbers are given anew when the paper is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIRST = 0xF0000  # supplementary private use: in no text that offices write
_LAST = 0xFFFFD
_NOTE = re.compile(r"\[\^(\w+)\]: ?(.*)")
_MARK = re.compile(r"\[\^(\w+)\]")
CHARACTERS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    is_endnote: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """Heading and lines with private characters for notes. `marks` are the places of marks in the text as stored.

    `names` are those of the notes, in the order of their marks, heading first.
    """

    heading: str
    lines: tuple[str, ...]
    marks: tuple[tuple[int, int], ...]
    names: tuple[str, ...] = ()

    def place(self, offset: int) -> int:
        """Where the character at `offset` of the stored text stands in the coded text (lines joined by line ends)."""
        shorter = 0
        for start, end in self.marks:
            if offset < end:
                return min(offset, start) - shorter if offset >= start else offset - shorter
            shorter += end - start - 1
        return offset - shorter


class NoteBook:
    """Gives each distinct note its character; both sides of a difference share one book."""

    def __init__(self) -> None:
        self._characters: dict[Note, str] = {}
        self._notes: dict[str, Note] = {}

    def note(self, character: str) -> Note:
        return self._notes[character]

    def character(self, note: Note) -> str:
        if note not in self._characters:
            code = _FIRST + len(self._characters)
            self._characters[note] = character = chr(code)
            self._notes[character] = note
        return self._characters[note]

    def code(self, heading: str, text: str) -> Coded:
        """Notes that stand at the end of the text and are referred to once become characters; all else stays."""
        heading, text = CHARACTERS.sub("\ufffd", heading), CHARACTERS.sub("\ufffd", text)
        lines = text.split("\n") if text else []
        names, body = _notes_at_end(lines)
        used = [match[1] for match in _MARK.finditer("\n".join([heading, *body]))]
        names = {name: words for name, words in names.items() if used.count(name) == 1}
        kept = [line for line in lines[len(body) :] if not ((note := _NOTE.match(line)) and note[1] in names)]
        marks: list[tuple[int, int]] = []

        def coded(match: re.Match[str]) -> str:
            if match[1] not in names:
                return match[0]
            return self.character(Note(names[match[1]], match[1].startswith("e")))

        joined = "\n".join([*body, *kept])
        marks = [match.span() for match in _MARK.finditer(joined) if match[1] in names]
        lines = _MARK.sub(coded, joined).split("\n") if joined else []
        order = tuple(match[1] for match in _MARK.finditer(f"{heading}\n{joined}") if match[1] in names)
        return Coded(_MARK.sub(coded, heading), tuple(lines), tuple(marks), order)


def _notes_at_end(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The notes by name, and the lines before them; a name that comes twice is no note's."""
    at = len(lines)
    names: dict[str, str] = {}
    while at and (match := _NOTE.fullmatch(lines[at - 1])) and match[1] not in names:
        names[match[1]] = match[2]
        at -= 1
    return names, lines[:at]
