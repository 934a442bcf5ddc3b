"""Out as a Word file, worked on there, and back: what nobody touched is no change, what somebody did is found."""

import io
import random
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from drafts.changes import Fate
from drafts.importing import read_document
from drafts.reimporting import Choices, Plan
from drafts.texts import Text
from tests.drafts.exporting.texts import clean, small_text, text_of

FILES = sorted((Path(__file__).parents[2] / "demo").glob("*.txt"))


def stored(text):
    """As rows of a draft have it: every provision with a key."""
    return Text(text.title, tuple(replace(sheet, pk=place) for place, sheet in enumerate(text, start=1)))


def plan(draft, data):
    (component,) = read_document(data, name="moi.docx").components
    return Plan(base=draft, current=draft, nodes=component.nodes, choices=Choices())


def edited(draft, work):
    """The plan of what ``work`` does to the paragraphs of the exported file."""
    file = docx.Document(io.BytesIO(clean(draft)))
    work(file)
    data = io.BytesIO()
    file.save(data)
    return plan(draft, data.getvalue())


def fates(found):
    return {row.change.sheet.title: row.fate for row in found.rows if row.fate is not Fate.KEPT}


def articles_of(draft):
    return [sheet for sheet in draft if sheet.kind in ("article", "item") and sheet.heading and sheet.text]


def demonstration():
    file = next(file for file in FILES if "du-thao" in file.name)
    return stored(text_of(read_document(file.read_bytes(), name="a.txt").components[0]))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_that_nobody_touched_changes_nothing(file):
    for component in read_document(file.read_bytes(), name=file.name).components:
        draft = stored(text_of(component))
        assert not plan(draft, clean(draft)).is_changing


def test_neither_does_one_with_everything_that_is_hard():
    draft = stored(small_text())
    assert not plan(draft, clean(draft)).is_changing


@pytest.mark.parametrize("seed", range(3))
def test_one_article_edited_one_inserted_one_moved_and_one_removed_are_found_as_just_that(seed):
    draft = demonstration()
    articles = articles_of(draft)
    places = sorted(random.Random(seed).sample(range(1, len(articles) - 2, 3), 4))
    amended, before_new, moving, removed = (articles[place] for place in places)
    last = amended.text.split("\n")[-1]

    def work(file):
        paragraphs = file.paragraphs
        lines = [one.text for one in paragraphs]
        starts = {sheet.wid: lines.index(sheet.title) for sheet in articles}

        def of(sheet):
            """The paragraphs of an article: its head, and one for each line of its text."""
            start = starts[sheet.wid]
            return paragraphs[start : start + 1 + len(sheet.text.split("\n"))]

        next(one for one in of(amended) if one.text.endswith(last[-20:])).add_run(" Viết thêm trong Word.")
        new = of(before_new)[0].insert_paragraph_before("Điều 99. Khen thưởng")
        new.insert_paragraph_before("")
        of(before_new)[0].insert_paragraph_before("Thành viên có thành tích được khen thưởng theo quy định.")
        block = [one._p for one in of(moving)]
        target = of(articles[places[2] + 2])[-1]._p
        for element in reversed(block):
            target.addnext(element)
        for one in of(removed):
            one._p.getparent().remove(one._p)

    found = edited(draft, work)
    assert fates(found) == {
        amended.title: Fate.AMENDED,
        "Điều 99. Khen thưởng": Fate.NEW,
        moving.title: Fate.MOVED,
        removed.title: Fate.DROPPED,
    }
