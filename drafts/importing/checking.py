"""Check: a component's nodes → what a person should look at, each with its line and the reason.

Nothing is corrected. Articles must count on without gaps; clauses and points must within an article; letters must be
those of the row a b c d đ e g …; every part, chapter, section and article should have a title (Law 64/2025, article 7),
unless the document does without titles altogether.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from drafts.importing.findings import Finding, gettext_noop
from drafts.importing.lines import SourceLine
from drafts.importing.nesting import NodeDraft
from drafts.importing.structure import Kind
from drafts.numbering import POINT_LETTERS, UNUSUAL_LETTERS, next_number, sort_key, split_number
from drafts.outline import LineKind, outline

MAX_FINDINGS = 200

_ARTICLE_GAP = gettext_noop("Article %(number)s follows article %(before)s: numbers are missing between them.")
_ARTICLE_TWICE = gettext_noop("Article %(number)s comes a second time.")
_ARTICLE_BACK = gettext_noop("Article %(number)s stands after article %(before)s.")
_ARTICLE_START = gettext_noop("The first article has the number %(number)s.")
_ARTICLE_BARE = gettext_noop("Article %(number)s has no title.")
_ARTICLE_EMPTY = gettext_noop("Article %(number)s has no text.")
_ARTICLE_HEAD = gettext_noop("The head of article %(number)s is written in an unusual way: “%(label)s”.")
_GROUP_GAP = {
    Kind.PART: gettext_noop("Part %(number)s does not follow part %(before)s."),
    Kind.CHAPTER: gettext_noop("Chapter %(number)s does not follow chapter %(before)s."),
    Kind.SECTION: gettext_noop("Section %(number)s does not follow section %(before)s."),
    Kind.SUBSECTION: gettext_noop("Subsection %(number)s does not follow subsection %(before)s."),
}
_GROUP_START = {
    Kind.PART: gettext_noop("The first part has the number %(number)s."),
    Kind.CHAPTER: gettext_noop("The first chapter has the number %(number)s."),
    Kind.SECTION: gettext_noop("The first section has the number %(number)s."),
    Kind.SUBSECTION: gettext_noop("The first subsection has the number %(number)s."),
}
_GROUP_BARE = {
    Kind.PART: gettext_noop("Part %(number)s has no title."),
    Kind.CHAPTER: gettext_noop("Chapter %(number)s has no title."),
    Kind.SECTION: gettext_noop("Section %(number)s has no title."),
    Kind.SUBSECTION: gettext_noop("Subsection %(number)s has no title."),
}
_CLAUSE_GAP = gettext_noop("Clause %(number)s follows clause %(before)s in article %(article)s.")
_CLAUSE_START = gettext_noop("The first clause of article %(article)s has the number %(number)s.")
_POINT_START = gettext_noop("The first point of a row in article %(article)s is %(number)s.")
_POINT_GAP = gettext_noop("Point %(number)s follows point %(before)s in article %(article)s.")
_POINT_MISSING = gettext_noop("Point %(missing)s is missing before point %(number)s in article %(article)s.")
_POINT_UNUSUAL = gettext_noop("Point %(number)s in article %(article)s: this letter is not used for points.")
LOOSE_TITLE = gettext_noop("“%(words)s” stands alone in capitals like the heading of a chapter, and was kept as text.")
STYLED_TITLE = gettext_noop(
    "“%(words)s” has the style of a heading, but neither word nor number, and was kept as text."
)
_NOTHING = gettext_noop("No article, part or item was recognised: the whole text stands in the opening.")

_LOOSE = re.compile(r"[^\W\d_]+(?:[ ,\-–]+[^\W\d_]+){1,15}")

GAPS = {_ARTICLE_GAP: Kind.ARTICLE} | {message: kind for kind, message in _GROUP_GAP.items()}
"""The findings that say that numbers are missing, and of what."""


def check(drafts: list[NodeDraft]) -> list[Finding]:
    """Reads the nodes of a component, writes the findings about them (at most MAX_FINDINGS)."""
    findings: list[Finding] = []
    for finding in _findings(drafts):
        findings.append(finding)
        if len(findings) == MAX_FINDINGS:
            break
    return findings


def _findings(drafts: list[NodeDraft]) -> Iterator[Finding]:
    articles = [draft for draft in drafts if draft.kind is Kind.ARTICLE]
    if not any(draft.kind in (Kind.ARTICLE, Kind.ITEM, *_GROUP_GAP) for draft in drafts):
        yield Finding(drafts[0].line if drafts else 1, _NOTHING)
    yield from _article_numbers(articles)
    yield from _group_numbers(drafts)
    yield from _titles(drafts, articles)
    yield from _loose_titles(drafts)
    yield from _styled_titles(drafts)
    for article in articles:
        yield from _inside(article)


def _article_numbers(articles: list[NodeDraft]) -> Iterator[Finding]:
    before = ""
    seen: set[str] = set()
    for article in articles:
        number = article.number
        params = {"number": number, "before": before}
        if number in seen:
            yield Finding(article.line, _ARTICLE_TWICE, {"number": number})
        elif not before:
            if number != "1":
                yield Finding(article.line, _ARTICLE_START, {"number": number})
        elif sort_key(number) < sort_key(before):
            yield Finding(article.line, _ARTICLE_BACK, params)
        elif not _follows(before, number):
            yield Finding(article.line, _ARTICLE_GAP, params)
        if not article.label.startswith(("Điều ", "ĐIỀU ")) or split_number(number)[0] not in article.label:
            yield Finding(article.line, _ARTICLE_HEAD, {"number": number, "label": article.label})
        seen.add(number)
        before = number


def _group_numbers(drafts: list[NodeDraft]) -> Iterator[Finding]:
    last: dict[tuple[Kind, int | None], str] = {}
    anywhere: dict[Kind, str] = {}  # chapters may count on from one part to the next
    for draft in drafts:
        if draft.kind not in _GROUP_GAP:
            continue
        place = (draft.kind, draft.parent)
        before = last.get(place) or anywhere.get(draft.kind, "")
        is_first = place not in last and draft.number in ("1", "I", "A")
        if not before and not is_first:
            yield Finding(draft.line, _GROUP_START[draft.kind], {"number": draft.number})
        elif not is_first and not _follows(before, draft.number):
            yield Finding(draft.line, _GROUP_GAP[draft.kind], {"number": draft.number, "before": before})
        last[place] = anywhere[draft.kind] = draft.number


def _titles(drafts: list[NodeDraft], articles: list[NodeDraft]) -> Iterator[Finding]:
    titled = sum(bool(article.heading) for article in articles)
    for draft in drafts:
        if draft.kind in _GROUP_BARE and not draft.heading:
            yield Finding(draft.line, _GROUP_BARE[draft.kind], {"number": draft.number})
        elif draft.kind is Kind.ARTICLE:
            if not draft.heading and 2 * titled > len(articles):
                yield Finding(draft.line, _ARTICLE_BARE, {"number": draft.number})
            if not draft.body:
                yield Finding(draft.line, _ARTICLE_EMPTY, {"number": draft.number})


def _loose_titles(drafts: list[NodeDraft]) -> Iterator[Finding]:
    """Between two articles a line in capitals with neither word nor number: "QUY ĐỊNH CHUNG"."""
    for draft, behind in pairwise(drafts):
        if draft.kind is not Kind.ARTICLE or behind.kind is not Kind.ARTICLE or len(draft.body) < 2:
            continue
        last = draft.body[-1]
        if _is_loose_title(last):
            yield Finding(last.line, LOOSE_TITLE, {"words": last.text})


def _is_loose_title(line: SourceLine) -> bool:
    return line.text.isupper() and _LOOSE.fullmatch(line.text) is not None


def _styled_titles(drafts: list[NodeDraft]) -> Iterator[Finding]:
    """Lines of text that the file has as headings, and what heads of that style are: "chapter", "article" or ""."""
    kinds = {draft.level: draft.kind for draft in drafts if draft.level and draft.kind in (*_GROUP_GAP, Kind.ARTICLE)}
    lines = [line for draft in drafts if draft.kind in (*_GROUP_GAP, Kind.ARTICLE) for line in _styled(draft)]
    if drafts[:1] and drafts[0].kind is Kind.PREAMBLE:
        levels = {line.level for line in lines}
        lines += [line for line in drafts[0].body[-1:] if line.level in levels and line in _styled(drafts[0])]
    article = next((level for level, kind in kinds.items() if kind is Kind.ARTICLE), 0)
    for line in lines:
        kind = kinds.get(line.level, Kind.CHAPTER if line.level < article else None)
        yield Finding(line.line, STYLED_TITLE, {"words": line.text, "kind": kind.value if kind else ""})


def _styled(draft: NodeDraft) -> list[SourceLine]:
    return [line for line in draft.body if line.level and _LOOSE.fullmatch(line.text) and not _is_loose_title(line)]


def _inside(article: NodeDraft) -> Iterator[Finding]:
    """Clauses and points that do not count on."""
    body = article.text_lines()
    lines = outline("\n".join(line.text for line in body))
    clause = point = ""
    for source, line in zip(body, lines, strict=True):
        if line.kind is LineKind.CLAUSE and "." not in line.number:
            params = {"number": line.number, "before": clause, "article": article.number}
            if not clause and line.number != "1":
                yield Finding(source.line, _CLAUSE_START, {"number": line.number, "article": article.number})
            elif clause and line.number != "1" and not _follows(clause, line.number):
                yield Finding(source.line, _CLAUSE_GAP, params)
            clause, point = line.number, ""
        elif line.kind is LineKind.POINT:
            if finding := _point(point, line.number, article.number):
                yield Finding(source.line, *finding)
            point = line.number


def _point(before: str, number: str, article: str) -> tuple[str, dict[str, str | int]] | None:
    params: dict[str, str | int] = {"number": number, "article": article}
    if number[0] in UNUSUAL_LETTERS:
        return _POINT_UNUSUAL, params
    if number in ("a", "a1") or (before and _follows(before, number)):
        return None
    if not before:
        return _POINT_START, params
    letters = POINT_LETTERS
    if len(before) == len(number) == 1 and before in letters:
        skipped = letters[letters.index(before) + 1 : letters.index(number)]
        if len(skipped) == 1:
            return _POINT_MISSING, params | {"missing": skipped}
    return _POINT_GAP, params | {"before": before}


def _follows(before: str, number: str) -> bool:
    """Whether `number` is one that may come right after `before`: the next, or an inserted one (5 → 5a → 6)."""
    return number in _successors(before) or (split_number(before)[1] != "" and number in _stem_successors(before))


def _successors(number: str) -> tuple[str, ...]:
    return tuple(_possible(number, (next_number, lambda n: f"{n}a", lambda n: f"{n}1")))


def _stem_successors(number: str) -> tuple[str, ...]:
    return tuple(_possible(split_number(number)[0], (next_number,)))


def _possible(number: str, ways: tuple[Callable[[str], str], ...]) -> Iterator[str]:
    for way in ways:
        try:
            yield way(number)
        except ValueError:
            continue
