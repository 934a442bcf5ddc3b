from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client, TestCase

from tests.people import make_user

PASSWORD = "gió mùa đông bắc"
LOGIN = "/accounts/login/"
ACTIVATE = "/accounts/2fa/totp/activate/"
ASK_PASSWORD = "/accounts/reauthenticate/"
ASK_CODE = "/accounts/2fa/authenticate/"


def code_of(secret, *, ahead=0):
    """What the telephone shows now, or so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()) + ahead))


class SecondFactorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.lan = make_user("lan", email="lan@example.org", password=PASSWORD)

    def setUp(self):
        self.sign_in(self.client)
        self.assertEqual(self.client.get(ACTIVATE)["Location"].partition("?")[0], ASK_PASSWORD)
        self.client.post(ASK_PASSWORD, {"password": PASSWORD})
        page = self.client.get(ACTIVATE)
        self.secret = page.context["form"].secret
        self.assertContains(page, "data:image/svg+xml")
        self.assertContains(page, self.secret)
        self.assertEqual(self.client.post(ACTIVATE, {"code": code_of(self.secret)}).status_code, 302)
        cache.clear()  # the code that proved the telephone is not the one of the next sign-in

    def sign_in(self, client, code=None):
        response = client.post(LOGIN, {"login": "lan", "password": PASSWORD})
        if code is not None:
            self.assertRedirects(response, ASK_CODE, fetch_redirect_response=False)
            response = client.post(ASK_CODE, {"code": code})
        return response

    def is_in(self, client):
        return client.get("/drafts/").status_code == 200

    def test_the_password_alone_is_not_enough(self):
        visitor = Client()
        self.assertRedirects(self.sign_in(visitor), ASK_CODE, fetch_redirect_response=False)
        self.assertFalse(self.is_in(visitor))

    def test_password_and_code_are(self):
        visitor = Client()
        self.sign_in(visitor, code_of(self.secret))
        self.assertTrue(self.is_in(visitor))

    def test_the_way_back_survives_the_code(self):
        visitor = Client()
        visitor.post(LOGIN, {"login": "lan", "password": PASSWORD, "next": "/meetings/"})
        response = visitor.post(ASK_CODE, {"code": code_of(self.secret)})
        self.assertRedirects(response, "/meetings/", fetch_redirect_response=False)

    def test_a_wrong_code_is_not(self):
        visitor = Client()
        wrong = "000000" if code_of(self.secret) != "000000" else "111111"
        self.sign_in(visitor, wrong)
        self.assertFalse(self.is_in(visitor))

    def test_a_code_works_once(self):
        first, second = Client(), Client()
        code = code_of(self.secret)
        self.sign_in(first, code)
        self.sign_in(second, code)
        self.assertEqual((self.is_in(first), self.is_in(second)), (True, False))

    def test_codes_cannot_be_guessed_for_ever(self):
        for _time in range(5):
            self.sign_in(Client(), "12345")
        visitor = Client()
        self.sign_in(visitor, code_of(self.secret))
        self.assertFalse(self.is_in(visitor))

    def test_a_recovery_code_replaces_a_lost_telephone_once(self):
        page = self.client.get("/accounts/2fa/recovery-codes/")
        codes = page.context["unused_codes"]
        self.assertGreaterEqual(len(codes), 8)
        first, second = Client(), Client()
        self.sign_in(first, codes[0])
        self.sign_in(second, codes[0])
        self.assertEqual((self.is_in(first), self.is_in(second)), (True, False))
        self.sign_in(second, codes[1])
        self.assertTrue(self.is_in(second))

    def test_an_administrator_removes_the_factor_of_a_lost_telephone_and_never_sees_its_secret(self):
        boss = make_user("quantri", is_staff=True, is_superuser=True)
        self.client.force_login(boss)
        factor = Authenticator.objects.get(user=self.lan, type="totp")
        address = f"/admin/mfa/authenticator/{factor.pk}/"
        self.assertNotIn(self.secret, self.client.get(f"{address}change/").content.decode())
        self.assertEqual(self.client.post(f"{address}delete/", {"post": "yes"}).status_code, 302)
        visitor = Client()
        self.sign_in(visitor)
        self.assertTrue(self.is_in(visitor))

    def test_it_is_offered_to_everybody(self):
        page = Client()
        page.force_login(make_user("minh", password=PASSWORD))
        self.assertContains(page.get("/accounts/2fa/"), ACTIVATE)
