"""Comments carried to a new edition: what became of their words, and what a person decides about the lost ones."""

import uuid

import pytest
from django.db import connection, transaction
from django.urls import reverse

from comments import placing, services
from comments.models import Placing
from comments.reading import ReadingPage
from comments.standing import earlier_edition, latest_edition
from config.errors import RuleBrokenError
from drafts import diary
from drafts import services as drafting
from drafts.access import get_document_for
from drafts.models import Operation
from drafts.photographs import edition_text
from tests.people import DraftTestCase

QUOTE = "Tập trung dân chủ, tập thể lãnh đạo"


class CarriedTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.comment = cls.say(cls.article_2, QUOTE)

    @classmethod
    def say(cls, article, quote=""):
        return services.add_comment(
            cls.edition,
            by=cls.minh,
            key=uuid.uuid4(),
            kind="wording",
            text="Nên rõ hơn.",
            sheet=edition_text(cls.edition).find(article.wid),
            selection=services.Selection(quote),
        )

    def revise(self, article, text):
        article.refresh_from_db()
        drafting.revise_article(
            article, by=self.lan, base_version=article.version, heading=article.heading, text=text, reason="Rõ hơn"
        )

    def renumber(self, article, number):
        operation = diary.start(Operation.Kind.RENUMBERED, by=self.lan, document=self.document)
        article.refresh_from_db()
        diary.change(operation, article, number=number, label=f"Điều {number}")

    def issue(self):
        return drafting.issue_edition(self.document, by=self.lan)

    def page(self, *, user=None, edition=None, only=None):
        user = user or self.lan
        document = get_document_for(user, "read", pk=self.document.pk)
        standing = earlier_edition(document, edition=edition) if edition else latest_edition(document)
        sheet = standing.text.find(only.wid) if only else None
        return ReadingPage(document, user=user, standing=standing, only=sheet)

    def note(self, **options):
        (note,) = (note for note in self.page(**options).notes if note.comment == self.comment)
        return note

    def lose(self):
        """The words are rewritten beyond recognition."""
        self.revise(self.article_2, "1. Câu hoàn toàn khác về việc khác.\n2. Ban Thường vụ báo cáo Ban Chấp hành.")
        return self.issue()


class StatesTests(CarriedTestCase):
    def test_words_in_a_renumbered_article_are_unchanged_and_moved(self):
        self.renumber(self.article_2, "7")
        self.issue()
        note = self.note()
        self.assertEqual((note.state, note.moved_to), ("unchanged", "Điều 7"))
        self.client.force_login(self.minh)
        self.assertContains(self.client.get(reverse("comments:reader", args=[self.document.pk])), "Điều 7</span>")

    def test_words_in_the_same_article_are_not_said_to_have_moved(self):
        self.revise(self.article_2, self.article_2.text + "\n3. Thêm.")
        self.issue()
        self.assertEqual((self.note().state, self.note().moved_to), ("unchanged", ""))

    def test_words_taken_to_another_article_are_found_there_on_both_pages(self):
        moved = self.article_2.text.split("\n")[0].replace("1.", "3.")
        self.revise(self.article_2, "1. Ban Thường vụ báo cáo Ban Chấp hành tại kỳ họp gần nhất.")
        self.revise(self.article_1, f"{self.article_1.text}\n{moved}")
        self.issue()
        for only in (None, self.article_1):
            note = self.note(only=only)
            self.assertEqual((note.state, note.moved_to, note.sheet.pk), ("unchanged", "Điều 1", self.article_1.pk))
        self.assertEqual(self.page(only=self.article_2).remarks, [])
        self.assertEqual(self.page().unplaced, [])

    def test_words_that_are_gone_wait_for_a_person(self):
        self.lose()
        self.assertEqual(self.note().state, "removed")
        self.assertEqual(self.page().unplaced, [self.comment.pk])


class PlacingTests(CarriedTestCase):
    def setUp(self):
        self.second = self.lose()
        self.sheet = edition_text(self.second).find(self.article_1.wid)

    def place(self, words="nguyên tắc, chế độ làm việc"):
        return placing.place_comment(self.comment, by=self.thu, edition=self.second, sheet=self.sheet, words=words)

    def test_it_stands_where_a_person_placed_it_from_that_edition_on(self):
        self.place()
        page = self.page()
        self.assertEqual([n.sheet.pk for n in page.notes if n.comment == self.comment], [self.article_1.pk])
        self.assertEqual(page.unplaced, [])
        self.assertEqual(self.note(edition=self.edition).sheet.pk, self.article_2.pk)
        self.revise(self.article_1, self.article_1.text + "\n3. Thêm.")
        self.issue()
        self.assertEqual((self.note().state, self.note().sheet.pk), ("unchanged", self.article_1.pk))
        self.assertEqual(self.note(only=self.article_1).sheet.pk, self.article_1.pk)

    def test_it_is_one_operation_and_twice_the_same_is_one(self):
        first = self.place()
        self.assertEqual(self.place(), first)
        self.assertEqual((first.operation.kind, first.operation.by), (Operation.Kind.PLACED, self.thu))
        self.assertEqual(first.clause_label, "khoản 1")

    def test_words_that_do_not_stand_there_once_are_refused(self):
        for words in ("Bộ Chính trị", "Tỉnh ủy", "   "):
            with pytest.raises(RuleBrokenError):
                self.place(words)
        self.assertFalse(Placing.objects.exists())

    def test_a_departure_is_recorded_and_leaves_the_queue(self):
        placing.let_comment_go(self.comment, by=self.lan, edition=self.second)
        self.assertEqual(self.page().unplaced, [])
        self.assertEqual(self.note().state, "removed")

    def test_a_later_decision_counts(self):
        placing.let_comment_go(self.comment, by=self.lan, edition=self.second)
        self.place()
        self.assertEqual(self.note().sheet.pk, self.article_1.pk)
        self.assertEqual(Placing.objects.count(), 2)

    def test_decisions_are_never_rewritten(self):
        self.place()
        for statement in ("DELETE FROM comments_placing", "UPDATE comments_placing SET quote = ''"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


class QueuePageTests(CarriedTestCase):
    def setUp(self):
        self.lose()
        self.queue = reverse("comments:unplaced", args=[self.document.pk])
        self.placing = reverse("comments:placing", args=[self.comment.pk])
        self.departure = reverse("comments:departure", args=[self.comment.pk])
        self.right = {"article": self.article_1.wid, "words": "nguyên tắc, chế độ làm việc"}
        self.client.force_login(self.thu)

    def test_the_queue_shows_what_the_comment_was_made_on(self):
        response = self.client.get(self.queue)
        self.assertContains(response, QUOTE)
        self.assertContains(response, self.placing)
        self.assertContains(self.client.get(reverse("comments:reader", args=[self.document.pk])), self.queue)

    def test_placing_takes_it_out_of_the_queue(self):
        self.assertContains(self.client.get(self.placing), QUOTE)
        self.assertRedirects(self.client.post(self.placing, self.right), self.queue)
        self.assertNotContains(self.client.get(self.queue), QUOTE)

    def test_so_does_a_departure(self):
        self.assertRedirects(self.client.post(self.departure), self.queue)
        self.assertNotContains(self.client.get(self.queue), QUOTE)

    def test_wrong_words_come_back_with_what_was_typed(self):
        for wrong in ({"words": "Bộ Chính trị"}, {"words": ""}, {"article": "x"}):
            response = self.client.post(self.placing, self.right | wrong)
            self.assertEqual(response.status_code, 422, wrong)
        self.assertContains(
            self.client.post(self.placing, self.right | {"words": "Bộ Chính trị"}), "Bộ Chính trị", status_code=422
        )

    def test_the_chair_looks_and_others_are_refused(self):
        for user, queue, act in ((self.chi, 200, 403), (self.minh, 403, 403), (self.hoa, 404, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.queue).status_code, queue)
            for address in (self.placing, self.departure):
                self.assertEqual(self.client.post(address, self.right).status_code, act)
        self.client.logout()
        self.assertEqual(self.client.get(self.queue).status_code, 302)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(self.queue).status_code, 405)
        self.assertEqual(self.client.get(self.departure).status_code, 405)

    def test_the_queries_do_not_grow(self):
        def count():
            with self.assertNumQueries(8):
                self.client.get(self.queue)

        self.client.get(self.queue)
        count()
        for _ in range(5):
            self.say(self.article_2, QUOTE)
        count()
