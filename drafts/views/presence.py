"""Who is writing where: small parts of pages, asked for again and again while the page is open."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from config.parameters import number_in
from drafts import presence as who
from drafts.access import get_document_for, get_provision_for
from drafts.models import Provision
from drafts.queries import version_of


@require_POST
def presence(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """An editor is open; the answer says who else has one, and whether somebody saved a newer version meanwhile."""
    provision = get_provision_for(request.user, "draft", document_pk=pk, wid=wid)
    who.announce(provision, by=request.user)
    base = number_in(request.POST.get("base_version", ""))
    is_behind = base is not None and base < provision.version
    context = {
        "others": who.others_at(provision, than=request.user),
        "newer": version_of(provision, provision.version) if is_behind else None,
    }
    return render(request, "drafts/_others.html", context)


@require_safe
def writers(request: PersonRequest, pk: int) -> HttpResponse:
    """Which provisions of the working text somebody else has open."""
    document = get_document_for(request.user, "read_working", pk=pk)
    present = who.present_in(document, but=request.user)
    provisions = Provision.objects.filter(document=document, pk__in=present).order_by("position") if present else []
    writers = [{"provision": provision, "people": present[provision.pk]} for provision in provisions]
    return render(request, "drafts/_writers.html", {"document": document, "writers": writers})
