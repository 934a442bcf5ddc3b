"""The secretary's screen while the meeting sits: matters, speakers, opinions, conclusions, votes."""

import uuid

from comments.models import Comment
from drafts import services as drafts
from drafts.models import Operation, Seat
from meetings import leading, polling, services, speaking
from meetings.models import Attendance, Ballot, Conclusion, Poll, Screen, Turn
from tests.meetings.cast import MeetingTestCase
from tests.people import make_document

HTMX = {"HX-Request": "true"}


class SittingTestCase(MeetingTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.second = services.add_agenda_item(cls.meeting, by=cls.thu, title="Việc thứ hai")

    def setUp(self):
        self.url = f"/meetings/{self.meeting.pk}/live/"
        self.sign_in(self.thu)

    def begin(self, item=None):
        return leading.begin(item or self.item, by=self.thu)

    def post(self, part, data=None, *, htmx=False):
        return self.client.post(f"{self.url}{part}", data or {}, headers=HTMX if htmx else {})

    def screen(self):
        return Screen.objects.get(meeting=self.meeting)

    def present(self, *places):
        services.record_attendance(self.meeting, by=self.thu, states={place.pk: "present" for place in places})


class MatterTests(SittingTestCase):
    def test_one_matter_at_a_time_is_taken_up_and_its_times_are_kept(self):
        for _twice in range(2):
            self.assertRedirects(self.post(f"items/{self.item.pk}/beginning/"), self.url)
        self.item.refresh_from_db()
        self.assertIsNotNone(self.item.began_at)
        self.assertEqual(Operation.objects.filter(kind="led").count(), 1)
        self.post(f"items/{self.second.pk}/beginning/")
        self.item.refresh_from_db()
        self.assertIsNotNone(self.item.ended_at)
        self.assertEqual(self.screen().item, self.second)
        for _twice in range(2):
            self.post("ending/")
        self.assertIsNone(self.screen().item)
        self.assertContains(self.client.get(self.url), "Việc thứ hai")

    def test_a_matter_discussed_stays_on_the_agenda(self):
        self.begin()
        response = self.client.post(f"/meetings/{self.meeting.pk}/agenda/{self.item.pk}/removal/")
        self.assertEqual(response.status_code, 409)

    def test_a_matter_does_not_end_over_an_open_vote(self):
        self.begin()
        polling.open_poll(self.meeting, by=self.thu, question="Thông qua?")
        self.assertEqual(self.post("ending/").status_code, 409)
        self.assertEqual(self.post(f"items/{self.second.pk}/beginning/").status_code, 409)
        self.assertEqual(self.screen().item, self.item)


class OpinionTests(SittingTestCase):
    def data(self, **fields):
        return {"key": uuid.uuid4(), "place": "Đ1 k2", "who": "minh", "text": "Nên rõ hơn.", "kind": "other"} | fields

    def test_an_opinion_goes_onto_article_and_clause_with_its_speaker_and_the_screens_follow(self):
        self.begin()
        data = self.data()
        for htmx in (False, True):  # sent again after the network was down
            response = self.post("opinions/", data, htmx=htmx)
        self.assertContains(response, "Nên rõ hơn.")
        self.assertIn("app:sent", response["HX-Trigger"])
        comment = Comment.objects.get()
        self.assertEqual((comment.author, comment.recorded_by), (self.minh, self.thu))
        self.assertEqual((comment.provision, comment.clause_label), (self.article_1, "khoản 2"))
        self.assertEqual((self.screen().wid, self.screen().clause), (self.article_1.wid, "khoản 2"))

    def test_what_is_refused_keeps_what_was_typed(self):
        self.begin()
        for wrong in ({"place": "Đ99"}, {"who": "không ai"}, {"text": ""}):
            for htmx in (False, True):
                response = self.post("opinions/", self.data(text="Câu đã gõ.") | wrong, htmx=htmx)
                self.assertEqual(response.status_code, 422)
                self.assertContains(response, "" if "text" in wrong else "Câu đã gõ.", status_code=422)
        self.assertFalse(Comment.objects.exists())

    def test_who_has_no_such_seat_records_nothing(self):
        self.begin()
        drafts.take_seat(Seat.objects.get(document=self.document, user=self.thu), by=self.lan)
        self.assertEqual(self.post("opinions/", self.data()).status_code, 409)
        self.assertNotContains(self.client.get(self.url), "opinions/")
        self.begin(self.second)
        self.assertEqual(self.post("opinions/", self.data()).status_code, 409)

    def test_the_form_names_who_is_speaking(self):
        self.begin()
        speaking.ask(self.meeting, by=self.thu, attendance=self.unit_place)
        speaking.call_next(self.meeting, by=self.thu)
        self.assertContains(self.client.get(self.url), 'value="Thành ủy"')

    def test_the_screens_show_the_place_typed(self):
        self.begin()
        self.post("screens/", {"place": "Đ2"})
        self.assertEqual(self.screen().wid, self.article_2.wid)
        version = self.screen().version
        self.post("screens/", {"place": "Đ2"})
        self.assertEqual(self.screen().version, version)
        self.assertContains(self.post("screens/", {"place": "Đ1 k1"}, htmx=True), "Điều 1")
        self.assertEqual(self.post("screens/", {"place": "Đ77", "text": "Giữ"}).status_code, 422)
        self.post("screens/", {"place": ""})
        self.assertIsNone(self.screen().wid)


class TurnTests(SittingTestCase):
    def names(self):
        return list(Turn.objects.filter(ended_at=None).values_list("name", flat=True))

    def test_people_speak_in_the_order_they_asked_and_each_waits_once(self):
        self.assertEqual(self.post("turns/", {"name": "Đại"}).status_code, 409)
        self.begin()
        for name in ("Đại", "Thành ủy", "Đại", "Cử tri vãng lai"):
            self.post("turns/", {"name": name})
        self.assertEqual(self.names(), ["Đại", "Thành ủy", "Cử tri vãng lai"])
        self.assertEqual(Turn.objects.get(name="Thành ủy").attendance, self.unit_place)
        last = Turn.objects.get(name="Cử tri vãng lai")
        self.assertContains(self.post(f"turns/{last.pk}/place/", htmx=True), "Cử tri vãng lai")
        self.assertEqual(self.names()[0], "Cử tri vãng lai")
        self.post("turns/next/")
        self.post("turns/next/")
        self.assertEqual(self.names(), ["Đại", "Thành ủy"])
        self.assertTrue(Turn.objects.get(name="Đại").is_speaking)
        self.post(f"turns/{Turn.objects.get(name='Thành ủy').pk}/removal/")
        self.post("turns/next/")
        self.assertEqual(self.names(), [])
        self.assertEqual(Turn.objects.count(), 2)

    def test_who_waits_when_a_matter_ends_is_not_heard_and_who_speaks_has_ended(self):
        self.begin()
        for name in ("Đại", "Thành ủy"):
            self.post("turns/", {"name": name})
        self.post("turns/next/")
        self.begin(self.second)
        self.assertEqual([(turn.name, turn.ended_at is None) for turn in Turn.objects.all()], [("Đại", False)])

    def test_nobody_is_nobody(self):
        self.begin()
        self.assertEqual(self.post("turns/", {"name": " "}).status_code, 422)
        self.assertEqual(self.post("turns/999999/place/").status_code, 404)
        self.assertRedirects(self.post("turns/999999/removal/"), f"{self.url}#turns", fetch_redirect_response=False)

    def test_the_list_is_asked_for_alone(self):
        self.begin()
        self.post("turns/", {"name": "Đại"})
        self.assertContains(self.client.get(f"{self.url}turns/list/"), "Đại")


class ConclusionTests(SittingTestCase):
    def test_a_conclusion_is_written_down_while_it_is_said_once(self):
        self.begin()
        for htmx in (False, True):
            response = self.post("conclusions/", {"text": "Làm rõ phạm vi."}, htmx=htmx)
        self.assertIn("app:sent", response["HX-Trigger"])
        conclusion = Conclusion.objects.get(text="Làm rõ phạm vi.")
        self.assertEqual(list(conclusion.documents.all()), [self.document])
        self.assertEqual(self.post("conclusions/", {"text": " "}).status_code, 422)

    def test_the_screens_go_to_the_place_a_conclusion_concerns(self):
        leading.begin(self.item, by=self.thu)
        leading.show(self.meeting, wid=self.article_1.wid)
        response = self.post("conclusions/", {"text": "Bỏ khoản 2.", "concerns": "Đ2 k1"}, htmx=True)
        self.assertContains(response, "khoản 1 Điều 2")
        self.assertContains(response, 'hx-swap-oob="true"')
        screen = Screen.objects.get(meeting=self.meeting)
        self.assertEqual((screen.wid, screen.clause), (self.article_2.wid, "khoản 1"))
        self.assertEqual(list(Conclusion.objects.latest("pk").articles.all()), [self.article_2])
        count = Conclusion.objects.count()
        self.post("conclusions/", {"text": "Bỏ khoản 2.", "concerns": "Đ1"}, htmx=True)
        both = {self.article_1, self.article_2}
        self.assertEqual(
            (set(Conclusion.objects.latest("pk").articles.all()), Conclusion.objects.count()), (both, count)
        )
        refused = self.post("conclusions/", {"text": "Sửa.", "concerns": "Đ99"}, htmx=True)
        self.assertContains(refused, "Dự thảo không có “Điều 99”.", status_code=422)
        self.assertEqual(Conclusion.objects.latest("pk").text, "Bỏ khoản 2.")


class PollTests(SittingTestCase):
    def ballots(self, poll):
        return f"/meetings/{self.meeting.pk}/screen/polls/{poll.pk}/ballots/"

    def vote(self, user, poll, place, choice):
        self.sign_in(user)
        return self.client.post(self.ballots(poll), {"place": place.pk, "choice": choice}).status_code

    def open(self):
        self.begin()
        self.present(self.dai_place, self.unit_place, self.guest_place)
        return polling.open_poll(self.meeting, by=self.thu, question="Thông qua Điều 1?")

    def test_each_place_votes_once_and_the_count_is_shown_after_closing_alone(self):
        poll = self.open()
        self.assertEqual(self.vote(self.dai, poll, self.dai_place, "agree"), 302)
        self.assertEqual(self.vote(self.dai, poll, self.dai_place, "disagree"), 302)
        self.assertEqual(self.vote(self.minh, poll, self.unit_place, "agree"), 302)
        self.assertEqual(Ballot.objects.count(), 2)
        self.assertIsNone(polling.outcome(poll))
        for user in (self.dai, self.minh):
            self.sign_in(user)
            page = self.client.get(f"/meetings/{self.meeting.pk}/screen/")
            self.assertNotContains(page, "figures")
        self.sign_in(self.thu)
        self.assertNotContains(self.client.get(self.url), "figures")
        too_many = {"agree": 2, "disagree": 0, "other": 0}
        self.assertEqual(self.post(f"polls/{poll.pk}/closing/", too_many).status_code, 422)
        hands = {"agree": 0, "disagree": 0, "other": 1}
        for _twice in range(2):
            self.assertEqual(self.post(f"polls/{poll.pk}/closing/", hands).status_code, 302)
        found = polling.outcome(Poll.objects.get())
        self.assertEqual((found.agree, found.disagree, found.other, found.present, found.silent), (1, 1, 1, 3, 0))
        self.assertContains(self.client.get(self.url), "figures")
        self.assertEqual(self.vote(self.dai, poll, self.dai_place, "agree"), 409)

    def test_only_those_present_vote_and_only_for_their_own_place(self):
        poll = self.open()
        services.record_attendance(self.meeting, by=self.thu, states={self.dai_place.pk: "absent"})
        self.assertEqual(self.vote(self.dai, poll, self.dai_place, "agree"), 409)
        self.assertEqual(self.vote(self.dai, poll, self.unit_place, "agree"), 409)
        self.assertEqual(self.vote(self.tam, poll, self.unit_place, "agree"), 409)
        self.assertEqual(self.vote(self.minh, poll, self.unit_place, "maybe"), 422)
        self.assertEqual(self.vote(self.hoa, poll, self.unit_place, "agree"), 404)
        self.assertFalse(Ballot.objects.exists())

    def test_a_substitute_votes_in_the_place_of_whom_they_stand_in_for(self):
        poll = self.open()
        Attendance.objects.filter(pk=self.dai_place.pk).update(reply="substitute", substitute_user=self.lan)
        self.assertEqual(self.vote(self.dai, poll, self.dai_place, "agree"), 409)
        self.assertEqual(self.vote(self.lan, poll, self.dai_place, "agree"), 302)

    def test_one_vote_at_a_time(self):
        self.assertEqual(self.post("polls/", {"question": "Thông qua?"}).status_code, 422)
        self.begin()
        for _twice in range(2):
            self.assertEqual(self.post("polls/", {"question": "Thông qua?"}).status_code, 302)
        self.assertEqual(self.post("polls/", {"question": "Câu khác?"}).status_code, 422)
        self.assertEqual(self.post("polls/", {"question": " "}, htmx=True).status_code, 422)
        self.assertEqual(Poll.objects.count(), 1)


class DoorTests(SittingTestCase):
    def test_it_is_the_keepers_alone(self):
        poll = PollTests.open(self)
        turn = speaking.ask(self.meeting, by=self.thu, name="Ai đó")
        parts = [
            f"items/{self.item.pk}/beginning/",
            "ending/",
            "screens/",
            "opinions/",
            "conclusions/",
            "turns/",
            "turns/next/",
            f"turns/{turn.pk}/removal/",
            f"turns/{turn.pk}/place/",
            "polls/",
            f"polls/{poll.pk}/closing/",
        ]
        before = Operation.objects.count()
        for user, status in ((self.dai, 403), (self.hoa, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
            self.assertEqual(self.client.get(f"{self.url}turns/list/").status_code, status)
            for part in parts:
                self.assertEqual(self.post(part).status_code, status, part)
        self.assertEqual(Operation.objects.count(), before)
        self.sign_in(self.chi)
        self.assertEqual(self.client.get(self.url).status_code, 200)
        self.assertEqual(self.client.put(self.url).status_code, 405)

    def test_the_queries_do_not_grow(self):
        self.begin()
        for number in range(2):
            for n in range(number * 8):
                speaking.ask(self.meeting, by=self.thu, name=f"Người {n}")
                self.post("opinions/", OpinionTests.data(self, text=f"Ý kiến {n}"))
                services.add_conclusion(self.meeting, by=self.thu, text=f"Kết luận {n}")
                services.add_agenda_item(self.meeting, by=self.thu, title=f"Mục {n}")
            self.client.get(self.url)
            with self.assertNumQueries(16):
                self.client.get(self.url)

    def test_a_draft_without_a_seat_stays_closed_to_the_secretary_too(self):
        secret = make_document(by=self.lan, title="Canary9", articles=("1. Canary9 nội dung.",))
        drafts.issue_edition(secret, by=self.lan)
        item = services.add_agenda_item(self.meeting, by=self.thu, title="Mục kín", document=secret)
        self.begin(item)
        self.assertNotContains(self.client.get(self.url), "Canary9")
