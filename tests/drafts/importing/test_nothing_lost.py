"""Whatever goes in comes out: every character stands in exactly one node."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.importing import structure
from drafts.importing.lines import Paragraph, Source
from drafts.importing.normalising import normalise
from tests.drafts.importing.texts import DECISION_AND_REGULATION, PROGRAMME

LINES = st.one_of(
    st.sampled_from((DECISION_AND_REGULATION + PROGRAMME).split("\n")),
    st.sampled_from(
        [
            "",
            "Điều",
            "Điều 2.[2] Tên",
            "Điều 5 a. Tên",
            "“Điều 4a. Trích",
            "hết trích”.",
            "Phụ lục",
            "Mẫu số 1",
            "MỤC LỤC",
            "I. A",
            "II- B",
            "B. C",
            "Tiểu mục 1",
            "Phần thứ ba",
            "| a | b |",
            "| TM. ỦY BAN |",
            "1.1. Một",
            "và các\u00adh",
            "Ð \u200b x./.",
        ]
    ),
    st.text(max_size=25),
)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.tuples(LINES, st.lists(st.text(max_size=8), max_size=1)), max_size=25), st.sampled_from(["txt", "docx"])
)
def test_every_character_stands_in_one_node(lines, kind):
    source = Source(kind, tuple(Paragraph(text, at, tuple(notes)) for at, (text, notes) in enumerate(lines, start=1)))
    components = structure(source, name="x")
    given_characters = Counter()
    for line in normalise(source):
        given_characters += characters(line.text + "".join(line.notes))
    kept = Counter()
    for component in components:
        for at, node in enumerate(component.nodes):
            kept += characters(node.label + node.heading + node.text)
            assert node.parent is None or node.parent < at
            assert node.depth == (0 if node.parent is None else component.nodes[node.parent].depth + 1)
            assert "\n" not in node.heading
            assert len(node.number) <= 20
            assert "" not in node.text.split("\n") or not node.text
    assert kept == given_characters
    assert components


def characters(text):
    return Counter("".join(text.split()))


@settings(deadline=None)
@given(st.permutations((DECISION_AND_REGULATION + PROGRAMME).strip().split("\n")))
def test_not_even_in_a_shuffled_text(lines):
    source = Source("txt", tuple(Paragraph(text, at) for at, text in enumerate(lines, start=1)))
    nodes = [node for component in structure(source, name="x") for node in component.nodes]
    kept = sum((characters(node.label + node.heading + node.text) for node in nodes), Counter())
    assert kept == characters("".join(line.text for line in normalise(source)))
