"""What the importer points out: the line and the reason."""

import pytest

from tests.drafts.importing.texts import messages, only


def articles(*numbers):
    return "".join(f"Điều {number}. Tên\nNội dung.\n" for number in numbers)


@pytest.mark.parametrize(
    "text, line, message",
    [
        (articles(1, 2, 5), 5, "Article 5 follows article 2: numbers are missing between them."),
        (articles(1, 2, 2, 3), 5, "Article 2 comes a second time."),
        (articles(3, 4), 1, "The first article has the number 3."),
        (
            "Chương I\nMỘT\n" + articles(1) + "Chương III\nBA\n" + articles(2),
            5,
            "Chapter III does not follow chapter I.",
        ),
        ("Chương I\n" + articles(1), 1, "Chapter I has no title."),
        (articles(1, 2) + "Điều 3. Tổ họp hằng tuần.\n", 5, "Article 3 has no title."),
        (articles(1) + "Điều 2. Họp\n", 3, "Article 2 has no text."),
        ("Điều l. Tên\nNội dung.\n", 1, "The head of article 1 is written in an unusual way: “Điều l.”."),
        ("Điều 1. Tên\n1. Một.\n3. Ba.\n", 3, "Clause 3 follows clause 1 in article 1."),
        ("Điều 1. Tên\n2. Hai.\n", 2, "The first clause of article 1 has the number 2."),
        ("Điều 1. Tên\nb) Một;\n", 2, "The first point of a row in article 1 is b."),
        ("Chương II\nHAI\n" + articles(1), 1, "The first chapter has the number II."),
        ("Điều 1. Tên\nd) Một;\ne) Hai.\n", 3, "Point đ is missing before point e in article 1."),
        ("Điều 1. Tên\na) Một;\nd) Hai.\n", 3, "Point d follows point a in article 1."),
        ("Điều 1. Tên\ne) Một;\nf) Hai.\n", 3, "Point f in article 1: this letter is not used for points."),
        (
            "Kính gửi các đồng chí.\n",
            1,
            "No article, part or item was recognised: the whole text stands in the opening.",
        ),
    ],
)
def test_findings_name_line_and_reason(text, line, message):
    assert (line, message) in messages(only(text))


@pytest.mark.parametrize(
    "text",
    [
        articles("1", "2", "2a", "2b", "3"),
        "Điều 1. Tên\n1. Một:\na) A;\nb) B;\nc) C;\nd) D;\nđ) Đ;\ne) E;\ng) G.\n1a. Một a.\n"
        "2. Hai:\na) A;\na1) A1;\nb) B.\n",
        "Phần thứ nhất\nMỘT\nChương I\nA\n" + articles(1) + "Phần thứ hai\nHAI\nChương II\nB\n" + articles(2),
        "Phần thứ nhất\nMỘT\nChương I\nA\n" + articles(1) + "Phần thứ hai\nHAI\nChương I\nB\n" + articles(2),
        "Chương I\nA\n" + articles(1) + "Chương Ia\nA1\n" + articles(2) + "Chương II\nB\n" + articles(3),
    ],
)
def test_good_texts_have_no_findings(text):
    assert messages(only(text)) == []


def test_a_hopeless_text_does_not_drown_the_reader():
    assert len(only("Điều 1. Tên\n" + "9. Chín.\n7. Bảy.\n" * 500).findings) == 200
