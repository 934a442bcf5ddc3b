import pytest

from drafts.exporting.tables import parse_row, side_by_side
from drafts.wording import Kind, Span


def plain(text):
    return "".join(span.text for span in side_by_side([Span(Kind.SAME, text)]))


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("| 1 | Họp |", "1 │ Họp"),
        ("| 1 | < | Họp |", "1 │ Họp"),
        ("| ^ | Họp | ^ |", "Họp"),
        ("| <5 tỷ | a\\nb\\|c |", "<5 tỷ │ a b|c"),
        ("1. Không phải bảng | đâu", "1. Không phải bảng | đâu"),
    ],
)
def test_a_row_shows_its_cells(row, shown):
    assert plain(row) == shown


def test_what_differs_in_a_row_stays_marked():
    spans = [Span(Kind.SAME, "| 1 | Họp "), Span(Kind.INSERTED, "hằng tháng | 2"), Span(Kind.SAME, " |")]
    assert side_by_side(spans) == [Span(Kind.SAME, "1 │ Họp "), Span(Kind.INSERTED, "hằng tháng │ 2")]


def test_a_row_of_nothing_has_nothing_to_show():
    assert plain("| ^ |") == "" and parse_row("| ^ |").cells
