"""What comes out of the printer: the text, without what is for the screen."""

import pytest
from playwright.sync_api import expect

from comments import services as comments
from comments.models import Comment
from drafts.photographs import edition_text
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    comments.add_comment(
        cast.edition,
        by=cast.minh,
        key="00000000-0000-4000-8000-000000000001",
        kind=Comment.Kind.WORDING,
        text="Nên nói rõ là chế độ nào.",
        sheet=edition_text(cast.edition).article("1"),
        selection=comments.Selection(quote="chế độ làm việc"),
    )
    return cast


def printed(page):
    """How many sheets it takes."""
    page.emulate_media(media="print")
    for screen_only in (".topbar", ".places", ".crumbs", ".button", ".pills", "form.filter", ".keys", ".toc"):
        for thing in page.locator(f"body {screen_only}").all():
            expect(thing).to_be_hidden()
    return page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")


def test_the_draft_prints_as_a_text_with_its_comments(open_page, cast):
    page = open_page(cast.lan)
    page.goto(f"/drafts/{cast.document.pk}/")
    assert printed(page) == 1
    expect(page.get_by_role("heading", name="Điều 2. Nguyên tắc làm việc")).to_be_visible()
    expect(page.locator(".note .said")).to_be_visible()


def test_the_consolidated_page_prints_every_opinion_with_its_answer(open_page, cast):
    page = open_page(cast.lan)
    page.goto(f"/drafts/{cast.document.pk}/feedback/")
    title = page.locator("main .print-only", has_text=cast.document.title)
    expect(title).to_be_hidden()
    assert printed(page) == 1
    expect(title).to_be_visible()
    opinion = page.locator(".opinion")
    expect(opinion.locator(".quote")).to_be_visible()
    expect(opinion).to_contain_text("Nên nói rõ là chế độ nào.")
    expect(opinion.locator(".answer")).to_be_visible()
