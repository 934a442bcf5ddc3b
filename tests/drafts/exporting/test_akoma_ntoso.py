"""Akoma Ntoso out and in: valid in structure, addresses computed, identities kept, nothing lost."""

import json
from pathlib import Path

import pytest
from lxml import etree

from drafts.changes import Fate
from drafts.exporting import akoma_ntoso, as_json
from drafts.exporting.addresses import Addresses, plain_number
from drafts.importing import UnreadableFile, read_document
from drafts.reimporting import Choices, Plan
from drafts.texts import Text, fingerprint
from tests.drafts.exporting.akoma import AKN, problems
from tests.drafts.exporting.test_clean import FILES
from tests.drafts.exporting.texts import comparable, facts, sheet, small_text, text_of


def exported(text, **more):
    return akoma_ntoso(text, facts=facts(text, **more))


def back(data):
    (component,) = read_document(data, name="van-ban.xml").components
    assert component.title
    return text_of(component)


def identities(data):
    return [element.get("eId") for element in etree.fromstring(data).iter(etree.Element) if element.get("eId")]


def test_a_text_with_everything_is_valid_and_comes_back_letter_for_letter():
    text = small_text()
    data = exported(text)
    assert problems(data) == []
    assert comparable(back(data)) == comparable(text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:40])
def test_real_texts_are_valid_and_come_back(file):
    for component in read_document(file.read_bytes(), name=file.name).components:
        text = text_of(component)
        data = exported(text)
        assert problems(data) == []
        assert comparable(back(data)) == comparable(text)


def test_addresses_say_where_a_point_stands():
    chapter = sheet("chapter", "II", "TỔ CHỨC")
    article = sheet("article", "5", "Nhiệm vụ", "Mở đầu:\n1. Một.\n2. Hai:\na) A;\nđ) Đ.\nKết.", parent=chapter)
    found = identities(exported(Text("Quy chế", (chapter, article))))
    assert "chp_2__art_5__para_2__point_dd" in found
    assert "chp_2__art_5__intro" in found
    assert "chp_2__art_5__para_1__content" in found


def test_a_name_that_would_come_twice_is_told_apart():
    article = sheet("article", "1", "", "1. Một.\n1. Lại một.")
    found = identities(exported(Text("Quy chế", (article, sheet("article", "1", "", "Lặp.")))))
    assert {"art_1__para_1", "art_1__para_1-2", "art_1-2"} <= set(found)


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        ("IV", "4"),
        ("IIa", "2a"),
        ("đ", "dd"),
        ("d", "d"),
        ("1.2", "1-2"),
        ("5a", "5a"),
        ("a1", "a1"),
        ("", ""),
        ("ô", "oo"),
    ],
)
def test_numbers_in_addresses(number, plain):
    assert plain_number(number) == plain


def test_addresses_never_repeat():
    addresses = Addresses()
    found = [addresses.of("article", "1") for _ in range(4)] + [addresses.of("article", "1-2")]
    assert len(set(found)) == 5


def test_the_metadata_name_work_expression_and_manifestation():
    root = etree.fromstring(exported(small_text()))
    values = {
        level: root.find(f".//{AKN}FRBR{level}/{AKN}FRBRthis").get("value")
        for level in ("Work", "Expression", "Manifestation")
    }
    assert values == {
        "Work": "/akn/vn/act/quy-che/2026/lan-2/!main",
        "Expression": "/akn/vn/act/quy-che/2026/lan-2/vie@2026-09-05/!main",
        "Manifestation": "/akn/vn/act/quy-che/2026/lan-2/vie@2026-09-05/akn.xml/!main",
    }
    assert root.find(f".//{AKN}FRBRname").get("value") == "Quy chế làm việc của Tỉnh ủy"


def test_identities_are_kept():
    text = small_text()
    root = etree.fromstring(exported(text))
    kept = [element.get("wId") for element in root.iter(etree.Element) if element.get("wId")]
    assert sorted(kept) == sorted(f"wid_{one.wid.hex}" for one in text)


@pytest.mark.parametrize("text", [Text("Trống", ()), Text("Lời đầu", (sheet("preamble", text="Căn cứ Điều lệ."),))])
def test_little_is_valid_too(text):
    assert problems(exported(text)) == []


def test_what_another_program_moved_changed_and_renumbered_is_still_itself():
    """An article goes to another chapter, gets other words and another number; a clause another number."""
    first, second = sheet("chapter", "I", "MỘT"), sheet("chapter", "II", "HAI")
    scope = sheet("article", "1", "Phạm vi", "1.  Quy chế này quy định chế độ làm việc.\na) A.", parent=first)
    meetings = sheet("article", "2", "Họp", "Họp theo Điều 1.", parent=first)
    text = Text("Quy chế", (first, scope, meetings, second, sheet("article", "3", "Báo cáo", "Gửi.", parent=second)))
    root = etree.fromstring(exported(text))
    moved, *others = root.iter(f"{AKN}article")
    list(root.iter(f"{AKN}chapter"))[1].append(moved)
    for place, element in enumerate([*others, moved], start=1):
        element.find(f"{AKN}num").text = f"Điều {place}."
    clause = moved.find(f"{AKN}paragraph")
    clause.find(f"{AKN}num").text = "2."
    clause.find(f".//{AKN}p").text = "Quy chế này quy định quan hệ công tác."
    assert problems(etree.tostring(root)) == []
    came = read_document(etree.tostring(root), name="x.xml").components[0].nodes
    assert [(one.number, one.label, one.parent) for one in came if one.kind == "article"] == [
        ("1", "Điều 1", 0),
        ("2", "Điều 2", 2),
        ("3", "Điều 3", 2),
    ]
    assert came[4].text == "2. Quy chế này quy định quan hệ công tác.\na) A."
    plan = Plan(base=text, current=text, nodes=came, choices=Choices())
    (change,) = [change for change in plan.rows if change.change.sheet.wid == scope.wid]
    assert (change.fate, change.change.is_moved, change.change.is_renumbered) == (Fate.AMENDED, True, True)


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><meta><identification source="#x">
<FRBRWork><FRBRthis value="/x"/></FRBRWork></identification></meta>
<preface><longTitle><p>An Act about <docTitle>Meetings</docTitle></p></longTitle></preface>
<body><chapter eId="chp_I"><num>Chapter I</num><heading>General</heading>
<article eId="art_1"><num>Điều 1.</num><heading>Phạm vi</heading>
<paragraph eId="p1"><num>1.</num><intro><p>Gồm:</p></intro>
<point eId="a"><num>a)</num><content><p>một <b>chữ</b> đậm<authorialNote eId="n" marker="1"><p>Chú thích.</p>
</authorialNote>;</p></content></point>
<point eId="b"><num>b)</num><content><p>hai.</p></content></point></paragraph>
<paragraph eId="p2"><content><blockList eId="l"><listIntroduction>Danh mục:</listIntroduction>
<item eId="i"><num>-</num><p>thứ nhất</p></item></blockList></content></paragraph></article></chapter></body></act>
</akomaNtoso>
"""


def test_a_document_of_another_system_is_read():
    text = back(FOREIGN.encode())
    assert [(one.kind, one.number, one.heading, one.text) for one in text] == [
        ("preamble", "", "", "An Act about Meetings"),
        ("chapter", "", "General", ""),
        ("article", "1", "Phạm vi",
         "1. Gồm:\na) một chữ đậm[^1];\nb) hai.\nDanh mục:\n- thứ nhất\n[^1]: Chú thích."),
    ]  # fmt: skip
    assert text.title == "Meetings"
    assert text.sheets[2].parent == text.sheets[1].wid


@pytest.mark.parametrize(
    "data",
    [
        FOREIGN.replace("</act>", "").encode(),
        FOREIGN.replace("<body>", "<body>&x;").encode(),
        b'<!DOCTYPE a [<!ENTITY x "y">]>' + FOREIGN.encode(),
        b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>',
        b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="a"/></akomaNtoso>',
        FOREIGN.replace("<body>", "<body>" + "<part><num>I</num>" * 500)
        .replace("</body>", "</part>" * 500 + "</body>")
        .encode(),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data):
    with pytest.raises(UnreadableFile):
        read_document(data, name="a.xml")


def test_json_says_everything_in_a_documented_shape():
    text = small_text()
    said = json.loads(as_json(text, facts=facts(text)))
    assert said["format"] == "gop-y-du-thao/text/1"
    assert (said["title"], said["edition"], said["label"]) == (text.title, 2, "Dự thảo lần 2")
    provisions = said["provisions"]
    assert [one["wid"] for one in provisions] == [str(one.wid) for one in text]
    assert [one["text"] for one in provisions] == [one.text for one in text]
    assert provisions[3]["lines"][1] == {
        "kind": "point",
        "number": "a",
        "label": "điểm a khoản 1",
        "text": "a) Điểm a;",
    }
    assert provisions[3]["parent"] == provisions[2]["wid"]
    assert provisions[3]["eId"] == "part_1__chp_1__art_1"
    assert fingerprint(said["title"], text.sheets)


def test_the_shape_is_documented():
    page = (Path(__file__).parents[3] / "docs" / "formats.md").read_text()
    text = small_text()
    said = json.loads(as_json(text, facts=facts(text)))
    for name in [*said, *said["provisions"][0], *said["provisions"][3]["lines"][0]]:
        assert f"`{name}`" in page
