"""Acts on several comments at once: for the meeting, one answer, a topic, a colleague. Each can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from comments import flagging, topics, undoing
from comments.access import visible_comments
from comments.answer_forms import AllotmentForm, ResponseForm, seen_of
from comments.helping import allot, phrases_for
from comments.models import Comment
from comments.services import StaleAnswerError
from config.errors import RuleBrokenError
from config.parameters import numbers_in
from drafts.access import get_document_for, get_operation_for
from drafts.models import Document, Operation

MOST = 500


@require_http_methods(["GET", "HEAD", "POST"])
def chosen(request: PersonRequest, pk: int) -> HttpResponse:
    """What to do with the ticked comments; a POST only leads to the address that has them."""
    document = get_document_for(request.user, "answer", pk=pk)
    if request.method == "POST":
        query = urlencode({"comment": _pks(request.POST.getlist("comment"))}, doseq=True)
        return redirect(f"{reverse('comments:chosen', args=[pk])}?{query}")
    return _page(request, document, request.GET.getlist("comment"))


@require_POST
def flags(request: PersonRequest, pk: int) -> HttpResponse:
    """Put them forward for the meeting."""
    document = get_document_for(request.user, "consolidate", pk=pk)
    pks = _seen(request, document)
    operation = flagging.flag(document, by=request.user, pks=pks)
    words = ngettext(
        "%(count)s comment is put forward for the meeting.",
        "%(count)s comments are put forward for the meeting.",
        len(pks),
    )
    return _done(request, document, operation, words % {"count": len(pks)})


@require_POST
def flags_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """They need not be talked over after all."""
    document = get_document_for(request.user, "consolidate", pk=pk)
    operation = flagging.unflag(document, by=request.user, pks=_seen(request, document))
    return _done(request, document, operation, _("Not for the meeting any more."))


@require_POST
def answers(request: PersonRequest, pk: int) -> HttpResponse:
    """One answer for all of them."""
    document = get_document_for(request.user, "answer", pk=pk)
    form = ResponseForm(request.POST, revisions=[])
    comments = list(Comment.objects.filter(pk__in=_seen(request, document)))

    def act() -> Operation:
        seen = seen_of(request.POST, comments)
        return topics.answer_many(comments, by=request.user, seen=seen, **form.cleaned_data)

    words = ngettext("%(count)s comment was answered.", "%(count)s comments were answered.", len(comments))
    return _carry_out(request, document, act, words % {"count": len(comments)}, answer_form=form)


@require_POST
def topic(request: PersonRequest, pk: int) -> HttpResponse:
    """They belong to one topic."""
    document = get_document_for(request.user, "answer", pk=pk)
    pks = _seen(request, document)
    title = request.POST.get("title", "")

    def act() -> Operation | None:
        topics.make_topic(document, by=request.user, title=title, comments=Comment.objects.filter(pk__in=pks))
        return document.operations.filter(kind=Operation.Kind.GROUPED, by=request.user).first()

    words = ngettext("%(count)s comment belongs to it.", "%(count)s comments belong to it.", len(pks))
    return _carry_out(request, document, act, f"{title.strip()}: {words % {'count': len(pks)}}")


@require_POST
def allotments(request: PersonRequest, pk: int) -> HttpResponse:
    """A colleague is to answer them."""
    document = get_document_for(request.user, "answer", pk=pk)
    form = AllotmentForm(request.POST, document=document)
    comments = list(Comment.objects.filter(pk__in=_seen(request, document)))

    def act() -> Operation | None:
        return allot(comments, by=request.user, **form.cleaned_data)

    words = ngettext("%(count)s comment is handed out.", "%(count)s comments are handed out.", len(comments))
    return _carry_out(request, document, act, words % {"count": len(comments)}, allotment_form=form)


@require_POST
def act_undoing(request: PersonRequest, pk: int, operation_pk: int) -> HttpResponse:
    """Take such an act back: one's own, as long as nobody changed since what it did."""
    document = get_document_for(request.user, "consolidate", pk=pk)
    undoing.undo(get_operation_for(document, operation_pk), by=request.user)
    messages.success(request, _("Undone."))
    return redirect(_back(request, document))


def _carry_out(
    request: PersonRequest,
    document: Document,
    act: Callable[[], Operation | None],
    words: str,
    **forms: Any,
) -> HttpResponse:
    """Do it and say so; the page again, with what was typed, when it cannot be done."""
    if all(form.is_valid() for form in forms.values()):
        try:
            operation = act()
        except RuleBrokenError as rule:
            status = 409 if isinstance(rule, StaleAnswerError) else 422
            return _page(request, document, request.POST.getlist("comment"), refusal=str(rule), status=status, **forms)
        return _done(request, document, operation, words)
    return _page(request, document, request.POST.getlist("comment"), status=422, **forms)


def _page(
    request: PersonRequest,
    document: Document,
    keys: list[str],
    *,
    refusal: str = "",
    status: int = 200,
    answer_form: ResponseForm | AllotmentForm | None = None,
    allotment_form: ResponseForm | AllotmentForm | None = None,
) -> HttpResponse:
    seen = visible_comments(request.user, document).standing().sent().filter(pk__in=_pks(keys))
    comments = seen.select_related("author__unit", "on_behalf_of", "provision", "response__by", "proposal__by", "topic")
    context = {
        "document": document,
        "comments": list(comments.order_by("provision__position", "pk")),
        "refusal": refusal,
        "answer_form": answer_form or ResponseForm(revisions=[]),
        "allotment_form": allotment_form or AllotmentForm(document=document),
        "phrases": list(phrases_for(request.user)),
        "topics": list(document.topics.all()),
        "title": request.POST.get("title", ""),
        "back": _back(request, document),
    }
    return render(request, "comments/chosen.html", context, status=status)


def _done(request: PersonRequest, document: Document, operation: Operation | None, words: str) -> HttpResponseRedirect:
    undo = reverse("comments:act_undoing", args=[document.pk, operation.pk]) if operation else ""
    messages.success(request, words, extra_tags=undo)
    return redirect(_back(request, document))


def _back(request: PersonRequest, document: Document) -> str:
    """The list the person came from, at its beginning."""
    page = reverse("comments:feedback", args=[document.pk])
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(page)
    return wanted if is_ours else f"{page}#opinions"


def _seen(request: PersonRequest, document: Document) -> list[int]:
    """Those of the ticked that the person may see: the others count as not there."""
    comments = visible_comments(request.user, document).standing().sent()
    return list(comments.filter(pk__in=_pks(request.POST.getlist("comment"))).values_list("pk", flat=True))


def _pks(keys: list[str]) -> list[int]:
    return numbers_in(keys)[:MOST]
