"""Answers on their way: proposed by a colleague, approved by the head of the drafting unit, published."""

import uuid
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from django.urls import reverse

from comments import approving, contesting, flagging, helping, revising, services, undoing
from comments.access import visible_comments
from comments.models import Comment, Note, Phrase, Proposal, Reopening, Response
from comments.waiting import contested_for
from config.errors import RuleBrokenError
from drafts import services as drafts
from drafts.access import get_document_for
from drafts.gates import gaps_of
from drafts.models import Document, Seat
from drafts.photographs import edition_text
from tests.people import DraftTestCase, People, make_user


class AnswerTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.drafter = make_user("drafter", unit=cls.department)
        drafts.give_seat(cls.document, by=cls.lan, role=Seat.Role.DRAFTER, user=cls.drafter)
        sheet = edition_text(cls.edition).find(cls.article_1.wid)
        cls.comment = services.add_comment(
            cls.edition, by=cls.minh, key=uuid.uuid4(), kind="other", text="Nói rõ hơn.", sheet=sheet
        )
        cls.other = services.add_comment(cls.edition, by=cls.dai, key=uuid.uuid4(), kind="other", text="Nhất trí.")

    def url(self, name, thing=None):
        return reverse(f"comments:{name}", args=[(thing or self.document).pk])

    def answer(self, by, comment=None, **data):
        self.client.force_login(by)
        comment = Comment.objects.get(pk=(comment or self.comment).pk)
        data = {"outcome": "explained", "explanation": "Vì đã có ở Điều 2."} | data
        return self.client.post(self.url("response", comment), self.seen(comment, comment.answer_stamp) | data)

    def seen(self, thing, stamp=None):
        """As its page sends it back."""
        return {f"seen-{thing.pk}": thing.stamp if stamp is None else stamp}

    def page_of(self, user, comment=None):
        self.client.force_login(user)
        return self.client.get(self.url("comment", comment or self.comment)).content.decode()


class ApprovalTests(AnswerTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        drafts.describe_document(cls.document, by=cls.lan, answers_need_approval=True)

    def test_a_drafter_proposes_the_head_publishes_and_only_then_the_author_sees_it(self):
        self.answer(self.drafter)
        assert not Response.objects.exists()
        assert "Vì đã có ở Điều 2." not in self.page_of(self.minh)
        assert "Vì đã có ở Điều 2." in self.page_of(self.drafter)
        assert any(gap.address == self.url("proposals") for gap in gaps_of(Document.objects.get(pk=self.document.pk)))

        self.client.force_login(self.drafter)
        assert self.client.post(self.url("proposals"), {"publish": "1"}).status_code == 403
        self.client.force_login(self.lan)
        proposal = Proposal.objects.get()
        ticked = {"proposal": [proposal.pk]} | self.seen(proposal)
        self.client.post(self.url("proposals"), ticked | {"approve": "1"})
        proposal.refresh_from_db()
        assert proposal.approved_by == self.lan and not Response.objects.exists()
        self.client.post(self.url("proposals"), ticked | {"publish": "1"})
        response = Response.objects.get()
        assert (response.by, response.explanation) == (self.drafter, "Vì đã có ở Điều 2.")
        assert not Proposal.objects.exists()
        assert "Vì đã có ở Điều 2." in self.page_of(self.minh)

    def test_given_back_with_what_is_to_be_changed_then_proposed_again(self):
        self.answer(self.drafter)
        proposal = Proposal.objects.get()
        self.client.force_login(self.lan)
        assert self.client.post(self.url("proposal_return", proposal), {"reason": " "}).status_code == 422
        self.client.post(self.url("proposal_return", proposal), {"reason": "Dẫn điều, khoản."} | self.seen(proposal))
        proposal.refresh_from_db()
        assert proposal.returned == "Dẫn điều, khoản."
        self.client.force_login(self.drafter)
        page = self.client.get(self.url("response", self.comment))
        assert page.context["form"]["explanation"].value() == "Vì đã có ở Điều 2."
        self.answer(self.drafter, explanation="Vì đã có ở khoản 2 Điều 2.")
        proposal.refresh_from_db()
        assert (proposal.returned, proposal.explanation) == ("", "Vì đã có ở khoản 2 Điều 2.")
        assert proposal.history.count() == 3

    def test_what_the_head_answers_counts_at_once_and_ends_a_proposal(self):
        self.answer(self.drafter)
        self.answer(self.lan, explanation="Theo Điều lệ.")
        assert Response.objects.get().explanation == "Theo Điều lệ."
        assert not Proposal.objects.exists()

    def test_a_revision_that_takes_a_comment_in_proposes_too(self):
        taken = revising.TakenIn(self.comment)
        operation = revising.revise_article(
            self.article_1,
            by=self.drafter,
            base_version=1,
            heading=self.article_1.heading,
            text=self.article_1.text + "\n3. Thêm.",
            reason="Tiếp thu",
            taken_in=[taken],
        )
        proposal = Proposal.objects.get()
        assert proposal.carried_out_by == operation
        approving.publish([proposal], by=self.lan)
        assert Response.objects.get().carried_out_by == operation

    def test_the_rule_is_switched_by_the_head_and_not_off_while_proposals_wait(self):
        self.answer(self.drafter)
        self.client.force_login(self.drafter)
        assert self.client.post(self.url("approval_rule"), {}).status_code == 403
        self.client.force_login(self.lan)
        assert self.client.post(self.url("approval_rule"), {}).status_code == 409
        approving.publish(Proposal.objects.all(), by=self.lan)
        self.client.post(self.url("approval_rule"), {})
        self.answer(self.drafter, self.other)
        assert Response.objects.count() == 2

    def test_the_head_decides_on_the_words_that_were_on_the_page(self):
        self.answer(self.drafter)
        proposal = Proposal.objects.get()
        read = {"proposal": [proposal.pk]} | self.seen(proposal)
        self.answer(self.drafter, explanation="Viết lại từ đầu.")
        self.client.force_login(self.lan)
        for data in (read | {"publish": "1"}, read | {"approve": "1"}, {"proposal": [proposal.pk], "publish": "1"}):
            refused = self.client.post(self.url("proposals"), data)
            self.assertContains(refused, "Viết lại từ đầu.", status_code=409)
            assert refused.context["ticked"] == {proposal.pk}
        proposal.refresh_from_db()
        assert proposal.approved_at is None and not Response.objects.exists()
        refused = self.client.post(self.url("proposal_return", proposal), read | {"reason": "Dẫn điều, khoản."})
        self.assertContains(refused, "Dẫn điều, khoản.", status_code=409)
        self.assertContains(refused, "Viết lại từ đầu.", status_code=409)
        self.client.post(self.url("proposals"), read | self.seen(proposal) | {"publish": "1"})
        assert Response.objects.get().explanation == "Viết lại từ đầu."

    def test_a_colleagues_proposal_is_not_replaced_unread(self):
        self.answer(self.drafter)
        refused = self.answer(self.lan, **self.seen(self.comment, ""), explanation="Theo Điều lệ.")
        for words in ("Vì đã có ở Điều 2.", "Theo Điều lệ."):
            self.assertContains(refused, words, status_code=409)
        assert Proposal.objects.exists() and not Response.objects.exists()

    def test_the_reason_for_giving_back_what_was_published_meanwhile_is_kept(self):
        self.answer(self.drafter)
        proposal = Proposal.objects.get()
        url, data = self.url("proposal_return", proposal), {"reason": "Dẫn điều, khoản."} | self.seen(proposal)
        approving.publish([proposal], by=self.lan)
        self.client.force_login(self.lan)
        refused = self.client.post(url, data)
        for words in ("Dẫn điều, khoản.", "Vì đã có ở Điều 2."):
            self.assertContains(refused, words, status_code=409)
        assert self.client.get(url).status_code == 409
        for user, status in ((self.drafter, 403), (self.hoa, 404)):
            self.client.force_login(user)
            assert self.client.post(url, data).status_code == status

    def test_publishing_is_not_undone_over_a_newer_proposal(self):
        self.answer(self.drafter)
        approving.publish(Proposal.objects.all(), by=self.lan)
        self.answer(self.drafter, explanation="Viết lại từ đầu.")
        with self.assertRaises(RuleBrokenError):
            undoing.undo(Response.history.get().operation, by=self.lan)
        assert Proposal.objects.get().explanation == "Viết lại từ đầu."

    def test_publishing_twice_publishes_once(self):
        self.answer(self.drafter)
        proposals = list(Proposal.objects.all())
        assert approving.publish(proposals, by=self.lan) == 1
        assert approving.publish(proposals, by=self.lan) == 0
        with self.assertRaises(RuleBrokenError):
            approving.give_back(proposals[0], by=self.lan, reason="Muộn")


class AtOnceTests(People, TransactionTestCase):
    """Answering, publishing, withdrawing and ruling at the same moment."""

    def setUp(self):
        self.make_people()
        self.make_draft()
        self.comment = services.add_comment(
            self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Nói rõ hơn."
        )

    def propose(self):
        drafter = make_user("drafter", unit=self.department)
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.DRAFTER, user=drafter)
        drafts.describe_document(self.document, by=self.lan, answers_need_approval=True)
        self.comment.refresh_from_db()
        return drafter, services.answer_comment(self.comment, by=drafter, outcome="explained", explanation="Một.")

    def started(self, pool, act):
        """``act`` under way in a transaction of its own, and come as far as this transaction lets it."""

        def run():
            try:
                return act()
            except RuleBrokenError as refusal:
                return refusal
            finally:
                connections.close_all()

        future = pool.submit(run)
        waits_for_this_one = "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        with connection.cursor() as cursor:
            while not wait([future], timeout=0.02).done:
                cursor.execute(waits_for_this_one)
                if cursor.fetchone()[0]:
                    break
        return future

    def test_publishing_waits_for_who_proposes_anew_and_neither_stands_in_the_others_way(self):
        drafter, proposal = self.propose()
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                services.locked_for_answer(self.comment)
                published = self.started(pool, lambda: approving.publish([proposal], by=self.lan))
                services.answer_comment(self.comment, by=drafter, outcome="explained", explanation="Hai.")
            published.result(30)
        assert "Hai." in self.words()

    def test_what_is_withdrawn_meanwhile_is_not_answered(self):
        _drafter, proposal = self.propose()
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                services.withdraw_comment(self.comment, by=self.minh)
                published = self.started(pool, lambda: approving.publish([proposal], by=self.lan))
            assert published.result(30) == 0
        assert not Response.objects.exists()

    def contested(self):
        services.answer_comment(self.comment, by=self.lan, outcome="explained", explanation="Một.")
        return contesting.contest(self.comment, by=self.minh, reason="Không.")

    def answer_again(self):
        return services.answer_comment(self.comment, by=self.lan, outcome="partly", explanation="Hai.")

    def test_an_answer_given_while_the_chair_has_it_answered_anew_is_kept(self):
        reopening = self.contested()
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                contesting.rule(reopening, by=self.chi, ruling="answer_again", reason="")
                answered = self.started(pool, self.answer_again)
            given = answered.result(30)
        assert Response.objects.get() == given and self.words() == ["Hai."]

    def test_the_chair_does_not_take_back_an_answer_given_meanwhile(self):
        reopening = self.contested()
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                self.answer_again()
                rule = partial(contesting.rule, reopening, by=self.chi, ruling="answer_again", reason="")
                ruled = self.started(pool, rule)
            assert isinstance(ruled.result(30), RuleBrokenError)
        assert self.words() == ["Hai."]

    def test_an_answer_is_not_undone_while_it_is_given_anew(self):
        services.answer_comment(self.comment, by=self.lan, outcome="explained", explanation="Một.")
        act = Response.history.get().operation
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                undoing.undo(act, by=self.lan)
                answered = self.started(pool, self.answer_again)
            given = answered.result(30)
        assert Response.objects.get() == given and self.words() == ["Hai."]

    def words(self):
        return [row.explanation for model in (Response, Proposal) for row in model.objects.all()]


class ContestingTests(AnswerTestCase):
    def setUp(self):
        services.answer_comment(self.comment, by=self.lan, outcome="explained", explanation="Giữ như dự thảo.")

    def test_satisfied_until_the_answer_changes(self):
        self.client.force_login(self.minh)
        for _again in range(2):
            self.client.post(self.url("satisfaction", self.comment))
        response = Response.objects.get()
        assert response.satisfied_at and response.history.count() == 2
        self.answer(self.lan, explanation="Nói khác.")
        assert Response.objects.get().satisfied_at is None

    def test_only_who_holds_the_opinion_speaks(self):
        for user, status in ((self.dai, 403), (self.lan, 403), (self.hoa, 404)):
            self.client.force_login(user)
            for name in ("satisfaction", "reopening", "reservation"):
                assert self.client.post(self.url(name, self.comment)).status_code == status, (user, name)

    def contest(self, reason="Chưa thỏa đáng."):
        self.client.force_login(self.minh)
        return self.client.post(self.url("reopening", self.comment), {"reason": reason})

    def test_contested_once_and_the_chair_rules_that_it_stands_then_the_opinion_is_reserved(self):
        assert self.contest(" ").status_code == 422
        assert self.contest().status_code == 302
        assert self.contest().status_code == 302  # the same form twice
        assert self.contest("Lần nữa.").status_code == 422
        reopening = Reopening.objects.get()
        assert self.client.post(self.url("reservation", self.comment)).status_code == 409
        self.client.force_login(self.chi)
        self.assertContains(self.client.get(reverse("home")), self.url("contested"))
        assert self.client.post(self.url("ruling", reopening), {"ruling": "answer_stands"}).status_code == 422
        data = {"ruling": "answer_stands", "reason": "Theo Điều lệ."}
        self.client.post(self.url("ruling", reopening), data)
        assert self.client.post(self.url("ruling", reopening), data).status_code == 422
        self.client.force_login(self.minh)
        for _again in range(2):
            self.client.post(self.url("reservation", self.comment))
        reopening.refresh_from_db()
        assert reopening.ruled_by == self.chi and reopening.reserved_at
        assert "Bảo lưu" in self.page_of(self.minh)
        assert Response.objects.get().explanation == "Giữ như dự thảo."

    def test_an_answer_its_author_has_spoken_to_is_not_undone(self):
        act = Response.history.get().operation
        contesting.be_satisfied(self.comment, by=self.minh)
        with self.assertRaises(RuleBrokenError):
            undoing.undo(act, by=self.lan)
        contesting.contest(self.comment, by=self.minh, reason="Chưa thỏa đáng.")
        with self.assertRaises(RuleBrokenError):
            undoing.undo(act, by=self.lan)
        assert Response.objects.exists() and Reopening.objects.exists()

    def test_a_contest_does_not_keep_other_acts_from_being_undone(self):
        flag = flagging.flag(self.document, by=self.thu, pks=[self.comment.pk])
        self.contest()
        undoing.undo(flag, by=self.thu)
        assert not Comment.objects.filter(flagged_at__isnull=False).exists()

    def test_an_answer_given_anew_after_the_ruling_may_be_undone(self):
        self.contest()
        contesting.rule(Reopening.objects.get(), by=self.chi, ruling="answer_again", reason="")
        services.answer_comment(self.comment, by=self.lan, outcome="partly", explanation="Nhầm.")
        undoing.undo(Response.history.filter(explanation="Nhầm.").get().operation, by=self.lan)
        assert not Response.objects.exists()

    def test_the_chair_has_it_answered_anew(self):
        self.contest()
        contesting.rule(Reopening.objects.get(), by=self.chi, ruling="answer_again", reason="")
        assert Comment.objects.unanswered().filter(pk=self.comment.pk).exists()
        self.answer(self.lan, explanation="Tiếp thu một phần.", outcome="partly")
        with self.assertRaises(RuleBrokenError):
            contesting.contest(self.comment, by=self.minh, reason="Lại nữa.")

    def test_the_chair_rules_on_the_answer_that_was_read(self):
        self.contest()
        url = self.url("ruling", Reopening.objects.get())
        self.client.force_login(self.chi)
        self.client.get(url)
        services.answer_comment(self.comment, by=self.lan, outcome="partly", explanation="Nói lại cho rõ.")
        data = {"ruling": "answer_again"}
        refused = self.client.post(url, data)
        self.assertContains(refused, "Nói lại cho rõ.", status_code=422)
        answer = Response.objects.get()
        self.assertContains(refused, f'name="seen" value="{answer.stamp}"', status_code=422)
        assert self.client.post(url, data | {"seen": answer.stamp}).status_code == 302
        assert not Response.objects.exists()

    def test_another_answer_that_satisfies_the_author_closes_the_contest(self):
        self.contest()
        reopening = Reopening.objects.get()
        services.answer_comment(self.comment, by=self.lan, outcome="accepted")
        self.client.force_login(self.chi)
        self.assertContains(self.client.get(reverse("home")), self.url("contested"))  # what it is worth nobody has said
        contesting.be_satisfied(self.comment, by=self.minh)
        self.assertNotContains(self.client.get(reverse("home")), self.url("contested"))
        self.assertContains(self.client.get(self.url("contested")), "Chưa thỏa đáng.")
        self.assertNotContains(self.client.get(self.url("contested")), self.url("ruling", reopening))
        assert str(self.chi) not in {gap.responsible for gap in gaps_of(self.document)}
        assert "Chờ chủ trì" not in self.page_of(self.minh)
        data = {"ruling": "answer_again", "seen": Response.objects.get().stamp}
        self.client.force_login(self.chi)
        assert self.client.post(self.url("ruling", reopening), data).status_code == 422
        assert Response.objects.exists() and not Reopening.objects.get().ruling

    def test_a_contest_waits_again_when_the_answer_that_settled_it_is_changed(self):
        self.contest()
        services.answer_comment(self.comment, by=self.lan, outcome="accepted")
        contesting.be_satisfied(self.comment, by=self.minh)
        services.answer_comment(self.comment, by=self.lan, outcome="explained", explanation="Giữ như dự thảo.")
        assert contested_for(self.chi).get() == self.document
        assert str(self.chi) in {gap.responsible for gap in gaps_of(self.document)}

    def test_the_chair_reads_the_answer_as_it_was_contested_and_as_it_is_now(self):
        self.contest()
        url = self.url("ruling", Reopening.objects.get())
        self.client.force_login(self.chi)
        assert self.client.get(url).context["contested"] is None  # there is but one
        for words in ("Nói lại cho rõ.", "Nói lại lần nữa."):
            services.answer_comment(self.comment, by=self.lan, outcome="partly", explanation=words)
        page = self.client.get(url).content.decode()
        assert page.index("Giữ như dự thảo.") < page.index("Chưa thỏa đáng.") < page.index("Nói lại lần nữa.")
        assert "Nói lại cho rõ." not in page

    def test_the_lists_are_for_those_who_consolidate_and_the_ruling_for_the_chair(self):
        self.contest()
        reopening = Reopening.objects.get()
        for user, seen, rules in (
            (self.thu, 200, 403),
            (self.lan, 200, 403),
            (self.dai, 403, 403),
            (self.chi, 200, 200),
        ):
            self.client.force_login(user)
            assert self.client.get(self.url("contested")).status_code == seen, user
            assert self.client.get(self.url("ruling", reopening)).status_code == rules, user

    def test_you_said_we_answered_the_text_now_reads(self):
        drafts.revise_article(
            self.article_1,
            by=self.lan,
            base_version=1,
            heading=self.article_1.heading,
            text=self.article_1.text + "\n3. Khoản thêm vào.",
            reason="Tiếp thu",
        )
        assert "Khoản thêm vào" not in self.page_of(self.minh)
        drafts.issue_edition(self.document, by=self.lan)
        page = self.page_of(self.minh)
        assert "Giữ như dự thảo." in page and "Khoản thêm vào" in page
        self.client.force_login(self.minh)
        with self.assertNumQueries(4):
            mine = self.client.get(reverse("comments:mine"))
        self.assertContains(mine, "Giữ như dự thảo.")
        assert [comment.pk for comment in mine.context["page"]] == [self.comment.pk]


class HelpingTests(AnswerTestCase):
    def test_notes_are_for_the_drafting_unit_alone(self):
        self.client.force_login(self.drafter)
        data = {"key": uuid.uuid4(), "text": "Hỏi lại Sở Tư pháp."}
        for _again in range(2):
            self.client.post(self.url("notes", self.comment), data)
        assert Note.objects.count() == 1
        assert "Hỏi lại Sở Tư pháp." in self.page_of(self.lan)
        for other in (self.minh, self.dai, self.thu, self.chi):
            assert "Hỏi lại Sở Tư pháp." not in self.page_of(other), other
        self.client.force_login(self.minh)
        assert self.client.post(self.url("notes", self.comment), data).status_code == 403

    def test_a_note_that_is_refused_stays_in_the_form(self):
        self.client.force_login(self.drafter)
        data = {"key": uuid.uuid4(), "text": "Ghi chú dài. " * 2_000}
        refused = self.client.post(self.url("notes", self.comment), data)
        self.assertContains(refused, data["text"].strip(), status_code=422)
        self.assertContains(refused, data["key"], status_code=422)
        assert self.client.post(self.url("notes", self.comment), data | {"text": " "}).status_code == 422
        assert not Note.objects.exists()

    def test_comments_are_handed_out_to_colleagues_by_a_day(self):
        self.client.force_login(self.lan)
        url = self.url("allotment", self.comment)
        assert self.client.post(url, {"answerer": self.minh.pk}).status_code == 409
        self.client.post(url, {"answerer": self.drafter.pk, "answer_by": "10/12/2030"})
        self.comment.refresh_from_db()
        assert self.comment.answerer == self.drafter
        self.client.force_login(self.drafter)
        self.assertContains(self.client.get(reverse("home")), "10/12/2030")
        assert (
            helping.allot([self.comment], by=self.lan, answerer=self.drafter, answer_by=self.comment.answer_by) is None
        )
        self.answer(self.drafter)
        assert not helping.allotted_to(self.drafter).exists()

    def test_phrases_are_kept_used_and_dropped_by_the_unit(self):
        self.client.force_login(self.drafter)
        url = reverse("comments:phrases")
        assert self.client.post(url, {"name": "Điều lệ", "text": ""}).status_code == 422
        self.client.post(url, {"name": "Điều lệ", "text": "Theo Điều lệ Đảng."})
        phrase = Phrase.objects.get()
        assert phrase.unit == self.department
        filled = self.client.post(
            self.url("response", self.comment),
            {"outcome": "partly", "explanation": "Đã viết:", "phrase": phrase.pk},
        )
        assert filled.status_code == 200 and not Response.objects.exists()
        assert filled.context["form"]["explanation"].value() == "Đã viết:\nTheo Điều lệ Đảng."
        assert filled.context["form"]["outcome"].value() == "partly"
        self.client.post(self.url("phrase", phrase), {"name": "Điều lệ", "text": "Theo khoản 1 Điều 9 Điều lệ Đảng."})
        self.client.force_login(self.minh)
        assert self.client.get(url).status_code == 403
        self.client.force_login(self.lan)
        self.client.post(self.url("phrase_removal", phrase))
        assert not Phrase.objects.exists()

    def test_versions_of_the_answer_are_kept_and_shown(self):
        self.answer(self.lan)
        self.answer(self.lan, explanation="Bản hai.")
        assert "Vì đã có ở Điều 2." in self.page_of(self.lan)
        assert "Vì đã có ở Điều 2." not in self.page_of(self.minh)
        document = get_document_for(self.minh, "read", pk=self.document.pk)
        assert visible_comments(self.minh, document).count() == 2
