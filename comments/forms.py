"""Forms in which people say what they think of a draft."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from comments import files
from comments.contributions import gatherings_for, is_invited_alone
from comments.leaves import clause_labels
from comments.models import Comment, Invitation
from comments.services import Selection
from comments.taking_over import Offer
from config.errors import RuleBrokenError
from drafts.models import Edition
from drafts.texts import Sheet, Text

LONGEST = 20_000
_GATHERED = "answer-"
MOST_FILES = 10
AROUND = 400
"""More of the text around a selection than this says nothing new."""


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Several files, each recognised by what is in it; cleans to a list of ``files.Checked``."""

    widget = SeveralFilesInput(attrs={"accept": ".pdf,.doc,.docx,.png,.jpg,.jpeg,.webp"})

    def clean(self, data: Any, initial: Any = None) -> list[files.Checked]:
        uploads: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(_("No more than %(most)s files with one comment.") % {"most": MOST_FILES})
        checked, refused = [], []
        for upload in uploads:
            try:
                checked.append(files.check(super().clean(upload, initial)))
            except RuleBrokenError as error:
                refused.append(str(error))
            except forms.ValidationError as error:
                refused += [f"{upload.name}: {message}" for message in error.messages]
        if refused:
            raise forms.ValidationError(refused)
        return checked


class CommentForm(forms.Form):
    """A new opinion: on words, on a clause, on an article (``sheet``), or on the whole draft (no ``sheet``)."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    words_before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=AROUND, strip=False)
    words_after = forms.CharField(widget=forms.HiddenInput, required=False, max_length=AROUND, strip=False)
    clause = forms.ChoiceField(
        label=_("Clause"),
        required=False,
        error_messages={"invalid_choice": _("This clause does not stand here any more. Choose the place again.")},
    )
    quote = forms.CharField(
        label=_("The words you mean"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copied from the text; leave it empty to comment on the whole clause or article."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of comment"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Comment.Kind],
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    text = forms.CharField(label=_("Your comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    proposed_text = forms.CharField(
        label=_("Change the words to"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    on_behalf_of = forms.ChoiceField(
        label=_("On behalf of"),
        required=False,
        error_messages={
            "invalid_choice": _(
                "You cannot speak for this unit here: its answer was sent, its round closed, or a newer edition was "
                "issued. Choose again for whom you speak."
            )
        },
    )
    attachments = AttachmentsField(
        label=_("Attachments"), required=False, help_text=_("PDF, Word or pictures, up to 20 MB each.")
    )

    def __init__(self, *args: Any, author: User, sheet: Sheet | None, on: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._newest = on
        self._offer_clauses(sheet)
        if sheet is None:
            for name in ("quote", "words_before", "words_after", "proposed_text"):
                del self.fields[name]
        self._offer_units(author, on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("edition") not in (None, self._newest.number):
            self._refuse_edition()
        if cleaned.get("proposed_text") and cleaned.get("proposed_text") == cleaned.get("quote"):
            cleaned["proposed_text"] = ""
        return cleaned

    @property
    def selection(self) -> Selection:
        return Selection(*(self.cleaned_data.get(name, "") for name in ("quote", "words_before", "words_after")))

    @property
    def unit(self) -> Unit | None:
        """For whom the author, who acts for it, speaks at once."""
        return self._units.get(self.cleaned_data.get("on_behalf_of", ""))

    @property
    def gathers(self) -> bool:
        """Whether the author's unit is gathering its answer: then one must see where the comment goes."""
        return bool(self._gatherings)

    @property
    def contribution(self) -> Invitation | None:
        """The answer of the author's unit to which the comment is gathered."""
        return self._gatherings.get(self.cleaned_data.get("on_behalf_of", ""))

    def _refuse_edition(self) -> None:
        """A newer edition was issued while the words were being written: let their author look, then send."""
        data = cast(QueryDict, self.data).copy()
        data["edition"] = str(self._newest.number)
        self.data = data
        message = _("%(edition)s was issued while you were writing. Check that your comment still fits, then send it.")
        self.add_error(None, message % {"edition": self._newest.label})

    def _offer_units(self, author: User, edition: Edition) -> None:
        """A unit that was asked gathers what its people say; for another speaks who acts for it.

        What was written for an answer that takes nothing more is refused, not sent in the author's own name.
        """
        gatherings = gatherings_for(author, edition)
        asked = [invitation.unit_id for invitation in gatherings if invitation.unit_id]
        units = Unit.objects.standing().filter(contacts__user=author).exclude(pk__in=asked)
        self._gatherings = {f"{_GATHERED}{invitation.pk}": invitation for invitation in gatherings}
        self._units = {str(unit.pk): unit for unit in units}
        is_for_answer = str(self.data.get("on_behalf_of", "")).startswith(_GATHERED)
        if not self._gatherings and not self._units and not is_for_answer:
            del self.fields["on_behalf_of"]
            return
        field = self.fields["on_behalf_of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Myself")),
            *((key, _("My unit's answer: %(unit)s") % {"unit": one.unit}) for key, one in self._gatherings.items()),
            *((key, str(unit)) for key, unit in self._units.items()),
        ]
        if self._gatherings:
            field.help_text = _("What goes with the unit's answer reaches the drafting unit when the unit sends it.")
        if self._gatherings and not is_invited_alone(author, edition):
            self.initial.setdefault("on_behalf_of", next(iter(self._gatherings)))

    def _offer_clauses(self, sheet: Sheet | None) -> None:
        labels = clause_labels(sheet) if sheet else []
        if not labels:
            del self.fields["clause"]
            return
        field = self.fields["clause"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("The whole article")), *((label, label) for label in labels)]


class RewordingForm(forms.Form):
    """Another wording of an opinion already sent; the words it is about stay."""

    kind = forms.ChoiceField(
        label=_("Kind of comment"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Comment.Kind],
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    text = forms.CharField(label=_("Your comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    proposed_text = forms.CharField(
        label=_("Change the words to"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if comment.provision_id is None:
            del self.fields["proposed_text"]


class JoiningForm(RewordingForm):
    """The words of several gathered comments, and which of them keeps its place and its quoted words."""

    into = forms.ChoiceField(label=_("Which place and quoted words stay"), widget=forms.RadioSelect)
    field_order = ["into", "text", "proposed_text", "kind"]

    def __init__(self, *args: Any, comments: Sequence[Comment], **kwargs: Any) -> None:
        super().__init__(*args, comment=comments[0], **kwargs)
        self.initial = {
            "into": str(comments[0].pk),
            "kind": comments[0].kind,
            "text": "\n".join(dict.fromkeys(comment.text for comment in comments)),
            "proposed_text": next((one.proposed_text for one in comments if one.proposed_text), ""),
        }
        field = self.fields["into"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(comment.pk), _place_of(comment)) for comment in comments]


def _place_of(comment: Comment) -> str:
    """“the quoted words”, khoản 2 (whose comment it is)."""
    quote = f"“{Truncator(comment.quote).chars(80)}”" if comment.quote else ""
    return f"{', '.join(filter(None, [quote, comment.clause_label])) or _('The whole article')} ({comment.author})"


class ReplyForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Your reply"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


def new_comment(edition: Edition, *, clause: str, quote: str) -> dict[str, object]:
    """What a new form starts from."""
    return {
        "key": uuid.uuid4(),
        "edition": edition.number,
        "clause": clause,
        "quote": quote,
        "proposed_text": quote,
        "kind": Comment.Kind.WORDING if quote else Comment.Kind.OTHER,
    }


class TakingOverForm(forms.Form):
    """Which comments of a Word file are taken over."""

    take = forms.MultipleChoiceField(
        label=_("Comments to take over"),
        error_messages={"required": _("Tick the comments to take over.")},
    )

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        numbers = [(str(offer.remark.number), offer.remark.number) for offer in offers if offer.comment is None]
        self.fields["take"].choices = numbers  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[tuple[Offer, bool]]:
        """Each comment, and whether it is ticked."""
        ticked = set(self["take"].value() or []) if self.is_bound else None
        return [
            (offer, offer.is_chosen if ticked is None else str(offer.remark.number) in ticked) for offer in self.offers
        ]

    @property
    def may_take(self) -> bool:
        """Whether there is something left to take over."""
        return any(offer.comment is None for offer in self.offers)

    def chosen(self) -> list[Offer]:
        numbers = set(self.cleaned_data["take"])
        return [offer for offer in self.offers if str(offer.remark.number) in numbers]


class PlacingForm(forms.Form):
    """The article of the newest edition, and the words in it on which the comment stands now."""

    article = forms.ChoiceField(label=_("Where it stands now"))
    words = forms.CharField(
        label=_("The words"),
        max_length=LONGEST,
        help_text=_("Copy them from the text, so many that they stand there once."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "vi"}),
    )

    def __init__(self, *args: Any, text: Text, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = {str(sheet.wid): sheet for sheet in text if sheet.text}
        names = [(wid, sheet.title or sheet.text[:60]) for wid, sheet in self.sheets.items()]
        self.fields["article"].choices = names  # type: ignore[attr-defined]
        if comment.provision is not None:
            self.fields["article"].initial = str(comment.provision.wid)

    @property
    def sheet(self) -> Sheet:
        return self.sheets[self.cleaned_data["article"]]

    @property
    def present_sheet(self) -> Sheet | None:
        """The article that is chosen, to copy words from."""
        return self.sheets.get(str(self["article"].value() or ""))
