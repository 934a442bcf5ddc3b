"""What the opinions still need before the document goes upward, by who is to do it."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Unit, User
from comments.consolidation import OPEN, UNIT
from comments.models import Comment, Reopening
from drafts.gates import Gap, drafting_unit_of
from drafts.models import Document, Seat


def open_opinions(document: Document) -> list[Gap]:
    """Comments without an answer, answers not approved yet, answers contested and not ruled on. Four queries at most.

    An answer is missing of whoever was asked for it or proposed it; of the drafting unit when nobody was. What is
    proposed waits for the head of the drafting unit, a contested answer for the chair.
    """
    return [*_unanswered(document), *_contested(document)]


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
