"""The consolidated page: every opinion on a document in the draft's own order, with counts that are always exact.

A bounded number of queries, whatever the number of comments.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext, gettext_lazy, pgettext

from accounts.models import User
from accounts.vietnamese import sort_key
from comments.access import visible_comments
from comments.leaves import name_of, title_of
from comments.models import Comment, CommentQuerySet, Consultation, Invitation, Reply, Response
from drafts.models import ComparisonSide, Document, Operation, Provision
from drafts.photographs import working_text
from drafts.texts import Sheet, Text

PAGE_SIZE = 100
OPEN = "open"
STATES = (OPEN, *Response.Outcome.values)
GENERAL = "general"
ARRANGEMENTS = {
    "article": gettext_lazy("by article"),
    "unit": gettext_lazy("by unit"),
    "topic": gettext_lazy("by topic"),
    "state": gettext_lazy("by state"),
}
NEW, ANSWERED = "new", "answered"


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see. Empty strings mean everything."""

    state: str = ""
    unit: int | None = None
    kind: str = ""
    article: str = ""
    words: str = ""
    topic: int | None = None
    flagged: str = ""
    changed: str = ""
    since: dt.datetime | None = field(default=None, compare=False)
    """``changed`` counts from here: "new" comments or "answered" ones, of others than ``looker``."""
    looker: int | None = field(default=None, compare=False)

    def apply(self, comments: CommentQuerySet) -> CommentQuerySet:
        if self.state == OPEN:
            comments = comments.unanswered()
        elif self.state:
            comments = comments.filter(response__outcome=self.state)
        if self.unit:
            comments = comments.annotate(unit=UNIT).filter(unit=self.unit)
        if self.kind:
            comments = comments.filter(kind=self.kind)
        if self.article == GENERAL:
            comments = comments.filter(provision=None)
        elif self.article:
            comments = comments.filter(provision__wid=self.article)
        if self.topic:
            comments = comments.filter(topic=self.topic)
        if self.flagged:
            comments = comments.filter(flagged_at__isnull=False)
        if self.changed and self.since:
            came = {NEW: came_since, ANSWERED: answered_since}[self.changed]
            comments = comments.filter(came(self.since, besides=self.looker))
        for word in unicodedata.normalize("NFC", self.words).split():
            comments = comments.filter(
                Q(text__unaccent__icontains=word)
                | Q(quote__unaccent__icontains=word)
                | Q(proposed_text__unaccent__icontains=word)
                | Q(response__explanation__unaccent__icontains=word)
            )
        return comments

    @property
    def are_set(self) -> bool:
        return self != Filters()


UNIT = Coalesce("on_behalf_of", "author__unit")


def came_since(moment: dt.datetime, *, besides: int | None) -> Q:
    """Comments of others that were made or, as part of a unit's answer, sent since."""
    recent = Q(contribution=None, created_at__gt=moment) | Q(contribution__answered_at__gt=moment)
    return recent & ~Q(author=besides) & (Q(recorded_by=None) | ~Q(recorded_by=besides))


def answered_since(moment: dt.datetime, *, besides: int | None) -> Q:
    return Q(response__at__gt=moment) & ~Q(response__by=besides)


class Cell(NamedTuple):
    """How many comments have article, state, kind and unit in common."""

    place: uuid.UUID | None
    state: str
    kind: str
    unit: int | None
    unit_rank: int | None
    unit_name: str | None
    comments: int
    flagged: int
    came: int = 0
    answered: int = 0
    withdrawn: int = 0


class Speaker(NamedTuple):
    """A unit and how many comments it made, how many of them open."""

    pk: int
    name: str
    comments: int
    open: int


class Changes(NamedTuple):
    """How many comments came, were answered and were withdrawn."""

    came: int
    answered: int
    withdrawn: int


@dataclass
class Bar:
    """One article in the picture of the draft, or what else was commented on: how many comments in each state."""

    sheet: Sheet
    counts: Counter[str]
    tallest: int
    is_first: bool = False

    HEIGHT = 100

    @property
    def name(self) -> str:
        return name_of(self.sheet)

    @property
    def short(self) -> str:
        """What stands under it: an article's number, two letters for what has none or another row of numbers."""
        if self.sheet.kind in ("article", "item"):
            return self.sheet.number
        if self.sheet.kind == Provision.Kind.PREAMBLE:
            return pgettext("short for the preamble", "Pr.")
        if self.sheet.kind == Provision.Kind.APPENDIX:
            return pgettext("short for an appendix", "App. %(number)s") % {"number": self.sheet.number}
        return "…"

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def blocks(self) -> list[dict[str, object]]:
        """Rectangles from the ground up: state, y, height in the picture's 100 units."""
        unit = min(14.0, self.HEIGHT / self.tallest) if self.tallest else 0
        blocks: list[dict[str, object]] = []
        ground = float(self.HEIGHT)
        for state in STATES:
            if count := self.counts[state]:
                ground -= count * unit
                # Blocks stand apart, those of hundreds of comments by less: none may shrink to nothing.
                height = max(count * unit - 1.5, count * unit / 2)
                blocks.append({"state": state, "y": round(ground + 0.5, 2), "height": round(height, 3)})
        return blocks


@dataclass
class Group:
    """The opinions on one article (unit, topic, state), as far as they stand on this page of the list."""

    title: str
    comments: list[Comment]
    total: int | None = None
    open: int = 0
    sheet: Sheet | None = None
    is_removed: bool = False


@dataclass
class Standing:
    """Who was asked in the newest round: who sent an answer, who only commented so far, who said nothing."""

    consultation: Consultation
    answered: list[str] = field(default_factory=list)
    commented: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def invited(self) -> int:
        return len(self.answered) + len(self.commented) + len(self.silent)


class ConsolidatedPage:
    """Everything the page shows, read once."""

    def __init__(
        self,
        document: Document,
        *,
        user: User,
        filters: Filters,
        page_number: str | int = 1,
        by: str = "article",
        since: dt.datetime | None = None,
    ) -> None:
        self.document = document
        self.user = user
        self.filters = filters if since is None else replace(filters, since=since, looker=user.pk)
        self.page_number = page_number
        self.by = by if by in ARRANGEMENTS else "article"
        self.since = since
        self.text: Text = working_text(document)

    @cached_property
    def cells(self) -> list[Cell]:
        """Everything the page counts. One query, whatever the number of comments."""
        standing = Q(withdrawn_at=None)
        recent: dict[str, Any] = {name: Value(0) for name in ("came", "answered", "withdrawn")}
        if self.since is not None:
            me, moment = self.user.pk, self.since
            recent = {
                "came": Count("pk", filter=standing & came_since(moment, besides=me)),
                "answered": Count("pk", filter=standing & answered_since(moment, besides=me)),
                "withdrawn": Count("pk", filter=Q(withdrawn_at__gt=moment) & ~Q(author=me)),
            }
        rows = (
            visible_comments(self.user, self.document)
            .sent()
            .order_by()
            # As text: as many UUIDs as there are articles are made of it, not as many as there are cells.
            .annotate(wid=Cast("provision__wid", CharField()), unit=UNIT)
            .values_list("wid", "response__outcome", "kind", "unit")
            .annotate(
                unit_rank=Max(Coalesce("on_behalf_of__rank", "author__unit__rank")),
                unit_name=Max(Coalesce("on_behalf_of__name", "author__unit__name")),
                comments=Count("pk", filter=standing),
                flagged=Count("pk", filter=standing & Q(flagged_at__isnull=False)),
                **recent,
            )
        )
        place_of = cache(lambda wid: wid and uuid.UUID(wid))
        return [Cell(place_of(wid), outcome or OPEN, *rest) for wid, outcome, *rest in rows]

    def _counted(self, name: str) -> Counter[Any]:
        counts: Counter[Any] = Counter()
        for cell in self.cells:
            counts[getattr(cell, name)] += cell.comments
        return +counts

    @cached_property
    def counts_by_place(self) -> Mapping[uuid.UUID | None, Counter[str]]:
        """Standing comments by the article's wid (None: general) and state."""
        counts: dict[uuid.UUID | None, Counter[str]] = defaultdict(Counter)
        for cell in self.cells:
            if cell.comments:
                counts[cell.place][cell.state] += cell.comments
        return counts

    @cached_property
    def counts_by_unit(self) -> Mapping[int | None, Counter[str]]:
        counts: dict[int | None, Counter[str]] = defaultdict(Counter)
        for cell in self.cells:
            if cell.comments:
                counts[cell.unit][cell.state] += cell.comments
        return counts

    @cached_property
    def counts(self) -> Counter[str]:
        """All standing comments by state."""
        return self._counted("state")

    @cached_property
    def kinds(self) -> list[tuple[str, str, int]]:
        """Kind, its name, its count, those that occur."""
        counts = self._counted("kind")
        return [(kind, str(name), counts[kind]) for kind, name in Comment.Kind.choices if counts[kind]]

    @cached_property
    def flagged(self) -> int:
        return sum(cell.flagged for cell in self.cells)

    @cached_property
    def changes(self) -> Changes:
        """What others did since the person last looked."""
        return Changes(*(sum(getattr(cell, name) for cell in self.cells) for name in ("came", "answered", "withdrawn")))

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """State, its name, its count; what is still open stands first."""
        names = [(OPEN, gettext("unanswered")), *Response.Outcome.choices]
        return [(state, str(name), self.counts[state]) for state, name in names]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def general(self) -> int:
        return self.counts_by_place.get(None, Counter()).total()

    @cached_property
    def bars(self) -> list[Bar]:
        """One bar for every article of the draft and for whatever else has comments, in the draft's order.

        The first of each chapter is marked.
        """
        shown = [one for one in self.text if one.kind in ("article", "item") or one.wid in self.counts_by_place]
        counted = self.counts_by_place
        tallest = max((counted[one.wid].total() for one in shown if one.wid in counted), default=0)
        bars: list[Bar] = []
        chapter: uuid.UUID | None = None
        for sheet in shown:
            counts = counted.get(sheet.wid, Counter())
            bars.append(Bar(sheet, counts, tallest, is_first=bool(bars) and sheet.parent != chapter))
            chapter = sheet.parent
        return bars

    @cached_property
    def page(self) -> Page[Any]:
        sides = ComparisonSide.objects.filter(
            comparison__document=self.document, provision=OuterRef("provision")
        ).order_by("comparison")
        matching = self.filters.apply(self._standing).order_by(*_ORDERS[self.by])
        paginator = Paginator(matching, PAGE_SIZE)
        if not (self.filters.words or self.filters.topic):
            paginator.count = self._matching
        page = paginator.get_page(self.page_number)
        # Narrow rows are sorted, then the page is fetched by key: as an array, so that it comes before the many joins.
        start = page.start_index() - 1 if paginator.count else 0
        keys = matching.values("pk")[start : start + PAGE_SIZE]
        comments = (
            Comment.objects.filter(_is_one_of(keys))
            .select_related("author__unit", "on_behalf_of", "recorded_by", "edition", "provision", "response__by")
            .select_related("response__carried_out_by", "proposal__by", "reopening", "topic", "answerer")
            .prefetch_related("attachments", Prefetch("replies", Reply.objects.select_related("author")))
            .annotate(comparison=Subquery(sides.values("comparison")[:1]))
            .annotate(comparison_row=Subquery(sides.values("row")[:1]))
            .with_agreements()
            .with_lateness()
            .order_by(*_ORDERS[self.by])
        )
        page.object_list = list(comments)
        attach_carried_out(page.object_list)
        return page

    @cached_property
    def groups(self) -> list[Group]:
        """The list of this page under its headings; within an article the open ones stand first."""
        make: dict[str, Callable[[Any, list[Comment]], Group]] = {
            "article": self._of_article,
            "unit": self._of_unit,
            "topic": self._of_topic,
            "state": self._of_state,
        }
        key = _KEYS[self.by]
        return [make[self.by](name, list(members)) for name, members in groupby(self.page.object_list, key=key)]

    def _of_article(self, wid: uuid.UUID | None, comments: list[Comment]) -> Group:
        counts = self.counts_by_place.get(wid, Counter())
        if wid is None:
            return Group(gettext("General comments"), comments, counts.total(), counts[OPEN])
        sheet, last = self._sheets.get(wid), comments[0].provision
        assert last is not None
        shown = sheet or _last_sheet(last)
        return Group(title_of(shown), comments, counts.total(), counts[OPEN], sheet=shown, is_removed=sheet is None)

    def _of_unit(self, unit: int | None, comments: list[Comment]) -> Group:
        counts = self.counts_by_unit.get(unit, Counter())
        speaker = comments[0].on_behalf_of or comments[0].author.unit
        title = speaker.name if speaker else gettext("People without a unit")
        return Group(title, comments, counts.total(), counts[OPEN])

    def _of_topic(self, topic: int | None, comments: list[Comment]) -> Group:
        return Group(comments[0].topic.title if comments[0].topic else gettext("Without a topic"), comments)

    def _of_state(self, state: str, comments: list[Comment]) -> Group:
        name = next(name for value, name, _count in self.states if value == state)
        return Group(name, comments, self.counts[state], self.counts[OPEN] if state == OPEN else 0)

    @cached_property
    def _sheets(self) -> dict[uuid.UUID, Sheet]:
        return self.text.by_wid()

    @property
    def _matching(self) -> int:
        """How many comments pass the filters that ask for nothing but what was counted."""
        asked = self.filters
        counted = {"": "comments", NEW: "came", ANSWERED: "answered"}[asked.changed if self.since else ""]
        if asked.flagged:
            if counted != "comments":
                return self.filters.apply(self._standing).count()
            counted = "flagged"
        return sum(
            getattr(cell, counted)
            for cell in self.cells
            if asked.state in ("", cell.state)
            and asked.kind in ("", cell.kind)
            and asked.unit in (None, cell.unit)
            and asked.article in ("", str(cell.place or GENERAL))
        )

    @property
    def found(self) -> int:
        """How many comments pass the filters."""
        return self.page.paginator.count

    @cached_property
    def units(self) -> list[Speaker]:
        """Units whose people or who themselves commented, in protocol order."""
        names = {cell.unit: (cell.unit_rank or 0, cell.unit_name or "") for cell in self.cells if cell.unit}
        return [
            Speaker(unit, names[unit][1], counts.total(), counts[OPEN])
            for unit, counts in sorted(
                ((unit, counts) for unit, counts in self.counts_by_unit.items() if unit is not None),
                key=lambda one: (names[one[0]][0], sort_key(names[one[0]][1])),
            )
        ]

    @property
    def articles(self) -> list[Sheet]:
        """What one can filter by: every place that has comments."""
        return [sheet for sheet in self.text if sheet.wid in self.counts_by_place]

    @cached_property
    def standing(self) -> Standing | None:
        """Who has answered the newest round, as its own page says it. One query."""
        rounds = Consultation.objects.filter(edition__document=self.document).order_by("-pk")
        asked_since = Q(edition=OuterRef("consultation__edition"), created_at__gte=OuterRef("consultation__opens_at"))
        said = Comment.objects.filter(asked_since).standing().sent()
        spoke = Exists(said.filter(author=OuterRef("user"))) | Exists(
            said.filter(Q(on_behalf_of=OuterRef("unit")) | Q(on_behalf_of=None, author__unit=OuterRef("unit")))
        )
        invitations = (
            Invitation.objects.filter(consultation=Subquery(rounds.values("pk")[:1]))
            .select_related("unit", "user", "consultation__edition")
            .annotate(spoke=spoke)
            .order_by("unit__rank", "unit__name_key", "user__rank", "user__name_key")
        )
        standing: Standing | None = None
        for invitation in invitations:
            standing = standing or Standing(invitation.consultation)
            said_something = standing.commented if invitation.spoke else standing.silent
            (standing.answered if invitation.is_answered else said_something).append(str(invitation))
        return standing

    @property
    def _standing(self) -> CommentQuerySet:
        return visible_comments(self.user, self.document).standing().sent()


OPEN_FIRST = Case(When(Q(response=None), then=Value(0)), default=Value(1), output_field=IntegerField())
_BY_PLACE = (F("provision__position").asc(nulls_last=True), OPEN_FIRST, F("pk").asc())
_BY_STATE = Case(
    When(Q(response=None), then=Value(0)),
    *(When(Q(response__outcome=outcome), then=Value(place)) for place, outcome in enumerate(STATES[1:], start=1)),
    output_field=IntegerField(),
)
_ORDERS: dict[str, tuple[Any, ...]] = {
    "article": _BY_PLACE,
    "unit": (
        Coalesce("on_behalf_of__rank", "author__unit__rank").asc(nulls_last=True),
        Coalesce("on_behalf_of__name_key", "author__unit__name_key").asc(nulls_last=True),
        *_BY_PLACE,
    ),
    "topic": (F("topic__title").asc(nulls_last=True), F("topic").asc(nulls_last=True), *_BY_PLACE),
    "state": (_BY_STATE, *_BY_PLACE),
}


def _is_one_of(keys: Any) -> Func:
    """``pk = ANY(ARRAY(…))``: unlike ``IN (…)`` it is looked up first."""
    return Func(
        F("pk"),
        ArraySubquery(keys),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


def attach_carried_out(comments: Iterable[Comment]) -> None:
    """Give every answer ``carried_out_version``: the version of the article in which it was carried out, or None.

    What was undone since is not carried out.
    """
    responses = [comment.response for comment in comments if comment.is_answered and comment.response.carried_out_by_id]
    acts = {response.carried_out_by_id for response in responses}
    stands = Q(operation__undone_by=None) | Q(operation__undone_by__undone_by__isnull=False)
    rows = Provision.history.filter(stands, operation__in=acts)
    versions = {
        (operation, wid): version for operation, wid, version in rows.values_list("operation", "wid", "version")
    }
    for response in responses:
        provision = response.comment.provision
        response.carried_out_version = versions.get((response.carried_out_by_id, provision.wid)) if provision else None


def attach_comparison(comment: Any, document: Document) -> None:
    """Give the comment ``comparison`` and ``comparison_row``: where its article stands in a table. One query."""
    sides = ComparisonSide.objects.filter(comparison__document=document, provision=comment.provision_id)
    places = sides.order_by("comparison").values_list("comparison", "row")
    comment.comparison, comment.comparison_row = places.first() or (None, None)


def revisions_since(comment: Comment) -> list[Operation]:
    """Revisions of the comment's article that could carry it out, newest first. One query."""
    if comment.provision_id is None:
        return []
    operations = Provision.history.filter(id=comment.provision_id, version__gt=1).values("operation")
    return list(Operation.objects.filter(pk__in=operations, at__gte=comment.edition.issued_at).select_related("by"))


def _wid(comment: Comment) -> uuid.UUID | None:
    return comment.provision.wid if comment.provision else None


_KEYS: dict[str, Callable[[Comment], Any]] = {
    "article": _wid,
    "unit": lambda comment: comment.on_behalf_of_id or comment.author.unit_id,
    "topic": lambda comment: comment.topic_id,
    "state": lambda comment: comment.response.outcome if comment.is_answered else OPEN,
}


def _last_sheet(provision: Provision) -> Sheet:
    """The provision as it last stood, for comments on what has left the text."""
    return Sheet(
        pk=provision.pk,
        wid=provision.wid,
        kind=provision.kind,
        number=provision.number,
        label=provision.label,
        heading=provision.heading,
        text=provision.text,
        parent=None,
    )
