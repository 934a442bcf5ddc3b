"""The same opinion on another draft."""

import uuid

from comments import repeating, services
from comments.models import Comment
from comments.recording import Speaker, record_opinion
from comments.synthesis import Synthesis
from drafts import services as drafts
from drafts.access import get_document_for
from drafts.models import Seat
from drafts.photographs import edition_text
from tests.people import DraftTestCase, make_document


class RepeatingTests(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.other = make_document(by=cls.lan, title="Quy chế thứ hai")
        drafts.give_seat(cls.other, by=cls.lan, role=Seat.Role.SECRETARY, user=cls.thu)
        drafts.issue_edition(cls.other, by=cls.lan)
        cls.hidden = make_document(by=cls.lan, title="Canary12")
        drafts.issue_edition(cls.hidden, by=cls.lan)
        sheet = edition_text(cls.edition).article("1")
        speaker = Speaker("Minh", person=cls.minh)
        said = {"by": cls.thu, "speaker": speaker, "key": uuid.uuid4(), "kind": "other", "text": "Nói rõ chủ thể."}
        cls.comment = record_opinion(cls.edition, sheet=sheet, **said)

    def setUp(self):
        self.url = f"/comments/{self.comment.pk}/elsewhere/"
        self.client.force_login(self.thu)

    def repeat(self, **data):
        return self.client.post(self.url, {"document": self.other.pk, "place": "Đ2"} | data)

    def test_it_is_recorded_there_in_the_same_name_once_and_each_knows_of_the_other(self):
        for _twice in range(2):
            self.assertRedirects(self.repeat(), f"/comments/{self.comment.pk}/")
        again = Comment.objects.get(document=self.other)
        self.assertEqual((again.author, again.recorded_by, again.text), (self.minh, self.thu, self.comment.text))
        self.assertEqual((str(again.provision), again.same_as), ("Điều 2", self.comment))
        self.assertEqual(again.history.get().operation.kind, "repeated")
        self.client.post(f"/comments/{again.pk}/elsewhere/", {"document": self.document.pk, "place": ""})
        third = Comment.objects.get(document=self.document, provision=None)
        self.assertEqual(third.same_as, self.comment)
        self.assertContains(self.client.get(f"/comments/{self.comment.pk}/"), f'href="/comments/{again.pk}/"')
        self.assertContains(self.client.get(f"/comments/{again.pk}/"), f'href="/comments/{self.comment.pk}/"')
        self.client.force_login(self.dai)
        self.assertNotContains(self.client.get(f"/comments/{self.comment.pk}/"), "Quy chế thứ hai")

    def test_the_table_of_opinions_names_the_other_place_to_those_who_see_it(self):
        self.repeat()
        for user, is_seen in ((self.thu, True), (self.chi, False)):
            document = get_document_for(user, "consolidate", pk=self.document.pk)
            synthesis = Synthesis(document, user=user)
            notes = [
                said.notes
                for place in synthesis.places(synthesis.comments(), layout=synthesis.offers[0].layout)
                for said in place.said
            ]
            self.assertEqual("(Cùng ý kiến tại Điều 2 dự thảo Quy chế thứ hai)" in notes[0], is_seen)

    def test_what_is_refused(self):
        for wrong in ({"document": ""}, {"document": self.hidden.pk}, {"place": "Đ77"}, {"document": self.document.pk}):
            response = self.repeat(**wrong)
            self.assertEqual(response.status_code, 422)
            self.assertNotIn("Canary12", response.content.decode())
        for user, status in ((self.minh, 200), (self.dai, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
        self.client.force_login(self.minh)
        self.assertEqual(self.repeat().status_code, 422)
        drafts.give_seat(self.other, by=self.lan, role=Seat.Role.COMMENTER, user=self.minh)
        self.assertEqual(self.repeat().status_code, 302)
        self.assertIsNone(Comment.objects.get(document=self.other).recorded_by)
        services.withdraw_comment(self.comment, by=self.minh)
        self.assertEqual(self.repeat(place="").status_code, 422)
        self.assertEqual(repeating.same_elsewhere([], user=self.minh), {})
