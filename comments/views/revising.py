"""Writing an article: its text, the comments the revision takes in, and the merge when somebody was faster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import PersonRequest
from comments import revising as services
from comments.at_hand import AtHand
from comments.editor_forms import TakingInForm
from comments.services import StaleAnswerError
from comments.views.editor import (
    Notice,
    as_it_stands,
    editor_form,
    has_edition,
    normalised,
    revisable,
    show_editor,
    taking_in_form,
    text_context,
    written,
)
from comments.views.saying import say_what_was_saved
from config.errors import RuleBrokenError
from drafts import presence
from drafts.forms import MergeForm, RevisionForm
from drafts.merging import Change, Choice, Piece
from drafts.models import Provision
from drafts.queries import version_of
from drafts.reconciling import Reconciliation
from drafts.services import StaleTextError
from drafts.views.pieces import shown as shown_piece
from drafts.views.places import working_place

SENT_SECONDS = 14 * 24 * 3600
"""As long as the browser keeps unsent text: afterwards nobody asks whether it was sent."""


@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """Rewrite a provision on top of the version the editor started from, and answer what the revision takes in."""
    provision = revisable(request, pk=pk, wid=wid)
    if request.method != "POST":
        at_hand = AtHand(provision, user=request.user)
        form = editor_form(provision, as_it_stands(provision))
        return show_editor(request, provision, form, at_hand=at_hand, taking_in=taking_in_form(at_hand), is_first=True)
    at_hand = AtHand(provision, user=request.user, text=normalised(request.POST.get("text")))
    taking_in = TakingInForm(request.POST, opinions=at_hand.to_decide)
    reason_required = has_edition(provision) and not taking_in.ticked
    form = RevisionForm(request.POST, reason_required=reason_required, has_text=bool(provision.text))
    if not (form.is_valid() & taking_in.is_valid()):
        return show_editor(request, provision, form, at_hand=at_hand, taking_in=taking_in, status=422)
    said = form.cleaned_data | {"reason": form.cleaned_data["reason"] or taking_in.reason}
    try:
        operation = services.revise_article(provision, by=request.user, taken_in=taking_in.taken_in(), **said)
    except StaleTextError as stale:
        return show_conflict(request, stale.provision, form, taking_in)
    except StaleAnswerError as stale:
        form.add_error(None, str(stale))
        at_hand = AtHand(provision, user=request.user, text=at_hand.text)
        taking_in = TakingInForm(request.POST, opinions=at_hand.to_decide)
        taking_in.look_again()
        return show_editor(request, provision, form, at_hand=at_hand, taking_in=taking_in, status=409)
    except RuleBrokenError as refused:
        form.add_error(None, str(refused))
        return show_editor(request, provision, form, at_hand=at_hand, taking_in=taking_in, status=422)
    say_what_was_saved(request, provision, operation, taken_in=taking_in.ticked)
    return saved(request, provision)


@require_POST
def structure(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """What follows the text as typed: outline, marks, changes; stores nothing. Without htmx the whole editor."""
    provision = revisable(request, pk=pk, wid=wid)
    at_hand = AtHand(provision, user=request.user, text=normalised(request.POST.get("text")))
    if request.htmx:
        return render(request, "comments/_written.html", text_context(provision, at_hand))
    form = editor_form(provision, written(request, provision))
    return show_editor(request, provision, form, at_hand=at_hand, taking_in=taking_in_form(at_hand, request.POST))


@require_POST
def merge(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """Bring two texts together as chosen, and show the result in the editor before it is saved."""
    provision = revisable(request, pk=pk, wid=wid)
    form = MergeForm(request.POST)
    if not form.is_valid():
        raise RuleBrokenError(_("The two texts could not be brought together: open the article again."))
    theirs_version = form.cleaned_data["theirs_version"]
    both = reconciled(provision, form.cleaned_data, theirs_version=theirs_version)
    form = MergeForm(request.POST)
    form.ask(len(both.questions))
    if not form.is_valid():
        taking_in = taking_in_form(AtHand(provision, user=request.user), request.POST)
        return render_conflict(request, provision, both, form, taking_in, status=422)
    heading, text = both.merged(form.choices())
    at_hand = AtHand(provision, user=request.user, text=text)
    merged = {
        "heading": heading,
        "text": text,
        "reason": form.cleaned_data["reason"],
        "base_version": theirs_version,
    }
    theirs = version_of(provision, theirs_version)
    assert theirs is not None, "it was brought together with"
    together = _(
        "Your text and version %(number)s by %(who)s stand together below. Nothing is saved yet: read it, then save."
    )
    notice = Notice("warning", together % {"number": theirs.version, "who": theirs.operation.by})
    return show_editor(
        request,
        provision,
        editor_form(provision, merged),
        at_hand=at_hand,
        taking_in=taking_in_form(at_hand, request.POST),
        notices=[notice],
    )


def saved(request: PersonRequest, provision: Provision) -> HttpResponse:
    """Back to the text, or on in the editor; the browser learns that it need not keep its copy."""
    editor = reverse("comments:revision", args=[provision.document_id, provision.wid])
    goes_on = "go_on" in request.POST
    if not goes_on:
        presence.leave(provision, by=request.user)
    response = redirect(editor if goes_on else working_place(provision))
    sender = str(request.user.pk)
    response.set_cookie("sent", sender, max_age=SENT_SECONDS, path=editor, samesite="Lax", httponly=True)
    return response


def show_conflict(
    request: PersonRequest, provision: Provision, refused: RevisionForm, taking_in: TakingInForm
) -> HttpResponse:
    """409: mine and theirs, and how they come together. Nothing typed is lost, nothing is overwritten."""
    both = reconciled(provision, refused.cleaned_data, theirs_version=provision.version)
    form = MergeForm(initial=refused.cleaned_data | {"theirs_version": provision.version})
    form.ask(len(both.questions))
    return render_conflict(request, provision, both, form, taking_in, status=409)


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
    request: PersonRequest,
    provision: Provision,
    both: Reconciliation,
    form: MergeForm,
    taking_in: TakingInForm,
    *,
    status: int,
) -> HttpResponse:
    """A clean merge can be saved from the page; conflicts are decided there, piece by piece."""
    questions = iter(form.choice_fields())
    theirs = version_of(provision, form["theirs_version"].value())
    assert theirs is not None, "it was brought together with"
    context = {
        "document": provision.document,
        "provision": provision,
        "theirs": theirs,
        "heading_pieces": shown(both.heading.pieces, questions),
        "pieces": shown(both.text.pieces, questions),
        "question_count": len(both.questions),
        "sides": _sides(both.text.changes, theirs.operation.by),
        "form": form,
        "taking_in": taking_in,
    }
    if not both.questions:
        heading, text = both.merged([])
        merged = {
            "heading": heading,
            "text": text,
            "reason": form["reason"].value(),
            "base_version": form["theirs_version"].value(),
        }
        reason_required = has_edition(provision) and not taking_in.ticked
        context["merged_form"] = RevisionForm(initial=merged, reason_required=reason_required)
    return render(request, "comments/conflict.html", context, status=status)


def _sides(changes: Sequence[Change], other: User) -> list[dict[str, Any]]:
    """Who changed what without contradicting the other, a link to the first change at each place."""
    made_by = {
        Choice.THEIRS: _("%(who)s changed:") % {"who": other},
        Choice.MINE: _("You changed:"),
        Choice.BOTH: _("Both changed alike:"),
    }
    firsts = {side: {c.label: c for c in reversed(changes) if c.by is side} for side in made_by}
    return [
        {"made_by": made_by[side], "changes": sorted(found.values(), key=lambda change: change.place)}
        for side, found in firsts.items()
        if found
    ]


def shown(pieces: Sequence[Piece], questions: Iterator[BoundField]) -> list[dict[str, Any]]:
    """Pieces for the page: kind, texts, and the question where both sides changed something."""
    return [shown_piece(piece, questions) for piece in pieces]
