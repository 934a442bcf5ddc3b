"""What people fill in about drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Unit, User
from config.parameters import LARGEST_NUMBER
from drafts import gates
from drafts.importing import Correction, Role, Row
from drafts.importing.correcting import MAX_LEVEL, OPENING
from drafts.models import Document, Seat
from drafts.queries import seat_holders

MAX_UPLOAD_BYTES = 30_000_000
ACCEPTED = ".docx,.doc,.rtf,.html,.htm,.md,.txt,.xml"
LONGEST_TEXT = 400_000
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


def capitalised(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Names of choices begin a line in a form, and stand inside sentences elsewhere."""
    return [(value, capfirst(name)) for value, name in choices]


class UploadForm(forms.Form):
    """A Word file, web page or text to import."""

    file = forms.FileField(
        label=_("File of the draft"),
        help_text=_(
            "Word (.docx, .doc, .rtf), web page (.html), text (.txt, .md) or Akoma Ntoso (.xml), up to 30 MB."
            " Text in old fonts such as .VnTime or VNI-Times is converted."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is larger than 30 MB: please remove its pictures."))
        return file


class DescriptionForm(forms.ModelForm):
    """What a document is: its title and where it comes from."""

    class Meta:
        model = Document
        fields = ["title", "kind", "issuing_body", "term", "drafting_unit", "predecessor"]
        help_texts = {
            "title": _("As on the first page of the text."),
            "term": _("For example 2025 - 2030."),
            "predecessor": _("The regulation in force that this draft is to replace, for the comparison table."),
        }
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Document.objects.visible_to(user).order_by("search_key")
        if self.instance.predecessor_id and not known.filter(pk=self.instance.predecessor_id).exists():
            del self.fields["predecessor"]  # hidden from this person: it stays as it is
        else:
            self.fields["predecessor"].queryset = known.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self.fields["kind"].choices = capitalised(Document.Kind.choices)  # type: ignore[attr-defined]
        units = Unit.objects.standing().in_protocol_order()
        if self.instance.drafting_unit_id:
            units = units | Unit.objects.filter(pk=self.instance.drafting_unit_id).in_protocol_order()
        self.fields["drafting_unit"].queryset = units  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())


class CreationForm(DescriptionForm):
    """A description of what is about to be made from an uploaded file."""

    component = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    issue = forms.BooleanField(
        label=_("Issue it at once as edition 1"),
        help_text=_("Readers and commenters see issued editions only; the working text stays with the drafting unit."),
        required=False,
        initial=True,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    """What a line of an uploaded file is."""

    ROLES = [
        (Role.ARTICLE, pgettext_lazy("role of a line", "Article")),
        (Role.CHAPTER, pgettext_lazy("role of a line", "Chapter")),
        (Role.SECTION, pgettext_lazy("role of a line", "Section")),
        (Role.SUBSECTION, pgettext_lazy("role of a line", "Subsection")),
        (Role.PART, pgettext_lazy("role of a line", "Part")),
        (Role.ITEM, pgettext_lazy("role of a line", "Item")),
        (Role.APPENDIX, pgettext_lazy("role of a line", "Appendix")),
        (Role.TITLE, pgettext_lazy("role of a line", "Title, going on")),
        (Role.TEXT, pgettext_lazy("role of a line", "Plain text")),
        (Role.CLOSING, pgettext_lazy("role of a line", "Signature and recipients")),
        (Role.DOCUMENT, pgettext_lazy("role of a line", "Beginning of a document")),
        (Role.SAME, pgettext_lazy("role of a line", "No document of its own")),
    ]
    TITLED = [
        ("", _("As recognised")),
        ("yes", _("A title")),
        ("no", _("Text, no title")),
    ]

    index = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("This line is"), choices=ROLES, widget=forms.RadioSelect(attrs={"class": "pills"}))
    number = forms.RegexField(
        r"^[0-9A-Za-zĐđ]+(?:\.[0-9]+)*$",
        label=_("Number"),
        required=False,
        max_length=20,
        help_text=_("Of a heading: 7, 7a, II, 1.2. Left empty, it is the one written in the line."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("A number is digits, Roman numerals or letters: 7, 7a, II, 1.2.")},
    )
    level = forms.IntegerField(min_value=1, max_value=MAX_LEVEL, required=False, widget=forms.HiddenInput)
    is_titled = forms.ChoiceField(label=_("The words behind the number are"), choices=TITLED, required=False)

    number.is_conditional = is_titled.is_conditional = True  # type: ignore[attr-defined]  # of headings only

    @classmethod
    def role_name(cls, role: str) -> str:
        return str(dict(cls.ROLES)[Role(role)])

    def correction(self, row: Row) -> Correction:
        """What was said of the line."""
        said = self.cleaned_data
        titled = {"yes": True, "no": False}.get(said["is_titled"])
        level = said["level"] or 1
        return Correction(row.index, Role(said["role"]), said["number"], level, titled, row.text[:OPENING])


class RevisionForm(forms.Form):
    """Heading and text of one provision, why it changes, and the version it started from."""

    heading = forms.CharField(
        label=_("Heading"), required=False, max_length=2000, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = forms.CharField(
        label=_("Content"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        help_text=_("Every clause and every point on a line of its own; numbers and letters are recognised."),
        widget=forms.Textarea(attrs={"rows": 18, "class": "paper", "lang": "vi", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=4000,
        help_text=_("It stands in the history and is offered to the comparison table."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    leaves_empty = forms.BooleanField(label=_("Leave it without text, with its title alone"), required=False)
    base_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    use_required_attribute = False  # a ticked comment can give the reason: the server knows, the browser does not

    def __init__(self, *args: Any, reason_required: bool, has_text: bool = False, **kwargs: Any) -> None:
        """``has_text``: the provision as it stands has words that could get lost."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = reason_required
        self.has_text = has_text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        leaves_empty = cleaned.pop("leaves_empty", False)
        if self.errors or cleaned.get("text", "").strip():
            return cleaned
        if not cleaned.get("heading", "").strip():
            self.add_error("text", _("A provision needs a title or a text; to drop it, remove it from the draft."))
        elif self.has_text and not leaves_empty:
            self.add_error("leaves_empty", _("The text is empty. Say that this is meant, or put the words back."))
        return cleaned

    @property
    def asks_about_empty(self) -> bool:
        """Whether the page must ask before it leaves the provision without a word."""
        return self.is_bound and ("leaves_empty" in self.errors or "leaves_empty" in self.data)


class RestorationForm(forms.Form):
    """Which version becomes the text again, on top of which one."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    base_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason for the change"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class EditionForm(forms.Form):
    """How the next edition is called, what it changes and why, and which text the person was shown."""

    label = forms.CharField(
        label=_("Name of the edition"),
        required=False,
        max_length=120,
        help_text=_("Left empty, it is called by its number."),
    )
    note = forms.CharField(
        label=_("What changed, and why"),
        required=False,
        max_length=4000,
        help_text=_("Everybody who takes part reads it beside the edition."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    number = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RecallForm(forms.Form):
    """Why an edition is called back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        help_text=_("Whoever opens the edition reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StageForm(forms.Form):
    """Where the document goes next, and why when it is returned."""

    stage = forms.ChoiceField(label=_("New stage"), choices=[])
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        help_text=_("Required when the document is returned."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason.is_conditional = True  # type: ignore[attr-defined]  # the hint says when; the label not "optional"

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issued = Document.Stage.ISSUED.value  # a page of its own asks for number and dates
        self.fields["stage"].choices = [(value, name) for value, name in names.items() if value != issued]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("stage") == Document.Stage.RETURNED and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why the document is returned."))
        return cleaned


class IssueForm(forms.Form):
    """Number, date, and from when it is in force."""

    symbol = forms.CharField(label=_("Number and symbol"), max_length=60, help_text=_("For example 01-QC/TU."))
    issued_on = forms.DateField(
        label=_("Issued on"),
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    in_force_on = forms.DateField(
        label=_("In force from"),
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class StageNamesForm(forms.Form):
    """What the office calls the stages."""

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in Document.Stage.choices:
            self.fields[value] = forms.CharField(
                label=capfirst(str(label)), max_length=80, required=False, initial=names[value]
            )


class SubmissionForm(forms.Form):
    """To whom the chair submits an incomplete draft, and why."""

    stage = forms.ChoiceField(label=_("Submit to"), choices=[])
    reason = forms.CharField(
        label=_("Why it is submitted all the same"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(stage.value, stage.label) for stage in gates.UPWARD if gates.is_upward(document, stage)]
        self.fields["stage"].choices = capitalised(stages)  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Whom to seat, and as what. ``holder`` is "user:5" or "unit:3"."""

    holder = forms.ChoiceField(label=_("Person or unit"))
    role = forms.ChoiceField(label=_("Role"), choices=capitalised(Seat.Role.choices), initial=Seat.Role.COMMENTER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [("", _("Choose…")), *seat_holders()]  # type: ignore[attr-defined]

    def person(self) -> User | None:
        kind, pk = self.cleaned_data["holder"].split(":")
        return User.objects.get(pk=pk) if kind == "user" else None

    def unit(self) -> Unit | None:
        kind, pk = self.cleaned_data["holder"].split(":")
        return Unit.objects.get(pk=pk) if kind == "unit" else None


class ChoosingForm(forms.Form):
    """A choice for every place that two sides changed differently."""

    CHOICES = [
        ("mine", _("As I wrote it")),
        ("theirs", _("As it was saved")),
        ("both", _("Both, mine first")),
        ("base", _("As it was before")),
    ]

    def ask(self, questions: int) -> None:
        """Add a question for each place; none is answered beforehand."""
        for number in range(1, questions + 1):
            self.fields[f"choice_{number}"] = forms.ChoiceField(
                label=_("Place %(number)s") % {"number": number},
                choices=self.CHOICES,
                widget=forms.RadioSelect(attrs={"class": "pills"}),
            )

    def choice_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("choice_")]

    def choices(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields if name.startswith("choice_")]


class WrittenForm(ChoosingForm):
    """What the person has in the editor, carried through a page on which something is decided."""

    heading = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, max_length=LONGEST_TEXT, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    base_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class MergeForm(WrittenForm):
    """What the person had written, on top of which version, and what meets it."""

    theirs_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
