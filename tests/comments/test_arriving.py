"""What arrives while somebody reads: how much of it, for whom, and what it costs to say that there is nothing."""

import datetime as dt
import re
import uuid
from unittest import mock

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from comments import arrivals, contributions, rounds, services
from comments.models import Consultation, Invitation
from drafts import services as drafting
from drafts.models import Operation
from drafts.photographs import edition_text
from tests.people import DraftTestCase, make_document

NOTHING = '"0-0-0-0"'


class ArrivalTestCase(DraftTestCase):
    def setUp(self):
        self.reader = reverse("comments:reader", args=[self.document.pk])
        self.address = reverse("comments:news", args=[self.document.pk])
        self.mark = arrivals.mark()

    def say(self, by, text="Nên rõ hơn.", *, article=None, **fields):
        sheet = edition_text(self.edition).find(article.wid) if article else None
        return services.add_comment(
            self.edition, by=by, key=uuid.uuid4(), kind="other", text=text, sheet=sheet, **fields
        )

    def revise(self):
        drafting.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Phạm vi", text="1. Khác.", reason="Rút gọn."
        )

    def ask(self, user, *, state=NOTHING, **query):
        self.client.force_login(user)
        query = {"mark": self.mark} | query
        return self.client.get(self.address, query, headers={"If-None-Match": state})

    def assertNews(self, state, *, of, **query):
        self.assertEqual(self.ask(of, **query)["ETag"], f'"{state}"')

    def assertNothing(self, *, of, **query):
        response = self.ask(of, **query)
        self.assertEqual((response.status_code, response.content), (304, b""))


class WhatIsNewTests(ArrivalTestCase):
    def test_everything_others_said_is_counted_by_what_it_is(self):
        one, two = self.say(self.minh, article=self.article_1), self.say(self.minh)
        services.reply(two, by=self.lan, key=uuid.uuid4(), text="Xin nói rõ.")
        services.answer_comment(one, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        self.assertNews("2-1-1-0", of=self.dai)
        self.assertNews("1-1-0-0", of=self.thu, show="open")
        self.assertNews("0-1-1-0", of=self.minh)
        self.assertNews("2-0-0-0", of=self.lan)
        self.assertContains(self.ask(self.dai), "2 ý kiến mới")
        self.assertNothing(of=self.dai, state='"2-1-1-0"')

    def test_what_was_there_before_the_page_is_not_new(self):
        comment = self.say(self.minh)
        self.client.force_login(self.dai)
        page = self.client.get(self.reader).content.decode()
        self.mark = re.search(r"mark=([0-9-]+)", page)[1]
        self.assertNothing(of=self.dai)
        services.edit_comment(comment, by=self.minh, kind="other", text="Nên thật rõ.")
        self.assertNews("0-0-0-1", of=self.dai)
        services.withdraw_comment(comment, by=self.minh)
        self.assertNews("0-0-0-1", of=self.dai)

    def test_an_act_that_ended_later_than_it_began_is_not_missed(self):
        slow = self.say(self.minh)
        slow = Operation.objects.filter(kind="commented").latest("pk")
        self.say(self.chi)
        self.mark = arrivals.mark().replace(f"-{slow.pk}", "")  # as if it had been under way
        self.assertNews("1-0-0-0", of=self.dai)

    def test_it_is_counted_among_what_the_page_shows(self):
        self.say(self.minh, article=self.article_1)
        self.assertNews("1-0-0-0", of=self.dai, article=str(self.article_1.wid))
        self.assertNothing(of=self.dai, article=str(self.article_2.wid))
        self.assertNothing(of=self.dai, show="mine")
        self.assertNews("1-0-0-0", of=self.lan, text="working")
        self.revise()
        drafting.issue_edition(self.document, by=self.lan)
        self.assertNews("1-0-0-0", of=self.dai, edition="1")
        self.assertEqual(self.ask(self.dai, edition="9").status_code, 404)

    def test_acts_that_say_nothing_are_no_news(self):
        comment = self.say(self.dai)
        services.answer_comment(comment, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        self.mark = arrivals.mark()
        self.revise()
        self.assertNothing(of=self.dai)

    def test_a_mark_that_cannot_be_read_brings_nothing(self):
        self.say(self.minh)
        for mark in ("", "x", "1-", "9" * 40, "1" + "-2" * 80, "1.", "1.x", "1." + "9" * 11):
            with self.subTest(mark):
                self.assertNothing(of=self.dai, mark=mark)


class WhoHearsOfItTests(ArrivalTestCase):
    def open_round(self, visibility):
        closes_at = timezone.now() + dt.timedelta(days=5)
        units = [self.city, self.front]
        return rounds.open_consultation(
            self.edition, by=self.thu, closes_at=closes_at, visibility=visibility, units=units
        )

    def test_nothing_of_what_is_sealed_leaves_the_server(self):
        self.open_round(Consultation.Visibility.SEALED_UNTIL_CLOSE)
        comment = self.say(self.chi, "Ý kiến niêm phong.")
        services.reply(comment, by=self.lan, key=uuid.uuid4(), text="Niêm phong.")
        acts = arrivals.since(self.mark, self.document, but=self.dai)
        self.assertNothing(of=self.dai)
        self.assertFalse(self.is_told(acts, self.dai))
        self.assertNews("1-0-0-0", of=self.lan)
        self.assertTrue(self.is_told(acts, self.thu))

    def test_that_a_round_closed_by_itself_is_told_to_all_who_look_once_and_says_nothing_more(self):
        consultation = self.open_round(Consultation.Visibility.SEALED_UNTIL_CLOSE)
        self.say(self.chi, "Ý kiến niêm phong.")
        self.mark = arrivals.mark()
        self.assertNothing(of=self.dai)
        closes_at = timezone.now() + dt.timedelta(minutes=5)
        Consultation.objects.filter(pk=consultation.pk).update(closes_at=closes_at)
        before, after = closes_at - dt.timedelta(seconds=1), closes_at + dt.timedelta(seconds=1)
        self.assertEqual(arrivals.closed_between(before - dt.timedelta(minutes=1), before), [])
        touches = arrivals.closed_between(before, after)
        other = make_document(by=self.lan, title="Văn bản khác")
        with mock.patch("django.utils.timezone.now", return_value=after):
            self.assertNews("0-0-0-0-closed", of=self.dai)
            self.assertContains(self.ask(self.dai), "Đợt lấy ý kiến đã kết thúc")
            self.assertNotContains(self.ask(self.dai), "ý kiến mới")
            self.assertNothing(of=self.dai, state='"0-0-0-0-closed"')
            self.assertNothing(of=self.dai, mark=arrivals.mark())
        for person, document, is_told in ((self.dai, self.document, True), (self.lan, other, False)):
            told = arrivals.concerns(touches, user_pk=person.pk, document_pk=document.pk)
            self.assertEqual(told, is_told)
        with self.assertRaises(Http404):
            arrivals.concerns(touches, user_pk=self.hoa.pk, document_pk=self.document.pk)

    def test_that_a_round_was_ended_or_shown_to_others_is_told(self):
        consultation = self.open_round(Consultation.Visibility.SEALED_UNTIL_CLOSE)
        self.mark = arrivals.mark()
        later = timezone.now() + dt.timedelta(days=9)
        rounds.reschedule(consultation, by=self.thu, closes_at=later, letter="Thư mới", reason="Thêm ngày")
        self.assertFalse(self.is_told(arrivals.since(self.mark, self.document, but=self.dai), self.dai))
        self.assertNothing(of=self.dai)
        rounds.show_comments(consultation, by=self.thu, visibility="open", reason="Thảo luận chung")
        self.assertNews("0-0-0-0-unveiled", of=self.dai)
        self.mark = arrivals.mark()
        with mock.patch("django.utils.timezone.now", return_value=timezone.now() + dt.timedelta(seconds=2)):
            rounds.close(consultation, by=self.thu, reason="Đủ ý kiến")
            self.assertNews("0-0-0-0-closed", of=self.dai)
        (ended,) = Operation.objects.filter(document=self.document, reason="Đủ ý kiến").values_list("pk", flat=True)
        touches = arrivals.heard([ended])
        self.assertTrue(arrivals.concerns(touches, user_pk=self.dai.pk, document_pk=self.document.pk))
        self.assertFalse(arrivals.concerns(touches, user_pk=self.thu.pk, document_pk=self.document.pk), "one's own act")

    def test_what_a_unit_gathers_stays_with_it_until_it_is_sent(self):
        consultation = self.open_round(Consultation.Visibility.OPEN)
        invitation = Invitation.objects.get(consultation=consultation, unit=self.city)
        colleague = self.minh.__class__.objects.create_user("binh", full_name="Bình", unit=self.city)
        drafting.give_seat(self.document, by=self.lan, role="commenter", user=colleague)
        self.mark = arrivals.mark()
        self.say(colleague, contribution=invitation)
        self.assertNews("1-0-0-0", of=self.minh)
        for person in (self.dai, self.lan, self.chi):
            self.assertNothing(of=person)
        self.mark = arrivals.mark()
        contributions.send(invitation, by=self.minh, stance="agree_with_comments", articles={})
        acts = arrivals.since(self.mark, self.document, but=self.dai)
        self.assertNews("1-0-0-0", of=self.dai)
        self.assertNothing(of=colleague)
        self.assertTrue(self.is_told(acts, self.dai))
        self.assertFalse(self.is_told(acts, colleague))

    def test_the_doors_are_those_of_the_page(self):
        self.say(self.minh)
        stream = reverse("comments:stream", args=[self.document.pk])
        for address in (self.address, stream):
            with self.subTest(address):
                self.client.force_login(self.hoa)
                self.assertEqual(self.client.get(address).status_code, 404)
                self.assertEqual(self.client.post(address).status_code, 405)
                self.client.logout()
                self.assertEqual(self.client.get(address).status_code, 302)
        self.assertEqual(self.ask(self.dai, text="working").status_code, 403)
        self.client.force_login(self.dai)
        self.assertEqual(self.client.get(stream).status_code, 204, "a web server that keeps its connections")

    def is_told(self, acts, user):
        return arrivals.concerns(arrivals.touched_by(acts), user_pk=user.pk, document_pk=self.document.pk)


class CostTests(ArrivalTestCase):
    def test_to_say_that_there_is_nothing_costs_five_queries(self):
        self.open_page(self.dai)
        for number in range(3):
            self.say(self.dai, f"Ý kiến {number}.")
        with self.assertNumQueries(5):  # session, person, document, seats, acts
            self.assertEqual(self.get().status_code, 304)

    def test_to_say_how_much_costs_the_same_however_much_it_is(self):
        self.open_page(self.dai)
        for size in (1, 20):
            for number in range(size):
                self.say(self.minh, f"Ý kiến {size}, {number}.", article=self.article_1)
            with self.subTest(size), self.assertNumQueries(8):
                self.assertEqual(self.get().status_code, 200)

    def test_acts_that_do_not_concern_comments_cost_one_query_for_all_who_listen(self):
        operations = list(Operation.objects.values_list("pk", flat=True))
        with self.assertNumQueries(1):
            touches = arrivals.heard(operations)
            self.assertFalse(arrivals.concerns(touches, user_pk=self.dai.pk, document_pk=self.document.pk))

    def open_page(self, user):
        self.client.force_login(user)
        self.client.get(self.reader)

    def get(self):
        return self.client.get(self.address, {"mark": self.mark}, headers={"If-None-Match": NOTHING})
