"""The editor of an article: text, live structure beside it, a reason; and the merge when somebody was faster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts import services
from drafts.access import get_provision_for
from drafts.clauses import checked_lines
from drafts.findings import sentence_of
from drafts.forms import MergeForm, RevisionForm
from drafts.merging import Conflict, Piece, Resolved, Same
from drafts.models import Operation, Provision
from drafts.queries import version_of
from drafts.reconciling import Reconciliation
from drafts.views.places import working_place
from drafts.wording import difference

SENT_SECONDS = 14 * 24 * 3600
"""As long as the browser keeps unsent text: afterwards nobody asks whether it was sent."""


@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """Rewrite a provision on top of the version the editor started from."""
    provision = revisable(request, pk=pk, wid=wid)
    if request.method != "POST":
        return show_editor(request, provision, blank_form(provision), is_first=True)
    form = RevisionForm(request.POST, reason_required=has_edition(provision))
    if not form.is_valid():
        return show_editor(request, provision, form, status=422)
    try:
        operation = services.revise_article(provision, by=request.user, **form.cleaned_data)
    except services.StaleTextError as stale:
        return show_conflict(request, stale.provision, form)
    say_what_happened(request, operation, provision)
    response = redirect(working_place(provision))
    sender = str(request.user.pk)
    response.set_cookie("sent", sender, max_age=SENT_SECONDS, path=request.path, samesite="Lax", httponly=True)
    return response


@require_POST
def structure(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """The clauses and points of the text as typed; stores nothing. Without htmx the whole editor comes back."""
    provision = revisable(request, pk=pk, wid=wid)
    if request.htmx:
        return render(request, "comments/_structure.html", {"lines": outlined(request.POST.get("text", ""))})
    form = RevisionForm(initial=typed(request, provision), reason_required=has_edition(provision))
    return show_editor(request, provision, form)


@require_POST
def merge(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """Bring two texts together as chosen, and show the result in the editor before it is saved."""
    provision = revisable(request, pk=pk, wid=wid)
    form = MergeForm(request.POST)
    if not form.is_valid():
        raise RuleBrokenError(_("The two texts could not be brought together: open the article again."))
    both = reconciled(provision, form.cleaned_data, theirs_version=form.cleaned_data["theirs_version"])
    form = MergeForm(request.POST)
    form.ask(len(both.questions))
    if not form.is_valid():
        return render_conflict(request, provision, both, form, status=422)
    heading, text = both.merged(form.choices())
    merged = {
        "heading": heading,
        "text": text,
        "reason": form.cleaned_data["reason"],
        "base_version": form.cleaned_data["theirs_version"],
    }
    editor = RevisionForm(initial=merged, reason_required=has_edition(provision))
    theirs = version_of(provision, form.cleaned_data["theirs_version"])
    return show_editor(request, provision, editor, merged_with=theirs)


def revisable(request: PersonRequest, *, pk: int, wid: UUID) -> Provision:
    provision = get_provision_for(request.user, "draft", document_pk=pk, wid=wid)
    if provision.is_removed:
        raise RuleBrokenError(_("This article is no longer in the text."))
    return provision


def has_edition(provision: Provision) -> bool:
    """Once an edition is out, every change needs a reason."""
    return provision.document.editions.exists()


def blank_form(provision: Provision) -> RevisionForm:
    as_it_stands = {"heading": provision.heading, "text": provision.text, "base_version": provision.version}
    return RevisionForm(initial=as_it_stands, reason_required=has_edition(provision))


def typed(request: PersonRequest, provision: Provision) -> dict[str, Any]:
    """What the person has in the editor, unchecked."""
    names = ("heading", "text", "reason", "base_version")
    return {"base_version": provision.version} | {name: request.POST[name] for name in names if name in request.POST}


def say_what_happened(request: PersonRequest, operation: Operation | None, provision: Provision) -> None:
    if operation is None:
        messages.info(request, _("The text is already the same; nothing was changed."))
    else:
        messages.success(request, _("%(article)s has been saved.") % {"article": provision.label or provision})


def outlined(text: str) -> list[dict[str, Any]]:
    """Lines for the panel beside the text, findings in the reader's language."""
    return [
        {"checked": checked, "findings": [sentence_of(finding) for finding in checked.findings]}
        for checked in checked_lines("\n".join(text.splitlines()))
    ]


def show_editor(
    request: PersonRequest,
    provision: Provision,
    form: RevisionForm,
    *,
    status: int = 200,
    is_first: bool = False,
    merged_with: Any = None,
) -> HttpResponse:
    """``is_first``: opened afresh, so that the browser may bring back text it kept."""
    context = {
        "document": provision.document,
        "provision": provision,
        "last": version_of(provision, provision.version),
        "form": form,
        "lines": outlined(str(form["text"].value() or "")),
        "reading_url": working_place(provision),
        "is_first": is_first,
        "was_sent": is_first and request.COOKIES.get("sent") == str(request.user.pk),
        "merged_with": merged_with,
    }
    response = render(request, "comments/revision.html", context, status=status)
    if context["was_sent"]:
        response.delete_cookie("sent", path=request.path, samesite="Lax")
    return response


def show_conflict(request: PersonRequest, provision: Provision, refused: RevisionForm) -> HttpResponse:
    """409: mine and theirs, and how they come together. Nothing typed is lost, nothing is overwritten."""
    both = reconciled(provision, refused.cleaned_data, theirs_version=provision.version)
    form = MergeForm(initial=refused.cleaned_data | {"theirs_version": provision.version})
    form.ask(len(both.questions))
    return render_conflict(request, provision, both, form, status=409)


def reconciled(provision: Provision, mine: dict[str, Any], *, theirs_version: int) -> Reconciliation:
    """What the person wrote against what somebody saved, from the version both started with."""
    theirs = version_of(provision, theirs_version)
    if theirs is None:
        raise RuleBrokenError(_("The two texts could not be brought together: open the article again."))
    base = version_of(provision, mine["base_version"]) or theirs
    return Reconciliation.between(
        base=(base.heading, base.text),
        mine=(mine["heading"], mine["text"]),
        theirs=(theirs.heading, theirs.text),
    )


def render_conflict(
    request: PersonRequest, provision: Provision, both: Reconciliation, form: MergeForm, *, status: int
) -> HttpResponse:
    """A clean merge can be saved from the page; conflicts are decided there, piece by piece."""
    questions = iter(form.choice_fields())
    context = {
        "document": provision.document,
        "provision": provision,
        "theirs": version_of(provision, form["theirs_version"].value()),
        "heading_pieces": [shown(piece, questions) for piece in both.heading.pieces],
        "pieces": [shown(piece, questions) for piece in both.text.pieces],
        "question_count": len(both.questions),
        "form": form,
    }
    if not both.questions:
        heading, text = both.merged([])
        merged = {
            "heading": heading,
            "text": text,
            "reason": form["reason"].value(),
            "base_version": form["theirs_version"].value(),
        }
        context["merged_form"] = RevisionForm(initial=merged, reason_required=has_edition(provision))
    return render(request, "comments/conflict.html", context, status=status)


def shown(piece: Piece, questions: Iterator[BoundField]) -> dict[str, Any]:
    """A piece for the page: kind, texts, and its question where both sides changed it."""
    match piece:
        case Same(text):
            return {"kind": "same", "text": text}
        case Resolved(base, text, by):
            return {"kind": "resolved", "spans": difference(base, text), "by": by.value}
        case Conflict(base, mine, theirs):
            return {"kind": "conflict", "base": base, "mine": mine, "theirs": theirs, "question": next(questions)}
