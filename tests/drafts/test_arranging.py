"""Another order of the same provisions."""

import pytest

from drafts import arranging
from drafts.arranging import Misplaced, Where
from drafts.outline import outline
from tests.drafts.citations.texts import article, body, of_articles, sheet, text, titles, wid


def chapters():
    return text(
        sheet("preamble", "", "Căn cứ;", name="opening"),
        sheet("chapter", "I"),
        article(1, parent="chapter I"),
        article(2, parent="chapter I"),
        article(3, parent="chapter I"),
        sheet("chapter", "II"),
        article(4, parent="chapter II"),
        sheet("closing", "", "T/M", name="end"),
    )


def new(kind="article", name="new"):
    return sheet(kind, "1" if kind == "article" else "I", name=name, label="")


def shape(of):
    """Each provision under what holds it."""
    names = {one.wid: one.label or one.heading for one in of}
    return [f"{names.get(one.parent, '')}>{names[one.wid]}" for one in of]


@pytest.mark.parametrize(
    ("beside", "where", "before", "parent"),
    [
        ("article 2", Where.BEFORE, "article 1", "chapter I"),
        ("article 2", Where.AFTER, "article 2", "chapter I"),
        ("chapter II", Where.FIRST, "chapter II", "chapter II"),
        ("chapter I", Where.LAST, "article 3", "chapter I"),
        ("chapter I", Where.AFTER, "article 3", "chapter I"),
        ("chapter II", Where.BEFORE, "article 3", "chapter I"),
        ("opening", Where.AFTER, "opening", None),
        ("end", Where.BEFORE, "article 4", "chapter II"),
    ],
)
def test_where_an_article_goes(beside, where, before, parent):
    done = arranging.inserted(chapters(), new(), beside=wid(beside), where=where).text
    place = next(at for at, one in enumerate(done) if one.wid == wid("new"))
    assert done.sheets[place - 1].wid == wid(before)
    assert done.sheets[place].parent == (wid(parent) if parent else None)


def test_a_chapter_put_among_articles_takes_those_behind_it():
    done = arranging.inserted(chapters(), new("chapter", "X"), beside=wid("article 2"), where=Where.BEFORE).text
    holders = {one.heading: one.parent for one in done}
    assert holders["article 1"] == wid("chapter I")
    assert holders["article 2"] == holders["article 3"] == wid("X")
    assert holders["article 4"] == wid("chapter II")


def test_a_section_takes_the_rest_of_its_chapter_only():
    done = arranging.inserted(chapters(), new("section", "X"), beside=wid("chapter I"), where=Where.FIRST).text
    holders = {one.heading: one.parent for one in done}
    assert holders["X"] == wid("chapter I")
    assert holders["article 1"] == holders["article 3"] == wid("X")
    assert holders["article 4"] == wid("chapter II")


def test_a_chapter_moves_with_its_articles():
    done = arranging.moved(chapters(), wid("chapter II"), beside=wid("chapter I"), where=Where.BEFORE).text
    assert titles(done)[1:3] == ["Chương II", "Điều 4"]
    assert titles(arranging.renumbered(done))[1:] == [
        "Chương I", "Điều 1", "Chương II", "Điều 2", "Điều 3", "Điều 4", "end",
    ]  # fmt: skip


def test_a_chapter_dropped_on_an_article_goes_beside_that_articles_chapter():
    done = arranging.moved(chapters(), wid("chapter I"), beside=wid("article 4"), where=Where.AFTER).text
    assert titles(done)[1:3] == ["Chương II", "Điều 4"]


@pytest.mark.parametrize(
    ("what", "beside", "where"),
    [
        ("chapter I", "article 1", Where.AFTER),
        ("article 1", "article 2", Where.FIRST),
        ("opening", "article 1", Where.AFTER),
        ("article 1", "opening", Where.BEFORE),
        ("article 1", "end", Where.AFTER),
        ("article 1", "nowhere", Where.AFTER),
    ],
)
def test_what_cannot_be(what, beside, where):
    with pytest.raises(Misplaced):
        arranging.moved(chapters(), wid(what), beside=wid(beside), where=where)


def test_removing_a_chapter_takes_its_articles_dissolving_it_leaves_them():
    gone = arranging.removed(chapters(), wid("chapter I")).text
    assert titles(gone) == ["opening", "Chương II", "Điều 4", "end"]
    left = arranging.dissolved(chapters(), wid("chapter II")).text
    assert {one.heading: one.parent for one in left}["article 4"] == wid("chapter I")
    assert arranging.dissolved(chapters(), wid("chapter I")).text.find(wid("article 1")).parent is None


def test_numbers_run_as_the_law_says():
    of = text(
        sheet("part", "I"),
        sheet("chapter", "thứ ba", name="c1", parent="part I", label="Chương thứ ba"),
        sheet("section", "2", name="s1", parent="c1"),
        article("5", name="a1", parent="s1"),
        sheet("section", "7", name="s2", parent="c1"),
        article("5a", name="a2", parent="s2"),
        sheet("part", "IV", name="p2"),
        sheet("chapter", "V", name="c2", parent="p2"),
        sheet("section", "4", name="s3", parent="c2"),
        article("9", name="a3", parent="s3"),
    )
    assert titles(arranging.renumbered(of)) == [
        "Phần I", "Chương thứ nhất", "Mục 1", "Điều 1", "Mục 2", "Điều 2", "Phần II", "Chương I", "Mục 1", "Điều 3",
    ]  # fmt: skip


def test_items_begin_anew_in_what_holds_them():
    of = text(
        sheet("item", "2", name="x", label="2."),
        sheet("item", "2.1", name="x1", parent="x", label="2.1"),
        sheet("item", "2.3", name="x2", parent="x", label="2.3"),
        sheet("item", "9", name="y", label="9."),
    )
    assert [one.number for one in arranging.renumbered(of)] == ["1", "1.1", "1.2", "2"]
    assert [one.label for one in arranging.renumbered(of)] == ["1.", "1.1", "1.2", "2."]


def test_labels_keep_their_manner():
    of = text(sheet("chapter", "V", label="CHƯƠNG V"), sheet("chapter", "VI", label="VI-"))
    assert titles(arranging.renumbered(of)) == ["CHƯƠNG I", "II-"]


def test_an_inserted_article_may_be_5a():
    of = text(article(5), article(6))
    done = arranging.inserted(of, new(), beside=wid("article 5"), where=Where.AFTER).text
    done = arranging.with_a_free_number(done, wid("new"))
    assert titles(done) == ["Điều 5", "Điều 5a", "Điều 6"]
    again = arranging.inserted(done, new(name="more"), beside=wid("article 5"), where=Where.AFTER).text
    assert titles(arranging.with_a_free_number(again, wid("more"))) == ["Điều 5", "Điều 5b", "Điều 5a", "Điều 6"]
    first = arranging.inserted(of, new(), beside=wid("article 5"), where=Where.BEFORE).text
    with pytest.raises(Misplaced):
        arranging.with_a_free_number(first, wid("new"))


# Splitting and merging


def split(words, line):
    of = of_articles(words)
    done = arranging.split(of, wid("article 1"), line=line, new_wid=wid("new"), heading="Tên").text
    return body(done, "article 1"), body(done, "new")


def test_a_split_counts_the_second_part_from_one():
    assert split("1. Một.\n2. Hai:\na) A;\nb) B.\n3. Ba.", 1) == ("1. Một.", "1. Hai:\na) A;\nb) B.\n2. Ba.")


def test_a_split_inside_a_clause_counts_points_from_a():
    assert split("1. Một:\na) A;\nb) B;\nc) C.\n2. Hai:\na) X.", 2) == (
        "1. Một:\na) A;",
        "a) B;\nb) C.\n1. Hai:\na) X.",
    )


def test_footnotes_go_where_their_marks_stand():
    assert split("1. Một[^1].\n2. Hai[^2].\n[^1]: Thứ nhất\n[^2]: Thứ hai", 1) == (
        "1. Một[^1].\n[^1]: Thứ nhất",
        "1. Hai[^2].\n[^2]: Thứ hai",
    )


@pytest.mark.parametrize("line", [0, 2, 9])
def test_no_split_at_the_ends_or_inside_a_table(line):
    with pytest.raises(Misplaced):
        split("Bảng:\n| a |\n| b |", line)


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("1. A.\n2. B.", "1. C:\na) D.", "1. A.\n2. B.\n3. C:\na) D."),
        ("A.", "B.", "A.\nB."),
        ("1. A.", "B.\nC.", "1. A.\n2. B.\nC."),
        ("A.", "1. B.\n2. C.", "1. A.\n2. B.\n3. C."),
        ("Gồm:", "1. B.", "Gồm:\n1. B."),
        ("1. A[^1].\n[^1]: X", "1. B[^1].\n[^1]: Y", "1. A[^1].\n2. B[^2].\n[^1]: X\n[^2]: Y"),
        ("", "B.", "B."),
    ],
)
def test_merging(first, second, whole):
    done = arranging.merged(of_articles(first, second), wid("article 1"), heading="Tên").text
    assert body(done, "article 1") == whole
    assert len(done.sheets) == 1


def test_only_neighbours_merge():
    with pytest.raises(Misplaced):
        arranging.merged(chapters(), wid("article 3"), heading="")
    with pytest.raises(Misplaced):
        arranging.merged(chapters(), wid("article 4"), heading="")


def test_splitting_and_merging_again_gives_the_same_text():
    words = "1. Một.\n2. Hai:\na) A;\nb) B.\n3. Ba.\n4. Bốn."
    clauses = [at for at, line in enumerate(outline(words)) if line.kind == "clause"][1:]
    for line in clauses:
        of = of_articles(words)
        done = arranging.split(of, wid("article 1"), line=line, new_wid=wid("new"), heading="").text
        assert body(arranging.merged(done, wid("article 1"), heading="").text, "article 1") == words
