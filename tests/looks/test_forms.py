"""Forms as Django draws them with our templates: label, hint, control, error, tied together for screen readers."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from config.pages.styleguide import SampleForm


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def refused():
    return SampleForm({"title": "", "due_on": "31/11/2026", "kind": "wording", "unit": "btc"})


def drawn(field):
    return re.sub(r"\s+", " ", str(field.as_field_group()))


def test_a_label_names_its_control():
    html = drawn(SampleForm()["title"])
    assert '<label for="id_title">Title of the draft</label>' in html and 'id="id_title"' in html


def test_a_hint_is_tied_to_its_control():
    html = drawn(SampleForm()["title"])
    assert 'aria-describedby="id_title_helptext"' in html and 'class="hint" id="id_title_helptext"' in html


def test_an_error_is_tied_to_its_control_which_says_that_it_is_wrong(refused):
    html = drawn(refused["due_on"])
    assert 'aria-invalid="true"' in html and 'aria-describedby="id_due_on_error"' in html
    assert 'class="error" id="id_due_on_error"' in html and "Enter a valid date." in html


def test_what_one_typed_stays_in_a_refused_form(refused):
    assert 'value="31/11/2026"' in drawn(refused["due_on"])


def test_only_what_may_be_left_out_is_marked():
    assert "(optional)" in drawn(SampleForm()["text"])
    assert "(optional)" not in drawn(SampleForm()["title"])


def test_choices_stand_in_a_fieldset_with_a_legend(refused):
    html = drawn(refused["stance"])
    assert '<fieldset class="field" aria-describedby="id_stance_error">' in html
    assert "<legend>Do you agree with the draft?</legend>" in html
    assert html.count('<label for="id_stance_') == 2 and 'class="choice"' in html


def test_choices_become_pills_when_the_widget_asks_for_them():
    html = drawn(SampleForm({"kind": "wording"})["kind"])
    assert '<div id="id_kind" class="pills">' in html
    assert re.search(r'class="pick"><input [^>]*value="wording"[^>]*checked[^>]*> ?<span class="pill">Wording', html)


def test_a_single_box_stands_before_its_label():
    html = drawn(SampleForm()["reserve"])
    assert re.search(r'<label class="choice" for="id_reserve"><input type="checkbox".*<span>Reserve my opinion', html)


def test_a_file_can_be_dropped():
    assert 'data-drop><input type="file"' in drawn(SampleForm()["file"])


def test_what_people_write_in_labels_and_errors_is_escaped():
    class Form(forms.Form):
        unit = forms.ChoiceField(label="<i>Unit</i>", choices=[("a", "<b>A</b>")], widget=forms.RadioSelect)

    html = drawn(Form({"unit": "<script>"})["unit"])
    assert "<i>" not in html and "<b>" not in html and "<script>" not in html


def test_the_summary_leads_to_every_wrong_field(refused):
    template = Template('{% include "components/form_errors.html" with form=form %}')
    html = template.render(Context({"form": refused}))
    assert 'role="alert"' in html
    assert 'href="#id_title"' in html and 'href="#id_due_on"' in html
    wrong = re.findall(r'href="#([\w-]+)"', html)
    whole = str(refused)
    assert all(f'id="{target}"' in whole for target in wrong)


def test_a_right_form_has_no_summary():
    form = forms.Form({})
    assert (
        Template('{% include "components/form_errors.html" with form=form %}').render(Context({"form": form})).strip()
        == ""
    )


def test_a_whole_form_shows_what_is_wrong_with_all_of_it():
    class Form(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput, required=False)
        name = forms.CharField()

        def clean(self):
            raise forms.ValidationError("Hai ngày không khớp nhau.")

    html = str(Form({"name": "x"}))
    assert 'data-kind="error" role="alert"' in html and "Hai ngày không khớp nhau." in html
    assert 'type="hidden"' in html


def test_what_is_pasted_is_never_cut_in_the_browser():
    """Its end would be gone without a word; too long a text is sent, refused and given back."""

    class Long(forms.Form):
        text = forms.CharField(max_length=10, widget=forms.Textarea(attrs={"rows": 3}))

    assert "<textarea" in drawn(Long()["text"]) and "maxlength" not in drawn(Long()["text"])
    html = drawn(Long({"text": "Mười một chữ"})["text"])
    assert "Mười một chữ</textarea>" in html and "at most 10 characters" in html
