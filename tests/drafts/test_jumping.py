import pytest

from drafts.jumping import Jump, read_jump


@pytest.mark.parametrize(
    ("typed", "jump"),
    [
        ("đ5 k2", Jump("5", "2")),
        ("điều 5 khoản 2", Jump("5", "2")),
        ("Đ.5", Jump("5")),
        ("dieu 5", Jump("5")),
        ("ĐIỀU 12 KHOẢN 3 ĐIỂM B", Jump("12", "3", "b")),
        ("khoản 2 Điều 5", Jump("5", "2")),
        ("điểm đ khoản 1.2 điều 12", Jump("12", "1.2", "đ")),
        ("đ5k2", Jump("5", "2")),
        ("d5, k2", Jump("5", "2")),
        ("đ 5, k 2, đ đ", Jump("5", "2", "đ")),
        ("Điều 5a", Jump("5a")),
        ("Ðiều 7", Jump("7")),
        ("Đie\u0302\u0300u 7", Jump("7")),
    ],
)
def test_a_place_is_read_however_it_is_typed(typed, jump):
    assert read_jump(typed) == jump


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "đ",
        "5",
        "k2",
        "tiếp thu",
        "đ5 tiếp thu",
        "Điều 5 khoản",
        "điều 5 điều 6",
        "đảng ủy",
        "Điều 99999",
        "khoản 2",
    ],
)
def test_anything_else_is_no_place(typed):
    assert read_jump(typed) is None


def test_it_is_cited_from_small_to_large():
    jump = Jump("5", "2", "đ")
    assert (jump.label, jump.line_label) == ("điểm đ khoản 2 Điều 5", "điểm đ khoản 2")
    assert Jump("5").label == "Điều 5"


def test_a_long_line_of_places_is_read_in_no_time():
    assert read_jump("đ5 k2 " * 10_000) is None
