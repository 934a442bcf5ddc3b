"""A task from given to done: progress, more time, other hands, stand-ins, the edition that fulfils it."""

import datetime as dt
import uuid

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts import notices
from accounts.models import Notice
from config import handover
from config.errors import RuleBrokenError
from drafts import services as drafts
from meetings import following, services
from meetings.models import Absence, Assignment, Extension, ProgressReport, ReportFile
from tests.meetings.cast import TODAY, MeetingTestCase, at_noon
from tests.people import make_user

PDF = b"%PDF-1.7 ..."


class FollowingTestCase(MeetingTestCase):
    def setUp(self):
        travel = time_machine.travel(at_noon(TODAY), tick=False)
        travel.start()
        self.addCleanup(travel.stop)
        self.page = f"/assignments/{self.assignment.pk}/"

    def task(self):
        return Assignment.objects.get(pk=self.assignment.pk)

    def post(self, user, part, data=None, **more):
        self.client.force_login(user)
        return self.client.post(f"{self.page}{part}", data or {}, **more)

    def statuses(self, part, data, **expected):
        for name, status in expected.items():
            with self.subTest(part, person=name), transaction.atomic():
                self.assertEqual(self.post(getattr(self, name), part, data).status_code, status)
                transaction.set_rollback(True)


class ProgressTests(FollowingTestCase):
    def form(self, **data):
        return {"key": uuid.uuid4(), "text": "Đã xong một nửa", "links": "", **data}

    def test_a_report_has_links_and_files_and_begins_the_work(self):
        file = SimpleUploadedFile("bảng.pdf", PDF)
        form = self.form(links="https://example.org/a?b=1\n http://example.org/c ", attachments=[file])
        self.assertRedirects(self.post(self.lan, "reports/", form), self.page)
        report = ProgressReport.objects.get()
        self.assertEqual((report.by, report.links), (self.lan, ["https://example.org/a?b=1", "http://example.org/c"]))
        self.assertEqual(self.task().state, "in_progress")
        page = self.client.get(self.page)
        self.assertContains(page, "bảng.pdf")
        self.assertContains(page, 'href="https://example.org/a?b=1"')
        stored = ReportFile.objects.get()
        answer = self.client.get(f"/assignments/reports/files/{stored.pk}/")
        self.assertEqual(b"".join(answer.streaming_content), PDF)
        self.assertIn("attachment", answer["Content-Disposition"])
        self.assertIn("sandbox", answer["Content-Security-Policy"])
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(f"/assignments/reports/files/{stored.pk}/").status_code, 404)

    def test_sent_twice_it_is_one_report(self):
        form = self.form()
        for _time in range(2):
            self.assertEqual(self.post(self.lan, "reports/", form).status_code, 302)
        self.assertEqual(ProgressReport.objects.count(), 1)
        self.assertEqual(self.assignment.history.count(), 2)

    def test_what_cannot_be_taken_comes_back_with_what_was_typed(self):
        for wrong in (
            {"text": " "},
            {"links": "javascript:alert(1)"},
            {"links": "example"},
            {"links": "https://example.org/\n" * 11},
            {"attachments": [SimpleUploadedFile("a.exe", b"MZ...")]},
        ):
            with self.subTest(wrong):
                answer = self.post(self.lan, "reports/", self.form(**{"text": "Giữ chữ này"} | wrong))
                self.assertEqual(answer.status_code, 422)
                if "text" not in wrong:
                    self.assertContains(answer, "Giữ chữ này", status_code=422)
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Xong")
        self.assertContains(self.post(self.lan, "reports/", self.form(text="Giữ")), "Giữ", status_code=409)

    def test_only_those_who_do_it_report(self):
        self.statuses("reports/", self.form(), lan=302, thu=403, chi=403, hoa=404, minh=404)

    def test_a_person_named_sees_it_and_reports(self):
        task = self.make_assignment(task="Đích danh", people=[self.hoa])
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.post(f"/assignments/{task.pk}/reports/", self.form()).status_code, 302)
        self.assertContains(self.client.get("/assignments/?scope=mine"), "Đích danh")
        self.assertContains(self.client.get(f"/assignments/{task.pk}/"), "Hoa")


class TimeTests(FollowingTestCase):
    form = {"due_on": "20/11", "limit": "by", "reason": "Chờ ý kiến các sở"}

    def ask(self, **fields):
        fields = {"due_on": dt.date(2026, 11, 20), "limit": "by", "reason": "Chờ ý kiến"} | fields
        return following.ask_for_time(self.assignment, by=self.lan, **fields)

    def test_asked_for_decided_and_on_the_record(self):
        self.assertRedirects(self.post(self.lan, "extensions/", self.form), self.page)
        extension = Extension.objects.get()
        self.assertEqual(self.task().last_day, dt.date(2026, 11, 9), "asking alone changes nothing")
        self.assertContains(self.client.get(self.page), "Chờ ý kiến các sở")
        address = f"/assignments/extensions/{extension.pk}/decision/"
        for person, status in ((self.hoa, 404), (self.lan, 403)):
            self.client.force_login(person)
            self.assertEqual(self.client.post(address, {"verdict": "grant"}).status_code, status)
        self.client.force_login(self.thu)
        self.assertEqual(self.client.post(address, {"verdict": "perhaps"}).status_code, 422)
        self.assertRedirects(self.client.post(address, {"verdict": "grant", "decision": "Đồng ý"}), self.page)
        task = self.task()
        self.assertEqual((task.due_on, task.limit, task.last_day), (dt.date(2026, 11, 20), "by", dt.date(2026, 11, 20)))
        extension.refresh_from_db()
        self.assertEqual((extension.is_granted, extension.decided_by, extension.decision), (True, self.thu, "Đồng ý"))
        self.assertEqual([row.last_day.day for row in task.history.order_by("history_id")], [9, 20])
        self.assertContains(self.client.get(self.page), "Quyết định việc gia hạn")
        answer = self.client.post(address, {"verdict": "grant"})
        self.assertContains(answer, "Đề nghị gia hạn này đã có quyết định.", status_code=409)

    def test_refusing_needs_a_reason_and_leaves_the_deadline(self):
        address = f"/assignments/extensions/{self.ask().pk}/decision/"
        self.client.force_login(self.chi)
        self.assertEqual(self.client.post(address, {"verdict": "refuse", "decision": " "}).status_code, 422)
        self.client.post(address, {"verdict": "refuse", "decision": "Phải kịp phiên họp"})
        self.assertEqual(self.task().last_day, dt.date(2026, 11, 9))
        self.assertFalse(Extension.objects.get().is_granted)
        self.ask(reason="Hỏi lại")

    def test_one_request_waits_at_a_time_and_sent_twice_it_is_one(self):
        self.assertEqual(self.ask(), self.ask())
        with self.assertRaises(RuleBrokenError):
            self.ask(reason="Khác")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Extension.objects.bulk_create([Extension(**{**row, "id": None}) for row in Extension.objects.values()])

    def test_while_one_waits_no_other_is_offered(self):
        self.sign_in(self.lan)
        form = f"{self.page}extensions/"
        self.assertContains(self.client.get(self.page), form)
        self.ask()
        self.assertNotContains(self.client.get(self.page), form)
        self.assertContains(self.post(self.lan, "extensions/", self.form), "Chờ ý kiến các sở", status_code=409)

    def test_what_is_reported_done_gets_no_more_time_unless_it_is_returned(self):
        address = f"/assignments/extensions/{self.ask().pk}/decision/"
        self.sign_in(self.thu)
        self.assertContains(self.client.get(self.page), address)
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Xong")
        self.assertNotContains(self.client.get(self.page), address)
        services.move_assignment(self.assignment, by=self.thu, state="returned", note="Chưa đủ")
        self.assertContains(self.client.get(self.page), address)

    def test_a_request_ends_with_its_task(self):
        for end in ("accepted", "cancelled"):
            with self.subTest(end), transaction.atomic():
                extension = self.ask(reason=end)
                if end == "accepted":
                    services.move_assignment(self.assignment, by=self.lan, state="reported", note="Xong")
                services.move_assignment(self.assignment, by=self.thu, state=end, note="Thôi")
                extension.refresh_from_db()
                self.assertEqual((extension.is_granted, extension.decided_by), (False, self.thu))
                self.assertEqual(extension.history.count(), 2)
                self.sign_in(self.thu)
                self.assertNotContains(self.client.get(self.page), "Không đồng ý gia hạn")
                transaction.set_rollback(True)

    def test_it_must_be_later(self):
        for due_on, limit in ((9, "by"), (10, "before"), (5, "by")):
            with self.subTest(due_on=due_on), self.assertRaises(RuleBrokenError):
                self.ask(due_on=dt.date(2026, 11, due_on), limit=limit)
        self.assertEqual(self.post(self.lan, "extensions/", self.form | {"due_on": "9/11"}).status_code, 409)
        for wrong in ({"due_on": ""}, {"reason": ""}, {"limit": "x"}, {"due_time": "x"}):
            self.assertEqual(self.post(self.lan, "extensions/", self.form | wrong).status_code, 422)
        self.statuses("extensions/", self.form, lan=302, thu=403, minh=404)

    def test_an_hour_counts_on_its_day(self):
        task = self.make_assignment(task="Trước 17 giờ", due_on=dt.date(2026, 11, 10), due_time=dt.time(17))
        self.assertEqual((task.limit, task.last_day), ("by", dt.date(2026, 11, 10)), "before an hour is on that day")
        late = Assignment.objects.late_at
        self.assertNotIn(task, late(at_noon(dt.date(2026, 11, 10))))
        self.assertIn(task, late(at_noon(dt.date(2026, 11, 10)) + dt.timedelta(hours=6)))
        self.sign_in(self.lan)
        self.assertContains(self.client.get(f"/assignments/{task.pk}/"), "trước 17:00 ngày 10/11/2026")
        self.assertContains(self.client.get("/assignments/"), "trước 17:00")


class NoticesTests(FollowingTestCase):
    def told(self, words):
        found = Notice.objects.filter(kind="task", subject__startswith=words)
        return sorted(found.values_list("recipient__username", flat=True))

    def test_chair_and_secretary_hear_of_reports_and_requests_and_the_doers_of_decisions(self):
        extension = following.ask_for_time(
            self.assignment, by=self.lan, due_on=dt.date(2026, 11, 20), limit="by", reason="Chờ"
        )
        self.assertEqual(self.told("Đề nghị gia hạn đến chậm nhất ngày 20/11/2026"), ["chi", "thu"])
        self.sign_in(self.chi)
        self.assertContains(self.client.get("/"), "Lập bảng so sánh")
        following.grant(extension, by=self.chi)
        self.assertNotContains(self.client.get("/"), 'id="reported"')
        self.assertEqual(self.told("Đã đồng ý gia hạn"), ["lan"])
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Xong")
        self.assertEqual(self.told("Nhiệm vụ đã báo cáo hoàn thành"), ["chi", "thu"])
        services.move_assignment(self.assignment, by=self.chi, state="returned", note="Chưa đủ")
        self.assertEqual(self.told("Nhiệm vụ bị trả lại"), ["lan"])
        self.assertEqual(Notice.objects.get(subject__startswith="Nhiệm vụ bị trả lại").text, "Chưa đủ")

    def test_the_new_hands_hear_of_it_and_who_lost_the_task_sees_no_notice_any_more(self):
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Xong")
        services.move_assignment(self.assignment, by=self.chi, state="returned", note="Chưa đủ")
        hers = list(Notice.objects.filter(recipient=self.lan))
        self.assertEqual(len(notices.shown_to(self.lan, hers)), 1)
        following.reassign(
            self.assignment, by=self.thu, lead_unit=self.city, supporting_units=[], people=[self.hoa], reason="Lý do"
        )
        self.assertEqual(self.told("Được giao nhiệm vụ"), ["hoa", "minh"])
        self.assertEqual(notices.shown_to(self.lan, hers), [])


class HandsTests(FollowingTestCase):
    def form(self, **data):
        return {"lead_unit": self.city.pk, "people": [self.hoa.pk], "reason": "Đúng thẩm quyền", **data}

    def test_it_goes_to_other_hands_with_the_reason(self):
        self.sign_in(self.thu)
        self.assertContains(self.client.get(f"{self.page}performers/"), "Lập bảng so sánh")
        self.assertRedirects(self.post(self.thu, "performers/", self.form()), self.page)
        task = self.task()
        self.assertEqual((task.lead_unit, task.state, task.given_on), (self.city, "new", TODAY))
        self.assertEqual([link.user for link in task.person_links.all()], [self.hoa])
        page = self.client.get(self.page)
        self.assertContains(page, "Đúng thẩm quyền")
        self.assertContains(page, "Giao nhiệm vụ cho nơi khác")
        self.assertIn(task, Assignment.objects.visible_to(self.minh))
        self.assertNotIn(task, Assignment.objects.visible_to(self.lan))

    def test_the_same_hands_change_nothing_and_it_needs_a_reason(self):
        before = self.assignment.history.count()
        following.reassign(
            self.assignment,
            by=self.thu,
            lead_unit=self.department,
            supporting_units=[self.office],
            people=[],
            reason="",
        )
        self.assertEqual(self.assignment.history.count(), before)
        self.assertEqual(self.post(self.thu, "performers/", self.form(reason=" ")).status_code, 422)
        self.statuses("performers/", self.form(), chi=302, lan=403, hoa=404)
        services.move_assignment(self.assignment, by=self.chi, state="cancelled", note="Thôi")
        self.assertEqual(self.post(self.thu, "performers/", self.form()).status_code, 409)


class AbsenceTests(FollowingTestCase):
    def away(self, **fields):
        fields = {"stand_in": self.hoa, "starts_on": TODAY, "ends_on": TODAY + dt.timedelta(days=3)} | fields
        return following.name_stand_in(self.lan, **fields)

    def test_while_one_is_away_the_other_deals_with_the_tasks_and_not_a_day_longer(self):
        form = {"stand_in": self.hoa.pk, "starts_on": "6/11/2026", "ends_on": "2026-11-09", "note": "Đi công tác"}
        self.sign_in(self.lan)
        self.assertRedirects(self.client.post("/stand-ins/", form), "/stand-ins/")
        self.assertContains(self.client.get("/stand-ins/"), "Hoa")
        self.client.force_login(self.hoa)
        self.assertContains(self.client.get("/stand-ins/"), "Lan")
        self.assertEqual(self.client.get(self.page).status_code, 200)
        self.assertContains(self.client.get("/assignments/?scope=mine"), "Lập bảng so sánh")
        report = {"key": uuid.uuid4(), "text": "Làm thay"}
        self.assertEqual(self.client.post(f"{self.page}reports/", report).status_code, 302)
        self.assertEqual(ProgressReport.objects.get().by, self.hoa)
        self.assertEqual(self.client.get(f"/drafts/{self.document.pk}/").status_code, 404, "no draft is handed over")
        with time_machine.travel(at_noon(dt.date(2026, 11, 10)), tick=False):
            self.assertEqual(self.client.get(self.page).status_code, 404)

    def test_back_sooner(self):
        absence = self.away()
        for person, status in ((self.hoa, 404), (self.lan, 302)):
            self.client.force_login(person)
            self.assertEqual(self.client.post(f"/stand-ins/{absence.pk}/end/").status_code, status)
        self.assertFalse(Absence.objects.exists(), "it had begun today")
        self.assertNotIn(self.assignment, Assignment.objects.visible_to(self.hoa))
        absence = self.away(starts_on=TODAY - dt.timedelta(days=2))
        following.end_absence(absence, by=self.lan)
        absence.refresh_from_db()
        self.assertEqual(absence.ends_on, TODAY - dt.timedelta(days=1))

    def test_one_stand_in_at_a_time_and_somebody_who_is_there(self):
        self.assertEqual(self.away(), self.away())
        gone = make_user("nghi", is_active=False)
        for wrong in (
            {"stand_in": self.dai},
            {"stand_in": self.lan, "starts_on": dt.date(2026, 12, 1), "ends_on": dt.date(2026, 12, 2)},
            {"stand_in": gone, "starts_on": dt.date(2026, 12, 1), "ends_on": dt.date(2026, 12, 2)},
            {"starts_on": dt.date(2026, 10, 1), "ends_on": dt.date(2026, 10, 2)},
        ):
            with self.subTest(wrong), self.assertRaises(RuleBrokenError):
                self.away(**wrong)
        self.sign_in(self.lan)
        form = {"stand_in": self.dai.pk, "starts_on": "6/11/2026", "ends_on": "7/11/2026"}
        self.assertEqual(self.client.post("/stand-ins/", form).status_code, 409)
        for wrong in ({"ends_on": "5/11/2026"}, {"stand_in": self.lan.pk}, {"starts_on": "x"}):
            self.assertEqual(self.client.post("/stand-ins/", form | wrong).status_code, 422)

    def test_the_successor_in_the_post_takes_over_tasks_and_standing_in(self):
        task = self.make_assignment(task="Đích danh", people=[self.hoa])
        self.away()
        boss = make_user("quantri", is_superuser=True)
        handover.hand_over_person(self.hoa, to=self.dai, by=boss, reason="Nghỉ hưu")
        self.assertEqual([link.user for link in task.person_links.all()], [self.dai])
        self.assertEqual(Absence.objects.get().stand_in, self.dai)


class EditionTests(FollowingTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.finalise = cls.make_assignment(task="Hoàn thiện dự thảo", document=cls.document, asks_for_edition=True)
        drafts.revise_article(
            cls.article_1, by=cls.lan, base_version=1, heading="Tên", text="1. Nội dung khác.", reason="Tiếp thu"
        )
        cls.second = drafts.issue_edition(cls.document, by=cls.lan, label="Dự thảo lần 2")

    def setUp(self):
        super().setUp()
        self.page = f"/assignments/{self.finalise.pk}/"

    def test_finalising_is_accepted_with_the_edition_that_fulfils_it(self):
        self.assertEqual(self.post(self.lan, "state/", {"state": "reported", "note": "Đã xong"}).status_code, 302)
        self.assertEqual(self.post(self.chi, "state/", {"state": "accepted"}).status_code, 409)
        self.assertContains(self.client.get(self.page), "Dự thảo lần 2")
        form = {"state": "accepted", "edition": self.second.pk}
        self.assertEqual(self.post(self.chi, "state/", form).status_code, 302)
        self.finalise.refresh_from_db()
        self.assertEqual((self.finalise.state, self.finalise.fulfilled_by), ("accepted", self.second))
        self.assertContains(self.client.get(self.page), f"/drafts/{self.document.pk}/?text=2")

    def test_whoever_has_no_seat_sees_no_edition(self):
        tien = make_user("tien", unit=self.department)
        form = {"state": "reported", "note": "Xong", "edition": self.second.pk}
        self.assertEqual(self.post(tien, "state/", form).status_code, 422)
        services.move_assignment(self.finalise, by=self.lan, state="reported", note="Xong", edition=self.second)
        self.client.force_login(tien)
        self.assertNotContains(self.client.get(self.page), "Dự thảo lần 2")

    def test_returned_it_asks_again_and_a_recalled_or_foreign_edition_does_not_do(self):
        services.move_assignment(self.finalise, by=self.lan, state="reported", note="Xong", edition=self.second)
        services.move_assignment(self.finalise, by=self.chi, state="returned", note="Chưa đủ")
        self.finalise.refresh_from_db()
        self.assertIsNone(self.finalise.fulfilled_by)
        with self.assertRaises(RuleBrokenError):
            services.move_assignment(self.assignment, by=self.lan, state="reported", note="Xong", edition=self.second)

    def test_only_a_task_about_a_draft_asks_for_one(self):
        self.sign_in(self.thu)
        form = {"lead_unit": self.office.pk, "task": "Rà soát", "limit": "by", "due_on": "10/12", "asks_for_edition": 1}
        address = f"/conclusions/{self.conclusion.pk}/assignments/"
        self.assertEqual(self.client.post(address, form).status_code, 422)
        answer = self.client.post(address, form | {"document": self.document.pk, "due_time": "17:00"})
        self.assertEqual(answer.status_code, 302)
        newest = Assignment.objects.latest("pk")
        self.assertEqual((newest.asks_for_edition, newest.due_time), (True, dt.time(17)))
