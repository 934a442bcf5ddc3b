"""The style guide: every token and component once, for administrators."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every token and component once, for administrators."""
    if not request.user.is_staff:
        raise PermissionDenied(_("The style guide is for administrators."))
    return render(request, "config/styleguide.html", styleguide_context(timezone.localdate()))


class SampleForm(forms.Form):
    """One field of every kind, for the style guide only."""

    title = forms.CharField(
        label=gettext_lazy("Title of the draft"), help_text=gettext_lazy("As on the first page of the text.")
    )
    due_on = forms.DateField(label=gettext_lazy("Reply deadline"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of comment"),
        choices=[("wording", gettext_lazy("Wording")), ("more", gettext_lazy("Supplement"))],
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("Do you agree with the draft?"),
        choices=[("yes", gettext_lazy("Agree")), ("no", gettext_lazy("Disagree"))],
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Lead unit"), choices=[("btc", "Ban Tổ chức Tỉnh ủy"), ("vp", "Văn phòng Tỉnh ủy")]
    )
    text = forms.CharField(label=gettext_lazy("Comment"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(
        label=gettext_lazy("Attached file"), required=False, help_text=gettext_lazy("Word or text, up to 10 MB.")
    )
    reserve = forms.BooleanField(label=gettext_lazy("Reserve my opinion"), required=False)


def styleguide_context(today: dt.date) -> dict[str, Any]:
    """Gather what the style guide shows; days are relative to today, so that every chip appears."""
    day = dt.timedelta(days=1)
    form = SampleForm({"title": "Quy chế làm việc", "due_on": "31/11/2026", "kind": "wording", "unit": "btc"})
    return {
        "form": form,
        "today": today,
        "overdue_day": today - 2 * day,
        "soon_day": today + 2 * day,
        "later_day": today + 20 * day,
        "page": Paginator(range(312), 50).page(2),
        "swatches": SWATCHES,
        "signs": SIGNS,
        "states": [
            ("open", _("Unanswered")),
            ("accepted", _("Accepted")),
            ("partly", _("Accepted in part")),
            ("explained", _("Explained")),
            ("noted", _("Noted")),
            ("unsent", _("Not sent")),
            ("new", _("New")),
            ("amended", _("Amended")),
            ("split", _("Split")),
            ("merged", _("Merged")),
            ("moved", _("Moved")),
            ("dropped", _("Dropped")),
            ("kept", _("Kept")),
            ("sealed", _("Sealed until the deadline")),
        ],
        "figures": [
            {"text": _("Comments"), "value": 47, "sign": "comment"},
            {"text": _("Unanswered"), "value": 9, "sign": "open"},
            {"text": _("Units that replied"), "value": "9 / 12", "sign": "people"},
        ],
        "tabs": [
            {"text": _("Read"), "href": "#tabs", "is_current": True, "count": None},
            {"text": _("Comments"), "href": "#tabs", "is_current": False, "count": 47},
            {"text": _("Comparison"), "href": "#tabs", "is_current": False, "count": None},
        ],
        "steps": [(_("Drafts"), "#crumbs"), ("Quy chế làm việc", "#crumbs"), (_("Comments"), "")],
        "columns": [_("Unit"), _("Reply"), _("Comments")],
        "groups": [
            {
                "title": _("Replied"),
                "rows": [["Ban Nội chính Tỉnh ủy", "Nhất trí, có góp ý", 5], ["Đảng ủy Công an tỉnh", "Nhất trí", 0]],
            },
            {"title": _("Not yet replied"), "rows": [["Đảng ủy Quân sự tỉnh", "Đã mở xem", 0]]},
        ],
        "items": [
            {"text": _("Export as Word"), "href": "#menu", "sign": "download"},
            {"text": _("History"), "href": "#menu", "sign": "history"},
        ],
    }


SWATCHES = [
    ("paper", gettext_lazy("desk")),
    ("surface", gettext_lazy("sheet")),
    ("sunken", gettext_lazy("quiet area")),
    ("line", gettext_lazy("hairline")),
    ("control", gettext_lazy("border of a control")),
    ("ink", gettext_lazy("text")),
    ("ink-soft", gettext_lazy("secondary text")),
    ("ink-faint", gettext_lazy("faintest text")),
    ("brand", gettext_lazy("name, overdue, error")),
    ("action", gettext_lazy("what one can do")),
    ("action-tint", gettext_lazy("chosen line")),
    ("done", gettext_lazy("done, inserted")),
    ("done-mid", gettext_lazy("done, areas")),
    ("done-tint", gettext_lazy("inserted, ground")),
    ("gone", gettext_lazy("deleted")),
    ("gone-tint", gettext_lazy("deleted, ground")),
    ("mark", gettext_lazy("commented words")),
    ("mark-strong", gettext_lazy("words whose note is open")),
    ("mark-line", gettext_lazy("rule of a quotation")),
    ("area", gettext_lazy("quiet area in pictures")),
]

SIGNS = [
    *("accepted alert amend attach bell calendar check clock close comment compare copy document down".split()),
    *("download edit equal exit explained eye filter flag help history home info key language left link list".split()),
    *("lock mail merge mic minus moon more move noted open partly people plus print reply right saved screen".split()),
    *("search send settings shield split sun trash undo unit up upload user vote".split()),
]
