"""Signs, chips, days and ids that templates ask for."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation

from config.pages import styleguide
from config.templatetags import ui

ROOT = Path(__file__).resolve().parents[2]
SIGNS = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons/sprite.svg").read_text()))
TODAY = dt.date(2026, 11, 5)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(source, **values):
    return Template("{% load ui %}" + source).render(Context(values)).strip()


def test_a_sign_is_silent_unless_it_is_named():
    assert 'aria-hidden="true"' in drawn('{% icon "clock" %}')
    assert 'role="img" aria-label="a &lt; b"' in drawn('{% icon "clock" label %}', label="a < b")


def test_every_sign_that_a_template_or_tag_asks_for_is_drawn():
    asked = set(ui.STATE_ICONS.values()) | set(ui.DUE_ICONS.values())
    for path in (ROOT / "templates").rglob("*.html"):
        asked |= set(re.findall(r'\{% icon "([\w-]+)"', path.read_text()))
        asked |= set(re.findall(r'\bsign="([\w-]+)"', path.read_text()))
    assert asked - SIGNS == set()


def test_the_style_guide_shows_every_sign():
    assert set(styleguide.SIGNS) == SIGNS


def test_a_state_is_a_sign_and_a_word():
    badge = drawn("{% badge state text %}", state="accepted", text="Tiếp thu <một phần>")
    assert 'data-state="accepted"' in badge and "#accepted" in badge and "Tiếp thu &lt;một phần&gt;" in badge


@pytest.mark.parametrize(
    ("last_day", "done_on", "state"),
    [
        (dt.date(2026, 11, 4), None, "overdue"),
        (dt.date(2026, 11, 5), None, "soon"),
        (dt.date(2026, 11, 8), None, "soon"),
        (dt.date(2026, 11, 9), None, "later"),
        (dt.date(2026, 11, 4), dt.date(2026, 11, 3), "done"),
        (None, None, "later"),
    ],
)
def test_a_deadline_is_overdue_only_after_its_last_day(last_day, done_on, state):
    assert ui.due_state(last_day, done_on=done_on, today=TODAY) == state


@time_machine.travel(dt.datetime(2026, 11, 9, 10, 1, tzinfo=dt.UTC), tick=False)  # 17:01 in Vietnam
def test_a_deadline_with_an_hour_is_overdue_after_it():
    day, source = dt.date(2026, 11, 9), "{% due day due_on=day at=at %}"
    assert "before 17:30 on 09/11" in drawn(source, day=day, at=dt.time(17, 30))
    late = drawn(source, day=day, at=dt.time(17))
    assert 'data-due="overdue"' in late and "Overdue since 17:00 today" in late
    assert "by the end of 09/11" in drawn(source, day=day, at=None)
    assert "1 day overdue" in drawn(source, day=dt.date(2026, 11, 8), at=dt.time(17, 30))
    assert "Done on 09/11" in drawn("{% due day done_on=day at=at %}", day=day, at=dt.time(17))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% due day today=today %}", "by the end of 09/11"),
        ('{% due day due_on=next limit="before" today=today %}', "before 10/11"),
        ('{% due day limit="before" today=today %}', "before 10/11"),
        ("{% due past today=today %}", "4 days overdue"),
        ("{% due yesterday today=today %}", "1 day overdue"),
        ("{% due next_year today=today %}", "by the end of 01/02/2027"),
        ("{% due past done_on=yesterday today=today %}", "Done on 04/11"),
        ("{% due none today=today %}", "No deadline"),
    ],
)
def test_a_deadline_is_said_as_the_chair_said_it(source, words):
    chip = drawn(
        source,
        today=TODAY,
        day=dt.date(2026, 11, 9),
        next=dt.date(2026, 11, 10),
        past=dt.date(2026, 11, 1),
        yesterday=dt.date(2026, 11, 4),
        next_year=dt.date(2027, 2, 1),
        none=None,
    )
    assert chip.endswith(f"</svg>{words}</span>")


def test_days_and_moments_are_local():
    late = dt.datetime(2026, 11, 4, 18, 5, tzinfo=dt.UTC)
    with timezone.override("Asia/Ho_Chi_Minh"):
        assert ui.day(late) == "05/11/2026"
        assert ui.day_month(late) == "05/11"
        assert ui.moment(late) == "1:05 on 05/11/2026"
        assert ui.moment(late.replace(minute=0)) == "1:00 on 05/11/2026"
        assert ui.weekday(dt.date(2026, 11, 24)) == "Tuesday"
    assert ui.day(None) == ui.moment(None) == ""


def test_a_row_names_its_element():
    row = SimpleNamespace(_meta=SimpleNamespace(model_name="comment"), pk=12)
    assert ui.dom_id(row) == "comment-12"
    assert ui.dom_id(row, "answer") == "answer-comment-12"


@pytest.mark.parametrize(
    ("app", "name", "view", "place"),
    [
        ("", "home", "home", "home"),
        ("drafts", "list", "drafts:list", "drafts"),
        ("comments", "feedback", "comments:feedback", "drafts"),
        ("meetings", "list", "meetings:list", "meetings"),
        ("meetings", "assignments", "meetings:assignments", "assignments"),
        ("meetings", "assignment", "meetings:assignment", "assignments"),
        ("", "account_login", "account_login", ""),
    ],
)
def test_a_page_knows_its_place_in_the_frame(app, name, view, place):
    match = SimpleNamespace(app_name=app, url_name=name, view_name=view)
    assert ui.current_place({"request": SimpleNamespace(resolver_match=match)}) == place


def test_an_error_page_without_a_request_has_no_place():
    assert ui.current_place({}) == ""
