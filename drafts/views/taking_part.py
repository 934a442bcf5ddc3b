"""Who takes part in a document: seats for people and for whole units."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts import services
from drafts.access import get_document_for
from drafts.forms import SeatForm
from drafts.models import Seat
from drafts.views.about import show_about


@require_POST
def seats(request: PersonRequest, pk: int) -> HttpResponse:
    """Seat somebody, or change the role of who is seated."""
    document = get_document_for(request.user, "seat", pk=pk)
    form = SeatForm(request.POST)
    if form.is_valid():
        try:
            role = form.cleaned_data["role"]
            services.give_seat(document, by=request.user, role=role, user=form.person(), unit=form.unit())
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("The seat has been given."))
            return redirect("drafts:about", pk=pk)
    return show_about(request, document, seat_form=form, status=422)


@require_POST
def seat_removal(request: PersonRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Take the seat away; what the person wrote stays."""
    document = get_document_for(request.user, "seat", pk=pk)
    seat = get_object_or_404(Seat, pk=seat_pk, document=document)
    services.take_seat(seat, by=request.user)
    messages.success(request, _("%(who)s no longer takes part.") % {"who": seat.user or seat.unit})
    return redirect("drafts:about", pk=pk)
