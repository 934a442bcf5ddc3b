"""Correcting what was found in a file, and taking over a new Word version, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from drafts import reimports, sources
from drafts.models import Document
from tests.browsing import fits
from tests.drafts.test_correcting_import import LOST, TEXT
from tests.drafts.test_import import TWO_DOCUMENTS
from tests.drafts.test_reimports import EDITED, FIRST, HEAD, THIRD
from tests.people import ARTICLE_1, People

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast


def test_a_lost_heading_is_found_again_and_what_was_typed_stays(cast, open_page):
    source = sources.keep(TEXT.encode(), name=f"quy-che{'_' * 150}cuoi.txt", by=cast.lan)
    page = open_page(cast.lan, **PHONE)
    page.goto(f"/drafts/import/{source.pk}/")
    page.fill("#id_title", "Quy chế gõ tay")
    page.locator("[href$='?at=6#line-6'][hx-get]").click()
    page.locator(f"#line-{LOST} a").click()
    panel = page.locator(f"#line-{LOST} section")
    expect(panel).to_be_focused()
    panel.get_by_role("button").first.press("Enter")
    expect(page.locator(".tree")).to_contain_text("Điều 3. Chế độ họp")
    expect(page.locator("#id_title")).to_have_value("Quy chế gõ tay")
    assert fits(page)
    page.locator("#creation .primary").click()
    page.wait_for_url(re.compile(r"/drafts/\d+/$"))
    made = Document.objects.get(title="Quy chế gõ tay")
    assert list(made.provisions.filter(kind="article").values_list("number", flat=True)) == ["1", "2", "3", "4"]
    page.goto(f"/drafts/{made.pk}/about/")
    assert fits(page)


def test_a_typed_title_stays_while_another_document_of_the_file_is_chosen(cast, open_page):
    source = sources.keep(TWO_DOCUMENTS.encode(), name="hai-van-ban.txt", by=cast.lan)
    page = open_page(cast.lan)
    page.goto(f"/drafts/import/{source.pk}/")
    page.fill("#id_title", "Quy chế gõ tay")
    page.locator(".pill").first.click()
    expect(page.locator(".pill").first).to_have_attribute("aria-current", "true")
    expect(page.locator("#id_title")).to_have_value("Quy chế gõ tay")
    page.locator("#id_term").press("Enter")
    page.wait_for_url(re.compile(r"/drafts/\d+/$"))
    assert Document.objects.get(title="Quy chế gõ tay").provisions.filter(kind="article").count() == 3


def test_a_new_word_version_is_looked_at_and_taken_over(cast, open_page):
    source = sources.keep((HEAD + FIRST + EDITED + THIRD).encode(), name="ban-moi.txt", by=cast.lan)
    reimport = reimports.offer(cast.document, source)
    page = open_page(cast.lan, **PHONE)
    page.goto(f"/drafts/{cast.document.pk}/reimports/{reimport.pk}/")
    rows = page.locator(".fate")
    expect(rows).to_have_count(2)
    assert fits(page)
    rows.nth(1).get_by_role("checkbox").uncheck()
    page.fill("#id_reason", "Bản Word ngày 26/11")
    page.locator(".sticky-end .primary").click()
    page.wait_for_url(re.compile(r"text=working"))
    cast.article_2.refresh_from_db()
    assert "chịu trách nhiệm" in cast.article_2.text
    assert cast.document.provisions.filter(kind="article").count() == 2
    assert cast.article_1.text == ARTICLE_1
