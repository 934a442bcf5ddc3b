"""Files made to do harm: what they are, and the words of the sentence that refuses each."""

import io
import struct
import warnings
import zipfile

from tests.drafts.importing.old_word import container
from tests.drafts.importing.word_files import WORD, archive, docx, p, root, table

ENTITIES = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))


def document(declared="", inside="x"):
    """A document part with a document type of its own."""
    return archive(
        {
            "word/document.xml": f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r>'
            f"<w:t>{inside}</w:t></w:r></w:p></w:body></w:document>"
        }
    )


def declaring(entities, inside="x"):
    return document(f"<!DOCTYPE x [{entities}]>", inside)


def flagged(data):
    """The archive with the "encrypted" flag set on every entry."""
    return patched(data, (b"PK\x03\x04", 6, 1), (b"PK\x01\x02", 8, 1))


def patched(data, *changes):
    """Bits set at an offset behind every occurrence of a signature."""
    changed = bytearray(data)
    for signature, offset, bits in changes:
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= bits
            at = changed.find(signature, at + 4)
    return bytes(changed)


def lying_about_size():
    """The directory says the document has 10 bytes."""
    data = bytearray(docx(p("x" * 5000)))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def named_twice():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed, warnings.catch_warnings(action="ignore"):
        for text in ("a", "b"):
            packed.writestr("word/document.xml", root("document", f"<w:body>{p(text)}</w:body>"))
    return buffer.getvalue()


def linking():
    buffer = io.BytesIO(docx(p("x")))
    with zipfile.ZipFile(buffer, "a") as packed:
        link = zipfile.ZipInfo("word/media/image1.png")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def with_wrong_checksum():
    data = bytearray(archive({"word/document.xml": root("document", f"<w:body>{p('x')}</w:body>")}))
    data[data.find(b"PK\x01\x02") + 16] ^= 255
    data[14] ^= 255
    return bytes(data)


def page(body):
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


HOSTILE = {
    # archives
    "zip bomb": (docx("<w:p/>" * 1_000_000), "too large"),
    "bomb of text": (docx(p("a" * 20_000_000)), "too large"),
    "bomb in the styles": (docx(p("x"), styles="<w:style/>" * 700_000), "too large"),
    "bomb in the comments": (docx(p("x"), others={"word/comments.xml": "<w/>" * 2_000_000}), "too large"),
    "many entries": (docx(p("x"), others={f"word/media/{at}": "" for at in range(5_001)}), "too large"),
    "archive in an archive": (archive({"du-thao.docx": docx(p("x"))}), "not a Word file"),
    "no archive": (b"PK\x03\x04 and nothing more", "damaged"),
    "empty archive": (archive({}), "not a Word file"),
    "other archive": (archive({"a.txt": "a"}), "not a Word file"),
    "truncated": (archive({"word/document.xml": "x", "word/media/a": bytes(range(256)) * 9})[:-200], "damaged"),
    "cut in the middle": (docx(p("x" * 9000))[:200], "damaged"),
    "size that lies": (lying_about_size(), "damaged"),
    "wrong checksum": (with_wrong_checksum(), "damaged"),
    "unknown compression": (patched(docx(p("x")), (b"PK\x03\x04", 8, 99), (b"PK\x01\x02", 10, 99)), "damaged"),
    "one name twice": (named_twice(), "damaged"),
    "encrypted entries": (flagged(docx(p("x"))), "protected by a password"),
    "path above": (docx(p("x"), others={"../../etc/cron.d/x": "x"}), "path names"),
    "path above, of Windows": (docx(p("x"), others={"..\\..\\x.dll": "x"}), "path names"),
    "absolute path": (docx(p("x"), others={"/etc/passwd": "x"}), "path names"),
    "drive": (docx(p("x"), others={"C:\\x": "x"}), "path names"),
    "link": (linking(), "links"),
    # programs
    "macros": (docx(p("x"), others={"word/vbaProject.bin": "x"}), "macros"),
    "macros in capitals": (docx(p("x"), others={"word/VBAPROJECT.BIN": "x"}), "macros"),
    "spreadsheet": (archive({"xl/workbook.xml": "<a/>"}), "an Excel file"),
    "slides": (archive({"ppt/presentation.xml": "<a/>"}), "a PowerPoint file"),
    "libreoffice": (archive({"content.xml": "<a/>", "mimetype": "x"}), "a LibreOffice file"),
    "program": (b"MZ\x90\0" + bytes(500), "a program"),
    "program of Linux": (b"\x7fELF" + bytes(500), "a program"),
    "rar": (b"Rar!\x1a\x07" + bytes(99), "a compressed archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "a compressed archive"),
    "gzip": (b"\x1f\x8b\x08" + bytes(99), "a compressed archive"),
    # markup
    "external entity": (declaring('<!ENTITY s SYSTEM "file:///etc/passwd">', "&s;"), "declares entities"),
    "entity from the network": (declaring('<!ENTITY s SYSTEM "http://127.0.0.1/">', "&s;"), "declares entities"),
    "parameter entity": (declaring('<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;'), "declares entities"),
    "external document type": (document('<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'), "declares entities"),
    "billion laughs": (document(f'<!DOCTYPE x [<!ENTITY l0 "ha">{ENTITIES}]>', "&l9;"), "declares entities"),
    "quadratic growth": (document(f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 5_000), "declares entities"),
    "entity in utf-16": (
        archive({"word/document.xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s "x">]><x/>'.encode("utf-16")}),
        "declares entities",
    ),
    "entity in the styles": (
        docx(p("x"), others={"word/styles.xml": '<!DOCTYPE x [<!ENTITY s "x">]><x/>'}),
        "declares entities",
    ),
    "broken markup": (archive({"word/document.xml": "<w:document"}), "damaged"),
    "no markup": (archive({"word/document.xml": b"\x00\xff\x00" * 99}), "damaged"),
    "empty part": (archive({"word/document.xml": ""}), "damaged"),
    "undefined entity": (document("", "&nothing;"), "damaged"),
    "deep": (docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "damaged"),
    "deep tables": (docx("<w:tbl><w:tr><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400), "damaged"),
    "no text": (docx(p("")), "no text"),
    "no body": (docx(), "no text"),
    # too much
    "1.5 million empty paragraphs": (docx("<w:p/>" * 1_500_000), "too large"),
    "100,000 paragraphs": (docx(p("Một đoạn.") * 100_000), "too large|more than 50000 paragraphs"),
    "50,001 paragraphs": (docx("<w:p/>" * 50_001), "more than 50000 paragraphs"),
    "a million runs": (docx(f"<w:p>{'<w:r/>' * 1_000_001}</w:p>"), "too large"),
    "a million tags that pass the ratio": (docx("".join(f"<w:a{at}/>" for at in range(1_000_001))), "too large"),
    "too long": (b"a\n" * 60_000, "longer than any regulation"),
    "too many letters": (("Một đoạn dài. " * 400 + "\n").encode() * 1_000, "longer than any regulation"),
    "larger than 50 MB": (b"a" * 50_000_001, "larger than 50 MB"),
    # old containers
    "encrypted .docx": (container("EncryptedPackage", "EncryptionInfo"), "protected by a password"),
    "encrypted .doc": (container("WordDocument", flags=0x0100), "protected by a password"),
    "macros in a .doc": (container("WordDocument", "_VBA_PROJECT"), "macros"),
    "excel 97": (container("Workbook"), "an Excel file"),
    "powerpoint 97": (container("PowerPoint Document"), "a PowerPoint file"),
    "something else of that time": (container("Contents"), "not a Word file"),
    "cut off before its directory": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
    "damaged .doc": (container("WordDocument", identity=7), "damaged"),
    "older than Word 97": (container("WordDocument", version=0x65), "older than Word 97"),
    # pages and texts
    "page nested deeply": (page("<div>" * 3_000 + "sâu"), "nested too deeply"),
    "page of nested tables": (page("<table><tr><td>" * 150 + "a | b"), "nested too deeply"),
    "page of many tags": (page("<b>x</b>" * 250_000), "too large"),
    "page with entities": (b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>', "declares entities"),
    "page of scripts": (page("<script>alert(1)</script>"), "has no text"),
    "packed page": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "packed as one file"),
    "xml": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "an XML file"),
    "pdf": (b"%PDF-1.7\n...", "a PDF file"),
    "pdf that is an archive too": (b"%PDF-1.7\n" + docx(p("x")), "a PDF file"),
    "picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "picture that is an archive too": (b"GIF89a" + docx(p("x")), "a picture"),
    "empty": (b"", "The file is empty"),
    "blank": (b" \n\t\n", "The file is empty"),
    "binary": (bytes(range(256)) * 50, "not text"),
    "zeros": (bytes(5_000), "not text"),
    "half a letter of utf-16": (b"\xff\xfe" + "Điều".encode("utf-16-le")[:-1], "not recognised"),
    "unknown encoding": ("Большой проект".encode("koi8-r") * 9, "not recognised"),
}  # fmt: skip

CIRCLE = (
    '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEMPLATE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{RELATIONS}/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'
)
ATTRIBUTES = " ".join(f'w:a{at}="1"' for at in range(20_000))
HEAD = p("Điều 1. Họp")
OPEN = '<w:p><w:commentRangeStart w:id="{}"/><w:r><w:t>Điều 1. Họp</w:t></w:r></w:p>'
WIDE = ['<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>', "<w:tc/>"]
NEST, END = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>", "</w:tc></w:tr></w:tbl>"

HARMLESS = {
    "styles in a circle": docx(p("Điều 1. Họp", properties='<w:pStyle w:val="A"/>'), styles=CIRCLE),
    "a cell over a billion columns": docx(HEAD + table(WIDE)),
    "links to other machines": docx(HEAD, others={"word/_rels/document.xml.rels": TEMPLATE}),
    "thousands of attributes": docx(f"<w:p {ATTRIBUTES}><w:r><w:t>Điều 1. Họp</w:t></w:r></w:p>"),
    "thousands of footnotes": docx(
        HEAD, footnotes="".join(f'<w:footnote w:id="{at}"><w:p/></w:footnote>' for at in range(100_000))
    ),
    "comments that never end": docx("".join(OPEN.format(at) for at in range(9_000))),
    "tables in tables": docx(HEAD + NEST * 60 + p("a | b") + END * 60),
    "a style sheet without end": b"<!DOCTYPE html><style>" + b"{" * 900_000 + "</style><p>Điều 1. Họp</p>".encode(),
    "signs of layout without end": "# Điều 1. Họp\n".encode() + b"**a" * 300_000 + b"\n# " + b" " * 300_000 + b"x\n",
    "brackets without end": "# Điều 1. Họp\n".encode() + b"[" * 500_000,
}
