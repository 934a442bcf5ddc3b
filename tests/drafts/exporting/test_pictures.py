"""LibreOffice opens what we write and sets it as pages; one start of the program for all of them."""

import shutil
from dataclasses import replace

import pytest

from config.errors import RuleBrokenError
from drafts import libreoffice, pdf
from drafts.exporting import Facts
from drafts.exporting.comparing import ComparedLine, ComparedRow, Names, comparison_paper
from drafts.texts import Text
from drafts.wording import Kind, Span
from tests.drafts.exporting.texts import AT, PARTY, STATE, clean, marked, sheet, small_text
from tests.drafts.exporting.wordfiles import WordFile

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def compared():
    old = ComparedLine((Span(Kind.SAME, "1. Họp "), Span(Kind.DELETED, "hằng tháng"), Span(Kind.SAME, ".")))
    new = ComparedLine((Span(Kind.SAME, "1. Họp "), Span(Kind.INSERTED, "hằng quý"), Span(Kind.SAME, ".")))
    title = ComparedLine((Span(Kind.SAME, "Điều 1. Họp"),), is_title=True)
    rows = [
        ComparedRow((title, old), (title, new), (("", "Giảm số cuộc họp."), ("Căn cứ", "Quy định số 01.")), "Chương I"),
        ComparedRow((), (ComparedLine((Span(Kind.SAME, "Điều 2. Mới"),), True, True),), (), "Chương I"),
        ComparedRow((ComparedLine((Span(Kind.SAME, "Điều 9. Cũ"),), True, True),), (), (), "Chương II"),
    ]
    facts = Facts("Quy chế", "regulation", 2, "Dự thảo lần 2", AT, "ab" * 32, "Ban Tổ chức")
    return comparison_paper(rows * 12, names=Names("Quy chế khóa X", "Quy chế khóa XI"), facts=facts, layout=PARTY)


def test_the_comparison_table_keeps_to_the_schema_and_repeats_its_head():
    file = WordFile(compared())
    assert file.problems() == []
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    size = file.body.find(f"{w}sectPr/{w}pgSz")
    assert (size.get(f"{w}w"), size.get(f"{w}orient")) == ("16838", "landscape")
    assert len(list(file.body.iter(f"{w}tblHeader"))) == 1
    heads = [["".join(p.itertext(f"{w}t")) for p in row.iter(f"{w}p")] for row in file.body.iter(f"{w}tr")]
    assert ["Quy chế khóa X", "Dự thảo Quy chế khóa XI", "THUYẾT MINH"] in heads
    words = {run.find(f"{w}t").text: {c.tag.removeprefix(w) for c in run.find(f"{w}rPr")}
             for run in file.body.iter(f"{w}r") if run.find(f"{w}rPr") is not None}  # fmt: skip
    assert words["hằng quý"] == {"b", "bCs", "i", "iCs"}
    assert words["hằng tháng"] == {"strike"}
    assert "(Dòng mới)" in words and "(Bãi bỏ)" in words


@needs_office
def test_every_kind_of_paper_becomes_pages():
    text = small_text()
    new = Text(text.title, tuple(replace(one, text=one.text.replace("một", "hai")) for one in text.sheets[:-1]))
    papers = [
        clean(text),
        clean(text, layout=replace(STATE, issuing_body="ỦY BAN", place="Sơn Hà")),
        marked(text, new),
        compared(),
        clean(Text("Dài", tuple(sheet("article", str(n), "Tên", "1. Nội dung.\n" * 8) for n in range(1, 30)))),
    ]
    pages = pdf.as_pdfs(papers)
    assert all(page.startswith(b"%PDF-") for page in pages)
    assert pages[4].count(b"/Type/Page\n") + pages[4].count(b"/Type /Page\n") != 1


def test_without_libreoffice_one_sentence_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not pdf.can_make_pdf()
    with pytest.raises(RuleBrokenError, match="LibreOffice"):
        pdf.as_pdf(b"PK")


def test_what_takes_too_long_is_stopped_with_all_it_started(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & wait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(libreoffice, "program", lambda: str(slow))
    with pytest.raises(RuleBrokenError, match="quá lâu"):
        pdf.as_pdf(b"PK", seconds=0.3)


def test_what_libreoffice_cannot_read_is_said(monkeypatch, tmp_path):
    idle = tmp_path / "soffice"
    idle.write_text("#!/bin/sh\nexit 0\n")
    idle.chmod(0o755)
    monkeypatch.setattr(libreoffice, "program", lambda: str(idle))
    with pytest.raises(RuleBrokenError, match="không chuyển được"):
        pdf.as_pdf(b"PK")
