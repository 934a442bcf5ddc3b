"""Everything of the main job without a line of JavaScript; and commenting with it, by keyboard alone."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import UnitContact
from comments import services as comments
from comments.models import Comment, Response
from config import services
from drafts.models import Document
from meetings import reminders
from meetings import services as meetings
from meetings.models import Assignment, Attendance
from tests.browser.acting import sign_in_by_form
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

FILE = services.ROOT / "demo/quy-che-lam-viec-du-thao.txt"
NO_SCRIPT = {"java_script_enabled": False}


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast


@pytest.fixture
def comment(cast):
    return comments.add_comment(
        cast.edition,
        by=cast.minh,
        key="00000000-0000-4000-8000-000000000001",
        kind=Comment.Kind.WORDING,
        text="Nên nói rõ là chế độ nào.",
        sheet=None,
    )


@pytest.fixture
def meeting(cast):
    meeting = meetings.convene(by=cast.thu, title="Hội nghị thẩm định", starts_at=timezone.now(), chair=cast.chi)
    meetings.invite(meeting, by=cast.thu, user=cast.lan)
    return meeting


def test_signing_in_leads_to_the_page_asked_for(open_page, cast):
    cast.minh.set_password("một mật khẩu đủ dài")
    cast.minh.save(update_fields=["password"])
    page = open_page(**NO_SCRIPT)
    draft = f"/drafts/{cast.document.pk}/"
    sign_in_by_form(page, username="minh", password="một mật khẩu đủ dài", at=draft)
    expect(page.locator("#dieu-1")).to_contain_text("Phạm vi, đối tượng áp dụng")


def test_a_draft_is_read_by_its_contents(open_page, cast):
    page = open_page(cast.minh, width=390, height=844, **NO_SCRIPT)
    page.goto(f"/drafts/{cast.document.pk}/")
    expect(page.locator("#toc")).not_to_be_visible()
    page.locator("main a[href='#toc']").click()
    page.locator("#toc a[href='#dieu-2']").click()
    expect(page.locator("#toc")).not_to_be_visible()
    expect(page.locator("#dieu-2")).to_be_in_viewport()


def test_an_article_is_commented_on(open_page, cast):
    page = open_page(cast.minh, **NO_SCRIPT)
    page.goto(f"/drafts/{cast.document.pk}/")
    page.locator("#dieu-1 a[data-compose]").click()
    page.locator("[name=clause]").select_option("khoản 1")
    page.locator("[name=quote]").fill("chế độ làm việc")
    page.locator("[name=proposed_text]").fill("chế độ hội họp")
    page.locator("[name=text]").fill("Nên nói rõ là chế độ nào.")
    page.locator("main form button.primary").click()
    expect(page.locator("#dieu-1 mark")).to_have_text("chế độ làm việc")
    expect(page.locator("#dieu-1 .note .said")).to_have_text("Nên nói rõ là chế độ nào.")
    assert Comment.objects.get().proposed_text == "chế độ hội họp"


def test_a_comment_that_is_refused_keeps_what_was_typed(open_page, cast):
    page = open_page(cast.minh, **NO_SCRIPT)
    page.goto(f"/drafts/{cast.document.pk}/comments/new/?wid={cast.article_1.wid}")
    page.locator("[name=quote]").fill("những chữ không có trong điều này")
    page.locator("[name=text]").fill("Nên nói rõ là chế độ nào.")
    page.locator("main form button.primary").click()
    expect(page.locator("main .error, main .notice[data-kind=error]").first).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("Nên nói rõ là chế độ nào.")
    assert not Comment.objects.exists()


def test_an_article_is_revised_with_a_reason(open_page, cast):
    page = open_page(cast.lan, **NO_SCRIPT)
    page.goto(f"/drafts/{cast.document.pk}/?text=working")
    page.locator("#dieu-1 a[href$='/revision/']").click()
    text = page.locator("textarea[name=text]")
    text.fill(text.input_value() + "\n3. Tỉnh ủy họp mỗi quý một lần.")
    page.locator("[formaction$='/structure/']").click()
    expect(page.locator("#structure-lines")).to_contain_text("Tỉnh ủy họp")
    page.locator("[name=reason]").fill("Theo ý kiến của Thành ủy.")
    page.locator("form.editor button.primary").click()
    expect(page.locator("#dieu-1-khoan-3")).to_contain_text("Tỉnh ủy họp mỗi quý một lần.")


def test_a_comment_is_answered(open_page, cast, comment):
    page = open_page(cast.lan, **NO_SCRIPT)
    page.goto(f"/drafts/{cast.document.pk}/feedback/")
    page.locator(".opinion a[href$='/response/']").click()
    page.locator("label", has=page.locator("[value=explained]")).click()
    page.locator("main form button.primary").click()
    expect(page.locator("main .error, main .notice[data-kind=error]").first).to_be_visible()
    page.locator("[name=explanation]").fill("Chế độ làm việc gồm cả chế độ hội họp.")
    page.locator("main form button.primary").click()
    expect(page.locator(".opinion .answer[data-state=explained]")).to_contain_text("gồm cả chế độ hội họp")
    assert Response.objects.get().outcome == Response.Outcome.EXPLAINED


def test_attendance_is_recorded(open_page, cast, meeting):
    page = open_page(cast.thu, **NO_SCRIPT)
    page.goto(f"/meetings/{meeting.pk}/")
    page.locator("#attendees [type=radio][value=present]").check()
    page.locator("#attendees form[action$='/attendance/'] button").click()
    expect(page.locator("#attendees [type=radio][value=present]")).to_be_checked()
    assert Attendance.objects.get(user=cast.lan).state == Attendance.State.PRESENT


def test_a_conclusion_and_its_task_are_recorded(open_page, cast, meeting):
    page = open_page(cast.thu, **NO_SCRIPT)
    page.goto(f"/meetings/{meeting.pk}/conclusions/")
    page.locator("[name=text]").fill("Cơ quan soạn thảo hoàn chỉnh dự thảo.")
    page.locator("form.quick button.primary").click()
    page.locator("[name=lead_unit]").select_option(label="Ban Tổ chức Tỉnh ủy")
    page.locator("[name=task]").fill("Hoàn chỉnh dự thảo lần 2.")
    due_on = timezone.localdate() + dt.timedelta(days=30)
    page.locator("input[name=due_on]").fill(f"{due_on:%d/%m/%Y}")
    page.locator("main form button.primary").click()
    expect(page.locator("#conclusions")).to_contain_text("Hoàn chỉnh dự thảo lần 2.")
    assert Assignment.objects.get().last_day == due_on - dt.timedelta(days=1)


def test_a_file_is_imported_by_way_of_its_preview(open_page, cast):
    page = open_page(cast.lan, **NO_SCRIPT)
    page.goto("/drafts/import/")
    page.locator("[name=file]").set_input_files(FILE)
    page.locator("main form button.primary").click()
    expect(page.locator(".tree")).to_contain_text("Điều 40.")
    page.locator("main form:has([name=title]) button.primary").click()
    page.wait_for_url(re.compile(r"/drafts/\d+/"))
    expect(page.locator("#dieu-40")).to_be_visible()
    assert Document.objects.exclude(pk=cast.document.pk).get().editions.count() == 1


def test_a_reminder_is_put_aside(open_page, cast, meeting):
    UnitContact.objects.create(unit=cast.department, user=cast.lan)
    conclusion = meetings.add_conclusion(meeting, by=cast.thu, text="Hoàn chỉnh dự thảo.")
    today = timezone.localdate()
    meetings.assign(
        conclusion, by=cast.thu, lead_unit=cast.department, task="Trình dự thảo lần 2.", due_on=today, limit="by"
    )
    reminders.remind()
    page = open_page(cast.lan, **NO_SCRIPT)
    page.goto("/")
    expect(page.locator("#reminders")).to_contain_text("Trình dự thảo lần 2.")
    page.locator("#reminders li button").click()
    expect(page.locator("#reminders")).to_have_count(0)


def test_commenting_takes_no_mouse(open_page, cast):
    page = open_page(cast.minh)
    page.goto(f"/drafts/{cast.document.pk}/")
    press = page.keyboard.press
    press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    press("Enter")
    press("j")
    press("j")
    press("k")
    expect(page.locator("#dieu-1 [data-clause='khoản 1']")).to_be_focused()
    press("c")
    text = page.locator("#compose [name=text]")
    expect(text).to_be_focused()
    page.keyboard.type("Nên nói rõ là chế độ nào.")
    for _step in range(12):
        press("Tab")
        if page.evaluate("document.activeElement.matches('#compose button.primary')"):
            break
    press("Enter")
    expect(page.locator("#dieu-1 .note .said")).to_have_text("Nên nói rõ là chế độ nào.")
    comment = Comment.objects.get()
    assert (comment.clause_label, comment.author) == ("khoản 1", cast.minh)


def test_esc_closes_the_box_and_gives_the_place_back(open_page, cast):
    page = open_page(cast.minh)
    page.goto(f"/drafts/{cast.document.pk}/")
    page.keyboard.press("j")
    clause = page.locator("#dieu-1 [data-clause='khoản 1']")
    expect(clause).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#compose [name=text]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#compose")).to_have_count(0)
    expect(clause).to_be_focused()
