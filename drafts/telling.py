"""Who is told what about a draft: editions, stages, seats. Words in Vietnamese, whoever acts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from accounts.models import NoticeKind, User
from accounts.notices import notify
from drafts.access import ABILITIES, Ability
from drafts.models import Document, Edition, Operation, Seat


def about(document: Document) -> str:
    return f"draft:{document.pk}"


def may_know(documents: Collection[int], people: Collection[int]) -> set[tuple[int, int]]:
    """The gate of notices: pairs of a draft and somebody with a seat on it, alone or by the unit. Two queries."""
    units = dict(User.objects.active().filter(pk__in=people).values_list("pk", "unit"))
    held = set(Seat.objects.filter(document__in=documents).values_list("document", "user", "unit"))
    by_user = {(document, user) for document, user, _unit in held if user}
    by_unit = {(document, unit) for document, _user, unit in held if unit}
    return {
        (document, person)
        for document in documents
        for person, unit in units.items()
        if (document, person) in by_user or (document, unit) in by_unit
    }


def people_who(document: Document, ability: Ability) -> list[User]:
    """Everybody who may do it on the draft, alone or as a member of a unit. One query."""
    roles = [role for role, abilities in ABILITIES.items() if ability in abilities]
    seats = Seat.objects.filter(document=document, role__in=roles)
    return list(
        User.objects.active()
        .filter(
            Q(pk__in=seats.filter(user__isnull=False).values("user"))
            | Q(unit__in=seats.filter(unit__isnull=False).values("unit"))
        )
        .order_by("pk")
    )


def of_edition(edition: Edition, operation: Operation, *, reason: str = "") -> None:
    """An edition was issued, or recalled."""
    document = edition.document
    is_recall = operation.kind == Operation.Kind.RECALLED
    notify(
        people_who(document, "read"),
        kind=NoticeKind.EDITION,
        key=f"edition:{operation.pk}",
        subject=f"{edition.label} {'đã bị thu hồi' if is_recall else 'đã phát hành'}: {document.title}",
        text=reason,
        path=reverse("comments:reader", args=[document.pk]),
        about=about(document),
        by=operation.by,
    )


def of_stage(document: Document, operation: Operation) -> None:
    """The draft has moved on, or back."""
    with translation.override("vi"):
        stage = str(document.get_stage_display())
    notify(
        people_who(document, "consolidate"),
        kind=NoticeKind.STAGE,
        key=f"stage:{operation.pk}",
        subject=f"{capfirst(stage)}: {document.title}",
        text=operation.reason,
        path=reverse("drafts:about", args=[document.pk]),
        about=about(document),
        by=operation.by,
    )


def of_seats(document: Document, operation: Operation, seats: Iterable[Seat]) -> None:
    """Somebody takes part now."""
    seats = list(seats)
    people = [seat.user for seat in seats if seat.user]
    units = [seat.unit_id for seat in seats if seat.unit_id]
    people += list(User.objects.active().filter(unit__in=units))
    notify(
        people,
        kind=NoticeKind.SEAT,
        key=f"seat:{operation.pk}",
        subject=f"Được tham gia dự thảo: {document.title}",
        path=reverse("comments:reader", args=[document.pk]),
        about=about(document),
        by=operation.by,
    )
