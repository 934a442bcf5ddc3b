"""One small world with every role in it, for the tests that walk through all addresses."""

import datetime as dt
import re
import uuid
from copy import copy
from unittest import mock

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts import outbox
from accounts.backends import PersonBackend
from accounts.models import Notice, UnitContact, User
from comments import contesting, files, flagging, helping, recording, rounds, sheets, topics
from comments import services as comments
from comments.models import Comment, Consultation, Phrase, Proposal
from comments.saved_filters import keep_filter
from drafts import comparing, diary, papers, reimports, sources
from drafts import services as drafts
from drafts.models import Operation, PaperLayout, Provision, Seat
from drafts.models.papers import COLUMNS
from drafts.photographs import edition_text
from meetings import following, leading, polling, signing, speaking
from meetings import papers as agenda_papers
from meetings import services as meetings
from meetings.models import Reminder
from tests.drafts.importing.word_files import commented_file, sheet_file
from tests.people import People, make_document, make_unit, make_user

SEATED = ("reader", "commenter", "drafter", "lead", "secretary", "chair")
UNSEATED = ("outsider", "attendee", "contact", "administrator")
SIGNED_IN = (*SEATED, *UNSEATED)
ROLES = ("stranger", "deactivated", *SIGNED_IN)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)
SOURCE = "Điều 1. Tên\n1. Nội dung.".encode()

# Thousands of requests of a dozen people: who they are stands in their cookie, which is no matter of rights.
QUICK_SESSIONS = "django.contrib.sessions.backends.signed_cookies"

# Signing out and in writes here, and a look at a page may prolong a session: not what a right is about.
# The last look is what reading the consolidated page is to leave behind; test_consolidating says who leaves one.
NOT_COUNTED = {"django_session", "accounts_attemptcount", "django_cache", "django_migrations", "comments_lastlook"}


class World(People):
    """The cast of tests.people with every other role, and one of everything a page can be about."""

    @classmethod
    def make_world(cls):
        cls.make_people()
        cls.make_draft()
        cls.make_others()
        cls.make_work()
        cls.make_meeting()
        User.objects.update(password=make_password("gió mùa đông bắc"))
        cls.clients = {role: cls.client_of(role) for role in ROLES}
        User.objects.filter(pk=cls.deactivated.pk).update(is_active=False)

    @classmethod
    def make_others(cls):
        cls.agency = make_unit("Sở Nội vụ", rank=50)
        cls.reader = make_user("reader")
        cls.drafter = make_user("drafter", unit=cls.department)
        cls.attendee = make_user("attendee")
        cls.contact = make_user("contact", unit=cls.agency)
        cls.deactivated = make_user("deactivated")
        cls.administrator = User.objects.create_superuser("quantri", email="q@example.org", full_name="Quản trị")
        UnitContact.objects.create(unit=cls.agency, user=cls.contact)
        for user, role in (
            (cls.reader, Seat.Role.READER),
            (cls.drafter, Seat.Role.DRAFTER),
            (cls.deactivated, Seat.Role.LEAD_DRAFTER),
        ):
            drafts.give_seat(cls.document, by=cls.lan, role=role, user=user)
        # The outsider took part once: the seat is gone, the session is not.
        drafts.take_seat(drafts.give_seat(cls.document, by=cls.lan, role=Seat.Role.SECRETARY, user=cls.hoa), by=cls.lan)
        cls.person = {
            "outsider": cls.hoa,
            "reader": cls.reader,
            "commenter": cls.minh,
            "drafter": cls.drafter,
            "lead": cls.lan,
            "secretary": cls.thu,
            "chair": cls.chi,
            "attendee": cls.attendee,
            "contact": cls.contact,
            "administrator": cls.administrator,
            "deactivated": cls.deactivated,
        }

    @classmethod
    def make_work(cls):
        cls.comment = comments.add_comment(
            cls.edition,
            by=cls.minh,
            key=uuid.uuid4(),
            kind="other",
            text="Đề nghị nói rõ hơn.",
            files=[files.Checked(ContentFile(PNG, name="a.png"), "anh-chup.png", "image/png", "0" * 64)],
        )
        cls.attachment = cls.comment.attachments.get()
        cls.proposal = cls.propose()
        drafts.revise_article(
            cls.article_2,
            by=cls.lan,
            base_version=1,
            heading=cls.article_2.heading,
            text=cls.article_2.text + "\n3. Thêm một khoản:\na) Một điểm chưa có dấu.\nb) Một điểm nữa",
            reason="Tiếp thu",
        )
        cls.round = rounds.open_consultation(
            cls.edition,
            by=cls.thu,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.OPEN,
            people=[cls.minh, cls.chi],
            units=[cls.city],
        )
        cls.round.invitations.update(opened_at=timezone.now())
        cls.invitation = cls.round.invitations.get(user=cls.minh)
        cls.unopened = cls.round.invitations.get(user=cls.chi)
        cls.gathered = comments.add_comment(
            cls.edition,
            by=cls.minh,
            key=uuid.uuid4(),
            kind="other",
            text="Chờ đơn vị gửi.",
            contribution=cls.round.invitations.get(unit=cls.city),
        )
        cls.recorded = recording.record_opinion(
            cls.edition,
            by=cls.thu,
            speaker=recording.Speaker("Minh", person=cls.minh),
            key=uuid.uuid4(),
            kind="other",
            text="Nói tại hội nghị.",
        )
        cls.sheet = sheets.write_sheet(
            cls.round, by=cls.thu, title="Phiếu", introduction="", questions=["Đồng ý ban hành?"]
        )
        cls.return_one(cls.round.invitations.get(unit=cls.city))
        cls.topic = topics.make_topic(
            cls.document, by=cls.lan, title="Viết gọn", comments=Comment.objects.filter(pk=cls.proposal.pk)
        )
        cls.make_answers()
        cls.kept_filter = keep_filter(cls.document, by=cls.lan, name="Còn ngỏ", query="state=open")
        cls.flagging = flagging.flag(cls.document, by=cls.lan, pks=[cls.proposal.pk])
        cls.source = sources.keep(SOURCE, name="du-thao.txt", by=cls.lan)
        cls.claimed_source = sources.keep(SOURCE, name="ban-dau.txt", by=cls.lan)
        cls.claimed_source.document = cls.document
        cls.claimed_source.save(update_fields=["document"])
        cls.reimport = reimports.offer(cls.document, sources.keep(SOURCE, name="ban-moi.txt", by=cls.lan))
        look = reimports.look(cls.reimport)
        cls.seen, cls.row_key = look.seen, look.plan.keys[0]
        cls.make_comparison()
        cls.layout = PaperLayout()
        columns = {name: getattr(PaperLayout.from_preset("state"), name) for name in COLUMNS}
        papers.save_layout(cls.layout, by=cls.administrator, columns=columns)
        cls.commented_source = sources.keep(commented_file(), name="co-gop-y.docx", by=cls.lan, remarks=2)
        cls.commented_source.document = cls.document
        cls.commented_source.save(update_fields=["document"])
        cls.sheet_source = sources.keep(sheet_file(), name="phieu.docx", by=cls.thu)
        cls.other_document = make_document(by=cls.chi, title="Quy chế khác")
        cls.other_article = Provision.objects.filter(document=cls.other_document, kind="article").first()
        cls.other_seat = cls.other_document.seats.get()
        cls.seat = cls.document.seats.get(user=cls.reader)

    @classmethod
    def return_one(cls, invitation):
        """A sheet of the round has come back on paper."""
        answers = {question.pk: ("agree", "") for question in cls.sheet.questions.all()}
        cls.returned = sheets.return_sheet(cls.sheet, invitation, by=cls.thu, answers=answers, on_paper=True)

    @classmethod
    def make_answers(cls):
        """One of everything that becomes of an answer: proposed, given, contested, ruled on; and a phrase."""
        said = [
            comments.add_comment(cls.edition, by=cls.minh, key=uuid.uuid4(), kind="other", text=f"Ý kiến {number}.")
            for number in range(4)
        ]
        waiting, cls.answered, open_, ruled = said
        for comment in (cls.answered, open_, ruled):
            comments.answer_comment(comment, by=cls.lan, outcome="explained", explanation="Giữ như dự thảo.")
        operation = diary.start(Operation.Kind.PROPOSED, by=cls.drafter, document=cls.document)
        row = Proposal(comment=waiting, outcome="accepted", by=cls.drafter, at=operation.at)
        cls.proposed = diary.add(operation, [row])[0]
        cls.unruled = contesting.contest(open_, by=cls.minh, reason="Chưa thỏa đáng.")
        cls.reopening = contesting.contest(ruled, by=cls.minh, reason="Chưa thỏa đáng.")
        contesting.rule(cls.reopening, by=cls.chi, ruling="answer_stands", reason="Theo Điều lệ.")
        cls.notice = Notice.objects.filter(recipient=cls.minh, kind="answer").first()
        Notice.objects.filter(pk=cls.notice.pk).update(seen_at=timezone.now())
        cls.phrase = helping.save_phrase(Phrase(), by=cls.lan, name="Quy chế", text="Theo quy chế.")

    @classmethod
    def propose(cls):
        """Other words for some that stand in article 1."""
        sheet = edition_text(cls.edition).find(cls.article_1.wid)
        return comments.add_comment(
            cls.edition,
            by=cls.minh,
            key=uuid.uuid4(),
            kind="wording",
            text="Đề nghị viết gọn.",
            sheet=sheet,
            selection=comments.Selection(quote=sheet.text[3:12].strip()),
            proposed_text="Văn bản này",
        )

    @classmethod
    def make_comparison(cls):
        """Set against an older text; a model stands ready to be compared with, which the drafting unit may read."""
        old = make_document(by=cls.lan, title="Quy chế cũ")
        cls.comparison = comparing.compare(cls.document, by=cls.lan, against=old)
        cls.comparison_row = cls.comparison.rows.first()
        cls.model_document = make_document(by=cls.lan, title="Quy chế mẫu")
        drafts.give_seat(cls.model_document, by=cls.lan, role=Seat.Role.DRAFTER, unit=cls.department)

    @classmethod
    def make_meeting(cls):
        starts_at = timezone.now() + dt.timedelta(hours=3)
        cls.meeting = meetings.convene(by=cls.thu, title="Họp cho ý kiến", starts_at=starts_at, chair=cls.chi)
        cls.item = meetings.add_agenda_item(cls.meeting, by=cls.thu, document=cls.document)
        cls.other_matter = meetings.add_agenda_item(cls.meeting, by=cls.thu, title="Việc khác")
        paper = files.Checked(ContentFile(PNG, name="a.png"), "Tờ trình.png", "image/png", "1" * 64)
        agenda_papers.edit_agenda_item(cls.other_matter, by=cls.thu, title="Việc khác", attached=[paper])
        cls.paper = cls.other_matter.papers.get()
        cls.place = meetings.invite(cls.meeting, by=cls.thu, user=cls.attendee)
        cls.guest_place = meetings.invite(cls.meeting, by=cls.thu, guest="Khách mời")
        meetings.record_attendance(cls.meeting, by=cls.thu, states={cls.place.pk: "present"})
        leading.begin(cls.item, by=cls.thu)
        leading.show(cls.meeting, wid=cls.article_1.wid)
        cls.turn = speaking.ask(cls.meeting, by=cls.thu, name="Cử tri")
        cls.poll = polling.open_poll(cls.meeting, by=cls.thu, question="Thông qua?")
        cls.conclusion = meetings.add_conclusion(cls.meeting, by=cls.thu, text="Giao việc.")
        cls.assignment = meetings.assign(
            cls.conclusion,
            by=cls.thu,
            lead_unit=cls.agency,
            task="Lập bảng so sánh",
            due_on=timezone.localdate() + dt.timedelta(days=5),
            limit="before",
            document=cls.document,
        )
        cls.follow_task()
        seen = signing.open_digest(cls.meeting)
        signing.agree(cls.meeting.notices.get(), by=cls.meeting.chair, seen=seen)
        cls.reminder_mail = outbox.post(key="reminders:1", recipient=cls.contact, subject="Nhắc việc", body="Nhắc việc")
        Reminder.objects.create(
            assignment=cls.assignment,
            recipient=cls.contact,
            last_day=cls.assignment.last_day,
            occasion="before-3",
            mail=cls.reminder_mail,
        )
        cls.other_meeting = meetings.convene(by=cls.lan, title="Họp khác", starts_at=starts_at, chair=cls.lan)
        cls.other_item = meetings.add_agenda_item(cls.other_meeting, by=cls.lan, title="Việc của ai")
        cls.other_place = meetings.invite(cls.other_meeting, by=cls.lan, guest="Khách")

    @classmethod
    def follow_task(cls):
        """A report with a file, and more time asked for; a person of another unit is away."""
        task = meetings.assign(
            cls.conclusion,
            by=cls.thu,
            lead_unit=cls.agency,
            task="Việc xin gia hạn",
            due_on=timezone.localdate() + dt.timedelta(days=5),
            limit="by",
        )
        image = files.Checked(ContentFile(PNG, name="a.png"), "anh.png", "image/png", "0" * 64)
        report = following.report_progress(task, by=cls.contact, key=uuid.uuid4(), text="Đang làm", files=[image])
        cls.report_file = report.files.get()
        later = timezone.localdate() + dt.timedelta(days=30)
        cls.extension = following.ask_for_time(task, by=cls.contact, due_on=later, limit="by", reason="Chờ ý kiến")
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        cls.absence = following.name_stand_in(cls.minh, stand_in=cls.dai, starts_on=tomorrow, ends_on=tomorrow)

    def known_by_sight(self):
        """Who sends a request is looked up once and not ten thousand times; each request has a person of its own."""
        people = {person.pk: person for person in User.objects.active().select_related("unit")}
        self.enterContext(mock.patch.object(PersonBackend, "get_user", lambda _backend, pk: copy(people.get(pk))))

    @classmethod
    def client_of(cls, role):
        client = Client()
        if role != "stranger":
            client.force_login(User.objects.get(pk=cls.person[role].pk))
        return client


def digest():
    """Changes whenever any row of any table does. Planned once: that takes longer than adding it all up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_prepared_statements WHERE name = 'digest'")
        if not cursor.rowcount:
            tables = sorted(set(connection.introspection.table_names()) - NOT_COUNTED)
            parts = [
                f"SELECT '{table}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM \"{table}\" t"
                for table in tables
            ]
            cursor.execute(f"PREPARE digest AS {' UNION ALL '.join(parts)}")
        cursor.execute("EXECUTE digest")
        return sorted(cursor.fetchall())


def plain(response, address):
    """The page without what differs from one request to the next: tokens, and the address that was asked for."""
    page = response.content.decode()
    page = re.sub(r'(csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"', "", page)
    return page.replace(escape(address), "")
