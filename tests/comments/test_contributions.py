"""Answering a round: a person's own answer; what a unit gathers, edits and sends as one."""

import datetime as dt
import threading
import uuid
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from accounts.models import UnitContact
from comments import agreeing, contributions, files, rounds, services
from comments.access import visible_comments
from comments.consolidation import ConsolidatedPage, Filters
from comments.models import Comment, Consultation, Invitation
from comments.waiting import rounds_open_for
from config.errors import RuleBrokenError
from drafts import services as drafts
from drafts.access import get_document_for
from drafts.photographs import edition_text
from tests.people import DraftTestCase, People, make_user


class ContributionTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.binh = make_user("binh", unit=cls.city)
        cls.round = rounds.open_consultation(
            cls.edition,
            by=cls.thu,
            closes_at=timezone.now() + dt.timedelta(days=5),
            visibility=Consultation.Visibility.OPEN,
            units=[cls.city],
            people=[cls.dai],
        )
        cls.citys = cls.round.invitations.get(unit=cls.city)
        cls.dais = cls.round.invitations.get(user=cls.dai)

    def say(self, by, text="Đề nghị nói rõ.", **more):
        sheet = edition_text(self.edition).find(self.article_1.wid)
        return services.add_comment(self.edition, by=by, key=uuid.uuid4(), kind="other", text=text, sheet=sheet, **more)

    def seen_by(self, user):
        document = get_document_for(user, "read", pk=self.document.pk)
        return set(visible_comments(user, document).values_list("pk", flat=True))

    def counted(self):
        document = get_document_for(self.lan, "consolidate", pk=self.document.pk)
        page = ConsolidatedPage(document, user=self.lan, filters=Filters())
        return page.total, page.found, [str(name) for name in page.standing.silent]

    def post_comment(self, user, **data):
        self.client.force_login(user)
        url = reverse("comments:new", args=[self.document.pk]) + f"?wid={self.article_1.wid}"
        data = {"key": uuid.uuid4(), "edition": 1, "kind": "other", "text": "Góp ý."} | data
        return self.client.post(url, data)


class UnitTests(ContributionTestCase):
    def test_what_members_say_is_the_units_own_affair_until_it_is_sent(self):
        said = self.say(self.binh, contribution=self.citys)
        left = self.say(self.minh, "Bỏ ý này.", contribution=self.citys)
        assert {said.pk, left.pk} <= self.seen_by(self.minh) & self.seen_by(self.binh)
        for other in (self.lan, self.thu, self.chi, self.dai):
            assert not {said.pk, left.pk} & self.seen_by(other), other
        assert self.counted() == (0, 0, ["Thành ủy", "Đại"])

        contributions.leave_out(left, by=self.minh)
        contributions.send(self.citys, by=self.minh, stance="agree_with_comments", articles={})
        for other in (self.lan, self.thu, self.chi, self.dai):
            assert said.pk in self.seen_by(other) and left.pk not in self.seen_by(other), other
        assert self.counted() == (1, 1, ["Đại"])
        said.refresh_from_db()
        assert said.on_behalf_of == self.city

    def test_the_history_of_the_draft_tells_nothing_of_it_until_it_is_sent(self):
        before = list(self.document.operations.values_list("pk", flat=True))
        said = self.say(self.binh, contribution=self.citys)
        left = self.say(self.minh, "Bỏ ý này.", contribution=self.citys)
        services.edit_comment(said, by=self.minh, kind="other", text="Gọn hơn.")
        services.reply(said, by=self.minh, key=uuid.uuid4(), text="Đồng chí xem lại.")
        agreeing.agree(said, by=self.minh)
        contributions.leave_out(left, by=self.minh)
        contributions.prepare(self.citys, by=self.minh, stance="disagree", articles={self.article_1: "disagree"})
        assert list(self.document.operations.values_list("pk", flat=True)) == before
        assert said.history.count() == 2

        contributions.send(self.citys, by=self.minh, stance="disagree", articles={})
        services.withdraw_comment(Comment.objects.get(pk=left.pk), by=self.minh)
        new = self.document.operations.exclude(pk__in=before)
        assert [(act.kind, act.by) for act in new] == [("sent", self.minh)]

    def test_a_contact_from_elsewhere_puts_it_together_too(self):
        UnitContact.objects.create(unit=self.city, user=self.chi)
        said = self.say(self.binh, contribution=self.citys)
        self.client.force_login(self.chi)
        assert self.client.post(reverse("comments:leaving_out", args=[said.pk])).status_code == 302
        assert said.pk in self.seen_by(self.chi) and said.pk not in self.seen_by(self.lan)
        assert [one.is_asked for one in rounds_open_for(self.chi)] == [True]  # it waits on the first page

    def test_what_went_straight_to_the_drafters_is_named_beside_what_is_gathered(self):
        direct = self.say(self.binh, "Gửi thẳng.")
        self.client.force_login(self.minh)
        page = self.client.get(reverse("comments:answer", args=[self.round.pk, self.citys.pk]))
        self.assertContains(page, 'id="said-directly"')
        self.assertContains(page, reverse("comments:comment", args=[direct.pk]))
        assert page.context["page"].comments == []

    def test_who_says_it_is_told_that_the_drafting_unit_does_not_see_it_yet(self):
        answer = self.post_comment(self.binh, on_behalf_of=f"answer-{self.citys.pk}")
        said = Comment.objects.get()
        assert said.is_with_unit
        page = self.client.get(answer.url)
        self.assertContains(page, f"Ý kiến {said.pk} đã gộp vào trả lời của Thành ủy")
        self.assertContains(page, "Ở đơn vị, chưa gửi")
        self.assertNotContains(page, 'data-state="open"')
        opinion = self.client.get(reverse("comments:comment", args=[said.pk]))
        self.assertNotContains(opinion, "Cơ quan chủ trì soạn thảo chưa trả lời.")
        contributions.leave_out(said, by=self.minh)
        self.assertContains(self.client.get(reverse("comments:mine")), "Không đưa vào trả lời của đơn vị")

    def test_the_form_gathers_for_the_unit_that_was_asked(self):
        self.client.force_login(self.binh)
        page = self.client.get(reverse("comments:new", args=[self.document.pk]) + f"?wid={self.article_1.wid}")
        chosen = page.context["form"]["on_behalf_of"].value()
        assert chosen == f"answer-{self.citys.pk}"
        self.post_comment(self.binh, on_behalf_of=chosen)
        assert Comment.objects.get().contribution == self.citys
        # Who was asked by name speaks for himself unless he says otherwise.
        self.client.force_login(self.dai)
        page = self.client.get(reverse("comments:new", args=[self.document.pk]))
        assert "on_behalf_of" not in page.context["form"].fields

    def test_what_was_written_for_an_answer_that_takes_nothing_more_goes_nowhere_else(self):
        chosen = f"answer-{self.citys.pk}"
        drafts.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Phạm vi", text=self.article_1.text, reason="Gọn"
        )
        drafts.issue_edition(self.document, by=self.lan)
        for user in (self.minh, self.binh):  # who acts for the unit, and who is not asked for whom he speaks any more
            refused = self.post_comment(user, on_behalf_of=chosen, clause="khoản 9", text="Chỉ cho đơn vị.")
            for words in ("Chỉ cho đơn vị.", "Dự thảo lần 2", "Chọn lại"):
                self.assertContains(refused, words, status_code=422)
            self.assertNotContains(refused, chosen, status_code=422)
            self.assertNotContains(refused, "lựa chọn khoản 9", status_code=422)
        refused = self.post_comment(self.binh, on_behalf_of=chosen, edition=2)
        assert refused.status_code == 422 and "on_behalf_of" in refused.context["form"].errors
        assert not Comment.objects.exists()
        self.post_comment(self.binh, on_behalf_of="", edition=2)
        assert Comment.objects.get().contribution is None

    def test_its_contact_edits_and_leaves_out_its_other_members_do_not(self):
        said = self.say(self.binh, contribution=self.citys)
        for user, status in ((self.binh, 403), (self.lan, 404), (self.minh, 302)):
            self.client.force_login(user)
            answer = self.client.post(reverse("comments:leaving_out", args=[said.pk]))
            assert answer.status_code == status, user
        self.client.post(reverse("comments:taking_in", args=[said.pk]))
        said.refresh_from_db()
        assert said.left_out_at is None
        answer = self.client.post(reverse("comments:text", args=[said.pk]), {"kind": "wording", "text": "Gọn hơn."})
        assert answer.status_code == 302
        said.refresh_from_db()
        assert said.text == "Gọn hơn."
        assert said.history.count() == 4

    def test_nobody_speaks_for_the_unit_beside_the_answer_it_has_sent(self):
        contributions.send(self.citys, by=self.minh, stance="agree", articles={})
        refused = self.post_comment(self.minh, on_behalf_of=self.city.pk, text="Thật ra không đồng ý.")
        self.assertContains(refused, "Thật ra không đồng ý.", status_code=422)
        self.assertContains(refused, "Thành ủy đã gửi trả lời", status_code=422)
        assert not Comment.objects.exists()
        rounds.close(self.round, by=self.thu, reason="Xong")
        assert self.post_comment(self.minh, on_behalf_of=self.city.pk).status_code == 302

    def test_what_is_sent_is_frozen(self):
        said = self.say(self.minh, contribution=self.citys)
        sent = contributions.send(self.citys, by=self.minh, stance="disagree", articles={self.article_2: "agree"})
        assert sent.sent_by == self.minh and sent.answered_at
        assert (
            contributions.send(self.citys, by=self.minh, stance="disagree", articles={self.article_2: "agree"}) == sent
        )
        said.refresh_from_db()
        for act in (
            lambda: services.edit_comment(said, by=self.minh, kind="other", text="Khác"),
            lambda: services.withdraw_comment(said, by=self.minh),
            lambda: contributions.leave_out(said, by=self.minh),
            lambda: contributions.send(self.citys, by=self.minh, stance="agree", articles={self.article_2: "agree"}),
            lambda: contributions.send(self.citys, by=self.minh, stance="disagree", articles={}),
            lambda: contributions.prepare(self.citys, by=self.minh, stance="agree", articles={}),
            lambda: self.say(self.binh, contribution=self.citys),
        ):
            with self.assertRaises(RuleBrokenError):
                act()
        assert sent.article_stances.get().stance == "agree"

    def test_a_stance_does_not_contradict_its_comments(self):
        self.say(self.minh, contribution=self.citys)
        for stance in ("", "agree", "no_comment"):
            with self.assertRaises(RuleBrokenError):
                contributions.send(self.citys, by=self.minh, stance=stance, articles={})
        assert Invitation.objects.get(pk=self.citys.pk).answered_at is None

    def test_nothing_is_sent_when_the_round_is_over(self):
        rounds.close(self.round, by=self.thu, reason="Đủ")
        with self.assertRaises(RuleBrokenError):
            contributions.send(self.citys, by=self.minh, stance="no_comment", articles={})


class JoiningTests(ContributionTestCase):
    """What a unit's people said twice is made one comment."""

    def setUp(self):
        self.last = self.say(self.binh, "Nói rõ điểm b.", contribution=self.citys, clause="điểm b khoản 2")
        self.first = self.say(self.minh, "Nói rõ khoản 1.", contribution=self.citys, clause="khoản 1")
        for comment, names in ((self.last, "ab"), (self.first, "b")):
            for name in names:
                file = SimpleUploadedFile(f"{name}.pdf", b"%PDF-" + name.encode())
                services._attach(comment, [files.check(file)])
        self.client.force_login(self.minh)
        self.answer = reverse("comments:answer", args=[self.round.pk, self.citys.pk])

    def url(self, *comments, invitation=None):
        invitation = invitation or self.citys
        address = reverse("comments:joined", args=[self.round.pk, invitation.pk])
        return address + "?" + "&".join(f"comment={comment.pk}" for comment in comments)

    def test_they_stand_in_the_order_of_the_text(self):
        page = self.client.get(self.answer)
        assert page.context["page"].comments == [self.first, self.last]
        self.assertContains(page, 'form="join"', count=2)

    def test_one_gets_the_words_and_files_of_both_and_the_other_can_be_taken_in_again(self):
        before = list(self.document.operations.values_list("pk", flat=True))
        url = self.url(self.first, self.last)
        form = self.client.get(url).context["form"]
        assert form["text"].value() == "Nói rõ điểm b.\nNói rõ khoản 1."
        said = {"into": self.first.pk, "kind": "wording", "text": "Nói rõ cả hai.", "proposed_text": "lời khác"}
        refused = self.client.post(url, said | {"text": " "})
        self.assertContains(refused, "lời khác", status_code=422)
        for _time in range(2):
            assert self.client.post(url, said).status_code == 302
        self.first.refresh_from_db()
        assert (self.first.text, self.first.kind, self.first.clause_label) == ("Nói rõ cả hai.", "wording", "khoản 1")
        assert sorted(self.first.attachments.values_list("name", flat=True)) == ["a.pdf", "b.pdf"]
        assert self.first.history.count() == 2
        assert list(self.document.operations.values_list("pk", flat=True)) == before  # the unit's own affair
        page = self.client.get(self.answer)
        assert page.context["page"].comments == [self.first]
        self.assertContains(page, f"Gộp vào ý kiến {self.first.pk}")
        self.client.post(reverse("comments:taking_in", args=[self.last.pk]))
        assert self.client.get(self.answer).context["page"].comments == [self.first, self.last]

    def test_what_cannot_be_joined_is_refused(self):
        general = services.add_comment(
            self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Chung.", contribution=self.citys
        )
        assert self.client.get(self.url(self.first, general)).status_code == 409
        strange = self.say(self.dai, "Của người khác.")
        for url in (self.url(self.first), self.url(self.first, strange), self.url(self.last) + "&comment=x"):
            assert self.client.get(url).url.startswith(self.answer)
        for user, status in ((self.binh, 403), (self.dai, 404), (self.lan, 404)):
            self.client.force_login(user)
            assert self.client.get(self.url(self.first, self.last)).status_code == status
        contributions.send(self.citys, by=self.minh, stance="disagree", articles={})
        self.client.force_login(self.minh)
        said = {"into": self.first.pk, "kind": "wording", "text": "Sau khi gửi."}
        assert self.client.post(self.url(self.first, self.last), said).status_code == 422


class PersonTests(ContributionTestCase):
    def url(self, invitation):
        return reverse("comments:answer", args=[self.round.pk, invitation.pk])

    def test_no_comment_is_an_answer(self):
        self.client.force_login(self.dai)
        answer = self.client.post(self.url(self.dais), {"stance": "no_comment", "send": "1"})
        assert answer.status_code == 302
        self.dais.refresh_from_db()
        assert (self.dais.stance, self.dais.sent_by) == ("no_comment", self.dai)
        page = self.client.get(self.url(self.dais))
        self.assertNotContains(page, 'name="send"')
        assert self.counted()[2] == ["Thành ủy"]

    def test_stances_are_kept_for_later_and_on_single_articles(self):
        self.client.force_login(self.dai)
        field = f"article_{self.article_2.wid.hex}"
        self.client.post(self.url(self.dais), {"stance": "agree_with_comments", field: "disagree", "keep": "1"})
        self.dais.refresh_from_db()
        assert self.dais.answered_at is None
        form = self.client.get(self.url(self.dais)).context["form"]
        assert (form["stance"].value(), form[field].value(), form.chosen) == ("agree_with_comments", "disagree", 1)
        self.client.post(self.url(self.dais), {"stance": "agree", "send": "1"})
        assert not self.dais.article_stances.exists()

    def test_a_refused_answer_keeps_what_was_chosen(self):
        self.say(self.dai)
        self.client.force_login(self.dai)
        refused = self.client.post(self.url(self.dais), {"stance": "agree", "send": "1"})
        assert refused.status_code == 422
        assert refused.context["form"]["stance"].value() == "agree"

    def test_another_stance_from_a_second_tab_is_told_what_was_sent(self):
        self.client.force_login(self.dai)
        self.client.post(self.url(self.dais), {"stance": "disagree", "send": "1"})
        again = self.client.post(self.url(self.dais), {"stance": "disagree", "send": "1"}, follow=True)
        self.assertContains(again, "Đã gửi trả lời.")
        refused = self.client.post(self.url(self.dais), {"stance": "agree", "send": "1"})
        self.assertContains(refused, "đã gửi trước đó là “không nhất trí”", status_code=422)
        self.assertNotContains(refused, "Đã gửi trả lời.", status_code=422)
        self.dais.refresh_from_db()
        assert self.dais.stance == "disagree"

    def test_own_comments_are_frozen_with_it_and_none_is_added(self):
        said = self.say(self.dai)
        contributions.send(self.dais, by=self.dai, stance="agree_with_comments", articles={})
        with self.assertRaises(RuleBrokenError):
            services.withdraw_comment(said, by=self.dai)
        refused = self.post_comment(self.dai)
        assert refused.status_code == 422
        self.assertContains(refused, "Góp ý.", status_code=422)

    def test_others_find_no_answer_of_his(self):
        for user, status in ((self.minh, 404), (self.lan, 404), (self.hoa, 404), (self.dai, 200)):
            self.client.force_login(user)
            assert self.client.get(self.url(self.dais)).status_code == status, user
        self.client.force_login(self.binh)
        assert self.client.get(self.url(self.citys)).status_code == 200
        assert self.client.post(self.url(self.citys), {"stance": "agree", "send": "1"}).status_code == 403


class AtOnceTests(People, TransactionTestCase):
    """A member adds or rewords while the contact sends: it goes with the answer in time, or is refused."""

    def setUp(self):
        self.make_people()
        self.make_draft()
        closes = timezone.now() + dt.timedelta(days=5)
        opened = {"closes_at": closes, "visibility": Consultation.Visibility.OPEN, "units": [self.city]}
        self.citys = rounds.open_consultation(self.edition, by=self.thu, **opened).invitations.get()

    def while_sending(self, act):
        """What ``act`` comes to when it starts before the sending transaction ends."""
        outcome = []

        def run():
            try:
                outcome.append(act())
            except RuleBrokenError as refusal:
                outcome.append(refusal)
            finally:
                connections.close_all()

        other = threading.Thread(target=run)
        with transaction.atomic():
            contributions.send(self.citys, by=self.minh, stance="disagree", articles={})
            other.start()
            other.join(0.3)  # it waits for the row: alive until the commit
            assert other.is_alive() and not outcome
        other.join(20)
        return outcome[0]

    def say(self):
        said = {"by": self.minh, "key": uuid.uuid4(), "kind": "other", "text": "Ý kiến.", "contribution": self.citys}
        return services.add_comment(self.edition, **said)

    def test_nothing_is_added_behind_the_senders_back(self):
        assert isinstance(self.while_sending(self.say), RuleBrokenError)
        assert not Comment.objects.exists()

    def test_nobody_speaks_for_the_unit_behind_the_senders_back(self):
        said = {"by": self.minh, "key": uuid.uuid4(), "kind": "other", "text": "Ý kiến.", "on_behalf_of": self.city}
        assert isinstance(self.while_sending(partial(services.add_comment, self.edition, **said)), RuleBrokenError)

    def test_nothing_is_reworded_behind_the_senders_back(self):
        said = self.say()
        reword = partial(services.edit_comment, said, by=self.minh, kind="other", text="Khác.")
        assert isinstance(self.while_sending(reword), RuleBrokenError)
        said.refresh_from_db()
        assert (said.text, said.on_behalf_of) == ("Ý kiến.", self.city)
