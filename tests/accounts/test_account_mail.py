import re

from django.core import mail
from django.test import Client, TestCase

from accounts.models import OutgoingMail
from tests.people import make_user

PASSWORD = "gió mùa đông bắc"
NEW = "nắng hạ miền trung"
RESET = "/accounts/password/reset/"


class ForgottenPasswordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.lan = make_user("lan", email="lan@example.org", password=PASSWORD)

    def link(self):
        return re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", OutgoingMail.objects.get().body)[1]

    def choose(self, visitor):
        page = visitor.get(self.link(), follow=True)
        return visitor.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    def test_the_link_leaves_by_the_outbox_and_works_once(self):
        self.client.post(RESET, {"email": "LAN@example.org"})
        self.assertEqual((OutgoingMail.objects.get().recipient, mail.outbox), (self.lan, []))
        self.assertEqual(self.choose(self.client).status_code, 302)
        self.lan.refresh_from_db()
        self.assertTrue(self.lan.check_password(NEW))

    def test_a_used_link_is_worth_nothing(self):
        self.client.post(RESET, {"email": "lan@example.org"})
        link = self.link()
        self.choose(self.client)
        self.assertTrue(Client().get(link, follow=True).context["token_fail"])

    def test_it_ends_the_sessions_there_are(self):
        signed_in = Client()
        signed_in.force_login(self.lan)
        self.client.post(RESET, {"email": "lan@example.org"})
        self.choose(self.client)
        self.assertEqual(signed_in.get("/drafts/").status_code, 302)

    def test_the_answer_is_the_same_for_an_unknown_address_and_nothing_is_sent(self):
        known = self.client.post(RESET, {"email": "lan@example.org"})
        OutgoingMail.objects.all().delete()
        unknown = Client().post(RESET, {"email": "nobody@example.org"})
        self.assertEqual((known.status_code, known["Location"]), (unknown.status_code, unknown["Location"]))
        self.assertFalse(OutgoingMail.objects.exists() or mail.outbox)

    def test_the_deactivated_get_no_link(self):
        self.lan.is_active = False
        self.lan.save(update_fields=["is_active"])
        self.client.post(RESET, {"email": "lan@example.org"})
        self.assertFalse(OutgoingMail.objects.exists())

    def test_the_link_leads_to_the_site_whatever_host_the_request_names(self):
        with self.settings(ALLOWED_HOSTS=["*"], SITE_URL="https://gopy.example"):
            self.client.post(RESET, {"email": "lan@example.org"}, headers={"host": "evil.example"})
        body = OutgoingMail.objects.get().body
        self.assertIn("https://gopy.example/accounts/password/reset/key/", body)

    def test_who_changes_a_password_is_told_by_mail(self):
        self.client.post("/accounts/login/", {"login": "lan", "password": PASSWORD})
        form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        self.client.post("/accounts/password/change/", form)
        told = OutgoingMail.objects.get()
        self.assertEqual(told.recipient, self.lan)
        self.assertNotIn(NEW, told.body)
