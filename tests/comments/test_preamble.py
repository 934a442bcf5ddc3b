"""A comment on what has neither number nor heading is called by the kind of the text wherever it is listed."""

import io
import uuid

import docx
from django.urls import reverse

from accounts.models import Notice
from comments import services
from drafts import services as drafts
from drafts.importing import Kind
from drafts.photographs import edition_text
from tests.people import DraftTestCase, node

NAME = "Phần mở đầu"


class PreambleTests(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.make_people()
        nodes = [node(Kind.PREAMBLE, text="Căn cứ Điều lệ Đảng;"), node(Kind.ARTICLE, "1", "Phạm vi", "Nội dung.")]
        cls.document = drafts.create_document(by=cls.lan, title="Quy chế", kind="regulation", nodes=nodes)
        drafts.give_seat(cls.document, by=cls.lan, role="commenter", user=cls.minh)
        cls.edition = drafts.issue_edition(cls.document, by=cls.lan)
        cls.sheet = next(sheet for sheet in edition_text(cls.edition) if sheet.kind == "preamble")
        cls.comment = services.add_comment(
            cls.edition, by=cls.minh, key=uuid.uuid4(), kind="other", text="Ghi rõ số, ngày.", sheet=cls.sheet
        )

    def test_on_the_pages(self):
        for user, name, arguments in (
            (self.minh, "mine", []),
            (self.minh, "comment", [self.comment.pk]),
            (self.lan, "feedback", [self.document.pk]),
            (self.lan, "provision_comments", [self.document.pk, self.sheet.wid]),
        ):
            with self.subTest(name):
                self.client.force_login(user)
                self.assertContains(self.client.get(reverse(f"comments:{name}", args=arguments)), NAME)

    def test_in_the_official_table_and_in_the_notice(self):
        self.client.force_login(self.lan)
        asked = {"paper-which": "all", "paper-layout": "party_2026", "paper-format": "docx"}
        answer = self.client.get(reverse("comments:feedback_file", args=[self.document.pk]), asked)
        table = docx.Document(io.BytesIO(answer.content)).tables[1]
        assert NAME in [cell.text for row in table.rows for cell in row.cells]
        assert NAME.lower() in Notice.objects.get(recipient=self.lan).subject
