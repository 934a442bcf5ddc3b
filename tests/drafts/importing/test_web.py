"""Web pages, those Word saves too."""

import pytest

from drafts.importing import UnreadableFile, read_document
from drafts.importing.legacy import Encoding, from_unicode
from drafts.importing.reading import read
from tests.drafts.importing.texts import numbers


def page(body, head=""):
    return f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body>{body}</body></html>".encode()


def lines(data):
    return [paragraph.text for paragraph in read(data).paragraphs]


def test_blocks_are_paragraphs_and_blanks_are_one():
    data = page(
        "<h1>QUY CHẾ</h1>trần<p>Một\n  <b>hai</b> <i>ba</i><br>bốn</p><ul><li>năm<li>sáu</ul><div>bảy<p>tám</div>"
    )
    assert lines(data) == ["QUY CHẾ", "trần", "Một hai ba\nbốn", "năm", "sáu", "bảy", "tám"]


def test_scripts_styles_and_what_is_hidden_are_dropped():
    data = page(
        "<script>alert('x')</script><p>thấy</p><p style='display:none'>ẩn</p><p hidden>ẩn</p><svg><text>x</text></svg>"
        "<span style='mso-hide:all'>ẩn</span><textarea>x</textarea><!-- chú thích -->",
        "<style>p { color: red }</style>",
    )
    assert lines(data) == ["thấy"]


def test_tables_are_rows_with_merged_cells():
    data = page(
        "<table><tr><th colspan=2>Chung</th></tr><tr><td rowspan=2>Tổ</td><td>a | b</td></tr><tr><td>c<p>d</td></tr>"
        "</table><table><tr><td>Khung<p>hai dòng</td></tr></table>"
    )
    assert lines(data) == ["| Chung | < |", "| Tổ | a \\| b |", "| ^ | c\\nd |", "Khung", "hai dòng"]


def test_a_page_saved_by_word_keeps_numbers_and_notes():
    body = (
        "<div class=WordSection1><p class=MsoNormal><b>Điều 1.<span style='font:7pt Arial'>&nbsp; </span>Phạm vi"
        '</b><a style=\'mso-footnote-id:ftn1\' href="#_ftn1" name="_ftnref1"><span>[1]</span></a><o:p></o:p></p>'
        "<p class=MsoNormal><![if !supportLists]><span>1.&nbsp;</span><![endif]>Tổ họp.</p></div>"
        '<div><hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Kể cả họp kín.</p></div></div>'
    )
    source = read(page(body))
    assert [" ".join(paragraph.text.split()) for paragraph in source.paragraphs] == [
        "Điều 1. Phạm vi[^1]",
        "1. Tổ họp.",
    ]
    assert source.paragraphs[0].notes == ("[^1]: Kể cả họp kín.",)


def test_old_fonts_are_converted_by_attribute_by_style_and_by_class():
    old = [from_unicode(text, Encoding.TCVN3) for text in ("Quy định", "Chương này", "những điều")]
    vni = from_unicode("Được phép", Encoding.VNI)
    body = (
        f"<p><font face='.VnTime'>{old[0]}</font></p><p style=\"font-family:'.VnTime'\">{old[1]}</p>"
        f"<p class=Old>{old[2]}</p><p class='vni x'>{vni}</p><p>Đã là Unicode</p>"
    )
    data = page(body, '<style><!-- p.Old, li.Old {font-family:.VnTimeH;} .vni {font-family:"VNI-Times"} --></style>')
    assert lines(data) == ["Quy định", "Chương này", "NHỮNG ĐIỀU", "Được phép", "Đã là Unicode"]
    assert {(found.encoding, found.paragraphs) for found in read(data).conversions} == {("TCVN3", 3), ("VNI", 1)}


@pytest.mark.parametrize(
    "encoding, said", [("utf-8", ""), ("utf-8", "windows-1252"), ("utf-16", ""), ("cp1258", "windows-1258")]
)
def test_the_encoding_is_found(encoding, said):
    text = "Hội đồng nhân dân xã" if encoding != "cp1258" else "Công an nhân dân, bà Hà"
    meta = f'<meta http-equiv=Content-Type content="text/html; charset={said}">' if said else ""
    assert lines(page(f"<p>{text}</p>", meta).decode().encode(encoding)) == [text]


def test_the_structure_is_found():
    body = (
        "<h2>Chương I<br>QUY ĐỊNH CHUNG</h2><h3>Điều 1. Họp</h3><p>Hằng tuần.</p><p><b>Điều 2. Nghỉ.</b> Ngày lễ.</p>"
    )
    imported = read_document(page(body), name="quy-che.docx")
    (component,) = imported.components
    assert (imported.format, component.chapters, numbers(component)) == ("html", 1, ["1", "2"])
    assert [node.heading for node in component.nodes] == ["QUY ĐỊNH CHUNG", "Họp", "Nghỉ."]


@pytest.mark.parametrize(
    "data, words",
    [
        (page("<script>x</script>"), "has no text"),
        (page("<div>" * 3_000 + "sâu"), "nested too deeply"),
        (page("<table><tr><td>" * 150 + "a | b"), "nested too deeply"),
        (page("<b>x</b>" * 250_000), "too large"),
        (b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>', "declares entities"),
    ],
)
def test_harmful_pages_are_refused(data, words):
    with pytest.raises(UnreadableFile, match=words):
        read(data)


def test_tables_deep_in_tables_do_not_grow():
    data = page("<table><tr><td>1</td><td>" * 20 + "a | b \\" + "</table>" * 20)
    assert sum(len(line) for line in lines(data)) < 1000
