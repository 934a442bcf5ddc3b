"""What helps to answer: phrases the office re-uses, internal notes, and who is to answer what by when."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from comments.models import Comment, Note, Phrase
from config.errors import RuleBrokenError
from drafts import diary
from drafts.access import ABILITIES
from drafts.models import Document, Operation, Seat
from drafts.texts import clean, typed

Kind = Operation.Kind


def phrases_for(user: User) -> QuerySet[Phrase]:
    """Those of the person's unit and those of everybody."""
    return Phrase.objects.filter(Q(unit=None) | Q(unit=user.unit_id)).order_by("name", "pk")


@transaction.atomic
def save_phrase(phrase: Phrase, *, by: User, name: str, text: str) -> Phrase:
    """A phrase of the person's unit, new or changed."""
    name, text = clean(name)[:80], typed(text)
    if not name or not text:
        raise RuleBrokenError(_("A phrase needs a short name and its words."))
    if by.unit is None:
        raise RuleBrokenError(_("Phrases belong to a unit, and you have none; ask the administrator."))
    operation = diary.start(Kind.PHRASED, by=by)
    if phrase.pk is None:
        return diary.add(operation, [Phrase(unit=by.unit, name=name, text=text)])[0]
    return diary.change(operation, phrase, name=name, text=text)


@transaction.atomic
def drop_phrase(phrase: Phrase, *, by: User) -> None:
    diary.remove(diary.start(Kind.PHRASED, by=by), [phrase])


def write_note(comment: Comment, *, by: User, key: uuid.UUID, text: str) -> Note:
    """An internal note; repeats of the same key make one."""
    already = Note.objects.filter(author=by, key=key).first()
    if already is not None:
        return already
    try:
        with transaction.atomic():
            operation = diary.start(Kind.NOTED, by=by, document=comment.document)
            note = Note(comment=comment, author=by, key=key, text=typed(text), created_at=operation.at)
            return diary.add(operation, [note])[0]
    except IntegrityError:  # the same key arrived twice at the same moment
        return Note.objects.get(author=by, key=key)


@transaction.atomic
def allot(
    comments: Iterable[Comment], *, by: User, answerer: User | None, answer_by: dt.date | None
) -> Operation | None:
    """Ask a colleague to answer by a day; nobody takes it back. None when nothing changes."""
    rows = Comment.objects.select_for_update(of=("self",)).select_related("document")
    locked = list(rows.filter(pk__in=[comment.pk for comment in comments]).order_by("pk"))
    if not locked:
        raise RuleBrokenError(_("Choose the comments to hand out."))
    if answerer is not None and answerer not in answerers_on(locked[0].document):
        raise RuleBrokenError(_("%(who)s does not draft this document.") % {"who": answerer})
    wanted = {"answerer": answerer, "answer_by": answer_by if answerer else None}
    changed = [one for one in locked if (one.answerer, one.answer_by) != tuple(wanted.values())]
    if not changed:
        return None
    operation = diary.start(Kind.ALLOTTED, by=by, document=locked[0].document)
    diary.change_many(operation, changed, **wanted)
    return operation


def answerers_on(document: Document) -> list[User]:
    """Who may answer: people with a drafting seat and the people of units with one. Two queries."""
    roles = [role for role, abilities in ABILITIES.items() if "answer" in abilities]
    seats = Seat.objects.filter(document=document, role__in=roles)
    people = User.objects.active().filter(
        Q(pk__in=seats.filter(user__isnull=False).values("user"))
        | Q(unit__in=seats.filter(unit__isnull=False).values("unit"))
    )
    return list(people.select_related("unit").in_protocol_order())


def allotted_to(user: User) -> QuerySet[Comment]:
    """What the person was asked to answer and has not, the most urgent first. One query."""
    return (
        Comment.objects.filter(answerer=user, document__in=Document.objects.visible_to(user))
        .standing()
        .sent()
        .unanswered()
        .select_related("document", "provision", "author", "on_behalf_of")
        .order_by("answer_by", "pk")
    )
