"""Opinion sheets: asked, handed in, recorded from paper, set aside, counted and printed."""

import datetime as dt
import io

from django.urls import reverse
from django.utils import timezone
from docx import Document as Word

from comments import rounds, sheets
from comments.models import Consultation, OpinionSheet, ReturnedSheet
from config.errors import RuleBrokenError
from drafts import services
from tests.people import DraftTestCase, make_document


class SheetTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.round = rounds.open_consultation(
            cls.edition,
            by=cls.thu,
            closes_at=timezone.now() + dt.timedelta(days=5),
            visibility=Consultation.Visibility.DRAFTERS,
            units=[cls.city, cls.front],
            people=[cls.chi],
        )
        cls.sheet = sheets.write_sheet(
            cls.round,
            by=cls.thu,
            title="Về Quy chế",
            introduction="Kính gửi…",
            questions=["Ban hành?", " ", "Chương II?"],
        )
        cls.first, cls.second = cls.sheet.questions.all()
        cls.citys, cls.fronts = (cls.round.invitations.get(unit=unit) for unit in (cls.city, cls.front))
        cls.chis = cls.round.invitations.get(user=cls.chi)

    def url(self, name="sheet", *more):
        return reverse(f"comments:{name}", args=[self.round.pk, *more])

    def answers(self, one="agree", two="agree", words=""):
        return {self.first.pk: (one, words), self.second.pk: (two, words)}

    def data(self, one="agree", two="agree", words=""):
        data = {f"choice_{pk}": choice for pk, (choice, _words) in self.answers(one, two).items()}
        return data | {f"text_{pk}": words for pk in (self.first.pk, self.second.pk)}


class HandingInTests(SheetTestCase):
    def test_the_round_leads_to_its_sheet_where_there_is_one_or_one_may_be_written(self):
        document = make_document(by=self.lan, title="Khác")
        services.give_seat(document, by=self.lan, role="commenter", user=self.minh)
        without = rounds.open_consultation(
            services.issue_edition(document, by=self.lan),
            by=self.lan,
            closes_at=timezone.now() + dt.timedelta(days=5),
            visibility=Consultation.Visibility.DRAFTERS,
            people=[self.minh],
        )
        for user, shown in ((self.minh, False), (self.lan, True)):
            self.client.force_login(user)
            bare = reverse("comments:round", args=[without.pk])
            self.assertEqual(f"{bare}sheet/" in self.client.get(bare).content.decode(), shown)
            self.assertContains(self.client.get(self.url("round")), self.url())

    def test_answered_on_the_screen_once(self):
        self.client.force_login(self.minh)
        url = self.url("sheet_answer", self.citys.pk)
        assert self.client.post(url, self.data("other")).status_code == 422
        assert self.client.post(url, self.data() | {f"choice_{self.first.pk}": ""}).status_code == 422
        self.client.post(url, self.data("other", "disagree", "Ban hành sau."))
        self.client.post(url, self.data("agree"))
        returned = ReturnedSheet.objects.get()
        assert [(answer.choice, answer.text) for answer in returned.answers.all()] == [
            ("other", "Ban hành sau."), ("disagree", "Ban hành sau."),
        ]  # fmt: skip
        assert not returned.on_paper and not returned.set_aside

    def test_others_do_not_answer_for_somebody(self):
        for user, status in ((self.dai, 404), (self.lan, 404), (self.hoa, 404)):
            self.client.force_login(user)
            assert self.client.post(self.url("sheet_answer", self.citys.pk), self.data()).status_code == status, user

    def test_the_secretary_records_paper_and_sets_aside_what_is_unsigned_or_late(self):
        self.client.force_login(self.thu)
        self.client.post(self.url("sheet_answer", self.citys.pk), self.data())
        unsigned = ReturnedSheet.objects.get()
        assert (unsigned.on_paper, unsigned.set_aside) == (True, "unsigned")
        rounds.close(self.round, by=self.thu, reason="Đủ")
        self.client.post(self.url("sheet_answer", self.fronts.pk), self.data() | {"is_signed": "on"})
        assert ReturnedSheet.objects.get(invitation=self.fronts).set_aside == "late"
        self.client.force_login(self.chi)
        assert self.client.post(self.url("sheet_answer", self.chis.pk), self.data()).status_code == 422
        self.client.force_login(self.thu)
        url = self.url("sheet_aside", unsigned.pk)
        assert self.client.post(url, {"why": "other", "reason": ""}).status_code == 409
        self.client.post(url, {"why": "", "reason": "Đã ký bổ sung"})
        unsigned.refresh_from_db()
        assert unsigned.set_aside == "" and unsigned.history.count() == 2

    def test_the_questions_stay_once_a_sheet_has_come_back(self):
        sheets.write_sheet(self.round, by=self.thu, title="Khác", introduction="", questions=["Một?"])
        question = self.sheet.questions.get()
        sheets.return_sheet(self.sheet, self.citys, by=self.minh, answers={question.pk: ("agree", "")})
        with self.assertRaises(RuleBrokenError):
            sheets.write_sheet(self.round, by=self.thu, title="Khác", introduction="", questions=["Hai?"])
        self.client.force_login(self.thu)
        data = {"title": "Khác", "questions": "Hai?"}
        assert self.client.post(self.url("sheet_text"), data).status_code == 422
        assert OpinionSheet.objects.get().questions.get().text == "Một?"


class CountingTests(SheetTestCase):
    def setUp(self):
        sheets.return_sheet(self.sheet, self.citys, by=self.minh, answers=self.answers())
        sheets.return_sheet(
            self.sheet, self.fronts, by=self.dai, answers=self.answers("disagree", "other", "Tách Chương II.")
        )
        aside = sheets.return_sheet(self.sheet, self.chis, by=self.chi, answers=self.answers())
        sheets.set_aside(aside, by=self.thu, why="other", reason="Gửi nhầm")

    def test_counted_with_other_opinions_word_for_word(self):
        totals = sheets.Totals(self.sheet)
        assert [(one.agree, one.disagree, one.others) for one in totals.counted] == [
            (1, 1, ()), (1, 0, (("Ủy ban Mặt trận Tổ quốc tỉnh", "Tách Chương II."),)),
        ]  # fmt: skip
        assert (totals.asked, len(totals.valid), len(totals.aside)) == (3, 2, 1)

    def test_the_count_is_for_those_who_consolidate(self):
        for user, sees in ((self.thu, True), (self.lan, True), (self.minh, False)):
            self.client.force_login(user)
            page = self.client.get(self.url())
            assert ("Tách Chương II." in page.content.decode()) == sees, user
            assert self.client.get(self.url("sheet_file") + "?totals").status_code == (200 if sees else 403)

    def test_printed_for_signing_and_as_totals(self):
        self.client.force_login(self.thu)
        blank = Word(io.BytesIO(self.client.get(self.url("sheet_file")).content))
        rows = [[cell.text for cell in row.cells] for row in blank.tables[-2].rows]
        said = "\n".join(paragraph.text for paragraph in blank.paragraphs)
        assert [row[1] for row in rows] == ["Nội dung", "Ban hành?", "Chương II?"]
        assert "PHIẾU LẤY Ý KIẾN" in said and "Hạn trả lời:" in said
        assert blank.sections[0].page_width < blank.sections[0].page_height
        totals = Word(io.BytesIO(self.client.get(self.url("sheet_file") + "?totals").content))
        rows = [[cell.text for cell in row.cells] for row in totals.tables[-1].rows]
        assert rows[2][2:] == ["1", "0", "1", "Ủy ban Mặt trận Tổ quốc tỉnh: “Tách Chương II.”"]
        said = "\n".join(paragraph.text for paragraph in totals.paragraphs)
        assert "Số phiếu phát ra: 3; số phiếu thu về: 3; hợp lệ: 2; để riêng: 1." in said
