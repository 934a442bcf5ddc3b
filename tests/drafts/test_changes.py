"""What became of every provision between two texts of one document."""

import dataclasses
import uuid

from hypothesis import given
from hypothesis import strategies as st

from drafts.changes import Fate, changes, counts, only_articles
from drafts.changes import told as with_citations
from drafts.texts import Sheet, Text


def sheet(name, *, kind="article", number="", text="Nội dung.", heading="", parent=None):
    label = {"article": f"Điều {number}", "chapter": f"Chương {number}"}.get(kind, "")
    return Sheet(
        pk=1,
        wid=uuid.uuid5(uuid.NAMESPACE_OID, name),
        kind=kind,
        number=number,
        label=label if number else "",
        heading=heading or name,
        text=text,
        parent=parent and uuid.uuid5(uuid.NAMESPACE_OID, parent),
    )


def text(*sheets):
    return Text(title="Quy chế", sheets=sheets)


def told(old, new):
    return [(change.sheet.heading, change.fate.value) for change in changes(old, new)]


A, B, C, D = (sheet(name, number=str(number)) for number, name in enumerate("ABCD", start=1))


def changed(of, **fields):
    return dataclasses.replace(of, **fields)


def test_nothing_changed():
    assert told(text(A, B), text(A, B)) == [("A", "kept"), ("B", "kept")]


def test_amended_in_words_or_heading():
    new = text(changed(A, text="Khác."), changed(B, heading="Tên khác"), C)
    assert [change.fate for change in changes(text(A, B, C), new)] == [Fate.AMENDED, Fate.AMENDED, Fate.KEPT]


def test_an_insertion_renumbers_what_follows():
    new_one = sheet("X", number="2")
    new = text(A, new_one, changed(B, number="3", label="Điều 3"))
    assert told(text(A, B), new) == [("A", "kept"), ("X", "new"), ("B", "renumbered")]


def test_a_dropped_one_stands_where_it_stood():
    assert told(text(A, B, C), text(B, C)) == [("A", "dropped"), ("B", "kept"), ("C", "kept")]
    assert told(text(A, B, C), text(A, C)) == [("A", "kept"), ("B", "dropped"), ("C", "kept")]


def test_one_moved_article_is_one_move():
    assert told(text(A, B, C, D), text(B, C, A, D)) == [("B", "kept"), ("C", "kept"), ("A", "moved"), ("D", "kept")]


def test_moved_and_renumbered_is_moved():
    new = text(changed(B, number="1", label="Điều 1"), changed(C, number="2", label="Điều 2"), changed(A, number="3"))
    assert told(text(A, B, C), new) == [("B", "renumbered"), ("C", "renumbered"), ("A", "moved")]


def test_amended_and_moved_says_both():
    (change,) = [c for c in changes(text(A, B, C), text(B, C, changed(A, text="Khác."))) if c.sheet.heading == "A"]
    assert (change.fate, change.is_moved) == (Fate.AMENDED, True)


def test_articles_travel_with_their_chapter():
    one, two = sheet("I", kind="chapter", number="I"), sheet("II", kind="chapter", number="II")
    a, b = sheet("A", number="1", parent="I"), sheet("B", number="2", parent="II")
    moved = told(text(one, a, two, b), text(two, b, one, a))
    assert sorted(fate for _name, fate in moved) == ["kept", "kept", "kept", "moved"]
    assert dict(moved)["A"] == dict(moved)["B"] == "kept"


def test_another_chapter_is_a_move():
    one, two = sheet("I", kind="chapter", number="I"), sheet("II", kind="chapter", number="II")
    a = sheet("A", number="1", parent="I")
    assert told(text(one, a, two), text(one, two, changed(a, parent=two.wid)))[-1] == ("A", "moved")


def test_counting():
    chapter = sheet("I", kind="chapter", number="I")
    found = changes(text(chapter, A, B, C), text(A, changed(B, text="Khác."), sheet("X", number="4")))
    assert counts(found) == {"kept": 1, "amended": 1, "new": 1, "dropped": 2}
    assert counts(only_articles(found)) == {"kept": 1, "amended": 1, "new": 1, "dropped": 1}


@given(st.permutations(list(range(8))), st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_every_provision_is_told_once_and_moves_explain_the_order(order, dropped, new):
    sheets = [sheet(str(number), number=str(number)) for number in range(8)]
    old_text = text(*(sheets[number] for number in range(8) if number not in new))
    new_text = text(*(sheets[number] for number in order if number not in dropped))
    found = changes(old_text, new_text)
    assert {c.new.wid for c in found if c.new} == {s.wid for s in new_text}
    assert {c.old.wid for c in found if c.old} == {s.wid for s in old_text}
    assert len(found) == len({s.wid for s in (*old_text, *new_text)})
    staying = [int(c.new.number) for c in found if c.old and c.new and not c.is_moved]
    assert staying == sorted(staying)


def test_only_numbers_of_citations_that_lead_where_they_led():
    new_one = sheet("X", number="1")
    cites = changed(C, text="Theo Điều 1 và khoản 1 Điều này.")
    later = changed(A, number="2", label="Điều 2")
    again = changed(cites, number="4", label="Điều 4", text="Theo Điều 2 và khoản 1 Điều này.")
    elsewhere = changed(again, text="Theo Điều 1 và khoản 1 Điều này.")
    moved = changed(again, text="Theo Điều 2 và khoản 2 Điều này.")
    old = text(A, B, cites)

    def fate(new):
        (found,) = (change for change in with_citations(old, new) if change.sheet.heading == "C")
        return found.fate

    rest = (new_one, later, changed(B, number="3", label="Điều 3"))
    assert fate(text(*rest, again)) is Fate.CITED
    assert fate(text(*rest, elsewhere)) is Fate.RENUMBERED  # the words stayed, and lead to another article now
    assert fate(text(*rest, moved)) is Fate.AMENDED
    assert fate(text(*rest, changed(again, text="Theo Điều 2 và điểm a Điều này."))) is Fate.AMENDED
    assert fate(old) is Fate.KEPT


CLAUSES = "1. Làm việc tập thể.\n2. Phân công rõ người.\n3. Báo cáo theo khoản 1 Điều 5:\na) Hằng tháng;\nb) Hằng quý."


def parts(old, new):
    return [(change.sheet.heading, change.part_of and change.part_of.label) for change in with_citations(old, new)]


def test_a_new_article_names_the_one_its_words_were_taken_out_of():
    whole = changed(A, text=CLAUSES)
    left = changed(A, text="1. Làm việc tập thể.\n2. Phân công rõ người.")
    taken = changed(C, number="2", label="Điều 2", text="1. Báo cáo theo khoản 1 Điều 6:\na) Hằng tháng;\nb) Hằng quý.")
    assert parts(text(whole, B), text(left, taken, B)) == [("A", None), ("C", "Điều 1"), ("B", None)]
    rewritten = changed(taken, text="1. Những việc khác hẳn thì trình cấp trên.\n2. Hằng tháng;")
    assert parts(text(whole, B), text(left, rewritten, B)) == [("A", None), ("C", None), ("B", None)]
    copied = changed(taken, text=CLAUSES)
    assert parts(text(whole, B), text(whole, copied, B)) == [("A", None), ("C", None), ("B", None)]


def test_a_dropped_article_names_the_one_its_words_went_into():
    first, second = changed(A, text="1. Một."), changed(B, text="1. Làm việc tập thể.\n2. Phân công rõ người.")
    both = changed(A, number="7", label="Điều 7", text="1. Một.\n2. Làm việc tập thể.\n3. Phân công rõ người.")
    assert parts(text(first, second), text(both)) == [("A", None), ("B", "Điều 7")]
    assert parts(text(first, second), text(changed(first, text="1. Hai."))) == [("A", None), ("B", None)]
