"""Real texts, where they are at hand: the structure found is the one counted by hand."""

import json
import time
from pathlib import Path

import pytest

from drafts.importing import read_document

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
OURS = {
    "quy-che-lam-viec-du-thao.txt": {"chapters": 6, "sections": 0, "components": [40]},
    "quy-che-lam-viec-hien-hanh.txt": {"chapters": 6, "sections": 0, "components": [38]},
    "quy-che-uy-ban-kiem-tra-du-thao.txt": {"chapters": 4, "sections": 0, "components": [12]},
}
EXPECTED = OURS | (json.loads((DATA / "expected.json").read_text()) if (DATA / "expected.json").exists() else {})


def text_of(name):
    return ((ROOT / "demo" if name in OURS else DATA / "text") / name).read_bytes()


@pytest.mark.parametrize("name", EXPECTED)
def test_the_expected_structure_is_found(name):
    components = read_document(text_of(name), name=name).components
    found = {
        "chapters": sum(component.chapters for component in components),
        "sections": sum(component.sections for component in components),
        "components": [component.articles for component in components],
    }
    expected = {key: value for key, value in EXPECTED[name].items() if key in found}
    assert {key: found[key] for key in expected} == expected


PROGRAMMES = {"chuong-trinh-hanh-dong-du-thao.txt": (5, 21), "qd-2629*": (4, 24), "kh-144*": (7, 60)}


def test_programmes_have_parts_and_items():
    seen = {}
    for pattern in PROGRAMMES:
        for path in (*ROOT.glob(f"demo/{pattern}"), *DATA.glob(f"text/{pattern}")):
            component = read_document(path.read_bytes(), name=path.name).components[0]
            seen[pattern] = (component.parts, component.items)
    assert seen and seen == {pattern: PROGRAMMES[pattern] for pattern in seen}


def test_the_longest_takes_well_under_a_second():
    name = max(EXPECTED, key=lambda name: len(text_of(name)))
    data = text_of(name)
    start = time.process_time()
    read_document(data, name=name)
    assert time.process_time() - start < 1
