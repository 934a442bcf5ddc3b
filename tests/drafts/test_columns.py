from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.columns import columns, title_of
from drafts.likeness import Article
from drafts.wording import Kind

A = Article(
    "Điều 4", "Ban Thường vụ và Thường trực", "1. Quyết định chương trình năm.\n2. Chỉ đạo công việc hằng ngày."
)
B = Article("Điều 4", "Ban Thường vụ", "1. Quyết định chương trình cả năm.")
C = Article("Điều 5", "Thường trực", "1. Chỉ đạo công việc hằng ngày.")


def words(part):
    return "\n".join("".join(span.text for span in line) for line in (part.title, *part.paragraphs))


def marked(parts):
    return [
        span.text
        for part in parts
        for line in (part.title, *part.paragraphs)
        for span in line
        if span.kind != Kind.SAME
    ]


def test_a_split_finds_the_clause_that_went_to_the_other_article():
    old, new = columns((A,), (B, C))
    assert [words(part) for part in new] == [f"{title_of(a)}\n{a.text}" for a in (B, C)]
    assert "cả " in "".join(marked(new))
    assert not any("Chỉ đạo" in text for text in marked(old) + marked(new))


def test_another_number_alone_is_not_marked():
    old, new = columns((C,), (Article("Điều 9", C.heading, C.text.replace("1.", "2.")),))
    assert marked(old) == marked(new) == []
    assert words(new[0]).startswith("Điều 9. Thường trực\n2. Chỉ đạo")


def test_what_has_no_counterpart_is_one_block():
    old, new = columns((), (A,))
    assert old == () and new[0].is_whole and marked(new) == []
    assert not columns((A,), (A,))[1][0].is_whole


LINES = st.lists(st.sampled_from(["1. Họp.", "2. Báo cáo tháng.", "a) Thư ký;", "Điều khoản khác", ""]), max_size=4)
ARTICLES = st.lists(
    st.builds(lambda h, t: Article("Điều 1", h, "\n".join(t)), st.text("ab ", max_size=4), LINES), max_size=3
)


@settings(max_examples=120)
@given(ARTICLES, ARTICLES)
def test_no_word_is_lost_on_either_side(old, new):
    for articles, parts in zip((old, new), columns(tuple(old), tuple(new)), strict=True):
        assert [words(part) for part in parts] == [
            "\n".join([title_of(a), a.text] if a.text else [title_of(a)]) for a in articles
        ]
