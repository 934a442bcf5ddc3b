"""What the browsers of the offices (Chrome 109, Firefox 115, Safari 16) do not know must not stand in static/."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
STYLES = sorted(STATIC.glob("css/*.css"))
SCRIPTS = sorted(STATIC.glob("js/**/*.js"))

FORBIDDEN_CSS = {
    "light-dark() (Chrome 123)": r"light-dark\(",
    "color-mix() (Chrome 111)": r"color-mix\(",
    "relative colours (Chrome 119)": r"\b(?:rgb|hsl|oklch|oklab|lab|lch|color)\(\s*from\b",
    "oklch(), oklab(), lab(), lch() (Chrome 111)": r"\b(?:oklch|oklab|lab|lch)\(",
    "range in a media or container query (Firefox, Safari 16.4)": r"@(?:media|container)[^{]*[<>]",
    "nesting (Chrome 112)": r"&",
    "@scope (Chrome 118)": r"@scope\b",
    "@starting-style (Chrome 117)": r"@starting-style\b",
    "@property (Firefox 128)": r"@property\b",
    "style queries (Firefox has none)": r"@container[^{]*style\(",
    "subgrid (Chrome 117)": r"\bsubgrid\b",
    "anchor positioning (Chrome 125)": r"\b(?:anchor-name|position-anchor|position-area)\s*:|\banchor\(",
    "popover without a fallback (Chrome 114)": r":popover-open|\[popover\]",
    ":user-invalid (Chrome 119)": r":user-(?:in)?valid",
    ":has() for anything that matters (Firefox 121)": r":has\(",
    "alternative text of content (Firefox 128)": r"content:\s*\"[^\"]*\"\s*/",
    "text-decoration with a thickness (Safari)": r"text-decoration:\s*[^;]*\s[^;]*;",
    "interpolate-size (Chrome 129)": r"interpolate-size",
    "dvh, svh, lvh (Chrome 108, but Safari on old tablets)": r"\d(?:dvh|svh|lvh)\b",
    "round(), mod(), rem() (Chrome 125)": r"\b(?:round|mod|rem)\(",
    "if() (Chrome 137)": r":\s*if\(",
    "a page for one way of holding the screen only (WCAG 1.3.4)": r"\(\s*orientation\s*:",
}

# Decoration: without it the page only looks a little plainer.
DECORATION = "/* decoration */"

FORBIDDEN_JS = {
    "Array.fromAsync (Chrome 121)": r"\bfromAsync\(",
    "Object.groupBy, Map.groupBy (Chrome 117)": r"\.groupBy\(",
    "copying array methods (Chrome 110)": r"\.(?:toSorted|toReversed|toSpliced|with)\(",
    "set methods (Chrome 122)": (
        r"\.(?:union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\("
    ),
    "Promise.withResolvers, Promise.try (Chrome 119)": r"Promise\.(?:withResolvers|try)\(",
    "iterator helpers (Chrome 122)": r"\bIterator\.from\(",
    "regular expressions with the v flag (Chrome 112)": (
        r"(?<![\w)\]\"'`])/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[dgimsuy]*v[dgimsuy]*\b"
    ),
    "import attributes (Chrome 123)": r"^\s*import\b[^;]*\bwith\s*\{",
    "import maps": r"importmap",
    "popover (Chrome 114)": r"\b(?:showPopover|hidePopover|togglePopover|popoverTarget\w*)\b",
    "URL.canParse, URL.parse (Chrome 120)": r"\bURL\.(?:canParse|parse)\(",
    "AbortSignal.any (Chrome 116)": r"AbortSignal\.any\(",
    "CSS highlights (Firefox 140)": r"\bCSS\.highlights\b|new Highlight\(",
    "view transitions (Chrome 111)": r"startViewTransition",
    "isWellFormed, toWellFormed (Chrome 111)": r"\.(?:isWellFormed|toWellFormed)\(",
    "scheduler": r"\bscheduler\.(?:yield|postTask)\(",
    "checkVisibility (Safari 17)": r"\.checkVisibility\(",
    "using declarations": r"^\s*(?:await\s+)?using\s+\w+\s*=",
    "evaluation of text (CSP)": r"\beval\(|new Function\(",
    "HTML from text": r"\.(?:innerHTML|outerHTML)\s*\+?=|insertAdjacentHTML|document\.write",
    "styles of an element from text (CSP)": r"setAttribute\(\s*[\"']style|cssText",
}


def without_comments(text):
    """Blank out comments, except the mark of decoration, keeping the lines where they are."""
    return re.sub(
        r"/\*.*?\*/|(?<!:)//[^\n]*",
        lambda found: found[0] if found[0] == DECORATION else re.sub(r"[^\n]", " ", found[0]),
        text,
        flags=re.DOTALL,
    )


def offences(text, rules):
    lines = without_comments(text).splitlines()
    return [
        f"line {number}: {name}"
        for number, line in enumerate(lines, start=1)
        for name, pattern in rules.items()
        if DECORATION not in line and re.search(pattern, line)
    ]


def nested_rules(text):
    """Lines where a rule opens inside the declarations of another rule."""
    found, stack = [], []
    for number, line in enumerate(without_comments(text).splitlines(), start=1):
        for piece in re.findall(r"[^{};]*[{};]", line + ";"):
            body, sign = piece[:-1].strip(), piece[-1]
            if sign == "{":
                if stack and stack[-1] == "rule" and not body.startswith("@"):
                    found.append(f"line {number}: {body}")
                stack.append("group" if body.startswith("@") and not body.startswith("@page") else "rule")
            elif sign == "}":
                stack.pop()
    return found


def test_there_are_styles_and_scripts_to_look_at():
    assert STYLES and SCRIPTS


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_only_what_every_browser_of_the_offices_knows(path):
    assert offences(path.read_text(), FORBIDDEN_CSS) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_rule_stands_inside_another(path):
    assert nested_rules(path.read_text()) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_lines_are_high_enough_for_two_marks_on_a_capital(path):
    """Ế, Ữ and Ặ are cut where lines are lower than 1.4."""
    heights = re.findall(r"(?:line-height:\s*|\bfont:[^;]*?/\s*)(\d*\.?\d+)", without_comments(path.read_text()))
    assert [height for height in heights if float(height) < 1.4] == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_file_outgrows_four_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(STATIC)))
def test_scripts_use_only_what_every_browser_of_the_offices_knows(path):
    assert offences(path.read_text(), FORBIDDEN_JS) == []


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        (FORBIDDEN_CSS, "a { color: light-dark(#fff, #000); }"),
        (FORBIDDEN_CSS, "a { color: color-mix(in oklab, red, blue); }"),
        (FORBIDDEN_CSS, "@container page (inline-size >= 46rem) {"),
        (FORBIDDEN_CSS, "@media (width < 54rem) {"),
        (FORBIDDEN_CSS, ".a { &:hover { color: red; } }"),
        (FORBIDDEN_CSS, ".a:has(:checked) { color: red; }"),
        (FORBIDDEN_CSS, "a { text-decoration: underline 1px; }"),
        (FORBIDDEN_JS, "const sorted = rows.toSorted();"),
        (FORBIDDEN_JS, "Object.groupBy(rows, (row) => row.kind);"),
        (FORBIDDEN_JS, "const sign = /[a-z]/v;"),
        (FORBIDDEN_JS, "const sign = text.match(/[a-z]/gv);"),
        (FORBIDDEN_JS, 'import data from "./data.json" with { type: "json" };'),
        (FORBIDDEN_JS, "menu.showPopover();"),
        (FORBIDDEN_JS, "place.innerHTML = text;"),
    ],
)
def test_the_list_finds_what_it_forbids(rules, line):
    assert offences(line, rules)


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        (FORBIDDEN_CSS, "a:hover { text-decoration-thickness: 2px; } /* never color-mix( */"),
        (FORBIDDEN_CSS, ".a:has(b) { color: red; } /* decoration */"),
        (FORBIDDEN_CSS, "@container page (min-width: 46rem) {"),
        (FORBIDDEN_JS, 'const path = "/drafts/v"; // Object.groupBy('),
        (FORBIDDEN_JS, "const part = width / available;"),
        (FORBIDDEN_JS, "const link = `${base}/versions`;"),
    ],
)
def test_the_list_leaves_the_rest_alone(rules, line):
    assert offences(line, rules) == []


def test_a_rule_inside_another_is_found():
    assert nested_rules(".a {\n  color: red;\n  .b { color: blue; }\n}\n") == ["line 3: .b"]
    assert nested_rules("@layer x {\n  @media print {\n    .a { color: red; }\n  }\n}\n") == []
