"""Side doors keep the secret: planted words show up nowhere for those who may not read the draft or the meeting."""

import datetime as dt
import uuid
from contextlib import contextmanager
from functools import partial
from unittest import mock

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from accounts.models import OutgoingMail
from comments import files, rounds
from comments import services as comments
from comments.models import Consultation
from drafts import services as drafts
from drafts.models import Provision
from meetings import calling, following, papers, reminders
from meetings import services as meetings
from meetings.models import Assignment
from tests.config.test_every_url import MISSING, MISSING_PK, OURS, comment, refusal
from tests.config.world import PNG, QUICK_SESSIONS, SOURCE, World, plain
from tests.people import make_document

IN_THE_DRAFT = {
    name: f"CHIM{number}YEN"
    for number, name in enumerate(
        (
            "title",
            "article",
            "working text",
            "reason",
            "comment",
            "proposed wording",
            "reply",
            "answer",
            "file name",
            "sealed comment",
            "edition",
        )
    )
}
IN_THE_MEETING = {name: f"HOANG{number}ANH" for number, name in enumerate(("meeting", "place", "matter", "guest"))}
IN_THE_CONCLUSION = {
    name: f"SAO{number}KHUYA" for number, name in enumerate(("conclusion", "task", "result", "progress", "more time"))
}
SECRETS = IN_THE_DRAFT | IN_THE_MEETING | IN_THE_CONCLUSION


@contextmanager
def asked_whether_part():
    """Something is in the list afterwards when a view asked whether a part of the page is wanted. It was told no."""
    asked = []
    with mock.patch.object(HtmxDetails, "__bool__", lambda details: bool(asked.append(details))):
        yield asked


def leads_nowhere(response):
    """Like an address that does not exist, or to the sign-in: writing there leads no further (test_every_url)."""
    return response.status_code == MISSING or response.get("Location", "").startswith("/accounts/login/")


@override_settings(SESSION_ENGINE=QUICK_SESSIONS)
class CanaryTestCase(World, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.make_people()
        cls.plant_draft()
        cls.make_others()
        cls.make_work()
        cls.plant_words()
        cls.make_meeting()
        cls.plant_meeting()
        cls.clients = {role: cls.client_of(role) for role in ("stranger", *cls.person)}

    def setUp(self):
        self.known_by_sight()
        for row, content in (
            (self.attachment, PNG),
            (self.planted_file, PNG),
            (self.report_file, PNG),
            (self.paper, PNG),
            (self.source, SOURCE),
        ):
            row.file.storage.save(row.file.name, ContentFile(content))

    @classmethod
    def plant_draft(cls):
        c = IN_THE_DRAFT
        cls.document = make_document(by=cls.lan, title=f"Quy chế {c['title']}", articles=(f"1. {c['article']}.",) * 2)
        for user, role in ((cls.minh, "commenter"), (cls.thu, "secretary"), (cls.chi, "chair"), (cls.dai, "commenter")):
            drafts.give_seat(cls.document, by=cls.lan, role=role, user=user)
        cls.edition = drafts.issue_edition(cls.document, by=cls.lan, label=c["edition"])
        cls.article_1, cls.article_2 = Provision.objects.filter(document=cls.document, kind="article")

    @classmethod
    def plant_words(cls):
        c = IN_THE_DRAFT
        drafts.revise_article(
            cls.article_1,
            by=cls.lan,
            base_version=1,
            heading="Tên",
            text=f"1. {c['working text']}.",
            reason=c["reason"],
        )
        cls.planted = comments.add_comment(
            cls.edition,
            by=cls.minh,
            key=uuid.uuid4(),
            kind="wording",
            text=c["comment"],
            proposed_text=c["proposed wording"],
            files=[files.Checked(ContentFile(PNG, name="a.png"), f"{c['file name']}.png", "image/png", "0" * 64)],
        )
        cls.planted_file = cls.planted.attachments.get()
        comments.reply(cls.planted, by=cls.thu, key=uuid.uuid4(), text=c["reply"])
        comments.answer_comment(cls.planted, by=cls.lan, outcome="explained", explanation=c["answer"])

    @classmethod
    def plant_meeting(cls):
        m, c = IN_THE_MEETING, IN_THE_CONCLUSION
        calling.rearrange(cls.meeting, by=cls.thu, title=m["meeting"], place=m["place"])
        # As the form takes it: a matter with words of its own, so that the draft's title stays with its members.
        edition = cls.item.edition
        cls.item = papers.edit_agenda_item(cls.item, by=cls.thu, title=m["matter"], edition=edition)
        meetings.invite(cls.meeting, by=cls.thu, guest=m["guest"])
        cls.conclusion = meetings.edit_conclusion(cls.conclusion, by=cls.thu, text=c["conclusion"], gives_no_task=False)
        cls.task = meetings.assign(
            cls.conclusion,
            by=cls.thu,
            lead_unit=cls.agency,
            task=c["task"],
            due_on=timezone.localdate() + dt.timedelta(days=1),
            limit="by",
            document=cls.document,
        )
        following.report_progress(cls.task, by=cls.contact, key=uuid.uuid4(), text=c["progress"])
        later = cls.task.last_day + dt.timedelta(days=9)
        following.ask_for_time(cls.task, by=cls.contact, due_on=later, limit="by", reason=c["more time"])
        meetings.move_assignment(cls.task, by=cls.contact, state="reported", note=c["result"])
        cls.assignment = Assignment.objects.get(pk=cls.task.pk)

    def everything_shown_to(self, role):
        """What every address answers, read whole, read in part, and written to; and the lists, searched."""
        client = self.clients[role]
        for name, entry in OURS.items():
            args = (self.planted.pk,) if entry.args is comment else entry.args(self)
            address = reverse(name.partition(" ")[0], args=args) + entry.query
            with asked_whether_part() as asked:
                whole = client.get(address)
            yield name, whole
            with transaction.atomic():
                if asked:  # what does not ask whether it is a part is the same as the whole
                    yield name, client.get(address, headers={"HX-Request": "true"})
                if not leads_nowhere(whole):
                    yield name, client.post(address)
                transaction.set_rollback(True)
        yield "comments:attachment", client.get(reverse("comments:attachment", args=[self.planted_file.pk]))
        for secret in ("title", "comment", "meeting", "task"):
            for name in ("drafts:list", "meetings:list", "meetings:assignments"):
                yield name, client.get(reverse(name), {"q": SECRETS[secret]})

    @mock.patch("config.urls.handler404", partial(refusal, MISSING))
    def found_by(self, role):
        """Which secrets the role comes across, and where: {"comment": {"comments:reader", …}}.

        The page of what is not there is not read each time: test_every_url shows that it tells nothing.
        """
        found = {}
        for name, response in self.everything_shown_to(role):
            body = b"".join(response.streaming_content) if response.streaming else response.content
            said = body.decode(errors="replace") + repr(dict(response.items()))
            # A search repeats what was searched for: that is the reader's own word.
            asked = response.wsgi_request.GET.get("q", "")
            said = said.replace(asked, "") if asked else said
            for secret, word in SECRETS.items():
                if word in said:
                    found.setdefault(secret, set()).add(name)
        return found


class WhatIsSeenTests(CanaryTestCase):
    def test_strangers_outsiders_and_administrators_come_across_nothing(self):
        for role in ("stranger", "outsider", "administrator"):
            with self.subTest(role):
                self.assertEqual(self.found_by(role), {})

    def test_an_attendee_without_a_seat_sees_the_meeting_and_nothing_of_the_draft(self):
        found = self.found_by("attendee")
        self.assertEqual(set(found) & set(IN_THE_DRAFT), set(), found)
        self.assertLessEqual(set(IN_THE_MEETING), set(found))

    def test_the_contact_of_the_lead_unit_sees_the_task_and_its_conclusion_alone(self):
        found = self.found_by("contact")
        self.assertEqual(set(found) & set(IN_THE_DRAFT), set(), found)
        self.assertLessEqual({"conclusion", "task"}, set(found))
        self.assertLessEqual(set(found) & set(IN_THE_MEETING), {"meeting"}, found)

    def test_a_reader_sees_the_edition_but_not_the_working_text(self):
        found = self.found_by("reader")
        self.assertLessEqual({"title", "article", "comment", "answer"}, set(found))
        self.assertEqual(set(found) & {"working text", "reason"}, set(), found)
        self.assertEqual(set(found) & set(IN_THE_MEETING | IN_THE_CONCLUSION), set(), found)

    def test_the_lead_drafter_sees_the_draft_and_nothing_of_the_meeting(self):
        """The other way round: this test can tell that the words are there to be found."""
        found = self.found_by("lead")
        self.assertLessEqual(set(IN_THE_DRAFT) - {"sealed comment"}, set(found))
        self.assertEqual(set(found) & (set(IN_THE_MEETING) | {"result"}), set(), found)

    def test_a_sealed_opinion_is_its_authors_and_the_drafters(self):
        rounds.close(self.round, by=self.thu, reason="Mở đợt khác")
        rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.SEALED_UNTIL_CLOSE,
            people=[self.minh, self.dai],
        )
        word = IN_THE_DRAFT["sealed comment"]
        sealed = comments.add_comment(self.edition, by=self.dai, key=uuid.uuid4(), kind="other", text=word)
        pages = [
            reverse("comments:reader", args=[self.document.pk]),
            reverse("comments:comment", args=[sealed.pk]),
            reverse("drafts:about", args=[self.document.pk]),
            reverse("home"),
        ]
        for role, sees in (("commenter", False), ("reader", False), ("lead", True), ("secretary", True)):
            with self.subTest(role):
                shown = "".join(self.clients[role].get(page).content.decode() for page in pages)
                self.assertEqual(word in shown, sees)
        refused = self.clients["commenter"].get(pages[1])
        gone = reverse("comments:comment", args=[MISSING_PK])
        self.assertEqual(plain(refused, pages[1]), plain(self.clients["commenter"].get(gone), gone))


class WhatSearchingTellsTests(CanaryTestCase):
    """Who may not read a word learns nothing by searching for it: the answer is that to a word that stands nowhere."""

    NOWHERE = "CHIM99YEN"
    HIDDEN = {
        "outsider": set(SECRETS),
        "administrator": set(SECRETS),
        "attendee": set(IN_THE_DRAFT),
        "contact": set(IN_THE_DRAFT),
        "reader": {"working text", "reason"} | set(IN_THE_MEETING | IN_THE_CONCLUSION),
        "lead": set(IN_THE_MEETING),
    }

    def answer(self, role, word):
        page = self.clients[role].get(reverse("drafts:search"), {"q": word})
        self.assertEqual(page.status_code, 200)
        headers = [name for name, _ in page.items()]
        return plain(page, word).replace(word, ""), headers, len(page.context["found"])

    def test_the_answer_is_that_to_a_word_that_stands_nowhere(self):
        for role, hidden in self.HIDDEN.items():
            nothing = self.answer(role, self.NOWHERE)
            for secret in sorted(hidden):
                with self.subTest(role=role, secret=secret):
                    self.assertEqual(self.answer(role, SECRETS[secret]), nothing)

    def test_those_who_may_read_them_do_find_them(self):
        """The other way round: the words are there to be found."""
        for role, secret in (("lead", "working text"), ("reader", "article"), ("reader", "comment")):
            self.assertGreaterEqual(self.answer(role, IN_THE_DRAFT[secret])[2], 1, secret)
        self.assertEqual(self.answer("attendee", IN_THE_CONCLUSION["conclusion"])[2], 1)


class WhatLeavesTests(CanaryTestCase):
    def test_a_reminder_tells_its_recipient_of_the_task_and_nothing_of_the_draft(self):
        meetings.move_assignment(self.task, by=self.thu, state="returned", note="Chưa đủ")
        reminders.remind()
        mails = OutgoingMail.objects.filter(recipient=self.contact)
        self.assertTrue(mails.exists())
        reminded = OutgoingMail.objects.filter(key__startswith="reminders:")
        self.assertEqual(set(reminded.values_list("recipient", flat=True)), {self.contact.pk})
        for mail in mails:
            said = mail.subject + mail.body
            self.assertEqual([word for word in IN_THE_DRAFT.values() if word in said], [])

    def test_health_tells_nobody_anything(self):
        for name in ("healthz", "readyz"):
            said = self.client.get(reverse(name)).content.decode()
            self.assertEqual([word for word in SECRETS.values() if word in said], [])

    def test_mails_in_the_administration_are_without_words(self):
        reminders.remind()
        for mail in OutgoingMail.objects.all():
            page = self.clients["administrator"].get(f"/admin/accounts/outgoingmail/{mail.pk}/change/")
            self.assertEqual([word for word in SECRETS.values() if word in page.content.decode()], [])
