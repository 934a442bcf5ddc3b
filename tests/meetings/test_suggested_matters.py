"""Comments put forward for the meeting reach its agenda, and conclusions the page of comments."""

import uuid

from comments import flagging
from comments import services as comments
from drafts import services as drafts
from drafts.photographs import edition_text
from meetings import services
from meetings.models import ConclusionComment
from tests.meetings.cast import MeetingTestCase


class SuggestedMatterTests(MeetingTestCase):
    def say(self, by, sheet=None):
        return comments.add_comment(self.edition, by=by, key=uuid.uuid4(), kind="other", text="Cần bàn.", sheet=sheet)

    def suggested(self, user):
        self.client.force_login(user)
        return self.client.get(f"/meetings/{self.meeting.pk}/").context["suggested"]

    def test_what_was_put_forward_is_suggested_once(self):
        flagged = [self.say(self.dai), self.say(self.minh, edition_text(self.edition).articles()[1])]
        flagging.flag(self.document, by=self.thu, pks=[one.pk for one in flagged])
        assert self.suggested(self.thu) == []  # the draft is on the agenda
        services.drop_agenda_item(self.item, by=self.thu)
        (matter,) = self.suggested(self.thu)
        assert (matter.count, matter.articles, matter.has_general) == (2, ["Điều 2"], True)
        data = {"agenda-document": self.document.pk, "agenda-title": matter.title}
        for _twice in range(2):
            self.client.post(f"/meetings/{self.meeting.pk}/agenda/", data)
        assert self.meeting.agenda.get().title == "Quy chế làm việc của Tỉnh ủy: ý kiến về Điều 2, góp ý chung"
        assert self.suggested(self.thu) == []

    def test_only_of_drafts_whose_comments_one_sees_all_of(self):
        services.drop_agenda_item(self.item, by=self.thu)
        flagging.flag(self.document, by=self.lan, pks=[self.say(self.dai).pk])
        drafts.take_seat(self.document.seats.get(user=self.thu), by=self.lan)
        assert self.suggested(self.thu) == []

    def test_the_page_of_comments_and_that_of_one_lead_to_the_conclusions_one_may_read(self):
        comment = self.say(self.dai)
        ConclusionComment.objects.bulk_create([ConclusionComment(conclusion=self.conclusion, comment=comment)])
        for user, count in ((self.thu, 1), (self.lan, 0)):
            self.client.force_login(user)
            page = self.client.get(f"/comments/{comment.pk}/").content.decode()
            self.assertEqual(page.count(f"/meetings/{self.meeting.pk}/#conclusion-{self.conclusion.pk}"), count)
        self.client.force_login(self.thu)
        page = self.client.get(f"/drafts/{self.document.pk}/feedback/")
        self.assertContains(page, f"/meetings/{self.meeting.pk}/#conclusion-{self.conclusion.pk}")
        self.client.force_login(self.lan)
        self.assertNotContains(self.client.get(f"/drafts/{self.document.pk}/feedback/"), "#conclusion-")
