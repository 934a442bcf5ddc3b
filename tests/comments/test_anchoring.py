import itertools
import random
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.anchoring import (
    Anchor,
    Fate,
    Placement,
    State,
    find_selection,
    follow,
    follow_all,
    follow_through,
    locate,
    make_anchor,
)

ARTICLE = """1. Ban Thường vụ Tỉnh ủy họp thường lệ mỗi tháng một lần; họp bất thường khi cần thiết.
2. Thường trực Tỉnh ủy họp thường lệ mỗi tuần một lần; họp bất thường khi cần thiết.
a) Chuẩn bị nội dung trình Ban Thường vụ Tỉnh ủy;
b) Chỉ đạo việc thực hiện nghị quyết, chỉ thị của cấp trên."""


def anchor_of(text, words, occurrence=0):
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return make_anchor(text, start, start + len(words))


def placed(text, fate):
    return text[fate.placement.start : fate.placement.end]


# Finding the words where they were selected


def test_words_that_stand_once_are_found():
    place = locate(anchor_of(ARTICLE, "mỗi tuần một lần"), ARTICLE)
    assert ARTICLE[place.start : place.end] == "mỗi tuần một lần"


@pytest.mark.parametrize("occurrence", [0, 1])
def test_the_words_around_tell_equal_words_apart(occurrence):
    words = "họp bất thường khi cần thiết"
    place = locate(anchor_of(ARTICLE, words, occurrence), ARTICLE)
    assert place.start == [ARTICLE.index(words), ARTICLE.rindex(words)][occurrence]


def test_equal_words_with_nothing_to_tell_them_apart_are_not_guessed():
    assert locate(Anchor("khi cần thiết"), ARTICLE) is None
    assert locate(Anchor("khi cần thiết", prefix="bất thường", suffix="."), ARTICLE) is None


def test_words_that_do_not_stand_there_are_not_found():
    assert locate(Anchor("Bộ Chính trị"), ARTICLE) is None


def test_an_anchor_takes_as_many_words_around_as_it_needs():
    text = "\n".join(["Thường trực Tỉnh ủy họp mỗi tuần một lần, khi cần thì họp bất thường."] * 5)
    anchors = [anchor_of(text, "mỗi tuần", occurrence) for occurrence in range(5)]
    places = [locate(anchor, text).start for anchor in anchors]
    assert places == sorted(set(places))


def test_an_anchor_keeps_only_a_few_words_around_when_they_suffice():
    anchor = anchor_of(ARTICLE, "mỗi tuần")
    assert anchor == Anchor("mỗi tuần", "trực Tỉnh ủy họp thường lệ ", " một lần; họp bất thường")


def test_blanks_at_the_ends_of_a_selection_are_left_out():
    start = ARTICLE.index(" mỗi tuần ")
    assert make_anchor(ARTICLE, start, start + len(" mỗi tuần ")).quote == "mỗi tuần"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, 10_000), (2, 3)])
def test_an_anchor_without_words_is_refused(start, end):
    with pytest.raises(ValueError):
        make_anchor(ARTICLE, start, end)


@settings(max_examples=400)
@given(st.data())
def test_every_anchor_is_found_again_in_its_own_text(data):
    text = data.draw(st.text("aab \n,đ", min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selected = text[start:end]
    if not selected.strip():
        return
    anchor = make_anchor(text, start, end)
    start += len(selected) - len(selected.lstrip())
    assert anchor.quote == selected.strip()
    assert locate(anchor, text) == Placement(start, start + len(selected.strip()))


@pytest.mark.parametrize("between", ["\n", " ", "\n\n", "", "\u00a0\n ", "\u200b"])
def test_a_selection_over_paragraphs_is_found_however_the_browser_joins_them(between):
    place = find_selection(ARTICLE, quote=f"Ban Thường vụ Tỉnh ủy;{between}b)  Chỉ đạo ")
    assert ARTICLE[place.start : place.end] == "Ban Thường vụ Tỉnh ủy;\nb) Chỉ đạo"


def test_the_words_around_a_selection_may_be_spaced_differently_too():
    place = find_selection(
        ARTICLE, quote="khi cần thiết", prefix="mỗi tuần  một lần; họp bất\nthường", suffix=".\n\na) Chuẩn bị"
    )
    assert place.start == ARTICLE.rindex("khi cần thiết")


def test_a_selection_at_the_edge_of_the_article_may_bring_words_from_outside():
    text = "Họp. Họp."
    assert find_selection(text, quote="Họp.", prefix="Điều 5. Chế độ họp ", suffix=" Họp.").start == 0
    assert find_selection(text, quote="Họp.", prefix="Họp. ", suffix=" Điều 6.").start == 5


def test_a_selection_of_blanks_is_not_found():
    assert find_selection(ARTICLE, quote=" \n ") is None


def test_a_selection_in_decomposed_letters_is_found():
    place = find_selection(ARTICLE, quote=unicodedata.normalize("NFD", "mỗi tuần một lần"))
    assert ARTICLE[place.start : place.end] == "mỗi tuần một lần"


# Following the words into another version


def test_words_in_an_untouched_text_are_unchanged():
    anchor = anchor_of(ARTICLE, "mỗi tuần một lần")
    fate = follow(anchor, old_text=ARTICLE, new_text=ARTICLE)
    assert fate == Fate(State.UNCHANGED, locate(anchor, ARTICLE))


def test_words_that_moved_along_with_the_text_are_unchanged():
    new = "1. Tỉnh ủy họp ba tháng một lần.\n" + ARTICLE.replace("1. Ban", "2. Ban").replace("2. Thường", "3. Thường")
    fate = follow(anchor_of(ARTICLE, "mỗi tuần một lần"), old_text=ARTICLE, new_text=new)
    assert fate.state is State.UNCHANGED
    assert placed(new, fate) == "mỗi tuần một lần"


def test_a_selection_inside_words_keeps_its_letters():
    start = ARTICLE.index("huẩn bị nội dun")
    new = ARTICLE.replace("mỗi tuần một lần", "hằng tuần")
    fate = follow(make_anchor(ARTICLE, start, start + 15), old_text=ARTICLE, new_text=new)
    assert fate.state is State.UNCHANGED
    assert placed(new, fate) == "huẩn bị nội dun"


def test_a_paragraph_split_in_two_changes_no_words():
    new = ARTICLE.replace("mỗi tuần một lần; họp", "mỗi tuần một lần;\nhọp")
    fate = follow(anchor_of(ARTICLE, "mỗi tuần một lần; họp bất thường"), old_text=ARTICLE, new_text=new)
    assert fate.state is State.UNCHANGED
    assert placed(new, fate) == "mỗi tuần một lần;\nhọp bất thường"


def test_edited_words_are_changed_and_shown_where_they_stand():
    new = ARTICLE.replace("họp thường lệ mỗi tuần một lần", "họp thường lệ ít nhất mỗi tuần một lần")
    fate = follow(anchor_of(ARTICLE, "Thường trực Tỉnh ủy họp thường lệ mỗi tuần"), old_text=ARTICLE, new_text=new)
    assert fate.state is State.CHANGED
    assert placed(new, fate) == "Thường trực Tỉnh ủy họp thường lệ ít nhất mỗi tuần"


def test_words_that_are_gone_are_removed():
    new = ARTICLE.replace("a) Chuẩn bị nội dung trình Ban Thường vụ Tỉnh ủy;\n", "")
    fate = follow(anchor_of(ARTICLE, "Chuẩn bị nội dung"), old_text=ARTICLE, new_text=new)
    assert fate == Fate(State.REMOVED)


def test_identical_words_elsewhere_are_not_taken_for_those_that_are_gone():
    new = ARTICLE.replace("mỗi tuần một lần; họp bất thường khi cần thiết.", "mỗi tuần.")
    anchor = anchor_of(ARTICLE, "họp bất thường khi cần thiết", 1)
    assert follow(anchor, old_text=ARTICLE, new_text=new).placement is None


def test_a_look_alike_written_anew_is_not_taken_for_words_that_are_gone():
    gone = "a) Chuẩn bị nội dung trình Ban Thường vụ Tỉnh ủy;\n"
    new = ARTICLE.replace(gone, "") + "\nc) Văn phòng chuẩn bị nội dung trình Ban Thường vụ Tỉnh ủy xem xét."
    fate = follow(anchor_of(ARTICLE, "nội dung trình Ban Thường vụ Tỉnh ủy"), old_text=ARTICLE, new_text=new)
    assert fate.placement is None


def test_of_a_paragraph_that_stands_twice_now_neither_is_guessed():
    line = "a) Chuẩn bị nội dung trình Ban Thường vụ Tỉnh ủy;\n"
    fate = follow(anchor_of(ARTICLE, "Chuẩn bị nội dung"), old_text=ARTICLE, new_text=ARTICLE.replace(line, line * 2))
    assert fate.placement is None


def test_words_that_are_not_in_the_old_text_are_uncertain():
    assert follow(Anchor("Bộ Chính trị"), old_text=ARTICLE, new_text=ARTICLE) == Fate(State.UNCERTAIN)


def test_several_anchors_are_followed_at_once():
    anchors = [
        anchor_of(ARTICLE, "mỗi tuần một lần"),
        anchor_of(ARTICLE, "nghị quyết, chỉ thị"),
        Anchor("Bộ Chính trị"),
    ]
    new = ARTICLE.replace("nghị quyết, chỉ thị", "nghị quyết và chỉ thị")
    fates = follow_all(anchors, old_text=ARTICLE, new_text=new)
    assert [fate.state for fate in fates] == [State.UNCHANGED, State.CHANGED, State.UNCERTAIN]


def test_a_change_on_the_way_is_not_forgotten():
    rewritten = ARTICLE.replace("mỗi tuần một lần", "mỗi tháng hai lần")
    fate = follow_through(
        anchor_of(ARTICLE, "họp thường lệ mỗi tuần một lần"), [ARTICLE, rewritten, rewritten + "\nc) Mới."]
    )
    assert fate.state is State.CHANGED
    assert placed(rewritten, fate) == "họp thường lệ mỗi tháng hai lần"


def test_words_once_removed_stay_removed_when_the_like_comes_back():
    without = ARTICLE.replace("b) Chỉ đạo việc thực hiện nghị quyết, chỉ thị của cấp trên.", "")
    fate = follow_through(anchor_of(ARTICLE, "thực hiện nghị quyết"), [ARTICLE, without, ARTICLE])
    assert fate == Fate(State.REMOVED)


# Random edits. Every word carries a mark of its own, so that the test knows its very words among equal ones.

PHRASES = """Ban Thường vụ Tỉnh ủy|Ban Chấp hành Đảng bộ tỉnh|Thường trực Tỉnh ủy|thảo luận , quyết định|cho ý kiến về
chương trình làm việc|chủ trương , giải pháp lớn|theo quy định của Trung ương|các đồng chí Tỉnh ủy viên
tổ chức thực hiện nghị quyết|kiểm tra , giám sát|công tác cán bộ|phân công nhiệm vụ|báo cáo Bộ Chính trị
trong phạm vi trách nhiệm|khi cần thiết|ba tháng một lần|sáu tháng một lần|và các cơ quan liên quan
lãnh đạo , chỉ đạo|quyết định những vấn đề quan trọng|giữa hai kỳ đại hội|tập trung dân chủ|cá nhân phụ trách
giữ gìn đoàn kết thống nhất|tiếp thu , giải trình đầy đủ|trước ngày 10/11/2026|bằng văn bản|ủy quyền giải quyết
quy hoạch , xây dựng đội ngũ|ngân sách địa phương hằng năm|chịu trách nhiệm trước cấp trên|thay mặt ký văn bản
triệu tập hội nghị bất thường|khen thưởng , kỷ luật đảng viên|đại biểu Quốc hội khóa mới|quốc phòng , an ninh
đầu tư công trung hạn|nghe phản ánh từ cơ sở|thời hạn hoàn thành""".replace("\n", "|").split("|")
WORDS = sorted({word for phrase in PHRASES for word in phrase.split()} - {","})
MARKS = itertools.count()


def marked(words):
    return [(word, next(MARKS)) for word in words]


def random_line(chance):
    words = [word for _ in range(chance.randint(2, 5)) for word in chance.choice(PHRASES).split()]
    return marked([*words, chance.choice(".;")])


def rendered(lines):
    """The text, and (start, end, word, mark) of each word."""
    text, words = "", []
    for number, line in enumerate(lines):
        text += "\n" if number else ""
        for place, (word, mark) in enumerate(line):
            text += " " if place and word not in ",.;" else ""
            words.append((len(text), len(text) + len(word), word, mark))
            text += word
    return text, words


def random_edit(chance, lines):
    """Delete, insert, copy or replace words; delete, insert or copy a line; split or join lines."""
    lines = [list(line) for line in lines]
    acts = ["delete", "insert", "copy", "replace", "delete line", "insert line", "copy line", "split", "join"]
    act = chance.choices(acts, [3, 3, 2, 3, 1, 1, 1, 1, 1])[0]
    at, place = chance.choice([(at, place) for at, line in enumerate(lines) for place in range(len(line))])
    line, length = lines[at], chance.randint(1, 5)
    new = marked(chance.choices(WORDS, k=length))
    if act == "delete":
        del line[place : place + length]
    elif act == "insert":
        line[place:place] = new
    elif act == "copy":
        source = chance.choice(lines)
        start = chance.randrange(len(source))
        line[place:place] = marked(word for word, _ in source[start : start + length + 3])
    elif act == "replace":
        line[place : place + chance.randint(1, 5)] = new
    elif act == "delete line":
        del lines[at]
    elif act == "insert line":
        lines.insert(at, random_line(chance))
    elif act == "copy line":
        lines.insert(chance.randint(0, len(lines)), marked(word for word, _ in line))
    elif act == "split":
        lines[at : at + 1] = [line[:place], line[place:]]
    elif at + 1 < len(lines):
        lines[at : at + 2] = [line + lines[at + 1]]
    return [line for line in lines if line] or [random_line(chance)]


def could_be_elsewhere(before, after):
    """Whether an edit of other words makes the same text: "a b" from "a b b". Nobody can tell which b is left."""
    start = end = 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start] == after[start]:
        start += 1
    while end < shortest - start and before[-1 - end] == after[-1 - end]:
        end += 1
    gone = [word for word, _ in before[start : len(before) - end]]
    put = [word for word, _ in after[start : len(after) - end]]
    ahead = before[start - 1][0] if start else None
    behind = before[len(before) - end][0] if end else None
    changed = [side for side in (gone, put) if side]
    same_edge = gone and put and (gone[0] == put[0] or gone[-1] == put[-1])
    return same_edge or any(side[0] == behind or side[-1] == ahead for side in changed)


def clear_edit(chance, lines):
    while True:
        edited = random_edit(chance, lines)
        if not could_be_elsewhere(list(itertools.chain(*lines)), list(itertools.chain(*edited))):
            return edited


def what_became(chance, *, edits, follow_words):
    """Comment on random words, edit, follow; what truly became of the words, what was said, and whether it lied."""
    lines = [random_line(chance) for _ in range(chance.randint(3, 12))]
    text, words = rendered(lines)
    first = chance.choice([place for place, (_, _, word, _) in enumerate(words) if word not in ",.;"])
    quoted = words[first : first + chance.randint(1, 12)]
    own = [mark for _, _, word, mark in quoted if word[0].isalnum()]
    others = {mark for _, _, word, mark in words if word[0].isalnum()} - set(own)
    texts = [text]
    for _ in range(chance.randint(1, edits)):
        lines = clear_edit(chance, lines)
        texts.append(rendered(lines)[0])
    fate = follow_words(make_anchor(text, quoted[0][0], quoted[-1][1]), texts)

    new_words = [word for word in rendered(lines)[1] if word[2][0].isalnum()]
    marks = [mark for *_, mark in new_words]
    kept = [mark for mark in own if mark in marks]
    start = marks.index(own[0]) if own[0] in marks else 0
    truth = "whole" if marks[start : start + len(own)] == own else "partly" if kept else "gone"
    if fate.placement is None:
        return truth, fate.state, False
    found = [m for s, e, _, m in new_words if s < fate.placement.end and e > fate.placement.start]
    if fate.state is State.UNCHANGED:
        return truth, fate.state, found != own
    return truth, fate.state, bool(others.intersection(found)) or not set(own).intersection(found)


def through_versions(anchor, texts):
    return follow_through(anchor, texts)


def from_first_to_last(anchor, texts):
    return follow(anchor, old_text=texts[0], new_text=texts[-1])


@pytest.mark.parametrize(
    ("follow_words", "edits", "sequences"),
    [(through_versions, 5, 2000), (from_first_to_last, 2, 2000)],
)
def test_no_comment_is_ever_attached_to_other_words_than_its_own(follow_words, edits, sequences):
    chance = random.Random(20261110)
    outcomes = [what_became(chance, edits=edits, follow_words=follow_words) for _ in range(sequences)]
    assert [outcome for outcome in outcomes if outcome[2]] == []

    whole = Counter(state for truth, state, _ in outcomes if truth == "whole")
    partly = Counter(state for truth, state, _ in outcomes if truth == "partly")
    gone = Counter(state for truth, state, _ in outcomes if truth == "gone")
    assert whole.total() > sequences / 2
    assert partly.total() > sequences / 20
    assert gone.total() > sequences / 200
    assert whole[State.UNCHANGED] >= 0.95 * whole.total()
    assert partly[State.CHANGED] >= 0.6 * partly.total()
    assert gone[State.REMOVED] >= 0.8 * gone.total()
