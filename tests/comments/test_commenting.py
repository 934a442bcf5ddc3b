"""Commenting without a script: the form, what it refuses, and what it never loses."""

import re
import uuid

from django.urls import reverse

from accounts.models import UnitContact
from comments import services
from comments.models import Comment
from comments.services import Selection
from drafts import services as drafting
from drafts.photographs import edition_text
from tests.people import ARTICLE_1, DraftTestCase, make_document

HTMX = {"hx-request": "true"}


class CommentingTestCase(DraftTestCase):
    def setUp(self):
        self.client.force_login(self.minh)
        self.sheet = edition_text(self.edition).find(self.article_1.wid)
        self.general = reverse("comments:new", args=[self.document.pk])
        self.address = f"{self.general}?wid={self.sheet.wid}"

    def fields(self, **fields):
        return {
            "key": uuid.uuid4(),
            "edition": 1,
            "kind": "wording",
            "text": "Nên nói rõ hơn.",
            "quote": "",
            "words_before": "",
            "words_after": "",
            "clause": "",
            "proposed_text": "",
        } | fields

    def comment(self, **fields):
        fields = {"kind": "wording", "text": "Nên nói rõ hơn.", "by": self.minh, "key": uuid.uuid4()} | fields
        return services.add_comment(self.edition, sheet=self.sheet, **fields)


class NewTests(CommentingTestCase):
    def test_the_form_opens_with_the_article_beside_it(self):
        response = self.client.get(self.address, {"wid": self.sheet.wid, "clause": "khoản 2"})
        self.assertContains(response, "Các ban tham mưu của Tỉnh ủy")
        self.assertContains(response, '<option value="khoản 2" selected>')

    def test_a_comment_on_selected_words_is_stored_with_its_clause_and_edition(self):
        response = self.client.post(
            self.address, self.fields(quote="Ủy viên Ban Chấp hành", proposed_text="Tỉnh ủy viên", clause="khoản 1")
        )
        comment = Comment.objects.get()
        self.assertRedirects(response, f"{reverse('comments:reader', args=[self.document.pk])}#comment-{comment.pk}")
        self.assertEqual((comment.quote, comment.clause_label), ("Ủy viên Ban Chấp hành", "điểm a khoản 2"))
        self.assertEqual((comment.edition, comment.author), (self.edition, self.minh))
        self.assertEqual((comment.proposed_text, comment.recorded_by), ("Tỉnh ủy viên", None))

    def test_a_comment_on_a_clause_needs_no_words(self):
        self.client.post(self.address, self.fields(clause="khoản 2"))
        self.assertEqual(Comment.objects.get().clause_label, "khoản 2")

    def test_a_general_remark_belongs_to_no_article(self):
        how = "Bấm vào một khoản"  # for whoever has not commented yet
        self.assertContains(self.client.get(reverse("comments:reader", args=[self.document.pk])), how)
        response = self.client.post(self.general, self.fields())
        comment = Comment.objects.get()
        self.assertIsNone(comment.provision)
        page = self.client.get(response.url)
        self.assertContains(page, f"Đã nhận ý kiến số {comment.pk} lúc ")
        self.assertNotContains(page, how)

    def test_a_proposal_that_says_the_same_is_none(self):
        self.client.post(self.address, self.fields(quote="nguyên tắc", proposed_text="nguyên tắc"))
        self.assertEqual(Comment.objects.get().proposed_text, "")

    def test_the_words_around_decide_between_two_places(self):
        self.client.post(
            self.address, self.fields(quote="Tỉnh ủy", words_before="quan hệ công tác của ", words_after=".\n2. Quy")
        )
        self.assertEqual(Comment.objects.get().clause_label, "khoản 1")

    def test_words_that_stand_twice_are_refused_and_everything_typed_stays(self):
        typed = self.fields(quote="Tỉnh ủy", text="Một ý rất dài", proposed_text="Đảng bộ", clause="khoản 2")
        response = self.client.post(self.address, typed)
        self.assertEqual((response.status_code, Comment.objects.count()), (422, 0))
        for words in ("Một ý rất dài", "Đảng bộ", str(typed["key"]), '<option value="khoản 2" selected>'):
            self.assertContains(response, words, status_code=422)

    def test_an_empty_comment_is_refused(self):
        for text in ("", "  \n "):
            response = self.client.post(self.address, self.fields(text=text))
            self.assertEqual((response.status_code, Comment.objects.count()), (422, 0))

    def test_unreadable_fields_are_refused(self):
        for wrong in ({"kind": "praise"}, {"clause": "khoản 99"}, {"key": "1"}, {"edition": "9" * 30}):
            response = self.client.post(self.address, self.fields(**wrong))
            self.assertEqual((response.status_code, Comment.objects.count()), (422, 0), wrong)

    def test_sending_twice_makes_one_comment(self):
        fields = self.fields()
        self.client.post(self.address, fields)
        self.client.post(self.address, fields)
        self.assertEqual(Comment.objects.count(), 1)

    def test_words_changed_after_an_answer_that_was_lost_replace_the_first_ones(self):
        fields = self.fields()
        self.client.post(self.address, fields)
        self.client.post(self.address, fields | {"text": "Nghĩ lại: nên bỏ."})
        comment = Comment.objects.get()
        self.assertEqual(comment.text, "Nghĩ lại: nên bỏ.")
        self.assertEqual(comment.history.count(), 2)

    def test_an_edition_issued_meanwhile_is_said_and_the_words_wait(self):
        drafting.revise_article(
            self.article_1, by=self.lan, base_version=1, heading="Phạm vi", text=ARTICLE_1 + "\n3. Thêm.", reason="Đủ"
        )
        drafting.issue_edition(self.document, by=self.lan)
        response = self.client.post(self.address, self.fields(text="Viết từ trước"))
        self.assertContains(response, "Viết từ trước", status_code=422)
        self.assertContains(response, "Dự thảo lần 2", status_code=422)
        self.assertEqual(Comment.objects.count(), 0)
        edition = re.search(r'name="edition" value="(\d+)"', response.content.decode()).group(1)
        self.client.post(self.address, self.fields(text="Viết từ trước", edition=edition))
        self.assertEqual(Comment.objects.get().edition.number, 2)

    def test_an_article_gone_meanwhile_loses_no_words(self):
        self.document.provisions.filter(pk=self.article_1.pk).update(is_removed=True)
        drafting.issue_edition(self.document, by=self.lan)
        response = self.client.post(self.address, self.fields(text="Viết từ trước", quote="nguyên tắc"))
        self.assertContains(response, "Viết từ trước", status_code=422)

    def test_before_the_first_edition_there_is_nothing_to_comment_on(self):
        document = make_document(by=self.lan)
        drafting.give_seat(document, by=self.lan, role="commenter", user=self.minh)
        self.assertEqual(self.client.get(reverse("comments:new", args=[document.pk])).status_code, 409)

    def test_an_unknown_article_is_not_found(self):
        for wid in (uuid.uuid4(), "x"):
            self.assertEqual(self.client.get(self.general, {"wid": wid}).status_code, 404)
        heading = edition_text(self.edition).sheets[0]
        self.assertEqual(self.client.get(self.general, {"wid": heading.wid}).status_code, 404)

    def test_readers_are_told_why_outsiders_nothing_strangers_where_to_sign_in(self):
        drafting.give_seat(self.document, by=self.lan, role="reader", user=self.minh)
        for user, status in ((self.minh, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.address).status_code, status)
            self.assertEqual(self.client.post(self.address, self.fields()).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.post(self.address, self.fields()).status_code, 302)
        self.assertEqual(self.client.put(self.address).status_code, 302)
        self.assertEqual(Comment.objects.count(), 0)

    def test_other_methods_are_refused(self):
        self.assertEqual(self.client.put(self.address).status_code, 405)


class BesideTheTextTests(CommentingTestCase):
    def test_htmx_gets_the_box_alone(self):
        response = self.client.get(self.address, headers=HTMX)
        self.assertContains(response, 'id="compose"')
        self.assertNotContains(response, "<html")

    def test_a_sent_comment_comes_back_as_the_article_with_its_mark_and_count(self):
        response = self.client.post(self.address, self.fields(quote="nguyên tắc"), headers=HTMX)
        comment = Comment.objects.get()
        self.assertEqual(response["HX-Retarget"], '[id="dieu-1"]')
        self.assertIn("app:sent", response["HX-Trigger"])
        self.assertContains(response, f'<mark data-comments="{comment.pk}">nguyên tắc</mark>')
        self.assertContains(response, 'id="count-dieu-1" hx-swap-oob="true"')

    def test_a_general_remark_comes_back_among_the_general_ones(self):
        response = self.client.post(self.general, self.fields(text="Bố cục tốt"), headers=HTMX)
        self.assertEqual(response["HX-Retarget"], '[id="general"]')
        self.assertContains(response, "Bố cục tốt")

    def test_a_refused_one_comes_back_as_the_box_and_says_nothing_was_sent(self):
        response = self.client.post(self.address, self.fields(quote="không có"), headers=HTMX)
        self.assertContains(response, 'id="compose"', status_code=422)
        self.assertContains(response, "data-bound", status_code=422)
        self.assertNotIn("HX-Trigger", response)

    def test_a_lost_session_leads_the_whole_page_to_the_sign_in_and_back(self):
        self.client.logout()
        reader = f"http://testserver{reverse('comments:reader', args=[self.document.pk])}"
        response = self.client.post(self.address, self.fields(), headers=HTMX | {"hx-current-url": f"{reader}#dieu-1"})
        self.assertIn(reverse("account_login"), response["HX-Redirect"])
        self.assertNotIn("HX-Trigger", response)

    def test_the_difference_is_shown_while_writing(self):
        address = reverse("comments:difference", args=[self.document.pk])
        response = self.client.post(address, {"quote": "chế độ làm việc", "proposed_text": "chế độ hội họp"})
        self.assertContains(response, "<ins>hội họp</ins>")
        self.assertNotContains(self.client.post(address, {"quote": "a", "proposed_text": "a"}), "<p")
        self.assertEqual(self.client.get(address).status_code, 405)
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.post(address).status_code, 404)


class OnBehalfTests(CommentingTestCase):
    def test_the_contact_of_a_unit_may_speak_for_it(self):
        self.client.post(self.address, self.fields(on_behalf_of=self.city.pk))
        self.assertEqual(Comment.objects.get().on_behalf_of, self.city)

    def test_nobody_speaks_for_another_unit(self):
        response = self.client.post(self.address, self.fields(on_behalf_of=self.front.pk))
        self.assertEqual((response.status_code, Comment.objects.count()), (422, 0))

    def test_who_is_no_contact_is_not_asked_and_not_heard(self):
        self.client.force_login(self.dai)
        self.assertNotContains(self.client.get(self.address), "on_behalf_of")
        self.client.post(self.address, self.fields(on_behalf_of=self.front.pk))
        self.assertIsNone(Comment.objects.get().on_behalf_of)

    def test_nor_for_a_unit_that_is_dissolved(self):
        UnitContact.objects.create(unit=self.front, user=self.minh)
        type(self.front).objects.filter(pk=self.front.pk).update(dissolved_on="2020-01-01")
        response = self.client.post(self.address, self.fields(on_behalf_of=self.front.pk))
        self.assertEqual(response.status_code, 422)


class CommentPageTests(CommentingTestCase):
    def test_it_shows_all_that_was_said(self):
        comment = self.comment(selection=Selection("nguyên tắc"), proposed_text="phương châm", on_behalf_of=self.city)
        services.answer_comment(comment, by=self.lan, outcome="explained", explanation="Theo mẫu chung.")
        response = self.client.get(reverse("comments:comment", args=[comment.pk]))
        for words in (
            "Nên nói rõ hơn.",
            "nguyên tắc",
            "<ins>phương châm</ins>",
            "Theo mẫu chung.",
            "Điều 1",
            "Thành ủy",
        ):
            self.assertContains(response, words)
        self.assertNotContains(response, reverse("comments:text", args=[comment.pk]))

    def test_it_leads_to_the_form_of_the_answer_those_who_may_give_it(self):
        address = reverse("comments:comment", args=[self.comment().pk])
        self.assertNotContains(self.client.get(address), "/response/")
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(address), "/response/")

    def test_who_may_see_it(self):
        comment = self.comment()
        address = reverse("comments:comment", args=[comment.pk])
        self.assertEqual(self.client.post(address).status_code, 405)
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(address).status_code, 404)
        self.client.logout()
        self.assertEqual(self.client.get(address).status_code, 302)


class RewordingTests(CommentingTestCase):
    def setUp(self):
        super().setUp()
        self.said = self.comment()
        self.text = reverse("comments:text", args=[self.said.pk])

    def test_its_author_rewords_it(self):
        self.assertContains(self.client.get(self.text), "Nên nói rõ hơn.")
        response = self.client.post(self.text, {"kind": "remove", "text": "Nên bỏ.", "proposed_text": ""})
        self.assertRedirects(response, reverse("comments:comment", args=[self.said.pk]))
        self.said.refresh_from_db()
        self.assertEqual((self.said.text, self.said.kind), ("Nên bỏ.", "remove"))

    def test_what_was_reworded_meanwhile_is_shown_and_not_replaced(self):
        self.assertContains(self.client.get(self.text), 'name="seen" value=""')
        services.edit_comment(self.said, by=self.minh, kind="other", text="Nên nói rõ, vì ba lẽ.")
        mine = {"kind": "remove", "text": "Nên bỏ.", "seen": ""}
        refused = self.client.post(self.text, mine)
        self.said.refresh_from_db()
        for words in ("Nên nói rõ, vì ba lẽ.", "Nên bỏ.", f'name="seen" value="{self.said.stamp}"'):
            self.assertContains(refused, words, status_code=409)
        self.assertEqual(self.said.text, "Nên nói rõ, vì ba lẽ.")
        self.assertEqual(self.client.post(self.text, mine | {"seen": self.said.stamp}).status_code, 302)
        self.assertEqual(self.client.post(self.text, mine).status_code, 302, "the same words sent twice")

    def test_nothing_empty_takes_its_place(self):
        response = self.client.post(self.text, {"kind": "remove", "text": " "})
        self.assertEqual(response.status_code, 422)

    def test_once_answered_it_stays_and_what_was_typed_is_shown(self):
        services.answer_comment(self.said, by=self.lan, outcome="accepted")
        self.assertEqual(self.client.get(self.text).status_code, 409)
        response = self.client.post(self.text, {"kind": "remove", "text": "Nên bỏ hẳn."})
        self.assertContains(response, "Nên bỏ hẳn.", status_code=422)
        self.said.refresh_from_db()
        self.assertEqual(self.said.text, "Nên nói rõ hơn.")

    def test_others_do_not_touch_it(self):
        for user, status in ((self.dai, 403), (self.lan, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.text).status_code, status)
            self.assertEqual(self.client.post(self.text, {"kind": "other", "text": "x"}).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.get(self.text).status_code, 302)

    def test_other_methods_are_refused(self):
        self.assertEqual(self.client.delete(self.text).status_code, 405)


class WithdrawalTests(CommentingTestCase):
    def setUp(self):
        super().setUp()
        self.said = self.comment()
        self.withdrawal = reverse("comments:withdrawal", args=[self.said.pk])

    def test_it_asks_first_and_then_takes_the_comment_back(self):
        self.assertContains(self.client.get(self.withdrawal), "Nên nói rõ hơn.")
        self.said.refresh_from_db()
        self.assertFalse(self.said.is_withdrawn)
        response = self.client.post(self.withdrawal)
        self.assertRedirects(response, reverse("comments:reader", args=[self.document.pk]))
        self.said.refresh_from_db()
        self.assertTrue(self.said.is_withdrawn)

    def test_once_answered_it_stays(self):
        services.answer_comment(self.said, by=self.lan, outcome="accepted")
        self.assertEqual(self.client.get(self.withdrawal).status_code, 409)
        self.assertEqual(self.client.post(self.withdrawal).status_code, 409)

    def test_others_do_not_touch_it(self):
        for user, status in ((self.dai, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.post(self.withdrawal).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.post(self.withdrawal).status_code, 302)
        self.said.refresh_from_db()
        self.assertFalse(self.said.is_withdrawn)

    def test_other_methods_are_refused(self):
        self.assertEqual(self.client.put(self.withdrawal).status_code, 405)


class UnsentTests(CommentingTestCase):
    """What the page gives the script that keeps unsent words (its own tests are in the browser)."""

    def owner(self, user):
        self.client.force_login(user)
        page = self.client.get(self.address).content.decode()
        return re.search(r'data-owner="(\w+)" data-owner-key="(\w+)"', page).groups()

    def test_the_key_is_the_persons_own_and_always_the_same(self):
        name, key = self.owner(self.minh)
        self.assertEqual(self.owner(self.minh), (name, key))
        other_name, other_key = self.owner(self.dai)
        self.assertNotEqual(name, other_name)
        self.assertNotEqual(key, other_key)
        self.assertEqual(len(bytes.fromhex(key)), 32)

    def test_the_pages_that_carry_it_are_kept_by_no_cache(self):
        for address in (self.address, reverse("comments:reader", args=[self.document.pk])):
            self.assertIn("no-store", self.client.get(address)["Cache-Control"])
