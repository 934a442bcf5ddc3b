"""What looks wrong in a draft, by kind and by article, with the way to each place."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from drafts.access import get_document_for
from drafts.checks import USUAL, Draft, Finding, Kind, check
from drafts.mending import mend
from drafts.models import Document
from drafts.photographs import working_text
from drafts.views.places import undoing_place

KINDS = {
    Kind.CITATION: gettext_lazy("Citations"),
    Kind.NUMBERING: gettext_lazy("Numbering"),
    Kind.HEADING: gettext_lazy("Missing headings"),
    Kind.GAP: gettext_lazy("Begun and not there"),
    Kind.DUPLICATE: gettext_lazy("Said twice"),
    Kind.TERM: gettext_lazy("Terms"),
    Kind.ABBREVIATION: gettext_lazy("Abbreviations"),
    Kind.SENTENCE: gettext_lazy("Long sentences"),
    Kind.PUNCTUATION: gettext_lazy("Ends of points"),
    Kind.SLIP: gettext_lazy("Slips of the hand"),
    Kind.SPELLING: gettext_lazy("Mixed spelling"),
}
AROUND = 70


@require_safe
def checks(request: PersonRequest, pk: int) -> HttpResponse:
    """All findings; ``?kind=`` only one kind, ``?spelling=1`` with the two manners of placing tones."""
    document = get_document_for(request.user, "draft", pk=pk)
    draft = Draft(working_text(document))
    with_spelling = request.GET.get("spelling") == "1"
    found = check(draft.text, kinds=Kind if with_spelling else USUAL)
    numbers = Counter(one.kind for one in found)
    chosen = request.GET.get("kind", "")
    shown = [one for one in found if one.kind == chosen] if chosen in set(Kind) else found
    context = {
        "document": document,
        "groups": groups_of(draft, shown, document=document),
        "kinds": [(kind, name, numbers[kind]) for kind, name in KINDS.items() if numbers[kind]],
        "chosen": chosen if chosen in set(Kind) else "",
        "count": len(found),
        "shown_count": len(shown),
        "certain": [one.key for one in shown if one.replacement is not None],
        "with_spelling": with_spelling,
    }
    return render(request, "drafts/checks.html", context)


@require_POST
def mending(request: PersonRequest, pk: int) -> HttpResponse:
    """Apply one certain suggestion, or all that are shown."""
    document = get_document_for(request.user, "draft", pk=pk)
    operation, count = mend(document, by=request.user, keys=set(request.POST.getlist("finding")))
    said = ngettext("%(n)s suggestion has been applied.", "%(n)s suggestions have been applied.", count)
    messages.success(request, said % {"n": count}, extra_tags=undoing_place(operation))
    query = "?spelling=1" if request.POST.get("spelling") == "1" else ""
    return redirect(reverse("drafts:checks", args=[pk]) + query)


def groups_of(draft: Draft, findings: list[Finding], *, document: Document) -> list[dict[str, Any]]:
    """Findings by provision, in the order of the text."""
    groups: dict[Any, dict[str, Any]] = {}
    for finding in findings:
        sheet = draft.by_wid[finding.place.wid]
        group = groups.setdefault(sheet.wid, {"sheet": sheet, "findings": []})
        group["findings"].append(shown(draft, finding, document=document))
    return list(groups.values())


def shown(draft: Draft, finding: Finding, *, document: Document) -> dict[str, Any]:
    """One finding in the reader's language, with some words around it and the addresses of its places."""
    before, words, behind = around(draft, finding)
    return {
        "finding": finding,
        "sheet": draft.by_wid[finding.place.wid],
        "kind": KINDS[finding.kind],
        "message": _(finding.message) % finding.params,
        "suggestion": _(finding.suggestion) % finding.params if finding.suggestion else "",
        "before": before,
        "words": words,
        "behind": behind,
        "other": place_address(draft, finding, document=document) if finding.other else "",
    }


def around(draft: Draft, finding: Finding) -> tuple[str, str, str]:
    """The words in question, shortened, and what stands before and behind them in their line."""
    place = finding.place
    body = str(getattr(draft.by_wid[place.wid], place.field))
    line_start = body.rfind("\n", 0, place.start) + 1
    line_end = body.find("\n", place.end)
    before = body[line_start : place.start]
    behind = body[place.end : line_end if line_end >= 0 else len(body)]
    words = body[place.start : place.end]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(behind) > AROUND:
        behind = behind[:AROUND].rpartition(" ")[0] + "…"
    if len(words) > 4 * AROUND:
        words = f"{words[: 2 * AROUND].rpartition(' ')[0]} … {words[-AROUND:].partition(' ')[2]}"
    return before, words, behind


def place_address(draft: Draft, finding: Finding, *, document: Document) -> str:
    """The other place the finding speaks of, in the working text."""
    assert finding.other is not None
    sheet = draft.by_wid[finding.other.wid]
    return f"{reverse('comments:reader', args=[document.pk])}?text=working#{sheet.anchor}"
