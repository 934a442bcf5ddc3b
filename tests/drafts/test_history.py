from unittest import mock

from django.urls import reverse

from drafts import services
from drafts.arranging import Where
from drafts.models import Operation
from drafts.restructuring import Insertion, Moving, Reinstatement, Removal
from tests.drafts.test_structure_pages import PageCase
from tests.people import ARTICLE_1, DraftTestCase

LATER = ARTICLE_1.replace("nguyên tắc, chế độ làm việc", "nguyên tắc làm việc").replace("a) Ủy viên", "a) Các ủy viên")
INSERTED = ARTICLE_1.replace("\n2. Quy chế", "\n2. Khoản mới.\n3. Quy chế")


class HistoryCase(DraftTestCase):
    page = "history"

    def setUp(self):
        self.revise(1, LATER, "Gọn hơn")

    def revise(self, base, text, reason=""):
        services.revise_article(
            self.article_1,
            by=self.lan,
            base_version=base,
            heading=self.article_1.heading,
            text=text,
            reason=reason,
        )

    def url(self, name, *args):
        return reverse(f"drafts:{name}", args=[self.document.pk, self.article_1.wid, *args])


class HistoryTests(HistoryCase):
    def test_every_version_says_who_when_and_why_newest_first(self):
        self.client.force_login(self.thu)
        response = self.client.get(self.url("history"))
        self.assertContains(response, "Gọn hơn")
        self.assertContains(response, "Lan")
        versions = response.context["versions"]
        self.assertEqual([version.number for version in versions], [2, 1])
        self.assertEqual([version.is_current for version in versions], [True, False])

    def test_any_two_versions_can_be_compared_from_the_form(self):
        self.client.force_login(self.thu)
        response = self.client.get(self.url("history"), {"old": "1", "new": "2"})
        self.assertRedirects(response, self.url("difference", 1, 2))

    def test_only_drafters_are_offered_to_restore(self):
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.url("history")), "#restore")
        self.client.force_login(self.thu)
        self.assertNotContains(self.client.get(self.url("history")), "#restore")

    def test_the_queries_do_not_grow_with_the_versions(self):
        self.client.force_login(self.lan)
        with self.assertNumQueries(7):
            self.client.get(self.url("history"))
        for number in range(2, 22):
            self.revise(number, f"1. Lần {number}.")
        with self.assertNumQueries(7):
            self.client.get(self.url("history"))
        with mock.patch("drafts.queries.VERSIONS_AT_ONCE", 12):
            newest = self.client.get(self.url("history"))
            oldest = self.client.get(self.url("history"), {"before": newest.context["older"]})
        numbers = [[version.number for version in page.context["versions"]] for page in (newest, oldest)]
        self.assertEqual(numbers, [list(range(22, 10, -1)), list(range(10, 0, -1))])
        self.assertContains(newest, '<input type="number"', count=2)
        self.assertIsNone(oldest.context["older"])

    def test_those_who_read_editions_only_are_told_why_not(self):
        for user, status in ((self.minh, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.url("history")).status_code, status)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(self.url("history")).status_code, 405)
        self.client.logout()
        self.assertEqual(self.client.get(self.url("history")).status_code, 302)

    def test_an_article_of_another_draft_is_not_found(self):
        from_elsewhere = reverse("drafts:history", args=[self.document.pk + 1, self.article_1.wid])
        self.client.force_login(self.lan)
        self.assertEqual(self.client.get(from_elsewhere).status_code, 404)


class PlaceTests(PageCase):
    def history(self, row):
        return self.client.get(reverse("drafts:history", args=[self.draft.pk, row.wid]))

    def test_renumbering_is_told_as_renumbering_and_whose_act_it_came_with(self):
        self.insert(beside=self.a1, where=Where.BEFORE)
        response = self.history(self.a1)
        self.assertContains(response, "đánh số lại từ Điều 1 thành Điều 2")
        self.assertContains(response, "kèm theo việc: thêm điều")
        self.assertNotContains(response, "viện dẫn")

    def test_citations_that_followed_are_told_as_that_and_not_as_the_act_itself(self):
        self.act(Removal(self.a2.wid))
        response = self.history(self.a3)
        self.assertContains(response, "sửa viện dẫn, đánh số lại từ Điều 3 thành Điều 2")
        self.assertContains(response, "kèm theo việc: bỏ khỏi văn bản")
        gone = self.history(self.a2)
        self.assertContains(gone, '<span class="who">Lan</span> bỏ khỏi văn bản')
        self.assertNotContains(gone, "sửa viện dẫn")
        self.assertNotContains(gone, "đang dùng")
        self.assertContains(response, "đang dùng")

    def test_moving_is_told_as_moving(self):
        self.act(Moving(self.a1.wid, self.a4.wid, Where.AFTER))
        self.assertContains(self.history(self.a1), "chuyển sang chương, mục khác, đánh số lại từ Điều 1 thành Điều 4")

    def test_gone_and_back_is_no_renumbering(self):
        self.act(Removal(self.a4.wid))
        self.act(Reinstatement(self.a4.wid))
        response = self.history(self.a4)
        self.assertContains(response, "đưa trở lại văn bản")
        self.assertNotContains(response, "đánh số lại")


class RestoringAfterActsTests(PageCase):
    def restore_after(self, *acts):
        """Article 2 rewritten, the acts done, and its first version restored."""
        services.revise_article(self.a2, by=self.lan, base_version=1, heading="Hai", text="Khác.", reason="")
        for act in acts:
            self.act(act)
        self.a2.refresh_from_db()
        services.restore_version(self.a2, by=self.lan, version=1, base_version=self.a2.version)
        return self.words(self.a2)

    def test_it_cites_by_the_numbers_of_today(self):
        inserted = Insertion("article", "Mới", self.a1.wid, Where.AFTER)
        self.assertEqual(self.restore_after(inserted), "1. Theo khoản 2 Điều 1.\n2. Theo Điều 4 và Chương II.")

    def test_what_is_gone_meanwhile_is_marked(self):
        gone = self.restore_after(Removal(self.a3.wid))
        self.assertEqual(gone, "1. Theo khoản 2 Điều 1.\n2. Theo Điều 3 [cũ] và Chương II.")


class DifferenceTests(HistoryCase):
    def test_words_are_marked_not_lines(self):
        self.client.force_login(self.chi)
        response = self.client.get(self.url("difference", 1, 2))
        self.assertContains(response, "<del>, chế độ</del>")
        self.assertContains(response, "<ins>Các ủy</ins>")
        self.assertContains(response, "b) Các ban tham mưu của Tỉnh ủy.")

    def test_a_new_clause_renumbers_the_next_one_and_does_not_rewrite_it(self):
        self.revise(2, ARTICLE_1)
        self.revise(3, INSERTED)
        self.client.force_login(self.chi)
        response = self.client.get(self.url("difference", 3, 4))
        self.assertContains(response, "<ins>2. Khoản mới.</ins>")
        self.assertContains(response, "<del>2.</del><ins>3.</ins> Quy chế áp dụng đối với:")

    def test_sides_show_each_version_whole(self):
        self.client.force_login(self.chi)
        response = self.client.get(self.url("difference", 1, 2), {"view": "sides"})
        self.assertContains(response, 'class="versus"')
        self.assertContains(response, "<del>, chế độ</del>", count=1)

    def test_a_version_that_never_was_is_not_found(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.get(self.url("difference", 1, 9)).status_code, 404)

    def test_text_is_shown_as_text(self):
        self.revise(2, "1. <script>alert(1)</script>")
        self.client.force_login(self.lan)
        response = self.client.get(self.url("difference", 2, 3))
        self.assertContains(response, "&lt;script&gt;")
        self.assertNotContains(response, "<script>alert")

    def test_others_are_refused(self):
        url = self.url("difference", 1, 2)
        for user, status in ((self.minh, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(url).status_code, status)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(url).status_code, 405)
        self.client.logout()
        self.assertEqual(self.client.get(url).status_code, 302)


class RestorationTests(HistoryCase):
    def restore(self, **sent):
        return self.client.post(self.url("restoration"), {"version": 1, "base_version": 2} | sent)

    def test_an_earlier_version_becomes_the_newest(self):
        self.client.force_login(self.lan)
        self.assertRedirects(self.restore(reason="Theo hội nghị"), self.url("history"))
        self.article_1.refresh_from_db()
        self.assertEqual((self.article_1.version, self.article_1.text), (3, ARTICLE_1))
        operation = self.document.operations.first()
        self.assertEqual((operation.kind, operation.reason), (Operation.Kind.RESTORED, "Theo hội nghị"))

    def test_nothing_is_restored_over_what_somebody_saved_meanwhile(self):
        self.revise(2, "1. Mới nhất.")
        self.client.force_login(self.lan)
        self.assertEqual(self.restore().status_code, 409)
        self.article_1.refresh_from_db()
        self.assertEqual(self.article_1.text, "1. Mới nhất.")

    def test_wrong_input_is_refused(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.restore(base_version="x").status_code, 422)
        self.assertEqual(self.restore(version=99).status_code, 409)

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.thu, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.restore().status_code, status)
        self.assertEqual(self.client.get(self.url("restoration")).status_code, 405)
        self.client.logout()
        self.assertEqual(self.restore().status_code, 302)
        self.article_1.refresh_from_db()
        self.assertEqual(self.article_1.version, 2)
