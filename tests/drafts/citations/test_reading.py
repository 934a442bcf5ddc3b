"""Citations as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.citations import Scope, citations

HERE = [
    ("khoản 2 Điều 5", "5/2 5"),
    ("điểm a, điểm b khoản 2 Điều 54", "54/2/a 54/2/b 54/2 54"),
    ("điểm a và b khoản 1", "/1/a /1/b /1"),
    ("các điều 5, 6 và 7", "5 6 7"),
    ("từ Điều 5 đến Điều 9", "5 9"),
    ("Điều 5 - 9", "5 9"),
    ("các khoản 1, 2 và 3 Điều 5", "5/1 5/2 5/3 5"),
    ("các khoản 1, 2, và 3 Điều 5", "5/1 5/2 5/3 5"),
    ("khoản 1 Điều này", "này/1 này"),
    ("khoản 1 điều này", "này/1 này"),
    ("điểm đ khoản này", "/này/đ /này"),
    ("điểm a1 khoản 2a Điều 5b", "5b/2a/a1 5b/2a 5b"),
    ("Điểm a Khoản 2 Điều 103", "103/2/a 103/2 103"),
    ("điểm a, khoản 2, Điều 54", "54/2/a 54/2 54"),
    ("khoản 1 và khoản 4 Điều 8", "8/1 8/4 8"),
    ("khoản 3 Điều 9, Điều 13 của Quy chế này", "9/3 9 13"),
    ("khoản 2 và Điều 7", "/2 7"),
    ("Điều 5 khoản 2 điểm a", "5 5/2 5/2/a"),
    ("Điều 5, khoản 2 Điều 7", "5 7/2 7"),
    ("khoản 1, 2, 6 và điểm a khoản 7 Điều này", "này/1 này/2 này/6 này/7/a này/7 này"),
    ("các điểm b, c khoản này và khoản 4 Điều 29", "/này/b /này/c /này 29/4 29"),
    (
        "các điểm c, d và đ khoản 1, khoản 2, các điểm e, g khoản 3 Điều 6",
        "6/1/c 6/1/d 6/1/đ 6/1 6/2 6/3/e 6/3/g 6/3 6",
    ),
    ("khoản 2[^1] Điều 5[^2] và Điều 6", "5/2 5 6"),
    ("ĐIỀU 5", "5"),
    ("khoản 1 của Điều 5 thuộc Quy chế này", "5/1 5"),
    ("khoản 1.2 Điều 3", "3/1.2 3"),
]


def short(mention):
    steps = dict(mention.path)
    inner = [steps[level] for level in ("clause", "point") if level in steps]
    return "/".join([steps.get("article", ""), *inner])


@pytest.mark.parametrize(("words", "expected"), HERE)
def test_every_number_with_the_larger_units_it_stands_in(words, expected):
    found = citations(f"Thực hiện theo {words} và báo cáo.")
    assert " ".join(short(mention) for one in found for mention in one.mentions) == expected
    assert {one.scope for one in found} == {Scope.HERE}


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Chương II", [("chapter", "II")]),
        ("các chương II, III", [("chapter", "II")]),
        ("Chương thứ hai", [("chapter", "thứ hai")]),
        ("Phần thứ nhất", [("part", "thứ nhất")]),
        ("Phần II", [("part", "II")]),
        ("Mục 2 Chương III", [("chapter", "III"), ("section", "2")]),
        ("mục 2 Chương III", [("chapter", "III"), ("section", "2")]),
        ("Tiểu mục 1 Mục 2 Chương này", [("chapter", "này"), ("section", "2"), ("subsection", "1")]),
        ("Điều 103 Mục 5 Chương XII", [("chapter", "XII"), ("section", "5"), ("article", "103")]),
        ("Phụ lục I", [("appendix", "I")]),
        ("các Phụ lục I, II và III", [("appendix", "I")]),
        ("phụ lục số 02 ban hành kèm theo Quy chế này", [("appendix", "02")]),
    ],
)
def test_larger_units(words, path):
    (found,) = citations(f"Theo {words} thì")
    assert list(found.mentions[0].path) == path


@pytest.mark.parametrize(
    "words",
    [
        "tài khoản 5 của Ban",
        "điều này là cần thiết",
        "thời điểm a",
        "mức khoản 5 triệu đồng",
        "điều khoản 2",
        "điểm trung bình",
        "trong danh mục 2",
        "đạt 5 điểm v.v.",
        "Điều lệ Đảng",
        "chương trình 5",
        "một khoản 10.000 đồng",
        "nhiều phần 3",
    ],
)
def test_other_words_are_no_citations(words):
    assert citations(f"Thực hiện {words} ngay.") == []


@pytest.mark.parametrize(
    ("words", "document"),
    [
        ("Điều 5 Luật Đất đai", "Luật Đất đai"),
        ("khoản 2 Điều 8 Nghị định số 30/2020/NĐ-CP", "Nghị định số 30/2020/NĐ-CP"),
        ("Điều 10 của Điều lệ Đảng", "Điều lệ Đảng"),
        ("Điều 5 và Điều 6 của Luật Đấu thầu", "Luật Đấu thầu"),
        ("các điều 113, 114 và 117 của Bộ Luật Lao động", "Bộ Luật Lao động"),
        ("điều 55 - Pháp lệnh Xử lý vi phạm hành chính", "Pháp lệnh Xử lý vi phạm hành chính"),
        ("điều 5 nghị định số 30", "nghị định số 30"),
        ("Điều 3 Quy chế làm việc của Ủy ban", "Quy chế làm việc của Ủy ban"),
    ],
)
def test_other_documents(words, document):
    found = citations(f"Theo {words}, cơ quan báo cáo.")
    assert {(one.scope, one.document) for one in found} == {(Scope.ELSEWHERE, document)}


def test_a_symbol_before_is_another_document():
    (found,) = citations("Theo Luật số 64/2025/QH15, Điều 7 khoản 2 thì")
    assert found.scope is Scope.ELSEWHERE


def test_another_document_takes_only_what_it_closes():
    first, second = citations("Điều 29 của Luật Đấu thầu và khoản 1 Điều 78 của Quy chế này.")
    assert (first.scope, second.scope) == (Scope.ELSEWHERE, Scope.HERE)
    assert second.document == "Quy chế này"


def test_pieces_that_say_nothing_of_one_another_are_citations_of_their_own():
    found = citations(
        "Theo điểm a khoản 1, khoản 2 Điều 5, Điều 6 và Chương II; khoản 1 Điều này, Điều 2 Luật Đất đai."
    )
    assert [(one.words, one.scope.value) for one in found] == [
        ("điểm a khoản 1, khoản 2 Điều 5", "here"),
        ("Điều 6", "here"),
        ("Chương II", "here"),
        ("khoản 1 Điều này", "here"),
        ("Điều 2 Luật", "elsewhere"),
    ]


def test_a_bare_kind_at_the_end_of_a_sentence_is_this_document():
    (found,) = citations("Theo Điều 5 Quy chế.")
    assert (found.scope, found.document) == (Scope.HERE, "Quy chế này")


def test_quoted_words_are_not_followed():
    assert [found.scope for found in citations("Thay cụm từ “Điều 5” bằng “Điều 6” tại Điều 7.")] == [
        Scope.QUOTED,
        Scope.QUOTED,
        Scope.HERE,
    ]
    amending = "1. Sửa đổi như sau:\n“Điều 4a. Tên\nTheo Điều 9 thì làm.”\n2. Theo Điều 3."
    assert [(found.words, found.scope) for found in citations(amending)] == [
        ("Điều 9", Scope.QUOTED),
        ("Điều 3", Scope.HERE),
    ]


def test_headings_inside_a_text_are_no_citations():
    assert citations("Điều 1. Cử ông A\nChương II\nQUY ĐỊNH\nChương III TỔ CHỨC THỰC HIỆN") == []


def test_places_are_exact():
    words = "Căn cứ điểm a khoản 2 Điều 5."
    (found,) = citations("Dòng một.\n" + words)
    text = "Dòng một.\n" + words
    assert text[found.start : found.end] == "điểm a khoản 2 Điều 5"
    assert [text[m.start : m.end] for m in found.mentions] == ["a", "2", "5"]
    assert [text[m.word : m.end] for m in found.mentions] == ["điểm a", "khoản 2", "Điều 5"]


PIECES = [
    "điểm",
    "khoản",
    "Điều",
    "các",
    "5",
    "a",
    "và",
    ",",
    "này",
    "Luật",
    "“",
    "”",
    "Chương",
    "II",
    " ",
    "\n",
    "[^1]",
    "đến",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_any_words_are_read_and_every_span_holds_its_number(text):
    ends = -1
    for found in citations(text):
        assert found.start >= ends and text[found.start : found.end] == found.words
        ends = found.end
        for mention in found.mentions:
            assert found.start <= mention.start < mention.end <= found.end
            assert text[mention.start : mention.end].lower() == mention.number.lower()
            assert mention.path[-1] == (mention.level, mention.number)
