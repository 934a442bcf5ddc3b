"""Talk under a comment."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils import timezone

from comments import rounds, services
from comments.models import Consultation, Reply
from drafts import services as drafting
from tests.people import DraftTestCase


class ReplyTests(DraftTestCase):
    def setUp(self):
        self.comment = services.add_comment(
            self.edition, by=self.dai, key=uuid.uuid4(), kind="other", text="Bố cục hợp lý."
        )
        self.address = reverse("comments:replies", args=[self.comment.pk])
        self.page = reverse("comments:comment", args=[self.comment.pk])
        self.client.force_login(self.minh)

    def test_a_reply_stands_under_the_comment(self):
        response = self.client.post(self.address, {"key": uuid.uuid4(), "text": "Thành ủy cũng nghĩ vậy."})
        self.assertRedirects(response, self.page)
        response = self.client.get(self.page)
        self.assertContains(response, "Thành ủy cũng nghĩ vậy.")
        self.assertContains(response, f'data-sent="{Reply.objects.get().key}"')

    def test_sending_twice_makes_one_reply(self):
        fields = {"key": uuid.uuid4(), "text": "Đồng ý."}
        for _time in range(2):
            self.client.post(self.address, fields)
        self.assertEqual(Reply.objects.count(), 1)

    def test_an_empty_reply_is_refused_on_the_page_of_the_comment(self):
        response = self.client.post(self.address, {"key": uuid.uuid4(), "text": " "})
        self.assertContains(response, "Bố cục hợp lý.", status_code=422)

    def test_a_withdrawn_comment_takes_no_replies_and_the_words_stay(self):
        services.withdraw_comment(self.comment, by=self.dai)
        response = self.client.post(self.address, {"key": uuid.uuid4(), "text": "Tiếc quá."})
        self.assertContains(response, "Tiếc quá.", status_code=422)
        self.assertEqual(Reply.objects.count(), 0)

    def test_readers_read_and_outsiders_find_nothing(self):
        drafting.give_seat(self.document, by=self.lan, role="reader", user=self.minh)
        self.assertNotContains(self.client.get(self.page), self.address)
        for user, status in ((self.minh, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.post(self.address, {"text": "x"}).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.post(self.address).status_code, 302)

    def test_what_one_may_not_see_one_may_not_reply_to(self):
        rounds.open_consultation(
            self.edition,
            by=self.lan,
            closes_at=timezone.now() + dt.timedelta(days=1),
            visibility=Consultation.Visibility.DRAFTERS,
            people=[self.minh, self.dai],
        )
        self.assertEqual(self.client.post(self.address, {"key": uuid.uuid4(), "text": "x"}).status_code, 404)

    def test_it_is_only_posted(self):
        self.assertEqual(self.client.get(self.address).status_code, 405)
