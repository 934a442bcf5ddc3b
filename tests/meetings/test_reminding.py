"""Whom tasks recall and when: rules of the meeting, one mail a morning, hours of the day, stand-ins, lateness."""

import datetime as dt

from django.utils import timezone

from accounts import outbox
from accounts.models import OutgoingMail, UnitContact
from config import handover
from meetings import following, reminder_rules, reminders, reminding, services
from meetings.models import Reminder, ReminderRule
from tests.meetings.cast import MeetingTestCase, at_noon
from tests.people import make_user

LAST_DAY = dt.date(2026, 11, 9)  # a Monday: "before 10/11"
USUAL = {"days_ahead": [3, 1], "hour": 7, "tells_supporting": False, "secretary_after": None, "chair_after": None}


def at(day, hour, minute=0):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


class ReminderRulesTests(MeetingTestCase):
    def rule(self, **fields):
        return reminder_rules.set_rule(self.meeting, by=self.thu, **USUAL | fields)

    def told(self):
        return sorted(set(Reminder.objects.values_list("recipient__username", flat=True)))

    def days(self, first, last):
        """On which days from one to the other somebody was reminded."""
        found, day = [], first
        while day <= last:
            if reminders.remind(now=at_noon(day)):
                found.append(day.day)
            day += dt.timedelta(days=1)
        return found

    def test_the_days_before_are_the_meetings_own(self):
        self.rule(days_ahead=[4, 2])
        self.assertEqual(self.days(dt.date(2026, 11, 4), LAST_DAY), [5, 7, 9])
        Reminder.objects.all().delete()
        self.rule(days_ahead=[])
        self.assertEqual(self.days(dt.date(2026, 11, 4), LAST_DAY), [9])

    def test_a_rule_with_more_days_reaches_further_ahead(self):
        self.rule(days_ahead=[30])
        far = self.make_assignment(task="Xa", due_on=dt.date(2026, 12, 20), limit="by")
        reminders.remind(now=at_noon(dt.date(2026, 11, 20)))
        self.assertEqual(far.reminders.get().occasion, "before-30")

    def test_supporting_units_secretary_and_chair_are_told_as_ruled(self):
        UnitContact.objects.create(unit=self.office, user=self.dai)
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertEqual(self.told(), ["lan"])
        self.rule(tells_supporting=True, secretary_after=1, chair_after=3)
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertEqual(self.told(), ["dai", "lan"])
        reminders.remind(now=at_noon(dt.date(2026, 11, 10)))
        self.assertEqual(self.told(), ["dai", "lan", "thu"])
        reminders.remind(now=at_noon(dt.date(2026, 11, 12)))
        self.assertEqual(self.told(), ["chi", "dai", "lan", "thu"])

    def test_the_hour_is_the_meetings_own_and_never_at_night(self):
        with self.settings(REMINDER_HOURS=(7, 19)):
            for hour, written in ((6, 0), (7, 1)):
                self.assertEqual(reminders.remind(now=at(LAST_DAY, hour)), written, hour)
            Reminder.objects.all().delete()
            self.rule(hour=14)
            for hour, written in ((8, 0), (13, 0), (19, 0), (23, 0), (14, 1)):
                self.assertEqual(reminders.remind(now=at(LAST_DAY, hour)), written, hour)

    def test_mail_written_in_the_evening_waits_for_the_morning(self):
        with self.settings(REMINDER_HOURS=(7, 19)):
            reminders.remind(now=at(LAST_DAY, 18, 59))
            mail = OutgoingMail.objects.get()
            OutgoingMail.objects.update(due_at=at(LAST_DAY, 18, 59))
            ready = OutgoingMail.objects.ready
            self.assertFalse(ready(at(LAST_DAY, 19, 1)).exists())
            self.assertEqual(ready(at(dt.date(2026, 11, 10), 7)).get(), mail)
            outbox.post(key="other", recipient=self.lan, subject="Khác", body="", due_at=at(LAST_DAY, 18))
            self.assertEqual(ready(at(LAST_DAY, 20)).get().key, "other")

    def test_all_of_a_persons_reminders_come_in_one_mail(self):
        for number in range(4):
            self.make_assignment(task=f"Việc {number}")
        late = self.make_assignment(task="Quá hạn", due_on=dt.date(2026, 11, 8), limit="by")
        self.assertEqual(reminders.remind(now=at_noon(LAST_DAY)), 6)
        mail = OutgoingMail.objects.get()
        self.assertEqual(mail.subject, "Nhắc việc: 6 nhiệm vụ, trong đó 1 nhiệm vụ quá hạn")
        self.assertLess(mail.body.index("Quá hạn"), mail.body.index("Việc 0"), "the most pressing first")
        for number in range(4):
            self.assertIn(f"Nhiệm vụ: Việc {number}\n", mail.body)
        self.assertIn(f"/assignments/{late.pk}/", mail.body)
        self.assertEqual(set(Reminder.objects.values_list("mail", flat=True)), {mail.pk})

    def test_a_person_named_is_told_once_though_also_a_contact(self):
        UnitContact.objects.create(unit=self.department, user=self.lan)
        self.make_assignment(task="Đích danh", people=[self.lan, self.hoa])
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertEqual(Reminder.objects.filter(assignment__task="Đích danh").count(), 2)
        self.assertEqual(self.told(), ["hoa", "lan"])

    def test_a_stand_in_gets_them_in_place_of_who_is_away(self):
        following.name_stand_in(
            self.lan, stand_in=self.hoa, starts_on=dt.date(2026, 11, 9), ends_on=dt.date(2027, 11, 10)
        )
        reminders.remind(now=at_noon(dt.date(2026, 11, 8)))
        self.assertEqual(self.told(), ["lan"])
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertEqual(Reminder.objects.get(occasion="last-day").recipient, self.hoa)

    def test_a_late_one_says_so_and_a_punctual_one_does_not(self):
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertNotIn("muộn", OutgoingMail.objects.get().subject)
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Xong")
        late = self.make_assignment(task="Lỡ", due_on=dt.date(2026, 11, 13), limit="by")
        reminders.remind(now=at_noon(dt.date(2026, 11, 11)))
        reminder = late.reminders.get()
        self.assertEqual((reminder.due_on, reminder.is_late), (dt.date(2026, 11, 10), True))
        self.assertIn("Nhắc muộn (còn 2 ngày)", reminder.mail.subject)
        self.assertIn("lẽ ra phải gửi ngày 10/11/2026", reminder.mail.body)

    def test_a_task_extended_or_given_to_others_meanwhile_recalls_as_it_now_stands(self):
        found = reminding.wanting(reminding.open_book(LAST_DAY), today=LAST_DAY, hour=12)
        extension = following.ask_for_time(
            self.assignment, by=self.lan, due_on=dt.date(2026, 11, 20), limit="by", reason="Chờ"
        )
        following.grant(extension, by=self.thu)
        for person, wanted in found.items():
            self.assertEqual(reminders._write(person, wanted, at_noon(LAST_DAY)), 0)
        self.assertEqual(self.days(dt.date(2026, 11, 10), dt.date(2026, 11, 20)), [17, 19, 20])

    def test_mail_that_still_waits_follows_what_became_of_its_tasks(self):
        other = self.make_assignment(task="Việc khác")
        reminders.remind(now=at_noon(LAST_DAY))
        services.move_assignment(other, by=self.lan, state="reported", note="Xong")
        reminders.remind(now=at_noon(LAST_DAY))
        mail = OutgoingMail.objects.get()
        self.assertNotIn("Việc khác", mail.body)
        self.assertIn("Lập bảng so sánh", mail.subject)
        self.assertEqual([row.assignment for row in mail.reminders.all()], [self.assignment])
        with self.settings(REMINDER_HOURS=(7, 19)):
            following.reassign(
                self.assignment, by=self.thu, lead_unit=self.city, supporting_units=[], people=[], reason="Lý do"
            )
            reminders.remind(now=at(LAST_DAY, 23))
        mail.refresh_from_db()
        self.assertIsNotNone(mail.given_up_at, "nobody is reminded of what is no longer theirs")

    def test_mail_the_server_may_have_seen_keeps_its_words(self):
        other = self.make_assignment(task="Việc khác")
        reminders.remind(now=at_noon(LAST_DAY))
        OutgoingMail.objects.update(attempts=1)
        services.move_assignment(other, by=self.lan, state="reported", note="Xong")
        reminders.remind(now=at_noon(LAST_DAY))
        self.assertIn("Việc khác", OutgoingMail.objects.get().body)

    def test_a_bundle_of_whom_the_successor_has_a_part_still_reaches_them(self):
        other = make_user("khanh")
        UnitContact.objects.create(unit=self.department, user=self.lan)
        self.make_assignment(task="Cả hai", people=[other])
        reminders.remind(now=at_noon(LAST_DAY))
        boss = make_user("quantri", is_superuser=True)
        handover.hand_over_person(self.lan, to=other, by=boss, reason="Điều động")
        waiting = OutgoingMail.objects.unsent().filter(recipient=other)
        self.assertEqual(waiting.count(), 2, "his own, and the bundle with one that only she had")

    def test_secretary_and_chair_set_the_rule_and_nobody_else(self):
        address = f"/meetings/{self.meeting.pk}/reminders/"
        form = {"days_ahead": "7, 3 1", "hour": 8, "tells_supporting": "on", "secretary_after": "", "chair_after": 5}
        self.sign_in(self.thu)
        self.assertContains(self.client.get(address), 'value="3, 1"')
        self.assertEqual(self.client.post(address, form).status_code, 302)
        rule = ReminderRule.objects.get()
        self.assertEqual((rule.days_ahead, rule.hour, rule.chair_after, rule.secretary_after), ([7, 3, 1], 8, 5, None))
        self.client.post(address, form)
        self.assertEqual(rule.history.count(), 1, "the same again changes nothing")
        for wrong in ({"days_ahead": "0"}, {"days_ahead": "x"}, {"hour": 6}, {"hour": 19}, {"chair_after": -1}):
            with self.subTest(wrong):
                self.assertEqual(self.client.post(address, form | wrong).status_code, 422)
        for person, status in ((self.dai, 403), (self.hoa, 404), (self.lan, 404)):
            self.client.force_login(person)
            self.assertEqual(self.client.get(address).status_code, status)
