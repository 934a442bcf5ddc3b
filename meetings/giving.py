"""The tasks as a notice gives them out: once it is signed, as they stood at the signature.

More time, other hands and a task that is cancelled later are no change of the notice.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Min, prefetch_related_objects

from accounts.models import Unit
from meetings.models import Assignment, ConclusionNotice, SupportingUnit


@dataclass(frozen=True, slots=True)
class Given:
    """A task with the units that support it, in the order of protocol."""

    task: Assignment
    supporting: list[Unit]


def given_by(notice: ConclusionNotice) -> dict[int, list[Given]]:
    """By the conclusion's key. Two queries; four for a signed notice. A task cancelled by then is not among them."""
    given = _as_signed(notice) if notice.is_signed else _as_it_stands(notice)
    found: dict[int, list[Given]] = {}
    for one in given:
        if one.task.state != Assignment.State.CANCELLED:
            found.setdefault(one.task.conclusion_id, []).append(one)
    return found


def _as_it_stands(notice: ConclusionNotice) -> list[Given]:
    tasks = Assignment.objects.filter(conclusion__notice=notice).select_related("lead_unit")
    return [Given(task, list(task.supporting_units.all())) for task in tasks.prefetch_related("supporting_units")]


def _as_signed(notice: ConclusionNotice) -> list[Given]:
    """From the history of tasks and links up to the operation that signed.

    By the operations' numbers, not by their moments: what is entered later than it happened is dated back.
    """
    signature = notice.history.filter(signed_at__isnull=False).aggregate(first=Min("operation"))["first"]
    history = Assignment.history.filter(conclusion__notice=notice, operation__lte=signature).order_by("history_id")
    tasks = {row.id: row.instance for row in history}
    prefetch_related_objects(list(tasks.values()), "lead_unit")
    links = SupportingUnit.history.filter(assignment__in=tasks, operation__lte=signature).order_by("history_id")
    supporting: dict[int, dict[int, Unit]] = {pk: {} for pk in tasks}
    for link in links.select_related("unit"):
        if link.history_type == "-":
            supporting[link.assignment_id].pop(link.unit_id, None)
        else:
            supporting[link.assignment_id][link.unit_id] = link.unit
    in_order = sorted(tasks.values(), key=lambda task: (task.last_day, task.pk))
    return [
        Given(task, sorted(supporting[task.pk].values(), key=lambda unit: (unit.rank, unit.name_key)))
        for task in in_order
    ]
