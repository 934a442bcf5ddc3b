"""The wall and the delegates' screens: they follow, and show nobody what they may not see."""

import datetime as dt
import uuid

from django.utils import timezone

from comments import rounds
from comments import services as comments
from comments.models import Consultation
from drafts import services as drafts
from drafts.models import Seat
from meetings import leading, polling, services, speaking
from meetings.models import Turn
from tests.meetings.cast import MeetingTestCase


class ScreensTestCase(MeetingTestCase):
    def setUp(self):
        self.wall = f"/meetings/{self.meeting.pk}/wall/"
        self.own = f"/meetings/{self.meeting.pk}/screen/"
        self.sign_in(self.dai)

    def begin(self, wid=None, clause=""):
        leading.begin(self.item, by=self.thu)
        leading.show(self.meeting, wid=wid, clause=clause)

    def say(self, text, *, by=None, edition=None):
        return comments.add_comment(
            edition or self.edition,
            by=by or self.minh,
            key=uuid.uuid4(),
            kind="other",
            text=text,
            sheet=drafts.photographs.edition_text(self.edition).find(self.article_1.wid),
        )


class FollowingTests(ScreensTestCase):
    def test_before_and_between_matters_the_wall_shows_the_meeting(self):
        for url in (self.wall, self.own):
            self.assertContains(self.client.get(url), self.meeting.title)

    def test_it_shows_the_article_its_difference_and_what_was_said(self):
        drafts.revise_article(
            self.article_1,
            by=self.lan,
            base_version=1,
            heading=self.article_1.heading,
            text=self.article_1.text.replace("nguyên tắc", "các nguyên tắc"),
            reason="Rõ hơn",
        )
        second = drafts.issue_edition(self.document, by=self.lan, label="Lần 2")
        self.item = services.add_agenda_item(self.meeting, by=self.thu, title="Lần 2", document=self.document)
        self.assertEqual(self.item.edition, second)
        self.say("Nên bỏ khoản này.", edition=second)
        self.begin(self.article_1.wid)
        for url in (self.wall, self.own):
            page = self.client.get(url)
            self.assertContains(page, "<ins>các")
            self.assertContains(page, "Nên bỏ khoản này.")
        leading.show(self.meeting, wid=self.article_1.wid, clause="khoản 2")
        page = self.client.get(self.wall)
        self.assertNotContains(page, "<ins>")
        self.assertContains(page, "Các ban tham mưu")
        self.assertNotContains(page, "quan hệ công tác")

    def test_a_screen_that_shows_what_is_so_gets_304_and_another_one_as_soon_as_it_is_not(self):
        self.begin(self.article_1.wid)
        for url in (self.wall, self.own):
            state = self.client.get(url).context["state"]

            def ask(url=url, state=state):
                return self.client.get(f"{url}now/", headers={"If-None-Match": state})

            self.assertEqual(ask().status_code, 304)
            comment = self.say("Ý kiến mới.")
            self.assertEqual(ask().status_code, 200)
            state = ask()["ETag"]
            self.assertEqual(ask(state=state).status_code, 304)
            for change in (
                lambda comment=comment: comments.withdraw_comment(comment, by=self.minh, reason="Nhầm"),
                lambda: speaking.ask(self.meeting, by=self.thu, name=str(uuid.uuid4())),
                lambda: speaking.call_next(self.meeting, by=self.thu),
                lambda: leading.show(self.meeting, wid=self.article_2.wid),
                lambda: leading.show(self.meeting, wid=self.article_1.wid),
                lambda: polling.open_poll(self.meeting, by=self.thu, question="Thông qua?"),
                lambda: polling.close(self.item.polls.latest("pk"), by=self.thu),
            ):
                change()
                response = ask(state=state)
                self.assertEqual(response.status_code, 200)
                state = response["ETag"]

    def test_a_reworded_comment_is_shown_in_its_new_words(self):
        comment = self.say("Lời cũ.")
        self.begin(self.article_1.wid)
        states = {url: self.client.get(url).context["state"] for url in (self.wall, self.own)}
        comments.edit_comment(comment, by=self.minh, kind="other", text="Lời mới.")
        for url, state in states.items():
            self.assertContains(self.client.get(f"{url}now/", headers={"If-None-Match": state}), "Lời mới.")

    def test_conclusions_are_shown_with_what_they_concern_as_soon_as_they_are_recorded(self):
        def conclude(text, *, documents=(), articles=()):
            return services.add_conclusion(self.meeting, by=self.thu, text=text, documents=documents, articles=articles)

        other = services.add_agenda_item(self.meeting, by=self.thu, title="Kết luận hội nghị")
        self.begin(self.article_1.wid)
        for url in (self.wall, self.own):
            state = self.client.get(url).context["state"]
            text = f"Sửa Điều 1: {url}."
            conclusion = conclude(text, documents=[self.document], articles=[self.article_1])
            conclude(f"Chung: {url}.", documents=[self.document])
            shown = self.client.get(f"{url}now/", headers={"If-None-Match": state})
            self.assertContains(shown, text)
            self.assertNotContains(shown, "Chung:")
            services.edit_conclusion(conclusion, by=self.thu, text="Bỏ Điều 1.", gives_no_task=False)
            again = self.client.get(f"{url}now/", headers={"If-None-Match": shown["ETag"]})
            self.assertContains(again, "Bỏ Điều 1.")
            leading.show(self.meeting, wid=self.article_2.wid)
            self.assertNotContains(self.client.get(url), "Bỏ Điều 1.")
            leading.show(self.meeting, wid=None)
            self.assertContains(self.client.get(url), "Chung:")
            leading.show(self.meeting, wid=self.article_1.wid)
        conclude("Việc khác.")
        leading.begin(other, by=self.thu)
        self.assertContains(self.client.get(self.wall), "Việc khác.")

    def test_asking_costs_few_queries(self):
        self.begin(self.article_1.wid)
        for url, most in ((self.wall, 9), (self.own, 9)):
            state = self.client.get(url).context["state"]
            with self.assertNumQueries(most):
                self.client.get(f"{url}now/", headers={"If-None-Match": state})

    def test_the_queries_for_a_picture_do_not_grow(self):
        self.begin(self.article_1.wid)
        for number in range(2):
            for n in range(number * 9):
                self.say(f"Ý kiến {n}", by=(self.minh, self.dai)[n % 2])
                speaking.ask(self.meeting, by=self.thu, name=f"Người {n}")
            for url, most in ((self.wall, 20), (self.own, 22)):
                self.client.get(url)
                with self.assertNumQueries(most):
                    self.client.get(f"{url}now/")


class DelegateTests(ScreensTestCase):
    def test_a_delegate_asks_to_speak_once_and_takes_it_back(self):
        self.begin()
        for _twice in range(2):
            response = self.client.post(f"{self.own}asking/", {"place": self.dai_place.pk})
            self.assertRedirects(response, self.own)
        self.assertEqual(Turn.objects.get().attendance, self.dai_place)
        self.client.post(f"{self.own}asking/withdrawal/")
        self.assertFalse(Turn.objects.exists())

    def test_nobody_asks_for_another_or_when_nothing_is_discussed(self):
        self.assertEqual(self.client.post(f"{self.own}asking/", {"place": self.dai_place.pk}).status_code, 409)
        self.begin()
        for place in (self.unit_place.pk, "x", ""):
            self.assertEqual(self.client.post(f"{self.own}asking/", {"place": place}).status_code, 422)
        self.assertFalse(Turn.objects.exists())

    def test_outsiders_find_nothing_and_strangers_sign_in(self):
        self.client.logout()
        for url in (self.wall, self.own, f"{self.wall}now/", f"{self.own}now/"):
            self.assertEqual(self.client.get(url).status_code, 302)
        self.sign_in(self.hoa)
        for url in (self.wall, self.own, f"{self.wall}now/", f"{self.own}now/"):
            self.assertEqual(self.client.get(url).status_code, 404)


class WhatIsHiddenTests(ScreensTestCase):
    """An attendee without a seat sees the matter alone; sealed and unsent opinions are on no wall."""

    def seal(self, visibility, *, closes_in=3):
        return rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=timezone.now() + dt.timedelta(days=closes_in),
            visibility=visibility,
            people=[self.minh, self.dai],
        )

    def test_without_a_seat_one_reads_the_matter_and_nothing_of_the_draft(self):
        self.say("Canary5 ý kiến")
        said = {"documents": [self.document], "articles": [self.article_1]}
        services.add_conclusion(self.meeting, by=self.thu, text="Canary9 kết luận", **said)
        self.begin(self.article_1.wid)
        self.sign_in(self.tam)
        for url in (self.wall, self.own, f"{self.wall}now/", f"{self.own}now/"):
            page = self.client.get(url)
            self.assertContains(page, self.item.title)
            for secret in (
                "Canary5",
                "Canary9",
                "nguyên tắc, chế độ",
                self.article_1.heading,
                f"/drafts/{self.document.pk}/",
            ):
                self.assertNotContains(page, secret)

    def test_sealed_opinions_are_not_on_the_wall_whoever_opens_it(self):
        consultation = None
        for visibility in (
            Consultation.Visibility.DRAFTERS,
            Consultation.Visibility.SEALED_UNTIL_CLOSE,
            Consultation.Visibility.SEALED_UNTIL_SENT,
        ):
            with self.subTest(visibility):
                if consultation is None:
                    consultation = self.seal(visibility)
                Consultation.objects.filter(pk=consultation.pk).update(visibility=visibility)
                comment = self.say("Canary6 niêm phong")
                self.begin(self.article_1.wid)
                for user in (self.thu, self.chi, self.minh):
                    self.sign_in(user)
                    self.assertNotContains(self.client.get(self.wall), "Canary6")
                self.sign_in(self.dai)
                self.assertNotContains(self.client.get(self.own), "Canary6")
                self.sign_in(self.minh)
                self.assertContains(self.client.get(self.own), "Canary6")
                comments.withdraw_comment(comment, by=self.minh, reason="Xong")

    def test_the_state_of_a_screen_tells_nothing_of_sealed_opinions(self):
        self.seal(Consultation.Visibility.DRAFTERS)
        self.begin(self.article_1.wid)
        states = [self.client.get(f"{url}now/")["ETag"] for url in (self.wall, self.own)]
        self.say("Canary6 niêm phong")
        self.assertEqual([self.client.get(f"{url}now/")["ETag"] for url in (self.wall, self.own)], states)

    def test_a_lost_seat_closes_the_screen_at_once(self):
        self.begin(self.article_1.wid)
        state = self.client.get(self.wall).context["state"]
        drafts.take_seat(Seat.objects.get(document=self.document, user=self.dai), by=self.lan)
        response = self.client.get(f"{self.wall}now/", headers={"If-None-Match": state})
        self.assertEqual(response.status_code, 200)
        self.assertNotContains(response, "nguyên tắc, chế độ")

    def test_a_recalled_edition_is_not_shown(self):
        self.begin(self.article_1.wid)
        drafts.recall_edition(self.edition, by=self.lan, reason="Nhầm")
        self.assertNotContains(self.client.get(self.wall), "nguyên tắc, chế độ")

    def test_a_recall_reaches_the_screens_that_show_the_edition_or_compare_with_it(self):
        drafts.describe_document(self.document, by=self.lan, title="Quy chế mới")
        second = drafts.issue_edition(self.document, by=self.lan, label="Lần 2")
        self.item = services.add_agenda_item(self.meeting, by=self.thu, title="Lần 2", document=self.document)
        self.begin(self.article_1.wid)
        for recalled, is_shown in ((self.edition, True), (second, False)):
            states = {url: self.client.get(url).context["state"] for url in (self.wall, self.own)}
            drafts.recall_edition(recalled, by=self.lan, reason="Nhầm")
            for url, state in states.items():
                now = self.client.get(f"{url}now/", headers={"If-None-Match": state})
                self.assertEqual(now.status_code, 200)
                self.assertEqual("nguyên tắc, chế độ" in now.content.decode(), is_shown)
