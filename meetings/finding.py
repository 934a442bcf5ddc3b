"""Finds conclusions of meetings the person was asked to, and those a task of theirs rests on."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from comments.chain import Link
from comments.models import Comment
from drafts.inquiry import Inquiry
from drafts.models import Document
from drafts.searching import Hit, Key, Scope, newest_first
from drafts.snippets import Piece, snippet
from meetings.models import Assignment, Conclusion, Meeting


class Conclusions:
    """Numbered points of the chair's conclusion."""

    kind = "conclusions"
    name = gettext_lazy("Conclusions")

    def find(self, inquiry: Inquiry, *, scope: Scope, document: Document | None, after: Key, limit: int) -> list[Hit]:
        meetings = Meeting.objects.visible_to(scope.user)
        tasks = Assignment.objects.visible_to(scope.user)
        visible = Conclusion.objects.filter(Q(notice__meeting__in=meetings) | Q(pk__in=tasks.values("conclusion")))
        if document is not None:
            visible = visible.filter(pk__in=Conclusion.objects.filter(documents=document).values("pk"))
        found = newest_first(visible, inquiry, after=after, limit=limit)
        if not found:
            return []
        pks = [pk for _, pk in found]
        rows = Conclusion.objects.select_related("notice__meeting").in_bulk(pks)
        opened = set(meetings.filter(notices__conclusions__in=pks).values_list("pk", flat=True))
        task_of = dict(tasks.filter(conclusion__in=pks).order_by("-pk").values_list("conclusion", "pk"))
        return [
            Hit(
                url=_meeting_url(row) if row.notice.meeting_id in opened else _task_url(task_of[row.pk]),
                title=(Piece(_("Conclusion %(number)s") % {"number": row.number}),),
                snippet=snippet(row.text, inquiry),
                facts=[row.notice.meeting.title],
                key=(tier, row.pk),
            )
            for tier, row in ((tier, rows[pk]) for tier, pk in found)
        ]


def conclusions_on(user: User, document: Document) -> list[Link]:
    """What was concluded on a draft in meetings the person was asked to, as links of the chain. One query."""
    return _links(Conclusion.objects.filter(documents=document), user=user)


def conclusions_about(user: User, comment: Comment) -> list[Link]:
    """What was concluded on a comment, in the same way. One query."""
    return _links(Conclusion.objects.filter(comments=comment), user=user)


def _links(conclusions: QuerySet[Conclusion], *, user: User) -> list[Link]:
    rows = conclusions.filter(notice__meeting__in=Meeting.objects.visible_to(user)).select_related("notice")
    return [
        Link(_("Conclusion %(number)s") % {"number": row.number}, _meeting_url(row))
        for row in rows.order_by("notice__meeting__starts_at", "number")
    ]


def _meeting_url(conclusion: Conclusion) -> str:
    return f"{reverse('meetings:meeting', args=[conclusion.notice.meeting_id])}#conclusion-{conclusion.pk}"


def _task_url(pk: int) -> str:
    """For those who see the task and its conclusion, and not the meeting."""
    return reverse("meetings:assignment", args=[pk])
