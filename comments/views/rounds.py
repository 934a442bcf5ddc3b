"""Rounds of asking opinions: opening one, who has answered, extending, closing, reminding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from comments import rounds
from comments.access import get_round_for
from comments.models import Consultation, OpinionSheet
from comments.round_forms import ClosingForm, GuestFields, RoundForm, ScheduleForm, VisibilityForm, usual_end
from comments.round_pages import RoundPage, rounds_of
from config.errors import RuleBrokenError
from config.parameters import number_in
from drafts.access import get_document_for
from drafts.models import Document, Seat

SEALED_UNTIL_CLOSE = Consultation.Visibility.SEALED_UNTIL_CLOSE


@require_safe
def listing(request: PersonRequest, pk: int) -> HttpResponse:
    """All rounds on a document."""
    document = get_document_for(request.user, "read", pk=pk)
    context = {"document": document, "rounds": rounds_of(document), "now": timezone.now()}
    return render(request, "comments/round_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for opinions on the newest edition."""
    document = get_document_for(request.user, "issue", pk=pk)
    edition = document.editions.standing().first()
    if edition is None:
        raise RuleBrokenError(_("Issue an edition first: opinions are asked on an edition, not on the working text."))
    if request.method == "POST":
        form = RoundForm(request.POST)
        if form.is_valid() and (opened := _opened(form, edition, by=request.user)):
            messages.success(request, _what_opening_did(opened))
            return redirect("comments:round", pk=opened.pk)
    else:
        form = RoundForm(initial={"closes_on": usual_end(timezone.now()), **_usual_guests(document)})
    context = {"document": document, "edition": edition, "form": form}
    return render(request, "comments/round_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def round_(request: PersonRequest, pk: int) -> HttpResponse:
    """One round: its letter and end, one's own part in it, and for those who consolidate who has answered."""
    return _show(request, get_round_for(request.user, "read", pk=pk))


@require_POST
def invitations(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask more units or people."""
    consultation = get_round_for(request.user, "issue", pk=pk)
    form = GuestFields(request.POST)
    if not form.is_valid():
        return _show(request, consultation, status=422, guests=form)
    rounds.invite(consultation, by=request.user, **form.cleaned_data)
    if consultation.opens_at > timezone.now():
        messages.success(request, _("They will be invited when the round opens."))
    else:
        messages.success(request, _("The invitations are on their way."))
    return redirect("comments:round", pk=pk)


@require_POST
def invitation_removal(request: PersonRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Take somebody off the list."""
    consultation = get_round_for(request.user, "issue", pk=pk)
    invitation = get_object_or_404(consultation.invitations.select_related("unit", "user"), pk=invitation_pk)
    rounds.uninvite(invitation, by=request.user)
    messages.success(request, _("%(who)s is no longer asked.") % {"who": invitation})
    return redirect("comments:round", pk=pk)


@require_POST
def reminders(request: PersonRequest, pk: int) -> HttpResponse:
    """Remind everybody who is silent, or the one named by ``invitation``."""
    consultation = get_round_for(request.user, "issue", pk=pk)
    chosen = None
    named = number_in(request.POST.get("invitation", ""))
    if named is not None:
        asked = consultation.invitations.select_related("unit", "user")
        chosen = [get_object_or_404(asked, pk=named)]
        chosen[0].consultation = consultation
    written = rounds.remind(consultation, by=request.user, invitations=chosen)
    if written:
        words = ngettext("%(count)s reminder is on its way.", "%(count)s reminders are on their way.", written)
        messages.success(request, words % {"count": written})
    else:
        messages.info(request, _("They have been reminded today already, or there is nobody to remind."))
    return redirect("comments:round", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: PersonRequest, pk: int) -> HttpResponse:
    """Another end, another letter; another opening until the round has opened."""
    consultation = get_round_for(request.user, "issue", pk=pk)
    form = ScheduleForm(request.POST or None, consultation=consultation)
    if form.is_valid():
        try:
            rounds.reschedule(
                consultation,
                by=request.user,
                opens_at=form.opens_at,
                closes_at=form.closes_at,
                letter=form.cleaned_data["letter"],
                reason=form.cleaned_data["reason"],
            )
        except RuleBrokenError as rule:
            form.add_error("closes_on", str(rule))
        else:
            messages.success(request, _("The round has been changed."))
            return redirect("comments:round", pk=pk)
    heading, button = _("Change the end or the letter"), _("Save")
    return _ask(request, consultation, form, heading=heading, button=button, warning=_what_reopening_does(consultation))


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: PersonRequest, pk: int) -> HttpResponse:
    """End a round before its time."""
    consultation = get_round_for(request.user, "issue", pk=pk)
    form = ClosingForm(request.POST or None)
    if form.is_valid():
        rounds.close(consultation, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The round is closed."))
        return redirect("comments:round", pk=pk)
    heading, button = _("Close the round now"), _("Close the round")
    return _ask(request, consultation, form, heading=heading, button=button, warning=_what_closing_does(consultation))


@require_http_methods(["GET", "HEAD", "POST"])
def visibility(request: PersonRequest, pk: int) -> HttpResponse:
    """Change who sees the comments: asks first, because what was shown cannot be taken back."""
    consultation = get_round_for(request.user, "issue", pk=pk)
    form = VisibilityForm(request.POST or None, initial={"visibility": consultation.visibility})
    if form.is_valid():
        rounds.show_comments(consultation, by=request.user, **form.cleaned_data)
        messages.success(request, _("It has been changed who sees the comments."))
        return redirect("comments:round", pk=pk)
    warning = _("If more people see the comments from now on, this cannot be taken back: what was read stays read.")
    heading, button = _("Who sees the comments"), _("Change it")
    return _ask(request, consultation, form, heading=heading, button=button, warning=warning)


def _what_opening_did(consultation: Consultation) -> str:
    if consultation.opens_at <= timezone.now():
        return _("The round is open and the invitations are on their way.")
    return _("The round is arranged. It opens by itself; the invitations leave then.")


def _what_closing_does(consultation: Consultation) -> str:
    """One query."""
    waiting = consultation.invitations.filter(answered_at=None).count()
    silent = ngettext("%(n)s has not answered yet.", "%(n)s have not answered yet.", waiting) % {"n": waiting}
    after = _(
        "From now on nobody can send an answer in this round, and comments that still come are marked as late; you can "
        "take opinions again later."
    )
    return f"{silent} {after}" if waiting else after


def _what_reopening_does(consultation: Consultation) -> str:
    """Empty unless comments that everybody can read now are hidden again. One query at most."""
    is_over, is_sealed = consultation.closes_at <= timezone.now(), consultation.visibility == SEALED_UNTIL_CLOSE
    if not is_over or not is_sealed or not consultation.edition.comments.standing().sent().exists():
        return ""
    return _(
        "The comments on this edition can be read since the round closed. When opinions are taken again, they are "
        "hidden from others until the new end; what was read stays read."
    )


def _usual_guests(document: Document) -> dict[str, list[int]]:
    """Those who may comment: units, and people whose unit is not asked as such. One query."""
    seats = document.seats.filter(role=Seat.Role.COMMENTER).select_related("user")
    units = [seat.unit_id for seat in seats if seat.unit_id]
    people = [seat.user.pk for seat in seats if seat.user and seat.user.unit_id not in units]
    return {"units": units, "people": people}


def _opened(form: RoundForm, edition: Any, *, by: Any) -> Consultation | None:
    data = form.cleaned_data
    try:
        return rounds.open_consultation(
            edition,
            by=by,
            opens_at=form.opens_at,
            closes_at=form.closes_at,
            visibility=data["visibility"],
            letter=data["letter"],
            units=list(data["units"]),
            people=list(data["people"]),
        )
    except RuleBrokenError as rule:
        form.add_error(None, str(rule))
        return None


def _show(
    request: PersonRequest, consultation: Consultation, *, status: int = 200, guests: BaseForm | None = None
) -> HttpResponse:
    page = RoundPage(consultation, user=request.user)
    context: dict[str, Any] = {"document": page.document, "consultation": consultation, "page": page}
    context["has_sheet"] = page.may_change or OpinionSheet.objects.filter(consultation=consultation).exists()
    if page.may_change and not page.is_over:
        context["guests"] = guests or GuestFields(asked=[one.invitation for one in page.asked])
    return render(request, "comments/round.html", context, status=status)


def _ask(
    request: PersonRequest,
    consultation: Consultation,
    form: BaseForm,
    *,
    heading: str,
    button: str,
    warning: str = "",
) -> HttpResponse:
    context = {
        "document": consultation.edition.document,
        "consultation": consultation,
        "form": form,
        "heading": heading,
        "button": button,
        "warning": warning,
    }
    return render(request, "comments/round_change.html", context, status=422 if form.is_bound else 200)
