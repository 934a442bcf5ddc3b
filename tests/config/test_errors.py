"""What people get when something cannot be done, and what they never get: a 500 for what they typed."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from config.errors import RuleBrokenError
from config.middleware import is_unreadable

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.test_errors")]
HTMX = {"headers": {"HX-Request": "true"}}


def break_a_rule(request):
    raise RuleBrokenError("Đợt lấy ý kiến đã đóng.")


def forbid(request):
    raise PermissionDenied("Chỉ thư ký được ghi kết luận.")


def store(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [request.GET.get("number", "1")])
        return HttpResponse(request.POST.get("text", ""))


def lose_the_database(request):
    raise OperationalError("server closed the connection unexpectedly")


def fail(request):
    raise RuntimeError("inside")


urlpatterns = [
    path("rule/", break_a_rule),
    path("forbidden/", forbid),
    path("store/", store),
    path("fail/", fail),
    path("lost/", lose_the_database),
    path("articles/<int:pk>/", lambda request, pk: HttpResponse(get_user_model().objects.filter(pk=pk).count())),
    path("", include("config.urls")),
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"


@pytest.fixture
def member(client):
    person = get_user_model().objects.create_user("uyvien", full_name="Ủy viên")
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.raise_request_exception = False
    return client


def test_a_broken_rule_is_a_page_with_the_reason(member):
    response = member.get("/rule/")
    assert response.status_code == 409
    assert "Đợt lấy ý kiến đã đóng." in response.text
    assert "<html" in response.text


def test_a_broken_rule_is_a_notice_where_a_part_was_asked_for(member):
    response = member.post("/rule/", **HTMX)
    assert response.status_code == 409
    assert "Đợt lấy ý kiến đã đóng." in response.text
    assert "<html" not in response.text
    boosted = member.get("/rule/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<html" in boosted.text


def test_a_refusal_says_why(member):
    response = member.get("/forbidden/")
    assert response.status_code == 403
    assert "Chỉ thư ký được ghi kết luận." in response.text


def test_what_does_not_exist_is_404_in_our_words(member):
    response = member.get("/nowhere/")
    assert response.status_code == 404
    assert "<h1>" in response.text


def test_a_lost_database_is_503_and_worth_another_try(member):
    response = member.get("/lost/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "server closed" not in response.text


def test_our_own_failure_tells_nothing_of_the_inside(member):
    response = member.get("/fail/")
    assert response.status_code == 500
    assert "inside" not in response.text
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    "query", ["?q=%00", "?%00=1", "?q=a%00b", "?number=2147483648", "?number=1e309", "?number=%F0%9F%98%80"]
)
def test_an_address_that_cannot_be_read_is_400(member, query):
    assert member.get(f"/store/{query}").status_code == 400


def test_nul_in_a_path_is_400(member):
    assert member.get("/articles/%00/").status_code == 400


@pytest.mark.parametrize("text", ["\x00", "lời\x00văn", "\ud800", "a\udfff"])
def test_a_form_that_cannot_be_stored_is_400(member, text):
    body = b"text=" + "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass")).encode()
    response = member.post("/store/", body, content_type="application/x-www-form-urlencoded")
    # Django itself replaces half a surrogate pair that comes as bytes; what must not be is a failure.
    assert response.status_code in ((400,) if "\x00" in text else (200, 400))


def test_half_a_surrogate_pair_is_unreadable_and_every_letter_readable():
    assert is_unreadable(["lời \ud800 văn"])
    assert not is_unreadable(["lời văn 😀 Ệ \u202e"])


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_no_row_can_have_is_no_failure(member, number):
    assert member.get(f"/articles/{number}/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/store/", "/rule/", "/forbidden/", "/nowhere/", "/fail/", "/store/?q=%00", "/healthz"]
)
def test_every_answer_has_the_headers(member, address):
    headers = member.get(address).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_stranger_is_sent_to_the_sign_in_and_back(client):
    response = client.get("/rule/")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/rule/"


def test_a_stranger_who_asks_for_a_part_moves_with_the_whole_page(client):
    response = client.post(
        "/rule/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/drafts/3/?q=1"}
    )
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fdrafts%2F3%2F%3Fq%3D1"
    assert response.status_code == 200
    assert response.content == b""


def test_the_way_back_never_leaves_the_site(client):
    response = client.get("/rule/", headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"})
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2F"


@override_settings(LANGUAGE_CODE="vi")
def test_an_expired_form_is_explained(member):
    member.handler.enforce_csrf_checks = True
    response = member.post("/store/", {"text": "x"})
    assert response.status_code == 403
    assert "<html" in response.text
