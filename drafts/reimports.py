"""New Word versions of a draft: offered, looked at, decided, and taken over as one act."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import diary, photographs, sources
from drafts.importing import Component, ImportedFile, Node
from drafts.models import Document, Edition, Operation, Provision, Reimport, SourceFile
from drafts.reimporting import Answer, Choices, Plan, SentOut, closest
from drafts.restructuring import write
from drafts.services import refuse_when_issued
from drafts.texts import Sheet, Text

WORKING = "working"
"""The name of the working text among the texts a file can have been made from; editions go by their number."""


class StaleReimportError(Exception):
    """Somebody changed the draft, or the file was corrected, since the plan was looked at. Nothing was written."""


@dataclass(frozen=True)
class Look:
    """A new version as it is looked at: the plan, the file it was made of, and ``seen``, which names this state."""

    reimport: Reimport
    imported: ImportedFile
    chosen: int
    plan: Plan
    seen: str

    @property
    def component(self) -> Component:
        return self.imported.components[self.chosen]


@transaction.atomic
def offer(document: Document, source: SourceFile) -> Reimport:
    """Begin to look at a file as the new version of a draft, on top of the text it was most likely made from."""
    rows = list(document.provisions.standing())
    editions = list(document.editions.all())
    texts = [photographs.working_text(document), *map(photographs.edition_text, editions)]
    imported = sources.read_source(source)
    place = closest(texts, imported.components[likeliest(imported, texts[0])].nodes)
    return Reimport.objects.create(
        document=document,
        source=source,
        edition=editions[place - 1] if place else None,
        base_rows=_latest_history(rows),
    )


def get_reimport_for(user: User, document: Document, *, pk: int) -> Reimport:
    """The new version, for the person who uploaded it and nobody else."""
    found = Reimport.objects.select_related("source", "edition", "operation").filter(
        pk=pk, document=document, source__by=user
    )
    reimport = found.first()
    if reimport is None:
        raise Http404
    reimport.document = document
    return reimport


def look(reimport: Reimport) -> Look:
    """What the new version would change, on top of the draft as it stands now."""
    imported = sources.read_source(reimport.source)
    current = photographs.working_text(reimport.document)
    chosen = _chosen(reimport, imported, current)
    nodes = imported.components[chosen].nodes
    plan = Plan(
        base=base_text(reimport),
        current=current,
        nodes=nodes,
        choices=choices_of(reimport),
        sent_out=sent_out(reimport.document, nodes),
    )
    return Look(reimport, imported, chosen, plan, seen=_state(reimport, current))


def likeliest(imported: ImportedFile, current: Text) -> int:
    """The component of a file that is most likely the draft: it shares most titles with it, else the main one."""
    titles = {sheet.heading.casefold() for sheet in current if sheet.heading}
    shared = [len(titles & {node.heading.casefold() for node in component.nodes}) for component in imported.components]
    return shared.index(max(shared)) if any(shared) else imported.main


def base_text(reimport: Reimport) -> Text:
    """The text the file was made from."""
    if reimport.edition is not None:
        return photographs.edition_text(reimport.edition)
    rows = list(Provision.history.filter(history_id__in=reimport.base_rows).order_by("position"))
    wids = {row.id: row.wid for row in rows}
    return Text(
        title=reimport.document.title,
        sheets=tuple(
            Sheet(row.id, row.wid, row.kind, row.number, row.label, row.heading, row.text, wids.get(row.parent_id))
            for row in rows
        ),
    )


def sent_out(document: Document, nodes: Sequence[Node]) -> dict[uuid.UUID, SentOut]:
    """What provisions said when a file of our own took them out, as far as the diary knows. One query, if any."""
    marks = {uuid.UUID(node.wid): node.sha256 for node in nodes if node.wid and node.sha256}
    if not marks:
        return {}
    entries = Provision.history.filter(document=document, wid__in=marks, sha256__in=set(marks.values()))
    return {
        wid: (heading, text)
        for wid, sha256, heading, text in entries.values_list("wid", "sha256", "heading", "text")
        if marks[wid] == sha256
    }


def base_choices(document: Document) -> list[tuple[str, str]]:
    """The texts a file can have been made from, with their names."""
    editions = [(str(edition.number), edition.label) for edition in document.editions.all()]
    return [(WORKING, _("The working text when the file was uploaded")), *editions]


# Deciding


def choices_of(reimport: Reimport) -> Choices:
    """What was decided so far."""
    stored = reimport.choices
    return Choices(
        matches={key: uuid.UUID(wid) if wid else None for key, wid in stored.get("matches", {}).items()},
        taken=stored.get("taken", {}),
        answers={
            uuid.UUID(wid): Answer(answer["of"], tuple(answer["choices"]))
            for wid, answer in stored.get("answers", {}).items()
        },
    )


@transaction.atomic
def decide(
    reimport: Reimport,
    *,
    taken: Mapping[str, bool],
    answers: Mapping[uuid.UUID, Answer],
    reason: str,
) -> None:
    """Keep what was decided; rows nothing was said about stay as they were decided before."""
    kept = _open(reimport)
    stored = kept.choices
    new_answers = {wid.hex: {"of": answer.of, "choices": list(answer.choices)} for wid, answer in answers.items()}
    _keep(
        reimport,
        stored
        | {
            "taken": stored.get("taken", {}) | dict(taken),
            "answers": stored.get("answers", {}) | new_answers,
            "reason": reason,
        },
    )


@transaction.atomic
def match_row(reimport: Reimport, *, key: str, wid: uuid.UUID | None) -> None:
    """Say which provision a row of the file is; None: a new one. Who had that provision before is matched anew."""
    stored = _open(reimport).choices
    name = wid.hex if wid else ""
    matches = {other: said for other, said in stored.get("matches", {}).items() if not name or said != name}
    _keep(reimport, stored | {"matches": matches | {key: name}})


@transaction.atomic
def unmatch_row(reimport: Reimport, *, key: str) -> None:
    """Forget what was said about a row: it is matched as if nobody had said anything."""
    stored = _open(reimport).choices
    matches = {other: said for other, said in stored.get("matches", {}).items() if other != key}
    _keep(reimport, stored | {"matches": matches})


@transaction.atomic
def choose_base(reimport: Reimport, *, edition: Edition | None) -> None:
    """Say from which text the file was made: an edition, or (None) the working text as it was uploaded."""
    _open(reimport)
    reimport.edition = edition
    reimport.save(update_fields=["edition"])


@transaction.atomic
def choose_component(reimport: Reimport, *, component: int) -> None:
    """Say which of several documents in the file is the draft."""
    _keep(reimport, _open(reimport).choices | {"component": component})


# Taking over


@transaction.atomic
def take_over(reimport: Reimport, *, by: User, reason: str, seen: str) -> Operation | None:
    """Write what was decided, as one operation. None when that changes nothing; the file is kept with the draft.

    Raises StaleReimportError when this is no longer what was ``seen``: then one looks again, with whatever a colleague
    saved meanwhile merged in.
    """
    # Not FOR UPDATE: who saves an article has locked that article, and then needs the document's key for the operation.
    document = Document.objects.select_for_update(no_key=True).get(pk=reimport.document_id)
    refuse_when_issued(document)
    reimport = _open(reimport)
    rows = list(Provision.objects.select_for_update(no_key=True).filter(document=document).order_by("pk"))
    rows.sort(key=lambda row: row.position)
    found = look(reimport)
    if found.seen != seen:
        raise StaleReimportError
    if found.plan.open_rows:
        raise RuleBrokenError(_("Some places are still to be decided."))
    if not reason.strip() and document.editions.exists():
        raise RuleBrokenError(_("An edition has been issued: say why the text changes."))
    operation = None
    if found.plan.is_changing:
        operation = diary.start(Operation.Kind.REIMPORTED, by=by, document=document, reason=reason.strip())
        write(operation, rows, _with_own_wids(found.plan.result))
        reimport.operation = operation
        reimport.save(update_fields=["operation"])
    reimport.source.document = document
    reimport.source.save(update_fields=["document"])
    return operation


def _with_own_wids(text: Text) -> Text:
    """New provisions get wids nobody has; until now they had those of their places in the file."""
    wids = {sheet.wid: uuid.uuid4() for sheet in text if not sheet.pk}
    return Text(
        text.title,
        tuple(
            replace(
                sheet,
                wid=wids.get(sheet.wid, sheet.wid),
                parent=wids.get(sheet.parent, sheet.parent) if sheet.parent else None,
            )
            for sheet in text
        ),
    )


def _open(reimport: Reimport) -> Reimport:
    """The row and its file, locked; refused when the version was taken over already."""
    kept = Reimport.objects.select_for_update(of=("self", "source")).select_related("source", "edition", "document")
    reimport = kept.get(pk=reimport.pk)
    if reimport.source.document_id is not None:
        raise RuleBrokenError(_("This version has already been taken over."))
    return reimport


def _keep(reimport: Reimport, choices: dict[str, Any]) -> None:
    reimport.choices = choices
    reimport.save(update_fields=["choices"])


def _latest_history(rows: Sequence[Provision]) -> list[int]:
    """The ids of the history rows that say what the provisions are now. One query."""
    latest = Provision.history.filter(id__in=[row.pk for row in rows]).order_by("id", "-history_id").distinct("id")
    return [row.history_id for row in latest.only("history_id")]


def _chosen(reimport: Reimport, imported: ImportedFile, current: Text) -> int:
    chosen = reimport.choices.get("component")
    if isinstance(chosen, int) and chosen < len(imported.components):
        return chosen
    return likeliest(imported, current)


def _state(reimport: Reimport, current: Text) -> str:
    """Changes whenever the draft, the file's structure, its base or a match does."""
    sheets = [[str(s.wid), s.number, s.label, s.heading, s.text, str(s.parent)] for s in current]
    chosen = {name: reimport.choices.get(name) for name in ("component", "matches")}
    said = [sheets, reimport.source.corrections, chosen, reimport.edition_id]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:20]
