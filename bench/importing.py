"""Import: from the bytes of a file to its structure, the start of the reading process included."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import docx

from bench.measuring import Act, benchmark
from config import services
from drafts.apart import read_apart
from drafts.importing import read_document
from drafts.importing.legacy import Encoding, from_unicode

ARTICLES = (40, 400, 800)
SHARED = services.ROOT.parent / "shared" / "data"


@benchmark(cases=ARTICLES, rounds=5)
def preview_of_a_word_file(articles: int) -> Act:
    """a .docx of so many articles with clauses and points, read in a process of its own"""
    data = word_file(articles)
    return lambda: read_apart(data, name="quy-che.docx")


@benchmark(cases=ARTICLES, rounds=5)
def reading_a_word_file(articles: int) -> Act:
    """the same without the start of a process: its growth is that of the stages"""
    data = word_file(articles)
    return lambda: read_document(data, name="quy-che.docx")


@benchmark(cases=ARTICLES, rounds=5)
def reading_text_in_vni(articles: int) -> Act:
    """text in VNI: told by its letters and converted first"""
    data = from_unicode("\n".join(lines(articles)), Encoding.VNI).encode("cp1252", "replace")
    return lambda: read_document(data, name="quy-che.txt")


@benchmark(cases=("nd-214",), rounds=3)
def preview_of_the_longest_decree(beginning: str) -> Act:
    """570 kB, 146 articles, where that text is at hand; else a text of ours as long"""
    data = longest_text(SHARED / "text", beginning)
    return lambda: read_apart(data, name="nghi-dinh.txt")


def longest_text(folder: Path, beginning: str) -> bytes:
    found = next(folder.glob(f"{beginning}*.txt"), None)
    return "\n".join(lines(1_500)).encode() if found is None else found.read_bytes()


@cache
def word_file(articles: int) -> bytes:
    document = docx.Document()
    for line in lines(articles):
        paragraph = document.add_paragraph()
        head, _, rest = line.partition(". ")
        paragraph.add_run(f"{head}. " if rest else head).bold = True
        paragraph.add_run(rest)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines(articles: int) -> list[str]:
    """Chapters of ten articles, each article with three clauses and three points."""
    written = ["QUY CHẾ", "LÀM VIỆC CỦA BAN CHỈ ĐẠO"]
    for number in range(1, articles + 1):
        if number % 10 == 1:
            written += [f"Chương {ROMAN[number // 10 % len(ROMAN)]}", "NHỮNG QUY ĐỊNH CHUNG"]
        written.append(f"Điều {number}. Trách nhiệm của thành viên Ban Chỉ đạo")
        for clause in (1, 2, 3):
            written.append(f"{clause}. Thành viên Ban Chỉ đạo thực hiện nhiệm vụ được phân công, báo cáo Trưởng ban.")
        written += [f"{point}) Chuẩn bị nội dung cuộc họp, gửi tài liệu trước 3 ngày làm việc;" for point in "abc"]
    return written


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
