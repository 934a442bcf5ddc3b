"""What people fill in when they change the order of a draft: one form per act."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from drafts.arranging import RANK, Where, branch_of, is_cut
from drafts.models import Provision
from drafts.outline import outline
from drafts.restructuring import (
    Act,
    Dissolution,
    Insertion,
    Merging,
    Moving,
    Numbering,
    Reinstatement,
    Removal,
    Renumbering,
    Splitting,
)
from drafts.texts import Sheet, Text

_OPENING = 110


class ActForm(forms.Form):
    """What every act is asked: how numbers go on, and why."""

    act = forms.CharField(widget=forms.HiddenInput)
    numbering = forms.ChoiceField(
        label=_("Numbers"),
        choices=[
            (Numbering.RENUMBER.value, _("Count the whole draft anew; citations follow")),
            (Numbering.KEEP.value, _("Leave all numbers; a new one becomes 5a, for example")),
        ],
        initial=Numbering.RENUMBER.value,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        help_text=_("It stands in the history and is offered to the comparison table."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    name = ""

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        self.fields["act"].initial = self.name
        self.ask()

    def ask(self) -> None:
        """Fill the choices that depend on the text."""

    def planned_act(self) -> Act:
        """The act as filled in; the form is valid."""
        raise NotImplementedError

    @property
    def numbers(self) -> Numbering:
        return Numbering(self.cleaned_data["numbering"])

    def find(self, wid: uuid.UUID) -> Sheet | None:
        return self.text.find(wid)


class PlaceForm(ActForm):
    """Acts that need a place: beside which provision, on which side."""

    where = forms.ChoiceField(
        label=_("Where"),
        choices=[
            (Where.AFTER.value, _("right behind")),
            (Where.BEFORE.value, _("right before")),
            (Where.FIRST.value, _("inside, at the beginning")),
            (Where.LAST.value, _("inside, at the end")),
        ],
        initial=Where.AFTER.value,
    )
    beside = forms.ChoiceField(label=_("Of which provision"))

    def ask(self) -> None:
        self.fields["beside"].choices = [(str(sheet.wid), line_of(sheet)) for sheet in self.text]  # type: ignore[attr-defined]

    def place(self) -> tuple[uuid.UUID, Where]:
        return uuid.UUID(self.cleaned_data["beside"]), Where(self.cleaned_data["where"])


class InsertionForm(PlaceForm):
    """A new provision: what it is, how it is called, where it goes."""

    name = "insert"
    kind = forms.ChoiceField(
        label=_("What to insert"),
        choices=[(kind, capfirst(label)) for kind, label in Provision.Kind.choices if kind in RANK],
        initial=Provision.Kind.ARTICLE,
    )
    heading = forms.CharField(
        label=_("Heading"), required=False, max_length=2000, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    field_order = ["kind", "heading", "where", "beside", "numbering", "reason"]

    def planned_act(self) -> Act:
        return Insertion(self.cleaned_data["kind"], self.cleaned_data["heading"], *self.place())


class MovingForm(PlaceForm):
    """Where the provision goes."""

    name = "move"
    wid = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["where", "beside", "numbering", "reason"]

    def ask(self) -> None:
        wid = uuid_of(self["wid"].value())
        inside = {sheet.wid for sheet in branch_of(self.text, wid)} if self.find(wid) else set()
        others = [(str(sheet.wid), line_of(sheet)) for sheet in self.text if sheet.wid not in inside]
        self.fields["beside"].choices = others  # type: ignore[attr-defined]
        if sheet := self.find(wid):
            self.start_from(sheet)

    def start_from(self, sheet: Sheet) -> None:
        """Where it stands now, so that the list opens there."""
        before = self.text.sheets[: self.text.sheets.index(sheet)]
        near = [one for one in before if one.parent == sheet.parent or one.wid == sheet.parent]
        if near:
            self.fields["beside"].initial = str(near[-1].wid)
            self.fields["where"].initial = Where.FIRST if near[-1].wid == sheet.parent else Where.AFTER

    def planned_act(self) -> Act:
        return Moving(self.cleaned_data["wid"], *self.place())


class SplittingForm(ActForm):
    """Where the article is cut, and how its second part is called."""

    name = "split"
    wid = forms.UUIDField(widget=forms.HiddenInput)
    line = forms.TypedChoiceField(label=_("The new article begins with"), coerce=int, widget=forms.RadioSelect)
    heading = forms.CharField(
        label=_("Heading of the new article"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["line", "heading", "numbering", "reason"]

    def ask(self) -> None:
        sheet = self.find(uuid_of(self["wid"].value()))
        lines = outline(sheet.text) if sheet else []
        cuts = [(at, shortened(lines[at].raw)) for at in range(1, len(lines)) if is_cut(lines, at)]
        self.fields["line"].choices = cuts  # type: ignore[attr-defined]

    def planned_act(self) -> Act:
        return Splitting(self.cleaned_data["wid"], self.cleaned_data["line"], self.cleaned_data["heading"])


class MergingForm(ActForm):
    """How the article is called that two become."""

    name = "merge"
    wid = forms.UUIDField(widget=forms.HiddenInput)
    heading = forms.CharField(
        label=_("Heading of the merged article"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["heading", "numbering", "reason"]

    def ask(self) -> None:
        if sheet := self.find(uuid_of(self["wid"].value())):
            self.fields["heading"].initial = sheet.heading

    def planned_act(self) -> Act:
        return Merging(self.cleaned_data["wid"], self.cleaned_data["heading"])


class RemovalForm(ActForm):
    """What goes with a heading."""

    name = "remove"
    wid = forms.UUIDField(widget=forms.HiddenInput)
    extent = forms.ChoiceField(
        label=_("What is removed"),
        choices=[
            ("whole", _("The heading and all that stands under it")),
            ("heading", _("The heading only; what stands under it joins what is before")),
        ],
        initial="whole",
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ["extent", "numbering", "reason"]

    def ask(self) -> None:
        sheet = self.find(uuid_of(self["wid"].value()))
        if sheet is None or RANK.get(sheet.kind, 9) >= RANK["article"]:
            del self.fields["extent"]

    def planned_act(self) -> Act:
        wid = self.cleaned_data["wid"]
        return Dissolution(wid) if self.cleaned_data.get("extent") == "heading" else Removal(wid)


class ReinstatementForm(ActForm):
    """A removed provision comes back."""

    name = "reinstate"
    wid = forms.UUIDField(widget=forms.HiddenInput)

    def planned_act(self) -> Act:
        return Reinstatement(self.cleaned_data["wid"])


class RenumberingForm(ActForm):
    """The whole draft is counted anew."""

    name = "renumber"

    def ask(self) -> None:
        self.fields["numbering"].widget = forms.HiddenInput()

    def planned_act(self) -> Act:
        return Renumbering()


FORMS: dict[str, type[ActForm]] = {
    form.name: form
    for form in (
        InsertionForm,
        SplittingForm,
        MergingForm,
        MovingForm,
        RemovalForm,
        ReinstatementForm,
        RenumberingForm,
    )
}


def line_of(sheet: Sheet) -> str:
    """A provision as one line of a list, indented by its size."""
    depth = max(RANK.get(sheet.kind, 1) - 1, 0)
    return "\u2003" * min(depth, 2) + shortened(sheet.title or sheet.text or sheet.kind)


def shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _OPENING else f"{words[:_OPENING].rsplit(' ', 1)[0]}…"


def uuid_of(value: Any) -> uuid.UUID:
    """The wid sent; one that nothing has for what is none."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return uuid.UUID(int=0)
