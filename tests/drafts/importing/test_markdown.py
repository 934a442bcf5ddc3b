"""Markdown: its signs are taken away, its words and tables stay."""

import pytest

from drafts.importing import read_document
from drafts.importing.markdown import is_markdown
from drafts.importing.reading import read
from tests.drafts.importing.texts import DECISION_AND_REGULATION, PROGRAMME, numbers

PAGE = """\
# QUY CHẾ LÀM VIỆC
của **Tổ giúp việc**

## Chương I
### QUY ĐỊNH CHUNG

#### Điều 1. Phạm vi
Quy chế này quy định *cách làm việc*[^a] của [Tổ](https://example.org/to "Tổ").

* Họp;
+ Nghỉ.

**Điều 2. Nguyên tắc**

1. Làm việc `tập thể`.
2\\. Phân công_rõ_người.

| Việc | Hạn |
|------|:---:|
| Họp \\| nghỉ | **25** |

Điều 3. Hiệu lực
---
> Có hiệu lực từ ngày ký.

***
[^a]: Kể cả **họp** kín.
"""


def lines():
    return [paragraph.text for paragraph in read(PAGE.encode()).paragraphs if paragraph.text]


def test_signs_are_gone_and_words_stay():
    assert lines() == [
        "QUY CHẾ LÀM VIỆC", "của Tổ giúp việc", "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi",
        "Quy chế này quy định cách làm việc[^a] của Tổ.", "- Họp;", "- Nghỉ.", "Điều 2. Nguyên tắc",
        "1. Làm việc tập thể.", "2. Phân công_rõ_người.", "| Việc | Hạn |", "| Họp \\| nghỉ | 25 |", "Điều 3. Hiệu lực",
        "Có hiệu lực từ ngày ký.",
    ]  # fmt: skip


def test_notes_hang_on_the_paragraph_that_calls_them():
    called = [paragraph for paragraph in read(PAGE.encode()).paragraphs if paragraph.notes]
    assert [paragraph.notes for paragraph in called] == [("[^a]: Kể cả họp kín.",)]


def test_headings_have_their_level():
    levels = {paragraph.text: paragraph.level for paragraph in read(PAGE.encode()).paragraphs}
    assert (levels["Chương I"], levels["Điều 1. Phạm vi"], levels["Điều 3. Hiệu lực"]) == (2, 4, 2)


def test_the_structure_is_found():
    imported = read_document(PAGE.encode(), name="quy-che.md")
    assert (imported.format, numbers(imported.components[0])) == ("md", ["1", "2", "3"])
    assert imported.components[0].title == "Quy chế làm việc của Tổ giúp việc"


@pytest.mark.parametrize("text", [DECISION_AND_REGULATION, PROGRAMME, "*\nSố 45\n* * *\n- a\n# \n| a | b |"])
def test_official_texts_are_no_markdown(text):
    assert not is_markdown(text.split("\n"))
