"""Quotations that run over several lines: the articles of other laws that an amending text quotes.

A quotation opens at a line that *begins* with an opening mark (“ « " ''), is not closed in that line, and either
follows a colon or quotes something numbered (“Điều 4a. …, “2. …, “đ) …). It closes at the line in which the marks
come out even again. Marks inside a line open nothing.
"""

import re

_OPENING = "“«„"
_CLOSING = "”»"
_NUMBERED = re.compile(
    r"[“«„\"']+\s*(?:\d{1,3}[a-zđ]?\d?\s*[.\-)/]|[a-zđ]\d?\s*[.)]|(?:Điều|Khoản|Chương|Mục|Phần)\s|[IVX]+\s*[.\-])"
)


class QuoteReader:
    """Fed line by line, tells for each whether it belongs to such a quotation. Costs one pass over the line."""

    def __init__(self) -> None:
        self._depth = 0
        self._straight = ""
        self._after_colon = False

    @property
    def is_open(self) -> bool:
        return self._depth > 0 or bool(self._straight)

    def close(self) -> None:
        """Forget an opening whose closing mark the writer forgot."""
        self._depth, self._straight = 0, ""

    def is_quoted(self, line: str) -> bool:
        if self._straight:
            if line.count(self._straight) % 2:
                self._straight = ""
            is_quoted = True
        elif self._depth:
            self._depth = max(0, self._depth + _balance(line))
            is_quoted = True
        else:
            is_quoted = self._opens(line.lstrip())
        self._after_colon = line.endswith(":")
        return is_quoted

    def _opens(self, line: str) -> bool:
        """Whether a line begins with a quotation; sets what must close it if it runs on."""
        if not line.startswith(("“", "«", "„", '"', "''")):
            return False
        if not (self._after_colon or _NUMBERED.match(line)):
            return True
        if line[0] in _OPENING:
            self._depth = max(0, _balance(line))
        else:
            mark = line[0] if line[0] == '"' else "''"
            self._straight = mark if line.count(mark) % 2 else ""
        return True


def _balance(line: str) -> int:
    return sum(line.count(mark) for mark in _OPENING) - sum(line.count(mark) for mark in _CLOSING)
