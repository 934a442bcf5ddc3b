"""Components, and which of the possible heads are believed."""

import pytest

from drafts.importing import Kind
from tests.drafts.importing.texts import DECISION_AND_REGULATION, messages, node, numbers, only, read


def test_a_decision_and_the_regulation_attached_to_it_are_two_components():
    decision, regulation = read(DECISION_AND_REGULATION).components
    assert (decision.articles, regulation.articles) == (3, 4)
    assert (regulation.chapters, regulation.sections) == (2, 2)
    assert regulation.title == "QUY CHẾ LÀM VIỆC CỦA TỔ GIÚP VIỆC"
    assert decision.title == "Quyết định ban hành Quy chế làm việc của Tổ giúp việc"
    assert read(DECISION_AND_REGULATION).main == 1


def test_recipients_and_signature_are_the_closing_of_their_component():
    decision, regulation = read(DECISION_AND_REGULATION).components
    assert node(decision, Kind.CLOSING).text.split("\n")[0] == "Nơi nhận:"
    assert node(decision, Kind.CLOSING).text.split("\n")[-1] == "PHÓ BÍ THƯ"
    assert Kind.CLOSING not in [found.kind for found in regulation.nodes]


def test_articles_of_a_form_belong_to_the_appendix():
    regulation = read(DECISION_AND_REGULATION).components[1]
    appendix = node(regulation, Kind.APPENDIX)
    assert appendix.heading == "MẪU BÁO CÁO"
    assert "Điều 2. Ông (bà) ……… chịu trách nhiệm thi hành." in appendix.text


def test_two_regulations_may_be_attached():
    second = DECISION_AND_REGULATION[DECISION_AND_REGULATION.index("QUY CHẾ\n") :].replace("GIÚP VIỆC", "BIÊN TẬP")
    components = read(DECISION_AND_REGULATION + second).components
    assert [component.articles for component in components] == [3, 4, 4]
    assert components[2].title == "QUY CHẾ LÀM VIỆC CỦA TỔ BIÊN TẬP"


def test_a_regulation_of_another_number_behind_an_appendix_is_a_sample():
    sample = "QUY CHẾ\nMẪU\n(Ban hành kèm theo Quyết định số 99-QĐ/HU)\nĐiều 1. Phạm vi\nĐiều 2. Hiệu lực\n"
    assert [found.articles for found in read(DECISION_AND_REGULATION + sample).components] == [3, 4]


def test_a_title_whose_first_line_was_lost_still_begins_a_component():
    text = DECISION_AND_REGULATION.replace("QUY CHẾ\nLÀM VIỆC", "LÀM VIỆC").replace("Chương I\nQUY ĐỊNH CHUNG\n", "")
    decision, regulation = read(text).components
    assert regulation.title == "LÀM VIỆC CỦA TỔ GIÚP VIỆC"
    assert (decision.articles, regulation.articles) == (3, 4)


def test_a_title_in_small_letters_begins_a_component_where_the_numbers_start_again():
    text = DECISION_AND_REGULATION.replace("QUY CHẾ\nLÀM VIỆC CỦA TỔ GIÚP VIỆC", "Quy chế làm việc của Tổ giúp việc")
    decision, regulation = read(text).components
    assert (decision.articles, regulation.articles) == (3, 4)
    assert regulation.nodes[0].text.startswith("Quy chế làm việc")


def test_an_attached_plan_without_articles_is_a_component_too():
    text = """QUYẾT ĐỊNH
Về việc ban hành Kế hoạch chuyển đổi số
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch chuyển đổi số.
Điều 2. Quyết định có hiệu lực từ ngày ký.
TM. ỦY BAN NHÂN DÂN
KẾ HOẠCH
CHUYỂN ĐỔI SỐ
(Kèm theo Quyết định số 12/QĐ-UBND ngày 02/02/2026)
I. MỤC TIÊU
1. Mục tiêu chung
2. Mục tiêu cụ thể
II. NHIỆM VỤ
1. Hạ tầng
"""
    decision, plan = read(text).components
    assert (decision.articles, plan.parts, plan.items) == (2, 2, 3)


AMENDING = """LUẬT
SỬA ĐỔI LUẬT VỀ HỘP THƯ
Điều 1. Sửa đổi, bổ sung một số điều của Luật Hộp thư
1. Sửa đổi Điều 2 như sau:
“Điều 2. Giải thích
1. Hộp thư là nơi nhận thư.
2. Thư là văn bản.”.
2. Bổ sung Điều 2a và Điều 2b vào sau Điều 2 như sau:
“Điều 2a. Hộp thư chung
Hộp thư chung do văn thư giữ.
Điều 2b. Hộp thư riêng
Hộp thư riêng do từng người giữ.”.
Điều 2. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 01 năm 2027.
"""


def test_quoted_articles_belong_to_the_article_that_quotes_them():
    law = only(AMENDING)
    assert numbers(law) == ["1", "2"]
    assert "Điều 2b. Hộp thư riêng" in node(law, Kind.ARTICLE, "1").text


def test_articles_given_after_as_follows_without_quotation_marks_are_not_ours():
    law = only(AMENDING.replace("“", "").replace("”.", ""))
    assert numbers(law)[0] == "1"
    assert node(law, Kind.ARTICLE, "1").text.count("Giải thích") == 1


def test_a_forgotten_closing_mark_does_not_swallow_the_rest():
    text = """Điều 1. Từ ngữ
1. Trong Quy chế này:
“Tổ là tổ giúp việc:
2. Thư ký là người ghi biên bản.
Chương II
CÁCH LÀM VIỆC
Điều 2. Họp
Tổ họp hằng tuần.
Điều 3. Báo cáo
Tổ báo cáo hằng tháng.
"""
    component = only(text.replace("“Tổ", "“1. Tổ"))
    assert numbers(component) == ["1", "2", "3"]
    assert numbers(component, Kind.CHAPTER) == ["II"]


def test_a_reference_at_the_start_of_a_line_is_text():
    text = "Điều 1. Họp\nTheo\nĐiều 3 của Luật này quy định và\nĐiều 7. Trường hợp khác\nĐiều 2. Báo cáo\nĐiều 3. Lưu\n"
    component = only(text)
    assert numbers(component) == ["1", "2", "3"]
    assert (4, "This looks like the head of article 7 but was kept as text.") in messages(component)


@pytest.mark.parametrize(
    "row",
    [
        ["1", "2", "2a", "2b", "3"],
        ["1", "2", "5", "6"],
        ["1", "2", "2", "3"],
        ["1", "10", "11", "12"],
    ],
)
def test_inserted_skipped_and_doubled_numbers_are_articles(row):
    text = "".join(f"Điều {number}. Tên\nNội dung của điều này.\n" for number in row)
    assert numbers(only(text)) == row


def test_a_mistyped_number_between_its_neighbours_is_an_article():
    text = "".join(f"Điều {number}. Tên\nNội dung của điều này.\n" for number in ["1", "2", "3", "4", "2", "6", "7"])
    assert numbers(only(text)) == ["1", "2", "3", "4", "2", "6", "7"]


def test_a_bare_head_counts_when_it_is_the_next():
    component = only("Điều 1\nThôn có trưởng thôn.\nĐiều 2\nXã có chủ tịch.\nĐiều 9\nlà điều nói trên.\nĐiều 3\nHết.")
    assert numbers(component) == ["1", "2", "3"]


def test_recipients_in_the_middle_do_not_end_the_articles():
    component = only("Điều 1. Mẫu thư\nThư ghi:\nNơi nhận:\n- Văn thư.\nChương II\nGỬI\nĐiều 2. Gửi\nGửi ngay.\n")
    assert numbers(component) == ["1", "2"]
    assert numbers(component, Kind.CHAPTER) == ["II"]
    assert "Nơi nhận:" in node(component, Kind.ARTICLE, "1").text


def test_a_table_of_contents_makes_no_articles():
    contents = "QUY CHẾ\nMỤC LỤC\nChương I. CHUNG 1\nĐiều 1. Phạm vi 1\nĐiều 2. Họp 2\n"
    body = "Chương I. CHUNG\nĐiều 1. Phạm vi\nTổ giúp việc.\nĐiều 2. Họp\nHằng tuần.\n"
    component = only(contents + body)
    assert (component.chapters, component.articles) == (1, 2)
    assert "Điều 2. Họp 2" in node(component, Kind.PREAMBLE).text
    with_dots = contents.replace("MỤC LỤC\n", "").replace(" 1\n", " ........ 1\n").replace(" 2\n", " ........ 2\n")
    assert only(with_dots + body).articles == 2


def test_an_appendix_named_in_the_text_does_not_end_it():
    component = only("Điều 1. Mẫu\nXem\nPhụ lục I\nvà phụ lục khác.\nĐiều 2. Gửi\nGửi ngay.\n")
    assert numbers(component) == ["1", "2"]
    assert numbers(component, Kind.APPENDIX) == []


def test_sections_of_an_appendix_stand_in_it():
    component = only(
        "Điều 1. Danh mục\nTheo phụ lục.\nPHỤ LỤC\nDANH MỤC\nMục 1. SỔ SÁCH\nSổ họp\nMục 2. MẪU\nMẫu thư\n"
    )
    assert [(found.kind, found.depth) for found in component.nodes[-2:]] == [(Kind.SECTION, 1), (Kind.SECTION, 1)]


def test_the_articles_of_a_form_below_the_signature_are_not_ours():
    form = "".join(f"Điều {number}. Bên A\nBên A trả tiền.\n" for number in range(1, 7))
    component = only("Điều 1. Thuê\nCho thuê.\nĐiều 2. Trả\nTrả tiền.\nNơi nhận:\n- Văn thư.\nHỢP ĐỒNG\n" + form)
    assert numbers(component) == ["1", "2"]
    assert component.nodes[-1].text.count("Bên A trả tiền.") == 6


def test_articles_of_another_law_without_quotation_marks_are_one_row():
    law = "Điều 1. Sửa đổi\nSửa đổi Điều 2, Điều 3 như sau:\nĐiều 2. Thư cũ\nThư.\nĐiều 3. Hộp cũ\nHộp.\n"
    component = only(law + "Điều 2. Hiệu lực\nTừ ngày ký.\nĐiều 3. Thi hành\nCác cơ quan thi hành.\n")
    assert [found.heading for found in component.nodes] == ["Sửa đổi", "Hiệu lực", "Thi hành"]


def test_a_report_and_the_draft_behind_it_are_two_components():
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    report = "TỜ TRÌNH\nVề dự thảo Nghị quyết\nXin trình dự thảo.\nNơi nhận:\n- Như trên.\nTM. ỦY BAN NHÂN DÂN\n"
    draft = "Số: /NQ-HĐND\nNGHỊ QUYẾT\nVề mức thu\nĐiều 1. Mức thu\nThu một lần.\nĐiều 2. Hiệu lực\nTừ ngày ký.\n"
    assert [found.articles for found in read(head + report + head + draft).components] == [0, 2]


def test_two_whole_documents_in_a_file_are_two_components():
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 15/QĐ-UBND\nQUYẾT ĐỊNH\n"
    text = head + "Điều 1. Một\nA.\nĐiều 2. Hai\nB.\nNơi nhận:\n- Văn thư.\n"
    assert [found.articles for found in read(text + text).components] == [2, 2]
    assert [found.articles for found in read(text + text.replace("15", "…")).components] == [2]
