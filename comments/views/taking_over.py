"""Comments of an imported Word file, offered to whoever leads the drafting."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from comments.forms import TakingOverForm
from comments.standing import latest_edition
from comments.taking_over import latest_file, offers_of, take_over
from config.errors import RuleBrokenError
from drafts.access import get_document_for


@require_http_methods(["GET", "HEAD", "POST"])
def file_comments(request: PersonRequest, pk: int) -> HttpResponse:
    """List what stands in the margin of the file; record the ticked ones as comments on the newest edition."""
    document = get_document_for(request.user, "take_over", pk=pk)
    source = latest_file(document)
    if source is None:
        raise Http404
    standing = latest_edition(document)
    if standing is None or standing.edition is None:
        raise RuleBrokenError(_("No edition has been issued yet: issue one, then take over the comments of the file."))
    offers = offers_of(source, edition=standing.edition)
    form = TakingOverForm(request.POST or None, offers=offers)
    if request.method == "POST" and form.is_valid():
        taken = take_over(form.chosen(), edition=standing.edition, by=request.user)
        message = ngettext("%(n)s comment has been taken over.", "%(n)s comments have been taken over.", len(taken))
        messages.success(request, message % {"n": len(taken)})
        return redirect("comments:feedback", pk=pk)
    context = {"document": document, "source": source, "edition": standing.edition, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "comments/file_comments.html", context, status=status)
