"""The comparison table in a real browser: words in place, nothing typed is lost, articles placed in three ways."""

import re

import pytest
from playwright.sync_api import expect

from drafts import comparing, services
from drafts.comparison import comparison_table
from tests.browser.acting import drag_by_finger
from tests.browsing import fits, shifted
from tests.people import ARTICLE_1, People, make_document

pytestmark = pytest.mark.django_db(transaction=True)

PAPER = f"Các cơ quan gửi báo cáo bằng bản giấy có đóng dấu về Văn phòng trước ngày 25.\nNgười gửi: {'…' * 200}"


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    old = make_document(by=cast.lan, title="Quy chế cũ", articles=(ARTICLE_1.replace("Tỉnh ủy", "cấp ủy"), PAPER))
    services.describe_document(cast.document, by=cast.lan, predecessor=old)
    cast.document.refresh_from_db()
    cast.comparison = comparing.compare(cast.document, by=cast.lan, against=old)
    stray = old.provisions.get(label="Điều 2")
    comparing.place(cast.comparison, stray, by=cast.lan, into=None)
    cast.address = f"/comparisons/{cast.comparison.pk}/"
    return cast


def shapes(cast):
    return [
        ([sheet.label for sheet in row.old_sheets], [sheet.label for sheet in row.new_sheets])
        for row in comparison_table(cast.comparison).rows
    ]


def test_a_reason_is_written_in_place_and_an_unsaved_one_survives(cast, open_page):
    page = open_page(cast.lan, width=390, height=844)
    page.goto(cast.address)
    row = page.locator("tbody", has_text="Phạm vi, đối tượng áp dụng").first
    row.get_by_role("link", name="Viết lý do").click()
    reason = row.get_by_label("Lý do sửa")
    expect(reason).to_be_focused()
    reason.fill("Nêu rõ chủ thể")
    expect(row.locator("[data-unsent-status]")).not_to_be_empty()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    row.get_by_role("link", name="Viết lý do").click()
    expect(reason).to_have_value("Nêu rõ chủ thể")
    row.get_by_role("button", name="Lưu dòng").click()
    expect(row.locator("textarea")).to_have_count(0)
    expect(row).to_contain_text("Nêu rõ chủ thể")
    expect(row.get_by_role("link", name="Sửa", exact=True)).to_be_focused()
    expect(page.locator("#comparison-counts")).to_contain_text(re.compile(r"1 / \d thay đổi"))
    row.get_by_role("link", name="Sửa", exact=True).click()
    expect(reason).to_have_value("Nêu rõ chủ thể")
    expect(row.locator("[data-restored]")).to_be_hidden()


def test_an_article_is_put_into_another_row_by_keyboard_by_mouse_and_by_choice(cast, open_page):
    assert shapes(cast) == [(["Điều 1"], ["Điều 1"]), (["Điều 2"], []), ([], ["Điều 2"])]
    page = open_page(cast.lan)
    page.goto(cast.address)
    assert shifted(page) == 0
    assert fits(page)
    rows = page.locator("tbody")
    sign = rows.nth(2).locator("[data-place]")
    sign.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-placing-status]")).not_to_be_empty()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(rows.nth(0)).to_have_attribute("data-aimed", "")
    page.keyboard.press("Escape")
    expect(rows.nth(0)).not_to_have_attribute("data-aimed", "")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    with page.expect_navigation():
        page.keyboard.press("Space")
    assert shapes(cast) == [(["Điều 1"], ["Điều 1"]), (["Điều 2"], ["Điều 2"])]
    with page.expect_navigation():
        rows.nth(1).locator("td").nth(1).locator("[data-place]").drag_to(rows.nth(0).locator("td").nth(1))
    assert shapes(cast) == [(["Điều 1"], ["Điều 1", "Điều 2"]), (["Điều 2"], [])]
    rows.nth(0).get_by_role("link", name="Xếp Điều 2 sang dòng khác").click()
    page.locator("#id_row").select_option("own")
    page.get_by_role("button", name="Xếp vào dòng này").click()
    page.wait_for_url(re.compile(r"/comparisons/\d+/#row-"))
    assert ([], ["Điều 2"]) in shapes(cast)
    phone = open_page(cast.lan, width=390, height=844, has_touch=True)
    phone.goto(cast.address)
    sign = phone.locator("tbody").nth(2).locator("[data-place]")
    with phone.expect_navigation():
        drag_by_finger(phone, sign, onto=phone.locator("tbody").nth(1).locator("td").last)
    assert shapes(cast)[1] == (["Điều 2"], ["Điều 2"])
