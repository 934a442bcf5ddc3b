from django.urls import reverse

from accounts.models import User
from tests.people import DraftTestCase, make_user


class HandOverPageTests(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.admin = User.objects.create_superuser("admin", email="admin@example.org", full_name="Quản trị")
        cls.nam = make_user("nam")
        cls.url = reverse("handover_person")

    def post(self, **data):
        self.client.force_login(self.admin)
        return self.client.post(self.url, {"old": self.minh.pk, "to": self.nam.pk, "reason": "Nghỉ hưu", **data})

    def test_it_moves_the_work(self):
        self.assertRedirects(self.post(), self.url)
        self.assertTrue(self.document.seats.filter(user=self.nam).exists())

    def test_it_wants_a_reason(self):
        self.assertEqual(self.post(reason="").status_code, 422)
        self.assertFalse(self.document.seats.filter(user=self.nam).exists())

    def test_people_of_one_name_are_told_apart(self):
        make_user("lan2", full_name=self.lan.full_name, unit=self.city)
        self.client.force_login(self.admin)
        page = self.client.get(self.url)
        self.assertContains(page, "Lan (Trưởng Ban Tổ chức, Ban Tổ chức Tỉnh ủy)")
        self.assertContains(page, "Lan (Thành ủy)")

    def test_the_page_costs_the_same_with_more_people(self):
        self.client.force_login(self.admin)
        with self.assertNumQueries(4):
            self.client.get(self.url)
        for number in range(5):
            make_user(f"person{number}", unit=self.city)
        with self.assertNumQueries(4):
            self.client.get(self.url)

    def test_it_says_what_is_wrong(self):
        self.assertEqual(self.post(to=self.minh.pk).status_code, 422)

    def test_it_is_for_administrators(self):
        self.client.force_login(self.lan)
        self.assertEqual(self.client.get(self.url).status_code, 403)
        self.assertEqual(self.client.post(self.url).status_code, 403)

    def test_it_asks_strangers_to_sign_in(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)

    def test_it_rejects_other_methods(self):
        self.client.force_login(self.admin)
        self.assertEqual(self.client.put(self.url).status_code, 405)


class MergePageTests(DraftTestCase):
    def test_it_merges(self):
        admin = User.objects.create_superuser("admin", email="admin@example.org", full_name="Quản trị")
        self.client.force_login(admin)
        url = reverse("handover_unit")
        response = self.client.post(url, {"old": self.city.pk, "into": self.front.pk, "reason": "Sắp xếp"})
        self.assertRedirects(response, url)
        self.city.refresh_from_db()
        self.assertEqual(self.city.successor, self.front)
