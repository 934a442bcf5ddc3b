"""What a document is, its editions, where it stands, who takes part, and all that was done to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts import papers, services, stages
from drafts.access import get_document_for
from drafts.editions import editions_of
from drafts.forms import DescriptionForm, IssueForm, SeatForm, StageForm, StageNamesForm
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
    form = StageForm(request.POST, names=stages.stage_names())
    if form.is_valid():
        move = stages.take_issue_back if document.stage == Document.Stage.ISSUED else services.move_to_stage
        try:
            move(document, by=request.user, **form.cleaned_data)
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("The document has been moved to another stage."))
            return redirect("drafts:about", pk=pk)
    return show_about(request, document, stage_form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def issuing(request: PersonRequest, pk: int) -> HttpResponse:
    """Issue the document: number, date, in force from when; then its text is closed."""
    document = get_document_for(request.user, "stage", pk=pk)
    today = timezone.localdate()
    form = IssueForm(request.POST or None, initial={"issued_on": today, "in_force_on": today})
    if form.is_valid():
        try:
            stages.issue(document, by=request.user, **form.cleaned_data)
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("The document has been issued."))
            return redirect("drafts:about", pk=pk)
    context = {"document": document, "predecessor": visible_predecessor(request, document), "form": form}
    return render(request, "drafts/issuing.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def stage_names(request: PersonRequest) -> HttpResponse:
    """What the office calls the stages."""
    by = papers.arranger(request.user)
    form = StageNamesForm(request.POST or None, names=stages.stage_names())
    if form.is_valid():
        stages.name_stages(form.cleaned_data, by=by)
        messages.success(request, _("The names have been kept."))
        return redirect("drafts:stage_names")
    return render(request, "drafts/stage_names.html", {"form": form}, status=422 if form.is_bound else 200)


def show_about(request: PersonRequest, document: Document, *, status: int = 200, **refused: BaseForm) -> HttpResponse:
    """The page, with the forms the person may use; a refused one comes back as it was sent."""
    names = stages.stage_names()
    context: dict[str, Any] = {
        "document": document,
        "stage_names": names,
        "steps": stages.line_of(document, names=names),
        "next": stages.who_acts_next(document),
        "successor": visible_successor(request, document),
        "predecessor": visible_predecessor(request, document),
        "editions": editions_of(document),
        "stage_changes": list(document.stage_changes.select_related("operation__by")),
        "seats": seats_of(document),
        "roles": Seat.Role.choices,
    }
    if "stage" in document.abilities:
        context["stage_form"] = refused.get("stage_form") or StageForm(names=names)
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


def visible_successor(request: PersonRequest, document: Document) -> Document | None:
    """What replaces it since, for those who may see that one too."""
    if document.replaced_on is None:
        return None
    successors = Document.objects.visible_to(request.user).filter(predecessor=document, stage=Document.Stage.ISSUED)
    return successors.first()
