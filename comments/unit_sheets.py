"""A unit's opinions in a Word table: each row becomes a comment on the article it names, recorded for the unit."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comments.anchoring import Placement, find_selection, make_anchor
from comments.downloading import TYPES, Paper, paper_name, short_title
from comments.leaves import clause_labels, is_commentable, name_of
from comments.models import Comment
from comments.recording import Speaker, tell_speakers
from config.errors import RuleBrokenError
from drafts import diary, papers, sources
from drafts.exporting import Facts
from drafts.exporting.inviting import blank_sheet
from drafts.importing.normalising import normalise_text
from drafts.importing.opinions import OpinionRow, opinion_rows, read_place
from drafts.models import Document, Edition, Operation, SourceFile
from drafts.outline import clause_label, outline
from drafts.photographs import edition_text
from drafts.texts import Sheet, Text, typed

LONGEST = 20_000
_LEAST_WORDS = 3
_AS_PROPOSED = "Đề nghị sửa như phương án kèm theo."
PLACED, DOUBTFUL, UNPLACED = "placed", "doubtful", "unplaced"


@dataclass(frozen=True)
class PlacedRow:
    """A row of the sheet where it belongs; ``typed_place`` is what the file or the person says of that."""

    row: OpinionRow
    typed_place: str
    sheet: Sheet | None
    clause: str
    words: Placement | None
    state: str
    key: uuid.UUID
    comment: Comment | None

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.clause, name_of(self.sheet)) if part) if self.sheet else ""

    @property
    def is_chosen(self) -> bool:
        """Whether it is ticked before anybody chose."""
        return self.comment is None and self.state != UNPLACED

    @property
    def text(self) -> str:
        about = "" if self.words or not self.row.quote or not self.sheet else f"Về “{self.row.quote}”: "
        if self.sheet is None:
            about = f"Về {self.row.place or 'dự thảo'}: "
        return typed(f"{about}{self.row.reason or _AS_PROPOSED}")[:LONGEST]


class UnitSheet:
    """The rows of a kept file against an edition; ``places`` are corrections by hand, by the number of the row."""

    def __init__(self, source: SourceFile, *, edition: Edition, places: Mapping[int, str] | None = None) -> None:
        self.source = source
        self.edition = edition
        self.places = places or {}

    @cached_property
    def rows(self) -> list[PlacedRow]:
        """One query besides reading the file."""
        made: dict[uuid.UUID, Comment] = {}
        for comment in Comment.objects.filter(document=self.edition.document_id).only("pk", "key", "withdrawn_at"):
            made[comment.key] = comment
        return [self._placed(row, made) for row in rows_of(self.source)]

    def _placed(self, row: OpinionRow, made: Mapping[uuid.UUID, Comment]) -> PlacedRow:
        said = self.places.get(row.number, row.place)
        sheet, clause, is_sure = _place(said, self._text)
        words = _words_in(sheet, row.quote)
        if sheet is None and not said.strip():
            sheet, words = self._by_words(row.quote)
            is_sure = False
        if words is not None and sheet is not None:
            clause = clause_label(sheet.text, words.start)
        state = UNPLACED if sheet is None else PLACED if is_sure and (words or not row.quote) else DOUBTFUL
        key = self._key(row, attempt=0)
        attempt = 0
        while key in made and made[key].is_withdrawn:  # taken back before: may be taken again
            attempt += 1
            key = self._key(row, attempt=attempt)
        return PlacedRow(row, said, sheet, clause, words, state, key, made.get(key))

    def _key(self, row: OpinionRow, *, attempt: int) -> uuid.UUID:
        name = f"{self.edition.document_id}/{self.source.sha256}/{row.number}"
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{name}/{attempt}" if attempt else name)

    def _by_words(self, quote: str) -> tuple[Sheet | None, Placement | None]:
        """The one article in which words stand that prove by their number that it is meant."""
        if len(quote.split()) < _LEAST_WORDS:
            return None, None
        found = [(sheet, words) for sheet in self._text if (words := _words_in(sheet, quote))]
        return found[0] if len(found) == 1 else (None, None)

    @cached_property
    def _text(self) -> Text:
        return edition_text(self.edition)


def rows_of(source: SourceFile) -> list[OpinionRow]:
    """Raises RuleBrokenError when the file holds no such table."""
    imported = sources.read_source(source)
    lines = [row.text for component in imported.components for row in component.rows]
    rows = opinion_rows(lines)
    if not rows:
        raise RuleBrokenError(
            _(
                "The file has no filled-in table of opinions. Its columns are called Điều, khoản | Nội dung dự thảo |"
                " Đề nghị sửa thành | Lý do."
            )
        )
    return rows


@transaction.atomic
def take_over(rows: Sequence[PlacedRow], *, edition: Edition, speaker: Speaker, by: User) -> list[Comment]:
    """Record the chosen rows as one act; what was taken over before is not taken again."""
    document = Document.objects.select_for_update().get(pk=edition.document_id)
    taken = set(
        Comment.objects.filter(document=document, key__in=[row.key for row in rows]).values_list("key", flat=True)
    )
    new = [row for row in rows if row.key not in taken]
    if not new:
        return []
    operation = diary.start(Operation.Kind.COMMENTED, by=by, document=document)
    comments = [_comment(row, edition=edition, speaker=speaker, by=by) for row in new]
    for comment in comments:
        comment.created_at = operation.at
    tell_speakers(document, [speaker], by=by)
    return diary.add(operation, comments)


@transaction.atomic
def take_back(rows: Sequence[PlacedRow], *, document: Document, by: User) -> int:
    """Undo the taking over of a sheet as one act; what was answered or confirmed meanwhile stays."""
    keys = [row.comment.pk for row in rows if row.comment]
    comments = list(
        Comment.objects.select_for_update(of=("self",))
        .filter(pk__in=keys, document=document, response=None, confirmed_at=None)
        .standing()
    )
    if comments:
        operation = diary.start(
            Operation.Kind.WITHDREW, by=by, document=document, reason=_("The sheet was taken back.")
        )
        diary.change_many(operation, comments, withdrawn_at=operation.at)
    return len(comments)


def blank_sheet_of(edition: Edition, *, user: User) -> Paper:
    """The sheet for units to fill in: the edition's articles clause by clause. Rows of tables stand in one cell."""
    document, text = edition.document, edition_text(edition)
    rows = []
    for sheet in text:
        if not is_commentable(sheet) or not sheet.text:
            continue
        for line in outline(sheet.text):
            rows.append((" ".join(part for part in (line.label, name_of(sheet)) if part), line.raw))
    facts = Facts(
        title=document.title,
        kind=document.kind,
        edition=edition.number,
        label=edition.label,
        at=timezone.localtime(edition.issued_at),
        sha256=edition.sha256,
        author=document.drafting_unit.name if document.drafting_unit else "",
    )
    layout = papers.offers(document.drafting_unit, user.unit)[0].layout
    name = paper_name(f"Bản góp ý - {short_title(document.title)}", extension="docx")
    return Paper(name, TYPES["docx"], blank_sheet(rows, facts=facts, layout=layout))


def _comment(row: PlacedRow, *, edition: Edition, speaker: Speaker, by: User) -> Comment:
    comment = Comment(
        document_id=edition.document_id,
        edition=edition,
        provision_id=row.sheet.pk if row.sheet else None,
        clause_label=row.clause,
        kind=Comment.Kind.WORDING if row.row.proposed else Comment.Kind.OTHER,
        text=row.text,
        proposed_text=typed(row.row.proposed)[:LONGEST],
        author=speaker.person or by,
        on_behalf_of=speaker.unit,
        recorded_by=by,
        key=row.key,
    )
    if row.sheet and row.words:
        anchor = make_anchor(row.sheet.text, row.words.start, row.words.end)
        comment.quote, comment.prefix, comment.suffix = anchor.quote, anchor.prefix, anchor.suffix
    return comment


def _place(said: str, text: Text) -> tuple[Sheet | None, str, bool]:
    """The article, the clause of it, and whether all that was said of the place is so."""
    jump = read_place(said)
    sheet = text.article(jump.article) if jump else None
    if jump is None or sheet is None or not is_commentable(sheet):
        return None, "", False
    if not jump.line_label or jump.line_label in clause_labels(sheet):
        return sheet, jump.line_label, True
    return sheet, "", False


def _words_in(sheet: Sheet | None, quote: str) -> Placement | None:
    """The quoted words where they stand without doubt: once, quotation marks and dots of omission aside."""
    words = normalise_text(quote).strip().strip("“”\"'…. ")
    return find_selection(sheet.text, quote=words) if sheet and words and is_commentable(sheet) else None
