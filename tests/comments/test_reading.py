"""The reading page: the text as it was issued, the comments on it, and who sees which."""

import datetime as dt
import html
import re
import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import rounds, services
from comments.models import Consultation
from comments.reading import ReadingPage
from comments.services import Selection
from comments.standing import latest_edition, working_state
from drafts import services as drafting
from drafts.access import get_document_for
from drafts.importing import Kind, Node
from drafts.models import Document
from drafts.photographs import edition_text
from tests.people import ARTICLE_1, DraftTestCase, make_document

ROW = "| 1 | Quy hoạch \\| kế hoạch\\ncủa tỉnh |"
TABLE = f"1. Danh mục kèm theo:\n| Số | Nội dung |\n{ROW}\n2. Hết danh mục.\n[^1]: Ghi chú."


def rendered_lines(page):
    """What a browser's textContent gives for every line of the page."""
    found = re.findall(r'<(span|tr) data-line="(\d+)"[^>]*>(.*?)</(?:span></p>|span> <a|tr>)', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", inner)) for _tag, _offset, inner in found]


class ReadingTestCase(DraftTestCase):
    def setUp(self):
        self.client.force_login(self.minh)
        self.address = reverse("comments:reader", args=[self.document.pk])

    def comment(self, quote="", *, by=None, text="Nên rõ hơn.", article=None, edition=None, **fields):
        edition = edition or self.edition
        sheet = edition_text(edition).find((article or self.article_1).wid)
        return services.add_comment(
            edition,
            by=by or self.minh,
            key=uuid.uuid4(),
            kind="wording",
            text=text,
            sheet=sheet,
            selection=Selection(quote),
            **fields,
        )

    def general(self, *, by=None, text="Bố cục hợp lý."):
        return services.add_comment(self.edition, by=by or self.minh, key=uuid.uuid4(), kind="other", text=text)

    def revise(self, text):
        self.article_1.refresh_from_db()
        drafting.revise_article(
            self.article_1,
            by=self.lan,
            base_version=self.article_1.version,
            heading=self.article_1.heading,
            text=text,
            reason="Gọn",
        )

    def page(self, *, user=None, working=False, show=""):
        user = user or self.lan
        document = get_document_for(user, "read", pk=self.document.pk)
        standing = working_state(document) if working else latest_edition(document)
        return ReadingPage(document, user=user, standing=standing, show=show)


class AccessTests(ReadingTestCase):
    def test_a_member_reads_the_latest_edition(self):
        response = self.client.get(self.address)
        self.assertContains(response, "Dự thảo lần 1")
        self.assertContains(response, "Điều 1. Phạm vi, đối tượng áp dụng")

    def test_an_outsider_finds_nothing(self):
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(self.address).status_code, 404)

    def test_a_stranger_is_led_to_the_sign_in_and_back(self):
        self.client.logout()
        response = self.client.get(self.address)
        self.assertRedirects(response, f"{reverse('account_login')}?next={self.address}")

    def test_it_is_only_read(self):
        self.assertEqual(self.client.post(self.address).status_code, 405)

    def test_a_commenter_is_told_who_sees_the_working_text(self):
        response = self.client.get(self.address, {"text": "working"})
        self.assertEqual(response.status_code, 403)

    def test_drafters_read_the_working_text(self):
        self.revise("1. Mới.")
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.address, {"text": "working"}), "Mới.")
        self.assertNotContains(self.client.get(self.address), "Mới.")

    def test_an_old_link_keeps_working_and_says_which_edition_counts_now(self):
        self.revise("1. Mới.")
        drafting.issue_edition(self.document, by=self.lan)
        response = self.client.get(self.address, {"edition": 1})
        self.assertContains(response, "Các ban tham mưu của Tỉnh ủy")
        self.assertContains(response, "Dự thảo lần 2")
        self.assertContains(response, "?old=1&amp;new=2")
        self.assertNotContains(response, "data-commentable")

    def test_a_recalled_edition_gives_way_to_the_one_before_it(self):
        self.revise("1. Câu phát hành nhầm.")
        second = drafting.issue_edition(self.document, by=self.lan)
        here = self.client.get(self.address, {"edition": 2})
        self.assertContains(here, "Câu phát hành nhầm")
        drafting.recall_edition(second, by=self.thu, reason="Phát hành khi chưa được duyệt")
        self.assertContains(self.client.get(self.address), "Các ban tham mưu của Tỉnh ủy")
        for address in (self.address, reverse("comments:article", args=[self.document.pk, "1"])):
            response = self.client.get(address, {"edition": 2})
            self.assertContains(response, "Phát hành khi chưa được duyệt", status_code=410)
            self.assertContains(response, "Dự thảo lần 1", status_code=410)
            self.assertNotContains(response, "Câu phát hành nhầm", status_code=410)
        self.client.force_login(self.lan)
        response = self.client.get(self.address, {"edition": 2})
        self.assertContains(response, "Câu phát hành nhầm")
        self.assertContains(response, "Phát hành khi chưa được duyệt")
        self.assertNotContains(response, "data-commentable")

    def test_comments_on_a_recalled_edition_stay_with_the_words_they_were_made_on(self):
        self.revise(ARTICLE_1 + "\n3. Câu phát hành nhầm.")
        second = drafting.issue_edition(self.document, by=self.lan)
        for words in ("Ủy viên Ban Chấp hành", "Câu phát hành nhầm"):
            self.comment(words, edition=second)
        drafting.recall_edition(second, by=self.thu, reason="Phát hành nhầm")
        page = self.client.get(self.address).context["page"]
        states = {note.comment.quote: note.state for note in page.notes}
        self.assertEqual(states, {"Ủy viên Ban Chấp hành": "unchanged", "Câu phát hành nhầm": "removed"})

    def test_when_the_only_edition_is_recalled_readers_are_told_why(self):
        drafting.recall_edition(self.edition, by=self.thu, reason="Gửi nhầm tệp")
        response = self.client.get(self.address)
        self.assertContains(response, "Gửi nhầm tệp")
        self.assertNotContains(response, "Các ban tham mưu của Tỉnh ủy")
        self.assertEqual(self.client.get(reverse("comments:new", args=[self.document.pk])).status_code, 409)

    def test_an_edition_that_is_not_there_is_not_found(self):
        for number in ("9", "một", "99999999999999999999"):
            self.assertEqual(self.client.get(self.address, {"edition": number}).status_code, 404)

    def test_before_the_first_edition_members_are_told_to_wait(self):
        document = make_document(by=self.lan)
        drafting.give_seat(document, by=self.lan, role="commenter", user=self.minh)
        response = self.client.get(reverse("comments:reader", args=[document.pk]))
        self.assertEqual(response.status_code, 200)
        self.assertNotContains(response, "text=working")
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(reverse("comments:reader", args=[document.pk])), "text=working")

    def test_readers_are_not_offered_to_comment(self):
        drafting.give_seat(self.document, by=self.lan, role="reader", user=self.minh)
        self.assertNotContains(self.client.get(self.address), reverse("comments:new", args=[self.document.pk]))


class TextTests(ReadingTestCase):
    def test_a_line_on_the_page_is_the_stored_line_character_by_character(self):
        self.comment("nguyên tắc, chế độ")
        page = self.client.get(self.address).content.decode()
        self.assertEqual(rendered_lines(page)[:4], ARTICLE_1.split("\n"))

    def test_articles_and_clauses_have_addresses(self):
        page = self.client.get(self.address).content.decode()
        for anchor in ("dieu-1", "dieu-2", "dieu-1-khoan-1", "dieu-1-khoan-2", "dieu-1-khoan-2-diem-a"):
            self.assertEqual(page.count(f'id="{anchor}"'), 1)

    def test_no_id_stands_twice_even_when_numbers_do(self):
        document = make_document(by=self.lan, articles=("1. Một.\n1. Một nữa.", "1. Hai."))
        document.provisions.filter(number="2").update(number="1", label="Điều 1")
        drafting.issue_edition(document, by=self.lan)
        self.client.force_login(self.lan)
        page = self.client.get(reverse("comments:reader", args=[document.pk])).content.decode()
        ids = re.findall(r'\sid="([^"]+)"', page)
        self.assertEqual(len(ids), len(set(ids)))

    def test_tables_are_set_as_tables_and_keep_their_characters(self):
        document = make_document(by=self.lan, articles=(TABLE,))
        drafting.issue_edition(document, by=self.lan)
        self.client.force_login(self.lan)
        page = self.client.get(reverse("comments:reader", args=[document.pk])).content.decode()
        self.assertIn("<table>", page)
        self.assertEqual(rendered_lines(page), TABLE.split("\n"))

    def test_what_people_wrote_is_text_not_markup(self):
        self.comment(text="<script>alert(1)</script>")
        self.assertNotContains(self.client.get(self.address), "<script>alert")

    def test_the_time_until_which_comments_are_taken_is_said(self):
        closes = timezone.make_aware(dt.datetime(2030, 11, 7, 17, 0))
        rounds.open_consultation(
            self.edition, by=self.lan, closes_at=closes, visibility=Consultation.Visibility.OPEN, people=[self.minh]
        )
        self.assertContains(self.client.get(self.address), "07/11/2030")


class ArticlePageTests(ReadingTestCase):
    def at(self, number, **query):
        return self.client.get(reverse("comments:article", args=[self.document.pk, number]), query)

    def test_one_article_stands_on_a_page_of_its_own_with_its_neighbours(self):
        response = self.at("1")
        self.assertContains(response, "Phạm vi, đối tượng áp dụng")
        self.assertNotContains(response, "báo cáo Ban Chấp hành")
        self.assertContains(response, reverse("comments:article", args=[self.document.pk, "2"]))

    def test_it_is_also_found_by_its_lasting_identity(self):
        self.assertContains(self.at(str(self.article_2.wid)), "báo cáo Ban Chấp hành")

    def test_what_is_not_there_is_not_found(self):
        self.assertEqual(self.at("99").status_code, 404)
        self.assertEqual(self.at(str(uuid.uuid4())).status_code, 404)

    def test_outsiders_strangers_and_posts_are_answered_as_everywhere(self):
        address = reverse("comments:article", args=[self.document.pk, "1"])
        self.assertEqual(self.client.post(address).status_code, 405)
        self.assertEqual(self.at("1", text="working").status_code, 403)
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(address).status_code, 404)
        self.client.logout()
        self.assertEqual(self.client.get(address).status_code, 302)

    def test_all_notes_stand_on_it_while_the_whole_draft_shows_the_newest_of_a_place(self):
        for number in range(5):
            self.comment("nguyên tắc", by=self.dai, text=f"Ý kiến số {number}")
        whole, article = self.client.get(self.address).content.decode(), self.at("1").content.decode()
        self.assertEqual(whole.count("Ý kiến số"), 3)
        self.assertIn("Ý kiến số 4", whole)
        self.assertEqual(article.count("Ý kiến số"), 5)

    def test_ones_own_notes_are_always_shown(self):
        for number in range(5):
            self.comment("nguyên tắc", text=f"Ý kiến số {number}")
        self.assertEqual(self.client.get(self.address).content.decode().count("Ý kiến số"), 5)


class CommentsOnThePageTests(ReadingTestCase):
    def test_commented_words_are_marked_and_the_note_says_who_where_and_what(self):
        comment = self.comment("chế độ làm việc", by=self.dai)
        page = self.client.get(self.address).content.decode()
        self.assertIn(f'<mark data-comments="{comment.pk}">chế độ làm việc</mark>', page)
        note = page[page.index(f'id="comment-{comment.pk}"') :]
        for said in ("Đại", "Mặt trận", "Khoản 1 Điều 1", "Nên rõ hơn."):
            self.assertIn(said, note)

    def test_the_drafting_unit_is_led_to_the_answer(self):
        answer = reverse("comments:response", args=[self.comment("chế độ làm việc").pk])
        self.assertNotContains(self.client.get(self.address), answer)
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.address), answer)

    def test_overlapping_marks_name_every_comment(self):
        one, other = self.comment("nguyên tắc, chế độ"), self.comment("chế độ làm việc")
        page = self.client.get(self.address).content.decode()
        self.assertIn(f'<mark data-comments="{one.pk} {other.pk}">chế độ</mark>', page)

    def test_a_withdrawn_comment_is_gone(self):
        services.withdraw_comment(self.comment("chế độ làm việc", text="Rút lại sau"), by=self.minh)
        response = self.client.get(self.address)
        self.assertNotContains(response, "Rút lại sau")
        self.assertNotContains(response, "<mark")

    def test_general_remarks_stand_behind_the_text(self):
        self.general(text="Nhất trí bố cục")
        self.assertContains(self.client.get(self.address), "Nhất trí bố cục")

    def test_the_contents_count_what_this_person_may_see(self):
        self.comment(by=self.dai)
        self.comment(by=self.minh)
        self.assertEqual(self.page(user=self.minh).leaves[1].count, 2)
        rounds.open_consultation(
            self.edition,
            by=self.lan,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.DRAFTERS,
            people=[self.minh, self.dai],
        )
        self.assertEqual(self.page(user=self.minh).leaves[1].count, 1)
        self.assertEqual(self.page(user=self.lan).leaves[1].count, 2)

    def test_it_shows_mine_my_units_or_the_unanswered_ones(self):
        mine = self.comment(text="Của tôi")
        self.comment(by=self.dai, text="Của Mặt trận")
        answered = self.comment(by=self.dai, text="Đã trả lời")
        services.answer_comment(answered, by=self.lan, outcome="accepted")
        shown = {show: self._said({"show": show}) for show in ("mine", "unit", "open", "nonsense")}
        self.assertEqual(shown["mine"], ["Của tôi"])
        self.assertEqual(shown["unit"], ["Của tôi"])
        self.assertEqual(shown["open"], ["Của tôi", "Của Mặt trận"])
        self.assertEqual(len(shown["nonsense"]), 3)
        self.assertEqual(mine.author, self.minh)

    def _said(self, query):
        page = self.client.get(self.address, query).content.decode()
        return re.findall(r'class="said lines">([^<]*)<', page)

    def test_the_keys_of_ones_own_comments_tell_the_browser_what_arrived(self):
        mine, other = self.comment(), self.comment(by=self.dai)
        page = self.client.get(self.address).content.decode()
        self.assertIn(str(mine.key), page)
        self.assertNotIn(str(other.key), page)


class FateTests(ReadingTestCase):
    def fate(self, text, quote="chế độ làm việc", **fields):
        comment = self.comment(quote, **fields)
        self.revise(text)
        notes = [*self.page(working=True).notes, *self.page(working=True).homeless]
        return next(note.state for note in notes if note.comment == comment)

    def test_words_that_stand_as_they_stood_are_unchanged_wherever_they_went(self):
        self.assertEqual(self.fate("1. Câu mới đứng trước.\n" + ARTICLE_1), "unchanged")

    def test_words_that_were_reworded_are_changed(self):
        changed = ARTICLE_1.replace("nguyên tắc, chế độ làm việc", "nguyên tắc, lề lối làm việc")
        self.assertEqual(self.fate(changed, "nguyên tắc, chế độ làm việc"), "changed")

    def test_words_that_are_gone_are_removed(self):
        self.assertEqual(self.fate("2. Quy chế áp dụng đối với:\na) Ủy viên Ban Chấp hành;"), "removed")

    def test_a_comment_on_the_article_says_whether_the_article_changed(self):
        self.assertEqual(self.fate(ARTICLE_1 + "\n3. Thêm.", ""), "changed")

    def test_a_comment_on_a_clause_follows_its_clause_and_not_its_number(self):
        comment = self.comment(clause="khoản 2")
        self.revise("1. Khoản mới.\n" + ARTICLE_1.replace("2. Quy", "3. Quy").replace("1. Quy", "2. Quy"))
        leaf = self.page(working=True).leaves[1]
        rows = [block.row for block in leaf.blocks]
        place = next(row.line.label for row in rows if any(note.comment == comment for note in row.notes))
        self.assertEqual(place, "khoản 3")
        self.assertEqual([note.place for note in leaf.all_notes], ["khoản 3 Điều 1"])
        self.client.force_login(self.lan)
        response = self.client.get(reverse("comments:reader", args=[self.document.pk]), {"text": "working"})
        self.assertContains(response, "Khoản 3 Điều 1</a>")

    def test_words_that_are_gone_are_named_as_they_were_read(self):
        self.comment(clause="khoản 2")
        self.document.provisions.filter(pk=self.article_1.pk).update(number="7", label="Điều 7", text="1. Khác hẳn.")
        self.assertEqual([note.place for note in self.page(working=True).notes], ["khoản 2 Điều 1"])

    def test_my_comments_are_named_as_the_edition_called_their_place(self):
        self.comment(clause="khoản 2")
        self.document.provisions.filter(pk=self.article_1.pk).update(number="7", label="Điều 7")
        self.client.force_login(self.minh)
        self.assertContains(self.client.get(reverse("comments:mine")), "Khoản 2 Điều 1</a>")

    def test_on_its_own_edition_nothing_is_said(self):
        self.comment("chế độ làm việc")
        self.assertEqual([note.state for note in self.page().notes], [""])

    def test_a_later_edition_says_it_too(self):
        self.comment("chế độ làm việc")
        self.revise("1. Câu mới đứng trước.\n" + ARTICLE_1)
        drafting.issue_edition(self.document, by=self.lan)
        self.assertEqual([note.state for note in self.page().notes], ["unchanged"])

    def test_comments_on_an_article_that_left_the_text_are_not_lost(self):
        comment = self.comment("chế độ làm việc")
        self.document.provisions.filter(pk=self.article_1.pk).update(is_removed=True)
        page = self.page(working=True)
        self.assertEqual(
            [(n.comment, n.state, n.place) for n in page.homeless], [(comment, "removed", "khoản 1 Điều 1")]
        )

    def test_the_side_of_the_editor_shows_the_comments_of_one_article(self):
        self.comment("chế độ làm việc", text="Bên lề")
        address = reverse("comments:provision_comments", args=[self.document.pk, self.article_1.wid])
        self.assertEqual(self.client.get(address).status_code, 403)
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(address), "Bên lề")
        part = self.client.get(address, headers={"hx-request": "true"})
        self.assertNotContains(part, "<html")
        self.assertEqual(self.client.post(address).status_code, 405)
        other = reverse("comments:provision_comments", args=[self.document.pk, uuid.uuid4()])
        self.assertEqual(self.client.get(other).status_code, 404)
        self.client.force_login(self.hoa)
        self.assertEqual(self.client.get(address).status_code, 404)


class QueryTests(ReadingTestCase):
    def queries(self, **query):
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(self.client.get(self.address, query).status_code, 200)
        return len(captured)

    def test_their_number_does_not_grow_with_the_comments(self):
        rounds.open_consultation(
            self.edition,
            by=self.lan,
            closes_at=timezone.now() + dt.timedelta(days=3),
            visibility=Consultation.Visibility.OPEN,
            people=[self.minh],
        )
        self.comment("nguyên tắc", by=self.dai)
        self.queries()
        few = self.queries()
        for number in range(12):
            comment = self.comment("chế độ", by=(self.dai, self.minh, self.thu)[number % 3], on_behalf_of=self.city)
            services.reply(comment, by=self.minh, key=uuid.uuid4(), text="Đồng ý")
            services.answer_comment(comment, by=self.lan, outcome="accepted")
        self.assertEqual(self.queries(), few)
        self.assertLessEqual(few, 15)

    def test_nor_on_the_working_text_after_several_editions(self):
        self.client.force_login(self.lan)
        self.comment("chế độ làm việc")
        for number in range(3):
            self.revise(ARTICLE_1 + f"\n{number + 3}. Thêm khoản {number}.")
            drafting.issue_edition(self.document, by=self.lan)
        self.queries(text="working")
        few = self.queries(text="working")
        for edition in self.document.editions.all():
            self.comment("chế độ", by=self.dai, edition=edition)
        self.assertEqual(self.queries(text="working"), few)
        self.assertLessEqual(few, 15)


class ProgrammeTests(ReadingTestCase):
    def test_a_programme_is_read_and_commented_on_by_part_and_item(self):
        nodes = [
            Node(Kind.PART, "I", "MỤC ĐÍCH", "Mở đầu phần một.", None, 0, 1, label="I-"),
            Node(Kind.ITEM, "1", "", "Cụ thể hóa mục tiêu.", 0, 1, 2, label="1."),
        ]
        document = drafting.create_document(
            by=self.lan, title="Chương trình", kind=Document.Kind.PROGRAMME, nodes=nodes
        )
        edition = drafting.issue_edition(document, by=self.lan)
        self.client.force_login(self.lan)
        for sheet in edition_text(edition):
            services.add_comment(
                edition, by=self.lan, key=uuid.uuid4(), kind="other", text=f"Góp ý {sheet.kind}", sheet=sheet
            )
            for address in (
                reverse("comments:reader", args=[document.pk]),
                reverse("comments:article", args=[document.pk, str(sheet.wid)]),
            ):
                response = self.client.get(address)
                self.assertContains(response, f"Góp ý {sheet.kind}")
                self.assertContains(response, f"?wid={sheet.wid}")
