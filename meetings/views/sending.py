"""The administrators' page of reminders: what is scheduled, sent and failed; sending again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from meetings import reminders
from meetings import sending as reading

ON_A_PAGE = 50


@require_safe
def sending(request: PersonRequest) -> HttpResponse:
    """Scheduled for the next days, and every mail with its state."""
    _administrators_only(request)
    state = request.GET.get("state", "")
    if state not in reading.STATES:
        state = "all"
    labels = {"all": _("All"), "waiting": _("Waiting"), "failed": _("Failed"), "sent": _("Sent")}
    counts = reading.counts()
    return render(
        request,
        "meetings/sending.html",
        {
            "page": Paginator(reading.mails(state), ON_A_PAGE).get_page(request.GET.get("page")),
            "planned": reading.next_days(timezone.localdate()),
            "now": timezone.now(),
            "tabs": [
                {"text": labels[name], "href": f"?state={name}", "is_current": name == state, "count": counts[name]}
                for name in reading.STATES
            ],
        },
    )


@require_POST
def again(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a reminder again that failed or was lost."""
    _administrators_only(request)
    mail = get_object_or_404(reading.mails("all"), pk=pk)
    copy = reminders.send_again(mail, by=request.user)
    if copy is None:
        messages.warning(request, _("Not sent: what it reminds of is no longer this person's."))
    else:
        messages.success(request, _("The reminder to %(person)s is on its way.") % {"person": mail.recipient})
    return redirect("meetings:sending")


def _administrators_only(request: PersonRequest) -> None:
    if not (request.user.is_staff and request.user.has_perm("accounts.view_outgoingmail")):
        raise PermissionDenied(_("How reminders are sent is for administrators."))
