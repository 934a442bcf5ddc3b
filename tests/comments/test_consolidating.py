"""Working on the consolidated page: what is new, arrangements, kept filters, acts on several comments and back."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import services, topics
from comments.models import Comment, LastLook, Response, SavedFilter, Topic
from drafts.models import Operation
from tests.comments.test_feedback import FeedbackTestCase


class ConsolidatingTests(FeedbackTestCase):
    def at(self, name, *args):
        return reverse(f"comments:{name}", args=[self.document.pk, *args])

    def get(self, user, query=""):
        self.client.force_login(user)
        response = self.client.get(self.url + query)
        assert response.status_code == 200
        return response

    def shown(self, user, query=""):
        return self.get(user, query).context["page"]

    # What changed since the last look

    def test_what_changed_since_the_last_look_stays_new_while_one_looks_and_leaves_out_ones_own(self):
        assert self.shown(self.thu).since is None
        LastLook.objects.update(at=timezone.now() - dt.timedelta(hours=2))
        LastLook.objects.update(at=timezone.now() - dt.timedelta(hours=2))
        Comment.objects.update(created_at=timezone.now() - dt.timedelta(hours=3))
        mine, theirs = self.comment(self.thu, "1", "Của tôi"), self.comment(self.dai, "1", "Mới")
        services.answer_comment(self.on_2, by=self.lan, outcome="accepted")
        services.withdraw_comment(self.general, by=self.minh)
        for _reload in range(2):
            page = self.shown(self.thu)
            assert page.changes == (1, 1, 1)
            assert list(self.shown(self.thu, "?changed=new").page) == [theirs]
            assert self.shown(self.thu, "?changed=answered").found == 1
        self.assertContains(self.get(self.thu), "changed=new")
        assert mine in self.shown(self.thu).page.object_list
        LastLook.objects.update(at=timezone.now() - dt.timedelta(hours=1))
        assert self.shown(self.thu).since > timezone.now() - dt.timedelta(hours=2)

    def test_whoever_is_refused_leaves_no_look(self):
        for user in (self.minh, self.hoa):
            self.client.force_login(user)
            self.client.get(self.url)
        assert not LastLook.objects.exists()

    # Arrangements and filters

    def test_by_unit_topic_and_state(self):
        services.answer_comment(self.on_1, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        topics.make_topic(self.document, by=self.lan, title="Kỳ họp", comments=Comment.objects.filter(pk=self.on_2.pk))
        for by, titles in (
            ("unit", ["Thành ủy", "Ủy ban Mặt trận Tổ quốc tỉnh"]),
            ("topic", ["Kỳ họp", "Chưa có nhóm vấn đề"]),
            ("state", ["chưa trả lời", "ghi nhận"]),
            ("nonsense", ["Điều 1. Phạm vi, đối tượng áp dụng", "Điều 2. Nguyên tắc làm việc", "Góp ý chung"]),
        ):
            with self.subTest(by):
                page = self.shown(self.thu, f"?by={by}")
                assert [group.title for group in page.groups] == titles
        assert [(unit.name, unit.comments, unit.open) for unit in page.units] == [
            ("Thành ủy", 2, 2),
            ("Ủy ban Mặt trận Tổ quốc tỉnh", 1, 0),
        ]
        assert [(kind, count) for kind, _name, count in page.kinds] == [("wording", 2), ("supplement", 1)]

    def test_counts_of_filters_are_those_of_the_list(self):
        self.client.force_login(self.thu)
        self.client.post(self.at("chosen_flags"), {"comment": [self.on_2.pk]})
        for query in (
            "state=open",
            "kind=supplement",
            f"unit={self.city.pk}",
            "article=general",
            "flagged=1",
            "words=go",
        ):
            with self.subTest(query):
                page = self.shown(self.thu, f"?{query}")
                assert page.found == len(page.page.object_list) > 0

    def test_a_kept_filter_has_an_address_of_its_own(self):
        self.client.force_login(self.thu)
        kept = self.client.post(
            self.at("saved_filters"), {"name": "Thành ủy", "query": f"page=2&by=unit&x=1&unit={self.city.pk}"}
        )
        assert kept["Location"] == f"{self.url}?unit={self.city.pk}&by=unit#opinions"
        self.client.post(self.at("saved_filters"), {"name": "Thành ủy", "query": "state=open"})
        saved = SavedFilter.objects.get()
        assert saved.query == "state=open"
        self.assertContains(self.get(self.thu), "?state=open#opinions")
        assert self.client.post(self.at("saved_filters"), {"name": " "}).status_code == 409
        self.client.force_login(self.lan)
        assert self.client.post(self.at("saved_filter_removal", saved.pk)).status_code == 404
        self.assertNotContains(self.get(self.lan), "Giữ bộ lọc")
        self.client.force_login(self.thu)
        self.client.post(self.at("saved_filter_removal", saved.pk))
        assert not SavedFilter.objects.exists()

    # Several at once, and back

    def undo(self):
        operation = self.document.operations.exclude(kind=Operation.Kind.UNDONE).first()
        return self.client.post(self.at("act_undoing", operation.pk))

    def test_flags_and_back(self):
        self.client.force_login(self.thu)
        where = f"{self.url}?state=open#opinions"
        data = {"comment": [self.on_1.pk, self.on_2.pk, 99_999_999, "x"], "next": where}
        done = self.client.post(self.at("chosen_flags"), data, follow=True)
        assert done.redirect_chain[0][0] == where
        self.assertContains(done, "/undoing/")
        self.client.post(self.at("chosen_flags"), data | {"next": "//evil.example/"})
        assert self.shown(self.thu).flagged == 2
        assert self.document.operations.filter(kind=Operation.Kind.FLAGGED).count() == 1
        self.undo()
        assert not Comment.objects.filter(flagged_at__isnull=False).exists()
        assert self.undo().status_code == 409
        self.client.post(self.at("chosen_flags"), data)
        self.client.post(self.at("chosen_flags_removal"), {"comment": [self.on_1.pk]})
        assert list(Comment.objects.filter(flagged_at__isnull=False)) == [self.on_2]
        assert self.client.post(self.at("chosen_flags"), {}).status_code == 409

    def test_the_ticked_comments_have_a_page(self):
        self.client.force_login(self.lan)
        there = self.client.post(self.at("chosen"), {"comment": [self.on_1.pk, self.on_2.pk]})
        assert there["Location"].endswith(f"?comment={self.on_1.pk}&comment={self.on_2.pk}")
        self.assertContains(self.client.get(there["Location"]), "Nêu rõ kỳ họp.")
        self.assertContains(self.client.get(self.at("chosen")), "Chưa đánh dấu ý kiến nào")
        self.client.force_login(self.thu)
        assert self.client.get(there["Location"]).status_code == 403

    def test_one_answer_and_back(self):
        before = services.answer_comment(self.on_1, by=self.lan, outcome="noted", explanation="Trước.")
        self.client.force_login(self.lan)
        data = {"comment": [self.on_1.pk, self.on_2.pk], "outcome": "explained", f"seen-{self.on_1.pk}": before.stamp}
        self.assertContains(self.client.post(self.at("chosen_answers"), data), "Nêu rõ kỳ họp.", status_code=422)
        self.client.post(self.at("chosen_answers"), data | {"explanation": "Đã có."})
        assert set(Response.objects.values_list("explanation", flat=True)) == {"Đã có."}
        assert self.undo().status_code == 302
        assert list(Response.objects.values_list("comment", "outcome", "explanation")) == [
            (self.on_1.pk, "noted", "Trước.")
        ]

    def test_an_answer_that_was_not_on_the_page_is_not_replaced(self):
        self.client.force_login(self.lan)
        data = {"comment": [self.on_1.pk, self.on_2.pk], "outcome": "noted", "explanation": "Chung."}
        theirs = services.answer_comment(self.on_1, by=self.lan, outcome="explained", explanation="Riêng.")
        refused = self.client.post(self.at("chosen_answers"), data)
        for words in ("Riêng.", "Chung.", f'name="seen-{self.on_1.pk}" value="{theirs.stamp}"'):
            self.assertContains(refused, words, status_code=409)
        assert list(Response.objects.values_list("explanation", flat=True)) == ["Riêng."]

    def test_what_was_changed_since_is_not_undone(self):
        self.client.force_login(self.lan)
        data = {"comment": [self.on_1.pk, self.on_2.pk], "outcome": "accepted"}
        self.client.post(self.at("chosen_answers"), data)
        act = self.document.operations.get(kind=Operation.Kind.ANSWERED)
        services.answer_comment(self.on_2, by=self.lan, outcome="noted", explanation="Khác.")
        refused = self.client.post(self.at("act_undoing", act.pk))
        self.assertContains(refused, f"{self.on_2.pk}", status_code=409)
        assert Response.objects.count() == 2

    def test_a_topic_and_back(self):
        self.client.force_login(self.lan)
        data = {"comment": [self.on_1.pk, self.on_2.pk], "title": ""}
        assert self.client.post(self.at("chosen_topic"), data).status_code == 422
        self.client.post(self.at("chosen_topic"), data | {"title": "Kỳ họp"})
        assert Topic.objects.get().comments.count() == 2
        self.undo()
        assert not Topic.objects.exists() and Comment.objects.filter(topic=None).count() == 3

    def test_handing_out_and_back(self):
        self.client.force_login(self.lan)
        data = {"comment": [self.on_1.pk], "answerer": self.lan.pk, "answer_by": "2027-01-05"}
        assert self.client.post(self.at("chosen_allotments"), data | {"answerer": self.hoa.pk}).status_code == 422
        self.client.post(self.at("chosen_allotments"), data)
        self.on_1.refresh_from_db()
        assert (self.on_1.answerer, self.on_1.answer_by) == (self.lan, dt.date(2027, 1, 5))
        self.undo()
        self.on_1.refresh_from_db()
        assert (self.on_1.answerer, self.on_1.answer_by) == (None, None)

    def test_nobody_undoes_what_somebody_else_did(self):
        self.client.force_login(self.thu)
        self.client.post(self.at("chosen_flags"), {"comment": [self.on_1.pk]})
        self.client.force_login(self.chi)
        assert self.undo().status_code == 409
        assert Comment.objects.get(pk=self.on_1.pk).flagged_at

    def test_at_most_fourteen_queries_whatever_is_asked(self):
        services.answer_comment(self.on_2, by=self.lan, outcome="accepted")
        LastLook.objects.create(user=self.thu, document=self.document, at=timezone.now() - dt.timedelta(hours=2))
        for query in ("", "?words=bo", "?by=unit&changed=new", "?by=topic&flagged=1&state=open"):
            with self.subTest(query):
                self.get(self.thu, query)
                with CaptureQueriesContext(connection) as captured:
                    self.client.get(self.url + query)
                assert len(captured) <= 14, [one["sql"][:80] for one in captured]
