"""The calendar of working days: as announced, as kept by administrators, as reminders and deadlines use it."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from accounts.models import User
from meetings import deadlines, public_holidays, reminders
from meetings.models import Reminder, SpecialDay
from meetings.working_days import work_calendar
from tests.meetings.cast import MeetingTestCase, at_noon
from tests.people import allow, make_user


def day(words):
    number, month, year = map(int, words.split("/"))
    return dt.date(year, month, number)


def load():
    """As a new database begins; tests that empty all tables have taken it away."""
    SpecialDay.objects.all().delete()
    for holidays in (public_holidays.SETTLED, public_holidays.EXPECTED):
        for one in holidays:
            kind = SpecialDay.Kind.WORKED if one.is_worked else SpecialDay.Kind.OFF
            settled = holidays is public_holidays.SETTLED
            SpecialDay.objects.create(day=one.day, name=one.name, kind=kind, is_settled=settled)


class HolidaysTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load()
        cls.calendar = work_calendar()

    def test_new_year_the_kings_and_the_national_day_are_days_off_in_every_year(self):
        off = (
            "1/1/2025 29/1/2025 7/4/2025 2/5/2025 2/9/2025 1/1/2026 2/1/2026 17/2/2026 20/2/2026 27/4/2026"
            " 31/8/2026 2/9/2026 1/1/2027 5/2/2027 11/2/2027 16/4/2027 3/5/2027 2/9/2027"
        )
        for words in off.split():
            with self.subTest(words):
                self.assertFalse(self.calendar.is_working_day(day(words)))

    def test_days_worked_in_exchange_and_the_days_beside_a_holiday_are_worked(self):
        for words in "26/4/2025 10/1/2026 22/8/2026 24/1/2025 3/2/2025 13/2/2026 23/2/2026 3/9/2026 12/2/2027".split():
            with self.subTest(words):
                self.assertTrue(self.calendar.is_working_day(day(words)))

    def test_every_row_says_something_that_a_weekend_does_not(self):
        for one in (*public_holidays.SETTLED, *public_holidays.EXPECTED):
            with self.subTest(one.day):
                self.assertEqual(one.day.weekday() >= 5, one.is_worked)

    def test_ten_working_days_reach_over_tet_and_count_a_saturday_worked(self):
        self.assertEqual(self.calendar.count_on(day("9/2/2026"), 10), day("2/3/2026"))
        self.assertEqual(self.calendar.count_on(day("20/8/2026"), 3), day("24/8/2026"))
        self.assertEqual(self.calendar.count_on(day("21/8/2026"), 1), day("22/8/2026"))

    def test_a_typed_stretch_of_time_is_counted(self):
        read = deadlines.read_span
        since = day("9/2/2026")
        for words, ends in {
            "10 ngày làm việc": "2/3/2026",
            "trong vòng 10 ngày làm việc": "2/3/2026",
            "Trong thời hạn 10 ngày": "19/2/2026",
        }.items():
            self.assertEqual(read(words, since=since, calendar=self.calendar), day(ends), words)
        for words in ("0 ngày", "ngày 10", "10", "vài ngày", "10 tháng"):
            self.assertIsNone(read(words, since=since, calendar=self.calendar), words)

    def test_only_weekends_are_worked_in_exchange_and_every_day_says_why(self):
        for fields in ({"kind": "worked", "name": "Làm bù"}, {"kind": "off", "name": ""}):
            with self.subTest(fields), self.assertRaises(IntegrityError), transaction.atomic():
                SpecialDay.objects.create(day=day("6/7/2026"), **fields)


class InUseTests(MeetingTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        load()
        cls.tet = cls.make_assignment(task="Trước Tết", due_on=day("13/2/2026"), limit="by", at=noon("2/2/2026"))

    def test_an_overdue_task_rests_over_tet(self):
        since = day("14/2/2026")
        written = []
        for number in range(12):
            today = since + dt.timedelta(days=number)
            before = Reminder.objects.filter(assignment=self.tet).count()
            reminders.remind(now=at_noon(today))
            if Reminder.objects.filter(assignment=self.tet).count() > before and number:
                written.append(today)
        self.assertEqual(written, [day("23/2/2026"), day("24/2/2026"), day("25/2/2026")])

    def test_a_deadline_is_typed_in_working_days_from_the_meeting(self):
        self.sign_in(self.thu)
        address = f"/conclusions/{self.conclusion.pk}/assignments/"
        SpecialDay.objects.create(day=day("9/11/2026"), name="Nghỉ")
        part = self.client.get(address, {"due_on": "3 ngày làm việc", "limit": "by"}, headers={"HX-Request": "true"})
        self.assertContains(part, "11/11/2026")
        form = {"lead_unit": self.office.pk, "task": "Rà soát", "limit": "by", "due_on": "3 ngày làm việc"}
        self.client.post(address, form)
        self.assertEqual(self.conclusion.assignments.latest("pk").last_day, day("11/11/2026"))


class AdministrationTests(TestCase):
    address = "/admin/meetings/specialday/"

    def test_administrators_keep_the_table_and_who_changed_it_stays_on_record(self):
        load()
        boss = User.objects.create_superuser("quantri", full_name="Quản trị")
        self.client.force_login(boss)
        page = self.client.get(self.address, {"day__year": 2026})
        self.assertEqual(len(page.context["cl"].result_list), 15)
        form = {"day": "2027-02-12", "kind": "off", "name": "Tết Nguyên đán", "is_settled": "on"}
        self.assertEqual(self.client.post(f"{self.address}add/", form).status_code, 302)
        added = SpecialDay.objects.get(day=day("12/2/2027"))
        self.assertEqual(added.history.get().history_user, boss)
        self.assertEqual(self.client.get(f"{self.address}{added.pk}/history/").status_code, 200)
        self.assertFalse(work_calendar().is_working_day(day("12/2/2027")))
        self.client.post(f"{self.address}{added.pk}/delete/", {"post": "yes"})
        self.assertTrue(work_calendar().is_working_day(day("12/2/2027")))

    def test_the_right_can_be_given_and_others_do_not_get_in(self):
        staff = make_user("staff", is_staff=True)
        self.client.force_login(staff)
        self.assertEqual(self.client.get(self.address).status_code, 403)
        allow(staff, "meetings.view_specialday")
        self.assertEqual(self.client.get(self.address).status_code, 200)


def noon(words):
    return timezone.make_aware(dt.datetime.combine(day(words), dt.time(12)))
