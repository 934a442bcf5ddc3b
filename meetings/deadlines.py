"""Deadlines of tasks: the last day, the days left, the reminder due, and dates as documents print them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import islice

from accounts.vietnamese import fold

DAYS_AHEAD = (3, 1)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_FAR = timedelta(days=183)


class Limit(StrEnum):
    """What a deadline's date means: "trước ngày 10/11" excludes the 10th, "chậm nhất ngày 10/11" does not."""

    BEFORE = "before"
    BY = "by"


class OccasionKind(StrEnum):
    AHEAD = "before"
    LAST_DAY = "last-day"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which a task is recalled. ``key`` is stable: "before-3", "last-day", "overdue-2026-11-30"."""

    key: str
    on: date
    kind: OccasionKind


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, but for public holidays and for the weekend days worked in exchange for them."""

    days_off: frozenset[date] = frozenset()
    days_swapped_in: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        if day in self.days_swapped_in:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def working_days_after(self, day: date) -> Iterator[date]:
        """The working days that follow, without end."""
        while True:
            day += _ONE_DAY
            if self.is_working_day(day):
                yield day

    def count_on(self, day: date, working_days: int) -> date:
        """The last of so many working days that follow the day, at least one."""
        following = self.working_days_after(day)
        return next(islice(following, working_days - 1, None))


MONDAY_TO_FRIDAY = WorkCalendar()


def last_day(due_on: date, limit: Limit | str) -> date:
    """The last day on which the task is still done in time."""
    return due_on - _ONE_DAY if Limit(limit) is Limit.BEFORE else due_on


def days_left(last: date, today: date) -> int:
    """0 on the last day, negative when overdue."""
    return (last - today).days


def occasion_on(
    last: date,
    today: date,
    *,
    calendar: WorkCalendar = MONDAY_TO_FRIDAY,
    days_ahead: Sequence[int] = DAYS_AHEAD,
) -> Occasion | None:
    """The reminder that belongs to this very day, if any."""
    left = days_left(last, today)
    if left == 0:
        return Occasion("last-day", today, OccasionKind.LAST_DAY)
    if left > 0:
        return Occasion(f"before-{left}", today, OccasionKind.AHEAD) if left in days_ahead else None
    if calendar.is_working_day(today):
        return Occasion(f"overdue-{today.isoformat()}", today, OccasionKind.OVERDUE)
    return None


def latest_occasion(
    last: date,
    *,
    since: date,
    today: date,
    calendar: WorkCalendar = MONDAY_TO_FRIDAY,
    days_ahead: Sequence[int] = DAYS_AHEAD,
) -> Occasion | None:
    """The newest reminder of the days from ``since`` (the day the task was given) to today.

    Sending this one, unless it was sent already, is all there is to do each day: after days on which
    everything was down, whoever missed several reminders gets the newest alone; late if ``on`` has passed.
    """
    day = today
    while day >= since:
        if occasion := occasion_on(last, day, calendar=calendar, days_ahead=days_ahead):
            return occasion
        if day < last - timedelta(days=max(days_ahead, default=0)):
            return None
        day -= _ONE_DAY
    return None


def next_occasion(
    last: date,
    *,
    after: date,
    calendar: WorkCalendar = MONDAY_TO_FRIDAY,
    days_ahead: Sequence[int] = DAYS_AHEAD,
) -> Occasion:
    """The reminder that comes next after the given day if the task stays open."""
    coming = [last - timedelta(days=days) for days in sorted(days_ahead, reverse=True)] + [last]
    for day in coming:
        if day > after and (occasion := occasion_on(last, day, calendar=calendar, days_ahead=days_ahead)):
            return occasion
    overdue = next(calendar.working_days_after(max(after, last)))
    return Occasion(f"overdue-{overdue.isoformat()}", overdue, OccasionKind.OVERDUE)


def numeric_date(day: date) -> str:
    """As documents print it: days below 10 and months 1 and 2 take a zero, others do not: "05/9/2026"."""
    return f"{day.day:02}/{_month(day)}/{day.year}"


def spelled_date(day: date) -> str:
    """As the date line of a document prints it: "ngày 05 tháng 01 năm 2026"."""
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"


def phrase(limit: Limit | str, due_on: date, *, at: time | None = None) -> str:
    """The deadline in the words of a document: "trước ngày 10/11/2026", "trước 17 giờ 30 ngày 10/11/2026"."""
    if at is not None:
        return f"trước {at.hour} giờ{f' {at.minute:02}' if at.minute else ''} ngày {numeric_date(due_on)}"
    words = "trước ngày" if Limit(limit) is Limit.BEFORE else "chậm nhất ngày"
    return f"{words} {numeric_date(due_on)}"


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month <= 2 else str(day.month)


_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?P<mark>\s*[/.-]\s*)(?P<month>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2}))?")
_SPELLED = re.compile(r"(?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?: nam (?P<year>\d{4}))?")
_SPAN = re.compile(r"(?:trong )?(?:vong |thoi han )?(?P<days>\d{1,3}) ngay(?P<working> lam viec)?")
_DAYS_FROM_TODAY = {"hom nay": 0, "mai": 1, "ngay mai": 1, "kia": 2, "ngay kia": 2}


def read_date(text: str, *, today: date) -> date | None:
    """The date somebody typed: "10/11", "10-11-2026", "ngày 10 tháng 11", "ngày mai"; None unless certain.

    The day stands before the month. A date without a year is the next one to come, if that is within half a
    year: on 23 November "15/1" is certain and "10/11" is not.
    """
    words = " ".join(fold(text).split())
    if words in _DAYS_FROM_TODAY:
        return today + timedelta(days=_DAYS_FROM_TODAY[words])
    words = words.removeprefix("ngay ")
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _SPELLED):
        if match := pattern.fullmatch(words):
            day, month, year = match["day"], match["month"], match["year"]
            if year is None:
                return _coming(int(day), int(month), today)
            return _real_date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    return None


_LIMITS = {"truoc": Limit.BEFORE, "cham nhat": Limit.BY, "den het": Limit.BY, "het": Limit.BY, "den": Limit.BY}
_LIMIT = re.compile(rf"^(?P<limit>{'|'.join(_LIMITS)}) ")


def said_limit(text: str) -> Limit | None:
    """The limit somebody typed with the day: "trước ngày 10/11"; a stretch of time ends with its last day."""
    words = " ".join(fold(text).split())
    if match := _LIMIT.match(words):
        return _LIMITS[match["limit"]]
    return Limit.BY if _SPAN.fullmatch(words) else None


def without_limit(text: str) -> str:
    """The day alone, folded, of "trước ngày 10/11"."""
    return _LIMIT.sub("", " ".join(fold(text).split()), count=1)


def read_span(text: str, *, since: date, calendar: WorkCalendar = MONDAY_TO_FRIDAY) -> date | None:
    """The day a typed stretch of time ends: "10 ngày làm việc", "trong vòng 15 ngày"; the first day is not counted."""
    match = _SPAN.fullmatch(" ".join(fold(text).split()))
    if match is None or not (days := int(match["days"])):
        return None
    return calendar.count_on(since, days) if match["working"] else since + timedelta(days=days)


def _coming(day: int, month: int, today: date) -> date | None:
    for year in (today.year, today.year + 1):
        found = _real_date(year, month, day)
        if found and found >= today:
            return found if found - today <= _FAR else None
    return None


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
