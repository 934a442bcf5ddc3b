"""How templates are laid out. ``--check`` complains, without it what can be mended is mended.

General formatters add white space inside running text, which browsers show; legal text is set to the blank. So only
what nobody sees is touched: line ends, blanks before them, tabs, and the blanks inside ``{{ … }}`` and ``{% … %}``.
"""

import re
import sys
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
TAG = re.compile(r"\{%[ \t]*(.*?)[ \t]*%\}")
VARIABLE = re.compile(r"\{\{[ \t]*(.*?)[ \t]*\}\}")


def mended(text):
    text = text.replace("\r\n", "\n").replace("\t", "  ")
    text = TAG.sub(r"{% \1 %}", text)
    text = VARIABLE.sub(r"{{ \1 }}", text)
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def complaints(path, text):
    if path.suffix == ".html" and path.name.startswith("_") and not text.startswith("{# Args:"):
        yield "a part of a page says in its first line what it is given: {# Args: … #}"
    for number, line in enumerate(text.split("\n"), start=1):
        indent = len(line) - len(line.lstrip(" "))
        if indent % 2 and path.suffix == ".html":
            yield f"line {number}: indented by {indent} blanks; two for each step"


def main(check):
    count = 0
    for path in sorted([*TEMPLATES.rglob("*.html")]):
        text = path.read_text()
        if mended(text) != text:
            if check:
                print(f"{path.relative_to(TEMPLATES.parent)}: make format would change it")
                count += 1
            else:
                path.write_text(mended(text))
        for complaint in complaints(path, text):
            print(f"{path.relative_to(TEMPLATES.parent)}: {complaint}")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
