"""Old encodings without fonts: judged by the letters, paragraph by paragraph."""

from drafts.importing.decoding import decode
from drafts.importing.legacy import Encoding, from_unicode
from drafts.importing.lines import Paragraph, Remark, Source
from tests.drafts.importing.texts import DECISION_AND_REGULATION


def source_of(*texts, **others):
    return Source("txt", tuple(Paragraph(text, at) for at, text in enumerate(texts, start=1)), **others)


def texts_of(source):
    return [paragraph.text for paragraph in source.paragraphs]


def test_a_text_in_unicode_is_the_same_source():
    source = source_of(*DECISION_AND_REGULATION.split("\n"))
    assert decode(source) is source


def test_a_whole_text_comes_back_in_both_encodings():
    lines = [line for line in DECISION_AND_REGULATION.split("\n") if not line.isupper()]
    for encoding, name in ((Encoding.TCVN3, "TCVN3"), (Encoding.VNI, "VNI")):
        decoded = decode(source_of(*(from_unicode(line, encoding) for line in lines)))
        assert [line.casefold() for line in texts_of(decoded)] == [line.casefold() for line in lines]
        (conversion,) = decoded.conversions
        assert conversion.encoding == name
        assert conversion.paragraphs == sum(not line.isascii() for line in lines)
        assert all(after in lines for _, after in conversion.samples)


def test_short_lines_are_what_most_of_the_file_is():
    old = ["Ch\u00ad¬ng I", from_unicode("Nghị định này quy định việc tuyển dụng, sử dụng công chức.", Encoding.TCVN3)]
    assert texts_of(decode(source_of(*old)))[0] == "Chương I"


def test_stray_letters_in_a_unicode_text_are_no_witnesses():
    source = source_of(*DECISION_AND_REGULATION.split("\n"), "\u00cf", "1\u00d4")
    assert decode(source) is source


def test_unicode_lines_in_an_old_text_stay():
    kept = "Điều 1. Đã gõ bằng Unicode"
    old = from_unicode("Nghị định này quy định việc tuyển dụng, sử dụng công chức.", Encoding.VNI)
    assert texts_of(decode(source_of(old, kept)))[1] == kept


def test_remarks_and_notes_are_converted_with_their_paragraph():
    text = "Nghị định này quy định việc tuyển dụng, sử dụng công chức."
    old = from_unicode(text, Encoding.VNI)
    remark = Remark(1, 1, from_unicode("sử dụng công chức", Encoding.VNI), old[:20], ".", "An", "", old)
    paragraph = Paragraph(old, 1, (from_unicode("[^1]: Đã sửa đổi, bổ sung", Encoding.VNI),))
    decoded = decode(Source("docx", (paragraph,), remarks=(remark,)))
    assert (decoded.remarks[0].quote, decoded.remarks[0].text) == ("sử dụng công chức", text)
    assert decoded.paragraphs[0].notes == ("[^1]: Đã sửa đổi, bổ sung",)
