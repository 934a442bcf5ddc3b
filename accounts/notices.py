"""What people are told: on the page at once, by mail in batches at their own pace, quiet at night.

``notify`` is called inside the transaction of its cause::

    notify([author], kind=NoticeKind.ANSWER, key=f"answer:{response.pk}:{operation.pk}", subject="…", text="…",
           path=reverse(…), about=f"draft:{document.pk}", by=actor)

It tells nobody what they did themselves, and nobody twice under one key. What a notice is about is asked through the
gate of its kind ("draft") when it is written, when it is shown, when the mail is composed and when it leaves: whoever
has lost the seat meanwhile hears nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts import outbox
from accounts.knowing import may_know
from accounts.models import Notice, NoticeKind, NoticeSettings, User

Pace = NoticeSettings.Pace
NIGHT = (21, 7)
"""From nine in the evening to seven in the morning, Hà Nội time, no mail about notices leaves."""
ALL_KINDS = "*"
_SALT = "accounts.notices"


def notify(
    people: Iterable[User | None],
    *,
    kind: str,
    key: str,
    subject: str,
    path: str,
    text: str = "",
    about: str = "",
    by: User | None = None,
) -> list[Notice]:
    """Tell each of the people once; not whoever did it, not who has left, not who may not know."""
    told = {person.pk: person for person in people if person and person.is_active and (by is None or person != by)}
    if not told:
        return []
    may = may_know([about], list(told))
    rows = [
        Notice(
            recipient=person,
            kind=kind,
            key=key[:120],
            subject=" ".join(subject.split())[:300],
            text=text,
            path=path,
            about=about,
        )
        for person in told.values()
        if not about or (about, person.pk) in may
    ]
    return Notice.objects.bulk_create(rows, ignore_conflicts=True)


def shown_to(user: User, notices: Sequence[Notice]) -> list[Notice]:
    """Those the person may still know of. One query per kind of thing they are about."""
    may = may_know({notice.about for notice in notices if notice.about}, [user.pk])
    return [notice for notice in notices if not notice.about or (notice.about, user.pk) in may]


def mail_what_waits(*, now: dt.datetime | None = None) -> int:
    """Write the mails that are due: one per person with all that waits. Returns how many."""
    now = now or timezone.now()
    if _is_night(now):
        return 0
    people = list(Notice.objects.unmailed().order_by().values_list("recipient", flat=True).distinct())
    held = {row.user_id: row for row in NoticeSettings.objects.filter(user__in=people)}
    written = 0
    for person in people:
        written += _mail(person, held.get(person) or NoticeSettings(user_id=person), now=now)
    return written


def settings_of(user: User) -> NoticeSettings:
    """The person's own, or the usual ones, not stored yet."""
    return NoticeSettings.objects.filter(user=user).first() or NoticeSettings(user=user)


def token_for(user: User, kind: str = ALL_KINDS) -> str:
    """What unsubscribes from one kind, or from all mail about notices, without signing in."""
    return signing.dumps({"user": user.pk, "kind": kind}, salt=_SALT)


def read_token(token: str) -> tuple[User, str] | None:
    """Whom and what it unsubscribes; None when it is forged or the person is gone."""
    try:
        said = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    user = User.objects.active().filter(pk=said.get("user")).first()
    return (user, said["kind"]) if user and said.get("kind") in (ALL_KINDS, *NoticeKind.values) else None


@transaction.atomic
def unsubscribe(user: User, kind: str) -> None:
    held, _created = NoticeSettings.objects.select_for_update().get_or_create(user=user)
    if kind == ALL_KINDS:
        held.pace = Pace.NEVER
    elif kind not in held.muted:
        held.muted = [*held.muted, kind]
    held.save(update_fields=["pace", "muted"])


@transaction.atomic
def subscribe(user: User, kind: str) -> None:
    """Take unsubscribing back."""
    held, _created = NoticeSettings.objects.select_for_update().get_or_create(user=user)
    if kind == ALL_KINDS:
        held.pace = Pace.HOURLY
    else:
        held.muted = [one for one in held.muted if one != kind]
    held.save(update_fields=["pace", "muted"])


@transaction.atomic
def _mail(person: int, wanted: NoticeSettings, *, now: dt.datetime) -> int:
    """One mail with all that waits for one person, if it is time; what is muted or seen is not mailed any more."""
    rows = Notice.objects.unmailed().filter(recipient=person).select_for_update(skip_locked=True, of=("self",))
    waiting = list(rows.select_related("recipient").order_by("pk"))
    if not waiting or not _is_time(wanted, waiting, now=now):
        return 0
    user = waiting[0].recipient
    open_ = [one for one in waiting if one.seen_at is None and one.kind not in wanted.muted]
    told = shown_to(user, open_) if wanted.pace != Pace.NEVER and user.is_active else []
    mail = None
    if told:
        mail = outbox.post(
            # With their number: what is left of a mail that was withheld may begin and end with the same notices.
            key=f"digest:{person}:{waiting[0].pk}:{waiting[-1].pk}:{len(waiting)}",
            recipient=user,
            subject=_words("subject", user, told),
            body=_words("body", user, told),
            about={one.about for one in told if one.about},
            headers={
                "List-Unsubscribe": f"<{_address(user, ALL_KINDS)}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
    Notice.objects.filter(pk__in=[one.pk for one in waiting]).update(mailed_at=now)
    Notice.objects.filter(pk__in=[one.pk for one in told]).update(mail=mail)
    return 1 if told else 0


def _is_time(wanted: NoticeSettings, waiting: Sequence[Notice], *, now: dt.datetime) -> bool:
    if wanted.pace in (Pace.AT_ONCE, Pace.NEVER):
        return True
    oldest = min(one.created_at for one in waiting)
    if wanted.pace == Pace.HOURLY:
        return now - oldest >= dt.timedelta(hours=1) or _is_first_of_the_day(oldest, now)
    local = timezone.localtime(now)
    due = local.replace(hour=max(wanted.hour, NIGHT[1]), minute=0, second=0, microsecond=0)
    return local >= due and oldest < due


def _is_first_of_the_day(oldest: dt.datetime, now: dt.datetime) -> bool:
    """What came in the night has waited long enough in the morning."""
    return _is_night(oldest) and not _is_night(now)


def _is_night(moment: dt.datetime) -> bool:
    begins, ends = NIGHT
    hour = timezone.localtime(moment).hour
    return hour >= begins or hour < ends


def _words(part: str, user: User, told: Sequence[Notice]) -> str:
    """A part of the mail, the newest first, in Vietnamese."""
    kinds = list(dict.fromkeys(one.kind for one in told))
    with translation.override("vi"):
        context = {
            "person": user,
            "notices": sorted(told, key=lambda one: -one.pk),
            "site": settings.SITE_URL,
            "kinds": [(NoticeKind(kind).label, _address(user, kind)) for kind in kinds],
            "everything": _address(user, ALL_KINDS),
            "preferences": settings.SITE_URL + reverse("notice_settings"),
        }
        return render_to_string(f"accounts/mail/notices_{part}.txt", context)


def _address(user: User, kind: str) -> str:
    return settings.SITE_URL + reverse("unsubscribe", args=[token_for(user, kind)])
