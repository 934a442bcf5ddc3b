"""Before a draft goes upward: what is missing, unit by unit; the chair may submit it all the same."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts import services
from drafts.access import get_document_for
from drafts.forms import SubmissionForm
from drafts.gates import gaps_of


@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: PersonRequest, pk: int) -> HttpResponse:
    """List what is missing, each with the place where it is done; a POST is the chair's."""
    document = get_document_for(request.user, "override" if request.method == "POST" else "read_working", pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = SubmissionForm(sent, document=document) if "override" in document.abilities else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            services.submit_incomplete(document, by=request.user, **form.cleaned_data)
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("The document has been submitted; what was missing stays on the record."))
            return redirect("drafts:about", pk=pk)
    gaps = gaps_of(document)
    context = {
        "document": document,
        "gaps": gaps,
        "everybody": [(who, list(theirs)) for who, theirs in groupby(gaps, key=lambda gap: gap.responsible)],
        "form": form if form is not None and form.fields["stage"].choices else None,  # type: ignore[attr-defined]
    }
    return render(request, "drafts/submission.html", context, status=422 if form and form.is_bound else 200)
