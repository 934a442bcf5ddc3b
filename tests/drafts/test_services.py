import pytest
from django.db import IntegrityError, connection, transaction

from config.errors import RuleBrokenError
from drafts import diary, services
from drafts.models import Document, Operation, Provision, Seat
from drafts.photographs import edition_text, is_intact, working_text
from tests.people import ARTICLE_1, DraftTestCase


class CreateTests(DraftTestCase):
    def test_a_document_is_stored_article_by_article_in_its_order(self):
        text = working_text(self.document)
        self.assertEqual(
            [s.title for s in text],
            [
                "Chương I. NHỮNG QUY ĐỊNH CHUNG",
                "Điều 1. Phạm vi, đối tượng áp dụng",
                "Điều 2. Nguyên tắc làm việc",
            ],
        )
        self.assertEqual(text.sheets[1].text, ARTICLE_1)
        self.assertEqual(text.sheets[1].parent, text.sheets[0].wid)

    def test_the_creator_gets_the_lead_seat(self):
        seat = self.document.seats.get(user=self.lan)
        self.assertEqual(seat.role, Seat.Role.LEAD_DRAFTER)

    def test_everything_belongs_to_one_operation(self):
        operation = self.document.operations.get(kind=Operation.Kind.IMPORTED)
        rows = Provision.history.filter(operation=operation)
        self.assertEqual(rows.count(), 3)
        self.assertEqual({row.history_user for row in rows}, {self.lan})

    def test_a_stray_save_is_refused(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            self.article_1.save(update_fields=["text"])


class ReviseTests(DraftTestCase):
    def revise(self, text, *, base_version=1, reason="Rõ hơn"):
        return services.revise_article(
            self.article_1,
            by=self.lan,
            base_version=base_version,
            heading="Phạm vi",
            text=text,
            reason=reason,
        )

    def test_it_writes_the_text_and_one_history_row_that_says_who_and_why(self):
        operation = self.revise("1. Mới.")
        self.article_1.refresh_from_db()
        self.assertEqual((self.article_1.version, self.article_1.text), (2, "1. Mới."))
        row = self.article_1.history.first()
        self.assertEqual((row.operation, row.history_change_reason, row.version), (operation, "Rõ hơn", 2))
        self.assertEqual(row.history_user, self.lan)
        self.assertEqual(len(row.sha256), 64)

    def test_nothing_is_written_when_nothing_differs(self):
        same = services.revise_article(
            self.article_1,
            by=self.lan,
            base_version=1,
            heading=self.article_1.heading,
            text=self.article_1.text + "\n\n",
            reason="",
        )
        self.assertIsNone(same)
        self.assertEqual(self.article_1.history.count(), 1)

    def test_a_save_on_top_of_a_newer_version_is_refused_and_writes_nothing(self):
        self.revise("1. Mới.")
        with self.assertRaises(services.StaleTextError) as caught:
            self.revise("1. Khác.")
        self.assertEqual(caught.exception.provision.text, "1. Mới.")
        self.assertEqual(self.article_1.history.count(), 2)

    def test_an_earlier_version_comes_back_as_a_new_one(self):
        self.revise("1. Mới.")
        services.restore_version(self.article_1, by=self.lan, version=1, base_version=2)
        self.article_1.refresh_from_db()
        self.assertEqual((self.article_1.version, self.article_1.text), (3, ARTICLE_1))
        self.assertEqual(self.article_1.history.count(), 3)


class EditionTests(DraftTestCase):
    def test_an_edition_keeps_its_words_when_the_draft_goes_on(self):
        services.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Phạm vi", text="1. Mới.", reason="Gọn"
        )
        self.assertEqual(edition_text(self.edition).find(self.article_1.wid).text, ARTICLE_1)
        self.assertTrue(is_intact(self.edition))

    def test_an_unchanged_text_is_not_issued_twice(self):
        with self.assertRaises(RuleBrokenError):
            services.issue_edition(self.document, by=self.lan)

    def test_the_next_edition_gets_the_next_number(self):
        services.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Phạm vi", text="1. Mới.", reason="Gọn"
        )
        second = services.issue_edition(self.document, by=self.lan)
        self.assertEqual((second.number, second.label), (2, "Dự thảo lần 2"))

    def test_the_application_cannot_change_an_edition(self):
        with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("UPDATE drafts_edition SET label = 'x'")


class DiaryTests(DraftTestCase):
    def test_a_change_of_a_row_that_is_gone_is_refused_and_leaves_no_history(self):
        seat = Seat.objects.get(user=self.minh)
        operation = diary.start(Operation.Kind.SEATED, by=self.lan, document=self.document)
        diary.remove(operation, [seat])
        with pytest.raises(RuleBrokenError):
            diary.change(operation, seat, role=Seat.Role.DRAFTER)
        assert not seat.history.filter(history_type="~").exists()


class SeatTests(DraftTestCase):
    def test_the_last_lead_drafter_stays(self):
        seat = self.document.seats.get(user=self.lan)
        with self.assertRaises(RuleBrokenError):
            services.take_seat(seat, by=self.lan)
        with self.assertRaises(RuleBrokenError):
            services.give_seat(self.document, by=self.lan, role=Seat.Role.READER, user=self.lan)

    def test_a_taken_seat_leaves_its_trace(self):
        seat = self.document.seats.get(user=self.minh)
        services.take_seat(seat, by=self.lan)
        self.assertFalse(self.document.seats.filter(user=self.minh).exists())
        self.assertEqual(Seat.history.filter(user=self.minh).first().history_type, "-")

    def test_a_units_seat_seats_its_members(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.READER, unit=self.city)
        self.assertTrue(Document.objects.visible_to(self.minh).filter(pk=self.document.pk).exists())


class StageTests(DraftTestCase):
    def test_returning_needs_a_reason(self):
        with self.assertRaises(RuleBrokenError):
            services.move_to_stage(self.document, by=self.chi, stage=Document.Stage.RETURNED)

    def test_a_move_is_recorded(self):
        services.move_to_stage(self.document, by=self.chi, stage=Document.Stage.CONSULTING)
        self.document.refresh_from_db()
        self.assertEqual(self.document.stage, Document.Stage.CONSULTING)
        self.assertEqual(self.document.stage_changes.first().operation.by, self.chi)
