"""Word files, read as they look with all changes accepted."""

import pytest

from drafts.importing import read_document
from drafts.importing.reading import read
from drafts.importing.word import escaped
from tests.drafts.importing.word_files import (
    STRICT,
    abstract,
    cell,
    comments,
    docx,
    level,
    listed,
    num,
    p,
    ranged,
    root,
    run,
    table,
)


def lines(data):
    return [paragraph.text.strip() for paragraph in read(data).paragraphs]


def findings(data):
    return [finding.text() for finding in read(data).findings]


def test_paragraphs_are_lines_and_the_line_is_their_number():
    source = read(docx(p("Một") + p("") + p("Hai", " rưỡi")))
    assert [(paragraph.text, paragraph.line) for paragraph in source.paragraphs] == [
        ("Một", 1),
        ("", 2),
        ("Hai rưỡi", 3),
    ]


def test_the_strict_kind_of_file_is_read_too():
    assert lines(docx(p("Một"), namespace=STRICT)) == ["Một"]


@pytest.mark.parametrize(
    "content, text",
    [
        ("<w:br/>", "a\nb"),
        ("<w:cr/>", "a\nb"),
        ('<w:br w:type="page"/>', "ab"),
        ("<w:tab/>", "a\tb"),
        ("<w:noBreakHyphen/>", "a-b"),
        ('<w:sym w:font="Symbol" w:char="F0B7"/>', "a•b"),
        ("<w:instrText>PAGE</w:instrText>", "ab"),
    ],
)
def test_breaks_tabs_hyphens_and_symbols(content, text):
    assert lines(docx(p("a", f"<w:r>{content}</w:r>", "b"))) == [text]


def test_links_controls_and_fields_are_read_through():
    inside = f"<w:hyperlink>{run('một ')}</w:hyperlink><w:sdt><w:sdtContent>{run('hai ')}</w:sdtContent></w:sdt>"
    assert lines(docx(p(inside, f"<w:fldSimple>{run('ba')}</w:fldSimple>"))) == ["một hai ba"]
    assert lines(docx(f"<w:sdt><w:sdtContent>{p('bốn')}</w:sdtContent></w:sdt>")) == ["bốn"]


def test_tracked_changes_are_accepted_and_mentioned():
    changed = p(
        run("Tổ "), f"<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins>{run('mới')}</w:ins>", run(" họp.")
    )
    data = docx(p("Một") + changed)
    assert lines(data) == ["Một", "Tổ mới họp."]
    assert findings(data) == ["The file has tracked changes (2): they were all taken as accepted."]
    assert read(data).findings[0].line == 2
    assert findings(docx(p("Một"))) == []


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    data = docx(p("Tổ họp ", properties="<w:rPr><w:del/></w:rPr>") + p("hằng tuần.") + p("Hết."))
    assert lines(data) == ["Tổ họp hằng tuần.", "Hết."]
    assert lines(docx(p("Hết.", properties="<w:rPr><w:del/></w:rPr>"))) == ["Hết."]


def test_moved_text_stands_only_where_it_was_moved_to():
    assert lines(docx(p(f"<w:moveFrom>{run('xa')}</w:moveFrom>", "gần ", f"<w:moveTo>{run('xa')}</w:moveTo>"))) == [
        "gần xa"
    ]


def test_tables_are_rows_with_escapes():
    rows = table([cell("Đơn vị"), cell("Hạn | ngày", "tháng")], [cell("\\"), cell("")])
    assert lines(docx(rows)) == ["| Đơn vị | Hạn \\| ngày\\ntháng |", "| \\\\ |  |"]


def test_merged_cells_are_marked():
    wide = cell("Chung", properties='<w:gridSpan w:val="2"/>')
    down = cell("Tổ", properties='<w:vMerge w:val="restart"/>')
    still = cell("", properties="<w:vMerge/>")
    assert lines(docx(table([wide], [down, cell(run("<"))], [still, cell("^")]))) == [
        "| Chung | < |",
        "| Tổ | \\< |",
        "| ^ | \\^ |",
    ]


def test_a_frame_of_one_cell_is_no_table():
    assert lines(docx(table([cell("Điều 1. Họp", "Hằng tuần.")]))) == ["Điều 1. Họp", "Hằng tuần."]


def test_a_deleted_row_is_gone():
    deleted = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    data = docx(table([cell("a"), cell("b")]).replace("</w:tbl>", f"{deleted}</w:tbl>"))
    assert lines(data) == ["| a | b |"]


def test_a_paragraph_that_begins_like_a_table_is_escaped():
    assert lines(docx(p("| không phải bảng |"))) == ["\\| không phải bảng |"]
    assert escaped("<") == "\\<"


def test_footnotes_and_endnotes_are_marked_and_kept():
    data = docx(
        p("Họp", '<w:r><w:footnoteReference w:id="7"/></w:r>', " và nghỉ", '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        footnotes=f'<w:footnote w:id="0" w:type="separator">{p("-")}</w:footnote>'
        f'<w:footnote w:id="7">{p("Sửa")}{p("lần 2.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{p("Theo luật.")}</w:endnote>',
    )
    (paragraph,) = read(data).paragraphs
    assert paragraph.text == "Họp[^1] và nghỉ[^e1]"
    assert paragraph.notes == ("[^1]: Sửa lần 2.", "[^e1]: Theo luật.")


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(docx(p("Ngoài", drawing))) == ["Ngoài", "Trong khung"]


def test_the_table_of_contents_is_left_out():
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    data = docx(p("Điều 1. Họp 3", properties='<w:pStyle w:val="TOC1"/>') + p("Điều 1. Họp"), styles=styles)
    assert lines(data) == ["Điều 1. Họp"]
    assert findings(data) == ["The table of contents was left out: it is made anew from the headings."]


def font(text, name, *, bold=None):
    weight = "" if bold is None else f'<w:b w:val="{int(bold)}"/>'
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>{weight}</w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def bold(text):
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_old_fonts_are_converted_run_by_run():
    data = docx(
        p(font("§iÒu 1. ", ".VnTime"), font("nh÷ng viÖc", ".VnTimeH"), run(" và "), font("quyeà", "VNI-Times"),
          font("n lôï", "VNI-Times"), font("i", "VNI-Times"))
        + p(font("Đã là Unicode", ".VnTime")) + p(font("công", "Arial"))
    )  # fmt: skip
    assert lines(data) == ["Điều 1. NHỮNG VIỆC và quyền lợi", "Đã là Unicode", "công"]
    (conversion,) = read(data).conversions
    assert conversion.samples == (("§iÒu 1. nh÷ng viÖc và quyeàn lôïi", "Điều 1. NHỮNG VIỆC và quyền lợi"),)


def test_the_letter_that_is_a_soft_hyphen_in_old_files_is_kept():
    half = '<w:r><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr><w:t>Ch</w:t><w:softHyphen/><w:t>¬ng I</w:t></w:r>'
    private = "".join(chr(0xF000 + ord(letter)) for letter in "§iÒu")
    assert lines(docx(p(half) + p(font(private, ".VnTime")))) == ["Chương I", "Điều"]


def test_the_font_may_come_from_the_style_or_the_defaults():
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:styleId="Cu"><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Cu"/></w:style>'
        '<w:style w:type="character" w:styleId="Hoa"><w:rPr><w:rFonts w:hAnsi=".VnTimeH"/></w:rPr></w:style>'
    )
    styled = '<w:r><w:rPr><w:rStyle w:val="Hoa"/></w:rPr><w:t>§iÒu</w:t></w:r>'
    data = docx(
        p("Ñieàu") + p("§iÒu", properties='<w:pStyle w:val="Con"/>') + p(styled) + p(font("Điều", "Arial")),
        styles=styles,
    )
    assert lines(data) == ["Điều", "Điều", "ĐIỀU", "Điều"]


def test_signs_of_picture_fonts_are_read():
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert lines(docx(p(sign, font("\uf0a3\uf061", "Symbol"), " 5 %"))) == ["☑≤α 5 %"]


def test_bold_letters_and_headings_are_told():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="TD1"><w:name w:val="Tiêu đề 1"/></w:style>'
    )
    data = docx(
        p(bold("Điều 1."), bold(" Họp. "), "Hằng tuần.") + p("Mục 1", properties='<w:pStyle w:val="H2"/>')
        + p("Phần I", properties='<w:pStyle w:val="TD1"/>') + p("x", properties='<w:outlineLvl w:val="2"/>') + p("y"),
        styles=styles,
    )  # fmt: skip
    found = [(paragraph.bold, paragraph.level) for paragraph in read(data).paragraphs]
    assert found == [(len("Điều 1. Họp. "), 0), (len("Mục 1"), 2), (0, 1), (0, 3), (0, 0)]


def test_a_bold_title_is_told_from_the_text_behind_it():
    data = docx(
        p(bold("Điều 1. Họp định kỳ. "), "Tổ họp hằng tuần.") + p("1. Mở đầu.")
        + p(bold("Điều 2. Nghỉ lễ.")) + p("Nghỉ theo luật.")
        + p(bold("Điều 3."), " Quy chế này có hiệu lực từ ngày ký.")
        + p(bold("Điều 4. Ngh"), "ỉ phép") + p("Theo luật."),
    )  # fmt: skip
    (component,) = read_document(data, name="x").components
    assert [(node.heading, node.text) for node in component.nodes] == [
        ("Họp định kỳ.", "Tổ họp hằng tuần.\n1. Mở đầu."),
        ("Nghỉ lễ.", "Nghỉ theo luật."),
        ("", "Quy chế này có hiệu lực từ ngày ký."),
        ("Nghỉ phép", "Theo luật."),
    ]


def test_who_tracked_changes_is_said():
    by = 'w:author="Nguyễn Văn An" w:date="2026-01-02T00:00:00Z"'
    data = docx(p(f"<w:ins {by}>{run('mới')}</w:ins>", f"<w:del {by}><w:r><w:delText>cũ</w:delText></w:r></w:del>"))
    assert findings(data) == ["The file has tracked changes (2, by Nguyễn Văn An): they were all taken as accepted."]


def test_words_of_page_headers_are_mentioned_and_page_numbers_are_not():
    parts = {
        "word/header1.xml": root("hdr", p("Dự thảo lần 2")),
        "word/footer1.xml": root("ftr", p("Trang 3/12")),
        "word/header2.xml": root("hdr", p("Dự thảo lần 2")),
    }
    assert findings(docx(p("Một"), others=parts)) == [
        "The page header or footer says “Dự thảo lần 2”: it was not taken into the text."
    ]


def test_a_table_in_a_table_is_kept_and_deeper_ones_do_not_grow():
    inner = table([cell("a | b"), cell("c")])
    nested = f"<w:tc>{inner}<w:p/></w:tc>"
    assert lines(docx(table([nested, cell("d")]))) == ["| \\| a \\\\\\| b \\| c \\| | d |"]
    deep = table([cell("a | b \\"), cell("c")])
    for _ in range(18):
        deep = table([f"<w:tc>{deep}<w:p/></w:tc>", cell("d")])
    assert sum(map(len, lines(docx(deep)))) < 1000


# Comments in the margin


def test_comments_are_read_with_the_words_they_are_about():
    sign = '<w:r><w:commentReference w:id="2"/></w:r>'
    data = docx(
        p("Tổ họp ", ranged(0, run("hằng "), run("tuần")), run(" vào thứ Hai."))
        + p('<w:commentRangeStart w:id="1"/>', run("Thư ký")) + p(run("ghi biên bản"), '<w:commentRangeEnd w:id="1"/>')
        + p("Hết.", sign),
        others={"word/comments.xml": comments("Nên là hằng tháng", "Ai?", "Xong", "")},
    )  # fmt: skip
    remarks = read(data).remarks
    assert [(r.number, r.line, r.quote, r.prefix, r.suffix, r.text) for r in remarks] == [
        (1, 1, "hằng tuần", "Tổ họp ", " vào thứ Hai.", "Nên là hằng tháng"),
        (2, 2, "Thư ký\nghi biên bản", "", "", "Ai?"),
        (3, 4, "", "", "", "Xong"),
    ]
    assert (remarks[0].author, remarks[0].date) == ("Trần Thị Bình", "2026-03-01T08:00:00Z")


def test_the_words_of_a_comment_are_those_of_the_accepted_text_and_in_unicode():
    deleted = "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
    data = docx(p(ranged(0, font("§iÒu nµy", ".VnTime"), deleted)), others={"word/comments.xml": comments("x")})
    assert read(data).remarks[0].quote == "Điều này"


def test_comments_around_paragraphs_and_in_tables_are_found():
    body = ranged(0, p("Một"), p("Hai")) + table([f"<w:tc>{p(ranged(1, run('ba')))}</w:tc>", cell("bốn")])
    remarks = read(docx(body, others={"word/comments.xml": comments("a", "b")})).remarks
    assert [(remark.line, remark.quote) for remark in remarks] == [(1, "Một\nHai"), (3, "ba")]


# Automatic numbering


def regulation(numbers, *paragraphs, styles=None):
    return lines(docx("".join(paragraphs), numbering=numbers, styles=styles))


ROWS = abstract(
    0,
    level(0, "Chương %1", "upperRoman"),
    level(1, "Điều %2.", extra='<w:lvlRestart w:val="0"/>'),
    level(2, "%3."),
    level(3, "%4)", "lowerLetter"),
) + num(1, 0)


def test_chapters_articles_clauses_and_points_are_numbered():
    assert regulation(
        ROWS,
        p("CHUNG", properties=listed(1, 0)),
        p("Phạm vi", properties=listed(1, 1)),
        p("Tổ.", properties=listed(1, 2)),
        p("Thư ký:", properties=listed(1, 2)),
        p("Ghi;", properties=listed(1, 3)),
        p("Gửi.", properties=listed(1, 3)),
        p("HỌP", properties=listed(1, 0)),
        p("Định kỳ", properties=listed(1, 1)),
        p("Hằng tuần.", properties=listed(1, 2)),
    ) == ["Chương I CHUNG", "Điều 1. Phạm vi", "1. Tổ.", "2. Thư ký:", "a) Ghi;", "b) Gửi.", "Chương II HỌP",
          "Điều 2. Định kỳ", "1. Hằng tuần."]  # fmt: skip


def test_numbers_may_come_from_the_style():
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Điều"/><w:pPr>{listed(1, 1)}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="DieuDam"><w:name w:val="Điều đậm"/><w:basedOn w:val="Dieu"/></w:style>'
    )
    properties = '<w:pStyle w:val="DieuDam"/>'
    assert regulation(ROWS, p("Họp", properties=properties), p("Nghỉ", properties=properties), styles=styles) == [
        "Điều 1. Họp", "Điều 2. Nghỉ",
    ]  # fmt: skip
    without = properties + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert regulation(ROWS, p("Họp", properties=without), styles=styles) == ["Họp"]


def test_a_list_may_start_elsewhere_and_restart():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = abstract(0, level(0, "%1.", start=3)) + num(1, 0) + num(2, 0, again) + num(3, 0)
    assert regulation(numbers, *(p("x", properties=listed(at)) for at in (1, 1, 2, 2, 3))) == [
        "3. x",
        "4. x",
        "1. x",
        "2. x",
        "3. x",
    ]


@pytest.mark.parametrize(
    "style, markers",
    [
        ("decimal", ["1.", "2."]), ("decimalZero", ["01.", "02."]), ("upperRoman", ["I.", "II."]),
        ("lowerRoman", ["i.", "ii."]), ("upperLetter", ["A.", "B."]), ("lowerLetter", ["a.", "b."]),
        ("unknown", ["1.", "2."]),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_shows_them(style, markers):
    numbers = abstract(0, level(0, "%1.", style)) + num(1, 0)
    assert regulation(numbers, *[p("x", properties=listed(1))] * 2) == [f"{marker} x" for marker in markers]


def test_multi_level_and_legal_numbers():
    numbers = abstract(0, level(0, "%1.", "upperRoman"), level(1, "%1.%2.", extra="<w:isLgl/>")) + num(1, 0)
    assert regulation(numbers, p("x", properties=listed(1)), *[p("y", properties=listed(1, 1))] * 2) == [
        "I. x", "1.1. y", "1.2. y",
    ]  # fmt: skip


def test_bullets_are_kept():
    numbers = abstract(0, level(0, "-", "bullet"), level(1, "\uf0b7", "bullet")) + num(1, 0)
    assert regulation(numbers, p("x", properties=listed(1)), p("y", properties=listed(1, 1))) == ["- x", "• y"]


def test_a_numbered_paragraph_without_words_keeps_its_number():
    numbers = abstract(0, level(0, "Chương %1", "upperRoman")) + num(1, 0)
    assert regulation(numbers, p("", properties=listed(1)), p("CHUNG")) == ["Chương I", "CHUNG"]
