import uuid
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.changes import Fate
from drafts.importing import Kind, Node
from drafts.reimporting import Answer, Choices, Plan, closest
from drafts.texts import Sheet, Text

SUBJECTS = {
    "1": ("Phạm vi", "Quy chế này quy định nguyên tắc, chế độ làm việc và quan hệ công tác của Tổ giúp việc."),
    "2": ("Nguyên tắc", "1. Tập trung dân chủ.\n2. Cá nhân phụ trách trước tập thể về phần việc được giao."),
    "3": ("Chế độ họp", "1. Tổ họp mỗi tháng một lần vào tuần đầu.\n2. Họp bất thường khi Tổ trưởng triệu tập."),
    "4": ("Báo cáo", "Thư ký lập báo cáo trước ngày 25 hằng tháng, gửi các thành viên và Văn phòng."),
    "5": ("Kinh phí", "Kinh phí hoạt động do Văn phòng bảo đảm trong dự toán được giao hằng năm."),
    "6": ("Thi hành", "Các thành viên chịu trách nhiệm thi hành Quy chế này kể từ ngày ký."),
}
FILE_7 = ("Khen thưởng", "Thành viên có thành tích được đề nghị khen thưởng theo quy định của pháp luật.")


def node(kind, number, heading="", text="", parent=None, label=None):
    words = {Kind.CHAPTER: "Chương", Kind.ARTICLE: "Điều"}
    label = f"{words[kind]} {number}." if label is None and kind in words else label or ""
    return Node(kind, number, heading, text, parent, 0 if parent is None else 1, 1, label)


def file(*chapters):
    """Nodes of chapters, each a list of (number, heading, text)."""
    nodes = [node(Kind.PREAMBLE, "", text="QUY CHẾ LÀM VIỆC")]
    for number, articles in zip(("I", "II", "III"), chapters, strict=False):
        parent = len(nodes)
        nodes.append(node(Kind.CHAPTER, number, f"VIỆC {number}"))
        nodes += [node(Kind.ARTICLE, *article, parent=parent) for article in articles]
    return nodes


def articles(*numbers):
    return [(number, *SUBJECTS[number]) for number in numbers]


ORIGINAL = file(articles("1", "2", "3"), articles("4", "5", "6"))


def stored(nodes):
    """The nodes as a draft that was made of them."""
    wids = [uuid.UUID(int=place + 1) for place in range(len(nodes))]
    return Text(
        "Quy chế",
        tuple(
            Sheet(
                place + 1,
                wids[place],
                str(one.kind),
                one.number,
                one.label.strip(" ."),
                one.heading,
                one.text,
                wids[one.parent] if one.parent is not None else None,
            )
            for place, one in enumerate(nodes)
        ),
    )


DRAFT = stored(ORIGINAL)


def sheet(number, text=DRAFT, kind="article"):
    return next(one for one in text if (one.kind, one.number) == (kind, number))


def plan(nodes, *, base=DRAFT, current=DRAFT, **decided):
    return Plan(base=base, current=current, nodes=nodes, choices=Choices(**decided))


def fates(found):
    return {row.change.sheet.title.split(".")[0]: row.fate for row in found.rows if row.fate is not Fate.KEPT}


def key(found, number):
    return next(
        row.key for row in found.rows if row.change.sheet.number == number and row.change.sheet.kind == "article"
    )


def numbers(text, kind="article"):
    return [one.number for one in text if one.kind == kind]


def with_words(text, number, words):
    return Text(text.title, tuple(replace(s, text=words) if s.number == number else s for s in text))


def is_a_tree(text):
    """Parents before children, and what stands in a heading stands together."""
    seen, path = set(), []
    for one in text:
        while path and one.parent != path[-1]:
            path.pop()
        assert one.parent is None or one.parent in seen
        assert one.parent is None or path, one
        seen.add(one.wid)
        path.append(one.wid)
    assert len(seen) == len(text.sheets)
    return True


class TestWhatIsFound:
    def test_the_unchanged_file_changes_nothing(self):
        found = plan(ORIGINAL)
        assert not found.is_changing
        assert {row.fate for row in found.rows} == {Fate.KEPT}

    def test_edited_inserted_moved_and_removed_are_each_found_as_what_they_are(self):
        edited = (SUBJECTS["2"][0], SUBJECTS["2"][1].replace("Cá nhân", "Từng cá nhân"))
        nodes = file(
            [("1", *SUBJECTS["1"]), ("2", *edited), ("3", *SUBJECTS["5"]), ("4", *SUBJECTS["3"])],
            [("5", *FILE_7), ("6", *SUBJECTS["6"])],
        )
        found = plan(nodes)
        by_wid = {row.change.sheet.wid: row for row in found.rows if row.fate is not Fate.KEPT}
        assert by_wid[sheet("2").wid].fate is Fate.AMENDED
        assert by_wid[sheet("5").wid].fate is Fate.MOVED
        assert by_wid[sheet("4").wid].fate is Fate.DROPPED
        assert by_wid[sheet("3").wid].fate is Fate.RENUMBERED
        new = [row for row in found.rows if row.fate is Fate.NEW]
        assert [row.change.sheet.heading for row in new] == ["Khen thưởng"]
        assert len(by_wid) == 5

    def test_a_wid_in_the_file_settles_who_is_who(self):
        nodes = [replace(one, wid=sheet("2").wid.hex) if one.number == "3" else one for one in ORIGINAL]
        found = plan([one for one in nodes if one.number != "2"])
        row = next(row for row in found.rows if row.change.sheet.wid == sheet("2").wid)
        assert (row.fate, row.change.new.heading) == (Fate.AMENDED, "Chế độ họp")

    def test_the_likelier_half_of_a_split_article_stays_itself(self):
        first, second = SUBJECTS["3"][1].split("\n")
        nodes = file(
            [*articles("1", "2"), ("3", "Chế độ họp", first), ("3a", "Họp bất thường", second)], articles("4", "5", "6")
        )
        found = plan(nodes)
        part = next(row for row in found.rows if row.fate is Fate.NEW)
        assert part.part_of == sheet("3")
        assert sheet("3", found.result).text == first

    def test_the_text_it_was_made_from_is_the_one_it_shares_most_with(self):
        later = with_words(DRAFT, "2", "Khác hẳn")
        assert closest([later, DRAFT], ORIGINAL) == 1
        assert closest([DRAFT, later], ORIGINAL) == 0


class TestResult:
    def test_removals_wait_for_a_tick_and_changes_do_not(self):
        nodes = file(articles("1", "2", "3"), articles("4", "6"))
        found = plan(nodes)
        assert not found.is_changing
        (row,) = [row for row in found.rows if row.fate is Fate.DROPPED]
        assert not row.is_taken
        assert numbers(plan(nodes, taken={row.key: True}).result) == ["1", "2", "3", "4", "6"]

    def test_a_new_article_stands_where_the_file_has_it(self):
        nodes = file([*articles("1", "2"), ("2a", *FILE_7), *articles("3")], articles("4", "5", "6"))
        found = plan(nodes)
        assert numbers(found.result) == ["1", "2", "2a", "3", "4", "5", "6"]
        assert sheet("2a", found.result).parent == sheet("I", kind="chapter").wid
        left = plan(nodes, taken={key(found, "2a"): False})
        assert left.result.sheets == DRAFT.sheets

    def test_a_new_chapter_takes_its_articles_in(self):
        nodes = file(articles("1", "2"), articles("3", "4"), articles("5", "6"))
        result = plan(nodes).result
        assert is_a_tree(result)
        assert numbers(result, "chapter") == ["I", "II", "III"]
        chapter = sheet("III", result, "chapter")
        assert [one.number for one in result if one.parent == chapter.wid] == ["5", "6"]

    def test_a_moved_article_goes_and_one_left_out_stays(self):
        nodes = file(articles("1", "3", "2"), articles("4", "5", "6"))
        found = plan(nodes)
        assert numbers(found.result) == ["1", "3", "2", "4", "5", "6"]
        moved = [row.key for row in found.rows if row.fate is Fate.MOVED]
        assert plan(nodes, taken=dict.fromkeys(moved, False)).result.sheets == DRAFT.sheets

    def test_a_match_can_be_put_right(self):
        nodes = file(articles("1", "2", "3"), [("4", "Chi tiêu", "Tiền."), *articles("5", "6")])
        found = plan(nodes)
        new = next(row for row in found.rows if row.fate is Fate.NEW)
        said = plan(nodes, matches={new.key: sheet("4").wid})
        assert {row.fate for row in said.rows if row.change.sheet.wid == sheet("4").wid} == {Fate.AMENDED}
        parted = plan(ORIGINAL, matches={key(plan(ORIGINAL), "4"): None})
        assert sorted(row.fate for row in parted.rows if row.fate is not Fate.KEPT) == [Fate.DROPPED, Fate.NEW]


class TestThreeTexts:
    """The Word file was made from the base; colleagues went on writing in the working text."""

    MEANWHILE = with_words(DRAFT, "2", SUBJECTS["2"][1].replace("Tập trung", "Nguyên tắc tập trung"))

    def test_what_only_a_colleague_changed_stays(self):
        found = plan(ORIGINAL, current=self.MEANWHILE)
        assert found.result.sheets == self.MEANWHILE.sheets

    def test_both_changes_come_together_word_by_word(self):
        mine = SUBJECTS["2"][1].replace("được giao", "được phân công")
        nodes = [replace(one, text=mine) if one.number == "2" else one for one in ORIGINAL]
        found = plan(nodes, current=self.MEANWHILE)
        assert not found.open_rows
        assert sheet("2", found.result).text == mine.replace("Tập trung", "Nguyên tắc tập trung")

    def test_a_contradiction_waits_for_a_decision(self):
        mine = SUBJECTS["2"][1].replace("Tập trung dân chủ", "Dân chủ bàn bạc")
        nodes = [replace(one, text=mine) if one.number == "2" else one for one in ORIGINAL]
        theirs = with_words(DRAFT, "2", SUBJECTS["2"][1].replace("Tập trung dân chủ", "Thảo luận rộng rãi"))
        found = plan(nodes, current=theirs)
        (row,) = found.open_rows
        (question,) = row.words.questions
        answers = {sheet("2").wid: Answer(row.words.fingerprint, ("theirs",))}
        decided = plan(nodes, current=theirs, answers=answers)
        assert not decided.open_rows
        assert sheet("2", decided.result).text == sheet("2", theirs).text
        stale = {sheet("2").wid: Answer("an older question", ("theirs",))}
        assert plan(nodes, current=theirs, answers=stale).open_rows
        assert question.mine in mine

    def test_what_a_colleague_added_or_moved_stays_where_it_is(self):
        added = Sheet(99, uuid.UUID(int=99), "article", "2a", "Điều 2a", *FILE_7, sheet("I", kind="chapter").wid)
        sheets = list(DRAFT)
        current = Text(DRAFT.title, (*sheets[:4], added, sheets[4], sheets[5], sheets[7], sheets[6], sheets[8]))
        nodes = file([*articles("1", "2", "3"), ("3a", "Mới", "Một điều mới viết trong tệp.")], articles("4", "5", "6"))
        found = plan(nodes, current=current)
        assert numbers(found.result) == ["1", "2", "2a", "3", "3a", "5", "4", "6"]
        assert Fate.DROPPED not in fates(found).values()

    def test_what_a_colleague_removed_comes_back_only_when_ticked(self):
        current = Text(DRAFT.title, tuple(one for one in DRAFT if one.number != "5"))
        found = plan(ORIGINAL, current=current)
        assert not found.is_changing
        (row,) = [row for row in found.rows if row.is_back]
        back = plan(ORIGINAL, current=current, taken={row.key: True})
        assert back.result.sheets == DRAFT.sheets

    def test_numbers_a_colleague_gave_stay_unless_the_file_has_others(self):
        current = Text(
            DRAFT.title,
            tuple(replace(one, number="5b", label="Điều 5b") if one.number == "5" else one for one in DRAFT),
        )
        assert plan(ORIGINAL, current=current).result.sheets == current.sheets
        nodes = [replace(one, number="7", label="Điều 7.") if one.number == "6" else one for one in ORIGINAL]
        assert numbers(plan(nodes, current=current).result) == ["1", "2", "3", "4", "5b", "7"]


ARRANGED = st.lists(st.permutations(sorted([*SUBJECTS, "7"])), min_size=1, max_size=1).flatmap(
    lambda one: st.tuples(st.just(one[0]), st.integers(0, 7), st.integers(0, 7))
)


@settings(max_examples=120)
@given(ARRANGED, st.sets(st.integers(0, 20), max_size=6), st.sets(st.integers(1, 9), max_size=3), st.booleans())
def test_whatever_comes_back_the_draft_stays_a_tree_and_loses_nothing_unasked(arranged, left, gone, is_removing):
    order, first, second = arranged
    subjects = SUBJECTS | {"7": FILE_7}
    low, high = sorted((first, second))
    written = [(str(place + 1), *subjects[name]) for place, name in enumerate(order)]
    nodes = file(written[:low], written[low:high], written[high:])
    current = Text(DRAFT.title, tuple(s for s in DRAFT if s.pk not in gone or s.kind != "article"))
    keys = [row.key for row in plan(nodes, current=current).rows]
    taken = {name: False for place, name in enumerate(keys) if place in left}
    if is_removing:
        taken |= {name: True for name in keys if name.startswith("old-")}
    found = plan(nodes, current=current, taken=taken)
    assert is_a_tree(found.result)
    standing = {one.wid for one in found.result}
    removed = {row.change.sheet.wid for row in found.rows if row.fate is Fate.DROPPED and row.is_taken}
    assert {one.wid for one in current} - removed <= standing
    assert not removed & standing
