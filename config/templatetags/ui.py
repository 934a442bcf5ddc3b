"""Presentation only: signs, dates, chips and ids for templates. Nothing here asks the database.

``{% load ui %}`` gives ``{% icon %}``, ``{% badge %}``, ``{% due %}``, ``{% person %}`` and the filters ``day``,
``day_month``, ``moment``, ``clock`` and ``dom_id``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

register = template.Library()

SOON_DAYS = 3
"""A deadline is "soon" from this many days before its last day on; the first reminder leaves on the same day."""

STATE_ICONS = {
    "open": "open",
    "accepted": "accepted",
    "partly": "partly",
    "explained": "explained",
    "noted": "noted",
    "unsent": "edit",
    "withdrawn": "undo",
    "reopened": "flag",
    "new": "plus",
    "amended": "amend",
    "split": "split",
    "merged": "merge",
    "moved": "move",
    "dropped": "minus",
    "kept": "equal",
    "sealed": "lock",
    "done": "accepted",
    "waiting": "clock",
    "overdue": "alert",
    "progress": "clock",
}

WEEKDAYS = [
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
]

DUE_ICONS = {"overdue": "alert", "soon": "clock", "later": "calendar", "done": "accepted"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One sign of static/icons/sprite.svg, silent for screen readers unless it is given a label."""
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.inclusion_tag("components/badge.html")
def badge(state: str, text: str, sign: str = "") -> dict[str, str]:
    """A state as sign and word: ``{% badge comment.state comment.get_state_display %}``."""
    return {"state": state, "text": text, "sign": sign or STATE_ICONS.get(state, "info")}


@register.inclusion_tag("components/person.html")
def person(name: str, post: str = "", unit: str = "") -> dict[str, str]:
    """A person line: name, then post and body. There are no portraits."""
    return {"name": name, "post": ", ".join(part for part in (str(post), str(unit)) if part)}


@register.inclusion_tag("components/due.html")
def due(
    last_day: dt.date | None,
    due_on: dt.date | None = None,
    limit: str = "by",
    done_on: dt.date | dt.datetime | None = None,
    today: dt.date | None = None,
    at: dt.time | None = None,
) -> dict[str, str]:
    """A deadline as a chip: overdue, soon, later or done.

    ``last_day`` is the last day on which the work is in time; ``due_on`` and ``limit`` ("before" or "by") are the
    words of the conclusion, so "trước ngày 10/11" has the last day 09/11. ``at``: the hour of that day.
    """
    now = timezone.localtime()
    today = today or now.date()
    is_past = at is not None and last_day == now.date() and at < now.time()
    state = due_state(last_day, done_on=done_on, today=today, is_past=is_past)
    return {
        "state": state,
        "sign": DUE_ICONS[state],
        "text": due_words(state, last_day, due_on=due_on, limit=limit, done_on=done_on, today=today, at=at),
    }


def due_state(last_day: dt.date | None, *, done_on: dt.date | None, today: dt.date, is_past: bool = False) -> str:
    """Answer "done", "overdue", "soon" or "later"; work without a deadline is "later". ``is_past``: its hour is."""
    if done_on:
        return "done"
    if last_day is None:
        return "later"
    if last_day < today or is_past:
        return "overdue"
    return "soon" if (last_day - today).days <= SOON_DAYS else "later"


def due_words(
    state: str,
    last_day: dt.date | None,
    *,
    due_on: dt.date | None,
    limit: str,
    done_on: dt.date | dt.datetime | None,
    today: dt.date,
    at: dt.time | None = None,
) -> str:
    """Say the chip's state in words, with the limit as the chair spoke it."""
    if state == "done":
        return gettext("Done on %(day)s") % {"day": near_day(done_on, today=today)}
    if last_day is None:
        return gettext("No deadline")
    if state == "overdue":
        days = (today - last_day).days
        if not days and at:
            return gettext("Overdue since %(hour)s today") % {"hour": at.strftime("%H:%M")}
        return ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": days}
    if at is not None:
        hour, named = at.strftime("%H:%M"), near_day(last_day, today=today)
        return pgettext("deadline", "before %(hour)s on %(day)s") % {"hour": hour, "day": named}
    if limit == "before":
        named = near_day(due_on or last_day + dt.timedelta(days=1), today=today)
        return pgettext("deadline", "before %(day)s") % {"day": named}
    return pgettext("deadline", "by the end of %(day)s") % {"day": near_day(due_on or last_day, today=today)}


def near_day(value: dt.date | dt.datetime | None, *, today: dt.date) -> str:
    """Write a day of this year as 05/11, of another year in full."""
    return day_month(value) if value and value.year == today.year else day(value)


@register.simple_tag(takes_context=True)
def current_place(context: template.Context) -> str:
    """Name the place of the frame this page belongs to: home, drafts, meetings, assignments or none."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    if match.view_name == "home":
        return "home"
    if match.app_name == "meetings" and (match.url_name or "").startswith(("assignment", "absence")):
        return "assignments"
    return {"drafts": "drafts", "comments": "drafts", "meetings": "meetings"}.get(match.app_name, "")


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Write a day in full: 05/11/2026."""
    return _local_date(value, "%d/%m/%Y")


@register.filter
def day_month(value: dt.date | dt.datetime | None) -> str:
    """Write a day of the current year: 05/11."""
    return _local_date(value, "%d/%m")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Write a moment as people say it: "9 giờ 05 ngày 05/11/2026", "17 giờ ngày 07/11/2026"."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    day = local.strftime("%d/%m/%Y")
    if local.minute == 0:
        return pgettext("moment", "%(hour)s:00 on %(day)s") % {"hour": local.hour, "day": day}
    words = {"hour": local.hour, "minute": f"{local.minute:02d}", "day": day}
    return pgettext("moment", "%(hour)s:%(minute)s on %(day)s") % words


@register.filter
def clock(value: dt.datetime | None) -> str:
    """Write a moment of today as the clock shows it, 14:05; of another day with the day, 14:05 06/11/2026."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return local.strftime("%H:%M" if local.date() == timezone.localdate() else "%H:%M %d/%m/%Y")


@register.filter
def weekday(value: dt.date) -> str:
    """The day of the week in words; Django's Vietnamese has numbers ("Thứ 3")."""
    return str(WEEKDAYS[value.weekday()])


@register.filter
def dom_id(row: Any, prefix: str = "") -> str:
    """Name a row's element: ``comment-12``, or ``answer-comment-12`` with the prefix "answer"."""
    name = f"{row._meta.model_name}-{row.pk}"
    return f"{prefix}-{name}" if prefix else name


def _local_date(value: dt.date | dt.datetime | None, pattern: str) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return value.strftime(pattern)


@register.filter
def under(names: Mapping[str, str], key: str) -> str:
    """What stands under the key: ``{{ stage_names|under:document.stage }}``; nothing when there is none."""
    return names.get(key, "")
