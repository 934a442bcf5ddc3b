"""The outline of a draft, and the acts that change its order: looked at, carried out, undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from config.parameters import page_of_ours
from drafts.access import get_document_for, get_operation_for
from drafts.arranging import RANK
from drafts.changes import Fate
from drafts.citations import OLD, Loss
from drafts.models import Document, Operation, Provision
from drafts.outlines import branches_of, removals, removed_of
from drafts.photographs import working_text
from drafts.restructuring import (
    Act,
    Dissolution,
    Insertion,
    Merging,
    Moving,
    Plan,
    Reinstatement,
    Removal,
    Renumbering,
    Splitting,
    StaleDraftError,
    plan,
    restructure,
)
from drafts.structure_forms import FORMS, ActForm, RemovalForm, uuid_of
from drafts.texts import Text
from drafts.undoing import ObstructedError, undo_operation, undo_the_rest
from drafts.views.places import undoing_place


@require_safe
def outline(request: PersonRequest, pk: int) -> HttpResponse:
    """The draft as a tree of headings and articles, to be put in another order; below it what was removed."""
    document = get_document_for(request.user, "draft", pk=pk)
    context = {
        "document": document,
        "branches": branches_of(document),
        "removed": removed_of(document),
    }
    return render(request, "drafts/outline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restructuring(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask what an act needs; show what it would do to numbers and citations; do it.

    A POST without ``seen`` is carried out at once when nothing needs looking at, else it comes back as a preview; one
    with it is carried out as previewed, with the ticked citations.
    """
    document = get_document_for(request.user, "draft", pk=pk)
    text = working_text(document)
    sent = request.POST if request.method == "POST" else request.GET
    if sent.get("act") not in FORMS:
        raise Http404
    kind = FORMS[sent["act"]]
    if request.method != "POST":
        return show_form(request, document, kind(initial=sent.dict(), text=text))
    form = kind(request.POST, text=text)
    if not form.is_valid():
        return show_form(request, document, form, status=422)
    act = form.planned_act()
    try:
        planned = plan(document, act, numbering=form.numbers)
        if planned.does_nothing:
            messages.info(request, _("Everything stands like that already; nothing was changed."))
            return redirect("drafts:outline", pk=pk)
        if "seen" not in request.POST and not is_done_at_once(form, planned):
            return show_plan(request, document, form, planned)
        operation = restructure(
            document,
            act,
            by=request.user,
            numbering=form.numbers,
            reason=form.cleaned_data["reason"],
            seen=request.POST.get("seen", ""),
            ticked=request.POST.getlist("follow") if "seen" in request.POST else None,
        )
    except RuleBrokenError as rule:
        form.add_error(None, str(rule))
        return show_form(request, document, form, status=422)
    except StaleDraftError as stale:
        return show_plan(request, document, form, stale.plan, status=409)
    return say_and_return(request, document, act, text, operation)


@require_POST
def undoing(request: PersonRequest, pk: int, operation_pk: int) -> HttpResponse:
    """Take an act back; with ``rest`` only what nobody changed since."""
    document = get_document_for(request.user, "draft", pk=pk)
    operation = get_operation_for(document, operation_pk)
    undo = undo_the_rest if request.POST.get("rest") else undo_operation
    back = address_to_return_to(request, document)
    try:
        undone = undo(operation, by=request.user)
    except ObstructedError as obstructed:
        context = {
            "document": document,
            "operation": operation,
            "obstacles": obstructed.obstacles,
            "may_skip": obstructed.may_skip,
            "back": back,
        }
        return render(request, "drafts/undoing.html", context, status=409)
    act, is_again = undone.taken_back
    done = _("Done again: %(act)s.") if is_again else _("Undone: %(act)s.")
    messages.success(request, done % {"act": act.get_kind_display()}, extra_tags=undoing_place(undone))
    return redirect(back)


def address_to_return_to(request: HttpRequest, document: Document) -> str:
    """The page the button stood on, if it is one of ours that can be opened; else the timeline."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if page_of_ours(request, address) and "/undoing/" not in address and "/restructuring/" not in address:
            return address
    return reverse("drafts:timeline", args=[document.pk])


def is_done_at_once(form: ActForm, planned: Plan) -> bool:
    """Moving, inserting and the like, when no citation is touched; taking out is always looked at first."""
    return planned.is_plain and not isinstance(form, RemovalForm)


def say_and_return(
    request: PersonRequest, document: Document, act: Act, text: Text, operation: Operation | None
) -> HttpResponse:
    if operation is None:
        messages.info(request, _("Everything stands like that already; nothing was changed."))
        return redirect("drafts:outline", pk=document.pk)
    messages.success(request, done_words(act, text), extra_tags=undoing_place(operation))
    address = reverse("drafts:outline", args=[document.pk])
    wid = touched_wid(act, operation)
    return redirect(f"{address}#muc-{wid}" if wid else address)


def touched_wid(act: Act, operation: Operation) -> Any:
    """The provision to show afterwards."""
    if isinstance(act, (Insertion, Splitting)):
        return Provision.history.filter(operation=operation, history_type="+").values_list("wid", flat=True).first()
    return None if isinstance(act, (Removal, Dissolution, Renumbering)) else act.wid


def name_in(text: Text, wid: Any) -> str:
    sheet = text.find(wid)
    return (sheet.label or sheet.heading) if sheet else ""


def done_words(act: Act, text: Text) -> str:
    """One sentence about what was done, for the message with the undo button."""
    match act:
        case Insertion():
            return _("A new provision has been inserted.")
        case Splitting(wid):
            return _("%(article)s has been split.") % {"article": name_in(text, wid)}
        case Merging(wid):
            return _("%(article)s has been merged with the one behind it.") % {"article": name_in(text, wid)}
        case Moving(wid):
            return _("%(article)s has been moved.") % {"article": name_in(text, wid)}
        case Removal(wid) | Dissolution(wid):
            return _("%(article)s has been removed from the text.") % {"article": name_in(text, wid)}
        case Reinstatement():
            return _("The provision is back in the text.")
        case Renumbering():
            return _("The draft has been numbered anew.")


def title_words(name: str, sheet_name: str) -> str:
    """The heading of the page that asks."""
    titles = {
        "insert": _("Insert a provision"),
        "split": _("Split %(article)s"),
        "merge": _("Merge %(article)s with the one behind it"),
        "move": _("Move %(article)s"),
        "remove": _("Remove %(article)s from the text"),
        "reinstate": _("Put %(article)s back into the text"),
        "renumber": _("Number the draft anew"),
    }
    return titles[name] % {"article": sheet_name} if "%(article)s" in titles[name] else titles[name]


def show_form(request: PersonRequest, document: Document, form: ActForm, *, status: int = 200) -> HttpResponse:
    """The questions of one act; in a dialog when htmx asks."""
    sheet = provision_of(document, form)
    context = {
        "document": document,
        "form": form,
        "provision": sheet,
        "merged": sheet and sheet.is_removed and any(one.is_merged for one in removals([sheet])),
        "title": title_words(form.name, str(sheet or "")),
    }
    template = "drafts/_restructuring_form.html" if request.htmx else "drafts/restructuring.html"
    return render(request, template, context, status=status)


def provision_of(document: Document, form: ActForm) -> Provision | None:
    """The provision the act is about; 404 when the document has none such."""
    if "wid" not in form.fields:
        return None
    return get_object_or_404(document.provisions, wid=uuid_of(form["wid"].value()))


def show_plan(
    request: PersonRequest, document: Document, form: ActForm, planned: Plan, *, status: int = 200
) -> HttpResponse:
    """What the act would do: numbers, citations one by one, and what nobody but a person can mend."""
    changes = planned.changes
    lost = planned.following.lost
    sheet = provision_of(document, form)
    ticked = set(request.POST.getlist("follow")) if "seen" in request.POST else None
    context = {
        "document": document,
        "form": form,
        "title": title_words(form.name, str(sheet or "")),
        "hidden": [(name, value) for name, value in request.POST.items() if name in form.fields and name != "reason"],
        "seen": planned.seen,
        "is_stale": status == 409,
        "renumbered": [change for change in changes if change.is_renumbered],
        "dropped": [
            (change, planned.successor_of(change.sheet))
            for change in changes
            if change.fate is Fate.DROPPED and change.sheet.kind in RANK
        ],
        "replacements": [
            {"one": one, "is_ticked": ticked is None or one.key in ticked} for one in planned.following.replacements
        ],
        "lost": [one for one in lost if one.loss is not Loss.BROKEN or one.misleads],
        "broken": [one for one in lost if one.loss is Loss.BROKEN and not one.misleads],
        "mark": OLD if planned.following.marks else "",
        "citations": ngettext(
            "%(count)s citation follows", "%(count)s citations follow", len(planned.following.replacements)
        )
        % {"count": len(planned.following.replacements)},
    }
    return render(request, "drafts/restructuring_preview.html", context, status=status)
