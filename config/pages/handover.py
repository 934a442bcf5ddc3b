"""Administrators hand over the work of a post-holder, or of a unit that is merged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.choosing import PersonField, UnitField
from accounts.models import Unit, User
from accounts.requests import PersonRequest
from config import handover as service
from config.errors import RuleBrokenError


class PersonForm(forms.Form):
    old = PersonField(
        label=gettext_lazy("Who leaves the post"), queryset=User.objects.select_related("unit").in_protocol_order()
    )
    to = PersonField(
        label=gettext_lazy("Who takes it over"),
        queryset=User.objects.active().select_related("unit").in_protocol_order(),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("It stands in the record, for example: the decision on the appointment."),
    )


class UnitForm(forms.Form):
    old = UnitField(label=gettext_lazy("Unit that ends"), queryset=Unit.objects.none())
    into = UnitField(label=gettext_lazy("Unit that takes over"), queryset=Unit.objects.none())
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("It stands in the record, for example: the decision on the merger."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "into"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Unit.objects.standing().in_protocol_order()


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PersonRequest) -> HttpResponse:
    """Seats, open work and reminders of one person move to another in one act."""
    _administrators_only(request)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        old, to = form.cleaned_data["old"], form.cleaned_data["to"]
        try:
            service.hand_over_person(old, to=to, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The work of %(old)s is now with %(to)s.") % {"old": old, "to": to})
            return redirect("handover_person")
    return _page(request, form, heading=_("Hand over a person's work"))


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: PersonRequest) -> HttpResponse:
    """A unit is merged into another: members, seats, open tasks and reminders move in one act."""
    _administrators_only(request)
    form = UnitForm(request.POST or None)
    if form.is_valid():
        old, into = form.cleaned_data["old"], form.cleaned_data["into"]
        try:
            service.merge_unit(old, into=into, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(old)s is merged into %(into)s.") % {"old": old.name, "into": into.name})
            return redirect("handover_unit")
    return _page(request, form, heading=_("Merge a unit"))


def _administrators_only(request: PersonRequest) -> None:
    if not (request.user.is_staff and request.user.has_perm("accounts.change_user")):
        raise PermissionDenied(_("Handing over is for administrators."))


def _page(request: PersonRequest, form: forms.Form, *, heading: str) -> HttpResponse:
    tabs = [
        {"text": words, "href": reverse(name), "is_current": isinstance(form, kind), "count": None}
        for words, name, kind in (
            (_("A person's work"), "handover_person", PersonForm),
            (_("A unit that is merged"), "handover_unit", UnitForm),
        )
    ]
    context = {"form": form, "heading": heading, "tabs": tabs}
    return render(request, "config/handover.html", context, status=422 if form.is_bound else 200)
