"""Signing in with the office's directory (OpenID Connect), as far as this house decides it."""

import os
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.urls import reverse

from accounts.adapters import SocialAccountAdapter
from accounts.models import OutgoingMail, User
from config import services
from tests.people import make_user

APP = {
    "provider_id": "sso",
    "name": "Tài khoản công vụ",
    "client_id": "gopy",
    "secret": "secret",
    "settings": {"server_url": "https://sso.example"},
}


@pytest.fixture
def directory(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [APP]}}


@pytest.fixture
def arrive(db, directory):
    """Somebody comes back from the directory with this address; returns the sign-in after our decision."""

    def come(email, *, verified=True):
        request = RequestFactory().get("/")
        request.user, request.session = AnonymousUser(), SessionStore()
        request._messages = FallbackStorage(request)
        login = SocialLogin(
            account=SocialAccount(provider="sso", uid="4711", extra_data={}),
            user=User(email=email),
            email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
        )
        with request_context(request):
            SocialAccountAdapter(request).pre_social_login(request, login)
        return login

    return come


@pytest.mark.django_db
def test_the_sign_in_page_offers_the_directory(client, directory):
    page = client.get("/accounts/login/").content.decode()
    assert "Tài khoản công vụ" in page
    assert reverse("openid_connect_login", args=["sso"]) in page


@pytest.mark.django_db
def test_without_one_the_sign_in_page_offers_a_password_alone(client):
    assert "/accounts/oidc/" not in client.get("/accounts/login/").content.decode()


def test_the_environment_names_the_directory():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "OIDC_SERVER_URL": "https://sso.example/realms/tinh",
        "OIDC_NAME": "Tài khoản công vụ",
        "OIDC_CLIENT_ID": "gopy",
        "OIDC_CLIENT_SECRET": "secret",
        "PYTHONIOENCODING": "utf-8",
    }
    words = (
        "from django.conf import settings as s;"
        "print(s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['name']);"
        "print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    )
    told = subprocess.run(
        [sys.executable, "-c", words],
        cwd=services.ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert "Tài khoản công vụ" in told
    assert "https://sso.example" in told


def test_whom_the_directory_vouches_for_gets_the_account_an_administrator_made(arrive):
    lan = make_user("lan", email="lan@example.org")
    login = arrive("Lan@Example.org")
    assert login.is_existing
    assert login.user == lan
    assert SocialAccount.objects.get().user == lan
    assert OutgoingMail.objects.get().recipient == lan


def test_an_address_nobody_vouches_for_opens_nothing(arrive):
    make_user("lan", email="lan@example.org")
    assert not arrive("lan@example.org", verified=False).is_existing
    assert not SocialAccount.objects.exists()


def test_the_directory_opens_no_account_of_somebody_deactivated(arrive):
    make_user("lan", email="lan@example.org", is_active=False)
    assert not arrive("lan@example.org").is_existing


def test_the_directory_makes_no_accounts(arrive):
    login = arrive("stranger@example.org")
    assert not login.is_existing
    assert not SocialAccountAdapter().is_open_for_signup(None, login)
    assert not User.objects.exists()
