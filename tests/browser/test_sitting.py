"""A meeting in the browser: secretary, delegate on a phone and wall together; and the network going away."""

import uuid

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from meetings import leading, polling, services
from meetings.models import Attendance, Turn
from tests.browsing import fits, violations
from tests.mailserver import wait_until
from tests.meetings.cast import MeetingPeople

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (MeetingPeople,), {})
    cast.make_people()
    cast.make_draft()
    cast.make_meeting()
    return cast


def test_no_screen_breaks_a_rule_of_accessibility(cast, open_page):
    leading.begin(cast.item, by=cast.thu)
    leading.show(cast.meeting, wid=cast.article_1.wid)
    services.record_attendance(cast.meeting, by=cast.thu, states={cast.dai_place.pk: "present"})
    for asks in (False, True):
        if asks:
            polling.open_poll(cast.meeting, by=cast.thu, question="Thông qua?")
        for person, address, size in (
            (cast.thu, "live", {}),
            (cast.thu, "live", PHONE),
            (cast.dai, "screen", PHONE),
            (cast.dai, "wall", {}),
        ):
            page = open_page(person, bypass_csp=True, **size)
            page.goto(f"/meetings/{cast.meeting.pk}/{address}/")
            assert violations(page) == [], (address, size)
            assert fits(page), (address, size)


@pytest.fixture
def network(cast, open_page):
    """The secretary's page; whatever the test did to its network is undone."""
    page = open_page(cast.thu)
    yield page
    page.context.set_offline(False)


def test_a_dropped_network_loses_neither_tick_nor_opinion_nor_conclusion(cast, network):
    leading.begin(cast.item, by=cast.thu)
    page = network
    page.goto(f"/meetings/{cast.meeting.pk}/live/")
    page.locator("#attendees summary").click()
    page.context.set_offline(True)
    page.locator(f"#state-{cast.dai_place.pk}-present").check()
    expect(page.locator("[data-ticks-status]")).not_to_be_empty()
    page.locator("#id_who").fill("dai")
    page.locator("#id_text").fill("Nói lúc mất mạng.")
    page.locator("#recording button.primary").click()
    expect(page.locator("#recording [data-unsent-status]")).to_contain_text("mạng")
    page.locator("#id_conclusion").fill("Kết luận lúc mất mạng.")
    page.locator("#conclusions button").click()
    expect(page.locator("#conclusions [data-unsent-status]")).to_contain_text("mạng")
    assert not Comment.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#recording .log")).to_contain_text("Nói lúc mất mạng.")
    expect(page.locator("#conclusions ol")).to_contain_text("Kết luận lúc mất mạng.")
    wait_until(lambda: Attendance.objects.get(pk=cast.dai_place.pk).state == "present", what="the tick to be sent")
    assert Comment.objects.count() == 1


def test_without_script_the_meeting_goes_on(cast, open_page):
    page = open_page(cast.thu, java_script_enabled=False)
    page.goto(f"/meetings/{cast.meeting.pk}/live/")
    page.locator("button.item").first.click()
    page.locator("#id_place").fill("Đ1")
    page.locator("#id_who").fill("minh")
    page.locator("#id_text").fill("Không cần kịch bản.")
    page.locator("#recording button.primary").click()
    expect(page.locator("#recording .log")).to_contain_text("Không cần kịch bản.")
    page.locator("#id_name").fill("Đại")
    page.locator("#turns form:has(#id_name) button").click()
    page.locator("form[action$='/turns/next/'] button").click()
    assert Turn.objects.get().is_speaking
    page.locator("#id_place").fill("Đ2")
    page.locator("#recording button[formaction]").click()
    expect(page.locator("#shown")).to_contain_text("Điều 2")
    phone = open_page(cast.dai, java_script_enabled=False, **PHONE)
    phone.goto(f"/meetings/{cast.meeting.pk}/screen/")
    expect(phone.locator("#picture")).to_contain_text("Tập trung dân chủ")
    assert uuid.UUID(str(Comment.objects.get().key))
