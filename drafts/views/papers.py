"""The layouts of papers: the list, a new one from a set of rules, editing with the first page beside it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from config.errors import RuleBrokenError
from drafts import papers
from drafts.exporting import Facts, Profile
from drafts.exporting.preview import Picture, first_page
from drafts.models import PaperLayout
from drafts.paper_forms import PaperLayoutForm, PresetForm
from drafts.texts import Sheet, Text


@require_safe
def layout_list(request: PersonRequest) -> HttpResponse:
    """What the person may change."""
    user = papers.arranger(request.user)
    context = {"layouts": papers.layouts_of(user), "form": PresetForm()}
    return render(request, "drafts/paper_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_layout(request: PersonRequest) -> HttpResponse:
    """A layout from the set of rules named by ``?profile=``."""
    user = papers.arranger(request.user)
    row = PaperLayout.from_preset(_profile(request), unit=None if user.is_superuser else user.unit)
    if request.method != "POST":
        return _show(request, PaperLayoutForm(instance=row, user=user))
    form = PaperLayoutForm(request.POST, instance=row, user=user)
    if not form.is_valid():
        return _show(request, form, status=422)
    papers.save_layout(PaperLayout(), by=user, columns=form.columns())
    messages.success(request, _("The layout has been saved."))
    return redirect("drafts:papers")


@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a stored layout."""
    row = papers.get_layout_for(request.user, pk=pk)
    if request.method != "POST":
        return _show(request, PaperLayoutForm(instance=row, user=request.user), row=row)
    form = PaperLayoutForm(request.POST, instance=row, user=request.user)
    if not form.is_valid():
        return _show(request, form, row=row, status=422)
    if papers.save_layout(row, by=request.user, columns=form.columns()):
        messages.success(request, _("The layout has been saved."))
    return redirect("drafts:papers")


@require_POST
def layout_preview(request: PersonRequest) -> HttpResponse:
    """The first page as the form stands; stores nothing. Without htmx the whole form comes back with it."""
    user = papers.arranger(request.user)
    row = PaperLayout.from_preset(_profile(request))
    form = PaperLayoutForm(request.POST, instance=row, user=user)
    if not form.is_valid():
        if request.htmx:
            return render(request, "drafts/_paper_preview.html", {"picture": None}, status=422)
        return _show(request, form, status=422)
    if request.htmx:
        return render(request, "drafts/_paper_preview.html", {"picture": _picture(_filled(form))})
    return _show(request, form)


@require_POST
def layout_withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer it no more."""
    papers.withdraw_layout(papers.get_layout_for(request.user, pk=pk), by=request.user)
    messages.success(request, _("The layout has been withdrawn."))
    return redirect("drafts:papers")


def _profile(request: PersonRequest) -> str:
    named = request.POST.get("profile") or request.GET.get("profile") or Profile.PARTY_2026.value
    if named not in set(Profile):
        raise RuleBrokenError(_("There is no such set of rules."))
    return named


def _filled(form: PaperLayoutForm) -> PaperLayout:
    return PaperLayout(**form.columns())


def _show(
    request: PersonRequest, form: PaperLayoutForm, *, row: PaperLayout | None = None, status: int = 200
) -> HttpResponse:
    stands = _filled(form) if form.is_bound and form.is_valid() else form.instance
    picture = _picture(stands) if not form.errors else None
    context = {"form": form, "row": row, "picture": picture, "profile": form["profile"].value()}
    return render(request, "drafts/paper.html", context, status=status)


def _picture(row: PaperLayout) -> Picture:
    layout = row.layout()
    facts = Facts(_SAMPLE.title, "regulation", 2, "Dự thảo lần 2", timezone.localtime(), "")
    return first_page(_SAMPLE, facts=facts, layout=layout)


def _sample_sheet(kind: str, number: str, label: str, heading: str, text: str) -> Sheet:
    return Sheet(0, uuid.uuid4(), kind, number, label, heading, text, None)


_SAMPLE = Text(
    "Quy chế làm việc",
    (
        _sample_sheet("preamble", "", "", "", "- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;"),
        _sample_sheet("chapter", "I", "Chương I", "Quy định chung", ""),
        _sample_sheet(
            "article", "1", "Điều 1", "Phạm vi điều chỉnh, đối tượng áp dụng",
            "1. Quy chế này quy định nguyên tắc, chế độ làm việc và quan hệ công tác.\n2. Quy chế này áp dụng đối với "
            "các đồng chí ủy viên và các cơ quan tham mưu, giúp việc.",
        ),
        _sample_sheet("article", "2", "Điều 2", "Hiệu lực thi hành", "Quy chế này có hiệu lực kể từ ngày ký."),
    ),
)  # fmt: skip
"""A text of a few lines, for the picture: a constant of the field, as exported papers are."""
