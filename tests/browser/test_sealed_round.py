"""Five people and a unit's sealed contribution: asked, said, gathered, put together, sent, and opened at the end.

Thu asks; Bình and Minh speak for their unit, Đại for himself; Lan answers. Nobody sees what they should not see yet.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from comments.models import Comment, Consultation
from tests.browser.acting import select_words
from tests.people import People, make_unit, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
OF_BINH, OF_MINH, OF_DAI = "Ý của Bình.", "Ý của Minh, còn bàn.", "Ý của Đại."
PUT_TOGETHER = "Đơn vị đề nghị nói rõ chế độ nào."


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    for number in range(3):
        make_unit(f"Đảng ủy xã {number}")
    cast.binh = make_user("binh", full_name="Bình", unit=cast.city)
    return cast


def test_what_a_unit_says_is_sealed_until_it_is_sent_and_from_others_until_the_end(open_page, cast):
    draft = reverse("comments:reader", args=[cast.document.pk])
    feedback = reverse("comments:feedback", args=[cast.document.pk])
    thu, lan, dai = (open_page(one) for one in (cast.thu, cast.lan, cast.dai))
    minh, binh = (open_page(one, **PHONE) for one in (cast.minh, cast.binh))

    ask(thu, cast)
    say(binh, draft, "chế độ làm việc", OF_BINH)
    say(minh, draft, "nguyên tắc", OF_MINH)
    say(dai, draft, "quan hệ công tác", OF_DAI)
    assert sees(dai, draft) == {OF_DAI}
    assert sees(binh, draft) == sees(minh, draft) == {OF_BINH, OF_MINH}
    assert sees(lan, feedback) == sees(thu, feedback) == {OF_DAI}

    cannot_send(binh)
    put_together_and_send(minh)
    expect(lan.locator("#arrivals")).to_contain_text("1 ý kiến mới")
    expect(dai.locator("#arrivals")).to_be_empty()
    assert sees(lan, feedback) == sees(thu, feedback) == {OF_DAI, PUT_TOGETHER}
    assert sees(dai, draft) == {OF_DAI}
    answer_without_a_word(dai)
    who_has_answered(thu, cast)

    close(thu, cast)
    assert sees(dai, draft) == {OF_DAI, PUT_TOGETHER}
    assert Comment.objects.get(text=OF_MINH).left_out_at is not None


def ask(page, cast):
    """The secretary opens a round; nobody sees the comments of others unless somebody says so."""
    page.goto(reverse("comments:new_round", args=[cast.document.pk]))
    finder = page.locator("fieldset", has=page.locator("[name=units]")).locator("input[type=search]")
    finder.fill("thanh u")
    expect(page.locator("label.choice:visible:has([name=units])")).to_have_text(["Thành ủy"])
    finder.press("Enter")
    expect(page.get_by_label("Thành ủy", exact=True)).to_be_checked()
    expect(page.locator("fieldset", has=page.locator("[name=units]")).locator("[role=status]")).to_have_text(
        "Đã chọn 1"
    )
    people = page.locator("details", has=page.locator("[name=people]"))
    if people.get_attribute("open") is None:
        people.locator("summary").click()
    for box in page.locator("[name=people]").all():
        box.set_checked(box.get_attribute("value") == str(cast.dai.pk))
    expect(page.locator("[name=visibility][value=sealed_until_close]")).to_be_checked()
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/rounds/\d+/$"))
    expect(page.locator("table.register tbody tr")).to_have_count(2)


def say(page, draft, words, text):
    page.goto(draft)
    select_words(page, words)
    page.locator(".select-bar button").click()
    page.locator("#compose [name=text]").fill(text)
    page.locator("#compose button.primary").click()
    expect(page.locator("#compose")).to_have_count(0)
    expect(page.locator(".note .said", has_text=text)).to_be_visible()


def sees(page, address):
    """The comments on the page, the text's or the consolidated one's."""
    page.goto(address)
    return set(page.locator(".note .said, .opinion .lines:not(.quote)").all_inner_texts())


def open_answer(page):
    """From the first page, where it says what waits."""
    page.goto("/")
    page.locator("main a[href*='/rounds/']").first.click()
    page.locator("main a[href*='/answers/']").first.click()
    page.wait_for_url(re.compile(r"/rounds/\d+/answers/\d+/$"))


def cannot_send(page):
    page.goto(reverse("comments:round", args=[Consultation.objects.get().pk]))
    page.locator("main a[href*='/answers/']").first.click()
    expect(page.locator("#comments")).to_contain_text(OF_BINH)
    expect(page.locator("button[name=send]")).to_have_count(0)


def put_together_and_send(page):
    open_answer(page)
    gathered = page.locator("#comments .todo").first.locator("> li")
    expect(gathered).to_have_count(2)
    gathered.filter(has_text=OF_MINH).locator("form button").click()
    expect(gathered).to_have_count(1)
    gathered.locator("a[href$='/text/']").click()
    page.locator("main form [name=text]").fill(PUT_TOGETHER)
    page.locator("main form button.primary").click()
    expect(page.locator("main")).to_contain_text(PUT_TOGETHER)
    open_answer(page)
    page.locator("[name=stance][value=agree_with_comments]").check()
    page.locator("button[name=send]").click()
    expect(page.locator("[role=status] .notice[data-kind=done]")).to_be_visible()
    expect(page.locator("button[name=send]")).to_have_count(0)


def answer_without_a_word(page):
    open_answer(page)
    page.locator("[name=stance][value=agree_with_comments]").check()
    page.locator("button[name=send]").click()
    expect(page.locator("button[name=send]")).to_have_count(0)


def who_has_answered(page, cast):
    page.goto(reverse("comments:round", args=[Consultation.objects.get().pk]))
    expect(page.locator("table.register .badge[data-state=done]")).to_have_count(2)
    page.goto(reverse("comments:feedback", args=[cast.document.pk]))
    expect(page.locator("#feedback-figures")).to_contain_text("2 / 2")


def close(page, cast):
    page.goto(reverse("comments:round_closing", args=[Consultation.objects.get().pk]))
    page.locator("[name=reason]").fill("Các nơi đã trả lời đủ.")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/rounds/\d+/$"))
