"""Word files made for the tests: just the parts a test is about."""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.people import ARTICLE_1, ARTICLE_2

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def docx(body="", *, numbering=None, styles=None, footnotes=None, endnotes=None, others=(), namespace=WORD):
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": root("document", f"<w:body>{body}</w:body>", namespace),
    }
    for name, content in (
        ("numbering", numbering),
        ("styles", styles),
        ("footnotes", footnotes),
        ("endnotes", endnotes),
    ):
        if content is not None:
            parts[f"word/{name}.xml"] = root(name, content, namespace)
    return archive(parts | dict(others))


def archive(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def root(name, content, namespace=WORD):
    others = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v" xmlns:wps="urn:wps"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{namespace}" {others}>{content}</w:{name}>'


def p(*content, properties=""):
    inside = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def listed(number, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(at, text, style="decimal", start=1, extra=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number, *levels):
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number, of, overrides=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(text) for text in paragraphs)}</w:tc>"


def ranged(at, *content):
    """Content between the borders of comment ``at``."""
    return f'<w:commentRangeStart w:id="{at}"/>{"".join(content)}<w:commentRangeEnd w:id="{at}"/>'


def comments(*texts):
    """The part with the comments, numbered from 0, each of Trần Thị Bình, one a day from 1 March 2026 on."""
    return root(
        "comments",
        "".join(
            f'<w:comment w:id="{at}" w:author="Trần Thị Bình" w:date="2026-03-0{at + 1}T08:00:00Z">'
            f"{p(text)}</w:comment>"
            for at, text in enumerate(texts)
        ),
    )


def commented_file():
    """The draft of tests.people as a Word file with two comments: on words of article 1, and on article 2."""
    lines_1, lines_2 = ARTICLE_1.split("\n"), ARTICLE_2.split("\n")
    member = ranged(0, run("Ủy viên Ban Chấp hành"))
    body = [
        p("Chương I"), p("NHỮNG QUY ĐỊNH CHUNG"), p("Điều 1. Phạm vi, đối tượng áp dụng"), *map(p, lines_1[:2]),
        p("a) ", member, run(";")), p(lines_1[3]),
        p("Điều 2. ", ranged(1, run("Nguyên tắc làm việc"))), *map(p, lines_2),
    ]  # fmt: skip
    return docx(
        "".join(body), others={"word/comments.xml": comments("Nên ghi rõ cả ủy viên dự khuyết.", "Đổi tên điều.")}
    )


SHEET_HEADS = ("TT", "Điều, khoản", "Nội dung dự thảo", "Đề nghị sửa thành", "Lý do")


def sheet_file(*rows, heads=SHEET_HEADS):
    """A unit's filled-in sheet of opinions on the draft of tests.people."""
    rows = rows or (("1", "Khoản 2 Điều 2", "tại kỳ họp gần nhất", "trong mười ngày", "Cho kịp thời."),)
    return docx(p("BẢN GÓP Ý") + table(*([cell(text) for text in row] for row in (heads, *rows))))
