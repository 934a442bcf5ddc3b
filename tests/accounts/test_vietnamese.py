import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.vietnamese import fold, name_sort_key, sort_key

LETTERS = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
SYLLABLES = [
    "An",
    "Ân",
    "Ấn",
    "Bảo",
    "Dũng",
    "Dương",
    "Đặng",
    "Hoà",
    "Hòa",
    "Hoa",
    "Lê",
    "Nguyễn",
    "Ủy",
    "Uỷ",
]
# Letters with a tone made of every base, capitals too: 12 vowels × 6 tones and the consonants.
ALPHABET = (
    "".join(
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    )
    + "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX"
)

words = st.text(ALPHABET, min_size=1, max_size=7)
names = st.lists(st.sampled_from(SYLLABLES) | words, min_size=1, max_size=4).map(" ".join)


def in_order(items, key):
    return all(key(a) < key(b) for a, b in itertools.pairwise(items))


def every_spelling(text):
    """NFC, NFD and half composed: the tone apart from a letter that keeps its own mark."""
    nfd = unicodedata.normalize("NFD", text)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    half = ""
    for char in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", char)
        bare = unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones))
        half += bare + "".join(m for m in marks if m in tones)
    return [unicodedata.normalize("NFC", text), nfd, half]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Tiếp thu, giải trình", "tiep thu, giai trinh"),
        ("ĐẢNG ỦY", "dang uy"),
        ("Ðảng uỷ", "dang uy"),
        ("Đ.5 k2", "d.5 k2"),
        ("Nghị quyết số 12-NQ/TU", "nghi quyet so 12-nq/tu"),
        ("", ""),
    ],
)
def test_folding_drops_marks_and_capitals(text, folded):
    assert fold(text) == folded


def test_folding_makes_old_and_new_tone_places_equal():
    assert fold("hoà") == fold("hòa")
    assert fold("tỉnh uỷ") == fold("Tỉnh ủy")


@settings(max_examples=200)
@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@settings(max_examples=200)
@given(names)
def test_every_unicode_spelling_folds_and_sorts_alike(text):
    assert {fold(spelling) for spelling in every_spelling(text)} == {fold(text)}
    assert {sort_key(spelling) for spelling in every_spelling(text)} == {sort_key(text)}
    assert {name_sort_key(spelling) for spelling in every_spelling(text)} == {name_sort_key(text)}
    assert fold(text).isascii()


def test_letters_sort_in_the_order_of_the_alphabet():
    assert in_order(LETTERS, sort_key)
    # A letter of its own comes after its plain letter with anything behind it.
    assert in_order([letter + "z" for letter in LETTERS], sort_key)
    assert all(sort_key(a + "zzz") < sort_key(b) for a, b in itertools.pairwise(LETTERS))


def test_tones_sort_level_falling_asking_tumbling_rising_heavy():
    assert in_order(["ba", "bà", "bả", "bã", "bá", "bạ"], sort_key)
    assert in_order(["ưa", "ừa", "ửa", "ữa", "ứa", "ựa"], sort_key)


def test_names_of_the_handbook_sort_as_printed_there():
    assert in_order(["An", "Ân", "Ấn", "Bảo", "Dũng", "Dương", "Đặng"], sort_key)


def test_tones_decide_only_when_all_letters_agree():
    assert in_order(["bạ", "ban"], sort_key)
    assert in_order(["bà an", "bá an", "ba bình"], sort_key)


def test_capitals_and_tone_places_do_not_matter():
    assert sort_key("HOÀ") == sort_key("hòa")
    assert sort_key("hoa") < sort_key("hoà") < sort_key("hỏa") < sort_key("hoá")


def test_a_shorter_word_comes_before_a_longer_one():
    assert in_order(["An", "An Bình", "Anh"], sort_key)


def test_numbers_sort_by_value():
    assert in_order(["Điều 2", "Điều 9", "Điều 10", "Điều 100", f"Điều {10**8}", f"Điều {10**20}"], sort_key)
    assert sort_key("Quận 02") == sort_key("Quận 2")


def test_the_key_reads_as_documented():
    assert sort_key("Quận 2") == "qua|n-12,5"


def test_look_alikes_and_invisible_characters_do_not_disturb_the_order():
    assert sort_key("Ðảng\u200b uỷ") == sort_key("Đảng ủy") == sort_key("Đảng\u00a0ủy")


@settings(max_examples=200)
@given(st.text())
def test_a_key_is_printable_ascii_whatever_the_text(text):
    assert sort_key(text).isascii()
    assert sort_key(text).isprintable()
    assert name_sort_key(text).isprintable()


def dictionary_order(text):
    """The rule of the standard, spelled out on its own: letters, then tones, letter by letter."""
    alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    letters, marks = [], []
    for char in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", char)
        tone = next((p for p in parts if p in tones[1:]), "")
        letters.append(alphabet.index(unicodedata.normalize("NFC", parts.replace(tone, ""))))
        marks.append(tones.index(tone))
    return letters, marks


one_tone_words = st.tuples(
    st.text("bcdđghklmnt", max_size=2), st.sampled_from(ALPHABET), st.text("cghmnpt", max_size=2)
)


@settings(max_examples=400)
@given(one_tone_words.map("".join), one_tone_words.map("".join))
def test_keys_agree_with_the_dictionary_rule(first, second):
    assert (sort_key(first) < sort_key(second)) == (dictionary_order(first) < dictionary_order(second))


def test_people_are_listed_by_given_name_then_surname_then_middle_names():
    people = [
        "Lê Thị An",
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Trần An",
        "Nguyễn Văn Ân",
        "Phạm Hoa",
        "Trần Văn Hoa",
        "Lê Hoà",
        "Bùi Đức",
    ]
    expected = [*people[:5], "Bùi Đức", "Phạm Hoa", "Trần Văn Hoa", "Lê Hoà"]
    assert sorted(people, key=name_sort_key) == expected


@settings(max_examples=200)
@given(names, names)
def test_the_given_name_decides_before_anything_else(first, second):
    given_first, given_second = sort_key(first.split()[-1]), sort_key(second.split()[-1])
    if given_first != given_second:
        assert (name_sort_key(first) < name_sort_key(second)) == (given_first < given_second)


def test_one_word_or_no_name_still_has_a_key():
    assert name_sort_key("An") < name_sort_key("Lê An")
    assert name_sort_key("") < name_sort_key("An")
