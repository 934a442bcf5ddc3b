"""Proposed wording in one click: into the text in the editor, or straight into the article with the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from comments import proposing
from comments import revising as services
from comments.access import get_comment_for
from comments.answer_forms import seen_of
from comments.at_hand import AtHand, Opinion
from comments.editor_forms import ApplicationForm, PlacingForm, ProposalChoices, reason_of
from comments.models import Comment
from comments.proposing import Outlook, State
from comments.revising import TakenIn
from comments.services import StaleAnswerError
from comments.views.editor import (
    Notice,
    changed_lines,
    editor_form,
    normalised,
    revisable,
    show_editor,
    taking_in_form,
    written,
)
from comments.views.revising import shown
from comments.views.saying import say_what_was_saved, sentence_of
from config.errors import RuleBrokenError
from drafts.merging import Choice, Merge, Piece, Resolved, Same
from drafts.models import Operation, Provision
from drafts.services import StaleTextError


@require_POST
def proposal(request: PersonRequest, pk: int, wid: UUID) -> HttpResponse:
    """Put a comment's proposed wording into the text as typed, and tick the comment; stores nothing."""
    provision = revisable(request, pk=pk, wid=wid)
    at_hand = AtHand(provision, user=request.user, text=normalised(request.POST.get("text")))
    form = PlacingForm(request.POST)
    opinion = next((o for o in at_hand.to_decide if str(o.comment.pk) == request.POST.get("apply")), None)
    if not form.is_valid() or opinion is None or opinion.outlook is None:
        raise RuleBrokenError(_("There is no proposed wording to apply: it was answered or changed meanwhile."))
    look = opinion.outlook
    text = at_hand.text
    if look.can_be_applied:
        form = PlacingForm(request.POST)
        form.ask(len(look.merge.conflicts))
        if not form.is_valid():
            return _ask(request, provision, opinion, form, at_hand, is_first="choice_1" not in request.POST)
        text = look.merge.text_with(form.choices())
    after = AtHand(provision, user=request.user, text=text)
    said = request.POST.dict()
    if look.can_be_applied or look.state is State.DONE:
        said[f"take_{opinion.comment.pk}"] = "on"
    taking_in = taking_in_form(after, said)
    offered_before = taking_in_form(after, request.POST).reason
    own_reason = normalised(said.get("reason")).strip()
    reason = taking_in.reason if own_reason in ("", offered_before) else own_reason
    return show_editor(
        request,
        provision,
        editor_form(provision, written(request, provision) | {"text": text, "reason": reason}),
        at_hand=after,
        taking_in=taking_in,
        notices=[notice_of(look), *_what_it_did(at_hand, after, opinion)],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """Look at what a proposal makes of the article, then save it there and answer the comment in one act."""
    comment = get_comment_for(request.user, "answer", pk=pk)
    provision = applicable_to(comment)
    at_hand = AtHand(provision, user=request.user)
    opinion = next((opinion for opinion in at_hand.to_decide if opinion.comment.pk == pk), None)
    if opinion is None:
        raise RuleBrokenError(_("The comment is answered already; its answer can be changed."))
    look = opinion.outlook
    if look is None:
        raise Http404
    questions = len(look.merge.conflicts) if look.can_be_applied else 0
    if request.method != "POST":
        form = _application_form(comment, provision, questions=questions)
        return _show(request, opinion, form, at_hand)
    form = ApplicationForm(request.POST, comment=comment, questions=questions)
    if not look.can_be_applied:
        form.add_error(None, notice_of(look).text)
    if form.is_valid():
        try:
            operation = _apply(form, opinion, provision, request)
        except StaleTextError:
            newer = _(
                "Somebody saved the article meanwhile. Nothing was overwritten: look at the change again, then save."
            )
            return _look_again(request, comment, form, newer)
        except StaleAnswerError as stale:
            return _look_again(request, comment, form, str(stale))
        except RuleBrokenError as refused:
            form.add_error(None, str(refused))
        else:
            say_what_was_saved(request, provision, operation, taken_in=[pk])
            return redirect(reverse("comments:comment", args=[pk]) + "#answer")
    return _show(request, opinion, form, at_hand, status=422)


def applicable_to(comment: Comment) -> Provision:
    """The article whose words the comment proposes to change, as it stands now."""
    if comment.is_withdrawn:
        raise RuleBrokenError(_("This comment was withdrawn."))
    if comment.provision is None or not comment.proposed_text:
        raise Http404
    if comment.provision.is_removed:
        raise RuleBrokenError(_("This article is no longer in the text."))
    comment.provision.document = comment.document
    return comment.provision


def notice_of(look: Outlook) -> Notice:
    """What the proposal came to in the text."""
    number = {"number": look.key}
    if look.state is State.APPLICABLE:
        return Notice(
            "done", _("The wording of comment %(number)s stands in the text below; save it.") % number, "check"
        )
    if look.state is State.MERGE:
        return Notice(
            "warning",
            _("The wording of comment %(number)s was brought together with what was written since: read it, then save.")
            % number,
        )
    if look.state is State.DONE:
        return Notice("info", _("The text says already what comment %(number)s proposes.") % number, "check")
    if look.state is State.GONE:
        said = _("The words of comment %(number)s do not stand in the article any more: put its wording in by hand.")
    elif look.state is State.UNCERTAIN:
        said = _("Where the words of comment %(number)s stand now is not certain: put its wording in by hand.")
    else:
        said = _("Comment %(number)s names no words that its wording replaces: put it in by hand.")
    return Notice("warning", said % number, "alert")


def _what_it_did(before: AtHand, after: AtHand, applied: Opinion) -> list[Notice]:
    """What applying one proposal did to the others that are still to be decided."""
    others = before.undecided - {applied.comment.pk}
    looks = [look for look in before.outlooks(before.text) if look.key in others]
    effects = proposing.effects(looks, after.outlooks(after.text))
    return [Notice("warning", sentence_of(effect), "alert") for effect in effects]


def on_present(pieces: Merge, questions: Iterator[BoundField]) -> list[dict[str, Any]]:
    """The pieces against the text as it stands now: what others changed since is not shown as a change."""
    return shown([_as_present(piece) for piece in pieces.pieces], questions)


def _as_present(piece: Piece) -> Piece:
    if isinstance(piece, Resolved) and piece.by is not Choice.MINE:
        return Same(piece.text)
    return piece


def _apply(form: ApplicationForm, opinion: Opinion, provision: Provision, request: PersonRequest) -> Operation | None:
    assert opinion.outlook is not None
    said = form.cleaned_data
    if provision.version != said["base_version"]:
        raise StaleTextError(provision)
    answer = {name: said[name] for name in ("outcome", "explanation") if name in said}
    seen = seen_of(request.POST, [opinion.comment])[opinion.comment.pk]
    return services.revise_article(
        provision,
        by=request.user,
        base_version=said["base_version"],
        heading=provision.heading,
        text=opinion.outlook.merge.text_with(form.choices()),
        reason=said["reason"],
        taken_in=[TakenIn(opinion.comment, seen=seen, **answer)],
    )


def _application_form(comment: Comment, provision: Provision, *, questions: int) -> ApplicationForm:
    start = {"base_version": provision.version, "reason": reason_of([comment])}
    return ApplicationForm(initial=start, comment=comment, questions=questions)


def _look_again(request: PersonRequest, comment: Comment, sent: ApplicationForm, why: str) -> HttpResponse:
    """409: the article was saved, or an answer proposed, meanwhile. Both as they are now, with what was typed."""
    assert comment.provision is not None
    provision = Provision.objects.get(pk=comment.provision.pk)
    provision.document = comment.document
    at_hand = AtHand(provision, user=request.user)
    opinion = next((opinion for opinion in at_hand.opinions if opinion.comment.pk == comment.pk), None)
    if opinion is None or opinion.outlook is None:
        raise RuleBrokenError(_("There is no proposed wording to apply: it was answered or changed meanwhile."))
    questions = len(opinion.outlook.merge.conflicts) if opinion.outlook.can_be_applied else 0
    start = {name: value for name, value in sent.cleaned_data.items() if not name.startswith("choice_")}
    form = ApplicationForm(initial=start | {"base_version": provision.version}, comment=comment, questions=questions)
    return _show(request, opinion, form, at_hand, status=409, notices=[Notice("warning", why)])


def _show(
    request: PersonRequest,
    opinion: Opinion,
    form: ApplicationForm,
    at_hand: AtHand,
    *,
    status: int = 200,
    notices: list[Notice] | None = None,
) -> HttpResponse:
    look = opinion.outlook
    assert look is not None
    result = look.result
    questions = iter(form.choice_fields())
    context = {
        "comment": opinion.comment,
        "document": at_hand.provision.document,
        "provision": at_hand.provision,
        "opinion": opinion,
        "look": look,
        "notice": notice_of(look),
        "notices": notices or [],
        "form": form,
        "changes": changed_lines(at_hand.text, result) if result is not None else [],
        "pieces": on_present(look.merge, questions) if look.can_be_applied and result is None else [],
        "question_count": len(look.merge.conflicts) if look.can_be_applied else 0,
        "rivals": _rivals(opinion, at_hand),
        # Refused for another reason, the page still says what it showed at first.
        "seen": request.POST.get(f"seen-{opinion.comment.pk}", "") if status == 422 else opinion.comment.answer_stamp,
    }
    return render(request, "comments/application.html", context, status=status)


def _rivals(opinion: Opinion, at_hand: AtHand) -> list[dict[str, Any]]:
    """The other proposals for the same words, side by side with this one."""
    others = {other.comment.pk: other for other in at_hand.opinions}
    return [{"opinion": others[rival.key], "is_same": rival.is_same} for rival in opinion.rivals]


def _ask(
    request: PersonRequest,
    provision: Provision,
    opinion: Opinion,
    form: PlacingForm,
    at_hand: AtHand,
    *,
    is_first: bool,
) -> HttpResponse:
    """The places at which the proposal and what was written since contradict each other, to be decided one by one."""
    assert opinion.outlook is not None
    unasked: ProposalChoices = PlacingForm(initial=written(request, provision) | {"apply": opinion.comment.pk})
    unasked.ask(len(opinion.outlook.merge.conflicts))
    shown_form = unasked if is_first else form
    context = {
        "document": provision.document,
        "provision": provision,
        "comment": opinion.comment,
        "form": shown_form,
        "pieces": on_present(opinion.outlook.merge, iter(shown_form.choice_fields())),
        "question_count": len(opinion.outlook.merge.conflicts),
        "taking_in": taking_in_form(at_hand, request.POST),
    }
    return render(request, "comments/placing.html", context, status=200 if is_first else 422)
