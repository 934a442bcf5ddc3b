"""Topics: comments that say the same, suggested by likeness, confirmed by a person, answered once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from comments import topics
from comments.access import get_comment_for, get_topic_for, visible_comments
from comments.answer_forms import ResponseForm, seen_of
from comments.models import Comment, Topic
from comments.services import StaleAnswerError
from config.errors import RuleBrokenError
from config.parameters import numbers_in
from drafts.access import get_document_for
from drafts.models import Document


@require_safe
def listing(request: PersonRequest, pk: int) -> HttpResponse:
    """The topics of a draft and what may belong together; htmx asks again while a search is running."""
    document = get_document_for(request.user, "consolidate", pk=pk)
    grouping = document.groupings.select_related("document").first()
    context = {
        "document": document,
        "grouping": grouping,
        "topics": topics.topics_of(document),
        "suggestions": topics.suggestions_of(grouping) if grouping and grouping.finished_at else [],
        "may_group": "answer" in document.abilities,
    }
    template = "comments/_grouping.html" if request.htmx and not request.htmx.boosted else "comments/topic_list.html"
    return render(request, template, context)


@require_POST
def search(request: PersonRequest, pk: int) -> HttpResponse:
    """Look for comments that say the same."""
    document = get_document_for(request.user, "answer", pk=pk)
    topics.ask_for_groups(document, by=request.user)
    return redirect("comments:topics", pk=pk)


@require_POST
def search_cancellation(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop looking."""
    document = get_document_for(request.user, "answer", pk=pk)
    for grouping in document.groupings.filter(finished_at=None, cancelled_at=None):
        topics.cancel(grouping)
    return redirect("comments:topics", pk=pk)


@require_POST
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the chosen comments together."""
    document = get_document_for(request.user, "answer", pk=pk)
    chosen = numbers_in(request.POST.getlist("comment"))
    comments = Comment.objects.filter(pk__in=_seen(request, document, chosen))
    topic = topics.make_topic(document, by=request.user, title=request.POST.get("title", ""), comments=comments)
    words = ngettext("%(count)s comment belongs to it.", "%(count)s comments belong to it.", len(chosen))
    messages.success(request, f"{topic.title}: {words % {'count': len(chosen)}}")
    return redirect("comments:topic", pk=topic.pk)


@require_POST
def separation(request: PersonRequest, pk: int) -> HttpResponse:
    """They do not say the same: do not suggest it again."""
    document = get_document_for(request.user, "answer", pk=pk)
    topics.turn_down(document, by=request.user, keys=request.POST.get("keys", ""))
    messages.info(request, _("They will not be suggested together again."))
    return redirect("comments:topics", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: PersonRequest, pk: int) -> HttpResponse:
    """One topic: its comments, and one answer for all of them."""
    found = get_topic_for(request.user, "answer" if request.method == "POST" else "consolidate", pk=pk)
    standing = found.comments.standing().order_by("provision__position", "pk")
    rows = standing.select_related("author__unit", "on_behalf_of", "provision", "edition", "recorded_by")
    rows = rows.select_related("response__by", "proposal__by")
    comments = list(rows)
    form = ResponseForm(request.POST or None, revisions=[])
    status = 422 if form.is_bound else 200
    if form.is_valid():
        chosen = set(request.POST.getlist("comment"))
        answered = [comment for comment in comments if str(comment.pk) in chosen]
        try:
            seen = seen_of(request.POST, answered)
            topics.answer_many(answered, by=request.user, seen=seen, **form.cleaned_data)
        except StaleAnswerError as stale:
            form.add_error(None, str(stale))
            comments, status = list(rows.all()), 409
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            words = ngettext("%(count)s comment was answered.", "%(count)s comments were answered.", len(answered))
            messages.success(request, words % {"count": len(answered)})
            return redirect("comments:topic", pk=pk)
    context = {
        "document": found.document,
        "topic": found,
        "comments": comments,
        "form": form,
        "chosen": set(request.POST.getlist("comment"))
        or {str(comment.pk) for comment in comments if not comment.is_answered},
        "may_answer": "answer" in found.document.abilities,
    }
    return render(request, "comments/topic.html", context, status=status)


@require_POST
def topic_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """The comments stay, each by itself."""
    found = get_topic_for(request.user, "answer", pk=pk)
    topics.dissolve(found, by=request.user)
    messages.success(request, _("The topic is dissolved; its comments stay."))
    return redirect("comments:topics", pk=found.document_id)


@require_POST
def member_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one comment out of its topic."""
    comment = get_comment_for(request.user, "answer", pk=pk)
    topic_pk = comment.topic_id
    topics.take_out(comment, by=request.user)
    if topic_pk and Topic.objects.filter(pk=topic_pk).exists():
        return redirect("comments:topic", pk=topic_pk)
    return redirect("comments:topics", pk=comment.document_id)


def _seen(request: PersonRequest, document: Document, chosen: list[int]) -> list[int]:
    """Those of the chosen that the person may see: the others count as not there."""
    comments = visible_comments(request.user, document).standing().sent().filter(pk__in=chosen)
    return list(comments.values_list("pk", flat=True))
