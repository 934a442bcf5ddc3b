"""Invitations by mail, again when time or place change, and when the meeting is off."""

import datetime as dt

import time_machine

from accounts.models import OutgoingMail, Unit, UnitContact
from config.errors import RuleBrokenError
from meetings import calling, queries, services, signing
from meetings.concluding import Point, conclude
from meetings.models import Attendance, Cancellation
from tests.meetings.cast import HELD, SECRET_TITLE, MeetingTestCase
from tests.people import make_user

BEFORE = HELD - dt.timedelta(days=2)


class CallingTestCase(MeetingTestCase):
    def setUp(self):
        clock = time_machine.travel(BEFORE, tick=False)
        clock.start()
        self.addCleanup(clock.stop)
        self.url = f"/meetings/{self.meeting.pk}/calls/"

    def mails(self, kind="invitation"):
        return OutgoingMail.objects.filter(key__startswith=f"meeting-{kind}:").order_by("pk")

    def told(self, kind="invitation"):
        return sorted(mail.recipient.username for mail in self.mails(kind))

    def call(self):
        return calling.call(self.meeting, by=self.thu)


class InvitationTests(CallingTestCase):
    def test_people_and_contacts_of_units_get_one_mail_each_with_an_entry_for_the_calendar(self):
        services.invite(self.meeting, by=self.thu, user=self.minh)
        self.sign_in(self.thu)
        self.assertRedirects(self.client.post(self.url), f"/meetings/{self.meeting.pk}/attendees/list/")
        self.client.post(self.url)
        # Minh is asked alone and is his unit's contact; the guest has no account.
        self.assertEqual(self.told(), ["dai", "minh"])
        mail = self.mails().get(recipient=self.dai)
        self.assertIn(self.meeting.title, mail.subject)
        for said in (
            "14 giờ ngày 05/11/2026",
            "Phòng họp số 1",
            f"/meetings/{self.meeting.pk}/attendees/{self.dai_place.pk}/reply/",
        ):
            self.assertIn(said, mail.body)
        [(name, text, content_type)] = mail.attachments
        self.assertEqual((name, content_type), ("cuoc-hop.ics", "text/calendar; method=REQUEST"))
        self.assertIn("DTSTART:20261105T070000Z", text)
        self.assertIn("SEQUENCE:0", text)
        self.assertIsNone(Attendance.objects.get(pk=self.guest_place.pk).called_at)

    def test_who_is_asked_later_is_called_alone(self):
        self.call()
        services.invite(self.meeting, by=self.thu, user=make_user("an"))
        self.assertEqual(self.call(), 1)
        self.assertEqual(self.told(), ["an", "dai", "minh"])

    def test_a_unit_without_contacts_is_called_through_its_members(self):
        UnitContact.objects.all().delete()
        self.call()
        self.assertEqual(self.told(), ["dai", "minh", "tam"])

    def test_nothing_of_a_draft_leaves_with_the_invitation(self):
        services.add_agenda_item(self.meeting, by=self.thu, title=SECRET_TITLE)
        self.call()
        for mail in self.mails():
            self.assertNotIn(SECRET_TITLE, mail.subject + mail.body + str(mail.attachments))

    def test_nobody_is_called_to_a_meeting_that_is_over_or_off(self):
        with time_machine.travel(HELD + dt.timedelta(days=1)), self.assertRaises(RuleBrokenError):
            self.call()
        calling.cancel(self.meeting, by=self.thu, reason="Bão")
        with self.assertRaises(RuleBrokenError):
            self.call()
        self.assertEqual(self.told(), [])

    def test_the_six_questions(self):
        self.assertEqual(self.client.post(self.url).status_code, 302)
        for user, status in ((self.dai, 403), (self.hoa, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.post(self.url).status_code, status)
        self.sign_in(self.chi)
        self.assertEqual(self.client.get(self.url).status_code, 405)
        self.assertEqual(self.told(), [])


class ChangeTests(CallingTestCase):
    def test_who_was_called_hears_of_another_time_or_place_and_is_asked_anew(self):
        self.call()
        Attendance.objects.filter(pk=self.dai_place.pk).update(reply="coming", replied_by=self.dai)
        for number in range(2):
            calling.rearrange(self.meeting, by=self.thu, starts_at=HELD + dt.timedelta(days=1), place="Phòng 2")
            self.assertEqual(self.told("change"), ["dai", "minh"], number)
        text = self.mails("change").first().attachments[0][1]
        self.assertIn("SEQUENCE:1", text)
        self.assertIn("LOCATION:Phòng 2", text)
        self.assertEqual(Attendance.objects.get(pk=self.dai_place.pk).reply, "none")

    def test_another_room_alone_leaves_the_answers(self):
        self.call()
        Attendance.objects.filter(pk=self.dai_place.pk).update(reply="coming", replied_by=self.dai)
        calling.rearrange(self.meeting, by=self.thu, place="Phòng 2")
        self.assertEqual(self.told("change"), ["dai", "minh"])
        self.assertEqual(Attendance.objects.get(pk=self.dai_place.pk).reply, "coming")

    def test_what_a_signed_notice_says_of_the_meeting_is_not_changed(self):
        body = Unit.objects.exclude(pk=self.meeting.body_id).first()
        changes = {"title": "Khác", "place": "Khác", "chair": self.lan, "body": body}
        changes["starts_at"] = HELD + dt.timedelta(days=1)
        self.sign_notice(self.conclusion.notice)
        for name, value in changes.items():
            with self.subTest(name), self.assertRaises(RuleBrokenError):
                calling.rearrange(self.meeting, by=self.thu, **{name: value})
        later = HELD + dt.timedelta(minutes=30)
        calling.rearrange(self.meeting, by=self.thu, starts_at=later, ends_at=later + dt.timedelta(hours=2))
        self.assertEqual(calling.rearrange(self.meeting, by=self.thu, secretary=self.lan).secretary, self.lan)

    def test_before_anybody_was_called_and_for_another_secretary_no_mail_leaves(self):
        calling.rearrange(self.meeting, by=self.thu, place="Phòng 2")
        self.call()
        calling.rearrange(self.meeting, by=self.thu, secretary=self.lan)
        self.assertEqual(self.told("change"), [])


class WithdrawalTests(CallingTestCase):
    def test_who_was_called_and_is_taken_off_the_list_hears_of_it_once(self):
        self.call()
        services.uninvite(self.dai_place, by=self.thu)
        [mail] = self.mails("withdrawal")
        self.assertEqual(mail.recipient, self.dai)
        self.assertIn("không còn hiệu lực", mail.body)
        self.assertNotIn("/reply/", mail.body)
        self.assertIn("METHOD:CANCEL", mail.attachments[0][1])
        self.assertIn("SEQUENCE:1", mail.attachments[0][1])
        calling.cancel(self.meeting, by=self.thu, reason="Bão")
        self.assertEqual(self.told("cancellation"), ["minh"])

    def test_asked_again_they_are_called_again(self):
        self.call()
        services.uninvite(self.dai_place, by=self.thu)
        services.invite(self.meeting, by=self.thu, user=self.dai)
        self.assertEqual(self.call(), 1)
        self.assertEqual(self.told(), ["dai", "dai", "minh"])

    def test_who_is_called_for_another_place_is_still_expected(self):
        own = services.invite(self.meeting, by=self.thu, user=self.minh)
        self.call()
        services.uninvite(own, by=self.thu)
        self.assertEqual(self.told("withdrawal"), [])
        services.uninvite(self.unit_place, by=self.thu)
        self.assertEqual(self.told("withdrawal"), ["minh"])

    def test_nobody_hears_who_was_not_called_or_of_what_is_over_or_off(self):
        services.uninvite(self.dai_place, by=self.thu)
        services.uninvite(self.guest_place, by=self.thu)
        self.call()
        with time_machine.travel(HELD + dt.timedelta(days=1)):
            services.uninvite(self.unit_place, by=self.thu)
        again = services.invite(self.meeting, by=self.thu, user=self.dai)
        self.call()
        calling.cancel(self.meeting, by=self.thu, reason="Bão")
        with self.assertRaisesMessage(RuleBrokenError, "đã hủy"):
            services.uninvite(again, by=self.thu)
        self.assertEqual(self.told("withdrawal"), [])


class CancellationTests(CallingTestCase):
    def setUp(self):
        super().setUp()
        self.url = f"/meetings/{self.meeting.pk}/cancellation/"

    def test_it_is_called_off_once_with_the_reason_and_leaves_every_calendar(self):
        self.call()
        self.sign_in(self.thu)
        self.assertEqual(self.client.post(self.url, {"reason": " "}).status_code, 422)
        for _twice in range(2):
            self.client.post(self.url, {"reason": "Bão số 5"})
        self.assertEqual(Cancellation.objects.get().by, self.thu)
        self.assertEqual(self.told("cancellation"), ["dai", "minh"])
        mail = self.mails("cancellation").first()
        self.assertIn("Bão số 5", mail.body)
        self.assertIn("METHOD:CANCEL", mail.attachments[0][1])
        self.assertContains(self.client.get(f"/meetings/{self.meeting.pk}/"), "Bão số 5")
        self.sign_in(self.dai)
        self.assertIn("METHOD:CANCEL", self.client.get(f"/meetings/{self.meeting.pk}/calendar/").content.decode())
        with self.assertRaises(RuleBrokenError):
            calling.rearrange(self.meeting, by=self.thu, place="Khác")

    def test_nothing_is_put_down_of_what_is_called_off(self):
        calling.cancel(self.meeting, by=self.thu, reason="Bão")
        task = {"lead_unit": self.city, "task": "Việc", "due_on": HELD.date(), "limit": "by"}
        for act in (
            lambda: services.add_agenda_item(self.meeting, by=self.thu, title="Khác"),
            lambda: services.move_agenda_item(self.item, by=self.thu, steps=1),
            lambda: services.drop_agenda_item(self.item, by=self.thu),
            lambda: services.invite(self.meeting, by=self.thu, user=self.lan),
            lambda: services.record_attendance(self.meeting, by=self.thu, states={self.dai_place.pk: "present"}),
            lambda: services.add_conclusion(self.meeting, by=self.thu, text="Khác"),
            lambda: conclude(self.meeting, by=self.thu, points=[Point("Khác", gives_no_task=True)]),
            lambda: services.edit_conclusion(self.conclusion, by=self.thu, text="Khác", gives_no_task=False),
            lambda: services.assign(self.conclusion, by=self.thu, **task),
            lambda: self.sign_notice(self.conclusion.notice),
        ):
            with self.assertRaisesMessage(RuleBrokenError, "đã hủy"):
                act()

    def test_what_is_called_off_waits_for_nobody(self):
        signing.submit(self.conclusion.notice, by=self.thu)
        self.assertEqual(queries.conclusions_waiting(self.chi), [self.conclusion.notice])
        calling.cancel(self.meeting, by=self.thu, reason="Bão")
        self.assertEqual(queries.conclusions_waiting(self.chi), [])

    def test_what_is_called_off_offers_nothing_to_put_down(self):
        self.sign_in(self.thu)
        pages = ["conclusions", "agenda", "attendees", "attendance", "submission"]
        offered = [f'"/meetings/{self.meeting.pk}/{page}/"' for page in pages]
        page = self.client.get(f"/meetings/{self.meeting.pk}/").content.decode()
        self.assertEqual([address for address in offered if address not in page], [])
        calling.cancel(self.meeting, by=self.thu, reason="Bão")
        page = self.client.get(f"/meetings/{self.meeting.pk}/").content.decode()
        self.assertEqual([address for address in offered if address in page], [])
        conclusions = f"/meetings/{self.meeting.pk}/conclusions/"
        self.assertRedirects(self.client.get(conclusions), f"/meetings/{self.meeting.pk}/")
        self.assertContains(self.client.post(conclusions, {"text": "Giữ chữ này"}), "Giữ chữ này", status_code=422)
        asked = {"invitation-guests": "Vụ trưởng"}
        self.assertEqual(self.client.post(f"/meetings/{self.meeting.pk}/attendees/", asked).status_code, 422)

    def test_a_meeting_with_signed_conclusions_was_held(self):
        self.sign_notice(self.conclusion.notice)
        self.sign_in(self.thu)
        self.assertEqual(self.client.post(self.url, {"reason": "Bão"}).status_code, 422)
        self.assertFalse(Cancellation.objects.exists())

    def test_the_six_questions(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        for user, status in ((self.dai, 403), (self.hoa, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.post(self.url, {"reason": "x"}).status_code, status)
        self.sign_in(self.chi)
        self.assertEqual(self.client.get(self.url).status_code, 200)
        self.assertEqual(self.client.put(self.url).status_code, 405)


class CalendarTests(CallingTestCase):
    def test_everybody_asked_takes_the_entry_and_nobody_else(self):
        url = f"/meetings/{self.meeting.pk}/calendar/"
        self.assertEqual(self.client.get(url).status_code, 302)
        for user, status in ((self.dai, 200), (self.tam, 200), (self.hoa, 404), (self.lan, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.get(url).status_code, status)
        self.sign_in(self.dai)
        response = self.client.get(url)
        self.assertEqual(response["Content-Type"], "text/calendar; charset=utf-8")
        self.assertIn("METHOD:PUBLISH", response.content.decode())
