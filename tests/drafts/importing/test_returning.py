"""Files of our own that come back: what they say of their provisions is believed, what was written in is read."""

import pytest
from lxml import etree

from drafts.importing import Correction, Kind, Role, structure
from drafts.importing.lines import Mark, Paragraph, Source
from drafts.importing.returning import fingerprint, marks_in, wid_in

WIDS = {name: f"{place:032x}" for place, name in enumerate(("preamble", "chapter", "one", "two", "closing"), start=1)}


def mark(name, kind, *, number="", label="", parent="", form="heading", heading="", text="", is_quoting=False):
    return Mark(
        WIDS[name], kind, number, label, WIDS.get(parent, ""), form, fingerprint(heading, text), is_quoting=is_quoting
    )


MARKS = [
    mark("preamble", "preamble", form="none", text="- Căn cứ Điều lệ Đảng – và\nQuy chế như sau:"),
    mark("chapter", "chapter", number="I", label="Chương I", form="block", heading="Quy định chung"),
    mark("one", "article", number="1", label="Điều 1", parent="chapter", heading="Phạm vi", text="1. Một.\n2. Hai."),
    mark("two", "article", number="2", label="Điều 2", parent="chapter", form="text", text="Có hiệu lực từ ngày ký."),
    mark("closing", "closing", form="none", text="Nơi nhận:\n- Các ban."),
]
LINES = [
    ("- Căn cứ Điều lệ Đảng – và", "preamble"),
    ("Quy chế như sau:", ""),
    ("Chương I", "chapter"),
    ("Quy định chung", ""),
    ("Điều 1. Phạm vi", "one"),
    ("1. Một.", ""),
    ("2. Hai.", ""),
    ("Điều 2. Có hiệu lực từ ngày ký.", "two"),
    ("Nơi nhận:", "closing"),
    ("- Các ban.", ""),
]


def returned(lines, marks=MARKS, corrections=()):
    paragraphs = tuple(Paragraph(text, line, (), WIDS.get(name, "")) for line, (text, name) in enumerate(lines, 1))
    source = Source("docx", paragraphs, (), {mark.wid: mark for mark in marks})
    (component,) = structure(source, name="du-thao.docx", corrections=corrections)
    return component


def summary(component):
    return [(node.kind.value, node.number, node.heading, node.text, node.parent) for node in component.nodes]


def test_an_untouched_file_comes_back_letter_for_letter_with_its_identities():
    component = returned(LINES)
    assert summary(component) == [
        ("preamble", "", "", "- Căn cứ Điều lệ Đảng – và\nQuy chế như sau:", None),
        ("chapter", "I", "Quy định chung", "", None),
        ("article", "1", "Phạm vi", "1. Một.\n2. Hai.", 1),
        ("article", "2", "", "Có hiệu lực từ ngày ký.", 1),
        ("closing", "", "", "Nơi nhận:\n- Các ban.", None),
    ]
    assert [node.wid for node in component.nodes] == list(WIDS.values())
    assert component.title == "du-thao"


def test_an_article_written_into_the_file_becomes_one_of_its_own():
    lines = [*LINES[:7], ("Điều 1a. Nguyên tắc", ""), ("1. Tập thể.", ""), *LINES[7:]]
    component = returned(lines)
    new = component.nodes[3]
    assert (new.kind, new.number, new.heading, new.text, new.parent) == (
        Kind.ARTICLE, "1a", "Nguyên tắc", "1. Tập thể.", 1,
    )  # fmt: skip
    assert new.wid == ""
    assert component.nodes[2].text == "1. Một.\n2. Hai."


def test_articles_behind_a_chapter_written_in_belong_to_it():
    lines = [*LINES[:7], ("Chương II", ""), ("TỔ CHỨC", ""), *LINES[7:]]
    component = returned(lines)
    assert summary(component)[3:5] == [
        ("chapter", "II", "TỔ CHỨC", "", None),
        ("article", "2", "", "Có hiệu lực từ ngày ký.", 3),
    ]


def test_a_number_that_was_changed_is_read_and_the_identity_stays():
    lines = [*LINES[:4], ("Điều 3. Phạm vi áp dụng", "one"), *LINES[5:]]
    node = returned(lines).nodes[2]
    assert (node.number, node.label, node.heading, node.wid) == ("3", "Điều 3", "Phạm vi áp dụng", WIDS["one"])


def test_lines_that_quote_heads_stay_text():
    text = "Sửa đổi như sau:\nĐiều 7. Tên mới"
    marks = [mark("one", "article", number="1", label="Điều 1", heading="Sửa đổi", text=text, is_quoting=True)]
    lines = [("Điều 1. Sửa đổi", "one"), ("Sửa đổi như sau:", ""), ("Điều 7. Tên mới", ""), ("Thêm.", "")]
    (node,) = returned(lines, marks).nodes
    assert node.text == f"{text}\nThêm."


def test_a_provision_that_was_taken_out_of_the_file_is_gone():
    component = returned([line for line in LINES if line[1] != "chapter" and line[0] != "Quy định chung"])
    assert [(node.kind.value, node.parent) for node in component.nodes][1:3] == [("article", None), ("article", None)]


@pytest.mark.parametrize(
    ("bookmark", "wid"), [("wid_" + "a" * 32, "a" * 32), ("wid_x", ""), ("a" * 32, ""), (None, ""), ("_Toc1", "")]
)
def test_bookmarks_that_name_a_provision(bookmark, wid):
    assert wid_in(bookmark) == wid


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "page"},
        {"wid": "1"},
        {"form": "verse"},
        {"parent": "f" * 32},
        {"number": "1" * 21},
        {"label": "Đ" * 81},
    ],
)
def test_a_list_of_provisions_that_is_not_sound_is_not_believed(changed):
    said = {"wid": "0" * 32, "kind": "article", "number": "1", "label": "Điều 1", "form": "text"}
    root = etree.Element("{urn:gop-y-du-thao:provisions:1}provisions")
    etree.SubElement(root, "{urn:gop-y-du-thao:provisions:1}provision", said)
    assert list(marks_in(root)) == ["0" * 32]
    etree.SubElement(root, "{urn:gop-y-du-thao:provisions:1}provision", said | {"wid": "1" * 32} | changed)
    assert marks_in(root) == {}


def row_of(component, text):
    return next(row for row in component.rows if row.text.startswith(text))


def said(component, text, role, **more):
    row = row_of(component, text)
    return Correction(row.index, role, opening=row.text[:60], **more)


def test_lines_can_be_corrected_and_the_identities_stay():
    lines = [*LINES[:7], ("Đieu 1a. Nguyên tắc", ""), ("Điều 9. Được viết là lời", ""), *LINES[7:]]
    found = returned(lines)
    assert [node.number for node in found.nodes if node.kind is Kind.ARTICLE] == ["1", "9", "2"]
    assert "Điều 1. Phạm vi" not in [row.text for row in found.rows]  # what the file itself names stands
    better = returned(
        lines,
        corrections=[
            said(found, "Đieu", Role.ARTICLE, number="1a"),
            said(found, "Điều 9", Role.TEXT),
            said(found, "2. Hai", Role.CHAPTER, number="II"),
        ],
    )
    assert [(node.kind.value, node.number) for node in better.nodes] == [
        ("preamble", ""), ("chapter", "I"), ("article", "1"), ("chapter", "II"), ("article", "1a"),
        ("article", "2"), ("closing", ""),
    ]  # fmt: skip
    new = better.nodes[4]
    assert (new.heading, new.text, new.parent) == ("Nguyên tắc", "Điều 9. Được viết là lời", 3)
    assert [node.wid for node in better.nodes if node.wid] == list(WIDS.values())
    assert [row.role for row in better.rows if row.text.startswith("Đ")] == ["article", "text"]
    again = returned(lines, corrections=[said(better, "Đieu", Role.ARTICLE, number="1a", is_titled=False)])
    assert again.nodes[3].text == "Nguyên tắc"


def test_a_correction_of_another_line_is_none():
    other = Correction(0, Role.ARTICLE, "7", opening="Nguyên tắc khác")
    assert summary(returned(LINES, corrections=[other])) == summary(returned(LINES))


@pytest.mark.parametrize("role", Role)
def test_any_line_may_be_said_to_be_anything(role):
    for row in returned(LINES).rows:
        component = returned(LINES, corrections=[Correction(row.index, role, opening=row.text[:60])])
        assert sorted(line for node in component.nodes for line in (node.label, node.heading, node.text) if line)
        assert [other.index for other in component.rows] == list(range(len(component.rows)))
