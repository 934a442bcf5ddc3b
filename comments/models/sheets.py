"""Opinion sheets (phiếu lấy ý kiến): questions, and the sheets that came back."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.models.consultations import Consultation, Invitation
from drafts.recording import records


class OpinionSheet(models.Model):
    """The sheet of a round: everyone invited is asked the same questions."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="sheet")
    title = models.CharField(_("title"), max_length=300)
    introduction = models.TextField(_("introduction"), blank=True)

    history = records()

    def __str__(self) -> str:
        return self.title


class SheetQuestion(models.Model):
    """A numbered question, to be answered by agree, disagree or another opinion."""

    sheet = models.ForeignKey(OpinionSheet, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("question"))

    history = records()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="questions_are_numbered"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_question_asks_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class ReturnedSheet(models.Model):
    """A sheet that came back, from the screen or on paper. Set aside: late, unsigned; it is kept but not counted."""

    class SetAside(models.TextChoices):
        LATE = "late", _("came after the closing time")
        UNSIGNED = "unsigned", _("not signed")
        OTHER = "other", _("another reason")

    sheet = models.ForeignKey(OpinionSheet, models.PROTECT, related_name="returned")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="sheets")
    returned_at = models.DateTimeField(default=timezone.now)
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_paper = models.BooleanField(_("on paper"), default=False)
    set_aside = models.CharField(_("set aside"), max_length=8, choices=SetAside.choices, blank=True)
    set_aside_reason = models.TextField(_("reason"), blank=True)

    history = records()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "invitation"], name="a_sheet_comes_back_once")]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.invitation}"


class SheetAnswer(models.Model):
    """What a returned sheet says to one question; another opinion is quoted word for word."""

    class Choice(models.TextChoices):
        AGREE = "agree", _("agree")
        DISAGREE = "disagree", _("disagree")
        OTHER = "other", _("other opinion")

    returned = models.ForeignKey(ReturnedSheet, models.PROTECT, related_name="answers")
    question = models.ForeignKey(SheetQuestion, models.PROTECT, related_name="answers")
    choice = models.CharField(_("answer"), max_length=8, choices=Choice.choices)
    text = models.TextField(_("opinion"), blank=True)

    history = records()

    class Meta:
        ordering = ["question__number"]
        constraints = [
            models.UniqueConstraint(fields=["returned", "question"], name="one_answer_per_question"),
            models.CheckConstraint(
                condition=~models.Q(choice="other") | ~models.Q(text=""), name="another_opinion_is_said"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_choice_display()}"
