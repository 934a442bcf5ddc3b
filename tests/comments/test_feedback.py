import datetime as dt
import uuid
from collections import Counter
from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils import timezone

from comments import rounds, services, undoing
from comments.consolidation import ConsolidatedPage, Filters
from comments.models import Consultation, Response
from drafts import comparing
from drafts import services as drafts
from drafts.access import get_document_for
from drafts.importing import Kind
from drafts.models import Seat
from drafts.photographs import edition_text
from tests.people import DraftTestCase, make_document, node


class FeedbackTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.sheets = {sheet.number: sheet for sheet in edition_text(cls.edition).articles()}
        cls.on_2 = cls.comment(cls.minh, "2", "Nêu rõ kỳ họp.", quote="tại kỳ họp gần nhất")
        cls.on_1 = cls.comment(cls.dai, "1", "Bổ sung phạm vi.", kind="supplement")
        cls.general = cls.comment(cls.minh, None, "Trình bày gọn hơn.", on_behalf_of=cls.city)
        cls.url = reverse("comments:feedback", args=[cls.document.pk])

    @classmethod
    def comment(cls, by, article, text, *, kind="wording", quote="", **more):
        return services.add_comment(
            cls.edition,
            by=by,
            key=uuid.uuid4(),
            kind=kind,
            text=text,
            sheet=cls.sheets[article] if article else None,
            selection=services.Selection(quote=quote),
            **more,
        )

    def page(self, **filters):
        document = get_document_for(self.thu, "consolidate", pk=self.document.pk)
        return ConsolidatedPage(document, user=self.thu, filters=Filters(**filters))


class ConsolidatedPageTests(FeedbackTestCase):
    def test_comments_stand_by_article_in_the_drafts_order_and_general_ones_last(self):
        groups = self.page().groups
        self.assertEqual(
            [group.sheet.label if group.sheet else "chung" for group in groups], ["Điều 1", "Điều 2", "chung"]
        )
        self.assertEqual(groups[2].comments, [self.general])

    def late(self):
        return {comment.pk for comment in self.page().page.object_list if comment.is_late}

    def test_what_comes_after_the_last_round_has_closed_is_marked_as_late(self):
        assert not self.late()  # nobody was asked
        closes = timezone.now() + dt.timedelta(days=5)
        ask = partial(rounds.open_consultation, self.edition, by=self.thu, visibility=Consultation.Visibility.OPEN)
        rounds.close(ask(opens_at=timezone.now() + dt.timedelta(days=1), closes_at=closes), by=self.thu, reason="Hoãn")
        self.comment(self.dai, "1", "Sau khi hủy.")
        assert not self.late()  # called off, it never was a round
        first = ask(closes_at=closes)
        rounds.close(first, by=self.thu, reason="Đã đủ ý kiến")
        late = self.comment(self.dai, "1", "Gửi muộn.")
        self.comment(self.thu, "1", "Ghi lại.", author=self.minh)  # when it was said is not known
        assert self.late() == {late.pk}
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.url), "Sau khi kết thúc", count=1)
        response = reverse("comments:response", args=[late.pk])
        self.assertContains(self.client.get(f"{response}?cancel=1", headers={"HX-Request": "true"}), "Sau khi kết thúc")
        self.assertContains(self.client.get(reverse("comments:comment", args=[late.pk])), "Sau khi kết thúc")
        rounds.reschedule(first, by=self.thu, closes_at=closes, letter="", reason="")
        assert not self.late()

    def test_open_comments_stand_first_within_an_article(self):
        later = self.comment(self.dai, "2", "Ý kiến sau.")
        services.answer_comment(self.on_2, by=self.lan, outcome="accepted")
        self.assertEqual(self.page().groups[1].comments, [later, self.on_2])

    def test_counts_are_exact_and_leave_out_what_was_withdrawn(self):
        services.answer_comment(self.on_2, by=self.lan, outcome="explained", explanation="Đã quy định.")
        services.withdraw_comment(self.on_1, by=self.dai)
        page = self.page()
        self.assertEqual(dict(page.counts), {"open": 1, "explained": 1})
        self.assertEqual((page.total, page.general), (2, 1))

    def test_a_filter_narrows_the_list_but_not_the_counts(self):
        services.answer_comment(self.on_2, by=self.lan, outcome="accepted")
        for filters, expected in (
            ({"state": "open"}, {self.on_1, self.general}),
            ({"state": "accepted"}, {self.on_2}),
            ({"kind": "supplement"}, {self.on_1}),
            ({"unit": self.city.pk}, {self.on_2, self.general}),
            ({"article": str(self.article_1.wid)}, {self.on_1}),
            ({"article": "general"}, {self.general}),
            ({"words": "bo sung"}, {self.on_1}),
        ):
            with self.subTest(filters):
                page = self.page(**filters)
                self.assertEqual(set(page.page.object_list), expected)
                self.assertEqual(page.total, 3)

    def test_the_picture_has_one_bar_per_article(self):
        bars = self.page().bars
        self.assertEqual([(bar.sheet.number, bar.total) for bar in bars], [("1", 1), ("2", 1)])
        self.assertEqual([block["state"] for block in bars[0].blocks], ["open"])

    def test_what_has_comments_and_no_article_number_has_a_bar_too(self):
        added = [node(Kind.PREAMBLE, text="Căn cứ Điều lệ Đảng;"), node(Kind.APPENDIX, "I", "Mẫu biểu", "Mẫu 1.")]
        draft = drafts.create_document(
            by=self.lan,
            title="Quy chế",
            kind="regulation",
            nodes=[added[0], node(Kind.ARTICLE, "1", text="Một."), added[1]],
        )
        edition = drafts.issue_edition(draft, by=self.lan)
        draft = get_document_for(self.lan, "consolidate", pk=draft.pk)
        page = ConsolidatedPage(draft, user=self.lan, filters=Filters())
        self.assertEqual([bar.short for bar in page.bars], ["1"], "nothing was said on the others")
        for sheet in edition_text(edition):
            for number in range(1 + (sheet.kind == "preamble")):
                services.add_comment(
                    edition, by=self.lan, key=uuid.uuid4(), kind="other", text=f"{sheet.kind} {number}", sheet=sheet
                )
        page = ConsolidatedPage(draft, user=self.lan, filters=Filters())
        self.assertEqual([(bar.short, bar.total) for bar in page.bars], [("MĐ", 2), ("1", 1), ("PL I", 1)])
        self.assertEqual({bar.tallest for bar in page.bars}, {2})
        self.client.force_login(self.lan)
        answer = self.client.get(reverse("comments:feedback", args=[draft.pk]))
        self.assertContains(answer, 'aria-label="Phần mở đầu: 2 ý kiến, 2 chưa trả lời')
        self.assertContains(answer, 'title="Phần mở đầu"')

    def test_one_comment_among_thousands_is_still_a_block(self):
        (bar, *_rest) = self.page().bars
        crowded = replace(bar, counts=Counter(open=1, accepted=9_999), tallest=10_000)
        self.assertTrue(all(block["height"] > 0 for block in crowded.blocks))
        self.assertEqual([block["state"] for block in crowded.blocks], ["open", "accepted"])

    def test_it_says_who_has_not_answered_the_round(self):
        rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.OPEN,
            units=[self.city, self.office],
        )
        self.assertEqual(self.page().standing.commented, [])  # what was said before is no part of it
        self.comment(self.minh, "2", "Nói rõ thêm.")
        standing = self.page().standing
        said = (standing.answered, standing.commented, standing.silent, standing.invited)
        self.assertEqual(said, ([], ["Thành ủy"], ["Văn phòng"], 2))
        self.client.force_login(self.thu)
        self.assertContains(
            self.client.get(self.url), "<dd>0 / 2</dd>"
        )  # commenting is not answering: as the round says

    def test_comments_on_a_removed_article_stay(self):
        self.article_1.is_removed = True
        self.article_1.save_without_historical_record()
        group = self.page().groups[0]
        self.assertTrue(group.is_removed)
        self.assertEqual(group.sheet.label, "Điều 1")


class FeedbackViewTests(FeedbackTestCase):
    def get(self, user, query="", **headers):
        self.client.force_login(user)
        return self.client.get(self.url + query, **headers)

    def test_the_secretary_the_chair_and_the_drafters_see_it(self):
        for person in (self.thu, self.chi, self.lan):
            self.assertContains(self.get(person), "Nêu rõ kỳ họp.")

    def test_a_commenter_is_told_why_not(self):
        self.assertContains(self.get(self.minh), "Chỉ", status_code=403)

    def test_an_outsider_sees_nothing(self):
        self.assertEqual(self.get(self.hoa).status_code, 404)

    def test_a_stranger_signs_in_first(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)

    def test_it_only_reads(self):
        self.client.force_login(self.thu)
        self.assertEqual(self.client.post(self.url).status_code, 405)

    def test_an_unreadable_filter_counts_as_none(self):
        response = self.get(self.thu, "?state=nonsense&unit=x&kind=1&article=zz&page=-4")
        self.assertContains(response, "Nêu rõ kỳ họp.")

    def test_the_number_of_queries_does_not_grow_with_the_comments(self):
        services.reply(self.on_1, by=self.minh, key=uuid.uuid4(), text="Nhất trí.")
        self.get(self.thu)
        with self.assertNumQueries(14):
            self.get_again()
        for number in range(30):
            comment = self.comment(self.dai, "1", f"Ý kiến {number}")
            services.reply(comment, by=self.minh, key=uuid.uuid4(), text="Đồng ý.")
            services.answer_comment(comment, by=self.lan, outcome="noted", explanation="Ghi nhận.")
        with self.assertNumQueries(14):
            self.get_again()

    def get_again(self):
        self.assertEqual(self.client.get(self.url).status_code, 200)

    def test_user_text_is_escaped(self):
        self.comment(self.dai, "1", "<script>alert(1)</script>")
        self.assertContains(self.get(self.thu), "&lt;script&gt;alert(1)&lt;/script&gt;")

    def test_the_chain_leads_everybody_to_the_row_of_the_comparison_table(self):
        old = make_document(by=self.lan, title="Quy chế cũ")
        comparison = comparing.compare(self.document, by=self.lan, against=old)
        row = comparison.rows.get(sides__provision=self.article_2)
        address = reverse("comments:comparison", args=[comparison.pk])
        for person in (self.thu, self.chi, self.lan):
            self.assertContains(self.get(person), f'href="{address}#row-{row.pk}"')
            self.assertEqual(self.client.get(address).status_code, 200)


class ResponseTests(FeedbackTestCase):
    def setUp(self):
        self.url = reverse("comments:response", args=[self.on_2.pk])
        self.client.force_login(self.lan)

    def test_the_article_stands_beside_it_with_the_words_marked_and_so_does_the_old_one(self):
        old = make_document(by=self.lan, title="Quy chế cũ")
        drafts.describe_document(self.document, by=self.lan, predecessor=old)
        comment = services.add_comment(
            self.edition,
            by=self.minh,
            key=uuid.uuid4(),
            kind="wording",
            text="Nên nói rõ.",
            sheet=edition_text(self.edition).find(self.article_2.wid),
            selection=services.Selection("tập thể lãnh đạo"),
        )
        page = self.client.get(reverse("comments:response", args=[comment.pk]))
        self.assertContains(page, f'<mark data-comments="{comment.pk}">tập thể lãnh đạo</mark>')
        self.assertContains(page, 'id="old-article"')

    def test_an_answer_is_recorded(self):
        response = self.client.post(self.url, {"outcome": "accepted"})
        self.assertRedirects(
            response, f"{reverse('comments:feedback', args=[self.document.pk])}#comment-{self.on_2.pk}"
        )
        answer = Response.objects.get(comment=self.on_2)
        self.assertEqual((answer.outcome, answer.by), ("accepted", self.lan))

    def test_an_explanation_is_required_unless_it_is_accepted(self):
        for outcome in ("partly", "explained", "noted"):
            response = self.client.post(self.url, {"outcome": outcome, "explanation": "  "})
            self.assertEqual(response.status_code, 422)
        self.assertFalse(Response.objects.filter(comment=self.on_2).exists())

    def test_a_megabyte_is_no_explanation(self):
        response = self.client.post(self.url, {"outcome": "explained", "explanation": "x" * 1_000_000})
        self.assertEqual(response.status_code, 422)
        self.assertFalse(Response.objects.filter(comment=self.on_2).exists())

    def test_an_answer_may_change_and_keeps_its_versions(self):
        self.client.post(self.url, {"outcome": "accepted"})
        answer = Response.objects.get(comment=self.on_2)
        data = {"outcome": "explained", "explanation": "Đã quy định tại Điều 1."}
        self.client.post(self.url, data | {f"seen-{self.on_2.pk}": answer.stamp})
        answer.refresh_from_db()
        self.assertEqual(answer.outcome, "explained")
        self.assertEqual([row.outcome for row in answer.history.all()], ["explained", "accepted"])

    def test_an_answer_given_meanwhile_is_shown_and_not_replaced(self):
        seen = f"seen-{self.on_2.pk}"
        self.assertContains(self.client.get(self.url), f'name="{seen}" value=""')
        theirs = services.answer_comment(self.on_2, by=self.lan, outcome="explained", explanation="Một trang.")
        mine = {"outcome": "noted", "explanation": "Ghi nhận.", seen: ""}
        for headers in ({}, {"HX-Request": "true"}):
            refused = self.client.post(self.url, mine, headers=headers)
            for words in ("Một trang.", "Ghi nhận.", f'name="{seen}" value="{theirs.stamp}"'):
                self.assertContains(refused, words, status_code=409)
        self.assertEqual(Response.objects.get().explanation, "Một trang.")
        self.assertEqual(self.client.post(self.url, mine | {seen: theirs.stamp}).status_code, 302)
        self.assertEqual(Response.objects.get().explanation, "Ghi nhận.")
        self.assertEqual(self.client.post(self.url, mine).status_code, 302, "the same words sent twice")

    def test_an_answer_taken_back_meanwhile_is_not_given_again_unasked(self):
        answer = services.answer_comment(self.on_2, by=self.lan, outcome="explained", explanation="Một.")
        undoing.undo(answer.history.get().operation, by=self.lan)
        refused = self.client.post(self.url, {"outcome": "accepted", f"seen-{self.on_2.pk}": answer.stamp})
        self.assertContains(refused, f'name="seen-{self.on_2.pk}" value=""', status_code=409)
        self.assertFalse(Response.objects.exists())

    def test_it_points_at_the_revision_that_carried_it_out(self):
        operation = drafts.revise_article(
            self.article_2, by=self.lan, base_version=1, heading="Nguyên tắc", text="1. Khác.", reason="Tiếp thu"
        )
        self.client.post(self.url, {"outcome": "accepted", "carried_out_by": operation.pk})
        self.assertEqual(Response.objects.get(comment=self.on_2).carried_out_by, operation)
        page = self.client.get(reverse("comments:feedback", args=[self.document.pk]))
        difference = reverse("drafts:difference", args=[self.document.pk, self.article_2.wid, 1, 2])
        self.assertContains(page, difference)

    def test_a_revision_of_another_article_does_not_count(self):
        operation = drafts.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Phạm vi", text="1. Khác.", reason="Gọn"
        )
        response = self.client.post(self.url, {"outcome": "accepted", "carried_out_by": operation.pk})
        self.assertFalse(Response.objects.filter(comment=self.on_2, carried_out_by=operation).exists())
        self.assertEqual(response.status_code, 302)

    def test_htmx_gets_the_opinion_and_the_figures(self):
        response = self.client.post(self.url, {"outcome": "accepted"}, headers={"HX-Request": "true"})
        self.assertContains(response, f'id="comment-{self.on_2.pk}"')
        self.assertContains(response, 'hx-swap-oob="true"')

    def test_a_refused_htmx_answer_keeps_the_form(self):
        response = self.client.post(self.url, {"outcome": "noted"}, headers={"HX-Request": "true"})
        self.assertEqual(response.status_code, 422)
        self.assertContains(
            self.client.get(reverse("comments:feedback", args=[self.document.pk])),
            f'id="answer-comment-{self.on_2.pk}"',
        )
        self.assertEqual(response.headers["HX-Retarget"], f"#answer-comment-{self.on_2.pk}")

    def test_a_withdrawn_comment_needs_no_answer(self):
        services.withdraw_comment(self.on_2, by=self.minh)
        self.assertEqual(self.client.post(self.url, {"outcome": "accepted"}).status_code, 422)

    def test_who_may_not(self):
        for person, status in ((self.minh, 403), (self.thu, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(person)
            self.assertEqual(self.client.get(self.url).status_code, status)
            self.assertEqual(self.client.post(self.url, {"outcome": "accepted"}).status_code, status)
        self.assertFalse(Response.objects.filter(comment=self.on_2).exists())

    def test_a_drafter_of_another_document_may_not(self):
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.READER, user=self.hoa)
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.post(self.url, {"outcome": "accepted"}).status_code, 403)

    def test_a_stranger_signs_in_first(self):
        self.client.logout()
        self.assertEqual(self.client.post(self.url).status_code, 302)

    def test_other_methods_are_refused(self):
        self.assertEqual(self.client.put(self.url).status_code, 405)
