"""Loads the demonstration in ``demo/``: texts the product's own importer reads, and a story around them.

Everything goes through the services, dated as the story says, so the demonstration looks like work that was done.
"""

from __future__ import annotations

import datetime as dt
import tomllib
import uuid
from functools import partial
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.models import Unit, UnitContact, User
from comments import contributions, rounds
from comments import services as comments
from comments.models import Comment, Invitation
from comments.revising import TakenIn, revise_article
from config.demonstrated import Story
from config.demonstrated_answers import AnswersTold
from config.demonstrated_meeting import MeetingTold
from config.errors import RuleBrokenError
from drafts import comparing, diary, stages
from drafts import services as drafts
from drafts.importing import read_document
from drafts.models import ComparisonRow, Document, Provision
from drafts.photographs import edition_text
from drafts.texts import Sheet

FOLDER = Path(__file__).resolve().parent.parent / "demo"
MAIL_DOMAIN = "example.org"
_NAMESPACE = uuid.UUID("6f1d2c52-6a8f-4a0e-9e3b-0d9d1f3c7a10")
_PERMISSIONS = {"create_documents": "drafts", "create_meetings": "meetings", "arrange_papers": "drafts"}


def is_loaded() -> bool:
    return User.objects.filter(username="bantochuc").exists()


@transaction.atomic
def load(*, password: str) -> None:
    """Load everything, relative to today. Raises RuleBrokenError when it is loaded already."""
    if is_loaded():
        raise RuleBrokenError("The demonstration is loaded already.")
    Loader(read_story(), password=password).load()


def read_story() -> Story:
    return tomllib.loads((FOLDER / "story.toml").read_text(encoding="utf-8"))


class Loader(AnswersTold, MeetingTold):
    def __init__(self, story: Story, *, password: str) -> None:
        super().__init__(story)
        self.password = password

    def load(self) -> None:
        self.load_units()
        self.load_people()
        for told in self.story["documents"]:
            self.load_document(told)
        for told in self.story["consultations"]:
            self.tell(told["opened_days_ago"], 8, partial(self.open_consultation, told))
        for told in self.story["comments"]:
            self.tell(told["days_ago"], 9, partial(self.add_comment, told))
            for number, reply in enumerate(told.get("replies", [])):
                self.tell(reply["days_ago"], 11, partial(self.add_reply, told, number))
        for told in self.story["sendings"]:
            self.tell(told["days_ago"], 10, partial(self.send_answer, told))
        for told in self.story["answers"]:
            self.tell(told["days_ago"], 15, partial(self.answer, told))
        self.tell_around_the_answers()
        for told in self.story["comparisons"]:
            self.tell(told["built_days_ago"], 14, partial(self.compare, told))
            for row in told["rows"]:
                self.tell(row["days_ago"], 16, partial(self.explain, told, row))
        self.tell_meetings()
        self.act()

    def load_units(self) -> None:
        for told in self.story["units"]:
            self.units[told["code"]] = Unit.objects.create(
                name=told["name"], short_name=told.get("short_name", ""), rank=told["rank"]
            )

    def load_people(self) -> None:
        known_to_all = make_password(self.password)  # worked out once: that this takes long is its purpose
        for told in self.story["people"]:
            unit = self.units[told["unit"]] if told.get("unit") else None
            person = User.objects.create(
                username=told["username"],
                email=f"{told['username']}@{MAIL_DOMAIN}",
                password=known_to_all if told.get("account") else make_password(None),
                full_name=told["full_name"],
                position=told.get("position", ""),
                unit=unit,
                rank=told["rank"],
                is_staff=told.get("administrator", False),
                is_superuser=told.get("administrator", False),
            )
            for codename in told.get("may", []):
                person.user_permissions.add(
                    Permission.objects.get(content_type__app_label=_PERMISSIONS[codename], codename=codename)
                )
            if told.get("contact") and unit is not None:
                UnitContact.objects.create(unit=unit, user=person)
            self.people[told["username"]] = person

    def load_document(self, told: Story) -> None:
        by = self.people[told["created_by"]]
        file = read_document((FOLDER / told["file"]).read_bytes(), name=told["file"])
        with diary.dated(self.day(told["edition_days_ago"], 7)):
            document = drafts.create_document(
                by=by,
                title=told["title"],
                kind=told["kind"],
                nodes=file.components[file.main].nodes,
                issuing_body=told.get("issuing_body", ""),
                term=told.get("term", ""),
                drafting_unit=self.units[told["drafting_unit"]],
                predecessor=self.documents.get(told.get("predecessor", "")),
            )
            for seat in told["seats"]:
                user, unit = self.people.get(seat.get("user", "")), self.units.get(seat.get("unit", ""))
                if user != by:
                    drafts.give_seat(document, by=by, role=seat["role"], user=user, unit=unit)
            self.editions[told["code"]] = drafts.issue_edition(document, by=by, label=told["edition"])
            if told["stage"] == Document.Stage.ISSUED:
                stages.issue(
                    document,
                    by=by,
                    symbol=told["issued_number"],
                    issued_on=told["issued_on"],
                    in_force_on=told["in_force_on"],
                )
            elif told["stage"] != document.stage:
                drafts.move_to_stage(document, by=by, stage=told["stage"])
        self.documents[told["code"]] = document

    def open_consultation(self, told: Story) -> None:
        closes = (self.now + dt.timedelta(days=told["closes_in_days"])).replace(
            hour=17, minute=0, second=0, microsecond=0
        )
        rounds.open_consultation(
            self.editions[told["document"]],
            by=self.people[told["opened_by"]],
            opens_at=self.day(told["opened_days_ago"], 8),
            closes_at=closes,
            visibility=told["visibility"],
            letter=told["letter"].strip(),
            units=[self.units[code] for code in told["invited"]],
        )

    def invitation(self, document: str, unit: str) -> Invitation:
        return Invitation.objects.get(consultation__edition__document=self.documents[document], unit=self.units[unit])

    def send_answer(self, told: Story) -> None:
        invitation = self.invitation(told["document"], told["unit"])
        contributions.send(invitation, by=self.people[told["by"]], stance=told["stance"], articles={})

    def add_comment(self, told: Story) -> None:
        sheet = self.place(told)
        author = self.people[told["author"]]
        secretary = self.people.get(told.get("recorded_by", ""))
        self.comments[told["id"]] = comments.add_comment(
            self.editions[told["document"]],
            by=secretary or author,
            author=author if secretary else None,
            key=uuid.uuid5(_NAMESPACE, told["id"]),
            kind=told["kind"],
            text=told["text"],
            sheet=sheet,
            selection=comments.Selection(quote=told.get("quote", "")),
            clause=told.get("clause", ""),
            proposed_text=told.get("proposed_text", ""),
            on_behalf_of=self.units.get(told.get("on_behalf_of", "")),
            contribution=self.invitation(told["document"], told["gathered_by"]) if "gathered_by" in told else None,
        )

    def place(self, told: Story) -> Sheet | None:
        """The article, part or item a comment is about; None for a general remark."""
        text = edition_text(self.editions[told["document"]])
        if "article" in told:
            return text.article(told["article"].removeprefix("Điều "))
        if "part" not in told:
            return None
        part = next(sheet for sheet in text if sheet.kind == "part" and sheet.number == told["part"])
        if "item" not in told:
            return part
        return next(sheet for sheet in text if sheet.parent == part.wid and sheet.number == told["item"])

    def add_reply(self, told: Story, number: int) -> None:
        reply = told["replies"][number]
        comments.reply(
            self.comments[told["id"]],
            by=self.people[reply["author"]],
            key=uuid.uuid5(_NAMESPACE, f"{told['id']}/{number}"),
            text=reply["text"],
        )

    def answer(self, told: Story) -> None:
        comment, by = self.comments[told["comment"]], self.people[told["by"]]
        if "revision" in told:
            self.carry_out(comment, told, by)
        else:
            comments.answer_comment(comment, by=by, outcome=told["outcome"], explanation=told["explanation"])

    def carry_out(self, comment: Comment, told: Story, by: User) -> None:
        assert comment.provision is not None
        provision = Provision.objects.get(pk=comment.provision.pk)
        revision = told["revision"]
        revise_article(
            provision,
            by=by,
            base_version=provision.version,
            heading=provision.heading,
            text=provision.text.replace(revision["old"], revision["new"]),
            reason=revision["reason"],
            taken_in=[TakenIn(comment, told["outcome"], told["explanation"])],
        )

    def compare(self, told: Story) -> None:
        comparing.compare(
            self.documents[told["document"]], by=self.people[told["by"]], against=self.documents[told["against"]]
        )

    def explain(self, told: Story, row: Story) -> None:
        """Give the row of the named article its words."""
        side = "new" if "new" in row else "old"
        document = self.documents[told["document"] if side == "new" else told["against"]]
        found = ComparisonRow.objects.get(
            comparison__document=self.documents[told["document"]],
            sides__provision__document=document,
            sides__provision__label=row[side],
        )
        words = {name: row.get(name, "") for name in comparing.WORDS}
        comparing.write_words(found, by=self.people[told["by"]], base_version=found.version, **words)
