"""Opinion sheets (phiếu lấy ý kiến): writing one, returning it, setting aside what cannot be counted, and the count.

Late and unsigned sheets are kept with the reason and not counted. Other opinions are quoted word for word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments.models import Consultation, Invitation, OpinionSheet, ReturnedSheet, SheetAnswer, SheetQuestion
from config.errors import RuleBrokenError
from drafts import diary
from drafts.exporting.asking import Counted
from drafts.models import Operation
from drafts.texts import clean, typed

Kind = Operation.Kind
Choice = SheetAnswer.Choice
Aside = ReturnedSheet.SetAside


@transaction.atomic
def write_sheet(
    consultation: Consultation, *, by: User, title: str, introduction: str, questions: Sequence[str]
) -> OpinionSheet:
    """The sheet of a round, new or changed; once the first has come back it stays as it is."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    asked = [text for text in map(typed, questions) if text]
    if not asked:
        raise RuleBrokenError(_("Ask at least one question."))
    sheet = OpinionSheet.objects.filter(consultation=consultation).first()
    if sheet is not None and sheet.returned.exists():
        raise RuleBrokenError(_("The first sheets have come back; the questions stay as they were answered."))
    operation = diary.start(Kind.ASKED, by=by, document=consultation.edition.document)
    said = {"title": clean(title)[:300], "introduction": typed(introduction)}
    if sheet is None:
        sheet = diary.add(operation, [OpinionSheet(consultation=consultation, **said)])[0]
    else:
        diary.change(operation, sheet, **said)
        diary.remove(operation, sheet.questions.all())
    diary.add(operation, [SheetQuestion(sheet=sheet, number=n, text=text) for n, text in enumerate(asked, start=1)])
    return sheet


@transaction.atomic
def return_sheet(
    sheet: OpinionSheet,
    invitation: Invitation,
    *,
    by: User,
    answers: Mapping[int, tuple[str, str]],
    on_paper: bool = False,
    is_signed: bool = True,
) -> ReturnedSheet:
    """Hand a sheet in: question pk → (choice, words). Handed in twice, the first counts.

    After the end of the round only the secretary records one, and it is set aside as late; so is an unsigned paper.
    """
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    already = ReturnedSheet.objects.filter(sheet=sheet, invitation=invitation).first()
    if already is not None:
        return already
    is_late = not sheet.consultation.is_open()
    if is_late and not on_paper:
        raise RuleBrokenError(_("The round is not open; ask the secretary to extend it."))
    questions = list(sheet.questions.all())
    rows = []
    for question in questions:
        choice, words = answers.get(question.pk, ("", ""))
        if choice not in Choice.values:
            raise RuleBrokenError(_("Answer question %(number)s.") % {"number": question.number})
        if choice == Choice.OTHER and not typed(words):
            raise RuleBrokenError(
                _("Write down the other opinion on question %(number)s.") % {"number": question.number}
            )
        rows.append((question, choice, typed(words)))
    operation = diary.start(Kind.SHEET_RETURNED, by=by, document=sheet.consultation.edition.document)
    returned = ReturnedSheet(
        sheet=sheet,
        invitation=invitation,
        returned_at=operation.at,
        returned_by=by,
        on_paper=on_paper,
        set_aside=Aside.LATE if is_late else "" if is_signed else Aside.UNSIGNED,
    )
    returned = diary.add(operation, [returned])[0]
    diary.add(
        operation,
        [SheetAnswer(returned=returned, question=q, choice=choice, text=words) for q, choice, words in rows],
    )
    return returned


@transaction.atomic
def set_aside(returned: ReturnedSheet, *, by: User, why: str, reason: str) -> ReturnedSheet:
    """Keep a sheet without counting it, with the reason; an empty ``why`` counts it again."""
    returned = ReturnedSheet.objects.select_for_update(of=("self",)).get(pk=returned.pk)
    if why and why not in Aside.values:
        raise RuleBrokenError(_("Say why the sheet is set aside."))
    if why == Aside.OTHER and not typed(reason):
        raise RuleBrokenError(_("Say why the sheet is set aside."))
    document = returned.sheet.consultation.edition.document
    operation = diary.start(Kind.SHEET_RETURNED, by=by, document=document, reason=typed(reason))
    return diary.change(operation, returned, set_aside=why, set_aside_reason=typed(reason))


@dataclass(frozen=True)
class Totals:
    """How a sheet was answered. Four queries."""

    sheet: OpinionSheet

    @cached_property
    def returned(self) -> list[ReturnedSheet]:
        rows = self.sheet.returned.select_related("invitation__unit", "invitation__user", "returned_by")
        return list(rows.prefetch_related("answers").order_by("pk"))

    @cached_property
    def questions(self) -> list[SheetQuestion]:
        return list(self.sheet.questions.all())

    @cached_property
    def asked(self) -> int:
        return self.sheet.consultation.invitations.count()

    @property
    def valid(self) -> list[ReturnedSheet]:
        return [one for one in self.returned if not one.set_aside]

    @property
    def aside(self) -> list[ReturnedSheet]:
        return [one for one in self.returned if one.set_aside]

    @cached_property
    def counted(self) -> list[Counted]:
        found = []
        for question in self.questions:
            answers = [
                (one, answer) for one in self.valid for answer in one.answers.all() if answer.question_id == question.pk
            ]
            others = tuple((name_of(one), answer.text) for one, answer in answers if answer.choice == Choice.OTHER)
            found.append(
                Counted(
                    question.number,
                    question.text,
                    sum(answer.choice == Choice.AGREE for _one, answer in answers),
                    sum(answer.choice == Choice.DISAGREE for _one, answer in answers),
                    others,
                )
            )
        return found


def name_of(returned: ReturnedSheet) -> str:
    invitation = returned.invitation
    return invitation.unit.name if invitation.unit else str(invitation.user)
