"""The comparison table as a paper: what the page shows, as rows of a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.comparison import ComparisonPage
from comments.downloading import TYPES, WORKING_LABEL, Paper, paper_name, short_title
from drafts import papers, pdf
from drafts.columns import Part
from drafts.comparison import ComparisonTable, TableRow
from drafts.exporting import Facts
from drafts.exporting.comparing import ComparedLine, ComparedRow, Names, comparison_paper
from drafts.models import Comparison
from drafts.texts import Sheet, Text, fingerprint

# Words of the exported papers: constants of the field, whatever the interface's language is.
ASSESSMENT, LEGAL_BASIS = "Đánh giá quy định hiện hành", "Căn cứ"


class ComparisonPaperForm(forms.Form):
    """Which rows, in which layout and format."""

    changed_only = forms.BooleanField(label=_("Only what changes"), required=False)
    layout = forms.ChoiceField(label=_("Layout"))
    format = forms.ChoiceField(label=_("Format"), widget=forms.RadioSelect, initial="docx")

    def __init__(self, *args: Any, offers: list[papers.Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = [("docx", _("Word (.docx)")), *([("pdf", _("PDF"))] if pdf.can_make_pdf() else [])]
        self.fields["layout"].choices = [(offer.key, offer.name) for offer in offers]  # type: ignore[attr-defined]
        self.fields["format"].choices = formats  # type: ignore[attr-defined]


def layouts_for(comparison: Comparison, user: User) -> list[papers.Offer]:
    """The layouts of the drafting unit and of the person's own, the site's, the sets of rules."""
    return papers.offers(comparison.document.drafting_unit, user.unit)


def make_comparison_paper(page: ComparisonPage, table: ComparisonTable, *, form: ComparisonPaperForm) -> Paper:
    """The file for what a valid form says. Raises RuleBrokenError when a PDF cannot be made."""
    chosen = form.cleaned_data
    offers = layouts_for(page.comparison, page.user)
    layout = next(offer.layout for offer in offers if offer.key == chosen["layout"])
    names = Names(old=page.comparison.against.title, new=page.document.title)
    facts = _facts(page, table)
    rows = [row for row in compared_rows(table) if not chosen["changed_only"] or row.is_changed]
    word = comparison_paper(rows, names=names, facts=facts, layout=layout)
    kind = chosen["format"]
    name = paper_name(f"Bảng so sánh - {facts.label} - {short_title(page.document.title)}", extension=kind)
    return Paper(name, TYPES[kind], word if kind == "docx" else pdf.as_pdf(word))


def compared_rows(table: ComparisonTable) -> Iterator[ComparedRow]:
    """The rows of the table under the chapters of the new text; what was dropped stands under the chapter before it."""
    group = ""
    for row in table.rows:
        if row.new_sheets:
            group = _group(table.new_text, row.new_sheets[0])
        yield ComparedRow(
            old=tuple(_lines(row.old_parts)),
            new=tuple(_lines(row.new_parts)),
            reasons=tuple(_reasons(row)),
            group=group,
            is_changed=row.is_changed,
        )


def _lines(parts: Iterable[Part]) -> Iterator[ComparedLine]:
    for part in parts:
        yield ComparedLine(part.title, is_title=True, is_whole=part.is_whole)
        for paragraph in part.paragraphs:
            yield ComparedLine(paragraph, is_whole=part.is_whole)


def _reasons(row: TableRow) -> Iterator[tuple[str, str]]:
    if row.assessment:
        yield ASSESSMENT, row.assessment
    if row.reason:
        yield "", row.reason
    if row.legal_basis:
        yield LEGAL_BASIS, row.legal_basis


def _group(text: Text, sheet: Sheet) -> str:
    """The heads above an article: "Chương I. QUY ĐỊNH CHUNG"."""
    by_wid, above = text.by_wid(), []
    parent = by_wid.get(sheet.parent) if sheet.parent else None
    while parent is not None:
        above.append(parent.title)
        parent = by_wid.get(parent.parent) if parent.parent else None
    return " - ".join(reversed(above))


def _facts(page: ComparisonPage, table: ComparisonTable) -> Facts:
    edition, unit = table.edition, page.document.drafting_unit
    return Facts(
        title=page.document.title,
        kind=page.document.kind,
        edition=edition.number if edition else None,
        label=edition.label if edition else WORKING_LABEL,
        at=timezone.localtime(edition.issued_at if edition else None),
        sha256=edition.sha256 if edition else fingerprint(table.new_text.title, table.new_text.sheets),
        author=unit.name if unit else "",
    )
