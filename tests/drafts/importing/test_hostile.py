"""Hostile files: each is refused with its own sentence or read, in little time and memory, and nothing is stored."""

import json
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from config import services as servers
from drafts.importing import UnreadableFile, read_document
from drafts.importing.program import answer
from drafts.models import SourceFile
from tests.drafts.importing.hostile import HARMLESS, HOSTILE
from tests.drafts.importing.old_word import container
from tests.drafts.importing.texts import DECISION_AND_REGULATION
from tests.drafts.importing.word_files import archive, cell, commented_file, listed, p, root, table
from tests.drafts.test_import import upload_of
from tests.people import DraftTestCase

SECONDS = 2
MEGABYTES = 300
# A small program between: what a process needed counts from its parent's size on, and ours is large.
MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "drafts.importing.program"], stdin=sys.stdin, capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.stdout.decode().strip(), used.ru_maxrss, used.ru_utime + used.ru_stime, sep="\\n", end="")
"""


def test_there_are_many():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_with_its_own_sentence_in_little_time(name):
    data, words = HOSTILE[name]
    start = time.process_time()
    with pytest.raises(UnreadableFile, match=words) as refused:
        read_document(data, name="quy-che.docx")
    assert time.process_time() - start < SECONDS
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_dangerous_is_read_in_little_time(name):
    start = time.process_time()
    file = read_document(HARMLESS[name], name="quy-che.docx")
    assert time.process_time() - start < SECONDS
    assert any(component.articles for component in file.components)


@pytest.mark.parametrize(
    "name", ["1.5 million empty paragraphs", "a million tags that pass the ratio", "page of many tags"]
)
def test_the_reading_process_stays_small(name):
    question = json.dumps({"name": "x", "corrections": [], "seconds": 25}).encode() + b"\n" + HOSTILE[name][0]
    done = subprocess.run([sys.executable, "-c", MEASURED], input=question, capture_output=True, cwd=servers.ROOT)
    said, kilobytes, seconds = done.stdout.decode().rsplit("\n", 2)
    assert "refusal" in json.loads(said)
    assert int(kilobytes) < MEGABYTES * 1024
    assert float(seconds) < SECONDS


class StoreTests(DraftTestCase):
    def test_nothing_of_them_is_stored(self):
        self.client.force_login(self.lan)
        for name in ("zip bomb", "external entity", "encrypted .docx", "path above", "macros", "page of many tags"):
            response = self.client.post("/drafts/import/", {"file": upload_of(HOSTILE[name][0], "du-thao.docx")})
            self.assertEqual(response.status_code, 422)
            self.assertEqual(len(response.context["form"].errors["file"]), 1)
        self.assertFalse(SourceFile.objects.exists())


# Damage at random

BODY = p("Điều 1. Họp", properties=listed(1)) + table([cell("a"), cell("b")]) + p("Hết.")
PARTS = {
    "word/document.xml": root("document", f"<w:body>{BODY}</w:body>").encode(),
    "word/numbering.xml": root(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ).encode(),
}
PAGE = (
    "<!DOCTYPE html><html><head><style>p.a{font-family:.VnTime}</style></head><body><h1>Chương I</h1>"
    "<p class=a>§iÒu 1</p>"
    "<table><tr><td rowspan=2>a<td>b</tr><tr><td>c</table><a href='#_ftn1'>[1]</a><div id=ftn1>x</div></body></html>"
).encode()
MARKDOWN = "# Chương I\n\n**Điều 1.** Họp[^1]\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Kín\n".encode()
TEXT = DECISION_AND_REGULATION[:900].encode()
GOOD = {
    "docx": archive(PARTS),
    "commented docx": commented_file(),
    "container": container("WordDocument", "1Table", flags=0x100),
    "page": PAGE,
    "markdown": MARKDOWN,
    "text": TEXT,
    "utf-16": TEXT.decode().encode("utf-16"),
}
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8)


def is_read_or_refused(data):
    """No other error, in the very function that the reading process calls."""
    said = answer({"name": "x", "corrections": []}, data)
    return ("file" in said) != ("refusal" in said and bool(said["refusal"]))


def damaged(data, changes, cut):
    data = bytearray(data)
    for place, value in changes:
        data[place % len(data)] = value
    return bytes(data[: len(data) - cut % len(data)] if cut else data)


@settings(max_examples=1_000, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(GOOD)), CHANGES, st.just(0) | st.integers(1, 10**6))
def test_a_thousand_damaged_files_are_read_or_refused(kind, changes, cut):
    assert is_read_or_refused(damaged(GOOD[kind], changes, cut))


@settings(max_examples=1_000, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(sorted(PARTS)),
    CHANGES,
    st.sampled_from([b"", b"<w:p>", b"</w:p>", b"<w:tbl>", b"&", b"\0", b"]]>"]),
)
def test_a_thousand_word_files_with_damaged_parts_are_read_or_refused(part, changes, put_in):
    data = bytearray(PARTS[part])
    for place, value in changes:
        data[place % len(data)] = value
    at = changes[0][0] % len(data)
    assert is_read_or_refused(archive(PARTS | {part: bytes(data[:at] + put_in + data[at:])}))
