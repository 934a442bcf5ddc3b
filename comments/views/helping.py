"""What helps to answer: phrases, internal notes, handing comments out; and a person's own opinions in one place."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from comments import helping
from comments.access import get_comment_for
from comments.answer_forms import AllotmentForm, NoteForm, PhraseForm
from comments.models import Phrase
from comments.views.commenting import comment_context
from comments.waiting import opinions_of
from config.errors import RuleBrokenError
from drafts.access import ABILITIES
from drafts.models import Seat

OPINIONS_ON_A_PAGE = 50


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Everything the person has said, on every draft, and what became of it."""
    page = Paginator(opinions_of(request.user), OPINIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "comments/mine.html", {"page": page})


@require_POST
def notes(request: PersonRequest, pk: int) -> HttpResponse:
    """An internal note, which commenters never see."""
    comment = get_comment_for(request.user, "answer", pk=pk)
    form = NoteForm(request.POST, auto_id=f"id_note{pk}_%s")
    if not form.is_valid():
        return render(
            request, "comments/comment.html", comment_context(request, comment) | {"note_form": form}, status=422
        )
    helping.write_note(comment, by=request.user, **form.cleaned_data)
    return redirect(reverse("comments:comment", args=[pk]) + "#notes")


@require_POST
def allotment(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask a colleague to answer it by a day."""
    comment = get_comment_for(request.user, "answer", pk=pk)
    form = AllotmentForm(request.POST, document=comment.document)
    if not form.is_valid():
        raise RuleBrokenError(_("Choose a colleague who drafts this document, and write the day as 10/11/2026."))
    helping.allot([comment], by=request.user, **form.cleaned_data)
    if form.cleaned_data["answerer"]:
        messages.success(request, _("%(who)s is asked to answer.") % {"who": form.cleaned_data["answerer"]})
    return redirect(reverse("comments:comment", args=[pk]) + "#notes")


@require_http_methods(["GET", "HEAD", "POST"])
def phrases(request: PersonRequest) -> HttpResponse:
    """The phrases of the person's unit; a POST adds one."""
    _drafters_only(request.user)
    form = PhraseForm(request.POST or None)
    if form.is_valid():
        helping.save_phrase(Phrase(), by=request.user, **form.cleaned_data)
        messages.success(request, _("The phrase is kept."))
        return redirect("comments:phrases")
    context = {"phrases": helping.phrases_for(request.user), "form": form}
    return render(request, "comments/phrase_list.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def phrase(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a phrase of the own unit."""
    found = _own_phrase(request.user, pk)
    form = PhraseForm(request.POST or None, initial={"name": found.name, "text": found.text})
    if form.is_valid():
        helping.save_phrase(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The phrase is kept."))
        return redirect("comments:phrases")
    return render(
        request, "comments/phrase.html", {"phrase": found, "form": form}, status=422 if form.is_bound else 200
    )


@require_POST
def phrase_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Drop a phrase; answers that used it stay as they are."""
    helping.drop_phrase(_own_phrase(request.user, pk), by=request.user)
    messages.success(request, _("The phrase is dropped."))
    return redirect("comments:phrases")


def _drafters_only(user: User) -> None:
    roles = [role for role, abilities in ABILITIES.items() if "answer" in abilities]
    if not Seat.objects.held_by(user).filter(role__in=roles).exists():
        raise PermissionDenied(_("Phrases are kept by those who answer comments."))


def _own_phrase(user: User, pk: int) -> Phrase:
    _drafters_only(user)
    return get_object_or_404(Phrase, pk=pk, unit=user.unit_id, unit__isnull=False)
