"""Answering a round: a person's own answer, and the contribution a unit gathers from its members and sends.

What is sent is frozen: its stances and its comments stay as they are. Until then a unit's comments are seen by that
unit alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitContact, User
from accounts.speakers import speakers_of, units_behind
from comments import telling
from comments.models import ArticleStance, Comment, Consultation, Invitation, Stance
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Edition, Operation, Provision

Kind = Operation.Kind


@dataclass(frozen=True)
class Part:
    """An invitation that concerns a person, and whether the person may act for it: their own, or their unit's."""

    invitation: Invitation
    may_send: bool

    @property
    def is_units(self) -> bool:
        return self.invitation.unit_id is not None


class AlreadySentError(RuleBrokenError):
    """Another answer than the one to be sent was sent before, perhaps by the same person in another tab."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(
            _("The answer of %(who)s was sent already: “%(stance)s”. It stays so; what you chose now was not sent.")
            % {"who": invitation, "stance": invitation.get_stance_display()}
        )


def parts_of(user: User, consultation: Consultation) -> list[Part]:
    """The person's own invitation first, then those of the units they belong to or act for, or that were merged into
    these. Four queries.
    """
    acts_for = UnitContact.objects.filter(user=user).values_list("unit", flat=True)
    invitations = list(
        consultation.invitations.filter(
            Q(user=user) | Q(unit__in=units_behind([user.unit_id])) | Q(unit__in=units_behind(acts_for))
        )
        .select_related("unit", "user", "sent_by")
        .distinct()
        .order_by("unit__rank", "pk")
    )
    speakers = speakers_of({one.unit_id for one in invitations if one.unit_id})
    parts = [
        Part(one, may_send=one.user_id == user.pk if one.user_id else user in speakers[one.unit_id])
        for one in invitations
    ]
    return sorted(parts, key=lambda part: part.is_units)


def gatherings_for(user: User, edition: Edition) -> list[Invitation]:
    """Contributions still being gathered to which the person's comments on this edition can go. One query."""
    now = timezone.now()
    return list(
        Invitation.objects.filter(
            consultation__edition=edition,
            consultation__opens_at__lte=now,
            consultation__closes_at__gt=now,
            answered_at=None,
            unit__isnull=False,
        )
        .filter(Q(unit=user.unit_id) | Q(unit__contacts__user=user))
        .select_related("unit")
        .distinct()
        .order_by("pk")
    )


def is_invited_alone(user: User, edition: Edition) -> bool:
    """Whether the person was asked by name. One query."""
    return Invitation.objects.filter(consultation__edition=edition, user=user).exists()


def check_may_add(
    user: User, edition: Edition, *, contribution: Invitation | None, on_behalf_of: Unit | None = None
) -> None:
    """Refuse a new comment where the answer it would belong to was sent: what is sent stays as it is, and a unit that
    has answered is not spoken for beside its answer.

    Holds that answer until the caller's transaction ends, so that it is not sent meanwhile.
    """
    now = timezone.now()
    running = Q(consultation__edition=edition, consultation__opens_at__lte=now, consultation__closes_at__gt=now)
    if contribution is not None:
        if any(one.is_answered for one in _held(Q(pk=contribution.pk))):
            raise RuleBrokenError(
                _("%(unit)s has sent its answer in this round; nothing can be added to it.") % {"unit": contribution}
            )
        return
    speakers = Q(user=user) if on_behalf_of is None else Q(user=user) | Q(unit=on_behalf_of)
    answered = [one for one in _held(running & speakers) if one.is_answered]
    if any(one.user_id for one in answered):
        raise RuleBrokenError(_("You have sent your answer in this round; nothing can be added to it."))
    if answered:
        raise RuleBrokenError(
            _("%(unit)s has sent its answer in this round; nothing can be added to it.") % {"unit": on_behalf_of}
        )


def hold_answers_with(comment: Comment) -> None:
    """Keep the answers the comment may go with from being sent until the caller's transaction ends. Before the comment
    itself is locked: sending takes them in the same order.
    """
    own = Q(consultation__edition=comment.edition_id, user=comment.author_id)
    _held(own | Q(pk=comment.contribution_id))


def document_to_record(comment: Comment) -> Document | None:
    """Under which document an act on the comment is recorded: under none while it is a unit's own affair, because the
    history of a draft is read outside the unit.
    """
    contribution = comment.contribution
    is_units_own = contribution is not None and (not contribution.is_answered or comment.left_out_at is not None)
    return None if is_units_own else comment.document


def check_not_sent(comment: Comment) -> None:
    """Refuse to touch a comment that was sent as part of an answer."""
    contribution = comment.contribution
    if contribution is not None and contribution.is_answered and comment.left_out_at is None:
        raise RuleBrokenError(
            _("%(unit)s has sent this comment with its answer; it stays as it is.") % {"unit": contribution}
        )
    own = Invitation.objects.filter(
        consultation__edition=comment.edition_id, user=comment.author_id, answered_at__gte=comment.created_at
    )
    if contribution is None and comment.recorded_by_id is None and own.exists():
        raise RuleBrokenError(_("You have sent this comment with your answer; it stays as it is."))


@transaction.atomic
def leave_out(comment: Comment, *, by: User) -> Comment:
    """Keep a gathered comment out of the unit's answer; it stays with the unit."""
    comment = _gathered(comment)
    if comment.left_out_at is not None:
        return comment
    operation = diary.start(Kind.REWORDED, by=by, reason=_("Left out of the unit's answer."))
    return diary.change(operation, comment, left_out_at=operation.at)


@transaction.atomic
def take_in(comment: Comment, *, by: User) -> Comment:
    """Put a comment back that was left out."""
    comment = _gathered(comment)
    if comment.left_out_at is None:
        return comment
    operation = diary.start(Kind.REWORDED, by=by, reason=_("Taken into the unit's answer."))
    return diary.change(operation, comment, left_out_at=None)


@transaction.atomic
def prepare(invitation: Invitation, *, by: User, stance: str, articles: Mapping[Provision, str]) -> Invitation:
    """Keep the stances of an answer that is not sent yet; nobody reads of it in the history of the draft."""
    invitation = hold_unsent(invitation)
    operation = diary.start(Kind.SENT, by=by, reason=_("Prepared."))
    return _write(operation, invitation, stance=stance, articles=articles)


@transaction.atomic
def send(invitation: Invitation, *, by: User, stance: str, articles: Mapping[Provision, str]) -> Invitation:
    """Send the answer: it is frozen, with date and sender, and shown as the round allows. Sent twice, it is sent once;
    AlreadySentError when something else was sent before.

    "No comment" with comments beside it, or comments with a plain "agree", contradict themselves and are refused.
    """
    already = Invitation.objects.select_related("unit", "user").get(pk=invitation.pk)
    if already.is_answered:
        if already.sent_by_id == by.pk and _is_said(already, stance=stance, articles=articles):
            return already
        raise AlreadySentError(already)
    invitation = hold_unsent(invitation)
    if not stance:
        raise RuleBrokenError(_("Choose what the answer is on the whole, if only “no comment”."))
    comments = list(comments_of(invitation))
    if comments and stance in (Stance.NO_COMMENT, Stance.AGREE):
        raise RuleBrokenError(
            _("There are comments with this answer: choose “agree, with comments” or “disagree”, or leave them out.")
        )
    operation = diary.start(Kind.SENT, by=by, document=invitation.consultation.edition.document)
    invitation = _write(operation, invitation, stance=stance, articles=articles)
    if invitation.unit_id:
        diary.change_many(operation, comments, on_behalf_of=invitation.unit)
    diary.change(operation, invitation, answered_at=operation.at, sent_by=by)
    telling.of_sending(invitation, operation, comments=len(comments))
    return invitation


def comments_of(invitation: Invitation) -> list[Comment]:
    """The comments that are sent with the answer, in the draft's order. One query."""
    if invitation.unit_id:
        comments = Comment.objects.filter(contribution=invitation, left_out_at=None)
    else:
        comments = Comment.objects.filter(
            edition=invitation.consultation.edition_id, author=invitation.user_id, contribution=None, on_behalf_of=None
        )
    return list(
        comments.standing()
        .select_related("author__unit", "provision", "document")
        .order_by("provision__position", "pk")
    )


def _is_said(invitation: Invitation, *, stance: str, articles: Mapping[Provision, str]) -> bool:
    """Whether the answer says just that. One query at most."""
    held = {row.provision_id: row.stance for row in invitation.article_stances.all()}
    return (invitation.stance, held) == (stance, {one.pk: value for one, value in articles.items() if value})


def _write(
    operation: Operation, invitation: Invitation, *, stance: str, articles: Mapping[Provision, str]
) -> Invitation:
    held = {row.provision_id: row for row in invitation.article_stances.all()}
    wanted = {provision.pk: value for provision, value in articles.items() if value}
    diary.remove(operation, [row for pk, row in held.items() if pk not in wanted])
    changed = [row for pk, row in held.items() if pk in wanted and row.stance != wanted[pk]]
    for row in changed:
        row.stance = wanted[row.provision_id]
    diary.keep(operation, changed, ["stance"])
    new = [ArticleStance(invitation=invitation, provision_id=pk, stance=wanted[pk]) for pk in wanted.keys() - held]
    diary.add(operation, new)
    return diary.change(operation, invitation, stance=stance)


def hold_unsent(invitation: Invitation) -> Invitation:
    """The answer, which nobody sends until the caller's transaction ends; refuses one that was sent or is too late."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("unit", "consultation__edition__document")
    invitation = rows.get(pk=invitation.pk)
    if invitation.is_answered:
        raise RuleBrokenError(_("The answer of %(who)s was sent and stays as it is.") % {"who": invitation})
    if not invitation.consultation.is_open():
        raise RuleBrokenError(_("The round is not open; ask the secretary to extend it."))
    return invitation


def _held(which: Q) -> list[Invitation]:
    return list(Invitation.objects.filter(which).select_for_update(of=("self",)).order_by("pk"))


def _gathered(comment: Comment) -> Comment:
    if comment.contribution is None:
        raise RuleBrokenError(_("This comment is not part of a unit's answer."))
    hold_unsent(comment.contribution)
    rows = Comment.objects.select_for_update(of=("self",)).select_related("document", "contribution__consultation")
    return rows.get(pk=comment.pk)
