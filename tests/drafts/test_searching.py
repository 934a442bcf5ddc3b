"""Searching documents and articles: what is found, in which order, by whom, and how it stays true."""

import time
import unicodedata

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from drafts import services
from drafts.inquiry import folded, inquire, spelled
from drafts.models import CirculatedSheet, Provision, Seat
from drafts.photographs import edition_text
from drafts.searching import find, finders, read_key, scope_of, write_key
from tests.people import DraftTestCase, make_document

LETTERS = "aáàảãạăắâấđĐÐdeêếioôơớuưứyýbcghnt 0123456789.,;-/“”\"'()ủỷỵ\u0301\u0323\u031b"


class AsTheDatabaseDoesTests(HypothesisTestCase):
    """The database folds what is searched, Python what is typed: they must agree."""

    @settings(max_examples=100)
    @given(st.text(LETTERS, max_size=60), st.booleans())
    def test_every_text_is_found_by_its_own_words(self, text, decomposed):
        text = unicodedata.normalize("NFD" if decomposed else "NFC", text)
        with connection.cursor() as cursor:
            cursor.execute("SELECT gopy_folded(%s), gopy_spelled(%s)", [text, text])
            row = cursor.fetchone()
        self.assertEqual([part.split() for part in row], [folded(text), spelled(text)])

    @settings(max_examples=60)
    @given(st.text("abdđ0123456789e.-", min_size=1, max_size=12))
    def test_every_word_is_found_by_itself(self, word):
        inquiry = inquire(word)
        if not inquiry:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT to_tsvector('simple', gopy_folded(%s)) @@ to_tsquery('simple', %s)",
                [f"trước {word} sau", inquiry.folded_query],
            )
            self.assertEqual(cursor.fetchone(), (True,), word)


class SearchTestCase(DraftTestCase):
    def found(self, typed, *, user=None, kind="articles", document=None, after="", limit=20):
        scope = scope_of(user or self.lan)
        return find(inquire(typed), scope=scope, kinds=[kind], document=document, after=after, limit=limit)[0]

    def titles(self, typed, **options):
        return ["".join(piece.text for piece in hit.title) for hit in self.found(typed, **options).hits]

    def revise(self, article, text, heading=None):
        article.refresh_from_db()
        services.revise_article(
            article,
            by=self.lan,
            base_version=article.version,
            heading=heading or article.heading,
            text=text,
            reason="Rõ hơn",
        )


class WordsTests(SearchTestCase):
    def test_words_are_found_with_and_without_marks(self):
        for typed in ("tập trung dân chủ", "tap trung dan chu", "TẬP TRUNG", "điều 2 tập trung", "dieu 2 tap trung"):
            self.assertEqual(self.titles(typed), ["Điều 2. Nguyên tắc làm việc"], typed)

    def test_old_and_new_tones_and_decomposed_letters_are_found(self):
        for typed in ("tỉnh uỷ", "tỉnh ủy", unicodedata.normalize("NFD", "tỉnh ủy"), "tinh uy"):
            self.assertEqual(len(self.titles(typed)), 1, typed)

    def test_all_words_must_stand_there(self):
        self.assertEqual(self.titles("tập trung tỉnh ủy"), [])

    def test_a_phrase_in_quotes_stands_as_it_is(self):
        self.assertEqual(len(self.titles('"lãnh đạo, cá nhân"')), 1)
        self.assertEqual(self.titles('"cá nhân lãnh đạo"'), [])
        self.assertEqual(len(self.titles("cá nhân lãnh đạo")), 1)

    def test_what_is_spelled_as_typed_stands_first(self):
        self.revise(self.article_1, "1. Ban hành dạng mẫu.")
        self.revise(self.article_2, "1. Tổ chức đảng.")
        self.assertEqual([title[:6] for title in self.titles("dạng")], ["Điều 1", "Điều 2"])
        self.assertEqual([title[:6] for title in self.titles("đảng")], ["Điều 2"])
        self.assertEqual(len(self.titles("dang")), 2)

    def test_a_typed_stroke_is_not_forgotten(self):
        self.revise(self.article_1, "1. Dạng mẫu.")
        self.assertEqual(self.titles("đang"), [])

    def test_a_heading_with_the_words_stands_before_a_text_with_them(self):
        self.revise(self.article_1, "1. Chế độ họp.")
        self.revise(self.article_2, "1. Không có.", heading="Chế độ họp")
        self.assertEqual([title[:6] for title in self.titles("chế độ họp")], ["Điều 2", "Điều 1"])

    def test_hits_say_where_they_are_and_lead_to_the_very_line(self):
        hit = self.found("các ban tham mưu").hits[0]
        self.assertIn("Điểm b khoản 2", hit.facts)
        self.assertTrue(hit.url.endswith("#dieu-1-khoan-2-diem-b"))
        self.assertIn("?text=working", hit.url)

    def test_documents_are_found_by_their_title(self):
        self.assertEqual(self.titles("quy che lam viec", kind="documents"), ["Quy chế làm việc của Tỉnh ủy"])

    def test_one_document_alone_can_be_searched(self):
        other = make_document(by=self.lan, title="Quy chế khác")
        self.assertEqual(len(self.titles("tập trung")), 2)
        self.assertEqual(len(self.titles("tập trung", document=other)), 1)

    def test_pages_lead_on_by_key_and_miss_nothing(self):
        for number in range(4):
            make_document(
                by=self.lan, title=f"Quy chế {number}", articles=("1. Ủy viên.", "1. Uy tín.", "1. ủy quyền.")
            )
        whole = [hit.url for hit in self.found("ủy", limit=100).hits]
        self.assertEqual(len(whole), 13)
        pages, after = [], ""
        while True:
            part = self.found("ủy", after=after, limit=5)
            pages.append([hit.url for hit in part.hits])
            after = part.next
            if not after:
                break
        self.assertEqual([len(page) for page in pages], [5, 5, 3])
        self.assertEqual([url for page in pages for url in page], whole)

    def whole_and_in_pages(self, typed, **options):
        whole = [hit.url for hit in self.found(typed, limit=100, **options).hits]
        paged, after = [], ""
        while True:
            part = self.found(typed, after=after, limit=2, **options)
            paged += [hit.url for hit in part.hits]
            after = part.next
            if not after:
                return whole, paged

    def test_phrases_are_found_in_working_texts_and_editions_alike_and_lead_on(self):
        """Of one draft the reader sees the edition, of another the working text; a heading comes before a text."""
        own = make_document(
            by=self.minh,
            title="Quy chế của Minh",
            articles=("1. Chim yến tổ cao.", "1. Tổ chim yến.", "1. Chim yên ổn.", "1. Yến và chim.", "1. Chim yến."),
        )
        self.revise(self.article_1, "1. Chim yến làm tổ.")
        self.revise(self.article_2, "1. Con chim yên tổ.", heading="Chim yến")
        services.issue_edition(self.document, by=self.lan)
        hits = self.found('"chim yến"', user=self.minh).hits
        self.assertEqual(["?text=working" in hit.url for hit in hits], [False, True, True, True, False, True])
        self.assertEqual([hit.key[0] for hit in hits], [0, 0, 0, 0, 0, 1])
        self.assertIn("Điều 2. Chim yến", "".join(piece.text for piece in hits[0].title))
        self.assertIn("Khoản 1", hits[4].facts)
        self.assertIn(self.document.title, hits[4].facts)
        self.assertIn(own.title, hits[5].facts)
        for typed in ('"chim yến"', '"chim yen"', "chim yến", "chim yen"):
            whole, paged = self.whole_and_in_pages(typed, user=self.minh)
            self.assertEqual(paged, whole, typed)
            self.assertEqual(len(whole), 6 if typed[0] == '"' else 7, typed)

    def test_documents_lead_on_through_both_spellings(self):
        for title in ("Quy chế đảng", "Quy chế dạng", "Quy chế dang", "Quy chế dạng hai"):
            make_document(by=self.lan, title=title)
        whole, paged = self.whole_and_in_pages("dạng", kind="documents")
        self.assertEqual(paged, whole)
        self.assertEqual(
            self.titles("dạng", kind="documents"),
            ["Quy chế dạng hai", "Quy chế dạng", "Quy chế dang", "Quy chế đảng"],
        )

    def test_a_key_that_is_none_begins_at_the_first(self):
        self.assertEqual(read_key(write_key((0, 1, -5, 7))), (0, 1, -5, 7))
        for wrong in ("x", "1.x", ".", "1..2", "9" * 30, "1.-", "-"):
            self.assertEqual(read_key(wrong), (), wrong)
            self.assertEqual(len(self.titles("tập trung", after=wrong)), 1)


class TruthTests(SearchTestCase):
    """No way of writing can forget what is searched: the database computes it."""

    def test_the_working_text_is_found_as_soon_as_it_is_saved(self):
        self.revise(self.article_1, "1. Chim yến làm tổ.")
        self.assertEqual(len(self.titles("chim yen")), 1)
        self.assertEqual(self.titles("tham mưu"), [])

    def test_a_bulk_write_past_every_service_is_found_too(self):
        Provision.objects.filter(pk=self.article_1.pk).update(text="1. Chim yến.")
        self.assertEqual(len(self.titles("chim yen")), 1)

    def test_what_was_removed_is_not_found(self):
        Provision.objects.filter(pk=self.article_1.pk).update(is_removed=True)
        self.assertEqual(self.titles("tham mưu"), [])

    def test_an_edition_is_found_word_for_word(self):
        sheets = CirculatedSheet.objects.filter(edition=self.edition)
        stored = [(s.wid, s.kind, s.number, s.label, s.heading, s.text) for s in sheets]
        text = edition_text(self.edition)
        self.assertEqual(stored, [(s.wid, s.kind, s.number, s.label, s.heading, s.text) for s in text])


class SecretsTests(SearchTestCase):
    def test_readers_find_the_newest_edition_and_not_the_working_text(self):
        self.revise(self.article_1, "1. Chim yến làm tổ.")
        for user, new, old in ((self.minh, 0, 1), (self.chi, 1, 0), (self.lan, 1, 0), (self.hoa, 0, 0)):
            self.assertEqual(len(self.titles("chim yến", user=user)), new, user)
            self.assertEqual(len(self.titles("tham mưu", user=user)), old, user)

    def test_a_recalled_edition_is_not_found(self):
        self.revise(self.article_1, "1. Chim yến làm tổ.")
        second = services.issue_edition(self.document, by=self.lan)
        self.assertEqual(len(self.titles("chim yến", user=self.minh)), 1)
        services.recall_edition(second, by=self.lan, reason="Gửi nhầm")
        self.assertEqual(self.titles("chim yến", user=self.minh), [])
        self.assertEqual(len(self.titles("tham mưu", user=self.minh)), 1)

    def test_an_older_edition_is_not_found(self):
        self.revise(self.article_1, "1. Chim yến làm tổ.")
        services.issue_edition(self.document, by=self.lan)
        self.assertEqual(self.titles("tham mưu", user=self.minh), [])

    def test_outsiders_and_the_unseated_find_nothing_of_any_kind(self):
        scope = scope_of(self.hoa)
        for part in find(inquire("tỉnh ủy"), scope=scope, limit=5):
            self.assertEqual((part.hits, part.next), ([], ""), part.finder.kind)

    def test_before_the_first_edition_members_find_no_article(self):
        document = make_document(by=self.lan, title="Quy chế mới", articles=("1. Chim yến.",))
        services.give_seat(document, by=self.lan, role=Seat.Role.COMMENTER, user=self.minh)
        self.assertEqual(self.titles("chim yến", user=self.minh), [])

    def test_every_kind_is_registered(self):
        self.assertEqual(list(finders), ["documents", "articles", "comments", "conclusions"])


class SearchPageTests(SearchTestCase):
    def setUp(self):
        self.address = reverse("drafts:search")
        self.client.force_login(self.minh)

    def get(self, **asked):
        return self.client.get(self.address, asked)

    def test_hits_are_marked_and_escaped(self):
        self.revise(self.article_1, "1. <b>Chim</b> & yến <script>alert(1)</script>.")
        self.client.force_login(self.lan)
        response = self.get(q="chim")
        self.assertContains(response, "&lt;b&gt;<mark>Chim</mark>&lt;/b&gt; &amp; yến &lt;script&gt;")
        self.assertNotContains(response, "<script>alert")

    def test_what_was_typed_is_escaped(self):
        self.assertContains(self.get(q='"><script>'), "&quot;&gt;&lt;script&gt;")

    def test_an_empty_search_shows_the_box(self):
        response = self.get()
        self.assertContains(response, 'name="q"')
        self.assertEqual(response.context["found"], [])

    def test_nothing_found_says_what_to_try(self):
        self.assertContains(self.get(q="chim yến"), 'class="empty"')

    def test_a_place_leads_to_the_line_of_the_open_document(self):
        reader = reverse("comments:reader", args=[self.document.pk])
        for typed, anchor in (
            ("đ1 k2", "dieu-1-khoan-2"),
            ("điểm b khoản 2 Điều 1", "dieu-1-khoan-2-diem-b"),
            ("Đ.2", "dieu-2"),
        ):
            response = self.get(q=typed, at=self.document.pk)
            self.assertRedirects(response, f"{reader}#{anchor}", fetch_redirect_response=False)
        self.client.force_login(self.lan)
        self.assertEqual(self.get(q="đ1 k2", at=self.document.pk).url, f"{reader}?text=working#dieu-1-khoan-2")

    def test_who_reads_an_edition_stays_in_it(self):
        self.client.force_login(self.lan)
        reader = reverse("comments:reader", args=[self.document.pk])
        page = self.client.get(reader)
        self.assertContains(page, f'<input type="hidden" name="edition" value="{self.edition.number}">')
        self.assertNotContains(self.client.get(f"{reader}?text=working"), 'name="edition"')
        response = self.get(q="đ1 k2", at=self.document.pk, edition=self.edition.number)
        self.assertEqual(response.url, f"{reader}?edition={self.edition.number}#dieu-1-khoan-2")
        for number in (9, "x", 2**40):
            response = self.get(q="đ1 k2", at=self.document.pk, edition=number)
            self.assertEqual(response.url, f"{reader}?text=working#dieu-1-khoan-2")

    def test_the_open_document_may_be_older_than_all_that_are_listed(self):
        for number in range(21):
            document = make_document(by=self.lan, title=f"Q{number}")
            services.give_seat(document, by=self.lan, role=Seat.Role.CHAIR, user=self.minh)
        self.assertIn("#dieu-1", self.get(q="đ1", at=self.document.pk).url)

    def test_a_clause_that_is_not_there_is_said_and_the_article_offered(self):
        response = self.get(q="đ1 k9", at=self.document.pk)
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "khoản 9 Điều 1")
        self.assertContains(response, '#dieu-1"')

    def test_without_an_open_document_those_with_the_article_are_listed(self):
        hidden = make_document(by=self.lan, title="Quy chế kín")
        response = self.get(q="điều 2")
        self.assertEqual([landing.document for landing in response.context["landings"]], [self.document])
        for at in (hidden.pk, "x", 2**40, ""):
            self.assertEqual(self.get(q="điều 2", at=at).status_code, 200)
        self.assertEqual(self.get(q="điều 77").context["landings"], [])

    def test_another_persons_document_cannot_be_searched(self):
        hidden = make_document(by=self.lan, title="Quy chế kín")
        for number in (hidden.pk, 99_999_999, "x", 2**40):
            self.assertEqual(self.get(q="tỉnh ủy", document=number).status_code, 404, number)

    def test_one_kind_has_pages(self):
        for number in range(2):
            document = make_document(by=self.lan, title=f"Q{number}", articles=("1. Ủy viên.",) * 12)
            services.give_seat(document, by=self.lan, role=Seat.Role.CHAIR, user=self.minh)
        first = self.get(q="ủy viên", kind="articles")
        ((part, rest),) = first.context["found"]
        self.assertEqual(len(part.hits), 20)
        ((part, rest),) = self.client.get(self.address + rest).context["found"]
        self.assertEqual((len(part.hits), rest), (5, ""))

    def test_odd_questions_are_answered(self):
        for q in (
            "%",
            "\\",
            "' | '",
            "a" * 5000,
            "đ" * 300,
            "🙂",
            "1e5 0x1f 12e",
            "\ud800".encode("utf-8", "replace").decode(),
        ):
            for extra in (
                {},
                {"kind": "articles", "after": "1.2.3.4.5"},
                {"kind": "comments", "after": "0.99999999999"},
                {"kind": "x"},
            ):
                self.assertEqual(self.get(q=q, **extra).status_code, 200, (q, extra))

    def test_the_queries_do_not_grow(self):
        """One query a kind, two for articles, however much there is."""
        self.client.force_login(self.lan)
        self.get(q="tỉnh ủy")
        with self.assertNumQueries(14):
            self.get(q="tỉnh ủy")
        for number in range(4):
            services.issue_edition(make_document(by=self.lan, title=f"Quy chế {number}"), by=self.lan)
        with CaptureQueriesContext(connection) as queries:
            self.get(q="tỉnh ủy")
        self.assertLessEqual(len(queries), 14)

    def test_strangers_sign_in_and_nothing_is_written(self):
        self.assertEqual(self.client.post(self.address).status_code, 405)
        self.client.logout()
        self.assertEqual(self.get(q="a").status_code, 302)


class TimingTests(SearchTestCase):
    def test_a_word_of_a_hidden_draft_takes_no_longer_than_one_that_stands_nowhere(self):
        make_document(by=self.chi, title="Kín", articles=("1. Chim yến làm tổ.",))
        scope = scope_of(self.minh)
        times = {"chim": [], "chem": []}
        for _ in range(40):
            for word, taken in times.items():
                begun = time.perf_counter()
                find(inquire(word), scope=scope, limit=5)
                taken.append(time.perf_counter() - begun)
        fastest = {word: sorted(taken)[4] for word, taken in times.items()}
        self.assertLess(abs(fastest["chim"] - fastest["chem"]), 0.25 * fastest["chem"] + 0.001)
