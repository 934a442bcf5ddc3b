"""Files that come with a comment: recognised by what is in them, and harmless when they are opened."""

import datetime as dt
import io
import uuid
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from comments import files, rounds
from comments.models import Attachment, Comment, Consultation
from tests.people import DraftTestCase

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def word():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as parts:
        parts.writestr("word/document.xml", "<w:document/>")
    return archive.getvalue()


class AttachmentTests(DraftTestCase):
    def setUp(self):
        self.client.force_login(self.minh)
        self.new = reverse("comments:new", args=[self.document.pk])

    def send(self, *uploads):
        fields = {
            "key": uuid.uuid4(),
            "edition": 1,
            "kind": "other",
            "text": "Xem tệp kèm theo.",
            "attachments": uploads,
        }
        return self.client.post(self.new, fields)

    def attach(self, name, content):
        self.assertEqual(self.send(SimpleUploadedFile(name, content)).status_code, 302)
        return Attachment.objects.latest("pk")

    def read(self, attachment):
        return self.client.get(reverse("comments:attachment", args=[attachment.pk]))

    def test_several_files_come_with_one_comment(self):
        self.send(SimpleUploadedFile("Bảng so sánh.pdf", PDF), SimpleUploadedFile("anh.png", PNG))
        comment = Comment.objects.get()
        names = list(comment.attachments.values_list("name", flat=True))
        self.assertEqual(names, ["Bảng so sánh.pdf", "anh.png"])
        page = self.client.get(reverse("comments:comment", args=[comment.pk]))
        self.assertContains(page, 'data-view="pdf" data-name="Bảng so sánh.pdf"')
        self.assertContains(page, 'data-view="picture" data-name="anh.png"')

    def test_pictures_and_pdf_open_in_the_browser_and_run_nothing(self):
        for name, content, content_type in (("a.pdf", PDF, "application/pdf"), ("a.png", PNG, "image/png")):
            response = self.read(self.attach(name, content))
            self.assertEqual(b"".join(response.streaming_content), content)
            self.assertEqual(response["Content-Type"], content_type)
            self.assertTrue(response["Content-Disposition"].startswith("inline"))
            is_sandboxed = "sandbox" in response["Content-Security-Policy"]
            self.assertEqual(is_sandboxed, content_type == "image/png")
            self.assertNotIn("script-src", response["Content-Security-Policy"])
            self.assertEqual(response["X-Content-Type-Options"], "nosniff")
            self.assertEqual(response["X-Frame-Options"], "DENY" if is_sandboxed else "SAMEORIGIN")

    def test_a_file_that_is_gone_is_not_found(self):
        attachment = self.attach("a.pdf", PDF)
        attachment.file.storage.delete(attachment.file.name)
        self.assertEqual(self.read(attachment).status_code, 404)

    def test_everything_else_is_downloaded_under_the_name_it_came_with(self):
        response = self.read(self.attach("Ý kiến.docx", word()))
        self.assertIn("attachment", response["Content-Disposition"])
        self.assertIn("%C3%9D%20ki%E1%BA%BFn.docx", response["Content-Disposition"])

    def test_the_type_is_what_is_in_the_file_not_what_the_sender_says(self):
        self.send(SimpleUploadedFile("trang.pdf", PNG, content_type="text/html"))
        attachment = Attachment.objects.get()
        self.assertEqual((attachment.content_type, attachment.name), ("image/png", "trang.pdf.png"))

    def test_what_is_not_allowed_is_named_and_nothing_typed_is_lost(self):
        response = self.send(SimpleUploadedFile("vi-rut.pdf", b"<html><script>"), SimpleUploadedFile("tot.pdf", PDF))
        self.assertContains(response, "vi-rut.pdf", status_code=422)
        self.assertContains(response, "Xem tệp kèm theo.", status_code=422)
        self.assertEqual((Comment.objects.count(), Attachment.objects.count()), (0, 0))

    def test_a_file_above_the_limit_is_refused(self):
        upload = SimpleUploadedFile("to.pdf", PDF)
        upload.size = files.LIMIT + 1
        with self.assertRaisesMessage(Exception, "to.pdf"):
            files.check(upload)

    def test_more_files_than_allowed_are_refused(self):
        response = self.send(*(SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(11)))
        self.assertEqual((response.status_code, Comment.objects.count()), (422, 0))

    def test_an_empty_file_is_refused(self):
        answer = self.send(SimpleUploadedFile("rong.pdf", b""), SimpleUploadedFile("la.exe", b"MZ"))
        self.assertContains(answer, "rong.pdf: ", status_code=422)
        self.assertContains(answer, "la.exe", status_code=422)

    def test_sending_twice_stores_the_files_once(self):
        fields = {"key": uuid.uuid4(), "edition": 1, "kind": "other", "text": "Kèm tệp."}
        for _time in range(2):
            self.client.post(self.new, fields | {"attachments": [SimpleUploadedFile("a.pdf", PDF)]})
        self.assertEqual(Attachment.objects.count(), 1)

    def test_who_may_not_see_the_comment_may_not_see_its_files(self):
        attachment = self.attach("a.pdf", PDF)
        rounds.open_consultation(
            self.edition,
            by=self.lan,
            closes_at=timezone.now() + dt.timedelta(days=1),
            visibility=Consultation.Visibility.DRAFTERS,
            people=[self.minh, self.dai],
        )
        for user, status in ((self.minh, 200), (self.lan, 200), (self.dai, 404), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.read(attachment).status_code, status)
        self.client.logout()
        self.assertEqual(self.read(attachment).status_code, 302)

    def test_it_is_only_read(self):
        address = reverse("comments:attachment", args=[self.attach("a.pdf", PDF).pk])
        self.assertEqual(self.client.post(address).status_code, 405)
