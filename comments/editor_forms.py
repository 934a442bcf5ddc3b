"""Forms of the editor: which comments a revision takes in, and how a proposed wording comes into the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from comments.at_hand import Opinion
from comments.forms import LONGEST
from comments.models import Comment, Response
from comments.revising import TakenIn
from config.parameters import numbers_in
from drafts.forms import ChoosingForm, WrittenForm

OUTCOMES = (Response.Outcome.ACCEPTED, Response.Outcome.PARTLY)
"""What can be carried out by changing the text; the rest is explained on a page of its own."""
_TICK = "take_"
_SEEN = "seen-"


class AnswerFields(forms.Form):
    """The answer that goes with a change of the text."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(outcome.value, capfirst(outcome.label)) for outcome in OUTCOMES],
        initial=Response.Outcome.ACCEPTED,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Required when the comment is taken in only in part."),
    )
    explanation.is_conditional = True  # type: ignore[attr-defined]  # the hint says when; the label not "optional"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Response.Outcome.PARTLY and not cleaned.get("explanation", "").strip():
            self.add_error("explanation", _("Say what was taken in and why not the rest."))
        return cleaned


class TakingInForm(forms.Form):
    """A tick for each comment to be decided, and the answers of those that have none yet, with the stamp of what was
    proposed for them when the page was made.
    """

    def __init__(self, *args: Any, opinions: Sequence[Opinion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.comments = {opinion.comment.pk: opinion.comment for opinion in opinions}
        for pk, comment in self.comments.items():
            self.fields[f"{_TICK}{pk}"] = forms.BooleanField(
                required=False,
                label=_("Comment %(number)s") % {"number": pk},
                widget=forms.CheckboxInput(attrs={"class": "take", "data-take": reason_of([comment])}),
            )
        self.answers = {pk: self._answer(pk) for pk, comment in self.comments.items() if not comment.is_answered}
        for pk in self.answers:
            stamp = self.comments[pk].answer_stamp
            self.fields[f"{_SEEN}{pk}"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=stamp)

    def _answer(self, pk: int) -> AnswerFields:
        data = self.data if self.is_bound and f"answer-{pk}-outcome" in self.data else None
        initial = {
            name: self.initial[key]
            for name in ("outcome", "explanation")
            if (key := f"answer-{pk}-{name}") in self.initial
        }
        return AnswerFields(data, prefix=f"answer-{pk}", initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in self._ticked_elsewhere():
            self.add_error(
                None,
                _("Comment %(number)s was answered or withdrawn meanwhile: look at it again.") % {"number": number},
            )
        for pk in self.ticked:
            if pk in self.answers and self.answers[pk].is_bound and not self.answers[pk].is_valid():
                self.add_error(f"{_TICK}{pk}", _("The answer is not complete."))
        return cleaned

    @property
    def ticked(self) -> list[int]:
        """The primary keys of what is ticked, checked or not."""
        return [pk for pk in self.comments if self[f"{_TICK}{pk}"].value() in (True, "on", "True")]

    def look_again(self) -> None:
        """What is proposed by now stands on the page from here on."""
        data = cast(QueryDict, self.data).copy()
        for pk in self.answers:
            data[f"{_SEEN}{pk}"] = self.comments[pk].answer_stamp
        self.data = data

    def taken_in(self) -> list[TakenIn]:
        return [self._taken(self.comments[pk]) for pk in self.ticked]

    @property
    def reason(self) -> str:
        """What the ticked comments say, for a revision without a reason of its own."""
        return reason_of([self.comments[pk] for pk in self.ticked])

    def hidden_fields_of_all(self) -> Iterator[forms.BoundField]:
        """Everything said here, to be carried through a page on which something else is decided."""
        for pk in self.ticked:
            yield self[f"{_TICK}{pk}"]
            if pk in self.answers:
                yield from self.answers[pk]
                yield self[f"{_SEEN}{pk}"]

    def _taken(self, comment: Comment) -> TakenIn:
        answer = self.answers.get(comment.pk)
        seen = self.cleaned_data.get(f"{_SEEN}{comment.pk}")
        if answer is None or not answer.is_bound:
            return TakenIn(comment, seen=seen)
        return TakenIn(comment, answer.cleaned_data["outcome"], answer.cleaned_data["explanation"], seen=seen)

    def _ticked_elsewhere(self) -> list[int]:
        """Ticks of comments that are not among those to be decided (any more)."""
        ticks = numbers_in([name.removeprefix(_TICK) for name in self.data if name.startswith(_TICK)])
        return [pk for pk in ticks if pk not in self.comments]


class ProposalChoices(ChoosingForm):
    """Decides where a proposal meets what was written since the comment was made."""

    CHOICES = [
        ("mine", _("As proposed")),
        ("theirs", _("As it stands now")),
        ("both", _("Both, the proposal first")),
        ("base", _("As it was when the comment was made")),
    ]


class PlacingForm(ProposalChoices, WrittenForm):
    """What is in the editor, and the comment whose proposed wording is to come into it."""

    apply = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class ApplicationForm(AnswerFields, ProposalChoices):
    """Put a comment's proposed wording into the article and answer the comment."""

    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=4000,
        help_text=_("It stands in the history and is offered to the comparison table."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    base_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    field_order = ["reason", "outcome", "explanation"]

    def __init__(self, *args: Any, comment: Comment, questions: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if comment.is_answered:
            del self.fields["outcome"], self.fields["explanation"]
        self.ask(questions)


def reason_of(comments: Sequence[Comment]) -> str:
    """ "Tiếp thu ý kiến của Thành ủy (ý kiến 12): …": the reason of a revision that takes the comments in.

    It becomes part of the record and of the comparison table, so it is Vietnamese whatever the interface speaks.
    """
    return "\n".join(
        f"Tiếp thu ý kiến của {speaker_of(comment)} (ý kiến {comment.pk}): "
        f"{Truncator(' '.join(comment.text.split())).chars(300)}"
        for comment in comments
    )[:4000]


def speaker_of(comment: Comment) -> str:
    """The unit it speaks for, else the author's unit, else the author."""
    return str(comment.on_behalf_of or comment.author.unit or comment.author)
