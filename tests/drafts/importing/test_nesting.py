"""Parents, titles and texts; parts and items of programmes."""

import pytest

from drafts.importing import Kind, structure
from drafts.importing.lines import Paragraph, Source
from tests.drafts.importing.texts import DECISION_AND_REGULATION, PROGRAMME, node, only, read, tree


def test_the_tree_of_a_regulation():
    assert tree(read(DECISION_AND_REGULATION).components[1]) == [
        "preamble",
        "chapter I",
        "  article 1",
        "  article 2",
        "chapter II",
        "  section 1",
        "    article 3",
        "  section 2",
        "    article 4",
        "appendix",
    ]


def test_parents_are_indexes_of_earlier_nodes():
    nodes = read(DECISION_AND_REGULATION).components[1].nodes
    assert [node.parent for node in nodes] == [None, None, 1, 1, None, 4, 5, 4, 7, None]


def test_heading_text_label_and_line_of_an_article():
    article = node(read(DECISION_AND_REGULATION).components[1], Kind.ARTICLE, "2")
    assert (article.heading, article.label, article.line) == ("Nguyên tắc", "Điều 2.", 26)
    assert article.text == "1. Làm việc tập thể.\n2. Phân công rõ người:\na) Tổ trưởng;\nb) Thư ký."


def test_titles_on_the_same_line_and_on_the_next_lines():
    regulation = read(DECISION_AND_REGULATION).components[1]
    assert [found.heading for found in regulation.nodes if found.kind in (Kind.CHAPTER, Kind.SECTION)] == [
        "QUY ĐỊNH CHUNG", "CÁCH LÀM VIỆC", "HỌP", "BÁO CÁO",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines, heading",
    [
        ("Chương I\nCHỨC NĂNG, NHIỆM VỤ\nCỦA TỔ GIÚP VIỆC", "CHỨC NĂNG, NHIỆM VỤ CỦA TỔ GIÚP VIỆC"),
        ("Chương I\nNhững quy định chung", "Những quy định chung"),
        ("Chương I. ĐIỀU ĐỘNG,\nLUÂN CHUYỂN", "ĐIỀU ĐỘNG, LUÂN CHUYỂN"),
        ("Chương I - Điều động,\nluân chuyển", "Điều động, luân chuyển"),
        ("Phần thứ nhất\nQUY ĐỊNH CHUNG", "QUY ĐỊNH CHUNG"),
        ("Chương I\n(Theo Điều lệ)", ""),
        ("Chương I", ""),
    ],
)
def test_the_title_of_a_chapter_is_put_together(lines, heading):
    component = only(f"{lines}\nĐiều 1. Phạm vi\nTổ giúp việc.\n")
    assert component.nodes[0].heading == heading


def test_a_first_sentence_is_no_title():
    decision = read(DECISION_AND_REGULATION).components[0]
    article = node(decision, Kind.ARTICLE, "2")
    assert (article.heading, article.text) == ("", "Quyết định này có hiệu lực từ ngày ký.")


@pytest.mark.parametrize(
    "head, body, heading",
    [
        ("Tiếp công dân:", "Tiếp vào sáng thứ Năm.", "Tiếp công dân:"),
        ("Tổ có các nhiệm vụ sau:", "1. Ghi biên bản.", ""),
        ("Trách nhiệm của Thư ký.", "1. Ghi biên bản.", "Trách nhiệm của Thư ký."),
        ("Thư ký ghi biên bản và gửi trong ngày.", "Biên bản lưu tại Văn phòng.", ""),
        ("Trách nhiệm của Thư ký", "Ghi biên bản.", "Trách nhiệm của Thư ký"),
        ("", "Trách nhiệm của Thư ký\nGhi biên bản.", "Trách nhiệm của Thư ký"),
        ("", "1. Ghi biên bản.\n2. Gửi.", ""),
        (
            "Trách nhiệm của Thư ký và",
            "người giúp Thư ký\nGhi biên bản.",
            "Trách nhiệm của Thư ký và người giúp Thư ký",
        ),
    ],
)
def test_titles_are_told_from_sentences(head, body, heading):
    assert node(only(f"Điều 1. {head}\n{body}\n"), Kind.ARTICLE, "1").heading == heading


def test_a_document_that_ends_all_its_titles_with_a_stop_is_believed():
    text = "".join(f"Điều {number}. Tên của điều.\nTổ họp hằng tuần.\n" for number in range(1, 6))
    assert {found.heading for found in only(text).nodes} == {"Tên của điều."}


def test_a_programme_has_parts_and_items():
    programme = only(PROGRAMME)
    assert tree(programme) == [
        "preamble", "part I", "  item 1", "  item 2", "    item 2.1", "    item 2.2", "part II", "  item 1", "  item 2",
        "  item 3", "closing",
    ]  # fmt: skip
    assert (programme.parts, programme.items, programme.articles) == (2, 7, 0)
    assert programme.title == "Chương trình hành động của Đảng bộ xã Bến Lau"


def test_a_list_inside_an_item_is_its_text():
    road = [found for found in only(PROGRAMME).nodes if found.heading == "Xây dựng đường liên thôn"]
    assert road[0].text == "a) Đoạn thứ nhất:\n1. Mở nền;\n2. Rải đá.\nb) Đoạn thứ hai."


def test_a_long_item_is_text_and_a_short_one_has_a_heading():
    items = [found for found in only(PROGRAMME).nodes if found.kind is Kind.ITEM]
    assert items[0].heading == "Mục tiêu chung"
    assert items[4].heading == "" and items[4].text.startswith("Phát triển nông nghiệp")


def test_roman_parts_that_hold_articles_are_parts():
    text = "QUY ĐỊNH\nI- QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nTổ.\nII- HỌP\nĐiều 2. Họp\nHằng tuần:\nI. Sáng\nII. Chiều\n"
    component = only(text.replace("I. Sáng\nII. Chiều\n", ""))
    assert tree(component) == ["preamble", "part I", "  article 1", "part II", "  article 2"]


def test_roman_lists_inside_articles_stay_text():
    component = only("Điều 1. Buổi\nI. Sáng\nII. Chiều\nĐiều 2. Họp\nHằng tuần.\n")
    assert tree(component) == ["article 1", "article 2"]
    assert component.nodes[0].text == "I. Sáng\nII. Chiều"


def test_a_programme_approved_by_an_article_stands_in_it():
    text = (
        "QUYẾT ĐỊNH:\nĐiều 1. Phê duyệt Chương trình với nội dung sau:\nI. MỤC TIÊU\n1. Chung\n2. Riêng\nII. NHIỆM VỤ\n"
    )
    component = only(text + "1. Làm đường\nĐiều 2. Quyết định có hiệu lực từ ngày ký.\n")
    assert tree(component) == [
        "preamble", "article 1", "  part I", "    item 1", "    item 2", "  part II", "    item 1", "article 2",
    ]  # fmt: skip


def test_letters_and_roman_numbers_below_parts():
    first = "PHẦN THỨ NHẤT\nTRÁCH NHIỆM\nA/ TẬP THỂ\nI. Tỉnh ủy\n1. Lãnh đạo\nII. Ban Thường vụ\n"
    text = first + "B/ CÁ NHÂN\nI. Bí thư\nPHẦN THỨ HAI\nHỌP\n"
    assert tree(only(text)) == [
        "part I", "  section A", "    subsection I", "      item 1", "    subsection II", "  section B",
        "    subsection I", "part II",
    ]  # fmt: skip


def test_items_alone_are_items():
    assert tree(only("KẾT LUẬN\nHội nghị thống nhất:\n1. Về tổ chức\nGiữ nguyên.\n2. Về kinh phí\nTăng thêm.\n")) == [
        "preamble", "item 1", "item 2",
    ]  # fmt: skip


def test_chapters_only_listed_in_a_report_are_text():
    text = "TỜ TRÌNH\nI. SỰ CẦN THIẾT\nCần.\nII. BỐ CỤC\n1. Gồm:\nChương I. Chung\nChương II. Riêng\n2. Khác\n"
    assert tree(only(text)) == ["preamble", "part I", "part II", "  item 1", "  item 2"]


def test_notes_stand_at_the_end_of_their_provision():
    paragraphs = (
        Paragraph("Điều 1. Họp[^1]", 1, ("[^1]: Sửa năm 2026.",)),
        Paragraph("Hằng tuần.[^2]", 2, ("[^2]: Trừ ngày lễ.",)),
        Paragraph("Cả sáng.", 3),
        Paragraph("Điều 2. Nghỉ", 4),
    )
    (component,) = structure(Source("docx", paragraphs), name="a")
    assert component.nodes[0].text == "Hằng tuần.[^2]\nCả sáng.\n[^1]: Sửa năm 2026.\n[^2]: Trừ ngày lễ."


def test_a_text_without_structure_is_all_opening():
    component = only("Kính gửi các đồng chí\nXin ý kiến.\n")
    assert tree(component) == ["preamble"]
    assert component.title == "van-ban"


def test_letters_may_count_with_or_without_the_barred_d():
    for letters in ("ABCDE", "ABCDĐ"):
        text = "".join(f"{letter}. TIÊU ĐỀ\n1. Một\n2. Hai\n" for letter in letters)
        assert [found.number for found in only(text).nodes if found.kind is Kind.PART] == list(letters)


def test_a_roman_list_inside_an_article_does_not_hide_the_parts():
    text = "I- CHUNG\nĐiều 1. Buổi\nI. Sáng\nII. Chiều\nĐiều 2. Nghỉ\nTrưa.\nII- HỌP\nĐiều 3. Họp\nHằng tuần.\n"
    assert tree(only(text)) == ["part I", "  article 1", "  article 2", "part II", "  article 3"]


def test_a_title_reads_as_within_a_sentence():
    for lines, title in (
        ("NGHỊ ĐỊNH\nQuy định về tuyển dụng công chức", "Nghị định quy định về tuyển dụng công chức"),
        ("QUY CHẾ LÀM VIỆC\nỦy ban Kiểm tra Tỉnh ủy", "Quy chế làm việc Ủy ban Kiểm tra Tỉnh ủy"),
        ("QUY CHẾ LÀM VIỆC CỦA TỈNH ỦY\nnhiệm kỳ 2025 - 2030", "QUY CHẾ LÀM VIỆC CỦA TỈNH ỦY nhiệm kỳ 2025 - 2030"),
        ("QUY CHẾ\nCỦA BAN CHỈ ĐẠO\nTRƯỞNG BAN CHỈ ĐẠO", "QUY CHẾ CỦA BAN CHỈ ĐẠO"),
    ):
        assert only(f"{lines}\nCăn cứ Điều lệ;\nĐiều 1. Phạm vi\n1. Một.\n").title == title
