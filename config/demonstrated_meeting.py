"""The part of the demonstration that is a meeting: held, concluded, signed, and followed up the day after."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from comments import repeating
from config.demonstrated import Story, Telling
from drafts import services as drafts
from drafts.models import Provision
from drafts.photographs import edition_text
from meetings import following, leading, polling, signing, speaking
from meetings import services as meetings
from meetings.models import Assignment, Attendance, Conclusion, Meeting

_NAMESPACE = uuid.UUID("9a4c7a52-0a1e-4f5b-8d1b-7b1f2f6f6f0e")
_ATTENDANCE: dict[str, str] = {"present": Attendance.State.PRESENT, "absent_excused": Attendance.State.EXCUSED}


class MeetingTold(Telling):
    meetings: dict[str, Meeting]
    conclusions: dict[tuple[str, int], Conclusion]
    tasks: dict[tuple[str, int], Assignment]

    def tell_meetings(self) -> None:
        self.meetings, self.conclusions, self.tasks = {}, {}, {}
        for told in self.story["meetings"]:
            held = told["held_days_ago"]
            self.tell(held, 13, partial(self.convene, told))
            self.tell(held, 17, partial(self.hold, told))
            self.tell(held, 18, partial(self.sign, told))
            for row in told["steps"]:
                self.tell(row["days_ago"], 8, partial(self.step, told, row))
            for row in told["extensions"]:
                self.tell(row["days_ago"], 8, partial(self.ask_for_time, told, row))
            for row in told["revisions"]:
                self.tell(row["days_ago"], 9, partial(self.revise, row))
            self.tell(told["supplement"]["days_ago"], 8, partial(self.supplement, told))

    def convene(self, told: Story) -> None:
        by = self.people[told["secretary"]]
        meeting = self.meetings[told["code"]] = meetings.convene(
            by=by,
            title=told["title"],
            starts_at=self.clock(told["held_days_ago"], told["start"]),
            ends_at=self.clock(told["held_days_ago"], told["end"]),
            chair=self.people[told["chair"]],
            place=told["place"],
            body=self.units[told["body"]],
        )
        for item in told["agenda"]:
            meetings.add_agenda_item(
                meeting,
                by=by,
                title=item["title"],
                document=self.documents.get(item.get("document", "")),
                presenter=str(self.people[item["presenter"]]),
                minutes=item["minutes"],
            )
        for who in told["attendance"]:
            meetings.invite(meeting, by=by, user=self.people[who["user"]])

    def hold(self, told: Story) -> None:
        """Who came, who spoke, how it was voted, what was concluded."""
        meeting, by = self.meetings[told["code"]], self.people[told["secretary"]]
        places = {row.user_id: row for row in meeting.attendances.all()}
        states = {places[self.people[who["user"]].pk].pk: _ATTENDANCE[who["state"]] for who in told["attendance"]}
        meetings.record_attendance(meeting, by=by, states=states)
        for item, row in zip(meeting.agenda.all(), told["agenda"], strict=True):
            leading.begin(item, by=by)
            for username in row.get("speakers", []):
                speaking.ask(meeting, by=by, attendance=places[self.people[username].pk])
                speaking.call_next(meeting, by=by)
            if poll := row.get("poll"):
                opened = polling.open_poll(meeting, by=by, question=poll["question"])
                polling.close(opened, by=by, hands=(poll["agree"], poll["disagree"], poll["other"]))
        leading.end(meeting, by=by)
        for row in told["repeats"]:
            edition = self.editions[row["document"]]
            sheet = next((one for one in edition_text(edition) if one.label == row.get("article")), None)
            repeating.repeat(self.comments[row["comment"]], by=by, edition=edition, sheet=sheet)
        for row in told["conclusions"]:
            self.conclude(told, row)
        for row in told["assignments"]:
            self.assign(told, row)

    def sign(self, told: Story) -> None:
        """The secretary submits, the chair agrees and signs."""
        notice = self.meetings[told["code"]].notices.get()
        chair = self.people[told["chair"]]
        signing.submit(notice, by=self.people[told["secretary"]])
        signing.agree(notice, by=chair, seen=signing.notice_digest(notice))
        signing.sign(notice, by=chair, symbol=told["symbol"])

    def supplement(self, told: Story) -> None:
        """What was added afterwards waits for the chair."""
        self.conclude(told, told["supplement"])
        self.assign(told, told["supplement"])
        notice = self.meetings[told["code"]].notices.get(signed_at=None)
        signing.submit(notice, by=self.people[told["secretary"]])

    def conclude(self, told: Story, row: Story) -> None:
        documents = [self.documents[code] for code in row.get("documents", [])]
        self.conclusions[told["code"], row["number"]] = meetings.add_conclusion(
            self.meetings[told["code"]],
            by=self.people[told["secretary"]],
            text=row["text"],
            documents=documents,
            articles=list(Provision.objects.filter(document__in=documents, label__in=row.get("articles", []))),
            comments=[self.comments[name] for name in row.get("comments", [])],
            gives_no_task=not row["yields_task"],
        )

    def assign(self, told: Story, row: Story) -> None:
        number = row.get("conclusion") or row["number"]
        self.tasks[told["code"], number] = meetings.assign(
            self.conclusions[told["code"], number],
            by=self.people[told["secretary"]],
            lead_unit=self.units[row["lead_unit"]],
            supporting_units=[self.units[code] for code in row["supporting_units"]],
            document=self.documents.get(row.get("document", "")),
            task=row["task"],
            product=row.get("product", ""),
            due_on=self.now.date() + dt.timedelta(days=row["due_in_days"]),
            limit=row["limit"],
            asks_for_edition=row.get("asks_for_edition", False),
        )

    def step(self, told: Story, row: Story) -> None:
        """A report on a task, or its next state."""
        task, by = self.tasks[told["code"], row["conclusion"]], self.people[row["by"]]
        if "state" in row:
            meetings.move_assignment(task, by=by, state=row["state"], note=row.get("text", ""))
        else:
            key = uuid.uuid5(_NAMESPACE, f"{told['code']}:{row['conclusion']}:{row['text']}")
            following.report_progress(task, by=by, key=key, text=row["text"])

    def ask_for_time(self, told: Story, row: Story) -> None:
        following.ask_for_time(
            self.tasks[told["code"], row["conclusion"]],
            by=self.people[row["by"]],
            due_on=self.now.date() + dt.timedelta(days=row["until_in_days"]),
            limit=row["limit"],
            reason=row["reason"],
        )

    def revise(self, row: Story) -> None:
        """An article is rewritten as the conclusions ask."""
        provision = Provision.objects.get(document=self.documents[row["document"]], label=row["article"])
        drafts.revise_article(
            provision,
            by=self.people[row["by"]],
            base_version=provision.version,
            heading=provision.heading,
            text=provision.text.replace(row["old"].strip(), row["new"].strip()),
            reason=row["reason"],
        )

    def clock(self, days_ago: int, time: str) -> dt.datetime:
        hour, minute = map(int, time.split(":"))
        return self.day(days_ago, hour, minute)
