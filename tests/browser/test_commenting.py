"""Commenting in a real browser: selecting words, the box beside the text, and what was not sent yet."""

import base64
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from comments import services
from comments.models import Comment
from comments.services import Selection
from drafts.photographs import edition_text
from tests.browsing import fits, shifted, too_low, violations
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SIZES = pytest.mark.parametrize("size", [{}, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast


def address(cast):
    return reverse("comments:reader", args=[cast.document.pk])


def add_comment(cast, quote, *, by):
    sheet = edition_text(cast.edition).find(cast.article_1.wid)
    key = f"00000000-0000-4000-8000-{by.pk:012d}"
    return services.add_comment(
        cast.edition,
        by=by,
        key=key,
        kind="wording",
        text="Nên nói rõ.",
        sheet=sheet,
        selection=Selection(quote),
        proposed_text="lề lối làm việc",
    )


def select(page, words):
    """Select the first occurrence of the words in the text, as a mouse or a finger does."""
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector(".legal"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const place = walker.currentNode.data.indexOf(words);
            if (place < 0 || !walker.currentNode.parentElement.closest("[data-line]")) continue;
            const node = walker.currentNode;
            document.getSelection().setBaseAndExtent(node, place, node, place + words.length);
            return;
          }
          throw new Error("no such words: " + words);
        }""",
        words,
    )


def open_box(page, words):
    select(page, words)
    page.locator(".select-bar button").click()
    expect(page.locator("#compose [name=quote]")).to_have_value(words)
    return page.locator("#compose")


def kept(page):
    return page.evaluate("Object.entries({...localStorage}).filter(([name]) => name.startsWith('unsent:'))")


@SIZES
def test_selected_words_become_a_comment_with_a_mark(open_page, cast, size):
    page = open_page(cast.minh, **size)
    page.goto(address(cast))
    box = open_box(page, "chế độ làm việc")
    box.locator("[name=text]").fill("Nên nói rõ là chế độ nào.")
    box.locator("[name=proposed_text]").fill("chế độ hội họp")
    expect(box.locator(".diff ins")).to_have_text("hội họp")
    box.locator("button.primary").click()
    expect(page.locator("mark")).to_have_text("chế độ làm việc")
    expect(page.locator(".note .said")).to_have_text("Nên nói rõ là chế độ nào.")
    expect(page.locator("#compose")).to_have_count(0)
    expect(page.locator("#count-dieu-1")).to_contain_text("1")
    comment = Comment.objects.get()
    assert (comment.quote, comment.clause_label, comment.author) == ("chế độ làm việc", "khoản 1", cast.minh)
    assert kept(page) == []


def test_a_selection_over_lines_and_half_words_is_taken_whole(open_page, cast):
    page = open_page(cast.minh)
    page.goto(address(cast))
    page.evaluate(
        """() => {
          const text = (id) => document.querySelector(`#${id} [data-line]`).lastChild;
          document.getSelection().setBaseAndExtent(
            text("dieu-1-khoan-2-diem-a"), 1, text("dieu-1-khoan-2-diem-b"), 6);
        }"""
    )
    page.locator(".select-bar button").click()
    page.locator("#compose [name=text]").fill("Gộp hai điểm.")
    page.locator("#compose button.primary").click()
    expect(page.locator(".note .said")).to_have_text("Gộp hai điểm.")
    assert Comment.objects.get().quote == "Ủy viên Ban Chấp hành;\nb) Các ban"


def test_a_tapped_clause_is_commented_on_without_selecting_anything(open_page, cast):
    page = open_page(cast.minh, **PHONE, has_touch=True, is_mobile=True)
    page.goto(address(cast))
    page.locator("#dieu-1-khoan-2").tap()
    page.locator(".select-bar button").tap()
    page.locator("#compose [name=text]").fill("Khoản này thừa.")
    page.locator("#compose button.primary").tap()
    expect(page.locator(".note .said")).to_have_text("Khoản này thừa.")
    comment = Comment.objects.get()
    assert (comment.quote, comment.clause_label) == ("", "khoản 2")


def test_the_keyboard_alone_is_enough(open_page, cast):
    page = open_page(cast.minh)
    page.goto(address(cast))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#dieu-1-khoan-2")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("c")
    expect(page.locator("#compose [name=text]")).to_be_focused()
    page.locator("#compose summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("#compose [data-words-source]").focus()
    page.keyboard.press("Control+Home")
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    for _step in range(7):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("x")
    expect(page.locator("#compose [data-words-source]")).not_to_have_value("x")
    expect(page.locator("#compose [name=quote]")).to_have_value("Quy chế")
    page.locator("#compose [name=text]").focus()
    page.keyboard.type("Quy chế nào?")
    page.locator("#compose button.primary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".note .said")).to_have_text("Quy chế nào?")
    comment = Comment.objects.get()
    assert (comment.quote, comment.clause_label) == ("Quy chế", "khoản 1")


def test_escape_closes_the_box_and_gives_the_focus_back(open_page, cast):
    page = open_page(cast.minh)
    page.goto(address(cast))
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator("#compose [name=text]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#compose")).to_have_count(0)
    expect(page.locator("#dieu-1-khoan-1")).to_be_focused()


def test_a_refused_comment_keeps_words_and_files_which_open_over_the_page(open_page, cast, tmp_path):
    paper, picture = tmp_path / "bang.pdf", tmp_path / "anh.png"
    paper.write_bytes(b"%PDF-1.4 %%EOF")
    picture.write_bytes(PICTURE)
    page = open_page(cast.minh)
    page.add_init_script("Object.defineProperty(navigator, 'pdfViewerEnabled', {value: true})")
    page.goto(address(cast))
    box = open_box(page, "nguyên tắc")
    box.locator("details").last.evaluate("(details) => { details.open = true; }")
    box.locator("[name=attachments]").set_input_files([paper, picture])
    box.locator("[name=quote]").fill("không có trong văn bản")
    box.locator("[name=text]").fill("Chữ của tôi")
    box.locator("button.primary").click()
    expect(page.locator("#compose [role=alert]")).to_be_visible()
    expect(page.locator("#compose [name=text]")).to_have_value("Chữ của tôi")
    page.locator("#compose [name=quote]").fill("nguyên tắc")
    page.locator("#compose button.primary").click()
    expect(page.locator(".note .said")).to_have_text("Chữ của tôi")
    kept_files = Comment.objects.get().attachments
    assert [one.name for one in kept_files.all()] == ["bang.pdf", "anh.png"]

    link = page.locator(".note a", has_text="anh.png")
    link.focus()
    page.keyboard.press("Enter")
    viewer = page.locator("#viewer")
    expect(viewer.locator("h2")).to_have_text("anh.png")
    page.wait_for_function("() => document.querySelector('#viewer img')?.naturalWidth === 1")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(link).to_be_focused()
    page.locator(".note a", has_text="bang.pdf").click()
    expect(viewer.locator("iframe")).to_have_attribute("src", re.compile(f"/{kept_files.first().pk}/$"))
    viewer.locator("[data-close]").click()
    expect(viewer.locator("iframe")).to_have_count(0)


@SIZES
def test_unsent_words_survive_a_reload_in_their_place(open_page, cast, size):
    page = open_page(cast.minh, **size)
    page.goto(address(cast))
    box = open_box(page, "chế độ làm việc")
    box.locator("[name=text]").fill("Đang viết dở")
    expect(box.locator("[data-unsent-status]")).not_to_be_empty()
    page.reload()
    expect(page.locator("#compose [name=text]")).to_have_value("Đang viết dở")
    expect(page.locator("#compose [name=quote]")).to_have_value("chế độ làm việc")
    expect(page.locator("#compose [data-unsent-status]")).not_to_be_empty()
    page.locator("#compose button.primary").click()
    expect(page.locator(".note .said")).to_have_text("Đang viết dở")
    assert kept(page) == []
    page.reload()
    expect(page.locator(".note .said")).to_have_text("Đang viết dở")
    expect(page.locator("#compose")).to_have_count(0)


def sign_in(page, user):
    user.set_password("mot-mat-khau-rat-dai")
    user.save(update_fields=["password"])
    page.locator("[name=login]").fill(user.username)
    page.locator("[name=password]").fill("mot-mat-khau-rat-dai")
    page.locator("main form button[type=submit], main form button").first.click()


def test_a_session_lost_while_writing_loses_nothing_and_shows_nothing_to_others(open_page, cast):
    page = open_page(cast.minh)
    page.goto(address(cast))
    open_box(page, "chế độ làm việc").locator("[name=text]").fill("Chỉ mình tôi biết")
    expect(page.locator("#compose [data-unsent-status]")).not_to_be_empty()
    page.context.clear_cookies(name="sessionid")
    page.locator("#compose button.primary").click()
    page.wait_for_url("**/accounts/login/**")
    assert Comment.objects.count() == 0

    # Somebody else signs in on this computer: sees no words, in the page or in the browser's storage.
    sign_in(page, cast.dai)
    page.wait_for_url(f"**{address(cast)}**")
    page.wait_for_load_state("load")
    expect(page.locator("#compose")).to_have_count(0)
    page.locator("#dieu-1 a[data-compose]").click()
    expect(page.locator("#compose [name=text]")).to_have_value("")
    assert len(kept(page)) == 1
    assert "Chỉ mình" not in str(kept(page))
    assert "minh" not in str(kept(page))

    # The author comes back and goes on.
    page.context.clear_cookies(name="sessionid")
    page.goto(address(cast))
    sign_in(page, cast.minh)
    expect(page.locator("#compose [name=text]")).to_have_value("Chỉ mình tôi biết")
    page.locator("#compose button.primary").click()
    expect(page.locator(".note .said")).to_have_text("Chỉ mình tôi biết")
    assert Comment.objects.get().author == cast.minh


def test_an_answer_lost_on_its_way_makes_no_second_comment(open_page, cast):
    page = open_page(cast.minh)
    page.goto(address(cast))
    open_box(page, "nguyên tắc").locator("[name=text]").fill("Gửi một lần")
    expect(page.locator("#compose [data-unsent-status]")).not_to_be_empty()
    sending = f"**{reverse('comments:new', args=[cast.document.pk])}**"

    def lose_the_answer(route):
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch()
        route.fulfill(status=204)

    page.route(sending, lose_the_answer)
    with page.expect_response(lambda response: response.status == 204):
        page.locator("#compose button.primary").click()
    expect(page.locator("#compose [name=text]")).to_have_value("Gửi một lần")
    page.unroute(sending)
    page.locator("#compose button.primary").click()
    expect(page.locator(".note .said")).to_have_text("Gửi một lần")
    assert Comment.objects.count() == 1


def test_what_is_kept_expires_whoever_it_belongs_to(open_page, cast):
    page = open_page(cast.minh)
    page.goto(address(cast))
    page.evaluate(
        """() => {
          const days = 24 * 60 * 60 * 1000;
          localStorage.setItem("unsent:someone:new:1:", JSON.stringify({at: Date.now() - 15 * days, iv: "", data: ""}));
          localStorage.setItem("unsent:other:new:1:", JSON.stringify({at: Date.now() - 13 * days, iv: "", data: ""}));
          localStorage.setItem("unsent:broken", "{");
        }"""
    )
    page.reload()
    assert [name for name, _entry in kept(page)] == ["unsent:other:new:1:"]


def test_a_browser_that_keeps_nothing_asks_before_it_leaves(open_page, cast):
    page = open_page(cast.minh)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page.goto(address(cast))
    box = open_box(page, "nguyên tắc")
    box.locator("[name=text]").fill("Không lưu được")
    expect(box).to_have_attribute("data-guard", "")
    box.locator("button.primary").click()
    expect(page.locator(".note .said")).to_have_text("Không lưu được")


def test_what_others_say_arrives_and_leaves_alone_what_one_is_writing(open_page, cast):
    page = open_page(cast.minh)
    page.goto(address(cast))
    box = open_box(page, "chế độ làm việc")
    box.locator("[name=text]").fill("Đang viết dở")
    height = page.evaluate("scrollY")
    add_comment(cast, "nguyên tắc", by=cast.dai)
    news = page.locator("#arrivals")
    expect(news).to_contain_text("1 ý kiến mới")
    expect(box.locator("[name=text]")).to_be_focused()
    assert page.evaluate("scrollY") == height
    assert page.locator(".note").count() == 0, "nothing moves before one asks for it"

    news.get_by_role("button", name="Xem").click()
    note = page.locator(".note", has_text="Nên nói rõ.")
    expect(note).to_be_focused()
    expect(news).to_be_empty()
    expect(page.locator("mark[data-comments]")).to_have_text("nguyên tắc")
    expect(box.locator("[name=text]")).to_have_value("Đang viết dở")
    box.locator("button.primary").click()
    expect(page.locator(".note", has_text="Đang viết dở")).to_be_visible()
    expect(page.locator(".note")).to_have_count(2)


def test_replies_and_rewordings_survive_a_reload_too(open_page, cast):
    comment = add_comment(cast, "chế độ làm việc", by=cast.minh)
    page = open_page(cast.minh)
    for name, field in (("comments:comment", "text"), ("comments:text", "text")):
        page.goto(reverse(name, args=[comment.pk]))
        page.locator(f"main form [name={field}]").fill("Viết dở")
        expect(page.locator("[data-unsent-status]")).not_to_be_empty()
        page.reload()
        expect(page.locator(f"main form [name={field}]")).to_have_value("Viết dở")
    page.goto(reverse("comments:comment", args=[comment.pk]))
    page.locator("main form button.primary").click()
    expect(page.locator("#replies")).to_contain_text("Viết dở")
    expect(page.locator("main form [name=text]")).to_have_value("")


@SIZES
def test_it_all_works_without_a_script(open_page, cast, size):
    page = open_page(cast.minh, java_script_enabled=False, **size)
    page.goto(f"{address(cast)}#dieu-1")
    page.locator("#dieu-1 a[data-compose]").click()
    page.locator("[name=quote]").fill("chế độ làm việc")
    page.locator("[name=text]").fill("Không cần kịch bản.")
    page.locator("[name=proposed_text]").fill("chế độ hội họp")
    page.locator("main form button.primary").click()
    expect(page.locator(".note .said")).to_have_text("Không cần kịch bản.")
    expect(page.locator(".note ins")).to_have_text("hội họp")
    expect(page.locator("mark")).to_have_text("chế độ làm việc")
    page.locator(".note a[href$='/withdrawal/']").click()
    page.locator("main form button").first.click()
    expect(page.locator(".note")).to_have_count(0)
    assert Comment.objects.get().is_withdrawn


@SIZES
def test_a_machine_for_accessibility_finds_nothing_to_complain_about_in_the_box(open_page, cast, size):
    page = open_page(cast.minh, **size)
    page.goto(address(cast))
    open_box(page, "nguyên tắc")
    assert violations(page) == []
    assert fits(page)


def test_on_a_phone_nothing_scrolls_sideways_jumps_or_is_too_low_to_tap(open_page, cast):
    add_comment(cast, "chế độ làm việc", by=cast.minh)
    page = open_page(cast.minh, **PHONE, has_touch=True)
    for path in (address(cast), reverse("comments:article", args=[cast.document.pk, "1"])):
        page.goto(path)
        assert fits(page)
        assert shifted(page) == 0
        assert too_low(page) == []


def test_on_paper_there_is_the_text_and_no_buttons(open_page, cast):
    page = open_page(cast.minh)
    page.goto(address(cast))
    page.emulate_media(media="print")
    expect(page.locator("#dieu-1")).to_be_visible()
    expect(page.locator(".article-actions").first).to_be_hidden()
    expect(page.locator(".reading-tools")).to_be_hidden()
