"""Changing the order of a draft: insert, split, merge, move, remove, reinstate, renumber; citations follow.

An act is first *planned*: how the text would stand, which numbers and citations change, what would lead nowhere. It is
*carried out* under the locks of the document and its provisions, as one ``Operation`` with a history row of everything
touched. Where only number or place change, the version stays, and who is writing there is not disturbed; where a
citation follows, heading or text are a new version like any other.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import RuleBrokenError
from drafts import arranging, diary
from drafts.arranging import Arrangement, Misplaced, Where
from drafts.changes import Change, changes
from drafts.citations import Following, Loss, follow, follow_back, followed, unmark
from drafts.models import Document, Operation, Provision
from drafts.moments import act_before, text_after
from drafts.photographs import sheets_of
from drafts.services import next_keys, refuse_when_issued
from drafts.texts import Sheet, Text, clean, fingerprint

Kind = Operation.Kind
PLACE = ["parent", "number", "label", "position", "is_removed"]
WORDS = ["heading", "text", "version"]


class Numbering(StrEnum):
    """What an act does to numbers: count the whole draft anew, or leave them and number new ones 5a."""

    RENUMBER = "renumber"
    KEEP = "keep"


# Acts


@dataclass(frozen=True)
class Insertion:
    """A new, empty provision."""

    kind: str
    heading: str
    beside: uuid.UUID
    where: Where
    operation = Kind.INSERTED


@dataclass(frozen=True)
class Splitting:
    """The article's lines from ``line`` (0 is the first) on become a new article."""

    wid: uuid.UUID
    line: int
    heading: str
    operation = Kind.SPLIT


@dataclass(frozen=True)
class Merging:
    """The article behind is taken into this one."""

    wid: uuid.UUID
    heading: str
    operation = Kind.MERGED


@dataclass(frozen=True)
class Moving:
    """The provision, with all that stands in it, goes to another place."""

    wid: uuid.UUID
    beside: uuid.UUID
    where: Where
    operation = Kind.MOVED


@dataclass(frozen=True)
class Removal:
    """The provision, with all that stands in it, is taken out of the text."""

    wid: uuid.UUID
    operation = Kind.REMOVED


@dataclass(frozen=True)
class Dissolution:
    """The heading is taken out of the text; what stood in it stays."""

    wid: uuid.UUID
    operation = Kind.REMOVED


@dataclass(frozen=True)
class Reinstatement:
    """A removed provision, with what was removed along with it, comes back to its place."""

    wid: uuid.UUID
    operation = Kind.REINSTATED


@dataclass(frozen=True)
class Renumbering:
    """The whole draft is counted anew."""

    operation = Kind.RENUMBERED


Act = Insertion | Splitting | Merging | Moving | Removal | Dissolution | Reinstatement | Renumbering


@dataclass(frozen=True)
class Plan:
    """How the draft would stand after an act. ``seen`` names the state of the text it was made from."""

    act: Act
    old: Text
    arrangement: Arrangement
    following: Following
    seen: str

    @property
    def changes(self) -> list[Change]:
        """What becomes of each provision, citations not counted."""
        return changes(self.old, self.arrangement.text)

    @property
    def is_plain(self) -> bool:
        """Nothing that a person should look at first: no citation follows, none is lost."""
        return not self.following.replacements and all(
            lost.loss is Loss.BROKEN and not lost.misleads for lost in self.following.lost
        )

    def successor_of(self, sheet: Sheet) -> Sheet | None:
        """Into which provision the text of one that is gone went, if into any."""
        wid = self.arrangement.successors.get(sheet.wid)
        return self.arrangement.text.find(wid) if wid else None

    @property
    def does_nothing(self) -> bool:
        return self.arrangement.text == self.old


class StaleDraftError(Exception):
    """Somebody changed the draft since the plan was looked at; ``plan`` is the act as it would come out now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the draft has changed since it was looked at")
        self.plan = plan


def plan(document: Document, act: Act, *, numbering: Numbering) -> Plan:
    """The act as it would come out; RuleBrokenError with a sentence when it cannot be. One query; six where something
    comes back."""
    return _planned(document, list(document.provisions.order_by("position")), act, numbering)


@transaction.atomic
def restructure(
    document: Document,
    act: Act,
    *,
    by: User,
    numbering: Numbering,
    reason: str = "",
    seen: str = "",
    ticked: Collection[str] | None = None,
) -> Operation | None:
    """Carry the act out. ``ticked`` are the keys of the replacements wanted, None for all of them.

    Returns None when nothing would change. Raises StaleDraftError when the text is no longer the one that was
    ``seen``, and RuleBrokenError when the act cannot be.
    """
    document, rows = locked(document)
    planned = _planned(document, rows, act, numbering)
    if seen and seen != planned.seen:
        raise StaleDraftError(planned)
    if planned.does_nothing:
        return None
    wanted = [one for one in planned.following.replacements if ticked is None or one.key in ticked]
    text = followed(planned.old, planned.arrangement, [*wanted, *planned.following.marks])
    operation = diary.start(act.operation, by=by, document=document, reason=reason.strip())
    write(operation, rows, text)
    return operation


def locked(document: Document) -> tuple[Document, list[Provision]]:
    """The document and all its provisions in their order, nobody else's until the transaction ends. Not of an issued
    one: its text stays as it is.

    The weaker lock (FOR NO KEY UPDATE): a colleague who is saving an article holds that article and still has to name
    the document in an ``Operation``; with the stronger one each would wait for the other.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    refuse_when_issued(document)
    rows = list(Provision.objects.select_for_update(no_key=True).filter(document=document).order_by("pk"))
    rows.sort(key=lambda row: row.position)
    return document, rows


def write(operation: Operation, rows: Sequence[Provision], text: Text) -> None:
    """Store the text on the document's rows (all of them, in their order, locked), and record every row touched.

    What the text lacks is removed; removed rows stay behind what they stood behind.
    """
    by_wid = {row.wid: row for row in rows}
    before = {row.pk: columns(row) for row in rows}
    new = [sheet for sheet in text if sheet.wid not in by_wid]
    for sheet, pk in zip(new, next_keys(len(new)), strict=True):
        row = Provision(pk=pk, document=operation.document, wid=sheet.wid, kind=sheet.kind, heading=sheet.heading)
        row.text = sheet.text
        by_wid[sheet.wid] = row
    for sheet in text:
        row = by_wid[sheet.wid]
        if (row.heading, row.text) != (sheet.heading, sheet.text):
            row.heading, row.text, row.version = sheet.heading, sheet.text, row.version + 1
        row.number, row.label, row.is_removed = sheet.number, sheet.label, False
        row.parent_id = by_wid[sheet.parent].pk if sheet.parent is not None else None
    standing = {sheet.wid for sheet in text}
    for row in rows:
        if row.wid not in standing:
            row.is_removed = True
    order = [by_wid[wid] for wid in full_order([row.wid for row in rows], [sheet.wid for sheet in text])]
    for position, row in enumerate(order, start=1):
        row.position = position
    record(operation, order, before)


def record(operation: Operation, rows: Sequence[Provision], before: Mapping[int, dict[str, object]]) -> None:
    """Insert the new rows, write what differs from ``before``, and give every touched row its history."""
    diary.add(operation, [row for row in rows if row.pk not in before])
    touched = [row for row in rows if row.pk in before and before[row.pk] != columns(row)]
    if not touched:
        return
    reworded = [row for row in touched if before[row.pk]["version"] != row.version]
    Provision.objects.bulk_update(touched, PLACE)
    if reworded:
        Provision.objects.bulk_update(reworded, WORDS)
    diary.write(operation, touched, "~")


def full_order(old: Sequence[uuid.UUID], standing: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """The order of all rows: the standing ones as given, each removed one behind what it stood behind."""
    kept = set(standing)
    behind: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    last: uuid.UUID | None = None
    for wid in old:
        if wid in kept:
            last = wid
        else:
            behind.setdefault(last, []).append(wid)
    order = list(behind.get(None, ()))
    for wid in standing:
        order += [wid, *behind.get(wid, ())]
    return order


def _planned(document: Document, rows: Sequence[Provision], act: Act, numbering: Numbering) -> Plan:
    old = Text(document.title, tuple(sheets_of([row for row in rows if not row.is_removed])))
    try:
        arrangement = _arranged(old, rows, act, numbering)
    except Misplaced as misplaced:
        raise RuleBrokenError(_(misplaced.message)) from misplaced
    following = follow(old, arrangement)
    if isinstance(act, Reinstatement):
        following = _with_what_comes_back(following, document, act, old, arrangement)
    return Plan(act, old, arrangement, following, fingerprint(old.title, old))


def _with_what_comes_back(
    following: Following, document: Document, act: Reinstatement, old: Text, arrangement: Arrangement
) -> Following:
    """The citations of what comes back, too: they mean what they meant before it went. So do those marked since. Five
    queries."""
    then = _text_before_removal(document, act.wid)
    back = follow_back(then, {sheet.wid for sheet in arrangement.text} - {sheet.wid for sheet in old}, arrangement)
    unmarked = unmark(old, then, arrangement)
    mended = {replacement.key for replacement in unmarked}
    return Following(
        replacements=(*following.replacements, *unmarked, *back.replacements),
        lost=(*(lost for lost in following.lost if lost.found.key not in mended), *back.lost),
    )


def _text_before_removal(document: Document, wid: uuid.UUID) -> Text:
    pk = document.provisions.values_list("pk", flat=True).get(wid=wid)
    removal = Operation.objects.get(pk=acts_of_removal([pk])[pk])
    before = act_before(document, removal)
    assert before is not None  # what is removed was there
    return text_after(document, before)


def _arranged(old: Text, rows: Sequence[Provision], act: Act, numbering: Numbering) -> Arrangement:
    fresh: uuid.UUID | None = None
    match act:
        case Insertion():
            fresh = uuid.uuid4()
            arrangement = arranging.inserted(old, _blank(act, fresh), beside=act.beside, where=act.where)
        case Splitting():
            arrangement = arranging.split(
                old, act.wid, line=act.line, new_wid=uuid.uuid4(), heading=_one_line(act.heading)
            )
        case Merging():
            arrangement = arranging.merged(old, act.wid, heading=_one_line(act.heading))
        case Moving():
            arrangement = arranging.moved(old, act.wid, beside=act.beside, where=act.where)
        case Removal():
            arrangement = arranging.removed(old, act.wid)
        case Dissolution():
            arrangement = arranging.dissolved(old, act.wid)
        case Reinstatement():
            branch, place = _removed_branch(rows, act.wid)
            arrangement = arranging.reinstated(old, branch, place=place)
            fresh = act.wid if _is_taken(old, branch[0]) else None
        case Renumbering():
            arrangement = Arrangement(old)
    if numbering is Numbering.RENUMBER or isinstance(act, Renumbering):
        return replace(arrangement, text=arranging.renumbered(arrangement.text))
    if fresh is not None:
        return replace(arrangement, text=arranging.with_a_free_number(arrangement.text, fresh))
    return arrangement


def _blank(act: Insertion, wid: uuid.UUID) -> Sheet:
    return Sheet(
        pk=0, wid=wid, kind=act.kind, number="", label="", heading=_one_line(act.heading), text="", parent=None
    )


def _removed_branch(rows: Sequence[Provision], wid: uuid.UUID) -> tuple[list[Sheet], int]:
    """The removed provision with what was removed in the same act inside it, and its place among the standing."""
    top = next((row for row in rows if row.wid == wid and row.is_removed), None)
    if top is None:
        raise RuleBrokenError(_("It stands in the text already."))
    gone = [row for row in rows if row.is_removed]
    acts = acts_of_removal([row.pk for row in gone])
    inside = {top.pk}
    for row in gone:
        if row.parent_id in inside and acts.get(row.pk) == acts.get(top.pk):
            inside.add(row.pk)
    wids = {row.pk: row.wid for row in rows}
    branch = [
        replace(sheet, parent=wids.get(row.parent_id) if row.parent_id else None)
        for row in gone
        if row.pk in inside
        for sheet in sheets_of([row])
    ]
    place = sum(not row.is_removed and row.position < top.position for row in rows)
    return branch, place


def acts_of_removal(keys: Collection[int]) -> dict[int, int]:
    """For removed provisions the operation that took each out of the text. One query."""
    acts: dict[int, int] = {}
    entries = Provision.history.filter(id__in=keys).order_by("history_id")
    for pk, operation, is_removed in entries.values_list("id", "operation_id", "is_removed"):
        if not is_removed:
            acts.pop(pk, None)
        else:
            acts.setdefault(pk, operation)
    return acts


def _is_taken(text: Text, sheet: Sheet) -> bool:
    return any(
        one.kind == sheet.kind and one.number == sheet.number and (one.kind == "article" or one.parent == sheet.parent)
        for one in text
        if sheet.number
    )


def columns(row: Provision) -> dict[str, object]:
    """What an act may change, as the row has it."""
    return {name: row.parent_id if name == "parent" else getattr(row, name) for name in (*PLACE, *WORDS)}


def _one_line(heading: str) -> str:
    return " ".join(clean(heading).split())
