"""TCVN3 and VNI, there and back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.importing.legacy import Encoding, from_unicode, is_syllable, of_font, of_text, to_unicode

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = "đ" + "".join(unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưy" for tone in TONES)
SENTENCE = "Ủy viên Ban Thường vụ kỳ họp thứ nhất được quyền biểu quyết; nghỉ lễ, ngã rẽ, ý kiến quý báu."


@pytest.mark.parametrize(
    "encoding, typed, shown",
    [
        (Encoding.TCVN3, "§iÒu 1. Ph¹m vi ®iÒu chØnh", "Điều 1. Phạm vi điều chỉnh"),
        (Encoding.TCVN3, "Ch­¬ng I", "Chương I"),
        (Encoding.TCVN3, "nhµ n­íc", "nhà nước"),
        (Encoding.TCVN3, "B¸O C¸O, UBND tØnh Hµ Nam, TØNH ñY", "BÁO CÁO, UBND tỉnh Hà Nam, TỈNH ủY"),
        (Encoding.TCVN3_CAPITALS, "nh÷ng quy ®Þnh chung", "NHỮNG QUY ĐỊNH CHUNG"),
        (Encoding.VNI, "Ñieàu 1. Phaïm vi ñieàu chænh", "Điều 1. Phạm vi điều chỉnh"),
        (Encoding.VNI, "UÛY BAN NHAÂN DAÂN", "ỦY BAN NHÂN DÂN"),
        (Encoding.VNI, "UÛy ban nhaân daân", "Ủy ban nhân dân"),
        (Encoding.VNI, "Uûy ban, UYÛ ban", "Ủy ban, UỶ ban"),
        (Encoding.VNI, "ngöôøi höôûng quyeàn lôïi", "người hưởng quyền lợi"),
        (Encoding.VNI, "kyõ thuaät, kyù keát, kyø hoïp, kî, kyû luaät", "kỹ thuật, ký kết, kỳ họp, kỵ, kỷ luật"),
        (Encoding.VNI, "æ, ì, í, ó, ò", "ỉ, ì, í, ĩ, ị"),
    ],
)
def test_text_becomes_what_its_font_shows(encoding, typed, shown):
    assert to_unicode(typed, encoding) == shown


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_every_letter_there_and_back(encoding):
    assert to_unicode(from_unicode(SMALL, encoding), encoding) == SMALL
    assert "".join(from_unicode(SMALL, encoding)).isprintable() or "\u00ad" in from_unicode(SMALL, encoding)


def test_capitals_there_and_back():
    capitals = SMALL.upper()
    assert to_unicode(from_unicode(capitals, Encoding.VNI), Encoding.VNI) == capitals
    assert to_unicode(from_unicode(capitals, Encoding.TCVN3_CAPITALS), Encoding.TCVN3_CAPITALS) == capitals


@given(st.lists(st.sampled_from(SMALL + SMALL.upper() + " bcnhgtBN.,;0123"), max_size=40).map("".join))
def test_any_text_comes_back_from_vni(text):
    assert to_unicode(from_unicode(text, Encoding.VNI), Encoding.VNI) == text


@pytest.mark.parametrize(
    "font, encoding",
    [
        (".VnTime", Encoding.TCVN3), (".VNTIME", Encoding.TCVN3), (".VnTimeH", Encoding.TCVN3_CAPITALS),
        (".VnArialH", Encoding.TCVN3_CAPITALS), (".VnCentury Schoolbook", Encoding.TCVN3), ("VNI-Times", Encoding.VNI),
        ("VNI-Helve-Condense", Encoding.VNI), ("Times New Roman", None), ("Vni Sans", None), ("", None),
    ],
)  # fmt: skip
def test_fonts_tell_the_encoding(font, encoding):
    assert of_font(font) is encoding


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_letters_tell_the_encoding_where_there_is_no_font(encoding):
    assert of_text(from_unicode(SENTENCE, encoding)) is encoding


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        unicodedata.normalize("NFD", SENTENCE),
        "Công an, hành chính, trung ương",
        "ông Hà và bà Thu, cô An, công an",
        "Le Président de la République a arrêté le décret à Orléans, où l'été",
        "Die Prüfung für Bürger übergeben größte Öffnung",
        "§ 5 Abs. 2, 30 ° C, ±5 µm, ©",
        "Article 1",
        "",
    ],
)
def test_other_texts_are_left_alone(text):
    assert of_text(text) is None


def test_a_soft_hyphen_before_a_whole_word_is_none_of_its_letters():
    assert to_unicode("\u00ad§iÒu 34. \u00ad2. \u00adc¬ quan", Encoding.TCVN3) == "Điều 34. 2. cơ quan"
    assert to_unicode("\u00ad¬ng, ch\u00ada, \u00adu tiªn, th\u00ad", Encoding.TCVN3) == "ương, chưa, ưu tiên, thư"


@pytest.mark.parametrize("word", ["nghiệm", "Ủy", "QUYỀN", "ương", "khuỷu", "giải", "đ".join(["", "iều"])])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Ñieàu", "arrêté", "Prüfung", "ưđiều", "họọp"])
def test_no_syllables(word):
    assert not is_syllable(word)
