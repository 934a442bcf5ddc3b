"""Notices: the list, how often they come by mail, and unsubscribing without signing in."""

from __future__ import annotations

from itertools import groupby

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import notices as service
from accounts.models import Notice, NoticeKind, NoticeSettings
from accounts.requests import PersonRequest

ON_A_PAGE = 50


class SettingsForm(forms.Form):
    """How often by mail, and about what."""

    pace = forms.ChoiceField(
        label=gettext_lazy("Mail about notices"),
        choices=[(value, capfirst(label)) for value, label in NoticeSettings.Pace.choices],
        widget=forms.RadioSelect,
    )
    hour = forms.IntegerField(
        label=gettext_lazy("Hour of the daily mail"),
        min_value=7,
        max_value=20,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("By mail I want to hear of"),
        choices=[(value, capfirst(label)) for value, label in NoticeKind.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("On the page everything is shown. Invitations and reminders of tasks come in any case."),
    )


@require_safe
def notices(request: PersonRequest) -> HttpResponse:
    """The newest first, by day; ``?unseen`` shows only what has not been seen."""
    mine = Notice.objects.filter(recipient=request.user).order_by("-pk")
    if "unseen" in request.GET:
        mine = mine.unseen()
    page = Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = service.shown_to(request.user, list(page.object_list))
    days = [(day, list(theirs)) for day, theirs in groupby(shown, key=lambda one: timezone.localdate(one.created_at))]
    context = {"page": page, "days": days, "only_unseen": "unseen" in request.GET}
    return render(request, "accounts/notice_list.html", context)


@require_POST
def seen(request: PersonRequest) -> HttpResponse:
    """Mark everything as seen."""
    Notice.objects.filter(recipient=request.user).unseen().update(seen_at=timezone.now())
    return redirect("notices")


@require_safe
def notice(request: PersonRequest, pk: int) -> HttpResponse:
    """Lead to what the notice is about; from then on it is seen."""
    found = get_object_or_404(Notice, pk=pk, recipient=request.user)
    if not service.shown_to(request.user, [found]):
        raise Http404
    Notice.objects.filter(pk=pk, seen_at=None).update(seen_at=timezone.now())
    return redirect(found.path)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: PersonRequest) -> HttpResponse:
    """How often, and about what."""
    held = service.settings_of(request.user)
    wanted = [kind for kind in NoticeKind.values if kind not in held.muted]
    form = SettingsForm(request.POST or None, initial={"pace": held.pace, "hour": held.hour, "kinds": wanted})
    if form.is_valid():
        held.pace, held.hour = form.cleaned_data["pace"], form.cleaned_data["hour"]
        held.muted = [kind for kind in NoticeKind.values if kind not in form.cleaned_data["kinds"]]
        NoticeSettings.objects.update_or_create(
            user=request.user, defaults={"pace": held.pace, "hour": held.hour, "muted": held.muted}
        )
        messages.success(request, _("Your choice has been kept."))
        return redirect("notice_settings")
    return render(request, "accounts/notice_settings.html", {"form": form}, status=422 if form.is_bound else 200)


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the signed address is the right to do so
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail of one kind, or none at all; a second click takes it back."""
    said = service.read_token(token)
    if said is None:
        return render(request, "accounts/unsubscribed.html", {"is_unknown": True}, status=404)
    user, kind = said
    done = ""
    if request.method == "POST":
        if "undo" in request.POST:
            service.subscribe(user, kind)
            done = "subscribed"
        else:
            service.unsubscribe(user, kind)
            done = "unsubscribed"
    name = "" if kind == service.ALL_KINDS else NoticeKind(kind).label
    return render(request, "accounts/unsubscribed.html", {"name": name, "done": done})
