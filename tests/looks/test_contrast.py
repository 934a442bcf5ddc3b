"""Every pair of colours that meets on a page, computed for both themes from static/css/tokens.css (WCAG 2)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()

TEXT = 4.5
SHAPE = 3.0

# Text on its ground.
PAIRS = [
    *[(text, ground, TEXT) for text in ("ink", "ink-soft", "ink-faint") for ground in ("paper", "surface", "sunken")],
    *[(text, ground, TEXT) for text in ("brand", "action", "done", "gone") for ground in ("paper", "surface")],
    ("action", "sunken", TEXT),
    ("ink", "action-tint", TEXT),
    ("ink-soft", "action-tint", TEXT),
    ("action", "action-tint", TEXT),
    ("ink", "mark", TEXT),
    ("ink", "mark-strong", TEXT),
    ("ink", "done-tint", TEXT),
    ("done", "done-tint", TEXT),
    ("ink", "gone-tint", TEXT),
    ("gone", "gone-tint", TEXT),
    ("on-fill", "brand", TEXT),
    ("on-fill", "action", TEXT),
    ("on-fill", "action-strong", TEXT),
    ("on-fill", "done", TEXT),
    ("paper", "ink", TEXT),
    # Borders of what one operates, focus, rules that carry meaning, areas of pictures.
    *[("control", ground, SHAPE) for ground in ("paper", "surface", "sunken")],
    *[("action", ground, SHAPE) for ground in ("paper", "surface", "sunken", "action-tint")],
    *[(token, ground, SHAPE) for token in ("brand", "done", "done-mid", "ink") for ground in ("paper", "surface")],
]


def block(selector, text=TOKENS):
    """The custom properties that are colours, as declared under one selector."""
    found = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", text)
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6}|rgb\([^)]*\))\s*;", found[1]))


THEMES = {
    "light": block(':root, [data-theme="light"]'),
    "dark": block(":root:not([data-theme])"),
}


def luminance(colour):
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("token", "ground", "least"), PAIRS, ids=lambda value: str(value))
def test_every_pair_can_be_read(theme, token, ground, least):
    colours = THEMES[theme]
    assert contrast(colours[token], colours[ground]) >= least


def test_both_themes_name_the_same_colours():
    assert THEMES["light"].keys() == THEMES["dark"].keys()


def test_the_dark_colours_are_the_same_for_the_system_and_for_the_choice():
    assert block('[data-theme="dark"]') == THEMES["dark"]


def test_every_colour_used_as_text_or_border_is_in_the_list():
    """A new colour needs a line in the list above, or a reason here why it carries no meaning of its own."""
    silent = {"line", "shade", "veil", "area", "mark-line"}
    listed = {token for token, _, _ in PAIRS} | {ground for _, ground, _ in PAIRS}
    assert set(THEMES["light"]) - silent == listed


def test_no_colour_is_written_outside_the_tokens():
    """Print is black on white, the veil of a dialog lies outside the themes, a QR code needs its white edge, and
    pictures and papers are made for a white ground."""
    strays = [
        (path.name, line.strip())
        for path in sorted(CSS.glob("*.css"))
        if path.name not in ("tokens.css", "print.css")
        for line in path.read_text().splitlines()
        if re.search(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\))", line) and "url(#" not in line
    ]
    assert strays == [("components.css", ".qr, .viewed :is(img, iframe) { background: #fff; }")]
