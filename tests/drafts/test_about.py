from django.urls import reverse

from drafts import services
from drafts.models import Document, Operation, Seat
from tests.people import DraftTestCase, make_document


class AboutTests(DraftTestCase):
    def setUp(self):
        self.url = reverse("drafts:about", args=[self.document.pk])

    def test_a_reader_sees_description_editions_stage_and_seats_but_no_timeline(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.READER, user=self.hoa)
        self.client.force_login(self.hoa)
        response = self.client.get(self.url)
        self.assertContains(response, "Dự thảo lần 1")
        self.assertContains(response, "Trưởng Ban Tổ chức")
        for form in ("stage_form", "seat_form", "page"):
            self.assertNotIn(form, response.context)
        self.assertNotContains(response, reverse("drafts:new_edition", args=[self.document.pk]))

    def test_the_lead_drafter_gets_every_form_and_the_timeline(self):
        services.revise_article(
            self.article_2, by=self.lan, base_version=1, heading="Nguyên tắc", text="1. Mới.", reason="Theo kết luận 2"
        )
        self.client.force_login(self.lan)
        response = self.client.get(self.url)
        for form in ("stage_form", "seat_form"):
            self.assertIn(form, response.context)
        self.assertContains(response, reverse("drafts:new_edition", args=[self.document.pk]))
        self.assertContains(response, "Theo kết luận 2")
        newest = response.context["acts"][0]
        self.assertEqual([row.label for row in newest.provisions], ["Điều 2"])

    def test_only_editions_one_may_read_are_links(self):
        services.revise_article(self.article_1, by=self.lan, base_version=1, heading="A", text="1. B.", reason="r")
        services.issue_edition(self.document, by=self.lan)
        services.recall_edition(self.edition, by=self.lan, reason="Gửi nhầm")
        for user, links in ((self.minh, {2}), (self.chi, {1, 2})):
            self.client.force_login(user)
            page = self.client.get(self.url).content.decode()
            self.assertEqual({number for number in (1, 2) if f"?edition={number}" in page}, links)

    def test_the_timeline_says_who_was_seated_as_what(self):
        services.take_seat(self.document.seats.get(user=self.minh), by=self.lan)
        self.client.force_login(self.lan)
        left = self.client.get(self.url).context["acts"][0]
        self.assertEqual([(row.user, row.history_type) for row in left.seats], [(self.minh, "-")])
        seats = [seat for act in self.client.get(self.url).context["acts"] for seat in act.seats]
        self.assertIn((self.chi, Seat.Role.CHAIR), [(row.user, row.role) for row in seats])

    def test_a_predecessor_shows_only_to_those_who_may_see_it(self):
        old = make_document(by=self.lan, title="Quy chế khóa trước")
        services.describe_document(self.document, by=self.lan, predecessor=old)
        self.client.force_login(self.minh)
        self.assertNotContains(self.client.get(self.url), "Quy chế khóa trước")
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.url), "Quy chế khóa trước")

    def test_seats_stand_units_first_then_people_by_their_given_names(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.READER, unit=self.city)
        self.client.force_login(self.minh)
        names = [str(seat.user or seat.unit) for seat in self.client.get(self.url).context["seats"]]
        self.assertEqual(names, ["Thành ủy", "Chi", "Đại", "Lan", "Minh", "Thu"])

    def test_the_queries_do_not_grow(self):
        self.client.force_login(self.lan)
        services.revise_article(self.article_2, by=self.lan, base_version=1, heading="A", text="1. B.", reason="r")
        with self.assertNumQueries(15):
            self.client.get(self.url)
        for number in range(12):
            services.revise_article(
                self.article_1, by=self.lan, base_version=number + 1, heading="A", text=f"1. {number}.", reason="r"
            )
            services.issue_edition(self.document, by=self.lan)
        services.give_seat(self.document, by=self.lan, role=Seat.Role.READER, unit=self.city)
        services.give_seat(self.document, by=self.lan, role=Seat.Role.READER, user=self.hoa)
        with self.assertNumQueries(15):
            self.client.get(self.url)

    def test_outsiders_strangers_and_other_methods_are_refused(self):
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.client.force_login(self.minh)
        self.assertEqual(self.client.post(self.url).status_code, 405)
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 302)


class DescriptionTests(DraftTestCase):
    def setUp(self):
        self.url = reverse("drafts:description", args=[self.document.pk])
        self.sent = {"title": "Quy chế mới", "kind": "rules", "term": "2025 - 2030", "issuing_body": "Tỉnh ủy"}

    def test_a_drafter_writes_it_in_one_operation(self):
        self.client.force_login(self.lan)
        self.assertRedirects(self.client.post(self.url, self.sent), reverse("drafts:about", args=[self.document.pk]))
        self.document.refresh_from_db()
        self.assertEqual((self.document.title, self.document.kind), ("Quy chế mới", "rules"))
        operation = self.document.operations.first()
        self.assertEqual((operation.kind, operation.by), (Operation.Kind.DESCRIBED, self.lan))
        self.assertEqual(Document.history.filter(operation=operation).count(), 1)

    def test_nothing_is_recorded_when_nothing_differs(self):
        self.client.force_login(self.lan)
        self.client.post(self.url, self.sent)
        before = Operation.objects.count()
        self.client.post(self.url, self.sent)
        self.assertEqual(Operation.objects.count(), before)

    def test_an_empty_title_is_refused(self):
        self.client.force_login(self.lan)
        self.assertContains(self.client.post(self.url, self.sent | {"title": " "}), "2025 - 2030", status_code=422)
        self.document.refresh_from_db()
        self.assertEqual(self.document.title, "Quy chế làm việc của Tỉnh ủy")

    def test_a_predecessor_one_cannot_see_survives(self):
        old = make_document(by=self.thu, title="Quy chế khóa trước")
        services.describe_document(self.document, by=self.lan, predecessor=old)
        self.client.force_login(self.lan)
        self.assertNotContains(self.client.get(self.url), "Quy chế khóa trước")
        self.client.post(self.url, self.sent)
        self.document.refresh_from_db()
        self.assertEqual((self.document.title, self.document.predecessor), ("Quy chế mới", old))

    def test_a_text_does_not_replace_itself(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(self.url, self.sent | {"predecessor": self.document.pk}).status_code, 422)

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.thu, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
            self.assertEqual(self.client.post(self.url, self.sent).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 302)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.delete(self.url).status_code, 405)


class StageTests(DraftTestCase):
    def setUp(self):
        self.url = reverse("drafts:stage", args=[self.document.pk])

    def stage(self):
        self.document.refresh_from_db()
        return self.document.stage

    def test_the_chair_moves_the_document_on(self):
        self.client.force_login(self.chi)
        self.assertEqual(self.client.post(self.url, {"stage": "consulting"}).status_code, 302)
        self.assertEqual(self.stage(), "consulting")

    def test_returning_it_needs_a_reason(self):
        self.client.force_login(self.chi)
        self.assertEqual(self.client.post(self.url, {"stage": "returned"}).status_code, 422)
        self.assertEqual(self.stage(), "drafting")
        self.client.post(self.url, {"stage": "returned", "reason": "Chồng chéo nhiệm vụ"})
        self.assertEqual(self.stage(), "returned")
        about = self.client.get(reverse("drafts:about", args=[self.document.pk]))
        self.assertContains(about, "Chồng chéo nhiệm vụ")

    def test_wrong_input_is_refused(self):
        self.client.force_login(self.lan)
        for stage in ("drafting", "nonsense", ""):
            self.assertEqual(self.client.post(self.url, {"stage": stage}).status_code, 422)

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.post(self.url, {"stage": "consulting"}).status_code, status)
        self.assertEqual(self.client.get(self.url).status_code, 405)
        self.client.logout()
        self.assertEqual(self.client.post(self.url, {"stage": "consulting"}).status_code, 302)
        self.assertEqual(self.stage(), "drafting")
