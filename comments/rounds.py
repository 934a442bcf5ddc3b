"""Everything that changes a round of asking opinions (đợt lấy ý kiến): opening, inviting, extending, closing.

Mail is written in the same transaction as its cause; who has lost the seat on the draft meanwhile gets none.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import outbox
from accounts.models import OutgoingMail, Unit, User
from accounts.speakers import speakers_of
from comments.models import Consultation, Invitation
from comments.models.consultations import CALLED_OFF
from config.errors import RuleBrokenError
from drafts import diary, telling
from drafts.models import Document, Edition, Operation, Seat, StageChange
from drafts.texts import typed

Kind = Operation.Kind
Visibility = Consultation.Visibility

DAYS_AHEAD = (3, 1)
"""So many calendar days before the closing day everyone silent is reminded."""
LATEST_OPENING = dt.timedelta(days=7)
"""So long after its moment a round is still opened late, when nothing ran meanwhile."""

_WIDTH = [Visibility.DRAFTERS, Visibility.SEALED_UNTIL_CLOSE, Visibility.SEALED_UNTIL_SENT, Visibility.OPEN]


@transaction.atomic
def open_consultation(
    edition: Edition,
    *,
    by: User,
    closes_at: dt.datetime,
    visibility: str,
    letter: str = "",
    units: Sequence[Unit] = (),
    people: Sequence[User] = (),
    opens_at: dt.datetime | None = None,
) -> Consultation:
    """Ask units and people for their opinion on an edition; who has no seat on the draft gets a commenter's.

    With ``opens_at`` in the future it opens by itself (``open_what_has_come``): until then nobody is let in or written
    to, and the draft stays at its stage. A form sent twice opens one round. Raises RuleBrokenError when a round on the
    same edition is still open.
    """
    document = _locked(edition.document)
    opens_at = opens_at or timezone.now()
    if closes_at <= opens_at:
        raise RuleBrokenError(_("The round must close after it opens."))
    letter = typed(letter)
    running = _running(edition).first()
    if running is not None:
        if (running.closes_at, running.visibility, running.letter) == (closes_at, visibility, letter):
            return running
        _refuse_beside(running)
    is_later = opens_at > timezone.now()
    if is_later:
        operation = diary.start(Kind.ROUND_CHANGED, by=by, document=document, reason=_("Arranged to open by itself."))
    else:
        operation = diary.start(Kind.CONSULTED, by=by, document=document)
    round_ = Consultation(edition=edition, opens_at=opens_at, closes_at=closes_at, visibility=visibility, letter=letter)
    consultation = diary.add(operation, [round_])[0]
    _invite(operation, consultation, units=units, people=people)
    if not is_later:
        _move_on(operation, document)
    return consultation


@transaction.atomic
def invite(
    consultation: Consultation, *, by: User, units: Sequence[Unit] = (), people: Sequence[User] = ()
) -> list[Invitation]:
    """Ask more units and people; who was asked already is not asked again."""
    document = _locked(consultation.edition.document)
    _open_only(consultation)
    _open_by_itself(consultation)
    operation = diary.start(Kind.ROUND_CHANGED, by=by, document=document)
    return _invite(operation, consultation, units=units, people=people)


@transaction.atomic
def uninvite(invitation: Invitation, *, by: User) -> None:
    """Take somebody off the list who has said nothing yet."""
    document = _locked(invitation.consultation.edition.document)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    begun = (invitation.gathered, invitation.article_stances, invitation.sheets)
    if invitation.is_answered or invitation.stance or any(rows.exists() for rows in begun):
        raise RuleBrokenError(_("%(who)s has begun to answer and stays on the list.") % {"who": invitation})
    diary.remove(diary.start(Kind.ROUND_CHANGED, by=by, document=document), [invitation])


@transaction.atomic
def reschedule(
    consultation: Consultation,
    *,
    by: User,
    closes_at: dt.datetime,
    letter: str,
    reason: str,
    opens_at: dt.datetime | None = None,
) -> None:
    """Extend a round (or reopen a closed one), bring its end forward, change its letter; or when it opens, until it
    has. Those who are silent are told of a new end, if they know of the old one; of a round that was called off before
    it opened they know nothing, and taken up again it opens now. Raises RuleBrokenError when a closed round would be
    reopened beside another on the same edition.
    """
    document = _locked(consultation.edition.document)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    letter, now, has_opened = typed(letter), timezone.now(), consultation.opens_at <= timezone.now()
    if has_opened or opens_at is None:
        opens_at = consultation.opens_at
    if (consultation.opens_at, consultation.closes_at, consultation.letter) == (opens_at, closes_at, letter):
        return
    moved = closes_at != consultation.closes_at
    if closes_at <= now and moved:
        raise RuleBrokenError(_("The new end lies in the past. To end the round now, close it."))
    if closes_at <= opens_at:
        raise RuleBrokenError(_("The round must close after it opens."))
    is_reopened = consultation.closes_at <= now < closes_at
    if is_reopened and (running := _running(consultation.edition).first()):
        _refuse_beside(running)
    operation = diary.start(Kind.ROUND_CHANGED, by=by, document=document, reason=typed(reason))
    diary.change(operation, consultation, opens_at=opens_at, closes_at=closes_at, letter=letter)
    if moved and _has_opened(consultation):
        _post(consultation, silent(consultation), about="extension", key=f"{operation.pk}")
    elif moved and not consultation.edition.is_recalled:
        _open_by_itself(consultation)


@transaction.atomic
def close(consultation: Consultation, *, by: User, reason: str) -> None:
    """End a round before its time; one that has not opened yet never does, and nobody hears of it."""
    document = _locked(consultation.edition.document)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    now = timezone.now()
    if consultation.closes_at <= now:
        return
    if not typed(reason):
        raise RuleBrokenError(_("Say why the round ends early: whoever has not answered yet will read it."))
    operation = diary.start(Kind.ROUND_CHANGED, by=by, document=document, reason=typed(reason))
    begin = min(consultation.opens_at, operation.at - CALLED_OFF)
    diary.change(operation, consultation, opens_at=begin, closes_at=operation.at)


@transaction.atomic
def show_comments(consultation: Consultation, *, by: User, visibility: str, reason: str) -> None:
    """Change who sees the comments of a round. What was shown cannot be taken back, so it needs a reason."""
    document = _locked(consultation.edition.document)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.visibility == visibility:
        return
    if not typed(reason):
        raise RuleBrokenError(_("Say why more or fewer people see the comments; it stands on the record."))
    operation = diary.start(Kind.ROUND_CHANGED, by=by, document=document, reason=typed(reason))
    diary.change(operation, consultation, visibility=visibility)


def widens(consultation: Consultation, visibility: str) -> bool:
    """Whether more people would see the comments than now."""
    return _WIDTH.index(Visibility(visibility)) > _WIDTH.index(Visibility(consultation.visibility))


def mark_opened(consultation: Consultation, user: User) -> None:
    """An invited person, or somebody of an invited unit, has opened the draft. One query; not an act on the record."""
    Invitation.objects.filter(_for(user), consultation=consultation, opened_at=None).update(opened_at=timezone.now())


def silent(consultation: Consultation) -> list[Invitation]:
    """Who was asked and has not sent an answer."""
    return list(consultation.invitations.filter(answered_at=None).select_related("unit", "user"))


@transaction.atomic
def remind(consultation: Consultation, *, by: User, invitations: Iterable[Invitation] | None = None) -> int:
    """Remind those who are silent, or some of them; nobody twice on one day. Returns how many mails were written."""
    document = _locked(consultation.edition.document)
    _open_only(consultation)
    asked = silent(consultation) if invitations is None else [one for one in invitations if not one.is_answered]
    written = _remind(_recipients(asked), today=timezone.localdate())
    if written:
        diary.start(Kind.ROUND_CHANGED, by=by, document=document, reason=_("Reminded those who have not answered."))
    return written


@transaction.atomic
def remind_before_closing(*, today: dt.date | None = None) -> int:
    """Remind the silent of every round 3 days and 1 day before it closes: once, however often it is called.

    When nothing ran on such a day the reminder comes afterwards, the newest alone; but not to who was asked, or told of
    another end, after that day.
    """
    today = today or timezone.localdate()
    running = Consultation.objects.filter(
        opens_at__lte=timezone.now(), closes_at__gt=timezone.now(), edition__recall=None
    ).select_related("edition__document")
    occasions = {one.pk: day for one in running if (day := _latest_occasion(one, today=today))}
    rows = Invitation.objects.filter(consultation__in=occasions, answered_at=None)
    asked = list(rows.select_related("unit", "user", "consultation"))
    known = _known_since(asked)
    due = [one for one in asked if known[one.pk] <= occasions[one.consultation_id]]
    return _remind(_not_reminded(_recipients(due), occasions, today=today), today=today)


def _latest_occasion(consultation: Consultation, *, today: dt.date) -> dt.date | None:
    """The newest day, today or before, on which those who are silent are reminded."""
    last = timezone.localdate(consultation.closes_at)
    days = [last - dt.timedelta(days=ahead) for ahead in DAYS_AHEAD]
    return max((day for day in days if day <= today), default=None)


def _known_since(invitations: Sequence[Invitation]) -> dict[int, dt.date]:
    """For each invitation the day since when it, and the present end of its round, are known. Two queries."""
    asked = Invitation.history.filter(id__in=[one.pk for one in invitations], history_type="+")
    asked_at = dict(asked.values_list("id", "history_date"))
    ends: dict[int, tuple[dt.datetime, dt.datetime]] = {}
    rounds = Consultation.history.filter(id__in={one.consultation_id for one in invitations}).order_by("history_id")
    for pk, end, at in rounds.values_list("id", "closes_at", "history_date"):
        if pk not in ends or ends[pk][0] != end:
            ends[pk] = (end, at)
    return {
        one.pk: timezone.localdate(max(asked_at[one.pk], one.consultation.opens_at, ends[one.consultation_id][1]))
        for one in invitations
    }


def _not_reminded(
    recipients: dict[User, list[Invitation]], occasions: Mapping[int, dt.date], *, today: dt.date
) -> dict[User, list[Invitation]]:
    """Those to whom no reminder was written on the day of their newest occasion, or since. One query."""
    keys: dict[User, set[str]] = {}
    for person, theirs in recipients.items():
        first = max(occasions[one.consultation_id] for one in theirs)
        days = [first + dt.timedelta(days=number) for number in range((today - first).days + 1)]
        keys[person] = {_reminder_key(person, day) for day in days}
    told = set(OutgoingMail.objects.filter(key__in=set().union(*keys.values())).values_list("key", flat=True))
    return {person: theirs for person, theirs in recipients.items() if not keys[person] & told}


def _reminder_key(person: User, day: dt.date) -> str:
    return f"rounds:{person.pk}:{day.isoformat()}"


def open_what_has_come() -> None:
    """Open the rounds whose moment has come: once, however often it is called."""
    now = timezone.now()
    come = Consultation.objects.filter(opens_at__lte=now, opens_at__gt=now - LATEST_OPENING, closes_at__gt=now)
    for consultation in come.filter(edition__recall=None).select_related("edition__document").order_by("pk"):
        _open_by_itself(consultation)


@transaction.atomic
def _open_by_itself(consultation: Consultation) -> None:
    """Let in and invite those asked, and move the draft on, in the name of who arranged it; unless it was done."""
    document = _locked(consultation.edition.document)
    consultation.refresh_from_db(fields=["opens_at", "closes_at"])
    if not consultation.is_open() or _has_opened(consultation):
        return
    arranged = consultation.history.select_related("operation__by").earliest("history_id").operation
    reason = _("It opened by itself at the moment arranged.")
    operation = diary.start(Kind.CONSULTED, by=arranged.by, document=document, reason=reason)
    diary.change(operation, consultation, opens_at=consultation.opens_at)  # the row that _has_opened finds
    asked = silent(consultation)
    _let_in(operation, document, _not_sent_away(asked, document))
    _move_on(operation, document)
    _post(consultation, asked, about="invitation", key="opening")


def _has_opened(consultation: Consultation) -> bool:
    """Whether its opening stands on the record, and not only that it was arranged."""
    opened = consultation.history.filter(operation__kind=Kind.CONSULTED, opens_at__lte=F("history_date"))
    return opened.exists()


def _not_sent_away(invitations: Sequence[Invitation], document: Document) -> list[Invitation]:
    """Without those who lost a seat on the draft after they were put on the list: the clock does not give it back."""
    asked = Invitation.history.filter(id__in=[one.pk for one in invitations], history_type="+")
    asked_by = dict(asked.values_list("id", "operation"))
    taken: dict[tuple[int | None, int | None], int] = {}
    for user, unit, operation in Seat.history.filter(document=document, history_type="-").values_list(
        "user", "unit", "operation"
    ):
        taken[user, unit] = max(operation, taken.get((user, unit), 0))
    return [one for one in invitations if taken.get((one.user_id, one.unit_id), 0) < asked_by[one.pk]]


def _move_on(operation: Operation, document: Document) -> None:
    """A draft still being written is being consulted on from now on."""
    if document.stage == Document.Stage.DRAFTING:
        diary.change(operation, document, stage=Document.Stage.CONSULTING)
        StageChange.objects.create(document=document, operation=operation, stage=document.stage)


def _remind(recipients: dict[User, list[Invitation]], *, today: dt.date) -> int:
    """One mail per person and day, about every open round the person or the person's unit has not answered."""
    waiting: dict[User, list[Invitation]] = defaultdict(list)
    open_ = Invitation.objects.filter(
        consultation__opens_at__lte=timezone.now(),
        consultation__closes_at__gt=timezone.now(),
        consultation__edition__recall=None,
        answered_at=None,
    ).select_related("unit", "user", "consultation__edition__document")
    for person, invitations in _recipients(open_.order_by("consultation__closes_at", "pk")).items():
        if person in recipients:
            waiting[person] = invitations
    keys = {person: _reminder_key(person, today) for person in waiting}
    told = set(OutgoingMail.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    seats = _Seats(one for invitations in waiting.values() for one in invitations)
    written = 0
    for person in waiting:
        invitations = seats.allow(person, waiting[person])
        if not invitations or keys[person] in told:
            continue
        written += 1
        outbox.post(
            key=keys[person],
            recipient=person,
            subject=_words("reminder_subject", {"invitations": invitations}),
            body=_words("reminder_body", {"invitations": invitations, "person": person, "site": settings.SITE_URL}),
            about={telling.about(one.consultation.edition.document) for one in invitations},
        )
    return written


def _invite(
    operation: Operation, consultation: Consultation, *, units: Iterable[Unit], people: Iterable[User]
) -> list[Invitation]:
    asked = list(consultation.invitations.all())
    asked_units, asked_people = {one.unit_id for one in asked}, {one.user_id for one in asked}
    new = [Invitation(consultation=consultation, unit=unit) for unit in units if unit.pk not in asked_units]
    new += [Invitation(consultation=consultation, user=one) for one in people if one.pk not in asked_people]
    invitations = diary.add(operation, new)
    if consultation.opens_at <= timezone.now():
        _let_in(operation, consultation.edition.document, invitations)
        _post(consultation, invitations, about="invitation", key=f"{operation.pk}")
    return invitations


def _let_in(operation: Operation, document: Document, invitations: Sequence[Invitation]) -> None:
    """Who is asked and has no seat on the draft gets a commenter's; so does who only had a reader's."""
    held = list(Seat.objects.filter(document=document))
    seated_units, seated_people = {seat.unit_id for seat in held}, {seat.user_id for seat in held}
    seats = [
        Seat(document=document, unit=one.unit, user=one.user, role=Seat.Role.COMMENTER)
        for one in invitations
        if (one.unit_id not in seated_units if one.unit_id else one.user_id not in seated_people)
    ]
    diary.add(operation, seats)
    raised = [seat for seat in held if seat.role == Seat.Role.READER and _is_among(seat, invitations)]
    diary.change_many(operation, raised, role=Seat.Role.COMMENTER)


def _is_among(seat: Seat, invitations: Iterable[Invitation]) -> bool:
    return any((seat.unit_id, seat.user_id) == (one.unit_id, one.user_id) for one in invitations)


def _post(consultation: Consultation, invitations: Sequence[Invitation], *, about: str, key: str) -> None:
    """One mail to each person behind the invitations."""
    seats = _Seats(invitations)
    for person, theirs in _recipients(invitations).items():
        if not seats.allow(person, theirs):
            continue
        context = {
            "consultation": consultation,
            "document": consultation.edition.document,
            "invitation": theirs[0],
            "person": person,
            "address": settings.SITE_URL + reverse("comments:reader", args=[consultation.edition.document_id]),
            "answer": settings.SITE_URL + reverse("comments:round", args=[consultation.pk]),
        }
        outbox.post(
            key=f"round-{about}:{consultation.pk}:{key}:{person.pk}",
            recipient=person,
            subject=_words(f"{about}_subject", context),
            body=_words(f"{about}_body", context),
            about=[telling.about(consultation.edition.document)],
        )


def _recipients(invitations: Iterable[Invitation]) -> dict[User, list[Invitation]]:
    """The people behind invitations: the person asked, or who acts for the unit. Three queries."""
    invitations = list(invitations)
    speakers = speakers_of({one.unit_id for one in invitations if one.unit_id})
    people: dict[User, list[Invitation]] = defaultdict(list)
    for one in invitations:
        for person in [one.user] if one.user else speakers[one.unit_id]:
            if person is not None and person.is_active:
                people[person].append(one)
    return people


class _Seats:
    """Who may hear of the drafts that some invitations are about. One query."""

    def __init__(self, invitations: Iterable[Invitation]) -> None:
        documents = {one.consultation.edition.document_id for one in invitations}
        held = Seat.objects.filter(document__in=documents).values_list("document", "user", "unit")
        self._held = {(document, "user", user) for document, user, _unit in held if user}
        self._held |= {(document, "unit", unit) for document, _user, unit in held if unit}

    def allow(self, person: User, invitations: Iterable[Invitation]) -> list[Invitation]:
        """Those about drafts on which the person, or the person's unit, has a seat."""
        documents = ((one, one.consultation.edition.document_id) for one in invitations)
        return [
            one
            for one, document in documents
            if {(document, "user", person.pk), (document, "unit", person.unit_id)} & self._held
        ]


def _words(part: str, context: dict[str, object]) -> str:
    """A part of a mail, in Vietnamese whoever writes it."""
    with translation.override("vi"):
        return render_to_string(f"comments/mail/{part}.txt", context)


def _for(user: User) -> Q:
    """Invitations of the person and of the person's unit."""
    return Q(user=user) | Q(unit=user.unit_id, unit__isnull=False)


def _running(edition: Edition) -> QuerySet[Consultation]:
    """Rounds on the edition that are open, or open by themselves later."""
    return Consultation.objects.filter(edition=edition, closes_at__gt=timezone.now())


def _refuse_beside(running: Consultation) -> NoReturn:
    """Two rounds at once would ask the same people twice, and seal for the one what the other shows."""
    if running.opens_at > timezone.now():
        raise RuleBrokenError(_("A round on this edition will open soon. Change that one, or close it first."))
    raise RuleBrokenError(_("A round on this edition is open already. Change that one, or close it first."))


def _open_only(consultation: Consultation) -> None:
    if consultation.closes_at <= timezone.now():
        raise RuleBrokenError(_("The round is closed. Extend it first."))


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(no_key=True).get(pk=document.pk)
