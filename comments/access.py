"""The only door to a comment: through its document, and through what its consultation lets the person see."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import UnitContact, User
from accounts.speakers import speaks_for, units_behind
from comments.contributions import Part, parts_of
from comments.models import Attachment, Comment, CommentQuerySet, Consultation, Proposal, Reopening, Topic, sent
from drafts.access import Ability, Denied, get_document_for
from drafts.models import Document
from drafts.searching import Scope

SEALING = (
    Consultation.Visibility.SEALED_UNTIL_CLOSE,
    Consultation.Visibility.SEALED_UNTIL_SENT,
    Consultation.Visibility.DRAFTERS,
)
CommentAbility = Literal["read", "change", "reply", "answer", "place", "contest", "confirm", "agree"]


def visible_comments(user: User, document: Document) -> CommentQuerySet:
    """Comments on the document that the person may see now. Needs a document that came through the door.

    What a unit is still gathering for its answer is seen by that unit alone. Of what was sent, the drafting unit, the
    secretary and the chair see all. Others see all comments of an open round, and always their own and
    their unit's. Several rounds on one edition: the strictest one rules.
    """
    comments = Comment.objects.filter(document=document).filter(sent() | _gathered_by_own_unit(user))
    if "consolidate" in document.abilities:
        return comments
    return comments.filter(_own(user) | ~Q(edition__in=_sealed_editions(user, [document.pk])))


def comments_for_the_room(document: Document) -> CommentQuerySet:
    """What everybody with a seat on the document may see, whoever looks on: for a screen all can read.

    Sent, standing, and on no edition whose opinions are sealed for anybody. Two queries.
    """
    now, sealed = timezone.now(), []
    for consultation in Consultation.objects.filter(edition__document=document):
        is_over = now >= consultation.closes_at
        if consultation.visibility == Consultation.Visibility.SEALED_UNTIL_CLOSE and is_over:
            continue
        if consultation.visibility in SEALING:
            sealed.append(consultation.edition_id)
    return Comment.objects.filter(document=document).standing().sent().exclude(edition__in=sealed)


def comments_visible_in(scope: Scope) -> CommentQuerySet:
    """``visible_comments`` of every document in the scope at once."""
    user, all_of = scope.user, scope.documents_to("consolidate")
    sealed = _sealed_editions(user, scope.documents - all_of)
    comments = Comment.objects.filter(document__in=scope.documents).filter(sent() | _gathered_by_own_unit(user))
    return comments.filter(Q(document__in=all_of) | _own(user) | ~Q(edition__in=sealed))


def sees_who_agrees(user: User, comment: Comment) -> bool:
    """Those who see all opinions, and everybody else where opinions are not sealed. One query at most."""
    document = comment.document
    return "consolidate" in document.abilities or comment.edition_id not in _sealed_editions(user, [document.pk])


def get_comment_for(user: User | AnonymousUser, ability: CommentAbility, *, pk: int) -> Comment:
    """The comment with ``comment.document`` as the door gave it; 404 when it may not be seen, 403 with the reason."""
    document = get_document_for(user, "read", pk=get_object_or_404(Comment, pk=pk).document_id)
    if not isinstance(user, User):
        raise Http404
    visible = visible_comments(user, document).with_lateness()
    visible = visible.select_related(
        "author__unit",
        "on_behalf_of",
        "recorded_by",
        "edition__recall",
        "provision",
        "response__by",
        "contribution__unit",
    )
    comment = get_object_or_404(visible, pk=pk)
    comment.document = document
    verdict = may(user, ability, comment)
    if isinstance(verdict, Denied):
        raise PermissionDenied(verdict.reason)
    return comment


def get_attachment_for(user: User | AnonymousUser, *, pk: int) -> Attachment:
    """An attachment of a comment the person may read."""
    attachment = get_object_or_404(Attachment, pk=pk)
    attachment.comment = get_comment_for(user, "read", pk=attachment.comment_id)
    return attachment


def get_round_for(user: User | AnonymousUser, ability: Ability, *, pk: int) -> Consultation:
    """A round, with ``edition.document`` as the door gave it: whoever reads the draft knows of its rounds."""
    consultation = get_object_or_404(Consultation.objects.select_related("edition__recall"), pk=pk)
    consultation.edition.document = get_document_for(user, ability, pk=consultation.edition.document_id)
    return consultation


def get_proposal_for(user: User | AnonymousUser, ability: Ability, *, pk: int) -> Proposal:
    """An answer on its way, with ``comment.document`` as the door gave it; as it last was when it is so no more."""
    proposal = Proposal.objects.select_related("comment").filter(pk=pk).first()
    if proposal is None:
        proposal = get_object_or_404(Proposal.history, id=pk, history_type="-").instance
    proposal.comment.document = get_document_for(user, ability, pk=proposal.comment.document_id)
    return proposal


def get_reopening_for(user: User | AnonymousUser, ability: Ability, *, pk: int) -> Reopening:
    """A contested answer, with ``comment.document`` as the door gave it."""
    reopening = get_object_or_404(Reopening.objects.select_related("comment"), pk=pk)
    reopening.comment.document = get_document_for(user, ability, pk=reopening.comment.document_id)
    return reopening


def get_topic_for(user: User | AnonymousUser, ability: Ability, *, pk: int) -> Topic:
    """A topic, with ``document`` as the door gave it."""
    topic = get_object_or_404(Topic, pk=pk)
    topic.document = get_document_for(user, ability, pk=topic.document_id)
    return topic


def get_part_for(user: User, *, pk: int, invitation_pk: int) -> Part:
    """The person's own answer in a round, or that of a unit they belong to; 404 for those of others."""
    consultation = get_round_for(user, "read", pk=pk)
    for part in parts_of(user, consultation):
        if part.invitation.pk == invitation_pk:
            part.invitation.consultation = consultation
            return part
    raise Http404


def get_gathered_comment_for(user: User, *, pk: int) -> Comment:
    """A comment gathered for the answer of a unit the person acts for; 403 for its other members."""
    comment = get_comment_for(user, "read", pk=pk)
    if comment.contribution is None:
        raise Http404
    part = get_part_for(user, pk=comment.contribution.consultation_id, invitation_pk=comment.contribution.pk)
    if not part.may_send:
        raise PermissionDenied(_("Only who acts for the unit puts its answer together."))
    return comment


def may(user: User, ability: CommentAbility, comment: Comment) -> bool | Denied:
    """Whether the person may do it to this comment, and if not, why not."""
    if ability == "read":
        return True
    if ability == "reply":
        if "comment" in comment.document.abilities:
            return True
        return Denied(_("Your role on this document is to read; ask the secretary for the right to comment."))
    if ability == "agree":
        if user.pk == comment.author_id and comment.recorded_by_id != user.pk:
            return Denied(_("This is your own comment."))
        return may(user, "reply", comment)
    if ability == "answer":
        if "answer" in comment.document.abilities:
            return True
        return Denied(_("Only the drafting unit answers comments."))
    if ability == "place":
        if {"answer", "record"} & comment.document.abilities:
            return True
        return Denied(_("Only the drafting unit and the secretary place comments anew."))
    if ability == "contest":
        if user.pk == comment.author_id or speaks_for(user, comment.on_behalf_of_id):
            return True
        return Denied(_("Only who holds the opinion says what the answer is worth."))
    if ability == "confirm":
        is_theirs = user.pk == comment.author_id or speaks_for(user, comment.on_behalf_of_id)
        if comment.recorded_by_id not in (None, user.pk) and is_theirs:
            return True
        return Denied(_("Only who holds a recorded opinion says whether it was so."))
    if user.pk == comment.recorded_by_id and comment.confirmed_at is not None:
        return Denied(_("It was confirmed by who holds it, and is no longer yours to change."))
    if user.pk in (comment.author_id, comment.recorded_by_id):
        return True
    if comment.contribution is not None and speaks_for(user, comment.contribution.unit_id):
        return True
    return Denied(_("Only the author changes or withdraws a comment."))


def _own(user: User) -> Q:
    """The person's opinions and those of the person's unit; not what a colleague recorded in the name of another."""
    own = Q(author=user)
    if user.unit_id:
        is_recorders = Q(recorded_by=F("author"))  # recorded in the name of a unit
        own |= Q(on_behalf_of__in=units_behind([user.unit_id])) | (Q(author__unit=user.unit_id) & ~is_recorders)
    return own


def _gathered_by_own_unit(user: User) -> Q:
    """What the person's unit gathers for its answer, before it is sent and when it was left out."""
    acts_for = UnitContact.objects.filter(user=user).values_list("unit", flat=True)
    own = Q(author=user) | Q(contribution__unit__in=units_behind([user.unit_id]))
    return own | Q(contribution__unit__in=units_behind(acts_for))


def _sealed_editions(user: User, documents: Collection[int]) -> list[int]:
    """Editions of the documents whose comments the person may not see yet."""
    now = timezone.now()
    sealed = []
    for consultation in Consultation.objects.filter(edition__document__in=documents).prefetch_related("invitations"):
        if consultation.visibility == Consultation.Visibility.DRAFTERS:
            sealed.append(consultation.edition_id)
        elif consultation.visibility == Consultation.Visibility.SEALED_UNTIL_CLOSE:
            if now < consultation.closes_at:
                sealed.append(consultation.edition_id)
        elif consultation.visibility == Consultation.Visibility.SEALED_UNTIL_SENT and not _has_sent(user, consultation):
            sealed.append(consultation.edition_id)
    return sealed


def _has_sent(user: User, consultation: Consultation) -> bool:
    sent = [invitation for invitation in consultation.invitations.all() if invitation.answered_at is not None]
    if any(one.user_id == user.pk or (user.unit_id and one.unit_id == user.unit_id) for one in sent):
        return True
    units = [one.unit_id for one in sent if one.unit_id]
    return bool(units and user.unit_id) and units_behind([user.unit_id]).filter(pk__in=units).exists()
