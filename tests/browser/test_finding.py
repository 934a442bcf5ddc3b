"""Searching with the keyboard, from the box to the very clause, on a desktop and on a phone."""

import pytest
from django.urls import reverse

from drafts import services
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast


def test_slash_a_place_and_enter_lead_to_the_clause(people, open_page):
    page = open_page(people.minh)
    page.goto(reverse("comments:reader", args=[people.document.pk]))
    page.locator("main").click()
    page.keyboard.press("/")
    page.keyboard.type("đ1 k2")
    page.keyboard.press("Enter")
    page.wait_for_url("**#dieu-1-khoan-2")
    clause = page.locator(":target")
    assert "Quy chế áp dụng đối với" in clause.inner_text()
    plain = page.locator("#dieu-1-khoan-1").evaluate("element => getComputedStyle(element).backgroundColor")
    assert clause.evaluate("element => getComputedStyle(element).backgroundColor") != plain


def test_words_without_marks_are_found_and_marked_on_a_phone(people, open_page):
    page = open_page(people.minh, width=390, height=844)
    page.goto("/")
    page.locator("input[type=search]").fill("tap trung dan chu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    hit = page.locator(".hits li").first
    assert hit.locator("mark").all_inner_texts()[:4] == ["Tập", "trung", "dân", "chủ"]
    hit.locator("a").click()
    page.wait_for_url("**#dieu-2-khoan-1")
    assert "Tập trung dân chủ" in page.locator(":target").inner_text()


def test_a_recalled_edition_says_why_and_leads_to_the_one_that_counts(people, open_page):
    services.revise_article(
        people.article_1, by=people.lan, base_version=1, heading="Phạm vi", text="1. Câu nhầm.", reason="r"
    )
    page = open_page(people.lan)
    page.goto(reverse("drafts:editions", args=[people.document.pk]))
    page.get_by_role("link", name="Phát hành lần dự thảo mới").click()
    page.get_by_label("Những thay đổi và lý do").fill("Tiếp thu ý kiến")
    page.get_by_role("button", name="Phát hành", exact=True).click()
    page.get_by_role("link", name="Thu hồi Dự thảo lần 2").click()
    page.get_by_label("Lý do").fill("Phát hành nhầm tệp")
    page.get_by_role("button", name="Thu hồi", exact=True).click()
    assert "Phát hành nhầm tệp" in page.locator("main").inner_text()
    reader = open_page(people.minh)
    reader.goto(f"{reverse('comments:reader', args=[people.document.pk])}?edition=2")
    said = reader.locator("main").inner_text()
    assert "Phát hành nhầm tệp" in said
    assert "Câu nhầm" not in said
    reader.get_by_role("link", name="Đọc Dự thảo lần 1").click()
    reader.wait_for_url(f"**{reverse('comments:reader', args=[people.document.pk])}")
