"""What the opinions still need before the document goes upward, by who is to do it; and what an edition disturbs."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Unit, User
from comments.consolidation import OPEN, UNIT
from comments.models import Comment, Consultation, Reopening
from drafts.gates import Caution, Gap, drafting_unit_of
from drafts.models import Document, Seat


def open_opinions(document: Document) -> list[Gap]:
    """Comments without an answer, answers not approved yet, answers contested and not ruled on. Four queries at most.

    An answer is missing of whoever was asked for it or proposed it; of the drafting unit when nobody was. What is
    proposed waits for the head of the drafting unit, a contested answer for the chair.
    """
    return [*_unanswered(document), *_contested(document)]


def rounds_disturbed(document: Document) -> list[Caution]:
    """Open rounds: comments are made on the newest edition, so those asked about another go on as best they can. One
    query.
    """
    now = timezone.now()
    rounds = (
        Consultation.objects.filter(edition__document=document, edition__recall=None)
        .filter(opens_at__lte=now, closes_at__gt=now)
        .select_related("edition")
        .annotate(silent=Count("invitations", filter=Q(invitations__answered_at=None)))
    )
    return [
        Caution(_what_is_disturbed(one.edition.label, one.silent), reverse("comments:round", args=[one.pk]))
        for one in rounds
    ]


def _what_is_disturbed(edition: str, silent: int) -> str:
    words = ngettext(
        "A round on %(edition)s is open and %(count)s has not answered yet. Comments made after the next edition is "
        "issued belong to that one.",
        "A round on %(edition)s is open and %(count)s have not answered yet. Comments made after the next edition is "
        "issued belong to that one.",
        silent,
    )
    return words % {"edition": edition, "count": silent}


def _unanswered(document: Document) -> list[Gap]:
    rows = (
        Comment.objects.filter(document=document)
        .standing()
        .sent()
        .unanswered()
        .annotate(of_unit=UNIT)
        .values_list("of_unit", "answerer", "proposal__by", "proposal__returned")
    )
    drafting_unit = drafting_unit_of(document)
    proposed, counts = 0, Counter[tuple[int | None, int | None]]()
    for unit, answerer, proposer, returned in rows.order_by():
        if proposer and not returned:
            proposed += 1
        else:
            counts[answerer or proposer, unit] += 1
    people = User.objects.in_bulk({person for person, _unit in counts if person})
    units = Unit.objects.filter(pk__in={unit for _person, unit in counts if unit}).in_protocol_order()
    names = {unit.pk: unit.name for unit in units} | {None: _("People without a unit")}
    feedback = reverse("comments:feedback", args=[document.pk])
    gaps = [
        Gap(
            str(people[person]) if person else drafting_unit,
            _("%(unit)s: %(comments)s") % {"unit": name, "comments": _not_answered(count)},
            f"{feedback}?state={OPEN}{f'&unit={unit}' if unit else ''}#opinions",
        )
        for person in [*people, None]
        for unit, name in names.items()
        if (count := counts[person, unit])
    ]
    if proposed:
        words = ngettext(
            "%(count)s proposed answer waits to be approved", "%(count)s proposed answers wait to be approved", proposed
        )
        address = reverse("comments:proposals", args=[document.pk])
        gaps.append(Gap(drafting_unit, words % {"count": proposed}, address))
    return gaps


def _contested(document: Document) -> list[Gap]:
    count = Reopening.objects.waiting().filter(comment__document=document).count()
    if not count:
        return []
    chairs = document.seats.filter(role=Seat.Role.CHAIR).select_related("user", "unit")
    chair = ", ".join(str(seat.user or seat.unit) for seat in chairs) or str(Seat.Role.CHAIR.label)
    words = ngettext(
        "%(count)s contested answer waits for a ruling", "%(count)s contested answers wait for a ruling", count
    )
    return [Gap(chair, words % {"count": count}, reverse("comments:contested", args=[document.pk]))]


def _not_answered(count: int) -> str:
    words = ngettext("%(count)s comment has no answer yet", "%(count)s comments have no answer yet", count)
    return words % {"count": count}
