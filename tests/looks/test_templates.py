"""Rules that every template keeps: no inline style or script (CSP), parts say what they want, forms carry the token."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
PARTS = sorted(
    path
    for path in PAGES
    if path.parent.name in ("components", "elements", "snippets") or path.name.startswith("_") or "forms" in path.parts
)


def name(path):
    return str(path.relative_to(TEMPLATES))


def markup(path):
    """The template without its comments, so that a comment may speak of what is forbidden."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text())
    return re.sub(r"\{% comment.*?endcomment %\}", "", text, flags=re.DOTALL)


def inline_styles_and_handlers(text):
    return re.findall(r"<[a-z][^>]*?\s(?:style|on[a-z]+)\s*=", text, flags=re.IGNORECASE)


def inline_scripts(text):
    return [tag for tag in re.findall(r"<script\b[^>]*>", text, flags=re.IGNORECASE) if "src=" not in tag]


def offenders(paths, rule):
    """What the rule finds, by template; empty when all keep it."""
    return {name(path): found for path in paths if (found := rule(path))}


def test_no_template_carries_inline_styles_or_handlers():
    assert offenders(PAGES, lambda path: inline_styles_and_handlers(markup(path))) == {}


def test_no_template_carries_an_inline_script_or_style_sheet():
    assert offenders(PAGES, lambda path: inline_scripts(markup(path))) == {}
    assert offenders(PAGES, lambda path: "<style" in markup(path)) == {}


def test_every_part_says_first_what_it_is_given():
    assert offenders(PARTS, lambda path: not path.read_text().startswith("{# Args: ")) == {}


def test_no_include_drops_the_forgery_token():
    assert offenders(PAGES, lambda path: re.findall(r"\{% include [^%]*\bonly\b[^%]*%\}", markup(path))) == {}


def test_every_form_that_posts_carries_the_forgery_token():
    assert offenders(PAGES, forms_without_token) == {}


def forms_without_token(path):
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", markup(path), flags=re.DOTALL | re.IGNORECASE)
    return [form[:80] for form in forms if "csrf_token" not in form and "{% slot body %}" not in form]


def test_nothing_of_the_users_is_declared_safe():
    assert offenders(PAGES, lambda path: re.findall(r"\|\s*safe\b|\{% autoescape off", markup(path))) == {}


def test_a_link_that_htmx_takes_over_repeats_its_address_for_those_without_script():
    assert offenders(PAGES, links_for_htmx_alone) == {}


def links_for_htmx_alone(path):
    return [link for link in re.findall(r"<a\b[^>]*hx-get[^>]*>", markup(path)) if "href=" not in link]


def test_what_needs_a_script_is_there_with_one_and_only_then():
    """It has its place from the first moment (static/js/scripted.js): revealed later it would move the page."""

    def wrong(path):
        boxes = re.findall(r"<label\b[^>]*><input\b[^>]*data-check-all[^>]*>", markup(path))
        marked = re.findall(r"<[a-z][^>]*\sdata-(?:needs-script|print)\b[^>]*>", markup(path))
        return [tag for tag in (*boxes, *marked) if "data-needs-script" not in tag or re.search(r"\shidden\b", tag)]

    assert offenders(PAGES, wrong) == {}
    assert sum("data-needs-script" in markup(path) for path in PAGES) > 15


def test_there_are_templates_to_look_at():
    assert len(PAGES) > 50 and len(PARTS) > 20


def test_the_rules_find_what_they_forbid():
    assert inline_styles_and_handlers('<p class="a" style="color: red">')
    assert inline_styles_and_handlers("<button onclick='go()'>")
    assert not inline_styles_and_handlers('<a data-confirm="x" href="/on=1">')
    assert inline_scripts("<script>go()</script>")
    assert not inline_scripts('<script src="x.js"></script>')
