"""Saying what one thinks of a draft: comments, their wording, their attachments, and talk under them."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import UUIDField
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import retarget, trigger_client_event

from accounts.models import User
from accounts.requests import PersonRequest
from comments import agreeing, services
from comments.access import get_attachment_for, get_comment_for, may, sees_who_agrees
from comments.answer_forms import AllotmentForm, NoteForm
from comments.chain import links_to
from comments.consolidation import attach_carried_out
from comments.files import PDF
from comments.forms import LONGEST, CommentForm, ReplyForm, RewordingForm, new_comment
from comments.leaves import is_commentable, name_of
from comments.models import Comment, Proposal, Reopening, Response
from comments.reading import ReadingPage
from comments.repeating import drafts_to_repeat_on, may_repeat, same_elsewhere
from comments.standing import Standing, latest_edition
from comments.views.places import application_url
from config.errors import RuleBrokenError
from config.parameters import number_in
from drafts.access import get_document_for
from drafts.anchors import page_name, unique_anchors
from drafts.comparison import row_about
from drafts.models import Document, Edition
from drafts.photographs import edition_text
from drafts.texts import Sheet

INLINE = {PDF, "image/png", "image/jpeg", "image/webp"}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """A comment on an article (``?wid=…&clause=…``) or on the whole draft; htmx gets the box beside the text."""
    document = get_document_for(request.user, "comment", pk=pk)
    standing = latest_edition(document)
    if standing is None or standing.edition is None:
        raise RuleBrokenError(_("No edition has been issued yet; there is nothing to comment on."))
    sheet = _sheet_asked_for(request, standing)
    said: list[Comment] = []
    if "agree_with" in request.POST:
        return _agree_instead(request, document, standing, sheet)
    if request.method == "POST":
        form = CommentForm(request.POST, request.FILES, author=request.user, sheet=sheet, on=standing.edition)
        said = _said_already(request, document, form, sheet=sheet) if form.is_valid() else []
        comment = _send(form, standing, sheet=sheet, by=request.user) if form.is_valid() and not said else None
        if comment is not None:
            return _sent(request, document, standing, comment, sheet, said=_receipt(comment))
    else:
        start = new_comment(standing.edition, clause=request.GET.get("clause", ""), quote=request.GET.get("quote", ""))
        form = CommentForm(author=request.user, sheet=sheet, on=standing.edition, initial=start)
    context = {"document": document, "form": form, "sheet": sheet, "edition": standing.edition, "said_already": said}
    context["all_own"] = all(comment.author_id == request.user.pk for comment in said)
    context["place"] = _place_named(sheet, clause=form["clause"].value() if "clause" in form.fields else "")
    template = "comments/_compose.html" if request.htmx else "comments/comment_form.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_POST
def difference(request: PersonRequest, pk: int) -> HttpResponse:
    """How the proposed wording differs from the quoted words, while it is being written."""
    get_document_for(request.user, "comment", pk=pk)
    quote, proposed = request.POST.get("quote", "")[:LONGEST], request.POST.get("proposed_text", "")[:LONGEST]
    return render(request, "comments/_difference.html", {"quote": quote, "proposed": proposed})


@require_safe
def comment(request: PersonRequest, pk: int) -> HttpResponse:
    """One comment with all that was said about it."""
    found = get_comment_for(request.user, "read", pk=pk)
    return render(request, "comments/comment.html", comment_context(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: PersonRequest, pk: int) -> HttpResponse:
    """Reword an opinion until it is answered."""
    found = get_comment_for(request.user, "change", pk=pk)
    seen, is_stale = request.POST.get("seen", "") if request.method == "POST" else found.stamp, False
    if request.method == "POST":
        form = RewordingForm(request.POST, comment=found, auto_id=f"id_text{pk}_%s")
        if form.is_valid():
            try:
                services.edit_comment(found, by=request.user, seen=seen, **form.cleaned_data)
            except services.StaleCommentError:
                found = get_comment_for(request.user, "change", pk=pk)
                seen, is_stale = found.stamp, True
            except RuleBrokenError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Your comment was changed."))
                return _back(request, found)
    else:
        services.check_changeable(found)
        start = {"kind": found.kind, "text": found.text, "proposed_text": found.proposed_text}
        form = RewordingForm(initial=start, comment=found, auto_id=f"id_text{pk}_%s")
    context = {"comment": found, "document": found.document, "form": form, "seen": seen, "is_stale": is_stale}
    status = 409 if is_stale else 422 if form.is_bound else 200
    return render(request, "comments/text.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take an opinion back."""
    found = get_comment_for(request.user, "change", pk=pk)
    if request.method == "POST":
        services.withdraw_comment(found, by=request.user)
        messages.success(request, _("Your comment was withdrawn."))
        return redirect("comments:reader", pk=found.document_id)
    services.check_changeable(found)
    return render(request, "comments/withdrawal.html", {"comment": found, "document": found.document})


@require_POST
def replies(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something under a comment."""
    found = get_comment_for(request.user, "reply", pk=pk)
    form = ReplyForm(request.POST, auto_id=f"id_reply{pk}_%s")
    if form.is_valid():
        try:
            services.reply(found, by=request.user, **form.cleaned_data)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return _back(request, found)
    return render(request, "comments/comment.html", comment_context(request, found) | {"form": form}, status=422)


@require_safe
def attachment(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file that came with a comment: pictures and PDF open in the browser, everything else is downloaded.

    Whatever is in the file, it runs nothing here: the browser may not guess its type and gives it no rights.
    """
    found = get_attachment_for(request.user, pk=pk)
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file,
        content_type=found.content_type,
        as_attachment=found.content_type not in INLINE,
        filename=found.name,
    )
    # A browser's own PDF viewer does not start in a sandbox, and runs nothing of the file's with our rights. Our own
    # pages show it in a frame.
    if found.content_type == PDF:
        response["Content-Security-Policy"] = "frame-ancestors 'self'"
        response["X-Frame-Options"] = "SAMEORIGIN"
    else:
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _sheet_asked_for(request: PersonRequest, standing: Standing) -> Sheet | None:
    """The provision named by ``?wid=``; None for the whole draft, and for words typed about what is gone meanwhile."""
    if not request.GET.get("wid"):
        return None
    try:
        wid = UUIDField().clean(request.GET["wid"])
    except ValidationError:
        raise Http404 from None
    sheet = standing.text.find(wid)
    if sheet is not None and is_commentable(sheet):
        return sheet
    if request.method == "POST":
        return None
    raise Http404


def _place_named(sheet: Sheet | None, *, clause: str | None) -> str:
    """``khoản 3 Điều 8``, from small to large."""
    return " ".join(part for part in (clause, name_of(sheet)) if part) if sheet else ""


def _send(form: CommentForm, standing: Standing, *, sheet: Sheet | None, by: User) -> Comment | None:
    """Store the opinion; None when the form now says why it could not be."""
    assert standing.edition is not None
    data = form.cleaned_data
    try:
        stored = services.add_comment(
            standing.edition,
            by=by,
            key=data["key"],
            kind=data["kind"],
            text=data["text"],
            sheet=sheet,
            selection=form.selection,
            clause=data.get("clause", ""),
            proposed_text=data.get("proposed_text", ""),
            on_behalf_of=form.unit,
            contribution=form.contribution,
            files=data["attachments"],
        )
        return _as_last_written(stored, data, by=by)
    except RuleBrokenError as error:
        form.add_error(None, str(error))
        return None


def _receipt(comment: Comment) -> str:
    """What the author is told at once: where it went, and as which number it arrived when."""
    return render_to_string("comments/_receipt.txt", {"comment": comment}).strip()


def _as_last_written(stored: Comment, data: dict[str, Any], *, by: User) -> Comment:
    """The answer to an earlier sending may have been lost and the words changed since: the last ones count."""
    typed = services.typed(data["text"]), services.typed(data.get("proposed_text", "")), data["kind"]
    if (stored.text, stored.proposed_text, stored.kind) == typed:
        return stored
    return services.edit_comment(stored, by=by, kind=typed[2], text=typed[0], proposed_text=typed[1])


def _said_already(
    request: PersonRequest, document: Document, form: CommentForm, *, sheet: Sheet | None
) -> list[Comment]:
    """What was said of it; nothing where the author knows, or where the comment has arrived before."""
    data = form.cleaned_data
    if request.POST.get("is_new") or Comment.objects.filter(author=request.user, key=data["key"]).exists():
        return []
    words = {"text": data["text"], "quote": data.get("quote", ""), "proposed_text": data.get("proposed_text", "")}
    said = agreeing.said_already(document, by=request.user, sheet=sheet, **words)
    if request.FILES:  # "See the file" twice, with another file
        return [comment for comment in said if comment.author_id != request.user.pk]
    return said


def _agree_instead(request: PersonRequest, document: Document, standing: Standing, sheet: Sheet | None) -> HttpResponse:
    """The person agrees with what was said already; what they typed is not sent."""
    agree_with = number_in(request.POST["agree_with"])
    if agree_with is None:
        raise Http404
    comment = get_comment_for(request.user, "agree", pk=agree_with)
    if comment.document != document:
        raise Http404
    agreeing.agree(comment, by=request.user)
    settled = "?" + urlencode({"settled": request.POST.get("key", "")})  # what was typed need not be kept any longer
    said = _("You agree with the comment.")
    return _sent(request, document, standing, comment, sheet, said=said, query=settled)


def _sent(
    request: PersonRequest,
    document: Document,
    standing: Standing,
    comment: Comment,
    sheet: Sheet | None,
    *,
    said: str,
    query: str = "",
) -> HttpResponse:
    """Back to the place in the text; htmx gets the article with the new note and mark in it."""
    if not request.htmx:
        messages.success(request, said)
        return redirect(f"{reverse('comments:reader', args=[document.pk])}{query}#comment-{comment.pk}")
    page = ReadingPage(document, user=request.user, standing=standing, only=sheet)
    response = render(request, "comments/_sent.html", {"page": page, "document": document, "sheet": sheet})
    target = page.leaves[0].anchor if sheet else "general"
    trigger_client_event(response, "app:sent", {"comment": f"comment-{comment.pk}"})
    trigger_client_event(response, "app:toast", {"text": said})
    return retarget(response, f'[id="{target}"]')


def _back(request: PersonRequest, comment: Comment) -> HttpResponse:
    return redirect(f"{reverse('comments:comment', args=[comment.pk])}")


def comment_context(request: PersonRequest, comment: Comment) -> dict[str, object]:
    """The page of one comment; a form that was refused goes in its place in it."""
    may_change = may(request.user, "change", comment) and not comment.is_answered and not comment.is_withdrawn
    may_reply = may(request.user, "reply", comment) and not comment.is_withdrawn
    sheet, place_url = _place_in_edition(comment)
    attach_carried_out([comment])
    replies = list(comment.replies.select_related("author__unit"))
    may_answer = may(request.user, "answer", comment) and not comment.is_withdrawn
    aside = _for_drafters(comment) if may_answer else {}
    return aside | {
        "comment": comment,
        "document": comment.document,
        "sheet": sheet,
        "place_url": place_url,
        "may_answer": may_answer,
        "may_confirm": not comment.is_withdrawn
        and comment.confirmed_at is None
        and bool(may(request.user, "confirm", comment)),
        "agreed": _agreements(request.user, comment),
        "withdrawal_reason": _reason_of_withdrawal(comment),
        "may_contest": bool(may(request.user, "contest", comment)) and comment.is_answered,
        "reopening": Reopening.objects.filter(comment=comment).select_related("by", "ruled_by").first(),
        "text_now": _text_now(comment, sheet),
        "application_url": application_url(comment),
        "comparison_row": row_about(comment.provision) if comment.provision and comment.is_answered else None,
        "replies": replies,
        "sent_keys": " ".join(str(reply.key) for reply in replies if reply.author_id == request.user.pk),
        "may_change": may_change,
        "may_repeat": bool(may_repeat(request.user, comment))
        and not (comment.is_withdrawn or comment.is_with_unit)
        and drafts_to_repeat_on(request.user, comment).exists(),
        "conclusions": links_to(comment, user=request.user),
        "same": same_elsewhere([comment], user=request.user).get(comment.pk, []),
        "form": ReplyForm(initial={"key": uuid.uuid4()}, auto_id=f"id_reply{comment.pk}_%s") if may_reply else None,
    }


def _for_drafters(comment: Comment) -> dict[str, object]:
    """What commenters never see: the proposed answer, the notes, who is to answer, and the versions of the answer."""
    return {
        "proposal": Proposal.objects.filter(comment=comment).select_related("by", "approved_by").first(),
        "notes": list(comment.notes.select_related("author")),
        "note_form": NoteForm(initial={"key": uuid.uuid4()}, auto_id=f"id_note{comment.pk}_%s"),
        "allotment_form": AllotmentForm(
            document=comment.document, initial={"answerer": comment.answerer_id, "answer_by": comment.answer_by}
        ),
        "answers": list(Response.history.filter(comment=comment).select_related("by").order_by("-history_id")),
    }


def _agreements(user: User, comment: Comment) -> dict[str, object]:
    """How many agree, who where the person may know, and whether the person may agree or does."""
    people = [agreement.user for agreement in comment.agreements.select_related("user__unit")]
    return {
        "count": len(people),
        "people": people if people and sees_who_agrees(user, comment) else [],
        "is_mine": user in people,
        "is_possible": bool(may(user, "agree", comment)) and not comment.is_withdrawn,
    }


def _reason_of_withdrawal(comment: Comment) -> str:
    """Why it was taken back, where a reason was given."""
    if not comment.is_withdrawn:
        return ""
    return comment.history.order_by("-history_id").values_list("operation__reason", flat=True).first() or ""


def _text_now(comment: Comment, then: Sheet | None) -> tuple[Edition, Sheet | None] | None:
    """The newest edition and the article in it, where that is not the one the comment was made on."""
    newest = comment.document.editions.standing().first()
    if newest is None or then is None or newest.number <= comment.edition.number or not comment.is_answered:
        return None
    return newest, edition_text(newest).find(then.wid)


def _place_in_edition(comment: Comment) -> tuple[Sheet | None, str]:
    """The provision as the author read it, and its page where the present reader may open that edition."""
    text = edition_text(comment.edition)
    sheet = next((sheet for sheet in text if sheet.pk == comment.provision_id), None)
    if sheet is None:
        return None, ""
    name = page_name(sheet, unique_anchors(text)[sheet.wid])
    address = reverse("comments:article", args=[comment.document_id, name])
    is_readable = "read_working" in comment.document.abilities or not comment.edition.is_recalled
    return sheet, f"{address}?edition={comment.edition.number}" if is_readable else ""
