"""Answering a comment: taken in, taken in part, explained or noted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from accounts.requests import PersonRequest
from comments import services
from comments.access import get_comment_for
from comments.answer_forms import ResponseForm, seen_of
from comments.at_hand import AtHand
from comments.consolidation import ConsolidatedPage, Filters, attach_carried_out, attach_comparison, revisions_since
from comments.helping import phrases_for
from comments.marking import mark_lines
from comments.models import Comment, Phrase
from comments.views.places import application_url
from config.errors import RuleBrokenError
from config.parameters import number_in
from drafts.counterparts import counterparts_of


@require_http_methods(["GET", "HEAD", "POST"])
def response(request: PersonRequest, pk: int) -> HttpResponse:
    """The answer's form beside the comment and the article; htmx gets only the form, then the whole opinion."""
    comment = get_comment_for(request.user, "answer", pk=pk)
    if request.htmx and "cancel" in request.GET:
        return _opinion(request, comment)
    phrases = list(phrases_for(request.user))
    form = ResponseForm(request.POST or None, revisions=revisions_since(comment), initial=_initial(comment))
    seen = seen_of(request.POST, [comment])[comment.pk] if request.method == "POST" else comment.answer_stamp
    is_stale = False
    phrase = number_in(request.POST.get("phrase", ""))
    if phrase is not None:
        form = _with_phrase(form, comment, phrases, pk=phrase)
    elif request.method == "POST" and form.is_valid():
        try:
            services.answer_comment(comment, by=request.user, seen=seen, **form.cleaned_data)
        except services.StaleAnswerError:
            comment = get_comment_for(request.user, "answer", pk=pk)
            seen, is_stale = comment.answer_stamp, True
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return _answered(request, get_comment_for(request.user, "answer", pk=pk))
    context = {"comment": comment, "form": form, "document": comment.document, "phrases": phrases}
    context |= {"seen": seen, "is_stale": is_stale}
    context["publishes"] = services.publishes(request.user, comment.document)
    context["application_url"] = application_url(comment)
    status = 409 if is_stale else 422 if form.is_bound else 200
    if not request.htmx:
        return render(request, "comments/response.html", context | _texts(request, comment), status=status)
    partial = render(request, "comments/_response_form.html", context, status=status)
    return reswap(retarget(partial, f"#answer-comment-{comment.pk}"), "innerHTML")


def _texts(request: PersonRequest, comment: Comment) -> dict[str, object]:
    """The article as it stands now, the words of the comment marked in it, and what it replaces."""
    if comment.provision is None:
        return {}
    comment.provision.document = comment.document
    opinions = AtHand(comment.provision, user=request.user).opinions
    places = [one.fate.placement for one in opinions if one.comment == comment and one.comment.quote]
    marks = [(place.start, place.end, comment.pk) for place in places if place]
    return {
        "lines": mark_lines(comment.provision.text.split("\n"), marks),
        "old": counterparts_of(comment.provision, user=request.user),
    }


def _answered(request: PersonRequest, comment: Comment) -> HttpResponse:
    if request.htmx:
        return _opinion(request, comment)
    if comment.is_answered:
        messages.success(request, _("The answer is recorded."))
    else:
        messages.success(request, _("The answer is proposed; the head of the drafting unit approves it."))
    return redirect(reverse("comments:feedback", args=[comment.document_id]) + f"#comment-{comment.pk}")


def _opinion(request: PersonRequest, comment: Comment) -> HttpResponse:
    """The opinion as it stands now, and the page's figures with it."""
    attach_carried_out([comment])
    attach_comparison(comment, comment.document)
    context = {
        "comment": comment,
        "document": comment.document,
        "may_answer": True,
        "page": ConsolidatedPage(comment.document, user=request.user, filters=Filters()),
    }
    return render(request, "comments/_opinion_answered.html", context)


def _with_phrase(form: ResponseForm, comment: Comment, phrases: list[Phrase], *, pk: int) -> ResponseForm:
    """The form as it was filled in, the phrase behind what stands in the explanation; nothing is sent yet."""
    text = next((phrase.text for phrase in phrases if phrase.pk == pk), "")
    typed = {name: form.data.get(name, "") for name in form.fields}
    typed["explanation"] = f"{typed['explanation'].rstrip()}\n{text}".strip()
    return ResponseForm(initial=typed, revisions=revisions_since(comment))


def _initial(comment: Comment) -> dict[str, object]:
    """What stands already: the proposal, else the answer."""
    answer = comment.latest_answer
    if answer is None:
        return {}
    return {
        "outcome": answer.outcome,
        "explanation": answer.explanation,
        "carried_out_by": answer.carried_out_by_id,
    }
