"""Words of a comment followed through whole documents, into other articles too."""

import itertools
import random
from collections import Counter

import pytest

from comments.anchoring import State, make_anchor
from comments.tracing import trace
from tests.comments.test_anchoring import clear_edit, could_be_elsewhere, random_line, rendered

MEETINGS = "1. Ban Thường vụ họp mỗi tháng một lần; họp bất thường khi cần thiết.\n2. Thường trực họp mỗi tuần một lần."
WORK = "1. Tập trung dân chủ, tập thể lãnh đạo, cá nhân phụ trách.\n2. Giữ gìn đoàn kết thống nhất trong Đảng bộ."
QUOTED = "đoàn kết thống nhất"
MOVED = "Giữ gìn đoàn kết thống nhất trong Đảng bộ."


def followed(*texts, quote=QUOTED, article="b"):
    start = texts[0][article].index(quote)
    found = trace(make_anchor(texts[0][article], start, start + len(quote)), article=article, texts=texts)
    place = found.fate.placement
    return found.fate.state, found.article, texts[-1][found.article][place.start : place.end] if place else None


OLD = {"a": MEETINGS, "b": WORK}
WITHOUT = WORK.replace(f"\n2. {MOVED}", "")


def test_words_that_stay_in_their_article_are_found_there():
    new = {"a": MEETINGS, "b": WORK.replace("dân chủ", "dân chủ rộng rãi")}
    assert followed(OLD, new) == (State.UNCHANGED, "b", QUOTED)


def test_a_clause_taken_to_another_article_is_found_there():
    new = {"a": f"{MEETINGS}\n3. {MOVED}", "b": WITHOUT}
    assert followed(OLD, new) == (State.UNCHANGED, "a", QUOTED)


def test_an_article_split_or_merged_takes_its_words_along():
    split = {"a": MEETINGS, "b": WITHOUT, "c": f"1. {MOVED}"}
    assert followed(OLD, split) == (State.UNCHANGED, "c", QUOTED)
    merged = {"a": f"{MEETINGS}\n{WORK}"}
    assert followed(OLD, merged) == (State.UNCHANGED, "a", QUOTED)
    assert followed(OLD, split, merged) == (State.UNCHANGED, "a", QUOTED)


def test_words_edited_where_they_went_are_changed():
    moved = {"a": f"{MEETINGS}\n3. {MOVED}", "b": WITHOUT}
    edited = {"a": moved["a"].replace("đoàn kết thống nhất", "đoàn kết, thống nhất"), "b": WITHOUT}
    assert followed(OLD, moved, edited)[:2] == (State.CHANGED, "a")


def test_a_copy_that_stood_there_before_is_not_taken_for_them():
    old = {"a": f"{MEETINGS}\n3. {MOVED}", "b": WORK}
    assert followed(old, {"a": old["a"], "b": WITHOUT}) == (State.REMOVED, "b", None)
    rewritten = old["a"].replace("bất thường", "đột xuất")
    assert followed(old, {"a": rewritten, "b": WITHOUT}) == (State.REMOVED, "b", None)


def test_of_two_places_they_may_have_gone_to_neither_is_guessed():
    new = {"a": f"{MEETINGS}\n3. {MOVED}", "b": WITHOUT, "c": f"1. {MOVED}"}
    assert followed(OLD, new)[2] is None


def test_the_same_words_in_another_sentence_are_not_taken_for_them():
    new = {"a": f"{MEETINGS}\n3. Mặt trận xây dựng khối đoàn kết thống nhất của Nhân dân.", "b": WITHOUT}
    assert followed(OLD, new)[2] is None


def test_of_two_sources_that_went_neither_is_guessed():
    old = {"a": f"{MEETINGS}\n3. {MOVED}", "b": WORK}
    new = {"a": MEETINGS, "b": WITHOUT, "c": f"1. {MOVED}"}
    assert followed(old, new)[2] is None


def test_words_whose_article_is_gone_are_removed():
    assert followed(OLD, {"a": MEETINGS}) == (State.REMOVED, "b", None)


def test_words_that_are_not_in_the_first_text_are_uncertain():
    found = trace(make_anchor(WORK, 0, 20), article="a", texts=[OLD, OLD])
    assert found.fate.state is State.UNCERTAIN


# Random acts. Every word carries a mark of its own, so that the test knows its very words among equal ones.


def restructured(chance, document):
    """Lines or a whole article go elsewhere, an article is split, or dropped; as the workshop does it."""
    document = {key: list(lines) for key, lines in document.items()}
    home = chance.choice(list(document))
    lines = document[home]
    act = chance.choices(["move lines", "split", "merge", "drop"], [5, 2, 2, 1])[0]
    if act == "move lines" and len(document) > 1 and len(lines) > 1:
        target = chance.choice([key for key in document if key != home])
        start = chance.randrange(len(lines) - 1)
        taken = lines[start : start + min(chance.randint(1, 2), len(lines) - 1)]
        del lines[start : start + len(taken)]
        place = chance.randint(0, len(document[target]))
        document[target][place:place] = taken
    elif act == "split" and len(lines) > 1:
        at = chance.randrange(1, len(lines))
        document[max(document) + 1], document[home] = lines[at:], lines[:at]
    elif act == "merge" and len(document) > 1:
        target = chance.choice([key for key in document if key != home])
        document[target] += document.pop(home)
    elif act == "drop" and len(document) > 2:
        del document[home]
    return document


def is_clear(before, after):
    """Whether no other act makes the same texts of the same articles."""
    for key in before.keys() & after.keys():
        old, new = (list(itertools.chain(*document[key])) for document in (before, after))
        if old != new and could_be_elsewhere(old, new):
            return False
    return True


def next_of(chance, document):
    while True:
        if chance.random() < 0.65:
            key = chance.choice(list(document))
            after = document | {key: clear_edit(chance, document[key])}
        else:
            after = restructured(chance, document)
        if after != document and is_clear(document, after):
            return after


def what_became(chance):
    """Comment on random words, act, follow: what truly became of the words, what was said, and whether it lied."""
    document = {key: [random_line(chance) for _ in range(chance.randint(2, 5))] for key in range(3)}
    article = chance.choice(list(document))
    text, words = rendered(document[article])
    first = chance.choice([place for place, (_, _, word, _) in enumerate(words) if word not in ",.;"])
    quoted = words[first : first + chance.randint(1, 12)]
    own = [mark for _, _, word, mark in quoted if word[0].isalnum()]
    history = [document]
    for _ in range(chance.randint(1, 4)):
        history.append(next_of(chance, history[-1]))
    texts = [{key: rendered(lines)[0] for key, lines in moment.items()} for moment in history]
    found = trace(make_anchor(text, quoted[0][0], quoted[-1][1]), article=article, texts=texts)

    marks = {key: [word for word in rendered(lines)[1] if word[2][0].isalnum()] for key, lines in history[-1].items()}
    truth, moved = "gone", False
    for key, placed in marks.items():
        row = [mark for *_, mark in placed]
        kept = [mark for mark in own if mark in row]
        start = row.index(own[0]) if own[0] in row else 0
        if row[start : start + len(own)] == own:
            truth, moved = "whole", key != article
        elif kept and truth == "gone":
            truth = "partly"
    place = found.fate.placement
    if place is None:
        return truth, moved, found.fate.state, False
    there = [mark for start, end, _, mark in marks[found.article] if start < place.end and end > place.start]
    if found.fate.state is State.UNCHANGED:
        return truth, moved, found.fate.state, there != own
    return truth, moved, found.fate.state, not set(own).intersection(there)


@pytest.mark.parametrize("seed", range(5))
def test_no_comment_is_ever_attached_to_other_words_than_its_own(seed):
    """1,000 random sequences of acts each, 5,000 in all."""
    chance = random.Random(20261126 + seed)
    outcomes = [what_became(chance) for _ in range(1000)]
    assert [outcome for outcome in outcomes if outcome[3]] == []
    whole = Counter(
        state is not None and state in (State.UNCHANGED, State.CHANGED) for t, _, state, _ in outcomes if t == "whole"
    )
    assert whole.total() > 500
    assert whole[True] >= 0.95 * whole.total()
    moved = Counter(state is State.UNCHANGED for t, is_moved, state, _ in outcomes if t == "whole" and is_moved)
    assert moved.total() > 50
    assert moved[True] >= 0.8 * moved.total()
