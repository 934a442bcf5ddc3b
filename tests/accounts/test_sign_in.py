import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from unittest import mock
from urllib.parse import unquote

import pytest
from django.db import connections
from django.test import Client, TestCase, TransactionTestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.adapters import AccountAdapter
from accounts.models import AttemptCount, User
from tests.accounts.hashers import HASHERS, Counted
from tests.people import make_user

PASSWORD = "gió mùa đông bắc"
LOGIN = "/accounts/login/"
ASKED_FOR = "/drafts/?stage=consulting"

OFF_SITE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:///evil.example/a",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "//\\evil.example",
    "https:\\\\evil.example",
    "https://testserver@evil.example/",
    "https://testserver:80@evil.example/",
    "https://testserver.evil.example/",
    "https://testserver%2eevil.example/",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "https://evil.example\\@testserver/",
    "//testserver@evil.example",
    "ftp://testserver/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://testserver/%0aalert(1)",
    "data:text/html,hello",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "\x01https://evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example/\r\nSet-Cookie: a=b",
    "//evil。example",
    "//ⓔvil.example",
    "https://[::1]@evil.example/",
    "https://[evil.example/",
    "http:evil.example",
    "//localhost.evil.example/",
    "mailto:somebody@evil.example",
]


class SignInTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.lan = make_user("lan", email="lan@example.org", password=PASSWORD)

    def sign_in(self, login="lan", password=PASSWORD, **extra):
        return self.client.post(LOGIN, {"login": login, "password": password}, **extra)

    def sign_out(self):
        """As a person does; the test client's own way forgets every cookie."""
        self.client.post("/accounts/logout/")

    def is_signed_in(self):
        return self.client.get(reverse("drafts:list")).status_code == 200


class SignInTests(SignInTestCase):
    def test_by_user_name_or_e_mail_in_any_case(self):
        for login in ("lan", "LAN", "lan@example.org", "Lan@Example.org"):
            with self.subTest(login):
                self.assertRedirects(self.sign_in(login), "/", fetch_redirect_response=False)
                self.assertTrue(self.is_signed_in())
                self.sign_out()

    def test_a_user_name_goes_before_an_address(self):
        make_user("lan@example.org", email="another@example.org", password="another password")
        self.sign_in("lan@example.org", "another password")
        self.assertEqual(self.client.session["_auth_user_id"], str(User.objects.get(username="lan@example.org").pk))

    def test_the_answer_is_the_same_for_known_and_unknown_names(self):
        make_user("gone", email="gone@example.org", password=PASSWORD, is_active=False)
        answers = set()
        for login in ("lan", "lan@example.org", "nobody", "nobody@example.org", "gone"):
            response = self.sign_in(login, "wrong")
            self.assertEqual(response.status_code, 200)
            page = response.content.decode().replace(f'value="{login}"', "")
            answers.add(re.sub(r'(csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"', "", page))
        self.assertEqual(len(answers), 1)

    @override_settings(PASSWORD_HASHERS=HASHERS)
    def test_one_password_is_looked_at_for_known_and_unknown_names(self):
        make_user("minh", email="minh@example.org", password=PASSWORD)
        for login in ("minh", "minh@example.org", "nobody", "nobody@example.org"):
            with self.subTest(login), Counted() as counted:
                self.sign_in(login, "wrong")
            self.assertEqual(counted.looks, 1, login)

    def test_nobody_registers(self):
        self.assertTemplateUsed(self.client.get("/accounts/signup/"), "account/signup_closed.html")
        form = {"username": "new", "email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
        self.assertTemplateUsed(self.client.post("/accounts/signup/", form), "account/signup_closed.html")
        self.assertEqual(User.objects.count(), 1)


class WayBackTests(SignInTestCase):
    def test_a_stranger_is_sent_to_sign_in_and_back_to_the_page_asked_for(self):
        asked = self.client.get(ASKED_FOR)
        self.assertEqual(asked.status_code, 302)
        page = self.client.get(asked.url)
        self.assertContains(page, f'name="next" value="{ASKED_FOR}"')
        form = {"login": "lan", "password": PASSWORD, "next": ASKED_FOR}
        self.assertRedirects(self.client.post(LOGIN, form), ASKED_FOR)

    def test_the_way_back_survives_a_wrong_password(self):
        page = self.client.post(LOGIN, {"login": "lan", "password": "wrong", "next": ASKED_FOR})
        self.assertContains(page, f'name="next" value="{ASKED_FOR}"')

    def test_the_administration_is_asked_for_at_the_same_door(self):
        for address in ("/admin/accounts/unit/", "/admin/login/?next=/admin/accounts/unit/"):
            with self.subTest(address):
                self.assertEqual(unquote(self.client.get(address)["Location"]), f"{LOGIN}?next=/admin/accounts/unit/")

    def test_nobody_is_led_off_the_site(self):
        self.assertGreaterEqual(len(OFF_SITE), 40)
        for wanted in OFF_SITE:
            with self.subTest(wanted):
                response = self.client.post(LOGIN, {"login": "lan", "password": PASSWORD, "next": wanted})
                self.assertEqual((response.status_code, response["Location"]), (302, "/"))
                self.sign_out()

    def test_nobody_who_is_signed_in_already_is_led_off_the_site(self):
        self.client.force_login(self.lan)
        for wanted in OFF_SITE:
            with self.subTest(wanted):
                response = self.client.get(LOGIN, {"next": wanted})
                self.assertIn((response.status_code, response.get("Location", "")), [(302, "/"), (400, "")])


class EndOfSessionTests(SignInTestCase):
    def test_the_deactivated_are_out_at_their_next_request(self):
        self.sign_in()
        self.assertTrue(self.is_signed_in())
        User.objects.filter(pk=self.lan.pk).update(is_active=False)
        self.assertFalse(self.is_signed_in())
        self.sign_in()
        self.assertFalse(self.is_signed_in())

    def test_signing_out_ends_the_session_for_good(self):
        self.sign_in()
        kept = self.client.cookies["sessionid"].value
        self.assertRedirects(self.client.post("/accounts/logout/"), LOGIN, fetch_redirect_response=False)
        self.client.cookies["sessionid"] = kept
        self.assertFalse(self.is_signed_in())

    def test_a_link_cannot_sign_anybody_out(self):
        self.sign_in()
        self.assertEqual(self.client.get("/accounts/logout/").status_code, 200)
        self.assertTrue(self.is_signed_in())

    def test_a_new_password_ends_the_other_sessions(self):
        other = Client()
        other.post(LOGIN, {"login": "lan", "password": PASSWORD})
        self.assertEqual(other.get("/drafts/").status_code, 200)
        self.sign_in()
        form = {"oldpassword": PASSWORD, "password1": "nắng hạ miền trung", "password2": "nắng hạ miền trung"}
        self.assertEqual(self.client.post("/accounts/password/change/", form).status_code, 302)
        self.assertTrue(self.is_signed_in())
        self.assertEqual(other.get("/drafts/").status_code, 302)

    def test_signing_in_gives_a_new_session(self):
        self.client.get(LOGIN)
        session = self.client.session
        session["theme"] = "dark"
        session.save()
        self.client.cookies["sessionid"] = planted = session.session_key
        self.sign_in()
        self.assertNotEqual(self.client.cookies["sessionid"].value, planted)

    def test_signing_in_is_not_written_into_the_persons_record(self):
        before = self.lan.history.count()
        self.sign_in()
        self.assertEqual(self.lan.history.count(), before)


class LimitTests(SignInTestCase):
    def guess(self, times, login="lan", **extra):
        client = Client()
        return [client.post(LOGIN, {"login": login, "password": "wrong"}, **extra) for _time in range(times)][-1]

    def refuses(self, login="lan", **extra):
        """Whether the right password is refused on a browser nobody has used before."""
        client = Client()
        client.post(LOGIN, {"login": login, "password": PASSWORD}, **extra)
        return client.get("/drafts/").status_code == 302

    @override_settings(PASSWORD_HASHERS=HASHERS)
    def test_after_five_wrong_passwords_none_is_looked_at(self):
        self.lan.set_password(PASSWORD)
        self.lan.save(update_fields=["password"])
        with Counted() as counted:
            last = self.guess(8)
        self.assertEqual(counted.looks, 5)
        self.assertContains(last, str(AccountAdapter.error_messages["too_many_login_attempts"]))
        self.assertTrue(self.refuses())

    def test_every_way_to_write_a_name_counts_as_one(self):
        for login in ("lan", "LAN", " lan ", "Lan", "ｌａｎ"):
            self.guess(1, login)
        self.assertTrue(self.refuses())

    def test_an_unknown_name_is_limited_just_the_same(self):
        known, unknown = self.guess(6), self.guess(6, "nobody", REMOTE_ADDR="10.0.0.9")
        errors = [response.context["form"].non_field_errors() for response in (known, unknown)]
        self.assertEqual(errors[0], errors[1])

    def test_the_right_password_gives_the_attempt_back(self):
        for _time in range(12):
            self.assertFalse(self.refuses())

    def test_one_address_tries_ten_names_in_half_an_hour(self):
        for number in range(10):
            self.guess(1, f"name{number}", REMOTE_ADDR="10.0.0.1")
        self.assertTrue(self.refuses(REMOTE_ADDR="10.0.0.1"))
        self.assertFalse(self.refuses(REMOTE_ADDR="10.0.0.2"))

    def test_a_blocked_address_cannot_use_up_other_peoples_attempts(self):
        for number in range(10):
            self.guess(1, f"name{number}", REMOTE_ADDR="10.0.0.1")
        self.guess(9, "lan", REMOTE_ADDR="10.0.0.1")
        self.assertFalse(self.refuses(REMOTE_ADDR="10.0.0.2"))

    def test_one_subscriber_of_ipv6_is_one_address(self):
        for number in range(10):
            self.guess(1, f"name{number}", REMOTE_ADDR=f"2001:db8:1:2::{number}")
        self.assertTrue(self.refuses(REMOTE_ADDR="2001:db8:1:2::ffff"))
        self.assertFalse(self.refuses(REMOTE_ADDR="2001:db8:1:3::1"))

    def test_an_address_somebody_claims_to_come_from_is_not_believed(self):
        for number in range(10):
            self.guess(1, f"name{number}", headers={"x-forwarded-for": f"10.9.9.{number}"})
        self.assertTrue(self.refuses(headers={"x-forwarded-for": "10.9.9.99"}))

    @override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
    def test_behind_our_proxy_the_address_it_saw_counts(self):
        for number in range(10):
            self.guess(1, f"name{number}", headers={"x-forwarded-for": f"1.1.1.{number}, 203.0.113.7"})
        self.assertTrue(self.refuses(headers={"x-forwarded-for": "203.0.113.7"}))
        self.assertFalse(self.refuses(headers={"x-forwarded-for": "203.0.113.8"}))

    def test_a_proxy_that_writes_a_port_breaks_nothing(self):
        with self.settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
            self.assertFalse(self.refuses(headers={"x-forwarded-for": "203.0.113.7:4711"}))

    def test_strangers_cannot_shut_a_member_out_of_the_members_own_browser(self):
        self.sign_in()
        self.sign_out()
        self.guess(9, "lan")
        self.assertTrue(self.refuses("lan"))
        self.sign_in()
        self.assertTrue(self.is_signed_in())

    def test_a_browser_known_for_one_person_is_a_strangers_for_another(self):
        make_user("minh", password=PASSWORD)
        self.sign_in()
        self.sign_out()
        for _time in range(5):
            self.sign_in("minh", "wrong")
        self.sign_in("minh")
        self.assertFalse(self.is_signed_in())

    def test_a_known_browser_is_limited_too(self):
        self.sign_in()
        self.sign_out()
        for _time in range(5):
            self.sign_in("lan", "wrong")
        self.sign_in()
        self.assertFalse(self.is_signed_in())

    def test_an_invented_cookie_is_worth_nothing(self):
        self.guess(5)
        self.client.cookies["known_browser"] = f"[{self.lan.pk}, 1]"
        self.sign_in()
        self.assertFalse(self.is_signed_in())

    def test_nobody_is_shut_out_for_longer_than_half_an_hour(self):
        self.guess(5)
        for number in range(9):
            self.guess(1, f"name{number}")
        self.assertTrue(self.refuses())
        now = timezone.now()
        with mock.patch("django.utils.timezone.now", lambda: now + dt.timedelta(minutes=31)):
            self.assertFalse(self.refuses())

    def test_trying_on_does_not_prolong_it(self):
        self.guess(5)
        now = timezone.now()
        with mock.patch("django.utils.timezone.now", lambda: now + dt.timedelta(minutes=4)):
            self.guess(5)
        with mock.patch("django.utils.timezone.now", lambda: now + dt.timedelta(minutes=6)):
            self.assertFalse(self.refuses(REMOTE_ADDR="10.0.0.2"))

    def test_counts_that_ended_are_forgotten(self):
        self.guess(1, "nobody")
        AttemptCount.objects.update(ends_at=timezone.now() - dt.timedelta(seconds=1))
        self.sign_in()
        self.assertFalse(AttemptCount.objects.filter(ends_at__lt=timezone.now()).exists())


@override_settings(PASSWORD_HASHERS=HASHERS)
class ParallelGuessingTests(TransactionTestCase):
    def guess(self, login):
        try:
            return Client().post(LOGIN, {"login": login, "password": "wrong"}).status_code
        finally:
            connections.close_all()

    def guess_at_once(self, logins):
        with Counted() as counted, ThreadPoolExecutor(25) as pool:
            answers = list(pool.map(self.guess, logins))
        self.assertEqual((len(answers), set(answers)), (len(logins), {200}))
        return counted.looks

    def test_of_fifty_wrong_passwords_at_once_five_are_looked_at(self):
        make_user("lan", password=PASSWORD)
        self.assertEqual(self.guess_at_once(["lan"] * 50), 5)

    def test_of_fifty_names_from_one_address_at_once_ten_are_tried(self):
        self.assertEqual(self.guess_at_once([f"name{number}" for number in range(50)]), 10)


@pytest.mark.django_db
def test_user_names_differ_by_more_than_their_capitals(client):
    make_user("lan")
    with pytest.raises(Exception, match="one_person_per_user_name"):
        make_user("LAN", email="other@example.org")
