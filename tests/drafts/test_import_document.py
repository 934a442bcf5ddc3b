import io
import json
import os
import subprocess
import sys

import docx
import pytest
from django.core.management import CommandError, call_command

from config import services as servers
from drafts.models import Document, Operation, Seat, SourceFile
from tests.drafts.test_import import REGULATION, TWO_DOCUMENTS
from tests.people import make_user

SHARED = servers.ROOT.parent / "shared" / "data"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "quy-che.txt"
    path.write_text(REGULATION)
    return path


def word_file():
    """The regulation as Word has it: headings by style, the clauses typed."""
    document = docx.Document()
    for line in REGULATION.split("\n"):
        document.add_paragraph(line, style="Heading 2" if line.startswith("Điều") else None)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def lead(db):
    return make_user("quantri", is_superuser=True)


def run(*arguments):
    out = io.StringIO()
    call_command("import_document", *map(str, arguments), stdout=out)
    return out.getvalue()


def answer(*arguments):
    return json.loads(run(*arguments, "--json"))


def test_json_says_exactly_what_was_found(file, lead):
    said = answer(file)
    assert list(said) == ["document", "components"]
    [component] = said["components"]
    assert list(component) == ["title", "chapters", "sections", "articles", "items", "warnings"]
    assert (component["chapters"], component["sections"], component["articles"], component["items"]) == (1, 0, 4, 0)
    lines = REGULATION.split("\n")
    assert {warning["line"] for warning in component["warnings"]} >= {
        lines.index("Điều 4. Hiệu lực") + 1,
        lines.index("e) Đúng thẩm quyền.") + 1,
    }
    assert all(list(warning) == ["line", "message"] for warning in component["warnings"])


def test_the_draft_is_stored_with_its_first_edition_and_its_file(file, lead):
    document = Document.objects.get(pk=answer(file)["document"])
    assert document.kind == Document.Kind.REGULATION
    assert document.provisions.filter(kind="article").count() == 4
    assert document.editions.get().number == 1
    assert document.sources.get().name == "quy-che.txt"
    assert document.seats.get().role == Seat.Role.LEAD_DRAFTER
    assert document.seats.get().user == lead


def test_a_word_file_gives_the_same_draft(file, lead, tmp_path):
    path = tmp_path / "quy-che.docx"
    path.write_bytes(word_file())
    drafts = [Document.objects.get(pk=answer(one)["document"]) for one in (file, path)]
    plain, word = (list(one.provisions.values_list("kind", "number", "heading", "text")) for one in drafts)
    assert word == plain
    assert drafts[1].sources.get().name == "quy-che.docx"


def test_title_kind_and_person_can_be_said(file, lead):
    lan = make_user("lan")
    said = answer(file, "--by", "lan", "--title", "Quy định tạm thời", "--kind", "rules", "--no-edition")
    document = Document.objects.get(pk=said["document"])
    assert (document.title, document.kind, document.seats.get().user) == ("Quy định tạm thời", "rules", lan)
    assert not document.editions.exists()


def test_of_several_documents_the_main_one_is_taken_unless_another_is_named(tmp_path, lead):
    path = tmp_path / "hai.txt"
    path.write_text(TWO_DOCUMENTS)
    main = answer(path)
    assert [component["articles"] for component in main["components"]] == [3, 4]
    assert Document.objects.get(pk=main["document"]).provisions.filter(kind="article").count() == 4
    first = answer(path, "--component", "1")
    assert Document.objects.get(pk=first["document"]).provisions.filter(kind="article").count() == 3
    with pytest.raises(CommandError, match="between 1 and 2"):
        run(path, "--component", "3")


def test_a_dry_run_stores_nothing_and_needs_nobody(file, db):
    assert answer(file, "--dry-run")["document"] is None
    assert not (Document.objects.exists() or SourceFile.objects.exists() or Operation.objects.exists())


def test_without_json_people_can_read_it(file, lead):
    said = run(file)
    assert "1 chương" in said
    assert "4 điều" in said


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", OLD_WORD, b"PK\x03\x04", b"\xff\xfe\0\0\1"])
def test_what_cannot_be_read_ends_with_code_2_and_one_sentence(data, tmp_path, lead):
    path = tmp_path / "la.docx"
    path.write_bytes(data)
    with pytest.raises(CommandError) as refusal:
        run(path)
    assert refusal.value.returncode == 2
    assert str(refusal.value).count("\n") == 0
    assert not SourceFile.objects.exists()


def test_a_file_that_is_not_there_ends_with_code_2(tmp_path, lead):
    with pytest.raises(CommandError) as refusal:
        run(tmp_path / "khong-co.txt")
    assert refusal.value.returncode == 2


def test_somebody_must_answer_for_the_draft(file, db):
    with pytest.raises(CommandError, match="--by"):
        run(file)
    with pytest.raises(CommandError, match="nobody"):
        run(file, "--by", "nobody")
    make_user("gone", is_superuser=True, is_active=False)
    with pytest.raises(CommandError, match="--by"):
        run(file)
    assert not Document.objects.exists()


def test_a_shell_sees_the_exit_codes_and_clean_json(file, tmp_path, service_environment):
    def shell(path):
        command = [sys.executable, "manage.py", "import_document", str(path), "--dry-run", "--json"]
        return subprocess.run(command, cwd=servers.ROOT, env=os.environ | service_environment, capture_output=True)

    done = shell(file)
    assert (done.returncode, json.loads(done.stdout)["components"][0]["articles"]) == (0, 4)
    broken = tmp_path / "x.docx"
    broken.write_bytes(b"%PDF-1.7")
    refused = shell(broken)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert len(refused.stderr.decode().strip().splitlines()) == 1


OURS = {"quyet-dinh-va-quy-che.txt": {"components": [3, 4], "chapters": 1, "sections": 0}}


def expected_files():
    """What a right import finds: in a file of our own, and in the real ones where they are at hand."""
    expected = SHARED / "expected.json"
    return OURS | (json.loads(expected.read_text()) if expected.exists() else {})


@pytest.mark.parametrize("name", expected_files())
def test_texts_come_out_as_expected(name, tmp_path, db):
    path = SHARED / "text" / name
    if name in OURS:
        path = tmp_path / name
        path.write_text(TWO_DOCUMENTS)
    expected = expected_files()[name]
    components = answer(path, "--dry-run")["components"]
    assert [component["articles"] for component in components] == expected["components"]
    for kind in ("chapters", "sections"):
        if kind in expected:
            assert sum(component[kind] for component in components) == expected[kind]
