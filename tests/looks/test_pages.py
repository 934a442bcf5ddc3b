"""The pages that belong to no app: style guide, choice of colours, sign-in and its relatives, errors."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import OutgoingMail
from tests.people import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "mot-mat-khau-rat-dai"


@pytest.fixture
def member():
    return make_user("minh", password=PASSWORD)


@pytest.fixture
def administrator():
    return make_user("quan", is_staff=True, is_superuser=True)


def test_the_style_guide_opens_for_an_administrator(client, administrator):
    client.force_login(administrator)
    response = client.get(reverse("styleguide"))
    assert response.status_code == 200
    assert "Ế Ề Ể Ễ Ệ" in response.content.decode()


def test_every_page_tells_its_scripts_what_zone_the_clock_is_of(client):
    page = client.get(reverse("account_login")).content.decode()
    assert f'data-time-zone="{settings.TIME_ZONE}"' in page


@pytest.fixture
def in_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.mark.usefixtures("in_english")
def test_the_style_guide_is_refused_to_others_with_the_reason(client, member):
    client.force_login(member)
    response = client.get(reverse("styleguide"))
    assert response.status_code == 403
    assert "for administrators" in response.content.decode()


def test_a_stranger_is_sent_to_sign_in_from_the_style_guide(client):
    response = client.get(reverse("styleguide"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_the_style_guide_cannot_be_posted_to(client, administrator):
    client.force_login(administrator)
    assert client.post(reverse("styleguide")).status_code == 405


def test_a_chosen_colour_scheme_is_remembered_and_shown(client):
    response = client.post(reverse("theme"), {"theme": "dark", "next": reverse("account_login")})
    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))
    assert response.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in client.get(reverse("account_login")).content.decode()


def test_the_system_decides_again_when_asked_to(client):
    client.post(reverse("theme"), {"theme": "dark"})
    client.post(reverse("theme"), {"theme": "system"})
    assert "data-theme=" not in client.get(reverse("account_login")).content.decode().split("<body")[0]


def test_an_unknown_colour_scheme_is_not_remembered(client):
    assert client.post(reverse("theme"), {"theme": '"><script>'}).cookies["theme"].value == ""


def test_the_choice_of_colours_never_leads_to_another_site(client):
    response = client.post(reverse("theme"), {"theme": "dark", "next": "https://example.org/"})
    assert response["Location"] == "/"


def test_the_choice_of_colours_is_only_posted(client):
    assert client.get(reverse("theme")).status_code == 405


def test_signing_in_works_with_name_and_with_address(client, member):
    for login in ("minh", "minh@example.org"):
        response = client.post(reverse("account_login"), {"login": login, "password": PASSWORD, "next": "/theme/"})
        assert (response.status_code, response["Location"]) == (302, "/theme/")
        client.logout()


@pytest.mark.usefixtures("in_english")
def test_a_wrong_password_is_said_in_the_form_and_keeps_the_name(client, member):
    response = client.post(reverse("account_login"), {"login": "minh", "password": "sai"})
    page = response.content.decode()
    assert "is not right" in page and 'value="minh"' in page and 'role="alert"' in page


def test_the_page_asked_for_survives_signing_in(client):
    page = client.get(reverse("account_login") + "?next=/drafts/3/").content.decode()
    assert '<input type="hidden" name="next" value="/drafts/3/"' in page


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]
)
def test_a_stranger_sees_the_entrance_pages_in_our_looks(client, name):
    page = client.get(reverse(name)).content.decode()
    assert 'class="page entrance"' in page and '<div class="card stack">' in page


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index", "account_email", "account_logout"])
def test_a_person_sees_the_account_pages_in_our_looks(client, member, name):
    client.force_login(member)
    page = client.get(reverse(name)).content.decode()
    assert "<h1>" in page and 'class="topbar"' in page


def test_the_second_factor_is_set_up_with_a_code_to_scan(client, member):
    client.post(reverse("account_login"), {"login": "minh", "password": PASSWORD})
    asked = client.get(reverse("mfa_activate_totp"))
    assert 'class="card stack"' in client.get(asked["Location"]).content.decode()
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True).content.decode()
    assert 'src="data:image/svg+xml' in page and 'id="authenticator_secret"' in page


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "429"])
def test_an_error_page_says_what_to_do_even_without_a_request(code):
    page = render_to_string(f"{code}.html")
    assert "<h1>" in page and 'class="button primary" href="/"' in page


def test_the_page_of_our_own_failure_needs_nothing_but_its_file():
    assert "<h1>" in render_to_string("500.html")


def test_a_refusal_shows_its_reason():
    assert "Chỉ tổ soạn thảo" in render_to_string("403.html", {"exception": "Chỉ tổ soạn thảo"})
    assert "Dự thảo đã ban hành" in render_to_string("409.html", {"message": "Dự thảo đã ban hành"})


@pytest.mark.usefixtures("in_english")
def test_a_forgotten_password_is_answered_by_a_plain_mail(client, member):
    client.post(reverse("account_reset_password"), {"email": "minh@example.org"})
    mail = OutgoingMail.objects.get(recipient=member)
    assert "Choose a new password" in mail.subject
    assert "To Minh:" in mail.body and "/accounts/password/reset/key/" in mail.body and "&" not in mail.body


@pytest.mark.usefixtures("in_english")
def test_a_changed_password_is_reported_to_its_owner(client, member):
    client.post(reverse("account_login"), {"login": "minh", "password": PASSWORD})
    new = "mot-mat-khau-khac-han"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    mail = OutgoingMail.objects.get(recipient=member)
    assert "was changed" in mail.body and "If this was not you" in mail.body


@pytest.mark.parametrize("name", ["account/email/password_set", "mfa/email/totp_activated"])
def test_every_other_mail_of_the_account_is_plain_text_in_our_words(name):
    with translation.override("en"):
        body = render_to_string(f"{name}_message.txt", {"email": "ai@example.org", "ip": "::1", "timestamp": "now"})
        subject = render_to_string(f"{name}_subject.txt").strip()
    assert "Draft review" in body and "<" not in body and "Hello from" not in body
    assert subject and "\n" not in subject
