"""The official table of opinions and answers (bản tổng hợp ý kiến, tiếp thu, giải trình), letters, a workbook.

What they say is constants of the field, in Vietnamese whatever the language of the interface. What a unit is still
gathering is in none of them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from comments.access import visible_comments
from comments.consolidation import OPEN, STATES, UNIT, Filters, attach_carried_out
from comments.downloading import TYPES, Paper, paper_name, short_title
from comments.leaves import clause_labels, title_of
from comments.models import Comment, Consultation, Invitation, Stance
from comments.repeating import same_elsewhere
from comments.workbook import workbook
from drafts import papers, pdf
from drafts.exporting import Facts, Layout
from drafts.exporting.collecting import Place, Said, opinions_paper
from drafts.exporting.dates import numeric
from drafts.models import Document
from drafts.photographs import working_text
from drafts.texts import Sheet, fingerprint

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
OUTCOMES = {
    OPEN: "Chưa trả lời",
    "accepted": "Tiếp thu",
    "partly": "Tiếp thu một phần",
    "explained": "Giải trình",
    "noted": "Ghi nhận",
}
PERSON, UNNAMED_UNIT = "Cá nhân", "Cơ quan, đơn vị"
LETTER_TITLE, LETTER_SYMBOL = "THÔNG BÁO", "TB"
LETTER_SUBJECT = "kết quả tiếp thu, giải trình ý kiến góp ý của {unit}\nđối với dự thảo {{new}}"

SIGNED_BY = "THỦ TRƯỞNG CƠ QUAN CHỦ TRÌ SOẠN THẢO"


class SynthesisForm(forms.Form):
    """Which opinions, with or without names, in which layout and format."""

    which = forms.ChoiceField(label=_("Which comments"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=_("Only of one unit"), required=False)
    with_names = forms.BooleanField(label=_("With the names of units and people"), required=False, initial=True)
    layout = forms.ChoiceField(label=_("Layout"))
    format = forms.ChoiceField(label=_("Format"), widget=forms.RadioSelect, initial="docx")

    def __init__(self, *args: Any, synthesis: Synthesis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        which = [("all", _("All")), ("open", _("Unanswered only"))]
        if synthesis.filters.are_set:
            which.insert(0, ("filtered", _("Those found on the page just now")))
        formats = [("docx", _("Word (.docx)"))]
        formats += [("pdf", _("PDF"))] if pdf.can_make_pdf() else []
        formats += [("xlsx", _("Excel (.xlsx)")), ("letters", _("A letter to each unit with its comments (.zip)"))]
        self._choose("which", which)
        self._choose("unit", [("", _("All units")), *((str(unit.pk), unit.name) for unit in synthesis.units)])
        self._choose("layout", [(offer.key, offer.name) for offer in synthesis.offers])
        self._choose("format", formats)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].initial = choices[0][0]


@dataclass(frozen=True)
class _Totals:
    """What the opening words count."""

    asked: int
    received: int
    agree: tuple[str, ...]
    silent: tuple[str, ...]
    spoke: int
    by_state: dict[str, int]


class Synthesis:
    """The opinions on a document as one person who consolidates sees them."""

    def __init__(self, document: Document, *, user: User, filters: Filters | None = None) -> None:
        self.document = document
        self.user = user
        self.filters = filters or Filters()
        self.text = working_text(document)
        self._same: dict[int, list[Comment]] = {}

    @cached_property
    def offers(self) -> list[papers.Offer]:
        return papers.offers(self.document.drafting_unit, self.user.unit)

    @cached_property
    def units(self) -> list[Unit]:
        units = self._all.annotate(unit_pk=UNIT).order_by().values("unit_pk")
        return list(Unit.objects.filter(pk__in=units).in_protocol_order())

    def paper(self, form: SynthesisForm) -> Paper:
        """The file a valid form asks for. Raises RuleBrokenError when a PDF cannot be made."""
        chosen = form.cleaned_data
        layout = next(offer.layout for offer in self.offers if offer.key == chosen["layout"])
        kind, named = chosen["format"], chosen["with_names"]
        with translation.override("vi"):
            comments = self.comments(which=chosen["which"], unit=chosen["unit"])
            if kind == "xlsx":
                return self._named("Tổng hợp ý kiến", kind, WORKBOOK, self._workbook(comments, named=named))
            if kind == "letters":
                return self._named("Thư trả lời", "zip", ZIP, self._letters(comments, layout))
            word = self._table(comments, layout=layout, named=named)
        data = word if kind == "docx" else pdf.as_pdf(word)
        return self._named("Tổng hợp ý kiến", kind, TYPES[kind], data)

    def _named(self, what: str, extension: str, content_type: str, data: bytes) -> Paper:
        return Paper(
            paper_name(f"{what} - {short_title(self.document.title)}", extension=extension), content_type, data
        )

    def comments(self, *, which: str = "all", unit: str = "") -> list[Comment]:
        """In the draft's order, topics after the articles, general ones last.

        Nine queries, fourteen where opinions were repeated on other drafts, whatever their number.
        """
        comments = self._all
        if which == "filtered":
            comments = self.filters.apply(comments)
        elif which == "open":
            comments = comments.unanswered()
        if unit:
            comments = comments.annotate(unit_pk=UNIT).filter(unit_pk=unit)
        found = list(
            comments.select_related("author__unit", "on_behalf_of", "recorded_by", "edition", "provision", "topic")
            .select_related("response__carried_out_by", "reopening")
            .prefetch_related("attachments")
            .order_by("pk")
        )
        attach_carried_out(found)
        self._same = same_elsewhere(found, user=self.user)
        order = {sheet.wid: place for place, sheet in enumerate(self.text)}
        last = len(order)

        def key(comment: Comment) -> tuple[Any, ...]:
            if comment.topic is not None:
                return (1, comment.topic.title, 0, "", comment.pk)
            if comment.provision is None:
                return (2, "", 0, "", comment.pk)
            place = order.get(comment.provision.wid, last + comment.provision.position)
            return (0, "", place, self._clause_place(comment), comment.pk)

        return sorted(found, key=key)

    @property
    def _all(self) -> Any:
        return visible_comments(self.user, self.document).standing().sent()

    def _table(self, comments: Sequence[Comment], *, layout: Layout, named: bool) -> bytes:
        return opinions_paper(
            self.places(comments, layout=layout, named=named),
            title=layout.opinions_title,
            subject=layout.opinions_subject,
            opening=list(self._opening(comments, layout=layout, named=named)),
            facts=self._facts,
            layout=layout,
            signed_by=SIGNED_BY,
        )

    def _letters(self, comments: Sequence[Comment], layout: Layout) -> bytes:
        """One Word file for each unit with opinions that were answered, and no other unit's."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for unit, theirs in self._by_unit(comments):
                letter = opinions_paper(
                    self.places(theirs, layout=layout, named=True),
                    title=LETTER_TITLE,
                    subject=LETTER_SUBJECT.format(unit=unit.name).replace("{{new}}", "{new}"),
                    opening=[
                        f"Kính gửi: {unit.name}.",
                        f"{self._drafting_unit} trân trọng cảm ơn và thông báo kết quả tiếp thu, giải trình"
                        f" {len(theirs)} ý kiến góp ý như sau:",
                    ],
                    facts=self._facts,
                    layout=layout,
                    symbol=LETTER_SYMBOL,
                    signed_by=SIGNED_BY,
                )
                archive.writestr(paper_name(f"{unit.rank:04d} - {unit.name}", extension="docx"), letter)
            if not archive.namelist():
                archive.writestr("Chưa có trả lời nào.txt", "Chưa có ý kiến nào được trả lời.\n")
        return packed.getvalue()

    def _by_unit(self, comments: Iterable[Comment]) -> Iterator[tuple[Unit, list[Comment]]]:
        answered = [comment for comment in comments if comment.is_answered]
        for unit in self.units:
            theirs = [comment for comment in answered if (comment.on_behalf_of or comment.author.unit) == unit]
            if theirs:
                yield unit, theirs

    def places(
        self, comments: Iterable[Comment], *, layout: Layout, named: bool = True, section: str = ""
    ) -> list[Place]:
        """The rows of the table, under the heading of a section where there are several drafts."""
        return [
            Place(name, tuple(self._said(comment, named=named) for comment in members), section=section)
            for name, members in groupby(comments, key=lambda comment: self._place(comment, layout))
        ]

    def summary(self, comments: Sequence[Comment]) -> str:
        """One line: how many opinions on this draft, and what became of them."""
        states = [comment.response.outcome if comment.is_answered else OPEN for comment in comments]
        counted = [(OUTCOMES[state].lower(), states.count(state)) for state in (*STATES[1:], OPEN)]
        told = "; ".join(f"{name}: {count}" for name, count in counted if count)
        return f"{self.document.title}: {len(comments)} ý kiến{f' ({told})' if told else ''}."

    def _place(self, comment: Comment, layout: Layout) -> str:
        if comment.topic is not None:
            return comment.topic.title
        if comment.provision is None:
            return layout.opinions_general
        sheet = self._sheets.get(comment.provision.wid)
        title = title_of(sheet) if sheet else f"{capfirst(str(comment.provision))} (đã bỏ)"
        label = sheet.label if sheet else ""
        if not comment.clause_label:
            return title
        return capfirst(f"{comment.clause_label} {label or title}")

    def _said(self, comment: Comment, *, named: bool) -> Said:
        outcome = OUTCOMES[comment.response.outcome if comment.is_answered else OPEN]
        notes = [f"Tệp kèm theo: {attachment.name}" for attachment in comment.attachments.all()]
        if comment.topic is not None and comment.provision is not None:
            notes.append(f"({capfirst(f'{comment.clause_label} {comment.provision}'.strip())})")
        notes += [f"(Cùng ý kiến tại {_place_elsewhere(one)})" for one in self._same.get(comment.pk, ())]
        if comment.recorded_by and named:
            notes.append("(Ý kiến phát biểu, thư ký ghi)")
        return Said(
            who=self._who(comment, named=named),
            quote=comment.quote,
            text=comment.text,
            proposed=comment.proposed_text,
            notes=tuple(notes),
            outcome=outcome,
            answer=comment.response.explanation if comment.is_answered else "",
            after=tuple(self._after(comment)),
        )

    def _after(self, comment: Comment) -> Iterator[str]:
        """What became of the text, and of the opinion."""
        if comment.is_answered and comment.response.carried_out_version and comment.provision:
            sheet = self._sheets.get(comment.provision.wid)
            yield f"(Đã chỉnh lý tại {sheet.label or title_of(sheet)})" if sheet else "(Đã chỉnh lý)"
        if getattr(comment, "reopening", None) is not None and comment.reopening.reserved_at:
            yield "(Chủ thể góp ý bảo lưu ý kiến)"

    def _who(self, comment: Comment, *, named: bool) -> tuple[str, ...]:
        if not named:
            return (UNNAMED_UNIT if comment.on_behalf_of else PERSON,)
        if comment.on_behalf_of:
            return (comment.on_behalf_of.name,)
        unit = comment.author.unit
        return (str(comment.author), *([unit.name] if unit and unit.name not in str(comment.author) else []))

    def _opening(self, comments: Sequence[Comment], *, layout: Layout, named: bool) -> Iterator[str]:
        """The words above the table, counted. Papers of the State name the law; the Party's are not under it."""
        totals, since, which = self._totals(comments), "", ""
        basis, asked = ("", "xin ý kiến")
        if not layout.profile.is_party:
            basis = "Căn cứ Luật Ban hành văn bản quy phạm pháp luật, "
            asked = "xin ý kiến, tham vấn, góp ý, phản biện xã hội"
        if self._round:
            first, last = (timezone.localdate(moment) for moment in (self._round.opens_at, self._round.closes_at))
            since = f", từ ngày {numeric(first)} đến ngày {numeric(last)}"
            which = f" ({self._round.edition.label})"
        yield (
            f"{basis}{self._drafting_unit} đã tổ chức lấy ý kiến góp ý"
            f" đối với dự thảo {self.document.title}{which}{since}."
        )
        yield (
            f"1. Tổng số {totals.asked} cơ quan, tổ chức, cá nhân đã gửi {asked}"
            f" và tổng số {totals.received} ý kiến nhận được."
        )
        yield "2. Kết quả cụ thể như sau:"
        if self._round:
            yield f"2.1. Thống nhất với nội dung dự thảo: {_listed(totals.agree, named=named)}."
            if totals.silent:
                yield f"Chưa có văn bản trả lời: {_listed(totals.silent, named=named)}."
        counted = [(OUTCOMES[state].lower(), totals.by_state[state]) for state in (*STATES[1:], OPEN)]
        states = "; ".join(f"{name}: {count}" for name, count in counted if count)
        yield (
            f"{'2.2' if self._round else '2.1'}. Có ý kiến góp ý: {totals.spoke} cơ quan, tổ chức, cá nhân,"
            f" {len(comments)} ý kiến{f' ({states})' if states else ''}, cụ thể:"
        )

    def _totals(self, comments: Sequence[Comment]) -> _Totals:
        invitations: list[Invitation] = list(self._invitations)
        speakers = {_speaker(comment) for comment in comments}
        received = list(
            self._all.order_by().values_list("author", "author__unit", "on_behalf_of")
        )  # all, not only these
        people = {author for author, _unit, _named in received}
        units = {named or unit for _author, unit, named in received}
        agree = [
            f"{one.unit.name if one.unit else one.user}, trả lời ngày {numeric(timezone.localdate(one.answered_at))}"
            for one in invitations
            if one.answered_at is not None and one.stance in (Stance.AGREE, Stance.NO_COMMENT)
        ]
        silent = [
            str(one.unit.name if one.unit else one.user)
            for one in invitations
            if not one.is_answered and (one.unit_id not in units if one.unit_id else one.user_id not in people)
        ]
        states = [comment.response.outcome if comment.is_answered else OPEN for comment in comments]
        return _Totals(
            asked=len(invitations),
            received=len(received),
            agree=tuple(agree),
            silent=tuple(silent),
            spoke=len(speakers),
            by_state={state: states.count(state) for state in STATES},
        )

    def _workbook(self, comments: Sequence[Comment], *, named: bool) -> bytes:
        heads = [
            "Số", "Điều", "Khoản, điểm", "Chủ thể góp ý", "Loại ý kiến", "Từ ngữ góp ý", "Nội dung góp ý",
            "Đề nghị sửa thành", "Kết quả", "Nội dung tiếp thu, giải trình", "Ngày góp ý", "Ngày trả lời",
        ]  # fmt: skip
        rows = [
            [
                comment.pk,
                self._article(comment),
                comment.clause_label,
                "\n".join(self._who(comment, named=named)),
                capfirst(comment.get_kind_display()),
                comment.quote,
                comment.text,
                comment.proposed_text,
                OUTCOMES[comment.response.outcome if comment.is_answered else OPEN],
                comment.response.explanation if comment.is_answered else "",
                timezone.localdate(comment.created_at),
                timezone.localdate(comment.response.at) if comment.is_answered else None,
            ]
            for comment in comments
        ]
        return workbook(heads, rows, title="Tổng hợp ý kiến")

    def _article(self, comment: Comment) -> str:
        if comment.provision is None:
            return "Ý kiến chung"
        sheet = self._sheets.get(comment.provision.wid)
        return title_of(sheet) if sheet else capfirst(str(comment.provision))

    @cached_property
    def _sheets(self) -> dict[Any, Sheet]:
        return self.text.by_wid()

    @cached_property
    def _clauses(self) -> dict[Any, dict[str, int]]:
        """The order of the clauses of an article, as far as asked for."""
        return {}

    def _clause_place(self, comment: Comment) -> int:
        assert comment.provision is not None
        sheet = self._sheets.get(comment.provision.wid)
        if sheet is None or not comment.clause_label:
            return -1
        if sheet.wid not in self._clauses:
            self._clauses[sheet.wid] = {label: place for place, label in enumerate(clause_labels(sheet))}
        return self._clauses[sheet.wid].get(comment.clause_label, 10_000)

    @cached_property
    def _round(self) -> Consultation | None:
        rounds = Consultation.objects.filter(edition__document=self.document).select_related("edition")
        return rounds.order_by("-pk").first()

    @cached_property
    def _invitations(self) -> list[Invitation]:
        if self._round is None:
            return []
        return list(self._round.invitations.select_related("unit", "user").order_by("unit__rank", "pk"))

    @property
    def _drafting_unit(self) -> str:
        return self.document.drafting_unit.name if self.document.drafting_unit else "Cơ quan chủ trì soạn thảo"

    @property
    def _facts(self) -> Facts:
        edition = self.document.editions.standing().first()
        return Facts(
            title=self.document.title,
            kind=self.document.kind,
            edition=edition.number if edition else None,
            label=edition.label if edition else "",
            at=timezone.localtime(),
            sha256=edition.sha256 if edition else fingerprint(self.text.title, self.text.sheets),
            author=self._drafting_unit,
        )


def _speaker(comment: Comment) -> tuple[str, int | None]:
    unit = comment.on_behalf_of_id or comment.author.unit_id
    return ("unit", unit) if unit else ("person", comment.author_id)


def _place_elsewhere(comment: Comment) -> str:
    place = f"{comment.clause_label} {comment.provision}".strip() if comment.provision else ""
    return f"{place} dự thảo {comment.document.title}".strip()


def _listed(names: Sequence[str], *, named: bool) -> str:
    return f"{len(names)}" + (f" ({'; '.join(names)})" if names and named else "")
