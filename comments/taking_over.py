"""Comments in the margin of an imported Word file, taken over as comments on the edition issued from it.

Who wrote one in Word need not have an account here: it is recorded by whoever takes it over, and its text begins with
who said it and when. It hangs on the words it was about only where these stand in the edition without doubt.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from comments.anchoring import find_selection, make_anchor
from comments.leaves import is_commentable, name_of
from comments.models import Comment
from comments.services import Kind, typed
from drafts import diary, sources
from drafts.importing import ImportedFile, Node, Remark
from drafts.importing.normalising import normalise_text
from drafts.models import Document, Edition, SourceFile
from drafts.outline import clause_label
from drafts.photographs import edition_text
from drafts.texts import Sheet, Text, clean

LONGEST = 20_000
_LEAST_WORDS = 3
"""So many words that stand in one place only prove that they are meant, even in another article than expected."""


@dataclass(frozen=True)
class Place:
    """Where a comment of the file belongs in an edition: on words, on a provision, or on the whole draft."""

    sheet: Sheet | None = None
    start: int = 0
    end: int = 0

    @property
    def has_words(self) -> bool:
        return self.end > self.start

    @property
    def name(self) -> str:
        """``Điều 5``; empty for the whole draft."""
        return name_of(self.sheet) if self.sheet else ""


@dataclass(frozen=True)
class Offer:
    """A comment of the file; ``comment`` is what was made of it, ``is_known`` when another comment says the same."""

    remark: Remark
    key: uuid.UUID
    place: Place
    comment: Comment | None
    is_known: bool

    @property
    def date(self) -> dt.date | None:
        return _date_of(self.remark)

    @property
    def is_chosen(self) -> bool:
        """Whether it is ticked before anybody chose."""
        return self.comment is None and not self.is_known

    @property
    def text(self) -> str:
        """What it says as a comment: who said it, when, about which words where it cannot hang on them."""
        day = f", ngày {self.date:%d/%m/%Y}" if self.date else ""
        about = "" if self.place.has_words or not self.remark.quote else f"Về “{self.remark.quote}”: "
        head = f"{self.remark.author or 'Không rõ tên'} (góp ý trong tệp Word{day}): "
        return typed(f"{head}{about}{self.remark.text}")[:LONGEST]


def latest_file(document: Document) -> SourceFile | None:
    """The newest file of the document that has comments in its margin."""
    return document.sources.filter(remarks__gt=0).first()


def offers_of(source: SourceFile, *, edition: Edition) -> list[Offer]:
    """All comments of the file, in its order. Two queries at most besides reading the file."""
    imported = sources.read_source(source)
    text = edition_text(edition)
    said = list(Comment.objects.filter(document=edition.document_id).only("pk", "key", "text"))
    made = {comment.key: comment for comment in said}
    known = {comment.text for comment in said}
    offers = []
    for remark in imported.remarks:
        key = uuid.uuid5(uuid.NAMESPACE_OID, f"{edition.document_id}/{source.sha256}/{remark.number}")
        place = place_of(remark, imported, text)
        offers.append(Offer(remark, key, place, made.get(key), typed(remark.text) in known))
    return offers


@transaction.atomic
def take_over(offers: Sequence[Offer], *, edition: Edition, by: User) -> list[Comment]:
    """Record the chosen comments as one act; what was taken over before, by whomever, is not taken again."""
    document = Document.objects.select_for_update().get(pk=edition.document_id)
    keys = [offer.key for offer in offers]
    taken = set(Comment.objects.filter(document=document, key__in=keys).values_list("key", flat=True))
    new = [offer for offer in offers if offer.key not in taken]
    if not new:
        return []
    operation = diary.start(Kind.COMMENTED, by=by, document=document)
    return diary.add(operation, [_comment(offer, edition=edition, by=by, at=operation.at) for offer in new])


def place_of(remark: Remark, imported: ImportedFile, text: Text) -> Place:
    """The place of the comment's words; without doubt, or only its provision, or nothing."""
    twin = _twin(_node_at(remark.line, imported), text)
    if twin is not None and (found := _words_in(twin, remark)):
        return found
    elsewhere = [found for sheet in text if (found := _words_in(sheet, remark))]
    if len(elsewhere) == 1 and len(remark.quote.split()) >= _LEAST_WORDS:
        return elsewhere[0]
    return Place(twin)


def _comment(offer: Offer, *, edition: Edition, by: User, at: dt.datetime) -> Comment:
    comment = Comment(
        document_id=edition.document_id,
        edition=edition,
        provision_id=offer.place.sheet.pk if offer.place.sheet else None,
        kind=Comment.Kind.OTHER,
        text=offer.text,
        author=by,
        recorded_by=by,
        key=offer.key,
        created_at=at,
    )
    if offer.place.sheet and offer.place.has_words:
        anchor = make_anchor(offer.place.sheet.text, offer.place.start, offer.place.end)
        comment.quote, comment.prefix, comment.suffix = anchor.quote, anchor.prefix, anchor.suffix
        comment.clause_label = clause_label(offer.place.sheet.text, offer.place.start)
    return comment


def _words_in(sheet: Sheet, remark: Remark) -> Place | None:
    """The words in a provision one may comment on; None where they do not stand, or stand twice."""
    if not remark.quote or not is_commentable(sheet):
        return None
    quote, prefix, suffix = (normalise_text(part) for part in (remark.quote, remark.prefix, remark.suffix))
    found = find_selection(sheet.text, quote=quote, prefix=prefix, suffix=suffix)
    return Place(sheet, found.start, found.end) if found else None


def _twin(node: Node | None, text: Text) -> Sheet | None:
    """The provision that was made of a node of the file: its kind and number, and its heading or its text."""
    if node is None:
        return None
    body = clean(node.text)
    alike = (
        sheet for sheet in text if (sheet.kind, sheet.number) == (node.kind, node.number) and is_commentable(sheet)
    )
    return next(
        (sheet for sheet in alike if sheet.text == body or (sheet.heading and sheet.heading == node.heading)), None
    )


def _node_at(line: int, imported: ImportedFile) -> Node | None:
    """The node of the file a paragraph stands in, whichever of its documents that is."""
    nodes: Iterator[Node] = (node for component in imported.components for node in component.nodes)
    return max((node for node in nodes if node.line <= line), key=lambda node: node.line, default=None)


def _date_of(remark: Remark) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(remark.date.replace("Z", "+00:00")).date()
    except ValueError:
        return None
