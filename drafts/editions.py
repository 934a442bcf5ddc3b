"""Reading for the pages of editions: what the next one would freeze, and what two texts of a draft differ in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drafts.changes import Change, Fate, counts, only_articles, told
from drafts.checks import Draft, Finding, check
from drafts.checks import Kind as CheckKind
from drafts.models import Document, Edition, Provision
from drafts.photographs import edition_text, working_text
from drafts.texts import Sheet, Text, fingerprint
from drafts.wording import Kind, Line, LineKind, Span, difference_lines

FIRST = 8
STUMBLING = (CheckKind.CITATION, CheckKind.NUMBERING, CheckKind.HEADING, CheckKind.GAP, CheckKind.TERM)


@dataclass(frozen=True)
class Compared:
    """One provision on both sides; what it says is worked out where it is shown."""

    change: Change

    @property
    def sheet(self) -> Sheet:
        return self.change.sheet

    @property
    def fate(self) -> str:
        return self.change.fate.value

    @property
    def name(self) -> str:
        """``Điều 5``, or ``Điều 5 → Điều 6`` where the number is another."""
        old, new = self.change.old, self.change.new
        if old is not None and new is not None and old.label != new.label and old.label and new.label:
            return f"{old.label} → {new.label}"
        return self.sheet.label or self.sheet.heading or str(Provision.Kind(self.sheet.kind).label)

    @cached_property
    def heading_lines(self) -> list[Line]:
        return _lines(*(sheet.heading if sheet else None for sheet in (self.change.old, self.change.new)))

    @cached_property
    def lines(self) -> list[Line]:
        return _lines(*(sheet.text if sheet else None for sheet in (self.change.old, self.change.new)))


@dataclass(frozen=True)
class Run:
    """Neighbours that are shown one by one, or unchanged ones that are folded together."""

    is_kept: bool
    members: list[Compared]


class TwoTexts:
    """What became of every provision from the older text to the newer one."""

    def __init__(self, old: Text, new: Text) -> None:
        self.old, self.new = old, new

    @cached_property
    def changes(self) -> list[Change]:
        return told(self.old, self.new)

    @cached_property
    def counts(self) -> Counter[Fate]:
        """Of articles and items, as people count them."""
        return counts(only_articles(self.changes))

    @property
    def are_the_same(self) -> bool:
        return self.old.title == self.new.title and all(change.fate is Fate.KEPT for change in self.changes)

    @property
    def summary(self) -> str:
        """``12 sửa đổi, 2 bổ sung mới, 1 bỏ, 3 chuyển chỗ``; what is no article is named after it."""
        said = [words for fate, words in _counted(self.counts) if self.counts[fate]]
        articles = set(map(id, only_articles(self.changes)))
        others = sum(change.fate is not Fate.KEPT for change in self.changes if id(change) not in articles)
        if others:
            said.append(
                ngettext("%(n)s change outside articles", "%(n)s changes outside articles", others) % {"n": others}
            )
        if self.old.title != self.new.title:
            said.append(_("another title"))
        return ", ".join(said) or _("no change")

    @cached_property
    def changed(self) -> list[Compared]:
        return [Compared(change) for change in self.changes if change.fate is not Fate.KEPT]

    @cached_property
    def runs(self) -> list[Run]:
        """All provisions in their order, unchanged neighbours together."""
        compared = map(Compared, self.changes)
        return [Run(is_kept, list(run)) for is_kept, run in groupby(compared, key=lambda c: c.fate == Fate.KEPT)]


@dataclass(frozen=True)
class Preview:
    """What would be frozen if the next edition were issued now."""

    text: Text
    number: int
    since: Edition | None
    difference: TwoTexts | None

    @property
    def seen(self) -> str:
        return fingerprint(self.text.title, self.text.sheets)

    @property
    def articles(self) -> int:
        return len(self.text.articles())

    @cached_property
    def draft(self) -> Draft:
        return Draft(self.text)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the checks find, in the order of the text."""
        return check(self.text)

    @cached_property
    def first(self) -> list[Finding]:
        """Those that a reader of the edition stumbles over, as far as one looks at them here."""
        return [finding for finding in self.findings if finding.kind in STUMBLING][:FIRST]

    @property
    def kinds(self) -> list[tuple[CheckKind, int]]:
        """How many of each kind."""
        counted = Counter(finding.kind for finding in self.findings)
        return [(kind, counted[kind]) for kind in CheckKind if counted[kind]]


def preview_of(document: Document) -> Preview:
    """The next edition against the newest that counts. Four queries at most."""
    text = working_text(document)
    editions = list(document.editions.select_related("recall"))
    since = next((edition for edition in editions if not edition.is_recalled), None)
    number = editions[0].number + 1 if editions else 1
    return Preview(text, number, since, TwoTexts(edition_text(since), text) if since else None)


def editions_of(document: Document) -> list[Edition]:
    """All of them, the newest first, each with ``previous``: the newest before it that counts. One query."""
    editions = list(document.editions.select_related("operation__by__unit", "recall__operation__by__unit"))
    for edition in editions:
        older = (e for e in editions if e.number < edition.number and not e.is_recalled)
        edition.previous = next(older, None)
    return editions


def _counted(found: Counter[Fate]) -> list[tuple[Fate, str]]:
    """The counts in words, in the order in which one tells them."""
    names = {
        Fate.AMENDED: ngettext("%(n)s amended", "%(n)s amended", found[Fate.AMENDED]),
        Fate.CITED: ngettext("%(n)s in its citations only", "%(n)s in their citations only", found[Fate.CITED]),
        Fate.NEW: ngettext("%(n)s new", "%(n)s new", found[Fate.NEW]),
        Fate.DROPPED: ngettext("%(n)s dropped", "%(n)s dropped", found[Fate.DROPPED]),
        Fate.MOVED: ngettext("%(n)s moved", "%(n)s moved", found[Fate.MOVED]),
        Fate.RENUMBERED: ngettext("%(n)s renumbered", "%(n)s renumbered", found[Fate.RENUMBERED]),
    }
    return [(fate, words % {"n": found[fate]}) for fate, words in names.items()]


def _lines(old: str | None, new: str | None) -> list[Line]:
    """The difference of both sides; of a whole new or dropped text the plain lines, which are marked as a whole."""
    if old is not None and new is not None:
        return difference_lines(old, new)
    return list(_plain((old or new or "").split("\n")))


def _plain(lines: Iterable[str]) -> Iterator[Line]:
    for line in lines:
        if line:
            yield Line(LineKind.SAME, (Span(Kind.SAME, line),))
