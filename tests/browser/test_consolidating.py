"""The consolidated page at work: a bar filters, ticked comments go to the meeting and back, a filter is kept, keys."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from comments import helping, services
from comments.models import Comment, Phrase, Response
from drafts.photographs import edition_text
from tests.browsing import fits
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    sheets = edition_text(cast.edition).articles()
    for number in range(4):
        services.add_comment(
            cast.edition,
            by=(cast.minh, cast.dai)[number % 2],
            key=uuid.uuid4(),
            kind="wording",
            text=f"Ý kiến thứ {number + 1} về câu chữ.",
            sheet=sheets[0] if number < 3 else sheets[1],
        )
    return cast


@pytest.mark.parametrize("width", [1280, 390])
def test_filter_flag_undo_keep_and_keys(open_page, cast, width):
    page = open_page(cast.lan, width=width, height=800)
    page.goto(f"/drafts/{cast.document.pk}/feedback/")
    opinions = page.locator(".opinion")
    expect(opinions).to_have_count(4)

    page.locator(".picture a").first.click()
    expect(opinions).to_have_count(3)
    page.locator("summary", has_text=re.compile("Giữ bộ lọc này|Keep this filter")).click()
    page.locator("#filter-name").fill("Điều một")
    page.locator(".saved-filters form button:not(.sign)").click()
    page.goto(f"/drafts/{cast.document.pk}/feedback/")
    page.locator(".saved-filters a.pill", has_text="Điều một").click()
    expect(opinions).to_have_count(3)
    assert "article=" in page.url

    page.locator("[data-check-all]").check()
    expect(page.locator("#chosen [data-ticked]")).to_contain_text("3")
    page.locator("#chosen button").first.click()
    expect(opinions.locator(".badge[data-state=flagged]")).to_have_count(3)
    assert "article=" in page.url
    page.locator("#notices form button").click()
    expect(opinions.locator(".badge[data-state=flagged]")).to_have_count(0)
    assert not Comment.objects.filter(flagged_at__isnull=False).exists()

    page.goto(f"/drafts/{cast.document.pk}/feedback/")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("main input[type=search]")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".opinion:focus")).to_have_count(1)
    page.keyboard.press("x")
    expect(page.locator(".opinion input[name=comment]:checked")).to_have_count(1)
    page.keyboard.press("a")
    expect(page.locator(".opinion form [name=outcome]").first).to_be_visible()
    page.goto(f"/drafts/{cast.document.pk}/feedback/")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("g")
    page.wait_for_url(re.compile(r"/chosen/\?comment=\d+$"))
    page.goto(f"/drafts/{cast.document.pk}/feedback/")
    assert fits(page)


def test_an_answer_on_the_page_of_its_comment_is_saved_left_and_helped_by_a_phrase(open_page, cast):
    comment = Comment.objects.earliest("pk")
    helping.save_phrase(Phrase(), by=cast.lan, name="Đã có", text="Nội dung này đã có tại Điều 2.")
    page = open_page(cast.lan)
    page.goto(f"/comments/{comment.pk}/")
    page.locator(f"main a[href='/comments/{comment.pk}/response/']").first.click()
    page.locator("main form .button:not(.primary):not(.bare)").click()
    page.wait_for_url(re.compile(rf"/feedback/#comment-{comment.pk}$"))
    page.goto(f"/comments/{comment.pk}/response/")
    page.locator("[name=outcome][value=explained]").check()
    page.locator("summary", has_text="Mẫu câu").click()
    page.locator("button[name=phrase]").click()
    expect(page.locator("[name=explanation]")).to_have_value("Nội dung này đã có tại Điều 2.")
    page.locator("main form.answer button.primary").click()
    page.wait_for_url(re.compile(rf"/feedback/#comment-{comment.pk}$"))
    assert Response.objects.get().explanation == "Nội dung này đã có tại Điều 2."


@pytest.mark.parametrize("width", [1280, 390])
def test_an_answer_given_meanwhile_is_shown_beside_what_was_typed(open_page, cast, width):
    said = Comment.objects.first()
    page = open_page(cast.lan, width=width, height=800)
    notice = page.locator(".notice[role=alert]")
    on_its_page, in_the_list = f"/comments/{said.pk}/response/", f"/drafts/{cast.document.pk}/feedback/"
    for address, theirs, mine in ((on_its_page, "Một.", "Hai."), (in_the_list, "Ba.", "Bốn.")):
        page.goto(address)
        if address == in_the_list:
            page.locator(f"#comment-{said.pk} a[data-open]").first.click()
        form = page.locator("form.answer")
        expect(form).to_be_visible()
        services.answer_comment(said, by=cast.lan, outcome="noted", explanation=theirs)
        form.locator("label", has=page.locator("[value=noted]")).click()
        form.locator("textarea").fill(mine)
        form.locator("button.primary").click()
        expect(notice).to_contain_text(theirs)
        expect(form.locator("textarea")).to_have_value(mine)
        assert fits(page)
        form.locator("button.primary").click()
        expect(notice).to_have_count(0)
        assert Comment.objects.get(pk=said.pk).response.explanation == mine
