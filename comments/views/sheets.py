"""Opinion sheets of a round: writing, answering, recording from paper, counting, printing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from comments import sheets
from comments.access import get_round_for
from comments.contributions import parts_of
from comments.downloading import TYPES, Paper, paper_name, short_title
from comments.models import Consultation, OpinionSheet, ReturnedSheet
from comments.sheet_forms import AsideForm, ReturnForm, SheetForm
from comments.views.downloading import file_response
from config.errors import RuleBrokenError
from drafts import papers
from drafts.exporting import Facts
from drafts.exporting.asking import blank_sheet, sheet_totals
from drafts.exporting.dates import moment


@require_safe
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """The questions; one's own answer; for those who consolidate the count and who has handed in."""
    consultation = get_round_for(request.user, "read", pk=pk)
    found = _sheet_of(consultation)
    returned = {one.invitation_id: one for one in found.returned.all()} if found else {}
    sees_all = "consolidate" in consultation.edition.document.abilities
    context = {
        "document": consultation.edition.document,
        "consultation": consultation,
        "sheet": found,
        "parts": [(part, returned.get(part.invitation.pk)) for part in parts_of(request.user, consultation)],
        "totals": sheets.Totals(found) if found and sees_all else None,
        "missing": consultation.invitations.exclude(pk__in=returned).select_related("unit", "user") if sees_all else [],
        "may_write": "issue" in consultation.edition.document.abilities,
        "may_record": "record" in consultation.edition.document.abilities,
        "aside_form": AsideForm(),
    }
    return render(request, "comments/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_text(request: PersonRequest, pk: int) -> HttpResponse:
    """Write the sheet, or change it until the first comes back."""
    consultation = get_round_for(request.user, "issue", pk=pk)
    found = _sheet_of(consultation)
    initial = {"title": consultation.edition.document.title}
    if found:
        lines = "\n".join(question.text for question in found.questions.all())
        initial = {"title": found.title, "introduction": found.introduction, "questions": lines}
    form = SheetForm(request.POST or None, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        try:
            sheets.write_sheet(
                consultation,
                by=request.user,
                title=said["title"],
                introduction=said["introduction"],
                questions=said["questions"].splitlines(),
            )
        except RuleBrokenError as rule:
            form.add_error("questions", str(rule))
        else:
            messages.success(request, _("The sheet is ready."))
            return redirect("comments:sheet", pk=pk)
    context = {"document": consultation.edition.document, "consultation": consultation, "form": form}
    return render(request, "comments/sheet_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_answer(request: PersonRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Hand one's sheet in; the secretary records one that came on paper."""
    consultation = get_round_for(request.user, "read", pk=pk)
    found = _sheet_of(consultation)
    invitation = get_object_or_404(consultation.invitations.select_related("unit", "user"), pk=invitation_pk)
    own = {part.invitation.pk: part.may_send for part in parts_of(request.user, consultation)}
    records = "record" in consultation.edition.document.abilities
    if found is None or not (records or invitation.pk in own):
        raise Http404
    if not (records or own[invitation.pk]):
        raise PermissionDenied(_("Only who acts for the unit hands its sheet in."))
    on_paper = not own.get(invitation.pk, False)
    form = ReturnForm(request.POST or None, sheet=found, on_paper=on_paper)
    if form.is_valid():
        try:
            returned = sheets.return_sheet(
                found,
                invitation,
                by=request.user,
                answers=form.answers(),
                on_paper=on_paper,
                is_signed=form.cleaned_data.get("is_signed", True),
            )
        except RuleBrokenError as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _("The sheet of %(who)s is handed in.") % {"who": sheets.name_of(returned)})
            return redirect("comments:sheet", pk=pk)
    context = {
        "document": consultation.edition.document,
        "consultation": consultation,
        "sheet": found,
        "invitation": invitation,
        "form": form,
        "on_paper": on_paper,
    }
    return render(request, "comments/sheet_answer.html", context, status=422 if form.is_bound else 200)


@require_POST
def sheet_aside(request: PersonRequest, pk: int, returned_pk: int) -> HttpResponse:
    """Do not count a sheet, or count it again."""
    consultation = get_round_for(request.user, "record", pk=pk)
    returned = get_object_or_404(ReturnedSheet, pk=returned_pk, sheet__consultation=consultation)
    form = AsideForm(request.POST)
    if not form.is_valid():
        raise RuleBrokenError(_("Say why the sheet is set aside."))
    sheets.set_aside(returned, by=request.user, **form.cleaned_data)
    messages.success(request, _("It is kept, and counted as you said."))
    return redirect("comments:sheet", pk=pk)


@require_safe
def sheet_file(request: PersonRequest, pk: int) -> HttpResponse:
    """The blank sheet to print and sign; ``?totals`` gives what came back."""
    totals = "totals" in request.GET
    consultation = get_round_for(request.user, "consolidate" if totals else "read", pk=pk)
    found = _sheet_of(consultation)
    if found is None:
        raise Http404
    document = consultation.edition.document
    layout = papers.offers(document.drafting_unit, request.user.unit)[0].layout
    facts = Facts(
        title=document.title,
        kind=document.kind,
        edition=consultation.edition.number,
        label=consultation.edition.label,
        at=timezone.localtime(),
        sha256=consultation.edition.sha256,
    )
    if totals:
        data = sheet_totals(
            (count := sheets.Totals(found)).counted,
            title=found.title,
            opening=[
                f"Số phiếu phát ra: {count.asked}; số phiếu thu về: {len(count.returned)}; hợp lệ: {len(count.valid)}; "
                f"để riêng: {len(count.aside)}."
            ],
            facts=facts,
            layout=layout,
        )
        name = "Tổng hợp phiếu lấy ý kiến"
    else:
        data = blank_sheet(
            [(question.number, question.text) for question in found.questions.all()],
            title=found.title,
            introduction=found.introduction,
            until=moment(timezone.localtime(consultation.closes_at)),
            facts=facts,
            layout=layout,
        )
        name = "Phiếu lấy ý kiến"
    return file_response(
        Paper(paper_name(f"{name} - {short_title(document.title)}", extension="docx"), TYPES["docx"], data)
    )


def _sheet_of(consultation: Consultation) -> OpinionSheet | None:
    found = OpinionSheet.objects.filter(consultation=consultation).first()
    if found is not None:
        found.consultation = consultation
    return found
