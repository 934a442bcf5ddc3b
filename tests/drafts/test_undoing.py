"""Taking acts back."""

from django.utils import timezone

from config.errors import RuleBrokenError
from drafts import services
from drafts.arranging import Where
from drafts.importing import Kind
from drafts.models import Operation, Provision
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
)
from drafts.undoing import ObstructedError, undo_operation, undo_the_rest
from tests.drafts.test_restructuring import StructureCase
from tests.people import node


class UndoingTests(StructureCase):
    def revise(self, row, words):
        row.refresh_from_db()
        return services.revise_article(
            row, by=self.thu, base_version=row.version, heading=row.heading, text=words, reason=""
        )

    def state(self):
        return [(s.wid, s.label, s.heading, s.text, s.parent) for s in self.text]

    def assertTakenBack(self, act, *, numbering=Numbering.RENUMBER):
        before = self.state()
        operation = self.act(act, numbering=numbering)
        after = self.state()
        undone = undo_operation(operation, by=self.lan)
        self.assertEqual((undone.kind, undone.undoes), (Operation.Kind.UNDONE, operation))
        self.assertEqual(self.state(), before)
        redone = undo_operation(undone, by=self.lan)
        self.assertEqual(self.state(), after)
        undo_operation(redone, by=self.lan)
        self.assertEqual(self.state(), before)

    def test_every_act_and_back_and_forth(self):
        self.insert(numbering=Numbering.KEEP)
        for act in (
            Insertion("article", "Mới", self.a2.wid, Where.BEFORE),
            Insertion("chapter", "Mới", self.a2.wid, Where.BEFORE),
            Splitting(self.a1.wid, line=1, heading="Hai"),
            Merging(self.a2.wid, heading="Hai"),
            Moving(self.a1.wid, self.a4.wid, Where.AFTER),
            Moving(self.two.wid, self.one.wid, Where.BEFORE),
            Removal(self.a2.wid),
            Removal(self.one.wid),
            Dissolution(self.two.wid),
            Renumbering(),
        ):
            with self.subTest(act=type(act).__name__):
                self.assertTakenBack(act)

    def test_reinstating_is_taken_back_too(self):
        self.act(Removal(self.a2.wid))
        self.assertTakenBack(Reinstatement(self.a2.wid))

    def test_a_revision_is_a_new_version_again(self):
        operation = self.revise(self.a1, "1. Khác.")
        undo_operation(operation, by=self.lan)
        self.a1.refresh_from_db()
        self.assertEqual((self.a1.version, self.a1.text.split("\n")[0]), (3, "1. Làm việc tập thể."))

    def test_later_acts_elsewhere_do_not_matter(self):
        operation = self.act(Moving(self.a1.wid, self.a3.wid, Where.AFTER), numbering=Numbering.KEEP)
        self.insert(beside=self.a4, numbering=Numbering.KEEP)
        self.revise(self.a1, "1. Viết lại.")
        undo_operation(operation, by=self.lan)
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Điều 3", "Chương II", "Điều 4", "Điều 4a"])
        self.assertEqual(self.words(self.a1), "1. Viết lại.")

    def test_words_rewritten_since_are_named_and_the_rest_can_be_undone(self):
        operation = self.insert()
        self.revise(self.a4, "Viết lại.")
        with self.assertRaises(ObstructedError) as obstructed:
            undo_operation(operation, by=self.lan)
        (obstacle,) = obstructed.exception.obstacles
        self.assertEqual((obstacle.provision.wid, obstacle.by.by, obstacle.is_words), (self.a4.wid, self.thu, True))
        self.assertTrue(obstructed.exception.may_skip)
        self.assertEqual(len(self.labels()), 7)
        undo_the_rest(operation, by=self.lan)
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Điều 3", "Chương II", "Điều 4"])
        self.assertEqual(self.words(self.a4), "Viết lại.")
        self.assertEqual(self.words(self.a3), "1. Theo Điều 2.")

    def test_numbers_changed_since_stand_in_the_way_of_all(self):
        operation = self.insert()
        self.insert(beside=self.a1)
        with self.assertRaises(ObstructedError) as obstructed:
            undo_operation(operation, by=self.lan)
        self.assertFalse(obstructed.exception.may_skip)
        with self.assertRaises(ObstructedError):
            undo_the_rest(operation, by=self.lan)

    def test_a_new_article_somebody_wrote_in_stays(self):
        operation = self.insert(numbering=Numbering.KEEP)
        new = Provision.history.get(operation=operation, history_type="+")
        self.revise(Provision.objects.get(pk=new.id), "1. Đã viết.")
        with self.assertRaises(ObstructedError) as obstructed:
            undo_operation(operation, by=self.lan)
        self.assertFalse(obstructed.exception.may_skip)

    def test_a_chapter_somebody_put_an_article_into_stays(self):
        operation = self.insert(kind="chapter", beside=self.a4, where=Where.BEFORE)
        chapter = Provision.objects.get(pk=Provision.history.get(operation=operation, history_type="+").id)
        self.insert(beside=chapter, where=Where.LAST, numbering=Numbering.KEEP)
        with self.assertRaises(ObstructedError):
            undo_operation(operation, by=self.lan)

    def test_what_moved_again_since_is_in_the_way(self):
        operation = self.act(Moving(self.a1.wid, self.a4.wid, Where.AFTER), numbering=Numbering.KEEP)
        self.act(Moving(self.a1.wid, self.a2.wid, Where.AFTER), numbering=Numbering.KEEP)
        with self.assertRaises(ObstructedError):
            undo_operation(operation, by=self.lan)

    def assertInTheWay(self, operation, *expected):
        with self.assertRaises(ObstructedError) as obstructed:
            undo_operation(operation, by=self.lan)
        found = [(one.provision.wid, one.by) for one in obstructed.exception.obstacles]
        self.assertEqual(found, [(row.wid, by) for row, by in expected])
        self.assertFalse(obstructed.exception.may_skip)

    def test_a_number_another_article_has_got_since_does_not_come_back(self):
        operation = self.act(Removal(self.a2.wid), numbering=Numbering.KEEP)
        renumbered = self.act(Renumbering())
        self.insert(beside=self.a1, numbering=Numbering.KEEP)  # puts the others further down, no more
        self.assertInTheWay(operation, (self.a3, renumbered))
        undo_operation(renumbered, by=self.lan)
        undo_operation(operation, by=self.lan)
        articles = [label for label in self.labels() if label.startswith("Điều")]
        self.assertCountEqual(articles, ["Điều 1", "Điều 1a", "Điều 2", "Điều 3", "Điều 4"])

    def test_a_number_that_stood_twice_before_may_do_so_again(self):
        nodes = [
            node(Kind.ARTICLE, number, heading, "Một.") for number, heading in (("1", "A"), ("2", "B"), ("2", "C"))
        ]
        self.draft = services.create_document(by=self.lan, title="Quy chế", kind="regulation", nodes=nodes)
        self.assertTakenBack(Removal(self.draft.provisions.get(heading="B").wid), numbering=Numbering.KEEP)

    def test_nothing_comes_back_under_a_heading_that_is_gone(self):
        for act, gone, later in (
            (Removal(self.a4.wid), self.two, Removal(self.two.wid)),
            (Moving(self.a4.wid, self.a3.wid, Where.AFTER), self.two, Removal(self.two.wid)),
            (Moving(self.a1.wid, self.a4.wid, Where.AFTER), self.one, Dissolution(self.one.wid)),
        ):
            with self.subTest(act=type(act).__name__, later=type(later).__name__):
                operation = self.act(act, numbering=Numbering.KEEP)
                removed = self.act(later, numbering=Numbering.KEEP)
                self.assertInTheWay(operation, (gone, removed))
                undo_operation(removed, by=self.lan)
                undo_operation(operation, by=self.lan)
                self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Điều 3", "Chương II", "Điều 4"])

    def test_what_came_since_into_a_chapter_stays_though_the_act_had_reworded_it(self):
        operation = self.insert(kind="chapter", beside=self.a3, where=Where.BEFORE)  # Hai cites Chương III now
        chapter = Provision.objects.get(pk=Provision.history.get(operation=operation, history_type="+").id)
        moved = self.act(Moving(self.a2.wid, chapter.wid, Where.LAST), numbering=Numbering.KEEP)
        self.revise(self.a2, "1. Viết lại.")  # words alone could be left as they are
        self.assertInTheWay(operation, (self.a2, moved))

    def test_an_act_is_undone_once(self):
        operation = self.insert()
        undo_operation(operation, by=self.lan)
        with self.assertRaises(RuleBrokenError):
            undo_operation(operation, by=self.lan)

    def test_other_acts_cannot_be_undone(self):
        edition = services.issue_edition(self.draft, by=self.lan)
        with self.assertRaises(RuleBrokenError):
            undo_operation(edition.operation, by=self.lan)
        self.assertLessEqual(edition.issued_at, timezone.now())
