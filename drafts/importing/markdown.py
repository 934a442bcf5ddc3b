"""Read Markdown: lines of text → Source. Signs of layout are taken away, tables and notes put in our notation.

A text counts as Markdown when it has headings with "#", a table with its line of dashes, or words between double
asterisks that begin lines; a lone asterisk or dash is part of many official papers and proves nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from drafts.importing.lines import Paragraph, Source

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_DASHES = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?$")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_QUOTED = re.compile(r"(?: {0,3}> ?)+")
_BULLET = re.compile(r"(\s*)[*+](\s+\S)")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:\s*(.*)$")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_BOLD_AT_START = re.compile(r"(?:\*\*|__)(?=\S)(.+?)(?<=\S)(?:\*\*|__)")
_SPANS = (
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^)\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)"), r"\1"),
    (
        re.compile(r"\[([^\]\n^][^\]\n]{0,300})\]\((?:<[^>\n]{0,2000}>|[^)\s]{0,2000})(?:\s+\"[^\"\n]{0,300}\")?\)"),
        r"\1",
    ),
    (re.compile(r"(`+)([^`\n]{1,2000})\1"), r"\2"),
    (re.compile(r"(?<!\\)\*\*(?=\S)([^\n]{1,2000}?)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<![\w\\])__(?=\S)([^\n]{1,2000}?)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w_\\])_(?=[^\s_])([^_\n]{1,2000}?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), "\n"),
)
_MOST_SIGNS = 400
_ESCAPE = re.compile(r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\]^_`{}~])")


def is_markdown(lines: list[str]) -> bool:
    """Whether the lines are laid out with signs of Markdown."""
    return (
        any(_heading(line)[1] for line in lines)
        or any(line.count("|") and _DASHES.match(line) for line in lines)
        or sum(bool(_BOLD_AT_START.match(line.lstrip())) for line in lines) > 1
    )


def read_markdown(lines: list[str]) -> Source:
    """Reads lines, writes paragraphs; the text of each stays whole but for the signs."""
    notes = dict(_notes(lines))
    paragraphs: list[Paragraph] = []
    is_code = False
    for number, line in enumerate(lines, start=1):
        if _FENCE.match(line):
            is_code = not is_code
        elif is_code:
            paragraphs.append(Paragraph(line, number))
        elif not _NOTE.match(line) and not _DASHES.match(line):
            _take(line, number, paragraphs, notes)
    return Source("md", tuple(paragraphs))


def _take(line: str, number: int, paragraphs: list[Paragraph], notes: dict[str, str]) -> None:
    """Add one line, or let it say that the line above is a heading."""
    if _UNDERLINE.match(line) and paragraphs and paragraphs[-1].text.strip() and not paragraphs[-1].level:
        above = paragraphs[-1]
        if not above.text.startswith("|"):
            paragraphs[-1] = replace(above, level=1 if "=" in line else 2, bold=len(above.text))
            return
    if _RULE.match(line):
        paragraphs.append(Paragraph("", number))
        return
    level, title = _heading(line)
    text = title if level else _QUOTED.sub("", line)
    text = _BULLET.sub(r"\1-\2", text, count=1) if _BULLET.match(text) else text
    if text.lstrip().startswith("|") and text.rstrip().endswith("|"):
        paragraphs.append(Paragraph(_row(text.strip()), number, _called(text, notes)))
        return
    start = _BOLD_AT_START.match(text.lstrip())
    plain = _plain(text)
    bold = len(plain) if level else len(_plain(start[0])) if start else 0
    paragraphs.append(Paragraph(plain, number, _called(text, notes), bold=bold, level=level))


def _heading(line: str) -> tuple[int, str]:
    """The level and the words of a heading: "## Chương I ##" → 2, "Chương I"; 0 for other lines."""
    found = _HEADING.match(line)
    if found is None:
        return 0, ""
    words = line[found.end() :].strip()
    bare = words.rstrip("#")
    return len(found[1]), bare.rstrip() if bare != words and bare[-1:] in ("", " ", "\t") else words


def _plain(text: str) -> str:
    """The words without signs of layout; a line with hundreds of them is no prose and stays as it is."""
    if sum(map(text.count, "*_`[")) > _MOST_SIGNS:
        return text
    for pattern, kept in _SPANS:
        text = pattern.sub(kept, text)
    return _ESCAPE.sub(r"\1", text)


def _row(text: str) -> str:
    """A row of a table: its cells are written as ours are, but for the signs of layout."""
    return _plain(text).replace("\n", "\\n")


def _notes(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if found := _NOTE.match(line):
            yield found[1], _plain(found[2])


def _called(text: str, notes: dict[str, str]) -> tuple[str, ...]:
    """The notes a line refers to, written out; each stands behind the first mark only."""
    return tuple(f"[^{name}]: {notes.pop(name)}" for name in dict.fromkeys(_NOTE_MARK.findall(text)) if name in notes)
