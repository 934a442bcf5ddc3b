"""What was said aloud or written on paper: recorded at speed, taken back, confirmed, said to be otherwise."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import OutgoingMail
from comments import recording, rounds, waiting
from comments.models import Comment
from config.errors import RuleBrokenError
from drafts import services as drafts
from drafts.models import Seat
from tests.people import DraftTestCase, make_user

QUERIES = 9


class RecordingTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.hong = make_user("hong", full_name="Đỗ Thị Hồng", position="Ủy viên", unit=cls.city)
        cls.hoang = make_user("hoang", full_name="Hồng Văn Đoàn", unit=cls.front)
        cls.url = reverse("comments:recording", args=[cls.document.pk])

    def record(self, **said):
        said = {"key": uuid.uuid4(), "place": "Đ1 k2", "who": "hon", "text": "Nói rõ hơn.", "kind": "other"} | said
        self.client.force_login(self.thu)
        return self.client.post(self.url, said)

    def one(self, **said):
        assert self.record(**said).status_code == 302
        return Comment.objects.latest("pk")


class FindingSpeakersTests(RecordingTestCase):
    def find(self, typed):
        return recording.find_speaker(typed, recording.speakers_on(self.document)).name

    def test_by_a_few_letters_without_marks(self):
        hong = "Đỗ Thị Hồng (Ủy viên, Thành ủy)"
        cases = (("hon", hong), ("do th", hong), ("HỒNG, thanh", hong), (hong, hong), ("đoà", "Hồng Văn Đoàn"))
        for typed, name in cases:
            with self.subTest(typed):
                assert self.find(typed).startswith(name)
        assert self.find("thanh uy") == "Thành ủy"  # whole name first

    def test_nobody_and_several(self):
        for typed, words in (("xyz", "Không có"), ("h", "Có nhiều"), ("(", "Không có")):
            with self.subTest(typed), pytest.raises(RuleBrokenError, match=words):
                self.find(typed)

    def test_two_of_one_name_are_told_apart(self):
        make_user("hong2", full_name="Đỗ Thị Hồng", position="Ủy viên", unit=self.city)
        with pytest.raises(RuleBrokenError, match="hong2"):
            self.find("hon")
        assert self.find("hong2").endswith("[hong2]")


class RecordingTests(RecordingTestCase):
    def test_for_a_person_and_for_a_unit(self):
        comment = self.one()
        assert (comment.author, comment.recorded_by, comment.clause_label) == (self.hong, self.thu, "khoản 2")
        assert comment.provision == self.article_1
        comment = self.one(who="Mat tran", place="", proposed_text="")
        assert (comment.author, comment.on_behalf_of, comment.recorded_by) == (self.thu, self.front, self.thu)
        assert comment.provision is None
        comment = self.one(place="d2", proposed_text="lời khác")
        assert (comment.provision, comment.clause_label, comment.proposed_text) == (self.article_2, "", "lời khác")

    def test_it_is_among_the_opinions_of_those_who_hold_it_not_of_the_secretary(self):
        colleague = make_user("colleague", unit=self.office)
        people = {"colleague": colleague, "hong": self.hong, "dai": self.dai, "thu": self.thu}
        for user in (colleague, self.hong):
            drafts.give_seat(self.document, by=self.lan, role="commenter", user=user)
        self.one(text="Của Hồng")
        self.one(who="Mat tran", text="Của Mặt trận")
        rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=timezone.now() + dt.timedelta(days=1),
            visibility="sealed_until_close",
            units=[self.city],
        )

        def shown(name, show):
            self.client.force_login(people[name])
            page = self.client.get(reverse("comments:reader", args=[self.document.pk]), {"show": show}).context["page"]
            return [comment.text for comment in page.comments]

        for name, mine, units, everything in (
            ("hong", ["Của Hồng"], ["Của Hồng"], ["Của Hồng"]),
            ("dai", [], ["Của Mặt trận"], ["Của Mặt trận"]),
            ("thu", [], [], ["Của Hồng", "Của Mặt trận"]),
            ("colleague", [], [], []),  # of the office, not of whom Thu wrote for
        ):
            with self.subTest(name):
                assert (shown(name, "mine"), shown(name, "unit"), shown(name, "")) == (mine, units, everything)

    def test_the_form_is_ready_for_the_next_and_sent_twice_records_once(self):
        key = uuid.uuid4()
        answer = self.record(key=key)
        assert self.record(key=key).status_code == 302
        assert Comment.objects.count() == 1
        page = self.client.get(answer.url)
        assert page.context["form"]["who"].value().startswith("Đỗ Thị Hồng")
        assert not page.context["form"]["place"].value() and str(key) in page.context["sent_keys"]
        self.assertContains(page, "Nói rõ hơn.")

    def test_refused_words_stay_in_the_form(self):
        for said, field in (
            ({"place": "Đ77"}, "place"),
            ({"place": "Đ1 k9"}, "place"),
            ({"place": "linh tinh"}, "place"),
            ({"who": "xyz"}, "who"),
            ({"text": " "}, "text"),
        ):
            with self.subTest(said):
                page = self.record(**{"text": "Giữ lại.", **said})
                assert page.status_code == 422 and list(page.context["form"].errors) == [field]
                if field != "text":
                    self.assertContains(page, "Giữ lại.", status_code=422)
        assert not Comment.objects.exists()

    def test_taking_back(self):
        comment = self.one()
        undo = reverse("comments:recording_removal", args=[comment.pk])
        assert self.client.post(undo).url == self.url
        assert self.client.post(undo).url == self.url
        comment.refresh_from_db()
        assert comment.is_withdrawn and comment.history.count() == 2
        self.assertNotContains(self.client.get(self.url), "Nói rõ hơn.")

    def test_the_number_of_queries_does_not_grow(self):
        for _number in range(2):
            self.one()
        with self.assertNumQueries(QUERIES):
            self.client.get(self.url)
        for _number in range(5):
            self.one(who="mat tran")
        with self.assertNumQueries(QUERIES):
            self.client.get(self.url)


class ConfirmingTests(RecordingTestCase):
    def test_one_mail_a_day_to_those_seated_only(self):
        for _number in range(3):
            self.one(who="minh")  # has a seat
        self.one(who="hoa")  # has none
        self.one(who="Thanh uy")  # its contact is Minh, who was told
        mail = OutgoingMail.objects.get(key__startswith="recorded:")
        assert mail.recipient == self.minh and self.document.title in mail.subject
        assert waiting.opinions_of(self.minh).count() == 4
        assert recording.recorded_for(self.minh).count() == 4
        assert not waiting.opinions_of(self.thu).exists()

    def test_who_lost_the_seat_in_the_half_hour_between_is_not_told(self):
        self.one(who="minh")
        drafts.take_seat(Seat.objects.get(document=self.document, user=self.minh), by=self.lan)
        with time_machine.travel(timezone.now() + recording.TOLD_AFTER + dt.timedelta(minutes=1)):
            outbox.deliver()
        assert not any("minh@example.org" in sent.to for sent in mail.outbox)
        assert OutgoingMail.objects.get(key__startswith="recorded:").given_up_at

    def test_the_person_confirms_and_then_it_is_theirs(self):
        comment = self.one(who="minh")
        for user, status in ((self.thu, 403), (self.dai, 403), (self.hoa, 404), (self.minh, 302)):
            self.client.force_login(user)
            assert self.client.post(reverse("comments:confirmation", args=[comment.pk])).status_code == status
        comment.refresh_from_db()
        assert comment.confirmed_at and not recording.recorded_for(self.minh).exists()
        self.client.force_login(self.thu)
        for name in ("recording_removal", "withdrawal"):
            assert self.client.post(reverse(f"comments:{name}", args=[comment.pk])).status_code == 403
        self.client.force_login(self.minh)
        denial = self.client.post(reverse("comments:denial", args=[comment.pk]), {"reason": "Nhầm."})
        assert denial.status_code == 422

    def test_the_contact_of_a_unit_says_it_was_not_so(self):
        comment = self.one(who="thanh uy")
        self.client.force_login(self.minh)
        page = self.client.get(reverse("comments:comment", args=[comment.pk]))
        assert page.context["may_confirm"]
        url = reverse("comments:denial", args=[comment.pk])
        assert self.client.post(url, {"reason": ""}).status_code == 422
        assert self.client.post(url, {"reason": "Thành ủy không nói thế."}).status_code == 302
        comment.refresh_from_db()
        assert comment.is_withdrawn
        assert "Thành ủy không nói thế." in OutgoingMail.objects.get(recipient=self.thu).body
        self.client.force_login(self.thu)
        self.assertContains(self.client.get(reverse("comments:comment", args=[comment.pk])), "không nói thế")
