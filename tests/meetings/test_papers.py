"""What there is to read for a meeting: the texts on the table and files, for those who may read the draft alone."""

import tempfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from drafts import services as drafts
from meetings import services
from meetings.models import AgendaPaper
from tests.config.world import PNG
from tests.meetings.cast import MeetingTestCase

PDF = b"%PDF-1.4 to trinh"


class PapersTestCase(MeetingTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.words = services.add_agenda_item(cls.meeting, by=cls.thu, title="Việc khác")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        settings = override_settings(MEDIA_ROOT=folder.name)
        settings.enable()
        self.addCleanup(settings.disable)
        self.url = f"/meetings/{self.meeting.pk}/papers/"

    def matter(self, item):
        return f"/meetings/{self.meeting.pk}/agenda/{item.pk}/"

    def save(self, item, *contents, **fields):
        files = [SimpleUploadedFile(f"Tờ trình {n}.pdf", content) for n, content in enumerate(contents)]
        data = {"title": item.title, "edition": item.edition_id or "", "attached": files} | fields
        return self.client.post(self.matter(item), data)

    def attach(self, item, content=PDF):
        self.sign_in(self.thu)
        self.save(item, content)
        return AgendaPaper.objects.latest("pk")


class MatterTests(PapersTestCase):
    def test_words_presenter_minutes_edition_and_files_are_changed_in_one_act(self):
        drafts.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Phạm vi", text="1. Nội dung khác.", reason="Rõ hơn"
        )
        second = drafts.issue_edition(self.document, by=self.lan, label="Lần 2")
        self.sign_in(self.thu)
        data = {"title": "Quy chế mới", "presenter": "Trưởng Ban", "minutes": "45", "edition": second.pk}
        for _twice in range(2):
            response = self.save(self.item, PDF, **data)
            self.assertRedirects(response, f"/meetings/{self.meeting.pk}/#agendaitem-{self.item.pk}")
        self.item.refresh_from_db()
        self.assertEqual((self.item.title, self.item.minutes, self.item.edition), ("Quy chế mới", 45, second))
        [paper] = AgendaPaper.objects.all()
        self.assertEqual((paper.name, paper.content_type, paper.size), ("Tờ trình 0.pdf", "application/pdf", len(PDF)))
        self.assertContains(self.client.get(self.matter(self.item)), "Tờ trình 0.pdf")

    def test_wrong_input_keeps_what_was_typed_and_a_file_is_known_by_what_is_in_it(self):
        self.sign_in(self.thu)
        for wrong in ({"title": " "}, {"minutes": "-1"}, {"edition": "999999"}):
            response = self.save(self.item, presenter="Trưởng Ban Nội chính", **wrong)
            self.assertContains(response, "Trưởng Ban Nội chính", status_code=422)
        self.assertContains(self.save(self.item, b"<script>"), "Tờ trình 0.pdf", status_code=422)
        self.assertFalse(AgendaPaper.objects.exists())

    def test_a_matter_with_papers_is_taken_off_with_them(self):
        self.attach(self.words)
        services.drop_agenda_item(self.words, by=self.thu)
        self.assertFalse(AgendaPaper.objects.exists())
        self.assertEqual(AgendaPaper.history.filter(history_type="-").count(), 1)

    def test_a_paper_is_taken_away_and_stays_in_the_record(self):
        paper = self.attach(self.words)
        self.sign_in(self.dai)
        self.assertEqual(self.client.post(f"/meetings/papers/{paper.pk}/removal/").status_code, 403)
        self.sign_in(self.chi)
        self.assertRedirects(self.client.post(f"/meetings/papers/{paper.pk}/removal/"), self.matter(self.words))
        self.assertFalse(AgendaPaper.objects.exists())
        self.assertEqual(AgendaPaper.history.count(), 2)

    def test_the_six_questions(self):
        address = self.matter(self.item)
        self.assertEqual(self.client.get(address).status_code, 302)
        for user, status in ((self.dai, 403), (self.hoa, 404), (self.chi, 200)):
            self.sign_in(user)
            self.assertEqual(self.client.get(address).status_code, status)
        self.assertEqual(self.client.put(address).status_code, 405)

    def test_a_task_that_falls_due_is_suggested_once(self):
        later = services.convene(
            by=self.thu,
            title="Họp sau",
            starts_at=self.meeting.starts_at.replace(day=12),
            chair=self.chi,
        )
        self.sign_in(self.thu)
        page = f"/meetings/{later.pk}/"
        self.assertEqual(self.client.get(page).context["due_tasks"], [self.assignment])
        data = {"agenda-assignment": self.assignment.pk, "agenda-title": "Tình hình thực hiện"}
        self.client.post(f"{page}agenda/", data)
        self.assertEqual(later.agenda.get().assignment, self.assignment)
        self.assertEqual(self.client.get(page).context["due_tasks"], [])
        self.assertEqual(self.client.get(f"/meetings/{self.meeting.pk}/").context["due_tasks"], [])


class ReadingTests(PapersTestCase):
    def test_those_with_a_seat_read_the_text_on_the_table_and_others_its_matter(self):
        paper, open_paper = self.attach(self.item), self.attach(self.words, PNG)
        for user, reads in ((self.thu, True), (self.dai, True), (self.minh, True), (self.tam, False)):
            self.sign_in(user)
            page = self.client.get(self.url).content.decode()
            self.assertEqual("Tập trung dân chủ" in page, reads, user)
            self.assertEqual(f"/meetings/papers/{paper.pk}/" in page, reads, user)
            self.assertIn(f"/meetings/papers/{open_paper.pk}/", page)
            self.assertIn("Quy chế làm việc", page)
            self.assertEqual(self.client.get(f"/meetings/papers/{paper.pk}/").status_code, 200 if reads else 404, user)
            self.assertEqual(self.client.get(f"/meetings/papers/{open_paper.pk}/").status_code, 200)
        self.sign_in(self.hoa)
        for address in (self.url, f"/meetings/papers/{open_paper.pk}/"):
            self.assertEqual(self.client.get(address).status_code, 404)

    def test_a_file_runs_nothing(self):
        paper, picture = self.attach(self.words), self.attach(self.words, PNG)
        response = self.client.get(f"/meetings/papers/{paper.pk}/")
        self.assertEqual((response["Content-Type"], response["X-Content-Type-Options"]), ("application/pdf", "nosniff"))
        self.assertIn("sandbox", self.client.get(f"/meetings/papers/{picture.pk}/")["Content-Security-Policy"])

    def test_a_recalled_edition_is_not_read(self):
        drafts.recall_edition(self.edition, by=self.lan, reason="Nhầm")
        self.sign_in(self.dai)
        self.assertNotContains(self.client.get(self.url), "Tập trung dân chủ")

    def test_the_queries_do_not_grow(self):
        self.sign_in(self.thu)
        for number in range(2):
            for item in range(number * 5):
                services.add_agenda_item(self.meeting, by=self.thu, title=f"Mục {item}", document=self.document)
            self.client.get(self.url)
            with self.assertNumQueries(7):
                self.client.get(self.url)
