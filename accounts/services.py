"""Inviting people. Handing over what is theirs stands in ``accounts.handover``."""

from __future__ import annotations

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import outbox
from accounts.models import OutgoingMail, User
from config.errors import RuleBrokenError

# Mail that opens the account of its recipient: never readdressed to anybody else.
ACCOUNT_MAIL = "account:"


@transaction.atomic
def invite(user: User, *, by: User) -> OutgoingMail:
    """Mail the person a link to choose a password with; the link works once, for as long as a reset link does."""
    if not user.is_active:
        raise RuleBrokenError(_("%(person)s is not active.") % {"person": user})
    if not user.email:
        raise RuleBrokenError(_("%(person)s has no mail address.") % {"person": user})
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    with translation.override("vi"):
        return outbox.post(
            key=f"{ACCOUNT_MAIL}invitation:{uuid.uuid4()}",
            recipient=user,
            subject=_("Your account for reviewing drafts"),
            body=_(
                "Dear %(person)s,\n\n"
                "%(inviter)s has opened an account for you. Your user name is %(username)s.\n"
                "Choose a password here: %(address)s\n\n"
                "The link works once and expires. If it has expired, ask for a new one on the sign-in page."
            )
            % {"person": user, "inviter": by, "username": user.username, "address": settings.SITE_URL + path},
        )
