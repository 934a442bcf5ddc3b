"""What may be downloaded of a draft, and making it: which text, against which, which layout, which format."""

from __future__ import annotations

import re
import textwrap
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.files import safe_name
from comments.models import Comment, Response
from comments.reading import ReadingPage
from comments.standing import Standing, earlier_edition, working_state
from drafts import papers, pdf
from drafts.alignment import align
from drafts.comparison import text_compared_with
from drafts.exporting import Facts, Layout, Remark, Reply, akoma_ntoso, as_json, clean_draft, marked_draft
from drafts.likeness import article_of_sheet
from drafts.models import Document, Edition
from drafts.photographs import edition_text, working_text
from drafts.texts import Sheet, Text, fingerprint

WORKING = "working"
PREDECESSOR = "predecessor"
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xml": "application/akn+xml",
    "json": "application/json",
}
# Words of the exported papers: constants of the field, whatever the interface's language is.
WORKING_LABEL = "Văn bản đang soạn"
OUTCOMES = {
    Response.Outcome.ACCEPTED: "Tiếp thu",
    Response.Outcome.PARTLY: "Tiếp thu một phần",
    Response.Outcome.EXPLAINED: "Giải trình",
    Response.Outcome.NOTED: "Ghi nhận",
}


@dataclass(frozen=True)
class Paper:
    """A file to send: its name is in Vietnamese and says which text it is."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Version:
    """A text one may download or compare with."""

    key: str
    label: str
    text: Text
    facts: Facts


class Shelf:
    """The texts of a document that the person may download, each read when it is wanted."""

    def __init__(self, document: Document, *, user: User) -> None:
        self.document = document
        self.user = user
        self.sees_all = "read_working" in document.abilities

    @cached_property
    def editions(self) -> list[Edition]:
        """Newest first; who does not see the working text gets the newest that was not recalled. One query."""
        editions = list(self.document.editions.select_related("recall").order_by("-number"))
        return editions if self.sees_all else [edition for edition in editions if not edition.is_recalled][:1]

    @cached_property
    def predecessor(self) -> Document | None:
        """The text it replaces, for those who may see that one too. One query."""
        if self.document.predecessor_id is None or not self.sees_all:
            return None
        return Document.objects.visible_to(self.user).filter(pk=self.document.predecessor_id).first()

    @cached_property
    def offers(self) -> list[papers.Offer]:
        return papers.offers(self.document.drafting_unit, self.user.unit)

    def texts(self) -> list[tuple[str, Any]]:
        named: list[tuple[str, Any]] = [(str(edition.number), _called(edition)) for edition in self.editions]
        return [*named, (WORKING, _("Working text"))] if self.sees_all else named

    def others(self) -> list[tuple[str, Any]]:
        """What a text may be marked up against."""
        named: list[tuple[str, Any]] = [(str(edition.number), _called(edition)) for edition in self.editions]
        if self.predecessor is not None:
            named.append((PREDECESSOR, _("The text it replaces: %(title)s") % {"title": self.predecessor.title}))
        return named

    def version(self, key: str) -> Version:
        """One of `texts` or `others`."""
        if key == WORKING:
            text = working_text(self.document)
            facts = self._facts(None, text=text)
            return Version(key, WORKING_LABEL, text, facts)
        if key == PREDECESSOR and self.predecessor is not None:
            text = text_compared_with(self.predecessor)
            return Version(key, text.title, text, self._facts(None, text=text))
        edition = next(edition for edition in self.editions if str(edition.number) == key)
        text = edition_text(edition)
        return Version(key, edition.label, text, self._facts(edition, text=text))

    def standing(self, key: str) -> Standing:
        """The same text as the reading page has it, for its comments."""
        if key == WORKING:
            return working_state(self.document)
        edition = next(edition for edition in self.editions if str(edition.number) == key)
        return earlier_edition(self.document, edition=edition)

    def _facts(self, edition: Edition | None, *, text: Text) -> Facts:
        unit = self.document.drafting_unit
        return Facts(
            title=text.title,
            kind=self.document.kind,
            edition=edition.number if edition else None,
            label=edition.label if edition else WORKING_LABEL,
            at=timezone.localtime(edition.issued_at if edition else None),
            sha256=edition.sha256 if edition else fingerprint(text.title, text.sheets),
            author=unit.name if unit else "",
            is_recalled=edition is not None and edition.is_recalled,
            issuing_body=self.document.issuing_body,
        )


class DownloadForm(forms.Form):
    """What to download. For who reads the latest edition only, there is little to choose."""

    text = forms.ChoiceField(label=_("Text"))
    against = forms.ChoiceField(
        label=_("Tracked changes"),
        required=False,
        help_text=_("Accepting all in Word gives this text, rejecting all the other one."),
    )
    comments = forms.BooleanField(
        label=_("With the comments and answers"),
        required=False,
        help_text=_("As comments in the margin of the Word file."),
    )
    layout = forms.ChoiceField(label=_("Layout"))
    format = forms.ChoiceField(label=_("Format"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, shelf: Shelf, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("text", shelf.texts())
        self._choose("layout", [(offer.key, offer.name) for offer in shelf.offers])
        formats = [("docx", _("Word (.docx)"))]
        if pdf.can_make_pdf():
            formats.append(("pdf", _("PDF")))
        self._choose("format", [*formats, ("xml", _("Akoma Ntoso (.xml)")), ("json", _("JSON"))])
        if shelf.sees_all:
            self._choose(
                "against", [("", _("None: the clean text")), *((key, _against(name)) for key, name in shelf.others())]
            )
        else:
            del self.fields["against"], self.fields["comments"]

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if choices:
            self.fields[name].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("against") and cleaned["against"] == cleaned.get("text"):
            self.add_error("against", _("A text does not differ from itself: choose another one."))
        is_plain = cleaned.get("format") in ("xml", "json")
        if is_plain and (cleaned.get("against") or cleaned.get("comments")):
            self.add_error("format", _("Changes and comments are written into Word files and PDF only."))
        return cleaned


def make_paper(shelf: Shelf, chosen: Mapping[str, Any]) -> Paper:
    """The file for what a valid form says. Raises RuleBrokenError when a PDF cannot be made."""
    version = shelf.version(chosen["text"])
    kind = chosen["format"]
    other = shelf.version(chosen["against"]) if chosen.get("against") else None
    name = file_name(version, other, has_comments=bool(chosen.get("comments")), extension=kind)
    if kind == "xml":
        return Paper(name, TYPES[kind], akoma_ntoso(version.text, facts=version.facts))
    if kind == "json":
        return Paper(name, TYPES[kind], as_json(version.text, facts=version.facts))
    layout = next((offer.layout for offer in shelf.offers if offer.key == chosen.get("layout")), shelf.offers[0].layout)
    remarks = remarks_on(shelf, chosen["text"]) if chosen.get("comments") else []
    word = _word(version, other, layout=layout, remarks=remarks)
    return Paper(name, TYPES[kind], word if kind == "docx" else pdf.as_pdf(word))


def file_name(version: Version, other: Version | None, *, has_comments: bool, extension: str) -> str:
    """ "Dự thảo lần 2 - Quy chế làm việc của Tỉnh ủy (so với Dự thảo lần 1).docx"."""
    extras = [f"so với {other.label if other.key != PREDECESSOR else 'văn bản hiện hành'}"] if other else []
    extras += ["kèm góp ý"] if has_comments else []
    name = f"{version.label} - {short_title(version.text.title)}" + (f" ({', '.join(extras)})" if extras else "")
    return paper_name(name, extension=extension)


def short_title(title: str) -> str:
    """As much of a title as the name of a file holds, in whole words."""
    return textwrap.shorten(title, 90, placeholder="…")


def paper_name(name: str, *, extension: str) -> str:
    """The name as every system can store it."""
    name = re.sub(r'[<>:"/\\|?*]+', "-", name)
    return f"{safe_name(name)}.{extension}"


def _word(version: Version, other: Version | None, *, layout: Layout, remarks: list[Remark]) -> bytes:
    if other is None:
        return clean_draft(version.text, facts=version.facts, layout=layout, remarks=remarks)
    pairs = pairs_of(other.text, version.text) if other.key == PREDECESSOR else None
    return marked_draft(
        other.text,
        version.text,
        facts=version.facts,
        layout=layout,
        by=version.facts.author or version.label,
        at=version.facts.at,
        remarks=remarks,
        pairs=pairs,
    )


def pairs_of(old: Text, new: Text) -> dict[uuid.UUID, uuid.UUID]:
    """Which old provision became which new one: articles by likeness, openings and closings as such, heads by name."""
    olds, news = old.articles(), new.articles()
    rows = align([article_of_sheet(sheet) for sheet in olds], [article_of_sheet(sheet) for sheet in news])
    pairs = {news[row.new[0]].wid: olds[row.old[0]].wid for row in rows if row.new and row.old}
    heads: dict[tuple[str, str], Sheet] = {}
    for sheet in old:
        if sheet.kind not in ("article", "item"):
            heads.setdefault(_head_key(sheet), sheet)
    for sheet in new:
        if sheet.kind not in ("article", "item") and (found := heads.pop(_head_key(sheet), None)) is not None:
            pairs[sheet.wid] = found.wid
    return pairs


def _head_key(sheet: Sheet) -> tuple[str, str]:
    return sheet.kind, sheet.heading.casefold() or sheet.number


def _called(edition: Edition) -> Any:
    return _("%(edition)s (recalled)") % {"edition": edition.label} if edition.is_recalled else edition.label


def _against(name: Any) -> Any:
    return _("Tracked, against %(text)s") % {"text": name}


# Comments


def remarks_on(shelf: Shelf, key: str) -> list[Remark]:
    """The comments the person may see, where they stand in that text, each with replies and answer. Six queries."""
    page = ReadingPage(shelf.document, user=shelf.user, standing=shelf.standing(key))
    comments = page.comments.select_related("author__unit", "on_behalf_of", "edition", "provision", "response__by")
    comments = comments.prefetch_related("replies__author")
    places = page.places()
    return [_remark(comment, places.get(comment.pk)) for comment in comments]


def _remark(comment: Comment, place: tuple[Sheet, int | None, int | None] | None) -> Remark:
    sheet, start, end = place or (None, None, None)
    return Remark(
        author=str(comment.on_behalf_of.name if comment.on_behalf_of else comment.author),
        at=timezone.localtime(comment.created_at),
        text=_words(comment, is_placed=start is not None, is_lost=sheet is None and comment.provision is not None),
        wid=sheet.wid if sheet else None,
        start=start,
        end=end,
        replies=tuple(_replies(comment)),
        is_done=comment.is_answered,
    )


def _words(comment: Comment, *, is_placed: bool, is_lost: bool) -> str:
    lines = []
    if is_lost and comment.provision is not None:
        lines.append(f"({comment.provision}, {comment.edition.label}: không còn trong văn bản này)")
    if comment.quote and not is_placed:
        lines.append(f"“{comment.quote}”")
    lines.append(comment.text)
    if comment.proposed_text:
        lines.append(f"Đề nghị sửa thành: {comment.proposed_text}")
    return "\n".join(lines)


def _replies(comment: Comment) -> list[Reply]:
    replies = [
        Reply(str(reply.author), timezone.localtime(reply.created_at), reply.text) for reply in comment.replies.all()
    ]
    if comment.is_answered:
        response = comment.response
        outcome = OUTCOMES[Response.Outcome(response.outcome)]
        words = f"{outcome}: {response.explanation}" if response.explanation else f"{outcome}."
        replies.append(Reply(str(response.by), timezone.localtime(response.at), words))
    return sorted(replies, key=lambda reply: reply.at)
