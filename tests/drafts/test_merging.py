import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.merging import Choice, Conflict, Resolved, Same, merge

BASE = """1. Ban Thường vụ Tỉnh ủy họp thường lệ mỗi tháng một lần.
2. Thường trực Tỉnh ủy họp thường lệ mỗi tuần một lần.
3. Văn phòng chuẩn bị nội dung."""

texts = st.lists(
    st.sampled_from(["họp", "tháng", "và", "một", "lần", ",", ".", "\n", "\n2. ", " ", "  "]), max_size=20
).map(" ".join) | st.text("ab \n.,", max_size=20)


def changed(old, new):
    return BASE.replace(old, new)


def test_changes_in_different_paragraphs_are_both_taken():
    merged = merge(BASE, mine=changed("mỗi tháng", "hằng tháng"), theirs=changed("nội dung", "hồ sơ"))
    assert merged.is_clean
    assert merged.text == changed("mỗi tháng", "hằng tháng").replace("nội dung", "hồ sơ")


def test_changes_to_different_words_of_a_paragraph_are_both_taken():
    merged = merge(BASE, mine=changed("họp thường lệ mỗi tuần", "họp mỗi tuần"), theirs=changed("tuần một", "tuần hai"))
    assert merged.text == changed("họp thường lệ mỗi tuần một", "họp mỗi tuần hai")


def test_the_same_change_made_twice_is_taken_once():
    both = changed("mỗi tuần một lần", "hai tuần một lần")
    merged = merge(BASE, mine=both, theirs=both)
    assert merged.is_clean
    assert merged.text == both
    assert [piece.by for piece in merged.pieces if isinstance(piece, Resolved)] == [Choice.BOTH]


def test_the_same_insertion_is_taken_once_beside_another_change_too():
    base = "họp thường lệ mỗi tuần một lần; họp bất thường khi cần"
    mine = base.replace("; họp", "; ngoài ra, họp")
    theirs = mine.replace("thường lệ", "định kỳ")
    assert merge(base, mine=mine, theirs=theirs).text == theirs


def test_words_that_two_sides_may_have_set_twice_are_a_question():
    base = "các ban và văn phòng chuẩn bị nội dung cuộc họp trước ba ngày"
    mine = base.replace("chuẩn bị", "Tỉnh ủy chuẩn bị")
    theirs = base.replace("chuẩn bị nội dung", "Tỉnh ủy và các cơ quan lo nội dung")
    merged = merge(base, mine=mine, theirs=theirs)
    assert not merged.is_clean
    assert merged.text_with(["mine"]) == mine
    assert merged.text_with(["theirs"]) == theirs


def test_who_changed_what_is_told():
    merged = merge("họp mỗi tháng", mine="họp hằng tháng", theirs="họp mỗi tháng một lần")
    assert merged.pieces == (
        Same("họp "),
        Resolved("mỗi", "hằng", Choice.MINE),
        Same(" tháng"),
        Resolved("", " một lần", Choice.THEIRS),
    )


def test_where_changes_stand_is_said_as_one_cites_it():
    lines = ["Mở đầu:", "1. Họp kín.", "2. Họp mở.", "3. Báo cáo:", "a) Bí thư;", "b) Thường trực;", "c) Các ban."]
    base = "\n".join(lines)
    mine = base.replace("\n2. Họp mở.", "").replace("b) Thường trực", "b) Thường trực Tỉnh ủy")
    theirs = base.replace("Mở đầu", "Quy định").replace("b) Thường trực", "b) Thường vụ") + "\nd) Văn phòng."
    merged = merge(base, mine=mine, theirs=theirs)
    assert len(merged.conflicts) == 1
    assert [(change.by, change.label) for change in merged.changes] == [
        (Choice.THEIRS, ""),
        (Choice.MINE, "khoản 2"),
        (Choice.THEIRS, "điểm d khoản 3"),
    ]
    assert all(isinstance(merged.pieces[change.place], Resolved) for change in merged.changes)


def test_different_changes_to_the_same_words_are_a_conflict():
    merged = merge("họp mỗi tháng", mine="họp mỗi tuần", theirs="họp mỗi quý")
    assert not merged.is_clean
    assert merged.pieces == (Same("họp mỗi "), Conflict("tháng", "tuần", "quý"))
    with pytest.raises(ValueError):
        _ = merged.text


@pytest.mark.parametrize(
    ("choice", "text"),
    [("mine", "họp mỗi tuần."), ("theirs", "họp mỗi quý."), ("base", "họp mỗi tháng."), ("both", "họp mỗi tuần quý.")],
)
def test_a_conflict_is_decided_by_choice(choice, text):
    merged = merge("họp mỗi tháng.", mine="họp mỗi tuần.", theirs="họp mỗi quý.")
    assert merged.text_with([choice]) == text


def test_conflicts_are_decided_piece_by_piece():
    merged = merge(
        BASE,
        mine=changed("mỗi tháng", "hằng tháng").replace("nội dung", "hồ sơ"),
        theirs=changed("mỗi tháng", "hai tháng").replace("nội dung", "tài liệu"),
    )
    assert merged.text_with(["mine", "theirs"]) == changed("mỗi tháng", "hằng tháng").replace("nội dung", "tài liệu")


def test_every_conflict_needs_its_choice():
    merged = merge("họp mỗi tháng", mine="họp mỗi tuần", theirs="họp mỗi quý")
    with pytest.raises(ValueError):
        merged.text_with([])
    with pytest.raises(ValueError):
        merged.text_with(["mine", "mine"])
    with pytest.raises(ValueError):
        merged.text_with(["whatever"])


def test_a_paragraph_dropped_by_one_and_edited_by_the_other_is_a_conflict():
    line = "\n2. Thường trực Tỉnh ủy họp thường lệ mỗi tuần một lần."
    merged = merge(BASE, mine=BASE.replace(line, ""), theirs=changed("mỗi tuần", "hai tuần"))
    assert merged.conflicts == (Conflict(line, "", line.replace("mỗi tuần", "hai tuần")),)


def test_a_clause_inserted_by_one_and_words_edited_by_the_other_go_together():
    mine = changed("2. Thường trực", "2. Tỉnh ủy họp ba tháng một lần.\n3. Thường trực").replace("3. Văn", "4. Văn")
    merged = merge(BASE, mine=mine, theirs=changed("nội dung", "hồ sơ"))
    assert merged.text == mine.replace("nội dung", "hồ sơ")


def test_clauses_added_by_both_at_the_end_are_a_conflict_that_keeps_both():
    merged = merge(BASE, mine=BASE + "\n4. Mới của tôi.", theirs=BASE + "\n4. Mới của bạn.")
    assert merged.text_with(["both"]).startswith(BASE)
    assert "của tôi" in merged.text_with(["both"]) and "của bạn" in merged.text_with(["both"])


def test_conflicts_with_only_a_comma_between_are_one():
    merged = merge("kiểm tra, giám sát", mine="thanh tra, theo dõi", theirs="rà soát, đôn đốc")
    assert len(merged.conflicts) == 1


def test_a_rewritten_sentence_is_not_mixed_with_an_edited_one():
    merged = merge(
        "Văn phòng tổng hợp và báo cáo hằng tháng.",
        mine="Các ban tham mưu chủ động phối hợp và chịu trách nhiệm toàn diện.",
        theirs="Văn phòng tổng hợp ý kiến và báo cáo hằng quý.",
    )
    assert len(merged.conflicts) == 1
    assert merged.text_with(["mine"]) == "Các ban tham mưu chủ động phối hợp và chịu trách nhiệm toàn diện."


@settings(max_examples=400)
@given(texts, texts)
def test_who_alone_changed_the_text_gets_it(base, mine):
    assert merge(base, mine=mine, theirs=base).text == mine
    assert merge(base, mine=base, theirs=mine).text == mine
    assert merge(base, mine=mine, theirs=mine).text == mine


@settings(max_examples=500)
@given(texts, texts, texts)
def test_the_sides_may_change_places(base, mine, theirs):
    merged, mirrored = merge(base, mine=mine, theirs=theirs), merge(base, mine=theirs, theirs=mine)
    assert merged.is_clean == mirrored.is_clean
    count = len(merged.conflicts)
    assert merged.text_with([Choice.MINE] * count) == mirrored.text_with([Choice.THEIRS] * count)


@settings(max_examples=400)
@given(texts, texts, texts)
def test_the_pieces_account_for_the_whole_base(base, mine, theirs):
    pieces = merge(base, mine=mine, theirs=theirs).pieces
    assert "".join(piece.text if isinstance(piece, Same) else piece.base for piece in pieces) == base


def randomly_edited(chance, words, prefix):
    """The words with some deleted, replaced, and inserted; new words are unlike all others."""
    words, new = list(words), (f"{prefix}{number}" for number in range(1000))
    for _ in range(chance.randint(1, 5)):
        place, length = chance.randint(0, len(words)), chance.randint(1, 4)
        act = chance.choice(["insert", "delete", "replace", "line"])
        if act != "insert":
            del words[place : place + (length if act != "line" else 0)]
        if act != "delete":
            words[place:place] = [next(new) for _ in range(length)] + (["\n"] if act == "line" else [])
    return words


def test_ten_thousand_random_pairs_of_edits_lose_no_word():
    chance = random.Random(20261110)
    clean = conflicts = 0
    for _ in range(10_000):
        base = [
            word for number in range(chance.randint(1, 40)) for word in ([f"w{number}"] + ["\n"] * (number % 9 == 8))
        ]
        mine, theirs = randomly_edited(chance, base, "m"), randomly_edited(chance, base, "t")
        merged = merge(" ".join(base), mine=" ".join(mine), theirs=" ".join(theirs))
        clean, conflicts = clean + merged.is_clean, conflicts + len(merged.conflicts)

        everything = " ".join(
            f"{piece.mine} {piece.theirs}" if isinstance(piece, Conflict) else piece.text for piece in merged.pieces
        )
        there = set(re.findall(r"\w+", everything))
        written = {word for word in mine + theirs if word[0] in "mt"}
        left_alone = {word for word in base if word in mine and word in theirs} - {"\n"}
        assert written | left_alone <= there
        decided = set(re.findall(r"\w+", merged.text_with([Choice.BOTH] * len(merged.conflicts))))
        assert written <= decided
        if merged.is_clean:
            words = merged.text.split()
            assert len(words) == len(set(words))
            dropped = {word for word in base if word not in mine or word not in theirs}
            assert not dropped & set(words)
    assert clean > 1000
    assert conflicts > 1000


def test_what_both_sides_changed_alike_is_never_taken_twice():
    """One goes on from where both have come to: the outcome is that text, or a question, never a word doubled."""
    chance = random.Random(20261111)
    clean = 0
    for _ in range(2_000):
        base = [
            word for number in range(chance.randint(1, 40)) for word in ([f"w{number}"] + ["\n"] * (number % 9 == 8))
        ]
        mine = randomly_edited(chance, base, "s")
        theirs = randomly_edited(chance, mine, "t")
        merged = merge(" ".join(base), mine=" ".join(mine), theirs=" ".join(theirs))
        if merged.is_clean:
            clean += 1
            words = merged.text.split()
            assert len(words) == len(set(words)), (base, mine, theirs)
    assert clean > 400
