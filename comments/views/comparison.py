"""The comparison table of a draft: read, corrected, given reasons, row by row."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from accounts.requests import PersonRequest
from comments.comparison import ComparisonPage, PageRow, main_comparison
from comments.comparison_forms import OWN_ROW, AgainstForm, GivingUpForm, PlaceForm, WordsForm
from config.errors import RuleBrokenError
from drafts import comparing
from drafts.access import get_comparison_for, get_comparison_row_for, get_document_for
from drafts.comparison import comparison_table
from drafts.models import Comparison, ComparisonRow, Provision


@require_safe
def main(request: PersonRequest, pk: int) -> HttpResponse:
    """To the comparison with the text the draft replaces, or where one chooses it."""
    document = get_document_for(request.user, "read", pk=pk)
    comparison = main_comparison(list(document.comparisons.select_related("document")))
    return redirect("comments:comparison", comparison.pk) if comparison else redirect("comments:comparisons", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def comparisons(request: PersonRequest, pk: int) -> HttpResponse:
    """The texts the draft is compared with; drafters choose another one."""
    document = get_document_for(request.user, "draft" if request.method == "POST" else "read", pk=pk)
    form = None
    if "draft" in document.abilities:
        form = AgainstForm(_sent(request), document=document, user=request.user)
        if form.is_bound and form.is_valid():
            try:
                comparison = comparing.compare(document, by=request.user, **form.cleaned_data)
            except RuleBrokenError as rule:
                form.add_error(None, str(rule))
            else:
                return redirect("comments:comparison", comparison.pk)
    context = {
        "document": document,
        "comparisons": document.comparisons.select_related("against"),
        "form": form,
        "has_choice": form is not None and form.fields["against"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "comments/comparisons.html", context, status=422 if form and form.is_bound else 200)


@require_safe
def comparison(request: PersonRequest, pk: int) -> HttpResponse:
    """The table: of the working text for those who see it, of the latest edition for others."""
    found = get_comparison_for(request.user, "read", pk=pk)
    page = ComparisonPage(found, user=request.user, show=request.GET.get("show", ""))
    return render(request, "comments/comparison.html", {"page": page, "document": page.document})


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: PersonRequest, pk: int, comparison: int) -> HttpResponse:
    """Ask why, then remove a table that should not have been made."""
    document = get_document_for(request.user, "draft", pk=pk)
    found = document.comparisons.select_related("document", "against").filter(pk=comparison).first()
    if found is None:
        messages.info(request, _("This comparison has been removed already."))
        return redirect("comments:comparisons", pk)
    form = GivingUpForm(_sent(request))
    if form.is_bound and form.is_valid():
        comparing.give_up(found, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The comparison has been removed."))
        return redirect("comments:comparisons", pk)
    context = {
        "document": document,
        "comparison": found,
        "written": sum(row.has_words for row in found.rows.all()),
        "form": form,
    }
    return render(request, "comments/comparison_removal.html", context, status=422 if form.is_bound else 200)


@require_POST
def matching(request: PersonRequest, pk: int) -> HttpResponse:
    """Match anew what nobody has decided on."""
    found = get_comparison_for(request.user, "draft", pk=pk)
    if comparing.match_again(found, by=request.user):
        messages.success(request, _("The articles have been matched again. What people decided stands."))
    else:
        messages.info(request, _("Nothing has changed since the articles were matched."))
    return redirect("comments:comparison", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: PersonRequest, pk: int, wid: uuid.UUID) -> HttpResponse:
    """Put an article of either text into another row, or into one of its own."""
    found = get_comparison_for(request.user, "draft", pk=pk)
    provision = get_object_or_404(Provision, wid=wid, document__in=[found.document_id, found.against_id])
    form = PlaceForm(_sent(request), table=comparison_table(found))
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["row"]
        into = None if chosen == OWN_ROW else ComparisonRow.objects.get(pk=chosen)
        try:
            row = comparing.place(found, provision, by=request.user, into=into)
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("%(article)s has been put into its row.") % {"article": provision})
            return redirect(row_address(found, row))
    context = {"comparison": found, "document": found.document, "provision": provision, "form": form}
    return render(request, "comments/comparison_place.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: PersonRequest, pk: int) -> HttpResponse:
    """Write assessment, reason and legal basis; ``?suggested`` begins with the words of the sources."""
    row = get_comparison_row_for(request.user, "draft", pk=pk)
    if request.method != "POST":
        page_row = _page_row(request, row.comparison, pk)
        if request.htmx and "cancel" in request.GET:
            return _row(request, row.comparison, page_row, page=None)
        suggestion = page_row.suggestion if "suggested" in request.GET and not row.reason else ""
        return _form(request, row, WordsForm.of(row, suggestion=suggestion), page_row, is_suggested=bool(suggestion))
    form = WordsForm(request.POST, prefix=f"row-{pk}")
    if not form.is_valid():
        return _form(request, row, form, _page_row(request, row.comparison, pk), status=422)
    try:
        comparing.write_words(row, by=request.user, **form.cleaned_data)
    except comparing.StaleRowError as stale:
        typed = {**request.POST.dict(), f"row-{pk}-base_version": stale.row.version}
        mine = WordsForm(typed, prefix=f"row-{pk}")
        page_row = _page_row(request, row.comparison, pk)
        return _form(request, row, mine, page_row, theirs=stale.row, status=409)
    return _changed(request, row, _("The row has been saved."))


@require_POST
def confirmation(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that the row is right."""
    row = get_comparison_row_for(request.user, "draft", pk=pk)
    comparing.confirm(row, by=request.user)
    return _changed(request, row, _("The row has been confirmed."))


@require_POST
def confirmation_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Open a confirmed row again."""
    row = get_comparison_row_for(request.user, "draft", pk=pk)
    comparing.withdraw_confirmation(row, by=request.user)
    return _changed(request, row, _("The row is open again."))


def _sent(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def row_address(found: Comparison, row: ComparisonRow) -> str:
    return f"{reverse('comments:comparison', args=[found.pk])}#row-{row.pk}"


def _page_row(request: PersonRequest, found: Comparison, pk: int) -> PageRow:
    page_row = ComparisonPage(found, user=request.user).row(pk)
    if page_row is None:
        raise Http404
    return page_row


def _form(
    request: PersonRequest,
    row: ComparisonRow,
    form: WordsForm,
    page_row: PageRow,
    *,
    is_suggested: bool = False,
    theirs: ComparisonRow | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "comparison": row.comparison,
        "document": row.comparison.document,
        "row": page_row,
        "form": form,
        "is_suggested": is_suggested,
        "theirs": theirs,
        "may_draft": True,
        "is_working": True,
    }
    template = "comments/_comparison_row.html" if request.htmx else "comments/comparison_row.html"
    return render(request, template, context, status=status)


def _changed(request: PersonRequest, row: ComparisonRow, said: str) -> HttpResponse:
    if not request.htmx:
        messages.success(request, said)
        return redirect(row_address(row.comparison, row))
    page = ComparisonPage(row.comparison, user=request.user)
    page_row = page.row(row.pk)
    if page_row is None:
        raise Http404
    return trigger_client_event(_row(request, row.comparison, page_row, page=page), "app:sent")


def _row(request: PersonRequest, found: Comparison, page_row: PageRow, *, page: ComparisonPage | None) -> HttpResponse:
    """The row as it stands, and with it the counts above the table where they may have changed."""
    context = {
        "row": page_row,
        "comparison": found,
        "document": found.document,
        "page": page,
        "may_draft": True,
        "is_working": True,
    }
    return render(request, "comments/_comparison_row_changed.html", context)
