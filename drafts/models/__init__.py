"""Drafts, stored article by article; who sits on them; what was done to them."""

from drafts.models.circulated import CirculatedSheet
from drafts.models.comparison import Comparison, ComparisonRow, ComparisonSide
from drafts.models.documents import Document, DocumentQuerySet, Seat, SeatQuerySet, StageChange, StageName
from drafts.models.editions import Edition, EditionQuerySet, Recall
from drafts.models.operations import Operation
from drafts.models.papers import PaperLayout, PaperLayoutQuerySet
from drafts.models.provisions import Provision, ProvisionQuerySet
from drafts.models.reimports import Reimport
from drafts.models.sources import SourceFile

__all__ = [
    "CirculatedSheet",
    "Comparison",
    "ComparisonRow",
    "ComparisonSide",
    "Document",
    "DocumentQuerySet",
    "Edition",
    "EditionQuerySet",
    "Operation",
    "PaperLayout",
    "PaperLayoutQuerySet",
    "Provision",
    "ProvisionQuerySet",
    "Recall",
    "Reimport",
    "Seat",
    "SeatQuerySet",
    "SourceFile",
    "StageChange",
    "StageName",
]
