"""The part of the demonstration that stands around the answers: what drafters, chair and secretary do with opinions."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from comments import agreeing, approving, contesting, flagging, helping, sheets, topics
from comments import services as comments
from comments.models import Comment, Consultation, Phrase, Proposal
from config.demonstrated import Story, Telling
from drafts import services as drafts

_NAMESPACE = uuid.UUID("3b7f0c1e-51d8-4c6a-8f0a-0b8f5f2f9c44")


class AnswersTold(Telling):
    def tell_around_the_answers(self) -> None:
        for told in self.story["phrases"]:
            self.tell(5, 9, partial(self.save_phrase, told))
        for told in self.story["sheets"]:
            self.tell(told["days_ago"], 12, partial(self.ask, told))
            for row in told["returned"]:
                self.tell(row["days_ago"], 13, partial(self.return_sheet, told, row))
        for name, hour, act in (
            ("approvals", 14, self.approve_first),
            ("agreements", 14, self.agree),
            ("flags", 15, self.flag),
            ("topics", 16, self.put_together),
            ("proposals", 16, self.propose),
            ("notes", 16, self.note),
            ("allotments", 16, self.allot),
            ("contests", 17, self.contest),
        ):
            for told in self.story[name]:
                self.tell(told["days_ago"], hour, partial(act, told))

    def save_phrase(self, told: Story) -> None:
        helping.save_phrase(Phrase(), by=self.people[told["by"]], name=told["name"], text=told["text"])

    def approve_first(self, told: Story) -> None:
        document = self.documents[told["document"]]
        drafts.describe_document(document, by=self.people[told["by"]], answers_need_approval=True)

    def agree(self, told: Story) -> None:
        for username in told["people"]:
            agreeing.agree(self.comments[told["comment"]], by=self.people[username])

    def flag(self, told: Story) -> None:
        pks = [self.comments[name].pk for name in told["comments"]]
        flagging.flag(self.documents[told["document"]], by=self.people[told["by"]], pks=pks)

    def put_together(self, told: Story) -> None:
        chosen = Comment.objects.filter(pk__in=[self.comments[name].pk for name in told["comments"]])
        document, by = self.documents[told["document"]], self.people[told["by"]]
        topics.make_topic(document, by=by, title=told["title"], comments=chosen)

    def propose(self, told: Story) -> None:
        proposal = comments.answer_comment(
            self.comments[told["comment"]],
            by=self.people[told["by"]],
            outcome=told["outcome"],
            explanation=told["explanation"],
        )
        assert isinstance(proposal, Proposal)
        if "returned" in told:
            back = told["returned"]
            approving.give_back(proposal, by=self.people[back["by"]], reason=back["reason"])

    def note(self, told: Story) -> None:
        key = uuid.uuid5(_NAMESPACE, told["comment"])
        comment, author = self.comments[told["comment"]], self.people[told["author"]]
        helping.write_note(comment, by=author, key=key, text=told["text"])

    def allot(self, told: Story) -> None:
        helping.allot(
            [self.comments[told["comment"]]],
            by=self.people[told["by"]],
            answerer=self.people[told["answerer"]],
            answer_by=self.now.date() + dt.timedelta(days=told["answer_in_days"]),
        )

    def contest(self, told: Story) -> None:
        comment = Comment.objects.select_related("document").get(pk=self.comments[told["comment"]].pk)
        by, ruling = self.people[told["by"]], told.get("ruling")
        reopening = contesting.contest(comment, by=by, reason=told["reason"])
        if ruling is None:
            return
        chair = self.people[ruling["by"]]
        reopening = contesting.rule(reopening, by=chair, ruling=ruling["ruling"], reason=ruling["reason"])
        if ruling["is_reserved"]:
            contesting.reserve(reopening, by=by)

    def ask(self, told: Story) -> None:
        sheets.write_sheet(
            self.round_on(told),
            by=self.people[told["by"]],
            title=told["title"],
            introduction=told["introduction"],
            questions=told["questions"],
        )

    def return_sheet(self, told: Story, row: Story) -> None:
        consultation = self.round_on(told)
        answers = zip(consultation.sheet.questions.all(), row["answers"], strict=True)
        sheets.return_sheet(
            consultation.sheet,
            consultation.invitations.get(unit=self.units[row["unit"]]),
            by=self.people[row["by"]],
            answers={question.pk: (choice, words) for question, (choice, words) in answers},
            on_paper=row.get("on_paper", False),
            is_signed=not row.get("unsigned", False),
        )

    def round_on(self, told: Story) -> Consultation:
        return Consultation.objects.get(edition__document=self.documents[told["document"]])
