"""Coming, sending somebody else, excusing oneself; and the secretary's list of who comes."""

import datetime as dt

import time_machine

from accounts.models import OutgoingMail
from drafts.models import Operation
from meetings import calling, replying, services
from meetings.models import Attendance, Meeting
from tests.meetings.cast import HELD, MeetingTestCase

BEFORE = HELD - dt.timedelta(days=2)


class ReplyingTestCase(MeetingTestCase):
    def setUp(self):
        clock = time_machine.travel(BEFORE, tick=False)
        clock.start()
        self.addCleanup(clock.stop)

    def url(self, place):
        return f"/meetings/{self.meeting.pk}/attendees/{place.pk}/reply/"

    def answered(self, place):
        return Attendance.objects.select_related("substitute_user").get(pk=place.pk)


class ReplyTests(ReplyingTestCase):
    def test_one_comes_and_says_so_once(self):
        self.sign_in(self.dai)
        for _twice in range(2):
            self.assertRedirects(
                self.client.post(self.url(self.dai_place), {"answer": "coming"}), f"/meetings/{self.meeting.pk}/"
            )
        place = self.answered(self.dai_place)
        self.assertEqual((place.reply, place.replied_by), ("coming", self.dai))
        self.assertEqual(Operation.objects.filter(kind="attended", by=self.dai).count(), 1)

    def test_who_acts_for_a_unit_sends_a_colleague_who_then_sees_the_meeting(self):
        self.tam.unit = None
        self.tam.save(update_fields=["unit"])
        self.assertFalse(Meeting.objects.visible_to(self.tam).exists())
        self.tam.unit = self.city
        self.tam.save(update_fields=["unit"])
        self.sign_in(self.minh)
        self.client.post(self.url(self.unit_place), {"answer": "substitute", "substitute_user": self.tam.pk})
        self.assertEqual(self.answered(self.unit_place).who_comes_instead, "Tam")
        self.tam.unit = None
        self.tam.save(update_fields=["unit"])
        self.assertTrue(Meeting.objects.visible_to(self.tam).exists())
        self.client.post(self.url(self.unit_place), {"answer": "coming"})
        self.assertFalse(Meeting.objects.visible_to(self.tam).exists())

    def test_who_is_to_come_instead_is_called_and_hears_when_they_are_not(self):
        calling.call(self.meeting, by=self.thu)
        send = {"by": self.minh, "answer": "substitute", "substitute_user": self.tam}
        for _twice in range(2):
            replying.reply(self.unit_place, **send)
        [mail] = OutgoingMail.objects.filter(recipient=self.tam)
        self.assertEqual(mail.subject, f"Dự họp thay: {self.meeting.title}")
        self.assertIn(f"Đồng chí được cử dự thay {self.city.name}", mail.body)
        self.assertNotIn("/reply/", mail.body)
        self.assertIn("METHOD:REQUEST", mail.attachments[0][1])
        replying.reply(self.unit_place, by=self.minh, answer="coming")
        replying.reply(self.unit_place, **send)
        methods = [mail.attachments[0][2] for mail in OutgoingMail.objects.filter(recipient=self.tam).order_by("pk")]
        self.assertEqual([one.rpartition("=")[2] for one in methods], ["REQUEST", "CANCEL", "REQUEST"])
        self.assertEqual(OutgoingMail.objects.filter(recipient=self.minh).count(), 1)

    def test_who_names_themselves_knows_it_and_nobody_is_called_before_their_place_is(self):
        replying.reply(self.unit_place, by=self.minh, answer="substitute", substitute_user=self.tam)
        self.assertFalse(OutgoingMail.objects.filter(recipient=self.tam).exists())
        calling.call(self.meeting, by=self.thu)
        self.assertEqual(OutgoingMail.objects.filter(recipient=self.tam).count(), 1)
        replying.reply(self.dai_place, by=self.thu, answer="substitute", substitute_user=self.thu)
        self.assertFalse(OutgoingMail.objects.filter(recipient=self.thu).exists())

    def test_a_substitute_may_be_words_and_must_be_somebody(self):
        self.sign_in(self.dai)
        response = self.client.post(self.url(self.dai_place), {"answer": "substitute", "note": "Đi công tác"})
        self.assertContains(response, "Đi công tác", status_code=422)
        self.client.post(self.url(self.dai_place), {"answer": "substitute", "substitute": "Phó Trưởng Ban"})
        self.assertEqual(self.answered(self.dai_place).who_comes_instead, "Phó Trưởng Ban")

    def test_who_excuses_themselves_says_why(self):
        self.sign_in(self.dai)
        self.assertEqual(self.client.post(self.url(self.dai_place), {"answer": "excused"}).status_code, 422)
        self.client.post(self.url(self.dai_place), {"answer": "excused", "note": "Đi công tác", "substitute": "Ai đó"})
        place = self.answered(self.dai_place)
        self.assertEqual((place.reply, place.reply_note, place.substitute), ("excused", "Đi công tác", ""))

    def test_nobody_from_another_unit_is_chosen(self):
        self.sign_in(self.dai)
        data = {"answer": "substitute", "substitute_user": self.hoa.pk}
        self.assertEqual(self.client.post(self.url(self.dai_place), data).status_code, 422)

    def test_members_who_do_not_act_for_the_unit_are_told_why_not_and_the_secretary_answers_for_all(self):
        for user, status in ((self.tam, 403), (self.dai, 403), (self.hoa, 404), (self.thu, 302), (self.chi, 302)):
            self.sign_in(user)
            response = self.client.post(self.url(self.unit_place), {"answer": "coming"})
            self.assertEqual(response.status_code, status, user)
        self.sign_in(self.thu)
        data = {"answer": "excused", "note": "Gọi điện báo"}
        self.assertRedirects(
            self.client.post(self.url(self.guest_place), data), f"/meetings/{self.meeting.pk}/attendees/list/"
        )

    def test_after_the_meeting_nothing_is_answered(self):
        with time_machine.travel(HELD + dt.timedelta(days=1)):
            self.sign_in(self.dai)
            self.assertEqual(self.client.post(self.url(self.dai_place), {"answer": "coming"}).status_code, 422)

    def test_the_meeting_asks_and_then_shows_what_was_answered(self):
        self.sign_in(self.dai)
        page = f"/meetings/{self.meeting.pk}/"
        self.assertContains(self.client.get(page), self.url(self.dai_place))
        self.assertNotContains(self.client.get(page), self.url(self.unit_place))
        self.assertEqual(self.client.get(self.url(self.dai_place)).status_code, 200)
        self.assertEqual(self.client.delete(self.url(self.dai_place)).status_code, 405)


class WhoComesTests(ReplyingTestCase):
    def setUp(self):
        super().setUp()
        self.list = f"/meetings/{self.meeting.pk}/attendees/list/"

    def test_the_secretary_reads_who_comes_in_the_order_of_protocol(self):
        replying.reply(self.dai_place, by=self.dai, answer="substitute", substitute="Phó Chủ tịch")
        replying.reply(self.unit_place, by=self.minh, answer="coming")
        self.sign_in(self.thu)
        page = self.client.get(self.list)
        self.assertContains(page, "Phó Chủ tịch")
        self.assertEqual(page.context["counts"], {"asked": 3, "none": 1, "coming": 1, "substitute": 1, "excused": 0})
        self.assertEqual(page.context["places"][0].pk, self.unit_place.pk)

    def test_rank_and_name_of_a_guest_are_changed(self):
        url = f"/meetings/{self.meeting.pk}/attendees/{self.guest_place.pk}/"
        self.sign_in(self.thu)
        data = {"name": "Nguyễn Thị X", "post": "Vụ trưởng, Ban Tổ chức Trung ương", "rank": "1"}
        self.assertRedirects(self.client.post(url, data), self.list)
        self.assertEqual(self.client.get(self.list).context["places"][0].pk, self.guest_place.pk)
        self.assertContains(self.client.get(self.list), "Nguyễn Thị X")
        for wrong in ({"post": " "}, {"rank": "-1"}):
            self.assertEqual(self.client.post(url, data | wrong).status_code, 422)
        services.invite(self.meeting, by=self.thu, guest="Vụ phó")
        self.assertEqual(self.client.post(url, data | {"name": "", "post": "Vụ phó"}).status_code, 422)

    def test_a_guest_is_a_post_or_a_name_and_a_post(self):
        self.sign_in(self.thu)
        lines = "Nguyễn Văn A; Vụ trưởng\nVụ trưởng\nNguyễn Văn A;  Vụ trưởng \nTrần B; Vụ trưởng"
        self.client.post(f"/meetings/{self.meeting.pk}/attendees/", {"invitation-guests": lines})
        guests = self.meeting.attendances.exclude(guest="").exclude(pk=self.guest_place.pk).order_by("pk")
        self.assertEqual(
            [(guest.guest_name, guest.guest) for guest in guests],
            [("Nguyễn Văn A", "Vụ trưởng"), ("", "Vụ trưởng"), ("Trần B", "Vụ trưởng")],
        )

    def test_the_queries_do_not_grow(self):
        self.sign_in(self.thu)
        for number in range(2):
            services.invite_all(self.meeting, by=self.thu, guests=[f"Khách {number}{n}" for n in range(number * 8)])
            with self.assertNumQueries(4):
                self.client.get(self.list)

    def test_it_is_the_keepers_alone(self):
        for address in (self.list, f"/meetings/{self.meeting.pk}/attendees/{self.guest_place.pk}/"):
            for user, status in ((self.dai, 403), (self.hoa, 404), (self.chi, 200)):
                self.sign_in(user)
                self.assertEqual(self.client.get(address).status_code, status)
