"""The secretary writes down what others said; they say whether it was so."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from comments import recording as services
from comments.access import get_comment_for
from comments.recording_forms import DenialForm, RecordingForm
from comments.standing import latest_edition
from config.errors import RuleBrokenError
from drafts.access import get_document_for

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def recording(request: PersonRequest, pk: int) -> HttpResponse:
    """The form made for speed, and under it what was recorded so far."""
    document = get_document_for(request.user, "record", pk=pk)
    standing = latest_edition(document)
    if standing is None or standing.edition is None:
        raise RuleBrokenError(_("No edition has been issued yet; there is nothing to comment on."))
    speakers = services.speakers_on(document)
    start = {"who": request.GET.get("who", "")[:400]}
    form = RecordingForm(request.POST or None, text=standing.text, speakers=speakers, initial=start)
    if form.is_valid():
        sheet, clause = form.cleaned_data.pop("place")
        speaker = form.cleaned_data.pop("who")
        try:
            services.record_opinion(
                standing.edition, by=request.user, sheet=sheet, clause=clause, speaker=speaker, **form.cleaned_data
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{request.path}?{urlencode({'who': speaker.name})}")
    recorded = list(services.recorded_on(document, by=request.user)[:SHOWN])
    context = {
        "document": document,
        "edition": standing.edition,
        "form": form,
        "recorded": recorded,
        "sent_keys": " ".join(str(comment.key) for comment in recorded),
    }
    return render(request, "comments/recording.html", context, status=422 if form.is_bound else 200)


@require_POST
def recording_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Undo a recording of one's own."""
    comment = get_comment_for(request.user, "change", pk=pk)
    if comment.recorded_by_id != request.user.pk:
        raise PermissionDenied(_("Only who recorded an opinion takes the recording back."))
    services.take_back(comment, by=request.user)
    messages.success(request, _("Comment %(number)s was taken back.") % {"number": pk})
    return redirect("comments:recording", pk=comment.document_id)


@require_POST
def confirmation(request: PersonRequest, pk: int) -> HttpResponse:
    """It was so."""
    comment = get_comment_for(request.user, "confirm", pk=pk)
    services.confirm(comment, by=request.user)
    messages.success(request, _("You have confirmed the comment."))
    return redirect("comments:comment", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def denial(request: PersonRequest, pk: int) -> HttpResponse:
    """It was not so, and why."""
    comment = get_comment_for(request.user, "confirm", pk=pk)
    form = DenialForm(request.POST or None)
    if form.is_valid():
        try:
            services.deny(comment, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The comment was withdrawn; who recorded it is told why."))
            return redirect(reverse("comments:comment", args=[pk]))
    context = {"comment": comment, "document": comment.document, "form": form}
    return render(request, "comments/denial.html", context, status=422 if form.is_bound else 200)
