"""The same opinion on another draft: "the same in Điều 3 of the other draft".

Each draft gets a comment of its own, to be answered and counted there; they know of each other.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from comments import services
from comments.access import comments_visible_in
from comments.models import Comment, CommentQuerySet
from comments.recording import Speaker, tell_speakers
from config.errors import RuleBrokenError
from drafts.access import Ability, Denied
from drafts.models import Document, Edition
from drafts.searching import scope_of
from drafts.texts import Sheet


def may_repeat(user: User, comment: Comment) -> bool | Denied:
    """Whoever said it, or recorded it for somebody else."""
    if user.pk in (comment.author_id, comment.recorded_by_id):
        return True
    return Denied(_("Only who said or recorded an opinion repeats it on another draft."))


def drafts_to_repeat_on(user: User, comment: Comment) -> QuerySet[Document]:
    """The other drafts on which the person may say or record it, with an edition to say it on. Three queries."""
    ability: Ability = "record" if comment.recorded_by_id == user.pk else "comment"
    return (
        Document.objects.filter(pk__in=scope_of(user).documents_to(ability))
        .filter(editions__in=Edition.objects.standing())
        .exclude(Q(pk=comment.document_id) | Q(stage=Document.Stage.ISSUED))
        .distinct()
        .order_by("title", "pk")
    )


def repeat(comment: Comment, *, by: User, edition: Edition, sheet: Sheet | None, clause: str = "") -> Comment:
    """Say the same at a place of another draft. Repeated at the same place it is the comment already there."""
    if comment.is_withdrawn:
        raise RuleBrokenError(_("This comment was withdrawn."))
    if comment.is_with_unit:
        raise RuleBrokenError(_("The unit has not sent this comment yet."))
    first = comment.same_as or comment
    is_recorded = comment.recorded_by_id == by.pk
    repeated = services.add_comment(
        edition,
        by=by,
        author=comment.author if is_recorded else None,
        on_behalf_of=comment.on_behalf_of,
        key=uuid.uuid5(first.key, f"{edition.document_id}:{sheet.wid if sheet else ''}:{clause}"),
        kind=comment.kind,
        text=comment.text,
        sheet=sheet,
        clause=clause,
        same_as=first,
    )
    if is_recorded:
        person = None if comment.on_behalf_of else comment.author
        speaker = Speaker(comment.speaker, person=person, unit=comment.on_behalf_of)
        tell_speakers(edition.document, [speaker], by=by)
    return repeated


def same_elsewhere(comments: Iterable[Comment], *, user: User) -> dict[int, list[Comment]]:
    """For each comment those on other places that say the same, as far as the person may see them.

    One query where there are none, else five, whatever their number.
    """
    comments = list(comments)
    firsts = {comment.same_as_id or comment.pk for comment in comments}
    same = Q(same_as__in=firsts) | Q(pk__in=firsts, repeats__isnull=False)
    pks = set(Comment.objects.filter(same).values_list("pk", flat=True))
    if not pks:
        return {}
    visible: CommentQuerySet = comments_visible_in(scope_of(user)).standing().sent().filter(pk__in=pks)
    groups: dict[int, list[Comment]] = {}
    for one in visible.select_related("document", "provision").order_by("document__title", "pk"):
        groups.setdefault(one.same_as_id or one.pk, []).append(one)
    found = {one.pk: [o for o in groups.get(one.same_as_id or one.pk, []) if o.pk != one.pk] for one in comments}
    return {pk: others for pk, others in found.items() if others}
