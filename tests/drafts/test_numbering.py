"""Numbers of legal texts, as drafters count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import numbering


@pytest.mark.parametrize("value, numeral", [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1999, "MCMXCIX")])
def test_roman_numerals_are_written_and_read(value, numeral):
    assert numbering.roman(value) == numeral
    assert numbering.from_roman(numeral) == value


@given(st.integers(1, 3999))
def test_every_roman_numeral_reads_back(value):
    assert numbering.from_roman(numbering.roman(value)) == value


@pytest.mark.parametrize("text", ["", "IIII", "iv", "VX", "IC", "12", "A", "MMMM"])
def test_what_is_no_roman_numeral_is_refused(text):
    assert numbering.from_roman(text) is None


def test_there_is_no_roman_nought():
    with pytest.raises(ValueError):
        numbering.roman(0)


@pytest.mark.parametrize(
    "words, value",
    [
        ("thứ nhất", 1), ("Thứ hai", 2), ("THỨ TƯ", 4), ("thứ mười", 10), ("thứ mười lăm", 15), ("thứ hai mươi", 20),
        ("thứ hai mươi mốt", 21), ("thứ 3", 3), ("thứ bảy ngày", None), ("nhất", None), ("thứ tự", None), ("", None),
    ],
)  # fmt: skip
def test_ordinal_words_are_numbers(words, value):
    assert numbering.from_ordinal(words) == value


@pytest.mark.parametrize("value", range(1, 100))
def test_ordinals_are_written_and_read(value):
    assert numbering.from_ordinal(numbering.ordinal(value)) == value


@pytest.mark.parametrize(
    "number, value",
    [("5a", (5, "a")), ("IIa", (2, "a")), ("thứ hai", (2, "")), ("XIV", (14, "")), ("đ", None), ("1.2", None)],
)
def test_numbers_of_any_manner_have_a_value(number, value):
    assert numbering.value_of(number) == value


def test_points_run_through_the_vietnamese_letters():
    row = ["a"]
    while row[-1] != "y":
        row.append(numbering.next_number(row[-1]))
    assert row == list("abcdđeghiklmnopqrstuvxy")


@pytest.mark.parametrize(
    "number, following",
    [
        ("5", "6"),
        ("5a", "5b"),
        ("8d", "8đ"),
        ("IX", "X"),
        ("IIa", "IIb"),
        ("d", "đ"),
        ("e", "g"),
        ("a1", "a2"),
        ("1.9", "1.10"),
    ],
)
def test_the_next_number_stays_in_its_row(number, following):
    assert numbering.next_number(number) == following


@pytest.mark.parametrize("number", ["y", "", "?", "5y"])
def test_a_row_that_has_ended_has_no_next_number(number):
    with pytest.raises(ValueError):
        numbering.next_number(number)


@pytest.mark.parametrize("after, number", [("5", "5a"), ("5a", "5b"), ("d", "d1"), ("a1", "a2"), ("II", "IIa")])
def test_an_inserted_unit_gets_a_suffix(after, number):
    assert numbering.inserted_number(after) == number


@pytest.mark.parametrize(
    "row",
    [
        ["1", "2", "2a", "2b", "2đ", "2e", "3", "10"],
        ["a", "a1", "ă", "b", "d", "đ", "đ1", "e", "f", "g", "y", "z"],
        ["I", "II", "IIa", "IV", "IX", "X"],
        ["1.1", "1.2", "1.10", "2.1"],
        ["1", "99", "no number"],
    ],
)
def test_numbers_sort_as_people_count(row):
    backwards = row[::-1]
    assert sorted(backwards, key=numbering.sort_key) == row


@given(st.text(max_size=8))
def test_any_text_has_a_sort_key(text):
    assert all(isinstance(part, int | float) for part in numbering.sort_key(text))


@given(st.integers(1, 900), st.integers(1, 900))
def test_sort_keys_follow_the_integers(first, second):
    assert (numbering.sort_key(str(first)) < numbering.sort_key(str(second))) == (first < second)


@given(st.integers(1, 500))
def test_an_inserted_number_sorts_between_its_neighbours(value):
    number = str(value)
    assert (
        numbering.sort_key(number)
        < numbering.sort_key(numbering.inserted_number(number))
        < numbering.sort_key(numbering.next_number(number))
    )
