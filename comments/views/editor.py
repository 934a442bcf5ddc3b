"""The page of the editor, as everything that leads to it shows it: text, structure, comments at hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.requests import PersonRequest
from comments.at_hand import AtHand
from comments.editor_forms import TakingInForm
from config.errors import RuleBrokenError
from drafts import presence
from drafts.access import get_provision_for
from drafts.clauses import checked_lines
from drafts.counterparts import counterparts_of
from drafts.findings import sentence_of
from drafts.forms import RevisionForm
from drafts.importing.findings import Finding
from drafts.models import Provision
from drafts.outline import Line as OutlineLine
from drafts.queries import version_of
from drafts.views.places import working_place
from drafts.wording import Line, LineKind, difference_lines


@dataclass(frozen=True)
class Notice:
    """What happened to the text in the editor, before anything is saved."""

    kind: str
    text: str
    sign: str = "merge"


def revisable(request: PersonRequest, *, pk: int, wid: UUID) -> Provision:
    provision = get_provision_for(request.user, "draft", document_pk=pk, wid=wid)
    if provision.is_removed:
        raise RuleBrokenError(_("This article is no longer in the text."))
    return provision


def has_edition(provision: Provision) -> bool:
    """Once an edition is out, every change needs a reason."""
    return provision.document.editions.exists()


def editor_form(provision: Provision, written: Mapping[str, Any]) -> RevisionForm:
    """The editor with this in it, nothing of it checked."""
    return RevisionForm(initial=written, reason_required=has_edition(provision))


def as_it_stands(provision: Provision) -> dict[str, Any]:
    return {"heading": provision.heading, "text": provision.text, "base_version": provision.version}


def written(request: PersonRequest, provision: Provision) -> dict[str, Any]:
    """What the person has in the editor, unchecked."""
    names = ("heading", "text", "reason", "base_version")
    return {"base_version": provision.version} | {name: request.POST[name] for name in names if name in request.POST}


def taking_in_form(at_hand: AtHand, said: Mapping[str, Any] | None = None) -> TakingInForm:
    """The ticks and answers as said so far, nothing of them checked."""
    return TakingInForm(opinions=at_hand.to_decide, initial=dict((said or {}).items()))


def normalised(text: object) -> str:
    """Typed text with one kind of line end, as a browser counts its letters."""
    return "\n".join(str(text or "").splitlines())


def text_context(provision: Provision, at_hand: AtHand) -> dict[str, Any]:
    """For what follows the typing: the outline, the marks in the text, and what changed so far."""
    counts = at_hand.counts_by_line
    lines = [
        {
            "checked": line,
            "findings": [sentence_of(finding) for finding in line.findings],
            "correction": line.corrected_marker,
            "count": counts[line.number],
        }
        for line in checked_lines(at_hand.text)
    ]
    return {
        "lines": lines,
        "problem_count": sum(bool(line["findings"]) for line in lines),
        "marks": json.dumps({"comments": at_hand.marks, "problems": _problems(lines)}),
        "changes": changed_lines(provision.text, at_hand.text),
    }


def changed_lines(old: str, new: str) -> list[Line]:
    """What differs, without the lines that stayed."""
    return [line for line in difference_lines(old, new) if line.kind is not LineKind.SAME]


def _problems(lines: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Where the numbers stand that something is wrong with, and the citations that lead nowhere."""
    return [_place_of(finding, line["checked"].line) for line in lines for finding in line["checked"].findings]


def _place_of(finding: Finding, line: OutlineLine) -> tuple[int, int]:
    words = str(finding.params.get("citation", "")) or line.marker.strip() or line.raw
    start = line.offset + max(line.raw.find(words), 0)
    return start, start + len(words)


def show_editor(
    request: PersonRequest,
    provision: Provision,
    form: RevisionForm,
    *,
    at_hand: AtHand,
    taking_in: TakingInForm,
    status: int = 200,
    is_first: bool = False,
    notices: Sequence[Notice] = (),
) -> HttpResponse:
    """``is_first``: opened afresh, so that the browser may bring back text it kept."""
    presence.announce(provision, by=request.user)
    context = {
        "document": provision.document,
        "provision": provision,
        "last": version_of(provision, provision.version),
        "form": form,
        "at_hand": at_hand,
        "taking_in": taking_in,
        "to_decide": [
            {
                "opinion": opinion,
                "tick": taking_in[f"take_{opinion.comment.pk}"],
                "seen": taking_in[f"seen-{opinion.comment.pk}"] if opinion.is_open else "",
                "answer": taking_in.answers.get(opinion.comment.pk),
            }
            for opinion in at_hand.to_decide
        ],
        "old": counterparts_of(provision, user=request.user),
        "others": presence.others_at(provision, than=request.user),
        "heartbeat": presence.HEARTBEAT_SECONDS,
        "reading_url": working_place(provision),
        "is_first": is_first,
        "was_sent": is_first and request.COOKIES.get("sent") == str(request.user.pk),
        "notices": notices,
        **text_context(provision, at_hand),
    }
    response = render(request, "comments/revision.html", context, status=status)
    if context["was_sent"]:
        response.delete_cookie("sent", path=request.path, samesite="Lax")
    return response
