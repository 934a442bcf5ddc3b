import io
import json

import pytest
from django.core.management import CommandError, call_command

from config import services as servers
from drafts.models import Document, Operation
from tests.drafts.test_import import TWO_DOCUMENTS

DEMO = servers.ROOT / "demo"
OLD, NEW = DEMO / "quy-che-lam-viec-hien-hanh.txt", DEMO / "quy-che-lam-viec-du-thao.txt"


def run(*arguments):
    out = io.StringIO()
    call_command("compare_files", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_json_says_what_became_of_every_article():
    said = json.loads(run(OLD, NEW, "--json"))
    assert list(said) == ["rows"]
    assert all(list(row) == ["old", "new", "kind", "confidence"] for row in said["rows"])
    told = json.loads((DEMO / "article-map.json").read_text(encoding="utf-8"))["pairs"]
    named = [
        {side: [f"Điều {n}" for n in pair[side]] for side in ("old", "new")} | {"kind": pair["kind"]} for pair in told
    ]
    without_confidence = [{key: row[key] for key in ("old", "new", "kind")} for row in said["rows"]]
    assert sorted(map(str, without_confidence)) == sorted(map(str, named))
    assert all(0 <= row["confidence"] <= 1 for row in said["rows"])


def test_the_table_can_be_read():
    head, *lines = run(OLD, NEW).rstrip("\n").split("\n")
    assert head.split() == ["CŨ", "MỚI", "THAY", "ĐỔI", "TIN", "CẬY", "TÊN", "ĐIỀU"]
    assert len(lines) == 40
    [split] = [line for line in lines if line.startswith("Điều 6 ")]
    assert "Điều 7, Điều 8" in split and "tách" in split and "%" in split


def test_another_document_of_a_file_can_be_named(tmp_path):
    path = tmp_path / "hai.txt"
    path.write_text(TWO_DOCUMENTS)
    assert len(json.loads(run(path, path, "--json"))["rows"]) == 4
    assert len(json.loads(run(path, path, "--component", "1", "--json"))["rows"]) == 3
    mixed = json.loads(run(path, path, "--old-component", "1", "--new-component", "2", "--json"))["rows"]
    assert sum(len(row["old"]) for row in mixed) == 3 and sum(len(row["new"]) for row in mixed) == 4
    with pytest.raises(CommandError, match="between 1 and 2"):
        run(path, path, "--component", "3")


@pytest.mark.parametrize("place", [0, 1])
def test_an_unreadable_file_is_one_sentence_and_exit_code_2(tmp_path, place):
    bad = tmp_path / "anh.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    files = [OLD, NEW]
    for unreadable in (bad, tmp_path / "khong-co.txt"):
        files[place] = unreadable
        with pytest.raises(CommandError) as error:
            run(*files)
        assert error.value.returncode == 2
        assert unreadable.name in str(error.value) and "\n" not in str(error.value)


def test_nothing_is_stored(db):
    assert isinstance(run(OLD, NEW), str)
    assert not Document.objects.exists() and not Operation.objects.exists()
