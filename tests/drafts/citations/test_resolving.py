"""Where citations lead, and which lead nowhere."""

import pytest

from drafts.citations import Places, broken_citations
from tests.drafts.citations.texts import article, of_articles, sheet, text, wid
from tests.drafts.importing.texts import DECISION_AND_REGULATION


def targets(of):
    return [
        [(target.wid, target.clause, target.point) if target else None for target in found.targets]
        for found in Places(of).found()
    ]


def broken(of):
    return [found.citation.words for found in broken_citations(of)]


def test_an_article_a_clause_a_point():
    of = text(article(1), article(2, "Theo điểm b khoản 2 Điều 1."))
    one = wid("article 1")
    assert targets(of) == [[(one, "2", "b"), (one, "2", ""), (one, "", "")]]


def test_this_article_this_clause():
    of = of_articles("1. Một.\n2. Theo khoản 1 Điều này và điểm a khoản này:\na) Xong.")
    one = wid("article 1")
    assert targets(of) == [[(one, "1", ""), (one, "", "")], [(one, "2", "a"), (one, "2", "")]]


def test_what_is_not_there_is_broken_and_named_by_its_largest_unit():
    of = of_articles("1. Một.", "1. Theo khoản 2 Điều 1.\n2. Theo khoản 1 Điều 9.\n3. Theo điểm a khoản 1 Điều 1.")
    lost = [found.broken.path[-1] for found in broken_citations(of)]
    assert lost == [("clause", "2"), ("article", "9"), ("point", "a")]


def test_clauses_without_an_article_are_this_articles():
    assert broken(of_articles("1. Theo khoản 2.\n2. Theo khoản 3.")) == ["khoản 3"]


def test_outside_articles_a_bare_clause_may_be_anything():
    of = text(sheet("appendix", "I", "Theo khoản 2 và Mục I."), article(1))
    assert broken(of) == []


def test_other_texts_are_passed_over():
    assert broken(of_articles("Theo Điều 50 Luật Đất đai và Điều 60 của Điều lệ Đảng.")) == []


@pytest.mark.parametrize("title", ["Quy chế làm việc", "Quy chế"])
def test_the_decision_that_issues_a_regulation_is_another_text(title):
    of = of_articles("Theo Điều 9 Quyết định này và Điều 8 của Quy chế này.", title=title)
    assert broken(of) == ["Điều 8 của Quy chế này"]
    assert broken(of_articles("Theo Điều 9 Quyết định này.", title="Quyết định ban hành")) == ["Điều 9 Quyết định này"]


def test_an_amending_article_cites_what_it_amends():
    amending = article(3, "a) Bãi bỏ khoản 11 Điều 44.", heading="Sửa đổi, bổ sung một số điều của Luật Đất đai")
    assert broken(text(amending, title="Luật Quy hoạch")) == []


def test_chapters_by_value_and_sections_of_the_right_chapter():
    of = text(
        sheet("chapter", "I"),
        sheet("section", "1", name="one", parent="chapter I"),
        article(1, "Theo Chương 2, Chương thứ hai, Mục 1 Chương II và Mục 1 Chương này.", parent="one"),
        sheet("chapter", "II"),
        sheet("section", "1", name="two", parent="chapter II"),
        article(2, "Theo Mục 1.", parent="two"),
    )
    chapter, one, two = wid("chapter II"), wid("one"), wid("two")
    assert [[target[0] for target in found] for found in targets(of)] == [
        [chapter],
        [chapter],
        [two, chapter],
        [one, wid("chapter I")],
        [two],
    ]


def test_appendices_by_value_and_none_where_they_have_a_file_of_their_own():
    said = article(1, "Theo Phụ lục I, phụ lục số 02 kèm theo Quy chế này thì Phụ lục III. Phụ lục IV Luật Đất đai.")
    of = text(said, sheet("appendix", "1"), sheet("appendix", "II"))
    assert targets(of) == [[(wid("appendix 1"), "", "")], [(wid("appendix II"), "", "")], [None]]
    assert broken(of) == ["Phụ lục III"]
    assert broken(text(said)) == []


def test_an_article_of_the_wrong_chapter_is_broken():
    of = text(
        sheet("chapter", "I"),
        article(1, "Theo Điều 2 Chương I và Điều 2 Chương II.", parent="chapter I"),
        sheet("chapter", "II"),
        article(2, parent="chapter II"),
    )
    assert [found.broken.path[-1] for found in broken_citations(of)] == [("article", "2")]


def test_points_directly_under_an_article():
    of = of_articles("Gồm:\na) Một;\nb) Hai theo điểm a.", "Theo điểm b Điều 1.")
    assert broken(of) == []


def test_an_imported_text_has_no_false_alarm():
    assert "Điều 3" in DECISION_AND_REGULATION
    assert broken(of_articles("Nơi nhận:\n- Như Điều 1;")) == []
