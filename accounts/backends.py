"""Who is who: one look-up and one password check for every attempt."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from accounts.models import User


class PersonBackend(ModelBackend):
    """Signs in by user name or e-mail. Unknown names cost the same time as known ones, so the clock tells nothing."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **others: Any,
    ) -> User | None:
        login = username or email
        if not login or not password:
            return None
        person = find(login)
        if person is None:
            User().set_password(password)
            return None
        return person if person.check_password(password) and self.user_can_authenticate(person) else None

    def get_user(self, user_id: int) -> User | None:
        """The signed-in person of a request, with their unit: every page's account menu names it."""
        person = User.objects.select_related("unit").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None


def find(login: str) -> User | None:
    """Whose user name or mail address this is; the user name goes first."""
    people = User.objects.filter(Q(username__iexact=login) | Q(email__iexact=login))
    return min(people, key=lambda person: person.username.lower() != login.lower(), default=None)
