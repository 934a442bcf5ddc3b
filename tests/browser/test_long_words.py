"""A title without a single blank breaks; no page grows wider than its screen."""

import datetime as dt

import pytest
from django.utils import timezone

from drafts import services as drafts
from meetings import services as meetings
from tests.browsing import fits
from tests.people import People, make_document

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Quychếlàmviệc" * 20


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.document = make_document(by=cast.lan, title=TITLE)
    drafts.give_seat(cast.document, by=cast.lan, role="secretary", user=cast.thu)
    drafts.issue_edition(cast.document, by=cast.lan)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    cast.meeting = meetings.convene(by=cast.thu, title=TITLE, starts_at=tomorrow, chair=cast.chi)
    return cast


@pytest.mark.parametrize("width", [1280, 390])
def test_it_breaks_on_lists_in_news_and_on_the_wall(open_page, cast, width):
    page = open_page(cast.thu, width=width, height=844)
    draft, meeting = cast.document.pk, cast.meeting.pk
    for address in ("/", "/notices/", f"/drafts/{draft}/feedback/", "/meetings/", f"/meetings/{meeting}/wall/"):
        page.goto(address)
        assert TITLE[:50] in page.content(), address
        assert fits(page), address
