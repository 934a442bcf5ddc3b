"""The register as a list in three orders, a month, a timeline, unit by unit, a calendar; how reminders were sent."""

import datetime as dt

import icalendar
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import OutgoingMail, User
from meetings import register, reminders, services
from meetings.models import Assignment
from tests.meetings.cast import MeetingTestCase, at_noon
from tests.people import make_user

NOW = at_noon(dt.date(2026, 11, 12))  # a Thursday; the last day of the cast's task was Monday


class RegisterTestCase(MeetingTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.soon = cls.make_assignment(task="Sắp đến hạn", due_on=dt.date(2026, 11, 16), limit="by")
        cls.offices = cls.make_assignment(task="Của Văn phòng", lead_unit=cls.office, due_on=dt.date(2026, 12, 5))
        cls.done = cls.make_assignment(task="Đã xong", lead_unit=cls.office, due_on=dt.date(2026, 11, 8), limit="by")
        for day in (8, 9):
            if day == 9:
                cls.late_done = cls.make_assignment(
                    task="Xong muộn", lead_unit=cls.office, due_on=dt.date(2026, 11, 8), limit="by"
                )
            task = cls.done if day == 8 else cls.late_done
            with time_machine.travel(at_noon(dt.date(2026, 11, day)), tick=False):
                services.move_assignment(task, by=cls.thu, state="reported", note="Xong")
                services.move_assignment(task, by=cls.chi, state="accepted")

    def setUp(self):
        travel = time_machine.travel(NOW, tick=False)
        travel.start()
        self.addCleanup(travel.stop)
        self.sign_in(self.thu)

    def rows(self, query):
        return [row.task for row in self.client.get(f"/assignments/{query}").context["page"].object_list]


class ListTests(RegisterTestCase):
    def test_by_deadline_by_unit_by_meeting_and_of_one_day(self):
        self.assertEqual(self.rows(""), ["Lập bảng so sánh", "Sắp đến hạn", "Của Văn phòng"])
        page = self.client.get("/assignments/?by=unit&state=every")
        headings = [heading for _name, heading, _rows in page.context["groups"]]
        self.assertEqual(headings, ["Ban Tổ chức Tỉnh ủy", "Văn phòng Tỉnh ủy"])
        page = self.client.get("/assignments/?by=meeting")
        self.assertContains(page, "Hội nghị cho ý kiến ba dự thảo")
        self.assertEqual(self.rows("?day=2026-11-16"), ["Sắp đến hạn"])
        for nonsense in ("?by=x", "?day=x", "?day=9999-01-01"):
            self.assertEqual(len(self.rows(nonsense)), 3, nonsense)

    def test_an_hour_passed_today_is_late(self):
        task = self.make_assignment(task="Trước 9 giờ", due_on=dt.date(2026, 11, 12), due_time=dt.time(9))
        self.assertEqual(self.rows("?state=late"), ["Lập bảng so sánh", "Trước 9 giờ"])
        services.move_assignment(task, by=self.lan, state="reported", note="Xong")
        services.move_assignment(task, by=self.chi, state="accepted")
        counts = self.client.get("/assignments/").context["standing"]
        self.assertEqual((counts["in_time"], counts["done_late"], counts["late"]), (1, 2, 1))

    def test_the_queries_do_not_grow(self):
        for address in ("", "?by=unit", "?by=meeting", "month/", "timeline/", "units/"):
            with self.subTest(address):
                with CaptureQueriesContext(connection) as few:
                    self.client.get(f"/assignments/{address}")
                for number in range(3):
                    self.make_assignment(task=f"Thêm {address} {number}", due_on=dt.date(2026, 11, 20))
                with self.assertNumQueries(len(few)):
                    self.client.get(f"/assignments/{address}")


class ViewsTests(RegisterTestCase):
    def test_a_month_counts_last_days_and_greys_days_off(self):
        page = self.client.get("/assignments/month/")
        days = {day.day.day: day for day in page.context["month"].days}
        self.assertEqual((len(days), days[9].tasks, days[16].tasks), (30, 1, 1))
        self.assertTrue(days[9].is_late and days[14].is_off and not days[16].is_late)
        self.assertContains(page, "?scope=all&amp;day=2026-11-09")
        self.assertEqual(len(page.context["month"].gaps), 6, "1 November 2026 is a Sunday")
        december = self.client.get("/assignments/month/?month=2026-12&scope=all")
        self.assertContains(december, "Của Văn phòng")
        self.assertContains(self.client.get("/assignments/month/?month=2027-03"), "Tháng này không có nhiệm vụ")
        self.assertEqual(self.client.get("/assignments/month/?month=x").context["month"].first.month, 11)

    def test_the_timeline_goes_from_given_to_last_day(self):
        page = self.client.get("/assignments/timeline/")
        found = page.context["timeline"]
        self.assertEqual((found.first, found.last), (dt.date(2026, 11, 5), dt.date(2026, 12, 4)))
        first = found.bars[0]
        self.assertEqual((first.assignment, first.state, first.start, first.width), (self.assignment, "late", 0, 167))
        self.assertEqual([day.month for day, _place in found.months], [12])
        self.assertTrue(all(0 <= bar.start <= bar.start + bar.width <= 1006 for bar in found.bars))
        self.client.force_login(self.hoa)
        self.assertIsNone(self.client.get("/assignments/timeline/").context["timeline"])

    def test_counts_on_time_and_late_unit_by_unit(self):
        page = self.client.get("/assignments/units/")
        lines = {line.unit: line for line in page.context["lines"]}
        office = lines[self.office]
        self.assertEqual((office.open, office.late, office.in_time, office.done_late), (1, 0, 1, 1))
        self.assertEqual(office.share_in_time, 50)
        self.assertEqual((lines[self.department].open, lines[self.department].late), (2, 1))
        self.client.force_login(self.lan)
        mine = self.client.get("/assignments/units/?scope=all").context["lines"]
        self.assertEqual([line.unit for line in mine], [self.department], "her unit supports none of the others")


class FeedTests(RegisterTestCase):
    def feed(self, user):
        return self.client.get(f"/calendar/{register.token_for(user)}/tasks.ics")

    def test_a_calendar_program_reads_the_persons_unfinished_tasks_without_signing_in(self):
        self.make_assignment(task="Trước giờ; họp, \\n gấp", due_on=dt.date(2026, 11, 17), due_time=dt.time(17))
        self.client.logout()
        answer = self.feed(self.lan)
        text = answer.content.decode().replace("\r\n ", "")
        self.assertEqual(answer["Content-Type"], "text/calendar; charset=utf-8")
        self.assertIn("no-store", answer["Cache-Control"])
        self.assertIn("DTSTART;VALUE=DATE:20261109\r\n", text)
        self.assertIn("DTSTART:20261117T100000Z\r\n", text)
        self.assertIn(f"UID:assignment-{self.assignment.pk}@", text)
        self.assertIn("Trước giờ\\; họp\\, \\\\n gấp", text)
        self.assertEqual(text.count("BEGIN:VEVENT"), 3)
        self.assertNotIn("Của Văn phòng", text)
        self.assertNotIn("BEGIN:VEVENT", self.feed(self.hoa).content.decode())

    def test_it_can_be_read_by_the_library_calendars_are_checked_with(self):
        self.client.logout()
        read = icalendar.Calendar.from_ical(self.feed(self.lan).content)
        days = {event.decoded("dtstart") for event in read.walk("VEVENT")}
        self.assertEqual(days, {dt.date(2026, 11, 9), dt.date(2026, 11, 16)})

    def test_renewed_the_old_address_opens_nothing(self):
        old = f"/calendar/{register.token_for(self.lan)}/tasks.ics"
        self.client.force_login(self.lan)
        self.assertContains(self.client.get("/assignments/calendar/"), old)
        for _time in range(2):
            self.assertRedirects(self.client.post("/assignments/calendar/renewal/"), "/assignments/calendar/")
        self.client.logout()
        self.assertEqual(self.client.get(old).status_code, 404)
        self.assertEqual(self.feed(self.lan).status_code, 200)
        self.assertEqual(self.client.get("/calendar/made-up/tasks.ics").status_code, 404)
        User.objects.filter(pk=self.lan.pk).update(is_active=False)
        self.assertEqual(self.feed(self.lan).status_code, 404)


class SendingTests(RegisterTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.boss = User.objects.create_superuser("quantri", full_name="Quản trị")
        reminders.remind(now=NOW)
        cls.mail = OutgoingMail.objects.get()

    def setUp(self):
        super().setUp()
        self.client.force_login(self.boss)

    def again(self, mail):
        return self.client.post(f"/reminders/{mail.pk}/again/")

    def give_up(self):
        OutgoingMail.objects.filter(pk=self.mail.pk).update(given_up_at=NOW, attempts=9, last_error="550 no such user")

    def test_what_is_scheduled_sent_and_failed_stands_there_without_the_words_of_a_task(self):
        self.give_up()
        page = self.client.get("/reminders/")
        self.assertContains(page, "550 no such user")
        self.assertNotContains(page, "Lập bảng so sánh")
        planned = [(line.day.day, line.person, line.tasks) for line in page.context["planned"]]
        self.assertEqual(planned[0], (13, self.lan, 2), "overdue, and three days before the other")
        self.assertEqual([tab["count"] for tab in page.context["tabs"]], [1, 0, 1, 0])
        self.assertEqual(list(self.client.get("/reminders/?state=sent").context["page"]), [])

    def test_sent_again_it_is_a_mail_of_its_own_and_once(self):
        self.again(self.mail)
        self.assertEqual(OutgoingMail.objects.count(), 1, "the first is still on its way")
        self.give_up()
        for _time in range(2):
            self.again(self.mail)
        copy = OutgoingMail.objects.exclude(pk=self.mail.pk).get()
        self.assertEqual((copy.body, copy.recipient), (self.mail.body, self.lan))
        self.assertNotEqual(copy.message_id, self.mail.message_id)
        self.assertEqual(self.assignment.reminders.get().mail, copy)
        self.assertContains(self.client.get("/reminders/"), "đã gửi lại")

    def test_it_is_not_sent_to_who_no_longer_has_the_task(self):
        self.give_up()
        Assignment.objects.update(lead_unit=self.city)
        self.again(self.mail)
        self.assertEqual(OutgoingMail.objects.count(), 1)

    def test_it_is_for_administrators(self):
        staff = make_user("staff", is_staff=True)
        for person in (self.thu, staff):
            self.client.force_login(person)
            self.assertEqual(self.client.get("/reminders/").status_code, 403)
            self.assertEqual(self.again(self.mail).status_code, 403)

    def test_the_queries_do_not_grow_with_the_mails(self):
        with CaptureQueriesContext(connection) as few:
            self.client.get("/reminders/")
        for number in range(3):
            person = make_user(f"{number}", unit=self.office)
            OutgoingMail.objects.create(key=f"reminders:x{number}", recipient=person, subject="", body="", sent_at=NOW)
        with self.assertNumQueries(len(few)):
            self.client.get("/reminders/")
