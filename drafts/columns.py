"""A row of a comparison in two columns: the words of the old articles and of the new ones, marked where they differ.

The articles of a side are compared as one text, so that a clause that went from one article to another is found again;
then each column is cut into its articles. Nothing is lost: the words of a column are the words of its articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafts.likeness import Article
from drafts.wording import Kind, Line, LineKind, Span, difference_lines

Paragraph = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One article in its column. ``title`` is "Điều 5. Tên điều"; ``is_whole`` says that it has no counterpart, so
    that it is shown as one block and not as marks on every word."""

    title: Paragraph
    paragraphs: tuple[Paragraph, ...]
    is_whole: bool


@lru_cache(maxsize=1024)
def columns(old: tuple[Article, ...], new: tuple[Article, ...]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The old articles with deleted words marked, the new ones with inserted words marked.

    Remembered: a table is looked at more often than its texts change.
    """
    if not old or not new:
        return tuple(map(_plain, old)), tuple(map(_plain, new))
    lines = difference_lines(_joined(old), _joined(new))
    return (
        tuple(_cut(old, lines, without=LineKind.INSERTED, hidden=Kind.INSERTED)),
        tuple(_cut(new, lines, without=LineKind.DELETED, hidden=Kind.DELETED)),
    )


def title_of(article: Article) -> str:
    """With a dot behind the number always, so that another number is told from another title."""
    label = f"{article.label}." if article.label else ""
    return " ".join(part for part in (label, article.heading) if part)


def _plain(article: Article) -> Part:
    first, *rest = _lines_of(article)
    return Part(_same(first), tuple(map(_same, rest)), is_whole=True)


def _joined(articles: Sequence[Article]) -> str:
    return "\n".join(line for article in articles for line in _lines_of(article))


def _lines_of(article: Article) -> list[str]:
    return [title_of(article), *(article.text.split("\n") if article.text else ())]


def _cut(articles: Sequence[Article], lines: list[Line], *, without: LineKind, hidden: Kind) -> Iterator[Part]:
    own = (line for line in lines if line.kind is not without)
    for article in articles:
        taken = [next(own) for _ in _lines_of(article)]
        title, *paragraphs = (_column(line, hidden) for line in taken)
        has_counterpart = any(span.kind is Kind.SAME for line in taken for span in line.spans)
        yield Part(title, tuple(paragraphs), is_whole=not has_counterpart)


def _column(line: Line, hidden: Kind) -> Paragraph:
    """The spans of one side; another number of the same paragraph is no change of words."""
    spans = [span for span in line.spans if span.kind is not hidden]
    return tuple(Span(Kind.SAME, span.text) if span.is_number else span for span in spans)


def _same(text: str) -> Paragraph:
    return (Span(Kind.SAME, text),) if text else ()
