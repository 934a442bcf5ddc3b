import datetime as dt

import time_machine
from django.conf import settings

from accounts.models import UnitContact
from meetings import reminders, services
from meetings.models import Assignment
from tests.meetings.cast import HELD, MeetingTestCase, at_noon
from tests.people import make_unit

FRIDAY = HELD + dt.timedelta(days=1)


class NewTests(MeetingTestCase):
    def setUp(self):
        self.url = f"/conclusions/{self.conclusion.pk}/assignments/"
        self.sign_in(self.thu)

    def post(self, **data):
        form = {"lead_unit": self.office.pk, "task": "Rà soát", "limit": "before", "due_on": "10/11"}
        return self.client.post(self.url, form | data)

    def newest(self):
        return Assignment.objects.latest("pk")

    def test_a_task_is_given(self):
        response = self.post(
            supporting_units=[self.front.pk, self.office.pk], product="Bảng", document=self.document.pk
        )
        self.assertRedirects(response, f"/meetings/{self.meeting.pk}/#conclusion-{self.conclusion.pk}")
        task = self.newest()
        self.assertEqual((task.lead_unit, task.document, task.product), (self.office, self.document, "Bảng"))
        self.assertEqual(list(task.supporting_units.all()), [self.front])
        self.assertEqual((task.due_on, task.last_day), (dt.date(2026, 11, 10), dt.date(2026, 11, 9)))

    def test_days_are_read_as_people_write_them_with_the_meetings_year(self):
        for typed in ("10/11", "10/11/2026", "10-11-2026", "ngày 10/11", "2026-11-10"):
            self.assertEqual(self.post(due_on=typed).status_code, 302, typed)
            self.assertEqual(self.newest().due_on, dt.date(2026, 11, 10), typed)
        self.post(due_on="05/01")
        self.assertEqual(self.newest().due_on, dt.date(2027, 1, 5))

    def test_a_limit_typed_with_the_day_counts_and_days_are_given_in_full(self):
        """Whatever pill is chosen: the first of five working days is not counted, the last one is."""
        for typed, last_day in (
            ("trong 5 ngày làm việc", dt.date(2026, 11, 12)),
            ("5 ngày", dt.date(2026, 11, 10)),
            ("chậm nhất ngày 10/11", dt.date(2026, 11, 10)),
            ("trước ngày 10/11", dt.date(2026, 11, 9)),
        ):
            self.assertEqual(self.post(due_on=typed).status_code, 302, typed)
            self.assertEqual(self.newest().last_day, last_day, typed)
            shown = self.client.get(self.url, {"due_on": typed, "limit": "before"}, headers={"HX-Request": "true"})
            self.assertEqual(shown.context["last_day"], last_day, typed)
            self.assertEqual("theo chữ đã gõ" in shown.content.decode(), "trước" not in typed, typed)
        with_hour = {"due_on": "10/11", "limit": "before", "due_time": "17:00"}
        self.assertFalse(self.client.get(self.url, with_hour, headers={"HX-Request": "true"}).context["is_as_typed"])
        self.post(due_on="trước ngày 10/11", limit="by")
        self.assertEqual(self.newest().last_day, dt.date(2026, 11, 9))

    def test_a_day_that_has_passed_this_year_needs_its_year(self):
        with time_machine.travel(HELD):
            response = self.post(due_on="1/1")
            self.assertEqual(response.status_code, 302)
            response = self.post(due_on="1/11")
        self.assertContains(response, "Ghi đủ cả năm, như 10/11/2026", status_code=422)

    def test_a_day_may_be_picked_instead(self):
        self.assertEqual(self.post(due_on="", due_on_picked="2026-11-12", limit="by").status_code, 302)
        self.assertEqual(self.newest().last_day, dt.date(2026, 11, 12))

    def test_wrong_input_keeps_what_was_typed(self):
        dissolved = make_unit("Đơn vị cũ", dissolved_on=dt.date(2020, 1, 1))
        for wrong in (
            {"due_on": ""},
            {"due_on": "31/02"},
            {"due_on": "10/11/9999"},
            {"due_on": "10/11", "due_on_picked": "2026-11-12"},
            {"limit": "around"},
            {"lead_unit": dissolved.pk},
            {"task": " "},
            {"supporting_units": ["x"]},
        ):
            response = self.post(product="Giữ lại chữ này", **wrong)
            self.assertContains(response, "Giữ lại chữ này", status_code=422)
        self.assertEqual(Assignment.objects.count(), 1)

    def test_the_default_is_before_and_the_last_day_is_shown_while_typing(self):
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        page = self.client.get(self.url)
        self.assertContains(page, 'value="before" class="pills" required id="id_limit_0" checked')
        part = {"HX-Request": "true"}
        with time_machine.travel(FRIDAY):
            answer = self.client.get(self.url, {"due_on": "10/11", "limit": "before"}, headers=part)
            self.assertNotContains(answer, "<html")
            self.assertContains(answer, "09/11/2026")
            self.assertContains(
                self.client.get(self.url, {"due_on": "10/11", "limit": "by"}, headers=part), "10/11/2026"
            )
            self.assertIsNone(self.client.get(self.url, {"due_on": "1"}, headers=part).context["last_day"])
            early = self.client.get(self.url, {"due_on": "04/11/2026"}, headers=part)
            self.assertTrue(early.context["is_before_meeting"])
            weekend = self.client.get(self.url, {"due_on": "15/11", "limit": "by"}, headers=part)
            self.assertTrue(weekend.context["is_day_off"])

    def test_a_deadline_that_is_over_is_taken_with_a_warning(self):
        response = self.client.post(
            self.url,
            {"lead_unit": self.office.pk, "task": "Rà soát", "limit": "by", "due_on": "01/11/2020"},
            follow=True,
        )
        self.assertContains(response, 'data-kind="warning"')
        self.assertEqual(self.newest().last_day, dt.date(2020, 11, 1))

    def test_under_a_signed_conclusion_nothing_is_given_and_nothing_typed_is_lost(self):
        self.sign_notice(self.conclusion.notice)
        self.assertContains(self.post(product="Giữ lại chữ này"), "Giữ lại chữ này", status_code=422)

    def test_the_six_questions(self):
        self.assertEqual(self.client.get(self.url).status_code, 200)
        self.assertEqual(self.client.put(self.url).status_code, 405)
        for user, status in ((self.dai, 403), (self.hoa, 404), (self.lan, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
            self.assertEqual(self.post().status_code, status)
        self.client.logout()
        self.assertEqual(self.post().status_code, 302)
        self.assertEqual(Assignment.objects.count(), 1)


class RegisterTests(MeetingTestCase):
    url = "/assignments/"

    def found(self, **query):
        response = self.client.get(self.url, query)
        return [task.task for _name, _heading, rows in response.context["groups"] for task in rows]

    def test_tasks_stand_under_their_deadline(self):
        self.make_assignment(task="Muộn", due_on=dt.date(2026, 11, 6))
        self.make_assignment(task="Xa", due_on=dt.date(2026, 12, 20))
        reported = self.make_assignment(task="Đã báo cáo")
        services.move_assignment(reported, by=self.lan, state="reported", note="Xong")
        self.sign_in(self.thu)
        with time_machine.travel(FRIDAY):
            groups = self.client.get(self.url).context["groups"]
        self.assertEqual(
            {name: [task.task for task in rows] for name, _heading, rows in groups},
            {"late": ["Muộn"], "soon": ["Lập bảng so sánh"], "later": ["Xa"], "reported": ["Đã báo cáo"]},
        )

    def test_mine_my_units_and_all(self):
        self.make_assignment(task="Việc văn phòng", lead_unit=self.office, supporting_units=[self.department])
        self.make_assignment(task="Việc mặt trận", lead_unit=self.front, supporting_units=[])
        self.sign_in(self.lan)
        self.assertEqual(self.found(scope="mine"), ["Lập bảng so sánh"])
        self.assertEqual(self.found(scope="unit"), ["Lập bảng so sánh", "Việc văn phòng"])
        self.assertEqual(self.found(scope="all"), ["Lập bảng so sánh", "Việc văn phòng"])
        self.sign_in(self.thu)
        self.assertEqual(self.found(), ["Lập bảng so sánh", "Việc văn phòng", "Việc mặt trận"])
        self.sign_in(self.hoa)
        self.assertEqual(self.found(scope="all"), [])

    def test_mine_are_those_i_am_reminded_of(self):
        UnitContact.objects.create(unit=self.department, user=self.hoa)
        self.sign_in(self.hoa)
        self.assertEqual(self.found(scope="mine"), ["Lập bảng so sánh"])
        self.sign_in(self.lan)
        self.assertEqual(self.found(scope="mine"), [])
        self.assertEqual(self.found(scope="unit"), ["Lập bảng so sánh"])

    def test_filters_by_unit_state_and_meeting(self):
        other = services.convene(by=self.thu, title="Họp khác", starts_at=HELD, chair=self.chi)
        conclusion = services.add_conclusion(other, by=self.thu, text="Khác")
        self.make_assignment(task="Ở họp khác", conclusion=conclusion, lead_unit=self.front)
        self.sign_in(self.thu)
        self.assertEqual(self.found(unit=self.front.pk), ["Ở họp khác"])
        self.assertContains(self.client.get(self.url, {"unit": self.front.pk}), f'value="{self.front.pk}" selected')
        self.assertEqual(self.found(meeting=self.meeting.pk), ["Lập bảng so sánh"])
        services.move_assignment(self.assignment, by=self.lan, state="acknowledged")
        self.assertEqual(self.found(state="acknowledged"), ["Lập bảng so sánh"])
        with time_machine.travel(HELD + dt.timedelta(days=10)):
            self.sign_in(self.thu)
            self.assertEqual(len(self.found(state="late")), 2)
        services.move_assignment(self.assignment, by=self.chi, state="cancelled", note="Thôi")
        self.sign_in(self.thu)
        self.assertEqual(self.found(), ["Ở họp khác"])
        self.assertEqual(len(self.found(state="every")), 2)

    def test_counts_of_what_is_open_late_and_done_in_time_or_late(self):
        for number, (day, moment) in enumerate(((9, HELD), (9, HELD + dt.timedelta(days=9)))):
            task = self.make_assignment(task=f"Xong {number}", due_on=dt.date(2026, 11, day), limit="by")
            with time_machine.travel(moment, tick=False):
                services.move_assignment(task, by=self.lan, state="reported", note="Xong")
            services.move_assignment(task, by=self.chi, state="accepted")
        with time_machine.travel(HELD + dt.timedelta(days=10)):
            self.sign_in(self.thu)
            standing = self.client.get(self.url).context["standing"]
        expected = {"open": 1, "late": 1, "soon": 0, "reported": 0, "in_time": 1, "done_late": 1}
        self.assertEqual(standing, expected)

    def test_nonsense_in_the_address_is_harmless(self):
        self.sign_in(self.thu)
        for query in ({"unit": "x"}, {"meeting": "-1"}, {"state": "x"}, {"scope": "x"}, {"page": "x"}):
            self.assertEqual(self.client.get(self.url, query).status_code, 200)
        self.assertEqual(self.client.get(self.url, {"unit": "9" * 30}).status_code, 200)

    def test_the_queries_do_not_grow(self):
        self.sign_in(self.thu)
        for count in (0, 10):
            for number in range(count):
                self.make_assignment(task=f"Việc {number}", lead_unit=make_unit(f"Sở {number}"))
            with self.assertNumQueries(9):
                self.client.get(self.url)

    def test_the_six_questions(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        self.sign_in(self.hoa)
        self.assertContains(self.client.get(self.url), 'class="empty"')
        self.assertEqual(self.client.post(self.url).status_code, 405)


class AssignmentTests(MeetingTestCase):
    def setUp(self):
        self.url = f"/assignments/{self.assignment.pk}/"
        self.state = f"{self.url}state/"

    def move(self, user, state, note="", status=302):
        self.sign_in(user)
        response = self.client.post(self.state, {"state": state, "note": note})
        self.assertEqual(response.status_code, status, (user, state))
        return response

    def test_it_says_where_the_task_comes_from_without_opening_the_meeting(self):
        self.sign_in(self.lan)
        response = self.client.get(self.url)
        self.assertContains(response, self.conclusion.text)
        self.assertContains(response, self.meeting.title)
        self.assertNotContains(response, f"/meetings/{self.meeting.pk}/")
        self.sign_in(self.thu)
        self.assertContains(self.client.get(self.url), f"/meetings/{self.meeting.pk}/")

    def test_the_draft_is_named_to_those_with_a_seat_only(self):
        task = self.make_assignment(document=self.document, lead_unit=self.office, supporting_units=[self.city])
        self.sign_in(self.minh)
        self.assertContains(self.client.get(f"/assignments/{task.pk}/"), f"/drafts/{self.document.pk}/")
        self.sign_in(self.tam)
        response = self.client.get(f"/assignments/{task.pk}/")
        self.assertNotContains(response, f"/drafts/{self.document.pk}/")
        self.assertNotContains(response, self.document.title)

    def test_lead_unit_and_chair_take_it_to_its_end_and_the_history_says_how(self):
        self.move(self.lan, "acknowledged")
        self.move(self.lan, "reported", "Đã trình bảng so sánh")
        self.move(self.chi, "returned", "Thiếu Điều 5")
        self.move(self.lan, "reported", "Đã bổ sung Điều 5")
        self.move(self.thu, "accepted")
        self.sign_in(self.lan)
        response = self.client.get(self.url)
        self.assertEqual(
            [(step.state, step.by, step.note) for step in response.context["steps"]],
            [
                ("new", self.thu, ""),
                ("acknowledged", self.lan, ""),
                ("reported", self.lan, "Đã trình bảng so sánh"),
                ("returned", self.chi, "Thiếu Điều 5"),
                ("reported", self.lan, "Đã bổ sung Điều 5"),
                ("accepted", self.thu, ""),
            ],
        )
        self.assertContains(response, "Thiếu Điều 5")

    def test_each_is_offered_only_what_they_may_do_next(self):
        offers = {
            self.lan: ["acknowledged", "in_progress", "reported"],
            self.chi: ["cancelled"],
            self.thu: ["cancelled"],
        }
        for user, states in offers.items():
            self.sign_in(user)
            self.assertEqual([c["state"] for c in self.client.get(self.url).context["choices"]], states)

    def test_a_supporting_unit_looks_on(self):
        task = self.make_assignment(lead_unit=self.department, supporting_units=[self.city])
        self.sign_in(self.minh)
        self.assertEqual(self.client.get(f"/assignments/{task.pk}/").context["choices"], [])
        response = self.client.post(f"/assignments/{task.pk}/state/", {"state": "reported", "note": "x"})
        self.assertEqual(response.status_code, 403)

    def test_words_are_needed_and_kept_when_refused(self):
        self.move(self.lan, "reported", "  ", status=422)
        self.assertContains(self.move(self.lan, "reported", "x" * 20_001, status=422), "x" * 20_001, status_code=422)
        self.move(self.chi, "cancelled", "", status=422)
        self.move(self.lan, "nonsense", status=422)
        response = self.move(self.chi, "returned", "Viết mà chưa tới lượt", status=409)
        self.assertEqual(Assignment.objects.get(pk=self.assignment.pk).state, "new")
        self.assertEqual(response.context["assignment"].state, "new")

    def test_a_second_click_does_nothing_twice(self):
        self.move(self.lan, "acknowledged")
        self.move(self.lan, "acknowledged", status=409)
        self.assertEqual(self.assignment.history.count(), 2)

    def test_those_who_decide_see_the_reminders_sent(self):
        reminders.remind(now=at_noon(dt.date(2026, 11, 9)))
        self.sign_in(self.thu)
        self.assertEqual(len(self.client.get(self.url).context["reminders"]), 1)
        self.sign_in(self.lan)
        self.assertIsNone(self.client.get(self.url).context["reminders"])

    def test_the_six_questions(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        self.assertEqual(self.client.post(self.state).status_code, 302)
        for user in (self.hoa, self.minh, self.dai):
            self.sign_in(user)
            self.assertEqual(self.client.get(self.url).status_code, 404)
            self.assertEqual(self.client.post(self.state, {"state": "acknowledged"}).status_code, 404)
        self.move(self.thu, "acknowledged", status=403)
        self.move(self.lan, "accepted", status=403)
        self.move(self.lan, "cancelled", "x", status=403)
        self.assertEqual(self.client.post(self.url).status_code, 405)
        self.assertEqual(self.client.get(self.state).status_code, 405)

    def test_the_queries_do_not_grow_with_the_history(self):
        self.sign_in(self.thu)
        with self.assertNumQueries(12):
            self.client.get(self.url)
        for state in ("acknowledged", "in_progress"):
            services.move_assignment(self.assignment, by=self.lan, state=state)
        reminders.remind(now=at_noon(dt.date(2026, 11, 9)))
        reminders.remind(now=at_noon(dt.date(2026, 11, 10)))
        with self.assertNumQueries(12):
            self.client.get(self.url)
