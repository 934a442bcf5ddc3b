"""Every page of the project, for whom it is, and where the demonstration has an example of it."""

import uuid
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from django.urls import get_resolver, reverse

from accounts import notices
from accounts.models import User
from comments import recording, topics
from comments.models import Comment, Consultation, OpinionSheet, Phrase, Proposal, Reopening, Topic
from config.demonstration import FOLDER
from drafts import papers, reimports, sources
from drafts.models import Comparison, Document, PaperLayout
from drafts.models.papers import COLUMNS
from meetings.models import Assignment, Conclusion, Meeting
from tests.drafts.importing.word_files import commented_file, sheet_file

FILE = "quy-che-lam-viec-du-thao.txt"


class Demonstration:
    """Where to find an example of everything in the demonstration that is loaded."""

    @cached_property
    def draft(self):
        return Document.objects.get(predecessor__isnull=False)

    @cached_property
    def short(self):
        return Document.objects.get(title__contains="Ủy ban Kiểm tra")

    @cached_property
    def programme(self):
        return Document.objects.get(kind=Document.Kind.PROGRAMME)

    @cached_property
    def revised(self):
        """An article with two versions at least, and comments."""
        provisions = self.draft.provisions.filter(kind="article", version__gt=1, comments__isnull=False)
        return provisions.order_by("position").first()

    @property
    def file(self):
        """Kept anew for every test: files of an earlier one are gone."""
        return sources.keep((FOLDER / FILE).read_bytes(), name=FILE, by=User.objects.get(username="bantochuc"))

    @property
    def layout(self):
        """Arranged anew for every test."""
        row = PaperLayout()
        columns = {name: getattr(PaperLayout.from_preset("party_2026"), name) for name in COLUMNS}
        columns["name"] = "Văn phòng Tỉnh ủy"
        papers.save_layout(row, by=User.objects.get(username="quantri"), columns=columns)
        return row

    @property
    def reimport(self):
        """The first version of the file, come back as if it were a new one."""
        return reimports.offer(self.draft, self.file)

    @property
    def commented(self):
        """The draft, made from a Word file with comments in its margin."""
        by = User.objects.get(username="bantochuc")
        source = sources.keep(commented_file(), name="du-thao-co-gop-y.docx", by=by, remarks=2)
        source.document = self.draft
        source.save(update_fields=["document"])
        return self.draft

    @property
    def proposal(self):
        """An answer on its way."""
        return Proposal.objects.first()

    @property
    def phrase(self):
        return Phrase.objects.first()

    @property
    def answered(self):
        """By whom the page of contesting it is opened."""
        return self.comment(response__isnull=False, author__username="uyvien", on_behalf_of=None)

    @property
    def reopening(self):
        """One the chair has not ruled on."""
        return Reopening.objects.get(ruling="")

    @property
    def searched(self):
        """The draft, after its comments were compared."""
        topics.ask_for_groups(self.draft, by=User.objects.get(username="bantochuc"))
        return self.draft

    @property
    def topic(self):
        return Topic.objects.first()

    @cached_property
    def round(self):
        return Consultation.objects.filter(edition__document=self.draft).first()

    @property
    def sheet(self):
        """A sheet of which some have come back, one with an opinion of its own."""
        return OpinionSheet.objects.first()

    @cached_property
    def gathering(self):
        """The answer of a unit that gathers its people's comments."""
        return self.round.invitations.get(unit=User.objects.get(username="daibieu").unit)

    @cached_property
    def joinable(self):
        """Two of its comments that may be made one, as the address names them."""
        pks = self.gathering.gathered.order_by("pk").values_list("pk", flat=True)
        return "&".join(f"comment={pk}" for pk in pks)

    @cached_property
    def unit_sheet(self):
        return sources.keep(sheet_file(), name="phieu.docx", by=User.objects.get(username="thuky"))

    @cached_property
    def recorded(self):
        """What the secretary wrote down for a member of the committee."""
        key, said = uuid.UUID(int=1), Comment.objects.filter(key=uuid.UUID(int=1)).first()
        edition = self.draft.editions.standing().first()
        thu, member = (User.objects.get(username=name) for name in ("thuky", "uyvien"))
        speaker = recording.Speaker(str(member), person=member)
        return said or recording.record_opinion(
            edition, by=thu, speaker=speaker, key=key, kind="other", text="Nói tại hội nghị."
        )

    @cached_property
    def comparison(self):
        return Comparison.objects.get()

    @cached_property
    def row(self):
        """The row of an article that was revised for an opinion taken in, and has no reason yet."""
        return self.comparison.rows.get(sides__provision=self.revised)

    @cached_property
    def meeting(self):
        return Meeting.objects.get()

    @cached_property
    def conclusion(self):
        """One that is not signed yet."""
        return Conclusion.objects.get(notice__signed_at=None)

    @cached_property
    def task(self):
        return Assignment.objects.filter(lead_unit__name="Ban Tổ chức Tỉnh ủy").first()

    def comment(self, **conditions):
        return Comment.objects.filter(document=self.draft, **conditions).order_by("pk").first()

    @property
    def opinion(self):
        """A comment that is answered, carried out in the text, and was made on words."""
        return self.comment(response__carried_out_by__isnull=False, quote__gt="")

    @property
    def open(self):
        return self.comment(response__isnull=True, quote__gt="", proposed_text__gt="")

    @property
    def own(self):
        """An opinion its author may still change."""
        return self.comment(response__isnull=True, author__username="daibieu")


class Page(NamedTuple):
    name: str
    person: str | None
    arguments: Callable[[Demonstration], list] = lambda demo: []
    query: str = ""
    is_long: bool = False

    def address(self, demo):
        return reverse(self.name, args=self.arguments(demo)) + self.query.format(
            wid=demo.revised.wid, joinable=demo.joinable
        )

    def __str__(self):
        return f"{self.name}{self.query} as {self.person or 'a stranger'}"


def draft(demo):
    return [demo.draft.pk]


def provision(demo):
    return [demo.draft.pk, demo.revised.wid]


def comparison(demo):
    return [demo.comparison.pk]


def meeting(demo):
    return [demo.meeting.pk]


PAGES = [
    Page("home", "uyvien"),
    Page("home", "bantochuc"),
    Page("home", "thuky"),
    Page("home", "khach"),
    Page("notices", "bantochuc"),
    Page("notices", "khach"),
    Page("notice_settings", "uyvien"),
    Page("unsubscribe", None, lambda demo: [notices.token_for(User.objects.get(username="uyvien"))]),
    Page("styleguide", "quantri"),
    Page("handover_person", "quantri"),
    Page("handover_unit", "quantri"),
    Page("account_login", None),
    Page("account_inactive", None),
    Page("account_signup", None),
    Page("account_reset_password", None),
    Page("account_reset_password_done", None),
    Page("account_reset_password_from_key", None, lambda demo: ["1", "set-password"]),
    Page("account_reset_password_from_key_done", None),
    Page("account_confirm_email", None, lambda demo: ["nothing"]),
    Page("account_email_verification_sent", None),
    Page("account_logout", "uyvien"),
    Page("account_email", "uyvien"),
    Page("account_change_password", "uyvien"),
    Page("account_reauthenticate", "uyvien"),
    Page("mfa_index", "uyvien"),
    Page("socialaccount_login_cancelled", None),
    Page("socialaccount_connections", "uyvien"),
    Page("drafts:list", "bantochuc"),
    Page("drafts:list", "khach"),
    Page("drafts:import", "bantochuc"),
    Page("drafts:import_preview", "bantochuc", lambda demo: [demo.file.pk]),
    Page("drafts:import_preview", "bantochuc", lambda demo: [demo.file.pk], "?at=12"),
    Page("drafts:papers", "quantri"),
    Page("drafts:paper_new", "quantri", query="?profile=state"),
    Page("drafts:paper", "quantri", lambda demo: [demo.layout.pk]),
    Page("comments:download", "bantochuc", draft),
    Page("comments:download", "uyvien", draft),
    Page("drafts:search", "uyvien", query="?q=tiep thu"),
    Page("drafts:search", "bantochuc", query="?q=điều 5"),
    Page("drafts:about", "bantochuc", draft),
    Page("drafts:about", "uyvien", draft),
    Page("drafts:issuing", "thuky", draft),
    Page("drafts:stage_names", "quantri"),
    Page("drafts:reimports", "bantochuc", draft),
    Page("drafts:reimport", "bantochuc", lambda demo: [demo.draft.pk, demo.reimport.pk]),
    Page("drafts:submission", "chutri", draft),
    Page("drafts:description", "bantochuc", draft),
    Page("comments:revision", "bantochuc", provision),
    Page("drafts:editions", "bantochuc", draft),
    Page("drafts:new_edition", "bantochuc", draft),
    Page("drafts:edition_difference", "bantochuc", draft, "?new=working"),
    Page("drafts:recall", "bantochuc", lambda demo: [*draft(demo), 1]),
    Page("drafts:outline", "bantochuc", draft),
    Page("drafts:restructuring", "bantochuc", draft, "?act=insert"),
    Page("drafts:restructuring", "bantochuc", draft, "?act=move&wid={wid}"),
    Page("drafts:restructuring", "bantochuc", draft, "?act=split&wid={wid}"),
    Page("drafts:checks", "bantochuc", draft, "?spelling=1"),
    Page("drafts:timeline", "bantochuc", draft),
    Page("drafts:moment", "thuky", lambda demo: [demo.draft.pk, demo.draft.operations.first().pk], is_long=True),
    Page("drafts:changes", "bantochuc", draft),
    Page("drafts:history", "bantochuc", provision),
    Page("drafts:difference", "bantochuc", lambda demo: [*provision(demo), 1, demo.revised.version]),
    Page("comments:reader", "uyvien", lambda demo: [demo.short.pk]),
    Page("comments:reader", "chunhiemubkt", lambda demo: [demo.short.pk], "?text=working"),
    Page("comments:reader", "uyvien", draft, is_long=True),
    Page("comments:reader", "uyvien", lambda demo: [demo.programme.pk], is_long=True),
    Page("comments:article", "uyvien", lambda demo: [demo.draft.pk, demo.revised.number]),
    Page("comments:provision_comments", "bantochuc", provision),
    Page("comments:new", "uyvien", draft),
    Page("comments:new", "uyvien", draft, "?wid={wid}&clause=khoản 1"),
    Page("comments:comment", "daibieu", lambda demo: [demo.own.pk]),
    Page("comments:comment", "bantochuc", lambda demo: [demo.opinion.pk]),
    Page("comments:text", "daibieu", lambda demo: [demo.own.pk]),
    Page("comments:withdrawal", "daibieu", lambda demo: [demo.own.pk]),
    Page("comments:response", "bantochuc", lambda demo: [demo.open.pk]),
    Page("comments:application", "bantochuc", lambda demo: [demo.open.pk]),
    Page("comments:unplaced", "bantochuc", draft),
    Page("comments:placing", "thuky", lambda demo: [demo.open.pk]),
    Page("comments:recording", "thuky", draft),
    Page("comments:new_unit_sheet", "thuky", draft),
    Page("comments:unit_sheet", "thuky", lambda demo: [demo.draft.pk, demo.unit_sheet.pk]),
    Page("comments:denial", "uyvien", lambda demo: [demo.recorded.pk]),
    Page("comments:feedback", "bantochuc", draft),
    Page("comments:feedback", "thuky", draft, "?state=accepted&by=unit"),
    Page("comments:chosen", "bantochuc", draft, "?comment=1&comment=2&comment=3"),
    Page("comments:rounds", "thuky", draft),
    Page("comments:new_round", "thuky", draft),
    Page("comments:round", "thuky", lambda demo: [demo.round.pk]),
    Page("comments:round", "uyvien", lambda demo: [demo.round.pk]),
    Page("comments:round_schedule", "thuky", lambda demo: [demo.round.pk]),
    Page("comments:round_closing", "thuky", lambda demo: [demo.round.pk]),
    Page("comments:round_visibility", "thuky", lambda demo: [demo.round.pk]),
    Page("comments:sheet", "thuky", lambda demo: [demo.sheet.consultation_id]),
    Page("comments:sheet", "uyvien", lambda demo: [demo.sheet.consultation_id]),
    Page("comments:sheet_text", "thuky", lambda demo: [demo.round.pk]),
    Page("comments:sheet_answer", "daibieu", lambda demo: [demo.sheet.consultation_id, demo.gathering.pk]),
    Page("comments:answer", "daibieu", lambda demo: [demo.round.pk, demo.gathering.pk]),
    Page("comments:joined", "daibieu", lambda demo: [demo.round.pk, demo.gathering.pk], "?{joinable}"),
    Page("comments:feedback_download", "thuky", draft, "?state=open"),
    Page("comments:proposals", "bantochuc", lambda demo: [demo.proposal.comment.document_id]),
    Page("comments:proposal_return", "bantochuc", lambda demo: [demo.proposal.pk]),
    Page("comments:mine", "daibieu"),
    Page("comments:phrases", "bantochuc"),
    Page("comments:phrase", "bantochuc", lambda demo: [demo.phrase.pk]),
    Page("comments:reopening", "uyvien", lambda demo: [demo.answered.pk]),
    Page("comments:contested", "chutri", lambda demo: [demo.reopening.comment.document_id]),
    Page("comments:ruling", "chutri", lambda demo: [demo.reopening.pk]),
    Page("comments:topics", "bantochuc", lambda demo: [demo.searched.pk]),
    Page("comments:topic", "bantochuc", lambda demo: [demo.topic.pk]),
    Page("comments:comparisons", "bantochuc", draft),
    Page("comments:comparison", "bantochuc", comparison, is_long=True),
    Page("comments:comparison_download", "bantochuc", comparison),
    Page("comments:comparison", "bantochuc", comparison, "?show=dropped"),
    Page("comments:comparison", "uyvien", comparison, "?show=moved"),
    Page("comments:comparison_words", "bantochuc", lambda demo: [demo.row.pk], "?suggested"),
    Page("comments:comparison_removal", "bantochuc", lambda demo: [demo.comparison.document_id, demo.comparison.pk]),
    Page("comments:comparison_place", "bantochuc", lambda demo: [demo.comparison.pk, demo.revised.wid]),
    Page("comments:elsewhere", "thuky", lambda demo: [demo.recorded.pk]),
    Page("comments:file_comments", "bantochuc", lambda demo: [demo.commented.pk]),
    Page("meetings:list", "thuky"),
    Page("meetings:list", "thuky", query="?view=held"),
    Page("meetings:new", "thuky"),
    Page("meetings:meeting", "thuky", meeting),
    Page("meetings:meeting", "chutri", meeting),
    Page("meetings:meeting", "uyvien", meeting),
    Page("meetings:arrangements", "thuky", meeting),
    Page("meetings:cancellation", "thuky", meeting),
    Page("meetings:papers", "uyvien", meeting, is_long=True),
    Page("meetings:who_comes", "thuky", meeting),
    Page("meetings:agenda_item", "thuky", lambda demo: [demo.meeting.pk, demo.meeting.agenda.first().pk]),
    Page("meetings:attendee", "thuky", lambda demo: [demo.meeting.pk, demo.meeting.attendances.first().pk]),
    Page("meetings:reply", "thuky", lambda demo: [demo.meeting.pk, demo.meeting.attendances.first().pk]),
    Page("meetings:conclusions", "thuky", meeting),
    Page("meetings:dictation", "thuky", meeting),
    Page("meetings:record", "uyvien", meeting),
    Page("meetings:live", "thuky", meeting),
    Page("meetings:delegate", "uyvien", meeting),
    Page("meetings:wall", "thuky", meeting),
    Page("meetings:conclusion", "thuky", lambda demo: [demo.conclusion.pk]),
    Page("meetings:new_assignment", "thuky", lambda demo: [demo.conclusion.pk]),
    Page("meetings:assignments", "thuky"),
    Page("meetings:assignments", "bantochuc", query="?scope=mine&state=late"),
    Page("meetings:assignment", "thuky", lambda demo: [demo.task.pk]),
    Page("meetings:assignment", "bantochuc", lambda demo: [demo.task.pk]),
    Page("meetings:assignment_performers", "thuky", lambda demo: [demo.task.pk]),
    Page("meetings:absences", "bantochuc"),
    Page("meetings:assignment_month", "thuky"),
    Page("meetings:assignment_timeline", "thuky"),
    Page("meetings:assignment_units", "thuky"),
    Page("meetings:assignment_feed", "bantochuc"),
    Page("meetings:sending", "quantri"),
    Page("meetings:reminder_rule", "thuky", meeting),
]

# Addresses that answer a GET, but with no page of ours to look at. Those that only take a POST need no line here.
NO_PAGES = {
    "healthz": "JSON",
    "notice": "leads to what it is about",
    "comments:main_comparison": "leads to the comparison",
    "readyz": "JSON",
    "set_language": "leads back to the page",
    "comments:attachment": "a file",
    "comments:news": "a part of a page",
    "comments:stream": "a stream",
    "meetings:assignment_report_file": "a file",
    "meetings:task_feed": "a file",
    "drafts:writers": "a part of the reading page",
    "drafts:source_file": "a file",
    "meetings:paper": "a file",
    "meetings:calendar_file": "a file",
    "comments:download_file": "a file",
    "comments:comparison_file": "a file",
    "comments:blank_unit_sheet": "a file",
    "comments:feedback_file": "a file",
    "comments:sheet_file": "a file",
    "meetings:record_file": "a file",
    "meetings:turn_list": "a part of a page",
    "meetings:delegate_now": "a part of a page",
    "meetings:wall_now": "a part of a page",
    "mfa_download_recovery_codes": "a file",
    "account_confirm_login_code": "codes by mail are switched off",
    "account_set_password": "everybody has a password: leads to the page that changes it",
    "mfa_authenticate": "stands between password and page, tested with the sign-in",
    "mfa_reauthenticate": "as above",
    "mfa_activate_totp": "as above: asks for the password first",
    "mfa_deactivate_totp": "as above",
    "mfa_view_recovery_codes": "as above",
    "mfa_generate_recovery_codes": "as above",
    "socialaccount_login_error": "shown by the library where the sign-in failed",
    "socialaccount_signup": "leads to the sign-in",
    "openid_connect_login": "leads to a provider",
    "openid_connect_callback": "comes from a provider",
}


def address_names(resolver=None, *, namespace=""):
    """Every named address of the project; Django's administration is Django's own."""
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if pattern.namespace != "admin":
                names |= address_names(pattern, namespace=inner)
        elif pattern.name:
            names.add(namespace + pattern.name)
    return names
