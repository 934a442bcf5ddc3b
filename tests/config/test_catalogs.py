"""Message catalogs are found, written, checked and compiled without system tools."""

import gettext
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import trans_real

from config import catalogs

CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

plain = _("Plain words")
lazy = gettext_lazy("Lazy words")
context = pgettext_lazy("product", "Draft review")
many = ngettext("%(count)s day left", "%(count)s days left", 2)
"""
PAGE = """{# Args: none. #}
{% load i18n %}
  <p title="{% translate 'A title' %}">{% translate "Tiếng Việt không vỡ" %}</p>
      {% blocktranslate trimmed with name=user.full_name %}
        Signed in as
        {{ name }}.
      {% endblocktranslate %}
{% if x %}
   {% blocktranslate trimmed count counter=n %}
     {{ counter }} comment{% plural %}{{ counter }} comments
   {% endblocktranslate %}
{% endif %}
{% translate "Open" context "state" %}
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "drafts").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "drafts" / "views.py").write_text(CODE)
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    monkeypatch.setattr(catalogs, "ROOT", tmp_path)
    return tmp_path


def merge(project, translations):
    file = project / "words.json"
    file.write_text(json.dumps(translations))
    call_command("collect_messages", merge=[file], verbosity=0, stdout=io.StringIO())


COMPLETE = {
    "Plain words": "Lời thường",
    "Lazy words": "Lời lười",
    "product\4Draft review": "Góp ý dự thảo",
    "%(count)s day left": "Còn %(count)s ngày",
    "A title": "Tên",
    "Tiếng Việt không vỡ": "Tiếng Việt không vỡ",
    "Signed in as %(name)s.": "Đã vào với tên %(name)s.",
    "%(counter)s comment": "%(counter)s ý kiến",
    "state\4Open": "Chưa trả lời",
}


def complaints(language="vi"):
    return sorted(catalogs.complaints(language, found=catalogs.found_messages()))


def test_every_kind_of_message_is_found(project):
    found = {catalogs.key(message) for message in catalogs.real(catalogs.found_messages())}
    assert found == {tuple(name.split("\4")) if "\4" in name else ("", name) for name in COMPLETE}


def test_a_complete_catalog_has_no_complaints(project):
    merge(project, COMPLETE)
    assert complaints("vi") == []
    assert complaints("en") == []
    call_command("check_messages")


def test_english_says_the_same_as_the_source(project):
    merge(project, {})
    assert complaints("en") == []
    catalogs.compile_changed()
    with catalogs.path_of("en").with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Plain words") == "Plain words"
    assert english.ngettext("%(count)s day left", "%(count)s days left", 2) == "%(count)s days left"


def test_translations_survive_collecting_again_and_nothing_else_changes(project):
    merge(project, COMPLETE)
    before = catalogs.path_of("vi").read_text()
    merge(project, {})
    assert catalogs.path_of("vi").read_text() == before
    assert not re.search(r"Creation-Date|#: ", before)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"Plain words": ""}, "untranslated: 'Plain words'"),
        ({"Signed in as %(name)s.": "Đã vào."}, "other placeholders than the source: 'Signed in as %(name)s.'"),
        ({"%(count)s day left": "Còn %(so)s ngày"}, "other placeholders than the source: '%(count)s day left'"),
        ({"state\4Open": ""}, "untranslated: 'Open' (state)"),
    ],
)
def test_a_bad_translation_is_complained_of(project, change, complaint):
    merge(project, COMPLETE | change)
    assert complaints() == [complaint]
    with pytest.raises(CommandError, match="1 messages to see to"):
        call_command("check_messages", stderr=io.StringIO())


def test_new_unused_and_fuzzy_messages_are_complained_of(project):
    merge(project, COMPLETE)
    (project / "drafts" / "views.py").write_text(CODE.replace("Plain words", "Other words"))
    po = catalogs.path_of("vi")
    po.write_text(po.read_text().replace('msgid "Lazy words"', '#, fuzzy\nmsgid "Lazy words"'))
    assert complaints() == ["fuzzy: 'Lazy words'", "missing: 'Other words'", "unused: 'Plain words'"]


def test_only_what_changed_is_compiled(project):
    merge(project, COMPLETE)
    assert len(catalogs.compile_changed()) == 2
    assert catalogs.compile_changed() == []
    with catalogs.path_of("vi").with_suffix(".mo").open("rb") as file:
        vietnamese = gettext.GNUTranslations(file)
    assert vietnamese.pgettext("state", "Open") == "Chưa trả lời"
    assert vietnamese.ngettext("%(count)s day left", "%(count)s days left", 1) == "Còn %(count)s ngày"


def test_a_process_that_compiles_speaks_the_new_words_at_once(project):
    """The demonstration is loaded by the very process that compiled: its notices stay as they were written."""
    merge(project, COMPLETE)
    with translation.override("vi"):
        assert translation.gettext("Drafts") == "Dự thảo"
        trans_real._translations["vi"] = trans_real._translations["en"] = gettext.NullTranslations()
    with translation.override("vi"):
        assert translation.gettext("Drafts") == "Drafts"
        call_command("compile_messages", verbosity=0)
    with translation.override("vi"):
        assert translation.gettext("Drafts") == "Dự thảo"


def test_no_message_of_our_own_pages_escapes_the_search():
    """As many messages are found as there are tags and calls: the search does not stumble over any page."""
    for file in (catalogs.ROOT / "templates").rglob("*.html"):
        text = re.sub(r"\{% comment.*?endcomment %\}|\{#.*?#\}", "", file.read_text(), flags=re.S)
        tags = len(re.findall(r"\{% (?:(?:blocktranslate|blocktrans)\b|(?:translate|trans) [\"'])", text))
        tags += len(re.findall(r"\b_\((?:\"|')", text))
        assert len(list(catalogs.messages_of(file))) == tags, file


def test_no_message_hides_in_an_f_string():
    """The collector does not read them: the words would stay English."""
    hiding = re.compile(r"\{(?:_|n?p?gettext(?:_lazy)?)\(")
    files = [file for app in catalogs.SOURCES for file in (catalogs.ROOT / app).rglob("*.py")]
    assert files
    assert [str(file) for file in files if hiding.search(file.read_text())] == []
