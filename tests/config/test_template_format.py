"""Templates are laid out by rules that change nothing anybody sees."""

import importlib.util

import pytest

from config.services import ROOT

specification = importlib.util.spec_from_file_location("template_format", ROOT / ".ci" / "template_format.py")
template_format = importlib.util.module_from_spec(specification)
specification.loader.exec_module(template_format)

PAGE = "{# Args: provision. #}\n<div>\n  <p>Điều 5. {{ text }} khoản 2</p>{% if x %}<b>Ế</b>{% endif %}\n</div>\n"


@pytest.fixture
def templates(tmp_path, monkeypatch):
    monkeypatch.setattr(template_format, "TEMPLATES", tmp_path / "templates")
    (tmp_path / "templates").mkdir()
    return tmp_path / "templates"


def test_what_is_in_order_stays_to_the_letter():
    assert template_format.mended(PAGE) == PAGE


def test_line_ends_tabs_and_blanks_in_tags_are_mended(templates):
    (templates / "_part.html").write_text(PAGE.replace("{{ text }}", "{{text}}").replace("\n", " \r\n") + "\n\n")
    assert template_format.main(check=True) == 1
    assert template_format.main(check=False) == 0
    assert (templates / "_part.html").read_text() == PAGE
    assert template_format.main(check=True) == 0


@pytest.mark.parametrize(
    "text",
    ["<p>no first line</p>\n", "{# Args: x. #}\n <p>one blank</p>\n"],
    ids=["without its arguments", "odd indent"],
)
def test_what_cannot_be_mended_is_complained_of(templates, text, capsys):
    (templates / "_part.html").write_text(text)
    assert template_format.main(check=True) == 1
    assert "templates/_part.html: " in capsys.readouterr().out


def test_our_own_templates_are_in_order():
    assert template_format.main(check=True) == 0
