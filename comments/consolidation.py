"""The consolidated page: every opinion on a document in the draft's own order, with counts that are always exact.

A bounded number of queries, whatever the number of comments.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.models import Unit, User
from comments.access import visible_comments
from comments.models import Comment, CommentQuerySet, Consultation, Response
from drafts.gates import Gap
from drafts.models import Document, Operation, Provision
from drafts.photographs import working_text
from drafts.texts import COMMENTABLE, Sheet, Text

PAGE_SIZE = 100
OPEN = "open"
STATES = (OPEN, *Response.Outcome.values)
GENERAL = "general"


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see. Empty strings mean everything."""

    state: str = ""
    unit: int | None = None
    kind: str = ""
    article: str = ""
    words: str = ""

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


@dataclass
class Bar:
    """One article in the picture of the draft: how many comments in each state."""

    sheet: Sheet
    counts: Counter[str]
    tallest: int
    is_first: bool = False

    HEIGHT = 100

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
                blocks.append({"state": state, "y": round(ground + 0.5, 2), "height": round(count * unit - 1.5, 2)})
        return blocks


@dataclass
class Group:
    """The opinions on one article (or the general ones), as far as they stand on this page of the list."""

    sheet: Sheet | None
    comments: list[Comment]
    total: int
    open: int
    is_removed: bool = False


@dataclass
class Standing:
    """Who was asked in the newest round, and who has not answered yet."""

    consultation: Consultation
    answered: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def invited(self) -> int:
        return len(self.answered) + len(self.silent)


class ConsolidatedPage:
    """Everything the page shows, read once."""

    def __init__(self, document: Document, *, user: User, filters: Filters, page_number: str | int = 1) -> None:
        self.document = document
        self.user = user
        self.filters = filters
        self.page_number = page_number
        self.text: Text = working_text(document)

    @cached_property
    def counts_by_place(self) -> Mapping[uuid.UUID | None, Counter[str]]:
        """Standing comments by the article's wid (None: general) and state. One query."""
        counts: dict[uuid.UUID | None, Counter[str]] = defaultdict(Counter)
        rows = self._standing.values_list("provision__wid", "response__outcome").annotate(count=Count("pk")).order_by()
        for wid, outcome, count in rows:
            counts[wid][outcome or OPEN] += count
        return counts

    @cached_property
    def counts(self) -> Counter[str]:
        """All standing comments by state."""
        return sum(self.counts_by_place.values(), Counter())

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
        """One bar for every article of the draft, in its order; the first of each chapter is marked."""
        tallest = max((counts.total() for counts in self.counts_by_place.values()), default=0)
        bars: list[Bar] = []
        chapter: uuid.UUID | None = None
        for sheet in self.text.articles():
            counts = self.counts_by_place.get(sheet.wid, Counter())
            bars.append(Bar(sheet, counts, tallest, is_first=bool(bars) and sheet.parent != chapter))
            chapter = sheet.parent
        return bars

    @cached_property
    def page(self) -> Page[Comment]:
        comments = (
            self.filters.apply(self._standing)
            .select_related("author__unit", "on_behalf_of", "recorded_by", "edition", "provision", "response__by")
            .select_related("response__carried_out_by", "proposal__by", "reopening", "topic", "answerer")
            .prefetch_related("attachments", "replies__author")
            .order_by(F("provision__position").asc(nulls_last=True), OPEN_FIRST, "pk")
        )
        page = Paginator(comments, PAGE_SIZE).get_page(self.page_number)
        page.object_list = list(page.object_list)
        attach_carried_out(page.object_list)
        return page

    @property
    def found(self) -> int:
        """How many comments pass the filters."""
        return self.page.paginator.count

    @cached_property
    def groups(self) -> list[Group]:
        """The list of this page, grouped by article; within an article the open ones stand first."""
        sheets = self.text.by_wid()
        groups = []
        for wid, members in groupby(self.page.object_list, key=_wid):
            comments = list(members)
            counts = self.counts_by_place.get(wid, Counter())
            sheet = sheets.get(wid) if wid else None
            groups.append(
                Group(
                    sheet=sheet or (_last_sheet(comments[0].provision) if comments[0].provision else None),
                    comments=comments,
                    total=counts.total(),
                    open=counts[OPEN],
                    is_removed=wid is not None and sheet is None,
                )
            )
        return groups

    @cached_property
    def units(self) -> list[Unit]:
        """Units whose people or who themselves commented, in protocol order. One query."""
        commented = self._standing.annotate(unit_pk=UNIT).order_by().values("unit_pk")
        return list(Unit.objects.filter(pk__in=commented).in_protocol_order())

    @property
    def articles(self) -> list[Sheet]:
        """What one can filter by: every commentable place that has comments."""
        return [sheet for sheet in self.text if sheet.kind in COMMENTABLE and sheet.wid in self.counts_by_place]

    @cached_property
    def standing(self) -> Standing | None:
        """Who has answered the newest round. Answered: sent an answer, or commented on its edition. Three queries."""
        consultation = (
            Consultation.objects.filter(edition__document=self.document)
            .select_related("edition")
            .order_by("-pk")
            .first()
        )
        if consultation is None:
            return None
        commented = Comment.objects.filter(edition=consultation.edition_id).standing().sent().annotate(unit_pk=UNIT)
        spoke = set(commented.order_by().values_list("unit_pk", "author"))
        units, people = {unit for unit, _author in spoke}, {author for _unit, author in spoke}
        standing = Standing(consultation)
        for invitation in consultation.invitations.select_related("unit", "user").order_by(
            "unit__rank", "unit__name_key", "user__rank", "user__name_key"
        ):
            answered = invitation.answered_at or invitation.unit_id in units or invitation.user_id in people
            (standing.answered if answered else standing.silent).append(str(invitation))
        return standing

    @property
    def _standing(self) -> CommentQuerySet:
        return visible_comments(self.user, self.document).standing().sent()


OPEN_FIRST = Case(When(Q(response=None), then=Value(0)), default=Value(1), output_field=IntegerField())


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


def unanswered_by_unit(document: Document) -> list[Gap]:
    """For the gate before submission: how many opinions of each unit have no answer yet. Two queries."""
    comments = Comment.objects.filter(document=document).standing().sent().unanswered().annotate(unit_pk=UNIT)
    counts = dict(comments.order_by().values_list("unit_pk").annotate(count=Count("pk")))
    feedback = reverse("comments:feedback", args=[document.pk])
    gaps = [
        Gap(unit.name, _unanswered(counts[unit.pk]), f"{feedback}?state={OPEN}&unit={unit.pk}#opinions")
        for unit in Unit.objects.filter(pk__in=[pk for pk in counts if pk]).in_protocol_order()
    ]
    if None in counts:
        gaps.append(
            Gap(gettext("People without a unit"), _unanswered(counts[None]), f"{feedback}?state={OPEN}#opinions")
        )
    return gaps


def _unanswered(count: int) -> str:
    words = ngettext("%(count)s comment has no answer yet", "%(count)s comments have no answer yet", count)
    return words % {"count": count}


def revisions_since(comment: Comment) -> list[Operation]:
    """Revisions of the comment's article that could carry it out, newest first. One query."""
    if comment.provision_id is None:
        return []
    operations = Provision.history.filter(id=comment.provision_id, version__gt=1).values("operation")
    return list(Operation.objects.filter(pk__in=operations, at__gte=comment.edition.issued_at).select_related("by"))


def _wid(comment: Comment) -> uuid.UUID | None:
    return comment.provision.wid if comment.provision else None


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
