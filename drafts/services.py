"""Everything that changes drafts. Each call: guard, one transaction, one ``Operation``, its history rows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Unit, User
from accounts.vietnamese import fold
from config.errors import RuleBrokenError
from drafts import diary, photographs, telling
from drafts.arranging import Arrangement
from drafts.citations import follow_back, followed
from drafts.gates import Gap, gaps_of, is_upward
from drafts.importing import Node
from drafts.models import Document, Edition, Operation, Provision, Recall, Seat, SourceFile, StageChange
from drafts.moments import text_after
from drafts.texts import Text, clean, fingerprint, typed

Kind = Operation.Kind


class StaleTextError(Exception):
    """Somebody saved a newer version of the provision; ``provision`` is as it stands now. Nothing was written."""

    def __init__(self, provision: Provision) -> None:
        super().__init__(f"provision {provision.pk} is at version {provision.version}")
        self.provision = provision


class IncompleteError(RuleBrokenError):
    """The document may not go upward yet; ``gaps`` says what is missing, unit by unit."""

    def __init__(self, gaps: list[Gap]) -> None:
        words = ngettext(
            "The document cannot be submitted yet: %(count)s thing is missing.",
            "The document cannot be submitted yet: %(count)s things are missing.",
            len(gaps),
        )
        super().__init__(words % {"count": len(gaps)})
        self.gaps = gaps


@transaction.atomic
def create_document(
    *,
    by: User,
    title: str,
    kind: str,
    nodes: Sequence[Node],
    issuing_body: str = "",
    term: str = "",
    drafting_unit: Unit | None = None,
    predecessor: Document | None = None,
    source: SourceFile | None = None,
) -> Document:
    """Store an imported text as a document and give its creator the lead seat. A file makes one document only."""
    if source is not None and SourceFile.objects.select_for_update().get(pk=source.pk).document_id:
        raise RuleBrokenError(_("A draft has already been made from this file."))
    document = Document(
        title=clean(title),
        kind=kind,
        issuing_body=issuing_body,
        term=term,
        drafting_unit=drafting_unit or by.unit,
        predecessor=predecessor,
    )
    document = Document.objects.bulk_create([document])[0]
    operation = diary.start(Kind.IMPORTED, by=by, document=document, reason=source.name if source else "")
    diary.write(operation, [document], "+")
    diary.add(operation, _provisions(document, nodes))
    diary.add(operation, [Seat(document=document, user=by, role=Seat.Role.LEAD_DRAFTER)])
    _record_stage(operation, document)
    if source is not None:
        source.document = document
        source.save(update_fields=["document"])
    return document


@transaction.atomic
def describe_document(document: Document, *, by: User, **described: object) -> Operation | None:
    """Write the given columns of the description; None when nothing differs."""
    document = _locked(document)
    changed = {name: value for name, value in described.items() if getattr(document, name) != value}
    if not changed:
        return None
    operation = diary.start(Kind.DESCRIBED, by=by, document=document)
    if "title" in changed:
        changed["search_key"] = fold(str(changed["title"]))
    diary.change(operation, document, **changed)
    return operation


@transaction.atomic
def issue_edition(
    document: Document, *, by: User, label: str = "", note: str = "", number: int | None = None, seen: str = ""
) -> Edition:
    """Freeze the working text as the next numbered edition (dự thảo lần n); ``note`` says what changed and why.

    ``number`` is the one the person was offered and ``seen`` the fingerprint of the text they were shown: sent twice
    it is issued once, and what was not looked at is not issued.
    """
    document = _locked(document)
    latest = document.editions.first()
    if latest is not None and number == latest.number and latest.operation.by_id == by.pk:
        return latest
    if number is not None and number != (latest.number if latest else 0) + 1:
        raise RuleBrokenError(_("Another edition has been issued meanwhile. Look at it before you issue the next one."))
    text = photographs.working_text(document)
    if seen and seen != fingerprint(text.title, text.sheets):
        raise RuleBrokenError(_("The text has changed while you were looking at it. Look again, then issue it."))
    newest = document.editions.standing().first()
    if newest is not None and photographs.edition_text(newest) == text:
        raise RuleBrokenError(
            _("The text has not changed since %(edition)s; there is nothing to issue.") % {"edition": newest.label}
        )
    refuse_when_issued(document)
    number = (latest.number if latest else 0) + 1
    operation = diary.start(Kind.ISSUED, by=by, document=document, reason=typed(note))
    edition = photographs.take(
        document, operation=operation, number=number, label=label.strip() or f"Dự thảo lần {number}"
    )
    telling.of_edition(edition, operation, reason=operation.reason)
    return edition


@transaction.atomic
def recall_edition(edition: Edition, *, by: User, reason: str) -> Recall:
    """Call back an edition that was circulated by mistake. It keeps its number; what was said about it stays."""
    document = _locked(edition.document)
    already = Recall.objects.filter(edition=edition).first()
    if already is not None:
        return already
    refuse_when_issued(document)
    reason = typed(reason)
    if not reason:
        raise RuleBrokenError(_("Say why the edition is recalled: whoever opens it will read it."))
    operation = diary.start(Kind.RECALLED, by=by, document=document, reason=reason)
    telling.of_edition(edition, operation, reason=reason)
    return Recall.objects.create(edition=edition, operation=operation)


@transaction.atomic
def revise_article(
    provision: Provision, *, by: User, base_version: int, heading: str, text: str, reason: str
) -> Operation | None:
    """Write heading and text on top of ``base_version``.

    Returns None when nothing differs. Raises StaleTextError when another version was saved since.
    """
    return _rewrite(
        provision, Kind.REVISED, by=by, base_version=base_version, heading=heading, text=text, reason=reason
    )


@transaction.atomic
def restore_version(
    provision: Provision, *, by: User, version: int, base_version: int, reason: str = ""
) -> Operation | None:
    """Make an earlier version the newest one again. The versions between stay in the history.

    What it cites it cites by the numbers of today; what is gone meanwhile and would mislead is marked.
    """
    earlier = provision.history.filter(version=version).order_by("history_id").first()
    if earlier is None:
        raise RuleBrokenError(_("There is no version %(version)s of this article.") % {"version": version})
    restored = _as_cited_today(provision, earlier)
    return _rewrite(
        provision,
        Kind.RESTORED,
        by=by,
        base_version=base_version,
        heading=restored.heading,
        text=restored.text,
        reason=reason or _("Version %(version)s restored") % {"version": version},
    )


def _as_cited_today(provision: Provision, earlier: Any) -> Any:
    """The words of the earlier version, its citations followed from the text of that time into the working text."""
    then = text_after(provision.document, earlier.operation)
    now = photographs.working_text(provision.document)
    sheets = (
        replace(sheet, heading=earlier.heading, text=earlier.text) if sheet.wid == provision.wid else sheet
        for sheet in now
    )
    arrangement = Arrangement(Text(now.title, tuple(sheets)))
    following = follow_back(then, {provision.wid}, arrangement)
    text = followed(arrangement.text, arrangement, [*following.replacements, *following.marks])
    return text.find(provision.wid) or earlier  # what is out of the text is refused further on


@transaction.atomic
def give_seat(document: Document, *, by: User, role: str, user: User | None = None, unit: Unit | None = None) -> Seat:
    """Seat a person or a unit, or change the role they already have."""
    document = _locked(document)
    seat = document.seats.filter(user=user, unit=unit).first()
    if seat is not None:
        if seat.role == role:
            return seat
        _keep_a_lead(document, seat)
        operation = diary.start(Kind.SEATED, by=by, document=document)
        return diary.change(operation, seat, role=role)
    operation = diary.start(Kind.SEATED, by=by, document=document)
    seat = diary.add(operation, [Seat(document=document, user=user, unit=unit, role=role)])[0]
    telling.of_seats(document, operation, [seat])
    return seat


@transaction.atomic
def take_seat(seat: Seat, *, by: User) -> None:
    """Remove somebody from the document; what they wrote stays."""
    document = _locked(seat.document)
    _keep_a_lead(document, seat)
    operation = diary.start(Kind.SEATED, by=by, document=document)
    diary.remove(operation, [seat])


@transaction.atomic
def move_to_stage(document: Document, *, by: User, stage: str, reason: str = "") -> Operation:
    """Put the document in another stage; returning it needs a reason, going upward a complete draft."""
    document = _locked(document)
    if document.stage == stage:
        raise RuleBrokenError(_("The document is already in this stage."))
    if Document.Stage.ISSUED in (stage, document.stage):
        raise RuleBrokenError(_("Issuing a document, and taking that back, are acts of their own."))
    if stage == Document.Stage.RETURNED and not reason.strip():
        raise RuleBrokenError(_("Say why the document is returned."))
    if is_upward(document, stage) and (gaps := gaps_of(document)):
        raise IncompleteError(gaps)
    return _move(document, by=by, stage=stage, reason=reason)


@transaction.atomic
def submit_incomplete(document: Document, *, by: User, stage: str, reason: str) -> Operation:
    """Put it before those who decide although something is missing: for the chair, with a reason. What was missing
    stays on the record."""
    document = _locked(document)
    if not is_upward(document, stage):
        raise RuleBrokenError(_("The document cannot be submitted to this stage from where it is."))
    if not reason.strip():
        raise RuleBrokenError(_("Say why the document is submitted all the same."))
    missing = "\n".join(f"{gap.responsible}: {gap.text}" for gap in gaps_of(document))
    return _move(document, by=by, stage=stage, reason=reason, missing=missing)


def _move(document: Document, *, by: User, stage: str, reason: str, missing: str = "") -> Operation:
    operation = diary.start(Kind.STAGED, by=by, document=document, reason=reason.strip())
    diary.change(operation, document, stage=stage)
    _record_stage(operation, document, missing=missing)
    telling.of_stage(document, operation)
    return operation


def _rewrite(
    provision: Provision,
    kind: Operation.Kind,
    *,
    by: User,
    base_version: int,
    heading: str,
    text: str,
    reason: str,
) -> Operation | None:
    heading, text = " ".join(clean(heading).split()), clean(text)
    current = Provision.objects.select_related("document").get(pk=provision.pk)
    if current.version != base_version:
        raise StaleTextError(current)
    if (current.heading, current.text) == (heading, text):
        return None
    # The database decides who was first: a check in Python alone lost 71 of 128 concurrent edits when measured.
    written = Provision.objects.filter(pk=provision.pk, version=base_version, is_removed=False).update(
        heading=heading, text=text, version=base_version + 1
    )
    if not written:
        raise StaleTextError(Provision.objects.select_related("document").get(pk=provision.pk))
    operation = diary.start(kind, by=by, document=current.document, reason=reason.strip())
    # Read again under the row lock the UPDATE took: number and place may have changed since the first reading, and
    # whoever issues the document holds that lock too.
    row = Provision.objects.select_related("document").get(pk=provision.pk)
    refuse_when_issued(row.document)
    diary.write(operation, [row], "~")
    return operation


def refuse_when_issued(document: Document) -> None:
    """The door has asked already, but the document may have been issued since: ask again under the lock."""
    if document.stage == Document.Stage.ISSUED:
        raise RuleBrokenError(
            _("The document was issued and stays as it is; the chair or the secretary can take that back.")
        )


def _provisions(document: Document, nodes: Sequence[Node]) -> list[Provision]:
    """Rows for the nodes of one component; parents stand before their children, as the importer promises."""
    from_sequence = next_keys(len(nodes))
    rows = [
        Provision(
            pk=pk,
            document=document,
            wid=uuid.uuid4(),
            kind=node.kind.value,
            number=node.number,
            label=node.label.strip(" .:-–"),
            heading=node.heading,
            text=node.text,
            position=position,
        )
        for position, (pk, node) in enumerate(zip(from_sequence, nodes, strict=True), start=1)
    ]
    for row, node in zip(rows, nodes, strict=True):
        row.parent = rows[node.parent] if node.parent is not None else None
    return rows


def next_keys(count: int) -> list[int]:
    """Reserve primary keys, so that a whole tree with its parents is one INSERT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('drafts_provision', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


def _record_stage(operation: Operation, document: Document, *, missing: str = "") -> None:
    StageChange.objects.create(document=document, operation=operation, stage=document.stage, missing=missing)


def _keep_a_lead(document: Document, seat: Seat) -> None:
    leads = document.seats.filter(role=Seat.Role.LEAD_DRAFTER)
    if seat.role == Seat.Role.LEAD_DRAFTER and leads.count() == 1:
        raise RuleBrokenError(_("A document needs a lead drafter; seat another one first."))
