"""The text of one article as lines people can cite: clauses (khoản), points (điểm), plain paragraphs, tables, notes.

Nothing is changed: the lines' `raw`, joined by line ends, are the text again, and `marker + text == raw`, so that a
page may set the marker apart and still show exactly the stored characters.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from drafts.quotation import QuoteReader


class LineKind(StrEnum):
    CLAUSE = "clause"
    POINT = "point"
    PLAIN = "plain"
    TABLE = "table"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of an article.

    `number` is bare ("2", "5a", "đ", "a1"; "" for other kinds). `label` says where the line stands, as one cites it:
    "khoản 2", "điểm đ khoản 2", "" before the first clause; a plain line has the label of what it continues.
    `offset` is where the line starts in the article's text.
    """

    kind: LineKind
    number: str
    marker: str
    text: str
    label: str
    offset: int

    @property
    def raw(self) -> str:
        return self.marker + self.text


# "1." "1-" "1/" "1)" "12a." but not "10.000 đồng", "28/12/2018", "2-3 ngày"; a footnote mark may stand behind.
_CLAUSE = re.compile(r"(\s*(\d{1,3})([a-zđ]?)\s*[.\-–/)])(?!\d)(\s*)")
# "1.1." and "1.2.3" of administrative papers count as clauses of their own row.
_DOTTED_CLAUSE = re.compile(r"(\s*(\d{1,2}(?:\.\d{1,2}){1,3})(?:\.(?!\d)|(?=\s)))(\s*)")
_POINT = re.compile(r"(\s*([a-zđăâêôơư])(\d{0,2})\s*\))(\s*)")
_POINT_WITH_DOT = re.compile(r"(\s*([a-zđ])()\s*\.)(\s+)")
_NOTE = re.compile(r"(\[\^\w+\]:)(\s*)")


def outline(text: str) -> list[Line]:
    """The lines of an article's `text`; lines inside a quotation that runs over several lines stay plain."""
    lines: list[Line] = []
    quotes = QuoteReader()
    clause = point = ""
    last_clause = 0
    offset = 0
    for raw in text.split("\n") if text else ():
        kind, number, end = LineKind.PLAIN, "", 0
        if quotes.is_quoted(raw):
            pass
        elif raw.startswith("|") and raw.rstrip().endswith("|") and len(raw) > 1:
            kind = LineKind.TABLE
        elif match := _NOTE.match(raw):
            kind, end = LineKind.NOTE, match.end()
        elif (match := _DOTTED_CLAUSE.match(raw)) and (match[1].endswith(".") or raw[match.end() :][:1].isupper()):
            kind, number, end = LineKind.CLAUSE, match[2], match.end()
        elif match := _CLAUSE.match(raw):
            separator = match[1][-1]
            if separator in ".)" or _continues_row(int(match[2]), last_clause):
                kind, number, end = LineKind.CLAUSE, match[2] + match[3], match.end()
        elif match := _POINT.match(raw) or _POINT_WITH_DOT.match(raw):
            kind, number, end = LineKind.POINT, match[2] + match[3], match.end()
        if kind is LineKind.CLAUSE:
            clause, point = number, ""
            last_clause = int(number) if number.isdecimal() else last_clause
        elif kind is LineKind.POINT:
            point = number
        label = "" if kind is LineKind.NOTE else _label(clause, point)
        lines.append(Line(kind, number, raw[:end], raw[end:], label, offset))
        offset += len(raw) + 1
    return lines


def clause_label(text: str, offset: int) -> str:
    """Where the character at `offset` stands, as one cites it: "điểm đ khoản 2", "khoản 2", or "" for the opening."""
    return label_at(outline(text), offset)


def label_at(lines: list[Line], offset: int) -> str:
    """`clause_label` for lines already outlined (many comments on one article)."""
    place = bisect_right(lines, offset, key=lambda line: line.offset) - 1
    return lines[max(place, 0)].label if lines else ""


def _continues_row(number: int, last: int) -> bool:
    """Whether a marker that may also be a dash or a fraction ("1-", "1/") is the next clause's."""
    return number in (1, last + 1)


def _label(clause: str, point: str) -> str:
    if clause and point:
        return f"điểm {point} khoản {clause}"
    if point:
        return f"điểm {point}"
    return f"khoản {clause}" if clause else ""
