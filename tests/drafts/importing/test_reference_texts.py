"""Real texts, where they are at hand: the structure found is the one counted by hand."""

import json
import time
from pathlib import Path

import pytest

from drafts.importing import read_document

DATA = Path(__file__).parents[4] / "shared" / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text()) if (DATA / "expected.json").exists() else {}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_expected_structure_is_found(name):
    components = read_document((DATA / "text" / name).read_bytes(), name=name).components
    found = {
        "chapters": sum(component.chapters for component in components),
        "sections": sum(component.sections for component in components),
        "components": [component.articles for component in components],
    }
    expected = {key: value for key, value in EXPECTED[name].items() if key in found}
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("name, parts, items", [("qd-2629", 4, 24), ("kh-144", 7, 60)])
def test_programmes_have_parts_and_items(name, parts, items):
    for path in DATA.glob(f"text/{name}*"):
        component = read_document(path.read_bytes(), name=path.name).components[0]
        assert (component.parts, component.items) == (parts, items)


def test_the_longest_takes_well_under_a_second():
    for path in DATA.glob("text/nd-214*"):
        data = path.read_bytes()
        start = time.process_time()
        read_document(data, name=path.name)
        assert time.process_time() - start < 1
