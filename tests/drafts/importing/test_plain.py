"""Text files in the encodings offices have, told by their bytes."""

import unicodedata

import pytest

from drafts.importing import UnreadableFile, read_document
from drafts.importing.legacy import Encoding, from_unicode
from drafts.importing.reading import read

SENTENCE = "Công an nhân dân, bà Hà, xã Ba Vì, tổ giúp việc"
OLD = "Nghị định này quy định việc tuyển dụng, sử dụng và quản lý cán bộ, công chức trong các cơ quan nhà nước."


def lines(data):
    return [paragraph.text for paragraph in read(data).paragraphs]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_with_and_without_its_mark(encoding):
    assert lines(SENTENCE.encode(encoding)) == [SENTENCE]


def test_windows_1258():
    data = "Nghị quyết cần được thông qua"
    apart = "".join(letter if fits(letter) else split(letter) for letter in data)
    assert lines(apart.encode("cp1258")) == [data]


def fits(letter):
    try:
        return bool(letter.encode("cp1258"))
    except UnicodeEncodeError:
        return False


def split(letter):
    """A letter of its own and a tone mark, as windows-1258 writes them."""
    whole = unicodedata.normalize("NFD", letter)
    tone = next(mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", whole.replace(tone, "")) + tone


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_tcvn3_and_vni(encoding):
    imported = read_document(from_unicode(OLD, encoding).encode("latin-1"), name="a.txt")
    assert imported.components[0].nodes[0].text == OLD
    assert imported.conversions[0].paragraphs == 1


@pytest.mark.parametrize(
    "data", ["Điều 1. Họp".encode("cp1258", "replace"), "Большой".encode("koi8-r") * 9, b"\xe9t\xe9 \xe0"]
)
def test_what_cannot_be_told_is_refused(data):
    with pytest.raises(UnreadableFile, match="encoding of the text is not recognised"):
        read(data)


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"a\0b" * 100, b"\x01\x02\x03" * 50])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnreadableFile, match="not text"):
        read(data)
