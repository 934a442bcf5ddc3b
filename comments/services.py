"""Everything that changes comments and answers."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from comments import telling
from comments.anchoring import find_selection, make_anchor
from comments.contributions import check_may_add, check_not_sent, document_to_record, hold_answers_with
from comments.files import Checked
from comments.models import Attachment, Comment, Invitation, Proposal, Reply, Response
from config.errors import RuleBrokenError
from drafts import diary
from drafts.access import abilities_of
from drafts.models import Document, Edition, Operation
from drafts.outline import clause_label
from drafts.texts import Sheet, typed

Kind = Operation.Kind


@dataclass(frozen=True)
class Selection:
    """Words a reader selected: as the page showed them, with the words around them."""

    quote: str = ""
    prefix: str = ""
    suffix: str = ""


class StaleAnswerError(RuleBrokenError):
    """Comments were answered after the page was read from which they are to be answered."""

    def __init__(self, comments: Sequence[Comment]) -> None:
        numbers = ", ".join(str(comment.pk) for comment in comments)
        super().__init__(
            _("Answered meanwhile: comment %(numbers)s. Read that answer, then save.") % {"numbers": numbers}
        )


class StaleCommentError(RuleBrokenError):
    """The comment was reworded after the page was read from which it is to be reworded."""

    def __init__(self) -> None:
        super().__init__(_("Somebody reworded this comment meanwhile."))


def add_comment(
    edition: Edition,
    *,
    by: User,
    key: uuid.UUID,
    kind: str,
    text: str,
    sheet: Sheet | None = None,
    selection: Selection = Selection(),
    clause: str = "",
    proposed_text: str = "",
    on_behalf_of: Unit | None = None,
    contribution: Invitation | None = None,
    author: User | None = None,
    files: Sequence[Checked] = (),
    same_as: Comment | None = None,
) -> Comment:
    """Store one opinion on an edition; the same key from the same author gives the comment already stored.

    ``author`` is given when ``by`` records somebody else's words, those of a unit in their own name; ``contribution``
    when it is gathered for the answer of a unit. Raises RuleBrokenError when the selected words do not stand in the
    article, or stand there more than once.
    """
    speaker = author or by
    already = Comment.objects.filter(author=speaker, key=key).first()
    if already is not None:
        return already
    is_recorded = author is not None and (author != by or on_behalf_of is not None)
    comment = Comment(
        document=edition.document,
        edition=edition,
        provision_id=sheet.pk if sheet else None,
        kind=kind,
        text=typed(text),
        proposed_text=typed(proposed_text),
        author=speaker,
        recorded_by=by if is_recorded else None,
        on_behalf_of=on_behalf_of,
        contribution=contribution,
        key=key,
        clause_label=clause,
        same_as=same_as,
    )
    if sheet and selection.quote.strip():
        _anchor(comment, sheet, selection)
    try:
        with transaction.atomic():
            if not is_recorded:
                check_may_add(by, edition, contribution=contribution, on_behalf_of=on_behalf_of)
            kind_of_act = Kind.REPEATED if same_as else Kind.COMMENTED
            operation = diary.start(kind_of_act, by=by, document=document_to_record(comment))
            comment.created_at = operation.at
            diary.add(operation, [comment])
            _attach(comment, files)
            telling.of_comment(comment, operation)
    except IntegrityError:  # the same key arrived twice at the same moment
        return Comment.objects.get(author=speaker, key=key)
    return comment


@transaction.atomic
def edit_comment(
    comment: Comment, *, by: User, kind: str, text: str, proposed_text: str = "", seen: str | None = None
) -> Comment:
    """Reword an opinion; only until it is answered.

    ``seen`` is the stamp of the wording on the page it was changed on: StaleCommentError when others stand there now.
    """
    comment = _changeable(comment)
    is_said = (comment.kind, comment.text, comment.proposed_text) == (kind, typed(text), typed(proposed_text))
    if seen not in (None, comment.stamp) and not is_said:
        raise StaleCommentError
    operation = diary.start(Kind.REWORDED, by=by, document=document_to_record(comment))
    return diary.change(
        operation,
        comment,
        kind=kind,
        text=typed(text),
        proposed_text=typed(proposed_text),
        edited_at=operation.at,
    )


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: User, reason: str = "") -> Comment:
    """Take an opinion back; only until it is answered. It stays on the record."""
    comment = _changeable(comment)
    operation = diary.start(Kind.WITHDREW, by=by, document=document_to_record(comment), reason=reason)
    return diary.change(operation, comment, withdrawn_at=operation.at)


def reply(comment: Comment, *, by: User, key: uuid.UUID, text: str) -> Reply:
    """Say something under a comment; repeats of the same key make one reply."""
    already = Reply.objects.filter(author=by, key=key).first()
    if already is not None:
        return already
    if comment.is_withdrawn:
        raise RuleBrokenError(_("This comment was withdrawn."))
    try:
        with transaction.atomic():
            operation = diary.start(Kind.REPLIED, by=by, document=document_to_record(comment))
            spoken = Reply(comment=comment, author=by, key=key, text=typed(text), created_at=operation.at)
            diary.add(operation, [spoken])
            telling.of_reply(spoken, operation)
            return spoken
    except IntegrityError:  # the same key arrived twice at the same moment
        return Reply.objects.get(author=by, key=key)


@transaction.atomic
def answer_comment(
    comment: Comment,
    *,
    by: User,
    outcome: str,
    explanation: str = "",
    carried_out_by: Operation | None = None,
    seen: str | None = None,
) -> Response | Proposal:
    """Give or change the drafting unit's answer. An explanation is required unless the comment is accepted.

    Where answers are approved first, what anybody but the head of the drafting unit answers is a proposal. ``seen`` is
    the stamp of the answer on the page it was written on: StaleAnswerError when another stands there now.
    """
    comment = locked_for_answer(comment)
    check_explained(outcome, explanation)
    if seen is not None:
        check_seen([comment], {comment.pk: seen}, by=by, outcome=outcome, explanation=explanation)
    kind = Kind.ANSWERED if publishes(by, comment.document) else Kind.PROPOSED
    operation = diary.start(kind, by=by, document=comment.document)
    return write_answer(operation, comment, outcome=outcome, explanation=explanation, carried_out_by=carried_out_by)


def publishes(user: User, document: Document) -> bool:
    """Whether what the person answers counts at once. One query at most."""
    return not document.answers_need_approval or "publish" in abilities_of(user, document)


def locked_for_answer(comment: Comment) -> Comment:
    """The comment as it stands, which nobody changes until the caller's transaction ends; refuses a withdrawn one."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("document").get(pk=comment.pk)
    if comment.is_withdrawn:
        raise RuleBrokenError(_("Comment %(number)s was withdrawn; it needs no answer.") % {"number": comment.pk})
    return comment


def check_seen(
    comments: Sequence[Comment], seen: Mapping[int, str], *, by: User, outcome: str, explanation: str
) -> None:
    """Refuse to replace answers of locked comments that were not on the page; its own words sent twice are no harm."""
    words = by.pk, outcome, typed(explanation)
    stale = []
    for comment in comments:
        latest = comment.latest_answer
        is_said = latest is not None and (latest.by_id, latest.outcome, latest.explanation) == words
        if comment.answer_stamp != seen.get(comment.pk, "") and not is_said:
            stale.append(comment)
    if stale:
        raise StaleAnswerError(stale)


def check_explained(outcome: str, explanation: str) -> None:
    if outcome != Response.Outcome.ACCEPTED and not typed(explanation):
        raise RuleBrokenError(_("Explain why the comment is not simply accepted."))


def write_answer(
    operation: Operation,
    comment: Comment,
    *,
    outcome: str,
    explanation: str = "",
    carried_out_by: Operation | None = None,
) -> Response | Proposal:
    """Write the answer of a locked comment, or the proposal of one, as part of an operation that has begun."""
    check_explained(outcome, explanation)
    fields = {"outcome": outcome, "explanation": typed(explanation), "by": operation.by, "at": operation.at}
    if carried_out_by is not None:
        fields["carried_out_by"] = carried_out_by
    proposal = Proposal.objects.filter(comment=comment).first()
    if not publishes(operation.by, comment.document):
        if proposal is None:
            return diary.add(operation, [Proposal(comment=comment, **fields)])[0]
        return diary.change(operation, proposal, **fields, approved_by=None, approved_at=None, returned="")
    if proposal is not None:
        diary.remove(operation, [proposal])
    return publish_answer(operation, comment, fields)


def publish_answer(operation: Operation, comment: Comment, fields: Mapping[str, object]) -> Response:
    """Write the answer that everybody sees; another answer than the one the author was satisfied with opens that."""
    response = Response.objects.filter(comment=comment).first()
    if response is None:
        response = diary.add(operation, [Response(comment=comment, **fields)])[0]
    else:
        response.comment = comment
        diary.change(operation, response, **fields, satisfied_at=None)
    telling.of_answers([response], operation)
    return response


def _anchor(comment: Comment, sheet: Sheet, selection: Selection) -> None:
    place = find_selection(
        sheet.text,
        quote=unicodedata.normalize("NFC", selection.quote),
        prefix=unicodedata.normalize("NFC", selection.prefix),
        suffix=unicodedata.normalize("NFC", selection.suffix),
    )
    if place is None:
        raise RuleBrokenError(
            _("The selected words could not be found in %(article)s without doubt. Select a few words more.")
            % {"article": sheet.label or sheet.heading}
        )
    anchor = make_anchor(sheet.text, place.start, place.end)
    comment.quote, comment.prefix, comment.suffix = anchor.quote, anchor.prefix, anchor.suffix
    comment.clause_label = clause_label(sheet.text, place.start)


def check_changeable(comment: Comment) -> None:
    """Refuse when the opinion was withdrawn or answered: it may not be changed any more."""
    if comment.is_withdrawn:
        raise RuleBrokenError(_("This comment was withdrawn."))
    if Response.objects.filter(comment=comment).exists():
        raise RuleBrokenError(_("This comment has been answered and stays as it is. Reply to it instead."))
    check_not_sent(comment)


def _changeable(comment: Comment) -> Comment:
    hold_answers_with(comment)
    comment = (
        Comment.objects.select_for_update(of=("self",)).select_related("document", "contribution").get(pk=comment.pk)
    )
    check_changeable(comment)
    return comment


def _attach(comment: Comment, files: Sequence[Checked]) -> None:
    for checked in files:
        Attachment.objects.create(
            comment=comment,
            file=checked.file,
            name=checked.name,
            content_type=checked.content_type,
            size=checked.file.size or 0,
            sha256=checked.sha256,
        )
