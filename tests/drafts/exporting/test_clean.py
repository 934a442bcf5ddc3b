"""The clean draft as a Word file: sound, furnished as the layout says, and the same text when it comes back."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from drafts.exporting import PRESETS, Profile, clean_draft
from drafts.importing import read_document
from drafts.texts import Text
from tests.drafts.exporting.texts import PARTY, STATE, back, clean, comparable, facts, sheet, small_text, text_of
from tests.drafts.exporting.wordfiles import W, WordFile

ROOT = Path(__file__).parents[3]
FILES = sorted([*ROOT.glob("demo/*.txt"), *ROOT.parent.glob("shared/data/text/*.txt")])


def lines(file):
    return ["".join(p.itertext(f"{W}t")) for p in file.body.iter(f"{W}p")]


@pytest.mark.parametrize("profile", list(Profile))
def test_the_file_keeps_to_the_schema(profile):
    assert WordFile(clean(small_text(), layout=PRESETS[profile])).problems() == []


def test_a_text_comes_back_letter_for_letter_with_its_identities():
    text = small_text()
    assert comparable(back(clean(text))) == comparable(text)
    assert "Số      -QC/TU" in lines(WordFile(clean(text)))  # room for the number, which comes back as one blank


def test_lines_that_begin_like_rows_come_back_as_they_were():
    text = Text("Quy chế", (sheet("article", "1", "Một", "|\n| dở dang\n1. Hai."),))
    assert comparable(back(clean(text))) == comparable(text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:40])
def test_real_texts_come_back_the_same(file):
    for component in read_document(file.read_bytes(), name=file.name).components:
        text = text_of(component)
        assert comparable(back(clean(text))) == comparable(text)


def test_a_text_without_a_head_gets_that_of_the_office():
    text = Text("Quy chế làm việc của Văn phòng", (sheet("article", "1", "Phạm vi", "1. Một."),))
    layout = replace(
        PARTY,
        upper_body="TỈNH ỦY SƠN HÀ",
        issuing_body="VĂN PHÒNG",
        body_symbol="VPTU",
        place="Sơn Hà",
        authority="T/M BAN THƯỜNG VỤ",
        position="PHÓ BÍ THƯ",
        recipients=("- Các chi bộ,", "- Lưu Văn phòng Tỉnh ủy."),
    )
    data = clean(text, layout=layout)
    assert [line for line in lines(WordFile(data)) if line.strip()] == [
        "TỈNH ỦY SƠN HÀ", "VĂN PHÒNG", "*", "Số      -QC/VPTU", "Dự thảo lần 2",
        "ĐẢNG CỘNG SẢN VIỆT NAM", "Sơn Hà, ngày      tháng 9 năm 2026",
        "QUY CHẾ", "làm việc của Văn phòng", "-----",
        "Điều 1. Phạm vi", "1. Một.",
        "Nơi nhận:", "- Các chi bộ,", "- Lưu Văn phòng Tỉnh ủy.", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ",
    ]  # fmt: skip
    assert comparable(back(data)) == comparable(text)


def test_without_an_office_the_head_is_that_of_who_issues_the_text():
    text = Text("Quyết định về phân công", (sheet("article", "1", "", "Ban hành."),))
    of_whom = replace(facts(text), issuing_body="Tỉnh ủy Sơn Hà")
    assert lines(WordFile(clean_draft(text, facts=of_whom, layout=PARTY)))[:2] == ["TỈNH ỦY SƠN HÀ", "*"]
    named = replace(PARTY, issuing_body="BAN THƯỜNG VỤ")
    assert lines(WordFile(clean_draft(text, facts=of_whom, layout=named)))[:2] == ["BAN THƯỜNG VỤ", "*"]


def test_the_state_has_its_nation_motto_colon_and_slash():
    text = Text("Quyết định về phân công", (sheet("article", "1", "", "Ban hành."),))
    layout = replace(STATE, issuing_body="ỦY BAN NHÂN DÂN TỈNH", body_symbol="UBND")
    written = lines(WordFile(clean_draft(text, facts=facts(text, edition=None, kind="decision"), layout=layout)))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in written
    assert "Độc lập - Tự do - Hạnh phúc" in written
    assert "Số:      /QĐ-UBND" in written
    assert "Dự thảo" in written


def test_the_papers_own_head_stays_and_says_which_draft_it_is():
    file = WordFile(clean(small_text()))
    written = lines(file)
    assert written.count("ĐẢNG CỘNG SẢN VIỆT NAM") == 1
    assert written.count("QUY CHẾ") == 1
    hidden = [p for p in file.body.iter(f"{W}p") if p.find(f".//{W}vanish") is not None]
    assert ["".join(p.itertext(f"{W}t")) for p in hidden] == ["Dự thảo lần 1"]
    assert "Dự thảo lần 2" in written


def test_a_head_without_a_day_gets_place_and_room_for_it():
    text = Text("Quy chế", (sheet("preamble", text="TỈNH ỦY\nĐẢNG CỘNG SẢN VIỆT NAM\nQUY CHẾ"),))
    data = clean(text, layout=replace(PARTY, place="Sơn Hà"))
    assert "Sơn Hà, ngày      tháng 9 năm 2026" in lines(WordFile(data))
    assert comparable(back(data)) == comparable(text)


def test_page_and_header():
    file = WordFile(clean(small_text(), layout=replace(PARTY, mirrors_margins=True)))
    section = file.body.find(f"{W}sectPr")
    assert dict(section.find(f"{W}pgSz").attrib) == {f"{W}w": "11906", f"{W}h": "16838"}
    margins = {name.removeprefix(W): int(value) for name, value in section.find(f"{W}pgMar").attrib.items()}
    assert [round(margins[side] * 25.4 / 1440) for side in ("top", "bottom", "left", "right", "header")] == [
        20, 20, 30, 15, 10,
    ]  # fmt: skip
    assert section.find(f"{W}titlePg") is not None
    headers = [root for name, root in file.roots.items() if re.match(r"word/header\d", name)]
    assert sorted("PAGE" in "".join(root.itertext()) for root in headers) == [False, True]
    assert file.roots["word/settings.xml"].find(f"{W}mirrorMargins") is not None


def test_the_properties_say_which_text_it_is():
    root = WordFile(clean(small_text())).roots["docProps/core.xml"]
    said = {element.tag.rpartition("}")[2]: element.text for element in root}
    assert said["identifier"] == f"sha256:{'ab' * 32}"
    assert said["version"] == "2"
    assert said["creator"] == "Ban Tổ chức Tỉnh ủy"
    assert said["description"] == f"Dự thảo lần 2 · 05/09/2026 14:30:00 · SHA-256 {'ab' * 32}"
    assert said["created"] == "2026-09-05T07:30:00Z"


def test_notes_are_word_notes():
    file = WordFile(clean(small_text()))
    assert file.texts("footnotes")[2:] == [" Chú thích ở tên.", " Ngày 05/9/2026.", " Theo quyết định năm 2024."]
    assert not any("[^" in line for line in lines(file))


def test_what_is_no_text_is_left_out_and_markup_stays_text():
    text = Text("A\x00<b>&", (sheet("article", "1", "=1+1\x0b<w:p/>", '1. "&amp;" \u202eabc\x1f\ufffe'),))
    file = WordFile(clean(text))
    assert file.problems() == []
    assert lines(file)[-2:] == ["Điều 1. =1+1<w:p/>", '1. "&amp;" abc']


def test_an_empty_text_is_a_paper_too():
    file = WordFile(clean(Text("Quy chế", ())))
    assert file.problems() == []
