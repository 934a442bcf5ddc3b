"""Checks of a draft: what each finds, and what it must not find."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drafts.checks import USUAL, Draft, Kind, check
from drafts.mending import mended
from drafts.texts import Text
from tests.drafts.citations.texts import article, of_articles, sheet, text


def found(of, kind):
    """The words each finding of that kind points at."""
    of = of if isinstance(of, Text) else of_articles(*of)
    draft = Draft(of)
    return [draft.excerpt(one.place) for one in check(of, kinds=[kind])]


def said(of, kind):
    of = of if isinstance(of, Text) else of_articles(*of)
    return [one.message % one.params for one in check(of, kinds=[kind])]


class TestCitations:
    def test_into_nowhere(self):
        of = of_articles("1. Một.", "1. Theo khoản 2 Điều 1.\n2. Theo Điều 7.")
        assert said(of, Kind.CITATION) == [
            "“khoản 2 Điều 1” leads nowhere: Điều 1 has no such clause or point.",
            "“Điều 7” leads nowhere: there is no such place in this text.",
        ]

    def test_by_a_number_of_before(self):
        of = of_articles("1. Một.", "1. Theo khoản 1 Điều 1 [cũ].")
        assert said(of, Kind.CITATION) == [
            "“khoản 1 Điều 1” goes by numbers of before: what it cited is not to be found by them any more."
        ]

    def test_of_the_very_clause_and_in_a_circle(self):
        of = of_articles("1. Thực hiện theo khoản 1 Điều này.", "Thực hiện theo Điều 3.", "Thực hiện theo Điều 2.")
        assert found(of, Kind.CITATION) == ["khoản 1 Điều này", "Điều 2"]

    def test_places_that_say_something_themselves_may_cite_each_other(self):
        first = (
            "1. "
            + "Ban Thường vụ thảo luận và quyết định những vấn đề lớn về công tác cán bộ "
            + "theo khoản 1 Điều 2."
        )
        second = (
            "1. "
            + "Văn phòng chuẩn bị hồ sơ, gửi đến các đồng chí ủy viên trước hội nghị năm ngày "
            + "theo khoản 1 Điều 1."
        )
        assert found([first, second], Kind.CITATION) == []

    def test_appendices_the_draft_has_not(self):
        assert said(["Theo Phụ lục I và Phụ lục II."], Kind.CITATION) == [
            "“Phụ lục I” is cited, and this draft has no appendix."
        ]

    def test_a_name_that_is_not_its_own(self):
        of = of_articles("Quy chế này quy định; Quyết định này.", title="QUY ĐỊNH về chức năng")
        assert [one.replacement for one in check(of, kinds=[Kind.CITATION])] == ["Quy định này"]
        assert found(of_articles("Quy chế này.", title="Quy chế làm việc"), Kind.CITATION) == []


class TestNumbering:
    def test_articles_and_headings(self):
        of = text(sheet("chapter", "I"), article(1), article(3), article(3), sheet("chapter", "IV"), article(4))
        assert said(of, Kind.NUMBERING) == [
            "Điều 3 follows Điều 1.",
            "Điều 3 comes a second time.",
            "Chương IV follows Chương I.",
        ]

    def test_inserted_ones_are_in_their_row(self):
        assert said(text(*(article(n) for n in ("1", "1a", "1b", "2"))), Kind.NUMBERING) == []

    def test_chapters_begin_anew_in_each_part(self):
        of = text(
            sheet("part", "I"),
            sheet("chapter", "I", name="a", parent="part I"),
            sheet("part", "II"),
            sheet("chapter", "I", name="b", parent="part II"),
        )
        assert said(of, Kind.NUMBERING) == []

    def test_a_missing_letter(self):
        of = of_articles("1. Gồm:\na) A;\nb) B;\nc) C;\nd) D;\ne) E.\n3. Ba.")
        assert said(of, Kind.NUMBERING) == ["đ is missing before e.", "2 is missing before 3."]


class TestNames:
    def test_an_article_without_a_heading_among_others_with_one(self):
        bare = replace(article(3), heading="")
        assert len(found(text(article(1), article(2), bare), Kind.HEADING)) == 1
        assert found(text(article(1), replace(article(2), heading=""), bare), Kind.HEADING) == []

    def test_terms_defined_twice_or_used_before(self):
        of = of_articles(
            "1. Ban Quản lý làm việc tập thể.\n2. Ban Quản lý dự án (sau đây gọi tắt là Ban Quản lý) có con dấu.",
            "1. Các đơn vị trực thuộc (sau đây gọi là đơn vị).\n2. Ban (sau đây gọi tắt là Ban Quản lý).",
        )
        assert said(of, Kind.TERM) == [
            "“Ban Quản lý” is used here, before it is defined.",
            "“Ban Quản lý” is defined a second time.",
        ]

    def test_terms_explained_and_never_used(self):
        meanings = replace(article(1, "1. “Hồ sơ” là giấy tờ.\n2. Người nộp là cá nhân."), heading="Giải thích từ ngữ")
        used = article(2, "1. Người nộp có mặt.\n2. Nhóm công tác (sau đây gọi tắt là Đội). Một việc.")
        assert said(text(meanings, used), Kind.TERM) == [
            "“Hồ sơ” is defined here and never used.",
            "“Đội” is defined here and never used.",
        ]

    def test_a_common_word_may_be_said_before(self):
        assert found(["1. Mọi đơn vị.\n2. Các sở (sau đây gọi là đơn vị)."], Kind.TERM) == []

    def test_abbreviations_never_spelled_out_the_first_place_only(self):
        of = of_articles(
            "1. HĐND quyết định.\n2. HĐND giám sát; Ủy ban nhân dân (UBND) tổ chức; UBND báo cáo.\nVí dụ: Sở AH gửi.",
            "1. Nghị quyết số 12-NQ/TU, Chương II, QĐ-UBND.\n2. Tổ công tác (sau đây viết tắt là TCT). TCT họp.",
        )
        assert found(of, Kind.ABBREVIATION) == ["HĐND"]


class TestSentences:
    def test_a_very_long_one(self):
        long = "Ban " + "làm việc " * 50 + "."
        assert len(found([f"1. Ngắn. {long} Ngắn nữa."], Kind.SENTENCE)) == 1
        assert found(["1. " + "Ban làm việc; " * 60], Kind.SENTENCE) == []

    def test_points_without_a_sign_get_the_right_one(self):
        of = of_articles("1. Gồm:\na) Một\nb) Hai,\nc) Ba;\nd) Bốn\n2. Hai:\na) Năm; và\nb) Sáu:\n- Bảy\n3. Ba.")
        findings = check(of, kinds=[Kind.PUNCTUATION])
        assert [(one.place.label, one.replacement) for one in findings] == [
            ("điểm a khoản 1", "t;"),
            ("điểm b khoản 1", ";"),
            ("điểm d khoản 1", "n."),
            ("điểm b khoản 2", "y."),
        ]
        assert mended(of, findings).sheets[0].text == (
            "1. Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn.\n2. Hai:\na) Năm; và\nb) Sáu:\n- Bảy.\n3. Ba."
        )

    def test_a_number_broken_off_its_line_is_no_end(self):
        assert found(["1. Gồm:\na) Chấm thi (giám thị\n1): ghi điểm."], Kind.PUNCTUATION) == []


class TestLikeness:
    LINE = "Ban Thường vụ xem xét, quyết định việc bố trí, sử dụng, khen thưởng, kỷ luật cán bộ thuộc diện quản lý"

    def test_the_same_and_nearly_the_same_in_another_article(self):
        other = self.LINE.replace("bố trí, sử dụng", "bố trí")
        assert said(of_articles(f"1. {self.LINE}.", f"1. Một.\n2. {self.LINE};"), Kind.DUPLICATE) == [
            "Says the same as khoản 1, Điều 1."
        ]
        assert said(of_articles(f"1. {self.LINE}.", f"1. {other}."), Kind.DUPLICATE) == [
            "Says nearly the same as khoản 1, Điều 1."
        ]

    def test_rows_of_one_article_and_short_lines_may_be_alike(self):
        assert found([f"1. {self.LINE} A.\n2. {self.LINE} B."], Kind.DUPLICATE) == []
        assert found(["1. Họp mỗi tháng một lần.", "1. Họp mỗi tháng một lần."], Kind.DUPLICATE) == []


class TestGaps:
    def test_what_was_begun_and_is_not_there(self):
        of = of_articles("", "1. Gồm:\n2. Hai:\n2.1. A.\n2.2. B.", "1. Chỉ có một.", "1. Gồm:\na) A:\na1) A1.\n2. Hai:")
        assert said(of, Kind.GAP) == [
            "Điều 1 says nothing.",
            "A list is announced here, and none follows.",
            "khoản 1 stands alone: its row has no second.",
            "A list is announced here, and none follows.",
        ]

    def test_a_list_may_follow_as_a_table_or_plain_lines(self):
        assert said(["Gồm:\n| a | b |", "1. Gồm:\n- Một;\n- Hai.\n2. Hai."], Kind.GAP) == []


class TestSlips:
    def test_words_twice_glued_or_torn_and_signs(self):
        of = of_articles(
            "1. Trình phê duy ệt theo theo quy định; khi được phê duyệt thì thi công công trình.\n"
            "2. Viên chức,người lao động đápứng yêu cầu , không bịảnh hưởng.\n"
            "3. Gửi thông tin thông tin ngày 31/02/2025 và ngày 30 tháng 4 năm 2025; đội ngǜ, catalô, đội ngũ;."
        )
        findings = check(of, kinds=[Kind.SLIP])
        assert [(one.message % one.params, one.replacement) for one in findings] == [
            ("“duy ệt” is one word torn apart.", "duyệt"),
            ("“theo” stands here twice.", ""),
            ("No blank stands behind “,”.", ", "),
            ("“đápứng” are two words written as one.", "đáp ứng"),
            ("A blank stands before “,”.", ", "),
            ("“bịảnh” are two words written as one.", "bị ảnh"),
            ("“thông tin” stands here twice.", None),
            ("No calendar has the day 31/2/2025.", None),
            ("“ngǜ” can be no Vietnamese word.", None),
            ("Two signs stand side by side: “;.”.", None),
        ]
        assert mended(of, [one for one in findings if one.replacement is not None]).sheets[0].text.split("\n")[:2] == [
            "1. Trình phê duyệt theo quy định; khi được phê duyệt thì thi công công trình.",
            "2. Viên chức, người lao động đáp ứng yêu cầu, không bị ảnh hưởng.",
        ]

    def test_what_rightly_stands_twice(self):
        of = [
            "1. Hành vi vi phạm; trường hợp hợp đồng; năm năm; tổ kiểm tra kiểm tra; v.v.; điểm a, b; ngày 29/02/2024."
        ]
        assert said(of, Kind.SLIP) == []

    def test_of_suggestions_that_touch_the_same_words_the_first_counts(self):
        of = of_articles("1. Tỉnh uỷ, huyện ủy, phường ủy phê duy ệt ,khi duyệt của của dự án.")
        findings = [one for one in check(of, kinds=Kind) if one.replacement is not None]
        assert mended(of, [*findings, *findings]).sheets[0].text == (
            "1. Tỉnh ủy, huyện ủy, phường ủy phê duyệt, khi duyệt của dự án."
        )


class TestSpelling:
    def test_the_rarer_manner_is_turned_into_the_usual_one(self):
        of = of_articles("1. Tỉnh ủy, Đảng ủy, hòa bình; Tỉnh uỷ, HOÀ, khoẻ, quý, quỹ, toán.")
        findings = check(of, kinds=[Kind.SPELLING])
        assert [(one.params["word"], one.replacement) for one in findings] == [
            ("uỷ", "ủy"),
            ("HOÀ", "HÒA"),
            ("khoẻ", "khỏe"),
        ]
        assert not {one.kind for one in check(of, kinds=USUAL)} & {Kind.SPELLING}

    def test_one_manner_alone_is_no_mixture(self):
        assert found(["1. Tỉnh uỷ, hoà bình."], Kind.SPELLING) == []


WORDS = [
    "Điều 1",
    "khoản 2",
    "điểm a",
    "Ban",
    "UBND",
    "(sau đây gọi tắt là Ban)",
    "uỷ",
    "hòa",
    ";",
    ".",
    "\n1. ",
    "\na) ",
    "\n",
]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), min_size=1, max_size=4))
def test_any_text_is_checked_and_every_place_is_in_it(bodies):
    of = of_articles(*(body.strip("\n") for body in bodies))
    for one in check(of, kinds=Kind):
        body = getattr(of.find(one.place.wid), one.place.field)
        assert 0 <= one.place.start <= one.place.end <= len(body)
        assert one.message % one.params
        assert (one.suggestion or "x") % one.params


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), min_size=1, max_size=4))
def test_what_was_applied_is_not_found_again(bodies):
    of = of_articles(*("\n".join(line.strip() for line in body.split("\n") if line.strip()) for body in bodies))
    certain = [one for one in check(of, kinds=[Kind.PUNCTUATION]) if one.replacement]
    assert check(mended(of, certain), kinds=[Kind.PUNCTUATION]) == []
