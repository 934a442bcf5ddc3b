from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.errors import RuleBrokenError
from drafts import comparing, services
from drafts.alignment import Kind
from drafts.comparison import comparison_table, name_of, public_table
from drafts.importing.structure import Kind as NodeKind
from drafts.models import Comparison, ComparisonRow, Operation, Provision
from tests.people import DraftTestCase, make_document, node

MEETINGS = "1. Tổ họp ngày thứ Hai hằng tuần.\n2. Tổ trưởng chủ trì; thư ký ghi biên bản và gửi các thành viên."
REPORTS = "Thư ký lập báo cáo tháng, gửi Văn phòng trước ngày 25; báo cáo quý gửi trước ngày 20 tháng cuối quý."
REWARDS = "Cá nhân có thành tích xuất sắc được xem xét, đề nghị khen thưởng vào dịp tổng kết cuối năm."
MONEY = "Kinh phí hoạt động do ngân sách tỉnh bảo đảm theo dự toán được cấp có thẩm quyền phê duyệt."
PAPER = "Các cơ quan gửi báo cáo bằng bản giấy có đóng dấu về Văn phòng."


HEAD = "TỈNH ỦY\n*\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 01-QC/TU\nQUY CHẾ\nlàm việc của Tỉnh ủy\n-----\n"


def heads(row):
    return [sheet.label for sheet in row.old_sheets], [sheet.label for sheet in row.new_sheets]


class ComparisonTestCase(DraftTestCase):
    """The old regulation: meetings, reports, paper, rewards. The draft: meetings, other reports, rewards, money."""

    @classmethod
    def setUpTestData(cls):
        cls.make_people()
        cls.old = make_document(by=cls.lan, title="Quy chế cũ", articles=(MEETINGS, REPORTS, PAPER, REWARDS))
        later = REPORTS.replace("ngày 25", "ngày 22 hằng tháng")
        cls.document = make_document(by=cls.lan, title="Dự thảo", articles=(MEETINGS, later, REWARDS, MONEY))
        cls.retitle()
        services.issue_edition(cls.old, by=cls.lan)
        services.describe_document(cls.document, by=cls.lan, predecessor=cls.old)
        services.give_seat(cls.document, by=cls.lan, role="commenter", user=cls.minh)
        services.give_seat(cls.document, by=cls.lan, role="chair", user=cls.chi)
        cls.edition = services.issue_edition(cls.document, by=cls.lan)
        cls.document.refresh_from_db()
        cls.comparison = comparing.compare(cls.document, by=cls.lan, against=cls.old)

    @classmethod
    def retitle(cls):
        """Titles that say the same in both texts: the cast's draft gives the same ones by number."""
        titles = {MEETINGS: "Chế độ họp", REWARDS: "Khen thưởng", MONEY: "Kinh phí", PAPER: "Báo cáo giấy"}
        for provision in Provision.objects.filter(kind="article", document__in=[cls.old, cls.document]):
            services.revise_article(
                provision,
                by=cls.lan,
                base_version=1,
                heading=titles.get(provision.text, "Chế độ báo cáo"),
                text=provision.text,
                reason="",
            )

    def table(self):
        return comparison_table(self.comparison)

    def row(self, label, *, side="new"):
        for row in self.table().rows:
            if label in [sheet.label for sheet in getattr(row, f"{side}_sheets")]:
                return row
        raise AssertionError(label)

    def article(self, label, *, document=None):
        return Provision.objects.get(document=document or self.document, label=label)

    def revise(self, label, text, **fields):
        article = self.article(label)
        fields = {"by": self.lan, "base_version": article.version, "heading": article.heading, "reason": ""} | fields
        return services.revise_article(article, text=text, **fields)

    def write(self, row, **words):
        words = {"assessment": "", "reason": "", "legal_basis": ""} | words
        return comparing.write_words(row, by=self.lan, base_version=row.version, **words)


class TestBuilding(ComparisonTestCase):
    def test_the_table_stands_at_once_in_one_operation(self):
        assert [(*heads(row), row.kind) for row in self.table().rows] == [
            (["Điều 1"], ["Điều 1"], Kind.KEPT),
            (["Điều 2"], ["Điều 2"], Kind.AMENDED),
            (["Điều 3"], [], Kind.DROPPED),
            (["Điều 4"], ["Điều 3"], Kind.KEPT),
            ([], ["Điều 4"], Kind.NEW),
        ]
        operation = Operation.objects.get(kind=Operation.Kind.COMPARED, document=self.document)
        assert operation.by == self.lan
        assert set(ComparisonRow.history.values_list("operation", "history_type")) == {(operation.pk, "+")}
        assert self.comparison.history.count() == 1

    def test_a_text_is_compared_once_and_never_with_itself(self):
        with pytest.raises(RuleBrokenError):
            comparing.compare(self.document, by=self.lan, against=self.old)
        with pytest.raises(RuleBrokenError):
            comparing.compare(self.document, by=self.lan, against=self.document)
        assert Comparison.objects.count() == 1

    def test_a_document_may_be_compared_with_several(self):
        model = make_document(by=self.chi, title="Quy chế mẫu", articles=(MEETINGS, MONEY))
        other = comparing.compare(self.document, by=self.lan, against=model)
        assert not other.is_with_predecessor and self.comparison.is_with_predecessor
        assert len(comparison_table(other).rows) == 4
        assert len(self.table().rows) == 5

    def test_any_number_of_rows_takes_the_same_number_of_queries(self):
        def queries():
            comparison = Comparison.objects.select_related("document", "against").get(pk=self.comparison.pk)
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert comparison_table(comparison).rows
            return len(caught)

        few = queries()
        many = make_document(by=self.lan, title="Dài", articles=tuple(f"Nội dung số {n} của điều." for n in range(30)))
        self.comparison = comparing.compare(self.document, by=self.lan, against=many)
        assert queries() <= few + 1  # the longer text was never circulated: its rows are read, not its photograph


class TestMatchingAgain(ComparisonTestCase):
    def test_nothing_new_leaves_no_operation(self):
        assert comparing.match_again(self.comparison, by=self.lan) is None

    def test_a_change_of_words_needs_no_new_matching(self):
        self.revise("Điều 1", MEETINGS + "\n3. Mời đại biểu khi cần.")
        assert self.row("Điều 1").kind is Kind.AMENDED
        assert self.row("Điều 1").needs_reason

    def test_an_article_that_came_later_waits_in_the_table_and_is_matched_then(self):
        article = self.article("Điều 4")
        Provision.objects.filter(pk=article.pk).update(text=PAPER, heading="Báo cáo giấy")
        other = make_document(by=self.lan, title="Tạm", articles=(MONEY,))
        Provision.objects.filter(document=other, kind="article").update(
            document=self.document, position=99, label="Điều 5"
        )
        assert [heads(row) for row in self.table().unplaced] == [([], ["Điều 5"])]
        assert comparing.match_again(self.comparison, by=self.lan)
        assert self.table().unplaced == []
        assert heads(self.row("Điều 4")) == (["Điều 3"], ["Điều 4"])

    def test_what_persons_decided_stays(self):
        into = self.row("Điều 4").row
        comparing.place(self.comparison, self.article("Điều 3", document=self.old), by=self.lan, into=into)
        self.write(self.row("Điều 2").row, reason="Rút ngắn thời hạn")
        for label in ("Điều 2", "Điều 4"):
            self.revise(label, "Toàn chữ khác, không giống điều nào của quy chế trước đây cả.", heading="Khác hẳn")
        comparing.match_again(self.comparison, by=self.lan)
        assert heads(self.row("Điều 2")) == (["Điều 2"], ["Điều 2"])
        assert self.row("Điều 2").reason == "Rút ngắn thời hạn"
        assert heads(self.row("Điều 4")) == (["Điều 3"], ["Điều 4"])

    def test_an_article_taken_out_of_a_row_is_not_put_back(self):
        comparing.place(self.comparison, self.article("Điều 2"), by=self.lan, into=None)
        comparing.match_again(self.comparison, by=self.lan)
        assert heads(self.row("Điều 2")) == ([], ["Điều 2"])
        assert heads(self.row("Điều 2", side="old")) == (["Điều 2"], [])

    def test_an_article_removed_from_the_draft_leaves_its_old_one_without_a_fate(self):
        self.write(self.row("Điều 2").row, reason="Rút ngắn thời hạn")
        Provision.objects.filter(pk=self.article("Điều 2").pk).update(is_removed=True)
        row = self.row("Điều 2", side="old")
        assert row.kind is Kind.DROPPED and row.reason == "Rút ngắn thời hạn"


class TestCorrecting(ComparisonTestCase):
    def test_joining_makes_a_split_or_a_merger(self):
        row = self.row("Điều 2").row
        comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=row)
        assert self.row("Điều 2").kind is Kind.SPLIT
        comparing.place(self.comparison, self.article("Điều 3", document=self.old), by=self.lan, into=row)
        comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=None)
        assert self.row("Điều 2").kind is Kind.MERGED
        row.refresh_from_db()
        assert row.is_by_hand and row.confidence is None

    def test_a_row_left_empty_goes_and_what_was_written_on_it_stays(self):
        new = self.row("Điều 4").row
        self.write(new, reason="Cần có nguồn lực", legal_basis="Luật Ngân sách nhà nước")
        row = self.row("Điều 2").row
        self.write(row, reason="Rút ngắn thời hạn")
        comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=row)
        joined = self.row("Điều 2")
        assert joined.reason == "Rút ngắn thời hạn\nCần có nguồn lực"
        assert joined.legal_basis == "Luật Ngân sách nhà nước"
        assert not ComparisonRow.objects.filter(pk=new.pk).exists()
        assert ComparisonRow.history.filter(id=new.pk, history_type="-").exists()

    def test_an_arranged_row_is_no_longer_confirmed(self):
        row = comparing.confirm(self.row("Điều 2").row, by=self.chi)
        comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=row)
        row.refresh_from_db()
        assert row.confirmed_by is None and row.confirmed_at is None

    def test_each_act_is_one_operation_with_history(self):
        before = Operation.objects.count()
        row = self.row("Điều 2").row
        comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=row)
        assert Operation.objects.count() == before + 1
        operation = Operation.objects.latest("pk")
        assert operation.kind == Operation.Kind.COMPARED
        assert row.history.filter(operation=operation).exists()

    def test_impossible_places_are_refused(self):
        model = make_document(by=self.chi, title="Quy chế mẫu", articles=(MEETINGS, MONEY))
        foreign = comparing.compare(self.document, by=self.lan, against=model).rows.first()
        article = self.article("Điều 4")
        for refused in (
            lambda: comparing.place(self.comparison, article, by=self.lan, into=foreign),
            lambda: comparing.place(self.comparison, article, by=self.lan, into=None),
            lambda: comparing.place(
                self.comparison, self.article("Điều 1", document=model), by=self.lan, into=self.row("Điều 2").row
            ),
        ):
            before = Operation.objects.count()
            with pytest.raises(RuleBrokenError):
                refused()
            assert Operation.objects.count() == before

    def test_placing_it_where_it_stands_changes_nothing(self):
        before = Operation.objects.count()
        row = self.row("Điều 4").row
        assert comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=row) == row
        assert Operation.objects.count() == before


class TestWriting(ComparisonTestCase):
    def test_words_are_versioned_and_a_reason_confirms(self):
        row = self.row("Điều 2").row
        self.write(row, reason="Rút ngắn thời hạn", assessment="Báo cáo thường đến muộn")
        row.refresh_from_db()
        assert (row.version, row.confirmed_by) == (2, self.lan)
        self.write(row, reason="Rút ngắn thời hạn theo quy định mới")
        assert [entry.reason for entry in row.history.order_by("history_id")] == [
            "",
            "Rút ngắn thời hạn",
            "Rút ngắn thời hạn theo quy định mới",
        ]
        assert not self.row("Điều 2").needs_reason

    def test_the_slower_of_two_writers_overwrites_nothing(self):
        row = self.row("Điều 2").row
        self.write(row, reason="Lan viết trước")
        with pytest.raises(comparing.StaleRowError) as stale:
            self.write(row, reason="Chi viết sau")
        assert stale.value.row.reason == "Lan viết trước"
        row.refresh_from_db()
        assert row.reason == "Lan viết trước"

    def test_the_same_words_change_nothing(self):
        row = self.row("Điều 2").row
        assert self.write(row) is None

    def test_a_row_that_is_gone_is_said_so(self):
        row = self.row("Điều 4").row
        comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=self.row("Điều 2").row)
        with pytest.raises(RuleBrokenError):
            self.write(row, reason="Muộn")

    def test_confirming_and_opening_again(self):
        row = self.row("Điều 3", side="old").row
        comparing.confirm(row, by=self.chi)
        assert not self.row("Điều 3", side="old").needs_fate
        comparing.confirm(row, by=self.lan)
        assert ComparisonRow.objects.get(pk=row.pk).confirmed_by == self.chi
        comparing.withdraw_confirmation(row, by=self.lan)
        assert self.row("Điều 3", side="old").needs_fate


class TestReading(ComparisonTestCase):
    def test_what_is_missing(self):
        table = self.table()
        assert [name_of(row.sheets) for row in table.without_reason] == ["Điều 2 và Điều 2", "Điều 3", "Điều 4"]
        assert [name_of(row.old_sheets) for row in table.without_fate] == ["Điều 3"]

    def test_more_than_half_changed_is_a_replacement(self):
        assert not self.table().is_replacement  # two of four
        self.revise("Điều 1", MEETINGS.replace("thứ Hai", "thứ Sáu"))
        assert self.table().is_replacement

    def test_columns_mark_the_words(self):
        row = self.row("Điều 2")
        marked = [
            span.text for part in row.new_parts for line in part.paragraphs for span in line if span.kind != "same"
        ]
        assert marked == ["22 hằng tháng"]
        assert "25" in [span.text for part in row.old_parts for line in part.paragraphs for span in line]

    def test_readers_see_the_edition_and_no_word_about_a_change_they_cannot_see(self):
        self.write(self.row("Điều 2").row, reason="Rút ngắn thời hạn")
        public = public_table(self.comparison, edition=self.edition)
        assert [row.reason for row in public.rows if row.kind is Kind.AMENDED] == ["Rút ngắn thời hạn"]
        self.revise("Điều 2", REPORTS.replace("ngày 25", "ngày 18"))
        self.write(self.row("Điều 2").row, reason="Họp giao ban chuyển sang ngày 19")
        public = public_table(self.comparison, edition=self.edition)
        [row] = [row for row in public.rows if row.kind is Kind.AMENDED]
        assert row.reason == "" and not row.has_words
        assert "22 hằng tháng" in row.new_sheets[0].text


class TestWhatIsNoArticle(DraftTestCase):
    """Openings and appendices stand in the table too."""

    @classmethod
    def setUpTestData(cls):
        cls.make_people()

        def text(title, *, opening, appendices):
            nodes = [node(NodeKind.PREAMBLE, "", "", opening), node(NodeKind.ARTICLE, "1", "Chế độ họp", MEETINGS)]
            nodes += [
                replace(node(NodeKind.APPENDIX, number, heading, body), label=f"Phụ lục {number}")
                for number, heading, body in appendices
            ]
            return services.create_document(by=cls.lan, title=title, kind="regulation", nodes=nodes)

        forms, dates = ("MẪU BIÊN BẢN", f"Ghi rõ:\n{MEETINGS}"), ("LỊCH BÁO CÁO", f"{REPORTS}\n{PAPER}")
        cls.old = text(
            "Cũ", opening=f"{HEAD}- Căn cứ Điều lệ cũ;", appendices=[("I", *forms), ("II", "NGHI THỨC", REWARDS)]
        )
        later = (dates[0], dates[1].replace("ngày 25", "ngày 22"))
        cls.draft = text(
            "Mới", opening="QUY CHẾ\nLÀM VIỆC\nTheo quy định mới.", appendices=[("I", *later), ("II", *forms)]
        )
        cls.comparison = comparing.compare(cls.draft, by=cls.lan, against=cls.old)

    def test_each_kind_is_matched_with_its_own(self):
        table = comparison_table(self.comparison)
        assert [(row.name, row.kind, row.needs_reason, row.needs_fate) for row in table.rows] == [
            ("Phần mở đầu", Kind.AMENDED, False, False),
            ("Điều 1", Kind.KEPT, False, False),
            ("Phụ lục I", Kind.NEW, True, False),
            ("Phụ lục I → Phụ lục II", Kind.KEPT, False, False),
            ("Phụ lục II cũ", Kind.DROPPED, True, True),
        ]
        opening = table.rows[0]
        assert "".join(span.text for span in opening.new_parts[0].title) == "Phần mở đầu"
        assert [sheet.text for sheet in opening.sheets] == ["- Căn cứ Điều lệ cũ;", "Theo quy định mới."]
        assert not table.is_replacement  # one article, and it stands
        provision = Provision.objects.get(pk=table.rows[2].new_sheets[0].pk)
        comparing.place(self.comparison, provision, by=self.lan, into=table.rows[4].row)
        assert "Phụ lục II → Phụ lục I" in [row.name for row in comparison_table(self.comparison).rows]
