"""Stages: where a document stands, issuing it with number and date, taking that back, and what offices call them."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest import mock

from django.db import connection
from django.test import TransactionTestCase
from django.urls import reverse

from config.errors import RuleBrokenError
from drafts import diary, photographs, services, stages
from drafts.models import Document, Operation, StageName
from drafts.restructuring import Numbering, Removal, restructure
from tests.mailserver import wait_until
from tests.people import DraftTestCase, People, make_document, make_user
from tests.reliability.machinery import waiting_backends

DAY = dt.date(2026, 12, 1)


class StageTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.old = make_document(by=cls.lan, title="Quy chế cũ")

    def issue(self, document=None, **said):
        facts = {"symbol": "05-QC/TU", "issued_on": DAY, "in_force_on": DAY + dt.timedelta(days=10)} | said
        return stages.issue(document or self.document, by=self.thu, **facts)

    def now(self, document=None):
        return Document.objects.get(pk=(document or self.document).pk)


class IssuingTests(StageTestCase):
    def test_issued_with_number_and_dates_it_replaces_the_one_before(self):
        services.describe_document(self.document, by=self.lan, predecessor=self.old)
        services.submit_incomplete(self.document, by=self.chi, stage="executive_committee", reason="Kịp kỳ họp")
        self.issue()
        document = self.now()
        assert (document.stage, document.symbol, document.issued_on) == ("issued", "05-QC/TU", DAY)
        assert self.now(self.old).replaced_on == DAY + dt.timedelta(days=10)
        self.client.force_login(self.lan)
        page = self.client.get(reverse("drafts:about", args=[self.old.pk]))
        self.assertContains(page, reverse("comments:reader", args=[self.document.pk]))
        self.assertContains(self.client.get(reverse("comments:reader", args=[self.document.pk])), "05-QC/TU")

    def test_it_is_closed_then_and_says_so(self):
        self.issue()
        self.client.force_login(self.lan)
        for name in ("drafts:outline", "drafts:new_edition", "comments:new", "drafts:reimports"):
            answer = self.client.get(reverse(name, args=[self.document.pk]))
            self.assertContains(answer, "đã được ban hành", status_code=403)
        assert self.client.get(reverse("comments:reader", args=[self.document.pk])).status_code == 200

    def test_an_incomplete_draft_nobody_submitted_is_not_issued(self):
        services.describe_document(self.document, by=self.lan, predecessor=self.old)
        with self.assertRaises(services.IncompleteError):
            self.issue()

    def test_what_is_issued_is_the_newest_edition(self):
        services.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Khác", text="1. Khác.", reason="Sửa"
        )
        with self.assertRaises(RuleBrokenError):
            self.issue()

    def test_by_form(self):
        self.client.force_login(self.thu)
        url = reverse("drafts:issuing", args=[self.document.pk])
        data = {"symbol": "05-QC/TU", "issued_on": "01/12/2026", "in_force_on": "2026-12-01"}
        for wrong in ({"symbol": ""}, {"in_force_on": "30/11/2026"}, {"issued_on": "mai"}):
            assert self.client.post(url, data | wrong).status_code == 422, wrong
        assert self.client.post(url, data).status_code == 302
        assert self.client.post(url, data).status_code == 422
        assert self.now().issued_on == DAY

    def test_issued_by_mistake_it_is_taken_back_with_a_reason(self):
        services.describe_document(self.old, by=self.lan, stage="drafting")
        services.describe_document(self.document, by=self.lan, predecessor=self.old)
        services.submit_incomplete(self.document, by=self.chi, stage="appraisal", reason="Gấp")
        self.issue()
        self.client.force_login(self.chi)
        url = reverse("drafts:stage", args=[self.document.pk])
        assert self.client.post(url, {"stage": "taking_in", "reason": ""}).status_code == 422
        assert self.client.post(url, {"stage": "taking_in", "reason": "Ban hành nhầm"}).status_code == 302
        document = self.now()
        assert (document.stage, document.symbol, document.in_force_on) == ("taking_in", "", None)
        assert self.now(self.old).replaced_on is None
        assert document.stage_changes.first().operation.reason == "Ban hành nhầm"
        with self.assertRaises(RuleBrokenError):
            services.move_to_stage(document, by=self.thu, stage="issued")


class AtTheSameMomentTests(People, TransactionTestCase):
    """Who issues and who changes the text wait for each other, whoever was first."""

    def setUp(self):
        self.make_people()
        self.make_draft()

    def issue(self):
        return stages.issue(self.document, by=self.thu, symbol="05-QC/TU", issued_on=DAY, in_force_on=DAY)

    def revise(self):
        return services.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Khác", text="1. Khác.", reason="Sửa"
        )

    @contextmanager
    def held(self, kind, work):
        """The act stands before its entry in the diary, with all its locks, until the others wait for it."""
        reached, go, start = threading.Event(), threading.Event(), diary.start

        def hold(this, **said):
            if this == kind:
                reached.set()
                assert go.wait(60)
            return start(this, **said)

        with mock.patch.object(diary, "start", hold), ThreadPoolExecutor() as pool:
            first = pool.submit(self.closing, work)
            try:
                assert reached.wait(60)
                yield pool, first
                wait_until(lambda: waiting_backends("%UPDATE%"), what="the one who comes second to wait")
            finally:
                go.set()

    def closing(self, work):
        try:
            return work()
        except RuleBrokenError as refused:
            return refused
        finally:
            connection.close()

    def test_who_is_saving_an_article_is_waited_for_and_seen(self):
        with self.held(Operation.Kind.REVISED, self.revise) as (pool, revising):
            issuing = pool.submit(self.closing, self.issue)
        assert revising.result(60).kind == Operation.Kind.REVISED
        assert isinstance(issuing.result(60), RuleBrokenError)
        self.document.refresh_from_db()
        assert self.document.stage == Document.Stage.DRAFTING

    def test_what_was_under_way_when_it_was_issued_is_refused(self):
        removal = Removal(self.article_2.wid)
        for late in (
            self.revise,
            lambda: restructure(self.document, removal, by=self.lan, numbering=Numbering.KEEP),
            lambda: services.recall_edition(self.edition, by=self.thu, reason="Nhầm"),
        ):
            with self.held(Operation.Kind.STAGED, self.issue) as (pool, issuing):
                changing = pool.submit(self.closing, late)
            assert issuing.result(60).kind == Operation.Kind.STAGED
            assert "đã được ban hành" in str(changing.result(60))
            document = Document.objects.get(pk=self.document.pk)
            assert photographs.working_text(document) == photographs.edition_text(self.edition)
            assert not self.edition.is_recalled
            stages.take_issue_back(document, by=self.thu, stage="drafting", reason="Lần nữa")


class LineTests(StageTestCase):
    def test_where_it_stands_since_when_and_who_acts_next(self):
        self.client.force_login(self.minh)
        page = self.client.get(reverse("drafts:about", args=[self.document.pk]))
        states = [step.state for step in page.context["steps"]]
        assert states == ["here", *["ahead"] * 7]
        assert page.context["next"] == "Ban Tổ chức Tỉnh ủy"
        services.move_to_stage(self.document, by=self.thu, stage="returned", reason="Chưa rõ")
        returned = self.now()
        assert stages.line_of(returned, names=stages.stage_names())[0].state == "here"
        assert stages.since(returned)
        services.submit_incomplete(returned, by=self.chi, stage="standing_committee", reason="Gấp")
        assert stages.who_acts_next(self.now()) == "Ban Thường vụ"
        self.issue()
        assert {step.state for step in stages.line_of(self.now(), names=stages.stage_names())} == {"done"}
        assert stages.who_acts_next(self.now()) == ""

    def test_an_office_calls_them_its_own_way(self):
        administrator = make_user("admin", is_superuser=True, is_staff=True)
        self.client.force_login(administrator)
        url = reverse("drafts:stage_names")
        self.client.post(url, {"drafting": "Đang xây dựng", "issued": "đã ban hành"})
        assert list(StageName.objects.values_list("stage", "name")) == [("drafting", "Đang xây dựng")]
        self.client.force_login(self.minh)
        assert self.client.get(url).status_code == 403
        self.assertContains(self.client.get(reverse("drafts:list")), "Đang xây dựng")
        self.client.force_login(administrator)
        self.client.post(url, {"drafting": ""})
        assert not StageName.objects.exists()
