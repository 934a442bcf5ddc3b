"""What people fill in about the arrangements of a meeting: its matters, its places, their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.models import User
from comments.forms import AttachmentsField
from drafts.models import Document, Edition
from meetings.guests import LONGEST_NAME, LONGEST_POST
from meetings.models import AgendaItem, Attendance


class MatterForm(forms.Form):
    """One matter as it stands on the agenda, and the files to read for it."""

    title = forms.CharField(label=_("Matter"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    edition = forms.ModelChoiceField(
        label=_("Edition on the table"), queryset=Edition.objects.none(), required=False, empty_label=_("None")
    )
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    attached = AttachmentsField(
        label=_("Papers"), required=False, help_text=_("PDF, Word or pictures, up to 20 MB each.")
    )

    def __init__(self, *args: Any, item: AgendaItem, draft: Document | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if draft is None:
            del self.fields["edition"]
        else:
            self.fields["edition"].queryset = draft.editions.standing()  # type: ignore[attr-defined]
        if item.document_id and draft is None:
            del self.fields["attached"]


class PlaceForm(forms.Form):
    """Where somebody sits in the order of protocol, and how a guest is called."""

    name = forms.CharField(label=_("Name of the guest"), max_length=LONGEST_NAME, required=False)
    post = forms.CharField(label=_("Post of the guest"), max_length=LONGEST_POST)
    rank = forms.IntegerField(
        label=_("Protocol rank"),
        min_value=0,
        max_value=100_000,
        help_text=_("The smaller the number, the nearer to the head of the table."),
    )

    def __init__(self, *args: Any, place: Attendance, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": place.guest_name, "post": place.guest, "rank": place.rank}
        super().__init__(*args, **kwargs)
        if not place.guest:
            del self.fields["name"], self.fields["post"]


class ReplyForm(forms.Form):
    """Coming, sending somebody else, or excusing oneself."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (Attendance.Reply.COMING, _("I am coming")),
            (Attendance.Reply.SUBSTITUTE, _("Somebody comes in my place")),
            (Attendance.Reply.EXCUSED, _("I cannot come")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are coming.")},
    )
    substitute_user = PersonField(
        label=_("Who comes instead"), queryset=User.objects.none(), required=False, empty_label=_("Somebody else")
    )
    substitute = forms.CharField(label=_("Name and post, if not in the list"), max_length=200, required=False)
    note = forms.CharField(label=_("Reason, note"), max_length=500, required=False)

    def __init__(self, *args: Any, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(pk__in=[person.pk for person in colleagues])
        self.fields["substitute_user"].queryset = people.select_related("unit").in_protocol_order()  # type: ignore[attr-defined]
        if not colleagues:
            del self.fields["substitute_user"]


class CancellationForm(forms.Form):
    """Why the meeting is called off; everybody who was called reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason.")},
    )
