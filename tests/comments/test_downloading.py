"""Taking a draft away: who gets which text, in which form, under which name."""

import json
import uuid
from email.message import Message
from urllib.parse import unquote

import pytest
from django.urls import reverse
from lxml import etree

from comments import services as comments
from comments.downloading import Shelf, pairs_of, short_title
from comments.models import Comment
from config.errors import RuleBrokenError
from drafts import pdf, services
from drafts.access import get_document_for
from drafts.models import Provision, Seat
from drafts.photographs import edition_text, working_text
from tests.drafts.exporting.wordfiles import W, WordFile
from tests.people import DraftTestCase, make_document, make_user

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DownloadTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.reader = make_user("reader")
        services.give_seat(cls.document, by=cls.lan, role=Seat.Role.READER, user=cls.reader)
        cls.comment = comments.add_comment(
            cls.edition,
            by=cls.minh,
            key=uuid.uuid4(),
            kind=Comment.Kind.WORDING,
            text="Nên nói rõ.",
            proposed_text="chế độ họp",
            sheet=edition_text(cls.edition).article("1"),
            selection=comments.Selection(quote="chế độ làm việc"),
        )
        comments.add_comment(cls.edition, by=cls.dai, key=uuid.uuid4(), kind=Comment.Kind.OTHER, text="Nhất trí.")
        services.revise_article(
            cls.article_1,
            by=cls.lan,
            base_version=1,
            heading="Phạm vi",
            text=cls.article_1.text.replace("nguyên tắc, ", ""),
            reason="Gọn hơn",
        )
        comments.answer_comment(cls.comment, by=cls.lan, outcome="accepted", explanation="Đã sửa.")

    def setUp(self):
        self.page = reverse("comments:download", args=[self.document.pk])
        self.file = reverse("comments:download_file", args=[self.document.pk])

    def get(self, who, **asked):
        self.client.force_login(who)
        return self.client.get(self.file, {"text": "1", "format": "docx", "layout": "party_2026"} | asked)

    def word(self, who, **asked):
        response = self.get(who, **asked)
        assert response.status_code == 200, response.content[:2000]
        return WordFile(response.content)


def name_of(response):
    """The name a browser gives the file."""
    message = Message()
    message["Content-Disposition"] = response["Content-Disposition"]
    return unquote(message.get_filename())


def words(file):
    return ["".join(p.itertext(f"{W}t")) for p in file.body.iter(f"{W}p")]


class TestPage(DownloadTestCase):
    def test_a_reader_chooses_layout_and_format_of_the_latest_edition(self):
        self.client.force_login(self.reader)
        page = self.client.get(self.page).content.decode()
        assert 'value="1"' in page
        assert 'name="against"' not in page
        assert 'value="working"' not in page

    def test_who_sees_the_working_text_chooses_that_too_and_what_to_compare_with(self):
        self.client.force_login(self.lan)
        with self.assertNumQueries(8):
            page = self.client.get(f"{self.page}?text=working").content.decode()
        assert '<option value="working" selected>' in page
        assert 'name="against"' in page
        assert 'name="comments"' in page

    def test_before_the_first_edition_readers_find_nothing(self):
        other = make_document(by=self.lan, title="Chưa phát hành")
        services.give_seat(other, by=self.lan, role=Seat.Role.READER, user=self.reader)
        self.client.force_login(self.reader)
        response = self.client.get(reverse("comments:download", args=[other.pk]))
        assert 'name="format"' not in response.content.decode()

    def test_refusals(self):
        assert self.client.get(self.page).status_code == 302
        self.client.force_login(self.hoa)
        assert self.client.get(self.page).status_code == 404
        self.client.force_login(self.reader)
        assert self.client.post(self.page).status_code == 405


class TestFile(DownloadTestCase):
    def test_the_latest_edition_as_word(self):
        response = self.get(self.reader)
        assert response["Content-Type"] == WORD
        assert name_of(response) == "Dự thảo lần 1 - Quy chế làm việc của Tỉnh ủy.docx"
        assert "no-store" in response["Cache-Control"]
        assert response["X-Content-Type-Options"] == "nosniff"
        file = WordFile(response.content)
        assert file.problems() == []
        assert "Điều 1. Phạm vi, đối tượng áp dụng" in words(file)
        core = etree.tostring(file.roots["docProps/core.xml"], encoding="unicode")
        assert self.edition.sha256 in core

    def test_tracked_changes_against_an_edition(self):
        file = self.word(self.lan, text="working", against="1")
        assert file.problems() == []
        assert ["".join(e.itertext(f"{W}delText")) for e in file.body.iter(f"{W}del")] == [
            ", đối tượng áp dụng", "nguyên tắc, ",
        ]  # fmt: skip
        change = next(file.body.iter(f"{W}del"))
        assert change.get(f"{W}author") == "Ban Tổ chức Tỉnh ủy"
        response = self.get(self.lan, text="working", against="1")
        assert name_of(response) == "Văn bản đang soạn - Quy chế làm việc của Tỉnh ủy (so với Dự thảo lần 1).docx"

    def test_comments_with_replies_and_answers(self):
        file = self.word(self.chi, comments="on")
        assert file.problems() == []
        first, answer, general = file.roots["word/comments.xml"]
        assert first.get(f"{W}author") == "Minh"
        assert "".join(first.itertext(f"{W}t")) == "Nên nói rõ.Đề nghị sửa thành: chế độ họp"
        assert "".join(answer.itertext(f"{W}t")) == "Tiếp thu: Đã sửa."
        assert "".join(general.itertext(f"{W}t")) == "Nhất trí."
        start = next(e for e in file.body.iter(f"{W}commentRangeStart") if e.get(f"{W}id") == "0")
        assert "chế độ làm việc" in "".join(start.getparent().itertext(f"{W}t"))

    def test_queries_do_not_grow_with_comments(self):
        self.client.force_login(self.lan)
        asked = {"text": "working", "against": "1", "format": "docx", "comments": "on", "layout": "state"}
        with self.assertNumQueries(15):
            self.client.get(self.file, asked)
        for number in range(4):
            text = f"Ý kiến {number}"
            comments.add_comment(self.edition, by=self.dai, key=uuid.uuid4(), kind=Comment.Kind.OTHER, text=text)
        with self.assertNumQueries(15):
            self.client.get(self.file, asked)

    def test_tracked_changes_against_the_text_it_replaces(self):
        old = make_document(by=self.lan, title="Quy chế cũ")
        services.describe_document(self.document, by=self.lan, predecessor=old)
        file = self.word(self.lan, text="1", against="predecessor")
        assert list(file.body.iter(f"{W}ins")) == []
        services.revise_article(
            Provision.objects.get(document=old, number="2", kind="article"),
            by=self.lan, base_version=1, heading="Nguyên tắc làm việc", reason="",
            text="1. Tập trung dân chủ, tập thể lãnh đạo.\n2. Ban Thường vụ báo cáo Ban Chấp hành tại kỳ họp gần nhất.",
        )  # fmt: skip
        file = self.word(self.lan, text="1", against="predecessor")
        assert ["".join(e.itertext(f"{W}t")) for e in file.body.iter(f"{W}ins")] == [", cá nhân phụ trách"]
        assert "văn bản hiện hành" in name_of(self.get(self.lan, text="1", against="predecessor"))

    def test_the_text_it_replaces_is_the_one_that_stands(self):
        old = make_document(by=self.lan, title="Quy chế cũ", articles=("Bản một.",))
        services.issue_edition(old, by=self.lan)
        article = old.provisions.get(kind="article")
        services.revise_article(
            article, by=self.lan, base_version=1, heading=article.heading, text="Phát nhầm.", reason=""
        )
        services.recall_edition(services.issue_edition(old, by=self.lan), by=self.lan, reason="Nhầm")
        services.describe_document(self.document, by=self.lan, predecessor=old)
        shelf = Shelf(get_document_for(self.lan, "read", pk=self.document.pk), user=self.lan)
        assert [sheet.text for sheet in shelf.version("predecessor").text.articles()] == ["Bản một."]

    def test_akoma_ntoso_and_json(self):
        xml = self.get(self.reader, format="xml")
        assert xml["Content-Type"] == "application/akn+xml"
        assert name_of(xml).endswith(".xml")
        assert etree.fromstring(xml.content).tag.endswith("akomaNtoso")
        said = json.loads(self.get(self.reader, format="json").content)
        assert said["sha256"] == self.edition.sha256

    def test_pdf_is_not_offered_without_libreoffice(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PATH", "")
            assert self.get(self.reader, format="pdf").status_code == 422

    def test_pdf(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pdf, "can_make_pdf", lambda: True)
            patch.setattr(pdf, "as_pdf", lambda word: b"%PDF-" + word[:2])
            response = self.get(self.reader, format="pdf")
            assert response.content == b"%PDF-PK"
            assert response["Content-Type"] == "application/pdf"

            def broken(word):
                raise RuleBrokenError("LibreOffice could not turn this paper into PDF.")

            patch.setattr(pdf, "as_pdf", broken)
            assert self.get(self.reader, format="pdf").status_code == 409

    def test_a_recalled_edition_says_so_and_readers_do_not_get_it(self):
        services.recall_edition(self.edition, by=self.lan, reason="Nhầm")
        assert "Dự thảo lần 1 (đã thu hồi)" in words(self.word(self.lan))
        assert self.get(self.reader).status_code == 403

    def test_wrong_input(self):
        for asked in (
            {"format": "exe"},
            {"text": "99"},
            {"layout": "0"},
            {"against": "1"},
            {"against": "7", "text": "working"},
            {"format": "json", "comments": "on"},
        ):
            with self.subTest(asked):
                assert self.get(self.lan, **asked).status_code == 422

    def test_refusals(self):
        assert self.client.get(self.file).status_code == 302
        assert self.get(self.hoa).status_code == 404
        for asked in ({"text": "working"}, {"against": "1"}, {"comments": "on"}, {"text": "7"}):
            with self.subTest(asked):
                assert self.get(self.reader, **asked).status_code == 403
        assert self.client.post(self.file).status_code == 405

    def test_no_title_makes_another_header(self):
        title = 'a"\r\nX-Evil: 1\u202e/../;=+@<script>' + "dài " * 90
        services.describe_document(self.document, by=self.lan, title=title)
        response = self.get(self.lan, text="working")
        assert "X-Evil" not in response.headers
        assert not set(response["Content-Disposition"]) & set("\r\n")
        name = name_of(response)
        assert len(name) < 200
        assert not set(name) & set('<>:"/\\|?*\u202e\r\n')


class TestPairs(DownloadTestCase):
    def test_articles_by_likeness_and_heads_by_name(self):
        old = make_document(by=self.lan, title="Quy chế cũ")
        new, before = edition_text(self.edition), working_text(old)
        pairs = pairs_of(before, new)
        assert [before.find(pairs[sheet.wid]).label for sheet in new] == [sheet.label for sheet in new]

    def test_another_persons_predecessor_is_not_offered(self):
        hidden = make_document(by=self.hoa, title="Của người khác")
        services.describe_document(self.document, by=self.lan, predecessor=hidden)
        document = get_document_for(self.lan, "read", pk=self.document.pk)
        assert Shelf(document, user=self.lan).predecessor is None
        assert self.get(self.lan, against="predecessor").status_code == 422


def test_a_long_title_is_cut_between_words_in_the_name_of_a_file():
    title = "Quy chế làm việc của Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp"
    assert short_title(title) == title.removesuffix(" nghiệp") + "…"
