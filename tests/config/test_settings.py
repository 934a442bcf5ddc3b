"""Production starts well configured or not at all, and says what is missing."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

from config.services import ROOT

WELL = {
    "DEPLOYMENT": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATABASE_URL": "postgres://gopy:secret@database.invalid:5432/gopy",
    "REDIS_URL": "redis://broker.invalid:6379/0",
    "ALLOWED_HOSTS": "gopy.example.vn",
}
SHOW = "from django.conf import settings as s; print({expression})"


def run(environment, *command):
    ours = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "DEBUG", "DATABASE_OWNER_URL", "EMAIL_URL", *WELL}
    outside = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=outside | {"DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def show(expression, **environment):
    done = run(WELL | environment, "-c", SHOW.format(expression=expression))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(name):
    environment = {key: value for key, value in WELL.items() if key != name}
    done = run(environment, "-c", "from django.conf import settings; settings.DEBUG")
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {name} must be set in production" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "change-me" + "x" * 60, "SECRET_KEY is an example"),
        ("SECRET_KEY", "django-insecure-" + "x" * 60, "SECRET_KEY is an example"),
        ("SECRET_KEY", "short", "shorter than 50 characters"),
        ("DEBUG", "true", "must be off in production"),
        ("DEPLOYMENT", "staging", "DEPLOYMENT must be"),
    ],
)
def test_production_refuses_what_is_unsafe(name, value, reason):
    done = run(WELL | {name: value}, "-c", "from django.conf import settings; settings.DEBUG")
    assert done.returncode != 0
    assert reason in done.stderr


def test_without_being_told_it_is_production():
    environment = {name: value for name, value in WELL.items() if name != "DEPLOYMENT"}
    done = run(environment, "-c", SHOW.format(expression="s.IS_PRODUCTION, s.DEBUG"))
    assert done.stdout.strip() == "True False"
    nothing = run({}, "-c", "import config.wsgi")
    assert "must be set in production" in nothing.stderr


def test_production_is_closed_and_encrypted():
    assert show("s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME") == "__Host-sessionid __Host-csrftoken"
    assert show("s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT") == "True True True"
    assert int(show("s.SECURE_HSTS_SECONDS")) >= 365 * 24 * 3600
    assert show("s.SECURE_SSL_REDIRECT", SSL_REDIRECT="false") == "False"


def test_the_deployment_check_finds_nothing_to_warn_of():
    done = run(WELL, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_single_sign_on_is_ready_by_settings():
    with_sso = {
        "OIDC_SERVER_URL": "https://sso.example.vn/realms/tinh",
        "OIDC_CLIENT_ID": "gopy",
        "OIDC_CLIENT_SECRET": "x",
    }
    assert "https://sso.example.vn" in show("s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']", **with_sso)
    assert "gopy" in show("s.SOCIALACCOUNT_PROVIDERS", **with_sso)
    assert show("s.SOCIALACCOUNT_PROVIDERS") == "{}"


def test_the_policy_allows_no_inline_code():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert all("unsafe" not in source for sources in policy.values() for source in sources)
    assert (
        policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == policy["default-src"] == ["'none'"]
    )
