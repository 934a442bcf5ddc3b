"""The stages a document passes through: what the office calls them, who acts next, and issuing it for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary, photographs, telling
from drafts.gates import gaps_of, is_upward
from drafts.models import Document, Operation, StageChange, StageName
from drafts.services import IncompleteError
from drafts.texts import clean

Stage = Document.Stage
Kind = Operation.Kind

COURSE = (
    Stage.DRAFTING,
    Stage.CONSULTING,
    Stage.TAKING_IN,
    Stage.APPRAISAL,
    Stage.PERMANENT_MEMBERS,
    Stage.STANDING_COMMITTEE,
    Stage.EXECUTIVE_COMMITTEE,
    Stage.ISSUED,
)
"""The usual way; a document may be returned from anywhere, and some skip a stage."""

_NEXT = {
    Stage.CONSULTING: gettext_lazy("those asked for their opinion"),
    Stage.APPRAISAL: gettext_lazy("the office that appraises it"),
    Stage.PERMANENT_MEMBERS: gettext_lazy("the permanent members"),
    Stage.STANDING_COMMITTEE: gettext_lazy("the standing committee"),
    Stage.EXECUTIVE_COMMITTEE: gettext_lazy("the executive committee"),
}


@dataclass(frozen=True)
class Step:
    """One stage on the line: ``state`` is done, here or ahead."""

    stage: str
    name: str
    state: str


def stage_names() -> dict[str, str]:
    """Every stage as the office calls it, as it begins a line. One query."""
    own = dict(StageName.objects.values_list("stage", "name"))
    return {value: capfirst(own.get(value) or str(label)) for value, label in Stage.choices}


def line_of(document: Document, *, names: Mapping[str, str]) -> list[Step]:
    """The course with where the document stands; one that was returned stands at drafting."""
    at = Stage.DRAFTING if document.stage == Stage.RETURNED else Stage(document.stage)
    place = COURSE.index(at)
    states = ["done" if number < place else "here" if number == place else "ahead" for number in range(len(COURSE))]
    if document.stage == Stage.ISSUED:
        states[-1] = "done"
    return [Step(stage.value, names[stage.value], state) for stage, state in zip(COURSE, states, strict=True)]


def who_acts_next(document: Document) -> str:
    """Whose turn it is; nobody's when it was issued."""
    if document.stage == Stage.ISSUED:
        return ""
    if document.stage in _NEXT:
        return str(_NEXT[Stage(document.stage)])
    return document.drafting_unit.name if document.drafting_unit else _("the drafting unit")


@transaction.atomic
def issue(document: Document, *, by: User, symbol: str, issued_on: dt.date, in_force_on: dt.date) -> Operation:
    """Issue it with number and date: the text is closed from now on, and what it replaces is replaced.

    What is issued is the newest edition: while the working text differs from it, an edition is issued first. A draft
    that nobody has submitted must be complete.

    Locks the document, then its provisions, as ``restructuring.locked`` does: whoever is saving an article is waited
    for, and their text seen; whoever saves later finds the document issued.
    """
    document = (
        Document.objects.select_for_update(no_key=True, of=("self",)).select_related("predecessor").get(pk=document.pk)
    )
    list(document.provisions.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    if document.stage == Stage.ISSUED:
        raise RuleBrokenError(_("The document was issued already."))
    if not clean(symbol):
        raise RuleBrokenError(_("Give the number and symbol, as 01-QC/TU."))
    if in_force_on < issued_on:
        raise RuleBrokenError(_("It cannot be in force before it is issued."))
    newest = document.editions.standing().first()
    if newest is None or photographs.edition_text(newest) != photographs.working_text(document):
        raise RuleBrokenError(_("The working text differs from the newest edition. Issue an edition first."))
    if is_upward(document, Stage.APPRAISAL) and (gaps := gaps_of(document)):
        raise IncompleteError(gaps)
    operation = diary.start(Kind.STAGED, by=by, document=document)
    facts = {"symbol": clean(symbol), "issued_on": issued_on, "in_force_on": in_force_on}
    diary.change(operation, document, stage=Stage.ISSUED, **facts)
    StageChange.objects.create(document=document, operation=operation, stage=Stage.ISSUED)
    telling.of_stage(document, operation)
    if document.predecessor is not None and document.predecessor.replaced_on is None:
        diary.change(operation, document.predecessor, replaced_on=in_force_on)
    return operation


@transaction.atomic
def take_issue_back(document: Document, *, by: User, stage: str, reason: str) -> Operation:
    """It was issued by mistake: number and dates go, what it replaced is in force again, the text is open."""
    document = Document.objects.select_for_update(of=("self",)).select_related("predecessor").get(pk=document.pk)
    if document.stage != Stage.ISSUED:
        raise RuleBrokenError(_("The document has not been issued."))
    if not reason.strip():
        raise RuleBrokenError(_("Say why the issue is taken back: it stands on the record."))
    operation = diary.start(Kind.STAGED, by=by, document=document, reason=reason.strip())
    in_force_on = document.in_force_on
    diary.change(operation, document, stage=stage, symbol="", issued_on=None, in_force_on=None)
    StageChange.objects.create(document=document, operation=operation, stage=stage)
    telling.of_stage(document, operation)
    if document.predecessor is not None and document.predecessor.replaced_on == in_force_on:
        diary.change(operation, document.predecessor, replaced_on=None)
    return operation


@transaction.atomic
def name_stages(names: Mapping[str, str], *, by: User) -> None:
    """What the office calls them; an empty name gives back the usual one."""
    held = {row.stage: row for row in StageName.objects.select_for_update()}
    usual = {value: str(label) for value, label in Stage.choices}
    wanted = {
        stage: clean(name)[:80]
        for stage, name in names.items()
        if stage in usual and clean(name) and clean(name).lower() != usual[stage].lower()
    }
    gone = [row for stage, row in held.items() if stage not in wanted]
    changed = [row for stage, row in held.items() if stage in wanted and row.name != wanted[stage]]
    new = [StageName(stage=stage, name=name) for stage, name in wanted.items() if stage not in held]
    if not gone and not changed and not new:
        return
    operation = diary.start(Kind.ARRANGED_PAPERS, by=by)
    for row in changed:
        row.name = wanted[row.stage]
    diary.remove(operation, gone)
    diary.keep(operation, changed, ["name"])
    diary.add(operation, new)


def since(document: Document) -> dt.date | None:
    """Since when it stands where it stands. One query."""
    change = document.stage_changes.select_related("operation").first()
    return timezone.localdate(change.operation.at) if change else None
