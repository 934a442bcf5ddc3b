"""What the author says to the answer, and the chair to what is contested."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from comments import contesting
from comments.access import get_comment_for, get_reopening_for
from comments.answer_forms import ReasonForm, RulingForm
from comments.models import Comment, Reopening
from config.errors import RuleBrokenError
from drafts.access import get_document_for


@require_POST
def satisfaction(request: PersonRequest, pk: int) -> HttpResponse:
    """The answer settles it."""
    comment = get_comment_for(request.user, "contest", pk=pk)
    contesting.be_satisfied(comment, by=request.user)
    messages.success(request, _("Thank you. The drafting unit sees that the answer settles it."))
    return _back(comment)


@require_http_methods(["GET", "HEAD", "POST"])
def reopening(request: PersonRequest, pk: int) -> HttpResponse:
    """Contest the answer, once."""
    comment = get_comment_for(request.user, "contest", pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            contesting.contest(comment, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("It is now before the chair."))
            return _back(comment)
    elif not comment.is_answered or Reopening.objects.filter(comment=comment).exists():
        raise RuleBrokenError(_("The answer was contested once already, or there is none."))
    context = {"comment": comment, "document": comment.document, "form": form}
    return render(request, "comments/reopening.html", context, status=422 if form.is_bound else 200)


@require_POST
def reservation(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep to the opinion although the answer stands."""
    comment = get_comment_for(request.user, "contest", pk=pk)
    found = Reopening.objects.filter(comment=comment).first()
    if found is None:
        raise RuleBrokenError(_("An opinion is reserved when the chair has ruled that the answer stands."))
    contesting.reserve(found, by=request.user)
    messages.success(request, _("Your opinion is reserved; it stands so in the official table."))
    return _back(comment)


@require_safe
def contested(request: PersonRequest, pk: int) -> HttpResponse:
    """The contested answers of a draft: the chair's list."""
    document = get_document_for(request.user, "consolidate", pk=pk)
    context = {
        "document": document,
        "reopenings": list(contesting.contested_on(document)),
        "may_rule": "rule" in document.abilities,
    }
    return render(request, "comments/contested.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ruling(request: PersonRequest, pk: int) -> HttpResponse:
    """The chair's word."""
    found = get_reopening_for(request.user, "rule", pk=pk)
    form = RulingForm(request.POST or None)
    if form.is_valid():
        try:
            contesting.rule(found, by=request.user, seen=request.POST.get("seen", ""), **form.cleaned_data)
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("The ruling is on the record."))
            return redirect("comments:contested", pk=found.comment.document_id)
    comment = get_comment_for(request.user, "read", pk=found.comment_id)
    found.comment = comment
    context = {
        "comment": comment,
        "document": comment.document,
        "reopening": found,
        "contested": contesting.contested_answer(found),
        "form": form,
    }
    return render(request, "comments/ruling.html", context, status=422 if form.is_bound else 200)


def _back(comment: Comment) -> HttpResponse:
    return redirect(reverse("comments:comment", args=[comment.pk]) + "#answer")
