"""A conclusion in words becomes the assignments it proposes."""

import json
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit
from meetings.deadlines import WorkCalendar
from meetings.dictation import KnownUnit, read_conclusion
from meetings.due_words import find_deadlines, folded
from tests.meetings import conclusion_phrasings, deadline_phrasings

MEETING = date(2026, 10, 29)
UNITS = [KnownUnit(key, name, short) for key, (name, short) in enumerate(conclusion_phrasings.UNITS)]
REAL = Path(__file__).parents[3] / "shared/data/text/kl-07-vptw-2025-cong-tac-van-phong.txt"


def said(due):
    hour = due.at.strftime("%H:%M") if due.at else None
    day, last = (moment.isoformat() if moment else None for moment in (due.on, due.last_day))
    return due.limit.value, day, last, hour, due.sure


@pytest.mark.parametrize("phrasing", deadline_phrasings.PHRASINGS, ids=lambda phrasing: phrasing[0])
def test_a_deadline_in_words(phrasing):
    words, *expected = phrasing
    assert [said(due) for due in find_deadlines(words, meeting=MEETING)] == [tuple(expected)]


@pytest.mark.parametrize("words, doubt", deadline_phrasings.DOUBTS)
def test_what_is_doubted_says_why(words, doubt):
    assert [due.doubt for due in find_deadlines(words, meeting=MEETING)] == [doubt]


@pytest.mark.parametrize("words", deadline_phrasings.NO_DEADLINE)
def test_dates_that_set_no_deadline(words):
    assert find_deadlines(words, meeting=MEETING) == []


@pytest.mark.parametrize("words, expected", conclusion_phrasings.PHRASINGS, ids=lambda value: str(value)[:60])
def test_a_conclusion_in_words(words, expected):
    found = [
        (
            proposed.lead and proposed.lead.name,
            [named.name for named in proposed.supporting],
            proposed.task,
            proposed.due
            and (proposed.due.limit.value, proposed.due.on and proposed.due.on.isoformat(), proposed.due.sure),
        )
        for proposed in read_conclusion(words, meeting=MEETING, units=UNITS)
    ]
    assert found == expected


def test_there_are_phrasings_enough_to_trust_it():
    assert len(deadline_phrasings.PHRASINGS) + len(conclusion_phrasings.PHRASINGS) >= 150


def test_every_part_keeps_its_place():
    text = "1. Giao BTC chủ trì, phối hợp với Văn phòng hoàn thiện Quy chế trước ngày 10/11."
    (proposed,) = read_conclusion(text, meeting=MEETING, units=UNITS)
    parts = [proposed.lead, *proposed.supporting, proposed.due]
    assert [text[part.start : part.end] for part in parts] == ["BTC", "Văn phòng", "trước ngày 10/11"]
    assert [part.words for part in parts] == ["BTC", "Văn phòng", "trước ngày 10/11"]


def test_working_days_leave_out_holidays():
    calendar = WorkCalendar(days_off=frozenset({date(2026, 11, 2)}))
    (due,) = find_deadlines("trong 2 ngày làm việc kể từ ngày họp", meeting=MEETING, calendar=calendar)
    assert due.on == date(2026, 11, 3)


@given(st.text(alphabet="trướcnàyđế hgchậmlù0123456789/.,; \ntuầsavòkểừọpGBTổ", max_size=80))
def test_any_words_are_read_without_error_and_parts_stand_where_they_say(text):
    assert len(folded(text)) == len(text)
    for due in find_deadlines(text, meeting=MEETING):
        assert text[due.start : due.end] == due.words
        assert due.last_day or not due.sure
    read_conclusion(text, meeting=MEETING, units=UNITS)


@pytest.mark.skipif(not REAL.exists(), reason="the real conclusion is not at hand; phrasings of our own prove the same")
def test_a_real_conclusion_gives_out_only_what_its_last_part_says():
    found = read_conclusion(REAL.read_text(), meeting=date(2025, 11, 26), units=UNITS)
    assert [proposed.due.on for proposed in found[:2]] == [date(2025, 12, 30)] * 2
    assert [proposed.due.sure for proposed in found] == [True, True, False]


@pytest.mark.django_db
class TestCommand:
    def run(self, text, *arguments):
        output = StringIO()
        with mock.patch("sys.stdin", TextIOWrapper(BytesIO(text))):
            call_command("read_conclusion", *arguments, stdout=output)
        return output.getvalue()

    def test_json(self):
        Unit.objects.create(name="Ban Tổ chức Tỉnh ủy", short_name="Ban Tổ chức")
        text = "Giao BTC chủ trì, phối hợp với Văn phòng hoàn thiện dự thảo trước 17 giờ ngày 10/11."
        answer = json.loads(self.run(text.encode(), "--date", "2026-10-29", "--json"))
        assert answer == {
            "assignments": [
                {
                    "lead": "Ban Tổ chức",
                    "supporting": ["Văn phòng"],
                    "task": "Hoàn thiện dự thảo",
                    "due": {
                        "words": "trước 17 giờ ngày 10/11",
                        "limit": "before",
                        "date": "2026-11-10",
                        "time": "17:00",
                        "last_day": "2026-11-10",
                        "sure": True,
                    },
                }
            ]
        }

    def test_in_lines(self):
        text = "Giao Văn phòng báo cáo trong tuần sau."
        assert self.run(text.encode(), "--date", "2026-10-29") == (
            "Văn phòng | Báo cáo | trong tuần sau (hạn cuối 06/11/2026, cần xem lại)\n"
        )
        assert self.run(b"") == "Không thấy nhiệm vụ nào được giao.\n"

    def test_what_is_not_utf_8_is_refused(self):
        with pytest.raises(CommandError) as refused:
            self.run("trước".encode("utf-16"))
        assert refused.value.returncode == 2
