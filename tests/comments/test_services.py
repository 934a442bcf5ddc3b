"""What changes comments: once, by whom it may, until it is answered; and who sees which."""

import datetime as dt
import threading
import uuid

from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

from comments import rounds, services
from comments.access import visible_comments
from comments.models import Comment, Consultation, Reply, Response
from comments.services import Selection
from config.errors import RuleBrokenError
from drafts.access import get_document_for
from drafts.models import Operation
from drafts.photographs import edition_text
from tests.people import DraftTestCase, People

Visibility = Consultation.Visibility


class CommentsTestCase(DraftTestCase):
    def comment(self, quote="", *, by=None, **fields):
        sheet = edition_text(self.edition).find(self.article_1.wid)
        fields = {"key": uuid.uuid4(), "kind": "wording", "text": "Nên rõ hơn."} | fields
        return services.add_comment(self.edition, by=by or self.minh, sheet=sheet, selection=Selection(quote), **fields)


class AddTests(CommentsTestCase):
    def test_one_opinion_is_one_operation_and_one_history_row(self):
        before = Operation.objects.count()
        comment = self.comment("chế độ làm việc")
        self.assertEqual(Operation.objects.count(), before + 1)
        row = comment.history.get()
        self.assertEqual((row.operation.kind, row.history_user), (Operation.Kind.COMMENTED, self.minh))

    def test_it_keeps_the_words_with_so_much_around_that_they_have_one_place(self):
        comment = self.comment("Ủy viên Ban Chấp hành")
        self.assertEqual(comment.clause_label, "điểm a khoản 2")
        self.assertTrue(comment.prefix.endswith("a) "))
        self.assertTrue(comment.suffix.startswith(";"))

    def test_words_that_are_not_there_or_there_twice_are_refused(self):
        for words in ("không có", "Tỉnh ủy"):
            with self.assertRaises(RuleBrokenError):
                self.comment(words)
        self.assertEqual(Comment.objects.count(), 0)

    def test_the_same_key_gives_the_same_comment(self):
        key = uuid.uuid4()
        self.assertEqual(self.comment(key=key), self.comment(key=key, text="Lần hai"))
        self.assertNotEqual(self.comment(key=key), self.comment(key=key, by=self.dai))

    def test_somebody_elses_words_name_both(self):
        comment = self.comment(by=self.thu, author=self.dai)
        self.assertEqual((comment.author, comment.recorded_by), (self.dai, self.thu))
        self.assertEqual(comment.history.get().history_user, self.thu)

    def test_ones_own_words_are_recorded_by_nobody_else(self):
        self.assertIsNone(self.comment(author=self.minh).recorded_by)

    def test_text_is_kept_as_typed_but_for_blanks_at_its_ends(self):
        comment = self.comment(text="  Mo\u0323t.\r\n\r\nHai. ")
        self.assertEqual(comment.text, "Mọt.\n\nHai.")


class ChangeTests(CommentsTestCase):
    def test_rewording_keeps_the_earlier_words_in_the_diary(self):
        comment = self.comment()
        services.edit_comment(comment, by=self.minh, kind="remove", text="Nên bỏ.")
        self.assertEqual([row.text for row in comment.history.order_by("history_id")], ["Nên rõ hơn.", "Nên bỏ."])
        comment.refresh_from_db()
        self.assertIsNotNone(comment.edited_at)

    def test_nothing_changes_after_the_answer(self):
        comment = self.comment()
        services.answer_comment(comment, by=self.lan, outcome=Response.Outcome.ACCEPTED)
        with self.assertRaises(RuleBrokenError):
            services.edit_comment(comment, by=self.minh, kind="other", text="Khác")
        with self.assertRaises(RuleBrokenError):
            services.withdraw_comment(comment, by=self.minh)

    def test_a_withdrawn_comment_stays_on_record_and_takes_nothing_more(self):
        comment = services.withdraw_comment(self.comment(), by=self.minh)
        self.assertTrue(Comment.objects.get().is_withdrawn)
        self.assertFalse(Comment.objects.standing().exists())
        for refused in (
            lambda: services.withdraw_comment(comment, by=self.minh),
            lambda: services.edit_comment(comment, by=self.minh, kind="other", text="x"),
            lambda: services.reply(comment, by=self.dai, key=uuid.uuid4(), text="x"),
            lambda: services.answer_comment(comment, by=self.lan, outcome="accepted"),
        ):
            with self.assertRaises(RuleBrokenError):
                refused()


class SealedTests(CommentsTestCase):
    def setUp(self):
        self.own = self.comment()
        self.colleague = self.comment(by=self.lan, on_behalf_of=self.city)
        self.other = self.comment(by=self.dai)

    def seen_by(self, user):
        return set(visible_comments(user, get_document_for(user, "read", pk=self.document.pk)))

    def open(self, visibility, *, closes_in=3):
        now = timezone.now()
        return rounds.open_consultation(
            self.edition,
            by=self.lan,
            opens_at=now - dt.timedelta(days=5),
            closes_at=now + dt.timedelta(days=closes_in),
            visibility=visibility,
            people=[self.minh],
            units=[self.front],
        )

    def test_in_an_open_round_everybody_sees_everything(self):
        self.open(Visibility.OPEN)
        self.assertEqual(self.seen_by(self.minh), {self.own, self.colleague, self.other})

    def test_sealed_until_the_round_closes(self):
        self.open(Visibility.SEALED_UNTIL_CLOSE)
        self.assertEqual(self.seen_by(self.minh), {self.own, self.colleague})

    def test_and_open_afterwards(self):
        self.open(Visibility.SEALED_UNTIL_CLOSE, closes_in=-1)
        self.assertIn(self.other, self.seen_by(self.minh))

    def test_sealed_until_one_has_sent_ones_own(self):
        round_ = self.open(Visibility.SEALED_UNTIL_SENT)
        self.assertNotIn(self.other, self.seen_by(self.minh))
        round_.invitations.filter(user=self.minh).update(answered_at=timezone.now())
        self.assertIn(self.other, self.seen_by(self.minh))

    def test_a_units_sending_opens_it_for_its_members(self):
        round_ = self.open(Visibility.SEALED_UNTIL_SENT)
        self.assertEqual(self.seen_by(self.dai), {self.other})
        round_.invitations.filter(unit=self.front).update(answered_at=timezone.now())
        self.assertEqual(len(self.seen_by(self.dai)), 3)

    def test_for_the_drafting_unit_only(self):
        self.open(Visibility.DRAFTERS, closes_in=-1)
        self.assertEqual(self.seen_by(self.minh), {self.own, self.colleague})

    def test_the_drafting_unit_the_secretary_and_the_chair_see_all_of_it(self):
        for visibility in Visibility:
            rounds.close(self.open(visibility), by=self.lan, reason="Xong")
        for user in (self.lan, self.thu, self.chi):
            self.assertEqual(len(self.seen_by(user)), 3)

    def test_the_strictest_of_several_rounds_rules(self):
        self.open(Visibility.DRAFTERS, closes_in=-1)
        self.open(Visibility.OPEN)
        self.assertNotIn(self.other, self.seen_by(self.minh))


class AtTheSameMomentTests(People, TransactionTestCase):
    """Two clicks that arrive together, each in a connection of its own."""

    def setUp(self):
        self.make_people()
        self.make_draft()

    def together(self, act, times=6):
        start, results = threading.Barrier(times), []

        def run():
            try:
                start.wait(10)
                results.append(act())
            except Exception as error:
                results.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return results

    def test_they_make_one_comment_and_one_operation(self):
        key = uuid.uuid4()
        results = self.together(
            lambda: services.add_comment(self.edition, by=self.minh, key=key, kind="other", text="Một lần thôi.").pk
        )
        self.assertEqual(len(set(results)), 1, results)
        self.assertEqual(Comment.history.count(), 1)
        self.assertEqual(Operation.objects.filter(kind=Operation.Kind.COMMENTED).count(), 1)

    def test_they_make_one_reply(self):
        comment = services.add_comment(self.edition, by=self.dai, key=uuid.uuid4(), kind="other", text="Ý kiến.")
        key = uuid.uuid4()
        results = self.together(lambda: services.reply(comment, by=self.minh, key=key, text="Đồng ý.").pk)
        self.assertEqual(len(set(results)), 1, results)
        self.assertEqual(Reply.objects.count(), 1)

    def test_an_answer_and_a_withdrawal_never_both_happen(self):
        comment = services.add_comment(self.edition, by=self.minh, key=uuid.uuid4(), kind="other", text="Ý kiến.")
        acts = iter(
            [
                lambda: services.answer_comment(comment, by=self.lan, outcome="accepted"),
                lambda: services.withdraw_comment(comment, by=self.minh),
            ]
        )
        lock = threading.Lock()

        def act():
            with lock:
                mine = next(acts)
            return mine()

        results = self.together(act, times=2)
        self.assertEqual(sum(isinstance(result, RuleBrokenError) for result in results), 1, results)
        comment.refresh_from_db()
        self.assertNotEqual(comment.is_withdrawn, comment.is_answered)
