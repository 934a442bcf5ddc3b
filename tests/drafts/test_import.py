import datetime as dt
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from drafts import sources
from drafts.access import may_create_documents
from drafts.apart import read_apart
from drafts.forms import MAX_UPLOAD_BYTES
from drafts.importing import UnreadableFile, read_document
from drafts.importing.legacy import Encoding, from_unicode
from drafts.models import Document, Edition, Operation, Seat, SourceFile
from tests.drafts.importing.word_files import docx, p
from tests.people import DraftTestCase, allow

REGULATION = """QUY CHẾ LÀM VIỆC
của Ban Chỉ đạo chuyển đổi số

Chương I
NHỮNG QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
1. Quy chế này quy định nguyên tắc làm việc.
2. Quy chế áp dụng đối với:
a) Các thành viên Ban Chỉ đạo;
b) Cơ quan giúp việc.

Điều 2. Nguyên tắc
1. Tập trung dân chủ.
2. Nội dung khác:
c) Công khai;
d) Kịp thời;
e) Đúng thẩm quyền.

Điều 4. Hiệu lực
Quy chế có hiệu lực từ ngày ký.

Điều 5. Tổ chức thực hiện
Các thành viên chịu trách nhiệm thi hành Quy chế này.
"""
TWO_DOCUMENTS = (
    """QUYẾT ĐỊNH
Ban hành Quy chế làm việc

Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Ban Chỉ đạo.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. BAN CHỈ ĐẠO
TRƯỞNG BAN

"""
    + REGULATION
)
PLAIN = {"title": "Quy chế mới", "kind": "regulation", "component": "0"}


def upload_of(text, name="quy-che.txt"):
    data = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, data)


class UploadTests(DraftTestCase):
    url = "/drafts/import/"

    def test_a_readable_file_is_kept_and_its_preview_opens(self):
        self.client.force_login(self.lan)
        response = self.client.post(self.url, {"file": upload_of(REGULATION)})
        source = SourceFile.objects.get()
        self.assertRedirects(response, reverse("drafts:import_preview", args=[source.pk]))
        self.assertEqual((source.by, source.name, source.document), (self.lan, "quy-che.txt", None))

    def test_a_text_in_an_old_encoding_is_shown_before_and_after_and_kept_as_it_came(self):
        self.client.force_login(self.lan)
        old = from_unicode(REGULATION, Encoding.TCVN3).encode("latin-1")
        response = self.client.post(self.url, {"file": upload_of(old)}, follow=True)
        self.assertContains(response, 'id="conversions"')
        self.assertContains(response, from_unicode("Điều 1. Phạm vi điều chỉnh", Encoding.TCVN3))
        self.assertContains(response, "Điều 1. Phạm vi điều chỉnh")
        with SourceFile.objects.get().file.open("rb") as file:
            self.assertEqual(file.read(), old)

    def test_the_docx_an_old_word_file_became_is_kept_beside_it_and_goes_with_it(self):
        source = sources.keep(b"old", name="a.doc", by=self.lan, modern=docx(p("Điều 1. Họp") + p("Hằng tuần.")))
        self.assertEqual(sources.read_source(source).format, "doc")
        self.assertEqual(sources.read_source(source).components[0].articles, 1)
        storage, names = source.file.storage, [source.file.name, source.modern.name]
        with self.captureOnCommitCallbacks(execute=True):
            sources.drop(source)
        self.assertEqual([storage.exists(name) for name in names], [False, False])

    def test_what_is_no_text_is_refused_with_one_sentence_and_not_stored(self):
        self.client.force_login(self.lan)
        for data in (b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"PK\x03\x04rubbish", b""):
            response = self.client.post(self.url, {"file": upload_of(data, "la.docx")})
            self.assertEqual(response.status_code, 422)
            self.assertEqual(len(response.context["form"].errors["file"]), 1)
        self.assertFalse(SourceFile.objects.exists())

    def test_a_word_file_that_grows_when_unpacked_is_refused(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", b"\0" * 300_000_000)
        self.client.force_login(self.lan)
        response = self.client.post(self.url, {"file": upload_of(bomb.getvalue(), "to.docx")})
        self.assertEqual(response.status_code, 422)
        self.assertFalse(SourceFile.objects.exists())

    def test_a_file_that_is_too_large_is_refused(self):
        self.client.force_login(self.lan)
        response = self.client.post(self.url, {"file": upload_of(b"a" * (MAX_UPLOAD_BYTES + 1))})
        self.assertEqual(response.status_code, 422)
        self.assertFalse(SourceFile.objects.exists())

    def test_no_file_is_refused(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(self.url).status_code, 422)

    def test_others_are_told_why_they_may_not(self):
        self.client.force_login(self.minh)
        reason = may_create_documents(self.minh).reason
        for response in (self.client.get(self.url), self.client.post(self.url, {"file": upload_of(REGULATION)})):
            self.assertContains(response, reason, status_code=403)
        self.assertFalse(SourceFile.objects.exists())

    def test_a_stranger_signs_in_first(self):
        self.assertRedirects(
            self.client.get(self.url), f"/accounts/login/?next={self.url}", fetch_redirect_response=False
        )

    def test_other_methods_are_refused(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.put(self.url).status_code, 405)


class PreviewTests(DraftTestCase):
    def setUp(self):
        self.client.force_login(self.lan)

    def open(self, text, name="quy-che.txt"):
        self.source = sources.keep(text.encode(), name=name, by=self.lan)
        self.url = reverse("drafts:import_preview", args=[self.source.pk])
        return self.client.get(self.url)

    def test_it_shows_the_structure_and_what_is_strange_with_line_and_reason(self):
        response = self.open(REGULATION)
        self.assertContains(response, "NHỮNG QUY ĐỊNH CHUNG")
        self.assertContains(response, "Điều 1. Phạm vi điều chỉnh")
        found = {finding["line"]: finding["message"] for finding in response.context["findings"]}
        lines = REGULATION.split("\n")
        self.assertIn(lines.index("Điều 4. Hiệu lực") + 1, found)
        self.assertIn("đ", found[lines.index("e) Đúng thẩm quyền.") + 1])

    def test_it_counts_clauses_and_points(self):
        [chapter] = [branch for branch in self.open(REGULATION).context["branches"] if branch.is_group]
        article = chapter.children[0]
        self.assertEqual((chapter.articles, article.clauses, article.points), (4, 2, 2))

    def test_of_several_documents_in_one_file_one_chooses(self):
        response = self.open(TWO_DOCUMENTS)
        self.assertEqual(response.context["component"].chapters, 1)
        other = self.client.get(self.url, {"component": 0})
        self.assertEqual((other.context["component"].chapters, other.context["component"].articles), (0, 3))

    def test_a_draft_and_its_first_edition_are_made(self):
        self.open(REGULATION)
        response = self.client.post(self.url, PLAIN | {"issue": "on", "predecessor": self.document.pk})
        made = Document.objects.get(title="Quy chế mới")
        self.assertEqual(response.status_code, 302)
        self.assertEqual((made.editions.get().number, made.predecessor), (1, self.document))
        self.assertEqual(made.provisions.filter(kind="article").count(), 4)
        self.assertEqual(made.seats.get().role, Seat.Role.LEAD_DRAFTER)
        self.source.refresh_from_db()
        self.assertEqual(self.source.document, made)

    def test_the_edition_can_wait(self):
        self.open(REGULATION)
        self.client.post(self.url, PLAIN)
        self.assertFalse(Edition.objects.filter(document__title="Quy chế mới").exists())

    def test_a_chosen_component_is_the_one_that_is_stored(self):
        self.open(TWO_DOCUMENTS)
        self.client.post(self.url, PLAIN | {"component": "0"})
        self.assertEqual(Document.objects.get(title="Quy chế mới").provisions.filter(kind="article").count(), 3)

    def test_what_is_typed_can_be_put_aside_while_the_lines_are_corrected(self):
        self.open(REGULATION)
        response = self.client.post(self.url, {"title": "Quy chế mới", "term": "2025 - 2030", "put_aside": "1"})
        self.assertRedirects(response, f"{self.url}?component=0")
        self.assertFalse(Document.objects.filter(title="Quy chế mới").exists())
        form = self.client.get(self.url, {"at": 3}).context["form"]
        self.assertEqual((form["title"].value(), form["term"].value()), ("Quy chế mới", "2025 - 2030"))

    def test_a_typed_title_stays_when_another_component_is_looked_at_and_a_guessed_one_does_not(self):
        self.open(TWO_DOCUMENTS)
        guesses = [component.title for component in self.client.get(self.url).context["imported"].components]
        form = {"title": guesses[1], "kind": "regulation", "component": "1", "term": "2025 - 2030", "issue": "on"}
        self.assertRedirects(self.client.post(self.url, form | {"other": "0"}), f"{self.url}?component=0")
        shown = self.client.get(self.url, {"component": "0"}).context["form"]
        self.assertEqual((shown["title"].value(), shown["term"].value()), (guesses[0], "2025 - 2030"))
        self.client.post(self.url, form | {"title": "Quy chế mới", "other": "0"})
        for number in ("0", "1"):
            shown = self.client.get(self.url, {"component": number}).context["form"]
            self.assertEqual(shown["title"].value(), "Quy chế mới")

    def test_a_description_without_title_is_refused_and_nothing_is_made(self):
        self.open(REGULATION)
        before = Operation.objects.count()
        response = self.client.post(self.url, PLAIN | {"title": " ", "term": "2025 - 2030"})
        self.assertContains(response, "2025 - 2030", status_code=422)
        self.assertEqual(Operation.objects.count(), before)

    def test_a_text_the_person_may_not_see_is_no_predecessor(self):
        hidden = self.document
        allow(self.hoa, "drafts.create_documents")
        source = sources.keep(REGULATION.encode(), name="a.txt", by=self.hoa)
        self.client.force_login(self.hoa)
        url = reverse("drafts:import_preview", args=[source.pk])
        self.assertNotContains(self.client.get(url), hidden.title)
        self.assertEqual(self.client.post(url, PLAIN | {"predecessor": hidden.pk}).status_code, 422)

    def test_sending_it_twice_makes_one_draft(self):
        self.open(REGULATION)
        for _ in range(2):
            self.client.post(self.url, PLAIN)
        self.assertEqual(Document.objects.filter(title="Quy chế mới").count(), 1)

    def test_the_same_file_again_is_noticed(self):
        self.open(REGULATION)
        self.assertEqual(self.client.get(self.url).context["earlier"], [])
        self.client.post(self.url, PLAIN)
        self.assertContains(self.open(REGULATION), "Quy chế mới")

    def test_only_the_uploader_sees_it(self):
        self.open(REGULATION)
        allow(self.thu, "drafts.create_documents")
        self.client.force_login(self.thu)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.client.post(self.url, PLAIN).status_code, 404)

    def test_those_who_may_not_import_are_told_why(self):
        self.open(REGULATION)
        self.client.force_login(self.minh)
        self.assertEqual(self.client.get(self.url).status_code, 403)

    def test_a_stranger_signs_in_first(self):
        self.open(REGULATION)
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 302)

    def test_other_methods_are_refused(self):
        self.open(REGULATION)
        self.assertEqual(self.client.delete(self.url).status_code, 405)

    def test_the_queries_do_not_grow_with_the_text(self):
        self.open(REGULATION)
        with self.assertNumQueries(8):
            self.client.get(self.url)
        more = "\n".join(f"Điều {n}. Việc thứ {n}\n1. Một.\n2. Hai." for n in range(6, 60))
        self.open(REGULATION + more)
        with self.assertNumQueries(8):
            self.client.get(self.url)


class DiscardTests(DraftTestCase):
    def setUp(self):
        self.source = sources.keep(REGULATION.encode(), name="a.txt", by=self.lan)
        self.url = reverse("drafts:import_removal", args=[self.source.pk])

    def test_the_file_is_gone_from_table_and_disk(self):
        self.client.force_login(self.lan)
        storage, name = self.source.file.storage, self.source.file.name
        self.assertTrue(storage.exists(name))
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(self.url)
        self.assertFalse(SourceFile.objects.exists())
        self.assertFalse(storage.exists(name))

    def test_it_takes_a_post_of_the_uploader(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.get(self.url).status_code, 405)
        allow(self.thu, "drafts.create_documents")
        self.client.force_login(self.thu)
        self.assertEqual(self.client.post(self.url).status_code, 404)
        self.client.force_login(self.minh)
        self.assertEqual(self.client.post(self.url).status_code, 403)
        self.client.logout()
        self.assertEqual(self.client.post(self.url).status_code, 302)
        self.assertTrue(SourceFile.objects.exists())

    def test_unclaimed_files_expire_and_claimed_ones_stay(self):
        claimed = sources.keep(b"x", name="b.txt", by=self.lan)
        claimed.document = self.document
        claimed.save(update_fields=["document"])
        soon = timezone.now() + dt.timedelta(minutes=1)
        self.assertEqual(sources.drop_unclaimed(), 0)
        self.assertEqual(sources.drop_unclaimed(before=soon), 1)
        self.assertEqual(SourceFile.objects.get(), claimed)


class ApartTests(DraftTestCase):
    def test_reading_apart_gives_what_reading_here_gives(self):
        data = TWO_DOCUMENTS.encode()
        self.assertEqual(read_apart(data, name="Tệp.txt"), read_document(data, name="Tệp.txt"))

    def test_what_takes_too_long_is_refused(self):
        with self.assertRaises(UnreadableFile):
            read_apart(("Điều 1. A\n1. B.\n" * 40_000).encode(), name="a.txt", seconds=0)


class KindTests(DraftTestCase):
    def test_the_title_tells_the_kind(self):
        self.assertEqual(sources.likely_kind("QUY CHẾ LÀM VIỆC"), Document.Kind.REGULATION)
        self.assertEqual(sources.likely_kind("Quyết định ban hành quy chế"), Document.Kind.DECISION)
        self.assertEqual(sources.likely_kind("Chương trình hành động"), Document.Kind.PROGRAMME)
        self.assertEqual(sources.likely_kind("Báo cáo"), Document.Kind.OTHER)
