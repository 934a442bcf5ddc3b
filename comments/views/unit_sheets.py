"""A unit's filled-in sheet of opinions: upload, look where each row belongs, take over, undo; and the blank sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from comments import unit_sheets as services
from comments.recording import find_speaker, speakers_on
from comments.standing import latest_edition
from comments.unit_sheets import UnitSheet
from comments.views.downloading import file_response
from config.errors import RuleBrokenError
from drafts import sources
from drafts.access import get_document_for
from drafts.forms import UploadForm
from drafts.models import Document, Edition, SourceFile
from drafts.views.imports import kept

LONGEST_PLACE = 200


class SheetForm(UploadForm):
    """A Word file with a table of opinions."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["file"].label = gettext_lazy("The unit's sheet")
        self.fields["file"].help_text = gettext_lazy(
            "Word, with a table: Điều, khoản | Nội dung dự thảo | Đề nghị sửa thành | Lý do."
        )


@require_http_methods(["GET", "HEAD", "POST"])
def new_unit_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the file; what cannot be read, or holds no such table, is refused with a sentence."""
    document, _edition = _newest(request, pk)
    if request.method != "POST":
        return render(request, "comments/unit_sheet_form.html", {"document": document, "form": SheetForm()})
    form = SheetForm(request.POST, request.FILES)
    source = kept(form, by=request.user)
    if source is not None:
        try:
            services.rows_of(source)
        except RuleBrokenError as refusal:
            sources.drop(source)
            form.add_error("file", str(refusal))
        else:
            return redirect("comments:unit_sheet", pk=pk, source_pk=source.pk)
    return render(request, "comments/unit_sheet_form.html", {"document": document, "form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_sheet(request: PersonRequest, pk: int, source_pk: int) -> HttpResponse:
    """Where each row belongs, corrected by hand; a POST with ``look`` looks again, else takes the ticked rows over."""
    document, edition = _newest(request, pk)
    places = {
        int(name.removeprefix("place_")): str(value)[:LONGEST_PLACE]
        for name, value in request.POST.items()
        if name.startswith("place_") and name.removeprefix("place_").isdecimal() and len(name) < 14
    }
    sheet = UnitSheet(_source(request, source_pk), edition=edition, places=places)
    speakers = speakers_on(document)
    error, ticked = "", {row.key for row in sheet.rows if row.is_chosen}
    if request.method == "POST":
        numbers = set(request.POST.getlist("take"))
        ticked = {row.key for row in sheet.rows if str(row.row.number) in numbers}
    if request.method == "POST" and "look" not in request.POST:
        try:
            speaker = find_speaker(request.POST.get("who", ""), speakers)
            chosen = [row for row in sheet.rows if row.key in ticked and row.comment is None]
            taken = services.take_over(chosen, edition=edition, speaker=speaker, by=request.user)
        except RuleBrokenError as refusal:
            error = str(refusal)
        else:
            said = ngettext("%(n)s comment has been taken over.", "%(n)s comments have been taken over.", len(taken))
            messages.success(request, said % {"n": len(taken)})
            return redirect("comments:unit_sheet", pk=pk, source_pk=source_pk)
    context = {
        "document": document,
        "edition": edition,
        "sheet": sheet,
        "rows": [(row, row.key in ticked) for row in sheet.rows],
        "speakers": speakers,
        "who": request.POST.get("who", ""),
        "error": error,
        "taken": sum(row.comment is not None for row in sheet.rows),
    }
    return render(request, "comments/unit_sheet.html", context, status=422 if error else 200)


@require_POST
def unit_sheet_removal(request: PersonRequest, pk: int, source_pk: int) -> HttpResponse:
    """Undo the taking over."""
    document, edition = _newest(request, pk)
    sheet = UnitSheet(_source(request, source_pk), edition=edition)
    count = services.take_back(sheet.rows, document=document, by=request.user)
    said = ngettext("%(n)s comment was taken back.", "%(n)s comments were taken back.", count)
    messages.success(request, said % {"n": count})
    return redirect("comments:unit_sheet", pk=pk, source_pk=source_pk)


@require_safe
def blank_unit_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """The sheet to fill in, for whoever reads the draft."""
    document = get_document_for(request.user, "read", pk=pk)
    standing = latest_edition(document)
    if standing is None or standing.edition is None:
        raise Http404
    standing.edition.document = document
    return file_response(services.blank_sheet_of(standing.edition, user=request.user))


def _newest(request: PersonRequest, pk: int) -> tuple[Document, Edition]:
    document = get_document_for(request.user, "record", pk=pk)
    standing = latest_edition(document)
    if standing is None or standing.edition is None:
        raise RuleBrokenError(_("No edition has been issued yet; there is nothing to comment on."))
    return document, standing.edition


def _source(request: PersonRequest, source_pk: int) -> SourceFile:
    source = sources.find_source_of(request.user, pk=source_pk)
    if source is None:
        raise Http404
    return source
