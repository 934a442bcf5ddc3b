"""The official table of opinions and answers, the workbook, and the letters to units."""

import datetime as dt
import io
import re
import uuid
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from openpyxl import load_workbook

from comments import contributions, rounds, services
from comments.models import Consultation, Topic
from comments.workbook import workbook
from drafts import diary
from drafts import services as drafts
from drafts.exporting import PRESETS, Profile
from drafts.exporting.dates import numeric
from drafts.models import Operation, PaperLayout, Seat
from drafts.photographs import edition_text
from tests.people import DraftTestCase


class SynthesisTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.round = rounds.open_consultation(
            cls.edition,
            by=cls.thu,
            closes_at=timezone.now() + dt.timedelta(days=5),
            visibility=Consultation.Visibility.OPEN,
            units=[cls.city, cls.front, cls.office],
        )
        cls.general = cls.say(cls.dai, "Nhất trí về bố cục.", None)
        cls.on_article = cls.say(cls.minh, "Đề nghị nói rõ phạm vi.", cls.article_1)
        cls.on_clause = cls.say(
            cls.dai,
            '=HYPERLINK("x")',
            cls.article_2,
            quote="tập thể lãnh đạo",
            proposed_text="tập thể Ban Chấp hành lãnh đạo",
        )
        cls.first_clause = cls.say(cls.minh, "Nên gọn hơn.", cls.article_1, clause="khoản 1")
        cls.unsent = cls.say(
            cls.minh, "Đơn vị chưa gửi.", cls.article_1, contribution=cls.round.invitations.get(unit=cls.city)
        )
        services.answer_comment(cls.on_article, by=cls.lan, outcome="accepted", explanation="Đã bổ sung khoản 1.")
        services.answer_comment(
            cls.on_clause, by=cls.lan, outcome="explained", explanation="Giữ như Điều lệ.\nKhông đổi."
        )
        contributions.send(cls.round.invitations.get(unit=cls.office), by=cls.thu, stance="agree", articles={})

    @classmethod
    def say(cls, by, text, article, *, quote="", **more):
        sheet = edition_text(cls.edition).find(article.wid) if article else None
        selection = services.Selection(quote=quote)
        return services.add_comment(
            cls.edition, by=by, key=uuid.uuid4(), kind="other", text=text, sheet=sheet, selection=selection, **more
        )

    def get(self, *, by=None, **chosen):
        self.client.force_login(by or self.thu)
        data = {"which": "all", "with_names": "on", "layout": "party_2026", "format": "docx"} | chosen
        data = {f"paper-{name}": value for name, value in data.items() if value != ""}
        return self.client.get(reverse("comments:feedback_file", args=[self.document.pk]), data)

    def table(self, response):
        word = Word(io.BytesIO(response.content))
        rows = [[cell.text for cell in row.cells] for row in word.tables[1].rows]
        return word, rows


class TableTests(SynthesisTestCase):
    def test_columns_order_and_merged_first_cells(self):
        response = self.get()
        assert response["Content-Disposition"].startswith("attachment")
        word, rows = self.table(response)
        layout = PRESETS[Profile.PARTY_2026]
        assert rows[0] == [
            "NHÓM VẤN ĐỀ, ĐIỀU, KHOẢN", "CHỦ THỂ GÓP Ý", "NỘI DUNG GÓP Ý", "NỘI DUNG TIẾP THU, GIẢI TRÌNH",
        ]  # fmt: skip
        assert [row[0] for row in rows[1:]] == [
            "Điều 1. Phạm vi, đối tượng áp dụng", "Khoản 1 Điều 1", "Khoản 1 Điều 2", layout.opinions_general,
        ]  # fmt: skip
        assert "w:vMerge" not in word.element.xml
        assert rows[1][3] == "Tiếp thu. Đã bổ sung khoản 1."
        assert rows[3][2] == '“tập thể lãnh đạo”\n=HYPERLINK("x")\nĐề nghị sửa thành: “tập thể Ban Chấp hành lãnh đạo”'
        assert rows[3][3] == "Giải trình. Giữ như Điều lệ.\nKhông đổi."
        assert rows[4][1:] == ["Đại\nỦy ban Mặt trận Tổ quốc tỉnh", "Nhất trí về bố cục.", "Chưa trả lời."]
        section = word.sections[0]
        assert section.page_width > section.page_height
        assert "w:tblHeader" in word.element.xml

    def test_opinions_on_the_same_place_share_their_first_cell(self):
        self.say(self.dai, "Cũng ý đó.", self.article_1)
        word, rows = self.table(self.get())
        merged = re.findall(r'w:vMerge w:val="(\w+)"', word.element.xml)
        assert merged == ["restart", "continue"]
        assert rows[1][0] == rows[2][0]

    def test_the_opening_words_count(self):
        word, _rows = self.table(self.get())
        text = "\n".join(paragraph.text for paragraph in word.paragraphs)
        today = numeric(timezone.localdate())
        assert "BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý" in text
        assert "đối với dự thảo Quy chế làm việc của Tỉnh ủy" in text
        assert "1. Tổng số 3 cơ quan, tổ chức, cá nhân đã gửi xin ý kiến và tổng số 4 ý kiến nhận được." in text
        assert f"2.1. Thống nhất với nội dung dự thảo: 1 (Văn phòng Tỉnh ủy, trả lời ngày {today})." in text
        assert "2.2. Có ý kiến góp ý: 2 cơ quan, tổ chức, cá nhân, 4 ý kiến" in text
        assert "(tiếp thu: 1; giải trình: 1; chưa trả lời: 2), cụ thể:" in text
        assert "Đơn vị chưa gửi." not in text

    def test_it_has_the_official_form_of_each_layout(self):
        """forms of the table: head, title, opening words, who signs; it is no draft and has no number."""
        unit = "Ban Tổ chức Tỉnh ủy đã tổ chức"
        law = "Căn cứ Luật Ban hành văn bản quy phạm pháp luật, "
        for layout, below, title, opening in (
            ("party_2026", "*", "Ý KIẾN GÓP Ý", unit),
            ("party_2018", "*", "Ý KIẾN GÓP Ý", unit),
            ("state", "___", "Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI", f"{law}{unit}"),
        ):
            with self.subTest(layout):
                word, _rows = self.table(self.get(layout=layout))
                text = "\n".join(paragraph.text for paragraph in word.paragraphs)
                assert f"{title}\nđối với dự thảo" in text
                assert f"\n{opening}" in text and "(Dự thảo lần 1), từ ngày" in text
                assert ("\n-----\n" in text) is (layout == "party_2026")
                left, right = (cell.text for cell in word.tables[0].rows[0].cells)
                assert left.startswith(f"BAN TỔ CHỨC TỈNH ỦY\n{below}") and "Dự thảo" not in left and "Số" not in left
                assert re.search(r"…, ngày      tháng \d+ năm \d{4}$", right)
                signs = word.tables[2].rows[0].cells[1].text
                assert signs == "THỦ TRƯỞNG CƠ QUAN CHỦ TRÌ SOẠN THẢO\n(Ký tên, đóng dấu)"

    def test_who_signs_and_from_where_are_the_offices_own_words_where_it_wrote_them(self):
        own = PaperLayout.from_preset("party_2026")
        own.unit, own.name, own.body_symbol = self.department, "Ban Tổ chức", "BTCTU"
        own.issuing_body, own.place, own.position = "BAN TỔ CHỨC", "Hạ Long", "TRƯỞNG BAN"
        diary.add(diary.start(Operation.Kind.ARRANGED_PAPERS, by=self.lan), [own])
        word, _rows = self.table(self.get(layout=str(own.pk)))
        left, right = (cell.text for cell in word.tables[0].rows[0].cells)
        assert left == "BAN TỔ CHỨC\n*" and "Hạ Long, ngày" in right
        assert word.tables[2].rows[0].cells[1].text == "TRƯỞNG BAN"
        archive = zipfile.ZipFile(io.BytesIO(self.get(format="letters", layout=str(own.pk)).content))
        letter = Word(io.BytesIO(archive.read(archive.namelist()[0])))
        assert "Số      -TB/BTCTU" in letter.tables[0].rows[0].cells[0].text

    def test_without_names_nobody_is_named(self):
        word, rows = self.table(self.get(with_names=""))
        said = "\n".join(paragraph.text for paragraph in word.paragraphs) + str(rows)
        for name in ("Đại", "Minh", "Thành ủy", "Mặt trận", "Văn phòng Tỉnh ủy"):
            assert name not in said, name
        assert {row[1] for row in rows[1:]} == {"Cá nhân"}

    def test_only_open_ones_one_units_and_those_found_on_the_page(self):
        assert [row[2] for row in self.table(self.get(which="open"))[1][1:]] == ["Nên gọn hơn.", "Nhất trí về bố cục."]
        assert len(self.table(self.get(unit=str(self.city.pk)))[1]) == 3
        self.client.force_login(self.thu)
        url = reverse("comments:feedback_file", args=[self.document.pk]) + "?state=accepted"
        data = {"paper-which": "filtered", "paper-layout": "state", "paper-format": "docx"}
        word, found = self.table(self.client.get(url, data | {"state": "accepted"}))
        assert [row[2] for row in found[1:]] == ["Đề nghị nói rõ phạm vi."]
        # Who has spoken has, whichever comments the table shows.
        assert "Chưa có văn bản trả lời" not in "\n".join(paragraph.text for paragraph in word.paragraphs)

    def test_topics_stand_behind_the_articles(self):
        operation = diary.start(Operation.Kind.GROUPED, by=self.lan, document=self.document)
        topic = diary.add(operation, [Topic(document=self.document, title="Về phạm vi")])[0]
        diary.change(operation, self.on_article, topic=topic)
        places = [row[0] for row in self.table(self.get())[1][1:]]
        assert places == ["Khoản 1 Điều 1", "Khoản 1 Điều 2", "Về phạm vi", "Ý kiến chung"]

    def test_no_opinion_no_table_and_a_wrong_choice_is_said(self):
        other = drafts.create_document(by=self.lan, title="Khác", kind="rules", nodes=[])
        drafts.give_seat(other, by=self.lan, role=Seat.Role.SECRETARY, user=self.thu)
        self.client.force_login(self.thu)
        url = reverse("comments:feedback_file", args=[other.pk])
        data = {"paper-which": "all", "paper-layout": "state", "paper-format": "docx"}
        assert self.client.get(url, data).status_code == 200
        assert self.client.get(url, data | {"paper-format": "exe"}).status_code == 422
        assert self.client.get(reverse("comments:feedback_download", args=[other.pk])).status_code == 200

    def test_the_number_of_queries_does_not_grow(self):
        self.get()
        with self.assertNumQueries(19):
            self.get()
        for number in range(20):
            comment = self.say(self.dai, f"Ý {number}", self.article_2)
            services.answer_comment(comment, by=self.lan, outcome="accepted")
        with self.assertNumQueries(19):
            self.get()


class WorkbookTests(SynthesisTestCase):
    def test_words_never_become_formulas(self):
        book = load_workbook(io.BytesIO(self.get(format="xlsx").content))
        rows = list(book.active.iter_rows())
        assert [cell.value for cell in rows[0]][:2] == ["Số", "Điều"]
        (said,) = (row[6] for row in rows if str(row[6].value).startswith("=HYPERLINK"))
        assert said.data_type == "s"
        assert said.quotePrefix
        assert len(rows) == 5

    def test_letters_go_to_units_with_their_own_answers_only(self):
        archive = zipfile.ZipFile(io.BytesIO(self.get(format="letters").content))
        letters = {name: Word(io.BytesIO(archive.read(name))) for name in archive.namelist()}
        assert sorted(letters) == ["0030 - Thành ủy.docx", "0040 - Ủy ban Mặt trận Tổ quốc tỉnh.docx"]
        said = [[cell.text for cell in row.cells] for row in letters["0030 - Thành ủy.docx"].tables[1].rows]
        assert [row[2] for row in said[1:]] == ["Đề nghị nói rõ phạm vi."]
        text = "\n".join(paragraph.text for paragraph in letters["0030 - Thành ủy.docx"].paragraphs)
        assert "kết quả tiếp thu, giải trình ý kiến góp ý của Thành ủy" in text and "Kính gửi: Thành ủy." in text


@pytest.mark.parametrize("begins", list("=+-@\t\r"))
def test_every_beginning_of_a_formula_is_defused(begins):
    book = load_workbook(io.BytesIO(workbook(["a"], [[f"{begins}1+1"], ["b\x00c"], [None], [3]], title="T")))
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert cells[0].data_type == "s" and cells[0].quotePrefix
    assert [cell.value for cell in cells[1:]] == ["bc", None, 3]
