"""From a Word file to a draft: upload, look, create."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import PersonRequest
from drafts import services, sources
from drafts.access import Denied, may_create_documents
from drafts.apart import open_apart
from drafts.findings import sentence_of
from drafts.forms import CreationForm, UploadForm
from drafts.importing import Component, Finding, ImportedFile, UnreadableFile
from drafts.models import Document, SourceFile
from drafts.previews import tree
from drafts.views.places import reading_place

FINDINGS_AT_ONCE = 8


def creator(request: PersonRequest) -> User:
    """The person, if they may create documents; else 403 with the reason."""
    verdict = may_create_documents(request.user)
    if isinstance(verdict, Denied):
        raise PermissionDenied(verdict.reason)
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PersonRequest) -> HttpResponse:
    """Take a file; what cannot be read is refused with one sentence and not stored."""
    user = creator(request)
    if request.method != "POST":
        return render(request, "drafts/import.html", {"form": UploadForm()})
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            opened = open_apart(data, name=file.name)
        except UnreadableFile as refusal:
            form.add_error("file", sentence_of(refusal))
        else:
            source = sources.keep(data, name=file.name, by=user, modern=opened.modern)
            return redirect("drafts:import_preview", pk=source.pk)
    return render(request, "drafts/import.html", {"form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what was found in the file; make a document from the chosen component."""
    user = creator(request)
    source = sources.get_source_for(user, pk=pk)
    if source.document is not None:
        return redirect(reading_place(source.document))
    imported = sources.read_source(source)
    chosen = chosen_component(request, imported)
    component = imported.components[chosen]
    if request.method != "POST":
        form = CreationForm(initial=first_guess(component, chosen=chosen, user=user), user=user)
        return show_preview(request, source, imported, form, chosen=chosen)
    form = CreationForm(request.POST, user=user)
    if not form.is_valid():
        return show_preview(request, source, imported, form, chosen=chosen, status=422)
    document = create(form, component, source=source, by=user)
    messages.success(request, _("The draft has been created."))
    return redirect(reading_place(document))


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget an uploaded file from which no document was made."""
    user = creator(request)
    sources.drop(sources.get_source_for(user, pk=pk))
    messages.success(request, _("The file has been discarded."))
    return redirect("drafts:import")


@transaction.atomic
def create(form: CreationForm, component: Component, *, source: SourceFile, by: User) -> Document:
    """The document and, if wanted, its first edition: both or none."""
    described = form.cleaned_data
    document = services.create_document(
        by=by,
        title=described["title"],
        kind=described["kind"],
        nodes=component.nodes,
        issuing_body=described["issuing_body"],
        term=described["term"],
        drafting_unit=described["drafting_unit"],
        predecessor=described["predecessor"],
        source=source,
    )
    if described["issue"]:
        services.issue_edition(document, by=by)
    return document


def chosen_component(request: PersonRequest, imported: ImportedFile) -> int:
    """The component asked for by number, from 0; the main one when none or no such is named."""
    wanted = (request.POST if request.method == "POST" else request.GET).get("component", "")
    if wanted.isdecimal() and int(wanted) < len(imported.components):
        return int(wanted)
    return imported.main


def first_guess(component: Component, *, chosen: int, user: User) -> dict[str, Any]:
    return {
        "component": chosen,
        "title": component.title,
        "kind": sources.likely_kind(component.title),
        "drafting_unit": user.unit_id,
    }


def show_preview(
    request: PersonRequest,
    source: SourceFile,
    imported: ImportedFile,
    form: CreationForm,
    *,
    chosen: int,
    status: int = 200,
) -> HttpResponse:
    component = imported.components[chosen]
    findings = [finding_line(finding) for finding in component.findings]
    context = {
        "source": source,
        "imported": imported,
        "component": component,
        "components": list(enumerate(imported.components)),
        "chosen": chosen,
        "branches": tree(component.nodes),
        "findings": findings[:FINDINGS_AT_ONCE],
        "more_findings": findings[FINDINGS_AT_ONCE:],
        "finding_count": len(findings),
        "earlier": sources.earlier_imports(source),
        "form": form,
    }
    return render(request, "drafts/import_preview.html", context, status=status)


def finding_line(finding: Finding) -> dict[str, Any]:
    return {"line": finding.line, "message": sentence_of(finding)}
