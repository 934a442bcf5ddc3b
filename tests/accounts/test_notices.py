"""Notices: who is told what, on the page and by mail, at whose pace; and who hears nothing."""

import datetime as dt
import threading
import uuid

from django.core import mail
from django.db import connection
from django.test import TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from accounts import notices, outbox
from accounts.models import Notice, NoticeKind, NoticeSettings, OutgoingMail
from comments import contesting, contributions, rounds, services
from comments.models import Consultation, Reopening
from drafts import services as drafts
from drafts.models import Seat
from tests.people import DraftTestCase, People

NOON = timezone.make_aware(dt.datetime(2026, 11, 26, 12, 0))
Pace = NoticeSettings.Pace


class NoticeTestCase(DraftTestCase):
    def setUp(self):
        Notice.objects.all().delete()
        OutgoingMail.objects.all().delete()

    def say(self, by=None, text="Đề nghị nói rõ.", **more):
        return services.add_comment(self.edition, by=by or self.minh, key=uuid.uuid4(), kind="other", text=text, **more)

    def told(self, kind=None):
        rows = Notice.objects.all() if kind is None else Notice.objects.filter(kind=kind)
        return {notice.recipient for notice in rows}

    def tell(self, user, *, key="một", at=None, about="", kind=NoticeKind.EDITION):
        (notice,) = notices.notify([user], kind=kind, key=key, subject=f"Tin {key}", path="/", about=about)
        Notice.objects.filter(recipient=user, key=key).update(created_at=at or NOON)
        return notice

    def set(self, user, **chosen):
        NoticeSettings.objects.update_or_create(user=user, defaults=chosen)


class TellingTests(NoticeTestCase):
    def test_a_comment_is_told_to_those_who_answer_and_the_secretary(self):
        self.say()
        assert self.told() == {self.lan, self.thu}

    def test_an_answer_to_its_author_with_the_words(self):
        comment = self.say()
        services.answer_comment(comment, by=self.lan, outcome="explained", explanation="Giữ như Điều lệ.")
        notice = Notice.objects.get(kind=NoticeKind.ANSWER)
        assert notice.recipient == self.minh and "Giữ như Điều lệ." in notice.text
        assert str(comment.pk) in notice.path

    def test_a_reply_a_contest_and_a_ruling(self):
        comment = self.say()
        services.reply(comment, by=self.dai, key=uuid.uuid4(), text="Đồng tình.")
        assert self.told(NoticeKind.REPLY) == {self.minh}
        services.answer_comment(comment, by=self.lan, outcome="explained", explanation="Giữ.")
        contesting.contest(comment, by=self.minh, reason="Chưa rõ")
        assert self.told(NoticeKind.CONTEST) == {self.chi}
        contesting.rule(Reopening.objects.get(), by=self.chi, ruling="answer_stands", reason="Theo Điều lệ.")
        assert self.told(NoticeKind.CONTEST) == {self.chi, self.minh}

    def test_an_edition_and_a_recall_to_everybody_with_a_seat_but_who_did_it(self):
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.READER, unit=self.front)
        assert self.told(NoticeKind.SEAT) == {self.dai}
        drafts.recall_edition(self.edition, by=self.thu, reason="Nhầm bản")
        assert self.told(NoticeKind.EDITION) == {self.lan, self.minh, self.dai, self.chi}
        drafts.move_to_stage(self.document, by=self.thu, stage="taking_in")
        assert self.told(NoticeKind.STAGE) == {self.lan, self.chi}

    def test_nobody_outside_hears_what_a_unit_gathers(self):
        consultation = rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.DRAFTERS,
            units=[self.city],
        )
        Notice.objects.all().delete()
        invitation = consultation.invitations.get()
        self.say(contribution=invitation)
        assert self.told() == set()
        contributions.send(invitation, by=self.minh, stance="disagree", articles={})
        assert self.told() == {self.lan, self.thu}

    def test_nobody_without_a_seat_is_told_shown_or_mailed(self):
        assert notices.notify([self.hoa], kind="edition", key="x", subject="x", path="/", about=self.about()) == []
        self.tell(self.dai, about=self.about())
        drafts.take_seat(self.document.seats.get(user=self.dai), by=self.lan)
        self.client.force_login(self.dai)
        self.assertNotContains(self.client.get(reverse("notices")), "Tin một")
        self.assertNotContains(self.client.get(reverse("home")), "Tin một")
        notice = Notice.objects.get(recipient=self.dai, key="một")
        assert self.client.get(reverse("notice", args=[notice.pk])).status_code == 404
        self.set(self.dai, pace=Pace.AT_ONCE)
        notices.mail_what_waits(now=NOON)
        assert not OutgoingMail.objects.filter(recipient=self.dai).exists()

    def about(self):
        return f"draft:{self.document.pk}"

    def test_nobody_is_told_twice_or_of_what_they_did(self):
        for _again in range(2):
            notices.notify([self.lan, self.dai, None], kind="edition", key="x", subject="x", path="/", by=self.lan)
        assert [notice.recipient for notice in Notice.objects.all()] == [self.dai]


class MailTests(NoticeTestCase):
    def test_one_mail_with_all_that_waits_readable_without_clicking(self):
        self.set(self.minh, pace=Pace.AT_ONCE)
        for key in ("một", "hai"):
            self.tell(self.minh, key=key)
        assert notices.mail_what_waits(now=NOON) == 1
        assert notices.mail_what_waits(now=NOON) == 0
        outbox.deliver()
        (sent,) = mail.outbox
        assert sent.subject == "2 thông báo mới: Tin hai"
        assert sent.body.index("Tin hai") < sent.body.index("Tin một")
        assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert sent.extra_headers["List-Unsubscribe"].startswith("<http")

    def test_the_pace_is_the_persons(self):
        hour = dt.timedelta(hours=1)
        for pace, at, now, written in (
            (Pace.AT_ONCE, NOON, NOON, 1),
            (Pace.HOURLY, NOON, NOON + hour / 2, 0),
            (Pace.HOURLY, NOON, NOON + hour, 1),
            (Pace.DAILY, NOON, NOON + 8 * hour, 0),
            (Pace.DAILY, NOON, NOON + 20 * hour, 1),
            (Pace.NEVER, NOON, NOON + 20 * hour, 0),
            (Pace.AT_ONCE, NOON, NOON + 9 * hour, 0),
            (Pace.AT_ONCE, NOON, NOON + 18.9 * hour, 0),
            (Pace.HOURLY, NOON + 18.5 * hour, NOON + 19 * hour, 1),
        ):
            with self.subTest(pace=pace, now=now):
                Notice.objects.all().delete()
                OutgoingMail.objects.all().delete()
                self.set(self.minh, pace=pace, hour=8)
                self.tell(self.minh, at=at)
                assert notices.mail_what_waits(now=now) == written

    def test_what_was_seen_or_muted_is_not_mailed(self):
        self.set(self.minh, pace=Pace.AT_ONCE, muted=[NoticeKind.STAGE])
        self.tell(self.minh, kind=NoticeKind.STAGE)
        seen = self.tell(self.minh, key="hai")
        self.client.force_login(self.minh)
        self.client.get(reverse("notice", args=[Notice.objects.get(key=seen.key).pk]))
        assert notices.mail_what_waits(now=NOON) == 0
        assert not Notice.objects.unmailed().exists()

    def test_who_lost_the_seat_before_the_mail_left_gets_only_the_rest(self):
        for key, about in (("một", ""), ("hai", f"draft:{self.document.pk}"), ("ba", "")):
            self.tell(self.minh, key=key, about=about)
        self.set(self.minh, pace=Pace.AT_ONCE)
        notices.mail_what_waits(now=NOON)
        drafts.take_seat(self.document.seats.get(user=self.minh), by=self.lan)
        assert outbox.deliver() == 0
        assert notices.mail_what_waits(now=NOON) == 1
        assert outbox.deliver() == 1
        (sent,) = mail.outbox
        assert "Tin một" in sent.body and "Tin ba" in sent.body and "Tin hai" not in sent.body
        assert notices.mail_what_waits(now=NOON) == 0

    def test_what_the_server_may_have_seen_goes_altogether(self):
        for key, about in (("một", ""), ("hai", f"draft:{self.document.pk}")):
            self.tell(self.minh, key=key, about=about)
        self.set(self.minh, pace=Pace.AT_ONCE)
        notices.mail_what_waits(now=NOON)
        OutgoingMail.objects.filter(recipient=self.minh).update(attempts=1)
        drafts.take_seat(self.document.seats.get(user=self.minh), by=self.lan)
        assert outbox.deliver() == 0
        assert notices.mail_what_waits(now=NOON) == 0

    def test_the_queries_follow_the_people_not_the_notices(self):
        for key in range(20):
            self.tell(self.minh, key=str(key), about=f"draft:{self.document.pk}")
        self.set(self.minh, pace=Pace.AT_ONCE)
        with self.assertNumQueries(13):
            notices.mail_what_waits(now=NOON)


class UnsubscribingTests(NoticeTestCase):
    def test_one_click_without_signing_in_and_taken_back(self):
        for kind, check in (
            (notices.ALL_KINDS, lambda row: row.pace == Pace.NEVER),
            (NoticeKind.STAGE, lambda row: NoticeKind.STAGE in row.muted),
        ):
            url = reverse("unsubscribe", args=[notices.token_for(self.minh, kind)])
            assert self.client.get(url).status_code == 200
            assert not NoticeSettings.objects.filter(user=self.minh, pace=Pace.NEVER).exists() or kind != "*"
            assert self.client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
            assert check(NoticeSettings.objects.get(user=self.minh))
            self.client.post(url, {"undo": "1"})
            assert not check(NoticeSettings.objects.get(user=self.minh))

    def test_a_forged_address_does_nothing_and_says_so(self):
        for token in ("x", notices.token_for(self.minh)[:-2]):
            assert self.client.post(reverse("unsubscribe", args=[token])).status_code == 404
        assert not NoticeSettings.objects.exists()


class PageTests(NoticeTestCase):
    def test_the_list_marking_and_the_settings(self):
        self.client.force_login(self.minh)
        self.assertContains(self.client.get(reverse("notices")), "Chưa có gì mới")
        self.tell(self.minh)
        self.assertContains(self.client.get(reverse("notices") + "?unseen"), "Tin một")
        self.client.post(reverse("notices_seen"))
        self.assertNotContains(self.client.get(reverse("notices") + "?unseen"), "Tin một")
        url = reverse("notice_settings")
        assert self.client.post(url, {"pace": "often", "hour": 8}).status_code == 422
        self.client.post(url, {"pace": "daily", "hour": 9, "kinds": ["answer"]})
        held = NoticeSettings.objects.get(user=self.minh)
        assert (held.pace, held.hour) == ("daily", 9)
        assert "answer" not in held.muted and "stage" in held.muted

    def test_nobody_opens_anothers_notice(self):
        self.tell(self.minh)
        self.client.force_login(self.dai)
        assert self.client.get(reverse("notice", args=[Notice.objects.get().pk])).status_code == 404


class AtTheSameMomentTests(People, TransactionTestCase):
    def test_two_sweeps_write_one_mail(self):
        self.make_people()
        NoticeSettings.objects.create(user=self.minh, pace=Pace.AT_ONCE)
        notices.notify([self.minh], kind="edition", key="x", subject="x", path="/")
        start, written = threading.Barrier(4), []

        def sweep():
            try:
                start.wait(10)
                written.append(notices.mail_what_waits(now=NOON))
            finally:
                connection.close()

        threads = [threading.Thread(target=sweep) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sum(written) == 1 and OutgoingMail.objects.count() == 1
