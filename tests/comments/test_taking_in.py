import datetime as dt
import uuid

from django.db import transaction

from comments import services
from comments.at_hand import AtHand, is_waiting
from comments.consolidation import attach_carried_out
from comments.models import Comment, Response
from comments.revising import TakenIn, revise_article
from comments.services import Selection
from config.errors import RuleBrokenError
from drafts import diary
from drafts import services as drafts
from drafts.models import Operation, Provision
from drafts.photographs import edition_text
from tests.people import ARTICLE_1, DraftTestCase

NEW_TEXT = ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:")


class TakingInCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.first = cls.comment("áp dụng đối với:", "áp dụng cho:")
        cls.second = cls.comment("Ủy viên Ban Chấp hành", "Ủy viên Ban Chấp hành Đảng bộ tỉnh", by=cls.dai)

    @classmethod
    def comment(cls, quote, proposed="", *, by=None, text="Đề nghị viết rõ.", article=None):
        sheet = edition_text(cls.edition).find((article or cls.article_1).wid)
        return services.add_comment(
            cls.edition,
            by=by or cls.minh,
            key=uuid.uuid4(),
            kind="wording",
            text=text,
            sheet=sheet,
            selection=Selection(quote=quote),
            proposed_text=proposed,
        )

    def revise(self, *taken_in, text=NEW_TEXT, base_version=1, by=None):
        return revise_article(
            self.article_1,
            by=by or self.lan,
            base_version=base_version,
            heading=self.article_1.heading,
            text=text,
            reason="Tiếp thu",
            taken_in=[TakenIn(one) if isinstance(one, Comment) else one for one in taken_in],
        )

    def propose(self):
        """What a colleague proposes, where the head approves."""
        drafts.describe_document(self.document, by=self.lan, answers_need_approval=True)
        drafts.give_seat(self.document, by=self.lan, role="drafter", user=self.dai)
        return services.answer_comment(self.first, by=self.dai, outcome="explained", explanation="Đã đủ rõ.")

    def version(self):
        return Provision.objects.get(pk=self.article_1.pk).version


class ReviseTests(TakingInCase):
    def test_revision_and_answers_are_one_act(self):
        before = Operation.objects.count()
        operation = self.revise(self.first, TakenIn(self.second, "partly", "Chỉ sửa điểm a."))
        self.assertEqual(Operation.objects.count(), before + 1)
        self.assertEqual((operation.kind, operation.by, operation.reason), ("revised", self.lan, "Tiếp thu"))
        for comment, outcome in ((self.first, "accepted"), (self.second, "partly")):
            answer = Response.objects.get(comment=comment)
            self.assertEqual((answer.outcome, answer.by, answer.carried_out_by), (outcome, self.lan, operation))
            self.assertEqual(answer.at, operation.at)
            self.assertEqual([row.operation_id for row in answer.history.all()], [operation.pk])

    def test_the_answer_leads_to_the_words_changed(self):
        self.revise(self.first)
        comment = Comment.objects.select_related("response", "provision").get(pk=self.first.pk)
        attach_carried_out([comment])
        self.assertEqual(comment.response.carried_out_version, 2)

    def test_an_answer_that_waited_for_its_change_keeps_its_words_and_names_the_act(self):
        services.answer_comment(self.first, by=self.lan, outcome="partly", explanation="Sẽ viết gọn.")
        operation = self.revise(TakenIn(self.first, "accepted", "Khác"))
        answer = Response.objects.get(comment=self.first)
        self.assertEqual((answer.outcome, answer.explanation), ("partly", "Sẽ viết gọn."))
        self.assertEqual(answer.carried_out_by, operation)

    def test_a_colleagues_answer_is_not_overwritten_and_nothing_is_saved(self):
        services.answer_comment(self.second, by=self.lan, outcome="explained", explanation="Đã rõ.")
        before = Operation.objects.count()
        with self.assertRaises(RuleBrokenError) as refused:
            self.revise(self.first, self.second)
        self.assertIn(str(self.second.pk), str(refused.exception))
        self.assertEqual((self.version(), Operation.objects.count()), (1, before))
        self.assertFalse(Response.objects.filter(comment=self.first).exists())

    def test_a_proposal_that_was_not_seen_is_not_replaced_and_nothing_is_saved(self):
        proposal = self.propose()
        for seen in ("", "2026-01-01"):
            with self.assertRaises(services.StaleAnswerError):
                self.revise(TakenIn(self.first, seen=seen))
        self.assertEqual((self.version(), Response.objects.count()), (1, 0))
        proposal.refresh_from_db()
        self.assertEqual(proposal.explanation, "Đã đủ rõ.")
        self.revise(TakenIn(self.first, seen=proposal.stamp))
        self.assertEqual(Response.objects.get().outcome, "accepted")

    def test_a_withdrawn_comment_is_not_answered_and_nothing_is_saved(self):
        services.withdraw_comment(self.first, by=self.minh)
        with self.assertRaises(RuleBrokenError):
            self.revise(self.first)
        self.assertEqual(self.version(), 1)

    def test_in_part_needs_an_explanation(self):
        with self.assertRaises(RuleBrokenError):
            self.revise(TakenIn(self.first, "partly", "  "))
        self.assertEqual(self.version(), 1)

    def test_no_change_carries_nothing_out(self):
        with self.assertRaises(RuleBrokenError):
            self.revise(self.first, text=ARTICLE_1)
        self.assertIsNone(self.revise(text=ARTICLE_1))
        self.assertFalse(Response.objects.exists())

    def test_whoever_was_slower_answers_nothing(self):
        self.revise(text=ARTICLE_1 + "\n3. Thêm.")
        with self.assertRaises(drafts.StaleTextError):
            self.revise(self.first)
        self.assertFalse(Response.objects.exists())

    def test_a_comment_on_another_article_is_not_taken_in_here(self):
        other = self.comment("kỳ họp gần nhất", article=self.article_2)
        with self.assertRaises(ValueError):
            self.revise(other)

    def test_what_was_undone_is_waiting_again(self):
        operation = self.revise(self.first)
        answer = Response.objects.select_related("carried_out_by__undone_by").get(comment=self.first)
        self.assertFalse(is_waiting(answer))
        undone = diary.start(Operation.Kind.UNDONE, by=self.lan, document=self.document, undoes=operation)
        comment = Comment.objects.select_related("response", "provision").get(pk=self.first.pk)
        attach_carried_out([comment])
        self.assertIsNone(comment.response.carried_out_version)
        answer = Response.objects.select_related("carried_out_by__undone_by").get(comment=self.first)
        self.assertTrue(is_waiting(answer))
        with transaction.atomic():
            diary.start(Operation.Kind.UNDONE, by=self.lan, document=self.document, undoes=undone)
            attach_carried_out([comment])
            self.assertEqual(comment.response.carried_out_version, 2, "undone, and that undone again")
            answer = Response.objects.select_related("carried_out_by__undone_by__undone_by").get(comment=self.first)
            self.assertFalse(is_waiting(answer))
            transaction.set_rollback(True)
        again = self.revise(self.first, text=ARTICLE_1.replace("đối với", "với"), base_version=2)
        self.assertEqual(Response.objects.get(comment=self.first).carried_out_by, again)

    def test_it_may_be_entered_later_than_it_happened(self):
        moment = dt.datetime(2026, 11, 5, 15, 0, tzinfo=dt.UTC)
        with diary.dated(moment):
            self.revise(self.first)
        self.assertEqual(Response.objects.get(comment=self.first).at, moment)


class AtHandTests(TakingInCase):
    def at_hand(self, text=None):
        return AtHand(self.article_1_now(), user=self.lan, text=text)

    def article_1_now(self):
        article = Provision.objects.select_related("document").get(pk=self.article_1.pk)
        article.document.abilities = frozenset({"consolidate", "draft"})
        return article

    def test_comments_stand_in_the_order_of_the_text_with_what_is_to_be_decided_apart(self):
        services.answer_comment(self.second, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        early = self.comment("Quy chế này", by=self.dai)
        at_hand = self.at_hand()
        self.assertEqual([o.comment for o in at_hand.to_decide], [early, self.first])
        self.assertEqual([o.comment for o in at_hand.settled], [self.second])
        self.assertEqual(at_hand.open_count, 2)

    def test_marks_follow_the_text_as_it_is_typed(self):
        typed = "0. Dòng mới.\n" + ARTICLE_1
        marked = {pk: typed[start:end] for start, end, pk, _sure in self.at_hand(typed).marks}
        self.assertEqual(marked, {self.first.pk: "áp dụng đối với:", self.second.pk: "Ủy viên Ban Chấp hành"})
        self.assertEqual(self.at_hand(typed).counts_by_line, {3: 1, 4: 1})

    def test_alternatives_know_of_each_other_until_one_is_answered(self):
        rival = self.comment("áp dụng đối với:", "áp dụng với:", by=self.dai)
        opinions = {o.comment.pk: o for o in self.at_hand().opinions}
        self.assertEqual([r.key for r in opinions[self.first.pk].rivals], [rival.pk])
        services.answer_comment(rival, by=self.lan, outcome="explained", explanation="Không cần.")
        opinions = {o.comment.pk: o for o in self.at_hand().opinions}
        self.assertEqual(list(opinions[self.first.pk].rivals), [])

    def test_a_comment_on_a_clause_has_a_place_and_no_mark(self):
        sheet = edition_text(self.edition).find(self.article_1.wid)
        about = services.add_comment(
            self.edition,
            by=self.dai,
            key=uuid.uuid4(),
            kind="other",
            text="Rõ hơn.",
            sheet=sheet,
            clause="điểm b khoản 2",
        )
        at_hand = self.at_hand()
        self.assertEqual(at_hand.counts_by_line[4], 1)
        self.assertNotIn(about.pk, [pk for _start, _end, pk, _sure in at_hand.marks])

    def test_a_mark_is_sure_while_the_wording_can_be_put_there_word_for_word(self):
        typed = ARTICLE_1.replace("áp dụng đối với:", "áp dụng chung đối với:")
        marks = {pk: is_sure for _start, _end, pk, is_sure in self.at_hand(ARTICLE_1).marks}
        self.assertEqual(marks[self.first.pk], True)
        marks = {pk: is_sure for _start, _end, pk, is_sure in self.at_hand(typed).marks}
        self.assertEqual(marks[self.first.pk], False)

    def test_the_queries_do_not_grow_with_the_comments(self):
        def look():
            at_hand = self.at_hand()
            return at_hand.opinions, at_hand.marks, at_hand.counts_by_line

        look()
        with self.assertNumQueries(4):  # the article, its comments, their files, the editions
            look()
        for number in range(20):
            self.comment("Ban Chấp hành", f"Ban {number}", by=self.dai)
        with self.assertNumQueries(4):
            look()
