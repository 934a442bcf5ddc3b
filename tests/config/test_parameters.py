"""What addresses and forms carry: any words at all, and never a 500 for them."""

import datetime as dt
import uuid
from urllib.parse import urlencode

from django.test import RequestFactory, SimpleTestCase
from django.urls import reverse
from django.utils import timezone

from comments import rounds
from comments import services as comments
from config.parameters import LARGEST_NUMBER, number_in, numbers_in, page_of_ours
from drafts import services as drafts
from tests.people import DraftTestCase

ENDLESS = "9" * 5000  # int() itself refuses more than 4300 digits


class ReadingTests(SimpleTestCase):
    def test_a_number_is_plain_digits_of_a_size_rows_can_have(self):
        for words, number in (("0", 0), ("12", 12), (str(LARGEST_NUMBER), LARGEST_NUMBER), ("١٢", 12)):
            self.assertEqual(number_in(words), number)
        for words in ("", "-1", "1.0", " 1", "x", "²", "NaN", str(LARGEST_NUMBER + 1), ENDLESS):
            self.assertIsNone(number_in(words), words[:20])

    def test_several_each_once_in_their_order(self):
        self.assertEqual(numbers_in(["3", "x", "1", "03", ENDLESS, "3"]), [3, 1])

    def test_a_page_of_ours_is_an_address_and_no_word(self):
        request = RequestFactory().get("/", headers={"Host": "testserver"})
        for address in ("/drafts/", "/", "http://testserver/drafts/?q=1"):
            self.assertEqual(page_of_ours(request, address), address)
        for address in (
            "",
            "foo",
            "home",
            "https://example.org/",
            "//example.org/",
            "/\\example.org",
            "javascript:a/b",
        ):
            self.assertEqual(page_of_ours(request, address), "", address)


class AnsweringTests(DraftTestCase):
    def setUp(self):
        self.client.raise_request_exception = False
        self.client.force_login(self.lan)

    def post(self, name, *args, **data):
        """As a plain form: names in several parts may not be as long."""
        return self.client.post(
            reverse(name, args=args), urlencode(data), content_type="application/x-www-form-urlencoded"
        ).status_code

    def test_numbers_without_end(self):
        comment = comments.add_comment(self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Nên rõ hơn.")
        consultation = rounds.open_consultation(
            self.edition,
            by=self.lan,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility="open",
            units=[self.city],
        )
        draft, article = self.document.pk, self.article_1.wid
        take = {f"take_{ENDLESS}": "on", "heading": "Một", "text": "Hai", "reason": "Ba", "base_version": "1"}
        for name, args, data, status in (
            ("comments:response", [comment.pk], {"phrase": ENDLESS}, 422),
            ("comments:new", [draft], {"agree_with": ENDLESS}, 404),
            ("comments:round_reminders", [consultation.pk], {"invitation": ENDLESS}, 302),
            ("comments:new_topic", [draft], {"comment": ENDLESS, "title": "Nhóm"}, 409),
            ("comments:separation", [draft], {"keys": ENDLESS}, 409),
            ("comments:revision", [draft, article], take, 302),
            ("drafts:presence", [draft, article], {"base_version": ENDLESS}, 200),
            ("meetings:reminders_seen", [], {"assignment": ENDLESS}, 302),
        ):
            with self.subTest(name):
                self.assertEqual(self.post(name, *args, **data), status)

    def test_a_bare_word_to_go_back_to(self):
        act = drafts.revise_article(
            self.article_1, by=self.lan, base_version=1, heading=self.article_1.heading, text="Khác.", reason=""
        )
        self.assertEqual(self.post("theme", next="foo"), 302)
        self.assertEqual(self.post("meetings:reminders_seen", next="foo"), 302)
        self.assertEqual(self.post("drafts:undoing", self.document.pk, act.pk, next="foo"), 302)

    def test_the_ends_of_the_calendar(self):
        for at in ("0001-01-01T00:00", "9999-12-31T23:59:30Z", "0000-01-01T00:00", "2026-13-01T00:00", "x"):
            with self.subTest(at):
                page = self.client.get(reverse("drafts:timeline", args=[self.document.pk]), {"at": at})
                self.assertRedirects(page, reverse("drafts:timeline", args=[self.document.pk]))
