"""Finds the deadlines in a sentence as it was spoken: "trước ngày 10/11", "đến hết tháng 11", "trong quý IV/2026".

The meeting's day gives the year and is where "tuần sau" and "trong vòng 10 ngày" are counted from. Whatever has two
readings comes out as not ``sure`` with its ``doubt``: a person looks at it; nothing is guessed silently.

Marks and capitals are no matter: texts are read folded, letter by letter, so places in the text stay true.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from accounts.vietnamese import fold
from meetings.deadlines import MONDAY_TO_FRIDAY, Limit, WorkCalendar, last_day

_DAY = timedelta(days=1)
_SOON = timedelta(days=183)
_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_EARLY_AFTERNOON = 3  # "3 giờ trưa" is 15:00, "11 giờ trưa" 11:00


class Doubt(StrEnum):
    """Why a deadline needs a second look."""

    PASSED = "passed"  # it lies before the meeting
    YEAR = "year"  # the year was not said, and more than one is possible
    MONTH = "month"  # only the day of the month was said
    WEEK = "week"  # the end of a week: Friday or Sunday
    WHICH = "which"  # the end of a month or a quarter, and not which
    PART = "part"  # the beginning or the middle of a month
    WEEKDAY = "weekday"  # the weekday that was said is not that date's
    BASE = "base"  # counted from something whose day is not known: the signing, the receipt
    EVENT = "event"  # before something whose day is not known: a session, a congress, Tết
    END = "end"  # "đến tháng 11": its beginning or its end
    REPEATED = "repeated"  # every month, every quarter
    HOURS = "hours"  # counted in hours
    BARE = "bare"  # a date without a word that makes it a deadline
    UNREAL = "unreal"  # no such day: 31/11; no such year: 0000
    LUNAR = "lunar"  # a day of the lunar calendar


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline and the words it came from: ``text[start:end]``.

    ``on`` is the date that was named; ``last_day`` the last day on which the task is still in time: the day before
    with ``Limit.BEFORE``, unless an hour was named. Both are None when no date can be told.
    """

    words: str
    start: int
    end: int
    limit: Limit
    on: date | None
    at: time | None = None
    doubt: Doubt | None = None

    @property
    def last_day(self) -> date | None:
        if self.on is None:
            return None
        if self.at and self.at != time.min:
            return self.on
        return last_day(self.on, self.limit)

    @property
    def sure(self) -> bool:
        return self.on is not None and self.doubt is None


def find_deadlines(text: str, *, meeting: date, calendar: WorkCalendar = MONDAY_TO_FRIDAY) -> list[Due]:
    """The deadlines of the text (NFC) in their order; they do not overlap."""
    return list(_Reader(text, meeting, calendar).deadlines())


def folded(text: str) -> str:
    """The text without marks and capitals, exactly as long."""
    return "".join(letter if len(letter) == 1 else " " for letter in map(fold, text))


@dataclass(frozen=True, slots=True)
class _Span:
    """Days from ``first`` to ``last``, and where the words end. A single day is its own first and last."""

    first: date | None
    last: date | None
    end: int
    doubt: Doubt | None = None


_ONES = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_ONE = "mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin"
_NUMBER = rf"(?:\d{{1,3}}(?:\s*\([^)]*\))?|(?:(?:{_ONE})\s+)?muoi(?:\s+(?:{_ONE}))?|{_ONE})"
_UNIT = r"(?P<unit>ngay|hom|tuan(?:\s+le)?|thang|quy|nam|gio|tieng)"
_YEAR = r"(?:(?:\s*(?:nam|/|-|\.)\s*(?=\d{4})|(?:/|\s+nam\s+)(?=\d{2}(?![\d/])))(?P<year>\d{4}|\d{2}))?"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
_WEEKDAYS = {
    "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip
_WEEKDAY = r"(?:thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu\s+nhat))\b"
_EARLY = r"m[uo]ng\s+"  # "mùng 5", "mồng 5": of the first ten days
_THE_DAY = rf"(?:ngay\s+(?:{_EARLY})?|{_EARLY})(?P<day>\d{{1,2}})"
_THIS, _NEXT = r"(?:nay)", r"(?:sau|toi|den|ke\s+tiep|tiep\s+theo)"
_WHICH_YEAR = rf"(?:\s+(?:cua\s+)?(?P<coming>nam\s+(?:{_THIS}|{_NEXT})|sang\s+nam)\b)?"

# What makes a date a deadline. The longest comes first.
_BEFORE = r"(?:xong|den|phai|la)?\s*\btruoc(?:\s+(?:thoi\s+diem|luc|khi\s+het))?"
_BY = (
    r"\b(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao|den|trong|sau|khong\s+qua|het))*"
    r"|\bkhong\s+(?:duoc\s+)?(?:qua|muon\s+hon|cham\s+hon|tre\s+hon|sau|vuot\s+qua)"
    r"|\b(?:tu\s+nay|tu\s+bay\s+gio)\s+(?:den|toi|cho\s+den)(?:\s+het)?"
    r"|\bden\s+(?:cuoi|het)(?=\s+(?:ngay|thang|quy|nam|tuan|gio|\d))"
    r"|\b(?:thoi\s+)?(?:han|gian)(?:\s+(?:cuoi(?:\s+cung)?|chot|hoan\s+thanh|thuc\s+hien|nop|gui|tra\s+loi|xong))*"
    r"\s*(?::|\bla\b|\bden\b|\bvao\b|\btrong\b)?(?:\s*(?:het|den|vao))*"
    r"|\b(?:xong|hoan\s+thanh|hoan\s+tat)(?:\s+(?:trong|vao|den|het))*"
    r"|\b(?:den|toi|het|trong|vao|sau|cuoi|dau|giua)\b(?:\s+het)?"
    r"|(?=\b(?:tuan|thang|quy)\s+(?:sau|toi)\b)"
)
_PARTS = ("dau", "giua", "cuoi")
_LEAD = re.compile(rf"(?P<before>{_BEFORE})|(?P<by>{_BY})")
_HOUR = re.compile(
    r"\s*(?:luc\s+)?(?:(?P<hour>\d{1,2})\s*(?:gio|h|g|:)\s*(?P<minute>[0-5]\d(?!\d))?\s*(?:phut|p|')?"
    r"(?:\s*(?:buoi\s+)?(?P<part>sang|trua|chieu|toi)\b)?"
    r"|(?:cuoi\s+)?(?:het\s+)?(?:gio\s+(?:lam\s+viec|hanh\s+chinh)|gio\s+chieu|gio\s+sang)"
    r"|(?:dau\s+|cuoi\s+)?(?:buoi\s+)?(?:sang|trua|chieu|toi)\b)\s*(?:,|cua)?\s*"
)
_NUMERIC = re.compile(
    r"(?P<day>\d{1,2})\s*(?P<mark>[/.-])\s*(?P<month>\d{1,2})(?:(?:(?P=mark)|\s+nam\s+)(?P<year>\d{4}|\d{2}))?"
    rf"(?![\d/]|-\w){_WHICH_YEAR}"
)
_SPELLED = re.compile(rf"{_THE_DAY}\s*(?:thang\s+|/)(?P<month>\d{{1,2}})\b{_YEAR}{_WHICH_YEAR}")
_DAY_OF_THIS = re.compile(
    rf"{_THE_DAY}\s+(?:(?:cua\s+)?thang\s+(?P<which>{_THIS}|{_NEXT})|(?P<coming>toi|nay|sap\s+toi))\b"
)
_DAY_ALONE = re.compile(rf"{_THE_DAY}\b(?!\s*(?:ngay|gio|[/.-]\s*\d))")
_WEEKDAY_TOO = re.compile(  # without brackets at the end only: "thứ hai" may begin what is said in the second place
    rf"\s*(?:(?P<open>\()|,)?\s*(?:tuc\s+)?(?:la\s+)?{_WEEKDAY}(?(open)\s*\)|(?=\s*(?:$|[.;)])))"
)
_NAMED_DAY = re.compile(r"(?:ngay\s+)?(?P<name>hom\s+nay|ngay\s+mai|mai|ngay\s+kia|ngay\s+mot|trong\s+ngay)\b")
_NAMED_DAYS = {"hom nay": 0, "trong ngay": 0, "ngay mai": 1, "mai": 1, "ngay kia": 2, "ngay mot": 2}
_WEEKDAY_OF = re.compile(
    rf"(?:ngay\s+)?{_WEEKDAY}(?:\s*(?:cua\s+)?(?:(?P<this>tuan\s+nay|nay)|(?P<next>tuan\s+(?:sau|toi|"
    rf"ke\s+tiep|tiep\s+theo)|toi)))?"
)
_WEEK = re.compile(
    r"(?:(?:cuoi|dau|giua)\s+)?tuan\s+(?:(?P<this>nay)|(?P<next>sau|toi|ke\s+tiep|tiep\s+theo))\b|"
    r"(?P<end>cuoi\s+tuan)\b"
)
_MONTH = re.compile(
    rf"(?:(?P<part>dau|giua|cuoi|thuong\s+tuan|trung\s+tuan|ha\s+tuan|nua\s+dau|"
    rf"nua\s+cuoi)\s+)?thang\s+(?:(?P<which>{_THIS}|{_NEXT})\b|(?P<month>\d{{1,2}})\b(?!\s*(?:dau|"
    rf"cuoi)\s+nam){_YEAR}{_WHICH_YEAR})"
)
_END_OF_IT = re.compile(  # what "đến cuối" began goes on behind it
    rf"(?:cuoi\s+|(?<=\bcuoi ))(?P<unit>thang|quy)\b"
    rf"(?!\s+(?:\d|(?:{_ONE}|muoi|gieng|chap|truoc|qua|vua|roi)\b))"
)
_QUARTER = re.compile(
    rf"(?:(?P<part>dau|giua|cuoi)\s+)?quy\s+(?:(?P<which>{_THIS}|{_NEXT})\b|(?P<quarter>iv|i{{1,3}}|"
    rf"0?[1-4])\b{_YEAR}{_WHICH_YEAR})"
)
_HALF = re.compile(
    rf"(?:6|06|sau)\s+thang\s+(?P<half>dau|cuoi)\s+nam(?:\s+(?:(?P<year>\d{{4}})|(?P<which>{_THIS}|{_NEXT})\b))?"
)
_YEAR_ALONE = re.compile(
    rf"(?:(?P<part>dau|giua|cuoi)\s+)?nam\s+(?:(?P<which>{_THIS}|{_NEXT})\b|(?P<year>20\d\d)\b)|(?P<end>cuoi\s+nam)\b"
)
_DURATION = re.compile(
    rf"(?:(?:vong|thoi\s+han|thoi\s+gian|khoang|toi\s+da|khong\s+qua|sau)\s+)*(?P<number>{_NUMBER}|nua)\s*{_UNIT}\b"
    r"(?P<working>\s*lam\s+viec)?"
)
_FROM = re.compile(
    r"\s*,?\s*(?:(?:(?:ke|tinh|bat\s+dau)\s+)?(?:tu|sau)\s+(?:khi\s+)?|sau\s+)(?P<base>.{1,80}?)(?=$|[,;.)]|"
    r"\s+(?:phai|de|thi|hoan)\b)"
)
_FROM_MEETING = re.compile(
    r"(?:ngay\s+)?(?:(?:ket\s+thuc\s+)?(?:cuoc\s+|buoi\s+|phien\s+)?(?:hop|hoi\s+nghi)(?:\s+(?:nay|"
    r"hom\s+nay))?(?:\s+ket\s+thuc)?|"
    r"hom\s+nay|nay|ngay\s+nay|bay\s+gio|(?:co\s+)?ket\s+luan(?:\s+(?:nay|cuoc\s+hop|hoi\s+nghi))?|"
    r"(?:dien\s+ra\s+)?(?:cuoc\s+)?hop)\s*$"
)
_PAST = re.compile(r"\s+(?:truoc|qua|vua\s+qua|gan\s+day|tro\s+lai|lien)\b")
_COMING = re.compile(r"\s+(?:toi|sap\s+toi|nua)\b")
_REPEATED = re.compile(r"\s*(?:cua\s+)?(?:hang|hằng|moi)\s+(?:thang|quy|nam|tuan)\b")
_LUNAR = re.compile(r"\s*\(?(?:theo\s+)?(?:am\s+lich|lich\s+am|al|tet|thang\s+(?:gieng|chap))\b\)?")
_OF_REPEATED = re.compile(r"\b(?:hang|moi|dinh\s+ky)\s+(?:\w+\s+)?(?:thang|quy|nam|tuan|ngay)?\s*,?\s*$")
_EVENT = re.compile(
    r"(?:khi\s+|ngay\s+|dip\s+|thoi\s+diem\s+)*(?:dien\s+ra\s+|to\s+chuc\s+|khai\s+mac\s+|bat\s+dau\s+|"
    r"vao\s+|trinh\s+)*"
    r"(?:ky\s+hop|hoi\s+nghi|dai\s+hoi|cuoc\s+hop|phien\s+hop|buoi\s+hop|tet|khai\s+mac|le\s+|trinh|"
    r"ban\s+hanh|khi)[^,;.]{0,60}"
)
_SO_LONG_BEFORE = re.compile(rf"\s+truoc\s+(?:khi\s+)?(?:{_EVENT.pattern})")


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    meeting: date
    calendar: WorkCalendar

    def deadlines(self) -> Iterator[Due]:
        flat = folded(self.text)
        place = 0
        while lead := _LEAD.search(flat, place):
            due = self._after(flat, lead)
            place = due.end if due else lead.start() + 1
            # Never begin in the middle of a word.
            while place < len(flat) and flat[place - 1].isalnum() and flat[place].isalnum():
                place += 1
            if due:
                yield due

    def _after(self, flat: str, lead: re.Match[str]) -> Due | None:
        """What stands behind the word that makes it a deadline."""
        if lead.start() and flat[lead.start()].isalnum() and flat[lead.start() - 1].isalnum():
            return None
        limit = Limit.BEFORE if lead["before"] else Limit.BY
        word = " ".join(lead[0].split())
        strict = lead.start() if word in _PARTS else _skip(flat, lead.end())
        if limit is Limit.BY and (also := re.compile(r"(?:la\s+)?truoc\b\s*").match(flat, strict)):
            limit, strict = Limit.BEFORE, also.end()
        if whole := re.compile(r"het\s+").match(flat, strict):  # "trước hết ngày": by its end
            if limit is Limit.BEFORE:
                limit = Limit.BY
            strict = whole.end()
        at, named, place = self._hour(flat, strict)
        span = self._span(flat, place)
        if span is None and place != strict:
            span, at, named = self._span(flat, strict), None, False
        if span is None:
            return self._event(flat, lead, strict) if limit is Limit.BEFORE else None
        due = self._due(flat, lead, word, limit, span)
        if due is None:
            return None
        if at is not None:
            midnight = at == time.min and limit is Limit.BEFORE
            due = replace(due, at=None if midnight else at)
        elif named and due.limit is Limit.BEFORE:  # "trước 24 giờ ngày 10/11": on that day
            due = replace(due, limit=Limit.BY)
        if due.last_day is not None and due.last_day < self.meeting and due.doubt is None:
            due = replace(due, doubt=Doubt.PASSED)
        return due

    def _due(self, flat: str, lead: re.Match[str], word: str, limit: Limit, span: _Span) -> Due | None:
        single = span.first == span.last
        doubt = span.doubt
        on = span.first if limit is Limit.BEFORE else span.last
        if word == "sau":  # "sau ngày 10/11" is no deadline; "sau 10 ngày" may be one
            if not _DURATION.match(flat, _skip(flat, lead.end())):
                return None
            doubt = doubt or Doubt.BARE
        elif word in ("den", "toi", "tu nay den", "tu nay toi") and not single:
            doubt = doubt or Doubt.END
        elif not word:
            doubt = doubt or Doubt.BARE
        start, end = lead.start(), span.end
        while start < end and not flat[start].isalnum():
            start += 1
        if lunar := _LUNAR.match(flat, end):
            end, on, doubt = lunar.end(), None, Doubt.LUNAR
        if repeated := _REPEATED.match(flat, end):
            end, doubt = repeated.end(), Doubt.REPEATED
        elif _OF_REPEATED.search(flat[:start]):
            doubt = Doubt.REPEATED
        return Due(self.text[start:end], start, end, limit, on, doubt=doubt)

    def _event(self, flat: str, lead: re.Match[str], place: int) -> Due | None:
        """Before something whose day nobody said."""
        event = _EVENT.match(flat, place)
        if event is None:
            return None
        start = lead.start() + (len(lead[0]) - len(lead[0].lstrip()))
        end = event.end() - (len(event[0]) - len(event[0].rstrip()))
        return Due(self.text[start:end], start, end, Limit.BEFORE, None, doubt=Doubt.EVENT)

    def _hour(self, flat: str, place: int) -> tuple[time | None, bool, int]:
        """An hour, whether a part of the day was named at all, and where it ends."""
        found = _HOUR.match(flat, place)
        if found is None:
            return None, False, place
        if found["hour"] is None:
            return None, True, found.end()
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if (found["part"] in ("chieu", "toi") and hour < 12) or (found["part"] == "trua" and hour <= _EARLY_AFTERNOON):
            hour += 12
        if hour == 24 and minute == 0:
            return None, True, found.end()
        if hour > 23:
            return None, False, place
        return time(hour, minute), True, found.end()

    def _span(self, flat: str, place: int) -> _Span | None:
        readers: tuple[Callable[[str, int], _Span | None], ...] = (
            self._weekday_and_date,
            self._date,
            self._day_of_this_month,
            self._named_day,
            self._weekday,
            self._half_year,
            self._duration,
            self._month,
            self._quarter,
            self._week,
            self._year,
            self._day_alone,
            self._end_of_it,
        )
        for read in readers:
            if span := read(flat, place):
                return span
        return None

    # One day

    def _weekday_and_date(self, flat: str, place: int) -> _Span | None:
        """ "thứ Sáu, ngày 25/9"."""
        said = re.compile(rf"(?:ngay\s+)?{_WEEKDAY}\s*(?:,|\()?\s*").match(flat, place)
        if said is None:
            return None
        span = self._date(flat, said.end())
        if span is None:
            return None
        end = span.end + 1 if flat[span.end : span.end + 1] == ")" else span.end
        return _agreeing(replace(span, end=end), said)

    def _date(self, flat: str, place: int) -> _Span | None:
        """ "ngày 10/11 (thứ Ba)", "mùng 5 tháng 12": with the weekday where it is said too."""
        span = self._day_and_month(flat, place)
        if span and (said := _WEEKDAY_TOO.match(flat, span.end)):
            return _agreeing(replace(span, end=said.end()), said)
        return span

    def _day_and_month(self, flat: str, place: int) -> _Span | None:
        found, is_day = _SPELLED.match(flat, place), True
        if found is None:
            lead = re.compile(r"(?:ngay\s+)?").match(flat, place)
            found, is_day = _NUMERIC.match(flat, lead.end() if lead else place), bool(lead and lead[0])
        if found is None:
            return None
        day, month = int(found["day"]), int(found["month"])
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            # "ngày 10/13" is meant as a day; "24/7" alone may be anything.
            return _Span(None, None, found.end(), Doubt.UNREAL) if is_day else None
        if found["year"] or found["coming"]:
            year, doubt = self._year_said(found), None
            on = _real(year, month, day) if year else None
        else:
            on, doubt = self._coming(day, month)
        if on is None:
            return _Span(None, None, found.end(), Doubt.UNREAL)
        return _Span(on, on, found.end(), doubt)

    def _coming(self, day: int, month: int) -> tuple[date | None, Doubt | None]:
        """The year of the meeting, or the next one when that day is over and not far ahead."""
        this, following = (_real(self.meeting.year + ahead, month, day) for ahead in (0, 1))
        if this and this >= self.meeting:
            return this, None
        if following is None:
            return this, Doubt.PASSED if this else None
        return following, None if following - self.meeting <= _SOON else Doubt.YEAR

    def _day_of_this_month(self, flat: str, place: int) -> _Span | None:
        found = _DAY_OF_THIS.match(flat, place)
        if found is None:
            return None
        if found["coming"]:
            return self._coming_day(int(found["day"]), found.end(), doubt=None)
        ahead = 0 if found["which"] == "nay" else 1
        year, month = _months_on(self.meeting, ahead)
        on = _real(year, month, int(found["day"]))
        return _Span(on, on, found.end(), None if on else Doubt.UNREAL)

    def _day_alone(self, flat: str, place: int) -> _Span | None:
        found = _DAY_ALONE.match(flat, place)
        if found is None or not 1 <= int(found["day"]) <= 31:
            return None
        return self._coming_day(int(found["day"]), found.end(), doubt=Doubt.MONTH)

    def _coming_day(self, day: int, end: int, *, doubt: Doubt | None) -> _Span:
        """The next day of that number, this month or the next."""
        for ahead in (0, 1, 2):
            on = _real(*_months_on(self.meeting, ahead), day)
            if on and on >= self.meeting:
                return _Span(on, on, end, doubt if ahead == 0 or doubt else None)
        return _Span(None, None, end, Doubt.UNREAL)

    def _named_day(self, flat: str, place: int) -> _Span | None:
        found = _NAMED_DAY.match(flat, place)
        if found is None:
            return None
        on = self.meeting + _NAMED_DAYS[" ".join(found["name"].split())] * _DAY
        end = found.end()
        if date_too := re.compile(r"\s*,?\s*\(?(?=(?:ngay\s+)?\d)").match(flat, end):
            span = self._date(flat, date_too.end())
            if span and span.first:
                closing = span.end + 1 if flat[span.end : span.end + 1] == ")" else span.end
                return _Span(span.first, span.last, closing, None if span.first == on else Doubt.WEEKDAY)
        return _Span(on, on, end)

    def _weekday(self, flat: str, place: int) -> _Span | None:
        found = _WEEKDAY_OF.match(flat, place)
        if found is None:
            return None
        weekday = 6 if found["sunday"] else _WEEKDAYS[found["weekday"]]
        monday = self.meeting - self.meeting.weekday() * _DAY
        if found["next"]:
            on = monday + (7 + weekday) * _DAY
            doubt = (
                Doubt.WEEK if " ".join(found["next"].split()) == "toi" and weekday > self.meeting.weekday() else None
            )
        elif found["this"]:
            on, doubt = monday + weekday * _DAY, None
        else:
            on = monday + weekday * _DAY
            doubt = None if on >= self.meeting else Doubt.WEEK
            on = on if on >= self.meeting else on + 7 * _DAY
        return _Span(on, on, found.end(), doubt)

    # Stretches of time

    def _week(self, flat: str, place: int) -> _Span | None:
        found = _WEEK.match(flat, place)
        if found is None:
            return None
        monday = self.meeting - self.meeting.weekday() * _DAY + (7 * _DAY if found["next"] else 0 * _DAY)
        return _Span(monday, monday + 4 * _DAY, found.end(), Doubt.WEEK)

    def _month(self, flat: str, place: int) -> _Span | None:
        found = _MONTH.match(flat, place)
        if found is None:
            return None
        if found["which"]:
            year, month = _months_on(self.meeting, 0 if found["which"] == "nay" else 1)
            doubt = None
        else:
            month = int(found["month"])
            if not 1 <= month <= 12:
                return None
            said, doubt = self._year_of(found, last_month=month)
            if said is None:
                return _Span(None, None, found.end(), Doubt.UNREAL)
            year = said
        first, last = date(year, month, 1), _end_of(year, month)
        part = " ".join((found["part"] or "").split())
        if part in ("dau", "thuong tuan"):
            first, last, doubt = first, first.replace(day=10), doubt or Doubt.PART
        elif part == "nua dau":
            last = first.replace(day=15)
        elif part in ("giua", "trung tuan"):
            first, last, doubt = first.replace(day=11), first.replace(day=20), doubt or Doubt.PART
        elif part in ("cuoi", "ha tuan", "nua cuoi"):
            first = first.replace(day=16 if part == "nua cuoi" else 21)
            doubt = doubt or (Doubt.PART if part == "ha tuan" else None)
            if part == "cuoi":
                first = last
        return _Span(first, last, found.end(), doubt)

    def _quarter(self, flat: str, place: int) -> _Span | None:
        found = _QUARTER.match(flat, place)
        if found is None:
            return None
        if found["which"]:
            quarter, doubt = (self.meeting.month - 1) // 3 + 1, None
            year = self.meeting.year
            if found["which"] != "nay":
                quarter, year = (1, year + 1) if quarter == 4 else (quarter + 1, year)
        else:
            quarter = _ROMAN[found["quarter"]]
            said, doubt = self._year_of(found, last_month=quarter * 3)
            if said is None:
                return _Span(None, None, found.end(), Doubt.UNREAL)
            year = said
        first, last = date(year, quarter * 3 - 2, 1), _end_of(year, quarter * 3)
        if found["part"] == "dau":
            last, doubt = _end_of(year, quarter * 3 - 2), doubt or Doubt.PART
        elif found["part"] == "giua":
            last, doubt = _end_of(year, quarter * 3 - 1), doubt or Doubt.PART
        elif found["part"] == "cuoi":
            first = last
        return _Span(first, last, found.end(), doubt)

    def _end_of_it(self, flat: str, place: int) -> _Span | None:
        """ "cuối tháng", "cuối quý": the present one, as long as nobody says which."""
        found = _END_OF_IT.match(flat, place)
        if found is None:
            return None
        month = self.meeting.month if found["unit"] == "thang" else (self.meeting.month + 2) // 3 * 3
        last = _end_of(self.meeting.year, month)
        return _Span(last, last, found.end(), Doubt.WHICH)

    def _half_year(self, flat: str, place: int) -> _Span | None:
        found = _HALF.match(flat, place)
        if found is None:
            return None
        year = (
            _named_year(found["year"]) if found["year"] else self.meeting.year + (found["which"] not in (None, "nay"))
        )
        if year is None:
            return _Span(None, None, found.end(), Doubt.UNREAL)
        first, last = (1, 6) if found["half"] == "dau" else (7, 12)
        return _Span(date(year, first, 1), _end_of(year, last), found.end())

    def _year(self, flat: str, place: int) -> _Span | None:
        found = _YEAR_ALONE.match(flat, place)
        if found is None:
            return None
        year = int(found["year"]) if found["year"] else self.meeting.year + (found["which"] not in (None, "nay"))
        first, last, doubt = date(year, 1, 1), date(year, 12, 31), None
        if found["part"] == "dau":
            last, doubt = date(year, 3, 31), Doubt.PART
        elif found["part"] == "giua":
            first, last, doubt = date(year, 4, 1), date(year, 8, 31), Doubt.PART
        elif found["part"] == "cuoi" or found["end"]:
            first = last
        return _Span(first, last, found.end(), doubt)

    def _year_of(self, found: re.Match[str], *, last_month: int) -> tuple[int | None, Doubt | None]:
        """The year of a month or a quarter: said, or the meeting's, or the next when it is over."""
        if found["year"] or found["coming"]:
            return self._year_said(found), None
        if _end_of(self.meeting.year, last_month) >= self.meeting:
            return self.meeting.year, None
        ahead = _end_of(self.meeting.year + 1, last_month) - self.meeting
        return self.meeting.year + 1, None if ahead <= _SOON else Doubt.YEAR

    def _year_said(self, found: re.Match[str]) -> int | None:
        """In figures, or as "năm nay", "năm sau"; None when there is no such year."""
        if found["year"]:
            return _named_year(found["year"])
        return self.meeting.year + (not found["coming"].endswith("nay"))

    # Counted

    def _duration(self, flat: str, place: int) -> _Span | None:
        """ "10 ngày làm việc kể từ ngày họp": the day after the meeting is the first (Civil Code, art. 147)."""
        found = _DURATION.match(flat, place)
        if found is None or (found["unit"] == "nam" and re.fullmatch(r"\d{4}", found["number"])):
            return None
        end, doubt = found.end(), None
        if coming := _COMING.match(flat, end):
            end = coming.end()
        elif base := _FROM.match(flat, end):
            end = base.end() - (len(base[0]) - len(base[0].rstrip()))
            known = self._base(flat, base)
            if known is None:
                return _Span(None, None, end, Doubt.BASE)
            return self._counted(found, known, end, doubt)
        elif before := _SO_LONG_BEFORE.match(flat, end):
            return _Span(None, None, before.end(), Doubt.EVENT)
        elif _PAST.match(flat, end):
            return None
        elif found["unit"] == "nam":
            doubt = Doubt.BARE
        return self._counted(found, self.meeting, end, doubt)

    def _base(self, flat: str, base: re.Match[str]) -> date | None:
        words = base["base"].strip()
        if _FROM_MEETING.fullmatch(words):
            return self.meeting
        span = self._date(flat, base.start("base"))
        return span.first if span and span.end >= base.end("base") - 1 else None

    def _counted(self, found: re.Match[str], base: date, end: int, doubt: Doubt | None) -> _Span:
        number, unit = found["number"], " ".join(found["unit"].split())
        if number == "nua":
            days = {"thang": 15, "nam": 182, "quy": 45}.get(unit)
            on = base + days * _DAY if days else None
            doubt = doubt if unit == "thang" else Doubt.PART
        else:
            count = _number(number)
            if found["working"]:
                days_on = self.calendar.working_days_after(base)
                on = base
                for _step in range(count):
                    on = next(days_on)
            elif unit in ("gio", "tieng"):
                on, doubt = base + timedelta(days=-(-count // 24)), Doubt.HOURS
            elif unit in ("ngay", "hom"):
                on = base + count * _DAY
            elif unit.startswith("tuan"):
                on = base + 7 * count * _DAY
            else:
                on = _months_later(base, count * {"thang": 1, "quy": 3, "nam": 12}[unit])
        return _Span(on, on, end, doubt)


def _agreeing(span: _Span, said: re.Match[str]) -> _Span:
    """The weekday that was said must be that of the date."""
    weekday = 6 if said["sunday"] else _WEEKDAYS[said["weekday"]]
    if span.first is None or span.first.weekday() == weekday:
        return span
    return replace(span, doubt=Doubt.WEEKDAY)


def _skip(flat: str, place: int) -> int:
    while place < len(flat) and flat[place].isspace():
        place += 1
    return place


def _number(words: str) -> int:
    """ "10", "05 (năm)", "mười lăm", "hai mươi"."""
    if digits := re.match(r"\d+", words):
        return int(digits[0])
    parts = words.split()
    if "muoi" not in parts:
        return _ONES[parts[0]]
    tens = _ONES[parts[0]] if parts[0] != "muoi" else 1
    return tens * 10 + (_ONES[parts[-1]] if parts[-1] != "muoi" else 0)


def _named_year(figures: str) -> int | None:
    """ "26" or "2026"; None for a year in which nothing falls due: "0000"."""
    year = int(figures) + (2000 if len(figures) == 2 else 0)
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of(year: int, month: int) -> date:
    return date(year, month, months.monthrange(year, month)[1])


def _months_on(day: date, ahead: int) -> tuple[int, int]:
    whole = day.year * 12 + day.month - 1 + ahead
    return whole // 12, whole % 12 + 1


def _months_later(day: date, ahead: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = _months_on(day, ahead)
    return date(year, month, min(day.day, _end_of(year, month).day))
