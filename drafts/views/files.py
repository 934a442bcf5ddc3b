"""The files a draft was made from, as they came."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from drafts.access import get_document_for
from drafts.models import SourceFile


@require_safe
def source_file(request: PersonRequest, pk: int, source_pk: int) -> HttpResponseBase:
    """One of them, to be downloaded under the name it came with; never opened in the browser."""
    document = get_document_for(request.user, "read_working", pk=pk)
    source = get_object_or_404(SourceFile, pk=source_pk, document=document)
    try:
        file = source.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(file, as_attachment=True, filename=source.name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    return response
