"""The main job, the whole way and through the pages only: from a file to the reminder of a task.

Lan drafts, Minh comments on his phone, Thu keeps the record. Only the clock's sweep is called here by hand; that a
real worker and beat do it is proven with the reminders.
"""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import UnitContact
from config import services
from meetings import tasks
from tests.browser.acting import select_words, sign_in_by_form
from tests.mailserver import mail_server  # noqa: F401
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "một mật khẩu đủ dài"
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
FILES = (
    services.ROOT.parent / "shared/data/text/qclv-ban-qlda-tphcm-2026-du-thao.txt",
    services.ROOT / "demo/quy-che-lam-viec-du-thao.txt",
)
TITLE = "Quy chế làm việc của Ban, nhiệm kỳ 2025 - 2030"
# Both files say this in their first article.
WORDS, BETTER_WORDS = "quan hệ công tác", "quan hệ phối hợp công tác"
COMMENT = "Đề nghị nói rõ là quan hệ phối hợp, để phân biệt với quan hệ chỉ đạo."
REASON = "Tiếp thu ý kiến của Thành ủy: nói rõ quan hệ phối hợp."
CONCLUSION = "Cơ quan soạn thảo hoàn chỉnh dự thảo, trình Thường trực."
TASK = "Hoàn chỉnh dự thảo lần 2, kèm bảng so sánh."


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    UnitContact.objects.create(unit=cast.department, user=cast.lan)
    for person in (cast.lan, cast.minh, cast.thu):
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return cast


@pytest.fixture
def mail_goes_out(settings, mail_server):  # noqa: F811
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return mail_server


def test_from_the_file_to_the_reminder(open_page, cast, mail_goes_out):
    lan, minh, thu = open_page(), open_page(**PHONE), open_page()
    for page, username in ((lan, "lan"), (minh, "minh"), (thu, "thu")):
        sign_in_by_form(page, username=username, password=PASSWORD)

    draft = import_draft(lan, next(filter(Path.exists, FILES)))
    give_seats(lan, draft, {"minh": (cast.minh, "commenter"), "thu": (cast.thu, "secretary")})
    comment_on_words(minh)
    revise_article(lan)
    answer(lan)
    see_on_consolidated_page(thu)
    see_answer(minh)
    meet(thu, cast)
    due_on = timezone.localdate() + dt.timedelta(days=4)
    conclude(thu, due_on)

    assert tasks.remind() == 1
    assert tasks.remind() == 0
    (mail,) = mail_goes_out.journal
    assert mail["To"] == cast.lan.email
    assert TASK in mail.get_content()
    assert f"{due_on:%d/%m/%Y}" in mail.get_content()
    see_reminder(lan)


def go(page, address):
    """By the links on top, or under the thumb."""
    page.locator(f".places a[href='{address}']").click()
    page.wait_for_url(f"**{address}")


def import_draft(page, file):
    """Returns the address of the draft."""
    go(page, "/drafts/")
    page.locator("main a[href='/drafts/import/']").first.click()
    page.locator("[name=file]").set_input_files(file)
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/drafts/import/\d+/"))
    expect(page.locator(".tree")).to_contain_text("Điều 1. Phạm vi")
    # What is strange in its numbering, or that nothing is.
    expect(page.locator("#findings, .notice[data-kind=done]")).to_be_visible()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=kind]").select_option("regulation")
    expect(page.locator("[name=issue]")).to_be_checked()
    page.locator("main form:has([name=title]) button.primary").click()
    page.wait_for_url(re.compile(r"/drafts/\d+/"))
    expect(page.locator("#dieu-1")).to_contain_text(WORDS)
    return re.search(r"/drafts/\d+/", page.url)[0]


def give_seats(page, draft, seats):
    page.locator(f"main a[href='{draft}about/']").first.click()
    for person, role in seats.values():
        form = page.locator("form:has(select[name=holder])")
        form.locator("[name=holder]").select_option(f"user:{person.pk}")
        form.locator("[name=role]").select_option(role)
        form.locator("button.primary").click()
        expect(page.locator("table.register")).to_contain_text(str(person))


def comment_on_words(page):
    go(page, "/drafts/")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.wait_for_url(re.compile(r"/drafts/\d+/"))
    select_words(page, WORDS, within="#dieu-1")
    page.locator(".select-bar button").tap()
    box = page.locator("#compose")
    expect(box.locator("[name=quote]")).to_have_value(WORDS)
    box.locator("[name=text]").fill(COMMENT)
    box.locator("[name=proposed_text]").fill(BETTER_WORDS)
    box.locator("button.primary").tap()
    expect(page.locator("#dieu-1 mark").first).to_have_text(WORDS)
    expect(page.locator("#dieu-1 .note .said")).to_have_text(COMMENT)


def open_feedback(page):
    """From the first page: the draft whose comments wait."""
    go(page, "/")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.wait_for_url(re.compile(r"/drafts/\d+/feedback/"))
    return page.locator(".opinion")


def revise_article(page):
    opinion = open_feedback(page)
    expect(opinion).to_contain_text(COMMENT)
    opinion.locator("a[href*='/revision/']").click()
    text = page.locator("textarea[name=text]")
    text.fill(text.input_value().replace(WORDS, BETTER_WORDS, 1))
    page.locator("[name=reason]").fill(REASON)
    page.locator("form.editor button.primary").click()
    expect(page.locator("#dieu-1")).to_contain_text(BETTER_WORDS)


def answer(page):
    opinion = open_feedback(page)
    opinion.locator("a[href$='/response/']").click()
    opinion.locator("label", has=page.locator("[name=outcome][value=accepted]")).click()
    revision = opinion.locator("[name=carried_out_by]")
    revision.select_option(label=revision.locator("option", has_text=REASON[:30]).inner_text())
    opinion.locator("form button.primary").click()
    expect(opinion.locator(".answer[data-state=accepted]")).to_be_visible()


def see_on_consolidated_page(page):
    opinion = open_feedback(page)
    expect(opinion.locator(".quote")).to_have_text(WORDS)
    expect(opinion.locator(".answer[data-state=accepted]")).to_be_visible()
    opinion.locator(".chain a").click()
    expect(page.locator(".legal ins")).to_have_text("phối hợp")


def see_answer(page):
    go(page, "/")
    expect(page.locator(".badge[data-state=accepted]")).to_be_visible()


def meet(page, cast):
    go(page, "/meetings/")
    page.locator("main a[href='/meetings/new/']").first.click()
    page.locator("[name=title]").fill("Họp cho ý kiến vào dự thảo quy chế")
    page.locator("[name=day]").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.locator("[name=begins]").fill("08:00")
    page.locator("[name=chair]").select_option(str(cast.chi.pk))
    page.locator("[name=secretary]").select_option(str(cast.thu.pk))
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/$"))

    agenda = page.locator("#agenda")
    agenda.locator("select").first.select_option(label=TITLE)
    agenda.locator("form:has(select) button").click()
    expect(agenda.locator("ol.agenda")).to_contain_text(TITLE)

    page.locator("#attendees").get_by_label("Lan").check()
    page.locator("#attendees form:has([type=checkbox]) button").click()
    present = page.locator("#attendees tr", has_text="Lan").locator("[type=radio][value=present]")
    with page.expect_response("**/attendance/"):
        present.check()
    page.reload()
    expect(present).to_be_checked()


def conclude(page, due_on):
    page.locator(".page-head a[href$='/conclusions/']").click()
    page.locator("[name=text]").fill(CONCLUSION)
    page.locator("form.quick button.primary").click()
    page.wait_for_url(re.compile(r"/conclusions/\d+/assignments/"))
    page.locator("[name=lead_unit]").select_option(label="Ban Tổ chức Tỉnh ủy")
    page.locator("[name=task]").fill(TASK)
    expect(page.locator("[name=limit][value=before]")).to_be_checked()
    page.locator("input[name=due_on]").fill(f"{due_on:%d/%m/%Y}")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/meetings/\d+/conclusions/|/meetings/\d+/"))
    expect(page.locator("#conclusions")).to_contain_text(TASK)
    expect(page.locator("#conclusions")).to_contain_text(f"{due_on - dt.timedelta(days=1):%d/%m/%Y}")


def see_reminder(page):
    go(page, "/")
    expect(page.locator("#reminders")).to_contain_text(TASK)
    expect(page.locator("#reminders .due[data-due=soon]")).to_contain_text("3")
