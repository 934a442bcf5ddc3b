"""Minutes, notice of conclusions and register of tasks as Word or PDF files.

They hold what everybody asked to the meeting reads on its page: matters as the agenda words them, never the title of a
draft. What was reported on a task stands in the register of those who may open the task only. Vietnamese, whatever the
language of the interface.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain

from django import forms
from django.db.models import prefetch_related_objects
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.downloading import TYPES, Paper, paper_name, short_title
from comments.synthesis import Synthesis
from drafts import papers, pdf
from drafts.exporting import Facts, Layout
from drafts.exporting import meeting as writing
from drafts.exporting.collecting import Place, opinions_paper
from drafts.exporting.dates import in_words, numeric, to_be_dated
from drafts.exporting.meeting import Heading, Line, RegisterRow, Signatory, Tone, line
from drafts.models import Document
from drafts.searching import scope_of
from meetings import deadlines
from meetings.deadlines import WorkCalendar
from meetings.dictation import KnownUnit, Proposed, read_conclusion
from meetings.due_words import find_deadlines
from meetings.giving import Given, given_by
from meetings.models import AgendaItem, Assignment, Attendance, Conclusion, ConclusionNotice, Meeting
from meetings.polling import outcome
from meetings.queries import known_units
from meetings.signing import standing_tasks
from meetings.working_days import work_calendar

NO_TASK = "Không phát sinh nhiệm vụ"


class PaperForm(forms.Form):
    """Which paper, of which notice, in which layout and format."""

    which = forms.ChoiceField(
        label=_("Paper"),
        choices=[
            ("notice", _("Notice of conclusions")),
            ("minutes", _("Minutes of the meeting")),
            ("register", _("Register of tasks")),
        ],
        initial="notice",
        widget=forms.RadioSelect,
    )
    notice = forms.ChoiceField(label=_("Conclusions"))
    layout = forms.ChoiceField(label=_("Layout"))
    format = forms.ChoiceField(label=_("Format"), widget=forms.RadioSelect, initial="docx")

    def __init__(self, *args: object, shelf: Shelf, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        formats = [("docx", _("Word (.docx)"))]
        formats += [("pdf", _("PDF"))] if pdf.can_make_pdf() else []
        names = [(str(row.pk), shelf.name_of(row)) for row in shelf.notices]
        which = [*self.base_fields["which"].choices]  # type: ignore[attr-defined]
        if shelf.consolidated:
            which.append(("opinions", _("Comments and answers on all its drafts")))
        for name, choices in (
            ("which", which),
            ("notice", names),
            ("layout", [(offer.key, offer.name) for offer in shelf.offers]),
            ("format", formats),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].initial = choices[0][0] if choices else ""
        if len(names) < 2:
            del self.fields["notice"]


class Shelf:
    """The papers of one meeting, for somebody asked to it.

    Seventeen queries, whatever their length; the table of opinions eleven to sixteen for each draft.
    """

    def __init__(self, meeting: Meeting, *, user: User) -> None:
        self.meeting = meeting
        self.user = user
        self._given_by: dict[int, dict[int, list[Given]]] = {}

    @cached_property
    def offers(self) -> list[papers.Offer]:
        return papers.offers(self.meeting.secretary.unit, self.user.unit)

    @cached_property
    def notices(self) -> list[ConclusionNotice]:
        return list(self.meeting.notices.select_related("signed_by").order_by("pk"))

    @cached_property
    def consolidated(self) -> list[int]:
        """The drafts of the agenda whose opinions the person consolidates, in its order. Three queries."""
        abilities = scope_of(self.user).documents_to("consolidate")
        pks = [item.document_id for item in self._agenda if item.document_id in abilities]
        return list(dict.fromkeys(pk for pk in pks if pk is not None))

    def name_of(self, notice: ConclusionNotice) -> str:
        name = _("Notice of conclusions") if notice == self.notices[0] else _("Supplementary notice")
        return " ".join(filter(None, [str(name), notice.symbol]))

    def paper(self, form: PaperForm) -> Paper:
        """The file a valid form asks for. Raises RuleBrokenError when a PDF cannot be made."""
        chosen = form.cleaned_data
        layout = self._headed(next(offer.layout for offer in self.offers if offer.key == chosen["layout"]))
        number = int(chosen.get("notice") or 0)
        notice = next((row for row in self.notices if row.pk == number), self.notices[0] if self.notices else None)
        with translation.override("vi"):
            name, word = self._made(chosen["which"], notice, layout)
        data = word if chosen["format"] == "docx" else pdf.as_pdf(word)
        title = f"{name} - {short_title(self.meeting.title)}"
        return Paper(paper_name(title, extension=chosen["format"]), TYPES[chosen["format"]], data)

    def _headed(self, layout: Layout) -> Layout:
        """With the body that meets at its head, or the secretary's office, where the layout names none.

        Where it names no place, the date stands with a gap for it: papers of a meeting are never without.
        """
        layout = replace(layout, place=layout.place or "……")
        body = self.meeting.body or self.meeting.secretary.unit
        if layout.issuing_body or body is None:
            return layout
        return replace(layout, issuing_body=body.name.upper())

    def _made(self, which: str, notice: ConclusionNotice | None, layout: Layout) -> tuple[str, bytes]:
        if which == "register":
            return "Theo dõi nhiệm vụ", self._register(layout)
        if which == "opinions":
            return "Tổng hợp ý kiến", self._opinions(layout)
        if which == "minutes":
            return "Biên bản", self._minutes(notice, layout)
        return "Thông báo kết luận", self._notice(notice, layout)

    # The notice of conclusions

    def _notice(self, notice: ConclusionNotice | None, layout: Layout) -> bytes:
        chair = self._chair(notice)
        heading = self._heading("THÔNG BÁO", "TB", notice, self._notice_subject(notice))
        return writing.notice(
            heading,
            self._notice_body(notice),
            recipients=self._recipients(notice, layout),
            signer=Signatory((chair.position or "Chủ trì").upper(), str(chair)),
            facts=self._facts("Thông báo kết luận", notice),
            layout=layout,
        )

    def _notice_subject(self, notice: ConclusionNotice | None) -> list[str]:
        what = "kết luận bổ sung" if self._supplements(notice) else "kết luận"
        subject = [f"{what} của {_person(self._chair(notice))}", f"tại {_named(self.meeting)}"]
        first = self.notices[0] if self.notices else None
        if self._supplements(notice) and first is not None:
            day = numeric(timezone.localdate(first.signed_at)) if first.signed_at else ""
            number = f" số {first.symbol}" if first.symbol else ""
            subject.append(f"(bổ sung Thông báo{number}{f', ngày {day}' if day else ''})")
        return subject

    def _notice_body(self, notice: ConclusionNotice | None) -> Iterator[Line]:
        chair, held_on = self._chair(notice), timezone.localdate(self.meeting.starts_at)
        place = f", tại {self.meeting.place}" if self.meeting.place else ""
        matters = self._matters(chair)
        about = f" để cho ý kiến về: {'; '.join(item.title for item in matters)}" if matters else ""
        post = f", {chair.position}," if chair.position else ""
        yield line(f"Ngày {numeric(held_on)}{place}, {_person(chair)}{post} chủ trì {_named(self.meeting)}{about}.")
        if self._supplements(notice):
            yield line(f"Tiếp theo kết luận đã thông báo, {_person(chair)} kết luận bổ sung như sau:")
        else:
            yield from self._heard(chair, matters)
        yield from self._concluded(notice)
        keeper = self.meeting.secretary.unit
        by = keeper.name if keeper else str(self.meeting.secretary)
        yield line(f"{by} thông báo để các cơ quan, đơn vị biết, thực hiện.")

    def _heard(self, chair: User, matters: Iterable[AgendaItem]) -> Iterator[Line]:
        if came := self._came:
            yield line(f"Thành phần dự họp gồm: {'; '.join(came)}.")
        presenters = list(dict.fromkeys(item.presenter for item in matters if item.presenter))
        report = f"{', '.join(presenters)} báo cáo và " if presenters else ""
        yield line(
            f"Sau khi nghe {report}ý kiến thảo luận của các thành viên dự họp, {_person(chair)} kết luận như sau:"
        )

    def _recipients(self, notice: ConclusionNotice | None, layout: Layout) -> list[str]:
        """Those who got a task, in the order of protocol, then what the office always writes, or where it is kept."""
        units = {}
        for given in chain.from_iterable(self._given(notice).values()):
            for unit in (given.task.lead_unit, *given.supporting):
                units[unit.pk] = unit
        names = [f"- {unit.name}," for unit in sorted(units.values(), key=lambda one: (one.rank, one.name_key))]
        keeper = self.meeting.secretary.unit
        return [*names, *(layout.recipients or ([f"- Lưu {keeper.name}."] if keeper else []))]

    # The minutes

    def _minutes(self, notice: ConclusionNotice | None, layout: Layout) -> bytes:
        is_more = self._supplements(notice)
        heading = self._heading(
            "BIÊN BẢN BỔ SUNG" if is_more else "BIÊN BẢN", "BB", None, [_lowered(self.meeting.title)]
        )
        party, led_by = layout.profile.is_party, self._chair(notice)
        return writing.minutes(
            heading,
            self._minutes_body(notice, is_more=is_more),
            keeper=Signatory("NGƯỜI GHI BIÊN BẢN" if party else "THƯ KÝ", str(self.meeting.secretary)),
            chair=Signatory("CHỦ TRÌ HỘI NGHỊ" if party else "CHỦ TỌA", str(led_by)),
            facts=self._facts("Biên bản", notice),
            layout=layout,
        )

    def _minutes_body(self, notice: ConclusionNotice | None, *, is_more: bool) -> Iterator[Line]:
        begins = timezone.localtime(self.meeting.starts_at)
        yield _fact("Thời gian bắt đầu", _moment(begins))
        if self.meeting.place:
            yield _fact("Địa điểm", self.meeting.place)
        yield _fact("Chủ trì", _with_post(self._chair(notice)))
        yield _fact("Thư ký", _with_post(self.meeting.secretary))
        if is_more:
            yield line("Bổ sung biên bản đã ký các nội dung sau:")
            yield from self._concluded(notice)
            return
        yield line("Thành phần tham dự:", Tone.HEAD)
        for state, label in (
            (Attendance.State.PRESENT, "Có mặt"),
            (Attendance.State.EXCUSED, "Vắng có lý do"),
            (Attendance.State.ABSENT, "Vắng"),
            (Attendance.State.INVITED, "Được mời, chưa ghi nhận có mặt"),
        ):
            if names := [_attendee(row) for row in self._attendances if row.state == state]:
                yield line(f"- {label} ({len(names)}): {'; '.join(names)}.")
        prefetch_related_objects(self._agenda, "turns", "polls__ballots")
        if self._agenda:
            yield line("Nội dung:", Tone.HEAD)
        for item in self._agenda:
            presenter = f" ({item.presenter} trình bày)" if item.presenter else ""
            yield line(f"{item.position}. {item.title}{presenter}.")
            yield from _discussed(item)
        yield line("Kết luận của chủ trì:", Tone.HEAD)
        yield from self._concluded(notice)
        ends = timezone.localtime(self.meeting.ends_at) if self.meeting.ends_at else None
        last = _moment(ends) if ends else f"…… giờ ……, ngày {numeric(begins.date())}"
        yield line(f"Cuộc họp kết thúc vào {last}.")

    # The register of tasks

    def _register(self, layout: Layout) -> bytes:
        heading = Heading(
            kind="BẢNG THEO DÕI NHIỆM VỤ",
            symbol="",
            subject=[f"thực hiện kết luận tại {_named(self.meeting)}"],
            number="",
            date=to_be_dated(timezone.localdate()),
            is_draft=False,
        )
        rows = [self._register_row(task, conclusion) for conclusion, task in self._tasks]
        return writing.register(heading, rows, facts=self._facts("Theo dõi nhiệm vụ", None), layout=layout)

    @property
    def _tasks(self) -> list[tuple[Conclusion, Assignment]]:
        conclusions = [one for notice in self.notices for one in self._conclusions(notice)]
        prefetch_related_objects(conclusions, "assignments__lead_unit", "assignments__supporting_units")
        return [(one, task) for one in conclusions for task in standing_tasks(one)]

    def _register_row(self, task: Assignment, conclusion: Conclusion) -> RegisterRow:
        symbol = conclusion.notice.symbol
        progress = [capfirst(task.get_state_display())]
        now = timezone.localtime()
        ends = dt.datetime.combine(task.last_day, task.due_time or dt.time.max, tzinfo=now.tzinfo)
        if task.is_open and ends < now:
            progress.append("Quá hạn")
        return RegisterRow(
            task=task.task,
            source=f"{symbol or 'Kết luận'}, mục {conclusion.number}",
            lead=task.lead_unit.name,
            supporting=[unit.name for unit in task.supporting_units.all()],
            due=deadlines.phrase(task.limit, task.due_on, at=task.due_time),
            product=task.product,
            progress=[*progress, *([task.result] if task.result and task.pk in self._known_tasks else [])],
        )

    @cached_property
    def _known_tasks(self) -> set[int]:
        """Those the person may open: a report is for those who deal with the task, not for all at the meeting."""
        tasks = Assignment.objects.visible_to(self.user).filter(conclusion__notice__meeting=self.meeting)
        return set(tasks.values_list("pk", flat=True))

    # The table of opinions and answers on all drafts

    def _opinions(self, layout: Layout) -> bytes:
        places: list[Place] = []
        opening: list[str] = []
        documents = Document.objects.select_related("drafting_unit").in_bulk(self.consolidated)
        for synthesis in (Synthesis(documents[pk], user=self.user) for pk in self.consolidated):
            comments = synthesis.comments()
            places += synthesis.places(comments, layout=layout, section=synthesis.document.title)
            opening.append(f"{len(opening) + 1}. {synthesis.summary(comments)}")
        return opinions_paper(
            places,
            title=layout.opinions_title,
            subject=f"đối với các dự thảo tại {_named(self.meeting)}",
            opening=opening,
            facts=self._facts("Tổng hợp ý kiến", None),
            layout=layout,
        )

    # What they share

    def _concluded(self, notice: ConclusionNotice | None) -> Iterator[Line]:
        """Each conclusion with its number and, below it, the tasks that its own words do not give out already."""
        given = self._given(notice)
        for conclusion in self._conclusions(notice):
            first, *more = conclusion.text.splitlines()
            yield self._emphasised(f"{conclusion.number}. {first}")
            for text in more:
                yield self._emphasised(text)
            said = read_conclusion(
                conclusion.text, meeting=self._held_on, units=self._known_units, calendar=self._calendar
            )
            for one in given.get(conclusion.pk, []):
                if not _is_said(one.task, said):
                    yield _order(one)
            if conclusion.gives_no_task and NO_TASK.casefold() not in conclusion.text.casefold():
                yield line(f"({NO_TASK}.)", Tone.ASIDE)

    def _emphasised(self, text: str) -> Line:
        """The words of a deadline in bold italics."""
        parts, place = [], 0
        for due in find_deadlines(text, meeting=self._held_on, calendar=self._calendar):
            if due.on is None:
                continue
            parts += [(text[place : due.start], Tone.PLAIN), (text[due.start : due.end], Tone.DEADLINE)]
            place = due.end
        return [*parts, (text[place:], Tone.PLAIN)]

    def _conclusions(self, notice: ConclusionNotice | None) -> list[Conclusion]:
        return self._by_notice.get(notice.pk, []) if notice else []

    @cached_property
    def _by_notice(self) -> dict[int, list[Conclusion]]:
        rows = Conclusion.objects.filter(notice__meeting=self.meeting).select_related("notice")
        found: dict[int, list[Conclusion]] = {}
        for conclusion in rows.order_by("number"):
            found.setdefault(conclusion.notice_id, []).append(conclusion)
        return found

    def _given(self, notice: ConclusionNotice | None) -> dict[int, list[Given]]:
        """The tasks that the notice gives out, by the conclusion's key; read once for all papers."""
        if notice is None:
            return {}
        if notice.pk not in self._given_by:
            self._given_by[notice.pk] = given_by(notice)
        return self._given_by[notice.pk]

    def _supplements(self, notice: ConclusionNotice | None) -> bool:
        return notice is not None and notice != self.notices[0]

    @cached_property
    def _agenda(self) -> list[AgendaItem]:
        return list(self.meeting.agenda.all())

    def _chair(self, notice: ConclusionNotice | None) -> User:
        """Whose conclusions they are: who signed them, whoever has taken over the post of the chair since."""
        return (notice and notice.signed_by) or self.meeting.chair

    def _matters(self, chair: User) -> list[AgendaItem]:
        """What was put before the chair; what the chair says is no matter of its own."""
        return [item for item in self._agenda if item.document_id or item.presenter != str(chair)]

    @cached_property
    def _attendances(self) -> list[Attendance]:
        return list(self.meeting.attendances.select_related("user__unit", "unit").order_by("rank", "pk"))

    @property
    def _came(self) -> list[str]:
        return [_attendee(row) for row in self._attendances if row.state == Attendance.State.PRESENT]

    @cached_property
    def _held_on(self) -> dt.date:
        return timezone.localdate(self.meeting.starts_at)

    @cached_property
    def _known_units(self) -> list[KnownUnit]:
        return known_units(on=self._held_on)

    @cached_property
    def _calendar(self) -> WorkCalendar:
        return work_calendar()

    def _heading(self, kind: str, symbol: str, notice: ConclusionNotice | None, subject: Sequence[str]) -> Heading:
        signed_at = notice.signed_at if notice else None
        if kind.startswith("BIÊN BẢN"):
            return Heading(kind, symbol, subject, "", in_words(self._held_on), is_draft=False)
        return Heading(
            kind,
            symbol,
            subject,
            number=notice.symbol if notice else "",
            date=in_words(timezone.localdate(signed_at)) if signed_at else to_be_dated(timezone.localdate()),
            is_draft=signed_at is None,
        )

    def _facts(self, title: str, notice: ConclusionNotice | None) -> Facts:
        told = [(one.number, one.text) for one in self._conclusions(notice)]
        return Facts(
            title=f"{title}: {self.meeting.title}",
            kind="other",
            edition=None,
            label="",
            at=timezone.localtime(),
            sha256=hashlib.sha256(repr(told).encode()).hexdigest(),
            author=self.meeting.secretary.unit.name if self.meeting.secretary.unit else str(self.meeting.secretary),
        )


def _discussed(item: AgendaItem) -> Iterator[Line]:
    """Who spoke on the matter, and what came out of each vote."""
    spoke = dict.fromkeys(turn.name for turn in item.turns.all() if not turn.is_waiting)
    if spoke:
        yield line(f"- Ý kiến phát biểu: {'; '.join(spoke)}.")
    for poll in item.polls.all():
        if (found := outcome(poll)) is not None:
            counted = f"nhất trí {found.agree}, không nhất trí {found.disagree}, ý kiến khác {found.other}"
            yield line(f"- Biểu quyết “{poll.question.rstrip(' .?')}”: có mặt {found.present}; {counted}.")


def _order(given: Given) -> Line:
    """ "- Giao A chủ trì, phối hợp với B hoàn thiện dự thảo; hoàn thành trước ngày 10/11/2026." """
    task, supporting = given.task, ", ".join(unit.name for unit in given.supporting)
    lead = f"{task.lead_unit.name} chủ trì, phối hợp với {supporting}" if supporting else task.lead_unit.name
    product = f" (sản phẩm: {task.product})" if task.product else ""
    words = _lowered(task.task.rstrip(" .;"))
    return [
        (f"- Giao {lead} {words}{product}; hoàn thành ", Tone.PLAIN),
        (deadlines.phrase(task.limit, task.due_on, at=task.due_time), Tone.DEADLINE),
        (".", Tone.PLAIN),
    ]


def _is_said(task: Assignment, said: Iterable[Proposed]) -> bool:
    """Whether the conclusion's own words give out this task: the same unit by the same day."""
    return any(
        one.lead and one.lead.unit and one.lead.unit.key == task.lead_unit_id and one.due and one.due.on == task.due_on
        for one in said
    )


def _fact(name: str, value: str) -> Line:
    return [(f"{name}: ", Tone.HEAD), (f"{value}.", Tone.PLAIN)]


def _moment(at: dt.datetime) -> str:
    return f"{at:%H} giờ {at:%M}, ngày {numeric(at.date())}"


def _person(user: User) -> str:
    return f"đồng chí {user}"


def _with_post(user: User) -> str:
    return ", ".join(filter(None, [_person(user), user.position]))


def _attendee(row: Attendance) -> str:
    if row.user:
        return _with_post(row.user)
    return row.unit.name if row.unit else str(row)


def _named(meeting: Meeting) -> str:
    """In a sentence: "hội nghị cho ý kiến"; "Họp thẩm định" is "cuộc họp thẩm định" there."""
    title = _lowered(meeting.title)
    return f"cuộc {title}" if title.startswith("họp ") else title


def _lowered(words: str) -> str:
    """ "Hội nghị cho ý kiến" → "hội nghị cho ý kiến"; "UBND" stays."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
