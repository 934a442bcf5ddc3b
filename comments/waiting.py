"""What waits for one person among drafts and comments: for the home page. A fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import UnitContact, User
from accounts.speakers import units_behind
from comments.models import Comment, Consultation, Invitation, Reopening, Response, sent
from drafts.access import ABILITIES
from drafts.models import Document, Edition, Seat, SeatQuerySet


@dataclass(frozen=True)
class Round:
    """An open consultation the person may comment in; ``mine`` counts what they and their unit have said in it.

    ``is_asked``: an answer of theirs or of their unit is waited for.
    """

    consultation: Consultation
    document: Document
    mine: int
    is_asked: bool


def rounds_open_for(user: User) -> list[Round]:
    """Open rounds on documents where the person may comment, those that close first on top; without those to which the
    person and the person's unit have sent their answers. One query.
    """
    now = timezone.now()
    said = Q(edition__comments__withdrawn_at=None) & _own(user, "edition__comments__")
    theirs = Invitation.objects.filter(consultation=OuterRef("pk"))
    acts_for = UnitContact.objects.filter(user=user).values_list("unit", flat=True)
    theirs = theirs.filter(Q(user=user) | Q(unit__in=units_behind([user.unit_id])) | Q(unit__in=units_behind(acts_for)))
    consultations = (
        Consultation.objects.filter(opens_at__lte=now, closes_at__gt=now)
        .filter(edition__document__in=_documents(user, "comment"), edition__recall=None)
        .select_related("edition__document__drafting_unit")
        .annotate(
            mine=Count("edition__comments", filter=said),
            is_asked=Exists(theirs.filter(answered_at=None)),
            is_answered=Exists(theirs.filter(answered_at__isnull=False)),
        )
        .exclude(is_asked=False, is_answered=True)
        .order_by("closes_at", "pk")
    )
    return [Round(c, c.edition.document, c.mine, c.is_asked) for c in consultations]


def documents_to_read(user: User) -> QuerySet[Document]:
    """Issued drafts without a round on which the person may comment and has not yet. One query."""
    editions = Edition.objects.standing().filter(document=OuterRef("pk"))
    return (
        Document.objects.filter(Exists(editions), pk__in=_documents(user, "comment"))
        .filter(stage__in=(Document.Stage.DRAFTING, Document.Stage.CONSULTING))
        .exclude(pk__in=_documents(user, "consolidate"))
        .exclude(editions__consultations__isnull=False)
        .exclude(comments__author=user)
        .select_related("drafting_unit")
        .distinct()
        .order_by("-pk")
    )


def documents_to_follow(user: User) -> QuerySet[Document]:
    """Documents with comments whose consolidated page the person sees. One query.

    Each has ``all_comments``, ``open`` ones among them, and ``may_answer``.
    """
    standing = Q(comments__withdrawn_at=None) & sent("comments__")
    return (
        Document.objects.filter(pk__in=_documents(user, "consolidate"))
        .select_related("drafting_unit")
        .annotate(
            open=Count("comments", filter=standing & Q(comments__response=None)),
            all_comments=Count("comments", filter=standing),
            may_answer=Exists(_seats(user, "answer").filter(document=OuterRef("pk"))),
        )
        .filter(all_comments__gt=0)
        .order_by("-open", "pk")
    )


def answers_to(user: User, *, limit: int = 5) -> list[Response]:
    """The newest answers to the person's comments on documents they still see. One query."""
    return list(
        Response.objects.filter(comment__author=user, comment__document__in=Document.objects.visible_to(user))
        .select_related("comment__document", "comment__provision")
        .order_by("-at", "-pk")[:limit]
    )


def opinions_of(user: User) -> QuerySet[Comment]:
    """What the person has said, or a unit they act for, the newest first, on drafts they still see. One query."""
    acts_for = UnitContact.objects.filter(user=user).values_list("unit", flat=True)
    own = (Q(author=user) & ~Q(recorded_by=user)) | Q(on_behalf_of__in=units_behind(acts_for))
    return (
        Comment.objects.filter(own, document__in=Document.objects.visible_to(user))
        .select_related("document", "provision", "response", "author", "on_behalf_of", "edition")
        .select_related("reopening", "contribution", "recorded_by")
        .order_by("-pk")
    )


def contested_for(user: User) -> QuerySet[Document]:
    """Drafts on which the person is to rule on contested answers, with their number. One query."""
    waiting = Q(comments__reopening__in=Reopening.objects.waiting())
    return (
        Document.objects.filter(pk__in=_documents(user, "rule"))
        .annotate(contested=Count("comments", filter=waiting))
        .filter(contested__gt=0)
        .order_by("pk")
    )


def proposals_for(user: User) -> QuerySet[Document]:
    """Drafts on which proposed answers wait for the person, with their number. One query."""
    waiting = Q(comments__proposal__isnull=False, comments__withdrawn_at=None)
    return (
        Document.objects.filter(pk__in=_documents(user, "publish"))
        .annotate(proposed=Count("comments", filter=waiting))
        .filter(proposed__gt=0)
        .order_by("pk")
    )


def _documents(user: User, ability: str) -> QuerySet[Seat, int]:
    return _seats(user, ability).values_list("document", flat=True)


def _seats(user: User, ability: str) -> SeatQuerySet:
    roles = [role for role, abilities in ABILITIES.items() if ability in abilities]
    return Seat.objects.held_by(user).filter(role__in=roles)


def _own(user: User, prefix: str) -> Q:
    own = Q(**{f"{prefix}author": user})
    if user.unit_id:
        units = units_behind([user.unit_id])
        own |= Q(**{f"{prefix}on_behalf_of__in": units}) | Q(**{f"{prefix}contribution__unit__in": units})
    return own
