from django.urls import reverse

from drafts import services
from drafts.models import Document, Seat
from tests.people import DraftTestCase, make_document


class ListTests(DraftTestCase):
    url = "/drafts/"

    def titles(self, **query):
        return [document.title for document in self.client.get(self.url, query).context["page"]]

    def test_it_says_what_each_draft_is(self):
        self.client.force_login(self.minh)
        response = self.client.get(self.url)
        self.assertContains(response, self.document.title)
        self.assertContains(response, "Dự thảo lần 1")
        self.assertContains(response, "Ban Tổ chức")
        [row] = response.context["page"]
        self.assertEqual([seat.role for seat in row.my_seats], [Seat.Role.COMMENTER])

    def test_only_what_the_person_has_a_seat_on_is_listed(self):
        make_document(by=self.thu, title="Chương trình hành động")
        self.client.force_login(self.minh)
        self.assertEqual(self.titles(), [self.document.title])

    def test_a_units_seat_counts(self):
        other = make_document(by=self.thu, title="Chương trình hành động")
        services.give_seat(other, by=self.thu, role=Seat.Role.READER, unit=self.city)
        self.client.force_login(self.minh)
        self.assertEqual(self.titles(), ["Chương trình hành động", self.document.title])

    def test_the_last_changed_comes_first(self):
        make_document(by=self.lan, title="Mới hơn")
        self.client.force_login(self.lan)
        self.assertEqual(self.titles(), ["Mới hơn", self.document.title])
        services.describe_document(self.document, by=self.lan, term="2025 - 2030")
        self.assertEqual(self.titles(), [self.document.title, "Mới hơn"])

    def test_titles_are_found_without_marks_and_in_any_order(self):
        make_document(by=self.lan, title="Chương trình hành động của Đảng bộ")
        self.client.force_login(self.lan)
        self.assertEqual(self.titles(q="dang hanh"), ["Chương trình hành động của Đảng bộ"])
        self.assertEqual(self.titles(q="QUY CHẾ"), [self.document.title])
        self.assertEqual(self.titles(q="50%_"), [])

    def test_a_new_title_is_found(self):
        services.describe_document(self.document, by=self.lan, title="Quy định mới")
        self.client.force_login(self.lan)
        self.assertEqual(self.titles(q="quy dinh"), ["Quy định mới"])

    def test_a_stage_filters(self):
        other = make_document(by=self.lan, title="Đang lấy ý kiến")
        services.move_to_stage(other, by=self.lan, stage=Document.Stage.CONSULTING)
        self.client.force_login(self.lan)
        self.assertEqual(self.titles(stage="consulting"), ["Đang lấy ý kiến"])
        self.assertEqual(self.titles(stage="nonsense"), [])

    def test_an_empty_list_says_what_to_do(self):
        self.client.force_login(self.hoa)
        response = self.client.get(self.url)
        self.assertNotContains(response, reverse("drafts:import"))
        self.assertContains(response, 'class="empty"')
        self.document.seats.all()._raw_delete("default")
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.url), reverse("drafts:import"))

    def test_the_queries_do_not_grow_with_the_drafts(self):
        self.client.force_login(self.lan)
        for count in (0, 12):
            for number in range(count):
                make_document(by=self.lan, title=f"Dự thảo {number}")
            with self.assertNumQueries(9):
                self.client.get(self.url)

    def test_a_long_list_has_pages(self):
        for number in range(31):
            make_document(by=self.lan, title=f"Dự thảo {number}", articles=())
        self.client.force_login(self.lan)
        self.assertEqual(len(self.titles()), 30)
        self.assertEqual(len(self.titles(page=2)), 2)

    def test_a_stranger_signs_in_first(self):
        self.assertRedirects(
            self.client.get(self.url), f"/accounts/login/?next={self.url}", fetch_redirect_response=False
        )

    def test_other_methods_are_refused(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(self.url).status_code, 405)
