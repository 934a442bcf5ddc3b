"""Who is told what about opinions. What a unit is still gathering is told to nobody. Vietnamese, whoever acts."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from accounts.models import NoticeKind, User
from accounts.notices import notify
from accounts.speakers import speakers_of
from comments.models import Comment, Invitation, Reopening, Reply, Response
from drafts.models import Operation
from drafts.telling import about, people_who


def of_comment(comment: Comment, operation: Operation) -> None:
    """Those who answer and the secretary hear of a new opinion; of one gathered by a unit, when the unit sends it."""
    if comment.contribution_id is not None:
        return
    document = comment.document
    notify(
        people_who(document, "answer") + people_who(document, "record"),
        kind=NoticeKind.COMMENT,
        key=f"comment:{comment.pk}",
        subject=f"Ý kiến mới của {comment.speaker}, {_place(comment)}: {document.title}",
        text=comment.text,
        path=reverse("comments:comment", args=[comment.pk]),
        about=about(document),
        by=operation.by,
    )


def of_sending(invitation: Invitation, operation: Operation, *, comments: int) -> None:
    """A unit or a person has answered the round."""
    document = invitation.consultation.edition.document
    who = invitation.unit.name if invitation.unit else str(invitation.user)
    with translation.override("vi"):
        stance = str(invitation.get_stance_display())
    notify(
        people_who(document, "answer") + people_who(document, "record"),
        kind=NoticeKind.COMMENT,
        key=f"sent:{invitation.pk}",
        subject=f"{who} đã trả lời ({stance}): {document.title}",
        text=f"{comments} ý kiến kèm theo." if comments else "",
        path=reverse("comments:round", args=[invitation.consultation_id]),
        about=about(document),
        by=operation.by,
    )


def of_answers(responses: Iterable[Response], operation: Operation) -> None:
    """The author of each opinion hears the answer; of a unit's, whoever acts for it too."""
    responses = list(responses)
    speakers = speakers_of({one.comment.on_behalf_of_id for one in responses if one.comment.on_behalf_of_id})
    for response in responses:
        comment = response.comment
        with translation.override("vi"):
            outcome = capfirst(str(response.get_outcome_display()))
        notify(
            [comment.author, *speakers.get(comment.on_behalf_of_id, [])],
            kind=NoticeKind.ANSWER,
            key=f"answer:{comment.pk}:{operation.pk}",
            subject=f"Trả lời ý kiến tại {_place(comment)}: {comment.document.title}",
            text=f"{outcome}. {response.explanation}".strip(),
            path=reverse("comments:comment", args=[comment.pk]) + "#answer",
            about=about(comment.document),
            by=operation.by,
        )


def of_reply(reply: Reply, operation: Operation) -> None:
    """The author of the opinion hears what is said under it."""
    comment = reply.comment
    notify(
        [comment.author],
        kind=NoticeKind.REPLY,
        key=f"reply:{reply.pk}",
        subject=f"{reply.author} trao đổi về ý kiến tại {_place(comment)}: {comment.document.title}",
        text=reply.text,
        path=reverse("comments:comment", args=[comment.pk]) + "#replies",
        about=about(comment.document),
        by=operation.by,
    )


def of_contest(reopening: Reopening, operation: Operation) -> None:
    """The chair hears that an answer is contested; its author, what was ruled."""
    comment = reopening.comment
    document = comment.document
    people: list[User] = [reopening.by] if reopening.ruling else people_who(document, "rule")
    with translation.override("vi"):
        ruling = capfirst(str(reopening.get_ruling_display()))
    notify(
        people,
        kind=NoticeKind.CONTEST,
        key=f"contest:{reopening.pk}:{operation.pk}",
        subject=f"{ruling or 'Đề nghị xem xét lại trả lời'}, {_place(comment)}: {document.title}",
        text=reopening.ruling_reason if reopening.ruling else reopening.reason,
        path=reverse("comments:comment", args=[comment.pk]) + "#answer",
        about=about(document),
        by=operation.by,
    )


def _place(comment: Comment) -> str:
    if comment.provision is None:
        return "ý kiến chung"
    with translation.override("vi"):
        return f"{comment.clause_label} {comment.provision}".strip()
