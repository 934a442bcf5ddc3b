"""Revising an article in a real browser: structure while typing, unsaved words, two people at once."""

import json
import re
import uuid

import pytest
from playwright.sync_api import expect

from comments import services as comments
from comments.models import Response
from drafts import presence, services
from drafts.models import Provision, Seat
from drafts.photographs import edition_text
from tests.browsing import fits, sign_in
from tests.people import ARTICLE_1, People

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    services.give_seat(cast.document, by=cast.lan, role=Seat.Role.DRAFTER, user=cast.dai)
    cast.editor = f"/drafts/{cast.document.pk}/provisions/{cast.article_1.wid}/revision/"
    return cast


def propose(cast, quote, wording, *, by):
    return comments.add_comment(
        cast.edition,
        by=by,
        key=uuid.uuid4(),
        kind="wording",
        text="Đề nghị viết gọn.",
        sheet=edition_text(cast.edition).find(cast.article_1.wid),
        selection=comments.Selection(quote=quote),
        proposed_text=wording,
    )


def stored(cast):
    return Provision.objects.get(pk=cast.article_1.pk)


def test_the_structure_follows_the_typing_and_a_missing_đ_is_marked(cast, open_page):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.fill("#id_text", "1. Một:\na) A;\nb) B;\nc) C;\nd) D;")
    page.wait_for_selector("#structure-lines li:nth-child(5)")
    assert page.locator("#structure-lines .problem").count() == 0
    page.fill("#id_text", "1. Một:\na) A;\nb) B;\nc) C;\nd) D;\ne) E.")
    problem = page.locator("#structure-lines .problem")
    problem.wait_for()
    assert "đ" in problem.inner_text()


def test_two_people_write_at_once_and_both_texts_are_saved(cast, open_page):
    lan, dai = open_page(cast.lan), open_page(cast.dai)
    for page in (lan, dai):
        page.goto(cast.editor)
    dai.fill("#id_text", ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:"))
    dai.fill("#id_reason", "Gọn hơn")
    dai.click(".sticky-end .primary")
    dai.wait_for_url(re.compile(r"text=working"))
    lan.fill("#id_text", ARTICLE_1.replace("nguyên tắc, chế độ", "phạm vi, nguyên tắc, chế độ"))
    lan.fill("#id_reason", "Đủ hơn")
    lan.click(".sticky-end .primary")
    lan.wait_for_selector("[role=alert]")
    assert "Đại" in lan.inner_text("[role=alert]")
    lan.click("main form .primary")
    lan.wait_for_url(re.compile(r"text=working"))
    assert "áp dụng cho:" in stored(cast).text
    assert "phạm vi, nguyên tắc" in stored(cast).text
    assert stored(cast).version == 3


def test_a_contradiction_is_decided_and_looked_at_before_it_is_saved(cast, open_page):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.fill("#id_text", ARTICLE_1.replace("áp dụng đối với:", "áp dụng với:"))
    page.fill("#id_reason", "Gọn hơn")
    services.revise_article(
        cast.article_1,
        by=cast.dai,
        base_version=1,
        heading=cast.article_1.heading,
        text=ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:"),
        reason="Theo mẫu",
    )
    page.click(".sticky-end .primary")
    page.wait_for_selector("[role=radiogroup] .pills")
    page.click("[role=radiogroup] .pick:nth-child(1)")
    page.click("main form .primary")
    page.wait_for_selector("#id_text")
    assert "áp dụng với:" in page.input_value("#id_text")
    assert stored(cast).version == 2
    page.click(".sticky-end .primary")
    page.wait_for_url(re.compile(r"text=working"))
    assert "áp dụng với:" in stored(cast).text


def test_unsaved_words_survive_a_closed_page_and_belong_to_their_writer(cast, open_page, live_server):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.fill("#id_text", "1. Chữ chưa lưu.")
    expect(page.locator("[data-unsent-status]")).not_to_be_empty()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#id_text")).to_have_value("1. Chữ chưa lưu.")
    expect(page.locator("[data-restored]")).to_be_visible()
    expect(page.locator("#structure-lines")).to_contain_text("Chữ chưa lưu.")
    [(name, entry)] = page.evaluate("Object.entries({...localStorage})")
    assert name.endswith(f":revision:{cast.article_1.wid}")
    assert "lưu" not in entry
    assert set(json.loads(entry)) == {"at", "isSending", "iv", "data"}
    sign_in(page.context, cast.dai, live_server.url)
    page.reload()
    expect(page.locator("#id_text")).to_have_value(re.compile("^1. Quy chế này"))
    assert page.is_hidden("[data-restored]")
    sign_in(page.context, cast.lan, live_server.url)
    page.reload()
    expect(page.locator("#id_text")).to_have_value("1. Chữ chưa lưu.")
    page.click("[data-forget]")
    expect(page.locator("#id_text")).to_have_value(re.compile("^1. Quy chế này"))
    assert page.evaluate("localStorage.length") == 0


def test_a_title_taken_away_is_a_change_too(cast, open_page):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.fill("#id_heading", "")
    expect(page.locator("[data-unsent-status]")).not_to_be_empty()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[data-restored]")).to_be_visible()
    assert page.input_value("#id_heading") == ""


def test_a_refused_text_is_kept_too(cast, open_page):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.fill("#id_text", "1. Chữ bị trả lại.")
    page.evaluate("document.querySelector('#id_reason').required = false")
    page.click(".sticky-end .primary")
    page.wait_for_selector("[role=alert]")
    expect(page.locator("[data-unsent-status]")).not_to_be_empty()
    page.goto(cast.editor)
    expect(page.locator("#id_text")).to_have_value("1. Chữ bị trả lại.")


def test_words_the_server_did_not_take_yet_are_not_left_unasked(cast, open_page):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.fill("#id_text", ARTICLE_1.replace("áp dụng đối với:", "áp dụng với:"))
    page.click("[data-save]")
    page.wait_for_selector("[role=alert]")
    page.click(".crumbs a >> nth=0", no_wait_after=True)
    expect(page.locator("#id_text")).to_have_value(re.compile("áp dụng với:"))
    assert asked == ["beforeunload"]
    services.revise_article(
        cast.article_1, by=cast.dai, base_version=1, heading="Mới", text=ARTICLE_1 + "\nc) Thêm.", reason="r"
    )
    page.fill("#id_reason", "Gọn hơn")
    page.click("[data-save]")
    page.wait_for_selector("#theirs", state="attached")
    page.click(".crumbs a >> nth=0", no_wait_after=True)
    expect(page.locator("#theirs")).to_be_attached()
    assert asked == ["beforeunload", "beforeunload"]
    page.click("main form .primary")
    page.wait_for_url(re.compile(r"text=working"))
    page.goto("/drafts/")
    assert asked == ["beforeunload", "beforeunload"]


def test_old_unsaved_words_meet_a_newer_version_instead_of_overwriting_it(cast, open_page):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.fill("#id_text", ARTICLE_1.replace("áp dụng đối với:", "áp dụng với:"))
    expect(page.locator("[data-unsent-status]")).not_to_be_empty()
    services.revise_article(
        cast.article_1, by=cast.dai, base_version=1, heading="Mới", text=ARTICLE_1 + "\nc) Thêm.", reason="r"
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#id_base_version")).to_have_value("1")
    page.fill("#id_reason", "Gọn hơn")
    page.click(".sticky-end .primary")
    page.wait_for_selector("[role=alert]")
    page.click("main form .primary")
    page.wait_for_url(re.compile(r"text=working"))
    assert "áp dụng với:" in stored(cast).text
    assert stored(cast).text.endswith("c) Thêm.")


def test_after_saving_nothing_is_kept(cast, open_page):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.fill("#id_text", "1. Đã lưu.")
    page.fill("#id_reason", "Gọn hơn")
    page.click(".sticky-end .primary")
    page.wait_for_url(re.compile(r"text=working"))
    page.goto(cast.editor)
    assert page.input_value("#id_text") == "1. Đã lưu."
    assert not page.is_visible("[data-restored]")
    assert page.evaluate("localStorage.length") == 0


def test_kept_words_that_stand_on_the_server_bring_no_old_version_back(cast, open_page):
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.fill("#id_text", "1. Hai người viết như nhau.")
    expect(page.locator("[data-unsent-status]")).not_to_be_empty()
    services.revise_article(
        cast.article_1,
        by=cast.dai,
        base_version=1,
        heading=cast.article_1.heading,
        text="1. Hai người viết như nhau.",
        reason="Gọn hơn",
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_function("() => localStorage.length === 0")
    assert page.input_value("#id_base_version") == "2"


def test_without_script_the_structure_is_a_button_away_and_the_text_stays(cast, open_page):
    page = open_page(cast.lan, java_script_enabled=False)
    page.goto(cast.editor)
    page.fill("#id_text", "1. Một:\na) A;\nb) B;\nc) C;\nd) D;\ne) E.")
    page.click("button[formaction]")
    assert page.locator("#structure-lines .problem").count() == 1
    assert page.input_value("#id_text").endswith("e) E.")
    page.fill("#id_reason", "Gọn hơn")
    page.click(".sticky-end .primary")
    assert "text=working" in page.url
    assert stored(cast).version == 2


def test_without_script_a_proposal_is_applied_and_answered(cast, open_page):
    comment = propose(cast, "áp dụng đối với:", "áp dụng cho:", by=cast.minh)
    page = open_page(cast.lan, java_script_enabled=False)
    page.goto(cast.editor)
    page.fill("#id_text", ARTICLE_1 + "\n3. Viết thêm.")
    page.click(f"#comment-{comment.pk} [name=apply]")
    text = ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:") + "\n3. Viết thêm."
    assert page.input_value("#id_text") == text
    assert page.is_checked(f"#comment-{comment.pk} input.take")
    page.click("[data-save]")
    assert "text=working" in page.url
    assert (stored(cast).text, stored(cast).version) == (text, 2)
    assert Response.objects.get(comment=comment).outcome == "accepted"


def test_the_whole_way_works_with_the_keyboard_alone_on_a_phone(cast, open_page):
    page = open_page(cast.lan, width=390, height=844)
    page.goto(cast.editor)
    page.focus("#id_text")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n3. Thêm bằng bàn phím.")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id === 'id_reason'"):
            break
    page.keyboard.insert_text("Gọn hơn")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.sticky-end .primary')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"text=working"))
    assert stored(cast).text.endswith("3. Thêm bằng bàn phím.")
    assert fits(page)


def test_a_proposal_is_applied_in_the_text_and_answered_with_the_save(cast, open_page):
    comment = propose(cast, "áp dụng đối với:", "áp dụng cho:", by=cast.minh)
    rival = propose(cast, "áp dụng đối với:", "áp dụng với:", by=cast.dai)
    page = open_page(cast.lan)
    page.goto(cast.editor)
    expect(page.locator("[data-behind] mark")).to_have_text("áp dụng đối với:")
    page.click(f"#comment-{comment.pk} [name=apply]")
    expect(page.locator("#id_text")).to_have_value(ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:"))
    expect(page.locator(f"#comment-{comment.pk} input.take")).to_be_checked()
    expect(page.locator(f"#comment-{rival.pk} [data-lost]")).to_be_visible()
    assert f"(ý kiến {comment.pk})" in page.input_value("#id_reason")
    assert "1" in page.inner_text("[data-save]")
    page.keyboard.press("Control+z")
    expect(page.locator("#id_text")).to_have_value(ARTICLE_1)
    expect(page.locator(f"#comment-{comment.pk} input.take")).not_to_be_checked()
    assert page.input_value("#id_reason") == ""
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(f"#comment-{comment.pk} input.take")).to_be_checked()
    page.keyboard.press("Control+z")
    expect(page.locator(f"#comment-{comment.pk} input.take")).not_to_be_checked()
    expect(page.locator(f"#comment-{rival.pk} [data-lost]")).to_be_hidden()
    page.click(f"#comment-{comment.pk} [name=apply]")
    expect(page.locator("#id_text")).to_have_value(ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:"))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"text=working"))
    assert str(rival.pk) in page.inner_text("#notices")
    answer = Response.objects.get(comment=comment)
    assert stored(cast).history.get(version=2).operation == answer.carried_out_by
    page.goto(f"/comments/{comment.pk}/")
    page.click("#answer a[href*='/history/1/2/']")
    assert page.locator("ins", has_text="cho").count()


def test_alternatives_stay_told_of_and_one_never_overwrites_the_other_unasked(cast, open_page):
    broad = propose(cast, "quy định nguyên tắc, chế độ làm việc", "quy định chế độ làm việc, lề lối", by=cast.minh)
    narrow = propose(cast, "chế độ làm việc", "chế độ hội họp", by=cast.dai)
    page = open_page(cast.lan)
    page.goto(cast.editor)
    page.click(f"#comment-{narrow.pk} [name=apply]", click_count=2)
    expect(page.locator("#id_text")).to_have_value(ARTICLE_1.replace("chế độ làm việc", "chế độ hội họp"))
    with page.expect_response(re.compile("/structure/")):
        page.locator("#id_text").press("Control+End")
        page.keyboard.insert_text("\n3. Thêm.")
    expect(page.locator("#structure-lines")).to_contain_text("Thêm.")
    expect(page.locator(f"#comment-{broad.pk} [data-lost]")).to_be_visible()
    assert page.url.endswith("/revision/")
    page.click(f"#comment-{broad.pk} [name=apply]")
    page.wait_for_selector("[role=radiogroup]")
    page.click("[role=radiogroup] .pick:nth-child(1)")
    page.click("main form .primary")
    expect(page.locator("main .notice[data-kind=warning]").nth(1)).to_contain_text(f"ý kiến {narrow.pk}")
    for comment in (narrow, broad):
        assert f"(ý kiến {comment.pk})" in page.input_value("#id_reason")
    page.uncheck(f"#comment-{narrow.pk} input.take")
    assert f"(ý kiến {narrow.pk})" not in page.input_value("#id_reason")


@pytest.mark.parametrize("size", [{}, {"width": 390, "height": 844}], ids=["desktop", "phone"])
def test_what_a_save_did_is_seen_at_the_article_further_down(cast, open_page, size):
    long = ARTICLE_1 + "\n3. Dài." * 40
    services.revise_article(cast.article_1, by=cast.dai, base_version=1, heading="Dài", text=long, reason="Thử")
    page = open_page(cast.lan, **size)
    page.goto(cast.editor.replace(str(cast.article_1.wid), str(cast.article_2.wid)))
    page.fill("#id_reason", "Gọn hơn")
    page.locator("#id_text").press("Control+End")
    page.keyboard.insert_text("\n3. Thêm.")
    page.click("[data-save]")
    page.wait_for_url(re.compile(r"text=working"))
    toast = page.locator("#toasts .toast").first
    expect(toast).to_contain_text("Đã lưu Điều 2")
    expect(toast).to_be_in_viewport(ratio=1)
    assert toast.locator("span").first.bounding_box()["height"] < 40
    toast.get_by_role("button", name="Hoàn tác").click()
    page.wait_for_load_state()
    assert Provision.objects.get(pk=cast.article_2.pk).version == 3


def test_two_people_see_each_other_and_leaving_with_unsaved_words_asks(cast, open_page, broker, settings, monkeypatch):
    settings.REDIS_URL = broker
    monkeypatch.setattr(presence, "_silent_until", 0.0)
    dai, lan = open_page(cast.dai), open_page(cast.lan)
    dai.goto(cast.editor)
    lan.goto(cast.editor)
    expect(lan.locator("#others")).to_contain_text("Đại")
    lan.goto(f"/drafts/{cast.document.pk}/?text=working")
    expect(lan.locator("#writers")).to_contain_text("Đại")
    lan.goto(cast.editor)
    expect(lan.locator("[data-unsent-status]")).to_contain_text("Đã lưu lúc")
    lan.focus("#id_text")
    lan.keyboard.press("Control+End")
    lan.keyboard.insert_text("\n3. Chưa lưu.")
    expect(lan.locator("[data-unsent-status]")).to_contain_text("Chưa lưu.")
    asked = []
    lan.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    lan.click(".page-head a[href*='/history/']", no_wait_after=True)
    expect(lan.locator("#id_text")).to_have_value(re.compile("Chưa lưu.$"))
    assert asked == ["beforeunload"]
    lan.evaluate("void htmx.ajax('GET', location.href, {source: 'body', target: '#main'})")
    expect(lan.locator("#id_text")).to_have_value(re.compile("Chưa lưu.$"))
    assert asked == ["beforeunload", "confirm"]
    lan.fill("#id_reason", "Thêm khoản")
    lan.keyboard.press("Control+s")
    expect(lan.locator("[data-unsent-status]")).not_to_contain_text("Chưa lưu")
    assert stored(cast).text.endswith("3. Chưa lưu.")
    expect(lan.locator("#id_base_version")).to_have_value("2")
