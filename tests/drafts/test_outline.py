"""The lines of an article and how one cites them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.outline import LineKind, clause_label, outline

ARTICLE = """Thường trực làm việc theo các nguyên tắc sau:
1. Tập thể lãnh đạo, cá nhân phụ trách.
2. Mỗi việc giao cho một người:
a) Người chủ trì;
d) Người phối hợp;
đ) Người theo dõi.
- Báo cáo hằng tuần.
2a. Việc gấp do Bí thư quyết định.
3.[^1] Kinh phí 10.000 đồng.
10.000 đồng là mức tối thiểu.
28/12/2025 là hạn cuối.
| Đơn vị | Hạn |
[^1]: Theo quy định chung."""


def kinds_and_numbers(text):
    return [(line.kind, line.number) for line in outline(text)]


def test_clauses_points_tables_and_notes_are_told_apart():
    assert kinds_and_numbers(ARTICLE) == [
        (LineKind.PLAIN, ""),
        (LineKind.CLAUSE, "1"),
        (LineKind.CLAUSE, "2"),
        (LineKind.POINT, "a"),
        (LineKind.POINT, "d"),
        (LineKind.POINT, "đ"),
        (LineKind.PLAIN, ""),
        (LineKind.CLAUSE, "2a"),
        (LineKind.CLAUSE, "3"),
        (LineKind.PLAIN, ""),
        (LineKind.PLAIN, ""),
        (LineKind.TABLE, ""),
        (LineKind.NOTE, ""),
    ]


def test_lines_are_labelled_as_one_cites_them():
    assert [line.label for line in outline(ARTICLE)] == [
        "", "khoản 1", "khoản 2", "điểm a khoản 2", "điểm d khoản 2", "điểm đ khoản 2", "điểm đ khoản 2", "khoản 2a",
        "khoản 3", "khoản 3", "khoản 3", "khoản 3", "",
    ]  # fmt: skip


def test_points_without_clauses_have_a_label_too():
    assert [line.label for line in outline("a) Một;\nb) Hai.")] == ["điểm a", "điểm b"]


def test_the_marker_and_the_text_make_the_raw_line():
    line = outline("  1- Mở đầu")[0]
    assert (line.marker, line.text, line.number) == ("  1- ", "Mở đầu", "1")


@pytest.mark.parametrize("text", ["1. Một", "1- Một", "1/ Một", "1) Một", "1 . Một", "1.Một"])
def test_clauses_may_be_marked_in_several_ways(text):
    assert kinds_and_numbers(text) == [(LineKind.CLAUSE, "1")]


@pytest.mark.parametrize(
    "text", ["5- 7 người", "9/ mười", "1.500 đồng", "2026 là năm", "1.5 triệu", "x) gì", "Điều 1."]
)
def test_what_only_looks_like_a_clause_is_plain(text):
    assert all(kind is not LineKind.CLAUSE for kind, _ in kinds_and_numbers(text))


def test_dotted_clauses_of_administrative_papers_are_clauses():
    assert kinds_and_numbers("1.1. Mục tiêu\n1.2 Yêu cầu\n1.5 triệu đồng") == [
        (LineKind.CLAUSE, "1.1"),
        (LineKind.CLAUSE, "1.2"),
        (LineKind.PLAIN, ""),
    ]


def test_quoted_clauses_belong_to_the_clause_that_quotes_them():
    text = "1. Sửa khoản 3 như sau:\n“3. Bộ phận giúp việc gồm:\na) Thư ký;\nb) Chuyên viên.”.\n2. Bỏ khoản 4."
    assert [line.label for line in outline(text)] == ["khoản 1"] * 4 + ["khoản 2"]


def test_a_place_in_the_text_is_named():
    assert clause_label(ARTICLE, ARTICLE.index("Người theo dõi")) == "điểm đ khoản 2"
    assert clause_label(ARTICLE, 3) == ""
    assert clause_label(ARTICLE, ARTICLE.index("Việc gấp")) == "khoản 2a"
    assert clause_label(ARTICLE, len(ARTICLE) + 50) == ""
    assert clause_label("", 0) == ""


lines_of_articles = st.lists(
    st.one_of(
        st.sampled_from(["1. A", "a) B", "đ) C", "- D", "“Điều 2. E", "E”", "| a |", "[^1]: F", ""]),
        st.text(max_size=30),
    ),
    max_size=12,
)


@given(lines_of_articles)
def test_nothing_is_lost_or_changed(parts):
    text = "\n".join(parts)
    lines = outline(text)
    assert "\n".join(line.raw for line in lines) == text
    assert all(text[line.offset : line.offset + len(line.raw)] == line.raw for line in lines)


def test_the_cost_grows_with_the_length_only():
    def seconds(copies):
        text = "\n".join([ARTICLE] * copies)
        return min(timed(outline, text) for _ in range(3))

    assert seconds(1600) < 16 * seconds(200)


def timed(function, argument):
    start = time.process_time()
    function(argument)
    return time.process_time() - start
