from drafts import comparing, services
from drafts.counterparts import counterparts_of
from drafts.models import Document, Provision, Seat
from tests.people import ARTICLE_2, DraftTestCase, make_document

OLD = (ARTICLE_2.replace("cá nhân", "từng cá nhân"), "1. Chế độ hội họp và báo cáo của văn phòng.")


class CounterpartsTests(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.old = make_document(by=cls.lan, title="Quy chế cũ", articles=OLD)
        Document.objects.filter(pk=cls.document.pk).update(predecessor=cls.old)

    def found(self, article, user=None):
        provision = Provision.objects.select_related("document__predecessor").get(pk=article.pk)
        return counterparts_of(provision, user=user or self.lan)

    def test_the_old_article_is_found_by_its_words_whatever_its_number(self):
        found = self.found(self.article_2)
        self.assertEqual(found.document, self.old)
        self.assertEqual([sheet.number for sheet in found.sheets], ["1"])
        self.assertIn("từng cá nhân", found.sheets[0].text)

    def test_what_is_new_has_none(self):
        self.assertEqual(self.found(self.article_1).sheets, ())

    def test_an_edition_is_what_stands_in_force(self):
        services.issue_edition(self.old, by=self.lan)
        article = self.old.provisions.get(kind="article", number="1")
        services.revise_article(article, by=self.lan, base_version=1, heading="A", text="1. Khác.", reason="r")
        self.assertIn("từng cá nhân", self.found(self.article_2).sheets[0].text)

    def test_who_may_not_read_the_old_text_sees_nothing_of_it(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.DRAFTER, user=self.dai)
        self.assertIsNone(self.found(self.article_2, self.dai))
        services.give_seat(self.old, by=self.lan, role=Seat.Role.READER, user=self.dai)
        self.assertIsNone(self.found(self.article_2, self.dai), "nothing of it was issued")
        services.issue_edition(self.old, by=self.lan)
        self.assertTrue(self.found(self.article_2, self.dai).sheets)

    def test_the_comparison_table_has_the_last_word(self):
        self.document.refresh_from_db()
        comparison = comparing.compare(self.document, by=self.lan, against=self.old)
        old_second = self.old.provisions.get(kind="article", number="2")
        row = comparison.rows.get(sides__provision=old_second)
        comparing.place(comparison, self.article_1, by=self.lan, into=row)
        found = self.found(self.article_1)
        self.assertEqual([sheet.number for sheet in found.sheets], ["2"])
        self.assertTrue(found.is_confirmed)
        self.assertEqual([sheet.number for sheet in self.found(self.article_2).sheets], ["1"])
        self.assertFalse(self.found(self.article_2).is_confirmed, "matched, and nobody has said anything about it")

    def test_a_draft_without_predecessor_has_none(self):
        Document.objects.filter(pk=self.document.pk).update(predecessor=None)
        self.assertIsNone(self.found(self.article_2))
