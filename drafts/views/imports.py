"""From a Word file to a draft: upload, look, create."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from config.parameters import number_in
from drafts import services, sources
from drafts.access import Denied, get_document_for, may_create_documents
from drafts.apart import open_apart
from drafts.findings import sentence_of
from drafts.forms import CorrectionForm, CreationForm, UploadForm
from drafts.importing import Component, Finding, ImportedFile, Role, Row, UnreadableFile
from drafts.importing.correcting import HEADS, head_sign
from drafts.importing.offering import Offer, mends, offers_for
from drafts.models import Document, SourceFile
from drafts.previews import tree
from drafts.views.places import reading_place

FINDINGS_AT_ONCE = 8
LONGEST = 2_000


def creator(request: PersonRequest) -> User:
    """The person, if they may create documents; else 403 with the reason."""
    verdict = may_create_documents(request.user)
    if isinstance(verdict, Denied):
        raise PermissionDenied(verdict.reason)
    return request.user


def uploaded_by(request: PersonRequest, *, pk: int) -> SourceFile:
    """The person's own file: for a draft they may create, or as the new version of one they draft."""
    source = sources.find_source_of(request.user, pk=pk)
    if source is not None and hasattr(source, "reimport"):
        get_document_for(request.user, "draft", pk=source.reimport.document_id)
    else:
        creator(request)
    if source is None:
        raise Http404
    return source


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PersonRequest) -> HttpResponse:
    """Take a file; what cannot be read is refused with one sentence and not stored."""
    user = creator(request)
    if request.method != "POST":
        return render(request, "drafts/import.html", {"form": UploadForm()})
    form = UploadForm(request.POST, request.FILES)
    source = kept(form, by=user)
    if source is None:
        return render(request, "drafts/import.html", {"form": form}, status=422)
    return redirect("drafts:import_preview", pk=source.pk)


def kept(form: UploadForm, *, by: User) -> SourceFile | None:
    """The file of the form, stored; None with the reason in the form when it cannot be read."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        opened = open_apart(data, name=file.name)
    except UnreadableFile as refusal:
        form.add_error("file", sentence_of(refusal))
        return None
    return sources.keep(data, name=file.name, by=by, modern=opened.modern, remarks=len(opened.file.remarks))


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what was found in the file; make a document from the chosen component."""
    source = uploaded_by(request, pk=pk)
    if source.document is not None:
        return redirect(reading_place(source.document))
    if request.method == "POST" and hasattr(source, "reimport"):
        raise RuleBrokenError(_("This file was uploaded as the new version of a draft: take it over there."))
    imported = sources.read_source(source)
    chosen = chosen_component(request, imported)
    component = imported.components[chosen]
    if request.method != "POST":
        return show_preview(request, source, imported, chosen=chosen)
    if "other" in request.POST:
        sources.put_aside(source, described=typed_over(request, component))
        other = component_numbered(request.POST["other"], imported)
        return redirect(f"{reverse('drafts:import_preview', args=[pk])}?component={other}")
    if "put_aside" in request.POST:
        sources.put_aside(source, described=typed_over(request, component))
        messages.success(request, _("What you typed is kept. Correct the lines, then create the draft."))
        return redirect(f"{reverse('drafts:import_preview', args=[pk])}?component={chosen}")
    form = CreationForm(request.POST, user=request.user)
    if form.is_valid() and form.cleaned_data["seen"] not in ("", sources.state_of(source)):
        form.add_error(None, _("The structure was corrected meanwhile, in another window: look at it again."))
    if not form.is_valid():
        return show_preview(request, source, imported, chosen=chosen, form=form, status=422)
    document = create(form, component, source=source, by=request.user)
    messages.success(request, _("The draft has been created."))
    if source.remarks and form.cleaned_data["issue"]:
        return redirect("comments:file_comments", pk=document.pk)
    return redirect(reading_place(document))


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget an uploaded file from which no document was made."""
    sources.drop(uploaded_by(request, pk=pk))
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
    """The component asked for by number, from 0, or that with the line asked for; the main one when none is named."""
    asked = request.POST if request.method == "POST" else request.GET
    at = line_asked_for(request)
    if at is not None:
        for number, component in enumerate(imported.components):
            if any(row.index == at for row in component.rows):
                return number
    return component_numbered(asked.get("component", ""), imported)


def component_numbered(wanted: str, imported: ImportedFile) -> int:
    number = number_in(wanted)
    return number if number is not None and number < len(imported.components) else imported.main


def line_asked_for(request: PersonRequest) -> int | None:
    """The line somebody looks at, by its index."""
    return number_in(request.GET.get("at", ""))


def first_guess(component: Component, *, user: User) -> dict[str, Any]:
    return {
        "title": component.title,
        "kind": sources.likely_kind(component.title),
        "drafting_unit": user.unit_id,
    }


def typed_over(request: PersonRequest, component: Component) -> dict[str, str]:
    """What the person changed of our guesses; what they left alone is guessed anew for what they look at next."""
    form = CreationForm(request.POST, initial=first_guess(component, user=request.user), user=request.user)
    changed = [name for name in form.changed_data if name not in ("component", "seen")]
    return {name: request.POST.get(name, "")[:LONGEST] for name in changed}


def show_preview(
    request: PersonRequest,
    source: SourceFile,
    imported: ImportedFile,
    *,
    chosen: int,
    form: CreationForm | None = None,
    correction_form: CorrectionForm | None = None,
    at: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """``at`` is the line looked at, else the one the address names; a refused correction comes back as it was sent."""
    component = imported.components[chosen]
    at = line_asked_for(request) if at is None else at
    findings = [finding_line(component, finding) for finding in component.findings]
    context = {
        "source": source,
        "preview_url": reverse("drafts:import_preview", args=[source.pk]),
        "imported": imported,
        "component": component,
        "components": list(enumerate(imported.components)),
        "chosen": chosen,
        "branches": tree(component, at=at),
        "lines": lines_around(component, at, source),
        "at": at,
        "panel": line_panel(component, at, correction_form),
        "corrections": correction_lines(source, imported),
        "findings": findings[:FINDINGS_AT_ONCE],
        "more_findings": findings[FINDINGS_AT_ONCE:],
        "finding_count": len(findings),
        "earlier": sources.earlier_imports(source),
        "form": form
        or CreationForm(initial=first_guess(component, user=request.user) | source.described, user=request.user),
        "seen": sources.state_of(source),
        "reimport": getattr(source, "reimport", None),
    }
    return render(request, "drafts/import_preview.html", context, status=status)


def finding_line(component: Component, finding: Finding) -> dict[str, Any]:
    """A finding with the line it is about, and what would mend it."""
    about = [row for row in component.rows if row.line == finding.line]
    row = next((row for row in about if row.role in HEADS), about[0] if about else None)
    return {
        "line": finding.line,
        "index": row.index if row else None,
        "message": sentence_of(finding),
        "mends": [offer_line(component, row, offer) for row, offer in mends(component, finding)],
    }


def lines_around(component: Component, at: int | None, source: SourceFile) -> list[dict[str, Any]]:
    """The lines of the article in which the line looked at stands."""
    opened = next((row.node for row in component.rows if row.index == at), None)
    corrected = {correction.index for correction in sources.corrections_of(source)}
    return [
        {
            "row": row,
            "role": CorrectionForm.role_name(row.role),
            "is_text": row.role == Role.TEXT,
            "is_corrected": row.index in corrected,
        }
        for row in component.rows
        if row.node == opened
    ]


def line_panel(component: Component, at: int | None, form: CorrectionForm | None) -> dict[str, Any] | None:
    """What can be said of the line looked at."""
    row = next((row for row in component.rows if row.index == at), None)
    if row is None:
        return None
    number = component.nodes[row.node].number if row.role in HEADS else ""
    known = {"index": row.index, "role": row.role, "number": number}
    return {
        "row": row,
        "offers": [offer_line(component, row, offer) for offer in offers_for(component, row)],
        "form": form or CorrectionForm(initial=known),
    }


def offer_line(component: Component, row: Row, offer: Offer) -> dict[str, Any]:
    titled = {True: "yes", False: "no", None: ""}[offer.correction.is_titled]
    return {"row": row, "correction": offer.correction, "titled": titled, "text": offer_text(component, row, offer)}


def offer_text(component: Component, row: Row, offer: Offer) -> str:
    """What the button says."""
    role = CorrectionForm.role_name(offer.correction.role).lower()
    match offer.does:
        case "head":
            label = head_sign(row.text, offer.correction, beside=component.nodes).label.strip(" .:-–/")
            return _("Head of “%(label)s”") % {"label": label} if label else _("Heading: %(kind)s") % {"kind": role}
        case "higher":
            return _("One level higher: %(kind)s") % {"kind": role}
        case "lower":
            return _("One level lower: %(kind)s") % {"kind": role}
        case "title":
            return _("Goes on with the title above")
        case "untitled":
            return _("The words behind the number are text, no title")
        case "titled":
            return _("The words behind the number are a title")
        case "same":
            return _("Not a document of its own")
        case "closing":
            return _("Signature and recipients begin here")
    return _("Plain text")


def correction_lines(source: SourceFile, imported: ImportedFile) -> list[dict[str, Any]]:
    """What was corrected, newest first, with the lines as they are."""
    rows = {row.index: row for component in imported.components for row in component.rows}
    return [
        {
            "correction": correction,
            "row": row,
            "text": row.text if row else correction.opening,
            "role": CorrectionForm.role_name(correction.role),
            "fits": row is not None and row.text.startswith(correction.opening),
        }
        for correction in reversed(sources.corrections_of(source))
        for row in [rows.get(correction.index)]
    ]
