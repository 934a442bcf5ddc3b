"""Inviting people. Handing over what is theirs stands in ``accounts.handover``."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import outbox
from accounts.models import OutgoingMail, User
from config.errors import RuleBrokenError

# Mail that opens the account of its recipient: never readdressed to anybody else.
ACCOUNT_MAIL = "account:"
INVITATION = f"{ACCOUNT_MAIL}invitation:"
JUST_NOW = dt.timedelta(minutes=5)
"""Who presses a button again within this time wants one mail, not two."""


@transaction.atomic
def invite(user: User, *, by: User) -> OutgoingMail | None:
    """Mail the person a link to choose a password with; the link works once, for as long as a reset link does.

    None when the person was invited at the same address just now: a second click sends nothing.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time
    if not user.is_active:
        raise RuleBrokenError(_("%(person)s is not active.") % {"person": user})
    if not user.email:
        raise RuleBrokenError(_("%(person)s has no mail address.") % {"person": user})
    key = f"{INVITATION}{user.pk}:{hashlib.sha256(user.email.encode()).hexdigest()[:16]}:"
    just_now = timezone.now() - JUST_NOW
    if OutgoingMail.objects.filter(key__startswith=key, created_at__gt=just_now, given_up_at=None).exists():
        return None
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    with translation.override("vi"):
        return outbox.post(
            key=f"{key}{uuid.uuid4()}",
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


def last_invitation(user: User) -> OutgoingMail | None:
    """The newest invitation written to the person, sent or not."""
    return OutgoingMail.objects.filter(recipient=user, key__startswith=INVITATION).order_by("-pk").first()
