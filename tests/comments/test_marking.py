from hypothesis import given, settings
from hypothesis import strategies as st

from comments.marking import Segment, mark_lines
from comments.templatetags.marks import marked

lines_of_text = st.lists(st.text("abc đự ", max_size=12), max_size=6)
marks = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.integers(1, 9)), max_size=8)


def test_a_line_without_marks_is_one_segment():
    assert mark_lines(["Điều 1"], []) == [[Segment("Điều 1")]]


def test_a_mark_cuts_a_line_in_three():
    assert mark_lines(["giao Ban Thường vụ"], [(5, 8, "a")]) == [
        [Segment("giao "), Segment("Ban", ("a",)), Segment(" Thường vụ")]
    ]


def test_overlapping_marks_share_a_segment():
    assert mark_lines(["abcdef"], [(0, 4, 1), (2, 6, 2)]) == [
        [Segment("ab", (1,)), Segment("cd", (1, 2)), Segment("ef", (2,))]
    ]


def test_a_mark_runs_over_line_breaks():
    assert mark_lines(["ab", "", "cd"], [(1, 5, 7)]) == [
        [Segment("a"), Segment("b", (7,))],
        [],
        [Segment("c", (7,)), Segment("d")],
    ]


def test_a_mark_on_a_line_break_alone_marks_nothing():
    assert mark_lines(["ab", "cd"], [(2, 3, 7)]) == [[Segment("ab")], [Segment("cd")]]


def test_two_marks_of_one_comment_name_it_once():
    assert mark_lines(["abc"], [(0, 3, 7), (0, 3, 7)]) == [[Segment("abc", (7,))]]


@settings(max_examples=300)
@given(lines_of_text, marks)
def test_the_segments_joined_give_the_lines_back(lines, spans):
    marked = mark_lines(lines, spans)
    assert ["".join(segment.text for segment in segments) for segments in marked] == lines
    assert all(segment.text for segments in marked for segment in segments)


@settings(max_examples=300)
@given(lines_of_text, marks)
def test_every_letter_bears_exactly_the_marks_that_cover_it(lines, spans):
    place = 0
    for segments in mark_lines(lines, spans):
        for segment in segments:
            for _ in segment.text:
                assert set(segment.keys) == {key for start, end, key in spans if start <= place < end}
                place += 1
        place += 1


def test_on_the_page_every_letter_is_kept_and_none_is_taken_for_markup():
    line = 'a <b> & "c"'
    [segments] = mark_lines([line], [(2, 5, 7), (4, 9, "8<")])
    assert marked(segments) == (
        'a <mark data-comments="7">&lt;b</mark><mark data-comments="7 8&lt;">&gt;</mark>'
        '<mark data-comments="8&lt;"> &amp; &quot;</mark>c&quot;'
    )
