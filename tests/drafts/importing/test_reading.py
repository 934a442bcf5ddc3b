"""Files that are no readable text are refused with one clear sentence, quickly."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts.importing import ImportedFile, UnreadableFile, read_document
from tests.drafts.importing.texts import DECISION_AND_REGULATION
from tests.drafts.importing.word_files import WORD, archive, cell, docx, listed, p, table

ENTITIES = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{ENTITIES}]>'
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
)
SECRET = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&s;</w:t></w:r></w:p></w:body></w:document>'
)


def encrypted(data):
    """The archive with the "encrypted" flag set on every entry."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


HOSTILE = {
    "empty": (b"", "The file is empty."),
    "blank": (b" \n\t\n", "The file is empty."),
    "cut-off container": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
    "pdf": (b"%PDF-1.7\n...", "a PDF file"),
    "picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "binary": (bytes(range(256)) * 50, "not text"),
    "legacy encoding": ("Điều 1. Họp".encode("cp1258", "replace"), "encoding of the text is not recognised"),
    "too large": (b"a" * 50_000_001, "larger than 50 MB"),
    "too long": (b"a\n" * 60_000, "longer than any regulation"),
    "truncated": (archive({"word/document.xml": "x", "word/media/a": bytes(range(256)) * 9})[:-200], "damaged"),
    "no archive": (b"PK\x03\x04 and nothing more", "damaged"),
    "other archive": (archive({"a.txt": "a"}), "not a Word file"),
    "spreadsheet": (archive({"xl/workbook.xml": "<a/>"}), "an Excel file"),
    "slides": (archive({"ppt/presentation.xml": "<a/>"}), "a PowerPoint file"),
    "libreoffice": (archive({"content.xml": "<a/>", "mimetype": "x"}), "a LibreOffice file"),
    "broken xml": (archive({"word/document.xml": "<w:document"}), "damaged"),
    "no text": (docx(p("")), "no text"),
    "encrypted": (encrypted(docx(p("x"))), "protected by a password"),
    "path names": (docx(p("x"), others={"../../etc/cron.d/x": "x"}), "path names"),
    "absolute path": (docx(p("x"), others={"/etc/passwd": "x"}), "path names"),
    "macros": (docx(p("x"), others={"word/vbaProject.bin": "x"}), "macros"),
    "zip bomb": (docx("<w:p/>" * 1_000_000), "too large"),
    "bomb of text": (docx(p("a" * 20_000_000)), "too large"),
    "many paragraphs": (docx("<w:p/>" * 50_001), "more than 50000 paragraphs"),
    "many entries": (docx(p("x"), others={f"word/media/{at}": "" for at in range(5_001)}), "too large"),
    "deep": (docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "damaged"),
    "billion laughs": (archive({"word/document.xml": LAUGHS}), "declares entities"),
    "external entity": (archive({"word/document.xml": SECRET}), "declares entities"),
    "utf-16 entity": (
        archive({"word/document.xml": SECRET.replace("?>", "?>", 1).encode("utf-16")}),
        "declares entities",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_has_its_own_sentence(name):
    data, words = HOSTILE[name]
    start = time.process_time()
    with pytest.raises(UnreadableFile) as refused:
        read_document(data, name="quy-che.docx")
    assert words in str(refused.value)
    assert str(refused.value).endswith(".")
    assert time.process_time() - start < 2


def test_the_content_tells_what_a_file_is_not_its_name():
    assert read_document(docx(p("Điều 1. Họp")), name="quy-che.doc").format == "docx"
    assert read_document("Điều 1. Họp".encode(), name="quy-che.docx").format == "txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_text_is_read_with_and_without_its_mark(encoding):
    imported = read_document("Điều 1. Họp\r\nHằng tuần.\rHết.".encode(encoding), name="a.txt")
    assert imported.components[0].nodes[0].text == "Hằng tuần.\nHết."


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    assert is_read_or_refused(data)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    assert is_read_or_refused(text.encode("utf-8", "surrogatepass"))


GOOD = docx(
    p("Điều 1. Họp", properties=listed(1)) + table([cell("a"), cell("b")]) + p("Hết."),
    numbering='<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    footnotes='<w:footnote w:id="1"><w:p/></w:footnote>',
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, len(GOOD)) | st.none(),
    st.binary(max_size=20),
)
def test_damaged_word_files_are_read_or_refused(changes, cut, tail):
    damaged = bytearray(GOOD)
    for place, value in changes:
        damaged[place] = value
    assert is_read_or_refused(bytes(damaged[:cut]) + tail)


FRAGMENTS = st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>Điều 1. A</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
     "</w:tc>", "<w:br/>", "<w:ins>", "</w:ins>", "<w:del>", "</w:del>", "<w:sym w:char='zz'/>", "<w:pPr>", "</w:pPr>",
     "<w:numPr><w:ilvl w:val='99999999999999999999'/><w:numId w:val='1'/></w:numPr>", "&amp;", "<w:footnoteReference/>",
     "<w:gridSpan w:val='999999999'/>", "<mc:AlternateContent/>", "<w:txbxContent>", "</w:txbxContent>"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(FRAGMENTS, max_size=25))
def test_odd_markup_is_read_or_refused(fragments):
    assert is_read_or_refused(docx("".join(fragments)))


def is_read_or_refused(data):
    try:
        return isinstance(read_document(data, name="x"), ImportedFile)
    except UnreadableFile as refused:
        return bool(str(refused))


@pytest.mark.parametrize(
    "line",
    [
        "Điều 1. A\n",
        "“Điều 5. x\nĐiều 6. y\n",
        "QUY CHẾ\n(Kèm theo Quyết định số 1/QĐ)\nĐiều 1. A\n",
        "Nơi nhận:\nĐiều 3. b\n",
        "I. A\n1. B\n",
        "Phụ lục 1\nĐiều 2. C\n",
        "sửa đổi như sau: ",
        "........ ",
        "Chương I\nA\n",
        DECISION_AND_REGULATION,
    ],
)
def test_the_cost_grows_with_the_length_only(line):
    def seconds(size):
        data = (line * (size // len(line) + 1)).encode()
        return min(timed(data) for _ in range(2))

    assert seconds(80_000) < 20 * seconds(10_000) + 0.1


def timed(data):
    start = time.process_time()
    read_document(data, name="x.txt")
    return time.process_time() - start
