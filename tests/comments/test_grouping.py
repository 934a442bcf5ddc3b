"""Comments that say the same: how well they are found, on opinions labelled by hand, and at what cost."""

import json
import time
import uuid
from io import StringIO
from pathlib import Path
from random import Random
from unittest import mock

from django.core.management import CommandError, call_command
from django.urls import reverse

from comments import services, topics
from comments.grouping import ENOUGH, group, likest
from comments.meaning import Opinion
from comments.models import Comment, Grouping, Topic
from config.errors import RuleBrokenError
from drafts import services as drafts
from drafts.models import Seat
from drafts.photographs import edition_text
from tests.people import DraftTestCase, make_document

LABELLED = [
    tuple(line.split("|", 2))
    for line in Path(__file__).with_name("labelled_opinions.txt").read_text().splitlines()
    if not line.startswith("#")
]


def opinions():
    return [Opinion(key, 1, article, text) for key, (article, _label, text) in enumerate(LABELLED)]


def pairs_of(groups):
    return {(one, other) for keys in groups for one in keys for other in keys if one < other}


def remarks():
    """The second labelled set, written apart from the first, some with quoted words and wordings: (label, opinion)."""
    found, article, label, count = [], "", "", 0
    for line in Path(__file__).with_name("labelled_remarks.txt").read_text().splitlines():
        if line.startswith(("# ", "= ")):
            count += 1
            article, label = (line[2:], label) if line.startswith("# ") else (article, str(count))
        elif not line.startswith(";"):
            alone, said = line.startswith("- "), line.removeprefix("- ")
            text, _, quoted = said.partition(" | ")
            quote, _, proposed = quoted.partition(" => ")
            key = len(found)
            found.append((f"alone {key}" if alone else label, Opinion(key, 1, article, text, quote, proposed)))
    return found


def quality(meant, opinions):
    """Of the pairs found those that say the same, and of those that do those found; labels by key."""
    members = {}
    for key, label in meant.items():
        members.setdefault(label, []).append(key)
    true, found = pairs_of(members.values()), pairs_of(alike.keys for alike in group(opinions, document=1))
    return len(found & true) / len(found), len(found & true) / len(true), sorted(found - true), sorted(true - found)


def test_of_what_is_suggested_nearly_all_says_the_same_and_most_of_what_does_is_found():
    first = {key: (article, label or key) for key, (article, label, _text) in enumerate(LABELLED)}
    second = remarks()
    assert min(len(first), len(second)) >= 200
    for meant, said in (
        (first, opinions()),
        ({one.key: label for label, one in second}, [one for _, one in second]),
    ):
        precision, recall, wrong, missed = quality(meant, said)
        assert precision >= 0.95, wrong
        assert recall >= 0.88, missed


def test_meaning_keeps_apart_what_reads_alike():
    for one, other in (
        ("Nhất trí với phạm vi điều chỉnh như dự thảo.", "Không nhất trí với phạm vi điều chỉnh như dự thảo."),
        ("Gửi tài liệu trước 5 ngày làm việc.", "Gửi tài liệu trước 7 ngày làm việc."),
        ("Bổ sung chế độ giao ban với xã, phường.", "Bỏ chế độ giao ban với xã, phường."),
        ("Giao Văn phòng theo dõi việc thực hiện.", "Giao Ban Tổ chức theo dõi việc thực hiện."),
    ):
        assert group([Opinion(1, 1, "a", one), Opinion(2, 1, "a", other)], document=1) == [], (one, other)


def test_spelling_of_tones_capitals_and_punctuation_do_not_matter():
    (alike,) = group(
        [
            Opinion(1, 1, "a", "Uỷ ban Kiểm tra hoà giải, thẩm tra tiêu chuẩn chính trị"),
            Opinion(2, 1, "a", "ủy ban kiểm tra hòa giải thẩm tra tiêu chuẩn chính trị."),
        ],
        document=1,
    )
    assert alike.keys == (1, 2) and alike.likeness > 0.9


def test_the_same_remark_elsewhere():
    text = "Cụm từ cấp ủy tỉnh còn chung chung, đề nghị ghi rõ Tỉnh ủy, Ban Thường vụ Tỉnh ủy"
    found = group(
        [Opinion(1, 1, "5", text), Opinion(2, 2, "3", text), Opinion(3, 1, "9", text), Opinion(4, 2, "8", "Khác hẳn")],
        document=1,
    )
    assert [(alike.keys, alike.elsewhere) for alike in found] == [((1,), (2, 3))]


def test_the_likest_to_what_is_being_written_come_first():
    others = opinions()
    writing = Opinion(-1, 1, "Điều 5", "Nhiệm vụ các Phó Bí thư chồng chéo, cần phân công lại")
    found = likest(writing, [other for other in others if other.place == "Điều 5"])
    assert found and found[0][0] >= ENOUGH
    assert all("Phó Bí thư" in others[key].text for _likeness, key in found)


def test_the_cost_grows_with_the_number_of_comments_only():
    def seconds(count):
        random, words = Random(1), [word for *_, text in LABELLED for word in text.split()]
        made = [
            Opinion(key, 1, str(key % 40), " ".join([random.choice(LABELLED)[2], *random.sample(words, 15)]))
            for key in range(count)
        ]
        began = time.process_time()
        group(made, document=1)
        return time.process_time() - began

    seconds(200)
    few, many = seconds(500), seconds(2000)
    assert many < 10 * few


class TopicTests(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.said = [
            cls.say(cls.minh, "Đề nghị ghi rõ Ban Thường vụ báo cáo Ban Chấp hành tại kỳ họp gần nhất."),
            cls.say(cls.dai, "Cần ghi rõ Ban Thường vụ báo cáo Ban Chấp hành tại kỳ họp gần nhất."),
            cls.say(cls.dai, "Bỏ hẳn khoản này vì trùng Điều lệ."),
        ]

    @classmethod
    def say(cls, by, text):
        sheet = edition_text(cls.edition).find(cls.article_2.wid)
        return services.add_comment(cls.edition, by=by, key=uuid.uuid4(), kind="other", text=text, sheet=sheet)

    def url(self, name, pk=None):
        return reverse(f"comments:{name}", args=[pk or self.document.pk])

    def test_found_confirmed_and_answered_once(self):
        self.client.force_login(self.lan)
        self.client.post(self.url("topic_search"))
        page = self.client.get(self.url("topics"))
        (suggestion,) = page.context["suggestions"]
        assert suggestion.comments == self.said[:2]
        data = {"comment": [comment.pk for comment in suggestion.comments], "title": "Báo cáo tại kỳ họp"}
        assert self.client.post(self.url("new_topic"), data | {"title": " "}).status_code == 409
        self.client.post(self.url("new_topic"), data)
        topic = Topic.objects.get()
        assert list(topic.comments.order_by("pk")) == self.said[:2]
        assert self.client.get(self.url("topics")).context["suggestions"] == []

        answer = {"outcome": "explained", "comment": [comment.pk for comment in self.said]}
        assert self.client.post(self.url("topic", topic.pk), answer).status_code == 422
        self.client.post(self.url("topic", topic.pk), answer | {"explanation": "Đã có ở Điều 2."})
        answered = Comment.objects.filter(response__explanation="Đã có ở Điều 2.")
        assert list(answered.order_by("pk")) == self.said[:2]
        responses = [comment.response for comment in answered]
        assert len({response.history.get().operation_id for response in responses}) == 1

    def test_the_answer_of_a_topic_does_not_replace_one_that_was_not_on_the_page(self):
        comments = Comment.objects.filter(pk__in=[comment.pk for comment in self.said])
        topic = topics.make_topic(self.document, by=self.lan, title="Chung", comments=comments)
        self.client.force_login(self.lan)
        theirs = services.answer_comment(self.said[0], by=self.lan, outcome="noted", explanation="Riêng.")
        mine = {"outcome": "explained", "comment": [self.said[0].pk], "explanation": "Chung."}
        refused = self.client.post(self.url("topic", topic.pk), mine)
        seen = {f"seen-{self.said[0].pk}": theirs.stamp}
        for words in ("Riêng.", "Chung.", theirs.stamp):
            self.assertContains(refused, words, status_code=409)
        assert self.client.post(self.url("topic", topic.pk), mine | seen).status_code == 302

    def test_what_was_turned_down_is_not_suggested_again(self):
        self.client.force_login(self.lan)
        self.client.post(self.url("topic_search"))
        keys = self.client.get(self.url("topics")).context["suggestions"][0].keys
        assert self.client.post(self.url("separation"), {"keys": "1,2,99999"}).status_code == 409
        self.client.post(self.url("separation"), {"keys": keys})
        self.client.post(self.url("separation"), {"keys": keys})
        self.client.post(self.url("topic_search"))
        assert self.client.get(self.url("topics")).context["suggestions"] == []

    def test_taken_out_and_dissolved(self):
        comments = Comment.objects.filter(pk__in=[comment.pk for comment in self.said])
        topic = topics.make_topic(self.document, by=self.lan, title="Chung", comments=comments)
        self.client.force_login(self.lan)
        self.client.post(self.url("topic_member_removal", self.said[2].pk))
        assert topic.comments.count() == 2
        self.client.post(self.url("topic_removal", topic.pk))
        assert not Topic.objects.exists() and Comment.objects.filter(topic=None).count() == 3
        again = topics.make_topic(
            self.document, by=self.lan, title="Chung", comments=comments.filter(pk=self.said[0].pk)
        )
        self.client.post(self.url("topic_member_removal", self.said[0].pk))
        assert not Topic.objects.filter(pk=again.pk).exists()
        with self.assertRaises(RuleBrokenError):
            topics.make_topic(self.document, by=self.lan, title="Chung", comments=Comment.objects.none())

    def test_many_are_left_to_a_worker_which_says_how_far_it_is_and_can_be_stopped(self):
        self.enterContext(mock.patch.object(topics, "AT_ONCE", 1))
        self.client.force_login(self.lan)
        self.client.post(self.url("topic_search"))
        self.client.post(self.url("topic_search"))
        waiting = Grouping.objects.get()
        assert waiting.is_running
        self.assertContains(self.client.get(self.url("topics")), "<progress")
        assert topics.carry_out_waiting() == 1
        waiting.refresh_from_db()
        assert (waiting.done, waiting.total) == (3, 3) and waiting.suggestions
        assert topics.carry_out_waiting() == 0

        self.client.post(self.url("topic_search"))
        self.client.post(self.url("topic_search_cancellation"))
        assert topics.carry_out_waiting() == 0
        stopped = Grouping.objects.first()
        topics.carry_out(stopped)
        stopped.refresh_from_db()
        assert stopped.finished_at is None and stopped.suggestions == []

    def test_other_drafts_are_looked_into_only_where_the_person_sees_all_opinions(self):
        other = make_document(by=self.chi, title="Quy chế khác")
        edition = drafts.issue_edition(other, by=self.chi)
        twin = services.add_comment(
            edition, by=self.chi, key=uuid.uuid4(), kind="other", text=self.said[2].text + " Đảng hiện hành."
        )
        assert not self.elsewhere(self.lan)
        drafts.give_seat(other, by=self.chi, role=Seat.Role.DRAFTER, user=self.lan)
        assert self.elsewhere(self.lan) == {twin.pk}

    def elsewhere(self, user):
        grouping = topics.ask_for_groups(self.document, by=user)
        return {pk for one in grouping.suggestions for pk in one["elsewhere"]}

    def test_the_command_prints_the_groups(self):
        output = StringIO()
        call_command("group_comments", self.document.pk, "--json", stdout=output)
        answer = json.loads(output.getvalue())
        assert (answer["document"], answer["comments"]) == (self.document.pk, 3)
        (one,) = answer["groups"]
        assert one["comments"] == [comment.pk for comment in self.said[:2]]
        assert (one["article"], one["elsewhere"]) == ("Điều 2", []) and one["likeness"] > 0.8
        output = StringIO()
        call_command("group_comments", self.document.pk, stdout=output)
        assert output.getvalue().startswith("Điều 2 (")
        with self.assertRaises(CommandError) as refused:
            call_command("group_comments", 99_999_999)
        assert refused.exception.returncode == 2
