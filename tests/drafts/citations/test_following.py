"""Citations after moving, renumbering, splitting, merging: every one leads where it led before."""

import random
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts import arranging
from drafts.arranging import Arrangement, Misplaced, Where
from drafts.citations import Loss, Places, Target, broken_citations, follow, followed, unmark
from drafts.importing import read_document
from drafts.texts import Sheet, Text
from tests.drafts.citations.texts import article, body, of_articles, sheet, text, wid


def renumbered(arrangement):
    return replace(arrangement, text=arranging.renumbered(arrangement.text))


def after(old, arrangement):
    """The whole text with every citation followed."""
    return as_planned(old, renumbered(arrangement))


def as_planned(old, arrangement):
    following = follow(old, arrangement)
    return followed(old, arrangement, [*following.replacements, *following.marks])


def changed(old, arrangement):
    return [(r.before, r.after) for r in follow(old, renumbered(arrangement)).replacements]


def lost(old, arrangement):
    return [(one.found.citation.words, one.loss) for one in follow(old, renumbered(arrangement)).lost]


def new_article(name="new"):
    return article("1", "", name=name)


THREE = "1. Một.\n2. Hai.\n3. Ba."


def test_an_insertion_moves_what_follows_and_every_citation_of_it():
    old = of_articles(THREE, THREE, "Theo khoản 2 Điều 1, Điều 2 và các điều 2, 3.")
    new = after(old, arranging.inserted(old, new_article(), beside=wid("article 1"), where=Where.AFTER))
    assert body(new, "article 3") == "Theo khoản 2 Điều 1, Điều 3 và các điều 3, 4."
    assert [one.label for one in new] == ["Điều 1", "Điều 2", "Điều 3", "Điều 4"]


def test_words_and_manner_stay():
    old = of_articles(
        THREE,
        THREE,
        "Điểm a Khoản 2 điều 2; ĐIỀU 2[^1]; từ Điều 1 đến Điều 3; khoản 1 Điều này, Điều 2 Luật Đất đai, “Điều 2”.",
    )
    old = text(*old.sheets[:1], article(2, "1. Một.\n2. Hai:\na) Xong."), *old.sheets[2:])
    new = after(old, arranging.inserted(old, new_article(), beside=wid("article 1"), where=Where.BEFORE))
    assert body(new, "article 3") == (
        "Điểm a Khoản 2 điều 3; ĐIỀU 3[^1]; từ Điều 2 đến Điều 4; khoản 1 Điều này, Điều 2 Luật Đất đai, “Điều 2”."
    )


def test_a_removed_article_leaves_citations_into_nowhere():
    old = of_articles(THREE, THREE, "Theo Điều 1 và khoản 3 Điều 2.")
    gone = arranging.removed(old, wid("article 2"))
    assert lost(old, gone) == [("khoản 3 Điều 2", Loss.REMOVED)]
    assert changed(old, gone) == []


def test_what_would_lead_to_another_article_now_is_marked_and_left_alone_from_then_on():
    old = of_articles(THREE, THREE, THREE, "Theo khoản 3 Điều 2, Điều 3; các điều 1, 2 và 3; Điều 2 Quy chế này.")
    new = after(old, arranging.removed(old, wid("article 2")))
    marked = "Theo khoản 3 Điều 2 [cũ], Điều 2; các điều 1, 2 và 3 [cũ]; Điều 2 Quy chế này [cũ]."
    assert body(new, "article 4") == marked
    assert [found.citation.words for found in broken_citations(new)] == [
        "khoản 3 Điều 2",
        "các điều 1, 2 và 3",
        "Điều 2 Quy chế này",
    ]
    newer = after(new, arranging.inserted(new, new_article(), beside=wid("article 1"), where=Where.BEFORE))
    assert body(newer, "article 4") == marked.replace(", Điều 2;", ", Điều 3;")


def test_a_number_nobody_else_has_needs_no_mark_until_somebody_gets_it():
    old = of_articles(THREE, THREE, "Theo Điều 2, khoản 9 Điều 1.", THREE)
    gone = arranging.removed(old, wid("article 2")).text
    following = follow(old, Arrangement(gone))
    assert [(one.loss, one.misleads) for one in following.lost] == [(Loss.REMOVED, False), (Loss.BROKEN, False)]
    assert body(as_planned(old, Arrangement(gone)), "article 3") == "Theo Điều 2, khoản 9 Điều 1."
    again = follow(gone, renumbered(Arrangement(gone)))
    assert [(one.loss, one.misleads) for one in again.lost] == [(Loss.BROKEN, True), (Loss.BROKEN, False)]
    assert body(after(gone, Arrangement(gone)), "article 3") == "Theo Điều 2 [cũ], khoản 9 Điều 1."


def test_a_mark_is_taken_back_where_what_was_meant_is_there_again_and_only_one_thing_could_be():
    then = of_articles(THREE, THREE, "Theo Điều 2, Điều 2 và Điều 1.")
    gone = after(then, arranging.removed(then, wid("article 2")))
    assert body(gone, "article 3") == "Theo Điều 2 [cũ], Điều 2 [cũ] và Điều 1."
    back = Arrangement(text(then.sheets[0], gone.sheets[-1], replace(then.sheets[1], number="3", label="Điều 3")))
    again = followed(gone, back, unmark(gone, then, back))
    assert body(again, "article 3") == "Theo Điều 3, Điều 3 và Điều 1."
    twice = text(*gone.sheets[:-1], replace(gone.sheets[-1], text="Điều 1 [cũ] và Điều 1 [cũ], Điều 9 [cũ]."))
    assert unmark(twice, then, back) == []


def test_articles_that_are_no_longer_in_one_chapter_are_not_taken_for_others():
    old = text(
        sheet("chapter", "I"),
        article(1, parent="chapter I"),
        article(2, parent="chapter I"),
        article(3, "Theo các điều 1 và 2 Chương I.", parent="chapter I"),
        sheet("chapter", "II"),
        article(4, parent="chapter II"),
    )
    new = after(old, arranging.moved(old, wid("article 1"), beside=wid("article 4"), where=Where.AFTER))
    assert body(new, "article 3") == "Theo các điều 1 và 2 Chương I [cũ]."


def test_chapters_in_the_manner_they_were_cited():
    old = text(
        sheet("chapter", "I"),
        article(1, "Theo Chương II, Chương 2, Chương thứ hai và Điều 2 Chương II.", parent="chapter I"),
        sheet("chapter", "II"),
        article(2, parent="chapter II"),
    )
    new = after(
        old, arranging.inserted(old, sheet("chapter", "I", name="X"), beside=wid("chapter II"), where=Where.BEFORE)
    )
    assert body(new, "article 1") == "Theo Chương III, Chương 3, Chương thứ ba và Điều 2 Chương III."


def test_appendices_follow_in_their_manner_and_are_missed_when_gone():
    old = text(article(1, "Theo Phụ lục II; các phụ lục 01, 02."), sheet("appendix", "I"), sheet("appendix", "II"))
    swapped = Text(old.title, (old.sheets[0], replace(old.sheets[2], number="I"), replace(old.sheets[1], number="II")))
    found = follow(old, Arrangement(swapped))
    assert [(r.before, r.after) for r in found.replacements] == [
        ("Phụ lục II", "Phụ lục I"),
        ("các phụ lục 01, 02", "các phụ lục 02, 01"),
    ]
    gone = follow(old, Arrangement(Text(old.title, old.sheets[:2])))
    assert [(one.found.citation.words, one.loss) for one in gone.lost] == [
        ("Phụ lục II", Loss.REMOVED),
        ("các phụ lục 01, 02", Loss.REMOVED),
    ]


def test_moving_an_article_between_chapters_takes_the_chapter_along():
    old = text(
        sheet("chapter", "I"),
        article(1, parent="chapter I"),
        article(2, "Theo Điều 1 Chương I.", parent="chapter I"),
        sheet("chapter", "II"),
        article(3, parent="chapter II"),
    )
    new = after(old, arranging.moved(old, wid("article 1"), beside=wid("article 3"), where=Where.AFTER))
    assert body(new, "article 2") == "Theo Điều 3 Chương II."


def test_splitting_sends_each_clause_to_its_article():
    old = of_articles(
        "1. Một.\n2. Hai, theo khoản 3 Điều này.\n3. Ba, theo khoản 1 Điều này, khoản 4 và khoản 2.\n4. Bốn.",
        "Theo khoản 1 Điều 1; theo điểm a khoản 3 Điều 1; theo các khoản 3 và 4 Điều 1; theo khoản 2 và 3 Điều 1.",
    )
    cut = arranging.split(old, wid("article 1"), line=2, new_wid=wid("new"), heading="Hai")
    new = after(old, cut)
    assert body(new, "article 1") == "1. Một.\n2. Hai, theo khoản 1 Điều 2."
    assert body(new, "new").startswith("1. Ba, theo ")
    assert body(new, "new").endswith("2. Bốn.")
    assert "theo các khoản 1 và 2 Điều 2; theo khoản 2 và 3 Điều 1" in body(new, "article 2")
    assert ("khoản 2 và 3 Điều 1", Loss.SCATTERED) in lost(old, cut)


def test_who_cites_a_whole_article_that_is_split_is_named():
    old = of_articles("1. Một.\n2. Hai, theo khoản 1 Điều này.", "Theo các điều 1 và 2; khoản 2 Điều 1; Điều 1.")
    cut = arranging.split(old, wid("article 1"), line=1, new_wid=wid("new"), heading="Hai")
    assert lost(old, cut) == [("các điều 1 và 2", Loss.PARTED), ("Điều 1", Loss.PARTED)]
    assert body(after(old, cut), "article 2") == "Theo các điều 1 và 3; khoản 1 Điều 2; Điều 1."


def test_what_was_this_article_is_named_when_it_was_left():
    old = of_articles("1. Một.\n2. Theo khoản 1 Điều này.\n3. Theo khoản 2.\n4. Theo khoản 3.")
    new = after(old, arranging.split(old, wid("article 1"), line=1, new_wid=wid("new"), heading=""))
    assert body(new, "new") == "1. Theo khoản 1 Điều 1.\n2. Theo khoản 1.\n3. Theo khoản 2."


def test_merging_brings_clauses_and_their_citations_on():
    old = of_articles(
        "1. Một.\n2. Theo khoản 1 Điều 2.", "1. Ba.\n2. Theo Điều 1 và khoản 1 Điều này.", "Theo khoản 2 Điều 2."
    )
    new = after(old, arranging.merged(old, wid("article 1"), heading="Một"))
    assert body(new, "article 1") == "1. Một.\n2. Theo khoản 3 Điều này.\n3. Ba.\n4. Theo Điều này và khoản 3 Điều này."
    assert body(new, "article 3") == "Theo khoản 4 Điều 1."


def test_only_ticked_ones_are_written():
    old = of_articles(THREE, "Theo Điều 1.", "Theo Điều 1.")
    arrangement = renumbered(arranging.inserted(old, new_article(), beside=wid("article 1"), where=Where.BEFORE))
    first, second = follow(old, arrangement).replacements
    new = followed(old, arrangement, [second])
    assert (body(new, "article 2"), body(new, "article 3")) == ("Theo Điều 1.", "Theo Điều 2.")
    assert first.key != second.key


def test_headings_follow_too():
    old = text(article(1), article(2, heading="Việc khác ngoài Điều 1"))
    new = after(old, arranging.inserted(old, new_article(), beside=wid("article 1"), where=Where.BEFORE))
    assert new.find(wid("article 2")).heading == "Việc khác ngoài Điều 2"


def test_a_place_is_shown_with_words_around_it():
    old = of_articles(THREE, "1. Việc một.\n2. Ban Thường vụ quyết định theo Điều 1 và báo cáo.")
    arrangement = renumbered(arranging.inserted(old, new_article(), beside=wid("article 1"), where=Where.BEFORE))
    (one,) = follow(old, arrangement).replacements
    assert (one.before, one.after, one.found.label) == ("Điều 1", "Điều 2", "khoản 2")
    assert one.around == ("2. Ban Thường vụ quyết định theo ", " và báo cáo.")


# Any acts in any order


def random_text(chance):
    """Chapters with articles that cite one another in every way."""
    sheets = []
    number = 0
    articles = chance.randint(3, 9)
    chapters = chance.choice([0, 2, 3])
    for chapter in range(chapters or 1):
        name = f"c{chapter}"
        if chapters:
            sheets.append(sheet("chapter", "I II III".split()[chapter], name=name))
        for _ in range(chance.randint(1, articles)):
            number += 1
            sheets.append(article(number, "", name=f"a{number}", parent=name if chapters else None))
    written = []
    for one in sheets:
        if one.kind == "article":
            lines = [f"{clause}. {phrase(chance, number)}." for clause in range(1, chance.randint(2, 5))]
            one = replace(one, text="\n".join(lines))
        written.append(one)
    return Text("Quy chế", tuple(written))


def phrase(chance, articles):
    def number():
        return chance.randint(1, articles)

    return chance.choice(
        [
            f"theo Điều {number()}",
            f"theo khoản 1 Điều {number()}",
            f"theo khoản {chance.randint(1, 4)} Điều {number()} và Điều {number()}",
            f"theo các điều {number()}, {number()} và {number()}",
            "theo khoản 1 Điều này",
            "theo khoản 1",
            "theo Chương II",
            f"theo Điều {number()} Luật Đất đai",
            "không theo gì",
        ]
    )


def random_act(chance, old):
    articles = [one for one in old if one.kind == "article"]
    one, other = chance.choice(articles), chance.choice(list(old))
    where = chance.choice(list(Where))
    match chance.randint(0, 5):
        case 0:
            return arranging.inserted(old, new_article(str(chance.random())), beside=other.wid, where=where)
        case 1:
            return arranging.moved(old, chance.choice(list(old)).wid, beside=other.wid, where=where)
        case 2:
            return arranging.removed(old, one.wid)
        case 3:
            lines = len(one.text.split("\n"))
            return arranging.split(
                old, one.wid, line=chance.randint(0, lines), new_wid=uuid.UUID(int=chance.getrandbits(128)), heading=""
            )
        case 4:
            return arranging.merged(old, one.wid, heading=one.heading)
        case _:
            return Arrangement(old)


def leaves(found):
    """The targets of what is cited, without the larger units that only say where it stands."""
    pairs = list(zip(found.citation.mentions, found.targets, strict=True))
    paths = [mention.path for mention, _target in pairs]
    return [
        target
        for mention, target in pairs
        if not any(path != mention.path and path[: len(mention.path)] == mention.path for path in paths)
    ]


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_after_any_act_a_citation_leads_where_it_led(seed):
    chance = random.Random(seed)
    old = random_text(chance)
    try:
        arrangement = renumbered(random_act(chance, old))
    except Misplaced:
        return
    following = follow(old, arrangement)
    new = as_planned(old, arrangement)
    numbers = [one.number for one in new if one.kind == "article"]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    given_up = {one.found.key for one in following.lost}
    way = way_of(arrangement)
    led = [leaves(found) for found in Places(new).found() if not found.broken]
    meant = []
    for found in Places(old).found():
        if not found.broken and stands(found, arrangement):
            home = way(Target(found.sheet.wid, found.label.partition(" ")[2])).wid
            meant.append((home, [way(target) for target in leaves(found)]))
            if found.key not in given_up:
                assert meant[-1][1] in led
    for found in Places(new).found():
        if not found.broken:
            assert (found.sheet.wid, leaves(found)) in meant


def way_of(arrangement):
    """Where a place went, found by the lines themselves and not by the code under test."""

    def way(target):
        for home, origins in arrangement.origins.items():
            for at, origin in enumerate(origins):
                if target.clause and origin.wid == target.wid and origin.old_marker.startswith(f"{target.clause}."):
                    number = arrangement.text.find(home).text.split("\n")[at].split(".")[0]
                    return Target(home, number, target.point)
        return Target(arrangement.successors.get(target.wid, target.wid), target.clause, target.point)

    return way


def stands(found, arrangement):
    home = found.sheet.wid
    return home in arrangement.successors or arrangement.text.find(home) is not None


@pytest.mark.parametrize("number", range(1, 31))
def test_renumbering_back_gives_the_same_words(number):
    chance = random.Random(number)
    old = random_text(chance)
    one = chance.choice([sheet for sheet in old if sheet.kind == "article"])
    there = arranging.inserted(old, new_article("X"), beside=one.wid, where=Where.BEFORE)
    middle = after(old, there)
    again = after(middle, arranging.removed(middle, wid("X")))
    assert [(s.wid, s.label, s.text) for s in again] == [(s.wid, s.label, s.text) for s in old]


@pytest.mark.parametrize(
    "name",
    ["qclv-ban-qlda-tphcm-2026-du-thao.txt", "luat-xay-dung-2025.txt", "tt-35-2025-quy-che-A-giam-dinh-so-huu-cn.txt"],
)
def test_in_real_texts_every_citation_leads_where_it_led(name):
    """An article put before all others renumbers the whole text."""
    file = Path(__file__).parents[4] / "shared" / "data" / "text" / name
    if not file.exists():
        pytest.skip("the reference texts are not here")
    nodes = read_document(file.read_bytes(), name=name).components[-1].nodes
    keys = [uuid.uuid4() for _ in nodes]
    old = text(
        *(
            Sheet(0, key, node.kind.value, node.number, node.label, node.heading, node.text, parent)
            for key, node in zip(keys, nodes, strict=True)
            for parent in [keys[node.parent] if node.parent is not None else None]
        )
    )
    first = next(one for one in old if one.kind == "article")
    new = after(old, arranging.inserted(old, new_article(), beside=first.wid, where=Where.BEFORE))
    led = [found.targets for found in Places(old).found()]
    assert led and [found.targets for found in Places(new).found()] == led
    assert [one.text for one in new if one.wid != wid("new")] != [one.text for one in old]
