"""Comments in the margin of the Word file: offered, taken over once, anchored honestly."""

from django.urls import reverse

from comments import services
from comments.models import Comment
from comments.taking_over import offers_of, place_of, take_over
from drafts import services as drafting
from drafts import sources
from drafts.importing import Remark, read_document
from drafts.models import Operation
from drafts.photographs import edition_text
from tests.drafts.importing.word_files import commented_file, comments, docx, p, ranged, run
from tests.drafts.test_import import PLAIN, upload_of
from tests.people import DraftTestCase, make_document

HEAD = "Trần Thị Bình (góp ý trong tệp Word, ngày 01/03/2026): "


class TakingOverTestCase(DraftTestCase):
    def setUp(self):
        self.source = sources.keep(commented_file(), name="du-thao.docx", by=self.lan, remarks=2)
        self.source.document = self.document
        self.source.save(update_fields=["document"])
        self.url = reverse("comments:file_comments", args=[self.document.pk])
        self.client.force_login(self.lan)


class PageTests(TakingOverTestCase):
    def test_it_lists_the_comments_with_the_article_they_fall_on(self):
        response = self.client.get(self.url)
        first, second = (offer for offer, _ in response.context["form"].rows)
        self.assertEqual((first.place.name, first.place.has_words), ("Điều 1", True))
        self.assertEqual((second.place.name, second.place.has_words), ("Điều 2", False))
        self.assertContains(response, "Nên ghi rõ cả ủy viên dự khuyết.")
        self.assertContains(response, "01/03/2026")
        self.assertContains(response, 'name="take" value="1" checked')

    def test_the_ticked_ones_become_recorded_comments_in_one_act(self):
        before = Operation.objects.count()
        response = self.client.post(self.url, {"take": ["1", "2"]})
        self.assertRedirects(response, reverse("comments:feedback", args=[self.document.pk]))
        on_words, on_article = Comment.objects.order_by("pk")
        self.assertEqual((on_words.quote, on_words.clause_label), ("Ủy viên Ban Chấp hành", "điểm a khoản 2"))
        self.assertEqual(on_words.text, f"{HEAD}Nên ghi rõ cả ủy viên dự khuyết.")
        self.assertEqual((on_words.author, on_words.recorded_by, on_words.edition), (self.lan, self.lan, self.edition))
        self.assertEqual((on_article.provision, on_article.quote), (self.article_2, ""))
        self.assertIn("Về “Nguyên tắc làm việc”: Đổi tên điều.", on_article.text)
        self.assertEqual(Operation.objects.count(), before + 1)

    def test_what_is_not_ticked_stays_in_the_file(self):
        self.client.post(self.url, {"take": ["2"]})
        self.assertEqual(Comment.objects.get().provision, self.article_2)

    def test_taking_over_twice_makes_one_comment_whoever_does_it(self):
        offers = offers_of(self.source, edition=self.edition)
        self.assertEqual(len(take_over(offers, edition=self.edition, by=self.lan)), 2)
        self.assertEqual(take_over(offers, edition=self.edition, by=self.thu), [])
        self.assertEqual(Comment.objects.count(), 2)
        response = self.client.get(self.url)
        self.assertNotContains(response, 'name="take"')
        self.assertContains(response, reverse("comments:comment", args=[Comment.objects.first().pk]))

    def test_a_file_two_drafts_were_made_from_gives_its_comments_to_both(self):
        take_over(offers_of(self.source, edition=self.edition), edition=self.edition, by=self.lan)
        other = make_document(by=self.lan, title="Quy chế thứ hai")
        edition = drafting.issue_edition(other, by=self.lan)
        self.assertEqual(len(take_over(offers_of(self.source, edition=edition), edition=edition, by=self.lan)), 2)

    def test_words_that_are_recorded_already_are_not_ticked(self):
        services.add_comment(
            self.edition, by=self.minh, key="00000000-0000-0000-0000-000000000001", kind="other", text="Đổi tên điều."
        )
        rows = self.client.get(self.url).context["form"].rows
        self.assertEqual([ticked for _, ticked in rows], [True, False])

    def test_nothing_ticked_or_something_unknown_is_refused(self):
        for data in ({}, {"take": ["7"]}, {"take": ["x"]}):
            self.assertEqual(self.client.post(self.url, data).status_code, 422)
        self.assertFalse(Comment.objects.exists())

    def test_without_an_edition_it_says_what_to_do(self):
        bare = drafting.create_document(by=self.lan, title="Mới", kind="rules", nodes=[], source=None)
        self.source.document = bare
        self.source.save(update_fields=["document"])
        response = self.client.get(reverse("comments:file_comments", args=[bare.pk]))
        self.assertEqual(response.status_code, 409)

    def test_without_such_a_file_there_is_no_page(self):
        self.source.document = None
        self.source.save(update_fields=["document"])
        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_wrong_role_outsider_stranger_method(self):
        self.assertEqual(self.client.put(self.url).status_code, 405)
        for person, status in ((self.thu, 200), (self.minh, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(person)
            self.assertEqual(self.client.get(self.url).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 302)

    def test_the_queries_do_not_grow_with_the_comments(self):
        self.client.get(self.url)
        with self.assertNumQueries(7):
            self.client.get(self.url)
        many = docx(
            "".join(p(ranged(at, run(f"Đoạn {at}"))) for at in range(9)),
            others={"word/comments.xml": comments(*map(str, range(9)))},
        )
        sources.keep(many, name="b.docx", by=self.lan, remarks=9)
        type(self.source).objects.filter(name="b.docx").update(document=self.document)
        with self.assertNumQueries(7):
            self.assertEqual(len(self.client.get(self.url).context["form"].offers), 9)


class PlaceTests(TakingOverTestCase):
    def placed(self, quote, *, line=4, prefix="", suffix=""):
        imported = read_document(commented_file(), name="x")
        remark = Remark(1, line, quote, prefix, suffix, "", "", "x")
        place = place_of(remark, imported, edition_text(self.edition))
        return place.name, place.sheet.text[place.start : place.end] if place.sheet else ""

    def test_words_twice_in_an_article_are_told_by_what_stands_around_them(self):
        self.assertEqual(self.placed("Tỉnh ủy", prefix="quan hệ công tác của ", suffix="."), ("Điều 1", "Tỉnh ủy"))
        self.assertEqual(self.placed("Tỉnh ủy"), ("Điều 1", ""))

    def test_words_that_stand_once_elsewhere_are_found_there_unless_they_are_few(self):
        self.assertEqual(self.placed("tập thể lãnh đạo")[0], "Điều 2")
        self.assertEqual(self.placed("lãnh đạo"), ("Điều 1", ""))

    def test_what_was_not_imported_is_on_the_whole_draft(self):
        self.assertEqual(self.placed("chữ không có trong dự thảo", line=1), ("", ""))

    def test_blanks_and_hyphens_of_word_do_not_matter(self):
        self.assertEqual(self.placed("Ủy\u00a0viên  Ban Chấp\nhành"), ("Điều 1", "Ủy viên Ban Chấp hành"))


class ImportTests(DraftTestCase):
    def test_after_the_import_one_is_led_to_the_comments_of_the_file(self):
        self.client.force_login(self.lan)
        self.client.post("/drafts/import/", {"file": upload_of(commented_file(), "du-thao.docx")})
        source = type(sources.keep(b"x", name="x", by=self.minh)).objects.get(by=self.lan)
        self.assertEqual(source.remarks, 2)
        preview = reverse("drafts:import_preview", args=[source.pk])
        response = self.client.post(preview, PLAIN | {"issue": "on"}, follow=True)
        made = response.context["document"]
        self.assertEqual(response.redirect_chain[0][0], reverse("comments:file_comments", args=[made.pk]))
        self.assertEqual([offer.place.name for offer in response.context["form"].offers], ["Điều 1", "Điều 2"])
        about = self.client.get(reverse("drafts:about", args=[made.pk]))
        self.assertContains(about, reverse("comments:file_comments", args=[made.pk]))
