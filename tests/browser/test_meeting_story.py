"""The demonstration's meeting in the browser, from the invitation to the last accepted task, everybody at once.

Secretary, chair, presenter, a delegate on a phone, and the wall of the room; the three drafts with all that was said
about them, on the day the meeting is called.
"""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import OutgoingMail
from comments.models import Comment
from config.demonstration import Loader, read_story
from drafts import services as drafts
from drafts.models import Operation
from meetings.models import Assignment, Ballot, Conclusion, ConclusionNotice
from tests.browsing import fits

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
SAID = """1. Giao Ủy ban Kiểm tra chủ trì, phối hợp với Ban Tổ chức sắp xếp lại khoản 1 Điều 4 dự thảo Quy chế làm \
việc của Ủy ban Kiểm tra trước ngày {day}.
2. Giao Đảng ủy Ủy ban nhân dân tỉnh rút gọn Chương trình hành động, hoàn thành trước ngày {day}.
3. Các dự thảo phải ngắn gọn, dễ hiểu; xem lại Điều 2."""


class BeforeTheMeeting(Loader):
    """The demonstration as far as the invitation: the meeting is in an hour."""

    def tell_meetings(self):
        self.meetings = {}
        (told,) = self.story["meetings"]
        self.tell(0, 23, partial(self.convene, told))

    def clock(self, days_ago, time):
        return self.now + dt.timedelta(hours=1 if time == "14:00" else 3)


def seconds_since(moment):
    return (timezone.now() - moment).total_seconds()


@pytest.fixture
def demo(transactional_db):
    demo = BeforeTheMeeting(read_story(), password="of no use here")
    demo.load()
    (demo.meeting,) = demo.meetings.values()
    return demo


def test_from_the_invitation_to_the_last_accepted_task(demo, open_page):
    people, documents = demo.people, demo.documents
    secretary, chair, presenter = (open_page(people[name]) for name in ("thuky", "chutri", "bantochuc"))
    phone, wall = open_page(people["daibieu"], **PHONE), open_page(people["chutri"], width=1920, height=1080)
    regulation, inspection = documents["quy-che"], documents["quy-che-ubkt"]
    meeting = f"/meetings/{demo.meeting.pk}"
    delegate = str(people["daibieu"])
    place = demo.meeting.attendances.get(user=people["daibieu"])

    # Called, and coming.
    secretary.goto(f"{meeting}/attendees/list/")
    secretary.locator("form[action$='/calls/'] button").click()
    expect(secretary.locator("form[action$='/calls/']")).to_have_count(0)
    invited = OutgoingMail.objects.filter(subject__contains="Hội nghị cho ý kiến")
    assert invited.count() == demo.meeting.attendances.count() == 23
    phone.goto(f"{meeting}/attendees/{place.pk}/reply/")
    phone.locator("[name=answer][value=coming]").check()
    phone.locator(".form-foot .primary").click()
    phone.wait_for_url(f"**{meeting}/**")
    place.refresh_from_db()
    assert place.reply == "coming"

    # The secretary leads; wall, phone and presenter follow within two seconds.
    secretary.goto(f"{meeting}/live/")
    for page, address in ((wall, "wall"), (phone, "screen"), (presenter, "screen")):
        page.goto(f"{meeting}/{address}/")
    expect(wall.locator("#picture")).to_contain_text(demo.meeting.title)
    secretary.locator(f"#state-{place.pk}-present").check()
    secretary.locator("button.item").first.press("Enter")
    expect(wall.locator(".wall-head")).to_contain_text(f"Dự thảo {regulation.title}", timeout=2000)
    for page in (phone, presenter):
        expect(page.locator("#picture .matter")).to_have_text(f"Dự thảo {regulation.title}", timeout=2000)
    phone.get_by_role("button", name="Đăng ký phát biểu").click()
    expect(phone.locator("#picture")).to_contain_text("đã đăng ký")
    expect(secretary.locator("#turn-list")).to_contain_text(delegate)
    secretary.locator("form[action$='/turns/next/'] button").press("Enter")
    expect(wall.locator(".wall-foot")).to_contain_text(delegate, timeout=2000)

    # Place, who, words, Enter: without touching the mouse.
    secretary.locator("#id_place").focus()
    secretary.keyboard.type("Đ1 k1")
    secretary.keyboard.press("Tab")
    secretary.keyboard.type("pho truong doan dai bieu")
    secretary.keyboard.press("Escape")
    secretary.locator("#id_text").focus()
    secretary.keyboard.type("Nên nói rõ hơn.")
    secretary.keyboard.press("Enter")
    expect(wall.locator(".said")).to_contain_text("Nên nói rõ hơn.", timeout=5000)
    assert seconds_since(Comment.objects.latest("pk").created_at) < 2.5  # two, and what the test itself takes
    expect(wall.locator(".legal")).to_contain_text("của cấp ủy tỉnh")
    expect(wall.locator(".said")).to_contain_text("Điều 1 cần nói rõ")  # said in the round before the meeting
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

    # A conclusion takes the article it concerns onto every screen.
    expect(wall.locator(".legal")).not_to_contain_text("Tập trung dân chủ")
    secretary.locator("#id_concerns").fill("Đ10")
    secretary.locator("#id_conclusion").fill("Bổ sung nhiệm vụ của Trưởng Đoàn đại biểu Quốc hội.")
    secretary.locator("#conclusions button").click()
    for page in (wall, phone, presenter):
        expect(page.locator(".concluded")).to_contain_text("Bổ sung nhiệm vụ", timeout=5000)
        expect(page.locator(".legal h2")).to_contain_text("Điều 10")
    assert seconds_since(Operation.objects.latest("pk").at) < 3  # two, and three windows to look at one by one
    expect(secretary.locator("#conclusions ol")).to_contain_text("Bổ sung nhiệm vụ")
    expect(secretary.locator("#shown")).to_contain_text("Điều 10")
    for page in (secretary, wall, phone):
        assert fits(page), page.url

    # The same on another draft, which is taken up next.
    secretary.locator("#recording .log a[href$='/elsewhere/']").click()
    secretary.locator("#id_document").select_option(str(inspection.pk))
    secretary.locator("#id_place").fill("Đ2")
    secretary.locator(".form-foot .primary").click()
    expect(secretary.locator("main")).to_contain_text(f"{inspection.title}, Điều 2")
    first, again = Comment.objects.filter(text="Nên nói rõ hơn.").order_by("pk")
    assert (first.clause_label, again.same_as, again.author) == ("khoản 1", first, people["daibieu"])
    secretary.goto(f"{meeting}/live/")
    for number, code in ((1, "quy-che-ubkt"), (2, "chuong-trinh")):
        secretary.locator("button.item").nth(number).click()
        expect(wall.locator(".wall-head")).to_contain_text(documents[code].title.split(",")[0], timeout=2000)

    # Words become conclusions, tasks and links, once they are confirmed.
    secretary.goto(f"{meeting}/conclusions/dictation/")
    day = timezone.localdate() + dt.timedelta(days=5)
    secretary.locator("#id_text").fill(SAID.format(day=f"{day:%d/%m/%Y}"))
    secretary.locator("button[name=read]").click()
    expect(secretary.locator("#point-1 mark")).to_contain_text("khoản 1 Điều 4")
    expect(secretary.locator("#point-1 [name$=articles]")).to_be_checked()
    expect(secretary.locator("#point-3")).to_contain_text("chưa nói rõ của dự thảo nào")
    assert fits(secretary)
    secretary.locator("#point-3 [name$=gives_no_task]").check()
    secretary.locator("button[name=record]").click()
    secretary.wait_for_url(f"**{meeting}/conclusions/")
    concerned = [[str(article) for article in one.articles.all()] for one in Conclusion.objects.order_by("number")]
    assert concerned == [["Điều 10"], ["Điều 4"], [], []]
    secretary.goto(f"{meeting}/")
    expect(secretary.locator("#drafts li")).to_have_count(3)
    secretary.locator("#conclusions a[href$='/assignments/']").first.click()
    secretary.locator("#id_lead_unit").select_option(str(demo.units["ban-to-chuc"].pk))
    secretary.locator("#id_task").fill("Hoàn chỉnh dự thảo lần 2")
    secretary.locator("[name=due_on]").fill("10 ngày làm việc")
    secretary.locator("form[data-unsent] summary").click()
    secretary.locator("#id_document").select_option(str(regulation.pk))
    secretary.locator("#id_asks_for_edition").check()
    secretary.locator("form[data-unsent] .button.primary").click()
    secretary.wait_for_url("**/meetings/*/#conclusion-*")

    # Submitted, agreed and signed.
    secretary.locator("form[action$='/submission/'] button").click()
    expect(secretary.locator("#conclusions [data-state=waiting]")).to_be_visible()
    chair.goto(f"{meeting}/")
    expect(chair.locator(".conclusions")).to_contain_text("Điều 10")
    chair.locator("form[action$='/agreement/'] button").click()
    chair.locator("form[action$='/signature/'] button").click()
    chair.locator("[data-confirm-yes]").click()
    expect(chair.locator("[data-state=sealed]")).to_be_visible()
    assert ConclusionNotice.objects.get().signed_by == people["chutri"]

    # Each lead unit reports, the first with the edition that fulfils its task; the chair accepts them all.
    tasks = {task.lead_unit: task for task in Assignment.objects.all()}
    edition = drafts.issue_edition(regulation, by=people["bantochuc"], label="Dự thảo lần 2")
    for code, page in (
        ("ban-to-chuc", presenter),
        ("ubkt", open_page(people["chunhiemubkt"])),
        ("dang-uy-ubnd", open_page(people["danguyubnd"])),
    ):
        task = tasks.pop(demo.units[code])
        page.goto(f"/assignments/{task.pk}/")
        if code == "ban-to-chuc":
            page.locator("#edition-reported").select_option(str(edition.pk))
        page.locator("#note-reported").fill(f"Đã chỉnh lý: {code}")
        page.locator("form:has(#note-reported) button").click()
        expect(page.locator(".versions")).to_contain_text(f"Đã chỉnh lý: {code}")
        chair.goto(f"/assignments/{task.pk}/")
        chair.locator("form:has([value=accepted]) button").click()
        expect(chair.locator(".versions")).to_contain_text("Hoàn thành")
        task.refresh_from_db()
        assert (task.state, task.result) == ("accepted", f"Đã chỉnh lý: {code}")
        assert task.fulfilled_by == (edition if code == "ban-to-chuc" else None)
    assert not tasks and not Assignment.objects.open().exists()
