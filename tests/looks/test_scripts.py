"""The small scripts, and the same things without them, in a real browser on the style guide and the sign-in."""

import pytest
from django.urls import reverse

from tests.browsing import too_low
from tests.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def administrator():
    return make_user("quan", is_staff=True, is_superuser=True, password="mot-mat-khau-rat-dai")


def open_guide(open_page, administrator, **screen):
    page = open_page(administrator, **screen)
    page.goto(reverse("styleguide"))
    return page


def theme_of(page):
    return page.locator("html").get_attribute("data-theme")


def ground_of(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def choose_theme(page, value):
    if page.locator(".me").get_attribute("open") is None:
        page.locator(".me > summary").click()
    page.locator(f".me button[value={value}]").click()


def test_colours_are_chosen_at_once_and_kept_on_the_next_page(open_page, administrator):
    page = open_guide(open_page, administrator, color_scheme="light")
    light = ground_of(page)
    assert page.locator("[data-needs-script]").first.is_visible()
    choose_theme(page, "dark")
    assert theme_of(page) == "dark" and ground_of(page) != light
    page.reload()
    assert theme_of(page) == "dark"
    choose_theme(page, "system")
    assert theme_of(page) is None and ground_of(page) == light


def test_colours_are_chosen_without_script_too(open_page, administrator):
    page = open_guide(open_page, administrator, java_script_enabled=False)
    assert not page.locator("[data-needs-script]").first.is_visible()
    choose_theme(page, "dark")
    page.wait_for_url("**" + reverse("styleguide"))
    assert theme_of(page) == "dark"


def test_the_menu_closes_on_escape_and_gives_the_focus_back(open_page, administrator):
    page = open_guide(open_page, administrator)
    page.locator(".me > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".me > .sheet").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".me > .sheet").is_visible()
    assert page.evaluate("document.activeElement.matches('.me > summary')")


def test_the_menu_closes_on_a_tap_elsewhere(open_page, administrator):
    page = open_guide(open_page, administrator)
    page.locator(".me > summary").click()
    page.locator("h1").click()
    assert not page.locator(".me > .sheet").is_visible()


def test_a_dialog_opens_from_a_link_and_returns_the_focus(open_page, administrator):
    page = open_guide(open_page, administrator)
    opener = page.locator("[data-dialog=sample-dialog]")
    opener.click()
    assert page.locator("#sample-dialog").is_visible()
    page.locator("#sample-dialog [data-close]").click()
    assert not page.locator("#sample-dialog").is_visible()
    assert opener.evaluate("element => element === document.activeElement")


def test_a_form_that_asks_first_is_sent_only_after_a_yes(open_page, administrator):
    page = open_guide(open_page, administrator)
    before = page.url
    button = page.locator("form[data-confirm] button")
    button.click()
    dialog = page.locator("#confirm-dialog")
    assert dialog.is_visible() and page.url == before
    dialog.locator("button[value=no]").click()
    assert not dialog.is_visible() and page.url == before
    button.click()
    dialog.locator("button[value=yes]").click()
    page.wait_for_url("**/styleguide/?#g-button")


def test_a_form_is_sent_once_however_often_one_presses(open_page, administrator):
    page = open_page()
    page.goto(f"{reverse('account_login')}?next={reverse('styleguide')}")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.fill("#id_login", "quan")
    page.fill("#id_password", "mot-mat-khau-rat-dai")
    page.evaluate("for (const _ of [1, 2, 3]) document.querySelector('.card button[type=submit]').click()")
    page.wait_for_url(lambda url: reverse("account_login") not in url)
    assert len(sent) == 1


def test_a_toast_is_said_and_can_be_closed(open_page, administrator):
    page = open_guide(open_page, administrator)
    page.evaluate("document.dispatchEvent(new CustomEvent('app:toast', {detail: {text: 'Đã lưu <b>Điều 5</b>'}}))")
    toast = page.locator("#toasts .toast")
    assert "Đã lưu <b>Điều 5</b>" in toast.inner_text()
    toast.locator("[data-dismiss]").click()
    assert page.locator("#toasts .toast").count() == 0


def test_the_list_of_keys_opens_with_a_question_mark_but_not_while_writing(open_page, administrator):
    page = open_guide(open_page, administrator)
    page.locator("#id_title").focus()
    page.keyboard.press("?")
    assert not page.locator("#shortcuts-dialog").is_visible()
    page.locator("#id_title").blur()
    page.keyboard.press("?")
    assert page.locator("#shortcuts-dialog").is_visible()


def test_leaving_with_words_typed_asks_first(open_page, administrator):
    page = open_guide(open_page, administrator)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.evaluate("document.querySelector('#id_text').form.dataset.guard = ''")
    page.locator("#id_text").click()
    page.keyboard.type("Ý kiến chưa gửi")
    page.goto(reverse("account_logout"))
    assert asked == ["beforeunload"]


def test_leaving_with_nothing_typed_asks_nothing(open_page, administrator):
    page = open_guide(open_page, administrator)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.evaluate("document.querySelector('#id_text').form.dataset.guard = ''")
    page.locator("#id_text").click()
    page.goto(reverse("account_logout"))
    assert asked == []


def test_the_style_guide_never_scrolls_sideways(open_page, administrator):
    page = open_guide(open_page, administrator)
    wide = []
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide.append(page.evaluate("document.documentElement.scrollWidth") - width)
    assert max(wide) <= 0


def test_what_one_taps_is_forty_four_pixels_high_on_a_phone(open_page, administrator):
    page = open_guide(open_page, administrator, width=390, height=844, has_touch=True)
    assert too_low(page) == []


def test_the_places_are_under_the_thumb_on_a_phone(open_page, administrator):
    page = open_guide(open_page, administrator, width=390, height=844)
    box = page.locator(".places").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)


def test_paper_is_white_and_without_what_can_only_be_clicked(open_page, administrator):
    page = open_guide(open_page, administrator, color_scheme="dark")
    page.emulate_media(media="print")
    assert ground_of(page) == "rgb(255, 255, 255)"
    assert not page.locator(".topbar").is_visible() and not page.locator("main .button").first.is_visible()


def test_a_badge_stands_on_the_line_of_the_words_beside_it(open_page, administrator):
    page = open_guide(open_page, administrator)
    bottoms = page.evaluate(
        """() => {
          const bottom = (node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return range.getBoundingClientRect().bottom;
          };
          const badge = document.querySelector(".badge");
          const beside = badge.cloneNode();
          beside.style.display = "inline";
          beside.textContent = "khoản 1";
          badge.after(beside);
          beside.parentElement.style.display = "block";
          return [bottom(badge.lastChild), bottom(beside.firstChild)];
        }"""
    )
    assert abs(bottoms[0] - bottoms[1]) < 1
