"""Rounds of asking opinions: opening, who has answered, reminding, extending, closing."""

import datetime as dt
import uuid

import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import OutgoingMail, UnitContact
from comments import contributions, rounds, services, sheets
from comments.models import Consultation, Invitation
from config.errors import RuleBrokenError
from drafts import services as drafts
from drafts.models import Seat
from tests.people import DraftTestCase, make_user

Visibility = Consultation.Visibility
QUERIES = 15  # of the page of a round, however many were asked


class RoundTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.closes = timezone.now() + dt.timedelta(days=10)

    def open(self, **said):
        said = {"closes_at": self.closes, "visibility": Visibility.SEALED_UNTIL_CLOSE, "units": [self.city]} | said
        return rounds.open_consultation(self.edition, by=self.thu, **said)

    def mails(self, kind):
        return list(OutgoingMail.objects.filter(key__startswith=kind).order_by("pk"))


class OpeningTests(RoundTestCase):
    def test_those_asked_get_a_mail_with_a_link_and_the_right_to_comment(self):
        consultation = self.open(units=[self.city, self.front], people=[self.hoa], letter="Xem kỹ Điều 5.")
        mails = {mail.recipient: mail for mail in self.mails("round-invitation")}
        # The city's contact, the front's only member (it has no contact), and Hoa.
        assert set(mails) == {self.minh, self.dai, self.hoa}
        assert self.document.title in mails[self.hoa].subject
        assert f"/drafts/{self.document.pk}/" in mails[self.hoa].body
        assert "Xem kỹ Điều 5." in mails[self.hoa].body
        assert Seat.objects.get(document=self.document, user=self.hoa).role == Seat.Role.COMMENTER
        assert Seat.objects.get(document=self.document, unit=self.city).role == Seat.Role.COMMENTER
        self.document.refresh_from_db()
        assert self.document.stage == "consulting"
        assert consultation.history.count() == 1

    def test_a_reader_who_is_asked_may_comment(self):
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.READER, user=self.hoa)
        self.open(people=[self.hoa])
        assert Seat.objects.get(document=self.document, user=self.hoa).role == Seat.Role.COMMENTER

    def test_who_loses_the_seat_before_the_mail_leaves_hears_nothing(self):
        consultation = self.open(people=[self.hoa])
        rounds.remind(consultation, by=self.thu)
        drafts.take_seat(Seat.objects.get(document=self.document, user=self.hoa), by=self.lan)
        outbox.deliver()
        assert {mail.recipient for mail in self.mails("round") if mail.sent_at} == {self.minh}

    def test_a_form_sent_twice_opens_one_round(self):
        assert self.open() == self.open()
        assert len(self.mails("round-invitation")) == 1
        with self.assertRaises(RuleBrokenError):
            self.open(letter="Thư khác")

    def test_by_form(self):
        self.client.force_login(self.thu)
        url = reverse("comments:new_round", args=[self.document.pk])
        page = self.client.get(url)
        assert page.context["form"]["visibility"].value() == Visibility.SEALED_UNTIL_CLOSE
        assert set(page.context["form"]["people"].value()) == {self.minh.pk, self.dai.pk}
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.COMMENTER, unit=self.city)
        usual = self.client.get(url).context["form"]  # whoever is asked through the unit is not asked twice
        assert (usual["units"].value(), usual["people"].value()) == ([self.city.pk], [self.dai.pk])
        day = (timezone.localdate() + dt.timedelta(days=5)).strftime("%d/%m/%Y")
        data = {
            "units": [self.city.pk],
            "closes_on": day,
            "closes_at_hour": "17:00",
            "visibility": "open",
            "letter": "",
        }
        refused = self.client.post(url, data | {"closes_on": "01/01/2020"})
        assert refused.status_code == 422 and refused.context["form"].errors["closes_on"]
        assert self.client.post(url, data | {"units": []}).status_code == 422
        answer = self.client.post(url, data)
        consultation = Consultation.objects.get()
        assert answer.url == reverse("comments:round", args=[consultation.pk])
        assert timezone.localtime(consultation.closes_at).hour == 17

    def test_there_must_be_an_edition(self):
        drafts.recall_edition(self.edition, by=self.thu, reason="Nhầm")
        self.client.force_login(self.thu)
        assert self.client.get(reverse("comments:new_round", args=[self.document.pk])).status_code == 409


class OpeningLaterTests(RoundTestCase):
    """A round that opens by itself: arranged today, invited to when its moment has come."""

    def arrange(self):
        day = timezone.localdate() + dt.timedelta(days=2)
        self.client.force_login(self.thu)
        url = reverse("comments:new_round", args=[self.document.pk])
        data = {"units": [self.city.pk], "opens_on": day.isoformat(), "opens_at_hour": "09:30"}
        data |= {"closes_on": self.closes.date().isoformat(), "closes_at_hour": "17:00", "visibility": "open"}
        yesterday = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
        refused = self.client.post(url, data | {"opens_on": yesterday})
        assert refused.status_code == 422 and refused.context["form"].errors["opens_on"]
        assert (
            self.client.post(url, data | {"closes_on": day.isoformat(), "closes_at_hour": "09:00"}).status_code == 422
        )
        assert self.client.post(url, data).status_code == 302
        assert self.client.post(url, data).status_code == 302  # twice, once
        return Consultation.objects.get()

    def has_come(self, consultation):
        Consultation.objects.filter(pk=consultation.pk).update(opens_at=timezone.now() - dt.timedelta(minutes=1))
        consultation.refresh_from_db()

    def test_the_invitations_leave_when_it_opens_once_and_only_to_whom_it_still_concerns(self):
        consultation = self.arrange()
        rounds.open_what_has_come()
        assert self.mails("round-") == [] and not consultation.is_open()
        self.client.force_login(self.minh)
        self.assertContains(self.client.get(reverse("comments:round", args=[consultation.pk])), "9 giờ 30")
        self.assertContains(self.client.get(reverse("comments:reader", args=[self.document.pk])), "Lấy ý kiến từ ngày")
        rounds.invite(consultation, by=self.thu, people=[self.dai, self.hoa])
        rounds.uninvite(consultation.invitations.get(user=self.hoa), by=self.thu)
        self.has_come(consultation)
        for _sweep in range(2):
            rounds.open_what_has_come()
        assert {mail.recipient for mail in self.mails("round-invitation")} == {self.minh, self.dai}

    def test_until_then_the_draft_stays_at_its_stage_and_nobody_new_takes_part(self):
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.READER, unit=self.front)
        seats = Seat.objects.filter(document=self.document).count()
        consultation = self.arrange()
        rounds.invite(consultation, by=self.thu, units=[self.front], people=[self.hoa])
        rounds.open_what_has_come()
        self.assertStands(stage="drafting", changes=1, seats=seats, consulted=0)
        self.client.force_login(self.hoa)
        assert self.client.get(reverse("comments:reader", args=[self.document.pk])).status_code == 404
        self.has_come(consultation)
        for _sweep in range(2):
            rounds.open_what_has_come()
        self.assertStands(stage="consulting", changes=2, seats=seats + 2, consulted=1)  # the city, Hoa
        assert Seat.objects.get(document=self.document, unit=self.front).role == Seat.Role.COMMENTER
        assert self.client.get(reverse("comments:reader", args=[self.document.pk])).status_code == 200
        assert self.document.operations.get(kind="consulted").by == self.thu
        drafts.move_to_stage(self.document, by=self.lan, stage="drafting", reason="Viết lại")
        rounds.open_what_has_come()
        self.assertStands(stage="drafting", changes=3, seats=seats + 2, consulted=1)

    def test_who_lost_the_seat_meanwhile_does_not_get_it_back_from_the_clock(self):
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.READER, user=self.hoa)
        consultation = self.arrange()
        rounds.invite(consultation, by=self.thu, people=[self.hoa])
        drafts.take_seat(Seat.objects.get(document=self.document, user=self.hoa), by=self.lan)
        self.has_come(consultation)
        rounds.open_what_has_come()
        assert not Seat.objects.filter(document=self.document, user=self.hoa).exists()
        assert {mail.recipient for mail in self.mails("round-invitation")} == {self.minh}

    def assertStands(self, *, stage, changes, seats, consulted):
        self.document.refresh_from_db()
        standing = (
            self.document.stage,
            self.document.stage_changes.count(),
            Seat.objects.filter(document=self.document).count(),
            self.document.operations.filter(kind="consulted").count(),
        )
        assert standing == (stage, changes, seats, consulted)

    def test_who_is_asked_the_minute_it_opens_takes_nothing_from_the_others(self):
        consultation = self.arrange()
        self.has_come(consultation)
        rounds.invite(consultation, by=self.thu, people=[self.dai])
        rounds.open_what_has_come()
        assert {mail.recipient for mail in self.mails("round-invitation")} == {self.minh, self.dai}

    def test_its_times_change_until_then_and_it_can_be_called_off(self):
        consultation = self.arrange()
        self.client.force_login(self.thu)
        url = reverse("comments:round_schedule", args=[consultation.pk])
        later = timezone.localdate() + dt.timedelta(days=4)
        data = {"opens_on": later.isoformat(), "opens_at_hour": "08:00", "closes_at_hour": "17:00"}
        assert (
            self.client.post(url, data | {"closes_on": later.isoformat(), "closes_at_hour": "07:00"}).status_code == 422
        )
        closes = (later + dt.timedelta(days=9)).isoformat()
        assert self.client.post(url, data | {"closes_on": closes}).status_code == 302
        consultation.refresh_from_db()
        assert timezone.localdate(consultation.opens_at) == later
        assert self.mails("round-") == []  # nobody knew of the old end
        rounds.close(consultation, by=self.thu, reason="Hoãn")
        rounds.open_what_has_come()
        assert self.mails("round-") == []
        self.assertStands(stage="drafting", changes=1, seats=5, consulted=0)
        consultation.refresh_from_db()
        assert consultation.opens_at < consultation.closes_at <= timezone.now()
        assert "opens_on" not in self.client.get(url).context["form"].fields

    def test_called_off_and_taken_up_again_it_invites_and_tells_of_no_other_end(self):
        self.assertOpensAnew(after=dt.timedelta(0))

    def test_taken_up_again_long_after_its_moment_it_invites_all_the_same(self):
        self.assertOpensAnew(after=rounds.LATEST_OPENING + dt.timedelta(days=1))

    def assertOpensAnew(self, *, after):
        consultation = self.arrange()
        rounds.close(consultation, by=self.thu, reason="Hoãn")
        with time_machine.travel(timezone.now() + after):
            later = timezone.now() + dt.timedelta(days=9)
            rounds.reschedule(consultation, by=self.thu, closes_at=later, letter="", reason="Lại mở")
            for _sweep in range(2):
                rounds.open_what_has_come()
        assert [mail.recipient for mail in self.mails("round-invitation")] == [self.minh]
        assert self.mails("round-extension") == []

    def test_called_off_on_an_edition_recalled_since_it_stays_shut(self):
        consultation = self.arrange()
        rounds.close(consultation, by=self.thu, reason="Hoãn")
        drafts.recall_edition(self.edition, by=self.thu, reason="Nhầm bản")
        later = timezone.now() + dt.timedelta(days=9)
        rounds.reschedule(consultation, by=self.thu, closes_at=later, letter="", reason="Lại mở")
        assert self.mails("round-") == []


class AnsweringStateTests(RoundTestCase):
    def states(self, consultation):
        self.client.force_login(self.thu)
        with self.assertNumQueries(QUERIES):
            page = self.client.get(reverse("comments:round", args=[consultation.pk]))
        return {str(one.invitation): one.state for one in page.context["page"].asked}

    def test_who_has_opened_the_draft_and_who_has_not(self):
        consultation = self.open(units=[self.city, self.front], people=[self.chi])
        self.client.force_login(self.dai)
        self.client.get(reverse("comments:reader", args=[self.document.pk]))
        first = Invitation.objects.get(unit=self.front).opened_at
        self.client.get(reverse("comments:article", args=[self.document.pk, "1"]))
        assert Invitation.objects.get(unit=self.front).opened_at == first
        assert self.states(consultation) == {"Thành ủy": "silent", "Mặt trận": "opened", "Chi": "silent"}

    def say(self, by, **more):
        return services.add_comment(self.edition, by=by, key=uuid.uuid4(), kind="other", text="Nói rõ hơn.", **more)

    def test_what_was_said_before_the_round_is_none_of_its_answers(self):
        self.say(self.minh)
        consultation = self.open(units=[self.city], people=[self.dai])
        assert self.states(consultation) == {"Thành ủy": "silent", "Đại": "silent"}
        consolidated = self.client.get(reverse("comments:feedback", args=[self.document.pk])).context["page"]
        assert consolidated.standing.silent == ["Thành ủy", "Đại"]
        self.say(self.dai)
        assert self.states(consultation) == {"Thành ủy": "silent", "Đại": "commented"}

    def test_what_went_with_an_answer_is_counted_apart_from_what_was_said_beside_it(self):
        consultation = self.open(units=[self.city, self.front], people=[self.dai])
        citys, fronts = (consultation.invitations.get(unit=unit) for unit in (self.city, self.front))
        dais = consultation.invitations.get(user=self.dai)
        for _each in range(2):
            self.say(self.minh)
        self.say(self.minh, contribution=citys)
        self.say(self.dai)
        contributions.send(citys, by=self.minh, stance="disagree", articles={})
        contributions.send(dais, by=self.dai, stance="disagree", articles={})
        contributions.send(fronts, by=self.dai, stance="no_comment", articles={})
        rounds.close(consultation, by=self.thu, reason="Đã đủ ý kiến")
        self.say(self.dai)
        self.client.force_login(self.thu)
        page = self.client.get(reverse("comments:round", args=[consultation.pk]))
        counted = {str(one.invitation): (one.sent, one.said) for one in page.context["page"].asked}
        assert counted == {"Thành ủy": (1, 2), "Mặt trận": (0, 2), "Đại": (1, 1)}
        self.assertContains(page, "2 gửi riêng")

    def test_reading_leads_to_the_edition_that_is_asked_about(self):
        consultation = self.open(people=[self.dai])
        drafts.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Phạm vi", text=self.article_1.text, reason="Gọn"
        )
        drafts.issue_edition(self.document, by=self.lan)
        self.client.force_login(self.dai)
        reader = reverse("comments:reader", args=[self.document.pk]) + "?edition=1"
        invitation = consultation.invitations.get(user=self.dai)
        pages = [reverse("comments:answer", args=[consultation.pk, invitation.pk]), reverse("home")]
        for page in [reverse("comments:round", args=[consultation.pk]), *pages]:
            self.assertContains(self.client.get(page), f'href="{reader}"')
        self.client.get(reader)
        invitation.refresh_from_db()
        assert invitation.opened_at

    def test_who_issues_the_next_edition_reads_first_who_is_still_asked_about_this_one(self):
        self.client.force_login(self.thu)
        issuing = reverse("drafts:new_edition", args=[self.document.pk])
        assert self.client.get(issuing).context["cautions"] == []
        consultation = self.open(units=[self.city, self.front], people=[self.dai])
        contributions.send(consultation.invitations.get(user=self.dai), by=self.dai, stance="no_comment", articles={})
        page = self.client.get(issuing)
        self.assertContains(page, "2 nơi chưa trả lời")
        self.assertContains(page, f'href="{reverse("comments:round", args=[consultation.pk])}"')
        rounds.close(consultation, by=self.thu, reason="Đã đủ ý kiến")
        assert self.client.get(issuing).context["cautions"] == []

    def test_members_see_the_round_but_not_the_list(self):
        consultation = self.open()
        self.client.force_login(self.minh)
        page = self.client.get(reverse("comments:round", args=[consultation.pk]))
        self.assertNotContains(page, "Tình hình trả lời")
        assert [part.invitation.unit for part in page.context["page"].parts] == [self.city]
        listing = self.client.get(reverse("comments:rounds", args=[self.document.pk]))
        self.assertContains(listing, reverse("comments:round", args=[consultation.pk]))


class ReminderTests(RoundTestCase):
    def test_one_mail_a_day_about_all_that_waits(self):
        consultation = self.open()
        other = drafts.create_document(by=self.lan, title="Chương trình hành động", kind="programme", nodes=[])
        edition = drafts.issue_edition(other, by=self.lan)
        rounds.open_consultation(
            edition, by=self.lan, closes_at=self.closes, visibility=Visibility.OPEN, units=[self.city]
        )
        assert rounds.remind(consultation, by=self.thu) == 1
        assert rounds.remind(consultation, by=self.thu) == 0
        (mail,) = self.mails("rounds:")
        assert mail.recipient == self.minh
        assert self.document.title in mail.body and "Chương trình hành động" in mail.body

    def test_the_silent_are_reminded_three_days_and_one_day_before_the_end(self):
        self.open()
        today = timezone.localdate()
        for ahead, written in ((4, 0), (3, 1), (2, 0), (1, 1), (0, 0)):
            day = timezone.localdate(self.closes) - dt.timedelta(days=ahead)
            assert rounds.remind_before_closing(today=day) == written, ahead
            assert rounds.remind_before_closing(today=day) == 0
        assert today < timezone.localdate(self.closes)

    def day(self, ahead):
        return timezone.localdate(self.closes) - dt.timedelta(days=ahead)

    def test_when_nothing_ran_on_the_day_the_reminder_comes_afterwards(self):
        self.open()
        for ahead, written in ((2, 1), (2, 0), (0, 1), (0, 0)):  # nothing ran three days or one day before
            assert rounds.remind_before_closing(today=self.day(ahead)) == written, ahead

    def test_a_reminder_by_button_since_is_one(self):
        consultation = self.open()
        with time_machine.travel(self.noon(2)):
            assert rounds.remind(consultation, by=self.thu) == 1
            assert rounds.remind_before_closing() == 0
        with time_machine.travel(self.noon(1)):
            assert rounds.remind_before_closing() == 1

    def test_no_reminder_comes_late_to_who_was_asked_or_told_of_another_end_since(self):
        consultation = self.open()
        with time_machine.travel(self.noon(2)):
            rounds.invite(consultation, by=self.thu, units=[self.front])
            assert rounds.remind_before_closing() == 1
            assert [mail.recipient for mail in self.mails("rounds:")] == [self.minh]
            OutgoingMail.objects.filter(key__startswith="rounds:").delete()
            closes = self.noon(2) + dt.timedelta(hours=5)
            rounds.reschedule(consultation, by=self.thu, closes_at=closes, letter="", reason="Kịp kỳ họp")
            assert rounds.remind_before_closing() == 0

    def noon(self, ahead):
        return timezone.make_aware(dt.datetime.combine(self.day(ahead), dt.time(12)))

    def test_who_has_answered_or_lost_the_seat_is_not_reminded(self):
        consultation = self.open(people=[self.hoa])
        Invitation.objects.filter(unit=self.city).update(answered_at=timezone.now(), stance="agree")
        drafts.take_seat(Seat.objects.get(document=self.document, user=self.hoa), by=self.lan)
        assert rounds.remind(consultation, by=self.thu) == 0
        assert self.mails("rounds:") == []

    def test_by_button(self):
        consultation = self.open(units=[self.city, self.front])
        self.client.force_login(self.thu)
        url = reverse("comments:round_reminders", args=[consultation.pk])
        invitation = Invitation.objects.get(unit=self.front)
        self.client.post(url, {"invitation": invitation.pk})
        assert [mail.recipient for mail in self.mails("rounds:")] == [self.dai]
        self.client.post(url)
        assert {mail.recipient for mail in self.mails("rounds:")} == {self.dai, self.minh}


class ChangingTests(RoundTestCase):
    def test_the_silent_are_told_of_an_extension(self):
        consultation = self.open(units=[self.city, self.front])
        Invitation.objects.filter(unit=self.front).update(answered_at=timezone.now(), stance="agree")
        self.client.force_login(self.thu)
        later = timezone.localdate(self.closes) + dt.timedelta(days=7)
        data = {"closes_on": later.isoformat(), "closes_at_hour": "11:30", "letter": "", "reason": "Nhiều nơi đề nghị"}
        url = reverse("comments:round_schedule", args=[consultation.pk])
        assert self.client.post(url, data | {"closes_on": "2020-01-01"}).status_code == 422
        assert self.client.post(url, data).status_code == 302
        (mail,) = self.mails("round-extension")
        assert mail.recipient == self.minh and "11 giờ 30" in mail.body
        consultation.refresh_from_db()
        assert timezone.localdate(consultation.closes_at) == later

    def test_a_round_is_closed_early_with_a_reason(self):
        consultation = self.open()
        self.client.force_login(self.thu)
        url = reverse("comments:round_closing", args=[consultation.pk])
        assert "1 nơi chưa trả lời." in self.client.get(url).content.decode()  # what closing means, before it is done
        assert self.client.post(url, {"reason": ""}).status_code == 422
        assert self.client.post(url, {"reason": "Đã đủ ý kiến"}).status_code == 302
        consultation.refresh_from_db()
        assert not consultation.is_open()
        assert consultation.history.first().history_change_reason == "Đã đủ ý kiến"
        with self.assertRaises(RuleBrokenError):
            rounds.remind(consultation, by=self.thu)

    def test_a_closed_round_is_not_reopened_beside_another_on_its_edition(self):
        first = self.open()
        rounds.close(first, by=self.thu, reason="Đã đủ ý kiến")
        second = self.open(units=[self.front])
        self.client.force_login(self.thu)
        url = reverse("comments:round_schedule", args=[first.pk])
        day = timezone.localdate(self.closes).isoformat()
        data = {"closes_on": day, "closes_at_hour": "11:30", "letter": "", "reason": ""}
        answer = self.client.post(url, data)
        assert answer.status_code == 422 and "Đang có một đợt lấy ý kiến" in answer.content.decode()
        first.refresh_from_db()
        assert not first.is_open()
        rounds.reschedule(first, by=self.thu, closes_at=first.closes_at, letter="Đã xong.", reason="")  # it stays shut
        rounds.reschedule(second, by=self.thu, closes_at=self.closes + dt.timedelta(days=1), letter="", reason="")
        rounds.close(second, by=self.thu, reason="Đã đủ ý kiến")
        assert self.client.post(url, data).status_code == 302
        first.refresh_from_db()
        assert first.is_open()

    def test_who_reopens_a_sealed_round_reads_first_that_its_comments_are_hidden_again(self):
        consultation = self.open()
        self.client.force_login(self.thu)
        url = reverse("comments:round_schedule", args=[consultation.pk])
        said = services.add_comment(self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Cần rõ hơn")
        assert not self.client.get(url).context["warning"]
        rounds.close(consultation, by=self.thu, reason="Đã đủ ý kiến")
        assert self.client.get(url).context["warning"]
        rounds.show_comments(consultation, by=self.thu, visibility=Visibility.OPEN, reason="Tập thể thống nhất")
        assert not self.client.get(url).context["warning"]  # nothing is hidden
        rounds.show_comments(consultation, by=self.thu, visibility=Visibility.SEALED_UNTIL_CLOSE, reason="Như trước")
        services.withdraw_comment(said, by=self.minh)
        assert not self.client.get(url).context["warning"]  # nothing is there

    def test_more_people_see_the_comments_only_with_a_reason_on_the_record(self):
        consultation = self.open()
        assert rounds.widens(consultation, Visibility.OPEN)
        assert not rounds.widens(consultation, Visibility.DRAFTERS)
        self.client.force_login(self.thu)
        url = reverse("comments:round_visibility", args=[consultation.pk])
        assert self.client.post(url, {"visibility": "open", "reason": " "}).status_code == 422
        assert self.client.post(url, {"visibility": "open", "reason": "Tập thể thống nhất"}).status_code == 302
        consultation.refresh_from_db()
        assert consultation.visibility == Visibility.OPEN

    def test_more_are_asked_and_some_taken_off_the_list(self):
        consultation = self.open()
        self.client.force_login(self.thu)
        url = reverse("comments:round_invitations", args=[consultation.pk])
        assert self.client.post(url, {}).status_code == 422
        self.client.post(url, {"units": [self.front.pk]})
        self.client.post(url, {"units": [self.front.pk]})
        assert consultation.invitations.count() == 2
        invitation = consultation.invitations.get(unit=self.front)
        self.client.post(reverse("comments:invitation_removal", args=[consultation.pk, invitation.pk]))
        assert consultation.invitations.count() == 1
        answered = consultation.invitations.get()
        Invitation.objects.filter(pk=answered.pk).update(answered_at=timezone.now())
        with self.assertRaises(RuleBrokenError):
            rounds.uninvite(answered, by=self.thu)

    def test_who_has_prepared_an_answer_or_handed_in_a_sheet_stays_on_the_list(self):
        consultation = self.open(units=[self.front], people=[self.hoa])
        hoas, fronts = consultation.invitations.get(user=self.hoa), consultation.invitations.get(unit=self.front)
        contributions.prepare(hoas, by=self.hoa, stance="", articles={self.article_1: "disagree"})
        sheet = sheets.write_sheet(consultation, by=self.thu, title="Phiếu", introduction="", questions=["Ban hành?"])
        answers = {sheet.questions.get().pk: ("agree", "")}
        sheets.return_sheet(sheet, fronts, by=self.dai, answers=answers)
        for invitation in (hoas, fronts):
            with self.assertRaises(RuleBrokenError):
                rounds.uninvite(invitation, by=self.thu)

    def test_a_contact_of_an_unseated_unit_hears_nothing(self):
        """The seat is the unit's; a contact from elsewhere does not see the draft and gets no mail about it."""
        stranger = make_user("stranger", unit=self.office)
        UnitContact.objects.filter(unit=self.city).update(user=stranger)
        self.open()
        assert self.mails("round-invitation") == []
