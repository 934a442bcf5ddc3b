"""Following a task until it is done: reports of progress, more time, other hands, and standing in for the absent."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from comments.files import Checked
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Operation
from drafts.texts import clean
from meetings import deadlines, links, telling
from meetings.models import Absence, Assignment, CalendarFeed, Extension, ProgressReport, ReportFile

Kind = Operation.Kind
State = Assignment.State
_BEGINS_THE_WORK = (State.NEW, State.ACKNOWLEDGED, State.RETURNED)


@transaction.atomic
def report_progress(
    assignment: Assignment,
    *,
    by: User,
    key: uuid.UUID,
    text: str,
    links: Sequence[str] = (),
    files: Sequence[Checked] = (),
) -> ProgressReport:
    """Say how far the task is. The first report begins the work; a form sent twice (``key``) is one report."""
    assignment = _locked(assignment)
    already = ProgressReport.objects.filter(key=key, assignment=assignment).first()
    if already is not None:
        return already
    if not assignment.is_open:
        raise RuleBrokenError(
            _("The task is “%(state)s”; there is nothing to report any more.")
            % {"state": assignment.get_state_display()}
        )
    text = clean(text)
    if not text:
        raise RuleBrokenError(_("Say how far the task is."))
    # Without the document: a report is for those who deal with the task, not for all who read the draft.
    operation = diary.start(Kind.PROGRESSED, by=by)
    report = ProgressReport(assignment=assignment, key=key, by=by, at=operation.at, text=text, links=list(links))
    diary.add(operation, [report])
    for checked in files:
        ReportFile.objects.create(
            report=report,
            file=checked.file,
            name=checked.name,
            content_type=checked.content_type,
            size=checked.file.size or 0,
            sha256=checked.sha256,
        )
    if assignment.state in _BEGINS_THE_WORK:
        diary.change(operation, assignment, state=State.IN_PROGRESS)
    return report


@transaction.atomic
def ask_for_time(
    assignment: Assignment, *, by: User, due_on: dt.date, limit: str, reason: str, due_time: dt.time | None = None
) -> Extension:
    """Ask the chair or the secretary for a later deadline. One request waits at a time; sent twice it is one."""
    assignment = _locked(assignment)
    reason, limit = clean(reason), deadlines.Limit.BY if due_time else limit
    waiting = assignment.extensions.filter(decided_at=None).first()
    if waiting is not None:
        if (waiting.due_on, waiting.limit, waiting.due_time, waiting.reason) == (due_on, limit, due_time, reason):
            return waiting
        raise RuleBrokenError(_("A request for more time is waiting for a decision already."))
    if not assignment.is_open:
        raise RuleBrokenError(
            _("The task is “%(state)s”; it needs no more time.") % {"state": assignment.get_state_display()}
        )
    if not reason:
        raise RuleBrokenError(_("Give the reason."))
    if not _is_later(assignment, deadlines.last_day(due_on, limit), due_time):
        raise RuleBrokenError(_("The new deadline must be later than the present one."))
    operation = diary.start(Kind.ASKED_TIME, by=by, reason=reason)
    extension = Extension(
        assignment=assignment,
        asked_by=by,
        asked_at=operation.at,
        reason=reason,
        former_last_day=assignment.last_day,
        due_on=due_on,
        limit=limit,
        due_time=due_time,
    )
    diary.add(operation, [extension])
    telling.of_request(extension, operation)
    return extension


@transaction.atomic
def grant(extension: Extension, *, by: User, decision: str = "") -> Extension:
    """The task has the later deadline from now on; reminders follow the new one."""
    assignment, extension = _undecided(extension)
    if not assignment.is_open:
        raise RuleBrokenError(
            _("The task is “%(state)s”; it needs no more time.") % {"state": assignment.get_state_display()}
        )
    operation = diary.start(Kind.DECIDED_TIME, by=by, reason=decision.strip())
    diary.change(
        operation,
        assignment,
        due_on=extension.due_on,
        limit=extension.limit,
        due_time=extension.due_time,
        last_day=deadlines.last_day(extension.due_on, extension.limit),
    )
    return _decided(operation, extension, is_granted=True)


@transaction.atomic
def refuse(extension: Extension, *, by: User, decision: str) -> Extension:
    """The deadline stays; the reason stands on the record."""
    _assignment, extension = _undecided(extension)
    if not decision.strip():
        raise RuleBrokenError(_("Give the reason."))
    return _decided(diary.start(Kind.DECIDED_TIME, by=by, reason=decision.strip()), extension, is_granted=False)


@transaction.atomic
def reassign(
    assignment: Assignment,
    *,
    by: User,
    lead_unit: Unit,
    supporting_units: Sequence[Unit],
    people: Sequence[User],
    reason: str,
) -> Assignment:
    """Give the task to other hands. A unit that gets it anew begins at the beginning; the words stay as signed."""
    assignment = _locked(assignment)
    supporting = {unit.pk: unit for unit in supporting_units if unit != lead_unit}
    same_links = set(assignment.support_links.values_list("unit", flat=True)) == supporting.keys()
    same_people = set(assignment.person_links.values_list("user", flat=True)) == {person.pk for person in people}
    if assignment.lead_unit_id == lead_unit.pk and same_links and same_people:
        return assignment
    if not assignment.is_open:
        raise RuleBrokenError(
            _("The task is “%(state)s”; it cannot be given to others any more.")
            % {"state": assignment.get_state_display()}
        )
    if not reason.strip():
        raise RuleBrokenError(_("Give the reason."))
    operation = diary.start(Kind.REASSIGNED, by=by, reason=reason.strip())
    if assignment.lead_unit_id != lead_unit.pk:
        # Reminders of days before it was theirs are not for the new unit.
        given_on = timezone.localdate(operation.at)
        diary.change(operation, assignment, lead_unit=lead_unit, state=State.NEW, given_on=given_on)
    else:
        diary.write(operation, [assignment], "~")
    links.set_supporting_units(operation, assignment, supporting.values())
    links.set_people(operation, assignment, people)
    telling.of_hands(assignment, operation)
    return assignment


@transaction.atomic
def name_stand_in(person: User, *, stand_in: User, starts_on: dt.date, ends_on: dt.date, note: str = "") -> Absence:
    """While the person is away, the stand-in deals with the person's tasks. One stand-in at a time."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)  # one at a time
    if person == stand_in:
        raise RuleBrokenError(_("Choose somebody else to stand in."))
    if not stand_in.is_active:
        raise RuleBrokenError(_("%(person)s is not active.") % {"person": stand_in})
    if ends_on < max(starts_on, timezone.localdate()):
        raise RuleBrokenError(_("The absence must end today or later, and not before it begins."))
    theirs = person.absences.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    already = theirs.filter(stand_in=stand_in, starts_on=starts_on, ends_on=ends_on).first()
    if already is not None:
        return already
    if theirs.exists():
        raise RuleBrokenError(_("Somebody stands in for you on some of these days already; end that first."))
    absence = Absence(person=person, stand_in=stand_in, starts_on=starts_on, ends_on=ends_on, note=clean(note))
    return diary.add(diary.start(Kind.STOOD_IN, by=person), [absence])[0]


@transaction.atomic
def end_absence(absence: Absence, *, by: User) -> None:
    """Back sooner: from today on nobody stands in. An absence to come is taken back altogether."""
    today = timezone.localdate()
    found = Absence.objects.select_for_update().filter(pk=absence.pk, ends_on__gte=today).first()
    if found is None:
        return
    operation = diary.start(Kind.STOOD_IN, by=by)
    if found.starts_on >= today:
        diary.remove(operation, [found])
    else:
        diary.change(operation, found, ends_on=today - dt.timedelta(days=1))


def _locked(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_for_update().get(pk=assignment.pk)


def _is_later(assignment: Assignment, last_day: dt.date, due_time: dt.time | None) -> bool:
    """A day without an hour lasts to its end."""
    end = dt.time.max
    return (last_day, due_time or end) > (assignment.last_day, assignment.due_time or end)


def _undecided(extension: Extension) -> tuple[Assignment, Extension]:
    assignment = _locked(extension.assignment)
    found = Extension.objects.select_for_update().get(pk=extension.pk)
    if found.decided_at is not None:
        raise RuleBrokenError(_("This request for more time has been decided on already."))
    return assignment, found


def _decided(operation: Operation, extension: Extension, *, is_granted: bool) -> Extension:
    diary.change(
        operation,
        extension,
        decided_by=operation.by,
        decided_at=operation.at,
        is_granted=is_granted,
        decision=operation.reason,
    )
    telling.of_decision(extension, operation)
    return extension


def absences_of(user: User) -> dict[str, list[Absence]]:
    """The person's own absences not over yet, and those the person stands in for. One query."""
    today = timezone.localdate()
    rows = Absence.objects.filter(Q(person=user) | Q(stand_in=user), ends_on__gte=today)
    found = list(rows.select_related("person__unit", "stand_in__unit").order_by("starts_on", "pk"))
    return {
        "own": [row for row in found if row.person_id == user.pk],
        "for_others": [row for row in found if row.stand_in_id == user.pk],
    }


@transaction.atomic
def renew_feed(user: User) -> None:
    """The address of the person's calendar changes; the old one opens nothing any more."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time
    CalendarFeed.objects.get_or_create(user=user)
    CalendarFeed.objects.filter(user=user).update(turn=F("turn") + 1)
