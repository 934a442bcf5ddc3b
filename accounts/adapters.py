"""How sign-in by django-allauth fits this house: nobody signs up, administrators invite, guessing is stopped."""

from __future__ import annotations

import datetime as dt
import ipaddress
import unicodedata
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import backends, outbox
from accounts.limits import Limit, forget_ended
from accounts.models import User
from accounts.services import ACCOUNT_MAIL

# Nobody is shut out for longer than half an hour, and on a browser one has signed in with before not by strangers.
PER_NAME = Limit("sign-in name", attempts=5, within=dt.timedelta(minutes=5))
PER_BROWSER = Limit("sign-in browser", attempts=5, within=dt.timedelta(minutes=5))
PER_ADDRESS = Limit("sign-in address", attempts=10, within=dt.timedelta(minutes=30))

BROWSER_COOKIE = "known_browser"
BROWSER_SECONDS = 180 * 24 * 3600

WRONG_PASSWORD = _("The user name, the e-mail address or the password is not right.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_PASSWORD,
        "email_password_mismatch": WRONG_PASSWORD,
        "too_many_login_attempts": _(
            "Too many attempts failed. Try again in a few minutes, after half an hour at the latest."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """What is no address at all, such as ``https://[``, is not one of ours."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse before any password is looked at. What turns out right is given back in ``authenticate``."""
        self.taken: list[tuple[Limit, str]] = []
        login = str(credentials.get("username") or credentials.get("email") or "")
        browser = known_browser(request, login)
        if browser:
            self.take(PER_BROWSER, browser)
        else:
            self.take(PER_ADDRESS, network(self.get_client_ip(request)))
            self.take(PER_NAME, one_spelling(login))

    def take(self, limit: Limit, who: str) -> None:
        if not limit.take(who):
            self.give_back()  # a refused attempt does not use up the others' share of an address
            raise self.validation_error("too_many_login_attempts")
        self.taken.append((limit, who))

    def give_back(self) -> None:
        for limit, who in self.taken:
            limit.give_back(who)
        self.taken = []

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        person = super().authenticate(request, **credentials)
        if not isinstance(person, User):
            return None
        self.give_back()
        forget_ended()
        return person

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        response.set_cookie(
            BROWSER_COOKIE,
            signing.dumps([user.pk, uuid.uuid4().hex], salt=BROWSER_COOKIE),
            max_age=BROWSER_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail to somebody's own address goes through the outbox like all other: no page waits for a mail server."""
        person = context.get("user") or backends.find(email)
        if not isinstance(person, User) or person.email.lower() != email.lower():
            super().send_mail(template_prefix, email, context)
            return
        request = current.request
        about = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        mail = self.render_mail(template_prefix, email, about)
        outbox.post(key=f"{ACCOUNT_MAIL}{uuid.uuid4()}", recipient=person, subject=mail.subject, body=mail.body)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the site's own address, whatever host the request claimed to be for."""
        uidb36, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        return settings.SITE_URL + path


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens the account an administrator made; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The first time, the office's directory vouches for the address the administrator gave the person."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        for address in sociallogin.email_addresses:
            person = User.objects.active().filter(email__iexact=address.email).first() if address.verified else None
            if person is not None:
                sociallogin.connect(request, person)
                return


def known_browser(request: HttpRequest, login: str) -> str:
    """The name of this browser if the owner of ``login`` has signed in with it before, else ""."""
    try:
        person_pk, browser = signing.loads(
            request.COOKIES.get(BROWSER_COOKIE, ""), salt=BROWSER_COOKIE, max_age=BROWSER_SECONDS
        )
    except signing.BadSignature:
        return ""
    person = backends.find(login)
    return browser if person is not None and person.pk == person_pk else ""


def network(address: str) -> str:
    """One subscriber: an IPv4 address, or the /64 of an IPv6 one; what a proxy writes otherwise, as it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def one_spelling(login: str) -> str:
    """The same for all ways to write a name that the database takes for one: "lan", "LAN" and full-width letters."""
    return unicodedata.normalize("NFKC", login).strip().upper()
