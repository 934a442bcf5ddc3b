"""A unit's opinions in a Word table: read, placed, corrected, taken over once, taken back; and the blank sheet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comments import services
from comments.models import Comment
from drafts import sources
from drafts.exporting.tables import parse_row
from drafts.importing.opinions import columns_of, opinion_rows, read_place
from drafts.models import Operation, SourceFile
from tests.drafts.importing.word_files import archive, sheet_file
from tests.people import DraftTestCase

ROWS = (
    ("1", "Khoản 2 Điều 2", "tại kỳ họp gần nhất", "trong mười ngày", "Cho kịp thời."),
    ("2", "Điều 1. Phạm vi", "chữ không có ở đâu", "", "Nói rõ hơn."),
    ("3", "", "", "", ""),
    ("4", "Phần mở đầu", "“Các ban tham mưu của Tỉnh ủy”", "Văn phòng", ""),
)


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        ("| TT | Điều, khoản | Nội dung dự thảo | Đề nghị sửa thành | Lý do |", "place quote proposed reason"),
        (
            "| STT | Điều/khoản/điểm của dự thảo | Dự thảo | Nội dung góp ý | Cơ sở, lý do |",
            "place quote proposed reason",
        ),
        ("| VỊ TRÍ | NỘI DUNG TẠI DỰ THẢO | KIẾN NGHỊ SỬA ĐỔI, BỔ SUNG | GHI CHÚ |", "place quote proposed reason"),
        ("| Khoản, điều | Phương án đề xuất | Thuyết minh |", "place proposed reason"),
        ("| 1 | 10.000 | đồng | |", ""),
    ],
)
def test_columns_are_told_by_their_heads(heads, found):
    assert set(columns_of(parse_row(heads))) == set(found.split())


def test_a_merged_place_holds_for_the_rows_below():
    lines = [
        "| Điều, khoản | Nội dung dự thảo | Đề nghị sửa thành | Lý do |",
        "| Điều 3 | a | b | c |",
        "| ^ | d | e | |",
        "lời khác",
        "| x | y |",
    ]
    assert [(row.place, row.proposed) for row in opinion_rows(lines)] == [("Điều 3", "b"), ("Điều 3", "e")]


def test_places_as_offices_write_them():
    cases = {
        "Đ5 k2": "khoản 2 Điều 5",
        "Điều 5, khoản 2, điểm a": "điểm a khoản 2 Điều 5",
        "Tại khoản 2 Điều 5. Nguyên tắc": "khoản 2 Điều 5",
        "điểm đ khoản 2 Điều 5a dự thảo": "điểm đ khoản 2 Điều 5a",
    }
    assert {said: read_place(said).label for said in cases} == cases
    assert read_place("Phần mở đầu") is None


class UnitSheetTestCase(DraftTestCase):
    def setUp(self):
        self.file = sheet_file(*ROWS)
        self.source = sources.keep(self.file, name="phieu.docx", by=self.thu)
        self.url = reverse("comments:unit_sheet", args=[self.document.pk, self.source.pk])
        self.client.force_login(self.thu)

    def take(self, *numbers, **said):
        return self.client.post(self.url, {"who": "mat tran to quoc tinh", "take": numbers, **said})


class TakingOverTests(UnitSheetTestCase):
    def test_rows_find_their_places_and_say_when_in_doubt(self):
        rows = self.client.get(self.url).context["sheet"].rows
        assert [(row.state, row.name, bool(row.words)) for row in rows] == [
            ("placed", "khoản 2 Điều 2", True),
            ("doubtful", "Điều 1", False),
            ("unplaced", "", False),
        ]

    def test_a_place_typed_by_hand_is_looked_at_again(self):
        page = self.client.post(self.url, {"look": "1", "place_5": "Đ1", "take": ["5"]})
        row = page.context["sheet"].rows[2]
        assert (row.state, row.name) == ("placed", "điểm b khoản 2 Điều 1")
        assert [ticked for _row, ticked in page.context["rows"]] == [False, False, True]
        assert not Comment.objects.exists()
        page = self.client.post(self.url, {"look": "1", "place_5": ""})
        assert page.context["sheet"].rows[2].state == "doubtful"  # its words prove the place

    def test_one_act_recorded_for_the_unit(self):
        assert self.take("2", "3", "5", place_5="d1").status_code == 302
        first, second, third = Comment.objects.order_by("pk")
        assert {one.on_behalf_of for one in (first, second, third)} == {self.front}
        assert {one.recorded_by for one in (first, second, third)} == {self.thu}
        assert (first.quote, first.proposed_text, first.text) == (ROWS[0][2], ROWS[0][3], ROWS[0][4])
        assert (first.clause_label, first.kind) == ("khoản 2", "wording")
        assert (second.quote, second.provision) == ("", self.article_1) and "chữ không có ở đâu" in second.text
        assert third.text and third.quote == "Các ban tham mưu của Tỉnh ủy"
        assert Operation.objects.filter(kind="commented").count() == 1

    def test_the_same_file_twice_makes_no_duplicates_and_undo_is_one_act(self):
        self.take("2", "3")
        again = sources.keep(self.file, name="lan-hai.docx", by=self.thu)
        url = reverse("comments:unit_sheet", args=[self.document.pk, again.pk])
        self.client.post(url, {"who": self.front.name, "take": ["2", "3"]})
        assert Comment.objects.count() == 2
        services.answer_comment(Comment.objects.first(), by=self.lan, outcome="accepted")
        undo = reverse("comments:unit_sheet_removal", args=[self.document.pk, self.source.pk])
        for _time in range(2):
            assert self.client.post(undo).url == self.url
        assert Comment.objects.standing().count() == 1  # the answered one stays
        assert Operation.objects.filter(kind="withdrew").count() == 1
        self.take("2", "3")
        assert Comment.objects.standing().count() == 2 and Comment.objects.count() == 3

    def test_whose_it_is_must_be_said(self):
        page = self.take("2", who="xyz")
        assert page.status_code == 422 and not Comment.objects.exists()

    def test_only_the_one_who_uploaded_it_and_only_the_secretary(self):
        for user, status in ((self.lan, 403), (self.hoa, 404)):
            self.client.force_login(user)
            assert self.client.get(self.url).status_code == status
        other = sources.keep(sheet_file(), name="phieu.docx", by=self.lan)
        self.client.force_login(self.thu)
        assert self.client.get(reverse("comments:unit_sheet", args=[self.document.pk, other.pk])).status_code == 404


class UploadTests(UnitSheetTestCase):
    def upload(self, data, name="phieu.docx"):
        url = reverse("comments:new_unit_sheet", args=[self.document.pk])
        return self.client.post(url, {"file": SimpleUploadedFile(name, data)})

    def test_what_is_no_filled_in_sheet_is_refused_with_a_sentence_and_not_kept(self):
        before = SourceFile.objects.count()
        bomb = archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a>" + " " * 9_000_000 + "</a>"})
        for data in (b"", b"%PDF-1.7", b"PK\x03\x04 broken", bomb, "chữ thường".encode(), sheet_file(ROWS[2])):
            with self.subTest(data[:12]):
                page = self.upload(data)
                assert page.status_code == 422 and page.context["form"].errors["file"]
        assert SourceFile.objects.count() == before

    def test_the_blank_sheet_comes_back_filled_in(self):
        import docx

        blank = self.client.get(reverse("comments:blank_unit_sheet", args=[self.document.pk]))
        word = docx.Document(io.BytesIO(b"".join(blank)))
        row = next(row for row in word.tables[-1].rows if row.cells[0].text == "khoản 2 Điều 2")
        row.cells[2].text, row.cells[3].text = "2. Ban Thường vụ báo cáo ngay.", "Cho kịp."
        filled = io.BytesIO()
        word.save(filled)
        page = self.client.get(self.upload(filled.getvalue()).url)
        (only,) = page.context["sheet"].rows
        assert (only.state, only.name, only.row.reason) == ("placed", "khoản 2 Điều 2", "Cho kịp.")
        assert only.words is not None
