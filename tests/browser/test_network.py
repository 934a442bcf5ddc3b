"""The network drops while somebody sends a comment: the words wait on the device and go once it is back, one time."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from comments.models import Comment
from tests.browser.acting import select_words
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = pytest.mark.parametrize("size", [{}, {"width": 390, "height": 844}], ids=["desktop", "phone"])


@pytest.fixture
def page(open_page, transactional_db, size):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    page = open_page(cast.minh, **size)
    page.goto(reverse("comments:reader", args=[cast.document.pk]))
    select_words(page, "chế độ làm việc")
    page.locator(".select-bar button").click()
    page.locator("#compose [name=text]").fill("Viết trên tàu, giữa hai hầm.")
    expect(page.locator("#compose [data-unsent-status]")).not_to_be_empty()
    yield page
    page.context.set_offline(False)


def status(page):
    return page.locator("#compose [data-unsent-status]")


def send_without_network(page):
    page.context.set_offline(True)
    page.locator("#compose button.primary").click()
    expect(status(page)).to_have_text(status(page).get_attribute("data-waiting"))
    assert Comment.objects.count() == 0


@SIZES
def test_it_is_sent_by_itself_when_the_network_is_back_and_counts_once(page):
    send_without_network(page)
    expect(page.locator("#compose button.primary")).not_to_have_attribute("aria-busy", "true")
    page.locator("#compose button.primary").click()  # an impatient hand
    expect(page.locator("#compose button.primary")).not_to_have_attribute("aria-busy", "true")
    expect(status(page)).to_have_text(status(page).get_attribute("data-waiting"))
    page.context.set_offline(False)
    expect(page.locator(".note .said")).to_have_text("Viết trên tàu, giữa hai hầm.")
    expect(page.locator("#compose")).to_have_count(0)
    assert Comment.objects.get().quote == "chế độ làm việc"


@pytest.mark.parametrize("size", [{}], ids=["desktop"])
def test_who_goes_on_writing_sends_it_when_it_is_finished(page):
    send_without_network(page)
    page.locator("#compose [name=text]").fill("Viết trên tàu, và chưa")
    expect(status(page)).to_have_text(status(page).get_attribute("data-kept"))
    page.context.set_offline(False)
    page.reload()  # half a sentence was not sent, and it is not lost
    expect(page.locator("#compose [name=text]")).to_have_value("Viết trên tàu, và chưa")
    assert Comment.objects.count() == 0
    page.locator("#compose [name=text]").fill("Viết trên tàu, và đã xong.")
    page.locator("#compose button.primary").click()
    expect(page.locator(".note .said")).to_have_text("Viết trên tàu, và đã xong.")
    assert Comment.objects.count() == 1
