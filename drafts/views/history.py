"""The versions of an article: who, when, why, what changed, and back again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from config.parameters import number_in
from drafts import services
from drafts.access import get_provision_for
from drafts.forms import RestorationForm
from drafts.models import Provision
from drafts.queries import version_of, versions_of
from drafts.views.places import undoing_place
from drafts.wording import LineKind, change_summary, difference_lines


@require_safe
def history(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """List the versions, a page goes on behind ``?before=``; ``?old=1&new=3`` leads to the difference of any two."""
    provision = get_provision_for(request.user, "read_working", document_pk=pk, wid=wid)
    old, new = (number_in(request.GET.get(side, "")) for side in ("old", "new"))
    if old is not None and new is not None:
        return redirect("drafts:difference", pk=pk, wid=wid, old=old, new=new)
    before = number_in(request.GET.get("before", ""))
    versions = versions_of(provision, before=before)
    context = {
        "document": provision.document,
        "provision": provision,
        "versions": versions.shown,
        "older": versions.older,
        "before": before,
        "is_whole": versions.is_whole,
        "may_restore": "draft" in provision.document.abilities and not provision.is_removed,
    }
    return render(request, "drafts/history.html", context)


@require_safe
def difference(request: PersonRequest, pk: int, wid: UUID, old: int, new: int) -> HttpResponse:
    """What changed from one version to another, word by word; ``?view=sides`` sets them beside each other."""
    provision = get_provision_for(request.user, "read_working", document_pk=pk, wid=wid)
    return show_difference(request, provision, old=old, new=new)


@require_POST
def restoration(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """Make an earlier version the newest one again."""
    provision = get_provision_for(request.user, "draft", document_pk=pk, wid=wid)
    if provision.is_removed:
        raise RuleBrokenError(_("This article is no longer in the text."))
    form = RestorationForm(request.POST)
    if not form.is_valid():
        version = form.cleaned_data.get("version", provision.version)
        return show_difference(request, provision, old=provision.version, new=version, form=form, status=422)
    try:
        operation = services.restore_version(provision, by=request.user, **form.cleaned_data)
    except services.StaleTextError as stale:
        raise RuleBrokenError(
            _("Somebody saved version %(version)s meanwhile: look at it, then restore again.")
            % {"version": stale.provision.version}
        ) from stale
    if operation is None:
        messages.info(request, _("The text is already the same; nothing was changed."))
    else:
        messages.success(
            request,
            _("Version %(version)s is the text again.") % form.cleaned_data,
            extra_tags=undoing_place(operation),
        )
    return redirect("drafts:history", pk=pk, wid=wid)


def show_difference(
    request: PersonRequest,
    provision: Provision,
    *,
    old: int,
    new: int,
    form: RestorationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    old_row, new_row = version_of(provision, old), version_of(provision, new)
    if old_row is None or new_row is None:
        raise Http404
    is_restorable = "draft" in provision.document.abilities and not provision.is_removed and new != provision.version
    if is_restorable and form is None:
        form = RestorationForm(initial={"version": new, "base_version": provision.version})
    lines = difference_lines(old_row.text, new_row.text)
    context: dict[str, Any] = {
        "document": provision.document,
        "provision": provision,
        "old": old_row,
        "new": new_row,
        "heading_lines": difference_lines(old_row.heading, new_row.heading),
        "lines": lines,
        "first_changed": next((line for line in lines if line.kind is not LineKind.SAME), None),
        "summary": change_summary(old_row.text, new_row.text),
        "is_sided": request.GET.get("view") == "sides",
        "swapped_url": reverse("drafts:difference", args=[provision.document_id, provision.wid, new, old]),
        "form": form if is_restorable else None,
    }
    return render(request, "drafts/difference.html", context, status=status)
