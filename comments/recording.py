"""Opinions said aloud or written on paper, which the secretary records for somebody else.

A person's opinion is recorded in that person's name, a unit's in the unit's. Whoever holds it may confirm that it was
so, or say that it was not: then it is withdrawn, and the reason stays on the record.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import outbox
from accounts.models import Unit, UnitContact, User
from accounts.speakers import speakers_of, units_behind
from accounts.vietnamese import fold
from comments import services
from comments.models import Comment
from config.errors import RuleBrokenError
from drafts import diary, telling
from drafts.models import Document, Edition, Operation, Seat
from drafts.texts import Sheet

TOLD_AFTER = dt.timedelta(minutes=30)
"""What is recorded at one sitting is told in one mail."""
_MOST_NAMED = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Speaker:
    """A person or a unit whose opinion can be recorded, under a name nobody else has."""

    name: str
    person: User | None = None
    unit: Unit | None = None
    is_seated: bool = False

    @property
    def own_words(self) -> list[str]:
        """Of the name alone: post and unit stand in brackets behind it."""
        return _words_of(self.person.full_name if self.person else self.name)

    @property
    def words(self) -> list[str]:
        return _words_of(self.name)


def speakers_on(document: Document) -> list[Speaker]:
    """Everybody whose opinion can be recorded, those with a seat on the document first. Three queries."""
    seats = list(Seat.objects.filter(document=document).values_list("user", "unit"))
    people_seated, units_seated = {user for user, _unit in seats if user}, {unit for _user, unit in seats if unit}
    people = list(User.objects.active().select_related("unit").order_by("name_key", "pk"))
    named = Counter(_name(person) for person in people)
    found = [
        Speaker(
            _name(person) if named[_name(person)] == 1 else f"{_name(person)} [{person.username}]",
            person=person,
            is_seated=person.pk in people_seated or person.unit_id in units_seated,
        )
        for person in people
    ]
    units = Unit.objects.standing().in_protocol_order()
    found += [Speaker(unit.name, unit=unit, is_seated=unit.pk in units_seated) for unit in units]
    return sorted(found, key=lambda speaker: not speaker.is_seated)


def find_speaker(typed: str, speakers: Sequence[Speaker]) -> Speaker:
    """Who is meant by a name, or by the first letters of some of its words, without marks: "ng van a".

    Raises RuleBrokenError when nobody is, or several are.
    """
    same = [speaker for speaker in speakers if fold(speaker.name) == fold(typed.strip())]
    if len(same) == 1:
        return same[0]
    begun = _words_of(typed)
    meant = [one for one in speakers if begun and _begins(begun, one.words)]
    # One calls people by the given name, which comes last; and by their names rather than their posts.
    meant = [one for one in meant if _begins(begun, one.own_words)] or meant
    if len(meant) > 1:
        meant = [one for one in meant if one.own_words[-1].startswith(begun[0])] or meant
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise RuleBrokenError(_("Nobody here is called “%(name)s”.") % {"name": typed})
    names = "; ".join(one.name for one in meant[:_MOST_NAMED])
    raise RuleBrokenError(_("Several are called so: %(names)s. Type a few letters more.") % {"names": names})


def record_opinion(
    edition: Edition,
    *,
    by: User,
    speaker: Speaker,
    key: uuid.UUID,
    kind: str,
    text: str,
    sheet: Sheet | None = None,
    clause: str = "",
    proposed_text: str = "",
) -> Comment:
    """Store what somebody said or wrote; the same key gives what is stored already. The speaker gets a notice."""
    with transaction.atomic():
        comment = services.add_comment(
            edition,
            by=by,
            author=speaker.person or by,
            on_behalf_of=speaker.unit,
            key=key,
            kind=kind,
            text=text,
            sheet=sheet,
            clause=clause,
            proposed_text=proposed_text,
        )
        tell_speakers(edition.document, [speaker], by=by)
    return comment


def recorded_on(document: Document, *, by: User) -> QuerySet[Comment]:
    """What the person recorded on the document and did not take back, the newest first. One query."""
    return (
        Comment.objects.filter(document=document, recorded_by=by)
        .standing()
        .select_related("author__unit", "on_behalf_of", "provision", "response")
        .order_by("-pk")
    )


def recorded_for(user: User) -> QuerySet[Comment]:
    """What was recorded for the person, or for a unit they are the contact of, and waits to be confirmed."""
    acts_for = UnitContact.objects.filter(user=user).values_list("unit", flat=True)
    theirs = Q(author=user) | Q(on_behalf_of__in=units_behind(acts_for))
    return (
        Comment.objects.filter(theirs, recorded_by__isnull=False, confirmed_at=None)
        .filter(document__in=Document.objects.visible_to(user))
        .exclude(recorded_by=user)
        .standing()
    )


@transaction.atomic
def take_back(comment: Comment, *, by: User) -> Comment:
    """Undo a recording; it stays on the record as withdrawn. Twice is once."""
    comment = _locked(comment)
    if comment.is_withdrawn:
        return comment
    return services.withdraw_comment(comment, by=by, reason=_("Recorded by mistake."))


@transaction.atomic
def confirm(comment: Comment, *, by: User) -> Comment:
    """The person, or who acts for the unit, says that it was so. Twice is once."""
    comment = _locked(comment)
    if comment.is_withdrawn:
        raise RuleBrokenError(_("This comment was withdrawn."))
    if comment.confirmed_at is not None:
        return comment
    operation = diary.start(Operation.Kind.CONFIRMED, by=by, document=comment.document)
    return diary.change(operation, comment, confirmed_at=operation.at)


@transaction.atomic
def deny(comment: Comment, *, by: User, reason: str) -> Comment:
    """It was not so: the comment is withdrawn with the reason, and who recorded it is told."""
    comment = _locked(comment)
    if comment.is_withdrawn:
        return comment
    if comment.confirmed_at is not None:
        raise RuleBrokenError(_("You have confirmed this comment. Withdraw or change it instead."))
    comment = services.withdraw_comment(comment, by=by, reason=services.typed(reason))
    recorder = Comment.objects.select_related("recorded_by").get(pk=comment.pk).recorded_by
    if recorder is not None and Document.objects.visible_to(recorder).filter(pk=comment.document_id).exists():
        context: dict[str, object] = {"comment": comment, "person": recorder, "by": by, "reason": reason}
        context["address"] = settings.SITE_URL + reverse("comments:comment", args=[comment.pk])
        outbox.post(
            key=f"denied:{comment.pk}",
            recipient=recorder,
            subject=_words("denied_subject", context),
            body=_words("denied_body", context),
            about=[telling.about(comment.document)],
        )
    return comment


def tell_speakers(document: Document, speakers: Sequence[Speaker], *, by: User) -> None:
    """One mail per person, document and day: something was recorded in your name, please look. To those seated only."""
    acting = speakers_of([speaker.unit.pk for speaker in speakers if speaker.unit])
    people = {speaker.person for speaker in speakers if speaker.person}
    people |= {person for found in acting.values() for person in found}
    people.discard(by)
    now = timezone.now()
    for person in sorted(people, key=lambda one: one.pk):
        if not Document.objects.visible_to(person).filter(pk=document.pk).exists():
            continue
        context: dict[str, object] = {"document": document, "person": person, "by": by}
        context["address"] = settings.SITE_URL + reverse("comments:mine")
        outbox.post(
            key=f"recorded:{document.pk}:{person.pk}:{timezone.localdate().isoformat()}",
            recipient=person,
            subject=_words("recorded_subject", context),
            body=_words("recorded_body", context),
            about=[telling.about(document)],
            due_at=now + TOLD_AFTER,
        )


def _words_of(name: str) -> list[str]:
    return _WORD.findall(fold(name))


def _begins(begun: list[str], words: list[str]) -> bool:
    """Whether every part begins one of the words."""
    return all(any(word.startswith(part) for word in words) for part in begun)


def _name(person: User) -> str:
    post = ", ".join(filter(None, [person.position, person.unit.name if person.unit else ""]))
    return f"{person} ({post})" if post else str(person)


def _locked(comment: Comment) -> Comment:
    return Comment.objects.select_for_update(of=("self",)).select_related("document").get(pk=comment.pk)


def _words(part: str, context: dict[str, object]) -> str:
    """A part of a mail, in Vietnamese whoever writes it."""
    with translation.override("vi"):
        return render_to_string(f"comments/mail/{part}.txt", context)
