"""The reading page: a text set line by line, with the comments that stand on it.

A comment belongs to the edition it was read in. Shown on another text, it says what became of its words since; what
cannot be placed without doubt stands with its article and says so. A bounded number of queries, whatever the number
of comments.
"""

from __future__ import annotations

import datetime as dt
import uuid
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from django.db.models import Count, F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comments.access import visible_comments
from comments.anchoring import Anchor, Fate, State
from comments.fates import Remark, Whereabouts, fate_of
from comments.leaves import Leaf, Note, Part, Row, blocks, classes, is_run_in
from comments.marking import Key, mark_lines
from comments.models import Comment, CommentQuerySet, Consultation, Placing
from comments.standing import Standing
from comments.tracing import trace
from drafts.anchors import line_anchors, unique_anchors
from drafts.models import Document, Edition
from drafts.outline import clause_label, outline
from drafts.photographs import edition_text
from drafts.texts import HEADED, Sheet, Text

MINE, UNIT, OPEN = "mine", "unit", "open"
"""Mine: what I said, wrote, or had recorded in my name; not what I recorded for others. My unit's: what was said in its
name, by its people in their own, and what it gathers."""
NOTES_UNDER_A_LINE = 3
"""The page of the whole draft shows so many notes under a line and names the rest; the article's page shows all."""
MOST_NOTES = 300
"""On a draft with more comments than this, the page of the whole draft shows their number only."""

SOON = dt.timedelta(days=3)


class ReadingPage:
    """Everything a page of the text shows, read once; ``only`` keeps one provision."""

    def __init__(
        self, document: Document, *, user: User, standing: Standing, show: str = "", only: Sheet | None = None
    ) -> None:
        self.document = document
        self.user = user
        self.standing = standing
        self.text = standing.text
        self.edition = standing.edition
        self.show = show if show in (MINE, UNIT, OPEN) else ""
        self.only = only
        self._versions: dict[tuple[uuid.UUID, int], tuple[str, ...]] = {}
        self._by_pk: dict[int, dict[int, Sheet]] = {}

    @property
    def is_working(self) -> bool:
        return self.edition is None

    @property
    def is_newest(self) -> bool:
        return self.edition is not None and self.edition == self.standing.newest

    @property
    def may_comment(self) -> bool:
        """Comments are made on the newest edition."""
        return self.is_newest and "comment" in self.document.abilities

    @cached_property
    def round(self) -> Consultation | None:
        """The round on this edition that closes last. One query."""
        return Consultation.objects.filter(edition=self.edition).order_by("closes_at").last() if self.edition else None

    @cached_property
    def comments(self) -> CommentQuerySet:
        """What the person may see of the opinions on this text, as far as the filter lets through."""
        comments = visible_comments(self.user, self.document).standing()
        if self.edition is not None and not self.is_newest:
            comments = comments.filter(edition__number__lte=self.edition.number)
        if self.only is not None:
            comments = comments.filter(self._may_stand_on(self.only))
        if self.show == MINE:
            comments = comments.filter(Q(author=self.user) & ~Q(recorded_by=self.user))
        elif self.show == UNIT:
            unit = self.user.unit_id
            said = Q(on_behalf_of=unit) | Q(on_behalf_of=None, author__unit=unit) | Q(contribution__unit=unit)
            comments = comments.filter(said)
        elif self.show == OPEN:
            comments = comments.unanswered()
        return comments.order_by("pk")

    @cached_property
    def remarks(self) -> list[Remark]:
        """All of them, lean. Two queries."""
        columns = ("pk", "author", "key", "provision", "edition__number", "clause_label", "quote", "prefix", "suffix")
        remarks = [
            Remark(pk, author, key, provision, edition, Anchor(*words), clause)
            for pk, author, key, provision, edition, clause, *words in self.comments.values_list(*columns)
        ]
        remarks = [self._as_placed(remark) for remark in remarks]
        if self.only is None:
            return remarks
        return [remark for remark in remarks if self._find(remark).sheet == self.only]

    @property
    def total(self) -> int:
        return len(self.remarks)

    @cached_property
    def leaves(self) -> list[Leaf]:
        """The provisions in their order with marks and counts, and the notes that are shown."""
        sheets = [self.only] if self.only is not None else list(self.text)
        anchors = unique_anchors(self.text)
        return [self._leaf(sheet, anchors[sheet.wid]) for sheet in sheets]

    @cached_property
    def parts(self) -> list[Part]:
        """The table of contents."""
        parts = [Part(None, [])]
        for leaf in self.leaves:
            if leaf.is_heading:
                parts.append(Part(leaf, []))
            elif leaf.sheet.label or leaf.sheet.heading:
                parts[-1].leaves.append(leaf)
        return [part for part in parts if part.leaf or part.leaves]

    @cached_property
    def general(self) -> list[Note]:
        """Remarks on the whole draft."""
        return [Note(self._shown[r.pk], None, None) for r in self._general if r.pk in self._shown]

    @property
    def general_count(self) -> int:
        return len(self._general)

    @cached_property
    def homeless(self) -> list[Note]:
        """Comments on provisions that are not in this text any more."""
        shown = [remark.pk for remark in self.remarks if remark.pk in self._shown]
        found = ((pk, self._whereabouts.get(pk)) for pk in shown)
        return [Note(self._shown[pk], w.origin, w.fate) for pk, w in found if w is not None and w.sheet is None]

    @cached_property
    def unplaced(self) -> list[int]:
        """Comments whose words could not be placed in this text, and about which no person has decided yet."""
        lost = (State.REMOVED, State.UNCERTAIN)
        return [
            remark.pk
            for remark in self.remarks
            if not remark.has_left
            and (w := self._whereabouts.get(remark.pk)) is not None
            and w.fate is not None
            and w.fate.state in lost
        ]

    def note_of(self, comment: Comment) -> Note:
        """The comment as it stands in this text."""
        found = self._whereabouts.get(comment.pk)
        if found is None:
            return Note(comment, None, None)
        sheet, placement = found.sheet, found.placement
        clause = clause_label(sheet.text, placement.start) if sheet and placement else None
        return Note(comment, found.sheet, found.fate, found.origin, clause)

    @property
    def may_place(self) -> bool:
        """Drafters and the secretary find the words again that could not be followed."""
        return bool({"answer", "record"} & self.document.abilities)

    @property
    def sent_keys(self) -> str:
        """The keys of the reader's own comments: what the server has need not be kept on the reader's computer."""
        return " ".join(str(remark.key) for remark in self.remarks if remark.author == self.user.pk)

    @property
    def notes(self) -> list[Note]:
        """All notes on the provisions, in the order of the text."""
        return [note for leaf in self.leaves for note in leaf.all_notes]

    @property
    def has_headings(self) -> bool:
        """Whether headings stand above the articles, so that these are a level lower."""
        return bool(self.above) if self.only else any(sheet.kind in HEADED for sheet in self.text)

    @property
    def above(self) -> list[Sheet]:
        """The headings above the one provision shown, the highest first."""
        sheets, chain = self.text.by_wid(), []
        parent = sheets.get(self.only.parent) if self.only and self.only.parent else None
        while parent is not None:
            chain.append(parent)
            parent = sheets.get(parent.parent) if parent.parent else None
        return chain[::-1]

    @property
    def shown_query(self) -> str:
        """Names the comments the page shows, for asking what is new among them: "edition=2&show=open&"."""
        chosen = {"text": "working"} if self.edition is None else {}
        if self.edition is not None and not self.is_newest:
            chosen["edition"] = str(self.edition.number)
        if self.only is not None:
            chosen["article"] = str(self.only.wid)
        if self.show:
            chosen["show"] = self.show
        return "".join(f"{name}={value}&" for name, value in chosen.items())

    @property
    def round_state(self) -> str:
        """Of the chip that says until when comments are taken: done, ahead, soon, later."""
        if self.round is None or timezone.now() >= self.round.closes_at:
            return "done"
        if timezone.now() < self.round.opens_at:
            return "ahead"
        return "soon" if self.round.closes_at - timezone.now() <= SOON else "later"

    @property
    def query(self) -> str:
        """What every address on the page carries to stay with this text."""
        if self.edition is None:
            return "?text=working"
        return "" if self.is_newest else f"?edition={self.edition.number}"

    @cached_property
    def previous(self) -> Edition | None:
        """The newest edition before this text that counts."""
        before = self.standing.before if self.is_working else self.standing.before[:-1]
        return next((edition for edition in reversed(before) if not edition.is_recalled), None)

    @property
    def changes_url(self) -> str:
        """What this text differs in from the edition before it; empty where there is none."""
        if self.previous is None:
            return ""
        new = self.edition.number if self.edition else "working"
        return f"{reverse('drafts:edition_difference', args=[self.document.pk])}?old={self.previous.number}&new={new}"

    @property
    def address(self) -> str:
        """The whole of this text."""
        return reverse("comments:reader", args=[self.document.pk]) + self.query

    @property
    def choices(self) -> list[dict[str, object]]:
        """The comments one may ask for."""
        named = [("", _("All comments")), (MINE, _("Mine")), (UNIT, _("My unit's")), (OPEN, _("Unanswered"))]
        joint = "&" if self.query else "?"
        return [
            {
                "text": text,
                "href": (self.query + joint + f"show={show}") if show else self.query or "?",
                "is_current": show == self.show,
            }
            for show, text in named
            if show != UNIT or self.user.unit_id
        ]

    def places(self) -> dict[int, tuple[Sheet, int | None, int | None]]:
        """Where each comment on a provision of this text stands: the provision, and its words if they are found."""
        placed = {}
        for sheet in self.text:
            for remark in self._on_sheet.get(sheet.wid, ()):
                words = self._whereabouts[remark.pk].placement if remark.anchor.quote or remark.clause else None
                placed[remark.pk] = (sheet, words.start if words else None, words.end if words else None)
        return placed

    @cached_property
    def _general(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.provision is None and not remark.has_left]

    @cached_property
    def _on_sheet(self) -> dict[uuid.UUID, list[Remark]]:
        """The remarks by the provision on which they stand now."""
        remarks: dict[uuid.UUID, list[Remark]] = defaultdict(list)
        for remark in self.remarks:
            found = self._whereabouts.get(remark.pk)
            if found is not None and found.sheet is not None:
                remarks[found.sheet.wid].append(remark)
        return remarks

    @cached_property
    def _whereabouts(self) -> dict[int, Whereabouts]:
        """Where every comment on a provision stands in this text."""
        return {r.pk: self._find(r) for r in self.remarks if r.provision is not None or r.has_left}

    def _find(self, remark: Remark) -> Whereabouts:
        """On its own provision where the words still stand there, else where they were taken, else nowhere for sure."""
        texts = self.standing.texts_since(remark.edition)
        origin = self._sheet_in(texts[0], remark.provision) if texts else None
        own = self._sheet_in(self.text, remark.provision)
        if remark.has_left:
            return Whereabouts(own, Fate(State.REMOVED), None, origin)
        fate = Fate(State.REMOVED)
        if own is not None:
            fate = self._fate_on(own, remark)
            if fate.placement is not None or fate.state in (State.UNCHANGED, State.CHANGED):
                is_here = self.edition is not None and remark.edition == self.edition.number
                return Whereabouts(own, None if is_here else fate, fate.placement, origin)
        if origin is not None and remark.anchor.quote and len(texts) > 1:
            sheets = [{sheet.wid: sheet.text for sheet in text} for text in texts]
            traced = trace(remark.anchor, article=origin.wid, texts=sheets)
            found = self.text.find(traced.article) if traced.fate.placement else None
            if found is not None:
                return Whereabouts(found, traced.fate, traced.fate.placement, origin)
        return Whereabouts(own, fate, None, origin)

    def _fate_on(self, sheet: Sheet, remark: Remark) -> Fate:
        versions = self._versions_of(sheet, remark.edition)
        if not versions:
            return Fate(State.UNCERTAIN)
        return fate_of(remark.anchor, clause=remark.clause, texts=versions)

    def _sheet_in(self, text: Text, pk: int | None) -> Sheet | None:
        if id(text) not in self._by_pk:
            self._by_pk[id(text)] = {sheet.pk: sheet for sheet in text}
        return self._by_pk[id(text)].get(pk) if pk is not None else None

    @cached_property
    def _placings(self) -> dict[int, Placing]:
        """The newest decision of a person about each comment, as far as this text knows of it. One query."""
        placings = Placing.objects.filter(comment__in=self.comments.order_by().values("pk")).select_related("edition")
        if self.edition is not None and not self.is_newest:
            placings = placings.filter(edition__number__lte=self.edition.number)
        return {placing.comment_id: placing for placing in placings.order_by("pk")}

    def _as_placed(self, remark: Remark) -> Remark:
        placing = self._placings.get(remark.pk)
        if placing is None:
            return remark
        if placing.has_left:
            return replace(remark, has_left=True)
        return replace(
            remark,
            provision=placing.provision_id,
            edition=placing.edition.number,
            anchor=Anchor(placing.quote, placing.prefix, placing.suffix),
            clause=placing.clause_label,
        )

    def _may_stand_on(self, sheet: Sheet) -> Q:
        """Comments made on the provision or placed on it, and those whose words may have been taken to it."""
        may = Q(provision=sheet.pk) | Q(pk__in=Placing.objects.filter(provision=sheet.pk).values("comment"))
        texts = [edition_text(edition) for edition in self.standing.before] + [self.text]
        said: dict[int, set[str]] = defaultdict(set)
        for text in texts:
            for other in text:
                said[other.pk].add(other.text)
        here = {other.pk for other in self.text}
        disturbed = [pk for pk, words in said.items() if len(words) > 1 or pk not in here]
        if disturbed:
            stands = Exact(StrIndex(Value(sheet.text), F("quote")), 0)
            may |= Q(provision__in=disturbed) & ~Q(quote="") & ~Q(stands)
        return may

    def _versions_of(self, sheet: Sheet, number: int) -> tuple[str, ...]:
        """The provision's text in every edition from that number on; empty when one of them does not have it."""
        key = (sheet.wid, number)
        if key not in self._versions:
            found = [text.find(sheet.wid) for text in self.standing.texts_since(number)]
            self._versions[key] = tuple(f.text for f in found if f) if all(found) else ()
        return self._versions[key]

    @cached_property
    def _shown(self) -> dict[int, Comment]:
        """The comments whose notes are on the page, whole. Two queries."""
        comments = self.comments.select_related("author__unit", "on_behalf_of", "recorded_by", "edition", "response")
        comments = (
            comments.select_related("contribution__unit")
            .annotate(reply_count=Count("replies"))
            .with_agreements_for(self.user)
        )
        comments = comments.prefetch_related("attachments")
        return {comment.pk: comment for comment in comments.filter(pk__in=self._chosen)}

    @cached_property
    def _chosen(self) -> list[int]:
        """On the page of one article all; on the whole draft the reader's own and the newest few of every place."""
        if self.only is not None:
            return [remark.pk for remark in self.remarks]
        own = [remark.pk for remark in self.remarks if remark.author == self.user.pk]
        if self.total > MOST_NOTES:
            return own
        by_place: dict[tuple[int | None, int], list[int]] = defaultdict(list)
        for remark in self.remarks:
            found = self._whereabouts.get(remark.pk)
            sheet, placement = (found.sheet, found.placement) if found else (None, None)
            place = sheet.pk if sheet else None, placement.start if placement else -1
            by_place[place].append(remark.pk)
        return own + [pk for pks in by_place.values() for pk in pks[-NOTES_UNDER_A_LINE:]]

    def _leaf(self, sheet: Sheet, anchor: str) -> Leaf:
        lines = outline(sheet.text) if sheet.text else []
        offsets = [line.offset for line in lines]
        remarks = self._on_sheet.get(sheet.wid, [])
        spans: list[tuple[int, int, Key]] = []
        under: dict[int, list[Remark]] = defaultdict(list)
        for remark in remarks:
            placement = self._whereabouts[remark.pk].placement
            if placement is None:
                under[-1].append(remark)
                continue
            if remark.anchor.quote:
                spans.append((placement.start, placement.end, remark.pk))
            under[bisect_right(offsets, placement.start) - 1].append(remark)
        marked = mark_lines([line.raw for line in lines], spans)
        looks = classes(sheet, lines)
        rows = []
        for place, (line, name, segments) in enumerate(zip(lines, line_anchors(lines, anchor), marked, strict=True)):
            row = Row(line, name, segments, css=looks[place], count=len(under[place]))
            row.notes = self._notes(under[place], sheet, clause=line.label)
            rows.append(row)
        if rows and is_run_in(sheet) and rows[0].css == "plain":
            rows[0].css, rows[0].lead = "clause", f"{sheet.label}."
        return Leaf(
            sheet,
            anchor,
            blocks=blocks(rows),
            count=len(remarks),
            notes=self._notes(under[-1], sheet),
            notes_on_the_whole=len(under[-1]),
        )

    def _notes(self, remarks: Sequence[Remark], sheet: Sheet, *, clause: str | None = None) -> list[Note]:
        shown = [remark.pk for remark in remarks if remark.pk in self._shown]
        found = ((pk, self._whereabouts[pk]) for pk in shown)
        return [Note(self._shown[pk], sheet, where.fate, where.origin, clause) for pk, where in found]
