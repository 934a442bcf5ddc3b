"""The comparison table as a paper."""

from django.urls import reverse

from drafts import comparing, services
from drafts.models import Provision, Seat
from tests.comments.test_downloading import name_of, words
from tests.drafts.exporting.wordfiles import W, WordFile
from tests.people import ARTICLE_1, ARTICLE_2, DraftTestCase, make_document, make_user


class TestComparisonFile(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        services.describe_document(cls.document, by=cls.lan, drafting_unit=cls.department)
        old_article = ARTICLE_2.replace("kỳ họp gần nhất", "phiên họp gần nhất")
        cls.old = make_document(
            by=cls.lan,
            title="Quy chế cũ",
            articles=(ARTICLE_1, old_article, "1. Chế độ đi công tác nước ngoài của cán bộ."),
        )
        cls.reader = make_user("reader")
        services.give_seat(cls.document, by=cls.lan, role=Seat.Role.READER, user=cls.reader)
        cls.comparison = comparing.compare(cls.document, by=cls.lan, against=cls.old)
        row = cls.comparison.rows.get(sides__provision=cls.article_2)
        comparing.write_words(
            row,
            by=cls.lan,
            base_version=row.version,
            assessment="Chậm báo cáo.",
            reason="Rõ thời điểm.\nDễ theo dõi.",
            legal_basis="Quy định số 01.",
        )

    def setUp(self):
        self.page = reverse("comments:comparison_download", args=[self.comparison.pk])
        self.url = reverse("comments:comparison_file", args=[self.comparison.pk])

    def get(self, who, **asked):
        self.client.force_login(who)
        return self.client.get(self.url, {"layout": "party_2026", "format": "docx"} | asked)

    def test_the_table_with_reasons_under_its_chapter(self):
        response = self.get(self.lan)
        assert name_of(response) == "Bảng so sánh - Văn bản đang soạn - Quy chế làm việc của Tỉnh ủy.docx"
        assert "no-store" in response["Cache-Control"]
        file = WordFile(response.content)
        assert file.problems() == []
        said = words(file)
        for line in (
            "BAN TỔ CHỨC TỈNH ỦY", "BẢNG SO SÁNH", "-----", "Quy chế cũ",
            "Dự thảo Quy chế làm việc của Tỉnh ủy", "THUYẾT MINH",
            "Chương I. NHỮNG QUY ĐỊNH CHUNG", "Đánh giá quy định hiện hành: Chậm báo cáo.", "Rõ thời điểm.",
            "Dễ theo dõi.", "Căn cứ: Quy định số 01.", "(Bãi bỏ)",
        ):  # fmt: skip
            assert line in said, line
        marked = {
            run.find(f"{W}t").text for run in file.body.iter(f"{W}r") if run.find(f"{W}rPr/{W}strike") is not None
        }
        assert "phiên" in "".join(marked)

    def test_only_what_changes(self):
        assert "Điều 1. Phạm vi, đối tượng áp dụng" in words(WordFile(self.get(self.lan).content))
        changed = words(WordFile(self.get(self.lan, changed_only="on").content))
        assert "Điều 1. Phạm vi, đối tượng áp dụng" not in changed
        assert "Điều 2. Nguyên tắc làm việc" in changed

    def test_readers_get_that_of_the_latest_edition(self):
        services.revise_article(
            Provision.objects.get(pk=self.article_1.pk),
            by=self.lan, base_version=1, heading="Bí mật", text="1. Chưa phát hành.", reason="x",
        )  # fmt: skip
        response = self.get(self.reader)
        assert "Dự thảo lần 1" in name_of(response)
        assert "Điều 1. Bí mật" not in words(WordFile(response.content))
        assert "Điều 1. Bí mật" in words(WordFile(self.get(self.lan).content))

    def test_the_page_and_wrong_input(self):
        self.client.force_login(self.reader)
        assert 'name="layout"' in self.client.get(self.page).content.decode()
        assert self.get(self.reader, format="exe").status_code == 422
        assert self.get(self.reader, layout="99").status_code == 422

    def test_refusals(self):
        for url in (self.page, self.url):
            self.client.logout()
            assert self.client.get(url).status_code == 302
            self.client.force_login(self.hoa)
            assert self.client.get(url).status_code == 404
            self.client.force_login(self.reader)
            assert self.client.post(url).status_code == 405
