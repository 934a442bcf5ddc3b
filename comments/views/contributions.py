"""Answering a round: stances, the comments that go with them, and sending."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import PersonRequest
from comments import contributions, joining
from comments.access import get_gathered_comment_for, get_part_for
from comments.forms import JoiningForm
from comments.models import Comment, Invitation
from comments.round_forms import AnswerForm
from comments.round_pages import AnswerPage
from config.errors import RuleBrokenError
from config.parameters import numbers_in


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PersonRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """One's own answer, or that of one's unit: look, choose the stances, keep them for later or send."""
    part = get_part_for(request.user, pk=pk, invitation_pk=invitation_pk)
    page = AnswerPage(part, user=request.user)
    form = AnswerForm(request.POST or None, text=page.text, invitation=part.invitation)
    if request.method == "POST":
        if not part.may_send:
            raise PermissionDenied(_("Only who acts for the unit puts its answer together."))
        if form.is_valid() and _written(request, form, page):
            return redirect("comments:answer", pk=pk, invitation_pk=invitation_pk)
    context = {
        "document": page.consultation.edition.document,
        "consultation": page.consultation,
        "page": page,
        "form": form,
        "may_write": part.may_send and not part.invitation.is_answered and page.consultation.is_open(),
    }
    return render(request, "comments/answer.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def joined(request: PersonRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Make one comment of those ticked (``?comment=12&comment=15``)."""
    part = get_part_for(request.user, pk=pk, invitation_pk=invitation_pk)
    if not part.may_send:
        raise PermissionDenied(_("Only who acts for the unit puts its answer together."))
    invitation = part.invitation
    numbers = set(numbers_in(request.GET.getlist("comment")))
    comments = joining.joinable(invitation, numbers)
    if len(comments) < 2:
        if request.method != "POST":  # the second time nothing is left to join
            messages.info(request, _("Tick at least two comments that go with the answer."))
        return _back(invitation)
    joining.check_joinable(comments)
    form = JoiningForm(request.POST or None, comments=comments)
    if form.is_valid() and (kept := _joined(form, invitation, numbers, by=request.user)):
        messages.success(request, _("The comments are one now, number %(number)s.") % {"number": kept.pk})
        return _back(invitation)
    context = {
        "document": invitation.consultation.edition.document,
        "consultation": invitation.consultation,
        "invitation": invitation,
        "comments": comments,
        "form": form,
    }
    return render(request, "comments/joined.html", context, status=422 if form.is_bound else 200)


@require_POST
def leaving_out(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a gathered comment out of the unit's answer."""
    comment = contributions.leave_out(get_gathered_comment_for(request.user, pk=pk), by=request.user)
    messages.success(request, _("Comment %(number)s is left out of the answer.") % {"number": comment.pk})
    return _back(comment.contribution)


@require_POST
def taking_in(request: PersonRequest, pk: int) -> HttpResponse:
    """Put it back."""
    comment = contributions.take_in(get_gathered_comment_for(request.user, pk=pk), by=request.user)
    messages.success(request, _("Comment %(number)s goes with the answer again.") % {"number": comment.pk})
    return _back(comment.contribution)


def _written(request: PersonRequest, form: AnswerForm, page: AnswerPage) -> bool:
    write = contributions.send if "send" in request.POST else contributions.prepare
    try:
        write(page.invitation, by=request.user, stance=form.cleaned_data["stance"], articles=form.articles())
    except contributions.AlreadySentError as sent:
        form.add_error(None, str(sent))
        return False
    except RuleBrokenError as rule:
        form.add_error("stance", str(rule))
        return False
    if write is contributions.send:
        messages.success(request, _("The answer has been sent. Thank you."))
    else:
        messages.success(request, _("Kept. Nothing has been sent yet."))
    return True


def _joined(form: JoiningForm, invitation: Invitation, numbers: Collection[int], *, by: User) -> Comment | None:
    data = form.cleaned_data
    into = int(data.pop("into"))
    try:
        return joining.join(invitation, by=by, numbers=numbers, into=into, **data)
    except RuleBrokenError as rule:
        form.add_error(None, str(rule))
        return None


def _back(invitation: object) -> HttpResponse:
    assert isinstance(invitation, Invitation)
    return redirect(reverse("comments:answer", args=[invitation.consultation_id, invitation.pk]) + "#comments")
