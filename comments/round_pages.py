"""What the pages of rounds show: who was asked, has opened the draft, has answered. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.speakers import speakers_of
from comments.access import visible_comments
from comments.consolidation import UNIT
from comments.contributions import Part, comments_of, parts_of
from comments.models import Comment, Consultation, Invitation
from drafts.models import Document, Operation
from drafts.outline import outline
from drafts.photographs import edition_text
from drafts.texts import Sheet


@dataclass(frozen=True)
class Asked:
    """One of those asked: ``state`` is sent, commented, opened or silent.

    ``sent`` counts the comments that went with the answer, ``said`` what they, or the unit's people in their own names,
    have said beside it since the round opened.
    """

    invitation: Invitation
    sent: int
    said: int
    reminded_at: dt.datetime | None

    @property
    def state(self) -> str:
        if self.invitation.is_answered:
            return "sent"
        if self.said:
            return "commented"
        return "opened" if self.invitation.opened_at else "silent"


class RoundPage:
    """A round as one person sees it; the list of those asked is for those who consolidate."""

    def __init__(self, consultation: Consultation, *, user: User) -> None:
        self.consultation = consultation
        self.document = consultation.edition.document
        self.user = user
        self.now = timezone.now()

    @property
    def is_open(self) -> bool:
        return self.consultation.is_open(self.now)

    @property
    def is_over(self) -> bool:
        return self.now >= self.consultation.closes_at

    @property
    def days_left(self) -> int:
        return (timezone.localdate(self.consultation.closes_at) - timezone.localdate(self.now)).days

    @property
    def may_change(self) -> bool:
        return "issue" in self.document.abilities

    @property
    def sees_list(self) -> bool:
        return "consolidate" in self.document.abilities

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(self.user, self.consultation)

    @cached_property
    def asked(self) -> list[Asked]:
        """In protocol order, units first. Six queries."""
        invitations = list(
            self.consultation.invitations.select_related("unit", "user__unit", "sent_by").order_by(
                "unit__rank", "unit__name_key", "user__rank", "user__name_key"
            )
        )
        sent, by_unit, by_person = self._counted(invitations)
        reminded = self._reminded(invitations)
        return [
            Asked(
                one,
                sent[one.pk],
                by_unit[one.unit_id] if one.unit_id else by_person[one.user_id or 0],
                reminded.get(one.pk),
            )
            for one in invitations
        ]

    @property
    def answered(self) -> int:
        return sum(one.state == "sent" for one in self.asked)

    @property
    def silent(self) -> int:
        return len(self.asked) - self.answered

    @property
    def counts(self) -> dict[str, int]:
        states = [one.state for one in self.asked]
        return {state: states.count(state) for state in ("sent", "commented", "opened", "silent")}

    @cached_property
    def changes(self) -> list[Operation]:
        """What was changed in it, the newest first, with the reasons."""
        acts = self.consultation.history.filter(history_type="~").values("operation")
        return list(Operation.objects.filter(pk__in=acts).select_related("by"))

    def _counted(self, invitations: Iterable[Invitation]) -> tuple[Counter[int], Counter[int | None], Counter[int]]:
        """Comments that went with each answer; and beside these what was said since the round opened, by unit and by
        person. One query.
        """
        comments = Comment.objects.filter(edition=self.consultation.edition_id).standing().sent().annotate(of=UNIT)
        rows = comments.order_by().values_list("contribution", "on_behalf_of", "author", "of", "created_at")
        own = {one.user_id: (one.pk, one.answered_at) for one in invitations if one.user_id and one.answered_at}
        sent: Counter[int] = Counter()
        by_unit: Counter[int | None] = Counter()
        by_person: Counter[int] = Counter()
        for answer, speaks_for, author, unit, at in rows:
            if answer is not None:
                sent[answer] += 1
                continue
            is_since = at >= self.consultation.opens_at
            by_unit[unit] += is_since
            if speaks_for is None and author in own and at <= own[author][1]:
                sent[own[author][0]] += 1
            else:
                by_person[author] += is_since
        return sent, by_unit, by_person

    def _reminded(self, invitations: Iterable[Invitation]) -> dict[int, dt.datetime]:
        speakers = speakers_of({one.unit_id for one in invitations if one.unit_id})
        people = {
            one.pk: [one.user] if one.user else speakers[one.unit_id] for one in invitations if not one.is_answered
        }
        everybody = {person.pk for persons in people.values() for person in persons if person}
        mails = (
            OutgoingMail.objects.filter(
                recipient__in=everybody, key__startswith="rounds:", created_at__gte=self.consultation.opens_at
            )
            .order_by()
            .values_list("recipient")
            .annotate(last=Max("created_at"))
        )
        last = dict(mails)
        found = {
            pk: max((last[one.pk] for one in persons if one and one.pk in last), default=None)
            for pk, persons in people.items()
        }
        return {pk: at for pk, at in found.items() if at is not None}


class AnswerPage:
    """What goes with an answer: the comments, and for a unit those left out of it."""

    def __init__(self, part: Part, *, user: User) -> None:
        self.part = part
        self.user = user
        self.invitation = part.invitation
        self.consultation = part.invitation.consultation
        self.text = edition_text(self.consultation.edition)

    @cached_property
    def comments(self) -> list[Comment]:
        """As they stand in the draft: by article, and in the article by the words they are about."""
        sheets = list(self.text)
        places = {sheet.pk: place for place, sheet in enumerate(sheets)}

        def place(comment: Comment) -> tuple[int, int, int]:
            number = places.get(comment.provision_id or 0, len(sheets))
            return number, _offset_in(sheets[number], comment) if number < len(sheets) else 0, comment.pk

        return sorted(comments_of(self.invitation), key=place)

    @cached_property
    def said_directly(self) -> list[Comment]:
        """What the unit's people said to the drafting unit themselves: it stands, whatever the unit answers."""
        if not self.part.is_units:
            return []
        edition, unit = self.consultation.edition, self.invitation.unit
        said = visible_comments(self.user, edition.document).standing().filter(edition=edition, contribution=None)
        theirs = Q(on_behalf_of=unit) | Q(on_behalf_of=None, author__unit=unit)
        return list(said.filter(theirs).select_related("author", "provision").order_by("provision__position", "pk"))

    @cached_property
    def left_out(self) -> list[tuple[Comment, str]]:
        """What does not go with it, and why: it was left out, or is part of another comment now. Two queries."""
        if not self.part.is_units:
            return []
        rows = Comment.objects.filter(contribution=self.invitation, left_out_at__isnull=False).standing()
        entries = Comment.history.filter(id__in=rows.order_by().values("pk")).order_by("history_id")
        reasons = dict(entries.values_list("id", "history_change_reason"))
        return [(one, reasons.get(one.pk) or "") for one in rows.select_related("author", "provision")]

    @cached_property
    def senders(self) -> list[User]:
        """Who may send it."""
        return speakers_of([self.invitation.unit_id])[self.invitation.unit_id] if self.part.is_units else []


def _offset_in(sheet: Sheet, comment: Comment) -> int:
    """Where in the article the comment stands: at its words, else at its clause, else before all."""
    if comment.quote:
        place = sheet.text.find(comment.prefix + comment.quote)
        return place + len(comment.prefix) if place >= 0 else 0
    lines = outline(sheet.text) if comment.clause_label else []
    return next((line.offset for line in lines if line.label == comment.clause_label), -1)


def rounds_of(document: Document) -> QuerySet[Consultation]:
    """All rounds on a document, the newest first, with ``asked`` and ``answered`` counted. One query."""
    return (
        Consultation.objects.filter(edition__document=document)
        .select_related("edition")
        .annotate(
            asked=Count("invitations"), answered=Count("invitations", filter=Q(invitations__answered_at__isnull=False))
        )
        .order_by("-pk")
    )
