"""What must be done before a document goes upward: every comment answered, every changed article with its reason.

Each app says what it knows of: a check is registered when the app is ready, since the drafts know nothing of comments.
In the same way each warns of what issuing the next edition would disturb; that keeps nobody from issuing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from drafts.comparison import comparison_table
from drafts.models import Document

Stage = Document.Stage
UPWARD = (Stage.APPRAISAL, Stage.PERMANENT_MEMBERS, Stage.STANDING_COMMITTEE, Stage.EXECUTIVE_COMMITTEE)
_ORDER = [Stage.RETURNED, Stage.DRAFTING, Stage.CONSULTING, Stage.TAKING_IN, *UPWARD, Stage.ISSUED]


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: who is to do it, what it is, and where it can be done."""

    responsible: str
    text: str
    address: str


@dataclass(frozen=True)
class Caution:
    """One thing to know before the next edition is issued, and where it can be looked at."""

    text: str
    address: str


Check = Callable[[Document], Iterable[Gap]]
Warner = Callable[[Document], Iterable[Caution]]
_checks: list[Check] = []
_warners: list[Warner] = []


def register(check: Check) -> None:
    """Ask it too, before a document goes upward."""
    if check not in _checks:
        _checks.append(check)


def register_warner(warner: Warner) -> None:
    """Ask it too, before the next edition is issued."""
    if warner not in _warners:
        _warners.append(warner)


def cautions_of(document: Document) -> list[Caution]:
    """All that issuing the next edition would disturb. A bounded number of queries."""
    return [caution for warner in _warners for caution in warner(document)]


def is_upward(document: Document, stage: str) -> bool:
    """Whether going there is a submission: a later stage, at one of those who decide."""
    return stage in UPWARD and _ORDER.index(Stage(stage)) > _ORDER.index(Stage(document.stage))


def gaps_of(document: Document) -> list[Gap]:
    """All that is missing, by who is to do it. A bounded number of queries."""
    gaps = [gap for check in _checks for gap in check(document)]
    everybody = list(dict.fromkeys(gap.responsible for gap in gaps))
    return sorted(gaps, key=lambda gap: everybody.index(gap.responsible))


def drafting_unit_of(document: Document) -> str:
    """Who is to do what nobody in particular was asked for."""
    return document.drafting_unit.name if document.drafting_unit else _("Drafting unit")


def missing_reasons(document: Document) -> list[Gap]:
    """Changes without a reason and old articles without a fate, in the table with the text that is replaced."""
    if document.predecessor_id is None:
        return []
    unit = drafting_unit_of(document)
    comparison = (
        document.comparisons.select_related("document", "against").filter(against=document.predecessor_id).first()
    )
    if comparison is None:
        address = reverse("comments:comparisons", args=[document.pk])
        return [Gap(unit, _("There is no comparison table with the text this draft replaces."), address)]
    address = reverse("comments:comparison", args=[comparison.pk])
    rows = [row for row in comparison_table(comparison).rows if row.needs_reason or row.needs_fate]
    return [
        Gap(
            unit,
            (_("%(row)s: no reason yet") if row.needs_reason else _("%(row)s: the old article's fate is open"))
            % {"row": row.name},
            f"{address}#{row.anchor}",
        )
        for row in rows
    ]
