"""The same opinion on another draft."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from comments import repeating
from comments.access import get_comment_for
from comments.recording_forms import ElsewhereForm
from config.errors import RuleBrokenError
from drafts.access import Denied


@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request: PersonRequest, pk: int) -> HttpResponse:
    """Which draft, and where in it."""
    comment = get_comment_for(request.user, "read", pk=pk)
    verdict = repeating.may_repeat(request.user, comment)
    if isinstance(verdict, Denied):
        raise PermissionDenied(verdict.reason)
    form = ElsewhereForm(request.POST or None, drafts=repeating.drafts_to_repeat_on(request.user, comment))
    if request.method == "POST" and form.is_valid():
        (sheet, clause), edition = form.cleaned_data["place"], form.cleaned_data["edition"]
        try:
            said = repeating.repeat(comment, by=request.user, edition=edition, sheet=sheet, clause=clause)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The same comment now stands on “%(draft)s”.") % {"draft": said.document.title})
            return redirect("comments:comment", pk=comment.pk)
    context = {"comment": comment, "document": comment.document, "form": form}
    return render(request, "comments/elsewhere.html", context, status=422 if request.method == "POST" else 200)
