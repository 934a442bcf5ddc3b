"""Numbered editions: the list, issuing the next one, calling one back, and what any two of them differ in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from config.parameters import number_in
from drafts import services
from drafts.access import Ability, RecalledError, get_document_for, get_edition_for
from drafts.editions import TwoTexts, editions_of, preview_of
from drafts.forms import EditionForm, RecallForm
from drafts.gates import cautions_of, gaps_of
from drafts.models import Document, Edition
from drafts.photographs import edition_text, working_text
from drafts.texts import Text
from drafts.views.checks import KINDS, shown

WORKING = "working"


@dataclass(frozen=True)
class Side:
    """One of two texts that are compared: an edition, or the working text."""

    edition: Edition | None

    @property
    def key(self) -> str:
        """How the address names it."""
        return str(self.edition.number) if self.edition else WORKING

    @property
    def name(self) -> str:
        return self.edition.label if self.edition else _("Working text")

    def text(self, document: Document) -> Text:
        return edition_text(self.edition) if self.edition else working_text(document)


@require_safe
def editions(request: PersonRequest, pk: int) -> HttpResponse:
    """All editions with who issued them, when, what changed and why, and which were recalled."""
    document = get_document_for(request.user, "read", pk=pk)
    listed = editions_of(document)
    context = {
        "document": document,
        "editions": listed,
        "newest": next((edition for edition in listed if not edition.is_recalled), None),
    }
    return render(request, "drafts/edition_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """Look at what would be frozen, then issue it."""
    document = get_document_for(request.user, "issue", pk=pk)
    form = EditionForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            edition = services.issue_edition(document, by=request.user, **form.cleaned_data)
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("%(edition)s has been issued.") % {"edition": edition.label})
            return redirect("drafts:editions", pk=pk)
    return _show_preview(request, document, form)


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Ask why, then call the edition back."""
    document = get_document_for(request.user, "issue", pk=pk)
    edition = get_object_or_404(document.editions.select_related("recall"), number=number)
    form = RecallForm(request.POST) if request.method == "POST" else RecallForm()
    if request.method == "POST" and form.is_valid():
        services.recall_edition(edition, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(edition)s has been recalled.") % {"edition": edition.label})
        return redirect("drafts:editions", pk=pk)
    if request.method != "POST" and edition.is_recalled:
        raise RuleBrokenError(_("This edition has been recalled already."))
    standing = document.editions.standing().exclude(pk=edition.pk)
    context = {"document": document, "edition": edition, "next": standing.first(), "form": form}
    return render(request, "drafts/recall.html", context, status=422 if form.is_bound else 200)


@require_safe
def difference(request: PersonRequest, pk: int) -> HttpResponse:
    """What changed from one edition to another (``?old=1&new=2``), or to the working text (``new=working``).

    Without numbers: from the edition before the newest one to the newest one.
    """
    ability: Ability = "read_working" if WORKING in request.GET.values() else "read"
    document = get_document_for(request.user, ability, pk=pk)
    is_drafter = "read_working" in document.abilities
    readable = [edition for edition in editions_of(document) if is_drafter or not edition.is_recalled]
    try:
        new = _asked_for(request, document, "new") or (Side(readable[0]) if readable else None)
        old = _asked_for(request, document, "old") or _before(new, readable)
    except RecalledError as recalled:
        return show_recalled(request, recalled.edition)
    context = {
        "document": document,
        "editions": readable,
        "old": old,
        "new": new,
        "may_see_working": is_drafter,
        "two": TwoTexts(old.text(document), new.text(document)) if old and new else None,
    }
    return render(request, "drafts/edition_difference.html", context)


def show_recalled(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Instead of a recalled edition: why, since when, and which edition counts now."""
    context = {
        "document": edition.document,
        "edition": edition,
        "newest": Edition.objects.standing().filter(document=edition.document_id).first(),
    }
    return render(request, "drafts/recalled.html", context, status=410)


def _show_preview(request: PersonRequest, document: Document, form: EditionForm | None) -> HttpResponse:
    """The page; a refused form keeps what was typed and takes the text as it is shown now."""
    preview = preview_of(document)
    status = 422 if form is not None else 200
    if form is None:
        form = EditionForm(initial={"number": preview.number, "seen": preview.seen})
    else:
        data = cast(QueryDict, form.data).copy()
        data["number"], data["seen"] = str(preview.number), preview.seen
        form.data = data
    context = {
        "document": document,
        "preview": preview,
        "first": [shown(preview.draft, finding, document=document) for finding in preview.first],
        "kinds": [(kind, KINDS[kind], number) for kind, number in preview.kinds],
        "gaps": gaps_of(document),
        "cautions": cautions_of(document),
        "form": form,
    }
    return render(request, "drafts/new_edition.html", context, status=status)


def _asked_for(request: PersonRequest, document: Document, name: str) -> Side | None:
    """The side that the address names; None when it names none."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    if asked == WORKING:
        return Side(None)
    number = number_in(asked)
    if number is None:
        raise Http404
    return Side(get_edition_for(document, number))


def _before(new: Side | None, readable: list[Edition]) -> Side | None:
    """The newest edition that counts before the given one; the newest of all before the working text."""
    if new is None:
        return None
    older = [edition for edition in readable if new.edition is None or edition.number < new.edition.number]
    before = next((edition for edition in older if not edition.is_recalled), None)
    return Side(before) if before else None
