"""Commenting in a real browser: selecting words, the box beside the text, and what was not sent yet."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from comments.models import Comment
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast


def select(page, words):
    """Select the first occurrence of the words in the text, as a mouse or a finger does."""
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector(".legal"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const place = walker.currentNode.data.indexOf(words);
            if (place < 0 || !walker.currentNode.parentElement.closest("[data-line]")) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, place);
            range.setEnd(walker.currentNode, place + words.length);
            const selection = document.getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
            return;
          }
          throw new Error("no such words: " + words);
        }""",
        words,
    )


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in found]


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desktop", "phone"])
def test_selected_words_become_a_comment_with_a_mark(open_page, cast, size):
    page = open_page(cast.minh, **size)
    page.goto(f"/drafts/{cast.document.pk}/")
    select(page, "chế độ làm việc")
    page.locator(".select-bar button").click()
    box = page.locator("#compose")
    expect(box.get_by_role("textbox", name="words you mean")).to_have_value("chế độ làm việc")
    box.locator("[name=text]").fill("Nên nói rõ là chế độ nào.")
    box.locator("[name=proposed_text]").fill("chế độ hội họp")
    expect(box.locator(".diff ins")).to_have_text("hội họp")
    box.locator("button.primary").click()
    expect(page.locator("mark")).to_have_text("chế độ làm việc")
    expect(page.locator(".note .said")).to_have_text("Nên nói rõ là chế độ nào.")
    comment = Comment.objects.get()
    assert (comment.quote, comment.clause_label, comment.author) == ("chế độ làm việc", "khoản 1", cast.minh)
