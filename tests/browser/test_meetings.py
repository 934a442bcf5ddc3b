"""Meetings in a real browser: ticks that save themselves, deadlines read while typed, the keyboard, no script."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings import calling, services
from meetings.models import Assignment, Attendance, Conclusion
from tests.mailserver import wait_until
from tests.meetings.cast import MeetingPeople
from tests.people import make_document

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("size", [{}, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (MeetingPeople,), {})
    cast.make_people()
    cast.make_draft()
    cast.make_meeting()
    cast.assignment = cast.make_assignment(at=timezone.now(), due_on=timezone.localdate(), limit="by")
    return cast


def state(attendance):
    return Attendance.objects.get(pk=attendance.pk).state


def test_a_tick_is_saved_at_once_and_keeps_the_focus(cast, open_page):
    page = open_page(cast.thu)
    page.goto(f"/meetings/{cast.meeting.pk}/")
    tick = page.locator(f"#state-{cast.dai_place.pk}-present")
    tick.check()
    wait_until(lambda: state(cast.dai_place) == "present", what="the tick to be saved")
    expect(page.locator("#attendance-counts")).to_contain_text("1")
    expect(tick).to_be_focused()
    page.keyboard.press("ArrowRight")
    wait_until(lambda: state(cast.dai_place) == "excused", what="the next tick to be saved")
    page.reload()
    expect(page.locator(f"#state-{cast.dai_place.pk}-excused")).to_be_checked()


def test_two_people_tick_without_taking_back_each_others_ticks(cast, open_page):
    first, second = open_page(cast.thu), open_page(cast.chi)
    for page in (first, second):
        page.goto(f"/meetings/{cast.meeting.pk}/")
    first.locator(f"#state-{cast.dai_place.pk}-present").check()
    wait_until(lambda: state(cast.dai_place) == "present", what="the first tick")
    second.locator(f"#state-{cast.unit_place.pk}-absent").check()
    wait_until(lambda: state(cast.unit_place) == "absent", what="the second tick")
    assert state(cast.dai_place) == "present"


def test_the_secretary_records_a_conclusion_and_gives_a_task_by_keyboard_alone(cast, open_page):
    page = open_page(cast.thu)
    page.goto(f"/meetings/{cast.meeting.pk}/conclusions/")
    page.locator("#id_text").focus()
    page.keyboard.type("Nói rõ chủ thể của quy chế.")
    while not page.evaluate("document.activeElement.name === 'assign'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/assignments/")
    page.locator("#id_lead_unit").focus()
    page.keyboard.type("Văn")
    page.keyboard.press("Tab")
    page.keyboard.type("Rà soát Điều 1")
    while not page.evaluate("document.activeElement.name === 'due_on'"):
        page.keyboard.press("Tab")
    page.keyboard.type("20/12/2026")
    expect(page.locator("#last-day")).to_contain_text("19/12/2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meetings/*/#conclusion-*")
    task = Assignment.objects.latest("pk")
    assert (task.lead_unit, task.task, task.limit) == (cast.office, "Rà soát Điều 1", "before")
    assert task.last_day == dt.date(2026, 12, 19)


def test_what_was_typed_and_not_sent_survives_a_reload_and_what_was_sent_does_not_come_back(cast, open_page):
    page = open_page(cast.thu)
    page.goto(f"/meetings/{cast.meeting.pk}/conclusions/")
    page.locator("#id_text").press_sequentially("Chưa gửi")
    expect(page.locator("[data-unsent-status]")).not_to_be_empty()
    page.reload()
    expect(page.locator("#id_text")).to_have_value("Chưa gửi")
    page.locator("form[data-unsent] .button:not(.primary, [name])").click()
    expect(page.locator(".conclusions > li")).to_have_count(2)
    expect(page.locator("#id_text")).to_have_value("")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("")
    assert Conclusion.objects.get(number=2).text == "Chưa gửi"


def test_without_script_everything_works(cast, open_page):
    page = open_page(cast.thu, java_script_enabled=False)
    page.goto(f"/meetings/{cast.meeting.pk}/")
    page.locator(f"#state-{cast.dai_place.pk}-absent").check()
    page.locator("form:has(.attendance) button").click()
    assert state(cast.dai_place) == "absent"
    page.goto(f"/conclusions/{cast.conclusion.pk}/assignments/")
    page.locator("#id_lead_unit").select_option(str(cast.office.pk))
    page.locator("#id_task").fill("Không cần máy chạy kịch bản")
    page.locator("[name=due_on_picked]").fill("2026-12-20")
    page.locator("form[data-unsent] .button.primary").click()
    assert Assignment.objects.latest("pk").last_day == dt.date(2026, 12, 19)


def test_nothing_people_wrote_is_run_anywhere(cast, open_page):
    attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7|add:7 }}'
    calling.rearrange(cast.meeting, by=cast.thu, title=attack, place=attack[:150])
    services.add_agenda_item(cast.meeting, by=cast.thu, title=attack, presenter=attack)
    services.invite(cast.meeting, by=cast.thu, guest=attack)
    services.edit_conclusion(cast.conclusion, by=cast.thu, text=attack, gives_no_task=False)
    cast.make_assignment(task=attack, product=attack, document=make_document(by=cast.lan, title=attack))
    page = open_page(cast.thu)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    meeting = f"/meetings/{cast.meeting.pk}/"
    for address in (meeting, f"{meeting}conclusions/", f"/conclusions/{cast.conclusion.pk}/", "/assignments/"):
        page.goto(address)
        assert page.locator("main img, main script").count() == 0, address
