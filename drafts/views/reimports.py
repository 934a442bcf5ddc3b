"""A new Word version of a draft: upload, look at what it changes, decide, take over."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from config.parameters import number_in
from drafts import reimports, sources
from drafts.access import get_document_for
from drafts.changes import Fate
from drafts.forms import UploadForm
from drafts.models import Reimport
from drafts.reimport_forms import FileChoosingForm, ReimportForm
from drafts.reimporting import Answer, Row
from drafts.reimports import Look, StaleReimportError
from drafts.views.imports import kept
from drafts.views.pieces import shown
from drafts.views.places import reading_place, undoing_place
from drafts.wording import LineKind, difference_lines

AUTOMATIC = "auto"


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a file as the new version of a draft; nothing changes before it was looked at."""
    document = get_document_for(request.user, "draft", pk=pk)
    waiting = document.reimports.filter(source__by=request.user, source__document=None).select_related("source")
    if request.method != "POST":
        context = {"document": document, "form": UploadForm(), "waiting": waiting}
        return render(request, "drafts/reimport_upload.html", context)
    form = UploadForm(request.POST, request.FILES)
    source = kept(form, by=request.user)
    if source is None:
        context = {"document": document, "form": form, "waiting": waiting}
        return render(request, "drafts/reimport_upload.html", context, status=422)
    found = reimports.offer(document, source)
    return redirect("drafts:reimport", pk=pk, reimport_pk=found.pk)


@require_safe
def reimport(request: PersonRequest, pk: int, reimport_pk: int) -> HttpResponse:
    """What the new version would change, article by article."""
    found = reimport_for(request, pk=pk, reimport_pk=reimport_pk)
    if found.source.document_id is not None:
        return redirect(reading_place(found.document) + "?text=working")
    return show_reimport(request, reimports.look(found))


@require_POST
def decisions(request: PersonRequest, pk: int, reimport_pk: int) -> HttpResponse:
    """Keep what was decided, and show the rest again; ``?row=`` is the row whose match is to be put right."""
    found = open_reimport_for(request, pk=pk, reimport_pk=reimport_pk)
    keep_decisions(request, reimports.look(found))
    row = request.GET.get("row", "")
    address = reverse("drafts:reimport", args=[pk, reimport_pk])
    return redirect(f"{address}?row={row}#row-{row}" if row else address)


@require_POST
def matches(request: PersonRequest, pk: int, reimport_pk: int) -> HttpResponse:
    """Say which provision of the draft a row of the file is: one of them, a new one, or as it was found."""
    found = open_reimport_for(request, pk=pk, reimport_pk=reimport_pk)
    look = reimports.look(found)
    keep_decisions(request, look)
    key, said = request.POST.get("key", ""), request.POST.get("match", "")
    wids = {sheet.wid.hex: sheet.wid for sheet in look.plan.current}
    if key not in look.plan.keys or (said and said != AUTOMATIC and said not in wids):
        raise Http404
    if said == AUTOMATIC:
        reimports.unmatch_row(found, key=key)
    else:
        reimports.match_row(found, key=key, wid=wids.get(said))
    return redirect(reverse("drafts:reimport", args=[pk, reimport_pk]) + f"#row-{key}")


@require_POST
def base(request: PersonRequest, pk: int, reimport_pk: int) -> HttpResponse:
    """Say from which text the file was made, and which of its documents is the draft."""
    found = open_reimport_for(request, pk=pk, reimport_pk=reimport_pk)
    look = reimports.look(found)
    keep_decisions(request, look)
    number, component = request.POST.get("base", ""), request.POST.get("component", "")
    edition = found.document.editions.filter(number=number_in(number) or 0).first()
    if edition is None and number != reimports.WORKING:
        raise Http404
    reimports.choose_base(found, edition=edition)
    chosen = number_in(component)
    if chosen is not None and chosen < len(look.imported.components):
        reimports.choose_component(found, component=chosen)
    return redirect("drafts:reimport", pk=pk, reimport_pk=reimport_pk)


@require_POST
def application(request: PersonRequest, pk: int, reimport_pk: int) -> HttpResponse:
    """Take the new version over as decided: one act, or the page again when something stands in the way."""
    found = open_reimport_for(request, pk=pk, reimport_pk=reimport_pk)
    look = keep_decisions(request, reimports.look(found))
    form = ReimportForm(request.POST, reason_required=found.document.editions.exists())
    is_valid = form.is_valid()
    if form.cleaned_data.get("seen", look.seen) != look.seen:
        return show_stale(request, look, form)
    if not is_valid:
        return show_reimport(request, look, form=form, status=422)
    if look.plan.open_rows:
        form.add_error(None, _("Some places are still to be decided."))
        return show_reimport(request, look, form=form, status=422)
    try:
        operation = reimports.take_over(found, by=request.user, **form.cleaned_data)
    except StaleReimportError:
        return show_stale(request, reimports.look(found), form)
    if operation is None:
        messages.info(request, _("The draft says the same already; nothing was changed."))
    else:
        messages.success(request, _("The new Word version has been taken over."), extra_tags=undoing_place(operation))
    return redirect(reading_place(found.document) + "?text=working")


@require_POST
def removal(request: PersonRequest, pk: int, reimport_pk: int) -> HttpResponse:
    """Forget the file; the draft stays as it is."""
    found = open_reimport_for(request, pk=pk, reimport_pk=reimport_pk)
    sources.drop(found.source)
    messages.success(request, _("The file has been discarded."))
    return redirect("drafts:about", pk=pk)


def show_stale(request: PersonRequest, look: Look, form: ReimportForm) -> HttpResponse:
    """409: somebody changed the draft; how both come together is shown, and everything decided is still there."""
    form.add_error(None, _("The draft has changed while you were looking: see how both come together, then go on."))
    return show_reimport(request, look, form=form, status=409)


def reimport_for(request: PersonRequest, *, pk: int, reimport_pk: int) -> Reimport:
    document = get_document_for(request.user, "draft", pk=pk)
    return reimports.get_reimport_for(request.user, document, pk=reimport_pk)


def open_reimport_for(request: PersonRequest, *, pk: int, reimport_pk: int) -> Reimport:
    """One that was not taken over yet."""
    found = reimport_for(request, pk=pk, reimport_pk=reimport_pk)
    if found.source.document_id is not None:
        raise RuleBrokenError(_("This version has already been taken over."))
    return found


def keep_decisions(request: PersonRequest, look: Look) -> Look:
    """Store what the form says of the rows it showed, and look again."""
    shown_rows, ticked = set(request.POST.getlist("row")), set(request.POST.getlist("take"))
    answers: dict[uuid.UUID, Answer] = {}
    for row in look.plan.rows:
        form = decision_form(row, request.POST)
        if form is not None and row.words is not None and (said := form.said()):
            answers[row.change.sheet.wid] = Answer(row.words.fingerprint, said)
    known = {row.key for row in look.plan.rows}
    reimports.decide(
        look.reimport,
        taken={key: key in ticked for key in shown_rows & known},
        answers=answers,
        reason=request.POST.get("reason", "")[:4000],
    )
    look.reimport.refresh_from_db(fields=["choices"])
    return reimports.look(look.reimport)


def decision_form(row: Row, data: Any = None) -> FileChoosingForm | None:
    """The questions of a row, with the answers known so far."""
    if row.words is None or not row.words.questions:
        return None
    known = {f"choice_{n}": choice for n, choice in enumerate(row.words.answer, start=1)}
    form = FileChoosingForm(data, initial=known, prefix=row.change.sheet.wid.hex)
    form.ask(len(row.words.questions))
    return form


def show_reimport(
    request: PersonRequest, look: Look, *, form: ReimportForm | None = None, status: int = 200
) -> HttpResponse:
    document = look.reimport.document
    rows = [shown_row(row, request.GET.get("row", "")) for row in look.plan.rows]
    changing = [row for row in rows if row["row"].fate is not Fate.KEPT]
    if form is None or not form.is_bound:
        known = {"reason": look.reimport.choices.get("reason", "")}
        form = ReimportForm(initial=known, reason_required=document.editions.exists())
    context = {
        "document": document,
        "reimport": look.reimport,
        "source": look.reimport.source,
        "look": look,
        "components": list(enumerate(look.imported.components)),
        "finding_count": len(look.component.findings),
        "bases": reimports.base_choices(document),
        "base": str(look.reimport.edition.number) if look.reimport.edition else reimports.WORKING,
        "changing": changing,
        "told": [row for row in changing if row["row"].fate is not Fate.RENUMBERED or row["is_asked"]],
        "renumbered": [row for row in changing if row["row"].fate is Fate.RENUMBERED and not row["is_asked"]],
        "unchanged": [row for row in rows if row["row"].fate is Fate.KEPT],
        "open_rows": [row for row in changing if row["row"].is_open],
        "summary": summary(look.plan.rows),
        "options": [(sheet.wid.hex, sheet.title or sheet.kind, sheet.kind) for sheet in look.plan.current],
        "form": form,
        "seen": look.seen,
    }
    return render(request, "drafts/reimport.html", context, status=status)


def shown_row(row: Row, asked: str) -> dict[str, Any]:
    """A row for the page: its words as they change, its questions, and what it is called."""
    old, new = row.change.old, row.change.new
    form = decision_form(row)
    questions = iter(form.choice_fields()) if form else iter(())
    words: dict[str, Any] = {}
    if form and row.words is not None:
        heading = [shown(piece, questions) for piece in row.words.both.heading.pieces]
        words["heading_pieces"] = heading if any(piece["kind"] != "same" for piece in heading) else []
        words["pieces"] = [shown(piece, questions) for piece in row.words.both.text.pieces]
    elif old and new and row.change.is_amended:
        words["heading_lines"] = difference_lines(old.heading, new.heading) if old.heading != new.heading else []
        lines = difference_lines(old.text, new.text)
        words["lines"] = [line for line in lines if line.kind is not LineKind.SAME]
        words["is_cut"] = len(words["lines"]) < len(lines)
    return {
        "row": row,
        "badges": list(badges(row)),
        "is_asked": bool(asked) and row.key == asked,
        "match": old.wid.hex if old else "",
        **words,
    }


def badges(row: Row) -> Iterator[tuple[str, str]]:
    """What happens to the provision, as signs with words."""
    names = {
        Fate.AMENDED: ("amended", _("text changed")),
        Fate.NEW: ("new", _("removed from the draft meanwhile") if row.is_back else _("new article")),
        Fate.DROPPED: ("dropped", _("missing in the file")),
    }
    if row.fate in names:
        yield names[row.fate]
    if row.change.is_moved:
        yield "moved", _("moved")
    if row.change.is_renumbered and row.change.old is not None:
        yield "amended", _("was %(label)s") % {"label": row.change.old.label}
    if row.part_of is not None and row.fate is Fate.NEW:
        yield "split", _("split from %(label)s?") % {"label": row.part_of.label or row.part_of.heading}
    if row.part_of is not None and row.fate is Fate.DROPPED:
        yield "merged", _("taken into %(label)s?") % {"label": row.part_of.label or row.part_of.heading}
    if row.is_guess:
        yield "open", _("likely, please check")


def summary(rows: list[Row]) -> list[str]:
    """What the file changes, counted: "12 texts changed"; nothing for what does not happen."""
    fates = [row.fate for row in rows]
    moved = sum(row.change.is_moved for row in rows)
    counted = [
        (fates.count(Fate.AMENDED), ngettext("%(n)s text changed", "%(n)s texts changed", fates.count(Fate.AMENDED))),
        (fates.count(Fate.NEW), ngettext("%(n)s new", "%(n)s new", fates.count(Fate.NEW))),
        (moved, ngettext("%(n)s moved", "%(n)s moved", moved)),
        (
            fates.count(Fate.RENUMBERED),
            ngettext("%(n)s renumbered", "%(n)s renumbered", fates.count(Fate.RENUMBERED)),
        ),
        (
            fates.count(Fate.DROPPED),
            ngettext("%(n)s missing in the file", "%(n)s missing in the file", fates.count(Fate.DROPPED)),
        ),
        (fates.count(Fate.KEPT), ngettext("%(n)s unchanged", "%(n)s unchanged", fates.count(Fate.KEPT))),
    ]
    return [text % {"n": n} for n, text in counted if n]
