"""Correcting what was found in a file, line by line, before a draft is made from it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts import sources
from drafts.forms import CorrectionForm
from drafts.importing import ImportedFile, Role, Row
from drafts.importing.correcting import head_sign
from drafts.models import SourceFile
from drafts.views.imports import show_preview, uploaded_by


@require_POST
def corrections(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what a line is; the structure is found again with it."""
    source = correctable(request, pk=pk)
    imported = sources.read_source(source)
    chosen, row = line_named(imported, request.POST.get("index", ""))
    form = CorrectionForm(request.POST)
    if form.is_valid():
        correction = form.correction(row)
        if correction.role is Role.ARTICLE and not head_sign(row.text, correction).number:
            form.add_error("number", _("Say which number the article has: none is written in the line."))
        else:
            sources.correct(source, correction)
            return redirect(preview_at(source, row.index))
    return show_preview(request, source, imported, chosen=chosen, correction_form=form, at=row.index, status=422)


@require_POST
def removal(request: PersonRequest, pk: int, index: int) -> HttpResponse:
    """Take back what was said of one line."""
    source = correctable(request, pk=pk)
    sources.take_back(source, index=index)
    return redirect(preview_at(source, index))


@require_POST
def removal_of_all(request: PersonRequest, pk: int) -> HttpResponse:
    """Go back to the structure as it was found."""
    source = correctable(request, pk=pk)
    sources.take_all_back(source)
    return redirect("drafts:import_preview", pk=pk)


def correctable(request: PersonRequest, *, pk: int) -> SourceFile:
    """The file of the person who uploaded it, as long as no draft was made from it."""
    source = uploaded_by(request, pk=pk)
    if source.document_id is not None:
        raise RuleBrokenError(_("A draft has already been made from this file."))
    return source


def line_named(imported: ImportedFile, index: str) -> tuple[int, Row]:
    """The component and the line with this index; 404 when the file has no such line."""
    for chosen, component in enumerate(imported.components):
        for row in component.rows:
            if str(row.index) == index:
                return chosen, row
    raise Http404


def preview_at(source: SourceFile, index: int) -> str:
    return f"{reverse('drafts:import_preview', args=[source.pk])}?at={index}#line-{index}"
