"""Agreeing with a comment instead of repeating it; what was said already is pointed out before one sends."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils import timezone

from comments import agreeing, rounds, services
from comments.models import Agreement, Comment, Consultation
from drafts.photographs import edition_text
from tests.people import DraftTestCase

SAID = "Đề nghị bổ sung quy định về thời hạn gửi báo cáo của Ban Thường vụ cho rõ ràng."
NEARLY = "Đề nghị bổ sung quy định thời hạn gửi báo cáo của Ban Thường vụ cho rõ."
OTHER = "Nên bỏ cụm từ “tập thể lãnh đạo” vì trùng với khoản trên."


class AgreeingTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.sheet = edition_text(cls.edition).find(cls.article_2.wid)
        cls.comment = cls.say(cls.minh, SAID)

    @classmethod
    def say(cls, by, text, **said):
        said = {"key": uuid.uuid4(), "kind": "other", "sheet": cls.sheet} | said
        return services.add_comment(cls.edition, by=by, text=text, **said)

    def url(self, name):
        return reverse(f"comments:{name}", args=[self.comment.pk])


class AgreementTests(AgreeingTestCase):
    def test_agreeing_and_taking_it_back_each_count_once(self):
        self.client.force_login(self.dai)
        for name, count in (("agreement", 1), ("agreement", 1), ("agreement_removal", 0), ("agreement_removal", 0)):
            answer = self.client.post(self.url(name))
            assert answer.url == self.url("comment") + "#agreements"
            assert Agreement.objects.count() == count
        assert [row.history_type for row in Agreement.history.order_by("history_id")] == ["+", "-"]

    def test_nobody_agrees_with_themselves_and_readers_do_not(self):
        for user, status in ((self.minh, 403), (self.hoa, 404)):
            self.client.force_login(user)
            assert self.client.post(self.url("agreement")).status_code == status

    def test_not_with_ones_own_words_in_the_name_of_ones_unit_either(self):
        """What the secretary wrote down for a unit is not the secretary's own opinion."""
        add = {"kind": "other", "text": "Của đơn vị.", "on_behalf_of": self.city}
        own = services.add_comment(self.edition, by=self.minh, key=uuid.uuid4(), **add)
        recorded = services.add_comment(self.edition, by=self.thu, author=self.thu, key=uuid.uuid4(), **add)
        for user, comment, status in ((self.minh, own, 403), (self.thu, recorded, 302), (self.minh, recorded, 302)):
            self.client.force_login(user)
            answer = self.client.post(reverse("comments:agreement", args=[comment.pk]))
            assert answer.status_code == status, (user, comment)

    def test_not_with_what_was_withdrawn(self):
        services.withdraw_comment(self.comment, by=self.minh)
        self.client.force_login(self.dai)
        assert self.client.post(self.url("agreement")).status_code == 409

    def test_htmx_gets_the_count_alone(self):
        self.client.force_login(self.dai)
        answer = self.client.post(self.url("agreement"), headers={"HX-Request": "true"})
        self.assertContains(answer, self.url("agreement_removal"))
        assert answer.content.count(b'<span class="row"') == 1

    def test_counts_are_shown_to_all_and_names_to_those_who_may_know(self):
        agreeing.agree(self.comment, by=self.dai)
        agreeing.agree(self.comment, by=self.chi)
        rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.SEALED_UNTIL_CLOSE,
            people=[self.minh],
        )
        for user, names in ((self.thu, [self.dai, self.chi]), (self.lan, [self.dai, self.chi]), (self.minh, [])):
            with self.subTest(user):
                self.client.force_login(user)
                agreed = self.client.get(self.url("comment")).context["agreed"]
                assert (agreed["count"], agreed["people"]) == (2, names)
        self.client.force_login(self.thu)
        for name in ("reader", "feedback"):
            page = self.client.get(reverse(f"comments:{name}", args=[self.document.pk]))
            self.assertContains(page, f"{self.url('comment')}#agreements")


class SaidAlreadyTests(AgreeingTestCase):
    def send(self, text, *, by=None, htmx=False, **said):
        self.client.force_login(by or self.dai)
        said = {"key": uuid.uuid4(), "edition": 1, "kind": "other", "text": text} | said
        url = reverse("comments:new", args=[self.document.pk]) + f"?wid={self.article_2.wid}"
        return self.client.post(url, said, headers={"HX-Request": "true"} if htmx else {})

    def test_what_is_nearly_the_same_is_pointed_out_once(self):
        for text in (SAID, SAID.upper() + " ", NEARLY):
            with self.subTest(text):
                page = self.send(text)
                assert page.status_code == 422 and page.context["said_already"] == [self.comment]
                self.assertContains(page, 'name="agree_with"', status_code=422)
        assert self.send(NEARLY, is_new="1").status_code == 302
        assert Comment.objects.count() == 2

    def test_what_differs_is_sent_at_once(self):
        assert self.send(OTHER).status_code == 302
        for comment in Comment.objects.filter(author=self.minh):
            services.withdraw_comment(comment, by=self.minh)
        assert self.send(SAID).status_code == 302

    def test_ones_own_comment_is_pointed_out_without_a_button_to_agree(self):
        page = self.send(SAID, by=self.minh)
        assert page.status_code == 422 and page.context["said_already"] == [self.comment]
        self.assertContains(page, f'href="{self.url("comment")}"', status_code=422)
        self.assertContains(page, "Có vẻ đồng chí đã góp ý như vậy", status_code=422)
        self.assertNotContains(page, "agree_with", status_code=422)
        assert self.send(SAID, by=self.minh, is_new="1").status_code == 302

    def test_what_arrived_before_is_not_questioned(self):
        key = uuid.uuid4()
        assert self.send(NEARLY, key=key, is_new="1").status_code == 302
        assert self.send(NEARLY, key=key).status_code == 302
        assert Comment.objects.count() == 2

    def test_what_one_may_not_see_is_not_betrayed(self):
        rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.SEALED_UNTIL_CLOSE,
            people=[self.minh],
        )
        assert self.send(SAID).status_code == 302

    def test_agreeing_instead(self):
        key = str(uuid.uuid4())
        answer = self.send(NEARLY, key=key, agree_with=self.comment.pk)
        assert answer.url.endswith(f"?settled={key}#comment-{self.comment.pk}")
        self.assertContains(self.client.get(answer.url), key)
        assert Agreement.objects.get().user == self.dai and Comment.objects.count() == 1
        answer = self.send(NEARLY, agree_with=self.comment.pk, htmx=True)
        assert "app:sent" in answer.headers["HX-Trigger"] and answer.headers["HX-Retarget"]

    def test_only_with_a_comment_of_this_draft(self):
        for value in ("x", "0", str(2**40), str(self.comment.pk + 99)):
            with self.subTest(value):
                assert self.send(NEARLY, agree_with=value).status_code == 404
