from unittest import mock

from django.urls import reverse

from drafts import sources
from drafts.apart import read_apart
from drafts.importing import Correction, Role, read_document
from drafts.models import Document, SourceFile
from tests.drafts.test_import import PLAIN, TWO_DOCUMENTS
from tests.people import DraftTestCase, allow

TEXT = """QUY CHẾ LÀM VIỆC
của Ban Chỉ đạo chuyển đổi số
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định nguyên tắc làm việc.
Điều 2. Nguyên tắc
Tập trung dân chủ.
Đieu 3. Chế độ họp
Họp hằng tháng.
Điều 4. Hiệu lực
Quy chế có hiệu lực từ ngày ký.
"""
LOST = 8  # the line of the lost head


class CorrectionCase(DraftTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A process for each file would take longest here; reading apart has tests of its own.
        cls.enterClassContext(mock.patch("drafts.sources.read_apart", read_document))

    def setUp(self):
        self.client.force_login(self.lan)
        self.upload(TEXT)

    def upload(self, text):
        self.source = sources.keep(text.encode(), name="quy-che.txt", by=self.lan)
        self.preview = reverse("drafts:import_preview", args=[self.source.pk])
        self.url = reverse("drafts:import_corrections", args=[self.source.pk])

    def correct(self, index=LOST, role="article", **more):
        return self.client.post(self.url, {"index": index, "role": role, **more})

    def seen(self, **query):
        return self.client.get(self.preview, query).context

    def numbers(self):
        return [node.number for node in self.seen()["component"].nodes if node.kind == "article"]


class CorrectingTests(CorrectionCase):
    def test_a_heading_with_neither_word_nor_number_is_noticed_and_mended(self):
        self.upload(TEXT.replace("Điều 2.", "TỔ CHỨC THỰC HIỆN\nĐiều 2.").replace("Đieu", "Điều"))
        (finding,) = self.seen()["findings"]
        (offer,) = finding["mends"]
        self.assertEqual((offer["correction"].role, offer["correction"].number), ("chapter", "II"))
        self.correct(finding["index"], "chapter", number="II")
        chapter = [node for node in self.seen()["component"].nodes if node.kind == "chapter"][1]
        self.assertEqual((chapter.label, chapter.heading), ("Chương II", "TỔ CHỨC THỰC HIỆN"))
        self.assertEqual(self.seen()["findings"], [])

    def test_a_finding_leads_to_its_line_and_offers_what_mends_it(self):
        (finding,) = self.seen()["findings"]
        (offer,) = finding["mends"]
        self.assertEqual((offer["correction"].index, offer["correction"].number), (LOST, "3"))
        page = self.client.get(self.preview).content.decode()
        self.assertIn(f"?at={finding['index']}#line-{finding['index']}", page)

    def test_at_a_line_one_sees_the_lines_of_its_article_and_what_can_be_said(self):
        context = self.seen(at=LOST)
        self.assertEqual([line["row"].index for line in context["lines"]], [6, 7, 8, 9])
        self.assertIn("head", [offer["correction"].role and "head" for offer in context["panel"]["offers"]])
        self.assertContains(self.client.get(self.preview, {"at": LOST}), f'id="line-{LOST}"')

    def test_a_line_becomes_a_heading_and_the_draft_is_made_as_previewed(self):
        response = self.correct()
        self.assertRedirects(response, f"{self.preview}?at={LOST}#line-{LOST}")
        self.assertEqual(self.numbers(), ["1", "2", "3", "4"])
        context = self.seen()
        self.assertEqual(context["finding_count"], 0)
        self.client.post(self.preview, PLAIN | {"seen": context["seen"]})
        made = Document.objects.get(title="Quy chế mới")
        stored = made.provisions.values_list("kind", "number", "heading", "text")
        self.assertEqual(list(stored), [(str(n.kind), n.number, n.heading, n.text) for n in context["component"].nodes])

    def test_corrections_stay_with_the_file_and_are_taken_back_one_by_one_or_all(self):
        before = self.seen()["component"]
        self.correct()
        self.correct(index=10, role="text")
        self.correct(index=2, role="section", number="1")
        self.assertEqual(self.numbers(), ["1", "2", "3"])
        self.assertEqual([line["role"] for line in self.seen()["corrections"]], ["Mục", "Nội dung thường", "Điều"])
        one = reverse("drafts:import_correction_removal", args=[self.source.pk, 10])
        self.assertRedirects(self.client.post(one), f"{self.preview}?at=10#line-10")
        self.assertEqual(self.numbers(), ["1", "2", "3", "4"])
        for index in (LOST, 2):
            self.client.post(reverse("drafts:import_correction_removal", args=[self.source.pk, index]))
        self.assertEqual(self.seen()["component"], before)
        self.correct()
        self.correct(index=10, role="text")
        self.client.post(reverse("drafts:import_corrections_removal", args=[self.source.pk]))
        self.assertEqual((self.seen()["component"], self.seen()["corrections"]), (before, []))

    def test_saying_something_else_of_a_line_replaces_what_was_said(self):
        self.correct(number="9")
        self.correct(number="3")
        self.assertEqual(self.numbers(), ["1", "2", "3", "4"])
        self.assertEqual(len(SourceFile.objects.get(pk=self.source.pk).corrections), 1)

    def test_an_article_needs_a_number_and_what_was_chosen_stays(self):
        response = self.correct(index=9)
        self.assertContains(response, 'value="article"', status_code=422)
        self.assertTrue(response.context["panel"]["form"].errors["number"])
        above = response.content.decode().partition('id="structure"')[0]
        self.assertIn('href="#line-title"', above, "without JavaScript the page begins at its top")
        self.assertEqual(self.correct(index=9, number="3").status_code, 302)

    def test_wrong_input_is_refused(self):
        for wrong in ({"role": "king"}, {"number": "<b>"}, {"number": "1" * 21}, {"level": 9}, {"is_titled": "x"}):
            self.assertEqual(self.correct(**wrong).status_code, 422, wrong)
        self.assertEqual(self.correct(index=999).status_code, 404)
        self.assertEqual(self.correct(index="x").status_code, 404)
        self.assertEqual(SourceFile.objects.get(pk=self.source.pk).corrections, [])

    def test_a_file_read_apart_is_corrected_as_well(self):
        correction = Correction(LOST, Role.ARTICLE, opening="Đieu 3")
        read = read_apart(TEXT.encode(), name="a.txt", corrections=[correction])
        self.assertEqual(read, read_document(TEXT.encode(), name="a.txt", corrections=[correction]))
        self.assertEqual(read.components[0].articles, 4)
        self.assertEqual(len(read.components[0].rows), len(TEXT.splitlines()))

    def test_a_draft_is_not_made_from_a_structure_that_was_not_seen(self):
        seen = self.seen()["seen"]
        self.correct()
        response = self.client.post(self.preview, PLAIN | {"seen": seen})
        self.assertEqual(response.status_code, 422)
        self.assertFalse(Document.objects.filter(title="Quy chế mới").exists())

    def test_a_correction_that_no_longer_meets_its_line_says_so_and_does_nothing(self):
        sources.correct(self.source, Correction(LOST, Role.TEXT, opening="Khác hẳn"))
        (line,) = self.seen()["corrections"]
        self.assertFalse(line["fits"])
        self.assertEqual(self.numbers(), ["1", "2", "4"])

    def test_once_a_draft_is_made_nothing_is_corrected(self):
        self.client.post(self.preview, PLAIN)
        self.assertEqual(self.correct().status_code, 409)
        removal = reverse("drafts:import_corrections_removal", args=[self.source.pk])
        self.assertEqual(self.client.post(removal).status_code, 409)

    def test_two_documents_of_a_file_are_made_one(self):
        self.upload(TWO_DOCUMENTS)
        context = self.seen()
        start = context["component"].rows[0].index
        self.assertIn("same", [offer["correction"].role for offer in self.seen(at=start)["panel"]["offers"]])
        self.correct(index=start, role="same")
        self.assertEqual(len(self.seen()["components"]), 1)

    def test_a_long_text_is_folded_but_for_the_way_to_the_line(self):
        chapters = (f"Chương {roman}\nVIỆC\n" for roman in ("I", "II", "III", "IV"))
        numbers = iter(range(1, 81))
        text = "".join(
            chapter + "".join(f"Điều {next(numbers)}. Việc\n1. Một.\n" for _ in range(20)) for chapter in chapters
        )
        self.upload("QUY CHẾ LÀM VIỆC\n" + text)
        self.assertFalse(any(branch.is_unfolded for branch in self.seen()["branches"] if branch.is_group))
        row = next(row for row in self.seen()["component"].rows if row.text.startswith("Điều 45"))
        unfolded = [b.node.number for b in self.seen(at=row.index)["branches"] if b.is_unfolded and b.is_group]
        self.assertEqual(unfolded, ["III"])

    def test_only_the_uploader_corrects(self):
        urls = [
            self.url,
            reverse("drafts:import_correction_removal", args=[self.source.pk, LOST]),
            reverse("drafts:import_corrections_removal", args=[self.source.pk]),
        ]
        allow(self.thu, "drafts.create_documents")
        for user, status in ((self.thu, 404), (self.minh, 403)):
            self.client.force_login(user)
            for url in urls:
                self.assertEqual(self.client.post(url, {"index": LOST, "role": "text"}).status_code, status)
        self.client.logout()
        for url in urls:
            self.assertEqual(self.client.post(url, {"index": LOST, "role": "text"}).status_code, 302)
        self.client.force_login(self.lan)
        for url in urls:
            self.assertEqual(self.client.get(url).status_code, 405)


class SourceFileTests(DraftTestCase):
    def setUp(self):
        self.source = sources.keep(TEXT.encode(), name="Dự thảo.txt", by=self.lan)
        self.source.document = self.document
        self.source.save(update_fields=["document"])
        self.url = reverse("drafts:source_file", args=[self.document.pk, self.source.pk])
        self.about = reverse("drafts:about", args=[self.document.pk])

    def test_those_who_see_the_working_text_download_it_as_it_came(self):
        for user in (self.lan, self.thu, self.chi):
            self.client.force_login(user)
            self.assertContains(self.client.get(self.about), self.url)
            response = self.client.get(self.url)
            self.assertEqual(b"".join(response.streaming_content).decode(), TEXT)
            self.assertTrue(response["Content-Disposition"].startswith("attachment"))

    def test_others_do_not(self):
        self.client.force_login(self.minh)
        self.assertNotContains(self.client.get(self.about), self.url)
        self.assertEqual(self.client.get(self.url).status_code, 403)
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 302)

    def test_only_a_file_of_this_draft_that_is_still_there(self):
        other = sources.keep(b"x", name="b.txt", by=self.lan)
        self.client.force_login(self.lan)
        self.assertEqual(
            self.client.get(reverse("drafts:source_file", args=[self.document.pk, other.pk])).status_code, 404
        )
        self.source.file.storage.delete(self.source.file.name)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.client.post(self.url).status_code, 405)
