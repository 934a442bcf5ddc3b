from drafts.inquiry import inquire
from drafts.snippets import marked, snippet

LONG = "Mở đầu không có gì. " * 30 + "Ban Thường vụ tiếp thu ý kiến, giải trình đầy đủ. " + "Phần cuối cũng vậy. " * 30


def said(found):
    return "".join(piece.text for piece in found.pieces)


def found_words(found):
    return [piece.text for piece in found.pieces if piece.is_found]


def test_the_stretch_with_most_of_the_words_is_shown_and_they_are_marked():
    found = snippet(LONG, inquire("tiep thu giai trinh"))
    assert found_words(found) == ["tiếp", "thu", "giải", "trình"]
    assert said(found).startswith("… ")
    assert said(found).endswith(" …")
    assert LONG[found.place :].startswith("tiếp thu")
    assert len(said(found)) < 300


def test_what_is_typed_with_marks_marks_those_words_alone_where_they_stand():
    assert found_words(snippet("Bí thư tiếp thu.", inquire("tiếp thu"))) == ["tiếp", "thu"]
    assert found_words(snippet("Bí thư tiếp tục.", inquire("tiếp thu"))) == ["thư", "tiếp"]


def test_words_of_a_phrase_are_marked_where_the_whole_phrase_stands():
    text = "Ủy ban thường xuyên, vụ việc. " * 20 + "Ban Thường vụ: Đảng ủy và ban thường, vụ quyết định."
    found = snippet(text, inquire('"ban thuong vu" quyết'))
    assert found_words(found) == ["Ban", "Thường", "vụ", "ban", "thường", "vụ", "quyết"]
    assert text[found.place :].startswith("ban thường, vụ quyết"), "closest together"
    assert not any(piece.is_found for piece in marked("Ủy ban và các vụ", inquire('"ban thường vụ"')))
    assert found_words(snippet("Ban thuong vu, Ban Thường vụ", inquire('"ban thường vụ"'))) == ["Ban", "Thường", "vụ"]


def test_without_a_hit_the_opening_is_shown():
    found = snippet(LONG, inquire("nghị quyết"))
    assert found.place is None
    assert said(found).startswith("Mở đầu")


def test_a_short_text_is_shown_whole_in_one_line():
    assert said(snippet("1. Một.\na) Hai.", inquire("hai"))) == "1. Một. a) Hai."


def test_a_title_is_marked_whole():
    assert [(p.text, p.is_found) for p in marked("Chế độ họp", inquire("hop"))] == [("Chế độ ", False), ("họp", True)]


def test_an_empty_text_has_no_pieces():
    assert snippet("", inquire("a")).pieces == ()


def test_a_text_full_of_hits_is_cut_in_no_time():
    found = snippet("thu " * 50_000, inquire("thu"))
    assert found.place == 0
    assert len(said(found)) < 300
