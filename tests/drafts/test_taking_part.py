from django.urls import reverse

from drafts import services
from drafts.models import Seat
from tests.people import DraftTestCase, make_document, make_user


class SeatTests(DraftTestCase):
    def setUp(self):
        self.url = reverse("drafts:seats", args=[self.document.pk])

    def give(self, holder, role="commenter"):
        return self.client.post(self.url, {"holder": holder, "role": role})

    def test_a_person_gets_a_seat(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.give(f"user:{self.hoa.pk}").status_code, 302)
        self.assertEqual(self.document.seats.get(user=self.hoa).role, Seat.Role.COMMENTER)

    def test_a_whole_unit_gets_a_seat(self):
        self.client.force_login(self.thu)
        self.give(f"unit:{self.city.pk}", "reader")
        self.assertEqual(self.document.seats.get(unit=self.city).role, Seat.Role.READER)

    def test_a_role_changes(self):
        self.client.force_login(self.lan)
        self.give(f"user:{self.minh.pk}", "drafter")
        self.assertEqual(self.document.seats.get(user=self.minh).role, Seat.Role.DRAFTER)

    def test_wrong_input_is_refused_on_the_page(self):
        gone = make_user("gone", is_active=False)
        self.client.force_login(self.lan)
        for holder, role in (
            ("", "reader"),
            ("user:0", "reader"),
            ("nobody", "reader"),
            (f"user:{gone.pk}", "reader"),
            (f"user:{self.hoa.pk}", "king"),
        ):
            self.assertEqual(self.give(holder, role).status_code, 422)
        self.assertEqual(self.document.seats.count(), 5)

    def test_the_only_lead_drafter_stays_and_the_page_says_why(self):
        self.client.force_login(self.lan)
        response = self.give(f"user:{self.lan.pk}", "reader")
        self.assertEqual(response.status_code, 422)
        self.assertTrue(response.context["seat_form"].non_field_errors())

    def test_people_stand_under_their_units_in_vietnamese_order(self):
        for name in ("Nguyễn Văn An", "Lê Thị Ánh", "Đỗ Văn Bình"):
            make_user(name.replace(" ", ""), full_name=name, unit=self.city)
        self.client.force_login(self.lan)
        page = self.client.get(reverse("drafts:about", args=[self.document.pk]))
        groups = dict(page.context["seat_form"].fields["holder"].choices)
        self.assertEqual(
            [name for _, name in groups["Thành ủy"]], ["Nguyễn Văn An", "Lê Thị Ánh", "Đỗ Văn Bình", "Minh"]
        )

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.give(f"user:{self.hoa.pk}").status_code, status)
        self.assertEqual(self.client.get(self.url).status_code, 405)
        self.client.logout()
        self.assertEqual(self.give(f"user:{self.hoa.pk}").status_code, 302)
        self.assertFalse(self.document.seats.filter(user=self.hoa).exists())


class RemovalTests(DraftTestCase):
    def setUp(self):
        self.seat = self.document.seats.get(user=self.minh)
        self.url = reverse("drafts:seat_removal", args=[self.document.pk, self.seat.pk])

    def test_the_person_no_longer_sees_the_document(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.post(self.url).status_code, 302)
        self.client.force_login(self.minh)
        self.assertEqual(self.client.get(reverse("drafts:about", args=[self.document.pk])).status_code, 404)

    def test_the_only_lead_drafter_stays(self):
        lead = self.document.seats.get(user=self.lan)
        self.client.force_login(self.thu)
        response = self.client.post(reverse("drafts:seat_removal", args=[self.document.pk, lead.pk]))
        self.assertEqual(response.status_code, 409)
        self.assertTrue(self.document.seats.filter(pk=lead.pk).exists())

    def test_a_seat_of_another_document_is_not_found(self):
        other = make_document(by=self.lan)
        services.give_seat(other, by=self.lan, role=Seat.Role.READER, user=self.hoa)
        foreign = other.seats.get(user=self.hoa)
        self.client.force_login(self.lan)
        response = self.client.post(reverse("drafts:seat_removal", args=[self.document.pk, foreign.pk]))
        self.assertEqual(response.status_code, 404)

    def test_others_are_refused(self):
        for user, status in ((self.dai, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.post(self.url).status_code, status)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.get(self.url).status_code, 405)
        self.client.logout()
        self.assertEqual(self.client.post(self.url).status_code, 302)
        self.assertTrue(Seat.objects.filter(pk=self.seat.pk).exists())
