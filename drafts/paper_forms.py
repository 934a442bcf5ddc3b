"""What people fill in about the layout of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from drafts.forms import capitalised
from drafts.models import Document, PaperLayout

HEAD = (
    "upper_body",
    "issuing_body",
    "body_symbol",
    "number_form",
    "place",
    "draft_mark",
    "working_mark",
    "nation",
    "motto",
)
END = ("recipients_head", "recipients", "authority", "position", "signer")
PAGE = (
    "font", "body_size", "table_size", "page_number_size", "line_points", "line_multiple", "first_line", "gap_points",
    "top", "bottom", "left", "right", "mirrors_margins",
)  # fmt: skip
COMPARISON = (
    "comparison_title", "comparison_subject", "comparison_old", "comparison_new", "comparison_reason",
    "comparison_added", "comparison_dropped",
)  # fmt: skip
OPINIONS = (
    "opinions_title", "opinions_subject", "opinions_place", "opinions_who", "opinions_said", "opinions_answer",
    "opinions_general",
)  # fmt: skip
KINDS = tuple(Document.Kind.values)


class PresetForm(forms.Form):
    """Which set of rules a new layout starts from."""

    profile = forms.ChoiceField(
        label=_("Set of rules"), choices=PaperLayout.Profiles.choices, initial=PaperLayout.Profiles.PARTY_2026
    )


class PaperLayoutForm(forms.ModelForm):
    """Everything an office may say of its papers; names and symbols of the kinds are fields of their own."""

    class Meta:
        model = PaperLayout
        fields = ["name", "unit", "profile", *HEAD, *END, *PAGE, *COMPARISON, *OPINIONS]
        widgets = {
            "recipients": forms.Textarea(attrs={"rows": 4}),
            "authority": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "name": _("As the drafting unit chooses it when it downloads."),
            "unit": _("Left empty, the layout is offered to every unit."),
            "body_symbol": _("As it stands behind the slash: TU, VPTU, UBND."),
            "number_form": _("{kind} and {body} stand for the two symbols; leave a gap for the number."),
            "place": _("Left empty, no date line is printed."),
            "draft_mark": _("{n} stands for the number of the edition."),
            "recipients": _("One a line, as they are to be printed."),
            "line_points": _("In points; 0 for a multiple of a line instead."),
            "first_line": _("In millimetres, as are the margins."),
            "comparison_subject": _("{new} and {old} stand for the names of the two texts, also in the column heads."),
            "opinions_subject": _("{new} stands for the name of the draft."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, title in capitalised(Document.Kind.choices):
            self.fields[f"kind_name_{kind}"] = forms.CharField(
                label=_("%(kind)s: name that heads the paper") % {"kind": title},
                max_length=80,
                required=False,
                initial=self.instance.kind_names.get(kind, ""),
            )
            self.fields[f"kind_symbol_{kind}"] = forms.CharField(
                label=_("%(kind)s: symbol") % {"kind": title},
                max_length=20,
                required=False,
                initial=self.instance.kind_symbols.get(kind, ""),
            )
        self._confine_unit(user)

    def _confine_unit(self, user: User) -> None:
        """Who is no administrator arranges the papers of the own unit."""
        field = self.fields["unit"]
        if user.is_superuser:
            field.queryset = Unit.objects.standing().in_protocol_order()  # type: ignore[attr-defined]
            return
        field.queryset = Unit.objects.filter(pk=user.unit_id or 0)  # type: ignore[attr-defined]
        field.required = True
        field.initial = user.unit_id
        field.help_text = ""

    def clean_recipients(self) -> str:
        lines = (" ".join(line.split()) for line in self.cleaned_data["recipients"].splitlines())
        return "\n".join(line for line in lines if line)

    def columns(self) -> dict[str, Any]:
        """Every column as filled in. Needs a valid form."""
        cleaned = self.cleaned_data
        columns = {name: cleaned[name] for name in self.Meta.fields}
        columns["kind_names"] = {kind: cleaned[f"kind_name_{kind}"] for kind in KINDS}
        columns["kind_symbols"] = {kind: cleaned[f"kind_symbol_{kind}"] for kind in KINDS}
        return columns

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in groups, each with its title."""
        kinds = [f"kind_{what}_{kind}" for kind in KINDS for what in ("name", "symbol")]
        groups = [
            (_("The layout"), ("name", "unit", "profile")),
            (_("Head of the paper"), HEAD),
            (_("Names and symbols of the kinds"), kinds),
            (_("End of the paper"), END),
            (_("Page and type"), PAGE),
            (_("Comparison table"), COMPARISON),
            (_("Table of opinions"), OPINIONS),
        ]
        return [(str(title), [self[name] for name in names]) for title, names in groups]


def unit_name(layout: PaperLayout) -> str:
    """Whose layout it is, as a line begins with it."""
    return capfirst(layout.unit.name) if layout.unit else str(_("Every unit"))
