"""Changing the order of a draft: one operation, history of what was touched, citations along."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from config.errors import RuleBrokenError
from drafts import photographs, services
from drafts.arranging import Where
from drafts.importing import Kind
from drafts.models import Document, Operation, Provision
from drafts.restructuring import (
    Dissolution,
    Insertion,
    Merging,
    Moving,
    Numbering,
    Reinstatement,
    Removal,
    Renumbering,
    Splitting,
    StaleDraftError,
    plan,
    restructure,
)
from tests.people import DraftTestCase, People, node

FIRST = "1. Làm việc tập thể.\n2. Phân công rõ người.\n3. Báo cáo theo khoản 1 Điều này."
SECOND = "1. Theo khoản 2 Điều 1.\n2. Theo Điều 3 và Chương II."
THIRD = "1. Theo Điều 2."
FOURTH = "Theo các điều 1, 2 và 3."


class StructureCase(DraftTestCase):
    """Chương I: Điều 1 to 3, Chương II: Điều 4."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        nodes = [
            node(Kind.CHAPTER, "I", "CHUNG"),
            node(Kind.ARTICLE, "1", "Một", FIRST, parent=0),
            node(Kind.ARTICLE, "2", "Hai", SECOND, parent=0),
            node(Kind.ARTICLE, "3", "Ba", THIRD, parent=0),
            node(Kind.CHAPTER, "II", "RIÊNG"),
            node(Kind.ARTICLE, "4", "Bốn", FOURTH, parent=4),
        ]
        cls.draft = services.create_document(by=cls.lan, title="Quy chế", kind=Document.Kind.REGULATION, nodes=nodes)
        rows = cls.draft.provisions.order_by("position")
        cls.one, cls.a1, cls.a2, cls.a3, cls.two, cls.a4 = rows

    def act(self, act, *, numbering=Numbering.RENUMBER, **more):
        return restructure(self.draft, act, by=self.lan, numbering=numbering, **more)

    def insert(self, *, kind="article", beside=None, where=Where.AFTER, **more):
        beside = beside or self.a1
        return self.act(Insertion(kind, "Mới", beside.wid, where), **more)

    @property
    def text(self):
        return photographs.working_text(self.draft)

    def labels(self):
        return [sheet.label for sheet in self.text]

    def words(self, row):
        return self.text.find(row.wid).text


class InsertingTests(StructureCase):
    def test_one_operation_renumbers_and_citations_follow(self):
        operation = self.insert(reason="Bổ sung theo kết luận")
        self.assertEqual((operation.kind, operation.reason), (Operation.Kind.INSERTED, "Bổ sung theo kết luận"))
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Điều 3", "Điều 4", "Chương II", "Điều 5"])
        self.assertEqual(self.words(self.a2), "1. Theo khoản 2 Điều 1.\n2. Theo Điều 4 và Chương II.")
        self.assertEqual(self.words(self.a4), "Theo các điều 1, 3 và 4.")
        self.assertEqual(self.draft.operations.count(), 2)

    def test_the_version_counts_words_only(self):
        self.insert()
        for row, version in ((self.a1, 1), (self.a2, 2), (self.a3, 2), (self.a4, 2), (self.two, 1)):
            row.refresh_from_db()
            self.assertEqual(row.version, version, row)

    def test_everything_touched_has_one_history_row(self):
        operation = self.insert()
        rows = Provision.history.filter(operation=operation)
        signs = {(row.label, row.history_type) for row in rows}
        self.assertEqual(
            signs, {("Điều 2", "+"), ("Điều 3", "~"), ("Điều 4", "~"), ("Chương II", "~"), ("Điều 5", "~")}
        )
        self.assertEqual(rows.count(), 5)
        latest = rows.get(label="Điều 3")
        self.assertEqual((latest.text, latest.version), (self.words(self.a2), 2))

    def test_5a_leaves_every_other_number(self):
        self.insert(numbering=Numbering.KEEP)
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 1a", "Điều 2", "Điều 3", "Chương II", "Điều 4"])
        self.a2.refresh_from_db()
        self.assertEqual((self.a2.version, self.a2.text), (1, SECOND))

    def test_a_chapter_takes_what_follows_into_its_care(self):
        self.insert(kind="chapter", beside=self.a3, where=Where.BEFORE)
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Chương II", "Điều 3", "Chương III", "Điều 4"])
        self.assertIn("Chương III", self.words(self.a2))

    def test_only_ticked_citations_are_rewritten(self):
        planned = plan(self.draft, Insertion("article", "", self.a1.wid, Where.AFTER), numbering=Numbering.RENUMBER)
        keys = [one.key for one in planned.following.replacements if one.found.sheet.wid == self.a3.wid]
        self.insert(ticked=keys)
        self.assertEqual(self.words(self.a3), "1. Theo Điều 3.")
        self.assertEqual(self.words(self.a4), FOURTH)

    def test_nothing_is_written_on_a_text_that_was_not_seen(self):
        planned = plan(self.draft, Insertion("article", "", self.a1.wid, Where.AFTER), numbering=Numbering.RENUMBER)
        services.revise_article(self.a4, by=self.lan, base_version=1, heading="Bốn", text="Khác.", reason="")
        with self.assertRaises(StaleDraftError) as stale:
            self.insert(seen=planned.seen)
        self.assertNotEqual(stale.exception.plan.seen, planned.seen)
        self.assertEqual(len(self.labels()), 6)

    def test_a_place_that_is_gone_is_refused_with_a_sentence(self):
        with self.assertRaises(RuleBrokenError):
            self.act(Insertion("article", "", uuid.uuid4(), Where.AFTER))


class SplittingAndMergingTests(StructureCase):
    def test_the_first_part_keeps_the_identity(self):
        operation = self.act(Splitting(self.a1.wid, line=1, heading="Phân công"))
        self.assertEqual(operation.kind, Operation.Kind.SPLIT)
        self.assertEqual(self.words(self.a1), "1. Làm việc tập thể.")
        new = self.text.article("2")
        self.assertEqual(
            (new.heading, new.text),
            ("Phân công", "1. Phân công rõ người.\n2. Báo cáo theo khoản 1 Điều 1."),
        )
        self.assertEqual(self.words(self.a2), "1. Theo khoản 1 Điều 2.\n2. Theo Điều 4 và Chương II.")

    def test_a_merge_is_told_in_both_histories(self):
        operation = self.act(Merging(self.a1.wid, heading="Một và hai"))
        self.assertEqual(self.text.article("1").text.split("\n")[3], "4. Theo khoản 2 Điều này.")
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Chương II", "Điều 3"])
        touched = {row.wid: row for row in Provision.history.filter(operation=operation)}
        self.assertTrue(touched[self.a2.wid].is_removed)
        self.assertEqual(touched[self.a1.wid].version, 2)
        self.assertEqual(self.words(self.a4), "Theo các điều 1, 1 và 2.")


class MovingTests(StructureCase):
    def test_an_article_keeps_its_identity_and_its_words(self):
        operation = self.act(Moving(self.a1.wid, self.a4.wid, Where.AFTER))
        self.assertEqual(operation.kind, Operation.Kind.MOVED)
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Chương II", "Điều 3", "Điều 4"])
        self.a1.refresh_from_db()
        self.assertEqual((self.a1.number, self.a1.parent, self.a1.version), ("4", self.two, 1))
        self.assertEqual(self.words(self.a2), "1. Theo khoản 2 Điều 4.\n2. Theo Điều 2 và Chương II.")

    def test_a_chapter_goes_with_its_articles(self):
        self.act(Moving(self.two.wid, self.one.wid, Where.BEFORE))
        self.assertEqual(self.text.article("1").wid, self.a4.wid)
        self.assertIn("Chương I.", self.words(self.a2))

    def test_the_same_place_is_no_act(self):
        self.assertIsNone(self.act(Moving(self.a2.wid, self.a1.wid, Where.AFTER)))
        self.assertEqual(self.draft.operations.count(), 1)


class RemovingTests(StructureCase):
    def test_a_removed_article_keeps_its_row_and_comes_back_to_its_place(self):
        self.act(Removal(self.a2.wid), reason="Trùng")
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Chương II", "Điều 3"])
        self.a2.refresh_from_db()
        self.assertTrue(self.a2.is_removed)
        operation = self.act(Reinstatement(self.a2.wid))
        self.assertEqual(operation.kind, Operation.Kind.REINSTATED)
        self.assertEqual(
            [sheet.wid for sheet in self.text.articles()], [r.wid for r in (self.a1, self.a2, self.a3, self.a4)]
        )
        self.assertEqual(self.text.find(self.a2.wid).label, "Điều 2")

    def test_what_comes_back_cites_what_it_cited(self):
        self.act(Removal(self.a2.wid))
        self.insert(beside=self.a1)
        self.insert(beside=self.a1)
        planned = plan(self.draft, Reinstatement(self.a2.wid), numbering=Numbering.RENUMBER)
        self.assertIn(
            (self.a2.wid, "Điều 3", "Điều 5"),
            [(one.found.sheet.wid, one.before, one.after) for one in planned.following.replacements],
        )
        self.act(Reinstatement(self.a2.wid))
        self.assertEqual(self.text.find(self.a3.wid).label, "Điều 5")
        self.assertEqual(self.words(self.a2), "1. Theo khoản 2 Điều 1.\n2. Theo Điều 5 và Chương II.")

    def test_what_comes_back_and_cites_what_is_gone_meanwhile_is_marked(self):
        self.act(Removal(self.a2.wid))
        self.act(Removal(self.a3.wid))
        self.act(Reinstatement(self.a2.wid))
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Chương II", "Điều 3"])
        self.assertEqual(self.words(self.a2), "1. Theo khoản 2 Điều 1.\n2. Theo Điều 3 [cũ] và Chương II.")

    def test_citations_marked_as_old_lead_to_what_comes_back(self):
        self.act(Removal(self.a2.wid))
        self.assertEqual(
            [self.words(self.a3), self.words(self.a4)], ["1. Theo Điều 2 [cũ].", FOURTH.replace(".", " [cũ].")]
        )
        self.insert(beside=self.a1)
        planned = plan(self.draft, Reinstatement(self.a2.wid), numbering=Numbering.RENUMBER)
        self.assertEqual(
            [(one.before, one.after) for one in planned.following.replacements if one.found.citation.is_old],
            [("Điều 2 [cũ]", "Điều 2"), ("các điều 1, 2 và 3 [cũ]", "các điều 1, 2 và 4")],
        )
        self.assertEqual(planned.following.lost, ())
        self.act(Reinstatement(self.a2.wid))
        self.assertEqual([self.words(self.a3), self.words(self.a4)], ["1. Theo Điều 2.", "Theo các điều 1, 2 và 4."])

    def test_what_leads_nowhere_is_told_before(self):
        planned = plan(self.draft, Removal(self.a2.wid), numbering=Numbering.RENUMBER)
        self.assertEqual(
            [(lost.found.sheet.wid, lost.found.citation.words) for lost in planned.following.lost],
            [(self.a3.wid, "Điều 2"), (self.a4.wid, "các điều 1, 2 và 3")],
        )
        self.assertFalse(planned.is_plain)

    def test_a_chapter_takes_its_articles_and_brings_them_back(self):
        self.act(Removal(self.a3.wid))
        self.act(Removal(self.one.wid))
        self.assertEqual(self.labels(), ["Chương I", "Điều 1"])
        self.act(Reinstatement(self.one.wid))
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Chương II", "Điều 3"])
        self.a3.refresh_from_db()
        self.assertTrue(self.a3.is_removed)

    def test_a_heading_alone(self):
        self.act(Dissolution(self.two.wid))
        self.a4.refresh_from_db()
        self.assertEqual(self.a4.parent, self.one)

    def test_an_article_without_its_chapter_joins_what_stands_before(self):
        self.act(Removal(self.two.wid))
        self.act(Reinstatement(self.a4.wid))
        self.a4.refresh_from_db()
        self.assertEqual((self.a4.parent, self.a4.number), (self.one, "4"))

    def test_what_stands_cannot_be_reinstated(self):
        with self.assertRaises(RuleBrokenError):
            self.act(Reinstatement(self.a1.wid))

    def test_removed_ones_keep_their_place_while_others_move(self):
        self.act(Removal(self.a2.wid))
        self.insert(beside=self.a1, where=Where.BEFORE)
        self.act(Reinstatement(self.a2.wid))
        self.assertEqual(self.text.find(self.a2.wid).number, "3")

    def test_with_numbers_kept_a_gap_stays_and_is_filled_again(self):
        self.act(Removal(self.a2.wid), numbering=Numbering.KEEP)
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 3", "Chương II", "Điều 4"])
        self.act(Reinstatement(self.a2.wid), numbering=Numbering.KEEP)
        self.assertEqual(self.text.find(self.a2.wid).label, "Điều 2")


class RenumberingTests(StructureCase):
    def test_only_what_differs_is_touched(self):
        self.insert(numbering=Numbering.KEEP)
        operation = self.act(Renumbering())
        self.assertEqual(operation.kind, Operation.Kind.RENUMBERED)
        touched = {row.label for row in Provision.history.filter(operation=operation)}
        self.assertEqual(touched, {"Điều 2", "Điều 3", "Điều 4", "Điều 5"})
        self.assertIsNone(self.act(Renumbering()))

    def test_queries_do_not_grow_with_the_draft(self):
        with self.assertNumQueries(11):
            self.insert()
        for _ in range(12):
            self.insert()
        with self.assertNumQueries(11):
            self.insert()


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast


def test_who_is_writing_is_not_disturbed_and_nothing_is_lost(cast):
    """An article is revised ten times while five articles are put before it: words, numbers and places all stand."""

    def rearrange(_number):
        try:
            act = Insertion("article", "", cast.article_1.wid, Where.BEFORE)
            restructure(cast.document, act, by=cast.lan, numbering=Numbering.RENUMBER)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(rearrange, number) for number in range(5)]
        for number in range(1, 11):
            services.revise_article(
                cast.article_2, by=cast.lan, base_version=number, heading="Tên", text=f"1. Lần {number}.", reason=""
            )
        for job in jobs:
            job.result()
    row = Provision.objects.get(pk=cast.article_2.pk)
    assert (row.version, row.text, row.number) == (11, "1. Lần 10.", "7")
    last = row.history.order_by("history_id").last()
    assert (last.text, last.number, last.version) == (row.text, row.number, row.version)
    positions = cast.document.provisions.values_list("position", flat=True)
    assert sorted(positions) == list(range(1, 9))
