import datetime as dt

from django.core import mail
from django.db import connection
from django.utils import timezone, translation

from accounts import outbox
from accounts.models import OutgoingMail, UnitContact
from meetings import reminders, reminding, services, task_queries, tasks
from meetings.models import Assignment, Reminder
from tests.meetings.cast import MeetingTestCase, at_noon
from tests.people import make_user

LAST_DAY = dt.date(2026, 11, 9)  # a Monday: "before 10/11"
ONE_DAY = dt.timedelta(days=1)


class RemindTests(MeetingTestCase):
    def keys(self):
        return list(Reminder.objects.order_by("pk").values_list("occasion", flat=True))

    def test_three_days_one_day_and_on_the_last_day_before_it_is_over_then_every_working_day(self):
        written = {}
        day = dt.date(2026, 11, 5)
        while day <= dt.date(2026, 11, 17):
            if reminders.remind(now=at_noon(day)):
                written[day] = self.keys()[-1]
            day += ONE_DAY
        self.assertEqual(
            written,
            {
                dt.date(2026, 11, 6): "before-3",
                dt.date(2026, 11, 8): "before-1",
                dt.date(2026, 11, 9): "last-day",
                dt.date(2026, 11, 10): "overdue-2026-11-10",
                dt.date(2026, 11, 11): "overdue-2026-11-11",
                dt.date(2026, 11, 12): "overdue-2026-11-12",
                dt.date(2026, 11, 13): "overdue-2026-11-13",
                dt.date(2026, 11, 16): "overdue-2026-11-16",
                dt.date(2026, 11, 17): "overdue-2026-11-17",
            },
        )

    def test_a_second_run_writes_nothing(self):
        self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 1)
        self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 0)
        self.assertEqual(OutgoingMail.objects.count(), 1)

    def test_after_days_of_outage_the_newest_reminder_comes_alone(self):
        self.assertEqual(reminders.remind(now=at_noon(dt.date(2026, 11, 12))), 1)
        self.assertEqual(self.keys(), ["overdue-2026-11-12"])

    def test_on_a_weekend_a_missed_reminder_of_friday_is_still_sent_once(self):
        self.assertEqual(reminders.remind(now=at_noon(dt.date(2026, 11, 14))), 1)
        self.assertEqual(reminders.remind(now=at_noon(dt.date(2026, 11, 15))), 0)
        self.assertEqual(self.keys(), ["overdue-2026-11-13"])

    def test_a_task_is_not_recalled_for_days_before_it_was_given(self):
        saturday = dt.datetime(2026, 11, 7, 5, tzinfo=dt.UTC)
        late = self.make_assignment(at=saturday, task="Giao sau", lead_unit=self.office)
        reminders.remind(now=at_noon(dt.date(2026, 11, 7)))
        self.assertFalse(late.reminders.exists())

    def test_contacts_of_the_lead_unit_are_reminded_else_all_its_members(self):
        other = make_user("khanh", unit=self.department)
        reminders.remind(now=at_noon(dt.date(2026, 11, 6)))
        self.assertEqual(set(Reminder.objects.values_list("recipient__username", flat=True)), {"lan", "khanh"})
        UnitContact.objects.create(unit=self.department, user=other)
        reminders.remind(now=at_noon(LAST_DAY))
        last = Reminder.objects.filter(occasion="last-day")
        self.assertEqual([reminder.recipient for reminder in last], [other])

    def test_a_contact_from_another_unit_counts_and_the_deactivated_do_not(self):
        gone = make_user("nghi", unit=self.department, is_active=False)
        UnitContact.objects.create(unit=self.department, user=gone)
        UnitContact.objects.create(unit=self.department, user=self.minh)
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertEqual([reminder.recipient for reminder in Reminder.objects.all()], [self.minh])

    def test_with_only_deactivated_contacts_the_members_are_reminded(self):
        gone = make_user("nghi", is_active=False)
        UnitContact.objects.create(unit=self.department, user=gone)
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertEqual([reminder.recipient for reminder in Reminder.objects.all()], [self.lan])

    def test_nobody_else_is_reminded(self):
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertEqual(set(OutgoingMail.objects.values_list("recipient__username", flat=True)), {"lan"})

    def test_finished_and_reported_tasks_are_silent_and_returned_ones_are_recalled(self):
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Đã trình")
        self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 0)
        services.move_assignment(self.assignment, by=self.chi, state="returned", note="Chưa đủ")
        self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 1)

    def test_a_cancelled_task_is_silent(self):
        services.move_assignment(self.assignment, by=self.chi, state="cancelled", note="Không còn cần")
        self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 0)

    def test_a_task_reported_after_the_sweep_looked_is_silent(self):
        found = reminding.wanting(reminding.open_book(LAST_DAY), today=LAST_DAY, hour=12)
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Đã trình")
        for person, wanted in found.items():
            self.assertEqual(reminders._write(person, wanted, at_noon(LAST_DAY)), 0)
        self.assertFalse(OutgoingMail.objects.exists())

    def test_one_broken_mail_does_not_silence_the_others(self):
        self.make_assignment(task="Việc khác", lead_unit=self.office)
        original = reminders._words

        def fail_for_the_first(part, person, rows, now):
            if person == self.lan:
                connection.cursor().execute("SELECT 1/0")
            return original(part, person, rows, now)

        reminders._words = fail_for_the_first
        try:
            with self.assertLogs("meetings.reminders", "ERROR"):
                self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 1)
        finally:
            reminders._words = original
        self.assertEqual(Reminder.objects.get().assignment.task, "Việc khác")
        self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 1)

    def test_what_was_sent_already_costs_the_same_however_much_it_is(self):
        UnitContact.objects.create(unit=self.department, user=self.lan)
        for count in (0, 6):
            for number in range(count):
                self.make_assignment(task=f"Việc {number}")
            reminders.remind(now=at_noon(LAST_DAY))
            with self.assertNumQueries(12):  # a savepoint and its end among them
                self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 0)


class WordsTests(MeetingTestCase):
    def mail_on(self, day, **language):
        with translation.override(language.get("language", "en")):
            reminders.remind(now=at_noon(day))
        return OutgoingMail.objects.latest("pk")

    def test_the_mail_is_vietnamese_whatever_the_language_of_the_worker(self):
        self.assertIn("còn 3 ngày", self.mail_on(dt.date(2026, 11, 6)).subject)
        self.assertIn("còn 1 ngày", self.mail_on(dt.date(2026, 11, 8)).subject)
        self.assertIn("hôm nay là ngày cuối", self.mail_on(LAST_DAY).subject)
        overdue = self.mail_on(dt.date(2026, 11, 11))
        self.assertIn("quá hạn 2 ngày", overdue.subject)
        self.assertIn("Tính đến ngày 11/11/2026: quá hạn 2 ngày.", overdue.body)

    def test_it_says_what_by_when_and_where_from(self):
        body = self.mail_on(LAST_DAY).body
        self.assertIn("Nhiệm vụ: Lập bảng so sánh", body)
        self.assertIn("Đơn vị phối hợp: Văn phòng Tỉnh ủy", body)
        self.assertIn("trước ngày 10/11/2026 (ngày cuối cùng: 09/11/2026)", body)
        self.assertIn("kết luận số 1, Hội nghị cho ý kiến ba dự thảo, ngày 05/11/2026", body)
        self.assertIn(f"/assignments/{self.assignment.pk}/", body)

    def test_it_does_not_tell_the_title_of_the_draft(self):
        self.make_assignment(task="Về dự thảo", document=self.document, lead_unit=self.front)
        self.assertNotIn(self.document.title, self.mail_on(LAST_DAY).body)

    def test_words_of_people_are_not_escaped_in_a_mail(self):
        self.make_assignment(task='So sánh "cũ" & <mới>', lead_unit=self.front)
        sent = self.mail_on(LAST_DAY)
        self.assertIn('So sánh "cũ" & <mới>', sent.body)
        self.assertIn('So sánh "cũ" & <mới>', sent.subject)

    def test_a_long_task_fits_the_subject(self):
        self.make_assignment(task="Rà soát\n" * 200, lead_unit=self.front)
        sent = self.mail_on(LAST_DAY)
        self.assertLessEqual(len(sent.subject), 250)
        self.assertNotIn("\n", sent.subject)

    def test_the_task_sends_it_after_writing_it(self):
        Assignment.objects.update(last_day=timezone.localdate(), due_on=timezone.localdate(), limit="by")
        self.assertEqual(tasks.remind(), 1)
        [message] = mail.outbox
        self.assertEqual(message.to, ["lan@example.org"])
        self.assertEqual(outbox.deliver(), 0)


class InterfaceTests(MeetingTestCase):
    def test_unseen_reminders_are_listed_once_per_task_the_most_pressing_first(self):
        self.make_assignment(task="Sau", due_on=dt.date(2026, 11, 12))
        for day in (6, 8, 9):
            reminders.remind(now=at_noon(dt.date(2026, 11, day)))
        reminders.remind(now=at_noon(dt.date(2026, 11, 10)))
        with self.assertNumQueries(1):
            recalls = task_queries.reminders_for(self.lan, today=dt.date(2026, 11, 10))
        self.assertEqual(
            [(recall.assignment.task, recall.left) for recall in recalls], [("Lập bảng so sánh", -1), ("Sau", 1)]
        )
        self.assertEqual(task_queries.reminders_for(self.minh, today=LAST_DAY), [])

    def test_a_finished_task_is_no_longer_recalled(self):
        reminders.remind(now=at_noon(LAST_DAY))
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Đã trình")
        self.assertEqual(task_queries.reminders_for(self.lan), [])

    def test_putting_one_task_aside_leaves_the_others_until_the_next_occasion(self):
        other = self.make_assignment(task="Khác")
        reminders.remind(now=at_noon(LAST_DAY))
        self.sign_in(self.lan)
        response = self.client.post("/reminders/seen/", {"assignment": self.assignment.pk, "next": "/assignments/"})
        self.assertRedirects(response, "/assignments/")
        self.assertEqual([recall.assignment for recall in task_queries.reminders_for(self.lan)], [other])
        reminders.remind(now=at_noon(LAST_DAY + ONE_DAY))
        self.assertEqual(len(task_queries.reminders_for(self.lan)), 2)

    def test_putting_all_aside(self):
        self.make_assignment(task="Khác")
        reminders.remind(now=at_noon(LAST_DAY))
        self.sign_in(self.lan)
        self.client.post("/reminders/seen/")
        self.assertEqual(task_queries.reminders_for(self.lan), [])

    def test_nobody_puts_aside_what_is_somebody_elses(self):
        reminders.remind(now=at_noon(LAST_DAY))
        self.sign_in(self.hoa)
        self.client.post("/reminders/seen/", {"assignment": self.assignment.pk})
        self.assertEqual(len(task_queries.reminders_for(self.lan)), 1)

    def test_one_does_not_leave_the_site(self):
        self.sign_in(self.lan)
        for wanted in ("https://example.com/", "//example.com", "javascript:alert(1)"):
            response = self.client.post("/reminders/seen/", {"next": wanted})
            self.assertRedirects(response, "/", fetch_redirect_response=False)

    def test_a_stranger_signs_in_and_reading_is_no_way_to_do_it(self):
        self.assertEqual(self.client.post("/reminders/seen/").status_code, 302)
        self.sign_in(self.lan)
        self.assertEqual(self.client.get("/reminders/seen/").status_code, 405)

    def test_nonsense_is_no_task(self):
        reminders.remind(now=at_noon(LAST_DAY))
        self.sign_in(self.lan)
        for nonsense in ("x", "-1", "٣"):
            self.client.post("/reminders/seen/", {"assignment": nonsense})
        self.assertEqual(len(task_queries.reminders_for(self.lan)), 1)
