"""The rules of one meeting about reminders: read with the usual ones in their place, set by secretary and chair."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from drafts import diary
from drafts.models import Operation
from meetings.models import Meeting, ReminderRule


def rule_of(meeting: Meeting) -> ReminderRule:
    """The meeting's own rule, or the usual one, not stored yet."""
    return ReminderRule.objects.filter(meeting=meeting).first() or ReminderRule(meeting=meeting)


@transaction.atomic
def set_rule(
    meeting: Meeting,
    *,
    by: User,
    days_ahead: list[int],
    hour: int,
    tells_supporting: bool,
    secretary_after: int | None,
    chair_after: int | None,
) -> ReminderRule:
    """Change when and whom the meeting's tasks recall; what was sent already stays sent."""
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)  # one at a time
    rule = rule_of(meeting)
    wanted: dict[str, object] = {
        "days_ahead": sorted(set(days_ahead), reverse=True),
        "hour": hour,
        "tells_supporting": tells_supporting,
        "secretary_after": secretary_after,
        "chair_after": chair_after,
    }
    if rule.pk and all(getattr(rule, name) == value for name, value in wanted.items()):
        return rule
    operation = diary.start(Operation.Kind.ARRANGED, by=by)
    if rule.pk:
        return diary.change(operation, rule, **wanted)
    return diary.add(operation, [ReminderRule(meeting=meeting, **wanted)])[0]
