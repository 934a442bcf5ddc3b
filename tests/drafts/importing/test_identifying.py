"""What a line could be the head of, judged by its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.importing.identifying import SignKind, is_contents_entry, looks_like_head, sign_of

ARTICLE, CHAPTER, PART, SECTION = SignKind.ARTICLE, SignKind.CHAPTER, SignKind.PART, SignKind.SECTION


@pytest.mark.parametrize(
    "line, kind, number, title",
    [
        ("Điều 1. Phạm vi", ARTICLE, "1", "Phạm vi"),
        ("ĐIỀU 1: PHẠM VI", ARTICLE, "1", "PHẠM VI"),
        ("Điều 55.Quy định", ARTICLE, "55", "Quy định"),
        ("Điều 10a. Khách mời", ARTICLE, "10a", "Khách mời"),
        ("Điều 8đ. Khách mời", ARTICLE, "8đ", "Khách mời"),
        ("Điều l. Đối tượng", ARTICLE, "1", "Đối tượng"),
        ("Điều 1 . Phạm vi", ARTICLE, "1", "Phạm vi"),
        ("Điều 2.[2] Hiệu lực", ARTICLE, "2", "[2] Hiệu lực"),
        ("Điều 2.[^2] Hiệu lực", ARTICLE, "2", "[^2] Hiệu lực"),
        ("Điều 07. Hiệu lực", ARTICLE, "7", "Hiệu lực"),
        ("Điều 4.", ARTICLE, "4", ""),
        ("Điều 4", ARTICLE, "4", ""),
        ("Điều thứ 4. Nhiệm vụ", ARTICLE, "4", "Nhiệm vụ"),
        ("Chương I", CHAPTER, "I", ""),
        ("CHƯƠNG II QUY ĐỊNH CHUNG", CHAPTER, "II", "QUY ĐỊNH CHUNG"),
        ("Chương I - QUY ĐỊNH CHUNG", CHAPTER, "I", "QUY ĐỊNH CHUNG"),
        ("Chương IIQUY ĐỊNH CHUNG", CHAPTER, "II", "QUY ĐỊNH CHUNG"),
        ("Chương IIa. Tổ giúp việc", CHAPTER, "IIa", "Tổ giúp việc"),
        ("Chương thứ mười hai", CHAPTER, "XII", ""),
        ("Chương Il", CHAPTER, "II", ""),
        ("Chương 3", CHAPTER, "3", ""),
        ("Chưong III", CHAPTER, "III", ""),
        ("PHẦN THỨ NHẤT", PART, "I", ""),
        ("Phần thứ hai: Tổ chức", PART, "II", "Tổ chức"),
        ("Phần I. TỔNG QUAN", PART, "I", "TỔNG QUAN"),
        ("Mục 1", SECTION, "1", ""),
        ("Mục 1. HỌP ĐỊNH KỲ", SECTION, "1", "HỌP ĐỊNH KỲ"),
        ("MỤC A. HỌP", SECTION, "A", "HỌP"),
        ("Tiểu mục 2. Họp gấp", SignKind.SUBSECTION, "2", "Họp gấp"),
        ("I- QUY ĐỊNH CHUNG", SignKind.ROMAN, "I", "QUY ĐỊNH CHUNG"),
        ("IV. Tổ chức", SignKind.ROMAN, "IV", "Tổ chức"),
        ("A/ TẬP THỂ", SignKind.LETTER, "A", "TẬP THỂ"),
        ("1. Nhiệm vụ", SignKind.ITEM, "1", "Nhiệm vụ"),
        ("2.1. Nhiệm vụ", SignKind.ITEM, "2.1", "Nhiệm vụ"),
        ("PHỤ LỤC", SignKind.APPENDIX, "", ""),
        ("Phụ lục số 2", SignKind.APPENDIX, "2", ""),
        ("PHỤ LỤC I DANH MỤC", SignKind.APPENDIX, "I", "DANH MỤC"),
        ("Mẫu số 01", SignKind.FORM, "01", ""),
    ],
)
def test_heads_are_recognised(line, kind, number, title):
    sign = sign_of(line)
    assert sign is not None
    assert (sign.kind, sign.number, sign.title) == (kind, number, title)


@pytest.mark.parametrize(
    "line",
    [
        "Điều 3 của Luật này quy định",
        "Điều 3 Luật này",
        "Điều 3, Điều 4 và Điều 5",
        "Điều 5 và khoản 2",
        "Điều 1.500 đồng",
        "Điều này áp dụng",
        "Điều kiện tham dự",
        "Chương 5 gồm các nội dung sau",
        "Chương II Nghị định này",
        "Chương VIII Điều lệ Đảng",
        "Chương trình công tác",
        "Phần mềm quản lý",
        "Phần Lan là nước",
        "Mục 5 Chương XII của Bộ luật",
        "Mục tiêu chung",
        "Phụ lục II ban hành kèm theo Quyết định này",
        "Phụ lục kèm theo",
        "10.000 đồng",
        "28/12/2026",
        "Bảng 3 thống kê",
        "mục 1. viết thường",
    ],
)
def test_references_and_plain_sentences_are_no_heads(line):
    assert sign_of(line) is None
    assert not looks_like_head(line)


@pytest.mark.parametrize(
    "line", ["Điều 4", "Điều 4- Nhiệm vụ", "Điều 4. nhiệm vụ", "Điêu 4. Nhiệm vụ", "Diều 4. Nhiệm vụ"]
)
def test_unusual_article_heads_need_proof(line):
    sign = sign_of(line)
    assert sign is not None and sign.kind is ARTICLE and sign.is_weak


@pytest.mark.parametrize("line", ["Chương I. Quy định chung ........ 3", "Điều 5. Họp ……… 12"])
def test_lines_of_a_table_of_contents_are_known(line):
    assert is_contents_entry(line)
    assert not is_contents_entry("Họ và tên: ..................")


@given(st.text(min_size=1, max_size=40))
def test_any_line_is_judged_without_error(text):
    sign = sign_of(text)
    assert sign is None or sign.title in text or "[" in text


@given(
    st.sampled_from(["Điều ", "Chương ", "Mục ", "Phần ", "Phụ lục ", "Mẫu số ", ""]),
    st.text(alphabet="0123456789IVXLClđab.:-[]^ ", max_size=10),
    st.text(alphabet="Quy định ẤẠ.,;“”1", max_size=20),
)
def test_heads_keep_every_character(word, number, title):
    line = " ".join(f"{word}{number}{title}".split())
    if line and (sign := sign_of(line)):
        assert sorted("".join((sign.label + sign.title).split())) == sorted("".join(line.split()))
