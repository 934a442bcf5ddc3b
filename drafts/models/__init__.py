"""Drafts, stored article by article; who sits on them; what was done to them."""

from drafts.models.documents import Document, DocumentQuerySet, Seat, SeatQuerySet, StageChange
from drafts.models.editions import Edition
from drafts.models.operations import Operation
from drafts.models.provisions import Provision, ProvisionQuerySet
from drafts.models.sources import SourceFile

__all__ = [
    "Document",
    "DocumentQuerySet",
    "Edition",
    "Operation",
    "Provision",
    "ProvisionQuerySet",
    "Seat",
    "SeatQuerySet",
    "SourceFile",
    "StageChange",
]
