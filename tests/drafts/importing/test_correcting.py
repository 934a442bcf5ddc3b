import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.importing import Correction, Kind, Role, read_document
from drafts.importing.correcting import HEADS, fitting, head_sign
from drafts.importing.lines import SourceLine
from drafts.importing.offering import mends, offers_for
from tests.drafts.importing.texts import DECISION_AND_REGULATION, PROGRAMME, numbers, tree

LOST_HEAD = """\
QUY CHẾ
LÀM VIỆC CỦA TỔ GIÚP VIỆC
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Quy chế này quy định cách làm việc.
Điều 2. Nguyên tắc
1. Làm việc tập thể.
Đieu 3 Họp định kỳ
Tổ họp ngày thứ Hai hằng tuần.
Điều 4. Báo cáo
Thư ký lập báo cáo trước ngày 25.
Điều 5. Thi hành
Tổ trưởng chịu trách nhiệm thi hành.
"""


def read(text, *corrections):
    return read_document(text.encode(), name="van-ban.txt", corrections=corrections)


def only(text, *corrections):
    (component,) = read(text, *corrections).components
    return component


def at(component, words):
    """The row of the line that begins with these words."""
    return next(row for row in component.rows if row.text.startswith(words))


def said(component, words, role, **more):
    return Correction(at(component, words).index, role, opening=words, **more)


def node_at(component, words):
    return component.nodes[at(component, words).node]


class TestHeads:
    def test_a_lost_head_is_found_with_its_number_and_title_told_apart(self):
        before = only(LOST_HEAD)
        assert numbers(before) == ["1", "2", "4", "5"]
        after = only(LOST_HEAD, said(before, "Đieu 3", Role.ARTICLE))
        assert numbers(after) == ["1", "2", "3", "4", "5"]
        node = node_at(after, "Đieu 3")
        assert (node.label, node.heading, node.text) == ("Điều 3.", "Họp định kỳ", "Tổ họp ngày thứ Hai hằng tuần.")
        assert not after.findings

    def test_a_number_that_is_not_written_can_be_given(self):
        before = only(LOST_HEAD)
        after = only(LOST_HEAD, said(before, "Tổ họp", Role.ARTICLE, number="3a"))
        node = node_at(after, "Tổ họp")
        assert (node.number, node.label) == ("3a", "Điều 3a.")

    def test_a_heading_becomes_plain_text_and_what_was_under_it_goes_on(self):
        before = only(LOST_HEAD)
        after = only(LOST_HEAD, said(before, "Điều 5", Role.TEXT))
        assert numbers(after) == ["1", "2", "4"]
        assert node_at(after, "Thư ký").text.split("\n")[1:] == [
            "Điều 5. Thi hành",
            "Tổ trưởng chịu trách nhiệm thi hành.",
        ]

    def test_a_chapter_is_lowered_and_an_article_raised(self):
        before = only(LOST_HEAD)
        lowered = only(LOST_HEAD, said(before, "Chương I", Role.SECTION))
        assert tree(lowered)[1:3] == ["section I", "  article 1"]
        raised = only(LOST_HEAD, said(before, "Điều 4", Role.CHAPTER, number="II"))
        assert [node.kind for node in raised.nodes if node.number == "II"] == [Kind.CHAPTER]
        assert raised.nodes[node_at(raised, "Điều 5").parent].number == "II"

    @pytest.mark.parametrize(
        ("written", "label"),
        [("CHƯƠNG I", "CHƯƠNG II"), ("Chương thứ nhất", "Chương thứ hai"), ("CHƯƠNG 1:", "CHƯƠNG 2:")],
    )
    def test_a_label_that_was_not_written_follows_the_file(self, written, label):
        text = LOST_HEAD.replace("Chương I\n", f"{written}\n").replace("Điều 4.", "TỔ CHỨC\nĐiều 4.")
        after = only(text, said(only(text), "TỔ CHỨC", Role.CHAPTER, number="II"))
        assert (node_at(after, "TỔ CHỨC").label, node_at(after, "TỔ CHỨC").heading) == (label, "TỔ CHỨC")

    def test_the_words_behind_a_number_are_text_or_title_as_said(self):
        before = only(LOST_HEAD)
        untitled = node_at(only(LOST_HEAD, said(before, "Điều 5", Role.ARTICLE, is_titled=False)), "Điều 5")
        assert (untitled.heading, untitled.text.split("\n")[0]) == ("", "Thi hành")
        decision = read(DECISION_AND_REGULATION).components[0]
        component = read(DECISION_AND_REGULATION, said(decision, "Điều 2", Role.ARTICLE, is_titled=True)).components[0]
        assert node_at(component, "Điều 2").heading == "Quyết định này có hiệu lực từ ngày ký."

    def test_a_line_goes_on_with_the_title_above_or_does_not(self):
        before = only(LOST_HEAD)
        longer = node_at(only(LOST_HEAD, said(before, "Tổ trưởng", Role.TITLE)), "Điều 5")
        assert (longer.heading, longer.text) == ("Thi hành Tổ trưởng chịu trách nhiệm thi hành.", "")
        shorter = node_at(only(LOST_HEAD, said(before, "QUY ĐỊNH CHUNG", Role.TEXT)), "Chương I")
        assert (shorter.heading, shorter.text) == ("", "QUY ĐỊNH CHUNG")

    def test_items_have_levels(self):
        before = only(PROGRAMME)
        after = only(PROGRAMME, said(before, "2. Mục tiêu cụ thể", Role.ITEM, level=2))
        assert node_at(after, "2. Mục tiêu cụ thể").depth == node_at(before, "2. Mục tiêu cụ thể").depth + 1
        text = only(PROGRAMME, said(before, "2.1. Kinh tế", Role.TEXT))
        assert "2.1" not in numbers(text, Kind.ITEM)

    @pytest.mark.parametrize(
        ("text", "role", "number", "expected"),
        [
            ("Điều 7. Họp", Role.ARTICLE, "", ("7", "Điều 7.", "Họp")),
            ("Đ i ề u 7. Họp", Role.ARTICLE, "", ("7", "Điều 7.", "Họp")),
            ("7. Họp", Role.ARTICLE, "", ("7", "Điều 7.", "Họp")),
            ("Điều 71. Họp", Role.ARTICLE, "7", ("7", "Điều 7.", "Họp")),
            ("Họp", Role.ARTICLE, "7", ("7", "Điều 7.", "Họp")),
            ("II- NHIỆM VỤ", Role.PART, "", ("II", "II-", "NHIỆM VỤ")),
            ("NHIỆM VỤ", Role.PART, "", ("", "", "NHIỆM VỤ")),
            ("Chuong 2: VIỆC", Role.CHAPTER, "", ("2", "Chuong 2:", "VIỆC")),
            ("Việc làm", Role.ITEM, "1.2", ("1.2", "1.2.", "Việc làm")),
        ],
    )
    def test_number_label_and_title(self, text, role, number, expected):
        sign = head_sign(text, Correction(0, role, number))
        assert (sign.number, sign.label, sign.title) == expected


class TestDocuments:
    def test_two_documents_in_one_file_can_be_one(self):
        before = read(DECISION_AND_REGULATION).components
        assert len(before) == 2
        start = before[1].rows[0]
        assert start.role == Role.DOCUMENT
        (after,) = read(DECISION_AND_REGULATION, Correction(start.index, Role.SAME)).components
        assert len(after.rows) == sum(len(component.rows) for component in before)

    def test_and_one_two(self):
        before = only(LOST_HEAD)
        first, second = read(LOST_HEAD, said(before, "Điều 4", Role.DOCUMENT)).components
        assert (numbers(first), numbers(second)) == (["1", "2"], ["5"])

    def test_a_closing_is_where_one_says(self):
        before = only(LOST_HEAD)
        after = only(LOST_HEAD, said(before, "Tổ trưởng", Role.CLOSING))
        assert node_at(after, "Tổ trưởng").kind is Kind.CLOSING
        decision = read(DECISION_AND_REGULATION).components[0]
        open_end = read(DECISION_AND_REGULATION, said(decision, "Nơi nhận", Role.TEXT)).components[0]
        assert node_at(open_end, "Nơi nhận").kind is Kind.ARTICLE


class TestLines:
    def test_a_correction_meets_only_the_line_it_was_made_for(self):
        lines = [SourceLine("Điều 1. Tên", 1)]
        assert fitting([Correction(0, Role.TEXT, opening="Điều 1")], lines)
        assert not fitting([Correction(0, Role.TEXT, opening="Điều 2")], lines)
        assert not fitting([Correction(5, Role.TEXT)], lines)

    def test_every_line_of_the_file_has_one_row(self):
        rows = [row for component in read(DECISION_AND_REGULATION).components for row in component.rows]
        assert [row.index for row in rows] == list(range(len(rows)))
        assert "\n".join(row.text for row in rows) == DECISION_AND_REGULATION.strip()


class TestOffers:
    def test_a_gap_offers_the_line_that_looks_like_the_lost_head(self):
        component = only(LOST_HEAD)
        (finding,) = component.findings
        ((row, offer),) = mends(component, finding)
        assert row.text.startswith("Đieu 3")
        assert not only(LOST_HEAD, offer.correction).findings

    def test_a_gap_offers_a_title_that_lost_word_and_number_when_clauses_begin_anew_behind_it(self):
        text = LOST_HEAD.replace("Đieu 3 Họp định kỳ", "Họp định kỳ")
        assert [mends(only(text), finding) for finding in only(text).findings] == [[]], "nothing begins anew"
        component = only(text.replace("Họp định kỳ\n", "Họp định kỳ\n1. Mỗi tháng.\n2. Mỗi quý.\n"))
        gap = next(finding for finding in component.findings if "missing" in finding.message)
        ((row, offer),) = mends(component, gap)
        assert (row.text, offer.correction.role, offer.correction.number) == ("Họp định kỳ", Role.ARTICLE, "3")

    def test_lines_in_the_style_of_a_heading_are_noticed_and_offered_as_what_heads_of_that_style_are(self):
        text = (
            "Quy chế làm việc\n\n# Quy định chung\n\n## Điều 1. Phạm vi\n\n1. Quy chế này.\n\n"
            "# Tổ chức thực hiện\n\n## Hiệu lực\n\nTừ ngày ký.\n\n## Điều 3. Sửa đổi\n\n### 1. Khi cần\n\nSửa.\n"
        )

        def read_with(corrections):
            (component,) = read_document(text.encode(), name="quy-che.md", corrections=corrections).components
            return component, [finding for finding in component.findings if "style of a heading" in finding.message]

        corrections: list[Correction] = []
        component, findings = read_with(corrections)
        assert [finding.params["words"] for finding in findings] == ["Quy định chung", "Tổ chức thực hiện", "Hiệu lực"]
        for _ in findings[:]:
            ((_, offer),) = mends(component, findings[0])
            corrections.append(offer.correction)
            component, findings = read_with(corrections)
        assert [(node.kind, node.number, node.heading) for node in component.nodes[1:]] == [
            ("chapter", "I", "Quy định chung"),
            ("article", "1", "Phạm vi"),
            ("chapter", "II", "Tổ chức thực hiện"),
            ("article", "2", "Hiệu lực"),
            ("article", "3", "Sửa đổi"),
        ]
        assert component.findings == ()

    def test_a_head_kept_as_text_is_offered_as_one(self):
        text = LOST_HEAD.replace("Đieu 3 Họp", "Điều 2. Họp")
        component = only(text)
        finding = next(finding for finding in component.findings if "kept as text" in finding.message)
        ((row, offer),) = mends(component, finding)
        assert (row.text, offer.correction.number) == ("Điều 2. Họp định kỳ", "2")
        assert numbers(only(text, offer.correction)).count("2") == 2

    def test_a_line_of_text_is_offered_as_the_next_article_and_a_head_as_text(self):
        component = only(LOST_HEAD)
        first = offers_for(component, at(component, "Đieu 3"))[0]
        assert (first.does, first.correction.role, first.correction.number) == ("head", Role.ARTICLE, "3")
        does = [offer.does for offer in offers_for(component, at(component, "Điều 4"))]
        assert does == ["text", "higher", "lower", "untitled"]
        assert [offer.does for offer in offers_for(component, at(component, "QUY ĐỊNH"))] == ["text"]


CORRECTIONS = st.lists(
    st.builds(
        Correction,
        index=st.integers(0, 40),
        role=st.sampled_from(Role),
        number=st.sampled_from(("", "1", "7a", "II")),
        level=st.integers(1, 4),
        is_titled=st.sampled_from((None, True, False)),
    ),
    max_size=6,
)


@settings(max_examples=150)
@given(corrections=CORRECTIONS, text=st.sampled_from((DECISION_AND_REGULATION, PROGRAMME, LOST_HEAD)))
def test_whatever_is_corrected_nothing_is_lost_and_taking_it_back_gives_the_first_structure(corrections, text):
    corrected = read(text, *corrections)
    rows = [row for component in corrected.components for row in component.rows]
    assert "\n".join(row.text for row in rows) == text.strip()
    for component in corrected.components:
        assert {row.node for row in component.rows} == set(range(len(component.nodes)))
        for index, node in enumerate(component.nodes):
            assert node.parent is None or node.parent < index
            words = " ".join(row.text for row in component.rows if row.node == index).split()
            stored = f"{node.label} {node.heading} {node.text}".split()
            assert set(words[2:]) <= set(stored)
    said = {correction.index: correction.role for correction in corrections}
    roles = {row.index: row.role for row in rows}
    heads = {index: role for index, role in said.items() if role in HEADS and index in roles}
    assert {index: roles[index] for index in heads} == heads
    assert read(text, *corrections[:0]) == read(text)
