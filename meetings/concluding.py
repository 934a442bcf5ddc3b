"""Writing down what was said as numbered conclusions with their tasks, in one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Operation, Provision
from drafts.texts import clean
from meetings import deadlines, leading, links, signing
from meetings.holding import hold
from meetings.models import Assignment, Conclusion, ConclusionNotice, Meeting


@dataclass(frozen=True)
class Task:
    """A task as it was confirmed."""

    lead_unit: Unit
    task: str
    due_on: dt.date
    limit: str
    due_time: dt.time | None = None
    supporting_units: tuple[Unit, ...] = ()
    product: str = ""


@dataclass(frozen=True)
class Point:
    """A point of the conclusion as it was confirmed, with the tasks it gives out."""

    text: str
    gives_no_task: bool = False
    documents: tuple[Document, ...] = ()
    articles: tuple[Provision, ...] = ()
    tasks: tuple[Task, ...] = ()


@transaction.atomic
def conclude(meeting: Meeting, *, by: User, points: Sequence[Point]) -> list[Conclusion]:
    """Add the points to the notice that is not signed yet, numbered on. Sent twice, they are written once."""
    if not points:
        raise RuleBrokenError(_("Choose at least one point to record."))
    meeting = hold(meeting)
    notice = signing.open_notice(meeting)
    standing = list(notice.conclusions.prefetch_related("assignments")) if notice else []
    there = {_as_written(conclusion): conclusion for conclusion in standing}
    if all(_as_confirmed(point) in there for point in points):
        return [there[_as_confirmed(point)] for point in points]
    operation = diary.start(Operation.Kind.CONCLUDED, by=by)
    if notice is None:
        notice = diary.add(operation, [ConclusionNotice(meeting=meeting)])[0]
    number = Conclusion.objects.filter(notice__meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    written = []
    for point in points:
        number += 1
        conclusion = Conclusion(notice=notice, number=number, text=clean(point.text), gives_no_task=point.gives_no_task)
        diary.add(operation, [conclusion])
        links.set_documents(operation, conclusion, point.documents)
        links.set_articles(operation, conclusion, point.articles)
        document = point.documents[0] if len(point.documents) == 1 else None
        for task in point.tasks:
            _assign(operation, conclusion, task, document=document)
        written.append(conclusion)
    leading.refresh(meeting.pk)
    return written


def _assign(operation: Operation, conclusion: Conclusion, task: Task, *, document: Document | None) -> None:
    assignment = Assignment(
        conclusion=conclusion,
        document=document,
        lead_unit=task.lead_unit,
        task=clean(task.task),
        product=task.product.strip(),
        due_on=task.due_on,
        limit=_limit(task),
        due_time=task.due_time,
        last_day=deadlines.last_day(task.due_on, _limit(task)),
        given_on=timezone.localdate(operation.at),
    )
    diary.add(operation, [assignment])
    links.set_supporting_units(operation, assignment, [one for one in task.supporting_units if one != task.lead_unit])


def _limit(task: Task) -> str:
    """Before an hour of a day is still on that day."""
    return deadlines.Limit.BY if task.due_time else task.limit


_Written = tuple[str, frozenset[tuple[int, str, dt.date, str]]]


def _as_written(conclusion: Conclusion) -> _Written:
    tasks = conclusion.assignments.all()
    return conclusion.text, frozenset((one.lead_unit_id, one.task, one.due_on, one.limit) for one in tasks)


def _as_confirmed(point: Point) -> _Written:
    tasks = ((one.lead_unit.pk, clean(one.task), one.due_on, str(_limit(one))) for one in point.tasks)
    return clean(point.text), frozenset(tasks)
