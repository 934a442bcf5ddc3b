"""The gate: nothing goes upward while a comment has no answer or a change has no reason; the chair may decide so."""

import uuid

import pytest
from django.urls import reverse

from comments import approving, contesting, helping
from comments import services as comments
from drafts import comparing, services
from drafts.gates import gaps_of, is_upward
from drafts.models import Document, Operation, StageChange
from tests.drafts.test_comparing import MONEY, ComparisonTestCase
from tests.people import make_document, make_user


class GateTestCase(ComparisonTestCase):
    def comment(self, *, by=None):
        return comments.add_comment(
            self.edition, by=by or self.minh, key=uuid.uuid4(), kind="other", text="Đề nghị nói rõ hơn."
        )

    def give_all_reasons(self):
        for row in self.table().without_reason:
            self.write(row.row, reason="Phù hợp với mô hình mới")

    def move(self, stage="appraisal", **fields):
        return services.move_to_stage(self.document, by=self.lan, stage=stage, **fields)

    def stage(self):
        self.document.refresh_from_db()
        return self.document.stage


class TestGate(GateTestCase):
    def test_a_change_without_a_reason_holds_the_draft_back(self):
        with pytest.raises(services.IncompleteError) as refused:
            self.move()
        assert [gap.text.split(":")[0] for gap in refused.value.gaps] == ["Điều 2", "Điều 3 cũ", "Điều 4"]
        assert {gap.responsible for gap in refused.value.gaps} == {"Ban Tổ chức Tỉnh ủy"}
        assert self.stage() == "drafting" and not Operation.objects.filter(kind="staged").exists()
        self.give_all_reasons()
        self.move()
        assert self.stage() == "appraisal"

    def test_a_comment_without_an_answer_holds_it_back_and_its_unit_is_named(self):
        self.give_all_reasons()
        opinion = self.comment()
        [gap] = gaps_of(self.document)
        assert gap.responsible == "Ban Tổ chức Tỉnh ủy" and gap.text.startswith("Thành ủy: ")
        assert gap.address.endswith(f"?state=open&unit={self.city.pk}#opinions")
        with pytest.raises(services.IncompleteError):
            self.move()
        comments.answer_comment(opinion, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        assert gaps_of(self.document) == []
        self.move()

    def test_what_is_missing_is_listed_by_who_is_to_do_it(self):
        self.give_all_reasons()
        drafter = make_user("drafter", unit=self.department)
        services.give_seat(self.document, by=self.lan, role="drafter", user=drafter)
        services.describe_document(self.document, by=self.lan, answers_need_approval=True)
        allotted, proposed, returned, contested = (self.comment(by=by) for by in (self.minh, self.dai) * 2)
        helping.allot([allotted], by=self.lan, answerer=drafter, answer_by=None)
        for opinion in (proposed, returned):
            comments.answer_comment(opinion, by=drafter, outcome="noted", explanation="Ghi nhận.")
        approving.give_back(returned.proposal, by=self.lan, reason="Viết rõ hơn")
        comments.answer_comment(contested, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        reopening = contesting.contest(contested, by=self.dai, reason="Chưa thỏa đáng")

        gaps = gaps_of(Document.objects.get(pk=self.document.pk))
        pages = [
            (gap.responsible, gap.address.rpartition(f"/{self.document.pk}/")[2].partition("/")[0]) for gap in gaps
        ]
        assert pages == [
            (str(drafter), "feedback"),
            ("Ban Tổ chức Tỉnh ủy", "proposals"),
            (str(self.chi), "contested"),
        ]
        assert gaps[0].text == "Thành ủy: 2 ý kiến chưa được trả lời"
        contesting.rule(reopening, by=self.chi, ruling="answer_stands", reason="Đúng quy định")
        assert str(self.chi) not in {gap.responsible for gap in gaps_of(self.document)}

    def test_a_withdrawn_comment_needs_no_answer(self):
        self.give_all_reasons()
        comments.withdraw_comment(self.comment(), by=self.minh)
        assert gaps_of(self.document) == []

    def test_people_without_a_unit_are_counted_too(self):
        self.give_all_reasons()
        self.comment(by=self.chi)
        [gap] = gaps_of(self.document)
        assert gap.address.endswith("?state=open#opinions")

    def test_without_a_table_with_the_text_it_replaces_it_is_held_back_too(self):
        other = make_document(by=self.lan, title="Dự thảo khác", articles=(MONEY,))
        assert gaps_of(other) == []
        services.describe_document(other, by=self.lan, predecessor=self.old)
        other.refresh_from_db()
        [gap] = gaps_of(other)
        assert gap.address == reverse("comments:comparisons", args=[other.pk])
        reference = make_document(by=self.lan, title="Quy chế mẫu", articles=(MONEY,))
        comparing.compare(other, by=self.lan, against=reference)
        assert gaps_of(other) == [gap]  # a table with a reference does not give the reasons

    def test_a_change_that_came_after_the_reasons_counts(self):
        self.give_all_reasons()
        self.revise("Điều 1", "Toàn bộ điều này được viết lại.")
        assert [gap.text.split(":")[0] for gap in gaps_of(self.document)] == ["Điều 1"]

    def test_only_going_upward_is_gated(self):
        for stage in ("consulting", "taking_in"):
            self.move(stage)
        services.move_to_stage(self.document, by=self.lan, stage="returned", reason="Chưa đủ")
        self.give_all_reasons()
        self.move("standing_committee")
        self.comment()
        self.document.refresh_from_db()
        assert not is_upward(self.document, "appraisal")
        self.move("appraisal")
        with pytest.raises(services.IncompleteError):
            self.move("permanent_members")

    def test_the_number_of_queries_does_not_follow_the_number_of_units(self):
        for author in (self.minh, self.lan):
            self.comment(by=author)
            document = Document.objects.get(pk=self.document.pk)
            with self.assertNumQueries(9):
                gaps_of(document)


class TestChair(GateTestCase):
    def test_the_chair_submits_it_all_the_same_and_the_record_says_so(self):
        self.comment()
        operation = services.submit_incomplete(
            self.document, by=self.chi, stage="permanent_members", reason="Kịp phiên họp ngày 10"
        )
        assert self.stage() == "permanent_members"
        change = StageChange.objects.get(operation=operation)
        assert "Thành ủy: " in change.missing and "Điều 2" in change.missing
        assert operation.reason == "Kịp phiên họp ngày 10"

    def test_not_without_a_reason_and_not_elsewhere(self):
        for wrong in ({"stage": "appraisal", "reason": " "}, {"stage": "issued", "reason": "Vội"}):
            with pytest.raises(services.RuleBrokenError):
                services.submit_incomplete(self.document, by=self.chi, **wrong)
        assert self.stage() == "drafting"


class TestPages(GateTestCase):
    def setUp(self):
        self.comment()
        self.address = reverse("drafts:submission", args=[self.document.pk])

    def send(self, user, **body):
        self.client.force_login(user)
        return self.client.post(self.address, body)

    def test_the_refusal_says_what_is_missing_and_leads_there(self):
        self.client.force_login(self.lan)
        answer = self.client.post(reverse("drafts:stage", args=[self.document.pk]), {"stage": "appraisal"})
        assert answer.status_code == 422 and self.address in answer.content.decode()

    def test_the_page_lists_it_by_unit_with_a_link_to_each_place(self):
        self.client.force_login(self.lan)
        page = self.client.get(self.address).content.decode()
        assert page.index("Ban Tổ chức Tỉnh ủy") < page.rindex("Thành ủy")
        for gap in gaps_of(self.document):
            assert gap.address.replace("&", "&amp;") in page
        assert 'name="reason"' not in page

    def test_only_the_chair_overrides(self):
        right = {"stage": "appraisal", "reason": "Kịp phiên họp"}
        assert self.send(self.lan, **right).status_code == 403
        assert self.send(self.minh, **right).status_code == 403
        assert self.send(self.hoa, **right).status_code == 404
        assert self.stage() == "drafting"
        assert self.send(self.chi, **right).status_code == 302
        assert self.stage() == "appraisal"
        about = self.client.get(reverse("drafts:about", args=[self.document.pk])).content.decode()
        assert "Kịp phiên họp" in about and "Thành ủy: " in about

    def test_wrong_input(self):
        for wrong in ({}, {"stage": "appraisal"}, {"stage": "issued", "reason": "Vội"}, {"stage": "x", "reason": "y"}):
            assert self.send(self.chi, **wrong).status_code == 422

    def test_doors(self):
        for user, status in ((self.minh, 403), (self.hoa, 404), (self.chi, 200)):
            self.client.force_login(user)
            assert self.client.get(self.address).status_code == status
        assert self.client.put(self.address).status_code == 405
        self.client.logout()
        assert self.client.get(self.address).status_code == 302

    def test_when_nothing_is_missing_the_page_says_so(self):
        for opinion in self.document.comments.all():
            comments.answer_comment(opinion, by=self.lan, outcome="accepted")
        self.give_all_reasons()
        self.client.force_login(self.chi)
        assert "missing-places" not in self.client.get(self.address).content.decode()
