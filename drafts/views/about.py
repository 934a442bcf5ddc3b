"""What a document is, its editions, where it stands, who takes part, and all that was done to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts import services
from drafts.access import get_document_for
from drafts.editions import editions_of
from drafts.forms import DescriptionForm, SeatForm, StageForm
from drafts.models import Document, Seat
from drafts.queries import acts, seats_of, timeline_of

ACTS = 25


@require_safe
def about(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything about the document but its text."""
    document = get_document_for(request.user, "read", pk=pk)
    return show_about(request, document)


@require_http_methods(["GET", "HEAD", "POST"])
def description(request: PersonRequest, pk: int) -> HttpResponse:
    """Edit the title and the other facts."""
    document = get_document_for(request.user, "draft", pk=pk)
    title = document.title
    form = DescriptionForm(request.POST or None, instance=document, user=request.user)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(
            request, "drafts/description.html", {"document": document, "title": title, "form": form}, status=status
        )
    if services.describe_document(document, by=request.user, **form.cleaned_data):
        messages.success(request, _("The description has been saved."))
    return redirect("drafts:about", pk=pk)


@require_POST
def stage(request: PersonRequest, pk: int) -> HttpResponse:
    """Move the document to another stage."""
    document = get_document_for(request.user, "stage", pk=pk)
    form = StageForm(request.POST)
    if form.is_valid():
        try:
            services.move_to_stage(document, by=request.user, **form.cleaned_data)
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("The document has been moved to another stage."))
            return redirect("drafts:about", pk=pk)
    return show_about(request, document, stage_form=form, status=422)


def show_about(request: PersonRequest, document: Document, *, status: int = 200, **refused: BaseForm) -> HttpResponse:
    """The page, with the forms the person may use; a refused one comes back as it was sent."""
    context: dict[str, Any] = {
        "document": document,
        "predecessor": visible_predecessor(request, document),
        "editions": editions_of(document),
        "stage_changes": document.stage_changes.select_related("operation__by"),
        "seats": seats_of(document),
        "roles": Seat.Role.choices,
    }
    if "stage" in document.abilities:
        context["stage_form"] = refused.get("stage_form") or StageForm()
    if "seat" in document.abilities:
        context["seat_form"] = refused.get("seat_form") or SeatForm()
    if "read_working" in document.abilities:
        page = Paginator(timeline_of(document), ACTS).get_page(request.GET.get("page"))
        context |= {"page": page, "acts": acts(page.object_list), "sources": document.sources.select_related("by")}
    return render(request, "drafts/about.html", context, status=status)


def visible_predecessor(request: PersonRequest, document: Document) -> Document | None:
    """The text it replaces, for those who may see that one too."""
    if document.predecessor_id is None:
        return None
    return Document.objects.visible_to(request.user).filter(pk=document.predecessor_id).first()
