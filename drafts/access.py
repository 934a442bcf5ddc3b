"""The only door to a document. Views never look one up themselves.

Outsider: 404, the same as for a document that does not exist. Member without the right: 403 with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from drafts.models import Comparison, ComparisonRow, Document, Edition, Operation, Provision, Seat

Ability = Literal[
    "read",  # the editions
    "read_working",  # the working text, recalled editions, the history
    "comment",
    "draft",  # revise and restore articles
    "answer",  # answer comments, or propose answers
    "publish",  # approve and publish answers
    "rule",  # rule on contested answers
    "consolidate",  # see the consolidated feedback page
    "record",  # write down somebody else's opinion
    "take_over",  # take over the comments in the margin of the Word file
    "issue",  # issue and recall editions, open a consultation
    "seat",  # give and take seats
    "stage",  # move the document to another stage
    "override",  # submit it although something is missing
]

_MEMBER: frozenset[Ability] = frozenset({"read"})
_COMMENTER: frozenset[Ability] = _MEMBER | {"comment"}
_DRAFTER: frozenset[Ability] = _COMMENTER | {"read_working", "draft", "answer", "consolidate"}
ABILITIES: dict[str, frozenset[Ability]] = {
    Seat.Role.READER: _MEMBER,
    Seat.Role.COMMENTER: _COMMENTER,
    Seat.Role.DRAFTER: _DRAFTER,
    Seat.Role.LEAD_DRAFTER: _DRAFTER | {"publish", "take_over", "issue", "seat", "stage"},
    Seat.Role.SECRETARY: _COMMENTER | {"read_working", "consolidate", "record", "take_over", "issue", "seat", "stage"},
    Seat.Role.CHAIR: _COMMENTER | {"read_working", "consolidate", "stage", "override", "rule"},
}

_REFUSALS: dict[Ability, Any] = {
    "read_working": gettext_lazy("Only the drafting unit, the secretary and the chair see the working text."),
    "comment": gettext_lazy("Your role on this document is to read; ask the secretary for the right to comment."),
    "draft": gettext_lazy("Only the drafting unit revises the text."),
    "answer": gettext_lazy("Only the drafting unit answers comments."),
    "publish": gettext_lazy("Only the head of the drafting unit approves and publishes answers."),
    "rule": gettext_lazy("Only the chair rules on contested answers."),
    "consolidate": gettext_lazy("Only the drafting unit, the secretary and the chair see the consolidated page."),
    "record": gettext_lazy("Only the secretary records other people's opinions."),
    "take_over": gettext_lazy("Only the lead drafter and the secretary take over comments of the Word file."),
    "issue": gettext_lazy("Only the lead drafter and the secretary issue and recall editions."),
    "seat": gettext_lazy("Only the lead drafter and the secretary decide who takes part."),
    "stage": gettext_lazy("Only the lead drafter, the secretary and the chair move the document on."),
    "override": gettext_lazy("Only the chair submits a draft in which something is missing."),
}


CLOSED: frozenset[Ability] = frozenset({"comment", "draft", "answer", "publish", "record", "take_over", "issue"})
"""What nobody does any more to a document that was issued: the record is evidence."""


class RecalledError(Http404):
    """The edition was recalled and is not to be read; a page may say so, whoever does not handle it answers 404."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(f"edition {edition.pk} was recalled")
        self.edition = edition


@dataclass(frozen=True)
class Denied:
    """A falsy answer that says why, so that the page can tell the person."""

    reason: str

    def __bool__(self) -> bool:
        return False


def abilities_of(user: User | AnonymousUser, document: Document) -> frozenset[Ability]:
    """Everything the person may do on the document; empty for an outsider. One query."""
    if not isinstance(user, User):
        return frozenset()
    roles = Seat.objects.held_by(user).filter(document=document).values_list("role", flat=True)
    abilities = frozenset().union(*(ABILITIES[role] for role in roles))
    return abilities - CLOSED if document.stage == Document.Stage.ISSUED else abilities


def may(user: User | AnonymousUser, ability: Ability, document: Document) -> bool | Denied:
    """Whether the person may do it, and if not, why not."""
    return _verdict(ability, abilities_of(user, document), document)


def get_document_for(user: User | AnonymousUser, ability: Ability, **lookup: Any) -> Document:
    """Return the document with ``abilities`` filled in; 404 for outsiders, 403 for members without the right."""
    document = get_object_or_404(Document.objects.select_related("drafting_unit", "predecessor"), **lookup)
    document.abilities = abilities_of(user, document)
    if not document.abilities:
        raise Http404
    verdict = _verdict(ability, document.abilities, document)
    if isinstance(verdict, Denied):
        raise PermissionDenied(verdict.reason)
    return document


def get_provision_for(user: User | AnonymousUser, ability: Ability, *, document_pk: int, wid: Any) -> Provision:
    """The provision of a document the person may so use, with ``provision.document`` as the door gave it."""
    document = get_document_for(user, ability, pk=document_pk)
    provision = get_object_or_404(Provision, document=document, wid=wid)
    provision.document = document
    return provision


def get_comparison_for(user: User | AnonymousUser, ability: Ability, *, pk: int) -> Comparison:
    """A comparison of a document the person may so use, with ``comparison.document`` as the door gave it.

    Whoever reads the draft reads the text it is compared with, whether or not they have a seat on that one.
    """
    comparison = get_object_or_404(Comparison.objects.select_related("against"), pk=pk)
    comparison.document = get_document_for(user, ability, pk=comparison.document_id)
    return comparison


def get_comparison_row_for(user: User | AnonymousUser, ability: Ability, *, pk: int) -> ComparisonRow:
    """A row of a comparison the person may so use."""
    row = get_object_or_404(ComparisonRow, pk=pk)
    row.comparison = get_comparison_for(user, ability, pk=row.comparison_id)
    return row


def get_operation_for(document: Document, pk: int) -> Operation:
    """An act on the document the person was let to; 404 for acts on others."""
    return get_object_or_404(Operation.objects.select_related("by__unit", "document"), document=document, pk=pk)


def get_edition_for(document: Document, number: int | None) -> Edition | None:
    """The edition asked for, or the newest that counts; None when there is none yet.

    Raises RecalledError for a recalled one, which only those with ``read_working`` may still read.
    """
    editions = Edition.objects.filter(document=document).select_related("document", "recall__operation__by__unit")
    if number is None:
        return editions.standing().first()
    edition = get_object_or_404(editions, number=number)
    if edition.is_recalled and "read_working" not in document.abilities:
        raise RecalledError(edition)
    return edition


def may_create_documents(user: User | AnonymousUser) -> bool | Denied:
    """Creating documents is a site permission of drafting units."""
    if user.has_perm("drafts.create_documents"):
        return True
    return Denied(_("Only drafting units import drafts; ask the administrator for the right to create documents."))


def _verdict(ability: Ability, abilities: frozenset[Ability], document: Document) -> bool | Denied:
    if ability not in get_args(Ability):
        raise ValueError(f"no such ability: {ability}")
    if ability in abilities:
        return True
    if not abilities:
        return Denied(_("You do not take part in this document."))
    if ability in CLOSED and document.stage == Document.Stage.ISSUED:
        return Denied(_("The document was issued and stays as it is; the chair or the secretary can take that back."))
    return Denied(str(_REFUSALS[ability]))
