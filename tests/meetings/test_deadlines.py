from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.deadlines import (
    Limit,
    OccasionKind,
    WorkCalendar,
    days_left,
    last_day,
    latest_occasion,
    next_occasion,
    numeric_date,
    occasion_on,
    phrase,
    read_date,
    said_limit,
    spelled_date,
    without_limit,
)

MONDAY = date(2026, 11, 23)
dates = st.dates(date(2020, 1, 1), date(2035, 12, 31))
calendars = st.builds(
    WorkCalendar,
    days_off=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 2, 28)), max_size=20),
    days_swapped_in=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 2, 28)), max_size=5),
)


def day(number):
    """Monday is day 0."""
    return MONDAY + timedelta(days=number)


def keys(last, *, start, end, **options):
    """The reminders of each day in turn."""
    found = (occasion_on(last, day(number), **options) for number in range(start, end + 1))
    return [occasion.key for occasion in found if occasion]


def test_before_means_that_the_last_day_is_the_day_before():
    assert last_day(date(2026, 11, 10), Limit.BEFORE) == date(2026, 11, 9)
    assert last_day(date(2026, 11, 10), Limit.BY) == date(2026, 11, 10)


def test_limits_may_be_given_as_they_are_stored():
    assert last_day(date(2027, 1, 1), "before") == date(2026, 12, 31)
    with pytest.raises(ValueError):
        last_day(date(2027, 1, 1), "sometime")


def test_days_left_are_counted_to_the_last_day():
    assert [days_left(day(0), day(number)) for number in (-2, 0, 1)] == [2, 0, -1]


def test_working_days_are_monday_to_friday():
    assert [WorkCalendar().is_working_day(day(number)) for number in range(7)] == [True] * 5 + [False] * 2


def test_holidays_are_off_and_swapped_days_are_worked():
    calendar = WorkCalendar(days_off=frozenset({day(0)}), days_swapped_in=frozenset({day(5)}))
    assert not calendar.is_working_day(day(0))
    assert calendar.is_working_day(day(5))
    assert not calendar.is_working_day(day(6))


def test_reminders_come_three_days_and_one_day_before_and_on_the_last_day_even_at_weekends():
    saturday = day(5)
    assert keys(saturday, start=-10, end=5) == ["before-3", "before-1", "last-day"]
    assert occasion_on(saturday, day(2)).on == day(2)


def test_overdue_reminders_come_on_working_days_only():
    thursday = day(3)
    assert keys(thursday, start=4, end=9) == [
        "overdue-2026-11-27",
        "overdue-2026-11-30",
        "overdue-2026-12-01",
        "overdue-2026-12-02",
    ]


def test_overdue_reminders_respect_the_calendar():
    calendar = WorkCalendar(days_off=frozenset({day(4)}), days_swapped_in=frozenset({day(5)}))
    assert keys(day(3), start=4, end=7, calendar=calendar) == ["overdue-2026-11-28", "overdue-2026-11-30"]


def test_the_days_ahead_can_be_chosen():
    assert keys(day(10), start=-10, end=10, days_ahead=(7, 2)) == ["before-7", "before-2", "last-day"]
    assert keys(day(10), start=-10, end=10, days_ahead=()) == ["last-day"]


def test_on_a_day_without_reminder_the_newest_earlier_one_counts():
    assert latest_occasion(day(5), since=day(-30), today=day(1)) is None
    assert latest_occasion(day(5), since=day(-30), today=day(3)).key == "before-3"
    # Sunday after the last day: the Saturday's.
    assert latest_occasion(day(5), since=day(-30), today=day(6)).key == "last-day"


def test_after_an_outage_only_the_newest_of_the_missed_reminders_is_due():
    found = latest_occasion(day(2), since=day(-30), today=day(6))
    assert found.key == "overdue-2026-11-27"
    assert found.on < day(6)


def test_nothing_is_due_from_before_the_task_was_given():
    assert latest_occasion(day(2), since=day(0), today=day(0)) is None
    assert latest_occasion(day(3), since=day(0), today=day(0)).key == "before-3"
    assert latest_occasion(day(-30), since=day(5), today=day(6)) is None


def test_the_clock_going_back_makes_nothing_new():
    assert latest_occasion(day(2), since=day(0), today=day(-1)) is None


@settings(max_examples=200)
@given(dates, st.integers(-20, 40), st.integers(-20, 20))
def test_the_latest_is_the_last_of_all_the_days_looked_at_one_by_one(last, today_offset, since_offset):
    today, since = last + timedelta(days=today_offset), last + timedelta(days=since_offset)
    each_day = [since + timedelta(days=n) for n in range((today - since).days + 1)]
    found = [occasion for d in each_day if (occasion := occasion_on(last, d))]
    assert latest_occasion(last, since=since, today=today) == (found[-1] if found else None)


@settings(max_examples=200)
@given(st.dates(date(2026, 1, 1), date(2026, 2, 28)), st.integers(-10, 20), calendars)
def test_the_next_is_the_first_of_the_following_days(last, offset, calendar):
    after = last + timedelta(days=offset)
    following = (occasion_on(last, after + timedelta(days=n), calendar=calendar) for n in range(1, 200))
    assert next_occasion(last, after=after, calendar=calendar) == next(o for o in following if o)


@settings(max_examples=150)
@given(dates)
def test_a_daily_run_sends_each_occasion_once_however_often_it_runs(last):
    sent = []
    for offset in range(-10, 20):
        today = last + timedelta(days=offset)
        for _ in range(2):
            occasion = latest_occasion(last, since=last - timedelta(days=10), today=today)
            if occasion and occasion.key not in sent:
                sent.append(occasion.key)
    assert sent[:3] == ["before-3", "before-1", "last-day"]
    assert len(sent) == len(set(sent)) == 3 + sum((last + timedelta(days=n)).weekday() < 5 for n in range(1, 20))


def test_kinds_tell_occasions_apart():
    kinds = [occasion_on(day(3), day(number)).kind for number in (0, 3, 4)]
    assert kinds == [OccasionKind.AHEAD, OccasionKind.LAST_DAY, OccasionKind.OVERDUE]


@pytest.mark.parametrize(
    ("when", "printed"),
    [
        (date(2026, 9, 5), "05/9/2026"),
        (date(2009, 6, 12), "12/6/2009"),
        (date(2017, 2, 6), "06/02/2017"),
        (date(2016, 12, 13), "13/12/2016"),
        (date(2026, 1, 10), "10/01/2026"),
    ],
)
def test_dates_are_printed_as_in_documents(when, printed):
    assert numeric_date(when) == printed


def test_the_date_line_follows_the_same_rule():
    assert spelled_date(date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert spelled_date(date(2019, 6, 29)) == "ngày 29 tháng 6 năm 2019"


def test_deadlines_are_put_in_the_words_of_documents():
    assert phrase(Limit.BEFORE, date(2026, 11, 10)) == "trước ngày 10/11/2026"
    assert phrase("by", date(2026, 9, 5)) == "chậm nhất ngày 05/9/2026"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/12", date(2026, 12, 10)),
        ("5/12/2026", date(2026, 12, 5)),
        ("10-11-2026", date(2026, 11, 10)),
        ("10.11.2026", date(2026, 11, 10)),
        ("10 / 11 / 2026", date(2026, 11, 10)),
        ("10/11/26", date(2026, 11, 10)),
        ("2026-12-31", date(2026, 12, 31)),
        ("ngày 15/12", date(2026, 12, 15)),
        ("Ngày 15 tháng 12 năm 2026", date(2026, 12, 15)),
        ("ngay 15 thang 12", date(2026, 12, 15)),
        ("15/1", date(2027, 1, 15)),
        ("23/11", MONDAY),
        ("hôm nay", MONDAY),
        ("Ngày mai", date(2026, 11, 24)),
        ("ngày kia", date(2026, 11, 25)),
    ],
)
def test_dates_people_type_are_read(text, expected):
    assert read_date(text, today=MONDAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10/11",  # passed this year, a year away otherwise
        "31/4/2027",
        "29/2/2027",
        "11/13/2026",
        "0/5/2027",
        "10/11-2026",
        "10/11/202",
        "10",
        "sớm",
        "10/12 hoặc 15/12",
        "thứ Sáu",
        "٣/٤/2026x",
    ],
)
def test_what_is_not_certain_is_not_read(text):
    assert read_date(text, today=MONDAY) is None


@settings(max_examples=150)
@given(dates)
def test_every_date_we_print_is_read_back(when):
    assert read_date(numeric_date(when), today=MONDAY) == when
    assert read_date(spelled_date(when), today=MONDAY) == when


@settings(max_examples=200)
@given(st.text(max_size=30) | st.from_regex(r"\d{1,4}[/.-]\d{1,4}([/.-]\d{1,5})?", fullmatch=True))
def test_reading_never_fails(text):
    found = read_date(text, today=MONDAY)
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("text", "limit", "day"),
    [
        ("trước ngày 10/12", "before", "ngay 10/12"),
        ("Chậm nhất ngày 10/12/2026", "by", "ngay 10/12/2026"),
        ("đến hết 10/12", "by", "10/12"),
        ("hết ngày mai", "by", "ngay mai"),
        ("trong 5 ngày làm việc", "by", "trong 5 ngay lam viec"),
        ("10 ngày", "by", "10 ngay"),
        ("10/12", None, "10/12"),
        ("", None, ""),
    ],
)
def test_a_limit_may_be_typed_with_its_day(text, limit, day):
    assert (said_limit(text), without_limit(text)) == (limit, day)
