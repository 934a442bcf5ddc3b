import difflib
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.wording import (
    Kind,
    LineKind,
    change_summary,
    difference,
    difference_lines,
    new_side,
    old_side,
    tokens,
)

SYLLABLES = [
    "Ban",
    "Thường",
    "vụ",
    "Tỉnh",
    "ủy",
    "quyết",
    "định",
    "và",
    "12/6/2009",
    "Điều",
    "5",
    "khoản",
    "a)",
]
GLUE = [" ", " ", " ", " ", ", ", "; ", "  ", "\n", ".\n", "\n2. ", "\nb) ", "/", "\u00a0"]
texts = st.lists(st.tuples(st.sampled_from(SYLLABLES), st.sampled_from(GLUE)), max_size=25).map(
    lambda pairs: "".join(word + glue for word, glue in pairs)
)
any_text = st.text(max_size=60) | texts

CLAUSES = """1. Thảo luận, quyết định chương trình công tác năm.
2. Họp ba tháng một lần.
3. Quyết định nhân sự theo phân cấp."""


def marked(old, new):
    """The difference as one string, "[-…-]" deleted and "{+…+}" inserted."""
    brackets = {Kind.SAME: "{}", Kind.DELETED: "[-{}-]", Kind.INSERTED: "{{+{}+}}"}
    return "".join(brackets[span.kind].format(span.text) for span in difference(old, new))


@settings(max_examples=500)
@given(any_text, any_text)
def test_the_sides_joined_give_exactly_the_two_texts(old, new):
    spans = difference(old, new)
    assert old_side(spans) == old
    assert new_side(spans) == new
    assert all(span.text for span in spans)


@settings(max_examples=400)
@given(texts, texts)
def test_the_lines_joined_give_exactly_the_two_texts(old, new):
    lines = difference_lines(old, new)
    assert "\n".join(old_side(li.spans) for li in lines if li.kind is not LineKind.INSERTED) == old
    assert "\n".join(new_side(li.spans) for li in lines if li.kind is not LineKind.DELETED) == new
    assert all("\n" not in span.text for line in lines for span in line.spans)


@settings(max_examples=250)
@given(any_text)
def test_equal_texts_do_not_differ(text):
    assert all(span.kind is Kind.SAME for span in difference(text, text))
    assert {line.kind for line in difference_lines(text, text)} == {LineKind.SAME}
    assert change_summary(text, text).is_same_wording


@settings(max_examples=250)
@given(st.text())
def test_tokens_joined_give_the_text(text):
    assert "".join(tokens(text)) == text


def test_words_are_never_cut():
    assert marked("quyết định", "quyết đoán") == "quyết [-định-]{+đoán+}"
    assert marked("trước ngày 10/11/2026", "trước ngày 15/11/2026") == "trước ngày [-10/11/2026-]{+15/11/2026+}"


def test_dates_amounts_and_symbols_are_one_token():
    assert tokens("12-NQ/TU 1.234,5 2a.") == ["12-NQ/TU", " ", "1.234,5", " ", "2a", "."]


def test_an_inserted_clause_is_one_insertion_and_the_next_is_renumbered():
    new = CLAUSES.replace("3. Quyết", "3. Chuẩn bị nội dung trình Tỉnh ủy.\n4. Quyết")
    lines = difference_lines(CLAUSES, new)
    assert [line.kind for line in lines] == [
        LineKind.SAME,
        LineKind.SAME,
        LineKind.INSERTED,
        LineKind.RENUMBERED,
    ]
    assert [(span.kind, span.text, span.is_number) for span in lines[3].spans] == [
        (Kind.DELETED, "3.", True),
        (Kind.INSERTED, "4.", True),
        (Kind.SAME, " Quyết định nhân sự theo phân cấp.", False),
    ]


def test_a_dropped_clause_is_one_deletion():
    new = "1. Thảo luận, quyết định chương trình công tác năm.\n2. Quyết định nhân sự theo phân cấp."
    assert [line.kind for line in difference_lines(CLAUSES, new)] == [
        LineKind.SAME,
        LineKind.DELETED,
        LineKind.RENUMBERED,
    ]


def test_points_are_renumbered_through_the_missing_letter():
    lines = difference_lines("d) Kiểm tra;\ne) Giám sát.", "d) Kiểm tra;\nđ) Giám sát.")
    assert [line.kind for line in lines] == [LineKind.SAME, LineKind.RENUMBERED]


def test_a_renumbered_and_rewritten_clause_shows_both():
    (line,) = difference_lines("2. Họp ba tháng một lần.", "3. Họp hai tháng một lần.")
    assert line.kind is LineKind.CHANGED
    assert [span.text for span in line.spans if span.is_number] == ["2.", "3."]
    assert [span.text for span in line.spans if not span.is_number][:3] == [" Họp ", "ba", "hai"]


def test_a_changed_amount_is_not_taken_for_a_number_of_a_clause():
    (line,) = difference_lines("10 ngày làm việc", "15 ngày làm việc")
    assert line.kind is LineKind.CHANGED


def test_a_clause_rewritten_in_place_is_matched_by_its_words():
    lines = difference_lines(CLAUSES, CLAUSES.replace("Họp ba tháng một lần", "Họp thường lệ một tháng một lần"))
    assert [line.kind for line in lines] == [LineKind.SAME, LineKind.CHANGED, LineKind.SAME]


def test_unlike_paragraphs_are_not_compared_word_by_word():
    lines = difference_lines("Họp ba tháng một lần.", "Văn phòng giúp việc, tổng hợp ý kiến.")
    assert [line.kind for line in lines] == [LineKind.DELETED, LineKind.INSERTED]


def test_a_lone_space_between_rewritten_words_joins_them():
    assert marked("họp thường lệ nay", "họp bất kỳ nay") == "họp [-thường lệ-]{+bất kỳ+} nay"


def test_a_small_word_amid_rewriting_does_not_shred_the_redline():
    old = "giao cơ quan chủ trì và đơn vị phối hợp thực hiện"
    new = "giao người đứng đầu và toàn thể cán bộ thực hiện"
    assert marked(old, new) == (
        "giao [-cơ quan chủ trì và đơn vị phối hợp-]{+người đứng đầu và toàn thể cán bộ+} thực hiện"
    )


def test_punctuation_beside_a_replacement_belongs_to_it():
    spans = difference(
        "của cấp ủy tỉnh, nhiệm kỳ", "của Ban Chấp hành (gọi là Tỉnh ủy), Ban Thường vụ Tỉnh ủy, nhiệm kỳ"
    )
    assert [span.kind for span in spans] == ["same", "deleted", "inserted", "same"]


def test_an_untouched_word_between_two_small_changes_stays_untouched():
    assert marked("ba tháng một lần", "hai tháng hai lần") == "[-ba-]{+hai+} tháng [-một-]{+hai+} lần"


def test_two_insertions_around_a_comma_leave_the_comma():
    assert "[-" not in marked("họp, quyết định", "họp kín, cùng quyết định")


def test_the_summary_counts_words_and_leaves_numbers_out():
    summary = change_summary("1. Họp kín\n2. Quyết định", "2. Họp công khai\n3. Quyết định")
    assert (summary.inserted_words, summary.deleted_words, summary.renumbered_lines) == (2, 1, 2)
    assert not summary.is_same_wording
    assert change_summary("2. Họp", "3. Họp").is_same_wording


def test_a_text_rewritten_as_a_whole_is_still_compared():
    old = "\n".join(f"dòng cũ số {n}" for n in range(250))
    new = "\n".join(f"câu khác hẳn thứ {n}" for n in range(250))
    spans = difference(old, new)
    assert old_side(spans) == old
    assert new_side(spans) == new


def forty_pairs():
    """Forty articles of 250 words in ten paragraphs, one word in ten changed."""
    chance = random.Random(7)
    words = [f"từ{number}" for number in range(300)]
    for _ in range(40):
        old = [chance.choice(words) for _ in range(250)]
        new = [chance.choice(words) if chance.random() < 0.1 else word for word in old]
        yield tuple("\n".join(" ".join(side[at : at + 25]) for at in range(0, 250, 25)) for side in (old, new))


def seconds(work, *, runs):
    """Processor time of the best run: the machine has other work."""

    def once():
        start = time.process_time()
        work()
        return time.process_time() - start

    return min(once() for _ in range(runs))


def by_difflib(old, new):
    return difflib.SequenceMatcher(None, tokens(old), tokens(new), autojunk=False).get_opcodes()


def test_forty_articles_are_compared_many_times_faster_than_by_difflib():
    """In one of three rounds: what else the machine does may take from one side of a round only."""
    pairs = list(forty_pairs())
    ratios = []
    while len(ratios) < 3 and max(ratios, default=0) <= 8:
        ours = seconds(lambda: [difference(old, new) for old, new in pairs], runs=3)
        ratios.append(seconds(lambda: [by_difflib(old, new) for old, new in pairs], runs=1) / ours)
    assert max(ratios) > 8
