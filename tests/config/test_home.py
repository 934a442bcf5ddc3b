import datetime as dt
import uuid

from django.urls import reverse
from django.utils import timezone

from comments import contesting, rounds
from comments import services as comments
from comments.models import Consultation
from drafts import services as drafts
from drafts.models import Seat
from meetings import services as meetings
from tests.people import DraftTestCase, make_document


class HomeTests(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.open_round(cls.edition)
        cls.comment = comments.add_comment(cls.edition, by=cls.minh, key=uuid.uuid4(), kind="other", text="Gọn hơn.")
        meeting = meetings.convene(
            by=cls.thu, title="Họp về dự thảo", starts_at=timezone.now() + dt.timedelta(days=1), chair=cls.chi
        )
        cls.conclusion = meetings.add_conclusion(meeting, by=cls.thu, text="Giao việc.")
        cls.assign("Hoàn thiện dự thảo")

    @classmethod
    def open_round(cls, edition):
        closes = timezone.now() + dt.timedelta(days=3)
        rounds.open_consultation(edition, by=cls.thu, closes_at=closes, visibility=Consultation.Visibility.OPEN)

    @classmethod
    def assign(cls, task):
        due_on = timezone.localdate() + dt.timedelta(days=5)
        meetings.assign(cls.conclusion, by=cls.thu, lead_unit=cls.department, task=task, due_on=due_on, limit="before")

    def get(self, user):
        self.client.force_login(user)
        return self.client.get(reverse("home"))

    def test_a_commenter_sees_the_open_rounds_and_how_much_was_said(self):
        response = self.get(self.minh)
        self.assertContains(response, self.document.title)
        self.assertEqual([round_.mine for round_ in response.context["rounds"]], [1])

    def test_a_drafter_sees_what_is_open_and_the_tasks_of_the_unit(self):
        response = self.get(self.lan)
        self.assertEqual([(d.open, d.may_answer) for d in response.context["followed"]], [(1, True)])
        self.assertContains(response, "Hoàn thiện dự thảo")

    def test_a_draft_without_a_round_waits_until_one_has_commented(self):
        document = make_document(by=self.lan, title="Quy định mới")
        drafts.give_seat(document, by=self.lan, role=Seat.Role.COMMENTER, user=self.minh)
        self.assertEqual(list(self.get(self.minh).context["unread"]), [])
        edition = drafts.issue_edition(document, by=self.lan)
        self.assertContains(self.get(self.minh), "Quy định mới")
        self.assertNotContains(self.get(self.hoa), "Quy định mới")
        comments.add_comment(edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Gọn.")
        self.assertEqual(list(self.get(self.minh).context["unread"]), [])

    def test_the_author_sees_the_answer(self):
        comments.answer_comment(self.comment, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        self.assertContains(self.get(self.minh), reverse("comments:comment", args=[self.comment.pk]))

    def test_what_waits_for_the_chairs_ruling_stands_above_what_waits_for_everybody(self):
        comments.answer_comment(self.comment, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        contesting.contest(self.comment, by=self.minh, reason="Chưa rõ.")
        page = self.get(self.chi).content.decode()
        assert page.index('id="to-do"') < page.index('id="followed"')

    def test_the_chair_sees_the_meeting_to_come(self):
        self.assertContains(self.get(self.chi), "Họp về dự thảo")

    def test_an_outsider_sees_an_empty_page_that_says_so(self):
        response = self.get(self.hoa)
        self.assertNotContains(response, self.document.title)
        self.assertContains(response, 'class="empty"')

    def test_who_loses_the_seat_loses_the_answers(self):
        comments.answer_comment(self.comment, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        drafts.take_seat(self.document.seats.get(user=self.minh), by=self.lan)
        self.assertNotContains(self.get(self.minh), "Gọn hơn.")

    def test_a_stranger_signs_in_first(self):
        self.assertEqual(self.client.get(reverse("home")).status_code, 302)

    def test_it_only_reads(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(reverse("home")).status_code, 405)

    def test_the_number_of_queries_does_not_grow(self):
        self.get(self.lan)
        with self.assertNumQueries(18):
            self.get_again()
        for number in range(4):
            document = make_document(by=self.lan, title=f"Dự thảo {number}")
            drafts.give_seat(document, by=self.lan, role=Seat.Role.COMMENTER, user=self.minh)
            edition = drafts.issue_edition(document, by=self.lan)
            self.open_round(edition)
            comments.add_comment(edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Ý kiến.")
            self.assign(f"Nhiệm vụ {number}")
        with self.assertNumQueries(18):
            self.get_again()

    def get_again(self):
        self.assertEqual(self.client.get(reverse("home")).status_code, 200)
