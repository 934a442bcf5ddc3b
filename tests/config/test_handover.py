import datetime as dt

from django.utils import timezone

from accounts import outbox
from accounts.models import UnitContact
from comments import services as comments
from comments.models import Consultation
from config import handover
from config.errors import RuleBrokenError
from drafts import services as drafts
from drafts.models import Document, Operation, Seat
from meetings import services as meetings
from meetings.models import Assignment, Reminder
from tests.people import DraftTestCase, make_unit, make_user


class HandOverTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.nam = make_user("nam", unit=cls.city)
        tomorrow = timezone.now() + dt.timedelta(days=1)
        cls.meeting = meetings.convene(by=cls.thu, title="Họp", starts_at=tomorrow, chair=cls.chi)
        conclusion = meetings.add_conclusion(cls.meeting, by=cls.thu, text="Giao việc.")
        cls.assignment = meetings.assign(
            conclusion,
            by=cls.thu,
            lead_unit=cls.city,
            supporting_units=[cls.front],
            task="Hoàn thiện dự thảo",
            due_on=timezone.localdate() + dt.timedelta(days=5),
            limit="before",
        )


class HandOverPersonTests(HandOverTestCase):
    def hand_over(self):
        return handover.hand_over_person(self.minh, to=self.nam, by=self.thu, reason="Nghỉ hưu")

    def test_seats_move_in_one_operation_that_says_why(self):
        operation = self.hand_over()
        self.assertEqual(self.document.seats.get(user=self.nam).role, Seat.Role.COMMENTER)
        self.assertFalse(self.document.seats.filter(user=self.minh).exists())
        self.assertEqual((operation.kind, operation.reason), (Operation.Kind.HANDED_OVER, "Nghỉ hưu"))
        self.assertEqual(Seat.history.filter(operation=operation).count(), 1)

    def test_the_stronger_of_two_seats_is_kept(self):
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.READER, user=self.nam)
        self.hand_over()
        self.assertEqual(self.document.seats.get(user=self.nam).role, Seat.Role.COMMENTER)

    def test_the_successor_acts_for_the_unit(self):
        self.hand_over()
        self.assertEqual(UnitContact.objects.get(unit=self.city).user, self.nam)

    def test_reminders_that_have_not_left_go_to_the_successor(self):
        mail = outbox.post(key="k", recipient=self.minh, subject="Nhắc", body="…")
        reminder = Reminder.objects.create(
            assignment=self.assignment,
            recipient=self.minh,
            last_day=self.assignment.last_day,
            occasion="before-3",
            mail=mail,
        )
        self.hand_over()
        reminder.refresh_from_db()
        mail.refresh_from_db()
        self.assertEqual((reminder.recipient, mail.recipient), (self.nam, self.nam))

    def test_questions_not_answered_yet_move(self):
        closes = timezone.now() + dt.timedelta(days=3)
        consultation = comments.open_consultation(
            self.edition, by=self.thu, closes_at=closes, visibility=Consultation.Visibility.OPEN, people=[self.minh]
        )
        self.hand_over()
        self.assertEqual(consultation.invitations.get().user, self.nam)

    def test_meetings_to_come_get_the_new_chair(self):
        handover.hand_over_person(self.chi, to=self.nam, by=self.thu, reason="")
        self.meeting.refresh_from_db()
        self.assertEqual(self.meeting.chair, self.nam)

    def test_nobody_succeeds_themselves(self):
        with self.assertRaises(RuleBrokenError):
            handover.hand_over_person(self.minh, to=self.minh, by=self.thu, reason="")

    def test_the_successor_is_active(self):
        self.nam.is_active = False
        self.nam.save(update_fields=["is_active"])
        with self.assertRaises(RuleBrokenError):
            self.hand_over()
        self.assertTrue(self.document.seats.filter(user=self.minh).exists())


class MergeUnitTests(HandOverTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.new_city = make_unit("Đảng ủy phường trung tâm", rank=31)

    def merge(self):
        return handover.merge_unit(self.city, into=self.new_city, by=self.thu, reason="Sắp xếp tổ chức")

    def test_members_and_contacts_move_and_the_old_unit_ends(self):
        self.merge()
        self.minh.refresh_from_db()
        self.city.refresh_from_db()
        self.assertEqual(self.minh.unit, self.new_city)
        self.assertEqual(self.city.successor, self.new_city)
        self.assertFalse(self.city.stands_on(timezone.localdate()))
        self.assertTrue(UnitContact.objects.filter(unit=self.new_city, user=self.minh).exists())

    def test_open_tasks_move(self):
        assignment = Assignment.objects.get(pk=self.assignment.pk)
        self.merge()
        assignment.refresh_from_db()
        self.assertEqual(assignment.lead_unit, self.new_city)

    def test_finished_tasks_stay_with_the_unit_that_did_them(self):
        for state in ("reported", "accepted"):
            meetings.move_assignment(self.assignment, by=self.minh, state=state, note="Xong")
        self.merge()
        self.assignment.refresh_from_db()
        self.assertEqual(self.assignment.lead_unit, self.city)

    def test_supporting_units_follow(self):
        handover.merge_unit(self.front, into=self.new_city, by=self.thu, reason="")
        self.assertEqual(list(self.assignment.supporting_units.all()), [self.new_city])

    def test_drafts_in_hand_get_the_new_drafting_unit(self):
        handover.merge_unit(self.department, into=self.new_city, by=self.thu, reason="")
        self.assertEqual(Document.objects.get(pk=self.document.pk).drafting_unit, self.new_city)

    def test_a_unit_is_merged_once(self):
        self.merge()
        self.city.refresh_from_db()
        with self.assertRaises(RuleBrokenError):
            self.merge()
