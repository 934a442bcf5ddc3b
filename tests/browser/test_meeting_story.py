"""A meeting on three drafts in the browser, from the invitation to the accepted task, everybody at once.

Secretary, chair, presenter, a delegate on a phone, and the wall of the room.
"""

import datetime as dt
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import OutgoingMail
from comments.models import Comment
from drafts import services as drafts
from drafts.models import Seat
from meetings import services
from meetings.models import Assignment, Ballot, ConclusionNotice
from tests.browsing import fits
from tests.meetings.cast import MeetingPeople
from tests.people import make_document

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def cast(transactional_db):
    """Three drafts on the agenda, held in an hour; Lan presents the first, and her unit gets the task."""
    cast = type("Cast", (MeetingPeople,), {})
    cast.make_people()
    cast.make_draft()
    cast.meeting = services.convene(
        by=cast.thu,
        title="Hội nghị cho ý kiến ba dự thảo",
        starts_at=timezone.now() + dt.timedelta(hours=1),
        chair=cast.chi,
        place="Phòng họp số 1",
    )
    others = [make_document(by=cast.lan, title=title) for title in ("Quy chế thứ hai", "Chương trình hành động")]
    for other in others:
        drafts.give_seat(other, by=cast.lan, role=Seat.Role.SECRETARY, user=cast.thu)
        drafts.issue_edition(other, by=cast.lan)
    cast.second = others[0]
    for document in (cast.document, *others):
        services.add_agenda_item(cast.meeting, by=cast.thu, document=document, presenter=str(cast.lan))
    services.invite_all(cast.meeting, by=cast.thu, users=[cast.lan, cast.dai], units=[cast.city])
    cast.place = cast.meeting.attendances.get(user=cast.dai)
    return cast


def test_from_the_invitation_to_the_accepted_task(cast, open_page):
    secretary, chair, presenter = open_page(cast.thu), open_page(cast.chi), open_page(cast.lan)
    phone, wall = open_page(cast.dai, **PHONE), open_page(cast.chi, width=1920, height=1080)
    meeting = f"/meetings/{cast.meeting.pk}"

    # Called, and coming.
    secretary.goto(f"{meeting}/attendees/list/")
    secretary.locator("form[action$='/calls/'] button").click()
    expect(secretary.locator("form[action$='/calls/']")).to_have_count(0)
    assert OutgoingMail.objects.filter(recipient=cast.dai, subject__contains="Hội nghị cho ý kiến").exists()
    phone.goto(f"{meeting}/attendees/{cast.place.pk}/reply/")
    phone.locator("[name=answer][value=coming]").check()
    phone.locator(".form-foot .primary").click()
    phone.wait_for_url(f"**{meeting}/**")
    cast.place.refresh_from_db()
    assert cast.place.reply == "coming"

    # The secretary leads; wall, phone and presenter follow within two seconds.
    secretary.goto(f"{meeting}/live/")
    for page, address in ((wall, "wall"), (phone, "screen"), (presenter, "screen")):
        page.goto(f"{meeting}/{address}/")
    expect(wall.locator("#picture")).to_contain_text(cast.meeting.title)
    secretary.locator(f"#state-{cast.place.pk}-present").check()
    secretary.locator("button.item").first.press("Enter")
    expect(wall.locator(".wall-head")).to_contain_text(cast.document.title, timeout=2000)
    for page in (phone, presenter):
        expect(page.locator("#picture .matter")).to_have_text(cast.document.title, timeout=2000)
    phone.get_by_role("button", name="Đăng ký phát biểu").click()
    expect(phone.locator("#picture")).to_contain_text("đã đăng ký")
    expect(secretary.locator("#turn-list")).to_contain_text("Đại")
    secretary.locator("form[action$='/turns/next/'] button").press("Enter")
    expect(wall.locator(".wall-foot")).to_contain_text("Đại", timeout=2000)

    # Place, who, words, Enter: without touching the mouse.
    secretary.locator("#id_place").focus()
    secretary.keyboard.type("Đ1 k2")
    secretary.keyboard.press("Tab")
    secretary.keyboard.type("dai")
    secretary.keyboard.press("Escape")
    secretary.locator("#id_text").focus()
    secretary.keyboard.type("Nên nói rõ hơn.")
    began = time.monotonic()
    secretary.keyboard.press("Enter")
    expect(wall.locator(".said")).to_contain_text("Nên nói rõ hơn.", timeout=5000)
    assert time.monotonic() - began < 2.5  # two seconds, and what the test's own machinery takes
    expect(wall.locator(".legal")).to_contain_text("Các ban tham mưu")
    expect(secretary.locator("#recording .log")).to_contain_text("Nên nói rõ hơn.")
    expect(secretary.locator("#id_text")).to_have_value("")
    expect(secretary.locator("#id_place")).to_be_focused()

    secretary.locator("#id_question").fill("Thông qua Điều 1?")
    secretary.locator("#poll button").click()
    expect(wall.locator(".wall-poll")).to_contain_text("Thông qua Điều 1?", timeout=2000)
    phone.get_by_role("button", name="Nhất trí", exact=True).click()
    expect(phone.get_by_role("button", name="Nhất trí", exact=True)).to_have_attribute("aria-pressed", "true")
    assert Ballot.objects.get().choice == "agree"
    expect(phone.locator(".figures")).to_have_count(0)
    secretary.locator("#poll button.primary").click()
    expect(phone.locator(".figures")).to_contain_text("1", timeout=2000)
    secretary.locator("#id_conclusion").fill("Nói rõ chủ thể của quy chế.")
    secretary.locator("#conclusions button").click()
    expect(secretary.locator("#conclusions ol")).to_contain_text("Nói rõ chủ thể")
    for page in (secretary, wall, phone):
        assert fits(page), page.url

    # The same on another draft.
    secretary.locator("#recording .log a[href$='/elsewhere/']").click()
    secretary.locator("#id_document").select_option(str(cast.second.pk))
    secretary.locator("#id_place").fill("Đ2")
    secretary.locator(".form-foot .primary").click()
    expect(secretary.locator("main")).to_contain_text("Quy chế thứ hai, Điều 2")
    first, again = Comment.objects.order_by("pk")
    assert (first.clause_label, again.same_as, again.author) == ("khoản 2", first, cast.dai)

    # The task is given, the conclusions are submitted, given back, agreed and signed.
    secretary.goto(f"{meeting}/")
    expect(secretary.locator("#drafts li")).to_have_count(3)
    secretary.locator("#conclusions a[href$='/assignments/']").click()
    secretary.locator("#id_lead_unit").select_option(str(cast.department.pk))
    secretary.locator("#id_task").fill("Chỉnh lý Điều 1")
    secretary.locator("[name=due_on]").fill("10 ngày làm việc")
    secretary.locator("form[data-unsent] .button.primary").click()
    secretary.wait_for_url("**/meetings/*/#conclusion-*")
    secretary.locator("form[action$='/submission/'] button").click()
    expect(secretary.locator("#conclusions [data-state=waiting]")).to_be_visible()
    chair.goto(f"{meeting}/")
    expect(chair.locator(".conclusions")).to_contain_text("Điều 1")
    chair.locator("form[action$='/agreement/'] button").click()
    chair.locator("form[action$='/signature/'] button").click()
    chair.locator("[data-confirm-yes]").click()
    expect(chair.locator("[data-state=sealed]")).to_be_visible()
    assert ConclusionNotice.objects.get().signed_by == cast.chi

    # Reported by the lead unit, accepted by the chair.
    task = Assignment.objects.get()
    presenter.goto(f"/assignments/{task.pk}/")
    presenter.locator("#note-reported").fill("Đã chỉnh lý Điều 1")
    presenter.locator("form:has(#note-reported) button").click()
    expect(presenter.locator(".versions")).to_contain_text("Đã chỉnh lý Điều 1")
    chair.goto(f"/assignments/{task.pk}/")
    chair.locator("form:has([value=accepted]) button").click()
    expect(chair.locator(".versions")).to_contain_text("Hoàn thành")
    task.refresh_from_db()
    assert (task.state, task.result) == ("accepted", "Đã chỉnh lý Điều 1")
