import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import timezone

from accounts import outbox
from accounts import services as accounts
from accounts.models import Notice, OutgoingMail, Unit, UnitContact, User
from comments import contributions, rounds, sheets
from comments import services as comments
from comments.access import get_comment_for, may, visible_comments
from comments.models import Comment, Consultation
from comments.recording import recorded_for
from comments.waiting import opinions_of
from config import handover
from config.errors import RuleBrokenError
from drafts import services as drafts
from drafts import telling
from drafts.access import get_document_for
from drafts.models import Document, Operation, Seat
from drafts.photographs import edition_text
from meetings import services as meetings
from meetings.models import Assignment, Meeting, Reminder
from tests.people import DraftTestCase, allow, make_document, make_unit, make_user


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
        consultation = rounds.open_consultation(
            self.edition, by=self.thu, closes_at=closes, visibility=Consultation.Visibility.OPEN, people=[self.minh]
        )
        self.hand_over()
        self.assertEqual(consultation.invitations.get().user, self.nam)

    def test_meetings_to_come_get_the_new_chair(self):
        handover.hand_over_person(self.chi, to=self.nam, by=self.thu, reason="")
        self.meeting.refresh_from_db()
        self.assertEqual(self.meeting.chair, self.nam)

    def test_a_link_that_opens_the_predecessors_account_stays_theirs(self):
        mail = accounts.invite(self.minh, by=self.thu)
        self.hand_over()
        mail.refresh_from_db()
        self.assertEqual(mail.recipient, self.minh)

    def test_mail_about_what_the_successor_may_not_know_stays_the_predecessors(self):
        """Minh's unit has a seat on the first draft, the successor only the one that is handed over."""
        theirs = make_document(by=self.lan, title="Chương trình")
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.COMMENTER, unit=self.city)
        drafts.take_seat(self.document.seats.get(user=self.minh), by=self.lan)
        drafts.give_seat(theirs, by=self.lan, role=Seat.Role.COMMENTER, user=self.minh)
        one, both = (
            outbox.post(key=key, recipient=self.minh, subject="Trả lời", body="…", about=map(telling.about, documents))
            for key, documents in (("one", [theirs]), ("both", [theirs, self.document]))
        )
        stranger = make_user("moi", unit=make_unit("Sở khác"))
        handover.hand_over_person(self.minh, to=stranger, by=self.thu, reason="Nghỉ hưu")
        one.refresh_from_db()
        both.refresh_from_db()
        self.assertEqual((one.recipient, both.recipient), (stranger, self.minh))

    def test_the_successor_gets_one_mail_about_one_thing(self):
        mails = {}
        for person in (self.minh, self.nam):
            mails[person] = outbox.post(key=f"k{person.pk}", recipient=person, subject="Nhắc", body="…")
            Reminder.objects.create(
                assignment=self.assignment,
                recipient=person,
                last_day=self.assignment.last_day,
                occasion="before-3",
                mail=mails[person],
            )
        self.hand_over()
        self.assertEqual(list(OutgoingMail.objects.unsent().filter(recipient=self.nam)), [mails[self.nam]])
        self.assertFalse(OutgoingMail.objects.unsent().filter(recipient=self.minh).exists())

    def test_reminders_nobody_has_seen_are_shown_to_the_successor(self):
        mail = outbox.post(key="k", recipient=self.minh, subject="Nhắc", body="…")
        OutgoingMail.objects.update(sent_at=timezone.now())
        facts = {"assignment": self.assignment, "recipient": self.minh, "last_day": self.assignment.last_day}
        unseen = Reminder.objects.create(**facts, occasion="before-3", mail=mail)
        seen = Reminder.objects.create(**facts, occasion="before-1", mail=mail, seen_at=timezone.now())
        self.hand_over()
        unseen.refresh_from_db()
        seen.refresh_from_db()
        self.assertEqual((unseen.recipient, seen.recipient), (self.nam, self.minh))

    def test_the_right_to_create_goes_with_the_post(self):
        handover.hand_over_person(self.thu, to=self.nam, by=self.chi, reason="")
        thu, nam = User.objects.get(pk=self.thu.pk), User.objects.get(pk=self.nam.pk)
        self.assertTrue(nam.has_perm("meetings.create_meetings"))
        self.assertFalse(thu.has_perm("meetings.create_meetings"))

    def test_what_makes_an_administrator_stays_with_the_person(self):
        self.thu.is_staff = True
        self.thu.save(update_fields=["is_staff"])
        allow(self.thu, "accounts.change_user")
        handover.hand_over_person(self.thu, to=self.nam, by=self.chi, reason="")
        nam = User.objects.get(pk=self.nam.pk)
        self.assertEqual((nam.is_staff, nam.has_perm("accounts.change_user")), (False, False))

    def test_a_meeting_with_open_tasks_gets_the_new_secretary(self):
        Meeting.objects.filter(pk=self.meeting.pk).update(starts_at=timezone.now() - dt.timedelta(days=9))
        handover.hand_over_person(self.thu, to=self.nam, by=self.chi, reason="")
        self.meeting.refresh_from_db()
        self.assertEqual(self.meeting.secretary, self.nam)
        self.assertIn(self.assignment, Assignment.objects.visible_to(self.nam))

    def test_places_at_meetings_to_come_move_once(self):
        meetings.invite_all(self.meeting, by=self.thu, users=[self.minh, self.nam])
        self.hand_over()
        self.assertEqual([place.user for place in self.meeting.attendances.all()], [self.nam])

    def test_what_was_written_stays_its_authors(self):
        comment = comments.add_comment(self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Nhất trí.")
        self.hand_over()
        comment.refresh_from_db()
        self.assertEqual(comment.author, self.minh)

    def test_a_question_both_were_asked_is_asked_once(self):
        consultation = rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.OPEN,
            people=[self.minh, self.nam],
        )
        self.hand_over()
        self.assertEqual(consultation.invitations.get().user, self.nam)

    def test_all_of_it_or_nothing(self):
        with mock.patch("config.handover.people.readdress_mail", side_effect=OSError), self.assertRaises(OSError):
            self.hand_over()
        self.assertTrue(self.document.seats.filter(user=self.minh).exists())
        self.assertTrue(UnitContact.objects.filter(user=self.minh).exists())

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

    def test_what_a_unit_gathers_goes_on_in_the_answer_of_the_new_one(self):
        asked = {"visibility": "open", "closes_at": timezone.now() + dt.timedelta(days=5)}
        round_ = rounds.open_consultation(self.edition, by=self.thu, units=[self.city, self.new_city], **asked)
        citys, news = (round_.invitations.get(unit=unit) for unit in (self.city, self.new_city))
        said = comments.add_comment(
            self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Ý kiến.", contribution=citys
        )
        contributions.prepare(citys, by=self.minh, stance="disagree", articles={self.article_1: "disagree"})
        sheet = sheets.write_sheet(round_, by=self.thu, title="Phiếu", introduction="", questions=["Ban hành?"])
        answers = {sheet.questions.get().pk: ("agree", "")}
        returned = sheets.return_sheet(sheet, citys, by=self.minh, answers=answers)
        self.merge()
        connection.check_constraints()
        self.assertEqual(round_.invitations.get(), news)
        news.refresh_from_db()
        self.assertEqual((news.stance, news.article_stances.get().provision), ("disagree", self.article_1))
        self.assertEqual((news.gathered.get(), news.sheets.get()), (said, returned))

    def test_nothing_is_added_to_an_answer_that_was_sent_before_the_merger(self):
        asked = {"visibility": "open", "closes_at": timezone.now() + dt.timedelta(days=5)}
        round_ = rounds.open_consultation(self.edition, by=self.thu, units=[self.city, self.front], **asked)
        citys, fronts = (round_.invitations.get(unit=unit) for unit in (self.city, self.front))
        comments.add_comment(
            self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Ý kiến.", contribution=citys
        )
        contributions.prepare(citys, by=self.minh, stance="", articles={self.article_1: "disagree"})
        contributions.send(fronts, by=self.dai, stance="agree", articles={})
        handover.merge_unit(self.city, into=self.front, by=self.thu, reason="")
        connection.check_constraints()
        fronts.refresh_from_db()
        self.assertEqual((fronts.stance, fronts.article_stances.count()), ("agree", 0))
        self.assertIsNotNone(fronts.gathered.get().left_out_at)
        self.assertFalse(Comment.objects.sent().exists())

    def test_what_the_unit_sent_is_stood_by_by_its_successor_and_by_the_successors(self):
        asked = {"visibility": "sealed_until_sent", "closes_at": timezone.now() + dt.timedelta(days=5)}
        round_ = rounds.open_consultation(self.edition, by=self.thu, units=[self.city], people=[self.dai], **asked)
        citys = round_.invitations.get(unit=self.city)
        said, left = (
            comments.add_comment(
                self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text=text, contribution=citys
            )
            for text in ("Ý kiến.", "Bỏ ý này.")
        )
        contributions.leave_out(left, by=self.minh)
        contributions.send(citys, by=self.minh, stance="disagree", articles={})
        UnitContact.objects.create(unit=self.city, user=self.nam)
        self.merge()
        region = make_unit("Đảng ủy khu vực", rank=32)
        handover.merge_unit(self.new_city, into=region, by=self.thu, reason="")
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.READER, user=self.nam)
        nam = User.objects.get(pk=self.nam.pk)

        comments.answer_comment(said, by=self.lan, outcome="explained", explanation="Vì.")
        self.assertTrue(Notice.objects.filter(recipient=nam, kind="answer").exists())
        document = get_document_for(nam, "read", pk=self.document.pk)
        self.assertEqual(set(visible_comments(nam, document)), {said, left})
        self.assertTrue(may(nam, "contest", get_comment_for(nam, "read", pk=said.pk)))
        self.assertEqual(list(opinions_of(nam)), [said])
        self.assertEqual([part.may_send for part in contributions.parts_of(nam, round_)], [True])
        self.assertEqual(list(recorded_for(nam)), [])
        self.assertFalse(may(self.dai, "contest", said))

    def test_what_was_recorded_for_the_unit_is_confirmed_by_its_successor(self):
        sheet = edition_text(self.edition).find(self.article_1.wid)
        recorded = comments.add_comment(
            self.edition, by=self.thu, author=self.thu, key=uuid.uuid4(), kind="other", text="x", sheet=sheet,
            on_behalf_of=self.city,
        )  # fmt: skip
        self.merge()
        self.assertEqual(list(recorded_for(User.objects.get(pk=self.minh.pk))), [recorded])

    def test_a_unit_is_merged_once(self):
        self.merge()
        self.city.refresh_from_db()
        with self.assertRaises(RuleBrokenError):
            self.merge()

    def test_who_changed_unit_and_why_is_on_the_record(self):
        self.merge()
        for entry in (self.minh.history.first(), self.city.history.first()):
            self.assertEqual((entry.history_user, entry.history_change_reason), (self.thu, "Sắp xếp tổ chức"))

    def test_members_keep_what_they_saw(self):
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.COMMENTER, unit=self.city)
        binh = make_user("binh", unit=self.city)
        self.assertIn(self.document, Document.objects.visible_to(binh))
        self.merge()
        self.assertIn(self.document, Document.objects.visible_to(User.objects.get(pk=binh.pk)))

    def test_a_unit_that_is_both_lead_and_support_leads(self):
        handover.merge_unit(self.front, into=self.city, by=self.thu, reason="")
        self.assertEqual(list(self.assignment.supporting_units.all()), [])
        self.assignment.refresh_from_db()
        self.assertEqual(self.assignment.lead_unit, self.city)

    def test_nothing_is_merged_into_a_unit_that_has_ended(self):
        Unit.objects.filter(pk=self.new_city.pk).update(dissolved_on=timezone.localdate())
        with self.assertRaises(RuleBrokenError):
            self.merge()
        self.minh.refresh_from_db()
        self.assertEqual(self.minh.unit, self.city)

    def test_two_units_are_not_merged_into_each_other(self):
        self.merge()
        with self.assertRaises(RuleBrokenError):
            handover.merge_unit(self.new_city, into=self.city, by=self.thu, reason="")

    def test_the_body_of_a_meeting_to_come_is_the_new_unit(self):
        coming = meetings.convene(
            by=self.thu,
            title="Họp Thành ủy",
            starts_at=timezone.now() + dt.timedelta(days=1),
            chair=self.chi,
            body=self.city,
        )
        self.merge()
        coming.refresh_from_db()
        self.assertEqual(coming.body, self.new_city)


class AtOnceTests(TransactionTestCase):
    """Two administrators press the button at the same moment."""

    def at_once(self, *acts):
        ready = threading.Barrier(len(acts))

        def run(act):
            try:
                ready.wait()
                return act()
            except RuleBrokenError as refusal:
                return refusal
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(run, acts))

    def test_two_units_are_not_merged_into_each_other(self):
        boss, one, other = make_user("boss"), make_unit("Một"), make_unit("Hai")
        results = self.at_once(
            lambda: handover.merge_unit(one, into=other, by=boss, reason=""),
            lambda: handover.merge_unit(other, into=one, by=boss, reason=""),
        )
        self.assertEqual(sum(isinstance(result, RuleBrokenError) for result in results), 1)
        self.assertEqual(Unit.objects.filter(successor=None).count(), 1)

    def test_a_post_has_one_successor(self):
        boss, old, nam, dong = (make_user(name) for name in ("boss", "old", "nam", "dong"))
        document = make_document(by=old)
        self.at_once(
            lambda: handover.hand_over_person(old, to=nam, by=boss, reason=""),
            lambda: handover.hand_over_person(old, to=dong, by=boss, reason=""),
        )
        self.assertIn(document.seats.get().user, (nam, dong))
        self.assertEqual(Seat.history.filter(history_type="~").count(), 1)
