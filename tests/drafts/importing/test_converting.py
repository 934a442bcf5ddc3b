"""Word 97 and RTF files: told by their content, converted by what is installed, refused with one sentence otherwise."""

import http.server
import io
import os
import re
import select
import shutil
import stat
import subprocess
import threading

import docx
import pytest
from rapidfuzz.distance import LCSseq

from drafts.apart import open_apart, read_apart
from drafts.importing import UnreadableFile, converting, imported, read_document, word97
from drafts.importing.converting import read_with_antiword
from drafts.importing.legacy import Encoding, from_unicode
from tests.drafts.importing.old_word import container
from tests.drafts.importing.test_reference_texts import DATA, EXPECTED
from tests.drafts.importing.texts import numbers

SOFFICE = shutil.which("soffice")
ANTIWORD = shutil.which("antiword")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
needs_antiword = pytest.mark.skipif(ANTIWORD is None, reason="antiword is not installed")

LINES = [
    "QUY CHẾ",
    "LÀM VIỆC CỦA TỔ GIÚP VIỆC",
    "Chương I",
    "QUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi",
    *["Tổ họp hằng tuần."] * 200,
]
OLD_LINES = ["Điều 2. Chế độ nghỉ", "Thành viên nghỉ lễ, nghỉ phép theo quy định của pháp luật."]


def word_file():
    """A .docx of python-docx: Unicode, a table, and two paragraphs in old fonts."""
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.add_paragraph().add_run(from_unicode(OLD_LINES[0], Encoding.TCVN3)).font.name = ".VnTime"
    document.add_paragraph().add_run(from_unicode(OLD_LINES[1], Encoding.VNI)).font.name = "VNI-Times"
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "Việc", "Hạn"
    document.add_paragraph("Hết.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def old_file(tmp_path_factory):
    """The file as LibreOffice writes it for Word 97."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "a.docx").write_bytes(word_file())
    office = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command = [*office, "--convert-to", "doc:MS Word 97", "--outdir", folder, folder / "a.docx"]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "a.doc").read_bytes()


def check_structure(file):
    (component,) = file.components
    assert numbers(component) == ["1", "2"]
    assert component.chapters == 1
    second = component.nodes[-1]
    assert (second.heading, second.text.split("\n")[0]) == ("Chế độ nghỉ", OLD_LINES[1])
    assert "| Việc | Hạn |" in second.text
    assert {conversion.encoding for conversion in file.conversions} == {"TCVN3", "VNI"}


@needs_office
def test_libreoffice_turns_it_into_a_docx_which_is_kept(old_file):
    opened = open_apart(old_file, name="ten-sai.docx")
    assert opened.file.format == "doc"
    check_structure(opened.file)
    assert read_apart(opened.modern, name="x").components[0].nodes == opened.file.components[0].nodes


@needs_office
@needs_antiword
def test_antiword_reads_it_where_there_is_no_libreoffice(old_file, tmp_path, monkeypatch):
    (tmp_path / "antiword").symlink_to(ANTIWORD)
    monkeypatch.setenv("PATH", str(tmp_path))
    opened = open_apart(old_file, name="a.doc")
    assert (opened.file.format, opened.modern) == ("doc", None)
    check_structure(opened.file)
    with pytest.raises(UnreadableFile, match="RTF file"):
        open_apart(b"{\\rtf1 abc}", name="a.doc")


@pytest.mark.parametrize("data", [container("WordDocument"), b"{\\rtf1 abc}"])
def test_without_a_converter_one_sentence_says_what_to_do(data, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match=r"please open it in Word and save it as \.docx\.$"):
        read_apart(data, name="a.doc")


def program(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_converter_that_hangs_is_given_up(tmp_path, monkeypatch):
    program(tmp_path, "soffice", "exec sleep 600")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(UnreadableFile, match="takes too long to convert"):
        converting.converted(b"x", kind="doc", seconds=0.1)


def test_nothing_a_converter_started_goes_on(tmp_path, monkeypatch):
    mark = tmp_path / "pid"
    program(tmp_path, "soffice", f"sleep 600 >&- 2>&- & echo $! > {mark}")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(UnreadableFile, match="could not be read"):
        read_apart(container("WordDocument"), name="a.doc")
    assert ends(int(mark.read_text()))


def ends(pid):
    """Whether the process is gone or ends at once."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 5)[0])
    finally:
        os.close(watched)


@needs_office
def test_links_to_other_machines_are_not_followed():
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *arguments):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    rtf = (
        f'{{\\rtf1 {{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}/a.png" }}{{\\fldrslt }}}}'
        f'{{\\field{{\\*\\fldinst INCLUDETEXT "{address}/b.docx" }}{{\\fldrslt }}}}'
        f"{{\\*\\template {address}/c.dotm}}Tu vung\\par}}"
    )
    try:
        opened = open_apart(rtf.encode(), name="a.doc")
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    assert (opened.file.format, opened.modern[:2]) == ("rtf", b"PK")
    assert "Tu vung" in opened.file.components[0].nodes[0].text


@pytest.mark.parametrize(
    "data, words",
    [
        (container("EncryptedPackage", "EncryptionInfo"), "protected by a password"),
        (container("WordDocument", flags=0x0100), "protected by a password"),
        (container("WordDocument", "Macros", "_VBA_PROJECT"), "contains macros"),
        (container("Workbook"), "an Excel file"),
        (container("PowerPoint Document"), "a PowerPoint file"),
        (container("Contents"), "not a Word file"),
        (container("WordDocument", identity=0), "damaged"),
        (container("WordDocument", version=0x65), "older than Word 97"),
        (container("WordDocument")[:700], "not a Word file"),
    ],
)
def test_containers_are_told_apart(data, words):
    with pytest.raises(UnreadableFile, match=words):
        read_document(data, name="quy-che.doc")


def test_an_open_document_passes():
    word97.check(container("WordDocument", "1Table"))
    word97.check(container("WordDocument", "1Table", shift=12))


TWINS = {
    "111_2024": "nd-111", "112_2025": "luat-quy-hoach", "135_2025": "luat-xay-dung", "214_2025": "nd-214",
    "30_2020": "nd-30", "90_2025": "luat-90", "tcvn3-2004-NghiDinh114": "nd-114", "tcvn3-2004-NghiDinh117": "nd-117",
    "tcvn3-2005-QDINHUUDAI522": "qd-522", "vni-2006": "qd-doi-kiem-tra",
}  # fmt: skip


@needs_antiword
@pytest.mark.parametrize("beginning", TWINS)
def test_real_files_have_the_structure_of_their_twins(beginning):
    for path in DATA.glob(f"word/{beginning}*.doc"):
        (expected,) = (value for name, value in EXPECTED.items() if name.startswith(TWINS[beginning]))
        components = imported(read_with_antiword(path.read_bytes(), seconds=20), name=path.name).components
        assert [component.articles for component in components] == expected["components"]
        for kind in ("chapters", "sections"):
            if kind in expected:
                assert sum(getattr(component, kind) for component in components) == expected[kind]


@needs_antiword
@pytest.mark.parametrize("beginning", [name for name in TWINS if name.startswith(("tcvn3", "vni"))])
def test_real_files_in_old_fonts_have_the_words_of_their_transcripts(beginning):
    for path in DATA.glob(f"word/{beginning}*.doc"):
        (transcript,) = DATA.glob(f"text/{TWINS[beginning]}*.txt")
        old = imported(read_with_antiword(path.read_bytes(), seconds=20), name=path.name)
        assert likeness(words(old), words(read_document(transcript.read_bytes(), name="x"))) >= 0.99


@needs_office
def test_a_real_file_through_libreoffice_too():
    for path in DATA.glob("word/vni-2006*.doc"):
        (transcript,) = DATA.glob("text/qd-doi-kiem-tra*.txt")
        imported_file = read_apart(path.read_bytes(), name=path.name)
        assert [component.articles for component in imported_file.components] == [26]
        assert likeness(words(imported_file), words(read_document(transcript.read_bytes(), name="x"))) >= 0.99


def words(file):
    nodes = (node for component in file.components for node in component.nodes)
    text = " ".join(f"{node.label} {node.heading} {node.text}".replace("\\n", "\n") for node in nodes)
    return [word for word in re.split(r"\W+", text.lower()) if word.strip("_")]


def likeness(one, other):
    return LCSseq.normalized_similarity(one, other)
