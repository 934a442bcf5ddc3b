"""Rows of tables: taken apart for the page without losing a character."""

from hypothesis import given
from hypothesis import strategies as st

from comments.marking import Segment, mark_lines
from comments.tables import cells

CELL = st.text(alphabet="ab |\\n\nđ", max_size=8)


def written(words):
    """As the importer writes a cell."""
    return words.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def test_cells_show_their_words_and_hide_the_notation():
    row = "| Số | Quy hoạch \\| kế hoạch\\ncủa tỉnh | |"
    assert [cell.words for cell in cells([Segment(row)])] == ["Số", "Quy hoạch | kế hoạch\ncủa tỉnh", ""]


def test_a_line_with_one_bar_is_one_cell_as_it_stands():
    assert [cell.words for cell in cells([Segment("không | phải bảng")])] == ["không | phải bảng"]


def test_marks_go_through_cells():
    row = "| Số | Nội dung |"
    segments = mark_lines([row], [(2, 10, 7)])[0]
    marked = ["".join(piece.text for piece in cell.pieces if 7 in piece.keys) for cell in cells(segments)]
    assert marked == ["Số", "Nội"]


@given(st.lists(CELL, min_size=1, max_size=4), st.integers(0, 20), st.integers(0, 20))
def test_nothing_is_lost_whatever_is_marked(words, start, end):
    row = f"| {' | '.join(written(cell) for cell in words)} |"
    found = cells(mark_lines([row], [(start, end, "x")])[0])
    assert "".join(piece.text for cell in found for piece in cell.pieces) == row
    assert len(found) == len(words)


@given(st.lists(st.text(alphabet="ab|\\n\nđ", min_size=1, max_size=8), min_size=1, max_size=4))
def test_what_the_importer_wrote_is_what_a_reader_sees(words):
    row = f"| {' | '.join(written(cell) for cell in words)} |"
    assert [cell.words for cell in cells([Segment(row)])] == words
