"""The comparison page: works · wrong input 422 · wrong role 403 · outsider 404 · stranger 302 · wrong method 405."""

import uuid

from django.urls import reverse

from comments import services as comments
from comments.comparison import ComparisonPage
from drafts import comparing, services
from drafts.access import get_comparison_for
from drafts.alignment import Kind
from drafts.models import Comparison, ComparisonRow, Operation
from tests.drafts.test_comparing import MEETINGS, MONEY, REPORTS, ComparisonTestCase
from tests.people import make_document

HTMX = {"HX-Request": "true"}


class PageTestCase(ComparisonTestCase):
    def setUp(self):
        self.client.force_login(self.lan)

    def address(self, name="comparison", *arguments):
        return reverse(f"comments:{name}", args=arguments or [self.comparison.pk])

    def page(self, query="", *, user=None):
        if user:
            self.client.force_login(user)
        answer = self.client.get(self.address() + query)
        assert answer.status_code == 200
        return answer.content.decode()

    def send_words(self, row, *, headers=None, **typed):
        body = {"assessment": "", "reason": "", "legal_basis": "", "base_version": row.version} | typed
        body = {f"row-{row.pk}-{name}": value for name, value in body.items()}
        return self.client.post(self.address("comparison_words", row.pk), body, headers=headers or {})

    def take_in(self, *, text="Đề nghị nêu rõ ngày.", explanation="Nêu rõ ngày gửi để các cơ quan chủ động."):
        """Minh's opinion on Article 2, accepted and carried out."""
        comment = comments.add_comment(
            self.edition,
            by=self.minh,
            key=uuid.uuid4(),
            kind="wording",
            text=text,
            sheet=self.row("Điều 2").new_sheets[0],
        )
        operation = self.revise("Điều 2", REPORTS.replace("25", "20"), reason="Theo ý kiến của Thành ủy")
        comments.answer_comment(
            comment, by=self.lan, outcome="accepted", explanation=explanation, carried_out_by=operation
        )
        return comment


class TestReading(PageTestCase):
    def test_drafters_see_the_working_text_and_what_is_missing(self):
        self.revise("Điều 2", REPORTS.replace("25", "19"))
        page = self.page()
        assert "<ins>19</ins>" in page and "<del>25</del>" in page
        assert "<strong>0 / 3</strong>" in page and "<strong>3 / 4</strong>" in page
        assert f'href="{self.address()}#{self.row("Điều 3", side="old").anchor}"' in page

    def test_readers_see_the_latest_edition_and_nothing_to_press(self):
        self.revise("Điều 2", REPORTS.replace("25", "19"))
        page = self.page(user=self.minh)
        assert "<ins>22 hằng tháng</ins>" in page and "<ins>19</ins>" not in page
        for hidden in ("data-place", "0 / 3", self.address("comparison_words", self.row("Điều 2").row.pk)):
            assert hidden not in page

    def test_only_the_text_it_replaces_calls_for_a_replacement(self):
        self.revise("Điều 1", MEETINGS.replace("thứ Hai", "thứ Sáu"))
        assert self.client.get(self.address()).context["page"].calls_for_replacement
        model = make_document(by=self.lan, title="Quy chế mẫu", articles=("1. Chế độ đi công tác.",))
        other = comparing.compare(self.document, by=self.lan, against=model)
        page = self.client.get(self.address("comparison", other.pk)).context["page"]
        assert page.table.is_replacement and not page.calls_for_replacement

    def test_the_chair_sees_the_working_text_and_changes_nothing(self):
        self.revise("Điều 2", REPORTS.replace("25", "19"))
        page = self.page(user=self.chi)
        assert "<ins>19</ins>" in page and "0 / 3" in page and "data-place-row" not in page.split("<table")[0]
        assert 'class="handle' not in page

    def test_before_the_first_edition_readers_find_nothing_to_compare(self):
        draft = make_document(by=self.lan, title="Chưa phát hành", articles=(MEETINGS,))
        services.give_seat(draft, by=self.lan, role="reader", user=self.minh)
        comparison = comparing.compare(draft, by=self.lan, against=self.old)
        self.client.force_login(self.minh)
        page = self.client.get(self.address("comparison", comparison.pk)).content.decode()
        assert "Tổ trưởng chủ trì" not in page

    def test_filters(self):
        for show, here, gone in (
            ("kept", "Chế độ họp", "Kinh phí"),
            ("new", "Kinh phí", "Chế độ họp"),
            ("dropped", "Báo cáo giấy", "Kinh phí"),
            ("missing", "Báo cáo giấy", "Khen thưởng"),
            ("changed", "Kinh phí", "Khen thưởng"),
        ):
            table = self.page(f"?show={show}").partition("<table")[2]
            assert here in table and gone not in table, show
        assert "Chế độ họp" in self.page("?show=nonsense")
        assert "<table" not in self.page("?show=moved")

    def test_the_number_of_queries_is_the_same_whatever_the_number_of_rows(self):
        """Session and user 2, doors 3, editions and texts 3, rows 2, other tables 1, opinions 2, acts 1."""
        self.take_in()
        with self.assertNumQueries(FIXED):
            self.page()
        long = make_document(by=self.lan, title="Dài", articles=tuple(f"Nội dung {n} của điều." for n in range(40)))
        services.issue_edition(long, by=self.lan)
        self.comparison = comparing.compare(self.document, by=self.lan, against=long)
        with self.assertNumQueries(FIXED):
            self.page()

    def test_readers_page_has_a_fixed_number_of_queries_too(self):
        self.client.force_login(self.minh)
        self.page()
        with self.assertNumQueries(FIXED_FOR_READERS):
            self.page()

    def test_more_than_half_changed_is_said(self):
        hint = "64/2025"
        assert hint not in self.page()
        self.revise("Điều 1", MEETINGS.replace("thứ Hai", "thứ Sáu"))
        assert hint in self.page()

    def test_how_sure_the_matching_is_stands_there_until_somebody_looked(self):
        row = self.row("Điều 2").row
        ComparisonRow.objects.filter(pk=row.pk).update(confidence=0.63)
        assert "tin cậy 63%" in self.page("?show=unsure")
        comparing.confirm(row, by=self.lan)
        assert "tin cậy 63%" not in self.page()


FIXED = 13
FIXED_FOR_READERS = 13


class TestChain(PageTestCase):
    def test_an_empty_reason_is_suggested_by_the_answer_and_the_act(self):
        comment = self.take_in()
        row = self.row("Điều 2").row
        page = self.page()
        assert f'href="{reverse("comments:comment", args=[comment.pk])}"' in page
        version = self.article("Điều 2").version
        difference = [self.document.pk, self.article("Điều 2").wid, version - 1, version]
        assert (
            page.count(f'href="{reverse("drafts:difference", args=difference)}#changed"') == 2
        )  # by the answer, by the act
        opinion = self.client.get(reverse("comments:comment", args=[comment.pk])).content.decode()
        assert f'href="{self.address()}#row-{row.pk}"' in opinion
        form = self.client.get(self.address("comparison_words", row.pk) + "?suggested").content.decode()
        assert "Nêu rõ ngày gửi để các cơ quan chủ động.\nTheo ý kiến của Thành ủy</textarea>" in form
        row.refresh_from_db()
        assert row.reason == ""  # a suggestion is nobody's word until it is saved
        assert "Nêu rõ" not in self.client.get(self.address("comparison_words", row.pk)).content.decode()

    def test_an_accepted_opinion_without_explanation_speaks_for_itself(self):
        self.take_in(explanation="")
        page = ComparisonPage(get_comparison_for(self.lan, "read", pk=self.comparison.pk), user=self.lan)
        [row] = [row for row in page.rows if row.comments]
        assert row.suggestion.startswith("Tiếp thu ý kiến của Minh: Đề nghị nêu rõ ngày.")

    def test_readers_are_led_only_to_what_they_may_see(self):
        self.take_in()
        page = self.page(user=self.minh)
        assert str(self.article("Điều 2").wid) not in page


class TestWords(PageTestCase):
    def test_saved_without_javascript_it_leads_back_to_the_row(self):
        row = self.row("Điều 2").row
        answer = self.send_words(row, reason="Rút ngắn", legal_basis="Quy định mới")
        self.assertRedirects(answer, f"{self.address()}#row-{row.pk}", fetch_redirect_response=False)
        row.refresh_from_db()
        assert (row.reason, row.legal_basis, row.confirmed_by) == ("Rút ngắn", "Quy định mới", self.lan)

    def test_htmx_gets_the_row_and_the_new_counts(self):
        answer = self.send_words(self.row("Điều 2").row, reason="Rút ngắn", headers=HTMX)
        page = answer.content.decode()
        assert page.lstrip().startswith("<tbody") and "Rút ngắn" in page
        assert 'hx-swap-oob="true"' in page and "<strong>1 / 3</strong>" in page
        assert answer["HX-Trigger"] == '{"app:sent": {}}'

    def test_the_form_alone_is_swapped_in_and_left_again(self):
        row = self.row("Điều 2").row
        form = self.client.get(self.address("comparison_words", row.pk), headers=HTMX).content.decode()
        assert "<textarea" in form and "<html" not in form
        left = self.client.get(self.address("comparison_words", row.pk) + "?cancel", headers=HTMX).content.decode()
        assert "<textarea" not in left and f'id="row-{row.pk}"' in left

    def test_too_much_is_refused_with_what_was_typed(self):
        answer = self.send_words(self.row("Điều 2").row, reason="á" * 10_001)
        assert answer.status_code == 422 and "á" * 10_001 in answer.content.decode()

    def test_the_slower_one_sees_both_and_may_then_save(self):
        row = self.row("Điều 2").row
        self.write(row, reason="Lan viết ở máy khác")
        for headers in ({}, HTMX):
            answer = self.send_words(row, reason="Lời của tôi", headers=headers)
            page = answer.content.decode()
            assert answer.status_code == 409
            assert "Lan viết ở máy khác" in page and "Lời của tôi</textarea>" in page
            assert 'base_version" value="2"' in page
        row.refresh_from_db()
        assert row.reason == "Lan viết ở máy khác"
        assert self.send_words(row, reason="Lời của tôi", base_version=2).status_code == 302

    def test_a_row_that_is_gone(self):
        row = self.row("Điều 4").row
        comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=self.row("Điều 2").row)
        assert self.send_words(row, reason="Muộn").status_code == 404

    def test_confirming_a_dropped_article_settles_its_fate(self):
        row = self.row("Điều 3", side="old").row
        self.client.post(self.address("comparison_confirmation", row.pk))
        assert self.table().without_fate == []
        answer = self.client.post(self.address("comparison_confirmation_removal", row.pk), headers=HTMX)
        assert answer.status_code == 200 and len(self.table().without_fate) == 1


class TestPlacing(PageTestCase):
    def place(self, label, row, **fields):
        article = self.article(label, **fields)
        return self.client.post(self.address("comparison_place", self.comparison.pk, article.wid), {"row": row})

    def test_the_page_offers_every_row_and_one_of_its_own(self):
        address = self.address("comparison_place", self.comparison.pk, self.article("Điều 4").wid)
        page = self.client.get(address).content.decode()
        assert page.count("<option") == 6

    def test_an_article_goes_into_another_row_and_out_again(self):
        row = self.row("Điều 2").row
        self.assertRedirects(
            self.place("Điều 4", row.pk), f"{self.address()}#row-{row.pk}", fetch_redirect_response=False
        )
        assert self.row("Điều 4").kind == "split"
        self.place("Điều 4", "own")
        assert self.row("Điều 4").kind == "new"

    def test_an_old_article_too(self):
        self.place("Điều 3", self.row("Điều 2").row.pk, document=self.old)
        assert self.row("Điều 2").kind == "merged"

    def test_what_is_no_row_of_this_table_is_refused(self):
        for wrong in ("", "x", "999999", str(self.foreign_row().pk)):
            assert self.place("Điều 4", wrong).status_code == 422
        assert self.place("Điều 4", "own").status_code == 422  # it stands alone already

    def foreign_row(self):
        model = make_document(by=self.lan, title="Quy chế mẫu", articles=(MEETINGS, MONEY))
        return comparing.compare(self.document, by=self.lan, against=model).rows.first()

    def test_an_article_of_a_third_text_is_not_found(self):
        self.foreign_row()
        model = Comparison.objects.last().against
        assert self.place("Điều 1", "own", document=model).status_code == 404

    def test_matching_again_says_what_happened(self):
        before = Operation.objects.count()
        self.client.post(self.address("comparison_matching"), follow=True)
        assert Operation.objects.count() == before
        comparing.place(self.comparison, self.article("Điều 4"), by=self.lan, into=self.row("Điều 2").row)
        self.client.post(self.address("comparison_matching"))
        assert self.row("Điều 4").kind == "split"


class TestChoosing(PageTestCase):
    def test_the_predecessor_is_offered_first_and_the_table_stands_at_once(self):
        draft = make_document(by=self.lan, title="Dự thảo khác", articles=(MEETINGS,))
        services.describe_document(draft, by=self.lan, predecessor=self.old)
        address = self.address("comparisons", draft.pk)
        assert f'value="{self.old.pk}" selected' in self.client.get(address).content.decode()
        answer = self.client.post(address, {"against": self.old.pk})
        made = draft.comparisons.get()
        self.assertRedirects(answer, self.address("comparison", made.pk))

    def test_only_texts_one_may_read_and_has_not_compared_yet(self):
        secret = make_document(by=self.chi, title="Của người khác")
        address = self.address("comparisons", self.document.pk)
        for wrong in (secret.pk, self.old.pk, self.document.pk, ""):
            assert self.client.post(address, {"against": wrong}).status_code == 422

    def test_the_short_address_leads_to_the_table_with_the_predecessor(self):
        self.assertRedirects(self.client.get(self.address("main_comparison", self.document.pk)), self.address())
        bare = make_document(by=self.lan, title="Chưa so sánh")
        self.assertRedirects(
            self.client.get(self.address("main_comparison", bare.pk)), self.address("comparisons", bare.pk)
        )

    def test_with_nothing_to_compare_with_the_page_says_what_to_do(self):
        self.client.force_login(self.hoa)
        alone = make_document(by=self.hoa, title="Một mình")
        assert reverse("drafts:import") in self.client.get(self.address("comparisons", alone.pk)).content.decode()


class TestRemoving(PageTestCase):
    def test_a_table_goes_with_what_was_written_and_the_history_keeps_it(self):
        self.write(self.row("Điều 2").row, reason="Sớm hơn ba ngày.")
        address = self.address("comparison_removal", self.document.pk, self.comparison.pk)
        assert address in self.client.get(self.address("comparisons", self.document.pk)).content.decode()
        self.assertEqual(self.client.get(address).context["written"], 1)
        self.assertEqual(self.client.post(address, {"reason": " "}).status_code, 422)
        for _ in range(2):
            self.assertRedirects(
                self.client.post(address, {"reason": "Nhầm văn bản"}),
                self.address("comparisons", self.document.pk),
            )
        assert not self.document.comparisons.exists()
        operation = self.document.operations.first()
        assert "Nhầm văn bản" in operation.reason
        gone = ComparisonRow.history.filter(operation=operation, history_type="-")
        assert "Sớm hơn ba ngày." in gone.values_list("reason", flat=True)


class TestCitationsOnly(PageTestCase):
    def test_a_row_whose_citations_alone_follow_needs_no_reason(self):
        """Old article 3 went, so the old Điều 4 is Điều 3 now, and what cites it follows."""
        cites = "Thực hiện theo Điều {} và khoản 1 Điều này."
        old, new = self.article("Điều 1", document=self.old), self.article("Điều 1")
        for article, number in ((old, 4), (new, 3)):
            services.revise_article(
                article,
                by=self.lan,
                base_version=article.version,
                heading=article.heading,
                text=f"{MEETINGS}\n3. {cites.format(number)}",
                reason="",
            )
        services.issue_edition(self.old, by=self.lan)
        line = self.row("Điều 1")
        assert (line.kind, line.needs_reason, line.is_same) == (Kind.CITED, False, True)
        page = self.page("?show=cited")
        assert "hỉ đổi số viện dẫn" in page
        self.revise("Điều 1", f"{MEETINGS}\n3. {cites.format(2)}")
        assert self.row("Điều 1").kind is Kind.AMENDED


class TestDoors(PageTestCase):
    def addresses(self):
        row = self.row("Điều 2").row.pk
        article = self.article("Điều 2").wid
        return {
            self.address(): ("get", "read"),
            self.address("main_comparison", self.document.pk): ("get", "read"),
            self.address("comparisons", self.document.pk): ("post", "draft"),
            self.address("comparison_matching"): ("post", "draft"),
            self.address("comparison_removal", self.document.pk, self.comparison.pk): ("get", "draft"),
            self.address("comparison_place", self.comparison.pk, article): ("get", "draft"),
            self.address("comparison_words", row): ("get", "draft"),
            self.address("comparison_confirmation", row): ("post", "draft"),
            self.address("comparison_confirmation_removal", row): ("post", "draft"),
        }

    def test_doors(self):
        for address, (method, ability) in self.addresses().items():
            ask = getattr(self.client, method)
            self.client.force_login(self.hoa)
            assert ask(address).status_code == 404, address
            self.client.logout()
            assert ask(address).status_code == 302, address
            self.client.force_login(self.chi)
            assert (ask(address).status_code == 403) == (ability == "draft"), address
            assert self.client.put(address).status_code == 405, address
