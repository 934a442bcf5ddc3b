"""How an office sets its papers: stored layouts, made from presets."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from drafts.exporting import PRESETS, Layout, Profile
from drafts.recording import records

NUMBERS = (
    "body_size", "table_size", "line_points", "line_multiple", "first_line", "gap_points", "top", "bottom", "left",
    "right", "page_number_size",
)  # fmt: skip
COLUMNS = (
    "profile", "name", "nation", "motto", "upper_body", "issuing_body", "body_symbol", "number_form", "place",
    "draft_mark", "working_mark", "recipients_head", "authority", "position", "signer", "kind_names", "kind_symbols",
    "font", *NUMBERS, "mirrors_margins", "comparison_title", "comparison_subject", "comparison_old", "comparison_new",
    "comparison_reason", "comparison_added", "comparison_dropped", "opinions_title", "opinions_subject",
    "opinions_place", "opinions_who", "opinions_said", "opinions_answer", "opinions_general",
)  # fmt: skip
"""What a stored layout and `drafts.exporting.Layout` have in common, by one name; `recipients` are lines here."""


def _millimetres(name: Any, *, most: int = 60) -> models.DecimalField:
    return models.DecimalField(
        name, max_digits=4, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(most)]
    )


def _points(name: Any, *, least: int, most: int) -> models.DecimalField:
    return models.DecimalField(
        name, max_digits=4, decimal_places=1, validators=[MinValueValidator(least), MaxValueValidator(most)]
    )


class PaperLayoutQuerySet(models.QuerySet["PaperLayout"]):
    def standing(self) -> PaperLayoutQuerySet:
        return self.filter(is_withdrawn=False)

    def offered_to(self, *units: Unit | None) -> PaperLayoutQuerySet:
        """Those of the whole site and of the given units."""
        own = models.Q(unit=None) | models.Q(unit__in=[unit.pk for unit in units if unit is not None])
        return self.standing().filter(own)


class PaperLayout(models.Model):
    """The layout of an office's papers; without a unit it is offered to everybody. Withdrawn, never deleted."""

    class Profiles(models.TextChoices):
        PARTY_2026 = Profile.PARTY_2026.value, "Đảng (Hướng dẫn 05-HD/VPTW, 2026)"
        PARTY_2018 = Profile.PARTY_2018.value, "Đảng (Hướng dẫn 36-HD/VPTW, 2018)"
        STATE = Profile.STATE.value, "Nhà nước (Nghị định 30/2020/NĐ-CP)"

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="paper_layouts", verbose_name=_("unit")
    )
    name = models.CharField(_("name of the layout"), max_length=120)
    profile = models.CharField(_("set of rules"), max_length=20, choices=Profiles.choices)
    nation = models.CharField(_("head line"), max_length=120)
    motto = models.CharField(_("motto"), max_length=120, blank=True)
    upper_body = models.CharField(_("upper body"), max_length=200, blank=True)
    issuing_body = models.CharField(_("issuing body"), max_length=200, blank=True)
    body_symbol = models.CharField(_("symbol of the body"), max_length=40, blank=True)
    number_form = models.CharField(_("number and symbol"), max_length=80)
    place = models.CharField(_("place name"), max_length=80, blank=True)
    draft_mark = models.CharField(_("draft mark of an edition"), max_length=80, blank=True)
    working_mark = models.CharField(_("draft mark of the working text"), max_length=80, blank=True)
    recipients_head = models.CharField(_("head of the recipients"), max_length=40, blank=True)
    recipients = models.TextField(_("recipients"), blank=True)
    authority = models.CharField(_("signing authority"), max_length=120, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    signer = models.CharField(_("name of the signer"), max_length=120, blank=True)
    kind_names = models.JSONField(_("names of the kinds"), default=dict)
    kind_symbols = models.JSONField(_("symbols of the kinds"), default=dict)
    font = models.CharField(_("typeface"), max_length=60)
    body_size = _points(_("size of the text"), least=8, most=24)
    table_size = _points(_("size in tables"), least=6, most=24)
    line_points = _points(_("exact line height"), least=0, most=60)
    line_multiple = models.DecimalField(
        _("line spacing"), max_digits=3, decimal_places=2, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    first_line = _millimetres(_("indent of the first line"), most=30)
    gap_points = _points(_("gap between paragraphs"), least=0, most=24)
    top = _millimetres(_("top margin"))
    bottom = _millimetres(_("bottom margin"))
    left = _millimetres(_("left margin"))
    right = _millimetres(_("right margin"))
    mirrors_margins = models.BooleanField(_("printed on both sides: mirror the margins"), default=False)
    page_number_size = _points(_("size of the page number"), least=8, most=20)
    comparison_title = models.CharField(_("title of the comparison table"), max_length=200)
    comparison_subject = models.CharField(_("its subject"), max_length=300, blank=True)
    comparison_old = models.CharField(_("first column head"), max_length=120)
    comparison_new = models.CharField(_("second column head"), max_length=120)
    comparison_reason = models.CharField(_("third column head"), max_length=120)
    comparison_added = models.CharField(_("in the place of what is new"), max_length=60)
    comparison_dropped = models.CharField(_("in the place of what was dropped"), max_length=60)
    opinions_title = models.CharField(
        _("title of the table of opinions"),
        max_length=200,
        default="BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý",
    )
    opinions_subject = models.CharField(_("its subject"), max_length=300, blank=True, default="đối với dự thảo {new}")
    opinions_place = models.CharField(_("first column head"), max_length=120, default="NHÓM VẤN ĐỀ, ĐIỀU, KHOẢN")
    opinions_who = models.CharField(_("second column head"), max_length=120, default="CHỦ THỂ GÓP Ý")
    opinions_said = models.CharField(_("third column head"), max_length=120, default="NỘI DUNG GÓP Ý")
    opinions_answer = models.CharField(_("fourth column head"), max_length=120, default="NỘI DUNG TIẾP THU, GIẢI TRÌNH")
    opinions_general = models.CharField(_("name of the general comments"), max_length=120, default="Ý kiến chung")
    is_withdrawn = models.BooleanField(default=False, editable=False)

    history = records()
    objects = PaperLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("layout of papers")
        verbose_name_plural = _("layouts of papers")
        ordering = ["name", "id"]
        permissions = [("arrange_papers", _("Can arrange the papers of the own unit"))]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_preset(cls, profile: str, *, unit: Unit | None = None) -> PaperLayout:
        """An unsaved layout that says what the preset says."""
        preset = PRESETS[Profile(profile)]
        columns = {name: getattr(preset, name) for name in COLUMNS}
        columns |= {"profile": preset.profile.value}
        columns |= {name: dict(columns[name]) for name in ("kind_names", "kind_symbols")}
        return cls(unit=unit, recipients="\n".join(preset.recipients), **columns)

    def layout(self) -> Layout:
        """As the exporter wants it."""
        columns = {name: getattr(self, name) for name in COLUMNS}
        columns |= {name: float(columns[name]) for name in NUMBERS}
        columns["profile"] = Profile(self.profile)
        recipients = tuple(line.strip() for line in self.recipients.splitlines() if line.strip())
        return Layout(recipients=recipients, **columns)
