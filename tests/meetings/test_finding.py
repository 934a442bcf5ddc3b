"""Searching conclusions: found by those who were asked to the meeting, and by those whose task rests on them."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from drafts.inquiry import inquire
from drafts.searching import find, scope_of
from meetings import services
from tests.people import DraftTestCase, make_unit, make_user


class ConclusionsFoundTests(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.agency = make_unit("Sở Nội vụ")
        cls.clerk = make_user("clerk", unit=cls.agency)
        starts_at = timezone.now() + dt.timedelta(hours=3)
        cls.meeting = services.convene(by=cls.thu, title="Họp cho ý kiến", starts_at=starts_at, chair=cls.chi)
        services.add_agenda_item(cls.meeting, by=cls.thu, document=cls.document)
        services.invite(cls.meeting, by=cls.thu, user=cls.minh)
        cls.conclusion = services.add_conclusion(cls.meeting, by=cls.thu, text="Lập bảng so sánh, nêu rõ lý do.")
        cls.task = services.assign(
            cls.conclusion,
            by=cls.thu,
            lead_unit=cls.agency,
            task="Lập bảng",
            due_on=timezone.localdate() + dt.timedelta(days=5),
            limit="before",
        )

    def found(self, user, **options):
        return find(inquire("bang so sanh"), scope=scope_of(user), kinds=["conclusions"], limit=5, **options)[0].hits

    def test_those_who_were_asked_find_it_and_are_led_to_the_meeting(self):
        address = f"{reverse('meetings:meeting', args=[self.meeting.pk])}#conclusion-{self.conclusion.pk}"
        for user in (self.chi, self.thu, self.minh):
            self.assertEqual([hit.url for hit in self.found(user)], [address])

    def test_who_has_the_task_alone_is_led_to_the_task(self):
        self.assertEqual(
            [hit.url for hit in self.found(self.clerk)], [reverse("meetings:assignment", args=[self.task.pk])]
        )

    def test_others_find_nothing(self):
        for user in (self.lan, self.dai, self.hoa):
            self.assertEqual(self.found(user), [])

    def test_one_document_alone_has_its_own_conclusions(self):
        self.assertEqual(self.found(self.thu, document=self.document), [])
        self.conclusion.documents.add(self.document)
        self.assertEqual(len(self.found(self.thu, document=self.document)), 1)
