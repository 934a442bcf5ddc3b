import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import TransactionTestCase

from config.errors import RuleBrokenError
from drafts.models import Operation
from meetings import calling, services, signing
from meetings.concluding import Point, conclude
from meetings.models import AgendaItem, Attendance, Conclusion, ConclusionDocument, Meeting, SupportingUnit
from tests.mailserver import wait_until
from tests.meetings.cast import HELD, MeetingPeople, MeetingTestCase


class TwoClicksAtOnceTests(MeetingPeople, TransactionTestCase):
    def test_two_requests_at_the_same_moment_convene_one_meeting(self):
        self.make_people()
        start = threading.Barrier(2)

        def click(_number):
            start.wait()
            try:
                return services.convene(by=self.thu, title="Họp", starts_at=HELD, chair=self.chi).pk
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            self.assertEqual(len(set(pool.map(click, range(2)))), 1)
        self.assertEqual(Meeting.objects.count(), 1)


class ConcludingWhileSigningTests(MeetingPeople, TransactionTestCase):
    """The chair signs; before that is stored, the secretary adds a conclusion."""

    def setUp(self):
        self.make_people()
        self.make_draft()
        self.make_meeting()
        self.make_assignment()

    def added_while_signing(self, add):
        """What was added by somebody who had to wait for the signature."""

        def run():
            try:
                return add()
            finally:
                connections.close_all()

        notice = self.conclusion.notice
        signing.agree(notice, by=self.chi, seen=signing.notice_digest(notice))
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                signing.sign(notice, by=self.chi)
                adding = pool.submit(run)
                wait_until(somebody_waits_for_us, what="the secretary to wait for the chair")
            return adding.result(timeout=20)

    def test_what_is_added_supplements_the_signed_notice(self):
        added = self.added_while_signing(
            lambda: services.add_conclusion(self.meeting, by=self.thu, text="Thêm.", gives_no_task=True)
        )
        self.assertNotEqual(added.notice, self.conclusion.notice)
        self.assertEqual(self.conclusion.notice.conclusions.count(), 1)

    def test_what_was_dictated_supplements_it_too(self):
        points = [Point("Một.", gives_no_task=True), Point("Hai.", gives_no_task=True)]
        added = self.added_while_signing(lambda: conclude(self.meeting, by=self.thu, points=points))
        self.assertEqual([one.number for one in added], [2, 3])
        self.assertEqual(self.conclusion.notice.conclusions.count(), 1)


def somebody_waits_for_us():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0]


class MeetingServiceTests(MeetingTestCase):
    def test_every_act_is_one_operation_and_each_row_one_line_of_history(self):
        before = Operation.objects.count()
        item = services.add_agenda_item(self.meeting, by=self.thu, title="Kết luận")
        services.move_agenda_item(item, by=self.thu, steps=-1)
        services.invite_all(self.meeting, by=self.thu, users=[self.lan, self.hoa], guests=["Khách"])
        self.assertEqual(Operation.objects.count() - before, 3)
        self.assertEqual(item.history.count(), 2)
        self.assertEqual(
            {
                row.history.get().operation
                for row in self.meeting.attendances.exclude(guest="").exclude(pk=self.guest_place.pk)
            },
            {Operation.objects.first()},
        )

    def test_a_form_sent_twice_convenes_one_meeting(self):
        wanted = {"title": "Họp  Ban Thường vụ", "starts_at": HELD, "chair": self.chi, "place": "Phòng 2"}
        once = services.convene(by=self.thu, **wanted)
        before = Operation.objects.count()
        self.assertEqual(services.convene(by=self.thu, **wanted | {"place": " Phòng 2 "}), once)
        self.assertEqual(Operation.objects.count(), before)
        for different in ({"place": "Phòng 3"}, {"starts_at": HELD + dt.timedelta(days=7)}, {"secretary": self.lan}):
            self.assertNotEqual(services.convene(by=self.thu, **wanted | different), once)

    def test_a_form_sent_twice_puts_one_matter_on_the_agenda(self):
        once = services.add_agenda_item(self.meeting, by=self.thu, title="Việc khác", minutes=5)
        self.assertEqual(services.add_agenda_item(self.meeting, by=self.thu, title="Việc khác", minutes=5), once)
        self.assertEqual(services.add_agenda_item(self.meeting, by=self.thu, document=self.document).position, 3)
        self.assertEqual(services.add_agenda_item(self.meeting, by=self.thu, document=self.document).position, 3)

    def test_matters_move_and_close_up(self):
        second = services.add_agenda_item(self.meeting, by=self.thu, title="Hai")
        third = services.add_agenda_item(self.meeting, by=self.thu, title="Ba")
        services.move_agenda_item(third, by=self.thu, steps=-1)
        self.assertEqual(self.titles(), ["Quy chế làm việc", "Ba", "Hai"])
        services.move_agenda_item(second, by=self.thu, steps=1)
        self.assertEqual(self.titles(), ["Quy chế làm việc", "Ba", "Hai"])
        services.drop_agenda_item(AgendaItem.objects.get(pk=third.pk), by=self.thu)
        self.assertEqual(list(self.meeting.agenda.values_list("position", flat=True)), [1, 2])
        self.assertEqual(self.titles(), ["Quy chế làm việc", "Hai"])

    def titles(self):
        return list(self.meeting.agenda.values_list("title", flat=True))

    def test_a_matter_somebody_removed_meanwhile_is_said_to_be_gone(self):
        services.drop_agenda_item(self.item, by=self.thu)
        with self.assertRaises(RuleBrokenError):
            services.drop_agenda_item(self.item, by=self.chi)

    def test_asking_twice_asks_once(self):
        self.assertEqual(services.invite_all(self.meeting, by=self.thu, users=[self.dai], units=[self.city]), [])
        again = services.invite(self.meeting, by=self.thu, guest="Vụ trưởng,  Ban Tổ chức Trung ương")
        self.assertEqual(again, self.guest_place)
        services.invite_all(self.meeting, by=self.thu, guests=["A", "A", " "])
        self.assertEqual(self.meeting.attendances.filter(guest="A").count(), 1)

    def test_semicolons_alone_are_no_guest(self):
        self.assertEqual(services.invite_all(self.meeting, by=self.thu, guests=[";", "; ;", ";;"]), [])
        with self.assertRaises(RuleBrokenError):
            services.invite(self.meeting, by=self.thu, guest="; ;")
        guest = services.invite(self.meeting, by=self.thu, guest="; Nguyễn Văn A;; Vụ trưởng;")
        self.assertEqual((guest.guest_name, guest.guest), ("Nguyễn Văn A", "Vụ trưởng"))

    def test_attendees_stand_in_protocol_order(self):
        first = services.invite(self.meeting, by=self.thu, unit=self.department)
        self.assertEqual(self.meeting.attendances.first(), first)

    def test_who_was_recorded_stays_on_the_list(self):
        services.record_attendance(self.meeting, by=self.thu, states={self.dai_place.pk: "present"})
        with self.assertRaises(RuleBrokenError):
            services.uninvite(self.dai_place, by=self.thu)
        services.uninvite(self.guest_place, by=self.thu)
        self.assertFalse(Attendance.objects.filter(pk=self.guest_place.pk).exists())

    def test_a_meeting_left_as_it_is_leaves_no_operation(self):
        before = Operation.objects.count()
        calling.rearrange(self.meeting, by=self.thu, title=self.meeting.title)
        self.assertEqual(Operation.objects.count(), before)


class ConclusionServiceTests(MeetingTestCase):
    def decide(self):
        return self.sign_notice(self.conclusion.notice, symbol="07-KL/TU")

    def test_conclusions_are_numbered_through_the_meeting(self):
        self.assertEqual(services.add_conclusion(self.meeting, by=self.thu, text="Hai").number, 2)
        services.add_conclusion(self.meeting, by=self.thu, text="Ba", gives_no_task=True)
        services.edit_conclusion(Conclusion.objects.get(number=2), by=self.thu, text="Hai", gives_no_task=True)
        self.decide()
        supplement = services.add_conclusion(self.meeting, by=self.thu, text="Bổ sung")
        self.assertEqual(supplement.number, 4)
        self.assertNotEqual(supplement.notice, self.conclusion.notice)

    def test_what_is_signed_is_neither_changed_nor_given_tasks_nor_signed_again(self):
        self.decide()
        for act in (
            lambda: services.edit_conclusion(self.conclusion, by=self.thu, text="Khác", gives_no_task=False),
            lambda: self.make_assignment(),
            lambda: self.decide(),
        ):
            with self.assertRaises(RuleBrokenError):
                act()
        self.conclusion.refresh_from_db()
        self.assertEqual(self.conclusion.text, "Lập bảng so sánh quy chế cũ với dự thảo.")

    def test_a_conclusion_without_a_task_must_say_that_it_gives_rise_to_none(self):
        services.add_conclusion(self.meeting, by=self.thu, text="Chưa giao việc")
        with self.assertRaisesMessage(RuleBrokenError, "2"):
            self.decide()

    def test_a_cancelled_task_is_no_task(self):
        services.move_assignment(self.assignment, by=self.chi, state="cancelled", note="Giao nhầm")
        with self.assertRaises(RuleBrokenError):
            self.decide()

    def test_a_conclusion_reworded_meanwhile_is_not_overwritten(self):
        seen = self.conclusion.text
        services.edit_conclusion(self.conclusion, by=self.chi, text="Của chủ trì", gives_no_task=False, seen_text=seen)
        with self.assertRaisesMessage(RuleBrokenError, "Của chủ trì"):
            services.edit_conclusion(self.conclusion, by=self.thu, text="Của tôi", gives_no_task=False, seen_text=seen)
        self.conclusion.refresh_from_db()
        self.assertEqual(self.conclusion.text, "Của chủ trì")

    def test_one_with_tasks_cannot_say_it_has_none_and_one_without_takes_none(self):
        with self.assertRaises(RuleBrokenError):
            services.edit_conclusion(self.conclusion, by=self.thu, text="x", gives_no_task=True)
        other = services.add_conclusion(self.meeting, by=self.thu, text="Không việc", gives_no_task=True)
        with self.assertRaises(RuleBrokenError):
            self.make_assignment(conclusion=other)

    def test_a_form_sent_twice_records_one_conclusion(self):
        once = services.add_conclusion(self.meeting, by=self.thu, text="Hai lần bấm")
        before = Operation.objects.count()
        self.assertEqual(services.add_conclusion(self.meeting, by=self.thu, text=" Hai lần bấm "), once)
        self.assertEqual(Operation.objects.count(), before)

    def test_said_again_of_other_articles_and_comments_it_concerns_all_of_them(self):
        first, second = self.say(self.edition, self.minh), self.say(self.edition, self.dai)
        said = {"by": self.thu, "text": "Tiếp thu.", "documents": [self.document]}
        once = services.add_conclusion(self.meeting, **said, articles=[self.article_1], comments=[first])
        before = Operation.objects.count()
        for _twice in range(2):
            self.assertEqual(services.add_conclusion(self.meeting, **said, comments=[second]), once)
        self.assertEqual(Operation.objects.count(), before + 1)
        self.assertEqual(set(once.comments.all()), {first, second})
        self.assertEqual(set(once.articles.all()), {self.article_1})
        services.add_conclusion(self.meeting, **said, articles=[self.article_2])
        self.assertEqual(set(once.articles.all()), {self.article_1, self.article_2})

    def test_blank_words_are_no_conclusion(self):
        with self.assertRaises(RuleBrokenError):
            services.add_conclusion(self.meeting, by=self.thu, text=" \n ")

    def test_which_drafts_it_concerns_is_on_the_record(self):
        concerned = services.add_conclusion(self.meeting, by=self.thu, text="Sửa dự thảo", documents=[self.document])
        [link] = ConclusionDocument.history.filter(conclusion=concerned)
        self.assertEqual((link.document, link.history_type, link.history_user), (self.document, "+", self.thu))
        self.assertEqual(link.operation, concerned.history.get().operation)
        same = {"text": concerned.text, "gives_no_task": False}
        services.edit_conclusion(concerned, by=self.chi, **same, documents=[self.document])
        self.assertEqual(ConclusionDocument.history.filter(conclusion=concerned).count(), 1)
        services.edit_conclusion(concerned, by=self.chi, **same, documents=[])
        gone = ConclusionDocument.history.filter(conclusion=concerned).latest()
        self.assertEqual((gone.document, gone.history_type, gone.history_user), (self.document, "-", self.chi))
        self.assertFalse(concerned.documents.exists())


class AssignmentServiceTests(MeetingTestCase):
    def test_which_units_support_it_is_on_the_record(self):
        task = self.make_assignment(task="Có phối hợp", supporting_units=[self.front, self.office])
        links = SupportingUnit.history.filter(assignment=task)
        self.assertEqual({(link.unit, link.history_type) for link in links}, {(self.front, "+"), (self.office, "+")})
        self.assertEqual({link.operation for link in links}, {task.history.get().operation})

    def move(self, state, *, by=None, note=""):
        return services.move_assignment(self.assignment, by=by or self.lan, state=state, note=note)

    def test_before_a_date_leaves_the_day_before_and_by_a_date_the_date_itself(self):
        self.assertEqual(self.assignment.last_day, dt.date(2026, 11, 9))
        self.assertEqual(self.make_assignment(limit="by").last_day, dt.date(2026, 11, 10))

    def test_the_database_holds_the_kind_of_limit_to_its_last_day(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(self.assignment).objects.filter(pk=self.assignment.pk).update(last_day=dt.date(2026, 11, 10))

    def test_the_lead_unit_does_not_support_itself(self):
        task = self.make_assignment(supporting_units=[self.department, self.front])
        self.assertEqual(list(task.supporting_units.all()), [self.front])

    def test_a_form_sent_twice_gives_one_task(self):
        once = self.make_assignment(task="Hai lần bấm")
        self.assertEqual(self.make_assignment(task="Hai lần bấm"), once)
        for different in ({"limit": "by"}, {"supporting_units": [self.front]}, {"product": "Bảng"}):
            self.assertNotEqual(self.make_assignment(task="Hai lần bấm", **different), once)
        services.move_assignment(once, by=self.chi, state="cancelled", note="Nhầm")
        self.assertNotEqual(self.make_assignment(task="Hai lần bấm"), once)

    def test_the_whole_way_from_given_to_accepted(self):
        for state, by, note in (
            ("acknowledged", self.lan, ""),
            ("in_progress", self.lan, ""),
            ("reported", self.lan, "Đã trình bảng so sánh"),
            ("returned", self.chi, "Thiếu lý do ở Điều 5"),
            ("reported", self.lan, "Đã bổ sung"),
            ("accepted", self.thu, ""),
        ):
            self.assertEqual(self.move(state, by=by, note=note).state, state)
        self.assignment.refresh_from_db()
        self.assertEqual(self.assignment.result, "Đã bổ sung")
        self.assertFalse(self.assignment.is_open)
        lines = self.assignment.history.order_by("history_id")
        self.assertEqual([row.operation.by for row in lines][-2:], [self.lan, self.thu])
        self.assertEqual([row.operation.reason for row in lines][4], "Thiếu lý do ở Điều 5")

    def test_done_counts_from_the_report_and_a_return_takes_it_back(self):
        reported = self.move("reported", note="Xong").done_at
        self.assertEqual(self.move("accepted", by=self.chi).done_at, reported)
        self.assertIsNone(self.move("returned", by=self.chi, note="Chưa").done_at)

    def test_steps_out_of_order_are_refused(self):
        for state in ("accepted", "returned", "new", "nonsense"):
            with self.assertRaises(RuleBrokenError):
                self.move(state, note="x")
        self.move("cancelled", by=self.chi, note="Thôi")
        with self.assertRaises(RuleBrokenError):
            self.move("acknowledged")

    def test_returning_and_cancelling_need_a_reason_and_reporting_a_result(self):
        for state in ("reported", "cancelled"):
            with self.assertRaises(RuleBrokenError):
                self.move(state, note="  ")

    def test_a_report_does_not_stand_in_the_drafts_timeline(self):
        task = self.make_assignment(document=self.document)
        services.move_assignment(task, by=self.lan, state="reported", note="Chỉ cho chủ trì")
        self.assertFalse(self.document.operations.filter(reason__contains="Chỉ cho").exists())
