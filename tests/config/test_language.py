"""Vietnamese first, whatever language the browser speaks."""

from django.conf import settings
from django.urls import reverse

SIGN_IN = "/accounts/login/"


def test_an_english_browser_gets_vietnamese(client, db):
    response = client.get(SIGN_IN, headers={"Accept-Language": "en-US,en;q=0.9"})
    assert 'lang="vi"' in response.text
    assert response.headers["Content-Language"] == "vi"


def test_whoever_chooses_english_gets_it(client, db):
    client.post(reverse("set_language"), {"language": "en", "next": SIGN_IN})
    assert 'lang="en"' in client.get(SIGN_IN).text


def test_a_language_we_do_not_speak_counts_as_none(client, db):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert 'lang="vi"' in client.get(SIGN_IN).text
