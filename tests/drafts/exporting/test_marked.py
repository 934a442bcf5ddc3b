"""The marked-up draft: accepting everything gives the new text, rejecting everything the old one."""

import uuid
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from drafts.exporting import Remark, Reply
from drafts.exporting.markup import NAMESPACES
from drafts.exporting.notes import NoteBook
from drafts.exporting.passages import clean_passages, marked_passages
from drafts.exporting.writing import Writer
from drafts.importing.word import read_word
from drafts.texts import Text
from tests.drafts.exporting.texts import AT, PARTY, back, clean, comparable, marked, sheet, small_text
from tests.drafts.exporting.wordfiles import W14, W, WordFile, settle, settled


def changed(text, changes, *, order=None):
    """The text with fields of the sheets at some places changed (None: dropped)."""
    sheets = [
        replace(one, **changes.get(at, {})) for at, one in enumerate(text.sheets) if changes.get(at, {}) is not None
    ]
    return Text(text.title, tuple(sheets if order is None else [sheets[at] for at in order]))


def read(data):
    return [(paragraph.text, paragraph.notes) for paragraph in read_word(data).paragraphs]


def agree(old, new):
    """Both directions, and the schema."""
    data = marked(old, new)
    assert WordFile(data).problems() == []
    assert read(settled(data, accept=True)) == read(clean(new))
    assert read(settled(data, accept=False)) == read(clean(old))
    assert comparable(back(data)) == comparable(new)
    return WordFile(data)


def tracked(file, tag):
    return ["".join(element.itertext(f"{W}t", f"{W}delText")) for element in file.body.iter(f"{W}{tag}")]


def test_words_clauses_articles_tables_and_notes():
    old = small_text()
    new = changed(
        old,
        {
            0: {"text": old.sheets[0].text.replace("Căn cứ Điều lệ Đảng", "Căn cứ Điều lệ Đảng hiện hành")},
            3: {"text": "1. Một – ba.\na) Điểm a;\nb) Điểm mới;\nđ) Điểm đ.\n[^1]: Chú thích khác.", "number": "1"},
            5: {"heading": "Hiệu lực", "text": "1. Có hiệu lực từ ngày ký."},
            6: {"text": old.sheets[6].text.replace("02 ngày", "03 ngày").replace("| ^ |", "| 2 |")},
            8: None,
            10: {"text": old.sheets[10].text.replace("Các ban", "Các ban, ngành")},
            11: {"text": "| 1 |\n| 2 |\n| 3 |"},
        },
    )
    file = agree(old, new)
    agree(new, old)
    assert "Điểm mới;" in "".join(tracked(file, "ins"))
    assert "hai" in "".join(tracked(file, "del"))


def test_a_change_names_who_and_when():
    old = small_text()
    file = agree(old, changed(old, {3: {"heading": "Phạm vi áp dụng[^1]"}}))
    change = next(file.body.iter(f"{W}ins"))
    assert (change.get(f"{W}author"), change.get(f"{W}date")) == ("Ban Tổ chức", "2026-09-05T14:30:00Z")


def test_a_renumbered_article_changes_its_number_only():
    old = small_text()
    file = agree(old, changed(old, {8: {"number": "5", "label": "Điều 5"}}))
    assert tracked(file, "del") == ["Điều 4."]
    assert tracked(file, "ins") == ["Điều 5."]


def test_an_article_that_moved_is_shown_as_moved():
    old = small_text()
    new = changed(old, {}, order=[0, 1, 2, 3, 4, 6, 7, 5, 8, 9, 10, 11])
    file = agree(old, new)
    assert tracked(file, "ins") == tracked(file, "del") == []
    names = {
        tag: [element.get(f"{W}name") for element in file.body.iter(f"{W}{tag}RangeStart")]
        for tag in ("moveFrom", "moveTo")
    }
    assert names == {"moveFrom": ["chuyen1"], "moveTo": ["chuyen1"]}


def test_a_predecessor_is_matched_by_pairs():
    new = small_text()
    old = Text(new.title, tuple(replace(one, wid=uuid.uuid4(), parent=None) for one in new.sheets))
    pairs = {there.wid: here.wid for here, there in zip(old.sheets, new.sheets, strict=True)}
    assert tracked(WordFile(marked(old, new, pairs=pairs)), "ins") == []
    assert len(tracked(WordFile(marked(old, new)), "ins")) > 10


def test_nothing_in_common():
    agree(Text("Cũ", (sheet("article", "1", "Một", "| a | b |"),)), Text("Mới", (sheet("article", "1", "", "Hai."),)))
    agree(Text("Cũ", (sheet("preamble", text="Lời cũ."),)), small_text())
    assert WordFile(marked(small_text(), Text("Mới", ()))).problems() == []
    assert WordFile(marked(Text("Cũ", ()), small_text())).problems() == []


# Comments


def commented(**place):
    text = small_text()
    article = text.sheets[3]
    remark = Remark(
        "Lê Thị Minh",
        AT,
        "Nói rõ hơn.\nVí dụ thêm.",
        wid=place.get("wid", article.wid),
        start=place.get("start"),
        end=place.get("end"),
        replies=(Reply("Trần Lan", AT, "Tiếp thu."),),
        is_done=True,
    )
    return WordFile(clean(text, remarks=[remark]))


def anchored(file, number="0"):
    """The words between where the comment begins and where it ends."""
    found, is_inside = [], False
    for element in file.body.iter():
        if element.tag == f"{W}commentRangeStart" and element.get(f"{W}id") == number:
            is_inside = True
        elif element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == number:
            break
        elif is_inside and element.tag == f"{W}t":
            found.append(element.text)
    return "".join(found)


def test_a_comment_stands_on_its_words():
    text = small_text().sheets[3].text
    start = text.index("Điểm a")
    file = commented(start=start, end=start + len("Điểm a"))
    assert file.problems() == []
    assert anchored(file) == anchored(file, "1") == "Điểm a"


def test_a_comment_may_reach_over_several_lines():
    text = small_text().sheets[3].text
    file = commented(start=text.index("hai"), end=text.index("Điểm đ") + 4)
    assert file.problems() == []
    assert anchored(file) == "hai.a) Điểm a;đ) Điểm"


def test_a_comment_behind_a_note_and_in_a_run_in_head_stands_right():
    text = small_text()
    article = text.sheets[5]
    start = article.text.index("từ ngày ký")
    file = WordFile(clean(text, remarks=[Remark("Đại", AT, "?", article.wid, start, start + len("từ ngày"))]))
    assert file.problems() == []
    assert anchored(file) == "từ ngày"


def test_a_comment_on_a_row_an_article_the_whole_draft():
    text = small_text()
    table = text.sheets[6]
    remarks = [
        Remark("Đại", AT, "Bảng", table.wid, table.text.index("02 ngày"), table.text.index("02 ngày") + 7),
        Remark("Đại", AT, "Điều", text.sheets[7].wid),
        Remark("Đại", AT, "Chung"),
        Remark("Đại", AT, "Điều đã bỏ", uuid.uuid4()),
    ]
    file = WordFile(clean(text, remarks=remarks))
    assert file.problems() == []
    assert [anchored(file, str(n)) for n in range(3)] == ["1", "Điều 3a. Sửa đổi", "TỈNH ỦY SƠN HÀ"]


def test_comments_say_who_when_what_and_which_answers_which():
    file = commented()
    comment, reply = file.roots["word/comments.xml"]
    assert (comment.get(f"{W}author"), comment.get(f"{W}initials")) == ("Lê Thị Minh", "LTM")
    assert comment.get(f"{W}date") == "2026-09-05T14:30:00Z"
    assert ["".join(p.itertext(f"{W}t")) for p in comment] == ["Nói rõ hơn.", "Ví dụ thêm."]
    assert "".join(reply.itertext(f"{W}t")) == "Tiếp thu."
    threads = list(file.roots["word/commentsExtended.xml"])
    w15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
    assert threads[1].get(f"{w15}paraIdParent") == threads[0].get(f"{w15}paraId") == comment[-1].get(f"{W14}paraId")
    assert threads[0].get(f"{w15}done") == "1"


def test_comments_in_a_marked_up_draft():
    old = small_text()
    new = changed(old, {3: {"text": "1. Một – ba.\na) Điểm a;\nđ) Điểm đ."}})
    start = new.sheets[3].text.index("ba")
    remark = Remark("Đại", AT, "Vì sao?", new.sheets[3].wid, start, start + 2)
    file = WordFile(marked(old, new, remarks=[remark]))
    assert file.problems() == []
    assert anchored(file) == "ba"


# Any text against any other

WORDS = st.sampled_from("Điều khoản 2. a) đ) báo cáo, và; họp . [^1] | < ^ Tỉnh ủy".split(" "))
LINE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
ROW = st.lists(st.sampled_from(["a", "b c", "<", "^", "d\\|e", "f\\ng"]), min_size=1, max_size=3).map(
    lambda cells: f"| {' | '.join(cells)} |"
)
TEXT = st.lists(LINE | ROW, max_size=6).map("\n".join)
HEADING = st.sampled_from(["", "Phạm vi", "Phạm vi áp dụng", "Họp[^1]"])
WIDS = [uuid.UUID(int=number) for number in range(1, 7)]
KINDS = st.sampled_from(["article", "chapter", "preamble", "item", "closing", "appendix"])


@st.composite
def some_text(draw):
    wids = draw(st.permutations(WIDS))[: draw(st.integers(0, 6))]
    sheets = [
        replace(sheet(draw(KINDS), str(number), draw(HEADING), draw(TEXT)), wid=wid)
        for number, wid in enumerate(wids, start=1)
    ]
    return Text("Quy chế", tuple(sheets))


def body_lines(passages, book, *, accept=None):
    """The paragraphs of a body as text; rows as text too."""
    xml = Writer(layout=PARTY, book=book, by="A", at=AT).write(list(passages))
    root = etree.fromstring(f"<w:body {NAMESPACES}>{xml}</w:body>")
    if accept is not None:
        settle(root, accept=accept)
    lines = []
    for block in root:
        if block.tag == f"{W}tbl":
            lines += [row_text(row) for row in block.iter(f"{W}tr")]
        elif block.tag == f"{W}p" and block.find(f"{W}pPr/{W}pStyle").get(f"{W}val") != "TheThuc":
            lines.append(paragraph_text(block))
    return lines


def row_text(row):
    """Its cells; in columns, which only set lines side by side, the lines in the order of the text."""
    numbered = {}
    for paragraph in row.iter(f"{W}p"):
        for mark in paragraph.iter(f"{W}bookmarkStart"):
            if mark.get(f"{W}name").startswith("dong_"):
                numbered[int(mark.get(f"{W}name")[5:])] = paragraph_text(paragraph)
    if numbered:
        return [text for _, text in sorted(numbered.items())]
    return [[paragraph_text(p) for p in cell.iter(f"{W}p")] for cell in row.iter(f"{W}tc")]


def paragraph_text(paragraph):
    return "".join(
        element.text if element.tag == f"{W}t" else "†"
        for element in paragraph.iter(f"{W}t", f"{W}footnoteReference", f"{W}endnoteReference")
    )


@settings(max_examples=150, deadline=None)
@given(some_text(), some_text())
def test_accepting_gives_the_new_text_and_rejecting_the_old(old, new):
    book = NoteBook()
    passages = list(marked_passages(old, new, book))
    assert body_lines(passages, book, accept=True) == body_lines(clean_passages(new, book), book)
    assert body_lines(passages, book, accept=False) == body_lines(clean_passages(old, book), book)
