"""What is kept of a form that was not sent: a form with every kind of field, in a real browser."""

import pytest
from django.templatetags.static import static
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = """<!doctype html><html lang="vi"><title>Biểu mẫu</title>
<form data-unsent="thu" data-owner="nguoi" data-owner-key="{key}">
<textarea name="note"></textarea>
<label><input type="checkbox" name="unit" value="1">1</label>
<label><input type="checkbox" name="unit" value="2" checked>2</label>
<label><input type="checkbox" name="unit" value="3">3</label>
<label><input type="radio" name="limit" value="by" checked>by</label>
<label><input type="radio" name="limit" value="before">before</label>
<select name="drafts" multiple><option value="1" selected>1<option value="2">2<option value="3">3</select>
<input type="hidden" name="base_version" value="{version}">
<button name="choice" value="yes">yes</button><button name="choice" value="no">no</button>
<input type="submit" name="choice" value="later"><input type="button" name="choice" value="never">
<span data-unsent-status data-kept="kept" data-not-kept="not kept"></span>
</form><template id="words" data-time-zone="Asia/Ho_Chi_Minh"></template>
<script type="module" src="{script}"></script></html>"""


@pytest.fixture
def page(open_page):
    """A page of our own on the site's address; every time it is loaded, the server has a newer version."""
    page = open_page(timezone_id="Pacific/Marquesas")
    versions = iter(range(1, 10))

    def answer(route):
        body = PAGE.format(key="5a" * 32, version=next(versions), script=static("js/unsent.js"))
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route("**/bieu-mau/", answer)
    page.goto("/bieu-mau/")
    return page


def come_back(page):
    page.fill("[name=note]", "Chưa gửi")
    expect(page.locator("[data-unsent-status]")).to_have_text("kept")
    page.reload()
    expect(page.locator("[name=note]")).to_have_value("Chưa gửi")


def values(page, selector):
    return page.eval_on_selector_all(selector, "(fields) => fields.map((field) => field.value)")


def test_of_several_ticks_every_one_comes_back_and_none_that_was_taken_away(page):
    page.check("[name=unit][value='1']")
    page.uncheck("[name=unit][value='2']")
    page.check("[name=unit][value='3']")
    page.check("[name=limit][value=before]")
    page.select_option("[name=drafts]", ["2", "3"])
    come_back(page)
    assert values(page, "[name=unit]:checked") == ["1", "3"]
    assert values(page, "[name=limit]:checked") == ["before"]
    assert values(page, "[name=drafts] option:checked") == ["2", "3"]


def test_buttons_of_one_name_keep_their_own_values(page):
    come_back(page)
    assert values(page, "[name=choice]") == ["yes", "no", "later", "never"]


def test_the_words_come_back_with_the_version_they_began_from(page):
    come_back(page)
    assert values(page, "[name=base_version]") == ["1"]


def test_the_clock_is_that_of_the_site_on_a_computer_set_to_another_place(page):
    page.locator("[data-unsent-status]").evaluate("(status) => { status.dataset.kept = '{time}' }")
    page.clock.set_fixed_time("2026-11-27T18:05:00Z")
    page.fill("[name=note]", "Chưa gửi")
    expect(page.locator("[data-unsent-status]")).to_have_text("01:05")
