"""Putting a draft in order in a real browser: by drag, by keyboard, in a dialog; citations shown first; undone."""

import re

import pytest
from playwright.sync_api import expect

from drafts import photographs, services
from drafts.importing import Kind
from drafts.models import Document
from tests.browser.acting import drag_by_finger
from tests.browsing import shifted
from tests.people import People, node

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    nodes = [
        node(Kind.CHAPTER, "I", "CHUNG"),
        node(Kind.ARTICLE, "1", "Một", "1. Làm.\n2. Báo cáo.", parent=0),
        node(Kind.ARTICLE, "2", "Hai", "Theo Điều 1.", parent=0),
        node(Kind.CHAPTER, "II", "RIÊNG"),
        node(Kind.ARTICLE, "3", "Ba", "Không theo ai.", parent=3),
        node(Kind.ARTICLE, "4", "Bốn", "Cũng vậy.", parent=3),
    ]
    return services.create_document(by=cast.lan, title="Quy chế", kind=Document.Kind.REGULATION, nodes=nodes)


def order(draft):
    return [sheet.heading for sheet in photographs.working_text(draft)]


def lead(draft):
    return draft.operations.first().by


def drag(page, name, onto, *, at):
    grip = page.get_by_role("button", name=re.compile(f"{name}$")).filter(has=page.locator(".visually-hidden"))
    start = grip.bounding_box()
    row = page.locator(".outline-row", has_text=onto).bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(row["x"] + 40, row["y"] + row["height"] / 2, steps=4)
    page.mouse.move(row["x"] + 40, row["y"] + row["height"] * at, steps=2)
    expect(page.locator("[data-drop]")).to_have_count(1)
    page.mouse.up()


def test_by_drag_by_keyboard_and_back(open_page, draft):
    page = open_page(lead(draft))
    page.goto(f"/drafts/{draft.pk}/outline/")
    # No citation of these two: done at once, and the row keeps the focus.
    drag(page, "Điều 4", "Điều 3", at=0.2)
    expect(page.locator(".notice[data-kind=done]")).to_be_visible()
    assert order(draft) == ["CHUNG", "Một", "Hai", "RIÊNG", "Bốn", "Ba"]
    page.get_by_role("button", name="Điều 3").filter(has=page.locator(".icon")).first.press("Alt+ArrowUp")
    expect(page.locator(".outline-row").nth(3)).to_contain_text("Bốn")
    assert order(draft) == ["CHUNG", "Một", "Hai", "Bốn", "RIÊNG", "Ba"]
    expect(page.locator("[data-grip]:focus")).to_have_count(1)
    page.locator(".notice form button").click()
    expect(page.locator(".outline-row").nth(4)).to_contain_text("Bốn")
    assert order(draft) == ["CHUNG", "Một", "Hai", "RIÊNG", "Bốn", "Ba"]


def test_citations_are_shown_before_they_follow(open_page, draft):
    page = open_page(lead(draft))
    page.goto(f"/drafts/{draft.pk}/outline/")
    drag(page, "Điều 1", "Điều 4", at=0.8)
    expect(page.locator(".diff ins")).to_have_text("Điều 4")
    assert order(draft)[1] == "Một"
    page.locator("main form button.primary").click()
    expect(page.locator(".notice[data-kind=done]")).to_be_visible()
    assert order(draft) == ["CHUNG", "Hai", "RIÊNG", "Ba", "Bốn", "Một"]
    assert photographs.working_text(draft).article("1").text == "Theo Điều 4."


def test_a_finger_and_a_dialog(open_page, draft):
    page = open_page(lead(draft), width=390, height=844, has_touch=True)
    page.goto(f"/drafts/{draft.pk}/outline/")
    assert shifted(page) == 0
    rows = page.locator(".outline-row")
    with page.expect_navigation():
        drag_by_finger(
            page, rows.filter(has_text="Điều 4").locator("[data-grip]"), onto=rows.filter(has_text="Điều 3"), at=0.2
        )
    assert order(draft)[-2:] == ["Bốn", "Ba"]
    page.locator(".outline-row", has_text="Điều 1").locator("summary").tap()
    page.locator(".outline-row .menu[open] a", has_text="Tách").tap()
    dialog = page.locator("dialog#act")
    expect(dialog).to_be_visible()
    dialog.locator("input[name=line]").check()
    dialog.locator("input[name=heading]").fill("Báo cáo")
    page.set_viewport_size({"width": 390, "height": 420})
    dialog.locator("button.primary").tap()
    # Article 2 cites the whole of what is two articles then: that is shown first.
    expect(page.locator(".places-list mark")).to_have_text("Điều 1")
    page.locator("main form button.primary").tap()
    # The page opens at the new article; what was done and the button that takes it back stand beside it.
    expect(page.locator(".notice[data-kind=done] button")).to_be_in_viewport()
    expect(page.locator(".outline-row", has_text="Báo cáo")).to_be_in_viewport()
    assert order(draft)[1:3] == ["Một", "Báo cáo"]
