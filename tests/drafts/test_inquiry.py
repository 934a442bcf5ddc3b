import unicodedata

from drafts.inquiry import LONGEST, folded, inquire, spelled


def test_words_are_folded_but_the_stroke_of_the_letter_stays():
    assert folded("Tiếp thu ở Đ.5, HĐND; Ðảng “uỷ”") == ["tiep", "thu", "o", "đ", "5", "hđnd", "đang", "uy"]


def test_old_and_new_placement_of_tones_are_spelled_the_same():
    assert spelled("uỷ hoà thuý khoẻ") == spelled("ủy hòa thúy khỏe")
    assert spelled("ủy") != spelled("uy") != spelled("úy")


def test_decomposed_letters_are_the_same_words():
    for word in ("thường", "Điều", "nghị", "quyết", "ưỡn"):
        assert spelled(unicodedata.normalize("NFD", word)) == spelled(word)
        assert folded(unicodedata.normalize("NFD", word)) == folded(word)


def test_a_typed_d_may_be_the_other_letter_and_not_the_other_way_round():
    assert inquire("dang").wanted == {"dang", "đang"}
    assert inquire("đang").wanted == {"đang"}
    assert inquire("hdnd").wanted == {"hdnd", "hđnd", "hdnđ", "hđnđ"}


def test_a_phrase_in_quotes_is_one_term():
    for typed in ('báo cáo "tiếp thu"', "báo cáo “tiếp thu”", 'báo cáo "tiếp thu'):
        assert [term.folded for term in inquire(typed).terms] == [("bao",), ("cao",), ("tiep", "thu")]
    assert "<->" in inquire('"tiếp thu"').folded_query


def test_only_what_is_typed_with_marks_has_them():
    assert inquire("tiếp thu").has_marks
    assert not inquire("tiep thu").has_marks


def test_nothing_to_look_for_is_false():
    for typed in ("", "   ", "...", '""', "“ ”", "\x00", "𝒳"):
        assert not inquire(typed)


def test_much_is_cut():
    inquiry = inquire("từ " * 10_000)
    assert len(inquiry.typed) <= LONGEST
    assert sum(len(term.folded) for term in inquiry.terms) == 12
    assert len(inquire("d" * 150).folded_query) < 400


def test_nothing_typed_can_be_more_than_words():
    inquiry = inquire("a' | !b & (c:*) <-> \\ d")
    assert [term.folded for term in inquiry.terms] == [("a",), ("b",), ("c",), ("d",)]
