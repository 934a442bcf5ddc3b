"""Proposed answers: the head of the drafting unit approves, publishes, gives back; and whether they are needed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from comments import approving
from comments.access import get_proposal_for
from comments.answer_forms import ReasonForm, seen_of
from comments.models import Proposal
from config.errors import RuleBrokenError
from drafts import services as drafts
from drafts.access import get_document_for
from drafts.models import Document


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: PersonRequest, pk: int) -> HttpResponse:
    """The answers on their way; a POST approves or publishes those ticked."""
    document = get_document_for(request.user, "publish" if request.method == "POST" else "answer", pk=pk)
    waiting = list(approving.proposals_on(document))
    if request.method != "POST":
        return _list(request, document, waiting, ticked={one.pk for one in waiting if one.approved_at})
    chosen = [proposal for proposal in waiting if str(proposal.pk) in request.POST.getlist("proposal")]
    seen = seen_of(request.POST, chosen)
    try:
        if not chosen:
            messages.error(request, _("Tick the answers first."))
        elif "publish" in request.POST:
            count = approving.publish(chosen, by=request.user, seen=seen)
            words = ngettext("%(count)s answer is published.", "%(count)s answers are published.", count)
            messages.success(request, words % {"count": count})
        else:
            count = approving.approve(chosen, by=request.user, seen=seen)
            words = ngettext("%(count)s answer is approved.", "%(count)s answers are approved.", count)
            messages.success(request, words % {"count": count})
    except approving.StaleProposalError as stale:
        now = list(approving.proposals_on(document))
        return _list(request, document, now, ticked={one.pk for one in chosen}, refusal=str(stale))
    return redirect("comments:proposals", pk=pk)


def _list(
    request: PersonRequest, document: Document, waiting: list[Proposal], *, ticked: set[int], refusal: str = ""
) -> HttpResponse:
    context = {
        "document": document,
        "proposals": waiting,
        "ticked": ticked,
        "refusal": refusal,
        "may_publish": "publish" in document.abilities,
    }
    return render(request, "comments/proposal_list.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_return(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a proposal back with what is to be changed."""
    proposal = get_proposal_for(request.user, "publish", pk=pk)
    form = ReasonForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        seen = seen_of(request.POST, [proposal])
        try:
            approving.give_back(proposal, by=request.user, reason=form.cleaned_data["reason"], seen=seen)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
            proposal, status = get_proposal_for(request.user, "publish", pk=pk), 409
        else:
            messages.success(request, _("It has been given back to %(who)s.") % {"who": proposal.by})
            return redirect("comments:proposals", pk=proposal.comment.document_id)
    elif not form.is_bound:
        approving.check_waiting(proposal)
    context = {"document": proposal.comment.document, "comment": proposal.comment, "proposal": proposal, "form": form}
    return render(request, "comments/proposal_return.html", context, status=status)


@require_POST
def approval_rule(request: PersonRequest, pk: int) -> HttpResponse:
    """Whether answers on this draft are approved before they are published."""
    document = get_document_for(request.user, "publish", pk=pk)
    needed = request.POST.get("needed") == "on"
    if not needed and approving.proposals_on(document).exists():
        raise RuleBrokenError(_("Publish or give back the answers that wait first."))
    drafts.describe_document(document, by=request.user, answers_need_approval=needed)
    if needed:
        messages.success(request, _("From now on answers wait for the approval of the head of the drafting unit."))
    else:
        messages.success(request, _("From now on every answer counts at once."))
    return redirect("comments:proposals", pk=pk)
