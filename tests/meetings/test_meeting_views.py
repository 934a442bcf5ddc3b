import datetime as dt
import re

import time_machine
from django.utils import timezone

from comments import services as comments
from drafts import services as drafts
from drafts.models import Seat
from meetings import services
from meetings.models import Attendance, Meeting
from tests.meetings.cast import HELD, MeetingTestCase
from tests.people import make_document, make_unit, make_user

FORM = {
    "title": "Phiên họp Ban Thường vụ",
    "day": "2026-12-01",
    "begins": "14:00",
    "ends": "16:30",
    "place": "Phòng họp số 2",
}


class ListTests(MeetingTestCase):
    url = "/meetings/"

    def titles(self, **query):
        return [meeting.title for meeting in self.client.get(self.url, query).context["page"]]

    def test_meetings_to_come_and_held_are_apart(self):
        later = services.convene(by=self.thu, title="Sắp tới", starts_at=HELD + dt.timedelta(days=3), chair=self.chi)
        services.invite(later, by=self.thu, user=self.dai)
        with time_machine.travel(HELD + dt.timedelta(days=1)):
            self.sign_in(self.dai)
            self.assertEqual(self.titles(), ["Sắp tới"])
            self.assertEqual(self.titles(view="held"), [self.meeting.title])
            self.assertEqual(self.titles(view="kept"), [])
            self.sign_in(self.thu)
            self.assertEqual(self.titles(view="kept"), ["Sắp tới", self.meeting.title])

    def test_a_meeting_going_on_is_still_to_come(self):
        with time_machine.travel(HELD + dt.timedelta(hours=2)):
            self.sign_in(self.chi)
            self.assertEqual(self.titles(view="coming"), [self.meeting.title])

    def test_each_person_sees_the_meetings_they_have_a_part_in(self):
        for user, seen in ((self.thu, 1), (self.chi, 1), (self.minh, 1), (self.tam, 1), (self.dai, 1), (self.lan, 0)):
            self.sign_in(user)
            self.assertEqual(len(self.titles(view="held")) + len(self.titles(view="coming")), seen, user)

    def test_only_those_with_the_right_are_offered_to_convene(self):
        self.sign_in(self.thu)
        self.assertContains(self.client.get(self.url), "/meetings/new/")
        self.sign_in(self.minh)
        self.assertNotContains(self.client.get(self.url), "/meetings/new/")

    def test_the_queries_do_not_grow(self):
        self.sign_in(self.thu)
        for count in (0, 8):
            for number in range(count):
                meeting = services.convene(by=self.thu, title=f"Họp {number}", starts_at=HELD, chair=self.chi)
                services.add_conclusion(meeting, by=self.thu, text="Kết luận")
            with self.assertNumQueries(6):
                self.client.get(self.url, {"view": "kept"})

    def test_a_stranger_signs_in_and_nothing_can_be_posted(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        self.sign_in(self.thu)
        self.assertEqual(self.client.post(self.url).status_code, 405)

    def test_nonsense_in_the_address_is_harmless(self):
        self.sign_in(self.thu)
        for query in ({"view": "x"}, {"page": "-1"}, {"page": "99999999999999999999"}):
            self.assertEqual(self.client.get(self.url, query).status_code, 200)


class NewTests(MeetingTestCase):
    url = "/meetings/new/"

    def data(self, **fields):
        return FORM | {"chair": self.chi.pk, "secretary": self.thu.pk} | fields

    def test_a_secretary_convenes_a_meeting(self):
        self.sign_in(self.thu)
        response = self.client.post(self.url, self.data(body=self.office.pk))
        meeting = Meeting.objects.get(title=FORM["title"])
        self.assertRedirects(response, f"/meetings/{meeting.pk}/")
        self.assertEqual(timezone.localtime(meeting.starts_at).strftime("%d/%m/%Y %H:%M"), "01/12/2026 14:00")
        self.assertEqual(timezone.localtime(meeting.ends_at).strftime("%H:%M"), "16:30")
        self.assertEqual((meeting.chair, meeting.secretary, meeting.body), (self.chi, self.thu, self.office))

    def test_a_day_may_be_typed_the_vietnamese_way(self):
        self.sign_in(self.thu)
        self.client.post(self.url, self.data(day="01/12/2026", ends=""))
        self.assertEqual(timezone.localdate(Meeting.objects.get(title=FORM["title"]).starts_at), dt.date(2026, 12, 1))

    def test_wrong_input_comes_back_with_what_was_typed(self):
        self.sign_in(self.thu)
        gone = make_user("nghi", is_active=False)
        for wrong in ({"title": " "}, {"day": "31/02/2026"}, {"ends": "13:00"}, {"chair": gone.pk}, {"begins": "x"}):
            response = self.client.post(self.url, self.data(**wrong))
            self.assertContains(response, FORM["place"], status_code=422)
        self.assertFalse(Meeting.objects.filter(place=FORM["place"]).exists())

    def test_others_are_told_why_not(self):
        self.sign_in(self.minh)
        for response in (self.client.get(self.url), self.client.post(self.url, self.data())):
            self.assertEqual(response.status_code, 403)
        self.assertFalse(Meeting.objects.filter(title=FORM["title"]).exists())

    def test_a_stranger_signs_in_and_it_cannot_be_deleted(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        self.sign_in(self.thu)
        self.assertEqual(self.client.delete(self.url).status_code, 405)


class MeetingPageTests(MeetingTestCase):
    def setUp(self):
        self.url = f"/meetings/{self.meeting.pk}/"

    def test_everybody_asked_reads_agenda_attendees_and_conclusions(self):
        for user in (self.thu, self.chi, self.dai, self.minh, self.tam):
            self.sign_in(user)
            response = self.client.get(self.url)
            self.assertContains(response, "Quy chế làm việc")
            self.assertContains(response, "Vụ trưởng, Ban Tổ chức Trung ương")
            self.assertContains(response, self.conclusion.text)
            self.assertContains(response, "Lập bảng so sánh")

    def test_others_find_nothing_and_strangers_sign_in(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        missing = "/meetings/999999/"
        for user in (self.hoa, self.lan):
            self.sign_in(user)
            self.assertEqual(self.client.get(self.url).status_code, 404)
            self.assertEqual(self.words_of(self.url), self.words_of(missing))

    def words_of(self, url):
        """The answer without what differs each time: its own address and the token against forgery."""
        page = self.client.get(url).content.decode().replace(url, "")
        return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", page)

    def test_it_cannot_be_posted_to(self):
        self.sign_in(self.thu)
        self.assertEqual(self.client.post(self.url).status_code, 405)

    def test_only_the_keepers_get_forms_and_only_the_chair_signs(self):
        for user, forms, signs in ((self.thu, True, False), (self.chi, True, True), (self.dai, False, False)):
            self.sign_in(user)
            page = self.client.get(self.url).content.decode()
            self.assertEqual(f"{self.url}agenda/" in page, forms)
            self.assertEqual(f"{self.url}agreement/" in page, signs)

    def test_a_draft_opens_for_those_with_a_seat_and_shows_others_no_more_than_the_matter(self):
        secret = make_document(by=self.lan, title="Canary7 tên dự thảo")
        drafts.give_seat(secret, by=self.lan, role=Seat.Role.SECRETARY, user=self.thu)
        drafts.issue_edition(secret, by=self.lan, label="Canary7 lần phát hành")
        services.add_agenda_item(self.meeting, by=self.thu, title="Mục hai", document=secret)
        self.conclusion.documents.add(secret)
        task = self.make_assignment(document=secret, lead_unit=self.city, task="Việc của thành ủy")
        self.sign_in(self.thu)
        self.assertContains(self.client.get(self.url), "Canary7 lần phát hành")
        self.assertContains(self.client.get(self.url), f'href="/drafts/{secret.pk}/"')
        for user in (self.minh, self.tam, self.dai, self.chi):
            self.sign_in(user)
            for url in (self.url, f"/assignments/{task.pk}/", "/assignments/", f"{self.url}conclusions/"):
                page = self.client.get(url).content.decode()
                self.assertNotIn("Canary7", page, (user, url))
                self.assertNotIn(f"/drafts/{secret.pk}/", page, (user, url))
            self.assertContains(self.client.get(self.url), "Mục hai")

    def test_a_task_opens_for_its_units_only(self):
        address = f"/assignments/{self.assignment.pk}/"
        self.sign_in(self.minh)
        self.assertNotContains(self.client.get(self.url), address)
        task = self.make_assignment(lead_unit=self.city)
        self.assertContains(self.client.get(self.url), f"/assignments/{task.pk}/")

    def test_the_queries_do_not_grow(self):
        for user, most in ((self.thu, 29), (self.dai, 21)):
            self.sign_in(user)
            self.client.get(self.url)
            with self.assertNumQueries(most):
                self.client.get(self.url)
        for number in range(6):
            services.add_agenda_item(self.meeting, by=self.thu, title=f"Mục {number}", document=self.document)
            services.invite(self.meeting, by=self.thu, user=make_user(f"khach{number}", unit=self.front))
            conclusion = services.add_conclusion(
                self.meeting, by=self.thu, text=f"Kết luận {number}", documents=[self.document]
            )
            self.make_assignment(conclusion=conclusion, lead_unit=make_unit(f"Sở {number}"))
        for user, most in ((self.thu, 29), (self.dai, 21)):
            self.sign_in(user)
            with self.assertNumQueries(most):
                self.client.get(self.url)

    def test_how_it_stands_with_each_draft_and_only_with_what_one_may_see(self):
        other = make_document(by=self.lan, title="Quy chế thứ hai")
        drafts.give_seat(other, by=self.lan, role=Seat.Role.READER, user=self.thu)
        services.add_agenda_item(self.meeting, by=self.thu, title="Mục hai", document=other)
        first, second = (self.say(self.edition, self.minh, f"Góp ý {n}") for n in "12")
        comments.answer_comment(first, by=self.lan, outcome="accepted")
        services.edit_conclusion(
            self.conclusion, by=self.thu, text="Sửa", gives_no_task=False, articles=[self.article_1], comments=[second]
        )
        Meeting.objects.update(starts_at=timezone.now())
        drafts.revise_article(self.article_2, by=self.lan, base_version=1, heading="", text="Đã sửa.", reason="Họp")
        for user, rows in (
            (self.thu, [(self.document, 2, 1, 1, 1), (other, 0, 0, 0, None)]),
            (self.minh, [(self.document, 2, 1, 1, None)]),
            (self.tam, []),
        ):
            self.sign_in(user)
            response = self.client.get(self.url)
            found = [
                (r.document, r.comments, r.taken_in, r.still_open, r.changed) for r in response.context["page"].on_table
            ]
            self.assertEqual(found, rows)
            for address in (f"/drafts/{self.document.pk}/articles/{self.article_1.wid}/", f"/comments/{second.pk}/"):
                self.assertEqual(address in response.content.decode(), bool(rows), (user, address))

    def test_what_people_wrote_is_shown_not_run(self):
        services.add_conclusion(self.meeting, by=self.thu, text="<script>alert(1)</script>")
        self.sign_in(self.dai)
        self.assertNotContains(self.client.get(self.url), "<script>alert(1)")


class ArrangementsTests(MeetingTestCase):
    def setUp(self):
        self.url = f"/meetings/{self.meeting.pk}/arrangements/"

    def data(self, **fields):
        return FORM | {"chair": self.chi.pk, "secretary": self.thu.pk} | fields

    def test_the_form_shows_the_meeting_as_it_is_and_saves_it(self):
        self.sign_in(self.thu)
        page = self.client.get(self.url)
        self.assertContains(page, self.meeting.title)
        self.assertContains(page, 'value="2026-11-05"')
        self.assertContains(page, 'value="14:00"')
        self.assertRedirects(self.client.post(self.url, self.data()), f"/meetings/{self.meeting.pk}/")
        self.meeting.refresh_from_db()
        self.assertEqual(self.meeting.title, FORM["title"])

    def test_who_hands_the_record_over_is_led_away(self):
        self.sign_in(self.thu)
        self.assertRedirects(self.client.post(self.url, self.data(secretary=self.hoa.pk)), "/meetings/")

    def test_the_six_questions(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        for user, status in ((self.dai, 403), (self.hoa, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
            self.assertEqual(self.client.post(self.url, self.data()).status_code, status)
        self.sign_in(self.thu)
        self.assertEqual(self.client.post(self.url, self.data(title="")).status_code, 422)
        self.assertEqual(self.client.put(self.url).status_code, 405)


class AgendaTests(MeetingTestCase):
    def setUp(self):
        self.url = f"/meetings/{self.meeting.pk}/agenda/"

    def titles(self):
        return list(self.meeting.agenda.values_list("title", flat=True))

    def test_a_draft_is_put_on_the_agenda_in_its_latest_edition(self):
        self.sign_in(self.thu)
        data = {"agenda-document": self.document.pk, "agenda-presenter": "Trưởng Ban", "agenda-minutes": "30"}
        self.assertRedirects(self.client.post(self.url, data), f"/meetings/{self.meeting.pk}/#agenda")
        item = self.meeting.agenda.last()
        self.assertEqual((item.title, item.edition, item.minutes), (self.document.title, self.edition, 30))

    def test_a_draft_the_secretary_has_no_seat_on_is_no_choice(self):
        other = make_document(by=self.lan, title="Canary8")
        self.sign_in(self.thu)
        response = self.client.post(self.url, {"agenda-document": other.pk})
        self.assertEqual(response.status_code, 422)
        self.assertNotIn("Canary8", response.content.decode())
        self.assertEqual(len(self.titles()), 1)

    def test_wrong_input_keeps_what_was_typed(self):
        self.sign_in(self.thu)
        response = self.client.post(self.url, {"agenda-presenter": "Trưởng Ban Nội chính", "agenda-minutes": "-1"})
        self.assertContains(response, "Trưởng Ban Nội chính", status_code=422)

    def test_moving_and_removing(self):
        second = services.add_agenda_item(self.meeting, by=self.thu, title="Hai")
        self.sign_in(self.thu)
        place, removal = f"{self.url}{second.pk}/place/", f"{self.url}{second.pk}/removal/"
        self.client.post(place, {"to": "up"})
        self.assertEqual(self.titles(), ["Hai", "Quy chế làm việc"])
        self.assertEqual(self.client.post(place, {"to": "sideways"}).status_code, 422)
        self.client.post(removal)
        self.assertEqual(self.titles(), ["Quy chế làm việc"])
        self.assertEqual(self.client.post(removal).status_code, 404)

    def test_the_six_questions(self):
        urls = [self.url, f"{self.url}{self.item.pk}/place/", f"{self.url}{self.item.pk}/removal/"]
        for url in urls:
            self.client.logout()
            self.assertEqual(self.client.post(url).status_code, 302)
            for user, status in ((self.dai, 403), (self.hoa, 404)):
                self.sign_in(user)
                self.assertEqual(self.client.post(url, {"agenda-title": "x", "to": "up"}).status_code, status)
            self.sign_in(self.thu)
            self.assertEqual(self.client.get(url).status_code, 405)
        self.assertEqual(len(self.titles()), 1)

    def test_an_item_of_another_meeting_is_not_found(self):
        other = services.convene(by=self.thu, title="Khác", starts_at=HELD, chair=self.chi)
        self.sign_in(self.thu)
        response = self.client.post(f"/meetings/{other.pk}/agenda/{self.item.pk}/removal/")
        self.assertEqual(response.status_code, 404)


class AttendanceTests(MeetingTestCase):
    def setUp(self):
        self.attendees = f"/meetings/{self.meeting.pk}/attendees/"
        self.url = f"/meetings/{self.meeting.pk}/attendance/"

    def state(self, attendance):
        return Attendance.objects.get(pk=attendance.pk).state

    def test_people_units_and_guests_are_asked_in_one_act(self):
        self.sign_in(self.thu)
        data = {
            "invitation-people": [self.lan.pk],
            "invitation-units": [self.department.pk],
            "invitation-guests": "Vụ trưởng A\n\n Vụ trưởng B ",
        }
        self.assertRedirects(self.client.post(self.attendees, data), f"/meetings/{self.meeting.pk}/#attendees")
        self.assertEqual(self.meeting.attendances.count(), 7)
        self.sign_in(self.lan)
        self.assertEqual(self.client.get(f"/meetings/{self.meeting.pk}/").status_code, 200)

    def test_asking_nobody_or_the_deactivated_is_refused(self):
        gone = make_user("nghi", is_active=False)
        self.sign_in(self.thu)
        for data in (
            {},
            {"invitation-people": [gone.pk]},
            {"invitation-guests": "x" * 201},
            {"invitation-guests": ";\n; ;"},
            {"invitation-units": ["y"]},
        ):
            self.assertEqual(self.client.post(self.attendees, data).status_code, 422)
        self.assertEqual(self.meeting.attendances.count(), 3)

    def test_a_tick_is_saved_at_once_and_the_counts_come_back(self):
        self.sign_in(self.thu)
        data = {f"state-{self.dai_place.pk}": "present"}
        response = self.client.post(self.url, data, headers={"HX-Request": "true"})
        self.assertTemplateUsed(response, "meetings/_attendance_counts.html")
        self.assertNotContains(response, "<html")
        self.assertEqual(response.context["counts"]["present"], 1)
        self.assertEqual(self.state(self.dai_place), "present")

    def test_without_script_the_whole_list_is_saved_and_nobodys_newer_tick_is_taken_back(self):
        services.record_attendance(self.meeting, by=self.chi, states={self.unit_place.pk: "excused"})
        self.sign_in(self.thu)
        stale = {
            f"was-{self.unit_place.pk}": "invited",
            f"state-{self.unit_place.pk}": "invited",
            f"was-{self.dai_place.pk}": "invited",
            f"state-{self.dai_place.pk}": "absent",
        }
        self.assertRedirects(self.client.post(self.url, stale), f"/meetings/{self.meeting.pk}/#attendees")
        self.assertEqual((self.state(self.unit_place), self.state(self.dai_place)), ("excused", "absent"))

    def test_a_state_that_does_not_exist_is_refused(self):
        self.sign_in(self.thu)
        data = {f"state-{self.dai_place.pk}": "asleep"}
        self.assertEqual(self.client.post(self.url, data).status_code, 422)
        self.assertEqual(self.client.post(self.url, data, headers={"HX-Request": "true"}).status_code, 422)
        self.assertEqual(self.state(self.dai_place), "invited")

    def test_attendees_of_other_meetings_are_left_alone(self):
        other = services.convene(by=self.thu, title="Khác", starts_at=HELD, chair=self.chi)
        elsewhere = services.invite(other, by=self.thu, user=self.minh)
        self.sign_in(self.thu)
        self.client.post(self.url, {f"state-{elsewhere.pk}": "present"})
        self.assertEqual(self.state(elsewhere), "invited")
        removal = f"/meetings/{self.meeting.pk}/attendees/{elsewhere.pk}/removal/"
        self.assertEqual(self.client.post(removal).status_code, 404)

    def test_somebody_is_taken_off_the_list(self):
        self.sign_in(self.thu)
        self.client.post(f"{self.attendees}{self.guest_place.pk}/removal/")
        self.assertFalse(Attendance.objects.filter(pk=self.guest_place.pk).exists())
        services.record_attendance(self.meeting, by=self.thu, states={self.dai_place.pk: "present"})
        self.assertEqual(self.client.post(f"{self.attendees}{self.dai_place.pk}/removal/").status_code, 409)

    def test_the_six_questions(self):
        for url in (self.url, self.attendees, f"{self.attendees}{self.dai_place.pk}/removal/"):
            self.client.logout()
            self.assertEqual(self.client.post(url).status_code, 302)
            for user, status in ((self.dai, 403), (self.hoa, 404)):
                self.sign_in(user)
                data = {f"state-{self.dai_place.pk}": "present", "invitation-guests": "x"}
                self.assertEqual(self.client.post(url, data).status_code, status)
            self.sign_in(self.thu)
            self.assertEqual(self.client.get(url).status_code, 405)
        self.assertEqual(self.state(self.dai_place), "invited")
