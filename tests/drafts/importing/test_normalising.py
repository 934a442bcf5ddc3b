"""One spelling for what looks alike, and nothing else changed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.importing.lines import Paragraph, Source, SourceLine
from drafts.importing.normalising import normalise, normalise_text, rejoin_heads, unwrap


def texts(*paragraphs, kind="txt"):
    source = Source(kind, tuple(Paragraph(text, number) for number, text in enumerate(paragraphs, start=1)))
    return [line.text for line in normalise(source)]


@pytest.mark.parametrize(
    "found, kept",
    [
        (unicodedata.normalize("NFD", "Điều 5. Trách nhiệm"), "Điều 5. Trách nhiệm"),
        ("Điều\u00a05.\u2003Tên", "Điều 5. Tên"),
        ("\u00d0iều 1. \u00f0ã", "Điều 1. đã"),
        ("Số 12\u2011QĐ/TU, 2020\u20132025", "Số 12-QĐ/TU, 2020-2025"),
        ("QĐ\u00adUBND", "QĐ-UBND"),
        ("phối\u00adhợp", "phốihợp"),
        ("Độc lập \u00ad Tự do", "Độc lập - Tự do"),
        ("a\u200bb\ufeffc\u0007", "abc"),
        ("\t một  hai\t ba ", "một hai ba"),
        ("\uf0b7 một", "• một"),
        ("“giữ nguyên”…", "“giữ nguyên”…"),
        ("hoà thuỷ uỷ", "hoà thuỷ uỷ"),
    ],
)
def test_what_looks_alike_is_written_alike(found, kept):
    assert normalise_text(found) == kept


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise_text(text)
    assert normalise_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once


@given(st.text(alphabet="aăâđêôơưàảãáạ ỳ\u0301\u00ad\u2013Ð\n.1", max_size=40))
def test_vietnamese_text_is_stable_too(text):
    once = normalise_text(text)
    assert normalise_text(once) == once


def test_blank_lines_go_and_line_numbers_stay():
    source = Source("txt", (Paragraph("", 1), Paragraph("Một", 2), Paragraph("\u200b", 3), Paragraph("Hai", 4)))
    assert normalise(source) == [SourceLine("Một", 2, (), True), SourceLine("Hai", 4, (), True)]


def test_soft_breaks_make_lines_and_notes_stay_with_the_last():
    source = Source("docx", (Paragraph("Chương I\nQUY ĐỊNH CHUNG[^1]", 3, ("[^1]: Sửa\nđổi.",)),))
    assert normalise(source) == [SourceLine("Chương I", 3), SourceLine("QUY ĐỊNH CHUNG[^1]", 3, ("[^1]: Sửa đổi.",))]


def test_a_head_word_alone_takes_the_number_from_the_next_line():
    assert texts("Điều", "1. Phạm vi", "Chương", "II", "Điều", "này quy định") == [
        "Điều 1. Phạm vi", "Chương II", "Điều", "này quy định",
    ]  # fmt: skip
    assert rejoin_heads([]) == []


WRAPPED = [
    "Điều 7. Trách nhiệm của bộ phận giúp việc trong việc",
    "chuẩn bị tài liệu phiên họp",
    "1. Bộ phận giúp việc gửi tài liệu chậm nhất ba ngày trước",
    "phiên họp theo quy định tại khoản 2",
    "",
    "Điều 9 của Quy chế này và hướng dẫn của cơ quan cấp trên.",
    "2. Tài liệu mật gửi theo chế độ riêng, không gửi qua thư",
    "điện tử; người nhận ký sổ và chịu trách nhiệm bảo quản",
    "cho đến khi nộp lại cho văn thư cơ quan ngay sau phiên họp.",
    "a) Tài liệu giấy nộp lại trong ngày làm việc tiếp theo của",
    "phiên họp;",
]


def test_lines_broken_at_the_width_of_a_page_are_joined():
    assert texts(*WRAPPED) == [
        "Điều 7. Trách nhiệm của bộ phận giúp việc trong việc chuẩn bị tài liệu phiên họp",
        "1. Bộ phận giúp việc gửi tài liệu chậm nhất ba ngày trước phiên họp theo quy định tại khoản 2",
        "Điều 9 của Quy chế này và hướng dẫn của cơ quan cấp trên.",
        "2. Tài liệu mật gửi theo chế độ riêng, không gửi qua thư điện tử; người nhận ký sổ và chịu trách nhiệm "
        "bảo quản cho đến khi nộp lại cho văn thư cơ quan ngay sau phiên họp.",
        "a) Tài liệu giấy nộp lại trong ngày làm việc tiếp theo của phiên họp;",
    ]  # fmt: skip


def test_word_paragraphs_are_never_joined():
    assert texts(*WRAPPED, kind="docx") == [line for line in WRAPPED if line]


@given(
    st.lists(st.text(alphabet="ab Điều 1.;\u0301", min_size=1, max_size=20).map(str.strip).filter(bool), max_size=20)
)
def test_joining_loses_no_word(parts):
    lines = [SourceLine(text, number) for number, text in enumerate(parts, start=1)]
    assert " ".join(line.text for line in unwrap(lines)) == " ".join(parts)
