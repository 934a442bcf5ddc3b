"""The history of a whole draft: its acts, the text as it stood, and what changed from one moment to another."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from config.parameters import number_in
from drafts.access import get_document_for, get_operation_for
from drafts.editions import TwoTexts
from drafts.models import Document, Provision
from drafts.moments import NOW, Moment, act_before, last_act_before, moment_of, text_after
from drafts.outline import outline
from drafts.timeline import ACTS_AT_ONCE, Choice, acts_of, deeds, kinds_of, people_of


@require_safe
def timeline(request: PersonRequest, pk: int) -> HttpResponse:
    """All acts on the draft, newest first: by person, by kind, by article; a page goes on behind ``?before=``."""
    document = get_document_for(request.user, "read_working", pk=pk)
    if request.GET.get("at"):
        return redirect_to_time(request, document)
    articles = list(
        document.provisions.order_by("position").only("document", "wid", "label", "heading", "kind", "is_removed")
    )
    choice = chosen(request, articles)
    acts = list(acts_of(document, choice)[: ACTS_AT_ONCE + 1])
    has_more = len(acts) > ACTS_AT_ONCE
    acts = acts[:ACTS_AT_ONCE]
    context = {
        "document": document,
        "deeds": deeds(acts),
        "choice": choice,
        "people": people_of(document),
        "kinds": kinds_of(document),
        "articles": articles,
        "older": acts[-1].pk if has_more else None,
        "is_filtered": bool(choice.who or choice.kind or choice.provision),
        "query": asked_query(request),
    }
    return render(request, "drafts/timeline.html", context)


@require_safe
def moment(request: PersonRequest, pk: int, operation_pk: int) -> HttpResponse:
    """The whole text as it stood right after an act."""
    document = get_document_for(request.user, "read_working", pk=pk)
    operation = get_operation_for(document, operation_pk)
    text = text_after(document, operation)
    context = {
        "document": document,
        "operation": operation,
        "before": act_before(document, operation),
        "text": text,
        "leaves": [{"sheet": sheet, "lines": outline(sheet.text)} for sheet in text],
    }
    return render(request, "drafts/moment.html", context)


@require_safe
def difference(request: PersonRequest, pk: int) -> HttpResponse:
    """What changed in the whole text from one moment to another: ``?from=edition-1&to=now``, ``act-12``."""
    document = get_document_for(request.user, "read_working", pk=pk)
    editions = list(document.editions.all())
    first = f"edition-{editions[-1].number}" if editions else NOW
    old, new = (found(document, request.GET.get(side) or usual) for side, usual in (("from", first), ("to", NOW)))
    context = {
        "document": document,
        "old": old,
        "new": new,
        "editions": editions,
        "two": TwoTexts(old.text, new.text),
    }
    return render(request, "drafts/changes.html", context)


def found(document: Document, name: str) -> Moment:
    moment = moment_of(document, name)
    if moment is None:
        raise Http404
    return moment


def chosen(request: PersonRequest, articles: list[Provision]) -> Choice:
    """The filters asked for; what cannot be is no filter."""
    asked = request.GET
    wid = as_uuid(asked.get("article", ""))
    return Choice(
        who=number_in(asked.get("who", "")),
        kind=asked.get("kind", ""),
        provision=next((row for row in articles if row.wid == wid), None),
        before=number_in(asked.get("before", "")),
    )


def asked_query(request: PersonRequest) -> str:
    """The filters again, for the link to older acts."""
    query = request.GET.copy()
    query.pop("before", None)
    return query.urlencode()


def as_uuid(words: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(words)
    except ValueError:
        return None


def time_in(words: str) -> dt.datetime:
    """A day and time, of our zone where none is said; ValueError or OverflowError for what is none."""
    when = parse_datetime(words)
    if when is None:
        raise ValueError(words)
    return (when if timezone.is_aware(when) else timezone.make_aware(when)).astimezone(dt.UTC)


def redirect_to_time(request: PersonRequest, document: Document) -> HttpResponse:
    """To the text as it stood at that time; back with a word about what is no time, or before the draft was."""
    try:
        operation = last_act_before(document, time_in(request.GET["at"]))
    except (ValueError, OverflowError):  # the calendar has a first and a last day, and they have no day beside them
        operation = None
    if operation is None:
        messages.info(request, _("The draft was not there yet at that time. Choose a later one."))
        return redirect("drafts:timeline", pk=document.pk)
    return redirect("drafts:moment", pk=document.pk, operation_pk=operation.pk)
