"""Issuing, recalling and comparing editions."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from config.errors import RuleBrokenError
from drafts import services
from drafts.editions import TwoTexts, preview_of
from drafts.models import Edition, Operation, Recall
from drafts.photographs import edition_text, working_text
from drafts.restructuring import Merging, Numbering, Splitting, restructure
from tests.people import DraftTestCase, make_document


class EditionTestCase(DraftTestCase):
    def revise(self, article=None, *, text="1. Câu viết lại.", heading="Phạm vi"):
        article = article or self.article_1
        article.refresh_from_db()
        services.revise_article(
            article, by=self.lan, base_version=article.version, heading=heading, text=text, reason="Rõ hơn"
        )

    def second(self):
        self.revise()
        return services.issue_edition(self.document, by=self.lan, note="Tiếp thu ý kiến")

    def url(self, name, *args):
        return reverse(f"drafts:{name}", args=[self.document.pk, *args])


class IssuingTests(EditionTestCase):
    def test_the_note_stands_in_the_operation(self):
        edition = self.second()
        self.assertEqual((edition.number, edition.operation.reason), (2, "Tiếp thu ý kiến"))
        self.assertEqual(edition.operation.kind, Operation.Kind.ISSUED)

    def test_the_same_offer_taken_twice_issues_one_edition(self):
        self.revise()
        offer = {"number": 2, "seen": preview_of(self.document).seen}
        first = services.issue_edition(self.document, by=self.lan, **offer)
        self.assertEqual(services.issue_edition(self.document, by=self.lan, **offer), first)
        self.assertEqual(self.document.editions.count(), 2)

    def test_an_edition_somebody_else_issued_meanwhile_is_said(self):
        self.revise()
        services.issue_edition(self.document, by=self.thu, number=2)
        with pytest.raises(RuleBrokenError):
            services.issue_edition(self.document, by=self.lan, number=2)

    def test_what_was_not_looked_at_is_not_issued(self):
        self.revise()
        seen = preview_of(self.document).seen
        self.revise(text="1. Sửa nữa.")
        with pytest.raises(RuleBrokenError):
            services.issue_edition(self.document, by=self.lan, number=2, seen=seen)
        self.assertEqual(self.document.editions.count(), 1)

    def test_a_recalled_edition_does_not_keep_its_text_from_being_issued_again(self):
        services.recall_edition(self.second(), by=self.lan, reason="Chưa được duyệt")
        third = services.issue_edition(self.document, by=self.lan)
        self.assertEqual(third.number, 3)
        with pytest.raises(RuleBrokenError):
            services.issue_edition(self.document, by=self.lan)


class IssuingPageTests(EditionTestCase):
    def setUp(self):
        self.client.force_login(self.thu)

    def sent(self, **fields):
        preview = preview_of(self.document)
        return {"label": "", "note": "", "number": preview.number, "seen": preview.seen} | fields

    def test_it_shows_what_changed_and_what_looks_wrong(self):
        self.revise(text="1. Câu viết lại theo Điều 99.\n3. Thiếu khoản 2 ,và thừa dấu cách.")
        response = self.client.get(self.url("new_edition"))
        self.assertContains(response, response.context["preview"].difference.summary.capitalize())
        first = [(row["finding"].kind, row["finding"].place.label) for row in response.context["first"]]
        self.assertEqual(first[:2], [("citation", "khoản 1"), ("numbering", "khoản 3")])
        self.assertIn(("slip", 1), [(kind, number) for kind, _name, number in response.context["kinds"]])
        self.assertNotContains(response, self.url("checks"))  # a secretary does not revise
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.url("new_edition")), self.url("checks") + "?kind=slip")

    def test_the_secretary_issues_the_next_edition_under_its_name(self):
        self.revise()
        sent = self.sent(label="Dự thảo trình hội nghị", note="Tiếp thu\n12 ý kiến")
        self.assertRedirects(self.client.post(self.url("new_edition"), sent), self.url("editions"))
        edition = self.document.editions.first()
        self.assertEqual((edition.label, edition.operation.reason), ("Dự thảo trình hội nghị", "Tiếp thu\n12 ý kiến"))

    def test_a_double_click_issues_once(self):
        self.revise()
        sent = self.sent()
        for _ in range(2):
            self.assertRedirects(self.client.post(self.url("new_edition"), sent), self.url("editions"))
        self.assertEqual(self.document.editions.count(), 2)

    def test_a_text_changed_meanwhile_comes_back_with_what_was_typed(self):
        self.revise()
        sent = self.sent(note="Ghi chú dài")
        self.revise(text="1. Sửa nữa.")
        response = self.client.post(self.url("new_edition"), sent)
        self.assertContains(response, "Ghi chú dài", status_code=422)
        form = response.context["form"]
        again = {name: form[name].value() for name in ("label", "note", "number", "seen")}
        self.assertRedirects(self.client.post(self.url("new_edition"), again), self.url("editions"))

    def test_an_unchanged_text_and_wrong_numbers_are_refused(self):
        for wrong in ({}, {"number": 7}, {"number": "x"}, {"number": 2**40}, {"seen": ""}):
            self.assertEqual(self.client.post(self.url("new_edition"), self.sent(**wrong)).status_code, 422, wrong)
        self.assertEqual(self.document.editions.count(), 1)

    def test_others_are_refused(self):
        self.revise()
        for user, status in ((self.minh, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.url("new_edition")).status_code, status)
            self.assertEqual(self.client.post(self.url("new_edition"), self.sent()).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.get(self.url("new_edition")).status_code, 302)
        self.client.force_login(self.thu)
        self.assertEqual(self.client.delete(self.url("new_edition")).status_code, 405)
        self.assertEqual(self.document.editions.count(), 1)

    def test_the_first_edition_shows_what_is_frozen(self):
        document = make_document(by=self.lan, title="Quy chế khác")
        self.client.force_login(self.lan)
        response = self.client.get(reverse("drafts:new_edition", args=[document.pk]))
        self.assertContains(response, "Điều 1. Phạm vi, đối tượng áp dụng")


class RecallTests(EditionTestCase):
    def test_it_is_one_row_and_one_operation_with_its_reason(self):
        recall = services.recall_edition(self.second(), by=self.thu, reason=" Gửi nhầm ")
        self.assertEqual(recall.operation.kind, Operation.Kind.RECALLED)
        self.assertEqual((recall.operation.reason, recall.operation.by), ("Gửi nhầm", self.thu))

    def test_recalling_twice_is_one_recall(self):
        edition = self.second()
        first = services.recall_edition(edition, by=self.thu, reason="Gửi nhầm")
        self.assertEqual(services.recall_edition(edition, by=self.lan, reason="Nữa"), first)

    def test_a_recall_without_a_reason_is_refused(self):
        with pytest.raises(RuleBrokenError):
            services.recall_edition(self.edition, by=self.lan, reason=" ")

    def test_it_can_never_be_changed_or_taken_back(self):
        recall = services.recall_edition(self.second(), by=self.thu, reason="Gửi nhầm")
        for statement in ("DELETE FROM drafts_recall", "UPDATE drafts_recall SET id = id"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)
        self.assertTrue(Recall.objects.filter(pk=recall.pk).exists())

    def test_the_edition_before_counts_again(self):
        second = self.second()
        services.recall_edition(second, by=self.lan, reason="Gửi nhầm")
        self.assertEqual(list(Edition.objects.standing()), [self.edition])
        listed = self.client_of(self.minh).get(reverse("drafts:list"))
        self.assertContains(listed, "Dự thảo lần 1")
        self.assertNotContains(listed, "Dự thảo lần 2")

    def client_of(self, user):
        self.client.force_login(user)
        return self.client


class RecallPageTests(EditionTestCase):
    def setUp(self):
        self.second()
        self.address = self.url("recall", 2)
        self.client.force_login(self.thu)

    def test_it_says_what_readers_will_read_instead_and_recalls(self):
        self.assertContains(self.client.get(self.address), "Dự thảo lần 1")
        self.assertRedirects(self.client.post(self.address, {"reason": "Gửi nhầm"}), self.url("editions"))
        self.assertEqual(Recall.objects.get().edition.number, 2)
        self.assertContains(self.client.get(self.url("editions")), "Gửi nhầm")
        self.assertContains(self.client.get(self.url("about")), "Gửi nhầm")

    def test_a_second_click_is_no_error_but_the_form_is_gone(self):
        self.client.post(self.address, {"reason": "Gửi nhầm"})
        self.assertRedirects(self.client.post(self.address, {"reason": "Gửi nhầm"}), self.url("editions"))
        self.assertEqual(self.client.get(self.address).status_code, 409)
        self.assertEqual(Recall.objects.count(), 1)

    def test_a_reason_is_asked_for(self):
        self.assertEqual(self.client.post(self.address, {"reason": " "}).status_code, 422)
        self.assertEqual(Recall.objects.count(), 0)

    def test_others_are_refused_and_an_unknown_number_is_not_found(self):
        self.assertEqual(self.client.get(self.url("recall", 9)).status_code, 404)
        for user, status in ((self.minh, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.post(self.address, {"reason": "x"}).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.get(self.address).status_code, 302)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.delete(self.address).status_code, 405)


class ListTests(EditionTestCase):
    def test_it_says_who_when_why_and_which_counts(self):
        second = self.second()
        self.client.force_login(self.minh)
        response = self.client.get(self.url("editions"))
        for words in ("Tiếp thu ý kiến", second.sha256, "Ban Tổ chức", "?old=1&amp;new=2"):
            self.assertContains(response, words)
        self.assertEqual(response.context["newest"], second)
        self.assertNotContains(response, self.url("recall", 2))
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.url("editions")), self.url("recall", 2))

    def test_the_queries_do_not_grow(self):
        self.client.force_login(self.minh)
        self.second()
        self.client.get(self.url("editions"))
        with self.assertNumQueries(5):
            self.client.get(self.url("editions"))
        for number in range(4):
            self.revise(text=f"1. Lần {number}.")
            edition = services.issue_edition(self.document, by=self.lan)
        services.recall_edition(edition, by=self.lan, reason="Gửi nhầm")
        with self.assertNumQueries(5):
            self.client.get(self.url("editions"))

    def test_outsiders_strangers_and_other_methods_are_refused(self):
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(self.url("editions")).status_code, 404)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(self.url("editions")).status_code, 405)
        self.client.logout()
        self.assertEqual(self.client.get(self.url("editions")).status_code, 302)


class DifferenceTests(EditionTestCase):
    def setUp(self):
        self.client.force_login(self.minh)
        self.address = self.url("edition_difference")

    def test_readers_see_summary_and_words_between_two_editions(self):
        self.second()
        response = self.client.get(self.address, {"old": 1, "new": 2})
        two = response.context["two"]
        self.assertEqual({fate.value: count for fate, count in two.counts.items()}, {"amended": 1, "kept": 1})
        self.assertContains(response, "<ins>1. Câu viết lại.</ins>")
        self.assertEqual([run.is_kept for run in two.runs], [True, False, True])

    def test_without_numbers_it_is_the_step_to_the_newest_edition(self):
        self.second()
        response = self.client.get(self.address)
        self.assertEqual((response.context["old"].key, response.context["new"].key), ("1", "2"))

    def test_the_working_text_is_for_those_who_see_it(self):
        self.revise()
        self.assertEqual(self.client.get(self.address, {"new": "working"}).status_code, 403)
        self.assertEqual(self.client.get(self.address, {"old": "working"}).status_code, 403)
        self.client.force_login(self.chi)
        response = self.client.get(self.address, {"new": "working"})
        self.assertEqual(response.context["old"].key, "1")
        self.assertContains(response, "Câu viết lại")

    def test_a_recalled_edition_is_not_compared_for_readers(self):
        services.recall_edition(self.second(), by=self.lan, reason="Gửi nhầm")
        response = self.client.get(self.address, {"old": 1, "new": 2})
        self.assertContains(response, "Gửi nhầm", status_code=410)
        self.assertNotContains(response, "Câu viết lại", status_code=410)
        plain = self.client.get(self.address)
        self.assertNotContains(plain, "Câu viết lại")
        self.assertIsNone(plain.context["two"])
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.address, {"old": 1, "new": 2}), "Câu viết lại")

    def test_wrong_numbers_are_not_found(self):
        for wrong in ("9", "x", "99999999999999999999", "-1", "²"):
            self.assertEqual(self.client.get(self.address, {"new": wrong}).status_code, 404, wrong)

    def test_renumbering_is_said_to_be_renumbering(self):
        old = edition_text(self.edition)
        sheets = tuple(
            type(s)(s.pk, s.wid, s.kind, "3", "Điều 3", s.heading, s.text, s.parent) if s.number == "2" else s
            for s in old
        )
        two = TwoTexts(old, type(old)(title=old.title, sheets=sheets))
        self.assertEqual([(c.name, c.fate) for c in two.changed], [("Điều 2 → Điều 3", "renumbered")])

    def test_what_was_split_and_what_was_merged_say_so(self):
        restructure(
            self.document, Splitting(self.article_1.wid, 1, "Áp dụng"), by=self.lan, numbering=Numbering.RENUMBER
        )
        services.issue_edition(self.document, by=self.lan)
        self.assertContains(self.client.get(self.address), "tách từ Điều 1")
        restructure(self.document, Merging(self.article_1.wid, "Chung"), by=self.lan, numbering=Numbering.RENUMBER)
        services.issue_edition(self.document, by=self.lan)
        self.assertContains(self.client.get(self.address), "gộp vào Điều 1")

    def test_the_queries_do_not_grow(self):
        self.second()
        self.client.get(self.address)
        with self.assertNumQueries(5):
            self.client.get(self.address)
        for number in range(3):
            self.revise(text=f"1. Lần {number}.")
            services.issue_edition(self.document, by=self.lan)
        self.client.get(self.address)
        with self.assertNumQueries(5):
            self.client.get(self.address)

    def test_outsiders_strangers_and_other_methods_are_refused(self):
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(self.address).status_code, 404)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(self.address).status_code, 405)
        self.client.logout()
        self.assertEqual(self.client.get(self.address).status_code, 302)


class SummaryTests(EditionTestCase):
    def test_what_is_no_article_is_told_apart(self):
        services.describe_document(self.document, by=self.lan, title="Tên khác")
        self.document.refresh_from_db()
        two = TwoTexts(edition_text(self.edition), working_text(self.document))
        self.assertFalse(two.are_the_same)
        self.assertNotIn("1", two.summary)

    def test_nothing_changed_is_said(self):
        text = edition_text(self.edition)
        self.assertTrue(TwoTexts(text, text).are_the_same)
