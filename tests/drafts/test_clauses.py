import pytest

from drafts.clauses import checked_lines


def complaints(text):
    return [(checked.number, finding.text()) for checked in checked_lines(text) for finding in checked.findings]


def points(letters):
    return "\n".join(f"{letter}) Việc {letter};" for letter in letters)


def test_a_text_in_order_has_no_findings():
    text = f"Lời dẫn:\n1. Một.\n2. Hai:\n{points('abcdđeghiklmnopqrstuvxy')}\n3. Ba:\n{points('ab')}"
    assert complaints(text) == []


def test_a_missing_đ_is_named_at_the_letter_behind_it():
    assert complaints("1. Một:\n" + points("abcdeg")) == [(6, "đ is missing before e.")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. A.\n3. C.", "2 is missing before 3."),
        ("1. A.\n5. E.", "5 follows 1; 2 is expected."),
        ("1. A.\n1. B.", "khoản 1 comes a second time."),
        ("2. B.", "Begins with 2; 1 is expected first."),
        ("1. A:\nb) B;", "Begins with b; a is expected first."),
        ("1. A:\n" + points("abdđe"), "c is missing before d."),
        ("1. A:\n" + points("abe"), "e follows b; c is expected."),
        ("1. A:\n" + points("abâ"), "The letter â is not used for points; c is expected."),
        (
            "1. Theo khoản 4 Điều này.\n2. B.",
            "“khoản 4 Điều này” leads nowhere: there is no such clause in this article.",
        ),
    ],
)
def test_what_is_out_of_row_is_said_once(text, said):
    assert [words for _, words in complaints(text)] == [said]


def test_inserted_units_are_in_order():
    assert complaints("1. A.\n1a. B.\n1b. C.\n2. D:\na) E;\na1) G;\nb) H.") == []


def test_letters_begin_anew_in_every_clause():
    assert complaints(f"1. A:\n{points('abc')}\n2. B:\n{points('ab')}") == []


def test_a_citation_of_a_clause_that_exists_is_right():
    assert complaints("1. Theo khoản 2 Điều này.\n2. B.") == []


def test_lines_open_with_their_first_words():
    [first, second] = checked_lines("1. " + "chữ " * 40 + "\n\na) Ngắn;")
    assert first.opening.endswith("…")
    assert len(first.opening) < 50
    assert (second.opening, second.is_point, second.number) == ("Ngắn;", True, 3)
