"""What moves in meetings when a post-holder changes or a unit is merged: meetings to come, open tasks, reminders."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import OutgoingMail, Unit, User
from drafts import diary
from drafts.models import Operation
from meetings import links
from meetings.models import Absence, Assignment, Attendance, ConclusionNotice, Meeting, Reminder, ResponsiblePerson


def move_meetings_of_person(operation: Operation, old: User, new: User) -> None:
    """Chair and secretary of meetings to come or with conclusions not signed yet; places at meetings to come."""
    unfinished = Meeting.objects.filter(
        Q(starts_at__gt=timezone.now())
        | Exists(ConclusionNotice.objects.filter(meeting=OuterRef("pk"), signed_at=None))
        | Exists(Assignment.objects.open().filter(conclusion__notice__meeting=OuterRef("pk")))
    )
    diary.change_many(operation, unfinished.filter(chair=old), chair=new)
    diary.change_many(operation, unfinished.filter(secretary=old), secretary=new)
    coming = Attendance.objects.filter(meeting__starts_at__gt=timezone.now())
    already = coming.filter(user=new).values("meeting")
    diary.remove(operation, coming.filter(user=old, meeting__in=already))
    diary.change_many(operation, coming.filter(user=old), user=new)
    diary.change_many(operation, coming.filter(substitute_user=old), substitute_user=new)


def move_tasks_of_person(operation: Operation, old: User, new: User) -> None:
    """Open tasks the person answers for by name, and standing in for others from today on."""
    open_ = ResponsiblePerson.objects.filter(assignment__in=Assignment.objects.open())
    already = open_.filter(user=new).values("assignment")
    diary.remove(operation, open_.filter(user=old, assignment__in=already))
    diary.change_many(operation, open_.filter(user=old), user=new)
    standing_in = Absence.objects.filter(stand_in=old, ends_on__gte=timezone.localdate())
    diary.remove(operation, standing_in.filter(person=new))
    diary.change_many(operation, standing_in.exclude(person=new), stand_in=new)


def move_reminders_of_person(old: User, new: User) -> None:
    """Reminders not seen or not mailed yet, unless the successor has the same one: one mail about it is enough."""
    same = Reminder.objects.filter(
        recipient=new,
        assignment=OuterRef("assignment"),
        last_day=OuterRef("last_day"),
        occasion=OuterRef("occasion"),
    )
    unsent = Q(mail__sent_at=None, mail__given_up_at=None, mail__isnull=False)
    unseen = Q(seen_at=None, assignment__in=Assignment.objects.open())
    waiting = Reminder.objects.filter(unsent | unseen, recipient=old)
    superfluous = waiting.filter(Exists(same), mail__isnull=False).values("mail")
    needed = waiting.filter(~Exists(same), mail__isnull=False).values("mail")
    OutgoingMail.objects.unsent().filter(pk__in=superfluous).exclude(pk__in=needed).update(
        given_up_at=timezone.now(), last_error="the successor has the same reminder"
    )
    waiting.filter(~Exists(same)).update(recipient=new)


def move_work_of_unit(operation: Operation, old: Unit, new: Unit) -> None:
    """Open tasks the unit leads or supports, and its places at meetings to come."""
    led = list(Assignment.objects.open().filter(lead_unit=old))
    diary.change_many(operation, led, lead_unit=new)
    _support_instead(
        operation,
        Assignment.objects.open().filter(Q(pk__in=[task.pk for task in led]) | Q(supporting_units=old)),
        old,
        new,
    )
    diary.change_many(operation, Meeting.objects.filter(starts_at__gt=timezone.now(), body=old), body=new)
    coming = Attendance.objects.filter(meeting__starts_at__gt=timezone.now())
    already = coming.filter(unit=new).values("meeting")
    diary.remove(operation, coming.filter(unit=old, meeting__in=already))
    diary.change_many(operation, coming.filter(unit=old), unit=new)


def _support_instead(operation: Operation, assignments: QuerySet[Assignment], old: Unit, new: Unit) -> None:
    """The new unit supports where the old one did, but not what it leads itself."""
    for assignment in assignments.distinct().prefetch_related("supporting_units"):
        units = {new if unit == old else unit for unit in assignment.supporting_units.all()}
        links.set_supporting_units(operation, assignment, {u for u in units if u.pk != assignment.lead_unit_id})
