import random

import pytest

from comments.anchoring import Anchor, make_anchor
from comments.proposing import Effect, Proposal, Rival, State, effects, outlook, outlooks, rivals

READ = """1. Ban Thường vụ Tỉnh ủy họp thường lệ mỗi tháng một lần; họp bất thường khi cần thiết.
2. Thường trực Tỉnh ủy họp thường lệ mỗi tuần một lần; họp bất thường khi cần thiết.
3. Văn phòng chuẩn bị nội dung, gửi tài liệu trước cuộc họp ba ngày."""


def proposal(quote, wording, *, key=1, read=READ, since=()):
    start = read.index(quote)
    return Proposal(key, make_anchor(read, start, start + len(quote)), wording, (read, *since))


def look(quote, wording, present=READ, **more):
    return outlook(proposal(quote, wording, **more), present)


# What one proposal comes to


def test_words_that_still_stand_there_are_replaced():
    found = look("mỗi tuần một lần", "hai tuần một lần")
    assert found.state is State.APPLICABLE and found.can_be_applied
    assert found.result == READ.replace("mỗi tuần một lần", "hai tuần một lần")
    assert found.merge.text == found.result


def test_changes_elsewhere_do_not_matter():
    present = READ.replace("ba ngày", "năm ngày").replace("1. Ban", "1. Mới.\n2. Ban")
    found = look("mỗi tuần một lần", "hai tuần một lần", present)
    assert found.state is State.APPLICABLE
    assert found.result == present.replace("mỗi tuần một lần", "hai tuần một lần")


def test_equal_words_elsewhere_are_left_alone():
    found = look("họp bất thường khi cần thiết.\n3", "họp khi cần.\n3")
    assert found.result.count("họp bất thường khi cần thiết") == 1


def test_words_changed_since_are_brought_together_when_the_changes_are_apart():
    present = READ.replace("gửi tài liệu trước cuộc họp ba ngày", "gửi tài liệu trước cuộc họp năm ngày")
    found = look("Văn phòng chuẩn bị nội dung, gửi tài liệu trước cuộc họp ba ngày",
                 "Văn phòng Tỉnh ủy chuẩn bị nội dung, gửi tài liệu trước cuộc họp ba ngày", present)  # fmt: skip
    assert found.state is State.MERGE
    assert found.result == present.replace("Văn phòng", "Văn phòng Tỉnh ủy")


def test_contradicting_changes_wait_for_a_person():
    present = READ.replace("mỗi tháng một lần", "hai tháng một lần")
    found = look("họp thường lệ mỗi tháng một lần", "họp thường lệ hằng quý một lần", present)
    assert found.state is State.MERGE
    assert found.result is None and len(found.merge.conflicts) == 1
    assert "hằng quý một lần" in found.merge.text_with(["mine"])
    assert found.merge.text_with(["theirs"]) == present


def test_words_that_are_gone_are_not_looked_for_elsewhere():
    present = READ.replace("2. Thường trực Tỉnh ủy họp thường lệ mỗi tuần một lần; họp bất thường khi cần thiết.\n", "")
    found = look("họp thường lệ mỗi tuần một lần", "họp hằng tuần", present)
    assert found.state in (State.GONE, State.UNCERTAIN)
    assert not found.can_be_applied and found.result is None


def test_what_stands_there_already_is_done():
    present = READ.replace("mỗi tuần một lần", "hai tuần một lần")
    assert look("mỗi tuần một lần", "hai tuần một lần", present).state is State.DONE


def test_what_was_brought_together_is_done():
    since = READ.replace("họp thường lệ mỗi tuần", "họp định kỳ mỗi tuần")
    quote, wording = (
        "họp thường lệ mỗi tuần một lần; họp bất thường",
        "họp thường lệ mỗi tuần một lần; ngoài ra, họp bất thường",
    )
    found = look(quote, wording, since)
    assert found.state is State.MERGE
    assert look(quote, wording, found.result).state is State.DONE


def test_words_that_were_added_stay_done_though_the_quoted_words_still_stand():
    present = READ.replace("Văn phòng chuẩn bị", "Văn phòng Tỉnh ủy chuẩn bị")
    assert look("Văn phòng", "Văn phòng Tỉnh ủy", present).state is State.DONE


def test_who_adds_where_somebody_else_has_added_meanwhile_is_asked():
    present = READ.replace("Văn phòng chuẩn bị", "Văn phòng Tỉnh ủy chuẩn bị")
    assert look("Văn phòng", "Văn phòng Trung ương", present).state is State.MERGE
    assert look("Văn phòng", "Các ban và Văn phòng", present).state is State.APPLICABLE


def test_a_comment_without_quoted_words_has_no_place():
    bare = Proposal(1, Anchor(""), "x", (READ,))
    assert outlook(bare, READ).state is State.UNPLACED


def test_an_article_the_edition_did_not_have_makes_it_uncertain():
    unknown = Proposal(1, make_anchor(READ, 3, 10), "x", ())
    assert outlook(unknown, READ).state is State.UNCERTAIN


def test_words_are_followed_through_the_editions_between():
    second = READ.replace("mỗi tuần một lần", "mỗi tuần một lần vào thứ hai")
    found = look("mỗi tuần một lần", "hai tuần một lần", second, since=(second,))
    assert found.state is State.APPLICABLE
    assert "hai tuần một lần vào thứ hai" in found.result


# Several proposals


def test_two_proposals_for_the_same_words_are_alternatives():
    looks = outlooks(
        [
            proposal("mỗi tuần một lần", "hai tuần một lần", key=1),
            proposal("họp thường lệ mỗi tuần", "họp mỗi tuần", key=2),
            proposal("Văn phòng", "Văn phòng Tỉnh ủy", key=3),
            proposal("mỗi tuần một lần", "hai tuần một lần", key=4),
        ],
        READ,
    )
    found = rivals(looks)
    assert found[1] == [Rival(2, False), Rival(4, True)]
    assert found[2] == [Rival(1, False), Rival(4, False)]
    assert found[3] == []


def test_neighbours_are_no_alternatives():
    looks = outlooks(
        [proposal("mỗi tuần ", "a", key=1), proposal("một lần; họp bất thường khi cần thiết.\n3", "b", key=2)], READ
    )
    assert rivals(looks) == {1: [], 2: []}


def test_accepting_one_tells_what_it_did_to_the_others():
    proposals = [
        proposal("mỗi tuần một lần", "hai tuần một lần", key=1),
        proposal("mỗi tuần một lần", "hai tuần một lần", key=2),
        proposal("mỗi tuần một lần", "hằng tuần", key=3),
        proposal("Văn phòng", "Văn phòng Tỉnh ủy", key=4),
        proposal("họp thường lệ mỗi tuần một lần", "họp mỗi tuần một lần", key=5),
    ]
    before = outlooks(proposals, READ)
    after = outlooks(proposals, before[0].result)
    found = {effect.key: effect.after for effect in effects(before[1:], after)}
    assert found[2] is State.DONE
    assert found[3] in (State.MERGE, State.GONE) and found[5] is State.MERGE
    assert 4 not in found
    assert not Effect(2, State.APPLICABLE, State.DONE).is_lost
    assert Effect(3, State.APPLICABLE, State.GONE).is_lost


def test_a_proposal_that_stood_in_the_text_and_is_overwritten_is_told_of():
    proposals = [
        proposal("mỗi tuần một lần", "hai tuần một lần", key=1),
        proposal("tuần một lần", "tháng một lần", key=2),
    ]
    applied = outlooks(proposals, READ)[0].result
    overwritten = applied.replace("hai tuần một lần", "hai tháng một lần")
    [effect] = effects(outlooks(proposals[:1], applied), outlooks(proposals[:1], overwritten))
    assert (effect.key, effect.before) == (1, State.DONE)
    assert effect.is_lost
    assert effects(outlooks(proposals[:1], applied), outlooks(proposals[:1], applied + "\n9. Thêm.")) == []


def test_a_proposal_never_lands_on_other_words():
    """Whatever is done to an article: an applicable proposal replaces the very words, at their own place."""
    chance = random.Random(20261105)
    words = [f"w{number}" for number in range(60)]
    applied = 0
    for _ in range(1500):
        read = " ".join(words)
        first = chance.randrange(50)
        last = first + chance.randint(1, 6)
        quote = " ".join(words[first:last])
        edited = list(words)
        for _ in range(chance.randint(0, 4)):
            place = chance.randrange(len(edited))
            if chance.random() < 0.5:
                edited[place : place + chance.randint(0, 3)] = [f"n{chance.randrange(1000)}"]
            else:
                edited.insert(place, edited[chance.randrange(len(edited))])
        present = " ".join(edited)
        found = look(quote, "MỚI", present, read=read)
        if found.state is State.APPLICABLE:
            applied += 1
            place = found.placement
            assert present[place.start : place.end] == quote
            assert found.result == present[: place.start] + "MỚI" + present[place.end :]
    assert applied > 500


@pytest.mark.parametrize("signs", ["𝟙 Đầu. ", ""])
def test_signs_outside_the_basic_plane_shift_nothing(signs):
    read = signs + READ
    found = outlook(proposal("mỗi tuần một lần", "hai tuần", read=read), read)
    assert found.result == read.replace("mỗi tuần một lần", "hai tuần")
