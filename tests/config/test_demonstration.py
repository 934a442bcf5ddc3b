import datetime as dt
from io import StringIO

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.utils import timezone

from accounts.models import User
from comments.contesting import contested_on
from comments.models import (
    Comment,
    Consultation,
    Phrase,
    Proposal,
    Reopening,
    Response,
    ReturnedSheet,
    Topic,
)
from drafts.models import Document, Edition, Operation
from meetings.models import Assignment, Meeting
from meetings.queries import meeting_page


class LoadDemoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())

    def test_the_texts_are_there_article_by_article(self):
        counts = {
            document.pk: document.provisions.filter(kind="article").count() for document in Document.objects.all()
        }
        self.assertEqual(sorted(counts.values()), [0, 12, 38, 40])
        programme = Document.objects.get(kind="programme")
        self.assertEqual(programme.provisions.filter(kind="item").count(), 21)

    def test_there_is_a_draft_with_its_predecessor_and_an_edition_of_each(self):
        draft = Document.objects.get(predecessor__isnull=False)
        self.assertEqual(draft.provisions.filter(kind="chapter").count(), 6)
        self.assertEqual(Edition.objects.count(), 4)

    def test_people_have_commented_and_some_have_their_answer(self):
        self.assertGreaterEqual(Comment.objects.count(), 30)
        self.assertGreaterEqual(Response.objects.count(), 10)
        self.assertTrue(Response.objects.filter(carried_out_by__isnull=False).exists())
        self.assertGreaterEqual(Comment.objects.values("author").distinct().count(), 10)

    def test_it_shows_what_happens_around_the_answers(self):
        waiting, returned = Proposal.objects.order_by("returned")
        self.assertTrue(returned.returned and not waiting.returned)
        self.assertEqual(sorted(topic.comments.count() for topic in Topic.objects.all()), [2, 3])
        waiting_first = contested_on(Document.objects.get(predecessor__isnull=False))
        self.assertEqual([reopening.ruling for reopening in waiting_first], ["", "answer_stands"])
        self.assertTrue(Reopening.objects.get(ruling="answer_stands").reserved_at)
        self.assertGreaterEqual(Phrase.objects.count(), 3)
        aside = ReturnedSheet.objects.values_list("set_aside", flat=True)
        self.assertEqual(sorted(aside), ["", "", "", "unsigned"])
        self.assertEqual(Comment.objects.exclude(flagged_at=None).count(), 2)
        self.assertTrue(Comment.objects.filter(contribution__answered_at=None, contribution__isnull=False).exists())

    def test_a_round_is_open(self):
        self.assertTrue(Consultation.objects.get().is_open())

    def test_the_meeting_was_yesterday_and_its_tasks_are_due_before_a_day_five_days_ahead(self):
        meeting = Meeting.objects.get()
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        self.assertEqual(timezone.localdate(meeting.starts_at), yesterday)
        tasks = Assignment.objects.filter(conclusion__notice__signed_by__isnull=False)
        self.assertEqual(tasks.count(), 4)
        self.assertEqual(Assignment.objects.count(), 5)  # one more in the supplement
        self.assertEqual({(task.last_day - timezone.localdate()).days for task in tasks}, {4})

    def test_the_meeting_changed_something_in_the_drafts_since(self):
        meeting, secretary = Meeting.objects.get(), User.objects.get(username="thuky")
        page = meeting_page(meeting, user=secretary)
        self.assertEqual([draft.changed for draft in page.on_table], [2, 1, 0])
        self.assertTrue(all(draft.taken_in and draft.still_open for draft in page.on_table[:2]))

    def test_nothing_in_it_happened_in_the_future(self):
        self.assertFalse(Operation.objects.filter(at__gt=timezone.now()).exists())

    def test_the_seven_accounts_can_sign_in(self):
        for username in ("chutri", "thuky", "bantochuc", "uyvien", "daibieu", "khach", "quantri"):
            self.assertTrue(self.client.login(username=username, password="gop-y-du-thao"), username)
        self.assertTrue(User.objects.get(username="quantri").is_staff)

    def test_the_guest_sees_nothing(self):
        guest = User.objects.get(username="khach")
        self.assertFalse(Document.objects.visible_to(guest).exists())
        self.assertFalse(Meeting.objects.visible_to(guest).exists())

    def test_the_administrator_has_no_seat(self):
        self.assertFalse(Document.objects.visible_to(User.objects.get(username="quantri")).exists())

    def test_loading_again_changes_nothing(self):
        before = (User.objects.count(), Comment.objects.count(), Operation.objects.count())
        call_command("load_demo", stdout=StringIO())
        self.assertEqual((User.objects.count(), Comment.objects.count(), Operation.objects.count()), before)

    @override_settings(IS_PRODUCTION=True)
    def test_it_refuses_to_run_in_production(self):
        with self.assertRaises(CommandError):
            call_command("load_demo", stdout=StringIO())
